"""What reading and checking a graph need to know of the ontology."""

from __future__ import annotations

from functools import cache

from pyoxigraph import RdfFormat, parse

from kgraph import resources
from kgraph.rdf.namespaces import local_name, term


@cache
def core_classes() -> frozenset[str]:
    """Local names of the classes of which each entity has exactly one."""
    return frozenset(local_name(iri) for iri in _marked("kg:coreClass"))


@cache
def entity_classes() -> frozenset[str]:
    """The core classes, and the class of a claimant whom no words name: the narrator, an unnamed speaker."""
    return core_classes() | {local_name(term("kg:Speaker").value)}


@cache
def claim_predicates() -> frozenset[str]:
    """IRIs of the predicates that a claim can have."""
    return frozenset(_marked("kg:family"))


def _marked(prop: str) -> list[str]:
    with (resources.ontologies() / "kgraph.ttl").open("rb") as file:
        return [quad.subject.value for quad in parse(file, format=RdfFormat.TURTLE) if quad.predicate == term(prop)]

"""What reading and checking a graph need to know of the ontology."""

from __future__ import annotations

from functools import cache

from pyoxigraph import RdfFormat, parse

from kgraph import resources
from kgraph.rdf.namespaces import local_name, term


@cache
def core_classes() -> frozenset[str]:
    """Local names of the classes of which each entity has exactly one."""
    with (resources.ontologies() / "kgraph.ttl").open("rb") as file:
        facts = [t.subject for t in parse(file, format=RdfFormat.TURTLE) if t.predicate == term("kg:coreClass")]
    return frozenset(local_name(node.value) for node in facts)

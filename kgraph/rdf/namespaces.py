"""The one place that fixes IRIs: the ontology, the lexicon, the default base of resources, the prefixes of files."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode

ONTOLOGY = "https://w3id.org/kgraph/ontology#"  # classes and predicates
CONCEPTS = "https://w3id.org/kgraph/concept/"  # what the bundled lexicon names
BASE = "https://w3id.org/kgraph/id/"  # speeches, claims, runs, entities that the lexicon lacks: an argument everywhere

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "kg": ONTOLOGY,
    "kgc": CONCEPTS,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(curie: str) -> str:
    """The IRI that a prefixed name stands for.

    >>> expand("kg:Claim")
    'https://w3id.org/kgraph/ontology#Claim'
    """
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


@cache
def term(curie: str) -> NamedNode:
    """The node of a prefixed name."""
    return NamedNode(expand(curie))


def ontology_iri(name: str) -> str:
    """The IRI of a class or predicate: a local name of the ontology, or an IRI as it is.

    >>> ontology_iri("threatens"), ontology_iri("https://example.org/mine#spies")
    ('https://w3id.org/kgraph/ontology#threatens', 'https://example.org/mine#spies')
    """
    return name if ":" in name else ONTOLOGY + name


def local_name(iri: str) -> str:
    """The reverse of `ontology_iri`."""
    return iri.removeprefix(ONTOLOGY)

"""What the lexicon says about the concepts that a graph uses: labels, definition, mappings, and the concepts above.

It goes into a graph of its own, so that what the ontology says never mixes with what a speaker says. Relations between
things in the world (who is a member of what) stay in the lexicon: beside claims they would look like bare claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from os import PathLike, fspath
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.model import Extraction
from kgraph.rdf.identity import plover_iri
from kgraph.rdf.namespaces import BASE, expand, term

_KEPT = frozenset(
    map(
        expand,
        (
            *("rdf:type", "skos:prefLabel", "skos:altLabel", "skos:definition", "skos:notation", "skos:inScheme"),
            *("skos:broader", "skos:topConceptOf", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch"),
            *("owl:sameAs", "kg:iso3166", "kg:milstd2525d", "dct:title", "dct:source", "dct:license"),
        ),
    )
)
_FOLLOWED = frozenset(map(expand, ("skos:broader", "skos:inScheme")))

Facts = dict[str, list[Triple]]


def vocabulary_graph(base: str = BASE) -> NamedNode:
    """Name of the graph that holds what the lexicon says."""
    return NamedNode(base + "vocabulary")


def vocabulary(
    extractions: Iterable[Extraction], ontology: Sequence[str | PathLike[str]] = (), *, base: str = BASE
) -> Iterator[Quad]:
    """What the lexicon, and the user's own Turtle files `ontology`, say about the concepts that `extractions` use.

    Raises `LexiconError` if a file cannot be read.
    """
    facts, graph = _facts(tuple(str(fspath(path)) for path in ontology)), vocabulary_graph(base)
    waiting = {iri for extraction in extractions for iri in _concepts_of(extraction)}
    done: set[str] = set()
    while waiting := {iri for iri in waiting if iri in facts} - done:
        done |= waiting
        triples = [triple for iri in sorted(waiting) for triple in facts[iri]]
        above = {str(t.object).strip("<>") for t in triples if t.predicate.value in _FOLLOWED}
        yield from (Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        waiting = above


def _concepts_of(extraction: Extraction) -> Iterator[str]:
    yield from (entity.id for entity in extraction.entities)
    yield from (plover_iri(claim.plover) for claim in extraction.claims if claim.plover)


@cache
def _facts(ontology: tuple[str, ...]) -> Facts:
    facts: Facts = defaultdict(list)
    bundled = sorted(path for path in resources.ontologies().glob("*.ttl") if path.name != "shapes.ttl")
    for path in (*bundled, *map(Path, ontology)):
        for triple in _triples(path):
            if triple.predicate.value in _KEPT and isinstance(triple.subject, NamedNode):
                facts[triple.subject.value].append(_tagged(triple))
    return {iri: triples for iri, triples in facts.items() if _is_skos(triples)}


def _triples(path: Path) -> Iterator[Triple]:
    try:
        with path.open("rb") as file:
            yield from (q.triple for q in parse(file, format=RdfFormat.TURTLE) if not isinstance(q.object, BlankNode))
    except SyntaxError as problem:
        raise LexiconError(f"{path.name}: not Turtle: {problem}") from problem
    except OSError as problem:
        raise LexiconError(f"{path}: cannot be read ({problem.strerror})") from problem


def _is_skos(triples: list[Triple]) -> bool:
    kinds = {term("skos:Concept"), term("skos:ConceptScheme")}
    return any(t.object in kinds for t in triples if t.predicate == term("rdf:type"))


def _tagged(triple: Triple) -> Triple:
    """Labels without a language are English, as the lexicon reads them."""
    value = triple.object
    is_label = triple.predicate in (term("skos:prefLabel"), term("skos:altLabel"))
    if is_label and isinstance(value, Literal) and not value.language:
        return Triple(triple.subject, triple.predicate, Literal(value.value, language="en"))
    return triple

"""Bare statements, made on demand: whose view they are, and which claims they come from, is said in their graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from pyoxigraph import NamedNode, Quad

from kgraph.model import Claim, Extraction, Modality, Polarity, Speech, Voice
from kgraph.rdf.canonical import canonical, is_literal
from kgraph.rdf.identity import digest, entity_node, graph_iri, speech_iri
from kgraph.rdf.literals import text_literal
from kgraph.rdf.namespaces import BASE, ontology_iri, term


@dataclass(frozen=True)
class Filter:
    """Which claims enter a projection; an empty condition lets all pass.

    Dates are ISO 8601, both ends included, compared at the coarser precision; a speech without a date passes neither.

    >>> print(Filter(min_confidence=0.5))
    polarity=affirmed modality=asserted min_confidence=0.5
    """

    polarity: tuple[Polarity, ...] = (Polarity.AFFIRMED,)
    modality: tuple[Modality, ...] = (Modality.ASSERTED,)
    voice: tuple[Voice, ...] = ()
    claimant: tuple[str, ...] = ()
    predicate: tuple[str, ...] = ()
    doc: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def __str__(self) -> str:
        """The conditions in one fixed written form."""
        given = ((field.name, getattr(self, field.name)) for field in fields(self))
        return " ".join(f"{name}={_written(value)}" for name, value in given if value)

    def passes(self, claim: Claim, speech: Speech) -> bool:
        """Whether `claim`, made in `speech`, meets all conditions."""
        asked = ((allowed, getattr(claim, name)) for name, allowed in self._lists())
        return (
            all(not allowed or value in allowed for allowed, value in asked)
            and (not self.doc or speech.doc in self.doc)
            and claim.confidence >= self.min_confidence
            and self._in_time(speech.date)
        )

    def _lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name in ("polarity", "modality", "voice", "claimant", "predicate"):
            yield name, getattr(self, name)

    def _in_time(self, date: str | None) -> bool:
        if self.since and not (date and date[: len(self.since)] >= self.since[: len(date)]):
            return False
        return not self.until or bool(date and date[: len(self.until)] <= self.until[: len(date)])


def project(extractions: Iterable[Extraction], filter: Filter | None = None, *, base: str = BASE) -> Iterator[Quad]:
    """Bare statements of the claims that pass `filter` (affirmed and asserted ones, unless it says otherwise).

    Each claimant has a named graph; it describes itself (`kg:Projection` with claimant, filter, speeches). What stands
    in it is what that claimant says, not what is so.
    """
    filter = filter or Filter()
    views: dict[str, dict[Quad, None]] = defaultdict(dict)
    for extraction in extractions:
        for claim in canonical(extraction).claims:
            if filter.passes(claim, extraction.speech):
                view, graph = views[claim.claimant], _graph(claim.claimant, filter, base)
                view[_bare(claim, graph, base)] = None
                view[_origin(extraction.speech, graph, base)] = None
    for claimant in sorted(views):
        yield from _description(claimant, filter, base)
        yield from views[claimant]


def _origin(speech: Speech, graph: NamedNode, base: str) -> Quad:
    return Quad(graph, term("prov:wasDerivedFrom"), NamedNode(graph_iri(speech_iri(speech, base))), graph)


def _graph(claimant: str, filter: Filter, base: str) -> NamedNode:
    return NamedNode(f"{base}projection/{digest(claimant, str(filter))}")


def _bare(claim: Claim, graph: NamedNode, base: str) -> Quad:
    target = text_literal(claim.object) if is_literal(claim.object) else entity_node(claim.object, base)
    return Quad(entity_node(claim.subject, base), NamedNode(ontology_iri(claim.predicate)), target, graph)


def _description(claimant: str, filter: Filter, base: str) -> Iterator[Quad]:
    graph = _graph(claimant, filter, base)
    yield Quad(graph, term("rdf:type"), term("kg:Projection"), graph)
    yield Quad(graph, term("kg:claimant"), entity_node(claimant, base), graph)
    yield Quad(graph, term("kg:filter"), text_literal(str(filter)), graph)


def _written(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, tuple) else str(value)

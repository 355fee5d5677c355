"""The sentence behind a claim, with what stands around it and how the claim was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.errors import NameLookupError
from kgraph.query.rows import ClaimRow, claim_rows
from kgraph.query.selection import Selection
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.template import node
from kgraph.rdf.identity import span_of
from kgraph.rdf.namespaces import local_name
from kgraph.table import Table

_SPANS = ("triggerSpan", "subjectSpan", "objectSpan")
AROUND = 200  # characters before and after the sentence


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Where and how a claim was found. `trigger`, `subject_words`, `object_words` are the words that show it."""

    quote: str
    before: str
    after: str
    trigger: str | None
    subject_words: str | None
    object_words: str | None
    rule: str
    steps: tuple[str, ...]
    confidence: float
    doc: str
    title: str | None
    date: str | None
    speaker: str | None
    place: str | None
    start: int
    end: int
    claim_id: str
    speech_id: str


def evidence(graph: Graph, claims: str | ClaimRow | Iterable[str | ClaimRow]) -> Table[EvidenceRow]:
    """The evidence of claims, given as rows of `claims` or as IRIs of claims, in the order of time and text.

    Raises `NameLookupError` for an IRI that is no claim of the graph.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> claim = kg.claims()[0]
    >>> kg.evidence(claim)[0].quote == claim.quote
    True
    """
    source = source_of(graph)
    given = [claims] if isinstance(claims, str | ClaimRow) else list(claims)
    iris = [one if isinstance(one, str) else one.claim_id for one in given]
    rows = list(claim_rows(source, *source.find(Selection(claim=set(iris)))))
    if missing := set(iris) - {row.claim_id for row in rows}:
        raise NameLookupError(f"no claim of this graph is <{min(missing)[:200]}>")
    found = _found(source, iris)
    texts = _texts(source, {row.speech_id for row in rows})
    return Table.of(EvidenceRow, (_row(source, row, found[row.claim_id], texts[row.speech_id]) for row in rows))


def _found(source: Source, iris: list[str]) -> dict[str, dict[str, list[str]]]:
    """Rules, steps and spans of each claim, by local names of properties."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim, prop, value in source.rows("evidence", {"claim": [node(iri) for iri in iris]}) if iris else ():
        found[source.text(claim)][local_name(source.text(prop))].append(source.text(value))
    return found


def _texts(source: Source, speeches: set[str]) -> dict[str, str]:
    rows = source.rows("text", {"speech": [node(iri) for iri in sorted(speeches)]}) if speeches else ()
    return {source.text(speech): source.text(text) for speech, text in rows}


def _row(source: Source, row: ClaimRow, found: dict[str, list[str]], text: str) -> EvidenceRow:
    header = source.speeches[row.speech_id]
    spans = ([span_of(iri) for iri in sorted(found[name])] for name in _SPANS)
    trigger, subject, target = (text[slice(*span[0])] if span else None for span in spans)
    steps = sorted((step.partition(" ") for step in found["step"]), key=lambda step: int(step[0]))
    return EvidenceRow(
        quote=row.quote,
        before=text[max(0, row.start - AROUND) : row.start],
        after=text[row.end : row.end + AROUND],
        trigger=trigger,
        subject_words=subject,
        object_words=target,
        rule=min(found["rule"]),
        steps=tuple(step for _, _, step in steps),
        confidence=row.confidence,
        doc=row.doc,
        title=header.title,
        date=header.date,
        speaker=header.speaker,
        place=header.place,
        start=row.start,
        end=row.end,
        claim_id=row.claim_id,
        speech_id=row.speech_id,
    )

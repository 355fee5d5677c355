"""Claims with their sentences, by who, what, when and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.model import Modality, Polarity, Voice
from kgraph.query.filters import Filters, Unpack, bindings
from kgraph.query.names import Name, resolve
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.template import Given, plain
from kgraph.rdf.identity import span_of
from kgraph.rdf.namespaces import local_name
from kgraph.store.interface import Cells
from kgraph.table import Table


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as it is asked for: names, how it is said, and the sentence. Offsets are code points, end exclusive."""

    date: str | None
    claimant: str
    subject: str
    predicate: str
    object: str
    polarity: Polarity
    modality: Modality
    voice: Voice
    confidence: float
    quote: str
    doc: str
    start: int
    end: int
    claim_id: str
    subject_id: str
    object_id: str
    claimant_id: str
    speech_id: str


def claims(
    graph: Graph,
    *,
    subject: Name | None = None,
    object: Name | None = None,
    about: Name | None = None,
    **filters: Unpack[Filters],
) -> Table[ClaimRow]:
    """Claims of `subject` and on `object`, or on either end (`about`), by date and place in the text.

    Names are as users say them. See `Filters` for the rest. Raises `NameLookupError` for unknown names.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> {row.predicate for row in kg.claims(predicate="threatens")} <= {"threatens"}
    True
    """
    source = source_of(graph)
    ends = {"subject": subject, "object": object, "about": about}
    given = {name: [source.node(resolve(source, value))] for name, value in ends.items() if value is not None}
    return claim_table(source, given | bindings(source, filters))


def claim_table(source: Source, given: dict[str, Given | None]) -> Table[ClaimRow]:
    """The claims that the named query finds with these bindings, in the order of time and text."""
    found = list(source.rows("claims", given))
    names = source.labels(source.id(row[place]) for row in found for place in (1, 3, 6))
    return Table.of(ClaimRow, in_time(_claim_row(source, names, row) for row in found))


def in_time(rows: Iterable[ClaimRow]) -> list[ClaimRow]:
    """Rows by date, speech and place in it."""
    return sorted(rows, key=lambda row: (row.date or "", row.doc, row.start, row.end, row.claim_id))


def _claim_row(source: Source, names: dict[str, str], row: Cells) -> ClaimRow:
    claim, subject, predicate, target, polarity, modality, claimant, voice, confidence, speech, evidence, quote = row
    header = source.speeches[plain(speech)]
    subject_id, object_id, claimant_id = map(source.id, (subject, target, claimant))
    start, end = span_of(plain(evidence))
    return ClaimRow(
        date=header.date,
        claimant=names[claimant_id],
        subject=names[subject_id],
        predicate=local_name(plain(predicate)),
        object=names[object_id],
        polarity=Polarity(plain(polarity)),
        modality=Modality(plain(modality)),
        voice=Voice(plain(voice)),
        confidence=float(plain(confidence)),
        quote=plain(quote),
        doc=header.doc,
        start=start,
        end=end,
        claim_id=plain(claim),
        subject_id=subject_id,
        object_id=object_id,
        claimant_id=claimant_id,
        speech_id=header.id,
    )

"""Rows of a query for claims -> `Columns` of these claims alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from kgraph.columns.join import in_order
from kgraph.columns.strings import Strings
from kgraph.columns.tables import (
    MODALITIES,
    POLARITIES,
    VOICES,
    Claims,
    Columns,
    Mentions,
    Sentences,
    SpeechHeader,
)
from kgraph.model import Modality, Polarity, Voice
from kgraph.rdf.identity import plover_category, span_of
from kgraph.rdf.namespaces import local_name
from kgraph.store.interface import Cells


class Reader(Protocol):
    """How terms are read."""

    def text(self, value: object) -> str: ...
    def id(self, value: object) -> str: ...


def from_rows(rows: Iterable[Cells], speeches: Mapping[str, SpeechHeader], reader: Reader) -> Columns:
    """Columns of the claims in `rows`; one that comes twice is taken once."""
    place_of = {iri: place for place, iri in enumerate(speeches)}
    things: dict[str, int] = {}
    predicates: dict[str, int] = {}
    categories = {"": 0}
    spans: dict[tuple[int, int, int], int] = {}
    quotes: list[str] = []
    claims: dict[str, tuple] = {}
    for row in rows:
        claim, subject, predicate, target, polarity, modality, claimant, voice, *rest = row
        confidence, plover, speech, evidence, quote = rest
        span = (place_of[reader.text(speech)], *span_of(reader.text(evidence)))
        if spans.setdefault(span, len(spans)) == len(quotes):
            quotes.append("" if quote is None else reader.text(quote))
        ends = (things.setdefault(reader.id(one), len(things)) for one in (subject, target, claimant))
        name = local_name(reader.text(predicate))
        category = "" if plover is None else plover_category(reader.text(plover))
        claims[reader.text(claim)] = (
            *ends,
            predicates.setdefault(name, len(predicates)),
            POLARITIES.index(Polarity(reader.text(polarity))),
            MODALITIES.index(Modality(reader.text(modality))),
            VOICES.index(Voice(reader.text(voice))),
            float(reader.text(confidence)),
            categories.setdefault(category, len(categories)),
            spans[span],
        )
    empty = np.zeros(0, dtype=np.int32)
    return in_order(
        Columns(
            speeches=tuple(speeches.values()),
            things=Strings.of(things),
            predicates=tuple(predicates),
            categories=tuple(categories),
            sentences=_sentences(list(spans), quotes),
            mentions=Mentions(empty, empty, empty, empty),
            claims=_claims(claims),
            kinds={},
        )
    )


def _sentences(spans: list[tuple[int, int, int]], quotes: list[str]) -> Sentences:
    speech, start, end = np.array(spans, dtype=np.int32).reshape(-1, 3).T.copy()
    return Sentences(speech, start, end, Strings.of(quotes))


def _claims(found: Mapping[str, tuple]) -> Claims:
    table = np.array(list(found.values()), dtype=np.float64).reshape(-1, 10).T
    codes = table.astype(np.int32)
    return Claims(
        iri=Strings.of(found),
        subject=codes[0],
        object=codes[1],
        claimant=codes[2],
        predicate=codes[3],
        polarity=codes[4],
        modality=codes[5],
        voice=codes[6],
        confidence=table[7].copy(),
        plover=codes[8],
        sentence=codes[9],
    )

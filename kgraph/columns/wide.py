"""Rows of a query for claims -> `Columns` of these claims alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from kgraph.columns.join import in_time
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
    return in_time(
        Columns(
            speeches=tuple(speeches.values()),
            things=Strings.of(things),
            predicates=tuple(predicates),
            categories=tuple(categories),
            sentences=Sentences(*_numbers(list(spans), 3), Strings.of(quotes)),
            mentions=Mentions(empty, empty, empty, empty),
            claims=_claims(claims),
            kinds={},
        )
    )


def _numbers(rows: list[tuple], width: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array(rows, dtype=np.int32).reshape(-1, width).T.copy())


def _claims(found: Mapping[str, tuple]) -> Claims:
    rows = np.array(list(found.values()), dtype=np.float64).reshape(-1, 10).T
    subject, target, claimant, predicate, polarity, modality, voice, confidence, plover, sentence = rows
    whole = (subject, predicate, target, claimant, polarity, modality, voice)
    codes = [column.astype(np.int32) for column in whole]
    return Claims(Strings.of(found), *codes, confidence.copy(), plover.astype(np.int32), sentence.astype(np.int32))

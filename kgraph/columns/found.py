"""`Extraction` -> `Columns` of this speech alone: what `scan` would read of its graph, without asking a store.

The kinds of things are left out: they depend on all speeches that name a thing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

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
from kgraph.model import Claim, Extraction
from kgraph.rdf import canonical
from kgraph.rdf.identity import claim_iri, speech_iri

Codes = dict[str, int]


def columns_of(extraction: Extraction, base: str) -> Columns:
    """The tables of one speech; `base` is that of its IRIs. Rows are in no order yet: see `join`."""
    found = canonical(extraction)
    speech, iri = found.speech, speech_iri(found.speech, base)
    things: Codes = {}
    predicates: Codes = {}
    categories: Codes = {"": 0}
    spans = {(one.evidence.start, one.evidence.end): one.evidence.quote for one in found.claims}
    claims = _claims(found.claims, things, predicates, categories, {span: n for n, span in enumerate(spans)})
    start, end, thing = _table([(m.start, m.end, _code(things, m.entity)) for m in found.mentions], 3)
    first, last = _table(spans, 2)
    return Columns(
        speeches=(SpeechHeader(iri, speech.doc, speech.date, speech.title, speech.place, speech.speaker),),
        things=Strings.of(things),
        predicates=tuple(predicates),
        categories=tuple(categories),
        sentences=Sentences(np.zeros(len(spans), dtype=np.int32), first, last, Strings.of(spans.values())),
        mentions=Mentions(np.zeros(len(start), dtype=np.int32), start, end, thing),
        claims=Claims(iri=Strings.of(claim_iri(one, iri, base) for one in found.claims), **claims),
        kinds={},
    )


def _claims(
    found: Iterable[Claim], things: Codes, predicates: Codes, categories: Codes, sentence: dict[tuple[int, int], int]
) -> dict[str, np.ndarray]:
    """The columns of claims, but for their IRIs."""
    rows = [
        (
            *(_code(things, str(end)) for end in (claim.subject, claim.object, claim.claimant)),
            _code(predicates, claim.predicate),
            POLARITIES.index(claim.polarity),
            MODALITIES.index(claim.modality),
            VOICES.index(claim.voice),
            _code(categories, claim.plover or ""),
            sentence[claim.evidence.start, claim.evidence.end],
        )
        for claim in found
    ]
    names = ("subject", "object", "claimant", "predicate", "polarity", "modality", "voice", "plover", "sentence")
    columns = dict(zip(names, _table(rows, len(names)), strict=True))
    return {**columns, "confidence": np.array([claim.confidence for claim in found], dtype=np.float64)}


def _table(rows: Iterable[tuple[int, ...]], width: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array(list(rows), dtype=np.int32).reshape(-1, width).T.copy())


def _code(codes: Codes, value: str) -> int:
    return codes.setdefault(value, len(codes))

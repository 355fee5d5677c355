"""Which claims are meant: the filters of a question with all names resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from kgraph.columns import Columns
from kgraph.columns.tables import MODALITIES, POLARITIES
from kgraph.model import Modality, Polarity

Ids = Collection[str] | None


@dataclass(frozen=True)
class Selection:
    """Conditions that all hold; None is no condition. Ids of entities, IRIs of speeches and claims, local names."""

    subject: Ids = None
    object: Ids = None
    about: Ids = None  # either end
    claimant: Ids = None
    predicate: Ids = None
    type: Ids = None  # classes of either end, with all below them
    speech: Ids = None
    claim: Ids = None
    polarity: Collection[Polarity] | None = None
    modality: Collection[Modality] | None = None
    min_confidence: float | None = None

    def and_(self, **more: Any) -> Selection:
        """The same with further conditions; one that is given twice must hold both times."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in more.items():
            if value is not None and values[name] is not None:
                value = [one for one in value if one in set(values[name])]
            values[name] = values[name] if value is None else value
        return Selection(**values)


def rows_of(selection: Selection, columns: Columns, of_type: Iterable[str] = ()) -> np.ndarray:
    """Places of the claims that are meant; `of_type` holds the ids of things that have one of the classes."""
    claims = columns.claims
    keep = np.ones(len(claims), dtype=bool)
    for name in ("subject", "object", "claimant"):
        if (wanted := getattr(selection, name)) is not None:
            keep &= _things(columns, wanted)[getattr(claims, name)]
    for wanted in (selection.about, None if selection.type is None else list(of_type)):
        if wanted is not None:
            meant = _things(columns, wanted)
            keep &= meant[claims.subject] | meant[claims.object]
    if selection.predicate is not None:
        keep &= _table(columns.predicates, selection.predicate)[claims.predicate]
    if selection.polarity is not None:
        keep &= _table(POLARITIES, selection.polarity)[claims.polarity]
    if selection.modality is not None:
        keep &= _table(MODALITIES, selection.modality)[claims.modality]
    if selection.min_confidence is not None:
        keep &= claims.confidence >= selection.min_confidence
    if selection.speech is not None:
        keep &= speeches_of(selection, columns)[columns.claim_speech]
    if selection.claim is None:
        return np.flatnonzero(keep)
    known = sorted(columns.claim_at[iri] for iri in set(selection.claim) if iri in columns.claim_at)
    rows = np.array(known, dtype=np.int64)
    return rows[keep[rows]]


def speeches_of(selection: Selection, columns: Columns) -> np.ndarray:
    """Whether each speech is meant."""
    if selection.speech is None:
        return np.ones(len(columns.speeches), dtype=bool)
    wanted = set(selection.speech)
    return np.array([header.id in wanted for header in columns.speeches], dtype=bool)


def _things(columns: Columns, ids: Iterable[str]) -> np.ndarray:
    meant = np.zeros(len(columns.things) + 1, dtype=bool)  # one more: a table may be empty
    meant[[columns.place_of[id_] for id_ in ids if id_ in columns.place_of]] = True
    return meant


def _table(values: Iterable[str], wanted: Iterable[str]) -> np.ndarray:
    chosen = set(wanted)
    return np.array([*(value in chosen for value in values), False], dtype=bool)

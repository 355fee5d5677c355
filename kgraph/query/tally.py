"""Claims counted in groups: how many, when, how firmly, with one sentence for an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kgraph.columns import Columns
from kgraph.columns.tables import MODALITIES, POLARITIES
from kgraph.model import Modality, Polarity

_NEGATED, _ASSERTED = POLARITIES.index(Polarity.NEGATED), MODALITIES.index(Modality.ASSERTED)


@dataclass(frozen=True, slots=True)
class Tally:
    """A group of claims. `first` and `last` are dates of speeches, None where no speech is dated."""

    claims: int
    speeches: int
    negated: int
    asserted: int
    first: str | None
    last: str | None
    example: int  # place of the claim that is shown: the most confident, of these the last


def groups(keys: list[np.ndarray]) -> Iterator[tuple[tuple[int, ...], np.ndarray]]:
    """Rows that share all keys: the keys, and the places of the rows in order."""
    if not len(keys[0]):
        return
    order = np.lexsort(keys[::-1])
    table = np.stack([key[order] for key in keys])
    borders = np.flatnonzero((table[:, 1:] != table[:, :-1]).any(axis=0)) + 1
    for part in np.split(order, borders):
        yield tuple(int(key[part[0]]) for key in keys), np.sort(part)


def tally(columns: Columns, rows: np.ndarray) -> Tally:
    """The claims at `rows`, counted; `rows` are in the order of time."""
    claims, speeches = columns.claims, columns.claim_speech[rows]
    dates = [date for date in columns.dates[speeches[[0, -1]]].tolist() if date]
    dated = dates or [d for d in columns.dates[speeches].tolist() if d]
    best = claims.confidence[rows]
    return Tally(
        claims=len(rows),
        speeches=len(np.unique(speeches)),
        negated=int((claims.polarity[rows] == _NEGATED).sum()),
        asserted=int((claims.modality[rows] == _ASSERTED).sum()),
        first=min(dated, default=None),
        last=max(dated, default=None),
        example=int(rows[len(rows) - 1 - int(best[::-1].argmax())]),
    )


def quote(columns: Columns, row: int) -> str:
    """The sentence of the claim at `row`."""
    return columns.sentences.quote[int(columns.claims.sentence[row])]

"""Claims over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgraph.columns.tables import MODALITIES, POLARITIES
from kgraph.errors import QueryError
from kgraph.model import Modality, Polarity
from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.names import AnyOf, resolve_any
from kgraph.query.source import Graph, source_of
from kgraph.query.tally import groups
from kgraph.table import Table

_LENGTH = {"year": 4, "month": 7, "day": 10}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """What is claimed in a period: claims by polarity and modality."""

    period: str
    speeches: int
    claims: int
    affirmed: int
    negated: int
    asserted: int
    possible: int
    intended: int
    called_for: int


def timeline(
    graph: Graph, about: AnyOf | None = None, *, by: str = "year", **filters: Unpack[Filters]
) -> Table[PeriodRow]:
    """Claims (on `about`, at either end) by "year", "month" or "day" of the speech; undated speeches are left out.

    A date less exact than asked for is a period of its own ("2014" among months).

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> [row.period for row in kg.timeline("CIS")]
    ['2014', '2022']
    """
    if by not in _LENGTH:
        raise QueryError(f"{by!r} is no period; allowed: {', '.join(_LENGTH)}")
    source = source_of(graph)
    selection = selected(source, filters).and_(about=resolve_any(source, about))
    columns, rows = source.find(selection)
    rows = rows[columns.dates[columns.claim_speech[rows]] != ""]
    dates = columns.dates[columns.claim_speech[rows]].astype(f"<U{_LENGTH[by]}")
    periods, code = np.unique(dates, return_inverse=True)
    found = []
    for (place,), part in groups([code]):
        claims, here = columns.claims, rows[part]
        polarity = np.bincount(claims.polarity[here], minlength=len(POLARITIES)).tolist()
        modality = np.bincount(claims.modality[here], minlength=len(MODALITIES)).tolist()
        found.append(
            PeriodRow(
                period=str(periods[place]),
                speeches=len(np.unique(columns.claim_speech[here])),
                claims=len(here),
                affirmed=polarity[POLARITIES.index(Polarity.AFFIRMED)],
                negated=polarity[POLARITIES.index(Polarity.NEGATED)],
                asserted=modality[MODALITIES.index(Modality.ASSERTED)],
                possible=modality[MODALITIES.index(Modality.POSSIBLE)],
                intended=modality[MODALITIES.index(Modality.INTENDED)],
                called_for=modality[MODALITIES.index(Modality.CALLED_FOR)],
            )
        )
    return Table.of(PeriodRow, found)

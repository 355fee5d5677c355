"""What changed between two speeches, speakers or periods."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kgraph.columns import Columns
from kgraph.columns.tables import MODALITIES, POLARITIES
from kgraph.errors import NameLookupError, QueryError
from kgraph.model import Modality
from kgraph.query.filters import Filters, Unpack, documents, selected, speeches
from kgraph.query.rows import Names
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.tally import quote, tally
from kgraph.table import Table

CHANGES = ("flipped", "hardened", "softened", "new target", "appeared", "vanished")
FIRMNESS = (Modality.POSSIBLE, Modality.CALLED_FOR, Modality.INTENDED, Modality.ASSERTED)  # softest first
_PERIOD = re.compile(r"(\d{4}(?:-\d{2}){0,2})?/(\d{4}(?:-\d{2}){0,2})?|\d{4}(?:-\d{2}){0,2}")
_RANK = np.array([FIRMNESS.index(one) for one in MODALITIES])

Side = str | Filters
Statement = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """How a statement changed; `before` and `after` say how it is made on each side ("affirmed, possible").

    `change` is "flipped" (other polarity only), "hardened" or "softened" (firmest modality), "new target" (the subject
    did the same to others before), "appeared" or "vanished".
    """

    change: str
    subject: str
    predicate: str
    object: str
    before: str
    after: str
    claims_before: int
    claims_after: int
    quote_before: str
    quote_after: str
    subject_id: str
    object_id: str


def compare(graph: Graph, before: Side, after: Side, **filters: Unpack[Filters]) -> Table[ChangeRow]:
    """Statements (subject, predicate, object) that differ between two parts of the graph.

    Each side is a speech (file name, title, date), a period ("2014", "2014-03/2016"), a speaker, or a dictionary of
    filters. Raises `NameLookupError` for a side that is none of these.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> {row.change for row in kg.compare("2014-07-10", "2022-10-26")} <= set(CHANGES)
    True
    """
    source = source_of(graph)
    chosen = selected(source, filters)
    sides = [side_filters(source, side) for side in (before, after)]
    iris = [speeches(source, side) for side in sides]
    union = None if None in iris else [iri for side in iris for iri in side or ()]
    columns, rows = source.find(chosen.and_(speech=union))
    found = [_statements(columns, rows, source, side) for side in sides]
    changes = list(_changes(columns, *found))
    statements = [statement for _, statement in changes]
    things = np.array([[one, other] for one, _, other in statements], dtype=np.int64).reshape(-1)
    names = Names(source, columns, (things,))
    return Table.of(ChangeRow, sorted((_row(columns, names, *one, *found) for one in changes), key=_most_telling))


def side_filters(source: Source, side: Side) -> Filters:
    """The filters that a side stands for."""
    if isinstance(side, dict):
        return side
    if not isinstance(side, str):
        raise QueryError(f"{side!r:.100} is no side: give a speech, a period, a speaker or a dictionary of filters")
    period = _PERIOD.fullmatch(side)
    if period:
        since, until = side.split("/") if "/" in side else (side, side)
        return {"since": since or None, "until": until or None}
    try:
        documents(source, side)
    except NameLookupError as problem:
        words = side.casefold().split()
        if any(all(w in (h.speaker or "").casefold() for w in words) for h in source.speeches.values()):
            return {"speaker": side}
        raise NameLookupError(f"{side!r} is no speech, period or speaker here: {problem}", problem.nearest) from None
    return {"document": side}


def _statements(columns: Columns, rows: np.ndarray, source: Source, side: Filters) -> dict[Statement, np.ndarray]:
    """Claims of a side by statement, in the order of time."""
    wanted = speeches(source, side)
    here = rows
    if wanted is not None:
        chosen = set(wanted)
        keep = np.array([header.id in chosen for header in columns.speeches], dtype=bool)
        here = rows[keep[columns.claim_speech[rows]]]
    claims = columns.claims
    found: dict[Statement, list[int]] = defaultdict(list)
    parts = (claims.subject[here], claims.predicate[here], claims.object[here])
    for row, *statement in zip(here.tolist(), *(part.tolist() for part in parts), strict=True):
        found[tuple(statement)].append(row)
    return {statement: np.array(places) for statement, places in found.items()}


Found = dict[Statement, np.ndarray]


def _most_telling(row: ChangeRow) -> tuple:
    claims = row.claims_before + row.claims_after
    return CHANGES.index(row.change), -claims, row.subject, row.predicate, row.object, row.subject_id, row.object_id


def _changes(columns: Columns, before: Found, after: Found) -> Iterator[tuple[str, Statement]]:
    """What changed, and the statement."""
    did = {statement[:2] for statement in before}
    for statement in {**before, **after}:
        old, new = before.get(statement), after.get(statement)
        if old is not None and new is not None:
            change = _change(columns, old, new)
        elif old is None:
            change = "new target" if statement[:2] in did else "appeared"
        else:
            change = "vanished"
        if change:
            yield change, statement


def _change(columns: Columns, old: np.ndarray, new: np.ndarray) -> str | None:
    polarity, modality = columns.claims.polarity, columns.claims.modality
    if not set(polarity[old].tolist()) & set(polarity[new].tolist()):
        return "flipped"
    firm_before, firm_after = int(_RANK[modality[old]].max()), int(_RANK[modality[new]].max())
    if firm_before == firm_after:
        return None
    return "hardened" if firm_after > firm_before else "softened"


def _row(columns: Columns, names: Names, change: str, statement: Statement, before: Found, after: Found) -> ChangeRow:
    sides = [part.get(statement, np.zeros(0, dtype=np.int64)) for part in (before, after)]
    told = [_told(columns, rows) for rows in sides]
    quotes = [quote(columns, tally(columns, rows).example) if len(rows) else "" for rows in sides]
    subject, predicate, target = statement
    return ChangeRow(
        change=change,
        subject=names.label[subject],
        predicate=columns.predicates[predicate],
        object=names.label[target],
        before=told[0],
        after=told[1],
        claims_before=len(sides[0]),
        claims_after=len(sides[1]),
        quote_before=quotes[0],
        quote_after=quotes[1],
        subject_id=names.id[subject],
        object_id=names.id[target],
    )


def _told(columns: Columns, rows: np.ndarray) -> str:
    """How a statement is made: its polarities, and its firmest modality."""
    if not len(rows):
        return ""
    polarity = sorted({POLARITIES[place].value for place in columns.claims.polarity[rows].tolist()})
    firmest = FIRMNESS[int(_RANK[columns.claims.modality[rows]].max())]
    return f"{' and '.join(polarity)}, {firmest.value}"

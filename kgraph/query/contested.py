"""Where speakers contradict each other, or themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgraph.columns.tables import POLARITIES
from kgraph.model import Polarity
from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.names import AnyOf, resolve_any
from kgraph.query.rows import Names
from kgraph.query.source import Graph, source_of
from kgraph.query.tally import groups, quote, tally
from kgraph.table import Table

_AFFIRMED = POLARITIES.index(Polarity.AFFIRMED)


@dataclass(frozen=True, slots=True)
class ContestedRow:
    """A statement that is both affirmed and denied: by whom, how often, and one sentence for each side.

    `between` is "self" where one claimant alone says both, else "speakers".
    """

    subject: str
    predicate: str
    object: str
    affirmed: int
    denied: int
    affirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    between: str
    first: str | None
    last: str | None
    affirmed_quote: str
    denied_quote: str
    subject_id: str
    object_id: str


def contested(graph: Graph, about: AnyOf | None = None, **filters: Unpack[Filters]) -> Table[ContestedRow]:
    """Statements (same subject, predicate and object) with claims of both polarities, most evenly contested first.

    Modality does not matter, unless a filter says so: what one asserts and another calls impossible is contested.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> all(row.affirmed and row.denied for row in kg.contested())
    True
    """
    source = source_of(graph)
    selection = selected(source, filters).and_(about=resolve_any(source, about))
    columns, rows = source.find(selection)
    claims = columns.claims
    symmetric = np.array([_symmetric(source, name) for name in (*columns.predicates, "")])[claims.predicate[rows]]
    one_end, other_end = claims.subject[rows], claims.object[rows]
    subject = np.where(symmetric, np.minimum(one_end, other_end), one_end)
    target = np.where(symmetric, np.maximum(one_end, other_end), other_end)
    both = _contested(subject, claims.predicate[rows], target, claims.polarity[rows])
    rows, subject, target = rows[both], subject[both], target[both]
    names = Names(source, columns, (subject, target, claims.claimant[rows]))
    found = []
    for (one, predicate, other), part in groups([subject, claims.predicate[rows], target]):
        here = rows[part]
        yes = here[claims.polarity[here] == _AFFIRMED]
        no = here[claims.polarity[here] != _AFFIRMED]
        by = [{names.label[place] for place in claims.claimant[side].tolist()} for side in (yes, no)]
        whole = tally(columns, here)
        found.append(
            ContestedRow(
                subject=names.label[one],
                predicate=columns.predicates[predicate],
                object=names.label[other],
                affirmed=len(yes),
                denied=len(no),
                affirmed_by=tuple(sorted(by[0])),
                denied_by=tuple(sorted(by[1])),
                between="self" if len(by[0] | by[1]) == 1 else "speakers",
                first=whole.first,
                last=whole.last,
                affirmed_quote=quote(columns, tally(columns, yes).example),
                denied_quote=quote(columns, tally(columns, no).example),
                subject_id=names.id[one],
                object_id=names.id[other],
            )
        )
    return Table.of(ContestedRow, sorted(found, key=_most_even))


def _contested(subject: np.ndarray, predicate: np.ndarray, target: np.ndarray, polarity: np.ndarray) -> np.ndarray:
    """Whether the statement of each claim has claims of both polarities."""
    if not len(subject):
        return np.zeros(0, dtype=bool)
    size = int(max(subject.max(), target.max())) + 1
    code = (predicate.astype(np.int64) * size + subject) * size + target
    denied = np.isin(code, code[polarity != _AFFIRMED])
    return denied & np.isin(code, code[polarity == _AFFIRMED])


def _most_even(row: ContestedRow) -> tuple:
    return -min(row.affirmed, row.denied), -(row.affirmed + row.denied), row.subject, row.predicate, row.object


def _symmetric(source: object, predicate: str) -> bool:
    known = source.lexicon.predicates.get(predicate)  # type: ignore[attr-defined]
    return bool(known and known.symmetric)

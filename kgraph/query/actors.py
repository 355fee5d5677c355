"""Who acts, and how: by families of predicates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.rows import Names
from kgraph.query.source import Graph, source_of
from kgraph.table import Table

ACTOR = "Actor"


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor with the claims on what it does (by family of predicates), what is done to it, and what it claims."""

    actor: str
    type: str
    does: int
    hostile: int
    protective: int
    cooperative: int
    undergoes: int
    says: int
    actor_id: str


def actors(graph: Graph, **filters: Unpack[Filters]) -> Table[ActorRow]:
    """States, organisations and persons as they act, suffer and speak in the claims, most active first.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.actors()[0].does >= kg.actors()[1].does
    True
    """
    source = source_of(graph)
    columns, rows = source.find(selected(source, filters))
    claims, size = columns.claims, len(columns.things)
    family = np.array([_family(source, name) for name in (*columns.predicates, "")], dtype=np.str_)[
        claims.predicate[rows]
    ]
    subject = claims.subject[rows]
    counts = {name: np.bincount(subject[family == name], minlength=size) for name in _FAMILIES}
    counts |= {
        "does": np.bincount(subject, minlength=size),
        "undergoes": np.bincount(claims.object[rows], minlength=size),
        "says": np.bincount(claims.claimant[rows], minlength=size),
    }
    met = np.flatnonzero(counts["does"] + counts["undergoes"] + counts["says"])
    names = Names(source, columns, (met,))
    kinds = source.kinds(names.id.values())
    classes = source.lexicon.classes
    found = []
    for place in met.tolist():
        kind = kinds.get(names.id[place])
        if kind and ACTOR in classes.get(kind.subtype or kind.type, ()):
            number = {name: int(column[place]) for name, column in counts.items()}
            found.append(ActorRow(names.label[place], kind.subtype or kind.type, **number, actor_id=names.id[place]))
    return Table.of(ActorRow, sorted(found, key=lambda row: (-row.does, -row.says, -row.undergoes, row.actor_id)))


_FAMILIES = ("hostile", "protective", "cooperative")


def _family(source: object, predicate: str) -> str:
    known = source.lexicon.predicates.get(predicate)  # type: ignore[attr-defined]
    return known.family or "" if known else ""

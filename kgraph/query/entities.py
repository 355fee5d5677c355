"""Entities: a list of them, and the profile of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.query.counts import Named, claim_counts, mention_counts
from kgraph.query.filters import Narrowing, Unpack, classes, selected
from kgraph.query.source import Graph, source_of
from kgraph.table import Table


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity with how often it is mentioned, in how many speeches, and in how many claims it takes part."""

    label: str
    type: str
    subtype: str | None
    mentions: int
    speeches: int
    claims: int
    id: str


def entities(graph: Graph, type: str | Iterable[str] | None = None, **filters: Unpack[Narrowing]) -> Table[EntityRow]:
    """Entities of a class (with its subclasses), most mentioned first; the filters narrow what is counted.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> "Ukraine" in [row.label for row in kg.entities("State")]
    True
    """
    source = source_of(graph)
    wanted = set(classes(source, type) or ())
    selection = selected(source, filters)
    mentions, claimed = mention_counts(source, selection), claim_counts(*source.find(selection))
    kinds = source.kinds([*mentions, *claimed])
    rows = (
        EntityRow(*kind, *mentions.get(id_, Named()), claimed.get(id_, 0), id_)
        for id_, kind in kinds.items()
        if not wanted or wanted & {kind.type, kind.subtype}
    )
    return Table.of(EntityRow, sorted(rows, key=lambda row: (-row.mentions, -row.claims, row.label, row.id)))

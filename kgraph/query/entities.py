"""Entities: a list of them, and the profile of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.query.filters import Filters, Unpack, bindings
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.template import plain
from kgraph.rdf.namespaces import local_name
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


def entities(graph: Graph, type: str | Iterable[str] | None = None, **filters: Unpack[Filters]) -> Table[EntityRow]:
    """Entities of a class (with its subclasses), most mentioned first; the filters narrow what is counted.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> "Ukraine" in [row.label for row in kg.entities("State")]
    True
    """
    source = source_of(graph)
    given = bindings(source, {**filters, "type": type})
    kinds = kinds_of(source, given)
    mentions = {source.id(e): (int(plain(n)), int(plain(s))) for e, n, s in source.rows("mentions", given)}
    claimed = {source.id(entity): int(plain(n)) for entity, n in source.rows("claimed", given)}
    rows = (
        EntityRow(*kinds[id_], *mentions.get(id_, (0, 0)), claimed.get(id_, 0), id_)
        for id_ in kinds.keys() & (mentions.keys() | claimed.keys())
    )
    return Table.of(EntityRow, sorted(rows, key=lambda row: (-row.mentions, -row.claims, row.label, row.id)))


def kinds_of(source: Source, given: dict) -> dict[str, tuple[str, str, str | None]]:
    """Label, core class and most specific class of entities, by id."""
    classes: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    for entity, class_, label in source.rows("kinds", {name: given.get(name) for name in ("entity", "type")}):
        id_ = source.id(entity)
        classes[id_].add(local_name(plain(class_)))
        labels[id_] = min(plain(label), labels.get(id_, plain(label)))
    return {id_: (labels[id_], *_kind(source, names)) for id_, names in classes.items()}


def _kind(source: Source, names: set[str]) -> tuple[str, str | None]:
    lexicon = source.lexicon
    deepest = max(sorted(names), key=lambda name: len(lexicon.classes.get(name, ())))
    return lexicon.core_type(deepest) or deepest, None if deepest in lexicon.core else deepest

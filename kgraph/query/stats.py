"""How much there is of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.columns.tables import MODALITIES, POLARITIES, VOICES
from kgraph.query.counts import mention_counts
from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.source import Graph, source_of
from kgraph.table import Table


@dataclass(frozen=True, slots=True)
class StatRow:
    """A number: of what kind ("claims by predicate"), of which ("threatens")."""

    kind: str
    name: str
    number: int


def stats(graph: Graph, **filters: Unpack[Filters]) -> Table[StatRow]:
    """Numbers of speeches, entities, mentions and claims, by class, predicate, polarity, modality and voice.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.stats()[0]
    StatRow(kind='total', name='speeches', number=2)
    """
    source = source_of(graph)
    selection = selected(source, filters)
    columns, rows = source.find(selection)
    claims = columns.claims
    mentioned = mention_counts(source, selection)
    speeches = len(source.speeches) if selection.speech is None else len(selection.speech)
    totals = {
        "speeches": speeches,
        "entities": len(mentioned),
        "mentions": sum(one.mentions for one in mentioned.values()),
        "claims": len(rows),
    }
    kinds = Counter(kind.type for kind in source.kinds(mentioned).values())
    counted = {
        "entities by class": kinds,
        "claims by predicate": _count(columns.predicates, claims.predicate[rows].tolist()),
        "claims by polarity": _count(POLARITIES, claims.polarity[rows].tolist()),
        "claims by modality": _count(MODALITIES, claims.modality[rows].tolist()),
        "claims by voice": _count(VOICES, claims.voice[rows].tolist()),
    }
    return Table.of(StatRow, _rows(totals, counted))


def _rows(totals: dict[str, int], counted: dict[str, Counter[str]]) -> Iterator[StatRow]:
    for name, number in totals.items():
        yield StatRow("total", name, number)
    for kind, counts in counted.items():
        for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield StatRow(kind, name, number)


def _count(names: tuple[str, ...], places: list[int]) -> Counter[str]:
    return Counter(str(names[place]) for place in places)

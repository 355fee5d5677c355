"""What is named together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgraph.errors import QueryError
from kgraph.query.filters import Filters, Unpack, positive, selected
from kgraph.query.names import Name, resolve
from kgraph.query.selection import Selection, speeches_of
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.template import node
from kgraph.rdf.identity import span_of
from kgraph.table import Table

REACH = 200  # characters between two mentions that count as one passage


@dataclass(frozen=True, slots=True)
class TogetherRow:
    """Two things named together: how often, in how many speeches, and how much more often than by chance.

    `association` is the normalised pointwise mutual information (-1 to 1; Bouma 2009) over passages or speeches.
    """

    one: str
    other: str
    times: int
    speeches: int
    association: float
    one_id: str
    other_id: str


def cooccurrence(
    graph: Graph, name: Name | None = None, *, within: str = "passage", most: int = 100, **filters: Unpack[Filters]
) -> Table[TogetherRow]:
    """Pairs of things (or those with `name`) that are mentioned together, most often first.

    `within` is "passage" (windows of 200 characters of a speech) or "speech". Of the filters, those on speeches and
    `type` (class of both) have a meaning here. At most `most` pairs are given.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.cooccurrence("CIS", within="speech")[0].speeches
    2
    """
    if within not in ("passage", "speech"):
        raise QueryError(f"{within!r} is no unit; allowed: passage, speech")
    positive(most=most)
    source = source_of(graph)
    chosen = selected(source, filters)
    speech, start, thing, ids = _mentions(source, chosen)
    if chosen.type is not None:
        wanted = set(source.of_class(ids, chosen.type))
        keep = np.array([*(id_ in wanted for id_ in ids), False])[thing]
        speech, start, thing = speech[keep], start[keep], thing[keep]
    window = start // REACH if within == "passage" else np.zeros_like(start)
    size, width = max(1, len(ids)), int(window.max(initial=0)) + 1
    place, thing = np.divmod(np.unique((speech * width + window) * size + thing), size)  # each thing once in a place
    alone, total = np.bincount(thing, minlength=size), len(np.unique(place))
    if name is not None:
        one = resolve(source, name)
        only = ids.index(one) if one in ids else -1
        near = np.isin(place, place[thing == only])
        place, thing = place[near], thing[near]
    else:
        only = None
    pairs, counts, spread = _counted(place, thing, place // width, size, only)
    best = np.lexsort((pairs[1], pairs[0], -counts))[:most]
    labels = source.labels(ids[place] for place in np.unique(pairs[:, best]).tolist())
    rows = []
    for a, b, n, m in zip(*pairs[:, best].tolist(), counts[best].tolist(), spread[best].tolist(), strict=True):
        association = _npmi(n, int(alone[a]), int(alone[b]), total)
        rows.append(TogetherRow(labels[ids[a]], labels[ids[b]], n, m, association, ids[a], ids[b]))
    return Table.of(TogetherRow, rows)


def _counted(
    place: np.ndarray, thing: np.ndarray, speech: np.ndarray, size: int, only: int | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of things in one place, in how many places, and in how many speeches; `only` pairs with one thing."""
    border = np.flatnonzero(np.diff(place)) + 1
    end = np.repeat([*border, len(thing)], np.diff([0, *border, len(thing)])) if len(thing) else border
    speeches = int(speech.max(initial=0)) + 1
    found = [np.zeros(0, dtype=np.int64)]
    for step in range(1, len(thing)):
        first = np.flatnonzero(np.arange(len(thing)) + step < end)
        if not len(first):
            break
        one, other = thing[first], thing[first + step]
        if only is not None:
            have = (one == only) | (other == only)
            first, other = first[have], np.where(one == only, other, one)[have]
            one = np.full(len(other), only)
        found.append((one * size + other) * speeches + speech[first])
    code, times = np.unique(np.concatenate(found), return_counts=True)
    pair, first, spread = np.unique(code // speeches, return_index=True, return_counts=True)
    counts = np.add.reduceat(times, first) if len(first) else times
    return np.stack(np.divmod(pair, size)), counts, spread


def _npmi(both: int, one: int, other: int, total: int) -> float:
    if both == total:
        return 1.0
    pmi = np.log(both * total / (one * other))
    return round(float(pmi / -np.log(both / total)), 4)


Located = tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]


def _mentions(source: Source, chosen: Selection) -> Located:
    """Speech, start and thing of each mention, and the ids of things, which are in order."""
    if source.store.local:
        columns = source.columns
        rows = np.flatnonzero(speeches_of(chosen, columns)[columns.mentions.speech])
        speech, start, thing = (
            column[rows].astype(np.int64)
            for column in (columns.mentions.speech, columns.mentions.start, columns.mentions.thing)
        )
        return _in_order(speech, start, thing, columns.things[:])
    given = None if chosen.speech is None else [node(iri) for iri in chosen.speech]
    place_of = {iri: place for place, iri in enumerate(source.speeches)}
    code: dict[str, int] = {}
    found = []
    for mention, entity in source.rows("together", {"speech": given}):
        iri = source.text(mention)
        found.append((place_of[iri.partition("#")[0]], span_of(iri)[0], code.setdefault(source.id(entity), len(code))))
    speech, start, thing = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return _in_order(speech, start, thing, list(code))


def _in_order(speech: np.ndarray, start: np.ndarray, thing: np.ndarray, ids: list[str]) -> Located:
    """Things renumbered by id, so that pairs come in one order whatever the store."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    place = np.empty(len(ids), dtype=np.int64)
    place[order] = np.arange(len(ids))
    return speech, start, place[thing], [ids[i] for i in order]

"""What stands around a thing, and what leads from one to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kgraph.columns import Columns
from kgraph.query.filters import Filters, Unpack, positive, selected
from kgraph.query.names import Name, resolve
from kgraph.query.rows import ClaimRow, Names, claim_rows
from kgraph.query.source import Graph, source_of
from kgraph.query.tally import groups, tally
from kgraph.table import Table


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """Something that claims tie to the thing asked for; `direction` is "out" where that thing is the subject."""

    neighbour: str
    type: str
    predicate: str
    direction: str
    claims: int
    speeches: int
    first: str | None
    last: str | None
    neighbour_id: str


@dataclass(frozen=True, slots=True)
class PathRow:
    """A way from one thing to another: `steps` as text, and for each step the claims that make it."""

    length: int
    path: str
    support: int  # claims on the weakest step
    claims: tuple[tuple[ClaimRow, ...], ...]
    things_id: tuple[str, ...]


def neighbours(graph: Graph, name: Name, **filters: Unpack[Filters]) -> Table[NeighbourRow]:
    """What claims tie to a thing, by predicate and direction, most claimed first.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> {row.direction for row in kg.neighbours("CIS")} <= {"in", "out"}
    True
    """
    source = source_of(graph)
    id_ = resolve(source, name)
    columns, rows = source.find(selected(source, filters).and_(about=[id_]))
    claims = columns.claims
    place = columns.place_of.get(id_, -1)
    out = claims.subject[rows] == place
    other = np.where(out, claims.object[rows], claims.subject[rows])
    names = Names(source, columns, (other,))
    kinds = source.kinds(names.id.values())
    found = []
    for (neighbour, predicate, is_out), part in groups([other, claims.predicate[rows], out.astype(np.int32)]):
        counted = tally(columns, rows[part])
        kind = kinds.get(names.id[neighbour])
        found.append(
            NeighbourRow(
                neighbour=names.label[neighbour],
                type=kind.type if kind else "",
                predicate=columns.predicates[predicate],
                direction="out" if is_out else "in",
                claims=counted.claims,
                speeches=counted.speeches,
                first=counted.first,
                last=counted.last,
                neighbour_id=names.id[neighbour],
            )
        )
    return Table.of(NeighbourRow, sorted(found, key=lambda row: (-row.claims, row.neighbour, row.predicate)))


def paths(
    graph: Graph,
    start: Name,
    end: Name,
    *,
    longest: int = 3,
    most: int = 10,
    directed: bool = False,
    **filters: Unpack[Filters],
) -> Table[PathRow]:
    """Ways from `start` to `end` over at most `longest` claims, shortest and best supported first.

    A claim is gone along in both directions, unless `directed`. No thing is met twice on a way. At most `most` ways
    are given. Every step more takes many times as long in a large graph.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> all(row.length <= 2 for row in kg.paths("CIS", "terrorism", longest=2))
    True
    """
    positive(longest=longest, most=most)
    source = source_of(graph)
    first, last = resolve(source, start), resolve(source, end)
    columns, rows = source.find(selected(source, filters))
    steps = _steps(columns, rows, directed)
    places = (columns.place_of.get(first, -1), columns.place_of.get(last, -1))
    found = []
    for way in _ways(steps, *places, longest, most):
        support = min(len(steps[a][b]) for a, b in pairwise(way))
        found.append((len(way), -support, way))
    chosen = [way for _, _, way in sorted(found)[:most]]
    names = Names(source, columns, [np.array(way) for way in chosen] or [np.zeros(0, dtype=np.int64)])
    table = []
    for way in chosen:
        pairs = list(pairwise(way))
        told = tuple(tuple(claim_rows(source, columns, np.array(steps[a][b]))) for a, b in pairs)
        ids = tuple(names.id[place] for place in way)
        support = min(len(step) for step in told)
        table.append(PathRow(len(pairs), _as_text(told, names.label[way[0]], ids), support, told, ids))
    return Table.of(PathRow, table)


def _as_text(told: tuple[tuple[ClaimRow, ...], ...], first: str, ids: tuple[str, ...]) -> str:
    text = first
    for step, start in zip(told, ids, strict=False):
        forward = step[0].subject_id == start
        other = step[0].object if forward else step[0].subject
        text += f" -{step[0].predicate}-> {other}" if forward else f" <-{step[0].predicate}- {other}"
    return text


Steps = dict[int, dict[int, list[int]]]


def _steps(columns: Columns, rows: np.ndarray, directed: bool) -> Steps:
    """For each thing those next to it, with the claims between."""
    steps: Steps = defaultdict(lambda: defaultdict(list))
    claims = columns.claims
    for row, subject, target in zip(
        rows.tolist(), claims.subject[rows].tolist(), claims.object[rows].tolist(), strict=True
    ):
        steps[subject][target].append(row)
        if not directed and subject != target:
            steps[target][subject].append(row)
    return steps


def _ways(steps: Steps, start: int, end: int, longest: int, most: int) -> Iterator[tuple[int, ...]]:
    """Ways level by level: all of the shortest length, then longer ones until there are enough."""
    if start not in steps or end not in steps or start == end:
        return
    left = _distances(steps, end, longest)
    level: list[tuple[int, ...]] = [(start,)]
    count = 0
    for length in range(1, longest + 1):
        longer: list[tuple[int, ...]] = []
        for way in level:
            for thing in sorted(steps[way[-1]], key=lambda thing: (-len(steps[way[-1]][thing]), thing)):
                if thing == end:
                    yield (*way, thing)
                    count += 1
                elif thing not in way and left.get(thing, longest) <= longest - length:
                    longer.append((*way, thing))
        if count >= most:
            return
        level = longer


def _distances(steps: Steps, end: int, longest: int) -> dict[int, int]:
    """Steps from each thing to `end`, up to `longest`, gone backwards."""
    back: dict[int, list[int]] = defaultdict(list)
    for start, nexts in steps.items():
        for thing in nexts:
            back[thing].append(start)
    distance, level = {end: 0}, [end]
    for length in range(1, longest + 1):
        level = [one for thing in level for one in back[thing] if distance.setdefault(one, length) == length]
        level = list(dict.fromkeys(level))
    return distance

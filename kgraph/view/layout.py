"""Where nodes stand: seeded, still, long axis across, boxes apart. Same input, same positions to 0.1 px."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import cKDTree

from kgraph.view.labels import Box
from kgraph.view.spread import pack, spread

STEP = 74.0  # px between linked nodes, before labels push them apart
DENSE = 220  # nodes; larger components use the force layout
ROOMY = 400  # nodes; in larger graphs marks keep clear of each other, labels are left to the zoom
FILL = 0.8  # share of the area that boxes may cover before they are spread
RELAXED = 1.8  # times the step of stress majorisation: a third of the rounds, the same stress
SETTLED = 0.3  # px a round below which a small component is finished
STRETCH = 1.3  # width gained for wide labels and wide screens

Points = NDArray[np.float64]


def layout(
    boxes: Sequence[Box], edges: Sequence[tuple[int, int]], *, seed: int = 0, aspect: float = 1.3
) -> list[tuple[float, float]]:
    """Centres for nodes with these `boxes`, in px rounded to 0.1; `aspect` is width by height of the whole.

    Components are laid out one by one (stress for small, forces for large ones) and packed, the largest in the middle.
    """
    if not boxes:
        return []
    ends = np.array(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}), dtype=int).reshape(-1, 2)
    count = len(boxes)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    _, member = connected_components(graph, directed=False)
    rooms = np.array([(b.half, b.above, b.below) for b in boxes])
    if count > ROOMY:
        rooms = np.repeat(rooms[:, 1:2] + 2, 3, axis=1)
    groups = [np.flatnonzero(member == part) for part in range(member.max() + 1)]
    places = [_component(group, ends, rooms, seed) for group in groups]
    points = pack(groups, places, rooms, aspect)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in points]


def _component(group: NDArray[np.int_], ends: NDArray[np.int_], rooms: Points, seed: int) -> Points:
    """Positions of one connected component around its own middle."""
    if len(group) == 1:
        return np.zeros((1, 2))
    inside = ends[np.isin(ends[:, 0], group)]
    own = np.searchsorted(group, inside)
    points = _stress(len(group), own) if len(group) <= DENSE else _forces(len(group), own, seed)
    wide = _across(points) * np.sqrt([STRETCH, 1 / STRETCH])
    return spread(_roomy(wide, rooms[group]), rooms[group])


def _roomy(points: Points, rooms: Points) -> Points:
    """Enlarged, where the boxes would fill more than `FILL` of the area that they cover (half that in large graphs)."""
    need = float((2 * rooms[:, 0] * (rooms[:, 1] + rooms[:, 2])).sum())
    low, high = np.quantile(points, [0.03, 0.97], axis=0)
    have = float(np.prod(np.maximum(high - low, 1.0)))
    share = FILL if len(points) <= ROOMY else FILL / 2
    return points * max(1.0, np.sqrt(need / share / have)) if len(points) > 30 else points


def _across(points: Points) -> Points:
    """Turn so that the longest axis lies across, with a fixed choice of signs."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return _signed(centred @ axes[:, ::-1])


def _signed(points: Points) -> Points:
    """Mirrored so that the largest coordinate on each axis is positive."""
    signs = np.sign(points[np.abs(points).argmax(axis=0), [0, 1]])
    return points * np.where(signs == 0, 1, signs)


def _lengths(count: int, ends: NDArray[np.int_]) -> Points:
    """Wanted distances: longer edges around busy nodes, so that stars get room."""
    degree = np.bincount(ends.ravel(), minlength=count)
    long = STEP * (0.75 + 0.22 * np.sqrt(np.maximum(degree[ends[:, 0]], degree[ends[:, 1]])))
    graph = csr_array((long, (ends[:, 0], ends[:, 1])), shape=(count, count))
    return np.asarray(shortest_path(graph, directed=False))


def _stress(count: int, ends: NDArray[np.int_], rounds: int = 220) -> Points:
    """Stress majorisation (Gansner, Koren and North 2004) from classical scaling; ends early where nothing moves."""
    wanted = _lengths(count, ends)
    squared = wanted**2
    points = _scaled(squared) + np.random.default_rng(0).normal(scale=STEP / 50, size=(count, 2))
    weights = np.divide(1, squared, out=np.zeros_like(squared), where=squared > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse: Points = np.linalg.inv(laplacian + 1 / count).astype(np.float64) - 1 / count  # the pseudoinverse
    pull = weights * wanted
    for _ in range(rounds):
        step = _times(inverse, _pull(points, pull)) - points
        points = points + RELAXED * step
        if np.abs(step).max() < SETTLED:
            break
    return points


def _scaled(squared: Points, rounds: int = 60) -> Points:
    """Classical scaling of squared distances: the two longest axes, by power iteration."""
    inner = _centred(squared) / -2
    first, second = np.random.default_rng(0).normal(size=(2, len(squared)))
    for _ in range(rounds):
        first, second = _times(inner, np.stack([first, second], axis=1)).T
        first = first / max(np.sqrt((first**2).sum()), 1e-9)
        second = second - first * (first * second).sum()
        second = second / max(np.sqrt((second**2).sum()), 1e-9)
    axes = np.stack([first, second], axis=1)
    return axes * np.sqrt(np.maximum((axes * _times(inner, axes)).sum(axis=0), 1e-9))


def _centred(squared: Points) -> Points:
    return squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()


def _pull(points: Points, pull: Points) -> Points:
    x, y = points.T
    apart = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    ratio = pull / np.maximum(apart, 1e-9)
    return ratio.sum(axis=1)[:, None] * points - _times(ratio, points)


def _times(matrix: Points, points: Points) -> Points:
    """Their product, without the threads of a numeric library, which would wait for each other on busy cores."""
    return np.stack([(matrix * points[:, axis]).sum(axis=1) for axis in (0, 1)], axis=1)


def _forces(count: int, ends: NDArray[np.int_], seed: int, rounds: int = 50) -> Points:
    """Springs along links (weaker between busy nodes), repulsion within reach (kd-tree), weak gravity."""
    points = _landmarks(count, ends) + np.random.default_rng(seed).normal(scale=STEP / 2, size=(count, 2))
    degree = np.maximum(np.bincount(ends.ravel(), minlength=count), 1)
    spring = 0.3 / np.sqrt(degree[ends].prod(axis=1))
    for step in range(rounds):
        heat = STEP * 2 * (1 - step / rounds) ** 1.5 + 0.5
        draw = (points[ends[:, 0]] - points[ends[:, 1]]) * spring[:, None]
        pull = _sums(ends[:, 1], draw, count) - _sums(ends[:, 0], draw, count) - points * 0.004
        force = pull + _push(points, STEP * 2.2)
        length = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-9)
        points = points + force * (np.minimum(length, heat) / length)[:, None]
    return points


def _landmarks(count: int, ends: NDArray[np.int_], pivots: int = 30) -> Points:
    """A start for the forces: landmark scaling (Brandes and Pich 2007), evenly over a disc.

    From there half as many rounds leave half as many crossings as from a random start.
    """
    graph = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    far, place = np.full(count, np.inf), 0
    rows = []
    for _ in range(min(pivots, count)):
        rows.append(shortest_path(graph, directed=False, unweighted=True, indices=place))
        far = np.minimum(far, rows[-1])
        place = int(far.argmax())  # the node farthest from all pivots so far
    centred = _centred(np.array(rows).T ** 2)
    _, axes = np.linalg.eigh(centred.T @ centred)
    points = _signed(centred @ axes[:, -2:])
    points /= np.maximum(points.std(axis=0), 1e-9)
    out = np.hypot(*points.T)
    rank = np.argsort(np.argsort(out, kind="stable"), kind="stable")
    return points * (STEP * 0.75 * np.sqrt(rank + 0.5) / np.maximum(out, 1e-9))[:, None]


def _push(points: Points, reach: float) -> Points:
    near = cKDTree(points).query_pairs(reach, output_type="ndarray")
    if len(near) == 0:
        return np.zeros_like(points)
    a, b = near.T
    gap = points[a] - points[b]
    squared = np.maximum(gap[:, 0] ** 2 + gap[:, 1] ** 2, 1.0)
    force = gap * (STEP**2 * (1 / squared - 1 / reach**2))[:, None]
    return _sums(a, force, len(points)) - _sums(b, force, len(points))


def _sums(places: NDArray[np.int_], values: Points, count: int) -> Points:
    return np.stack([np.bincount(places, values[:, axis], count) for axis in (0, 1)], axis=1)

"""Boxes apart: overlap removal inside a component, and packing of components beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]

MARGIN = 4.0  # px wanted between boxes
PATIENT = 60  # rounds after which boxes may stand closer than that, if none overlap
REUSED, SLACK = 4, 0.15  # pairs that are near are looked for every fourth round, somewhat farther off
GUTTER = 26.0  # px between components


def spread(points: Points, rooms: Points, rounds: int = 400) -> Points:
    """Move nodes as little as needed until no boxes (half width, above, below) overlap."""
    points = points.copy()
    half, tall = rooms[:, 0] + MARGIN / 2, (rooms[:, 1] + rooms[:, 2] + MARGIN) / 2
    middle = np.stack([np.zeros(len(rooms)), (rooms[:, 2] - rooms[:, 1]) / 2], axis=1)  # of the box, from the node
    reach = 2 * np.array([half.max(), tall.max()])
    rounds = min(rounds, 40 + 200_000 // len(points))  # what is left of overlaps in a crowd of thousands is small
    apart = False
    for step in range(rounds):
        if fresh := apart or step % REUSED == 0:
            a, b = cKDTree((points + middle) / reach).query_pairs(1.0 + SLACK, p=np.inf, output_type="ndarray").T
            wide, high = half[a] + half[b], tall[a] + tall[b]
        gap = (points + middle)[b] - (points + middle)[a]
        over = np.stack([wide - np.abs(gap[:, 0]), high - np.abs(gap[:, 1])], axis=1)
        least = over.min(axis=1)
        apart = not len(least) or least.max() <= (0.01 if step < PATIENT else MARGIN)
        if apart and fresh:
            break
        hit = least > 0.01
        _shove(points, a[hit], b[hit], gap[hit], over[hit], step)
    return points


def _shove(points: Points, a: NDArray[np.int_], b: NDArray[np.int_], gap: Points, over: Points, step: int) -> None:
    """Push each overlapping pair apart along the axis that needs less."""
    across = over[:, 0] * 0.8 < over[:, 1]
    towards = np.where(gap == 0, 1.0, np.sign(gap))
    towards[gap[:, 0] == 0, 0] = np.where((a[gap[:, 0] == 0] + step) % 2, 1.0, -1.0)
    move = np.where(across[:, None], [1.0, 0.0], [0.0, 1.0]) * towards * (over / 2 + 0.3)
    times = np.maximum(np.bincount(np.concatenate([a, b]), minlength=len(points)), 1) ** 0.5
    for axis in (0, 1):
        points[:, axis] -= np.bincount(a, move[:, axis], len(points)) / times
        points[:, axis] += np.bincount(b, move[:, axis], len(points)) / times


def pack(groups: Sequence[NDArray[np.int_]], places: Sequence[Points], rooms: Points, aspect: float) -> Points:
    """All components on one sheet: the largest first, each next one where it keeps the sheet smallest."""
    points = np.zeros((len(rooms), 2))
    order = sorted(range(len(groups)), key=lambda g: (-len(groups[g]), int(groups[g][0])))
    taken = np.zeros((0, 4))
    for place in order:
        group, own = groups[place], places[place]
        around = _bounds(own, rooms[group])
        offset = _berth(taken, around, aspect) if len(taken) else np.zeros(2)
        points[group] = own + offset
        taken = _with(taken, own + offset, rooms[group], len(order))
    return points


def _with(taken: Points, points: Points, rooms: Points, groups: int) -> Points:
    """Occupied rectangles (left, top, right, bottom); one per node while that is affordable."""
    left, right = points[:, 0] - rooms[:, 0], points[:, 0] + rooms[:, 0]
    boxes = np.stack([left, points[:, 1] - rooms[:, 1], right, points[:, 1] + rooms[:, 2]], axis=1)
    if len(points) > 400 or groups > 400:
        boxes = np.concatenate([boxes.min(axis=0)[:2], boxes.max(axis=0)[2:]])[None]
    return np.concatenate([taken, boxes])


def _bounds(points: Points, rooms: Points) -> Points:
    low = [(points[:, 0] - rooms[:, 0]).min(), (points[:, 1] - rooms[:, 1]).min()]
    high = [(points[:, 0] + rooms[:, 0]).max(), (points[:, 1] + rooms[:, 2]).max()]
    return np.array([*low, *high])


def _berth(taken: Points, around: Points, aspect: float) -> Points:
    """Offset at which a component's rectangle fits, keeping the sheet near `aspect` and small."""
    left, top, right, bottom = taken[:, 0].min(), taken[:, 1].min(), taken[:, 2].max(), taken[:, 3].max()
    wide, tall = around[2] - around[0], around[3] - around[1]
    xs = np.unique(np.concatenate([np.linspace(left - wide - GUTTER, right + GUTTER, 28), [left]]))
    ys = np.unique(np.concatenate([np.linspace(top - tall - GUTTER, bottom + GUTTER, 24), [top]]))
    x, y = (grid.ravel() for grid in np.meshgrid(xs, ys))
    clear = np.ones(len(x), dtype=bool)
    for a, b, c, d in taken:
        clear &= (x >= c + GUTTER) | (x + wide + GUTTER <= a) | (y >= d + GUTTER) | (y + tall + GUTTER <= b)
    x, y = x[clear], y[clear]
    width = np.maximum(right, x + wide) - np.minimum(left, x)
    height = np.maximum(bottom, y + tall) - np.minimum(top, y)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    away = np.hypot((x + wide / 2 - middle_x) / aspect, y + tall / 2 - middle_y)
    cost = np.maximum(width / aspect, height) + 0.15 * away
    best = int(np.lexsort((x, y, cost.round(3)))[0])
    return np.array([x[best] - around[0], y[best] - around[1]])

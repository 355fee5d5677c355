"""The shapes of nodes as SVG."""

from __future__ import annotations

import math

from kgraph.view.markup import Markup, number, tag, text
from kgraph.view.palette import Style, palette

Place = tuple[float, float]

_FIXED: dict[str, tuple[Place, ...]] = {
    "square": ((-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)),
    "diamond": ((0, -1.15), (1, 0), (0, 1.15), (-1, 0)),
    "bar": ((-1.15, -0.62), (1.15, -0.62), (1.15, 0.62), (-1.15, 0.62)),
}
_ARM = ((-0.4, -1.05), (0.4, -1.05), (0.4, -0.4))


def corners(shape: str) -> tuple[Place, ...] | None:
    """Corners of a mark around (0, 0) in units of its radius; None for a circle."""
    match shape:
        case "triangle":
            return tuple((x, y + 0.16) for x, y in _polygon(3, 0, 1.18))
        case "triangleDown":
            return tuple((x, y - 0.16) for x, y in _polygon(3, math.pi, 1.18))
        case "hexagon":
            return _polygon(6, math.pi / 6, 1.06)
        case "pentagon":
            return _polygon(5, 0, 1.1)
        case "star":
            tips, dents = _polygon(5, 0, 1.2), _polygon(5, math.pi / 5, 0.5)
            return tuple(point for pair in zip(tips, dents, strict=True) for point in pair)
        case "cross":
            return tuple(_turned(point, quarters) for quarters in range(4) for point in _ARM)
    return _FIXED.get(shape)


def _polygon(count: int, turn: float, size: float) -> tuple[Place, ...]:
    angles = (2 * math.pi * i / count + turn for i in range(count))
    return tuple((size * math.sin(a), -size * math.cos(a)) for a in angles)


def _turned(point: Place, quarters: int) -> Place:
    x, y = point
    for _ in range(quarters):
        x, y = -y, x
    return x, y


def mark(look: Style, at: Place, r: float, label: str = "") -> Markup:
    """A node's mark at a point, with its name, if given, for whoever rests the pointer on it."""
    paint: dict[str, str | float] = {"fill": look.fill, "stroke": palette().outline}
    paint |= {"stroke_width": 1.4, "stroke_linejoin": "round"}
    title = tag("title", text(label)) if label else Markup()
    points = corners(look.shape)
    if points is None:
        return tag("circle", title, cx=at[0], cy=at[1], r=r, **paint)
    places = " ".join(f"{number(at[0] + x * r)},{number(at[1] + y * r)}" for x, y in points)
    return tag("polygon", title, points=places, **paint)


def glyph(kind: str, size: int = 16) -> Markup:
    """The mark of a type as a small picture beside words."""
    drawing = mark(palette().style(kind), (0, 0), 6.6)
    return tag("svg", drawing, viewBox="-10 -10 20 20", width=size, height=size, aria_hidden="true", focusable="false")

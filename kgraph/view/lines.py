"""The lines between nodes as SVG: course, tip, relation label; the page's `scene.js` and `svg.js` do the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kgraph.view.bundles import Bundle, Line
from kgraph.view.labels import FONT_SIZE
from kgraph.view.markup import Markup, path, tag, text
from kgraph.view.palette import palette

Place = tuple[float, float]

DASH = {Line.SOLID: None, Line.DASHED: "7 5", Line.DOTTED: "1.5 4"}
_BACK = 2.0  # px between a tip and the mark that it points to


@dataclass(frozen=True, slots=True)
class Course:
    """A curve from `start` over `bend` to `end`, which it reaches in the direction (`ux`, `uy`)."""

    start: Place
    bend: Place
    end: Place
    ux: float
    uy: float

    def point(self, back: float, aside: float) -> Place:
        """A point before the tip and beside the curve."""
        return self.end[0] - self.ux * back - self.uy * aside, self.end[1] - self.uy * back + self.ux * aside


def course(p: Place, start_radius: float, q: Place, end_radius: float, twin: bool) -> Course:
    """From the mark at `p` to the mark at `q`; bent aside where there is a line the other way."""
    if p == q:
        r = start_radius
        start, end = (p[0] - r / 2, p[1] - r * 0.85), (p[0] + r / 2, p[1] - r)
        return Course(start, (p[0], p[1] - 3.6 * r), end, 0.15, 0.99)
    far = math.dist(p, q)
    aside = min(46.0, max(14.0, far * 0.14)) if twin else 0.0
    bend = (p[0] + q[0]) / 2 - (q[1] - p[1]) / far * aside, (p[1] + q[1]) / 2 + (q[0] - p[0]) / far * aside
    start, _ = _towards(p, bend, start_radius)
    end, (ux, uy) = _towards(q, bend, end_radius + _BACK)
    return Course(start, bend, end, -ux, -uy)


def _towards(p: Place, q: Place, step: float) -> tuple[Place, Place]:
    """The point `step` from `p` on the way to `q`, and the direction."""
    far = math.dist(p, q) or 1.0
    ux, uy = (q[0] - p[0]) / far, (q[1] - p[1]) / far
    step = min(step, far * 0.9)
    return (p[0] + ux * step, p[1] + uy * step), (ux, uy)


def line(b: Bundle, way: Course) -> Markup:
    """A bundle's line with its tip: an arrow, or a bar where all claims are negated."""
    stroke = palette().family(b.family).light
    curve = tag(
        "path",
        tag("title", text(b.label)),
        d=path("M", *way.start, "Q", *way.bend, *way.end),
        fill="none",
        stroke=stroke,
        stroke_width=b.width,
        stroke_dasharray=DASH[b.line],
        stroke_linecap="round" if b.line is Line.DOTTED else None,
    )
    return tag("g", curve, _tip(b, way, stroke), stroke_opacity="0.85")


def _tip(b: Bundle, way: Course, stroke: str) -> Markup:
    size = 7 + b.width
    if b.line is Line.DOTTED:
        bar = path("M", *way.point(0, size * 0.7), "L", *way.point(0, -size * 0.7))
        return tag("path", d=bar, stroke=stroke, stroke_width=2.2)
    head = path("M", *way.end, "L", *way.point(size, size * 0.42), "L", *way.point(size, -size * 0.42), "Z")
    return tag("path", d=head, fill=stroke)


def relation(b: Bundle, way: Course) -> Markup:
    """A bundle's label in the middle of its line."""
    x = (way.start[0] + 2 * way.bend[0] + way.end[0]) / 4
    y = (way.start[1] + 2 * way.bend[1] + way.end[1]) / 4
    return caption(b.label, x, y + 4, FONT_SIZE * 0.9)


def caption(words: str, x: float, y: float, size: float) -> Markup:
    """Centred words with a halo of the paper's colour."""
    ink = palette()
    halo: dict[str, str | float] = {"stroke": ink.paper, "stroke_width": size * 0.3}
    halo |= {"stroke_linejoin": "round", "paint_order": "stroke"}
    return tag("text", text(words), x=x, y=y, font_size=size, text_anchor="middle", fill=ink.ink, **halo)

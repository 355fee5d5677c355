"""The world for maps: Natural Earth's boundaries at 1:110 m (world-atlas), disputed areas as hatching.

Boundaries are drawn as they are held, and are no position of the authors; `boundaries` takes the user's own.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kgraph.errors import OutputError

_DATA = Path(__file__).parent / "data"
NOTE = "Boundaries: Natural Earth, de facto; hatched: disputed. Not a position of the authors."
_STEP = 0.9  # degrees between the lines of a hatching

Ring = list[list[float]]


@cache
def _read(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def countries() -> tuple[dict[str, Any], ...]:
    """GeoJSON features of 177 countries; `id` is the ISO 3166 alpha-3 code, or absent."""
    atlas, codes = _read("world-atlas-110m.json"), _read("iso-numeric.json")["codes"]
    arcs = [_absolute(arc, atlas["transform"]) for arc in atlas["arcs"]]
    shapes = atlas["objects"]["countries"]["geometries"]
    return tuple(_feature(shape, codes.get(shape.get("id")), arcs) for shape in shapes)


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """Points of an arc of a TopoJSON topology: its steps added up, scaled and moved."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append([round(x * sx + tx, 3), round(y * sy + ty, 3)])
    return points


def _feature(shape: dict[str, Any], code: str | None, arcs: list[Ring]) -> dict[str, Any]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    rings = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]
    feature = {"type": "Feature", "properties": {"name": shape["properties"]["name"]}}
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": rings}
    return {**feature, "id": code} if code else feature


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def own_countries(path: str | Path) -> tuple[dict[str, Any], ...]:
    """Features of the user's GeoJSON file; each says in `id` or a property ``iso3`` which country it is."""
    try:
        features = json.loads(Path(path).read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise OutputError(f"{path}: no GeoJSON feature collection ({problem})") from problem
    return tuple({**f, "id": f.get("id") or (f.get("properties") or {}).get("iso3")} for f in features)


@cache
def hatching() -> dict[str, Any]:
    """Slanting lines over the disputed areas, as one GeoJSON feature."""
    lines = [line for outline in _read("disputed.json")["areas"].values() for line in _hatched(outline)]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": lines}}


def disputed() -> tuple[str, ...]:
    """Names of the areas that are hatched."""
    return tuple(_read("disputed.json")["areas"])


def _hatched(outline: Ring) -> list[Ring]:
    """Parts inside `outline` of the lines y = x + c, for evenly spaced c."""
    offsets = [y - x for x, y in outline]
    first = int(min(offsets) / _STEP) - 1
    lines = []
    for number in range(first, int(max(offsets) / _STEP) + 2):
        cuts = sorted(_cuts(outline, number * _STEP + _STEP / 3))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            c = number * _STEP + _STEP / 3
            lines.append([[round(start, 2), round(start + c, 2)], [round(end, 2), round(end + c, 2)]])
    return lines


def _cuts(outline: Ring, c: float) -> list[float]:
    """Where the line y = x + c crosses the outline (x only)."""
    found = []
    for (x0, y0), (x1, y1) in zip(outline, [*outline[1:], outline[0]], strict=True):
        before, after = y0 - x0 - c, y1 - x1 - c
        if (before < 0) != (after < 0):
            share = before / (before - after)
            found.append(x0 + share * (x1 - x0))
    return found

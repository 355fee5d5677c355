"""Shapes and colours by type and relation family: data (`assets/palette.json`), read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True, slots=True)
class Style:
    """How a core type is drawn; `fill` is ``#rrggbb``, `shape` a name that the painters know."""

    name: str
    plural: str
    shape: str
    fill: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of relations, with a line colour for light and dark paper."""

    name: str
    label: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All drawing colours. `types` ends with the style of every type that has none of its own."""

    types: tuple[Style, ...]
    families: tuple[Family, ...]
    outline: str
    paper: str
    ink: str
    raw: str  # the file itself

    @property
    def compact(self) -> str:
        """The file as it goes into a page: one line."""
        return json.dumps(json.loads(self.raw), separators=(",", ":"))

    def style(self, kind: str) -> Style:
        """The style of a core type; the last one for a type that is not listed."""
        return next((style for style in self.types if style.name == kind), self.types[-1])

    def family(self, name: str | None) -> Family:
        """The family called `name`; the last (structural) one where it is unknown."""
        return next((family for family in self.families if family.name == name), self.families[-1])


@cache
def palette() -> Palette:
    """The bundled palette (Okabe and Ito's colours, with shapes; distances are asserted by the tests)."""
    raw = (ASSETS / "palette.json").read_text(encoding="utf-8")
    data = json.loads(raw)
    return Palette(
        types=tuple(Style(**style) for style in (*data["types"], data["other"])),
        families=tuple(Family(**family) for family in data["families"]),
        outline=data["outline"]["light"],
        paper=data["paper"]["light"],
        ink=data["ink"]["light"],
        raw=raw,
    )

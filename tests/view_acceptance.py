"""The acceptance table of the HTML graph: each row with the figure that a test measured and the bound that holds."""

from __future__ import annotations

from dataclasses import dataclass

ROWS = {
    1: "requests other than the page itself, through a tour",
    2: "reports of the security policy, console errors",
    3: "hostile strings: scripts run",
    4: "axe-core violations",
    5: "size of the file",
    6: "ready",
    7: "filter clicked to painted",
    8: "redraw",
    9: "movement between 0 and 1.5 s after ready",
    10: "names: overlaps; smallest",
    11: "build in Python",
    12: "two builds under different hash seeds: different files",
    13: "address round trip: differing states",
    14: "exports: claims missing from Turtle and CSV",
    15: "palette: least distance of fills; least contrast of outlines",
    16: "tour by keyboard alone: steps that fail",
    17: "JupyterLab: cells that do not draw, or lose picture and table without trust",
    18: "frame of no size, or table first: graphs that do not fit",
    19: "files that fail under LC_ALL=C",
    20: "print: pages before the figure ends",
}


@dataclass(frozen=True)
class Measured:
    """A figure against its bound; `most` False where the bound is the least that is allowed."""

    row: int
    what: str
    value: float
    unit: str
    bound: float
    most: bool = True

    @property
    def held(self) -> bool:
        return self.value <= self.bound if self.most else self.value >= self.bound

    def __str__(self) -> str:
        what = f"{ROWS[self.row]}: {self.what}" if self.what else ROWS[self.row]
        sign = "at most" if self.most else "at least"
        figure = f"{self.value:,.2f}".removesuffix(".00")
        held = "ok  " if self.held else "OVER"
        return f"{held} {self.row:>2} {what:<92} {figure:>9} {self.unit:<3} {sign} {self.bound:g}"


MEASURED: list[Measured] = []


def hold(row: int, value: float, bound: float, unit: str = "", what: str = "", *, most: bool = True) -> None:
    """Note a figure for the table, and fail where it is past its bound."""
    found = Measured(row, what, value, unit, bound, most)
    MEASURED.append(found)
    assert found.held, str(found)


def table() -> list[str]:
    """The rows as measured: of a row's repeated figures the worst."""
    worst: dict[tuple[int, str], Measured] = {}
    for found in MEASURED:
        key = (found.row, found.what)
        known = worst.setdefault(key, found)
        if (found.value > known.value) == found.most:
            worst[key] = found
    return [str(worst[key]) for key in sorted(worst)]

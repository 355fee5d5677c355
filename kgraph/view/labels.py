"""How much room a node's mark and label take, in px at zoom 1, without a browser: widths are cautious estimates."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

FONT_SIZE = 13.0
LINE_HEIGHT = 15.0
LINE_CHARS = 18
LINES = 3
GAP = 3.0  # between mark and label

_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%")


@dataclass(frozen=True, slots=True)
class Box:
    """Room around a node's centre, in px: half the width, what is above, what is below."""

    half: float
    above: float
    below: float


def radius(claims: int) -> float:
    """Radius of a node's mark in px: grows with the root of its claims, 9 to 26."""
    return round(min(26.0, max(9.0, 6.5 + 2.5 * math.sqrt(max(claims, 0)))), 1)


def wrap(label: str) -> tuple[str, ...]:
    """`label` on at most three lines of 18 characters (a single sign may follow); an ellipsis ends what is cut."""
    lines: list[str] = []
    for word in label[:400].split():
        if lines and (len(lines[-1]) + 1 + len(word) <= LINE_CHARS or len(word) == 1):
            lines[-1] += " " + word
        else:
            lines.extend(word[i : i + LINE_CHARS] for i in range(0, len(word), LINE_CHARS))
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][: LINE_CHARS - 1] + "…"]
    return tuple(lines)


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Estimated width of `text` in px in a common sans-serif face."""
    return size * sum(map(_advance, text))


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE:
        return 0.95
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    return 0.72 if char.isupper() else 0.61


def box(label: str, claims: int) -> Box:
    """Room for a node with this label and number of claims."""
    mark, lines = radius(claims), wrap(label)
    width = max((text_width(line) for line in lines), default=0.0)
    return Box(half=max(mark + 4, width / 2 + 5), above=mark + 4, below=mark + GAP + LINE_HEIGHT * len(lines) + 4)

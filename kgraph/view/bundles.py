"""Claims between the same ordered pair of nodes as one drawn line; the page's `bundle.js` does the same."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from kgraph.lexicon import Lexicon
from kgraph.model import Modality, Polarity
from kgraph.view.figure import Figure
from kgraph.view.palette import palette


class Line(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"  # at least one claim is stated as fact, or kinds are mixed
    DASHED = "dashed"  # all are possible, intended or called for
    DOTTED = "dotted"  # all are negated


@dataclass(frozen=True, slots=True)
class Bundle:
    """A line from `subject` to `object` (places in the figure's nodes); `width` in px."""

    subject: int
    object: int
    claims: int
    line: Line
    width: float
    family: str
    label: str
    twin: bool  # there is a line the other way


def bundles(shown: Figure, lexicon: Lexicon) -> list[Bundle]:
    """All lines of a figure, in the order of first mention."""
    pairs = shown.pairs()
    both = {pair for pair in pairs if pair[0] != pair[1] and pair[::-1] in pairs}
    return [_bundle(shown, lexicon, pair, arcs, pair in both) for pair, arcs in pairs.items()]


def _bundle(shown: Figure, lexicon: Lexicon, pair: tuple[int, int], arcs: list[int], twin: bool) -> Bundle:
    claims = [shown.arcs[arc].claim for arc in arcs]
    negated = sum(c.polarity is Polarity.NEGATED for c in claims)
    open_ = sum(c.polarity is Polarity.AFFIRMED and c.modality is not Modality.ASSERTED for c in claims)
    line = Line.DOTTED if negated == len(claims) else Line.DASHED if open_ == len(claims) else Line.SOLID
    families = Counter(_family(c.predicate, lexicon) for c in claims)
    rank = [family.name for family in palette().families]
    return Bundle(
        subject=pair[0],
        object=pair[1],
        claims=len(claims),
        line=line,
        width=1.2 + 1.3 * math.log2(len(claims)),
        family=min(families, key=lambda name: (-families[name], rank.index(name))),
        label=_label([_relation(c.predicate, lexicon) for c in claims], line, negated, open_),
        twin=twin,
    )


def _family(predicate: str, lexicon: Lexicon) -> str:
    known = lexicon.predicates.get(predicate)
    return palette().family(known.family if known else None).name


def _relation(predicate: str, lexicon: Lexicon) -> str:
    known = lexicon.predicates.get(predicate)
    return known.label if known else predicate


def _label(relations: list[str], line: Line, negated: int, open_: int) -> str:
    """``threatens ×4 (1 negated)``, ``NOT supports``, ``protects (?)``."""
    names = list(dict.fromkeys(relations))
    text = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
    if len(relations) > len(names):
        text += f" ×{len(relations)}"
    if line is Line.DASHED:
        return f"{text} (?)"
    if line is Line.DOTTED:
        return f"NOT {text}"
    parts = ([f"{negated} negated"] if negated else []) + ([f"{open_} possible"] if open_ else [])
    return f"{text} ({', '.join(parts)})" if parts else text

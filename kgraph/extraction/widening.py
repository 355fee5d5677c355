"""How far a span may reach: words before a head that belong to its kind's name, phrases behind it."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.extraction.words import Words
from kgraph.lexicon.patterns import Patterns

HYPHENS = frozenset("-‑–")
_MOST_LEFT, _MOST_RIGHT = 7, 15  # tokens; longer names were not met in annotated speeches
_NUMBERED = frozenset(("Event", "Agreement"))


def left_starts(first: int, kind: str, words: Words) -> Iterator[int]:
    """Where a wider span may start: before adjectives and nouns, over hyphens and "and" between them."""
    i = first
    modifier, text = words.modifier, words.text
    while i > 0 and first - i < _MOST_LEFT:
        before = i - 1
        if text[before] in HYPHENS or (words.dep[before] == "cc" and before and modifier[before - 1]):
            i = before
        elif modifier[before] == 2 or (kind == "Event" and _counts(before, words)) or _hyphened(before, words):
            i = before
            if not (i and text[i - 1] in HYPHENS):
                yield i
        else:
            return


def _counts(i: int, words: Words) -> bool:
    """Whether token `i` numbers or dates an event: "13th", "fifty-sixth", "2022"."""
    return (words.ordinal[i] or words.pos[i] == "NUM") and words.dep[i] != "det"


def _hyphened(i: int, words: Words) -> bool:
    """Whether token `i` is half of a compound: "high" in "high-level" stays, though "high" alone is no name."""
    text, start, end = words.text, words.start, words.end
    behind = i + 1 < words.size and text[i + 1] in HYPHENS and end[i] == start[i + 1]
    return behind or (i > 0 and text[i - 1] in HYPHENS and end[i - 1] == start[i] and words.pos[i] != "PUNCT")


def right_ends(first: int, last: int, kind: str, words: Words, patterns: Patterns) -> list[int]:
    """Where a wider span may end: behind a number, an "of" phrase (or a like one), its modifiers, the whole of it."""
    if last >= words.size or words.starts[last]:
        return []
    if kind in _NUMBERED and words.text[last][0].isdigit():
        return [_number(last, words)]
    if words.lower[last] not in patterns.links or last + 1 >= words.size:
        return []
    dep = words.dep
    head = next((c for c in words.children[last] if dep[c] in ("pobj", "pcomp") and c > last), None)
    if head is None or head - last > _MOST_RIGHT:
        return []
    near = [c for c in words.children[head] if dep[c] in ("amod", "compound", "conj") and c < last + 8]
    ends = {head + 1, max((head, *near)) + 1, words.right[last] + 1}
    return sorted(end for end in ends if end - last <= _MOST_RIGHT and not _parted(last, end, words))


def _parted(first: int, last: int, words: Words) -> bool:
    """Whether a mark that no name crosses lies inside."""
    return any(mark in words.text[first:last] for mark in (",", ";", ":", "(", "—", "–"))


def _number(last: int, words: Words) -> int:
    """End of a number with its year in brackets: "1540 (2004)"."""
    text = words.text
    if last + 3 < words.size and text[last + 1] == "(" and text[last + 2].isdigit() and text[last + 3] == ")":
        return last + 4
    return last + 1

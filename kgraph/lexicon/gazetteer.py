"""All labels of a lexicon, ready to be looked up in a text in one pass.

The tables are flat and hold strings and numbers only: tens of thousands of small dictionaries would cost the garbage
collector more time than the look-up itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kgraph.lexicon.concepts import Label
from kgraph.lexicon.spelling import Columns, plurals_of, words_of


class Match(NamedTuple):
    """Labels met at the characters ``[start, end)`` of a text; several when the name is ambiguous.

    `inner` when it lies inside a longer match: "Middle East" in "Middle East conflict".
    """

    start: int
    end: int
    labels: tuple[Label, ...]
    inner: bool = False


class Gazetteer:
    """A table of word sequences over all labels; `find` walks words once and yields the longest label at each place."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels: list[Label] = []
        self._forms: dict[str, tuple[int, ...]] = {}  # keys of all words -> numbers of written forms
        self._prefixes: set[str] = set()  # keys of the first words of longer names
        self._written: list[tuple[str, ...] | None] = []  # words of a form; None where case does not matter
        self._meant: list[int] = []  # number of a form -> number of its label
        for label in labels:
            self._labels.append(label)
            self._add(label.text, label.common)
            if label.common:
                for plural in plurals_of(label.text):
                    self._add(plural, common=True)

    def _add(self, text: str, common: bool) -> None:
        """Add a written form of the last label."""
        words = list(words_of(text))
        if not words:
            return
        key = words[0].key
        for word in words[1:]:
            self._prefixes.add(key)
            key = f"{key} {word.key}"
        self._forms[key] = (*self._forms.get(key, ()), len(self._written))
        self._written.append(None if common else tuple(word.surface for word in words))
        self._meant.append(len(self._labels) - 1)

    def find(self, words: Columns, inner: bool = False) -> Iterator[Match]:
        """Longest names in `words`, leftmost first, without overlap; `inner`: each followed by the names inside it."""
        i, size = 0, len(words[3])
        while i < size:
            reach, match = self._longest(words, i, size)
            if match is None:
                i += 1
                continue
            yield match
            if inner and reach - i > 1:
                yield from self._inside(words, i, reach)
            i = reach

    def _inside(self, words: Columns, first: int, last: int) -> Iterator[Match]:
        """Names inside the words ``[first, last)`` of a longer one, leftmost and longest first."""
        i, end = first, last - 1
        while i < last:
            reach, match = self._longest(words, i, end)
            if match is not None:
                yield match._replace(inner=True)
            i, end = max(reach, i + 1), last

    def _longest(self, words: Columns, first: int, size: int) -> tuple[int, Match | None]:
        """The longest name that begins at a word and ends before `size`, and where it ends."""
        starts, ends, surfaces, keys = words
        key, last, reach = keys[first], first + 1, first
        labels: tuple[Label, ...] = ()
        while True:
            if (known := self._forms.get(key)) and (fitting := self._fitting(known, surfaces, first, last)):
                reach, labels = last, fitting
            if last >= size or key not in self._prefixes:
                break
            key = f"{key} {keys[last]}"
            last += 1
        return reach, Match(starts[first], ends[reach - 1], labels) if labels else None

    def _fitting(self, forms: tuple[int, ...], surfaces: list[str], first: int, last: int) -> tuple[Label, ...]:
        """Labels of the forms that are written as the words ``[first, last)`` are."""
        labels: dict[Label, None] = {}  # each once, in order
        for form in forms:
            written = self._written[form]
            if written is None or _fits(written, surfaces[first:last]):
                labels[self._labels[self._meant[form]]] = None
        return tuple(labels)


def _fits(form: tuple[str, ...], surfaces: list[str]) -> bool:
    """Case: as written, or all capitals in a heading; small words are free."""
    for written, met in zip(form, surfaces, strict=True):
        if written == met or (len(form) > 1 and len(written) <= 3 and not written.isupper()):
            continue
        if written[0].isupper() != met[0].isupper() or (written.isupper() and not met.isupper() and len(written) > 1):
            return False
    return True

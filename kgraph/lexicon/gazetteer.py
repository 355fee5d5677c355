"""All labels of a lexicon, ready to be looked up in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kgraph.lexicon.concepts import Label, LabelKind
from kgraph.lexicon.spelling import Word, plurals_of, words_of


class Match(NamedTuple):
    """Labels met at words ``[first, last)`` of a text; several when the name is ambiguous."""

    first: int
    last: int
    start: int
    end: int
    labels: tuple[Label, ...]


class Gazetteer:
    """A tree of words over all labels; `find` walks a text once and yields the longest label at each place."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._root: dict[str, dict] = {}
        for label in labels:
            self._add(label.text, label)
            if label.common and label.kind is not LabelKind.VERBAL:
                for plural in plurals_of(label.text):
                    self._add(plural, label)

    def _add(self, text: str, label: Label) -> None:
        node = self._root
        words = list(words_of(text))
        if not words:
            return
        for word in words:
            node = node.setdefault(word.key, {})
        entry = (tuple(word.surface for word in words), label)
        entries = node.setdefault("", [])
        if entry not in entries:
            entries.append(entry)

    def find(self, words: list[Word]) -> Iterator[Match]:
        """Longest matches in `words`, leftmost first, without overlap."""
        i, n = 0, len(words)
        root = self._root
        while i < n:
            node = root.get(words[i].key)
            best = self._longest(words, i, node) if node else None
            if best:
                yield best
                i = best.last
            else:
                i += 1

    def _longest(self, words: list[Word], i: int, node: dict | None) -> Match | None:
        best, j, n = None, i + 1, len(words)
        while node is not None:
            if entries := node.get(""):
                surfaces = [word.surface for word in words[i:j]]
                labels = tuple(dict.fromkeys(label for form, label in entries if _fits(form, label, surfaces)))
                if labels:
                    best = Match(i, j, words[i].start, words[j - 1].end, labels)
            if j >= n:
                break
            node = node.get(words[j].key)
            j += 1
        return best


def _fits(form: tuple[str, ...], label: Label, surfaces: list[str]) -> bool:
    """Case: small labels fit any case; others their own, or all capitals in a heading; small words are free."""
    if label.common:
        return True
    for written, met in zip(form, surfaces, strict=True):
        if written == met or (len(form) > 1 and len(written) <= 3 and not written.isupper()):
            continue
        if written[0].isupper() != met[0].isupper() or (written.isupper() and not met.isupper() and len(written) > 1):
            return False
    return True

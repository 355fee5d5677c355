"""A parse as plain lists: heads, relations, lemmas, children. Built once a document, without spaCy tokens."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

NOUNS = frozenset(("NOUN", "PROPN"))
VERBS = frozenset(("VERB", "AUX"))


class Tree:
    """Lists by token: head, dep, lemma (lower case), pos, tag, lower, start, end (characters), children, sentence."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "head",
        "lemma",
        "lower",
        "pos",
        "sentence",
        "sentences",
        "size",
        "start",
        "tag",
    )

    def __init__(self, doc: Doc) -> None:
        columns = doc.to_array(["HEAD", "DEP", "LEMMA", "POS", "TAG", "LOWER", "IDX", "LENGTH", "SENT_START"])
        size = len(doc)
        self.size = size
        deps, lemmas, poss, tags, lowers, starts, lengths, firsts = (columns[:, i].tolist() for i in range(1, 9))
        names = spelt((deps, lemmas, poss, tags, lowers), doc.vocab.strings)
        signed = columns[:, 0].astype("int64").tolist()
        self.head = [i + signed[i] for i in range(size)]
        self.dep = [names[d] for d in deps]
        self.lower = [names[w] for w in lowers]
        self.lemma = [names[w].lower() for w in lemmas]
        self.pos = [names[p] for p in poss]
        self.tag = [names[t] for t in tags]
        self.start = starts
        self.end = [s + n for s, n in zip(starts, lengths, strict=True)]
        self.children: list[list[int]] = [[] for _ in range(size)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        self._sentences([f == 1 for f in firsts])

    def _sentences(self, first: list[bool]) -> None:
        bounds = [i for i in range(self.size) if first[i] or i == 0] + [self.size]
        self.sentences = [(a, b) for a, b in itertools.pairwise(bounds) if b > a]
        self.sentence = [n for n, (a, b) in enumerate(self.sentences) for _ in range(a, b)]

    def tokens(self, start: int, end: int) -> range:
        """Tokens that overlap the characters ``[start, end)``."""
        return range(bisect_right(self.end, start), bisect_left(self.start, end))

    def top(self, tokens: range) -> int:
        """The token of a span that hangs on nothing inside it; the last such noun wins."""
        best = -1
        for i in tokens:
            outside = self.head[i] not in tokens or self.head[i] == i
            if outside and (best < 0 or self.pos[i] in NOUNS or self.pos[best] not in NOUNS):
                best = i
        return best

    def first_conjunct(self, i: int) -> int:
        """The token that a coordination hangs from: "terrorism" for "drugs" in "terrorism and drugs"."""
        head, dep = self.head, self.dep
        for _ in range(40):
            if dep[i] != "conj":
                return i
            i = head[i]
        return i

    def child(self, i: int, *deps: str) -> int:
        """The first child with one of these relations, or -1."""
        dep = self.dep
        for c in self.children[i]:
            if dep[c] in deps:
                return c
        return -1


_SPELT: dict[int, str] = {}
_MOST_SPELT = 500_000


def spelt(columns: Iterable[list[int]], strings: StringStore) -> dict[int, str]:
    """Hashes to strings, at least those of `columns`; remembered, as a hash means the same in every vocabulary."""
    if len(_SPELT) > _MOST_SPELT:
        _SPELT.clear()
    for key in set().union(*columns).difference(_SPELT):
        _SPELT[key] = strings[key]
    return _SPELT

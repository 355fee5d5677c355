"""A parse as plain lists, with the surface forms that finding mentions needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgraph.extraction.tree import Tree, spelt
from kgraph.lexicon.patterns import Patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)$").match
_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "advmod"})
_CONTENT = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV"})


class Words(Tree):
    """`Tree` and, by token: `text`, `capital`, `starts` a sentence, `ordinal` ("13th", "sixth"),
    `right`: the last token that hangs from it, `modifier`: 2 when it modifies what follows, 1 when it may stand between
    such words, 0 when it is no part of a kind's name."""

    __slots__ = ("capital", "modifier", "ordinal", "right", "starts", "text")

    def __init__(self, doc: Doc, patterns: Patterns) -> None:
        super().__init__(doc)
        written = doc.to_array("ORTH").tolist()
        known = spelt((written,), doc.vocab.strings)
        self.text = [known[key] for key in written]
        ordinals = patterns.ordinals
        self.ordinal = [word in ordinals or _NUMBERED(word) is not None for word in self.lower]
        self.capital = [word[0].isupper() and (len(word) > 1 or word not in "IAQ") for word in self.text]
        self.starts = [False] * self.size
        for first, _ in self.sentences:
            self.starts[first] = True
        self.modifier = [0] * self.size
        never, dep = patterns.not_left, self.dep
        for i, pos in enumerate(self.pos):
            if pos in _CONTENT and dep[i] != "poss" and self.lower[i] not in never and self.lemma[i] not in never:
                beside = dep[i] in _MODIFIERS or (dep[i] == "conj" and dep[self.head[i]] in _MODIFIERS)
                self.modifier[i] = 2 if beside else 1
        self.right = right = list(range(self.size))
        for i in range(self.size - 1, -1, -1):
            above = self.head[i]
            if above < i and right[i] > right[above]:
                right[above] = right[i]

    def root(self, first: int, last: int) -> int:
        """Head word of tokens ``[first, last)``: the first whose head lies outside."""
        head, pos = self.head, self.pos
        for i in range(first, last):
            h = head[i]
            if (h < first or h >= last or h == i) and pos[i] != "PUNCT":
                return i
        return last - 1

"""A parse as plain lists, with the surface forms and the recogniser's tags that finding mentions needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.tree import Tree, spelt
from kgraph.lexicon.patterns import Patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "advmod"})
_INSIDE, _BEGINS = 1, 3  # spaCy's codes for a token inside, and at the beginning of, a recognised name
_CONTENT = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV"})


class Words(Tree):
    """`Tree` and, by token: `text`, `entity` (recogniser's tag or ""), `capital`, `starts` a sentence,
    `right`: the last token that hangs from it, `modifier`: 2 when it modifies what follows, 1 when it may stand between
    such words, 0 when it is no part of a kind's name."""

    __slots__ = ("capital", "entity", "modifier", "right", "spans", "starts", "text")

    def __init__(self, doc: Doc, patterns: Patterns) -> None:
        super().__init__(doc)
        self._read_surfaces(doc)
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

    def _read_surfaces(self, doc: Doc) -> None:
        """Words as written, and spans of the model's recogniser."""
        written, marks, tags = doc.to_array(["ORTH", "ENT_IOB", "ENT_TYPE"]).T.tolist()
        known = spelt((written, tags), doc.vocab.strings)
        self.text = [known[key] for key in written]
        self.entity = [""] * self.size
        self.spans = []
        for i, mark in enumerate(marks):
            if mark == _BEGINS:
                self.spans.append((i, i + 1, known[tags[i]]))
            elif mark == _INSIDE and self.spans:
                first, _, label = self.spans[-1]
                self.spans[-1] = (first, i + 1, label)
        for first, last, label in self.spans:
            self.entity[first:last] = [label] * (last - first)

    def root(self, first: int, last: int) -> int:
        """Head word of tokens ``[first, last)``: the first whose head lies outside."""
        head, pos = self.head, self.pos
        for i in range(first, last):
            h = head[i]
            if (h < first or h >= last or h == i) and pos[i] != "PUNCT":
                return i
        return last - 1

"""A parse as plain lists, with the surface forms and the recogniser's tags that finding mentions needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.tree import Tree
from kgraph.lexicon.patterns import Patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "advmod"})
_CONTENT = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV"})


class Words(Tree):
    """`Tree` and, by token: `text`, `entity` (recogniser's tag or ""), `capital`, `modifier`, `starts` a sentence,
    `right`: the last token that hangs from it."""

    __slots__ = ("capital", "entity", "modifier", "right", "spans", "starts", "text")

    def __init__(self, doc: Doc, patterns: Patterns) -> None:
        super().__init__(doc)
        source = doc.text
        self.text = [source[a:b] for a, b in zip(self.start, self.end, strict=True)]
        self.spans = [(span.start, span.end, span.label_) for span in doc.ents]
        self.entity = [""] * self.size
        for first, last, label in self.spans:
            self.entity[first:last] = [label] * (last - first)
        self.capital = [t[0].isupper() and (len(t) > 1 or t not in "IAQ") for t in self.text]
        first_of = {a for a, _ in self.sentences}
        self.starts = [i in first_of for i in range(self.size)]
        never, lower, lemma, pos, dep = patterns.not_left, self.lower, self.lemma, self.pos, self.dep
        # 2: modifies what follows; 1: only joined to a modifier by "and"; 0: no part of a kind's name
        self.modifier = [
            0
            if pos[i] not in _CONTENT or dep[i] == "poss" or lower[i] in never or lemma[i] in never
            else 2
            if dep[i] in _MODIFIERS or (dep[i] == "conj" and dep[self.head[i]] in _MODIFIERS)
            else 1
            for i in range(self.size)
        ]

        self.right = list(range(self.size))
        for i in range(self.size - 1, -1, -1):
            above = self.head[i]
            if above < i and self.right[i] > self.right[above]:
                self.right[above] = self.right[i]

    def root(self, first: int, last: int) -> int:
        """Head word of tokens ``[first, last)``: the first whose head lies outside."""
        head, pos = self.head, self.pos
        for i in range(first, last):
            h = head[i]
            if (h < first or h >= last or h == i) and pos[i] != "PUNCT":
                return i
        return last - 1

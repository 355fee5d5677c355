"""What speaks for or against a candidate: named features, in groups that many candidates share.

A feature is a tuple of words that a person can read: ``("before", "against", "Threat")``. Candidates that start or end
at the same token, or have the same head, share a group, so that its weights are summed once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import LabelKind
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns

Feature = tuple[str | int | bool, ...]
Weights = Mapping[Feature, float]

_BESIDE = frozenset(("amod", "compound", "nmod"))
_FULL = frozenset((LabelKind.PREFERRED.value, LabelKind.ALTERNATIVE.value, LabelKind.HIDDEN.value))
_CONTENT = frozenset(("ADJ", "NOUN", "PROPN"))
_CLAUSES = frozenset(("relcl", "acl", "appos"))
_DETERMINERS = frozenset(("det", "poss", "predet"))
_DETERMINER = {
    "the": "the",
    **dict.fromkeys(("a", "an"), "a"),
    **dict.fromkeys(("this", "that", "these", "those", "such"), "this"),
    **dict.fromkeys(("our", "my", "your", "its", "their", "his", "her"), "own"),
}


class Signs:
    """Features of the candidates of one speech; `kinds` is the kind of turn of every token."""

    def __init__(
        self, candidates: list[Candidate], kinds: list[str], words: Words, lexicon: Lexicon, patterns: Patterns
    ) -> None:
        self.candidates, self.kinds, self.words = candidates, kinds, words
        self.concepts, self.danger = lexicon.concepts, patterns.danger
        self.spans: dict[tuple[int, int], list[Candidate]] = {}
        for candidate in candidates:
            self.spans.setdefault((candidate.first, candidate.last), []).append(candidate)
        named = [c for c in candidates if c.rule == "name"]
        self.named = {i for c in named for i in range(c.first, c.last)}
        self.first_named: dict[str, int] = {}
        for c in named:
            if c.how in _FULL:
                for iri in c.concepts:
                    self.first_named[iri] = min(c.first, self.first_named.get(iri, c.first))
        self.often = Counter(words.lemma)
        self.shape = [_shape(word) for word in words.text]
        self.inside = [0, *accumulate(i in self.named for i in range(words.size))]

    def __iter__(self) -> Iterator[list[Feature]]:
        """All features of each candidate in turn."""
        for c in self.candidates:
            first, last, kind, rule, how, concepts, _ = c
            root = self.words.root(first, last)
            yield [
                *self._left(first, kind, rule),
                *self._right(last, kind, rule),
                *self._head(root, kind, rule, how, concepts),
                *self._span(c, root),
            ]

    def scores(self, weights: Weights) -> list[float]:
        """Log-odds of each candidate: the sum of its features' weights; shared groups are summed once."""
        get, bias, root_of = weights.get, weights.get(("bias",), 0.0), self.words.root
        known: dict[tuple, float] = {}
        seen = known.get
        found = []
        for c in self.candidates:
            first, last, kind, rule, how, concepts, _ = c
            root = root_of(first, last)
            left, right, head = (first, kind, rule), (rule, last, kind), (root, kind, rule, how, concepts)
            if (at_left := seen(left)) is None:
                at_left = known[left] = sum([get(name, 0.0) for name in self._left(*left)])
            if (at_right := seen(right)) is None:
                at_right = known[right] = sum([get(name, 0.0) for name in self._right(last, kind, rule)])
            if (at_head := seen(head)) is None:
                at_head = known[head] = sum([get(name, 0.0) for name in self._head(*head)])
            found.append(bias + at_left + at_right + at_head + sum([get(name, 0.0) for name in self._span(c, root)]))
        return found

    def _left(self, first: int, kind: str, rule: str) -> list[Feature]:
        """Where the span stands, and what stands before it."""
        words, before = self.words, first - 1
        where: Feature = ("where", self.kinds[first], kind)
        if first == 0:
            return [where]
        pos, dep = words.pos[before], words.dep[before]
        names: list[Feature] = [where, ("before", words.lower[before] if pos != "PUNCT" else "mark", kind)]
        if dep in _BESIDE and pos in _CONTENT:
            names.append(("cut", pos, dep, kind, rule))
        return names

    def _right(self, last: int, kind: str, rule: str) -> list[Feature]:
        """What stands behind the span."""
        words = self.words
        if last == words.size:
            return []
        word = words.lower[last] if words.pos[last] != "PUNCT" else "mark"
        return [("after", word, kind), ("aftertag", words.tag[last], kind, rule)]

    def _head(self, root: int, kind: str, rule: str, how: str, concepts: tuple[str, ...]) -> list[Feature]:
        """The head word: what it is, what governs it, its determiner, how often the speech says it."""
        words = self.words
        lemma, dep, tag = words.lemma[root], words.dep[root], words.tag[root]
        head, group = words.head[root], self._definiteness(root)
        names: list[Feature] = [
            ("lemma", lemma, kind),
            ("ending", lemma[-3:], kind, rule),
            ("tag", tag, kind, rule),
            ("ner", words.entity[root], kind, rule),
            ("dep", dep, kind, rule),
            ("det", group, kind, rule),
            ("det", group, lemma, kind),
            ("often", min(self.often[lemma], 4), kind, rule),
            ("how", rule, how if rule != "head" else "", kind),
        ]
        if head != root:
            governor = words.lemma[head]
            above = words.lemma[words.head[head]] if dep == "pobj" or words.pos[head] == "ADP" else governor
            names += (
                ("role", dep, above, kind),
                ("danger", governor in self.danger or above in self.danger, kind, rule),
            )
        if words.children[root]:
            names += self._below(root, lemma, kind, rule)
        if concepts:
            names += self._concepts(root, kind, how, concepts, group)
        return names

    def _definiteness(self, root: int) -> str:
        """The class of the determiner of a head: none, the, this, own, a, other."""
        words = self.words
        for child in words.children[root]:
            if child > root:
                break
            if words.dep[child] in _DETERMINERS:
                return _DETERMINER.get(words.lower[child], "other")
        return "none"

    def _below(self, root: int, lemma: str, kind: str, rule: str) -> list[Feature]:
        """What hangs from the head: phrases behind it, names inside them."""
        words = self.words
        names: list[Feature] = []
        for child in words.children[root]:
            if child < root:
                if child in self.named:
                    names += (("named", "left", kind, rule), ("named", "left", lemma, kind))
            elif words.dep[child] == "prep":
                inside = words.right[child] in self.named
                names += (
                    ("phrase", words.lower[child], lemma, kind),
                    ("named", inside, kind, rule),
                    ("named", inside, lemma, kind),
                )
            elif words.dep[child] in _CLAUSES:
                names.append(("phrase", words.dep[child], kind, rule))
        return names

    def _concepts(self, root: int, kind: str, how: str, concepts: tuple[str, ...], group: str) -> list[Feature]:
        """What the lexicon says, and whether the speech gives a full name."""
        names: list[Feature] = []
        for iri in concepts[:2]:
            subtype = self.concepts[iri].subtype
            names += (
                ("subtype", subtype, how),
                ("subtype", subtype, how, group),
                ("subtype", subtype, how, self.words.dep[root]),
                ("concept", iri.rpartition("/")[2], how),
            )
        if len(concepts) > 1:
            names.append(("ambiguous", kind))
        if how not in _FULL:
            named = any(iri in self.first_named for iri in concepts)
            before = any(self.first_named.get(iri, root) < root for iri in concepts)
            names.append(("full", named, before, how, kind))
        return names

    def _span(self, c: Candidate, root: int) -> list[Feature]:
        """What only this span has: its length, the words added, its rivals, names inside it."""
        first, last, kind, rule, _, _, added = c
        words, size = self.words, last - first
        few = added if added < 4 else 4
        names: list[Feature] = [
            ("lemma", words.lemma[root], kind, rule, few if few < 2 else 2),
            ("words", size if size < 6 else 6, kind, rule),
            ("shape", self.shape[first], self.shape[last - 1], kind, rule),
        ]
        if added:
            names += (("left", words.pos[first], words.dep[first], kind), ("added", few, kind))
        for other in self.spans[first, last]:
            if other is not c:
                names.append(("rival", other.rule, other.type, rule, kind))
        if rule != "name":
            inside = self.inside[last] - self.inside[first]
            if inside:
                names.append(("over", inside == size, first in self.named, last - 1 in self.named, rule, kind))
        return names


def _shape(word: str) -> str:
    return "upper" if word.isupper() else "title" if word[0].isupper() else "digit" if word[0].isdigit() else "lower"

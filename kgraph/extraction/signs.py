"""What speaks for or against a candidate: features that a person can read, such as ``before=against``.

What stands at a token is read once, however many candidates begin, end or have their head there. A feature counts for
the candidate's type or, when it begins with ``@``, for its type and rule: ``weights/mentions.json`` holds both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, repeat
from typing import Any

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import LabelKind
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns

Tables = Mapping[tuple[str, str], Mapping[str, float]]  # (type, rule) -> feature -> weight, "bias" among them

_HOPELESS = -2.0  # log-odds of head and label below which 3 in 10,000 chosen mentions of annotated speeches lay
_ZERO = repeat(0.0)
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
        self.places = {c.last - 1 for c in named if c.type == "Place"}
        self.first_named: dict[str, int] = {}
        for c in named:
            if c.how in _FULL:
                for iri in c.concepts:
                    self.first_named[iri] = min(c.first, self.first_named.get(iri, c.first))
        self.cued: dict[str, bool] = {}
        self.often, self.lowers = Counter(words.lemma), frozenset(words.lower)
        self.inside = [0, *accumulate(i in self.named for i in range(words.size))]

    def __iter__(self) -> Iterator[list[str]]:
        """All features of each candidate in turn."""
        left, right, head, label = self._places()
        for c in self.candidates:
            root = self.words.root(c.first, c.last)
            known = label[root, c.how, c.concepts] if c.concepts else []
            yield ["@how=" + c.how, *head[root], *known, *left[c.first], *right[c.last], *self._span(c, root)]

    def scores(self, tables: Tables) -> list[float]:
        """Log-odds of each candidate: the sum of its features' weights.

        Where head and label speak clearly against a candidate, the rest is not asked.
        """
        left, right, head, label = self._places()
        root_of = self.words.root
        found = []
        for c in self.candidates:
            first, last, kind, rule = c[:4]
            get = tables[kind, rule].get
            root = root_of(first, last)
            total = get("bias", 0.0) + sum(map(get, head[root], _ZERO))
            total += get("@how=" + c.how, 0.0)
            if c.concepts:
                total += sum(map(get, label[root, c.how, c.concepts], _ZERO))
            if total > _HOPELESS:
                total += sum(map(get, left[first], _ZERO)) + sum(map(get, right[last], _ZERO))
                total += sum(map(get, self._span(c, root), _ZERO))
            found.append(total)
        return found

    def _places(self) -> tuple[_Once, _Once, _Once, _Once]:
        """What `_left`, `_right`, `_head`, `_label` say, each asked once a place. Nobody keeps them: no cycle stays."""
        return _Once(self._left), _Once(self._right), _Once(self._head), _Once(self._label)

    def _left(self, first: int) -> list[str]:
        """Where a span that starts here stands, and what stands before it."""
        words, before = self.words, first - 1
        where = "where=" + self.kinds[first]
        if first == 0:
            return [where]
        pos, dep = words.pos[before], words.dep[before]
        names = [where, "before=" + (words.lower[before] if pos != "PUNCT" else "mark")]
        if dep in _BESIDE and pos in _CONTENT:
            names.append(f"@cut={pos}:{dep}")
        if before and words.text[before] == "," and before - 1 in self.places:
            names.append("@behind=place")
        return names

    def _right(self, last: int) -> list[str]:
        """What stands behind a span that ends here."""
        words = self.words
        if last == words.size:
            return []
        return [
            "after=" + (words.lower[last] if words.pos[last] != "PUNCT" else "mark"),
            "@aftertag=" + words.tag[last],
        ]

    def _head(self, root: int) -> list[str]:
        """The head word: what it is, what governs it, its determiner, how often the speech says it."""
        words = self.words
        lemma, dep = words.lemma[root], words.dep[root]
        head, determiner = words.head[root], self._determiner(root)
        names = [
            "lemma=" + lemma,
            "@ending=" + lemma[-3:],
            "@tag=" + words.tag[root],
            "@dep=" + dep,
            "@det=" + determiner,
            f"det={determiner}:{lemma}",
            f"@often={min(self.often[lemma], 4)}",
        ]
        if head != root:
            governor = words.lemma[head]
            above = words.lemma[words.head[head]] if dep == "pobj" or words.pos[head] == "ADP" else governor
            names.append(f"role={dep}:{above}")
            if dep == "nsubj" and words.pos[head] == "VERB":
                names.append("@acts")
            elif dep == "pobj":
                names.append("@at=" + words.lower[head])
            names.append("@danger" if governor in self.danger or above in self.danger else "@harmless")
        if words.children[root]:
            names += self._below(root, lemma)
        return names

    def _determiner(self, root: int) -> str:
        """The class of the determiner of a head: none, the, this, own, a, other."""
        words = self.words
        for child in words.children[root]:
            if child > root:
                break
            if words.dep[child] in _DETERMINERS:
                return _DETERMINER.get(words.lower[child], "other")
        return "none"

    def _below(self, root: int, lemma: str) -> list[str]:
        """What hangs from the head: phrases behind it, names inside them."""
        words = self.words
        names: list[str] = []
        for child in words.children[root]:
            if child < root:
                if child in self.named:
                    names += ("@named=left", "named=left:" + lemma)
            elif words.dep[child] == "prep":
                inside = "named" if words.right[child] in self.named else "unnamed"
                names += (f"phrase={words.lower[child]}:{lemma}", f"@phrase={inside}", f"phrase={inside}:{lemma}")
            elif words.dep[child] in _CLAUSES:
                names.append("@clause=" + words.dep[child])
        return names

    def _label(self, place: tuple[int, str, tuple[str, ...]]) -> list[str]:
        """What the lexicon says, and whether the speech gives a full name."""
        root, how, concepts = place
        determiner, dep = self._determiner(root), self.words.dep[root]
        names: list[str] = []
        for iri in concepts[:2]:
            label = f"{self.concepts[iri].subtype}:{how}"
            concept = f"concept={iri.rpartition('/')[2]}:{how}"
            names += ("is=" + label, f"is={label}:{determiner}", f"is={label}:{dep}", concept)
        if len(concepts) > 1:
            names.append("ambiguous")
        if how not in _FULL:
            named = [self.first_named[iri] for iri in concepts if iri in self.first_named]
            when = "never" if not named else "before" if min(named) < root else "later"
            names.append(f"full={when}:{how}")
        if any(self.concepts[iri].cues for iri in concepts):
            names.append("@cued" if any(self._cued(iri) for iri in concepts) else "@uncued")
        return names

    def _cued(self, iri: str) -> bool:
        """Whether a cue word of a concept stands anywhere in the speech."""
        known = self.cued.get(iri)
        if known is None:
            known = self.cued[iri] = any(cue.casefold() in self.lowers for cue in self.concepts[iri].cues)
        return known

    def _span(self, c: Candidate, root: int) -> list[str]:
        """What only this span has: its length, the words added, its rivals, names inside it."""
        first, last, added = c.first, c.last, c.added
        words, text, size = self.words, self.words.text, last - first
        names = [
            f"@lemma={words.lemma[root]}:{added if added < 2 else 2}",
            f"@words={size if size < 6 else 6}",
            f"@shape={_shape(text[first])}:{_shape(text[last - 1])}",
        ]
        if added:
            names += (f"left={words.pos[first]}:{words.dep[first]}", f"added={min(added, 4)}")
        others = self.spans[first, last]
        if len(others) > 1:
            names += [f"@rival={other.rule}:{other.type}" for other in others if other is not c]
        if not c.named:
            inside = self.inside[last] - self.inside[first]
            if inside:
                named = self.named
                names.append(f"@over={inside == size:d}{first in named:d}{last - 1 in named:d}")
        return names


def table_of(name: str, kind: str, rule: str) -> str:
    """The table in the file of weights that a feature belongs to.

    >>> table_of("before=against", "Threat", "head"), table_of("@dep=pobj", "Threat", "head")
    ('Threat', 'Threat head')
    """
    return f"{kind} {rule}" if name.startswith("@") else kind


class _Once(dict[Any, list[str]]):
    """What a function says of a place, asked once."""

    def __init__(self, ask: Callable[[Any], list[str]]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, place: Any) -> list[str]:
        self[place] = names = self._ask(place)
        return names


@lru_cache(maxsize=20_000)
def _shape(word: str) -> str:
    return "upper" if word.isupper() else "title" if word[0].isupper() else "digit" if word[0].isdigit() else "lower"

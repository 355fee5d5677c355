"""Runs of capitalised words, which English writes for names: "Ministry of Foreign Affairs", "Treaty on Open Skies"."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.widening import HYPHENS, right_ends
from kgraph.extraction.words import Words
from kgraph.lexicon.patterns import Patterns

_LONGEST = 16
_MANY = 6  # small words in a run after which no more parts are tried


def find_capitals(words: Words, patterns: Patterns, named: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Candidates for every run of capitals, for its parts, and for later uses of an acronym it defines.

    `named` are the spans that the lexicon names: they need no guess at what they might be besides.
    """
    runs = _Runs(words, patterns, named)
    done = 0
    for i, capital in enumerate(words.capital):
        if capital and i >= done and not (words.starts[i] and words.lower[i] in patterns.openers):
            done = runs.end(i)
            runs.define(i, done)
            yield from runs.parts(i, done)


class _Runs:
    """Runs of one speech, with the acronyms that they define: acronym -> head noun of its name."""

    def __init__(self, words: Words, patterns: Patterns, named: set[tuple[int, int]]) -> None:
        self.words, self.patterns, self.named = words, patterns, named
        self.defined: dict[str, str] = {}

    def end(self, first: int) -> int:
        """Where the run that begins at `first` ends: after its last capital or number."""
        words, inside = self.words, self.patterns.inside
        last = end = first + 1
        while end < words.size and not words.starts[end] and end - first < _LONGEST:
            if words.capital[end] or (end == last and words.text[end].isdigit()):
                end += 1
                last = end
            elif words.lower[end] in inside or words.text[end] in HYPHENS or words.text[end] == "&":
                end += 1
            else:
                break
        return last

    def define(self, first: int, last: int) -> None:
        """Remember what a bracket behind a run abbreviates: "Collective Security Treaty Organisation (CSTO)"."""
        words, text = self.words, self.words.text
        if last + 2 >= words.size or text[last] != "(" or text[last + 2] != ")" or last - first < 2:
            return
        short = text[last + 1]
        initials = {text[i][0] for i in range(first, last) if words.capital[i]}
        if short.isupper() and len(short) > 1 and short[0] in initials:
            self.defined[short] = words.lemma[words.root(first, last)]

    def parts(self, first: int, last: int) -> Iterator[Candidate]:
        """Candidates in a run: the whole, and the parts before and after each small word."""
        words, inside = self.words, self.patterns.inside
        while first < last and words.lower[first] in self.patterns.openers:
            first += 1
        yield from self._typed(first, last)
        breaks = [i for i in range(first + 1, last - 1) if words.lower[i] in inside or words.pos[i] == "PUNCT"]
        for i in breaks[:_MANY]:
            yield from self._typed(first, i)
            rest = i + 1
            while rest < last and (words.lower[rest] in inside or words.pos[rest] == "PUNCT"):
                rest += 1
            yield from self._typed(rest, last)

    def _typed(self, first: int, last: int) -> Iterator[Candidate]:
        """A part of a run that the lexicon lacks, as what its head noun allows, and as a guess."""
        if first >= last or (first, last) in self.named:
            return
        words, patterns = self.words, self.patterns
        lemma = words.lemma
        cut = next((i for i in range(first, last) if words.lower[i] in patterns.inside), last)
        head = self.defined.get(words.text[first], lemma[cut - 1]) if last - first == 1 else lemma[cut - 1]
        kinds = dict.fromkeys((*patterns.names_heads.get(head, ()), *patterns.names_heads.get(lemma[last - 1], ())))
        telling = frozenset(kinds)
        kinds |= dict.fromkeys(self._guesses(first, last))
        for kind in kinds:
            how = head if kind in telling else "none"
            yield Candidate(first, last, kind, "capitals", how)
            if kind in patterns.long:
                for end in right_ends(first, last, kind, words, patterns):
                    yield Candidate(first, end, kind, "capitals+of", how)

    def _guesses(self, first: int, last: int) -> Iterator[str]:
        """What a part may be whose head tells nothing: an organisation; a place behind "in" and the like, or before the
        name of a larger one; a person behind a title or with two names."""
        yield "Organisation"
        words = self.words
        at = words.lower[first - 1] if first else ""
        if at in self.patterns.whereabouts or (
            last < words.size - 1 and words.text[last] == "," and words.capital[last + 1]
        ):
            yield "Place"
        names = [i for i in range(first, last) if words.text[i] not in HYPHENS]
        titled = first > 0 and words.lower[first - 1] in self.patterns.openers
        plain = all(words.capital[i] for i in names) and words.lemma[last - 1] not in self.patterns.names_heads
        if plain and (titled or 2 <= len(names) <= 4):
            yield "Person"

"""Runs of capitalised words, which English writes for names: "Ministry of Foreign Affairs", "Treaty on Open Skies"."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.widening import HYPHENS, right_ends
from kgraph.extraction.words import Words
from kgraph.lexicon.patterns import Patterns

_LONGEST = 16
_MANY = 6  # small words in a run after which no more parts are tried
_LOOSE = ("Person", "Organisation")  # what a run without a telling head noun may be


def find_capitals(words: Words, patterns: Patterns) -> Iterator[Candidate]:
    """Candidates for every run of capitals, for its parts, and for later uses of an acronym it defines."""
    i, n = 0, words.size
    capital, lower, text, starts = words.capital, words.lower, words.text, words.starts
    defined: dict[str, str] = {}
    while i < n:
        if not capital[i] or (starts[i] and lower[i] in patterns.openers):
            i += 1
            continue
        last, end = i + 1, i + 1
        while end < n and not starts[end] and end - i < _LONGEST:
            if capital[end] or (end == last and text[end].isdigit()):
                end += 1
                last = end
            elif lower[end] in patterns.inside or text[end] in HYPHENS or text[end] == "&":
                end += 1
            else:
                break
        if (head := _acronym(i, last, words)) is not None:
            defined[text[last + 1]] = words.lemma[head]
        yield from _run(words, i, last, patterns, defined)
        i = last


def _acronym(first: int, last: int, words: Words) -> int | None:
    """Head of a run that a bracket behind it abbreviates: "Collective Security Treaty Organisation (CSTO)"."""
    text = words.text
    if last + 2 >= words.size or text[last] != "(" or text[last + 2] != ")" or last - first < 2:
        return None
    short = text[last + 1]
    initials = "".join(text[i][0] for i in range(first, last) if words.capital[i])
    return words.root(first, last) if short.isupper() and len(short) > 1 and short[0] in initials else None


def _run(words: Words, first: int, last: int, patterns: Patterns, defined: dict[str, str]) -> Iterator[Candidate]:
    """Candidates in a run of capitals: the whole, and the parts before and after each small word."""
    lower = words.lower
    while first < last and lower[first] in patterns.openers:
        first += 1
    if first >= last:
        return
    yield from _typed(words, first, last, patterns, defined)
    breaks = [i for i in range(first + 1, last - 1) if lower[i] in patterns.inside or words.pos[i] == "PUNCT"]
    for i in breaks[:_MANY]:
        yield from _typed(words, first, i, patterns, defined)
        rest = i + 1
        while rest < last and (lower[rest] in patterns.inside or words.pos[rest] == "PUNCT"):
            rest += 1
        yield from _typed(words, rest, last, patterns, defined)


def _typed(words: Words, first: int, last: int, patterns: Patterns, defined: dict[str, str]) -> Iterator[Candidate]:
    """A run of capitals as whatever its head nouns allow, and as a person or an organisation in any case."""
    if first >= last:
        return
    for start in (last - 2, last - 3):
        if start > first:
            yield Candidate(start, last, "Person", "capitals", "tail")
    cut = next((i for i in range(first, last) if words.lower[i] in patterns.inside), last)
    head = defined.get(words.text[first], words.lemma[cut - 1]) if last - first == 1 else words.lemma[cut - 1]
    kinds = dict.fromkeys((*patterns.heads.get(head, ()), *patterns.heads.get(words.lemma[last - 1], ())))
    if mapped := patterns.recogniser.get(words.entity[last - 1]):
        kinds[mapped] = None
    for kind in dict.fromkeys((*kinds, *_LOOSE)):
        how = head if kind in kinds else "none"
        yield Candidate(first, last, kind, "capitals", how)
        if kind in patterns.long:
            for end in right_ends(first, last, kind, words, patterns):
                yield Candidate(first, end, kind, "capitals+of", how)

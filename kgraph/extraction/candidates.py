"""What may be a mention: spans from names, capitals, head nouns and the model's recogniser, each with its reason.

Candidates overlap freely; `mentions.choose` decides among them. Nothing here is tuned: it should miss nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import Label
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns
from kgraph.lexicon.spelling import key_of, words_of

_HYPHENS = frozenset("-‑–")
_OF = frozenset({"of", "in", "against", "on", "for", "to"})


class Candidate(NamedTuple):
    """Tokens ``[first, last)`` that may name something of `type`.

    `concepts` are the lexicon's readings (several when ambiguous, none for what it lacks); `rule` says what found the
    span (name, kind, capitals, head, pair, speaker, recogniser), `how` the kind of label, lemma or tag; `added`
    counts words that stand left of the label or head.
    """

    first: int
    last: int
    type: str
    rule: str
    how: str
    concepts: tuple[str, ...] = ()
    added: int = 0


def find_candidates(
    text: str, words: Words, lexicon: Lexicon, patterns: Patterns, speakers: frozenset[str] = frozenset()
) -> list[Candidate]:
    """All candidates of a speech, each span and type once; `speakers` are names from its header and turns."""
    named = list(_named(text, words, lexicon))
    covered = {i for c in named if c.rule == "name" for i in range(c.first, c.last)}
    found: dict[tuple[int, int, str], Candidate] = {}
    for source in (
        named,
        _speakers(words, speakers),
        _capitals(words, patterns),
        _heads(words, patterns, covered),
        _recognised(words, patterns),
    ):
        for candidate in source:
            found.setdefault(candidate[:3], candidate)
    return list(found.values())


def _named(text: str, words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Labels of the lexicon, one candidate for each type that a label may have."""
    for match in lexicon.gazetteer.find(list(words_of(text))):
        first = bisect_right(words.start, match.start) - 1
        last = bisect_left(words.start, match.end)
        if first < 0 or words.start[first] != match.start or words.end[last - 1] > match.end:
            continue
        by_type: dict[str, list[Label]] = {}
        for label in match.labels:
            by_type.setdefault(lexicon.concepts[label.concept].type, []).append(label)
        for kind, labels in by_type.items():
            concepts = tuple(dict.fromkeys(label.concept for label in labels))
            rule = "kind" if labels[0].common else "name"
            candidate = Candidate(first, last, kind, rule, labels[0].kind.value, concepts)
            yield candidate
            if rule == "kind":
                yield from _widened(candidate, words)


def _speakers(words: Words, speakers: frozenset[str]) -> Iterator[Candidate]:
    """Names of those who speak, in full and by surname."""
    names = {tuple(key_of(part) for part in name.split()) for name in speakers}
    ends = {name[-1]: name for name in sorted(names)}
    for i in range(words.size):
        name = ends.get(key_of(words.text[i])) if words.capital[i] else None
        if name:
            first = i
            while first > 0 and i - first < 3 and words.capital[first - 1] and key_of(words.text[first - 1]) in name:
                first -= 1
            yield Candidate(first, i + 1, "Person", "speaker", "full" if first < i else "surname")


def _widened(candidate: Candidate, words: Words) -> Iterator[Candidate]:
    """The same with the words before it step by step, with what follows "of", and both."""
    first, last, kind, rule, how, concepts, added = candidate
    starts = list(_left(first, kind, words))
    for start in starts:
        yield Candidate(start, last, kind, rule, how, concepts, added + first - start)
    end = _right(last, kind, words)
    if end:
        for start in (first, *starts):
            yield Candidate(start, end, kind, rule + "+of", how, concepts, added + first - start)


def _left(first: int, kind: str, words: Words) -> Iterator[int]:
    """Where a wider span may start: before adjectives and nouns, over hyphens and "and" between them."""
    i = first
    modifier, text = words.modifier, words.text
    while i > 0 and first - i < 7:
        before = i - 1
        if kind == "Event" and words.entity[before] in ("ORDINAL", "DATE") and words.dep[before] != "det":
            i = before
            yield i
        elif modifier[before] == 2:
            i = before
            if not (i and text[i - 1] in _HYPHENS):
                yield i
        elif text[before] in _HYPHENS or (words.dep[before] == "cc" and before and modifier[before - 1]):
            i = before
        else:
            return


def _right(last: int, kind: str, words: Words) -> int | None:
    """End of an "of" phrase (or a like one) right after the span, or of a number: "session 56"."""
    if last >= words.size or words.starts[last]:
        return None
    if kind == "Event" and words.text[last].isdigit():
        return last + 1
    if last + 1 >= words.size or words.lower[last] not in _OF:
        return None
    dep = words.dep
    head = next((c for c in words.children[last] if dep[c] in ("pobj", "pcomp") and c > last), None)
    if head is None or head - last > 6:
        return None
    ends = [c for c in words.children[head] if dep[c] in ("amod", "compound", "conj") and c < last + 8]
    return max(head, *ends) + 1 if ends else head + 1


def _capitals(words: Words, patterns: Patterns) -> Iterator[Candidate]:
    """Runs of capitalised words, with small words inside: "Ministry of Foreign Affairs"."""
    i, n = 0, words.size
    capital, lower, text, starts = words.capital, words.lower, words.text, words.starts
    while i < n:
        if not capital[i] or (starts[i] and lower[i] in patterns.openers):
            i += 1
            continue
        last, end = i + 1, i + 1
        while end < n and not starts[end] and end - i < 16:
            if capital[end] or (end == last and text[end].isdigit()):
                end += 1
                last = end
            elif lower[end] in patterns.inside or text[end] in _HYPHENS or text[end] == "&":
                end += 1
            else:
                break
        yield from _run(words, i, last, patterns)
        i = last


def _run(words: Words, first: int, last: int, patterns: Patterns) -> Iterator[Candidate]:
    """Candidates in a run of capitals: the whole, and the parts before and after each small word."""
    lower = words.lower
    while first < last and lower[first] in patterns.openers:
        first += 1
    if first >= last:
        return
    yield from _typed(words, first, last, patterns)
    breaks = [i for i in range(first + 1, last - 1) if lower[i] in patterns.inside or words.pos[i] == "PUNCT"]
    for i in breaks[:6]:
        yield from _typed(words, first, i, patterns)
        rest = i + 1
        while rest < last and (lower[rest] in patterns.inside or words.pos[rest] == "PUNCT"):
            rest += 1
        yield from _typed(words, rest, last, patterns)


def _typed(words: Words, first: int, last: int, patterns: Patterns) -> Iterator[Candidate]:
    """A run of capitals as whatever its head nouns allow, and as a person or an organisation in any case."""
    if first >= last:
        return
    for start in (last - 2, last - 3):
        if start > first:
            yield Candidate(start, last, "Person", "capitals", "tail")
    cut = next((i for i in range(first, last) if words.lower[i] in patterns.inside), last)
    head = words.lemma[cut - 1]
    kinds = dict.fromkeys((*patterns.heads.get(head, ()), *patterns.heads.get(words.lemma[last - 1], ())))
    if mapped := patterns.recogniser.get(words.entity[last - 1]):
        kinds[mapped] = None
    for kind in dict.fromkeys((*kinds, "Person", "Organisation")):
        yield Candidate(first, last, kind, "capitals", head if kind in kinds else "none")


def _heads(words: Words, patterns: Patterns, covered: set[int]) -> Iterator[Candidate]:
    """Noun phrases by their head noun, bare and with the words before it."""
    for i in range(words.size):
        pos = words.pos[i]
        if pos not in ("NOUN", "PROPN", "VERB") or i in covered:
            continue
        kinds = patterns.heads.get(words.lemma[i])
        if not kinds or (pos == "VERB" and words.dep[i] not in ("pobj", "dobj", "nsubj", "conj")):
            continue
        for kind in kinds:
            candidate = Candidate(i, i + 1, kind, "head", words.lemma[i])
            yield candidate
            yield from _widened(candidate, words)
            if (second := _paired(i, kind, words, patterns)) is not None:
                pair = Candidate(i, second + 1, kind, "pair", words.lemma[i])
                yield pair
                yield from _widened(pair, words)


def _paired(i: int, kind: str, words: Words, patterns: Patterns) -> int | None:
    """The second head of a pair that names one thing: "challenges and threats"."""
    second = i + 2
    if second >= words.size or words.dep[i + 1] != "cc" or words.head[second] != i:
        return None
    return second if kind in patterns.heads.get(words.lemma[second], ()) else None


def _recognised(words: Words, patterns: Patterns) -> Iterator[Candidate]:
    """What the model's recogniser names, without determiner and possessive."""
    for first, last, label in words.spans:
        kind = patterns.recogniser.get(label)
        if kind is None:
            continue
        while first < last and (words.pos[first] in ("DET", "SPACE") or words.lower[first] in patterns.openers):
            first += 1
        while first < last and (words.tag[last - 1] == "POS" or words.pos[last - 1] in ("PUNCT", "SPACE")):
            last -= 1
        if first < last:
            yield Candidate(first, last, kind, "recogniser", label)

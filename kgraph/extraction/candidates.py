"""What may be a mention: spans from names, capitals and head nouns, each with its reason.

Candidates overlap freely; `mentions.choose` decides among them. Nothing here is tuned: it should miss nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.capitals import find_capitals
from kgraph.extraction.widening import left_starts, right_ends
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import Label, LabelKind
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns
from kgraph.lexicon.spelling import columns_of_tokens, key_of

_INNER = " inside"  # a name or kind in a longer one
_SHORT = LabelKind.SHORT.value
_HEADS = frozenset(("NOUN", "PROPN", "VERB"))
_FRAMED = frozenset(("nsubj", "pobj"))
_NOMINAL = ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "pcomp", "attr")


def find_candidates(
    words: Words, lexicon: Lexicon, patterns: Patterns, speakers: frozenset[str] = frozenset()
) -> list[Candidate]:
    """All candidates of a speech, each span and type once; `speakers` are names from its header and turns."""
    named = list(_named(words, lexicon, patterns))
    covered = {i for c in named if c.rule == "name" for i in range(c.first, c.last)}
    spans = {(c.first, c.last) for c in named if not c.rule.endswith(_INNER)}
    capitals = list(find_capitals(words, patterns, spans))
    found: dict[tuple[int, int, str], Candidate] = {}
    for source in (
        named,
        _verbal(words, lexicon),
        _speakers(words, speakers),
        _surnames([*named, *capitals], words),
        capitals,
        _heads(words, patterns, covered),
    ):
        for candidate in source:
            found.setdefault(candidate[:3], candidate)
    return list(found.values())


def _named(words: Words, lexicon: Lexicon, patterns: Patterns) -> Iterator[Candidate]:
    """Labels of the lexicon, one candidate for each type that a label may have."""
    reach = 0
    for match in lexicon.gazetteer.find(columns_of_tokens(words.text, words.start), inner=True):
        first = bisect_right(words.start, match.start) - 1
        last = bisect_left(words.start, match.end)
        if first < 0 or words.start[first] != match.start or words.end[last - 1] > match.end:
            continue
        by_type: dict[str, list[Label]] = {}
        for label in match.labels:
            by_type.setdefault(lexicon.concepts[label.concept].type, []).append(label)
        for kind, labels in by_type.items():
            concepts = tuple(dict.fromkeys(label.concept for label in labels))
            rule = ("kind" if labels[0].common else "name") + _INNER * match.inner
            how = labels[0].kind.value
            if how == _SHORT and not match.inner and _part(first, last, reach, kind, words, patterns):
                continue
            candidate = Candidate(first, last, kind, rule, how, concepts)
            yield candidate
            if rule == "kind":
                yield from _widened(candidate, words, patterns)
        reach = max(reach, last)


def _part(first: int, last: int, reach: int, kind: str, words: Words, patterns: Patterns) -> bool:
    """Whether a short label is part of another name: a first name, or the end of a run of capitals not named so far."""
    if kind == "Person" and last < words.size and words.capital[last]:
        return True
    before = first - 1
    run = words.capital[first] and words.capital[before] and words.lower[before] not in patterns.openers
    return reach < first and run and not words.starts[first]


def _verbal(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Verbal forms of threats: "interfere in the internal affairs"."""
    for first, last, label in lexicon.verbal_forms.find(words.lemma, words.lower, words.tag):
        kind = lexicon.concepts[label.concept].type
        yield Candidate(first, last, kind, "verbal", label.kind.value, (label.concept,))


def _surnames(names: list[Candidate], words: Words) -> Iterator[Candidate]:
    """Single words that end the full name of somebody named before."""
    full = [(c.last, c.last - 1) for c in names if c.type == "Person" and c.last - c.first > 1]
    known: dict[str, int] = {}
    for after, i in full:
        known[words.text[i]] = min(after, known.get(words.text[i], after))
    for i, word in enumerate(words.text):
        if word in known and i >= known[word]:
            yield Candidate(i, i + 1, "Person", "surname", "surname")


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


def _widened(candidate: Candidate, words: Words, patterns: Patterns) -> Iterator[Candidate]:
    """The same with the words before it step by step, and with what follows "of"."""
    first, last, kind, rule, how, concepts, added = candidate
    for start in left_starts(first, kind, words):
        yield Candidate(start, last, kind, rule, how, concepts, added + first - start)
    for end in right_ends(first, last, kind, words, patterns):
        yield Candidate(first, end, kind, rule + "+of", how, concepts, added)


def _heads(words: Words, patterns: Patterns, covered: set[int]) -> Iterator[Candidate]:
    """Noun phrases by their head noun, bare and with the words before it; any head where the text calls it a danger."""
    lemmas, poss, deps, heads = words.lemma, words.pos, words.dep, patterns.heads
    for i, pos in enumerate(poss):
        if pos not in _HEADS or i in covered:
            continue
        kinds = heads.get(lemmas[i], ())
        if pos == "VERB" and (not kinds or deps[i] not in _NOMINAL):
            continue
        for kind in kinds:
            yield from _headed(Candidate(i, i + 1, kind, "head", lemmas[i]), words, patterns)
        if i and words.modifier[i - 1] == 2 and lemmas[i] in patterns.modified:
            for kind in patterns.modified[lemmas[i]]:
                yield from _widened(Candidate(i, i + 1, kind, "modified", lemmas[i]), words, patterns)
        if pos == "NOUN" and deps[i] in _FRAMED and "Threat" not in kinds and framed(i, words, patterns):
            yield from _headed(Candidate(i, i + 1, "Threat", "framed", lemmas[i]), words, patterns)


def framed(i: int, words: Words, patterns: Patterns) -> bool:
    """Whether the text calls noun `i` a danger: "the threat of X", "the fight against X", "X poses a danger"."""
    head = words.head[i]
    if words.dep[i] == "nsubj":
        return any(
            words.dep[c] in ("dobj", "attr") and words.lemma[c] in patterns.threatening for c in words.children[head]
        )
    above = words.head[head]
    return words.dep[i] == "pobj" and words.dep[head] == "prep" and words.lemma[above] in patterns.danger


def _headed(candidate: Candidate, words: Words, patterns: Patterns) -> Iterator[Candidate]:
    """A head noun, widened; and as a pair that names one thing ("challenges and threats"), widened."""
    yield candidate
    yield from _widened(candidate, words, patterns)
    second = _paired(candidate.first, candidate.type, words, patterns)
    if second is not None:
        pair = Candidate(candidate.first, second + 1, candidate.type, "pair", candidate.how)
        yield pair
        yield from _widened(pair, words, patterns)


def _paired(i: int, kind: str, words: Words, patterns: Patterns) -> int | None:
    """The second head of a pair: joined to the first by "and", of the same kind."""
    second = i + 2
    if second >= words.size or words.dep[i + 1] != "cc" or words.head[second] != i:
        return None
    return second if kind in patterns.heads.get(words.lemma[second], ()) else None

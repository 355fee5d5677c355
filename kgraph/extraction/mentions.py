"""Candidates -> mentions: each is weighed by what speaks for it, and the best set without overlap is chosen.

The weights (``ontologies/weights/mentions.json``) come from ``training/fit_mentions.py``: a logistic regression over
named features of annotated speeches, so that every decision can be read.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import exp

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.extraction.candidates import Candidate
from kgraph.extraction.words import Words
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns
from kgraph.model import Speech, TurnKind

Feature = tuple[str | int | bool, ...]
Weights = Mapping[Feature, float]


@cache
def load_weights(name: str = "mentions") -> dict[Feature, float]:
    """Weights by feature; raises `LexiconError` when the file is missing or wrong."""
    path = resources.ontologies() / "weights" / f"{name}.json"
    try:
        return {tuple(json.loads(k)): float(v) for k, v in json.loads(path.read_text("utf-8"))["weights"].items()}
    except (OSError, ValueError, KeyError) as problem:
        raise LexiconError(f"weights/{name}.json: {problem!r}") from problem


def features(
    candidates: list[Candidate], kinds: list[str], words: Words, lexicon: Lexicon, patterns: Patterns
) -> Iterator[list[Feature]]:
    """Named features of each candidate in turn: what found it, its words, what governs it, where it stands.

    `kinds` is the kind of turn of every token. Score each as it comes: kept all at once they cost more than they tell.
    """
    spans: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        spans.setdefault((candidate.first, candidate.last), []).append(candidate)
    named = {i for c in candidates if c.rule == "name" for i in range(c.first, c.last)}
    around = [_around(i, words, patterns) for i in range(words.size)]
    for c in candidates:
        names: list[Feature] = [("where", kinds[c.first], c.type)]
        _own(c, words, lexicon, names)
        _context(c, words, around, names)
        _rivals(c, spans, named, names)
        yield names


def _own(c: Candidate, words: Words, lexicon: Lexicon, names: list[Feature]) -> None:
    """What the candidate is by itself."""
    first, last, kind, rule, how, concepts, added = c
    root = words.root(first, last)
    lemma = words.lemma[root]
    few = min(added, 4)
    start, end = words.text[first], words.text[last - 1]
    shape = "upper" if start.isupper() else "title" if start[0].isupper() else "lower"
    names += (
        ("rule", rule, kind),
        ("how", rule, how, kind) if rule != "head" else ("rule", rule),
        ("lemma", lemma, kind),
        ("lemma", lemma, kind, rule, min(few, 2)),
        ("tag", words.tag[root], kind, rule),
        ("words", min(last - first, 6), kind, rule),
        ("shape", shape, "title" if end[0].isupper() else "lower", kind, rule),
        ("ner", words.entity[root], kind, rule),
    )
    if added:
        names += (
            ("left", words.lower[first], kind),
            ("left", words.pos[first], words.dep[first], kind),
            ("added", few, kind),
        )
    for iri in concepts[:2]:
        names += (("subtype", lexicon.concepts[iri].subtype, how), ("concept", iri.rpartition("/")[2], how))
    if len(concepts) > 1:
        names.append(("ambiguous", kind))


def _around(i: int, words: Words, patterns: Patterns) -> tuple[str, str, str, str, bool]:
    """For a head word: its relation, what governs it, what governs that, its determiner, and whether it is a danger."""
    head = words.head[i]
    if head == i:
        governor = above = ""
    else:
        governor = words.lemma[head]
        above = words.lemma[words.head[head]] if words.dep[head] == "prep" or words.pos[head] == "ADP" else governor
    determiner = "none"
    for child in words.children[i]:
        if child < i and (words.dep[child] in ("det", "poss") or words.tag[child] == "PRP$"):
            determiner = words.lower[child]
            break
    return words.dep[i], governor, above, determiner, above in patterns.danger or governor in patterns.danger


def _context(c: Candidate, words: Words, around: list[tuple[str, str, str, str, bool]], names: list[Feature]) -> None:
    """What stands beside and above it."""
    first, last, kind, rule = c[:4]
    before, after = first - 1, last
    start, end = first == 0, last == words.size
    word_before = "" if start else words.lower[before] if words.pos[before] != "PUNCT" else "mark"
    word_after = "" if end else words.lower[after] if words.pos[after] != "PUNCT" else "mark"
    dep, governor, above, determiner, danger = around[words.root(first, last)]
    names += (
        ("before", word_before, kind),
        ("beforetag", "" if start else words.tag[before], kind, rule),
        ("after", word_after, kind),
        ("aftertag", "" if end else words.tag[after], kind, rule),
        ("dep", dep, kind, rule),
        ("det", determiner, kind),
        ("danger", danger, kind, rule),
    )
    if governor:
        names += (("governor", governor, kind), ("above", above, kind))
    if dep in ("compound", "amod", "nmod"):
        names.append(("inside", kind, rule))
    if not start:
        if words.pos[before] in ("ADJ", "NOUN", "PROPN") and words.dep[before] in ("amod", "compound", "nmod"):
            names += (("cut", word_before, kind), ("cut", words.pos[before], words.dep[before], kind, rule))
        if words.text[before] in "-‑–":
            names.append(("hyphen", "left", kind, rule))
    if not end and words.text[after] in "-‑–":
        names.append(("hyphen", "right", kind, rule))


def _rivals(c: Candidate, spans: dict[tuple[int, int], list[Candidate]], named: set[int], names: list[Feature]) -> None:
    """Other readings of the same words, and names inside them."""
    first, last, kind, rule = c[:4]
    for other in spans[first, last]:
        if other is not c:
            names.append(("rival", other.rule, other.type, rule, kind))
    if rule != "name":
        inside = [i in named for i in range(first, last)]
        if any(inside):
            names += (("over", all(inside), rule, kind), ("over", inside[0], inside[-1], rule, kind))


def kinds_of_turns(speech: Speech, words: Words) -> list[str]:
    """Kind of turn of every token; what lies in no turn is furniture."""
    kinds = [TurnKind.FURNITURE.value] * words.size
    for turn in speech.turns:
        a, b = bisect_left(words.start, turn.start), bisect_left(words.start, turn.end)
        kinds[a:b] = [turn.kind.value] * (b - a)
    return kinds


def score(names: Iterable[Feature], weights: Weights) -> float:
    """Log-odds of a candidate: the sum of its features' weights."""
    get = weights.get
    return sum([get(name, 0.0) for name in names], get(("bias",), 0.0))


def choose(candidates: list[Candidate], scores: list[float]) -> list[tuple[Candidate, float]]:
    """The set without overlap whose log-odds sum highest, in order, each with its probability."""
    ordered = sorted(
        ((c, s) for c, s in zip(candidates, scores, strict=True) if s > 0),
        key=lambda pair: (pair[0].last, pair[0].first),
    )
    ends = [c.last for c, _ in ordered]
    best: list[float] = [0.0]
    before: list[int] = []
    for i, (candidate, value) in enumerate(ordered):
        fits = bisect_right(ends, candidate.first, 0, i)
        before.append(fits)
        best.append(max(best[i], best[fits] + value))
    chosen: list[tuple[Candidate, float]] = []
    i = len(ordered)
    while i:
        candidate, value = ordered[i - 1]
        if best[i] == best[i - 1]:
            i -= 1
        else:
            chosen.append((candidate, 1 / (1 + exp(-value))))
            i = before[i - 1]
    return chosen[::-1]

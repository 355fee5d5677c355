"""Candidates -> mentions: each is weighed by what speaks for it, and the best set without overlap is chosen.

The weights (``ontologies/weights/mentions.json``) come from ``training/fit_mentions.py``: a logistic regression over
named features of annotated speeches, so that every decision can be read.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import exp
from typing import TYPE_CHECKING

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.extraction.candidates import Candidate
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns, load_patterns
from kgraph.model import Speech, TurnKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Weights = Mapping[str, float]


@cache
def load_weights(name: str = "mentions") -> dict[str, float]:
    """Weights by feature; raises `LexiconError` when the file is missing or wrong."""
    path = resources.ontologies() / "weights" / f"{name}.json"
    try:
        return {str(k): float(v) for k, v in json.loads(path.read_text(encoding="utf-8"))["weights"].items()}
    except (OSError, ValueError, KeyError) as problem:
        raise LexiconError(f"weights/{name}.json: {problem!r}") from problem


def features(candidates: list[Candidate], speech: Speech, doc: Doc, lexicon: Lexicon) -> list[list[str]]:
    """Named features of each candidate: what found it, its words, what governs it, where it stands."""
    patterns = load_patterns()
    kinds = _kinds(speech, doc)
    spans: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        spans.setdefault((candidate.first, candidate.last), []).append(candidate)
    named = {i for c in candidates if c.rule == "name" for i in range(c.first, c.last)}
    return [
        [
            *_own(c, doc, lexicon),
            *_around(c, doc, patterns),
            *_rivals(c, spans, named),
            f"where={kinds[c.first]}|{c.type}",
        ]
        for c in candidates
    ]


def _own(c: Candidate, doc: Doc, lexicon: Lexicon) -> Iterator[str]:
    """What the candidate is by itself."""
    root = _root(c, doc)
    lemma = doc[root].lemma_.lower()
    words = c.last - c.first
    kind = c.type
    yield f"rule={c.rule}|{kind}"
    yield f"how={c.rule}|{c.how}|{kind}" if c.rule != "head" else f"rule={c.rule}"
    yield f"lemma={lemma}|{kind}"
    yield f"lemma={lemma}|{kind}|{c.rule}|{min(c.added, 2)}"
    yield f"tag={doc[root].tag_}|{kind}|{c.rule}"
    yield f"words={min(words, 6)}|{kind}|{c.rule}"
    if c.added:
        left = doc[c.first]
        yield f"left={left.lower_}|{kind}"
        yield f"left={left.pos_}|{left.dep_}|{kind}"
        yield f"added={min(c.added, 4)}|{kind}"
    for iri in c.concepts[:2]:
        concept = lexicon.concepts[iri]
        yield f"subtype={concept.subtype}|{c.how}"
        yield f"concept={iri.rsplit('/', 1)[-1]}|{c.how}"
    if len(c.concepts) > 1:
        yield f"ambiguous|{kind}"
    shape = "upper" if doc[c.first].text.isupper() else "title" if doc[c.first].text[0].isupper() else "lower"
    yield f"shape={shape}|{'title' if doc[c.last - 1].text[0].isupper() else 'lower'}|{kind}|{c.rule}"
    yield f"ner={doc[root].ent_type_ or 'none'}|{kind}|{c.rule}"


def _around(c: Candidate, doc: Doc, patterns: Patterns) -> Iterator[str]:
    """What stands beside and above it."""
    kind = c.type
    root = doc[_root(c, doc)]
    before = doc[c.first - 1] if c.first else None
    after = doc[c.last] if c.last < len(doc) else None
    yield f"before={before.lower_ if before is not None and before.is_alpha else 'mark'}|{kind}"
    yield f"beforetag={before.tag_ if before is not None else 'none'}|{kind}|{c.rule}"
    yield f"after={after.lower_ if after is not None and after.is_alpha else 'mark'}|{kind}"
    yield f"aftertag={after.tag_ if after is not None else 'none'}|{kind}|{c.rule}"
    if before is not None and _belongs_left(before):
        yield f"cutleft={before.lower_}|{kind}"
        yield f"cutleft={before.pos_}|{before.dep_}|{kind}|{c.rule}"
    if before is not None and before.text in "-‑–" and not before.whitespace_:
        yield f"hyphenleft|{kind}|{c.rule}"
    if after is not None and after.text in "-‑–" and not doc[c.last - 1].whitespace_:
        yield f"hyphenright|{kind}|{c.rule}"
    governor = root.head if root.head.i != root.i else None
    yield f"dep={root.dep_}|{kind}|{c.rule}"
    if c.first <= root.i < c.last and root.dep_ in ("compound", "amod", "nmod"):
        yield f"inside={'same' if c.last <= root.head.i else 'other'}|{kind}|{c.rule}"
    if governor is not None:
        yield f"governor={governor.lemma_.lower()}|{kind}"
        above = governor.head if governor.dep_ == "prep" or governor.pos_ == "ADP" else governor
        danger = above.lemma_.lower() in patterns.danger or governor.lemma_.lower() in patterns.danger
        yield f"danger={danger}|{kind}|{c.rule}"
        yield f"above={above.lemma_.lower()}|{kind}"
    yield f"det={next((t.lower_ for t in root.lefts if t.dep_ in ('det', 'poss') or t.tag_ == 'PRP$'), 'none')}|{kind}"


def _rivals(c: Candidate, spans: dict[tuple[int, int], list[Candidate]], named: set[int]) -> Iterator[str]:
    """Other readings of the same words, and names inside them."""
    for other in spans[c.first, c.last]:
        if other is not c:
            yield f"rival={other.rule}|{other.type}|{c.rule}|{c.type}"
    if c.rule != "name" and any(i in named for i in range(c.first, c.last)):
        whole = all(i in named for i in range(c.first, c.last))
        yield f"overname={whole}|{c.rule}|{c.type}"
        yield f"overname={c.first in named}|{(c.last - 1) in named}|{c.rule}|{c.type}"


def _belongs_left(token: Token) -> bool:
    return token.pos_ in ("ADJ", "NOUN", "PROPN") and token.dep_ in ("amod", "compound", "nmod")


def _root(c: Candidate, doc: Doc) -> int:
    """The head word of a span: the first whose head lies outside."""
    for i in range(c.first, c.last):
        head = doc[i].head.i
        if (head < c.first or head >= c.last or head == i) and not doc[i].is_punct:
            return i
    return c.last - 1


def _kinds(speech: Speech, doc: Doc) -> list[str]:
    """Kind of turn of every token."""
    starts = [turn.start for turn in speech.turns]
    kinds = []
    for token in doc:
        i = bisect_right(starts, token.idx) - 1
        inside = i >= 0 and token.idx < speech.turns[i].end
        kinds.append(speech.turns[i].kind.value if inside else TurnKind.FURNITURE.value)
    return kinds


def score(names: Iterable[str], weights: Weights) -> float:
    """Log-odds of a candidate: the sum of its features' weights."""
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) for name in names)


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

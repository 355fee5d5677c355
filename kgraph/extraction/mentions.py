"""Candidates -> mentions: each is weighed by what speaks for it, and the best set without overlap is chosen.

The weights (``ontologies/weights/mentions.json``) come from ``training/fit_mentions.py``: a logistic regression over
named features of annotated speeches, so that every decision can be read.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from functools import cache
from math import exp

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.extraction.candidate import Candidate
from kgraph.extraction.signs import Feature
from kgraph.extraction.words import Words
from kgraph.model import Speech, TurnKind


@cache
def load_weights(name: str = "mentions") -> dict[Feature, float]:
    """Weights by feature; raises `LexiconError` when the file is missing or wrong."""
    path = resources.ontologies() / "weights" / f"{name}.json"
    try:
        return {tuple(json.loads(k)): float(v) for k, v in json.loads(path.read_text("utf-8"))["weights"].items()}
    except (OSError, ValueError, KeyError) as problem:
        raise LexiconError(f"weights/{name}.json: {problem!r}") from problem


def kinds_of_turns(speech: Speech, words: Words) -> list[str]:
    """Kind of turn of every token; what lies in no turn is furniture."""
    kinds = [TurnKind.FURNITURE.value] * words.size
    for turn in speech.turns:
        a, b = bisect_left(words.start, turn.start), bisect_left(words.start, turn.end)
        kinds[a:b] = [turn.kind.value] * (b - a)
    return kinds


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

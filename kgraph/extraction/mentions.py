"""Candidates -> mentions: each is weighed by what speaks for it, and the best set without overlap is chosen.

The weights (``ontologies/weights/mentions.json``) come from ``training/fit_mentions.py``: a logistic regression over
named features of annotated speeches, which can be read. Of words that are no names of the lexicon the encoder has a say
too (`kgraph.extraction.encoder`).
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from functools import cache
from math import exp

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.extraction.candidate import Candidate
from kgraph.extraction.signs import Tables
from kgraph.extraction.words import Words
from kgraph.model import Speech, TurnKind


@cache
def load_weights(name: str = "mentions") -> Tables:
    """Weights by type and rule, and by feature; raises `LexiconError` when the file is missing or wrong."""
    path = resources.ontologies() / "weights" / f"{name}.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        return _Tables(data["tables"], float(data["bias"]))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LexiconError(f"weights/{name}.json: {problem!r}") from problem


class _Tables(dict[tuple[str, str], dict[str, float]]):
    """Weights of a type, of a type under a rule, and the bias in one table, joined when first asked for."""

    def __init__(self, read: dict[str, dict[str, float]], bias: float) -> None:
        super().__init__()
        self._read, self._bias = read, bias

    def __missing__(self, key: tuple[str, str]) -> dict[str, float]:
        kind, rule = key
        joined = {"bias": self._bias, **self._read.get(kind, {}), **self._read.get(f"{kind} {rule}", {})}
        self[key] = joined
        return joined


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

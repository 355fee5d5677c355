"""Logistic regressions over named features, whose weights are data: ``ontologies/weights/claims.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kgraph.errors import LexiconError
from kgraph.resources import ontologies, strings


@dataclass(frozen=True, eq=False)
class LinearModel:
    """Scores of `labels` from sums of weights; `softmax` where the labels exclude each other."""

    labels: tuple[str, ...]
    bias: np.ndarray  # one a label
    rows: Mapping[str, int]  # feature -> row of `weights`
    weights: np.ndarray  # features x labels; the last row is zero
    softmax: bool = False

    def probabilities(self, features: Sequence[Sequence[str]]) -> np.ndarray:
        """An array of items x labels; an item is a list of feature names, those unknown count nothing."""
        return self.squashed(self.sums(features))

    def squashed(self, sums: np.ndarray) -> np.ndarray:
        """Probabilities from sums of weights."""
        sums = sums + self.bias
        if self.softmax:
            exp = np.exp(sums - sums.max(axis=1, keepdims=True)) if len(sums) else sums
            return exp / exp.sum(axis=1, keepdims=True)
        return 1.0 / (1.0 + np.exp(-sums))

    def sums(self, features: Sequence[Sequence[str]]) -> np.ndarray:
        """Sums of weights: items x labels."""
        if not features:
            return np.zeros((0, len(self.labels)))
        get = self.rows.get
        rows: list[int] = []
        starts: list[int] = []
        none = len(self.weights) - 1
        for names in features:
            starts.append(len(rows))
            rows.extend([r for n in names if (r := get(n)) is not None])
            rows.append(none)
        return np.add.reduceat(self.weights[rows], starts, axis=0)


@dataclass(frozen=True)
class ClaimModel:
    """What is fitted beside the encoder: trends and their modality, and the types that predicates join."""

    trends: LinearModel
    modality: LinearModel
    trend_threshold: float
    types: frozenset[tuple[str, str]]  # pairs of types that some predicate joins


@cache
def load_model(path: Path | None = None) -> ClaimModel:
    """The fitted weights of one file (default: the bundled one).

    Raises `LexiconError` when the file is missing or lacks a part.
    """
    path = path or ontologies() / "weights" / "claims.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return ClaimModel(
            trends=_linear(data["trends"]),
            modality=_linear(data["modality"], softmax=True),
            trend_threshold=float(data["trend_threshold"]),
            types=frozenset((s, o) for s, o in data["types"]),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"{path.name}: not a file of claim weights: {error}") from error


def read_table(table: Mapping[str, np.ndarray], labels: tuple[str, ...]) -> LinearModel:
    """The arrays ``names``, ``weights`` (features x labels, in hundredths) and ``bias`` of an npz file."""
    names = strings(table, "names")
    weights = np.zeros((len(names) + 1, len(labels)), dtype=np.float32)
    weights[:-1] = table["weights"]
    weights /= 100.0
    rows = {name: row for row, name in enumerate(names)}
    return LinearModel(labels, table["bias"].astype(np.float32), rows, weights)


def _linear(data: dict[str, Any], softmax: bool = False) -> LinearModel:
    """Weights are stored a feature as ``{label number: weight}`` in hundredths."""
    labels = tuple(data["labels"])
    weights = np.zeros((len(data["weights"]) + 1, len(labels)), dtype=np.float32)
    for row, pairs in enumerate(data["weights"].values()):
        for label, value in zip(pairs[::2], pairs[1::2], strict=True):
            weights[row, label] = value / 100.0
    rows = {name: row for row, name in enumerate(data["weights"])}
    return LinearModel(labels, np.array(data["bias"], dtype=np.float32), rows, weights, softmax)

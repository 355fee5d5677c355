"""Logistic regressions over named features, whose weights are data: ``ontologies/weights/claims.json``.

The many weights of relations lie beside it in ``claims.npz``: names of features, and hundredths by feature and label.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from kgraph.errors import LexiconError
from kgraph.resources import ontologies

_STRONGEST = 3


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

    def joint(self, parts: Sequence[Sequence[Sequence[str]]]) -> np.ndarray:
        """Sums of weights of items given as several lists of names; a list shared by items is summed once."""
        place: dict[int, int] = {}
        unique: list[Sequence[str]] = []
        numbers = []
        for item in parts:
            for names in item:
                if id(names) not in place:
                    place[id(names)] = len(unique)
                    unique.append(names)
                numbers.append(place[id(names)])
        if not parts:
            return np.zeros((0, len(self.labels)))
        each = self.sums(unique)[numbers].reshape(len(parts), len(parts[0]), len(self.labels))
        return each.sum(axis=1)

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

    def strongest(self, names: Sequence[str], label: int) -> list[str]:
        """The features that speak most for a label, the strongest first."""
        known = [(float(self.weights[self.rows[n], label]), n) for n in set(names) if n in self.rows]
        return [n for w, n in sorted(known, key=lambda k: (-k[0], k[1]))[:_STRONGEST] if w > 0]


@lru_cache(maxsize=4)
def side_by_side(first: LinearModel, second: LinearModel) -> LinearModel:
    """Both models as one table, so that each feature is looked up once: columns of the first, then of the second."""
    rows = {name: n for n, name in enumerate(dict.fromkeys([*first.rows, *second.rows]))}
    wide = len(first.labels)
    weights = np.zeros((len(rows) + 1, wide + len(second.labels)), dtype=np.float32)
    weights[[rows[name] for name in first.rows], :wide] = first.weights[list(first.rows.values())]
    weights[[rows[name] for name in second.rows], wide:] = second.weights[list(second.rows.values())]
    bias = np.concatenate([first.bias, second.bias])
    return LinearModel((*first.labels, *second.labels), bias, rows, weights)


@dataclass(frozen=True)
class ClaimModel:
    """Everything fitted: relations, trends and modality, with thresholds for the best F1."""

    relations: LinearModel
    trends: LinearModel
    modality: LinearModel
    trend_threshold: float
    types: frozenset[tuple[str, str]]  # pairs of types that some predicate joins
    gate: float  # what `relations` must give a pair for the encoder to look at it


@cache
def load_model(path: Path | None = None) -> ClaimModel:
    """The fitted weights of one file (default: the bundled one).

    Raises `LexiconError` when the file is missing or lacks a part.
    """
    path = path or ontologies() / "weights" / "claims.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return ClaimModel(
            relations=_table(data["relations"], path.with_suffix(".npz")),
            trends=_linear(data["trends"]),
            modality=_linear(data["modality"], softmax=True),
            trend_threshold=float(data["trend_threshold"]),
            types=frozenset((s, o) for s, o in data["types"]),
            gate=float(data["gate"]),
        )
    except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile) as error:
        raise LexiconError(f"{path.name}: not a file of claim weights: {error}") from error


def _table(data: dict[str, Any], path: Path) -> LinearModel:
    """Weights of which nearly all count: a row a feature."""
    with np.load(path) as table:
        return read_table(table, tuple(data["labels"]))


def strings(table: Mapping[str, np.ndarray], name: str) -> tuple[str, ...]:
    """An array of bytes as strings, which zero bytes part."""
    return tuple(bytes(table[name]).decode("utf-8").split("\0"))


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

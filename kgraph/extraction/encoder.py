"""A small sentence encoder, run by ONNX Runtime: words in context, and which candidates it takes for mentions.

``ontologies/weights/encoder.onnx`` holds the lower layers of a fine-tuned MiniLM (weights in 8 bits) and a layer over
spans; ``encoder.npz`` its word pieces and types. Every speech is read once; what `kgraph.extraction.claims.judge` says
of pairs builds on the same states. ``training/teach_claims.py`` makes both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from kgraph.errors import LexiconError
from kgraph.extraction.candidate import Candidate
from kgraph.extraction.pieces import WordPieces
from kgraph.extraction.tree import Tree
from kgraph.resources import ontologies, strings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_Loaded = TypeVar("_Loaded")

LONGEST = 200  # pieces of a sentence; words beyond them are not seen
_SENTENCES = 3  # of one batch: what a core keeps at hand; with 8 it takes a tenth longer
LEAST_ODDS = -5.0  # of candidates that are looked at
_SLOW = ["SkipLayerNormFusion", "BiasGeluFusion"]  # fused, these kernels take three times as long (1.32)


@dataclass(frozen=True)
class EncodedSentence:
    """Pieces of a sentence; `places` holds by word its pieces ``[first, last)``, `states` an array pieces x size."""

    pieces: list[int]
    places: list[tuple[int, int]]
    states: np.ndarray


@dataclass(frozen=True)
class Encoder:
    """The lower layers, and the layer over spans.

    Names of the lexicon are left to the regressions. Of what the layer says of other words ("the reforms"), `share`
    counts beside what the regressions say, and `shift` is added.
    """

    session: InferenceSession
    pieces: WordPieces
    types: tuple[str, ...]
    share: float
    shift: float

    def encode(
        self, tree: Tree, candidates: Sequence[Candidate] = (), odds: Sequence[float] = ()
    ) -> tuple[list[EncodedSentence], list[float]]:
        """Every sentence of a parse, and the log-odds of candidates, given those of the regressions."""
        cut = [self._cut(tree, first, last) for first, last in tree.sentences]
        inside: list[list[int]] = [[] for _ in cut]
        for n, (candidate, value) in enumerate(zip(candidates, odds, strict=True)):
            if value >= LEAST_ODDS and not candidate.named:
                inside[tree.sentence[candidate.first]].append(n)
        encoded: dict[int, EncodedSentence] = {}
        judged = list(odds)
        order = sorted(range(len(cut)), key=lambda s: len(cut[s][0]))
        for start in range(0, len(order), _SENTENCES):
            batch = order[start : start + _SENTENCES]
            chosen = [(row, n) for row, s in enumerate(batch) for n in inside[s]]
            pieces, mask = padded([cut[s][0] for s in batch])
            inputs = {
                "pieces": pieces,
                "mask": mask,
                "spans": np.array(
                    [(row, *self._span(tree, cut[batch[row]][1], candidates[n])) for row, n in chosen], np.int64
                ).reshape(-1, 4),
                "odds": np.array([odds[n] for _, n in chosen], np.float32),
            }
            states, said = self.session.run(None, inputs)
            for row, s in enumerate(batch):
                encoded[s] = EncodedSentence(*cut[s], states[row, : len(cut[s][0])])
            for (_, n), value in zip(chosen, said.tolist(), strict=True):
                judged[n] = odds[n] + self.share * (value - odds[n]) + self.shift
        return [encoded[s] for s in range(len(cut))], judged

    def _cut(self, tree: Tree, first: int, last: int) -> tuple[list[int], list[tuple[int, int]]]:
        """Pieces of some words, and by word which ones."""
        pieces = [self.pieces.start, self.pieces.end]
        places, offset = [], len(pieces)
        for token in range(first, last):
            own = self.pieces.of(tree.lower[token])
            if len(pieces) - offset + len(own) > LONGEST:
                own = ()
            places.append((len(pieces), len(pieces) + len(own)))
            pieces += own
        return [*pieces, self.pieces.end], places

    def _span(self, tree: Tree, places: list[tuple[int, int]], candidate: Candidate) -> tuple[int, int, int]:
        start = tree.sentences[tree.sentence[candidate.first]][0]
        return *place(places, candidate.first - start, candidate.last - start), self.types.index(candidate.type)


def place(places: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """Pieces of the words ``[first, last)`` of a sentence; (0, 1) where none of them is seen."""
    seen = [pieces for pieces in places[max(first, 0) : last] if pieces[1] > pieces[0]]
    return (seen[0][0], seen[-1][1]) if seen else (0, 1)


def padded(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of numbers as one array, filled up with zeros, and a mask of what is no filling."""
    longest = max(map(len, rows))
    numbers, mask = np.zeros((len(rows), longest), np.int64), np.zeros((len(rows), longest), np.int64)
    for n, row in enumerate(rows):
        numbers[n, : len(row)], mask[n, : len(row)] = row, 1
    return numbers, mask


def load_graph(path: Path | None, name: str, make: Callable[[InferenceSession, Mapping[str, Any]], _Loaded]) -> _Loaded:
    """What `make` takes from a graph, run on one thread, and the table beside it (default: the bundled ``name.onnx``).

    Raises `LexiconError` when one of the two is missing or broken.
    """
    import onnxruntime

    path = path or ontologies() / "weights" / f"{name}.onnx"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
        with np.load(path.with_suffix(".npz")) as table:
            return make(session, table)
    except Exception as error:  # ONNX Runtime has an exception of its own for everything
        raise LexiconError(f"{path.name}: not a file of weights of the {name}: {error}") from error


@cache
def load_encoder(path: Path | None = None) -> Encoder:
    """The encoder of one file (default: the bundled one); raises as `load_graph`."""
    return load_graph(path, "encoder", _encoder)


def _encoder(session: InferenceSession, table: Mapping[str, Any]) -> Encoder:
    return Encoder(
        session=session,
        pieces=WordPieces(strings(table, "pieces")),
        types=strings(table, "types"),
        share=float(table["share"]),
        shift=float(table["shift"]),
    )

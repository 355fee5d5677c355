"""A small sentence encoder that looks at the pairs worth it with all words in view, run by ONNX Runtime.

``ontologies/weights/encoder.onnx`` is a transformer of six layers (a fine-tuned MiniLM, weights in 8 bits) with a layer
over two arguments; ``encoder.npz`` holds its word pieces, labels, threshold, and weights of named features that add
to what it says. ``training/teach_claims.py`` makes both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.errors import LexiconError
from kgraph.extraction.claims.arguments import Filler
from kgraph.extraction.claims.candidates import Pair
from kgraph.extraction.claims.pieces import WordPieces
from kgraph.extraction.claims.scoring import LinearModel, read_table, strings
from kgraph.extraction.situation import Situation
from kgraph.extraction.tree import Tree
from kgraph.model import Turn, TurnKind
from kgraph.resources import ontologies

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LONGEST = 200  # pieces of a sentence; words beyond them are not seen
_SENTENCES, _PAIRS = 8, 1500  # of one batch
_SLOW = ["SkipLayerNormFusion", "BiasGeluFusion"]  # fused, these kernels take three times as long (1.32)
_NAME = "name"  # the route of what is named itself
_REFERRING = 9  # added to the number of a type where a word only refers to the entity ("we")
_OWN, _BLOC, _SPEAKER, _EVENT = 1, 2, 3, 4


@dataclass(frozen=True)
class Encoder:
    """`scores` of pairs: the labels of `named` are predicates; a confidence below `threshold` makes no claim."""

    session: InferenceSession
    pieces: WordPieces
    routes: Mapping[str, int]
    types: Mapping[str, int]
    named: LinearModel
    modalities: tuple[str, ...]
    threshold: float

    def scores(
        self,
        tree: Tree,
        turns: Sequence[Turn],
        situations: Sequence[Situation],
        pairs: Sequence[Pair],
        chosen: Sequence[int],
    ) -> tuple[np.ndarray, np.ndarray]:
        """Log-odds of the relations, to which those of `named` are to be added, and scores of the modalities, of the
        `chosen` of all pairs: arrays of chosen x labels."""
        if not len(chosen):
            return np.zeros((0, len(self.named.labels)), np.float32), np.zeros((0, len(self.modalities)), np.float32)
        page = _Page(self, tree, turns, situations, pairs)
        rows: dict[int, list[int]] = {}
        for row, n in enumerate(chosen):
            rows.setdefault(pairs[n].sentence, []).append(row)
        relations = np.empty((len(chosen), len(self.named.labels)), np.float32)
        modalities = np.empty((len(chosen), len(self.modalities)), np.float32)
        for batch in _batches([(len(page.sentence(s).pieces), s) for s in rows], rows):
            own = [row for s in batch for row in rows[s]]
            inputs = page.inputs(batch, [[pairs[chosen[row]] for row in rows[s]] for s in batch])
            relations[own], modalities[own] = self.session.run(None, inputs)
        return relations, modalities


def _batches(sentences: list[tuple[int, int]], rows: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """Sentences of like length together, few enough to fit."""
    batches: list[list[int]] = []
    room = 0
    for _, sentence in sorted(sentences):
        if not batches or len(batches[-1]) == _SENTENCES or len(rows[sentence]) > room:
            batches.append([])
            room = _PAIRS
        batches[-1].append(sentence)
        room -= len(rows[sentence])
    return batches


@dataclass(frozen=True)
class _Sentence:
    pieces: list[int]
    kinds: list[int]  # by piece: 0, or the type of the entity that is named or referred to
    places: list[tuple[int, int]]  # by word: its pieces ``[first, last)``


class _Page:
    """The sentences of one document as the encoder takes them."""

    def __init__(
        self,
        encoder: Encoder,
        tree: Tree,
        turns: Sequence[Turn],
        situations: Sequence[Situation],
        pairs: Sequence[Pair],
    ) -> None:
        self.encoder, self.tree, self.turns, self.situations = encoder, tree, turns, situations
        self._sentences: dict[int, _Sentence] = {}
        self._spans: dict[Filler, tuple[int, int]] = {}
        self._kinds = self._kinds_of(dict.fromkeys(f for pair in pairs for f in (pair.subject, pair.object)))

    def _kinds_of(self, fillers: Mapping[Filler, None]) -> dict[int, int]:
        """By token: the type of the entity named there, else of the first that is referred to."""
        kinds: dict[int, int] = {}
        for filler in fillers:
            if filler.token < 0:
                continue
            kind = self.encoder.types[filler.type] + 1
            for token in range(*self._tokens(filler)):
                if filler.route == _NAME:
                    kinds[token] = kind
                else:
                    kinds.setdefault(token, kind + _REFERRING)
        return kinds

    def _tokens(self, filler: Filler) -> tuple[int, int]:
        """Tokens ``[first, last)`` of an argument that stands in the text."""
        known = self._spans.get(filler)
        if known is None:
            tokens = self.tree.tokens(filler.start, filler.end)
            inside = filler.token in tokens
            known = (tokens[0], tokens[-1] + 1) if inside else (filler.token, filler.token + 1)
            self._spans[filler] = known
        return known

    def sentence(self, number: int) -> _Sentence:
        """One sentence; computed once."""
        known = self._sentences.get(number)
        if known is None:
            first, last = self.tree.sentences[number]
            pieces = [self.encoder.pieces.start, self.encoder.pieces.end]
            kinds, places, offset = [0, 0], [], len(pieces)
            for token in range(first, last):
                own = self.encoder.pieces.of(self.tree.lower[token])
                if len(pieces) - offset + len(own) > LONGEST:
                    own = ()
                places.append((len(pieces), len(pieces) + len(own)))
                pieces += own
                kinds += [self._kinds.get(token, 0)] * len(own)
            known = _Sentence([*pieces, self.encoder.pieces.end], [*kinds, 0], places)
            self._sentences[number] = known
        return known

    def inputs(self, batch: Sequence[int], pairs: Sequence[Sequence[Pair]]) -> dict[str, Any]:
        """Arrays of a batch of sentences and their pairs."""
        sentences = [self.sentence(s) for s in batch]
        longest = max(len(s.pieces) for s in sentences)
        pieces, kinds, mask = (np.zeros((len(batch), longest), np.int64) for _ in range(3))
        for n, sentence in enumerate(sentences):
            length = len(sentence.pieces)
            pieces[n, :length], kinds[n, :length], mask[n, :length] = sentence.pieces, sentence.kinds, 1
        flat = [(n, pair) for n, own in enumerate(pairs) for pair in own]
        return {
            "pieces": pieces,
            "mask": mask,
            "kinds": kinds,
            "sentence": np.array([n for n, _ in flat], np.int64),
            "subject": np.array([self._side(pair, pair.subject) for _, pair in flat], np.int64),
            "object": np.array([self._side(pair, pair.object) for _, pair in flat], np.int64),
            "narrated": np.array([self.turns[p.turn].kind is TurnKind.NARRATION for _, p in flat], np.int64),
        }

    def _side(self, pair: Pair, filler: Filler) -> tuple[int, int, int, int, int]:
        """Pieces ``[first, last)`` (0, 0 where nobody names it), type, route, and who it is to the speaker."""
        about = (
            self.encoder.types[filler.type],
            self.encoder.routes.get(filler.route, 0),
            self._status(pair.turn, filler.entity),
        )
        if filler.token < 0:
            return 0, 0, *about
        low, high = self._tokens(filler)
        first, last = self.tree.sentences[pair.sentence]
        places = self.sentence(pair.sentence).places[max(low, first) - first : min(high, last) - first]
        if not places or places[-1][1] <= places[0][0]:
            return 0, 1, *about
        return places[0][0], places[-1][1], *about

    def _status(self, turn: int, entity: str) -> int:
        now = self.situations[turn]
        known = ((now.own, _OWN), (now.bloc, _BLOC), (now.speaker, _SPEAKER), (now.event, _EVENT))
        return next((number for who, number in known if who == entity), 0)


@cache
def load_encoder(path: Path | None = None) -> Encoder:
    """The encoder of one file (default: the bundled one).

    Raises `LexiconError` when the file, or the table beside it, is missing or broken.
    """
    import onnxruntime

    path = path or ontologies() / "weights" / "encoder.onnx"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
        with np.load(path.with_suffix(".npz")) as table:
            return Encoder(
                session=session,
                pieces=WordPieces(strings(table, "pieces")),
                routes={route: n for n, route in enumerate(strings(table, "routes"), 1)},
                types={type_: n for n, type_ in enumerate(strings(table, "types"))},
                named=read_table(table, strings(table, "labels")),
                modalities=strings(table, "modalities"),
                threshold=float(table["threshold"]),
            )
    except Exception as error:  # ONNX Runtime has an exception of its own for everything
        raise LexiconError(f"{path.name}: not a file of encoder weights: {error}") from error

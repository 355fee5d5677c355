"""What a small sentence encoder says of candidate pairs, with all words in view.

``ontologies/weights/judge.onnx`` holds the uppermost layer of the encoder, which sees the types of the entities too,
and a layer over two arguments and the word where they meet; ``judge.npz`` its labels, threshold, and weights of named
features (frames and roles) that add to what it says. ``training/teach_claims.py`` makes both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.extraction.claims.arguments import Filler
from kgraph.extraction.claims.candidates import Pair
from kgraph.extraction.claims.features import Features
from kgraph.extraction.claims.scoring import LinearModel, read_table
from kgraph.extraction.encoder import EncodedSentence, load_graph, padded, place
from kgraph.extraction.situation import Situation
from kgraph.model import Turn, TurnKind
from kgraph.resources import strings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_SENTENCES, _PAIRS = 3, 1500  # of one batch
_NAME = "name"  # the route of what is named itself
_REFERRING = 9  # added to the number of a type where a word only refers to the entity ("we")
_OWN, _BLOC, _SPEAKER, _EVENT = 1, 2, 3, 4


@dataclass(frozen=True)
class Judge:
    """The labels of `named` are predicates; a confidence below `threshold` makes no claim."""

    session: InferenceSession
    routes: Mapping[str, int]
    types: Mapping[str, int]
    named: LinearModel
    modalities: tuple[str, ...]
    threshold: float

    def scores(
        self,
        pairs: Sequence[Pair],
        encoded: Sequence[EncodedSentence],
        features: Features,
        turns: Sequence[Turn],
        situations: Sequence[Situation],
    ) -> tuple[np.ndarray, np.ndarray]:
        """Confidences of the relations, and scores of the modalities: arrays of pairs x labels."""
        sums = self.named.sums([features.of(pair) for pair in pairs])
        modalities = np.empty((len(pairs), len(self.modalities)), np.float32)
        page = _Page(self, encoded, features, turns, situations, pairs)
        rows: dict[int, list[int]] = {}
        for row, pair in enumerate(pairs):
            rows.setdefault(pair.sentence, []).append(row)
        for batch in _batches([(len(encoded[s].pieces), s) for s in rows], rows):
            own = [row for s in batch for row in rows[s]]
            inputs = page.inputs(batch, [[pairs[row] for row in rows[s]] for s in batch])
            said, modalities[own] = self.session.run(None, inputs)
            sums[own] += said
        return 1.0 / (1.0 + np.exp(-sums)), modalities


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


class _Page:
    """The sentences and pairs of one document as the graph takes them."""

    def __init__(
        self,
        judge: Judge,
        encoded: Sequence[EncodedSentence],
        features: Features,
        turns: Sequence[Turn],
        situations: Sequence[Situation],
        pairs: Sequence[Pair],
    ) -> None:
        self.judge, self.encoded, self.features = judge, encoded, features
        self.tree, self.turns, self.situations = features.tree, turns, situations
        self._spans: dict[Filler, tuple[int, int]] = {}
        self._kinds = self._kinds_of(dict.fromkeys(f for pair in pairs for f in (pair.subject, pair.object)))

    def _kinds_of(self, fillers: Mapping[Filler, None]) -> dict[int, int]:
        """By token: the type of the entity named there, else of the first that is referred to."""
        kinds: dict[int, int] = {}
        for filler in fillers:
            if filler.token < 0:
                continue
            kind = self.judge.types[filler.type] + 1
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

    def inputs(self, batch: Sequence[int], pairs: Sequence[Sequence[Pair]]) -> dict[str, Any]:
        """Arrays of a batch of sentences and their pairs: arguments are rows of sentence, first and last piece, type,
        route, who it is to the speaker; pairs are numbers of arguments, and the first piece of the word where they
        meet."""
        kinds, mask = padded([self._piece_kinds(s) for s in batch])
        states = np.zeros((*mask.shape, self.encoded[batch[0]].states.shape[1]), np.float32)
        for n, s in enumerate(batch):
            states[n, : len(self.encoded[s].pieces)] = self.encoded[s].states
        arguments: list[tuple[int, ...]] = []
        rows: list[tuple[int, int, int]] = []
        for n, own in enumerate(pairs):
            numbers: dict[Filler, int] = {}
            for pair in own:
                for filler in (pair.subject, pair.object):
                    if filler not in numbers:
                        numbers[filler] = len(arguments)
                        arguments.append((n, *self._argument(pair, filler)))
                rows.append((numbers[pair.subject], numbers[pair.object], self._meeting(pair)))
        subject, object_, meeting = np.array(rows, np.int64).T
        return {
            "states": states,
            "mask": mask,
            "kinds": kinds,
            "narrated": np.array([self.turns[own[0].turn].kind is TurnKind.NARRATION for own in pairs], np.int64),
            "arguments": np.array(arguments, np.int64),
            "subject": subject,
            "object": object_,
            "meeting": meeting,
        }

    def _piece_kinds(self, number: int) -> list[int]:
        """By piece of a sentence: 0, or the type of the entity that is named or referred to."""
        start, places = self.tree.sentences[number][0], self.encoded[number].places
        kinds = [0] * len(self.encoded[number].pieces)
        for token, (first, last) in enumerate(places, start):
            kind = self._kinds.get(token, 0)
            if kind:
                kinds[first:last] = [kind] * (last - first)
        return kinds

    def _meeting(self, pair: Pair) -> int:
        token, (start, end) = self.features.meeting(pair), self.tree.sentences[pair.sentence]
        return (
            place(self.encoded[pair.sentence].places, token - start, token - start + 1)[0]
            if start <= token < end
            else 0
        )

    def _argument(self, pair: Pair, filler: Filler) -> tuple[int, int, int, int, int]:
        """Pieces ``[first, last)`` (0, 0 where nobody names it), type, route, and who it is to the speaker."""
        about = (
            self.judge.types[filler.type],
            self.judge.routes.get(filler.route, 0),
            self._status(pair.turn, filler.entity),
        )
        if filler.token < 0:
            return 0, 0, *about
        (first, last), start = self._tokens(filler), self.tree.sentences[pair.sentence][0]
        return *place(self.encoded[pair.sentence].places, first - start, last - start), *about

    def _status(self, turn: int, entity: str) -> int:
        now = self.situations[turn]
        known = ((now.own, _OWN), (now.bloc, _BLOC), (now.speaker, _SPEAKER), (now.event, _EVENT))
        return next((number for who, number in known if who == entity), 0)


@cache
def load_judge(path: Path | None = None) -> Judge:
    """The judge of one file (default: the bundled one); raises as `load_graph`."""
    return load_graph(path, "judge", _judge)


def _judge(session: InferenceSession, table: Mapping[str, Any]) -> Judge:
    return Judge(
        session=session,
        routes={route: n for n, route in enumerate(strings(table, "routes"), 1)},
        types={type_: n for n, type_ in enumerate(strings(table, "types"))},
        named=read_table(table, strings(table, "labels")),
        modalities=strings(table, "modalities"),
        threshold=float(table["threshold"]),
    )

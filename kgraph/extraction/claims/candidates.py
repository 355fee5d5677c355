"""Ordered pairs of arguments in a sentence that may stand in a relation, with the frames that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.extraction.claims.arcs import UNSAID, Arcs
from kgraph.extraction.claims.arguments import Arguments, Filler
from kgraph.extraction.claims.matching import Hit
from kgraph.extraction.situation import Situation
from kgraph.extraction.tree import Tree
from kgraph.model import Entity, Turn, TurnKind

_MOST = 24  # arguments of one sentence; enumerations beyond it are cut
OWN = ("we", "I", "our")  # how routes of references to the speaker's side begin


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered candidate: `hits` are the frames that join the two, `open_hits` those whose subject is left open."""

    sentence: int
    turn: int
    subject: Filler
    object: Filler
    hits: tuple[Hit, ...] = ()
    inverse: tuple[Hit, ...] = ()
    open_hits: tuple[Hit, ...] = ()


class Candidates:
    """All pairs of a document; `allowed` holds the pairs of types that any predicate joins."""

    def __init__(
        self,
        tree: Tree,
        arguments: Arguments,
        hits: Sequence[Hit],
        turns: Sequence[Turn],
        situations: Sequence[Situation],
        allowed: frozenset[tuple[str, str]],
        arcs: Arcs,
    ) -> None:
        self.arcs = arcs
        self.tree, self.arguments, self.turns, self.situations, self.allowed = (
            tree,
            arguments,
            turns,
            situations,
            allowed,
        )
        self.joined: dict[tuple[int, str, str], list[Hit]] = {}
        self.opened: dict[tuple[int, str], list[Hit]] = {}
        for hit in hits:
            if hit.object is None:
                continue
            where = tree.sentence[hit.trigger]
            if hit.subject is not None:
                self.joined.setdefault((where, hit.subject.entity, hit.object.entity), []).append(hit)
            else:
                self.opened.setdefault((where, hit.object.entity), []).append(hit)

    def pairs(self) -> Iterator[Pair]:
        """Pairs in the order of the text."""
        spoken = self._arguments()
        turn = 0
        for n, (first, _) in enumerate(self.tree.sentences):
            while turn + 1 < len(self.turns) and self.tree.start[first] >= self.turns[turn + 1].start:
                turn += 1
            if n in spoken and self.turns[turn].kind is not TurnKind.FURNITURE:
                yield from self._of_sentence(n, turn, spoken[n])

    def _arguments(self) -> dict[int, list[Filler]]:
        found: dict[int, list[Filler]] = {}
        for filler in self.arguments.heads:
            found.setdefault(self.tree.sentence[filler.token], []).append(filler)
        for filler in self.arguments.inner:
            found.setdefault(self.tree.sentence[filler.token], []).append(filler)
        for fillers in self.arguments.referring.values():
            for filler in fillers:
                found.setdefault(self.tree.sentence[filler.token], []).append(filler)
        return found

    def _of_sentence(self, n: int, turn: int, said: list[Filler]) -> Iterator[Pair]:
        said = sorted(dict.fromkeys(said), key=lambda f: (f.start, f.end, f.entity))[:_MOST]
        everyone = said + list(self._unsaid(n, turn, {f.entity for f in said}))
        narrated = self.turns[turn].kind is TurnKind.NARRATION
        for s in everyone:
            for o in everyone:
                if s.entity == o.entity or (s.type, o.type) not in self.allowed:
                    continue
                open_hits = self._open(n, s, o)
                if (s.token < 0 or o.token < 0) and not self._worth(n, s, o, open_hits, narrated):
                    continue
                joined = tuple(self.joined.get((n, s.entity, o.entity), ()))
                inverse = tuple(self.joined.get((n, o.entity, s.entity), ()))
                yield Pair(n, turn, s, o, joined, inverse, open_hits)

    def _open(self, n: int, s: Filler, o: Filler) -> tuple[Hit, ...]:
        """Frames whose subject the text leaves open, where the speaker's side may fill it."""
        return tuple(self.opened.get((n, o.entity), ())) if s.token < 0 or s.route.startswith(OWN) else ()

    def _worth(self, n: int, s: Filler, o: Filler, open_hits: tuple[Hit, ...], narrated: bool) -> bool:
        """An argument that nobody names counts only where a word leaves a role open, or in the lines above a speech."""
        if s.token < 0 and o.token < 0:
            return False
        return narrated or bool(open_hits) or (s.token < 0 and bool(self.arcs.of(n, UNSAID, o.entity)))

    def _unsaid(self, n: int, turn: int, said: set[str]) -> Iterator[Filler]:
        """Arguments that a sentence may mean without naming them: the speaker's side, the body addressed, ..."""
        now = self.situations[turn]
        if self.turns[turn].kind is TurnKind.SPEECH:
            options = ((f"{UNSAID}-own", now.own), (f"{UNSAID}-bloc", now.bloc))
        else:
            options = ((f"{UNSAID}-event", now.event), (f"{UNSAID}-speaker", self._main_speaker()))
        for route, entity in options:
            if entity and entity not in said:
                said.add(entity)
                known: Entity = self.arguments.entities[entity]
                yield Filler(entity, known.type, -1, -1, -1, route)

    def _main_speaker(self) -> str | None:
        return next((s.speaker for s in self.situations if s.speaker), None)

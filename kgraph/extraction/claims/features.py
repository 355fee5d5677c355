"""What frames and roles say of a candidate pair: short names such as ``h=opposes`` (a frame reads it so)."""

from __future__ import annotations

from kgraph.extraction.claims.arcs import UNSAID, Arc, Arcs
from kgraph.extraction.claims.arguments import Filler
from kgraph.extraction.claims.candidates import OWN, Pair
from kgraph.extraction.claims.matching import Hit
from kgraph.extraction.tree import Tree
from kgraph.frames import Frames

_MOST_ARCS = 3
_HIGHEST = 10  # heads above an argument


class Features:
    """Names of the features of a pair, and the word where its two arguments meet, over one document."""

    def __init__(self, tree: Tree, frames: Frames, arcs: Arcs) -> None:
        self.tree, self.frames, self.arcs = tree, frames, arcs
        self._chains: dict[int, list[int]] = {}

    def of(self, pair: Pair) -> list[str]:
        """All features of a pair."""
        types = f"{pair.subject.type[:3]}>{pair.object.type[:3]}"
        return self._hits(pair, types) + self._arcs(pair, types)

    def meeting(self, pair: Pair) -> int:
        """The token where the two meet: the trigger of a frame, a word with both in a role, what stands above both, or,
        where one is unsaid, what stands above the other."""
        hits = (*pair.hits, *pair.open_hits, *pair.inverse)
        if hits:
            return max(hits, key=lambda hit: _shared(hit, pair)).trigger
        arcs, _ = self._arcs_of(pair)
        return arcs[0].word if arcs else self.above(pair)

    def above(self, pair: Pair) -> int:
        """The nearest word above both arguments in the parse, or above the one that is said."""
        s, o = pair.subject, pair.object
        if s.token >= 0 and o.token >= 0:
            over = set(self.chain(s))
            met = next((t for t in self.chain(o) if t in over), None)
            if met is not None:
                return met
        chain = self.chain(o if o.token >= 0 else s)
        return next((t for t in chain[1:] if self.tree.pos[t] != "ADP"), chain[0])

    def chain(self, filler: Filler) -> list[int]:
        """The head word of an argument that is said (of a conjunction the first), and the heads above it."""
        known = self._chains.get(filler.token)
        if known is None:
            i = self.tree.first_conjunct(filler.token)
            known = [i]
            while len(known) <= _HIGHEST and self.tree.head[i] != i:
                i = self.tree.head[i]
                known.append(i)
            self._chains[filler.token] = known
        return known

    def _classes(self, token: int) -> tuple[str, ...]:
        """Predicates that the word at `token` can express."""
        return self.frames.predicates(self.tree.pos[token], self.tree.lemma[token])

    def _hits(self, pair: Pair, types: str) -> list[str]:
        found = []
        found += [f"hi={p}" for p in {hit.frame.predicate for hit in pair.inverse}]
        for mark, hits in (("h", pair.hits), ("ho", pair.open_hits)):
            for hit in hits:
                predicate, frame = hit.frame.predicate, hit.frame.id
                found += [
                    f"{mark}={predicate}",
                    f"{mark}={predicate}|{types}",
                    f"{mark}f={frame.split(':')[0]}|{hit.subject_slot}|{hit.object_slot}",
                    f"{mark}w={frame}",
                ]
                route = hit.subject.route if hit.subject else hit.subject_slot
                found.append(f"{mark}r={predicate}|{route}|{hit.object.route if hit.object else ''}")
        return list(dict.fromkeys(found)) or ["h=none"]

    def _arcs_of(self, pair: Pair) -> tuple[list[Arc], str]:
        """Words in which the two meet, and the mark of their features."""
        s, o = pair.subject, pair.object
        arcs = self.arcs.of(pair.sentence, s.entity, o.entity)
        if not arcs and (s.token < 0 or s.route.startswith(OWN)):
            return self.arcs.of(pair.sentence, UNSAID, o.entity), "xi"
        return arcs, "x"

    def _arcs(self, pair: Pair, types: str) -> list[str]:
        """Words in which the two meet, with their deep roles."""
        arcs, mark = self._arcs_of(pair)
        found = [] if arcs else ["x=none|" + types]
        for arc in arcs[:_MOST_ARCS]:
            slots, lemma, classes = f"{arc.first}>{arc.second}", self.tree.lemma[arc.word], self._classes(arc.word)
            found += [f"{mark}={slots}", f"{mark}t={slots}|{types}", f"{mark}l={lemma}|{slots}"]
            found += [f"{mark}c={c}|{slots}" for c in classes]
            found += [f"{mark}v={c}|{types}" for c in classes]
            found.append(f"{mark}w={lemma}|{types}")
        return list(dict.fromkeys(found))


def _shared(hit: Hit, pair: Pair) -> int:
    """How many of the words of a pair fill the roles of a frame: an entity may be named more than once."""
    said = {filler.token for filler in (hit.subject, hit.object) if filler is not None}
    return len(said & {pair.subject.token, pair.object.token})

"""What the scorer sees of a candidate pair: short names such as ``og=combat`` (governor of the object)."""

from __future__ import annotations

from kgraph.extraction.claims.arcs import UNSAID, Arcs
from kgraph.extraction.claims.arguments import Filler
from kgraph.extraction.claims.candidates import Pair
from kgraph.extraction.claims.scope import Scope
from kgraph.extraction.situation import Situation
from kgraph.extraction.tree import NOUNS, VERBS, Tree
from kgraph.frames import Frames
from kgraph.model import Turn, TurnKind

_NEAR = 4
_BETWEEN = 9
_LONG = 7


class _View:
    """What is the same for every pair of an argument: its chain of heads and its governors."""

    __slots__ = ("chain", "classes", "deps", "governor", "names", "preposition")

    def __init__(self, features: Features, filler: Filler) -> None:
        tree = features.tree
        self.chain: list[int] = []
        self.deps: list[str] = []
        self.classes: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        self.governor, self.preposition = "", ""
        if filler.token < 0:
            return
        i = tree.first_conjunct(filler.token)
        self.chain.append(i)
        for _ in range(10):
            h = tree.head[i]
            if h == i:
                break
            self.deps.append(tree.dep[i])
            i = h
            self.chain.append(i)
        governor = -1
        for k in self.chain[1:]:
            if tree.pos[k] == "ADP":
                self.preposition = self.preposition or tree.lower[k]
                continue
            governor = k
            break
        self.governor = tree.lemma[governor] if governor >= 0 else "root"
        self.classes = features.classes(governor) if governor >= 0 else ()
        self.names = (tree.lemma[filler.token],) if tree.pos[filler.token] == "NOUN" else ()


class Features:
    """Names of the features of a pair, over one document."""

    def __init__(
        self,
        tree: Tree,
        frames: Frames,
        scope: Scope,
        turns: tuple[Turn, ...],
        situations: tuple[Situation, ...],
        arcs: Arcs,
    ) -> None:
        self.arcs = arcs
        self.tree, self.frames, self.scope, self.turns, self.situations = tree, frames, scope, turns, situations
        self._views: dict[tuple[int, str], _View] = {}
        self._places: dict[tuple[int, int, int, int, str], list[str]] = {}
        self._sides: dict[tuple[Filler, str], list[str]] = {}

    def classes(self, token: int) -> tuple[str, ...]:
        """Predicates that the word at `token` can express."""
        return self.frames.predicates(self.tree.pos[token], self.tree.lemma[token])

    def view(self, filler: Filler) -> _View:
        """The chain of heads of an argument."""
        key = (filler.token, filler.type)
        known = self._views.get(key)
        if known is None:
            known = self._views[key] = _View(self, filler)
        return known

    def of(self, pair: Pair) -> list[str]:
        """All features of a pair."""
        return [name for part in (*self.parts(pair), self.place(pair)) for name in part]

    def parts(self, pair: Pair) -> tuple[list[str], list[str], list[str]]:
        """Features of the subject, of the object (shared lists), and of the pair itself, without those of `place`."""
        s, o = pair.subject, pair.object
        types = f"{s.type[:3]}>{o.type[:3]}"
        own = [f"t={types}", f"r={s.route}>{o.route}", f"tr={types}|{s.route}|{o.route}"]
        own += self._situation(pair, types) + self._hits(pair, types) + self._arcs(pair, types)
        return self.side(s, "s"), self.side(o, "o"), own

    def place(self, pair: Pair) -> list[str]:
        """Path and words between the two places in the text, computed once."""
        s, o = pair.subject, pair.object
        types = f"{s.type[:3]}>{o.type[:3]}"
        key = (s.token, o.token, s.start, o.start, types)
        known = self._places.get(key)
        if known is None:
            if s.token >= 0 and o.token >= 0:
                known = self._path(s, o, types) + self._between(s, o, types)
            else:
                known = self._alone(o if s.token < 0 else s, types, "o" if s.token < 0 else "s")
            self._places[key] = known
        return known

    def side(self, f: Filler, side: str) -> list[str]:
        """Features of one argument alone."""
        key = (f, side)
        known = self._sides.get(key)
        if known is None:
            known = self._sides[key] = self._side(f, side)
        return known

    def _side(self, f: Filler, side: str) -> list[str]:
        if f.token < 0:
            return []
        view = self.view(f)
        kind = f.type[:3]
        found = [f"{side}g={view.governor}", f"{side}d={kind}|{view.deps[0] if view.deps else 'root'}"]
        found += [f"{side}c={c}|{kind}" for c in view.classes]
        found += [f"{side}n={n}" for n in view.names]
        if view.preposition:
            found += [f"{side}p={view.preposition}|{kind}", f"{side}pg={view.governor}-{view.preposition}"]
        found += self._neighbours(f, side, kind)
        found += [f"{side}m={c}" for c in sorted({c.category for c in self.scope.cues_at(view.chain[0])})]
        return found

    def _neighbours(self, f: Filler, side: str, kind: str) -> list[str]:
        """The words beside a name: "President" before "Biden", "-led" after "US"."""
        tree = self.tree
        first, last = tree.tokens(f.start, f.end)[0], tree.tokens(f.start, f.end)[-1]
        found = [f"{side}b={tree.lower[first - 1]}|{kind}"] if first else []
        return [*found, f"{side}a={tree.lower[last + 1]}|{kind}"] if last + 1 < tree.size else found

    def _situation(self, pair: Pair, types: str) -> list[str]:
        s, o, now = pair.subject, pair.object, self.situations[pair.turn]
        kind = self.turns[pair.turn].kind
        found = ["k=narration|" + types] if kind is TurnKind.NARRATION else []
        for side, f in (("s", s), ("o", o)):
            if f.entity == now.own:
                found.append(f"{side}=own|{types}")
            elif f.entity == now.bloc:
                found.append(f"{side}=bloc|{types}")
            elif f.entity == now.speaker:
                found.append(f"{side}=speaker|{types}")
            elif f.entity == now.event:
                found.append(f"{side}=event|{types}")
        return found

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

    def _arcs(self, pair: Pair, types: str) -> list[str]:
        """Words in which the two meet, with their deep roles."""
        s, o = pair.subject, pair.object
        arcs = self.arcs.of(pair.sentence, s.entity, o.entity)
        mark = "x"
        if not arcs and (s.token < 0 or s.route.startswith(("we", "I", "our"))):
            arcs, mark = self.arcs.of(pair.sentence, UNSAID, o.entity), "xi"
        found = [] if arcs else ["x=none|" + types]
        for arc in arcs[:3]:
            slots = f"{arc.first}>{arc.second}"
            found += [f"{mark}={slots}", f"{mark}t={slots}|{types}", f"{mark}l={self.tree.lemma[arc.word]}|{slots}"]
            found += [f"{mark}c={c}|{slots}" for c in self.classes(arc.word)]
            found += [f"{mark}v={c}|{types}" for c in self.classes(arc.word)]
            found.append(f"{mark}w={self.tree.lemma[arc.word]}|{types}")
        return list(dict.fromkeys(found))

    def _path(self, s: Filler, o: Filler, types: str) -> list[str]:
        tree = self.tree
        a, b = self.view(s), self.view(o)
        place = {t: n for n, t in enumerate(a.chain)}
        down = next((n for n, t in enumerate(b.chain) if t in place), None)
        if down is None:
            return ["dp=none"]
        up = place[b.chain[down]]
        top = b.chain[down]
        deps = [*a.deps[:up], "^", *reversed(b.deps[:down])]
        inner = a.chain[1:up] + b.chain[1:down]
        found = [f"pl={min(up + down, _LONG)}"]
        if up + down <= _LONG:
            path = ".".join(deps)
            found += [f"dp={path}", f"dt={path}|{types}"]
        if up and down:
            inner = [*inner, top]
            found.append(f"lca={tree.lemma[top]}")
        found += [
            f"in={tree.lemma[t]}" for t in inner if tree.pos[t] in NOUNS or tree.pos[t] in VERBS or tree.pos[t] == "ADJ"
        ]
        found += [f"ip={tree.lower[t]}|{types}" for t in inner if tree.pos[t] == "ADP"]
        found += [f"ic={c}|{types}" for c in {c for t in inner for c in self.classes(t)}]
        shape = ("u" if up else "") + ("d" if down else "") + ("=" if not up and not down else "")
        found.append(f"ps={shape}|{types}")
        return found

    def _between(self, s: Filler, o: Filler, types: str) -> list[str]:
        tree = self.tree
        first, second, order = (s, o, "so") if s.start < o.start else (o, s, "os")
        words = list(tree.tokens(first.end, second.start)) if second.start > first.end else []
        gap = len(words)
        found = [f"or={order}|{types}", f"gap={order}{min(gap, 12) if gap < 5 else 5 if gap < 12 else 12}"]
        if gap <= _NEAR:
            near = "_".join(tree.lower[i] for i in words)
            found += [f"bw={order}:{near}", f"bt={order}:{near}|{types}"]
        if gap <= _BETWEEN:
            found += [f"bb={order}:{tree.lemma[i]}" for i in words if tree.pos[i] not in ("DET", "PUNCT", "SPACE")]
        before = tree.tokens(max(0, first.start - 2), first.start)
        if before and first is not o:
            found.append(f"be={tree.lower[before[-1]]}|{types}")
        return found

    def _alone(self, f: Filler, types: str, side: str) -> list[str]:
        """Where one argument is unsaid: what hangs over the other, all the way up."""
        tree, view = self.tree, self.view(f)
        found = [f"a{side}d={types}|" + ".".join(view.deps[:3])]
        for n, t in enumerate(view.chain[1:6]):
            if tree.pos[t] == "ADP":
                continue
            found.append(f"a{side}w={tree.lemma[t]}")
            found += [f"a{side}c={c}|{types}|{min(n, 3)}" for c in self.classes(t)]
        root = view.chain[-1]
        found.append(f"a{side}root={tree.lemma[root]}")
        found.append(f"a{side}subj={tree.child(root, 'nsubj', 'nsubjpass') >= 0}")
        return found

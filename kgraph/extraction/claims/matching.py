"""Frames found in a parse: one walk over the tokens, a dictionary look-up by lemma, slots filled on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.extraction.claims.arguments import Arguments, Filler
from kgraph.extraction.claims.roles import IMPLICIT, Roles
from kgraph.extraction.tree import VERBS, Tree
from kgraph.frames import Frame, FrameKind, Frames

_TITLE_REACH = 14
_TITLE_INNER = frozenset(("of", "the", "and", "for", "'s", "’s", "-"))
_RENAMED = {"towards": "toward", "out": "of"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame with its roles filled; `subject` is None where it is left open (`subject_slot` "implicit" or "open")."""

    frame: Frame
    trigger: int
    subject: Filler | None
    object: Filler | None  # None for a trend
    subject_slot: str
    object_slot: str


class Matcher:
    """Finds hits; holds what one document needs."""

    def __init__(self, tree: Tree, roles: Roles, arguments: Arguments, frames: Frames) -> None:
        self.tree, self.roles, self.arguments, self.frames = tree, roles, arguments, frames

    def hits(self) -> Iterator[Hit]:
        """Every frame with at least its object filled, in the order of the text."""
        tree, of_lemma = self.tree, self.frames.of_lemma
        tops = {f.token: f for f in self.arguments.heads}
        named = of_lemma("MENTION", "*")
        for i in range(tree.size):
            for frame in of_lemma(tree.pos[i], tree.lemma[i]):
                words = self._words(i, frame.words)
                if words is not None:
                    yield from self._fill(i, frame, words)
            if i in tops:
                for frame in named:
                    yield from self._fill(i, frame, ())

    def _words(self, head: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
        """Tokens of the further words of a construction, each hanging on the one before or on the head."""
        found: list[int] = []
        for word in words:
            place = self._below((head, *found), word)
            if place is None:
                return None
            found.append(place)
        return tuple(found)

    def _below(self, over: tuple[int, ...], word: str) -> int | None:
        tree = self.tree
        for i in reversed(over):
            for c in tree.children[i]:
                if tree.lemma[c] == word or tree.lower[c] == word:
                    return c
                if tree.dep[c] == "prep":
                    for k in tree.children[c]:
                        if tree.lemma[k] == word:
                            return k
        if tree.tag[over[0]] == "VBN":
            for c in self.roles.objects(over[0]):
                if tree.lemma[c] == word:
                    return c
        return None

    def _fill(self, i: int, frame: Frame, words: tuple[int, ...]) -> Iterator[Hit]:
        if frame.trend is not None:
            for slot, filler in self._role(i, words, frame.subject, frame.subject_types, frame):
                if filler is not None:
                    yield Hit(frame, i, filler, None, slot, "")
            return
        objects = [(s, f) for s, f in self._role(i, words, frame.object, frame.object_types, frame) if f is not None]
        if not objects:
            return
        subjects = list(self._role(i, words, frame.subject, frame.subject_types, frame))
        if frame.kind is FrameKind.MENTION:
            subjects = [(s, f) for s, f in subjects if f is not None]
        elif not subjects:
            subjects = [("open", None)]
        for object_slot, o in objects:
            for subject_slot, s in subjects:
                if s is None or s.entity != o.entity:
                    yield Hit(frame, i, s, o, subject_slot, object_slot)
        if frame.mutual:
            yield from self._mutual(frame, i, [f for _, f in subjects if f is not None])

    def _mutual(self, frame: Frame, i: int, parties: list[Filler]) -> Iterator[Hit]:
        for n, a in enumerate(parties):
            for b in parties[n + 1 :]:
                if a.entity != b.entity and b.type in frame.object_types:
                    yield Hit(frame, i, a, b, "subj", "mutual")

    def _role(
        self, i: int, words: tuple[int, ...], slots: tuple[str, ...], types: frozenset[str], frame: Frame
    ) -> Iterator[tuple[str, Filler | None]]:
        """(slot, filler) for the first slot that is filled, for all slots of a `multiple` frame."""
        for slot in slots:
            tokens = self._slot(i, words, slot, frame)
            some = False
            for token in tokens:
                if token == IMPLICIT:
                    some = True
                    yield "implicit", None
                    continue
                for filler in self.arguments.fillers(token):
                    if filler.type in types:
                        some = True
                        yield slot, filler
            if some and not frame.multiple:
                return

    def _slot(self, i: int, words: tuple[int, ...], slot: str, frame: Frame) -> list[int]:
        if slot == "subj":
            return self._subject(i)
        if slot == "obj":
            return self.roles.objects(i)
        if slot == "self":
            return [i]
        method = getattr(self, "_slot_" + slot, None)
        if method is not None:
            return method(i)
        found = self.roles.preposition(i, slot)
        for word in words:
            found = found or self.roles.preposition(word, slot)
        return found

    def _subject(self, i: int) -> list[int]:
        """The deep subject of a verb; what a predicate noun or adjective is said of."""
        tree = self.tree
        if tree.pos[i] in VERBS:
            return self.roles.subjects(i)
        top = tree.first_conjunct(i)
        head, dep = tree.head[top], tree.dep[top]
        if dep in ("attr", "acomp", "oprd", "dobj") and tree.pos[head] in VERBS:
            if dep == "dobj" and tree.lemma[head] not in ("become", "remain", "represent", "constitute", "pose", "be"):
                return []
            return self.roles.subjects(head)
        if dep == "amod":
            return [head]
        if dep == "appos":
            return [head]
        if dep == "pobj" and tree.lower[head] in ("as", "in", "under", "on") and tree.pos[tree.head[head]] in VERBS:
            verb = tree.head[head]
            return (self.roles.objects(verb) if tree.lower[head] == "as" else []) or self.roles.subjects(verb)
        return [tree.head[head]] if dep == "relcl" else []

    def _slot_iobj(self, i: int) -> list[int]:
        return [c for c in self.tree.children[i] if self.tree.dep[c] == "dative" and self.tree.pos[c] != "ADP"]

    def _slot_poss(self, i: int) -> list[int]:
        return [c for c in self.tree.children[i] if self.tree.dep[c] == "poss"]

    def _slot_compound(self, i: int) -> list[int]:
        tree = self.tree
        return [c for c in tree.children[i] if tree.dep[c] in ("compound", "nmod", "amod") and tree.pos[c] != "VERB"]

    _slot_amod = _slot_compound

    def _slot_holder(self, i: int) -> list[int]:
        return self.roles.holders(i)

    def _slot_appos(self, i: int) -> list[int]:
        tree = self.tree
        top = tree.first_conjunct(i)
        up = [tree.head[top]] if tree.dep[top] == "appos" else []
        return up + [c for c in tree.children[i] if tree.dep[c] == "appos"]

    _slot_apposhead = _slot_appos

    def _slot_title(self, i: int) -> list[int]:
        """The person that a title stands before: "President of Russia Vladimir Putin"."""
        tree = self.tree
        for k in range(i + 1, min(tree.size, i + _TITLE_REACH)):
            filler = self.arguments.named.get(k)
            if filler is not None and filler.type == "Person":
                return [k]
            if filler is None and tree.pos[k] not in ("NOUN", "PROPN", "ADJ") and tree.lower[k] not in _TITLE_INNER:
                return []
        return []

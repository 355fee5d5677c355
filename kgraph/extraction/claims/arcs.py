"""Who stands in which deep role of which word: for every verb and noun, whether or not a frame knows it."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.extraction.claims.arguments import Arguments, Filler
from kgraph.extraction.claims.roles import IMPLICIT, Roles
from kgraph.extraction.tree import NOUNS, Tree

_MOST = 12  # fillers of one role
UNSAID = "implicit"


@dataclass(frozen=True, slots=True)
class Arc:
    """Two fillers meet in a word; slots: S (subject), O (object), H (holder), C (modifier), N (name), a preposition."""

    word: int
    first: str
    second: str


class Arcs:
    """Arcs of one document, by sentence and entities."""

    def __init__(self, tree: Tree, roles: Roles, arguments: Arguments) -> None:
        self.tree, self.roles, self.arguments = tree, roles, arguments
        self.joined: dict[tuple[int, str, str], list[Arc]] = {}
        for i in range(tree.size):
            if tree.pos[i] == "VERB":
                self._add(i, self._of_verb(i))
            elif tree.pos[i] in NOUNS and tree.children[i]:
                self._add(i, self._of_noun(i))

    def of(self, sentence: int, subject: str, object_: str) -> list[Arc]:
        """Arcs from one entity (or `UNSAID`) to another in a sentence."""
        return self.joined.get((sentence, subject, object_), [])

    def _add(self, word: int, slots: dict[str, list[str]]) -> None:
        """Every ordered pair of slots of a word that two entities fill."""
        if len(slots) < 2:
            return
        sentence = self.tree.sentence[word]
        for a, first in slots.items():
            for b, second in slots.items():
                if a == b:
                    continue
                arc = Arc(word, a, b)
                for s in first:
                    for o in second:
                        if s != o:
                            self.joined.setdefault((sentence, s, o), []).append(arc)

    def _of_verb(self, verb: int) -> dict[str, list[str]]:
        slots: dict[str, list[str]] = {}
        self._put(slots, "S", self.roles.subjects(verb) or [IMPLICIT])
        self._put(slots, "O", self.roles.objects(verb))
        self._prepositions(slots, verb)
        return slots

    def _of_noun(self, noun: int) -> dict[str, list[str]]:
        tree = self.tree
        slots: dict[str, list[str]] = {}
        name = self.arguments.named.get(noun)
        if name is not None:
            slots["N"] = [name.entity]
        else:
            self._put(slots, "H", self.roles.holders(noun))
        for c in tree.children[noun]:
            if tree.dep[c] in ("compound", "amod", "nmod"):
                self._put(slots, "C", [c])
            elif tree.dep[c] == "poss" and name is not None:
                self._put(slots, "H", [c])
        self._prepositions(slots, noun)
        return slots

    def _prepositions(self, slots: dict[str, list[str]], word: int) -> None:
        tree = self.tree
        for c in tree.children[word]:
            if tree.dep[c] in ("prep", "dative") and tree.pos[c] == "ADP":
                self._put(slots, tree.lower[c], [k for k in tree.children[c] if tree.dep[k] == "pobj"])

    def _put(self, slots: dict[str, list[str]], slot: str, tokens: list[int]) -> None:
        found = slots.get(slot, [])
        for t in tokens:
            if t == IMPLICIT:
                found = [*found, UNSAID]
            else:
                found = found + [f.entity for f in self._fillers(t)]
        if found:
            slots[slot] = found[:_MOST]

    def _fillers(self, token: int) -> list[Filler]:
        return self.arguments.fillers(token)

"""Whose claim it is: the speaker of the turn, the narrator, or a party whose words the speaker gives."""

from __future__ import annotations

from kgraph.cues import Cues
from kgraph.extraction.claims.arguments import Arguments
from kgraph.extraction.claims.roles import Roles
from kgraph.extraction.situation import Situation
from kgraph.extraction.tree import Tree

NARRATOR = "entity/narrator"
UNKNOWN_SPEAKER = "entity/unknown-speaker"
_SPEAKING = frozenset(("State", "Organisation", "Person"))
_UP = 12


class Voices:
    """Finds the party that is quoted at a token, over one document."""

    def __init__(self, tree: Tree, roles: Roles, arguments: Arguments, cues: Cues) -> None:
        self.tree, self.roles, self.arguments, self.cues = tree, roles, arguments, cues
        self._found: dict[int, str | None] = {}

    def quoted(self, token: int, now: Situation) -> str | None:
        """The entity whose words stand at `token`, None where the speaker speaks for himself."""
        if token not in self._found:
            self._found[token] = self._find(token)
        found = self._found[token]
        return None if found in (now.speaker, now.own, now.bloc) else found

    def _find(self, token: int) -> str | None:
        tree = self.tree
        for _ in range(_UP):
            head, dep = tree.head[token], tree.dep[token]
            source = self._according(token)
            if source:
                return source
            if head == token:
                return None
            said = "attribution" in self.cues.below.get(tree.lemma[head], ())
            if said and dep == "ccomp":
                return self._speaker_of(head)
            if said and dep in ("acl", "pcomp", "prep") and tree.pos[head] == "NOUN":
                return self._named(self.roles.holders(head))
            token = head
        return None

    def _speaker_of(self, verb: int) -> str | None:
        return self._named(self.roles.subjects(verb))

    def _named(self, tokens: list[int]) -> str | None:
        for t in tokens:
            if t >= 0:
                for filler in self.arguments.fillers(t):
                    if filler.type in _SPEAKING:
                        return filler.entity
        return None

    def _according(self, token: int) -> str | None:
        """ "According to X, ...", "in the opinion of X, ..."."""
        tree = self.tree
        for c in tree.children[token]:
            if tree.dep[c] == "prep" and "according" in self.cues.above.get(tree.lower[c], ()):
                inner = [k for p in tree.children[c] for k in [p, *tree.children[p]]]
                return self._named([k for k in inner if tree.dep[k] == "pobj"])
        return None

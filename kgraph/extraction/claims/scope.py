"""Polarity and modality cues that reach a word: a walk up the parse, past negations, modals and governors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.cues import Cues
from kgraph.extraction.tree import VERBS, Tree

_STEPS = 7
_CARRYING = frozenset(
    "xcomp ccomp acl advcl pcomp prep pobj dobj conj csubj nsubj nsubjpass attr acomp appos oprd compound agent amod "
    "poss nmod dep".split()
)
_MODAL = frozenset(("possible", "intended", "calledFor"))


@dataclass(frozen=True, slots=True)
class Scoped:
    """A cue that reaches a word: its category, lemma, token, and how many steps up the parse it stands."""

    category: str
    word: str
    token: int
    step: int


class Scope:
    """Cues over one `Tree`, found once a word."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        self.tree, self.cues = tree, cues
        self._found: dict[int, tuple[Scoped, ...]] = {}
        self._local: dict[int, tuple[tuple[str, str, int], ...]] = {}

    def cues_at(self, token: int) -> tuple[Scoped, ...]:
        """Cues that reach `token`, the nearest first."""
        known = self._found.get(token)
        if known is None:
            known = self._found[token] = tuple(self._walk(token))
        return known

    def _walk(self, token: int) -> list[Scoped]:
        tree, found, step = self.tree, [], 0
        seen: set[int] = set()
        while step < _STEPS:
            if step == 0 or tree.pos[token] in VERBS or tree.pos[token] == "ADJ" or step < 2:
                for category, word, where in self._hanging(token):
                    if where not in seen:
                        seen.add(where)
                        found.append(Scoped(category, word, where, step))
            dep, head = tree.dep[token], tree.head[token]
            if head == token or dep == "relcl" or dep not in _CARRYING:
                return found
            if dep == "ccomp" and "attribution" in self.cues.below.get(tree.lemma[head], ()):
                found.append(Scoped("attribution", tree.lemma[head], head, step))
                if not self.cues.below[tree.lemma[head]] & _MODAL:
                    return found
            if dep == "advcl" and tree.tag[token] == "VB":
                found.append(Scoped("purpose", "to", token, step))
            step += 0 if dep in ("prep", "pobj", "pcomp", "conj") else 1
            if not (dep == "conj" and tree.child(token, "nsubj", "nsubjpass") >= 0):
                for category in self.cues.below.get(tree.lemma[head], ()):
                    if category != "attribution" and head not in seen and dep not in ("nsubj", "poss"):
                        seen.add(head)
                        found.append(Scoped(category, tree.lemma[head], head, step))
            else:
                return found
            token = head
        return found

    def _hanging(self, token: int) -> tuple[tuple[str, str, int], ...]:
        """(category, word, token) of the cues that hang on `token`: "not", "must", "if", a predicate adjective."""
        known = self._local.get(token)
        if known is None:
            known = self._local[token] = tuple(self._find_hanging(token))
        return known

    def _find_hanging(self, token: int) -> Iterator[tuple[str, str, int]]:
        tree, above, below = self.tree, self.cues.above, self.cues.below
        for c in tree.children[token]:
            dep, word = tree.dep[c], self._hyphened(c)
            if dep in ("aux", "auxpass", "neg", "advmod", "det", "amod", "cc", "preconj") and not self._not_only(c):
                for category in above.get(word, ()) or above.get(tree.lemma[c], ()):
                    if not (tree.lemma[c] == "have" and dep != "aux") and not (
                        word in ("have", "has", "had", "having", "need") and dep == "aux" and word != "need"
                    ):
                        yield category, word, c
            elif dep == "mark" and "possible" in below.get(word, ()):
                yield "possible", word, c
            elif dep in ("acomp", "attr") and tree.lemma[token] == "be":
                for category in below.get(tree.lemma[c], ()):
                    if category != "attribution":
                        yield category, tree.lemma[c], c

    def _hyphened(self, c: int) -> str:
        """The word with what a hyphen joins before it: "so-called" is three tokens."""
        lower = self.tree.lower
        return f"{lower[c - 2]}-{lower[c]}" if c > 1 and lower[c - 1] == "-" else lower[c]

    def _not_only(self, c: int) -> bool:
        """ "not only ... but also" denies nothing."""
        tree = self.tree
        return tree.lower[c] in ("not", "n't") and any(
            tree.lower[k] in ("only", "just", "merely", "simply") for k in range(c + 1, min(c + 3, tree.size))
        )

    def question(self, token: int) -> bool:
        """Whether the sentence of `token` is a question."""
        tree = self.tree
        first, last = tree.sentences[tree.sentence[token]]
        return any(tree.lower[i] == "?" for i in range(max(first, last - 3), last))

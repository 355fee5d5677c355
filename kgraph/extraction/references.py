"""Pronouns and empty nominals ("the country", "these groups", "here") -> the entities that they stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.cues import Cues, load_cues
from kgraph.extraction.situation import Situation, find_situations
from kgraph.extraction.tree import NOUNS, VERBS, Tree
from kgraph.model import Entity, Mention, Speech, Turn, TurnKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_REACH = 3  # sentences back in which an antecedent is looked for
_POINTERS = frozenset(("the", "this", "that", "these", "those", "such", "our", "your", "its", "their"))


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or empty nominal ``[start, end)`` and what it stands for (several where plural).

    `rule` names how it was resolved: "we-own", "we-bloc", "I", "you", "it", "they", "nominal", "here".
    """

    start: int
    end: int
    entities: tuple[str, ...]
    rule: str
    confidence: float = 1.0


def find_references(
    speech: Speech,
    doc: Doc,
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
    cues: Cues | None = None,
    tree: Tree | None = None,
    situations: Sequence[Situation] | None = None,
) -> tuple[Reference, ...]:
    """References of a speech in order; readings that compete (own state, bloc) are separate references."""
    cues = cues or load_cues()
    tree = tree or Tree(doc)
    situations = situations or find_situations(speech, mentions, entities, cues)
    return tuple(_Resolver(speech, tree, mentions, entities, cues, situations).run())


class _Resolver:
    def __init__(
        self,
        speech: Speech,
        tree: Tree,
        mentions: Sequence[Mention],
        entities: Mapping[str, Entity],
        cues: Cues,
        situations: Sequence[Situation],
    ) -> None:
        self.tree, self.cues, self.entities = tree, cues, entities
        self.turns = speech.turns or (Turn(0, len(speech.text), TurnKind.SPEECH, speech.speaker),)
        self.situations = situations
        self.names = sorted((m for m in mentions if m.entity in entities), key=lambda m: m.start)
        self.starts = [m.start for m in self.names]
        self.tops = [self.tree.top(tree.tokens(m.start, m.end)) for m in self.names]
        self.covered = {i for m in self.names for i in tree.tokens(m.start, m.end)}

    def run(self) -> Iterator[Reference]:
        turn = 0
        for i in range(self.tree.size):
            while turn + 1 < len(self.turns) and self.tree.start[i] >= self.turns[turn + 1].start:
                turn += 1
            if i in self.covered or self.turns[turn].kind is TurnKind.FURNITURE:
                continue
            kind = self.cues.pronouns.get(self.tree.lower[i])
            if kind is not None:
                yield from self._pronoun(i, kind, self.situations[turn])
            elif self.tree.pos[i] in NOUNS and self.tree.lemma[i] in self.cues.nominals:
                yield from self._nominal(i, self.cues.nominals[self.tree.lemma[i]], self.situations[turn])

    def _make(self, i: int, entities: Sequence[str | None], rule: str, confidence: float) -> Iterator[Reference]:
        known = tuple(dict.fromkeys(e for e in entities if e))
        if known:
            yield Reference(self.tree.start[i], self.tree.end[i], known, rule, confidence)

    def _pronoun(self, i: int, kind: str, now: Situation) -> Iterator[Reference]:
        if kind == "first_plural":
            yield from self._make(i, [now.own], "we-own", 0.8)
            yield from self._make(i, [now.bloc], "we-bloc", 0.4)
        elif kind == "first_singular":
            yield from self._make(i, [now.speaker], "I", 0.9)
            yield from self._make(i, [now.own], "I-own", 0.5)
        elif kind == "second":
            yield from self._make(i, now.audience[:1], "you", 0.7)
        elif kind == "third_plural":
            yield from self._make(i, self._plural(i), "they", 0.6)
        elif kind == "person":
            yield from self._make(i, self._back(i, ("Person",)), "he", 0.7)
        elif kind == "here":
            yield from self._make(i, [now.place], "here", 0.5)
        elif self.tree.lower[i] in ("it", "its", "itself") and not self._expletive(i):
            yield from self._make(i, self._singular(i), "it", 0.6)
        elif self.tree.lower[i] in ("this", "that") and self.tree.dep[i] in ("nsubj", "nsubjpass"):
            yield from self._make(i, self._back(i, ("Event", "Threat", "Agreement")), "this", 0.4)

    def _expletive(self, i: int) -> bool:
        """ "it is important to", "it is clear that"."""
        tree = self.tree
        verb = tree.head[i]
        if tree.dep[i] == "expl":
            return True
        return tree.lemma[verb] == "be" and any(
            tree.dep[c] in ("acomp", "attr")
            and any(tree.dep[k] in ("xcomp", "ccomp", "advcl") for k in tree.children[c] + tree.children[verb])
            for c in tree.children[verb]
        )

    def _before(self, i: int, sentences: int) -> Iterator[int]:
        """Indices of the names before token `i`, the nearest first, at most `sentences` back."""
        first = max(0, self.tree.sentence[i] - sentences)
        offset = self.tree.start[self.tree.sentences[first][0]]
        for n in range(bisect_left(self.starts, self.tree.start[i]) - 1, -1, -1):
            if self.starts[n] < offset:
                return
            yield n

    def _type(self, n: int) -> str:
        return self.entities[self.names[n].entity].type

    def _subject(self, n: int) -> bool:
        top = self.tops[n]
        return top >= 0 and self.tree.dep[self.tree.first_conjunct(top)] in ("nsubj", "nsubjpass")

    def _back(self, i: int, types: tuple[str, ...]) -> list[str]:
        """The antecedent of one of `types`: the nearest sentence first, in it the subject, else the nearest name."""
        best: int | None = None
        barred = self._barred(i)
        for n in self._before(i, _REACH):
            if self._type(n) not in types or self.names[n].entity in barred:
                continue
            if best is not None and self.tree.sentence[self.tops[n]] != self.tree.sentence[self.tops[best]]:
                break
            if self._subject(n):
                return [self.names[n].entity]
            best = n if best is None else best
        return [] if best is None else [self.names[best].entity]

    def _barred(self, i: int) -> set[str]:
        """Entities that `i` cannot stand for: those that its own verb, and verbs joined to it, name beside it.

        "The country is controlled by X" is not said of X; in "X uses it against Y" the pronoun is neither X nor Y.
        """
        tree = self.tree
        if tree.dep[i] == "poss":
            return set()
        verb, top = i, tree.first_conjunct(i)
        for _ in range(3):
            verb = tree.head[top]
            if tree.pos[verb] in VERBS or verb == top:
                break
            top = verb
        if tree.pos[verb] not in VERBS:
            return set()
        subject = tree.dep[tree.first_conjunct(i)] in ("nsubj", "nsubjpass")
        first, last = tree.sentences[tree.sentence[i]]
        near = range(bisect_left(self.starts, tree.start[first]), bisect_left(self.starts, tree.end[last - 1]))
        return {self.names[n].entity for n in near if self._beside(n, i, verb, subject)}

    def _beside(self, n: int, i: int, verb: int, subject: bool) -> bool:
        """Whether name `n` fills a role of `verb` (of a verb coordinated with it, when `i` is the subject)."""
        tree, top = self.tree, self.tops[n]
        if top < 0 or tree.sentence[top] != tree.sentence[i]:
            return False
        if tree.dep[verb] == "relcl" and tree.head[verb] == tree.first_conjunct(top):
            return any(tree.lower[c] in ("which", "who", "that") for c in tree.children[verb])
        t = tree.first_conjunct(top)
        for _ in range(2):
            above = tree.head[t]
            joined = subject and top > i and tree.pos[above] in VERBS and tree.first_conjunct(above) == verb
            if above == verb or joined:
                return tree.dep[t] not in ("advcl", "ccomp", "parataxis")
            if tree.pos[above] != "ADP":
                return False
            t = above
        return False

    def _singular(self, i: int) -> list[str]:
        """The nearest subject before "it", the same sentence first; else the nearest actor."""
        types = ("State", "Organisation", "Threat", "Event", "Agreement", "Weapon", "Facility", "Place")
        return self._back(i, types)

    def _plural(self, i: int) -> list[str]:
        """A coordination or a plural name before "they"; else the nearest actor."""
        fallback: list[str] = []
        barred = self._barred(i)
        for n in self._before(i, 2):
            top = self.tops[n]
            if top < 0 or self._type(n) in ("Place", "Event") or self.names[n].entity in barred:
                continue
            group = self._group(n)
            if len(group) > 1 or self.tree.tag[top] in ("NNS", "NNPS"):
                return group
            if self._type(n) in ("State", "Organisation") and (not fallback or self._subject(n)):
                fallback = fallback or [self.names[n].entity]
        return fallback

    def _group(self, n: int) -> list[str]:
        """The names coordinated with one name, in the order of the text."""
        base = self.tree.first_conjunct(self.tops[n])
        near = range(max(0, n - 12), n + 1)
        same = [k for k in near if self.tops[k] >= 0 and self.tree.first_conjunct(self.tops[k]) == base]
        return [self.names[k].entity for k in same if self._type(k) == self._type(n)] or [self.names[n].entity]

    def _nominal(self, i: int, kind: str, now: Situation) -> Iterator[Reference]:
        tree = self.tree
        pointer = next(
            (
                tree.lower[c]
                for c in tree.children[i]
                if tree.dep[c] in ("det", "poss", "predet") and tree.lower[c] in _POINTERS
            ),
            None,
        )
        if pointer is None or any(c in self.covered for c in tree.children[i]):
            return
        if any(tree.dep[c] in ("prep", "relcl", "acl") for c in tree.children[i]) and pointer == "the":
            return
        if pointer == "our":
            yield from self._ours(i, kind, now)
        elif pointer == "your":
            yield from self._make(i, now.audience[:1], "your-nominal", 0.4)
        elif pointer not in ("its", "their"):
            yield from self._make(i, self._back(i, (kind,)), "nominal", 0.6 if pointer != "the" else 0.4)

    def _ours(self, i: int, kind: str, now: Situation) -> Iterator[Reference]:
        if kind == "State":
            plural = self.tree.tag[i] == "NNS"
            yield from self._make(i, [now.bloc if plural else now.own], "our-states" if plural else "our-state", 0.7)
        elif kind == "Organisation":
            yield from self._make(i, [now.bloc], "our-organisation", 0.6)
        elif kind == "Place":
            yield from self._make(i, [now.own], "our-region", 0.4)
        else:
            yield from self._make(i, self._back(i, (kind,)), "nominal", 0.3)

"""Which mentions of a common event noun are the same event: "the meeting", "our summit", "the last meeting".

Such events live within one speech. A mention joins the latest event of its family that nothing sets apart from it:
number, an ordinal, words such as "next", or the names that describe it ("the war in Syria", "the war in Ukraine").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import Concept
from kgraph.lexicon.patterns import Patterns


@dataclass(slots=True)
class Event:
    """An event of a speech: its number, what sets it apart, the names that describe it; `concept` if it has a name."""

    number: int
    family: str
    plural: bool
    apart: frozenset[str]
    ordinal: str
    names: set[str]
    words: tuple[str, ...]
    concept: str | None = None


class Events:
    """Events of one speech, in the order in which they are first mentioned; `names` are the entities by token."""

    def __init__(self, words: Words, patterns: Patterns, names: Mapping[int, str]) -> None:
        self._words, self._patterns, self._names = words, patterns, names
        self._events: list[Event] = []

    def add(self, concept: Concept) -> None:
        """Note that a named event is spoken of: a bare noun may go back to it."""
        family = self._patterns.families.get(concept.subtype)
        if family and not any(event.concept == concept.iri for event in self._events[-3:]):
            self._append(family, False, frozenset(), "", set(), (), concept.iri)

    def find(self, candidate: Candidate, words: tuple[str, ...], kind: str | None) -> Event:
        """The event that a mention names; `words` are its words as compared, `kind` the lexicon's kind of event."""
        root = self._words.root(candidate.first, candidate.last)
        lemma = self._words.lemma[root]
        family = self._patterns.families.get(lemma, kind or lemma)
        plural = self._words.tag[root] == "NNS" and not lemma.endswith("s") and family not in self._patterns.many
        apart, ordinal = frozenset(self._apart(root, candidate.first)), self._ordinal(root)
        names = set(self._described(root, family in self._patterns.gathering))
        known = [event for event in self._events if event.family == family and event.plural == plural]
        for event in sorted(known, key=lambda event: (event.apart == apart, event.number), reverse=True):
            if _same(event, apart, ordinal, names):
                event.names |= names
                event.ordinal = event.ordinal or ordinal
                return event
        return self._append(family, plural, apart, ordinal, names, words)

    def _append(
        self,
        family: str,
        plural: bool,
        apart: frozenset[str],
        ordinal: str,
        names: set[str],
        words: tuple[str, ...],
        concept: str | None = None,
    ) -> Event:
        event = Event(len(self._events), family, plural, apart, ordinal, names, words, concept)
        self._events.append(event)
        return event

    def _apart(self, root: int, first: int) -> Iterator[str]:
        """Words beside the head that set an event apart, such as "next"."""
        words = self._words
        for i in range(min(first, words.children[root][0] if words.children[root] else first), root):
            if words.lemma[i] in self._patterns.apart:
                yield words.lemma[i]

    def _ordinal(self, root: int) -> str:
        """The number of an event: "thirteenth"."""
        words = self._words
        beside = (c for c in words.children[root] if c < root and words.ordinal[c])
        return next((words.lemma[c] for c in beside if words.lemma[c] not in self._patterns.apart), "")

    def _described(self, root: int, gathering: bool) -> Iterator[str]:
        """Entities named beside the head and in the phrases behind it."""
        words = self._words
        for child in words.children[root]:
            if child > root and (
                words.dep[child] != "prep" or (gathering and words.lower[child] in self._patterns.beside)
            ):
                continue
            for i in range(child, words.right[child] + 1):
                if i in self._names:
                    yield self._names[i]


def _same(event: Event, apart: frozenset[str], ordinal: str, names: set[str]) -> bool:
    """Whether nothing sets a mention apart from an event: a bare mention joins, a described one must share a name."""
    if apart != event.apart and apart:
        return False
    if ordinal and event.ordinal and ordinal != event.ordinal:
        return False
    return not names or not event.names or bool(names & event.names)

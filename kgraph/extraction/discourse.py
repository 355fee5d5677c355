"""What a speech has named so far: which named thing a short form goes back to ("the Council", "the plant")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import dropwhile

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import Concept
from kgraph.lexicon.patterns import Patterns

_TYPES = frozenset(("Organisation", "Agreement", "Facility"))
_GENERAL = "GenericThreat"
_LINKS = frozenset(("of", "for", "on"))
_POINTING = frozenset(("the", "this", "that", "our", "its", "their"))


class Named:
    """Things named in full, by type and by the ends of their names: "power plant" for "Kursk nuclear power plant"."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._latest: dict[tuple[str, tuple[str, ...]], str] = {}
        self.counts: Counter[str] = Counter()

    def add(self, kind: str, words: tuple[str, ...], entity: str) -> None:
        """Note that a name of several words was used; of "Ministry of X" its head is an end, too."""
        self.counts[entity] += 1
        if kind not in _TYPES:
            return
        for start in range(1, len(words)):
            self._latest[kind, words[start:]] = entity
            if words[start] in _LINKS:
                self._latest[kind, words[start - 1 : start]] = entity

    def back(self, candidate: Candidate, words: tuple[str, ...]) -> str | None:
        """The entity that a shorter form goes back to: written large, or with a determiner that points back."""
        entity = self._latest.get((candidate.type, words))
        first, last = candidate.first, candidate.last
        if entity is None or self._words.tag[last - 1] in ("NNS", "NNPS"):
            return None
        pointing = first > 0 and self._words.lower[first - 1] in _POINTING
        return entity if pointing or self._words.capital[first] else None


def owner(candidate: Candidate, words: Words, states: Mapping[int, str]) -> str | None:
    """The state that a body is said to belong to: "Russian army", "the armed forces of Mongolia"."""
    if candidate.first and candidate.first - 1 in states:
        return states[candidate.first - 1]
    last = candidate.last
    if last < words.size and words.lower[last] == "of":
        return next((states[i] for i in range(last + 1, min(last + 4, words.size)) if i in states), None)
    return next((states[i] for i in range(candidate.first, last) if i in states), None)


def same_dangers(concepts: Iterable[Concept], patterns: Patterns) -> dict[str, str]:
    """Dangers that only widen the scope of one that the speech names too: "international terrorism" is terrorism."""
    known = {concept.iri: concept for concept in concepts if concept.type == "Threat"}
    labels = {concept.label.casefold(): iri for iri, concept in sorted(known.items())}
    same = {}
    for iri, concept in known.items():
        words = concept.label.casefold().split()
        rest = " ".join(dropwhile(patterns.scope.__contains__, words))
        if len(rest.split()) < len(words):
            general = (a for a in concept.broader if a in known and known[a].subtype == _GENERAL)
            other = labels.get(rest) or next(general, None)
            if other and other != iri:
                same[iri] = other
    return {iri: same.get(other, other) for iri, other in same.items()}

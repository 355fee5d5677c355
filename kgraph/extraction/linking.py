"""Chosen candidates -> mentions and entities: which thing in the world each names.

A name of the lexicon becomes its concept; the context decides between several. What the lexicon lacks gets an id of
its own, a hash of its type and words, so that it is the same in every speech; what is only definite within a
speech ("the meeting", a bare surname) is kept apart by the speech's name.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from kgraph.extraction.candidate import Candidate
from kgraph.extraction.discourse import Named, owner, same_dangers
from kgraph.extraction.events import Events
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import Concept, LabelKind
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns
from kgraph.lexicon.spelling import columns_of, key_of
from kgraph.model import Entity, Mention, Speech

_FULL = {LabelKind.PREFERRED.value, LabelKind.ALTERNATIVE.value, LabelKind.HIDDEN.value}
_SHORT = LabelKind.SHORT.value
_WHATEVER = {"State", "Person", "Threat"}  # types that words before a label do not change
_PLAIN = {"State", "Place", "Person", "Weapon"}  # types of which no short form goes back to an earlier name
_SCOPED = {"Event"}  # definite within one speech unless the lexicon knows it


@dataclass
class _Group:
    """Mentions of one entity while they are gathered."""

    id: str
    type: str
    concept: Concept | None
    subtype: str | None = None
    label: str | None = None
    forms: Counter[str] = field(default_factory=Counter)


def entity_id(kind: str, words: Iterable[str], scope: str = "") -> str:
    """Stable id of what the lexicon lacks: ``entity/<type>-<words>-<hash>``, relative to the base of a graph.

    >>> entity_id("Person", ["jane", "doe"])
    'entity/person-jane-doe-6874dabb'
    """
    words = [word for word in words if word]
    digest = hashlib.sha256("\0".join([kind, scope, *words]).encode()).hexdigest()[:8]
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(words))[:48].strip("-")
    return f"entity/{kind.lower()}-{slug or 'x'}-{digest}"


@dataclass(frozen=True)
class Linked:
    """Mentions in order of the text, the entities that they name, and who speaks: name as printed -> entity id."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    speakers: dict[str, str]


def link(
    chosen: list[tuple[Candidate, float]], speech: Speech, words: Words, lexicon: Lexicon, patterns: Patterns
) -> Linked:
    """Give every chosen candidate, and every speaker, its entity."""
    linker = _Linker(chosen, speech, words, lexicon, patterns)
    found = []
    for candidate, probability in chosen:
        start, end = words.start[candidate.first], words.end[candidate.last - 1]
        group, rule = linker.group(candidate)
        quote = speech.text[start:end]
        group.forms[" ".join(quote.split())] += 1
        found.append((start, end, quote, group, rule, round(probability, 3)))
    printed = {speech.speaker, *(turn.speaker for turn in speech.turns)}
    speakers = {name: linker.speaker(name) for name in sorted(name for name in printed if name)}
    same = linker.merge()
    mentions = tuple(
        Mention(start, end, quote, same.get(group.id, group.id), rule + ("|wider" if group.id in same else ""), sure)
        for start, end, quote, group, rule, sure in found
    )
    entities = sorted((linker.entity(group) for group in linker.groups.values()), key=lambda e: e.id)
    return Linked(mentions, tuple(entities), speakers)


class _Linker:
    """What has been named so far in one speech."""

    def __init__(
        self, chosen: list[tuple[Candidate, float]], speech: Speech, words: Words, lexicon: Lexicon, patterns: Patterns
    ) -> None:
        names = [(c, i) for c, _ in chosen if c.named for i in range(c.first, c.last)]
        self.events = Events(words, patterns, {i: c.concepts[0] for c, i in names})
        self.states = {i: c.concepts[0] for c, i in names if c.type == "State"}
        self.full = Named(words)
        self.patterns = patterns
        self.speech, self.tokens, self.lexicon = speech, words, lexicon
        self.groups: dict[str, _Group] = {}
        self.named = Counter(c.concepts[0] for c, _ in chosen if len(c.concepts) == 1 and c.how in _FULL)
        self.people = self._people(chosen)
        self.acronyms = self._acronyms(chosen)
        self.owned = patterns.owned
        self.bodies: dict[str, set[str]] = {}  # kind of body -> the bodies of states met in this speech

    @cached_property
    def words(self) -> Counter[str]:
        """How often the speech says each word: asked only where a name is ambiguous."""
        return Counter(self.tokens.lower)

    def group(self, candidate: Candidate) -> tuple[_Group, str]:
        """The entity that a candidate names, and the rule that said so."""
        rule = f"{candidate.rule}:{candidate.how}"
        sure = len(candidate.concepts) == 1 and candidate.how != _SHORT and not candidate.added
        if sure and candidate.type in _PLAIN:
            return self._known(self.lexicon.concepts[candidate.concepts[0]]), rule
        words = self._words(candidate)
        if not candidate.named or candidate.how == _SHORT:
            back = self._back(candidate, words)
            if back:
                return back, rule + "|back"
        if candidate.how == _SHORT and not any(self._support(self.lexicon.concepts[c]) for c in candidate.concepts):
            return self._own(candidate.type, words, self.speech.doc), rule + "|unnamed"
        if candidate.concepts and (not candidate.added or candidate.type in _WHATEVER):
            concept = self._reading(candidate.concepts)
            group = self._as(candidate, concept)
            rule += "|context" if len(candidate.concepts) > 1 else ""
            individual = not concept.common
        else:
            group, rule = self._unknown(candidate, words, rule)
            individual = candidate.rule.startswith("capitals") or candidate.added > 0
        if individual:
            self.full.add(candidate.type, words, group.id)
        return group, rule

    def _back(self, candidate: Candidate, words: tuple[str, ...]) -> _Group | None:
        """What a shorter form goes back to: of the readings that the speech names, the most frequent or the latest."""
        latest = self.full.back(candidate, words)
        counts = self.full.counts
        named = [iri for iri in candidate.concepts if counts[iri] and iri in self.groups]
        if candidate.named and named:
            latest = max(named, key=lambda iri: counts[iri] + (1.5 if iri == latest else 0))
        return self.groups[latest] if latest else None

    def _as(self, candidate: Candidate, concept: Concept) -> _Group:
        """The group of a concept; of a kind, that of the single thing which the speech means."""
        if candidate.type in _SCOPED and concept.common:
            return self._event(candidate, concept)
        if candidate.type in _SCOPED:
            self.events.add(concept)
        elif concept.common and self.owned & set(self.lexicon.classes.get(concept.subtype, ())):
            state = owner(candidate, self.tokens, self.states)
            return self._owned(concept, self.lexicon.concepts[state]) if state else self._known(concept)
        return self._known(concept)

    def _owned(self, concept: Concept, state: Concept) -> _Group:
        """The body of one state, where the lexicon knows only the kind of body."""
        words = (*concept.label.casefold().split(), state.iri.rpartition("-")[2])
        group = self._own("Organisation", words, "")
        group.subtype, group.label = concept.subtype, f"{concept.label} ({state.label})"
        self.bodies.setdefault(concept.iri, set()).add(group.id)
        return group

    def _unknown(self, candidate: Candidate, words: tuple[str, ...], rule: str) -> tuple[_Group, str]:
        """The group of what the lexicon lacks."""
        kind = candidate.type
        if kind == "Person":
            words = self.people.get(words[-1], words)
            return self._own(kind, words, self.speech.doc if len(words) == 1 else ""), rule
        if (kind, words) in self.acronyms:
            return self._own(kind, self.acronyms[kind, words], ""), rule + "|acronym"
        if kind in _SCOPED:
            return self._event(candidate), rule
        return self._own(kind, words, ""), rule

    def merge(self) -> dict[str, str]:
        """Join groups that are one thing in this speech; returns old id -> new id."""
        concepts = [group.concept for group in self.groups.values() if group.concept]
        same = same_dangers(concepts, self.patterns)
        same |= {iri: next(iter(ids)) for iri, ids in self.bodies.items() if len(ids) == 1 and iri in self.groups}
        for old, new in same.items():
            self.groups[new].forms += self.groups.pop(old).forms
        return same

    def speaker(self, name: str) -> str:
        """Id of the person who speaks under a printed name."""
        matches = list(self.lexicon.gazetteer.find(columns_of(name)))
        known = [label.concept for match in matches[-1:] for label in match.labels if match.end == len(name)]
        people = [iri for iri in dict.fromkeys(known) if self.lexicon.concepts[iri].type == "Person"]
        if people:
            return self._known(self._reading(tuple(people))).id
        words = tuple(key_of(part) for part in name.split())
        words = self.people.get(words[-1], words)
        group = self._own("Person", words, self.speech.doc if len(words) == 1 else "")
        group.forms[name] += 0 if group.forms else 1
        return group.id

    def _known(self, concept: Concept) -> _Group:
        return self.groups.setdefault(concept.iri, _Group(concept.iri, concept.type, concept))

    def _own(self, kind: str, words: tuple[str, ...], scope: str) -> _Group:
        own = entity_id(kind, words, scope)
        return self.groups.setdefault(own, _Group(own, kind, None))

    def _event(self, candidate: Candidate, kind: Concept | None = None) -> _Group:
        """An event that only this speech knows, or a named one that a bare noun goes back to."""
        event = self.events.find(candidate, self._words(candidate), kind.iri if kind else None)
        if event.concept:
            return self._known(self.lexicon.concepts[event.concept])
        group = self._own("Event", event.words, f"{self.speech.doc}#{event.number}")
        group.subtype = group.subtype or (kind.subtype if kind else None)
        return group

    def _words(self, candidate: Candidate) -> tuple[str, ...]:
        """Words for comparison: lemmas of common nouns, keys of names."""
        tokens = self.tokens
        inside = [i for i in range(candidate.first, candidate.last) if tokens.pos[i] not in ("PUNCT", "SPACE")]
        return tuple(key_of(tokens.text[i] if tokens.capital[i] else tokens.lemma[i]) for i in inside)

    def _reading(self, iris: tuple[str, ...]) -> Concept:
        """The reading that the speech speaks for: full names, cue words, relatives; else that with most names."""
        if len(iris) == 1:
            return self.lexicon.concepts[iris[0]]
        concepts = [self.lexicon.concepts[iri] for iri in iris]
        return max(concepts, key=lambda concept: (self._support(concept), len(concept.labels)))

    def _support(self, concept: Concept) -> float:
        cues = sum(min(self.words[cue.casefold()], 3) for cue in concept.cues if " " not in cue)
        relatives = sum(self.named[other] > 0 for _, other in concept.links)
        return 3 * min(self.named[concept.iri], 2) + cues + relatives

    def _people(self, chosen: list[tuple[Candidate, float]]) -> dict[str, tuple[str, ...]]:
        """Surname -> full name, from the people named in full."""
        full: dict[str, tuple[str, ...]] = {}
        names = [self._words(c) for c, _ in chosen if c.type == "Person" and not c.concepts]
        names += [tuple(key_of(p) for p in t.speaker.split()) for t in self.speech.turns if t.speaker]
        for words in names:
            if words and len(words) > len(full.get(words[-1], ())):
                full[words[-1]] = words
        return full

    def _acronyms(self, chosen: list[tuple[Candidate, float]]) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
        """Acronym -> name, defined in brackets behind the name."""
        found = {}
        ordered = [c for c, _ in chosen]
        for one, two in pairwise(ordered):
            bracket = two.first == one.last + 1 and self.tokens.text[one.last] == "("
            if bracket and two.last - two.first == 1 and self.tokens.text[two.first].isupper() and not one.concepts:
                found[one.type, self._words(two)] = self._words(one)
        return found

    def entity(self, group: _Group) -> Entity:
        """The entity of a group; what the lexicon lacks is labelled by its most frequent, then longest form.

        Events by the longest: "13th meeting" tells it from the other meetings.
        """
        concept = group.concept
        forms = tuple(sorted(group.forms))
        if concept:
            return Entity(group.id, group.type, concept.label, concept.subtype, forms, concept.identifiers)
        scoped = group.type in _SCOPED
        best = max(forms, key=lambda form: (not scoped and group.forms[form], len(form), form), default=group.id)
        return Entity(group.id, group.type, group.label or best, group.subtype, forms)

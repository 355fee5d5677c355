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
from kgraph.extraction.words import Words
from kgraph.lexicon.concepts import Concept, LabelKind
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.spelling import columns_of, key_of
from kgraph.model import Entity, Mention, Speech

_FULL = {LabelKind.PREFERRED.value, LabelKind.ALTERNATIVE.value, LabelKind.HIDDEN.value}
_SCOPED = {"Event"}  # definite within one speech unless the lexicon knows it


@dataclass
class _Group:
    """Mentions of one entity while they are gathered."""

    id: str
    type: str
    concept: Concept | None
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


def link(chosen: list[tuple[Candidate, float]], speech: Speech, words: Words, lexicon: Lexicon) -> Linked:
    """Give every chosen candidate, and every speaker, its entity."""
    linker = _Linker(chosen, speech, words, lexicon)
    mentions = []
    for candidate, probability in chosen:
        start, end = words.start[candidate.first], words.end[candidate.last - 1]
        group, rule = linker.group(candidate)
        quote = speech.text[start:end]
        group.forms[" ".join(quote.split())] += 1
        mentions.append(Mention(start, end, quote, group.id, rule, round(probability, 3)))
    names = sorted({turn.speaker for turn in speech.turns if turn.speaker} | ({speech.speaker} - {None}))
    speakers = {name: linker.speaker(name) for name in names}
    entities = sorted((linker.entity(group) for group in linker.groups.values()), key=lambda e: e.id)
    return Linked(tuple(mentions), tuple(entities), speakers)


class _Linker:
    """What has been named so far in one speech."""

    def __init__(self, chosen: list[tuple[Candidate, float]], speech: Speech, words: Words, lexicon: Lexicon) -> None:
        self.speech, self.tokens, self.lexicon = speech, words, lexicon
        self.groups: dict[str, _Group] = {}
        self.named = Counter(c.concepts[0] for c, _ in chosen if len(c.concepts) == 1 and c.how in _FULL)
        self.people = self._people(chosen)
        self.acronyms = self._acronyms(chosen)

    @cached_property
    def words(self) -> Counter[str]:
        """How often the speech says each word: asked only where a name is ambiguous."""
        return Counter(key_of(word) for word in self.tokens.text if word.isalpha())

    def group(self, candidate: Candidate) -> tuple[_Group, str]:
        """The entity that a candidate names, and the rule that said so."""
        rule = f"{candidate.rule}:{candidate.how}"
        if candidate.concepts and (not candidate.added or candidate.type in ("State", "Person")):
            concept = self._reading(candidate.concepts)
            return self._known(concept), rule + ("|context" if len(candidate.concepts) > 1 else "")
        words = self._words(candidate)
        if candidate.type == "Person":
            words = self.people.get(words[-1], words)
            return self._own("Person", words, self.speech.doc if len(words) == 1 else ""), rule
        if (candidate.type, words) in self.acronyms:
            return self._own(candidate.type, self.acronyms[candidate.type, words], ""), rule + "|acronym"
        if candidate.type in _SCOPED:
            return self._own(
                candidate.type, words[-1:] if candidate.rule.startswith("head") else words, self.speech.doc
            ), rule
        return self._own(candidate.type, words, ""), rule

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

    def _words(self, candidate: Candidate) -> tuple[str, ...]:
        """Words for comparison: lemmas of common nouns, keys of names."""
        tokens = self.tokens
        inside = [i for i in range(candidate.first, candidate.last) if tokens.pos[i] not in ("PUNCT", "SPACE")]
        return tuple(key_of(tokens.text[i] if tokens.capital[i] else tokens.lemma[i]) for i in inside)

    def _reading(self, iris: tuple[str, ...]) -> Concept:
        """The reading that the speech speaks for: full names elsewhere, cue words, relatives; else the first."""
        if len(iris) == 1:
            return self.lexicon.concepts[iris[0]]
        return max((self.lexicon.concepts[iri] for iri in iris), key=self._support)

    def _support(self, concept: Concept) -> float:
        cues = sum(min(self.words[key_of(cue)], 3) for cue in concept.cues if " " not in cue)
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
        """The entity of a group; what the lexicon lacks is labelled by its most frequent, then longest form."""
        concept = group.concept
        forms = tuple(sorted(group.forms))
        if concept:
            return Entity(group.id, group.type, concept.label, concept.subtype, forms, concept.identifiers)
        label = max(forms, key=lambda form: (group.forms[form], len(form), form)) if forms else group.id
        return Entity(group.id, group.type, label, None, forms)

"""What crosses the borders between stages: speeches, mentions, entities, claims. Frozen, plain, hashable.

Offsets are code points into `Speech.text`, end exclusive: ``speech.text[e.start:e.end] == e.quote`` always holds.
Types of entities and predicates are local names of the ontology ("State", "threatens"): strings, since they are data.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Polarity(StrEnum):
    """Whether a claim affirms or denies its statement."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How firmly a statement is made."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    INTENDED = "intended"
    CALLED_FOR = "calledFor"


class Trend(StrEnum):
    """How a threat is said to develop: the objects of ``hasTrend``."""

    RISING = "rising"
    FALLING = "falling"
    PERSISTING = "persisting"


class Voice(StrEnum):
    """Through whom a claim reaches the reader."""

    SPEAKER = "speaker"
    QUOTED = "quoted"
    NARRATOR = "narrator"


class TurnKind(StrEnum):
    """What a stretch of a document is."""

    SPEECH = "speech"  # somebody speaks
    NARRATION = "narration"  # headline, lead, stage direction, reporter's text
    FURNITURE = "furniture"  # byline, "2 of 4", navigation: read by nobody


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch ``[start, end)`` of a document; `speaker` is a name as printed, or None."""

    start: int
    end: int
    kind: TurnKind
    speaker: str | None = None


@dataclass(frozen=True)
class Speech:
    """A document with its header; `doc` (a file name) identifies it in a graph, `date` is ISO 8601 (any precision)."""

    doc: str
    text: str
    title: str | None = None
    date: str | None = None
    place: str | None = None
    speaker: str | None = None  # the main speaker, as printed
    turns: tuple[Turn, ...] = ()  # cover the text without overlap, in order
    language: str = "en"
    source: str | None = None  # where the text comes from: a URL or a citation
    licence: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of the text (UTF-8), in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity. `rule` says what found it, `confidence` is in (0, 1]."""

    start: int
    end: int
    quote: str
    entity: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing named.

    `id` is the IRI of a lexicon concept, or ``entity/...`` (relative to the base of a graph) for what the lexicon
    lacks: the same thing has the same id in every speech. `type` is one of the core classes, `subtype` the most
    specific class known.
    """

    id: str
    type: str
    label: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()  # surface forms met, sorted
    identifiers: tuple[str, ...] = ()  # IRIs elsewhere (Wikidata, EuroVoc ...), sorted


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim is made: the sentence, and inside it the words that show predicate, subject and object.

    `trigger`, `subject` and `object` are spans ``(start, end)`` into the text, None where nothing is said (an empty
    subject). A subject may lie in another sentence only when it was resolved there; then it is None here.
    """

    start: int
    end: int
    quote: str
    trigger: tuple[int, int] | None = None
    subject: tuple[int, int] | None = None
    object: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says: `subject` `predicate` `object`, with whose claim it is and how firmly it is made.

    `subject` and `claimant` are entity ids, `object` is an entity id or, for ``hasTrend``, a `Trend` value. `rule`
    names the frame that found it, `steps` how arguments were resolved ("subject: we -> speaker's state").
    """

    subject: str
    predicate: str
    object: str
    polarity: Polarity
    modality: Modality
    claimant: str
    voice: Voice
    evidence: Evidence
    rule: str
    confidence: float = 1.0
    steps: tuple[str, ...] = ()
    plover: str | None = None  # PLOVER category where the mapping is certain


@dataclass(frozen=True)
class Extraction:
    """All that was found in one speech; `entities` holds every id that a mention or claim uses."""

    speech: Speech
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.entities}


@dataclass(frozen=True, slots=True)
class Run:
    """By what an extraction was made (no clock: the same input gives the same bytes)."""

    version: str  # of kgraph
    model: str  # name of the spaCy pipeline
    model_version: str
    lexicon: str  # sha256 over all lexicon files, in hex

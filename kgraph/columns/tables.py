"""The tables: speeches, things, sentences, mentions, claims. Columns of one table have one length; cells are places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from kgraph.columns.strings import Strings
from kgraph.model import Modality, Polarity, Voice

POLARITIES, MODALITIES, VOICES = tuple(Polarity), tuple(Modality), tuple(Voice)


@dataclass(frozen=True, slots=True)
class SpeechHeader:
    """A speech without its text; `id` is its IRI."""

    id: str
    doc: str
    date: str | None
    title: str | None
    place: str | None
    speaker: str | None


class Kind(NamedTuple):
    """What a thing is: its label, core class, and most specific class."""

    label: str
    type: str
    subtype: str | None


@dataclass(frozen=True, eq=False)
class Sentences:
    """Where claims are made: speech, offsets (code points, end exclusive), and the words."""

    speech: np.ndarray
    start: np.ndarray
    end: np.ndarray
    quote: Strings

    def __len__(self) -> int:
        return len(self.speech)


@dataclass(frozen=True, eq=False)
class Mentions:
    """Where things are named."""

    speech: np.ndarray
    start: np.ndarray
    end: np.ndarray
    thing: np.ndarray

    def __len__(self) -> int:
        return len(self.speech)


@dataclass(frozen=True, eq=False)
class Claims:
    """The claims: places of things, predicates, sentences; polarity, modality and voice as places of their enums."""

    iri: Strings
    subject: np.ndarray
    predicate: np.ndarray
    object: np.ndarray
    claimant: np.ndarray
    polarity: np.ndarray
    modality: np.ndarray
    voice: np.ndarray
    confidence: np.ndarray
    plover: np.ndarray
    sentence: np.ndarray

    def __len__(self) -> int:
        return len(self.subject)


@dataclass(frozen=True, eq=False)
class Columns:
    """All tables of a graph. `things` are entity ids, and the words that claims have as objects ("rising")."""

    speeches: tuple[SpeechHeader, ...]
    things: Strings
    predicates: tuple[str, ...]
    categories: tuple[str, ...]  # PLOVER; the first is empty: none
    sentences: Sentences
    mentions: Mentions
    claims: Claims
    kinds: dict[str, Kind]

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Places of things by id."""
        return {id_: place for place, id_ in enumerate(self.things)}

    @cached_property
    def claim_at(self) -> dict[str, int]:
        """Places of claims by IRI."""
        return {iri: place for place, iri in enumerate(self.claims.iri)}

    @cached_property
    def claim_speech(self) -> np.ndarray:
        """Place of the speech of each claim."""
        return self.sentences.speech[self.claims.sentence]

    @cached_property
    def dates(self) -> np.ndarray:
        """Date of each speech, empty where there is none."""
        return np.array([header.date or "" for header in self.speeches], dtype=np.str_)

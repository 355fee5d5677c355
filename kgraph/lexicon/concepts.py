"""What a lexicon holds: concepts with labels, in plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class LabelKind(StrEnum):
    """How a label may be met in text (``ontologies/README.md`` says what each is for)."""

    PREFERRED = "prefLabel"
    ALTERNATIVE = "altLabel"
    HIDDEN = "hiddenLabel"
    DEMONYM = "demonym"
    METONYM = "metonym"
    SHORT = "shortLabel"
    AGENT = "agentLabel"
    VERBAL = "verbalForm"
    CONTEXT = "contextLabel"


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept, as written in the ontology."""

    text: str
    kind: LabelKind
    concept: str
    common: bool = field(init=False)  # a common noun phrase: no capital letter, no digit

    def __post_init__(self) -> None:
        common = self.text == self.text.casefold() and not any(c.isdigit() for c in self.text)
        object.__setattr__(self, "common", common)


@dataclass(frozen=True, slots=True)
class Concept:
    """A named thing or a topic.

    `type` is one of the core classes, `subtype` the most specific class given; both are local names of the ontology.
    """

    iri: str
    type: str
    subtype: str
    label: str
    scheme: str | None = None
    labels: tuple[Label, ...] = ()
    broader: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (property, concept): capital, partOf, memberOf ...
    codes: tuple[str, ...] = ()  # ISO 3166
    definition: str | None = None

    @property
    def common(self) -> bool:
        """Whether it is a kind of thing ("meeting") and no single one: its name has no capital letter."""
        return self.label == self.label.casefold()


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate of the ontology."""

    name: str
    label: str
    domain: frozenset[str] = field(default_factory=frozenset)
    range: frozenset[str] = field(default_factory=frozenset)
    parent: str | None = None
    symmetric: bool = False
    family: str | None = None
    definition: str | None = None
    plover: str | None = None  # PLOVER category, where it is certain

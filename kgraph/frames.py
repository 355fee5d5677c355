"""How English says it: frames (words that express a predicate, with their roles) and cues (words that negate, weaken,
call for, attribute), read from ``ontologies/frames/*.toml`` and ``ontologies/cues.toml`` and checked.

>>> frames = load_frames()
>>> sorted({f.predicate for f in frames.of_lemma("VERB", "combat")})
['opposes']
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kgraph.errors import LexiconError
from kgraph.model import Modality, Polarity, Trend
from kgraph.resources import ontologies

TYPES = frozenset("State Organisation Threat Facility Weapon Person Place Event Agreement".split())


class FrameKind(StrEnum):
    """What sort of word carries the frame; a `MENTION` frame is carried by the name of an entity itself."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Frame:
    """One word (or light verb construction) that expresses a predicate.

    `subject` and `object` list the slots where a role may stand, the likeliest first: ``subj`` and ``obj`` are the
    deep subject and object (passives, relative clauses and participles undone), ``poss``, ``holder``, ``compound``,
    ``amod``, ``appos``, ``title`` and ``self`` belong to nouns, anything else is a preposition. With `multiple`
    every filled slot gives a claim, otherwise the first. `words` must hang on the head, nearest first.
    """

    id: str
    predicate: str
    kind: FrameKind
    lemma: str
    words: tuple[str, ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_types: frozenset[str]
    object_types: frozenset[str]
    example: str
    polarity: Polarity | None = None
    modality: Modality | None = None
    trend: Trend | None = None
    subproperty: str | None = None
    mutual: bool = False
    multiple: bool = False


@dataclass(frozen=True)
class Frames:
    """All frames, found by kind and head lemma."""

    frames: tuple[Frame, ...]
    by_lemma: Mapping[tuple[str, str], tuple[Frame, ...]] = field(repr=False)
    by_word: Mapping[tuple[str, str], tuple[str, ...]] = field(repr=False)  # predicates

    def of_lemma(self, pos: str, lemma: str) -> tuple[Frame, ...]:
        """Frames of a word, by Universal part of speech ("VERB", "NOUN", "ADJ") and lemma."""
        return self.by_lemma.get((_KIND_OF_POS.get(pos, ""), lemma), ())

    def predicates(self, pos: str, lemma: str) -> tuple[str, ...]:
        """Predicates that a word can express, sorted."""
        return self.by_word.get((_KIND_OF_POS.get(pos, ""), lemma), ())

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)


_KIND_OF_POS = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADJ": "adjective",
    "MENTION": "mention",
}
_GROUP_KEYS = frozenset(
    "id kind subject object subject_types object_types polarity modality trend subproperty mutual multiple words"
    "".split()
)


@cache
def load_frames(folder: Path | None = None) -> Frames:
    """Frames of ``folder/*.toml`` (default: the bundled ones).

    Raises `LexiconError` naming file, frame, what was found and what is allowed.
    """
    folder = folder or ontologies() / "frames"
    found: list[Frame] = []
    for path in sorted(folder.glob("*.toml")):
        found.extend(_read_file(path))
    by_lemma: dict[tuple[str, str], list[Frame]] = {}
    for frame in found:
        by_lemma.setdefault((frame.kind.value, frame.lemma), []).append(frame)
    by_word = {key: tuple(sorted({f.predicate for f in frames})) for key, frames in by_lemma.items()}
    return Frames(tuple(found), {key: tuple(frames) for key, frames in by_lemma.items()}, by_word)


def _read_file(path: Path) -> Iterator[Frame]:
    data = read_toml(path)
    predicate = data.get("predicate")
    if not isinstance(predicate, str):
        raise LexiconError(f"{path.name}: 'predicate' is missing or no text")
    seen: set[str] = set()
    for group in data.get("frame", []):
        name = group.get("id")
        if not isinstance(name, str) or name in seen:
            raise LexiconError(f"{path.name}: frame id {name!r} is missing or used twice")
        seen.add(name)
        yield from _read_group(path.name, predicate, data, group)


def _read_group(file: str, predicate: str, data: dict, group: dict) -> Iterator[Frame]:
    where = f"{file}: frame {group['id']!r}"
    for key in sorted(set(group) - _GROUP_KEYS):
        raise LexiconError(f"{where} has unknown key {key!r}; allowed: {', '.join(sorted(_GROUP_KEYS))}")
    if not group.get("words"):
        raise LexiconError(f"{where} has no [frame.words]")
    trend = _member(where, "trend", Trend, group.get("trend"))
    if not group.get("subject") or not (group.get("object") or trend):
        raise LexiconError(f"{where} needs slots for 'subject' and 'object' (or 'trend')")
    for words, example in group["words"].items():
        yield Frame(
            id=f"{predicate}/{group['id']}:{words.replace(' ', '_')}",
            predicate=predicate,
            kind=_member(where, "kind", FrameKind, group.get("kind", "verb")),
            lemma=words.split()[0],
            words=tuple(words.split()[1:]),
            subject=tuple(group["subject"]),
            object=tuple(group.get("object", ())),
            subject_types=_types(where, group.get("subject_types", data.get("subject_types"))),
            object_types=_types(where, group.get("object_types", data.get("object_types"))),
            example=_example(where, words, example, bool(trend)),
            polarity=_member(where, "polarity", Polarity, group.get("polarity")),
            modality=_member(where, "modality", Modality, group.get("modality")),
            trend=trend,
            subproperty=group.get("subproperty"),
            mutual=bool(group.get("mutual")),
            multiple=bool(group.get("multiple")),
        )


def _example(where: str, words: str, example: object, trend: bool) -> str:
    marks = "<>" if trend else "<>[]"
    if not isinstance(example, str) or any(mark not in example for mark in marks):
        raise LexiconError(f"{where}: the example of {words!r} must mark <subject>{'' if trend else ' and [object]'}")
    return example


def _types(where: str, names: list[str] | None) -> frozenset[str]:
    for name in names or ():
        if name not in TYPES:
            raise LexiconError(f"{where}: type {name!r} is not one of {', '.join(sorted(TYPES))}")
    return frozenset(names) if names else TYPES


def _member(where: str, key: str, enum: type[StrEnum], value: str | None) -> Any:
    if value is None:
        return None
    if value not in list(enum):
        raise LexiconError(f"{where}: {key} {value!r} is not one of {', '.join(enum)}")
    return enum(value)


def read_toml(path: Path) -> dict:
    """Parsed TOML; raises `LexiconError` with file and line when it is broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error

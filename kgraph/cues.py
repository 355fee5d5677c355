"""Words that change how a statement is made, words that refer, and whom a speaker speaks for: ``ontologies/cues.toml``.

>>> sorted(load_cues().above["must"])
['calledFor']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kgraph.errors import LexiconError
from kgraph.frames import TYPES, read_toml
from kgraph.resources import ontologies

CATEGORIES = ("negated", "possible", "intended", "calledFor", "attribution", "according")
DIRECTIONS = ("up", "down")
PRONOUNS = ("first_plural", "first_singular", "second", "third_plural", "neuter", "person", "here")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of a `category`; ``up`` acts on the word that it hangs on, ``down`` on what hangs below it."""

    category: str
    word: str
    direction: str


@dataclass(frozen=True, slots=True)
class Institution:
    """For whom the speaker of a page speaks: a pattern over title and speaker, and an entity or its group ``own``."""

    pattern: re.Pattern[str]
    own: str | None  # local name of a concept
    name: str | None  # its label
    audience: str | None
    weak: bool


@dataclass(frozen=True)
class Cues:
    """All cues by word, with the word lists for arguments and references."""

    above: Mapping[str, frozenset[str]]  # word -> categories, acting on the word that it hangs on
    below: Mapping[str, frozenset[str]]  # word -> categories, acting on what hangs below it
    decisive: Mapping[str, str]  # word -> the modality that it decides by itself
    transparent: frozenset[str]
    through: frozenset[str]
    including: frozenset[str]
    object_control: frozenset[str]
    light: frozenset[str]
    pronouns: Mapping[str, str]  # form -> kind, as in `PRONOUNS`
    nominals: Mapping[str, str]  # noun -> type of the entity that it points back to
    institutions: tuple[Institution, ...]


@cache
def load_cues(path: Path | None = None) -> Cues:
    """Cues of one file (default: the bundled one).

    Raises `LexiconError` naming file, entry, what was found and what is allowed.
    """
    path = path or ontologies() / "cues.toml"
    data = read_toml(path)
    cues = [cue for entry in data.get("cue", []) for cue in _read_cue(path.name, entry)]
    lists = data.get("arguments", {})
    return Cues(
        above=_by_word(cues, "up"),
        below=_by_word(cues, "down"),
        decisive=_inverted(path.name, "decisive", data.get("decisive", {}), CATEGORIES[1:4]),
        transparent=_words(path.name, lists, "transparent"),
        through=_words(path.name, lists, "through"),
        including=_words(path.name, lists, "including"),
        object_control=_words(path.name, lists, "object_control"),
        light=_words(path.name, lists, "light"),
        pronouns=_inverted(path.name, "pronouns", data.get("pronouns", {}), PRONOUNS),
        nominals=_inverted(path.name, "nominals", data.get("nominals", {}), tuple(sorted(TYPES))),
        institutions=tuple(_read_institution(path.name, entry) for entry in data.get("institution", [])),
    )


def _read_cue(file: str, entry: dict) -> list[Cue]:
    category, direction = entry.get("category"), entry.get("direction")
    if category not in CATEGORIES:
        raise LexiconError(f"{file}: cue category {category!r} is not one of {', '.join(CATEGORIES)}")
    if direction not in DIRECTIONS:
        raise LexiconError(f"{file}: direction {direction!r} of a {category} cue is not one of {', '.join(DIRECTIONS)}")
    return [Cue(category, word, direction) for word in entry.get("words", [])]


def _by_word(cues: list[Cue], direction: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for cue in cues:
        if cue.direction == direction:
            found.setdefault(cue.word, set()).add(cue.category)
    return {word: frozenset(categories) for word, categories in found.items()}


def _words(file: str, lists: dict, key: str) -> frozenset[str]:
    words = lists.get(key)
    if not isinstance(words, list) or not words:
        raise LexiconError(f"{file}: [arguments] needs a list {key!r}")
    return frozenset(words)


def _inverted(file: str, table: str, lists: dict[str, list[str]], allowed: tuple[str, ...]) -> dict[str, str]:
    for key in lists:
        if key not in allowed:
            raise LexiconError(f"{file}: [{table}] has {key!r}; allowed: {', '.join(allowed)}")
    return {word: key for key, words in lists.items() for word in words}


def _read_institution(file: str, entry: dict) -> Institution:
    try:
        pattern = re.compile(entry["pattern"])
    except (KeyError, re.error) as error:
        raise LexiconError(f"{file}: an institution's pattern is wrong: {error}") from error
    if "own" not in entry and "own" not in pattern.groupindex:
        raise LexiconError(f"{file}: institution {entry['pattern']!r} needs 'own' or a group named own")
    return Institution(pattern, entry.get("own"), entry.get("name"), entry.get("audience"), bool(entry.get("weak")))

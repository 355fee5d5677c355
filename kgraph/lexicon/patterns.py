"""``ontologies/patterns.toml``: open classes of names, as word sets."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.lexicon.spelling import spellings_of


@dataclass(frozen=True)
class Patterns:
    """Word lists that say what may be a name; lemmas in small letters."""

    heads: dict[str, tuple[str, ...]]  # lemma -> types that it may head
    names_heads: dict[str, tuple[str, ...]]  # the same, of a capitalised name
    modified: dict[str, tuple[str, ...]]  # the same, where a modifier stands before it
    not_left: frozenset[str]
    danger: frozenset[str]
    threatening: frozenset[str]
    links: frozenset[str]  # prepositions that a longer name may cross
    long: frozenset[str]  # types whose capitalised names go on in small letters
    inside: frozenset[str]
    openers: frozenset[str]
    families: dict[str, str]  # noun -> family of nouns that may name the same event
    apart: frozenset[str]
    beside: frozenset[str]
    gathering: frozenset[str]
    many: frozenset[str]
    scope: frozenset[str]
    owned: frozenset[str]  # classes
    ordinals: frozenset[str]
    whereabouts: frozenset[str]  # prepositions before the name of a place


@cache
def load_patterns() -> Patterns:
    """The bundled patterns; raises `LexiconError` when the file is wrong."""
    path = resources.ontologies() / "patterns.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Patterns(
            heads=_by_word(data["heads"]),
            names_heads=_by_word(data["heads"], data["names_heads"]),
            modified=_by_word(data["modified"]),
            not_left=frozenset(data["left"]["never"].split()),
            danger=frozenset(data["cues"]["danger"].split()),
            threatening=frozenset(data["cues"]["threatening"].split()),
            links=frozenset(data["names"]["links"].split()),
            long=frozenset(data["names"]["long"].split()),
            inside=frozenset(data["names"]["inside"].split()),
            openers=frozenset(data["names"]["openers"].split()),
            families={noun: family for family, nouns in data["families"].items() for noun in nouns.split()},
            apart=frozenset(data["reference"]["apart"].split()),
            beside=frozenset(data["reference"]["beside"].split()),
            gathering=frozenset(data["reference"]["gathering"].split()),
            many=frozenset(data["reference"]["many"].split()),
            scope=frozenset(data["reference"]["scope"].split()),
            owned=frozenset(data["reference"]["owned"].split()),
            ordinals=frozenset(data["names"]["ordinals"].split()),
            whereabouts=frozenset(data["names"]["whereabouts"].split()),
        )
    except (tomllib.TOMLDecodeError, KeyError, AttributeError) as problem:
        raise LexiconError(f"{path.name}: {problem!r}") from problem


def _by_word(*tables: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        for kind, words in table.items():
            for word in words.split():
                for spelling in spellings_of(word):
                    found[spelling].append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}

"""Words as they are compared: without case, accents, hyphens, American spelling; and their plurals."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kgraph import resources

# A word, an acronym with points, a number, or a mark that no name crosses. Hyphens inside words are not tokens, so
# that "Al-Qaeda" and "Al Qaeda" are the same; an apostrophe inside a word is part of it, a possessive is not.
_TOKEN = re.compile(
    r"(?P<acronym>(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?)|(?P<word>\w+(?:['’ʼ](?!s\b|S\b)\w+)*)|(?P<hyphen>(?<=\w)[-‐‑–](?=\w))|(?P<mark>[^\w\s])"
)

_APOSTROPHES = {"’": "'", "ʼ": "'", "‘": "'"}
_HYPHENS = frozenset("-‐‑–")


class Word(NamedTuple):
    """A token of text: its span, its surface and its `key` for comparison."""

    start: int
    end: int
    surface: str
    key: str


@cache
def _rules() -> dict[str, dict[str, str]]:
    path = resources.ontologies() / "spelling.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=200_000)
def key_of(word: str) -> str:
    """The form under which a word is compared.

    >>> key_of("Organization"), key_of("Qa’ida"), key_of("Türkiye"), key_of("U.S.")
    ('organisation', 'qaida', 'turkiye', 'us')
    """
    plain = word.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    if not plain.isascii() or not plain.isalnum():
        plain = "".join(c for c in plain if c.isalnum())
    rules = _rules()
    if plain in rules["words"]:
        return rules["words"][plain]
    for length in range(min(8, len(plain) - 3), 2, -1):
        ending = plain[-length:]
        if ending in rules["endings"]:
            return plain[:-length] + rules["endings"][ending]
    return plain or word


def spellings_of(word: str) -> tuple[str, ...]:
    """A British word, and as Americans write it.

    >>> spellings_of("radicalisation"), spellings_of("programme"), spellings_of("war")
    (('radicalisation', 'radicalization'), ('programme', 'program'), ('war',))
    """
    rules = _rules()
    known = next((american for american, british in rules["words"].items() if british == word), None)
    endings = (word.removesuffix(b) + a for a, b in rules["endings"].items() if word.endswith(b))
    american = known or next(endings, word)
    return (word,) if american == word or key_of(american) != key_of(word) else (word, american)


class Columns(NamedTuple):
    """Words and marks of a text, by column."""

    starts: list[int]
    ends: list[int]
    surfaces: list[str]
    keys: list[str]


def columns_of(text: str) -> Columns:
    """What `words_of` gives, by column."""
    columns = Columns([], [], [], [])
    _append(text, 0, columns)
    return columns


def columns_of_tokens(tokens: Sequence[str], starts: Sequence[int]) -> Columns:
    """The same for a text that is cut into tokens already: cheaper, as most tokens are one word."""
    columns = Columns([], [], [], [])
    add_start, add_end = columns.starts.append, columns.ends.append
    add_surface, add_key = columns.surfaces.append, columns.keys.append
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        start = starts[i]
        if token.isalnum():
            add_start(start)
            add_end(start + len(token))
            add_surface(token)
            add_key(key_of(token))
        elif not (token in _HYPHENS and 0 < i < last and _joins(tokens, starts, i)):
            _append(token, start, columns)
    return columns


def _joins(tokens: Sequence[str], starts: Sequence[int], i: int) -> bool:
    """Whether a hyphen stands inside a word: no space on either side."""
    return starts[i - 1] + len(tokens[i - 1]) == starts[i] and starts[i + 1] == starts[i] + len(tokens[i])


def _append(text: str, offset: int, columns: Columns) -> None:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind != "hyphen":
            surface = found.group()
            columns.starts.append(found.start() + offset)
            columns.ends.append(found.end() + offset)
            columns.surfaces.append(surface)
            columns.keys.append(_APOSTROPHES.get(surface, surface) if kind == "mark" else key_of(surface))


def words_of(text: str) -> Iterator[Word]:
    """Words and marks of `text`, in order."""
    return map(Word, *columns_of(text))


def plural_of(noun: str) -> str:
    """Plural of an English noun in small letters.

    >>> plural_of("attack"), plural_of("agency"), plural_of("gunman"), plural_of("breach")
    ('attacks', 'agencies', 'gunmen', 'breaches')
    """
    irregular = _rules()["plurals"]
    if noun in irregular:
        return irregular[noun]
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def plurals_of(phrase: str) -> Iterator[str]:
    """Plurals of a common noun phrase: of its head, which stands last or before a preposition.

    >>> list(plurals_of("weapon of mass destruction")), list(plurals_of("sanctions"))
    (['weapons of mass destruction'], [])
    """
    words = phrase.split()
    heads = [
        i
        for i, word in enumerate(words)
        if word in ("of", "in", "for", "on", "to", "with", "by", "from", "against", "at")
    ]
    head = heads[0] - 1 if heads and heads[0] > 0 else len(words) - 1
    noun = words[head]
    if (noun.endswith("s") and not noun.endswith(("ss", "us", "is"))) or not noun[-1].isalpha():
        return
    yield " ".join([*words[:head], plural_of(noun), *words[head + 1 :]])

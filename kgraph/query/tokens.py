"""The words of a SPARQL query, without what stands in strings, IRIs and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*''' | \"""(?:(?:"|"")?(?:[^"\\]|\\.))*\"""
        | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$][^\W]\w*)
    | (?P<name>[^\W\d_][\w.\-]*)?:(?:[\w.\-:%]|\\.)*
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[^\W\d_]\w*)
    | (?P<mark>[{}()\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
CHANGES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query: its kind ("variable", "word", "mark" ...), text and place."""

    kind: str
    text: str
    start: int
    end: int


def tokens(query: str) -> Iterator[Token]:
    """The words of `query` in order; comments, operators and numbers are left out."""
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or "name"
        if kind != "comment":
            yield Token(kind, found.group(), found.start(), found.end())


def form(query: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; None for an update or what is no query."""
    words = [token.text.upper() for token in tokens(query) if token.kind == "word"]
    first = next((word for word in words if word not in ("PREFIX", "BASE")), None)
    return first if first in FORMS and CHANGES.isdisjoint(words) else None


def fetches(query: str) -> bool:
    """Whether a query would ask another server."""
    return any(token.kind == "word" and token.text.upper() == "SERVICE" for token in tokens(query))

"""How speeches are laid out (``ontologies/document.toml``), as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from kgraph import resources
from kgraph.errors import LexiconError


@dataclass(frozen=True)
class Layout:
    """Patterns and word lists of `document.toml`."""

    header_keys: dict[str, str]  # key as printed, in small letters -> field
    unnamed: frozenset[str]
    offices: tuple[str, ...]
    titles: frozenset[str]
    stops: frozenset[str]
    small: frozenset[str]
    furniture: re.Pattern[str]
    months: dict[str, int]


@cache
def load_layout() -> Layout:
    """The bundled layout; raises `LexiconError` when the file is wrong."""
    path = resources.ontologies() / "document.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        turns = data["turns"]
        lines = data["furniture"]["lines"] + data["furniture"]["intro"]
        return Layout(
            header_keys={key: field for field, keys in data["header"].items() for key in keys},
            unnamed=frozenset(word.casefold() for word in turns["unnamed"]),
            offices=tuple(sorted(turns["offices"], key=len, reverse=True)),
            titles=frozenset(turns["titles"]),
            stops=frozenset(turns["stops"]),
            small=frozenset(turns["small"]),
            furniture=re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE),
            months={name.casefold(): n for n, name in enumerate(data["dates"]["months"], 1)},
        )
    except (tomllib.TOMLDecodeError, KeyError, re.error) as problem:
        raise LexiconError(f"{path.name}: {problem!r}") from problem

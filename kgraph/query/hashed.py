"""A lexicon as the key of a cache."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgraph.lexicon import Lexicon


@dataclass(frozen=True)
class Hashed:
    """A lexicon that equals another one by the hash of its files."""

    sha256: str
    lexicon: Lexicon = field(compare=False)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Hashed:
        """The key of `lexicon`."""
        return cls(lexicon.sha256, lexicon)

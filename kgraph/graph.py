"""`KnowledgeGraph`: the face that users hold. Every method is a call of a function that takes the graph first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.lexicon.load import Lexicon
from kgraph.model import Claim, Entity, Extraction, Run


@dataclass(frozen=True)
class KnowledgeGraph:
    """What is said in some speeches, ready to be asked, drawn and saved."""

    extractions: tuple[Extraction, ...]
    lexicon: Lexicon
    run: Run

    def __len__(self) -> int:
        return len(self.extractions)

    def __iter__(self) -> Iterator[Extraction]:
        return iter(self.extractions)

    def entities(self, type: str | None = None) -> tuple[Entity, ...]:
        """Entities of a core class, each once, by label."""
        found = {e.id: e for x in self.extractions for e in x.entities if type in (None, e.type)}
        return tuple(sorted(found.values(), key=lambda e: (e.type, e.label)))

    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of the speeches."""
        return tuple(claim for x in self.extractions for claim in x.claims)

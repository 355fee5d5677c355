"""Triples in memory, in Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad, Triple

from kgraph.store import oxigraph
from kgraph.store.interface import Answer

if TYPE_CHECKING:
    import rdflib


class MemoryStore:
    """A store that lives as long as the process."""

    local = True

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._store = pyoxigraph.Store()
        self.generation = 0
        self.load(quads)

    def _changed(self) -> None:
        self.generation += 1

    @property
    def written(self) -> int:
        return self.generation

    def session(self) -> AbstractContextManager[None]:
        return nullcontext()

    def select(self, query: str) -> Answer:
        return oxigraph.select(self._store, query)

    def ask(self, query: str) -> bool:
        return oxigraph.ask(self._store, query)

    def construct(self, query: str) -> Iterator[Triple]:
        return oxigraph.construct(self._store, query)

    def update(self, text: str) -> None:
        oxigraph.update(self._store, text)
        self._changed()

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        return oxigraph.quads(self._store, graph)

    def graphs(self) -> list[str]:
        return oxigraph.graphs(self._store)

    def replace(self, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
        oxigraph.replace(self._store, graphs, quads)
        self._changed()

    def load(self, quads: Iterable[Quad]) -> None:
        self._store.bulk_extend(quads)
        self._changed()

    def load_file(self, path: Path) -> None:
        """Put a graph file in."""
        oxigraph.load_file(self._store, path)
        self._changed()

    def beside(self) -> Path | None:
        return None

    def rdf(self) -> rdflib.Dataset:
        return oxigraph.as_rdflib(self._store, self._changed)

    def close(self) -> None:
        pass

"""What a graph needs of a store, and the form of answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

if TYPE_CHECKING:
    import rdflib

Term = NamedNode | BlankNode | Literal | Triple
Cells = tuple[Term | None, ...]


@dataclass(frozen=True)
class Answer:
    """Solutions of a query: names of variables, and rows of terms that are computed as they are taken."""

    names: tuple[str, ...]
    rows: Iterator[Cells]


class Store(Protocol):
    """Named graphs (one a speech) that answer SPARQL; a query without ``GRAPH`` sees all of them as one.

    `local` says whether reading all triples is cheap; `generation` grows with every change.
    """

    local: bool

    @property
    def generation(self) -> int: ...

    @property
    def written(self) -> int:
        """The generation that the last change made here has brought about."""

    def select(self, query: str) -> Answer:
        """Solutions of a SELECT query. Raises `QueryError` if it is wrong."""

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""

    def construct(self, query: str) -> Iterator[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE query."""

    def update(self, text: str) -> None:
        """Carry out a SPARQL update, wholly or not at all."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Quads of one named graph, or of all graphs."""

    def session(self) -> AbstractContextManager[None]:
        """Changes inside are published together at the end, where that makes a difference."""

    def replace(self, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
        """Take named graphs out and put quads in, as one transaction. Raises `OutputError` if that fails."""

    def load(self, quads: Iterable[Quad]) -> None:
        """Put in many quads fast; a crash may leave a part of them."""

    def load_file(self, path: Path) -> None:
        """Put in a graph file; a crash may leave a part of it. Raises `GraphError` if it cannot be read."""

    def graphs(self) -> list[str]:
        """Names of the named graphs."""

    def beside(self) -> Path | None:
        """A folder of what is derived from the present state of the data; None where there is none."""

    def rdf(self) -> rdflib.Dataset:
        """The same data as an rdflib Dataset."""

    def close(self) -> None:
        """Let go of files and connections; a closed store is not used again."""

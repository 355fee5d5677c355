"""An rdflib graph or dataset that somebody holds, asked as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kgraph.errors import QueryError
from kgraph.rdf.sources import quads_of
from kgraph.store.interface import Answer, Term

if TYPE_CHECKING:
    import rdflib

_BEHIND_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


class RdflibStore:
    """Asks by rdflib's own SPARQL, and changes the graph only when told to.

    A `rdflib.Dataset` must have been made with ``default_union=True``, unless its triples are in the default graph.
    """

    local = False

    def __init__(self, graph: rdflib.Graph) -> None:
        self._graph = graph
        self.generation = 0

    def _query(self, query: str) -> rdflib.query.Result:
        try:
            return self._graph.query(_guarded(query))
        except Exception as problem:  # rdflib raises pyparsing's errors and its own, without a common root
            raise QueryError(f"the query is wrong: {problem}") from problem

    def select(self, query: str) -> Answer:
        found = self._query(query)
        names = tuple(str(name) for name in found.vars or ())
        return Answer(names, (tuple(map(_term, row)) for row in found))  # type: ignore[arg-type]

    def ask(self, query: str) -> bool:
        return bool(self._query(query).askAnswer)

    def construct(self, query: str) -> Iterator[Triple]:
        return (quad.triple for quad in quads_of(self._query(query).graph))

    def update(self, text: str) -> None:
        self._graph.update(text)
        self.generation += 1

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        found = quads_of(self._graph)
        return found if graph is None else (quad for quad in found if quad.graph_name == NamedNode(graph))

    @property
    def written(self) -> int:
        return self.generation

    def session(self) -> AbstractContextManager[None]:
        return nullcontext()

    def replace(self, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
        raise QueryError("a graph of rdflib is only asked here: add speeches to a graph made by kgraph.open")

    def load(self, quads: Iterable[Quad]) -> None:
        self.replace((), quads)

    def load_file(self, path: Path) -> None:
        self.replace((), ())

    def graphs(self) -> list[str]:
        return sorted({quad.graph_name.value for quad in self.quads() if isinstance(quad.graph_name, NamedNode)})

    def beside(self) -> Path | None:
        return None

    def rdf(self) -> Any:
        return self._graph

    def close(self) -> None:
        pass


def _guarded(query: str) -> str:
    """`query` with each ``u`` behind an escaped backslash escaped too: rdflib would read both as one character."""
    return _BEHIND_BACKSLASH.sub(lambda found: f"{found[1]}\\U{ord(found[2]):08X}", query)


def _term(node: Any) -> Term | None:
    from rdflib import BNode, URIRef

    if node is None:
        return None
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))

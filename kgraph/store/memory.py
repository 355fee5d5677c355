"""Triples in memory, in Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from kgraph.errors import OutputError, QueryError
from kgraph.rdf.namespaces import PREFIXES
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

    def _query(self, query: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        try:
            return self._store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as problem:
            raise QueryError(f"the query is wrong: {problem}") from problem

    def select(self, query: str) -> Answer:
        found = self._query(query)
        if not isinstance(found, pyoxigraph.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return Answer(tuple(variable.value for variable in found.variables), map(tuple, found))

    def ask(self, query: str) -> bool:
        return bool(self._query(query))

    def construct(self, query: str) -> Iterator[Triple]:
        found = self._query(query)
        if not isinstance(found, pyoxigraph.QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        return iter(found)

    def update(self, text: str) -> None:
        try:
            self._store.update(text, prefixes=PREFIXES)
            self.generation += 1
        except (SyntaxError, ValueError) as problem:
            raise QueryError(f"the update is wrong: {problem}") from problem

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        if graph is None:
            return iter(self._store)
        return self._store.quads_for_pattern(None, None, None, NamedNode(graph))

    def replace(self, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
        replace(self._store, graphs, quads)
        self.generation += 1

    def load(self, quads: Iterable[Quad]) -> None:
        self._store.bulk_extend(quads)
        self.generation += 1

    def graphs(self) -> list[str]:
        return sorted(node.value for node in self._store.named_graphs())

    def beside(self) -> None:
        return None

    def rdf(self) -> rdflib.Dataset:
        return as_rdflib(self._store)

    def close(self) -> None:
        pass


def replace(store: pyoxigraph.Store, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
    """Drop named graphs and add quads in one transaction."""
    gone = [f"DROP SILENT GRAPH {NamedNode(graph)}" for graph in graphs]
    try:
        if not gone:
            store.extend(quads)
            return
        new = " ".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
        store.update(" ; ".join([*gone, f"INSERT DATA {{ {new} }}"] if new else gone))
    except OSError as problem:
        raise OutputError(f"the store cannot be written: {problem}") from problem


def as_rdflib(store: pyoxigraph.Store) -> rdflib.Dataset:
    """An rdflib Dataset over the same data; what is written there is written here."""
    import oxrdflib
    import rdflib

    dataset = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=store), default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset

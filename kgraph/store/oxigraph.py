"""What memory and folder share: questions and changes to one Oxigraph store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from kgraph.errors import GraphError, OutputError, QueryError
from kgraph.rdf.formats import format_of
from kgraph.rdf.namespaces import PREFIXES
from kgraph.store.interface import Answer

if TYPE_CHECKING:
    import rdflib

Found = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


def _query(store: pyoxigraph.Store, query: str) -> Found:
    try:
        return store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as problem:
        raise QueryError(f"the query is wrong: {problem}") from problem


def select(store: pyoxigraph.Store, query: str) -> Answer:
    """Solutions of a SELECT query."""
    found = _query(store, query)
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise QueryError("a SELECT query is needed here")
    return Answer(tuple(variable.value for variable in found.variables), map(tuple, found))


def ask(store: pyoxigraph.Store, query: str) -> bool:
    """The answer to an ASK query."""
    return bool(_query(store, query))


def construct(store: pyoxigraph.Store, query: str) -> Iterator[Triple]:
    """Triples of a CONSTRUCT or DESCRIBE query."""
    found = _query(store, query)
    if not isinstance(found, pyoxigraph.QueryTriples):
        raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
    return iter(found)


def update(store: pyoxigraph.Store, text: str) -> None:
    """Carry out a SPARQL update in one transaction."""
    try:
        store.update(text, prefixes=PREFIXES)
    except (SyntaxError, ValueError) as problem:
        raise QueryError(f"the update is wrong: {problem}") from problem
    except OSError as problem:
        raise OutputError(f"the store cannot be written: {problem}") from problem


def quads(store: pyoxigraph.Store, graph: str | None) -> Iterator[Quad]:
    """Quads of one named graph, or of all."""
    return iter(store) if graph is None else store.quads_for_pattern(None, None, None, NamedNode(graph))


def graphs(store: pyoxigraph.Store) -> list[str]:
    """Names of the named graphs, sorted."""
    return sorted(node.value for node in store.named_graphs())


def replace(store: pyoxigraph.Store, gone: Iterable[str], new: Iterable[Quad]) -> None:
    """Drop named graphs and add quads in one transaction."""
    drops = [f"DROP SILENT GRAPH {NamedNode(graph)}" for graph in gone]
    try:
        if drops:
            store.update(" ;\n".join([*drops, *_insertions(new)]))
        else:
            store.extend(new)
    except OSError as problem:
        raise OutputError(f"the store cannot be written: {problem}") from problem


def _insertions(new: Iterable[Quad]) -> list[str]:
    lines = [f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}" for quad in new]
    return ["\n".join(["INSERT DATA {", *lines, "}"])] if lines else []


def load_file(store: pyoxigraph.Store, path: Path) -> None:
    """Read a graph file into the store. Raises `GraphError` if it cannot be read."""
    format = pyoxigraph.RdfFormat.from_extension(format_of(path).value)
    try:
        store.bulk_load(path=str(path), format=format)
    except SyntaxError as problem:
        raise GraphError(f"{path.name} cannot be read: {problem}") from problem
    except OSError as problem:
        raise GraphError(f"{path.name} cannot be read ({problem.strerror or problem})") from problem


def as_rdflib(store: pyoxigraph.Store, changed: Callable[[], None] = lambda: None) -> rdflib.Dataset:
    """An rdflib Dataset over the same data; `changed` is called after each change made there."""
    import rdflib

    dataset = rdflib.Dataset(store=_watched(changed)(store=store), default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset


def _watched(changed: Callable[[], None]) -> type:
    """The store that oxrdflib gives to rdflib, made to tell of changes."""
    import oxrdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    class Watched(oxrdflib.OxigraphStore):
        def update(self, update: Any, initNs: Any, initBindings: Any, queryGraph: str, **named: Any) -> None:  # noqa: N803
            # A dataset with a union of graphs would make oxrdflib refuse, and rdflib then work in Python.
            graph = DATASET_DEFAULT_GRAPH_ID if queryGraph == "__UNION__" else queryGraph
            super().update(update, initNs, initBindings, graph, **named)

    for name in ("add", "addN", "remove", "add_graph", "remove_graph", "update"):
        setattr(Watched, name, _telling(getattr(Watched, name), changed))
    return Watched


def _telling(method: Callable, changed: Callable[[], None]) -> Callable:
    def call(*args: object, **named: object) -> object:
        try:
            return method(*args, **named)
        except RuntimeError as problem:  # of a store that is open for reading
            raise OutputError(
                f"a kept graph is only read by rdflib ({problem}): use add, remove, or sparql with update=True"
            ) from problem
        finally:
            changed()

    return call

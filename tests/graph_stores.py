"""The same graph in every kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rdflib
from graph_servers import oxigraph_server, virtuoso_server
from speeches import RUN, extractions

import kgraph
from kgraph.adding import put

KINDS = ("memory", "folder", "rdflib", "rdflib dataset", "oxigraph", "oxigraph without graph store", "virtuoso")
SERVERS = KINDS[4:]


@contextmanager
def empty_graph(kind: str, folder: Path) -> Iterator[kgraph.KnowledgeGraph]:
    """An empty graph in a store of this kind."""
    if kind == "memory":
        yield kgraph.open()
    elif kind == "folder":
        with kgraph.open(folder / "graph.kg") as kg:
            yield kg
    elif kind == "virtuoso":
        with virtuoso_server(folder) as options, kgraph.open(**options) as kg:
            yield kg
    else:
        with oxigraph_server() as options, kgraph.open(**_without(options, kind)) as kg:
            yield kg


def _without(options: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "data" or "without" not in kind}


@contextmanager
def graph_in(kind: str, folder: Path) -> Iterator[Any]:
    """The five speeches in a store of this kind: a `KnowledgeGraph`, or an object of rdflib."""
    if kind.startswith("rdflib"):
        memory = kgraph.KnowledgeGraph(extractions(), run=RUN)
        form = "nq" if kind.endswith("dataset") else "ttl"
        memory.save(folder / f"graph.{form}")
        graph = rdflib.Dataset(default_union=True) if form == "nq" else rdflib.Graph()
        yield graph.parse(folder / f"graph.{form}", format="nquads" if form == "nq" else "turtle") and graph
        return
    with empty_graph(kind, folder) as kg:
        put(kg, extractions(), RUN)
        yield kg


def in_memory() -> kgraph.KnowledgeGraph:
    """The five speeches in memory."""
    return kgraph.KnowledgeGraph(extractions(), run=RUN)

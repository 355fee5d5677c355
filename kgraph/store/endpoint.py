"""Triples behind a SPARQL 1.1 endpoint: query, update and graph store protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kgraph.errors import QueryError, StoreError
from kgraph.rdf.formats import read_graph
from kgraph.rdf.namespaces import PREFIXES
from kgraph.store.http import Server
from kgraph.store.interface import Answer

if TYPE_CHECKING:
    import rdflib

_PROLOGUE = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
_FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_RDFLIB = "application/sparql-results+xml, application/rdf+xml;q=0.5"  # rdflib names both, in an order of chance
_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_SPEECH_GRAPHS = _PROLOGUE + "SELECT DISTINCT ?graph { GRAPH ?graph { ?node a kg:SpeechGraph } }"


class EndpointStore:
    """A store on a server.

    `query` is the address for queries; `update` that for updates, by default the same; `data` that of the graph store
    protocol, where there is one: speeches are then put and taken out whole, which is faster and keeps every one whole.
    A query without ``GRAPH`` must see all named graphs: most servers do so, others need a setting; Oxigraph is told.
    """

    local = False

    def __init__(
        self,
        query: str,
        *,
        update: str | None = None,
        data: str | None = None,
        user: str | None = None,
        password: str | None = None,
        token: str | None = None,
        timeout: float = 60.0,
        retries: int = 3,
    ) -> None:
        self.query_address, self.update_address, self.data_address = query, update or query, data
        self.server = Server(user, password, token, timeout, retries)
        self.generation = 0

    def _query(self, query: str, accept: str) -> tuple[bytes, str]:
        body = urlencode({"query": query, "union-default-graph": "true"}).encode("ascii")
        return self.server.ask("POST", self.query_address, body=body, headers={**_FORM, "Accept": accept})

    def _results(self, query: str) -> QuerySolutions | QueryBoolean:
        data, kind = self._query(query, _RESULTS)
        format = QueryResultsFormat.from_media_type(kind)
        if format is None:
            raise StoreError(f"{self.query_address} answered with {kind}, not with results of a query")
        try:
            return parse_query_results(_standard(data), format=format)
        except SyntaxError as problem:
            raise StoreError(f"{self.query_address} answered what cannot be read: {problem}") from problem

    def select(self, query: str) -> Answer:
        found = self._results(query)
        if not isinstance(found, QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return Answer(tuple(variable.value for variable in found.variables), map(tuple, found))

    def ask(self, query: str) -> bool:
        found = self._results(query)
        if isinstance(found, QueryBoolean):
            return bool(found)
        return any(row[0].value in ("1", "true") for row in found)  # Virtuoso answers with a table of one cell

    def construct(self, query: str) -> Iterator[Triple]:
        return (quad.triple for quad in _read(*self._query(query, _TRIPLES)))

    def update(self, text: str) -> None:
        self._update(text, repeatable=False)

    def _update(self, text: str, repeatable: bool) -> None:
        body = urlencode({"update": text}).encode("ascii")
        self.server.ask("POST", self.update_address, body=body, headers=_FORM, repeatable=repeatable)
        self.generation += 1

    def graphs(self) -> list[str]:
        return sorted(row[0].value for row in self.select(_SPEECH_GRAPHS).rows)  # type: ignore[union-attr]

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        for name in self.graphs() if graph is None else [graph]:
            node = NamedNode(name)
            for quad in self._graph(name):
                yield Quad(quad.subject, quad.predicate, quad.object, node)

    def _graph(self, name: str) -> Iterator[Quad]:
        if self.data_address:
            return _read(*self.server.ask("GET", self._data(name), headers={"Accept": _TRIPLES}))
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(name)} {{ ?s ?p ?o }} }}"
        return _read(*self._query(query, _TRIPLES))

    def _data(self, graph: str) -> str:
        mark = "&" if "?" in (self.data_address or "") else "?"
        return f"{self.data_address}{mark}graph={quote(graph, safe='')}"

    @property
    def written(self) -> int:
        return self.generation

    def session(self) -> AbstractContextManager[None]:
        return nullcontext()

    def replace(self, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
        gone, new = list(graphs), _by_graph(quads)
        if self.data_address:
            for name, triples in new.items():
                self._put(name, triples)
            for name in gone:
                if name not in new:
                    self.server.ask("DELETE", self._data(name))
            self.generation += 1
            return
        steps = [f"DROP SILENT GRAPH {NamedNode(name)}" for name in dict.fromkeys([*gone, *new])]
        steps += [f"INSERT DATA {{ GRAPH {NamedNode(name)} {{ {_lines(triples)} }} }}" for name, triples in new.items()]
        self._update(" ;\n".join(steps), repeatable=True)

    def _put(self, name: str, triples: list[Triple]) -> None:
        headers = {"Content-Type": "application/n-triples"}
        self.server.ask("PUT", self._data(name), body=_lines(triples).encode("utf-8"), headers=headers)

    def load(self, quads: Iterable[Quad]) -> None:
        for _, part in groupby(quads, key=lambda quad: quad.graph_name):
            self.replace((), part)

    def load_file(self, path: Path) -> None:
        self.load(read_graph(path))

    def beside(self) -> Path | None:
        return None

    def rdf(self) -> rdflib.Dataset:
        """An rdflib Dataset that asks the server; what is written there is written to the server."""
        import rdflib
        from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

        server = self.server
        auth = (server.user, server.password or "") if server.user is not None else None
        headers = {"Authorization": f"Bearer {server.token}"} if server.token else {}
        store = SPARQLUpdateStore(
            self.query_address,
            self.update_address,
            auth=auth,
            headers=headers,
            params={"union-default-graph": "true"},
            returnFormat="xml",
        )
        store.response_mime_types = lambda: _RDFLIB  # type: ignore[method-assign]
        return rdflib.Dataset(store=store, default_union=True)

    def close(self) -> None:
        pass


def _standard(data: bytes) -> bytes:
    """Results in JSON as the standard has them: Virtuoso calls literals with a datatype by a name of its own."""
    if b'"typed-literal"' not in data:
        return data
    return json.dumps(json.loads(data, object_hook=_literal)).encode("ascii")


def _literal(found: dict[str, object]) -> dict[str, object]:
    return {**found, "type": "literal"} if found.get("type") == "typed-literal" else found


def _read(data: bytes, kind: str) -> Iterator[Quad]:
    format = RdfFormat.from_media_type("text/turtle" if kind == "text/plain" else kind)
    if format is None:
        raise StoreError(f"the server answered with {kind}, not with triples")
    return parse(data, format=format)


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            raise StoreError("only named graphs can be put on a server: use .trig or .nq files")
        found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return found


def _lines(triples: Iterable[Triple]) -> str:
    data: bytes = serialize(triples, format=RdfFormat.N_TRIPLES)  # type: ignore[assignment]
    return data.decode("utf-8")

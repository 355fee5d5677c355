"""Any SPARQL query, with safe parameters, a time limit, and answers as tables."""

from __future__ import annotations

import re
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kgraph.errors import QueryError, QueryTimeout
from kgraph.query.parameters import IRI, bound
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.template import PROLOGUE
from kgraph.query.tokens import fetches, form
from kgraph.rdf.literals import literal_text
from kgraph.rdf.namespaces import expand
from kgraph.table import Table

SECONDS = 60.0
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_REASON = re.compile(r"[A-Z][\w,]+( [\w,]+)+")  # a sentence among the lists of characters
_SHOWN = 40  # characters of the query
Result = TypeVar("Result")
_NUMBERS: dict[str, Callable[[str], Any]] = {
    **{expand(f"xsd:{name}"): int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{expand(f"xsd:{name}"): float for name in ("double", "float")},
    expand("xsd:decimal"): lambda text: float(Decimal(text)),
    expand("xsd:boolean"): lambda text: text in ("true", "1"),
}


def sparql(
    graph: Graph,
    query: str,
    *,
    timeout: float | None = SECONDS,
    update: bool = False,
    federated: bool = False,
    **values: Any,
) -> Table | bool | None:
    """A table for SELECT, CONSTRUCT and DESCRIBE, a truth value for ASK, None for an update.

    Each of `values` stands for the variable of that name. They are bound as terms, never pasted as text: strings are
    strings, `IRI` makes an IRI, an entity stands for its IRI. The prefixes of the vocabularies that kgraph writes are
    known. Without ``GRAPH`` a query sees all speeches as one graph.

    Updates are refused unless `update` is true, and questions to other servers (SERVICE) unless `federated` is. After
    `timeout` seconds (None: never) `QueryTimeout` is raised; a local store ends its work on the query later, unseen.
    Raises `QueryError` if the query is wrong.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> [row.date for row in kg.sparql("SELECT ?date { ?s dct:date ?date ; dct:identifier ?doc } ORDER BY ?date")]
    ['2014-07-10', '2022-10-26']
    >>> kg.sparql("ASK { ?claim kg:modality ?modality }", modality="asserted")
    True
    """
    source = source_of(graph)
    text = bound(query, {name: _by_id(source, value) for name, value in values.items()})
    kind = form(text)
    if not federated and fetches(text):
        raise QueryError("the query asks another server (SERVICE): say federated=True if you mean it")
    if kind is None and not update:
        raise QueryError("this is no query (SELECT, ASK, CONSTRUCT, DESCRIBE); say update=True to change the graph")
    try:
        return within(timeout, lambda: _answer(source, PROLOGUE + text, kind))
    except QueryError as problem:
        raise QueryError(_readable(str(problem), text)) from problem


def _readable(message: str, query: str) -> str:
    """A parser's message with its place in the query that the user wrote, and without long lists of characters."""
    found = _PLACE.search(message)
    if not found:
        return message
    line, column, told = int(found[1]), int(found[2]), found[3]
    column -= len(PROLOGUE) if line == 1 else 0
    if told.startswith("expected "):
        reasons = [one for one in told.removeprefix("expected one of ").split(", ") if _REASON.fullmatch(one)]
        told = ", ".join(reasons) or "this cannot stand here"
    rest = "".join(query.splitlines(keepends=True)[line - 1 : line])[max(0, column - 1) :].strip()
    return f"{message[: found.start()]}line {line}, column {column}, at {rest[:_SHOWN] or 'the end'!r}: {told}"


def _by_id(source: Source, value: Any) -> Any:
    """The node of an entity or of a row about one, any other value as it is."""
    id_ = getattr(value, "id", None)
    return source.node(id_) if isinstance(id_, str) else value


def _answer(source: Source, text: str, kind: str | None) -> Table | bool | None:
    if kind is None:
        source.store.update(text)
        return None
    if kind == "ASK":
        return source.store.ask(text)
    if kind == "SELECT":
        answer = source.store.select(text)
        return _table(answer.names, answer.rows)
    return _table(("subject", "predicate", "object"), map(tuple, source.store.construct(text)))


def _table(names: tuple[str, ...], rows: Iterator[tuple]) -> Table:
    kind = namedtuple("Solution", names, rename=True)  # type: ignore[misc]
    return Table([kind(*map(to_value, row)) for row in rows], names)


def to_value(value: NamedNode | BlankNode | Literal | Triple | None) -> Any:
    """A term as a Python value: IRIs as `IRI`, numbers and truth values as such, other literals as text."""
    if value is None:
        return None
    if isinstance(value, NamedNode):
        return IRI(value.value)
    if not isinstance(value, Literal):
        return str(value)
    read = _NUMBERS.get(value.datatype.value)
    try:
        return read(value.value) if read else literal_text(value)
    except ValueError:  # "abc"^^xsd:integer is allowed in RDF
        return value.value


def within(seconds: float | None, work: Callable[[], Result]) -> Result:
    """The result of `work`, or `QueryTimeout` after so many seconds."""
    if seconds is None:
        return work()
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as problem:  # handed to the thread that waits
            failed.append(problem)

    thread = threading.Thread(target=run, daemon=True, name="kgraph-query")
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise QueryTimeout(f"the query took longer than {seconds:g} s: narrow it, or give it more with timeout=")
    return done[0]

"""The named queries: SPARQL files with parameters, filled in with terms, never with raw text.

A file is one query. ``$name`` stands for one or more terms. A line that ends in ``#? name`` (or ``#? name other``)
stays only if all those parameters are bound, so that one file serves every combination of filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode

from kgraph.errors import QueryError
from kgraph.rdf.literals import decimal_literal, integer_literal, text_literal
from kgraph.rdf.namespaces import PREFIXES

Node = NamedNode | Literal
Given = Node | str | float | Iterable[Node | tuple[Node, ...]]
_MARK = re.compile(r"\s*#\?((?: \w+)+)\s*$")
_PARAMETER = re.compile(r"\$(\w+)")
PROLOGUE = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())  # one line: messages count lines


@cache
def query_text(name: str) -> str:
    """The text of ``sparql/NAME.rq``."""
    return (files("kgraph.query") / "sparql" / f"{name}.rq").read_text("utf-8")


def filled(name: str, given: Mapping[str, Given | None] | None = None) -> str:
    """The named query with its parameters bound; None leaves one unbound. Strings become literals."""
    bound = {key: _written(value) for key, value in (given or {}).items() if value is not None}
    lines = (_line(line, bound) for line in query_text(name).splitlines())
    return PROLOGUE + "\n".join(line for line in lines if line)


def _line(line: str, bound: Mapping[str, str]) -> str:
    mark = _MARK.search(line)
    if mark:
        if not all(name in bound for name in mark[1].split()):
            return ""
        line = line[: mark.start()]
    elif line.lstrip().startswith("#"):
        return ""
    return _PARAMETER.sub(lambda found: bound[found[1]], line)


def _written(value: Given | tuple[Node, ...]) -> str:
    if isinstance(value, (NamedNode, Literal)):
        return str(value)
    if isinstance(value, tuple):
        return f"({' '.join(map(_written, value))})"
    if isinstance(value, str):
        return str(text_literal(value))
    if isinstance(value, int):
        return str(integer_literal(value))
    if isinstance(value, float):
        return str(decimal_literal(value))
    return " ".join(map(_written, value))


def node(iri: str) -> NamedNode:
    """An IRI as a node. Raises `QueryError` if it is none."""
    try:
        return NamedNode(iri)
    except ValueError as problem:
        raise QueryError(f"{iri[:200]!r} is no IRI: {problem}") from problem

"""Values into a query, as terms in place of variables: nothing that a value holds is ever read as SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode

from kgraph.errors import QueryError
from kgraph.query.tokens import Token, tokens
from kgraph.rdf.literals import date_literal, decimal_literal, integer_literal, text_literal
from kgraph.rdf.namespaces import term


class IRI(str):
    """A string that is an IRI: ``kg.sparql("...", who=IRI("https://..."))``; so are the IRIs in answers."""

    __slots__ = ()


def bound(query: str, given: Mapping[str, Any]) -> str:
    """`query` with each variable in `given` replaced by its value, wherever it stands.

    In the list of a SELECT the value is shown under the name of the variable. Raises `QueryError` for a name that is
    no variable of the query, or for a value that is no term.
    """
    terms = {name: str(to_term(value)) for name, value in given.items()}
    words = list(tokens(query))
    unknown = set(terms) - {token.text[1:] for token in words if token.kind == "variable"}
    if unknown:
        raise QueryError(f"the query has no variable called {', '.join(sorted(unknown))}")
    parts, end = [], 0
    for token, shown, inside in _placed(words):
        if token.kind == "variable" and token.text[1:] in terms:
            value = terms[token.text[1:]]
            parts += [query[end : token.start], _fitted(value, token.text, shown, inside)]
            end = token.end
    return "".join([*parts, query[end:]])


def _fitted(value: str, variable: str, shown: bool, inside: bool) -> str:
    if inside:
        return f" {value} "
    return f" ({value} AS ?{variable[1:]}) " if shown else f" ({value}) "


def _placed(words: list[Token]) -> list[tuple[Token, bool, bool]]:
    """Each word, whether it stands in the list of a SELECT, and whether in a group or in brackets."""
    placed, depth, shown, listed = [], 0, False, 0
    for token in words:
        if token.kind == "word" and token.text.upper() == "SELECT":
            shown, listed = True, depth
        elif token.text == "{" or (token.kind == "word" and token.text.upper() in ("WHERE", "FROM")):
            shown = False
        if token.text in ("{", "("):
            depth += 1
        elif token.text in ("}", ")"):
            depth -= 1
        in_list = shown and depth == listed
        placed.append((token, in_list, depth > 0 and not in_list))
    return placed


def to_term(value: Any) -> NamedNode | Literal:
    """A Python value, or a term of rdflib or pyoxigraph, as a term.

    Strings are strings, `IRI` is an IRI.
    """
    if isinstance(value, (NamedNode, Literal)):
        return value
    if isinstance(value, IRI) or type(value).__name__ == "URIRef":
        return _iri(str(value))
    if type(value).__module__.startswith("rdflib"):
        return _from_rdflib(value)
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=term("xsd:boolean"))
    if isinstance(value, int):
        return integer_literal(value)
    if isinstance(value, float):
        return decimal_literal(value)
    if isinstance(value, date):
        return date_literal(value.isoformat()[:10])
    if isinstance(value, str):
        return text_literal(value)
    raise QueryError(f"{value!r:.200} cannot be a value in a query")


def _iri(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as problem:
        raise QueryError(f"{text[:200]!r} is no IRI: {problem}") from problem


def _from_rdflib(value: Any) -> Literal:
    if not hasattr(value, "datatype"):
        raise QueryError(f"{value!r:.200} cannot be a value in a query")
    if value.language:
        return Literal(str(value), language=value.language)
    return Literal(str(value), datatype=NamedNode(str(value.datatype))) if value.datatype else text_literal(str(value))

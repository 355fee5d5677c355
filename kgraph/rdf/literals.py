"""Python values as literals that every format can hold, and back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal

from kgraph.rdf.namespaces import term

INTEGER, DECIMAL, ESCAPED = term("xsd:integer"), term("xsd:decimal"), term("kg:escaped")

# Lone surrogates are no characters in RDF; XML 1.0 has no other control characters than tab and line ends.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|\\)")
_DATES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), term("xsd:date")),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"), term("xsd:gYearMonth")),
    (re.compile(r"\d{4}"), term("xsd:gYear")),
)


def text_literal(text: str) -> Literal:
    r"""A string; of datatype ``kg:escaped`` where it holds characters that RDF or XML cannot.

    >>> print(text_literal("a\x00"))
    "a\\u0000"^^<https://w3id.org/kgraph/ontology#escaped>
    """
    if not _UNFIT.search(text):
        return Literal(text)
    doubled = text.replace("\\", "\\\\")
    return Literal(_UNFIT.sub(lambda found: f"\\u{ord(found.group()):04X}", doubled), datatype=ESCAPED)


def literal_text(literal: Literal) -> str:
    """The string that `text_literal` was given."""
    if literal.datatype != ESCAPED:
        return literal.value
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\\", literal.value)


def integer_literal(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), datatype=INTEGER)


def decimal_literal(value: float) -> Literal:
    """An ``xsd:decimal`` in the shortest form that gives the same float again.

    >>> print(decimal_literal(1.0).value, decimal_literal(0.85).value, decimal_literal(1e-7).value)
    1 0.85 0.0000001
    """
    return Literal(format(Decimal(repr(float(value))).normalize(), "f"), datatype=DECIMAL)


def date_literal(text: str) -> Literal:
    """A date of the precision given, or a plain string where it is no date of the calendar.

    >>> print(date_literal("2014-07").datatype.value)
    http://www.w3.org/2001/XMLSchema#gYearMonth
    >>> print(date_literal("2014-02-31").datatype.value)
    http://www.w3.org/2001/XMLSchema#string
    """
    for pattern, datatype in _DATES:
        if text.isascii() and pattern.fullmatch(text) and _in_calendar(text):
            return Literal(text, datatype=datatype)
    return text_literal(text)


def _in_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True

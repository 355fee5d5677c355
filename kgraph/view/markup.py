"""Small pieces of XML: elements with escaped text and attributes."""

from __future__ import annotations

import re
from html import escape

from kgraph.view.visible import visible

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is already XML; Jinja leaves it as it is."""

    def __html__(self) -> str:
        return self


def text(words: str) -> Markup:
    """`words` as XML text: escaped, control characters visible, what XML cannot hold as U+FFFD."""
    return Markup(escape(_UNFIT.sub("\ufffd", visible(words))))


def raw_text(words: str) -> Markup:
    """`words` as XML text with bidirectional controls kept: for data, not for reading."""
    return Markup(escape(_UNFIT.sub("\ufffd", words)))


def tag(name: str, *children: Markup, **attributes: str | float | None) -> Markup:
    """An element; underscores in attribute names become hyphens, numbers keep one decimal, None is left out.

    >>> tag("path", d="M0 0", stroke_width=1.25)
    '<path d="M0 0" stroke-width="1.2"/>'
    """
    given = ((key.replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    own = "".join(f' {key}="{_value(value)}"' for key, value in given)
    inside = "".join(children)
    return Markup(f"<{name}{own}>{inside}</{name}>" if inside else f"<{name}{own}/>")


def _value(value: str | float) -> str:
    return number(value) if isinstance(value, int | float) else text(value)


def number(value: float) -> str:
    """At most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def path(*parts: str | float) -> str:
    """Path data from letters and numbers."""
    return " ".join(part if isinstance(part, str) else number(part) for part in parts)

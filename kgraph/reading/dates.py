"""Dates as printed -> ISO 8601, at the precision that is printed."""

from __future__ import annotations

import re

from kgraph.reading.layout import load_layout

_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")


def parse_date(text: str) -> str | None:
    """ISO date of the first date in `text`, or None.

    >>> parse_date("July 10, 2014"), parse_date("26 October 2022"), parse_date("2017 (session 72)")
    ('2014-07-10', '2022-10-26', '2017')
    """
    if found := _ISO.search(text):
        return found.group(0)
    return _worded(text) or (found.group(1) if (found := _YEAR.search(text)) else None)


def _worded(text: str) -> str | None:
    months = load_layout().months
    name = "|".join(months)
    for pattern in (
        rf"\b(?P<m>{name})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{name}),?\s+(?P<y>\d{{4}})\b",
    ):
        if found := re.search(pattern, text, re.IGNORECASE):
            return f"{found['y']}-{months[found['m'].casefold()]:02d}-{int(found['d']):02d}"
    return None


def is_date_line(line: str) -> bool:
    """Whether `line` holds a date and hardly anything else."""
    return len(line) <= 40 and _worded(line) is not None


def date_in_name(name: str) -> str | None:
    """ISO date inside a file name, or None.

    >>> date_in_name("2022-10-26-cis-security-heads.txt")
    '2022-10-26'
    """
    found = _ISO.search(name.replace("_", " "))
    return found.group(0) if found else None

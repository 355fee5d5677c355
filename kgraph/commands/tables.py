"""Tables for people at a terminal, and for programs."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgraph.table import Table

_DROPPED = ("rule", "voice", "start", "end")  # at a terminal the sentence says more


class Form(StrEnum):
    """How a table is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def show(table: Table[Any], form: Form) -> None:
    """Write a table to standard output."""
    if form is Form.JSON:
        json.dump(table.to_dicts(), sys.stdout, ensure_ascii=False, indent=1, default=str)
        print()
    elif form is Form.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_cell(cell) for cell in row] for row in table.values())
    else:
        _draw(table)


def _cell(cell: Any) -> Any:
    from kgraph.table import as_text

    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t"):
        return "'" + cell  # a spreadsheet would run it
    return as_text(cell) if isinstance(cell, tuple) or cell is None else cell


def _draw(table: Table[Any]) -> None:
    """A grid; or, where rows hold sentences, a line for each row with its sentences below it."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table as Drawn
    from rich.text import Text

    console = Console(highlight=False)
    columns, rows = table.drawn()
    kept = [i for i, name in enumerate(columns) if name not in _DROPPED]
    if not len(table):
        console.print("nothing found", style="dim")
    elif any("quote" in name for name in columns):
        for row in rows:
            facts = [row[i] for i in kept if "quote" not in columns[i] and row[i]]
            console.print(Text(" · ".join(map(_flat, facts)), style="bold"))
            for i in kept:
                if "quote" in columns[i] and row[i]:
                    console.print(Padding(Text(_flat(row[i])), (0, 0, 0, 4)))
    else:
        drawn = Drawn(box=None, pad_edge=False, header_style="bold")
        for i in kept:
            drawn.add_column(columns[i], overflow="fold")
        for row in rows:
            drawn.add_row(*(Text(_flat(row[i])) for i in kept))  # Text: no markup of a speech is obeyed
        console.print(drawn)


def _flat(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))

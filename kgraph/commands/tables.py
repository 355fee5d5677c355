"""Answers for people at a terminal, and for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from kgraph.query import Profile
    from kgraph.table import Table

_DROPPED = frozenset(("voice", "start", "end"))  # at a terminal the sentence says more
# What is clear without its name; all else is shown with it.
_CLEAR = frozenset(
    "date threat type actor subject predicate object target change claimant speaker polarity modality doc".split()
)


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def form_of(as_json: bool, as_csv: bool) -> Form:
    """The form that two options stand for."""
    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE


def show(answer: Table[Any] | Profile | bool | None, form: Form, most: int | None = None) -> None:
    """Write an answer to standard output, of a table at most so many rows; an update has none."""
    if isinstance(answer, bool):
        print(json.dumps(answer))
    elif isinstance(answer, Sequence):
        _show_table(answer[:most], form)
    elif answer is not None:
        _show_profile(answer, form)


def _show_table(table: Table[Any], form: Form) -> None:
    if form is Form.JSON:
        _write_json(table.to_dicts())
    elif form is Form.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_cell(cell) for cell in row] for row in table.values())
    else:
        _draw(table, _console())


def _show_profile(profile: Profile, form: Form) -> None:
    if form is Form.JSON:
        _write_json(profile.to_dict())
    elif form is Form.CSV:
        raise typer.BadParameter("a profile is more than one table: use --json", param_hint="--csv")
    else:
        _draw_profile(profile, _console())


def _write_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


def _cell(cell: Any) -> Any:
    from kgraph.table import as_text

    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t"):
        return "'" + cell  # a spreadsheet would run it
    return as_text(cell) if isinstance(cell, tuple) or cell is None else cell


def _console() -> Console:
    """Standard output; lines that go to a file or a program are not broken."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 1000)
    return console


def _draw(table: Table[Any], console: Console) -> None:
    """A grid; or, where rows hold sentences, a line for each row with its sentences below it."""
    columns, rows = table.drawn()
    if not len(table):
        console.print("nothing found", style="dim")
    elif any("quote" in name for name in columns):
        for row in rows:
            _draw_said({name: _flat(cell) for name, cell in zip(columns, row, strict=True) if cell}, console)
    else:
        _draw_grid(columns, list(rows), console)


def _draw_said(row: dict[str, str], console: Console) -> None:
    """What is said, numbers with their names, and the sentences with what stands around them."""
    from rich.padding import Padding
    from rich.text import Text

    around = {"before", "quote", "after"} <= row.keys()
    quotes = {name: text for name, text in row.items() if "quote" in name}
    rest = {name: text for name, text in row.items() if name not in quotes and name not in _DROPPED}
    if around:
        quotes["quote"] = f"… {rest.pop('before')} » {quotes['quote']} « {rest.pop('after')} …"
    clear = [text for name, text in rest.items() if name in _CLEAR]
    named = [f"{name.replace('_', ' ')} {text}" for name, text in rest.items() if name not in _CLEAR]
    line = Text(" · ".join(clear), style="bold")
    console.print(line.append(" · " * bool(clear and named) + " · ".join(named), style="not bold"))
    for name, text in quotes.items():
        side = " ".join(word for word in name.split("_") if word != "quote")
        told = text if len(quotes) == 1 else f"{side}: {text}"
        console.print(Padding(Text(told), (0, 0, 0, 4), expand=False))


def _draw_grid(columns: list[str], rows: list[list[str]], console: Console) -> None:
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=None, pad_edge=False, header_style="bold")
    kept = [i for i, name in enumerate(columns) if name not in _DROPPED]
    for i in kept:
        number = all(_is_number(row[i]) for row in rows)
        drawn.add_column(columns[i].replace("_", " "), overflow="fold", justify="right" if number else "left")
    for row in rows:
        drawn.add_row(*(Text(_flat(row[i])) for i in kept))  # Text: no markup of a speech is obeyed
    console.print(drawn)


def _draw_profile(profile: Profile, console: Console) -> None:
    from rich.text import Text

    console.print(Text(_flat(profile.label), style="bold"))
    for name, text in profile.facts():
        console.print(Text(f"  {name}: {_flat(text)}"))
    for title, table in profile.tables():
        console.print(Text(f"\n{title} ({len(table)})", style="bold"))
        _draw(table, console)


def _is_number(text: str) -> bool:
    return text.replace(".", "").removeprefix("-").isdigit()


def _flat(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))

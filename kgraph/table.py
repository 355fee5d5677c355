"""Answers: a short, typed, immutable sequence of rows that shows well and becomes a data frame."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kgraph.errors import MissingExtra, QueryError

if TYPE_CHECKING:
    import pandas

Row = TypeVar("Row", covariant=True)
SHOWN = 25  # rows drawn in a notebook or by print
WIDTH = 60  # characters of a cell that are drawn


class Table(Sequence[Row], Generic[Row]):
    """Rows of one kind (frozen dataclasses or named tuples) under named columns.

    It iterates, has a length, slices into tables, compares by value, draws itself in Jupyter. Columns that end in
    ``_id`` are in the rows and in exports, but are not drawn.
    """

    __slots__ = ("_rows", "columns")

    def __init__(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        self._rows = tuple(rows)
        self.columns = tuple(columns)

    @classmethod
    def of(cls, kind: type[Row], rows: Iterable[Row]) -> Table[Row]:
        """A table of dataclass rows; their fields are the columns."""
        return cls(rows, [field.name for field in dataclasses.fields(kind)])  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Table[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Table[Row]:
        return Table(self._rows[place], self.columns) if isinstance(place, slice) else self._rows[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (self.columns, self._rows) == (other.columns, other._rows)

    def __hash__(self) -> int:
        return hash((self.columns, self._rows))

    def values(self) -> Iterator[tuple[Any, ...]]:
        """The cells of each row, in the order of `columns`."""
        for row in self._rows:
            yield tuple(row) if isinstance(row, tuple) else tuple(getattr(row, name) for name in self.columns)

    def column(self, name: str) -> tuple[Any, ...]:
        """The cells under one name. Raises `QueryError` if there is no such column."""
        if name not in self.columns:
            raise QueryError(f"no column is called {name!r}; there are {', '.join(self.columns)}")
        place = self.columns.index(name)
        return tuple(row[place] for row in self.values())

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each row as a dictionary of plain values (enums become strings)."""
        return [{name: _plain(cell) for name, cell in zip(self.columns, row, strict=True)} for row in self.values()]

    def df(self) -> pandas.DataFrame:
        """The rows as a pandas data frame. Raises `MissingExtra` without pandas."""
        try:
            import pandas
        except ImportError as problem:
            raise MissingExtra("data frames need pandas: pip install 'kgraph[pandas]'") from problem
        return pandas.DataFrame(self.to_dicts(), columns=list(self.columns))

    def drawn(self) -> tuple[list[str], Iterator[list[str]]]:
        """Column names and cells as short text, without the ``_id`` columns."""
        places = [i for i, name in enumerate(self.columns) if not name.endswith("_id")]
        rows = ([as_text(row[i]) for i in places] for row in self.values())
        return [self.columns[i] for i in places], rows

    def _repr_html_(self) -> str:
        columns, rows = self.drawn()
        head = "".join(f"<th>{escape(name)}</th>" for name in columns)
        body = "".join(_html_row(row) for row, _ in zip(rows, range(SHOWN), strict=False))
        more = f"<p>{len(self) - SHOWN} more of {len(self)} rows</p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def __repr__(self) -> str:
        columns, rows = self.drawn()
        shown = [columns, *([_short(cell) for cell in row] for row, _ in zip(rows, range(SHOWN), strict=False))]
        widths = [max(len(row[i]) for row in shown) for i in range(len(columns))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown
        ]
        more = [f"... {len(self) - SHOWN} more of {len(self)} rows"] if len(self) > SHOWN else []
        return "\n".join([*lines, *more])


def as_text(cell: Any) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4g}"
    if isinstance(cell, tuple) and cell and not isinstance(cell[0], str):
        return str(len(cell))
    if isinstance(cell, tuple):
        return ", ".join(map(as_text, cell))
    return str(cell)


def _plain(cell: Any) -> Any:
    if isinstance(cell, Table):
        return cell.to_dicts()
    if isinstance(cell, tuple):
        return [_plain(one) for one in cell]
    if dataclasses.is_dataclass(cell) and not isinstance(cell, type):
        return {field.name: _plain(getattr(cell, field.name)) for field in dataclasses.fields(cell)}
    return str(cell) if isinstance(cell, str) else cell


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDTH else flat[: WIDTH - 1] + "…"


def _html_row(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(_short(cell))}</td>" for cell in cells) + "</tr>"

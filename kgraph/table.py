"""Answers: a short, typed, immutable sequence of rows that shows well and becomes a data frame."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kgraph.errors import MissingExtra, QueryError

if TYPE_CHECKING:
    import pandas

Row = TypeVar("Row", covariant=True)
SHOWN = 25  # rows drawn in a notebook or by print
WIDTH = 60  # characters of a cell that are drawn
NARROW = 14  # characters that a column keeps when a terminal is narrow
GAP = "  "  # between columns
_LEAST = ("end", "start", "doc", "voice", "confidence", "title", "claimant")  # said least by, when a terminal is narrow


class Table(Sequence[Row], Generic[Row]):
    """Rows of one kind (frozen dataclasses or named tuples) under named columns.

    It iterates, has a length, slices into tables, compares by value, draws itself in Jupyter. Ids (columns called
    ``id``, or so at the end) are in the rows and in exports, but are not drawn.
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
        """Column names and cells as short text, without ids."""
        places = [i for i, name in enumerate(self.columns) if name != "id" and not name.endswith("_id")]
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
        widths = _fitted({name: max(len(row[i]) for row in shown) for i, name in enumerate(columns)})
        kept = [(i, widths[name]) for i, name in enumerate(columns) if name in widths]
        lines = [GAP.join(_short(row[i], width).ljust(width) for i, width in kept).rstrip() for row in shown]
        hidden = [name for name in columns if name not in widths]
        more = [f"... {len(self) - SHOWN} more of {len(self)} rows"] if len(self) > SHOWN else []
        return "\n".join([*lines, *more, *([f"(too wide to show: {', '.join(hidden)})"] if hidden else [])])


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


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "speech", "speeches")
    '1 speech'
    """
    return f"{number} {one if number == 1 else many}"


def _short(text: str, width: int = WIDTH) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _fitted(widths: dict[str, int]) -> dict[str, int]:
    """Columns with their widths, made to fit the terminal (or a usual width without one).

    Those that say least are left out, then the last ones; what stays gets the room, a character at a time.
    """
    room = shutil.get_terminal_size((250, SHOWN)).columns
    kept = dict(widths)
    for name in [*_LEAST, *reversed(widths)]:
        if sum(min(width, NARROW) + len(GAP) for width in kept.values()) > room and len(kept) > 1:
            kept.pop(name, None)
    while sum(kept.values()) + len(GAP) * (len(kept) - 1) > room and max(kept.values()) > NARROW:
        kept[max(kept, key=kept.__getitem__)] -= 1
    return kept


def _html_row(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(_short(cell))}</td>" for cell in cells) + "</tr>"

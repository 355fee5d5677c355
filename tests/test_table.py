"""Tables show well and lose nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kgraph.errors import QueryError
from kgraph.model import Polarity
from kgraph.table import SHOWN, Table


@dataclass(frozen=True)
class Row:
    name: str
    number: int
    how: Polarity
    parts: tuple[str, ...]
    thing_id: str


ROWS = [Row(f"<b>{n}</b>", n, Polarity.NEGATED, ("a", "b"), f"id:{n}") for n in range(SHOWN + 5)]


@pytest.fixture
def table():
    return Table.of(Row, ROWS)


def test_it_is_a_sequence(table):
    assert list(table) == ROWS
    assert (len(table), table[0], table[-1]) == (len(ROWS), ROWS[0], ROWS[-1])
    assert table[2:4] == Table.of(Row, ROWS[2:4])
    assert table != Table.of(Row, ROWS[1:])
    assert hash(table) == hash(Table.of(Row, ROWS))
    assert not Table.of(Row, [])


def test_dictionaries_and_frames_are_plain(table):
    first = {"name": "<b>0</b>", "number": 0, "how": "negated", "parts": ["a", "b"], "thing_id": "id:0"}
    assert table.to_dicts()[0] == first
    assert type(table.to_dicts()[0]["how"]) is str
    frame = table.df()
    assert list(frame.columns) == list(table.columns)
    assert frame.number.sum() == sum(row.number for row in ROWS)


def test_columns_by_name(table):
    assert table.column("number")[:3] == (0, 1, 2)
    with pytest.raises(QueryError, match="number"):
        table.column("numbers")


def test_html_is_escaped_and_short(table):
    html = table._repr_html_()
    assert "&lt;b&gt;0&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "thing_id" not in html
    assert html.count("<tr>") == SHOWN + 1
    assert f"5 more of {len(ROWS)} rows" in html


def test_print_fits_a_narrow_terminal(table, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    lines = repr(
        Table.of(Row, [replace(ROWS[0], name="a name of some length", parts=("several", "parts"))])
    ).splitlines()
    assert max(map(len, lines[:2])) <= 30
    assert lines[0].split() == ["name", "number"]
    assert lines[-1] == "(too wide to show: how, parts)"


def test_print_is_aligned_and_short(table):
    lines = repr(table).splitlines()
    assert len(lines) == SHOWN + 2
    assert lines[0].split() == ["name", "number", "how", "parts"]

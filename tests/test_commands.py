"""Commands that ask and keep graphs."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from graph_stores import in_memory
from speeches import RUN, extractions
from typer.testing import CliRunner

import kgraph
from kgraph.adding import put
from kgraph.cli import app, main


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return str(in_memory().save(tmp_path_factory.mktemp("graph") / "graph.ttl"))


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(args), env={"COLUMNS": "200", "TERM": "dumb"})
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize(
    ("args", "rows"),
    [
        (("claims", "--about", "Russia", "--since", "2014"), 4),
        (("threats", "--to", "CIS"), 1),
        (("responses", "--to", "terrorism"), 1),
        (("compare", "2010", "2012"), None),
        (("contested",), 1),
        (("entities", "--type", "State"), 3),
        (("dyads",), 2),
        (("timeline",), 3),
        (("search", "cybercrime"), 3),
        (("sparql", "SELECT ?doc { ?s dct:identifier ?doc }"), 5),
        (("stats",), None),
    ],
)
def test_asking(path, args, rows):
    name, *rest = args
    found = json.loads(run(name, path, *rest, "--json"))
    assert found
    assert rows is None or len(found) == rows
    table = list(csv.DictReader(StringIO(run(name, path, *rest, "--csv"))))
    assert len(table) == len(found)
    assert list(table[0]) == list(found[0])
    assert run(name, path, *rest).strip()


def test_sentences_are_shown_whole(path):
    assert "Ukraine says Russia attacked the Northern Bridge." in run("claims", path, "--claimant", "Ukraine")
    assert "nothing found" in run("claims", path, "--subject", "CIS", "--object", "China")


def test_values_from_the_command_line(path):
    asked = "ASK { ?s dct:identifier ?doc }"
    assert run("sparql", path, asked, "--set", "doc=undated.txt") == "true\n"
    assert run("sparql", path, asked, "--set", 'doc=x" } ; DROP ALL #') == "false\n"


def test_cells_that_a_spreadsheet_would_run(path):
    found = run("sparql", path, "SELECT ?x { BIND('=1+1' AS ?x) }", "--csv")
    assert found.splitlines()[1] == "'=1+1"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("claims", "nothing.ttl"), "does not exist"),
        (("claims", "GRAPH", "--about", "Rusia"), "Russia"),
        (("sparql", "GRAPH", "DROP ALL"), "update=True"),
        (("claims", "GRAPH", "--since", "yesterday"), "no date"),
    ],
)
def test_errors_are_one_clear_line(path, args, told, capsys):
    with pytest.raises(SystemExit) as ended:
        main([path if arg == "GRAPH" else arg for arg in args])
    assert ended.value.code == 1
    [line] = capsys.readouterr().err.splitlines()
    assert told in line


def test_keeping(tmp_path):
    folder = tmp_path / "graph.kg"
    with kgraph.open(folder) as kg:
        put(kg, extractions(), RUN)
    run("remove", str(folder), "undated.txt")
    assert json.loads(run("stats", str(folder), "--json"))[0]["number"] == 4


def test_adding_from_the_command_line(tmp_path, seeds):
    folder = str(tmp_path / "graph.kg")
    assert "2 new, 0 changed, 0 unchanged" in run("add", folder, str(seeds))
    assert "0 new, 0 changed, 2 unchanged" in run("add", folder, str(seeds))

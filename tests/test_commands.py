"""Commands that ask and keep graphs."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from io import StringIO

import pytest
import typer
from graph_stores import in_memory
from speeches import RUN, extractions
from typer.testing import CliRunner

import kgraph
from kgraph import query
from kgraph.adding import put
from kgraph.choices import Choices
from kgraph.cli import app, main
from kgraph.commands.options import CHOICES, FILTERS


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
        (("actors", "--since", "2012"), 6),
        (("central", "--type", "State"), 3),
        (("claims", "--about", "Russia", "--since", "2014"), 4),
        (("claims", "--about", "China", "--about", "CIS", "--polarity", "affirmed"), 5),
        (("claims", "--predicate", "threatens", "--predicate", "harms", "--modality", "asserted"), 3),
        (("communities",), None),
        (("cooccurrence", "--about", "China", "--within", "speech", "--document", "2012-keller.txt"), 4),
        (("evidence", "--predicate", "accuses"), 1),
        (("neighbours", "China"), 2),
        (("paths", "China", "Ukraine", "-n", "1"), 1),
        (("threats", "--to", "CIS"), 1),
        (("responses", "--to", "terrorism"), 1),
        (("compare", "2010", "2012"), None),
        (("contested",), 1),
        (("entities", "--type", "State"), 3),
        (("dyads",), 2),
        (("timeline",), 3),
        (("search", "cybercrime"), 3),
        (("sparql", "SELECT ?doc { ?s dct:identifier ?doc }"), 5),
        (("stats", "--speaker", "rossi"), None),
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


def test_every_question_of_a_graph_is_a_command_and_takes_every_filter():
    commands = typer.main.get_command(app).commands
    asked = {name for name in query.__all__ if name.islower()} - {"projection"} | {"central", "communities"}
    assert asked <= set(commands)
    assert set(FILTERS) == set(query.Filters.__annotations__)
    assert set(CHOICES) - {"quiet"} == set(Choices.__annotations__) - {"extractors", "progress"}
    for name in asked - {"sparql"}:
        options = {option.name for option in commands[name].params}
        assert set(FILTERS) <= options, f"{name} lacks {set(FILTERS) - options}"
        assert {"as_json", "as_csv", "ontology", "graph"} <= options
        assert {"limit", "most"} & options


def test_a_profile(path):
    shown = run("entity", path, "cybercrime")
    assert shown.splitlines()[0] == "cybercrime"
    assert "said to be: rising (1)" in shown
    assert "Cybercrime harms Ukraine." in shown
    found = json.loads(run("entity", path, "cybercrime", "--since", "2014", "--json"))
    assert [claim["quote"] for claim in found["claims_out"]] == ["Cybercrime harms Ukraine."]
    assert [row["doc"] for row in found["named_in"]] == ["2014-rossi.txt"]
    assert "use --json" in run("entity", path, "cybercrime", "--csv", code=2)


def test_numbers_have_names_and_ids_are_not_drawn(path):
    shown = run("threats", path, "--to", "CIS")
    assert "claims 2 · speeches 2 · negated 0 · asserted 1 · first 2010-03-01 · last 2012-05" in shown
    assert "https://" not in run("entities", path)
    assert "before: " not in shown
    compared = run("compare", path, "keller", "rossi")
    assert "before: Russia does not support terrorism." in compared
    assert "after: Russia funds terrorism." in compared


def test_what_goes_to_a_program_is_not_broken_into_lines(path):
    command = [sys.executable, "-m", "kgraph.cli", "claims", path]
    whole = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "40"})
    assert len(whole.stdout.splitlines()) == 2 * len(in_memory().claims())
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()  # as head does
        assert process.stderr.read() == ""


def test_a_query_from_a_file(path, tmp_path):
    (tmp_path / "docs.rq").write_text("SELECT ?doc { ?s dct:identifier ?doc }", encoding="utf-8")
    assert len(json.loads(run("sparql", path, f"@{tmp_path}/docs.rq", "--json"))) == 5
    assert "cannot be read" in run("sparql", path, f"@{tmp_path}/none.rq", code=2)


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
        (("threats", "GRAPH", "--to", "Congo"), "Republic of the Congo"),
        (("claims", "GRAPH", "--speaker", "xyz"), "known: ANNA KELLER"),
        (("sparql", "GRAPH", "SELECT ?x { ?x a kgg:Claim }"), "Prefix not found"),
        (("remove", "nothing.kg", "x"), "does not exist"),
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

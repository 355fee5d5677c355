"""Every command has an example that runs, and pages say what they leave out."""

from __future__ import annotations

import shlex
import sys
import webbrowser

import pytest
import typer

from kgraph.cli import app, main

COMMANDS = typer.main.get_command(app).commands


def run(*args: str) -> int:
    """Exit status of the command line in this process."""
    with pytest.raises(SystemExit) as ended:
        main(list(args))
    return ended.value.code or 0


@pytest.fixture(scope="module")
def place(kg, tmp_path_factory, seeds):
    """A folder with all that the examples name."""
    folder = tmp_path_factory.mktemp("place")
    kg.save(folder / "graph.ttl")
    (folder / "out").mkdir()
    kg.save(folder / "out" / "graph.ttl")
    for name in ("seeds", "speeches"):
        (folder / name).symlink_to(seeds)
    gold = seeds.parent / "training" / "speeches"
    (folder / "gold").mkdir()
    shortest = min(gold.glob("*.json"), key=lambda path: path.with_suffix(".txt").stat().st_size)
    for path in (shortest, shortest.with_suffix(".txt")):
        (folder / "gold" / path.name).symlink_to(path)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_that_runs(name, place, monkeypatch, capsys):
    monkeypatch.chdir(place)
    assert COMMANDS[name].help
    assert all(option.help for option in COMMANDS[name].params)
    program, *words = shlex.split(COMMANDS[name].epilog.removeprefix("Example: ").partition(" > ")[0])
    assert (program, words[0]) == ("kgraph", name)
    if name == "remove":
        run("add", words[1], "speeches/")
    assert run(*words) == 0
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".html", ".svg", ".gexf"])
def test_view_writes_what_the_ending_says(ending, place, tmp_path):
    page = tmp_path / "new" / f"graph{ending}"
    assert run("view", str(place / "graph.ttl"), "-o", str(page), "--title", "Two meetings") == 0
    text = page.read_text(encoding="utf-8")
    assert "Two meetings" in text
    assert {".html": "<!doctype html>", ".svg": "<svg", ".gexf": "<gexf"}[ending] in text


def test_view_refuses_other_endings(place, tmp_path, capsys):
    assert run("view", str(place / "graph.ttl"), "-o", str(tmp_path / "graph.docx")) == 2
    assert ".gexf" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_view_opens_the_browser_when_told(place, tmp_path, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address))
    page = tmp_path / "graph.html"
    assert run("view", str(place / "graph.ttl"), "-o", str(page), "--open") == 0
    assert opened == [page.as_uri()]
    assert "by hand" in capsys.readouterr().err


def test_what_a_page_leaves_out_is_said(place, tmp_path, capsys):
    command = ("view", str(place / "graph.ttl"), "-o", str(tmp_path / "graph.html"))
    assert run(*command) == 0
    assert capsys.readouterr().err == ""
    assert run(*command, "--max-nodes", "10") == 0
    assert "draws the 10 most claimed nodes and leaves" in capsys.readouterr().err


def test_a_report_without_the_extra_names_it(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "altair", None)
    assert run("report", str(place / "graph.ttl"), "-o", str(tmp_path / "report.html")) == 1
    assert "kgraph[report]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_a_file_says_how_it_was_made(place, tmp_path, kg, monkeypatch):
    monkeypatch.setattr("kgraph.view.report._charts", lambda *_: ())  # slow, and not asked about here
    page = tmp_path / "report.html"
    assert run("report", str(place / "graph.ttl"), "-o", str(page)) == 0
    assert kg.run.model_version in page.read_text(encoding="utf-8")
    assert kg.run.lexicon[:12] in page.read_text(encoding="utf-8")


def test_asking_a_graph_that_is_not_there(tmp_path, capsys):
    assert run("view", str(tmp_path / "none.ttl"), "-o", str(tmp_path / "x.html")) == 1
    assert "does not exist" in capsys.readouterr().err

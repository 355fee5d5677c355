"""The pages about the ontology: up to date, their Turtle is what is written, their queries find something."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse
from speeches import RUN, both, first

from kgraph.rdf import BASE, PREFIXES, Filter, graph_bytes, project, to_quads, vocabulary

DOCS = Path(__file__).parent.parent / "docs"
MODEL = (DOCS / "claim-model.md").read_text(encoding="utf-8")
HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
QUERIES = dict(re.findall(r"\n([^\n]+)\n\n```sparql\n(.+?)```", MODEL, re.DOTALL))


def script(name: str):
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def quads() -> list:
    return [*(quad for extraction in both() for quad in to_quads(extraction, RUN)), *vocabulary(both())]


def test_page_of_the_ontology_is_up_to_date():
    made = script("make_ontology").page()
    assert (DOCS / "ontology.md").read_text(encoding="utf-8") == made, "run: python docs/make_ontology.py"


def test_picture_is_up_to_date():
    made = script("make_picture").picture()
    assert (DOCS / "claim-model.svg").read_text(encoding="utf-8") == made, "run: python docs/make_picture.py"


def test_turtle_of_the_worked_example_is_what_is_written():
    turtle = re.search(r"```turtle\n(.+?)```", MODEL, re.DOTALL)[1]
    shown = {quad.triple for quad in parse(f"BASE <{BASE}>\n{HEADER}{turtle}".encode(), format=RdfFormat.TURTLE)}
    assert len(shown) > 25
    assert shown <= {quad.triple for quad in to_quads(first(), RUN)}


def test_there_are_queries():
    assert len(QUERIES) == 7


@pytest.mark.parametrize("query", QUERIES.values(), ids=[question[:30] for question in QUERIES])
def test_queries_find_the_same_in_pyoxigraph_and_rdflib(quads, query):
    store = Store()
    store.extend(quads)
    found = store.query(HEADER + query, use_default_graph_as_union=True)
    rows = [tuple(None if value is None else value.value for value in row) for row in found]
    assert rows
    theirs = rdflib.Graph().parse(data=graph_bytes(quads), format="turtle").query(HEADER + query)
    assert sorted(rows) == sorted(tuple(str(value) for value in row) for row in theirs)


def test_python_of_the_projection_runs():
    code = re.search(r"```python\n(.+?)```", MODEL, re.DOTALL)[1]
    names = {"extractions": both()}
    exec(code, names)
    assert names["quads"] == list(project(both(), Filter(since="2014", min_confidence=0.5))) != []

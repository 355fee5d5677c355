"""SPARQL with values: nothing that a value holds is executed, nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest
import rdflib
from graph_stores import SERVERS, graph_in, in_memory
from hypothesis import given, settings
from hypothesis import strategies as st

import kgraph
from kgraph.errors import QueryError, QueryTimeout
from kgraph.query import IRI, claims, sparql
from kgraph.query.parameters import bound
from kgraph.query.tokens import form

STORES = ["memory", "folder", "rdflib", *(pytest.param(kind, marks=pytest.mark.server) for kind in SERVERS)]
HOSTILE = [
    'x" } ; DROP ALL #',
    "x' . ?s ?p ?o } INSERT DATA { <a:a> <a:b> 'c' } #",
    'x\\" } ; CLEAR ALL #',
    "\\u0022 } ; DROP ALL #",
    '"""',
    "'''\n} ; DROP ALL",
    "<http://x> } ; DROP ALL #",
    "$who ?who",
    "a\x00b\x07",
    "\ud800",
    "]]>&lt;\r\n\t\\",
]


@pytest.fixture(scope="module", params=STORES)
def graph(request, tmp_path_factory):
    with graph_in(request.param, tmp_path_factory.mktemp("store")) as found:
        yield found


def count(graph) -> int:
    return sparql(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].n


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_only_values(graph, value):
    before = count(graph)
    assert not len(sparql(graph, "SELECT ?s { ?s rdfs:label ?label }", label=value))
    with pytest.raises((LookupError, QueryError)):
        claims(graph, about=value)
    with pytest.raises((LookupError, QueryError)):
        claims(graph, speaker=value, document=value)
    assert count(graph) == before


@pytest.mark.parametrize(
    "kind", ["memory", "folder", *(pytest.param(k, marks=pytest.mark.server) for k in SERVERS[:2])]
)
def test_what_is_written_is_read_again(kind, tmp_path):
    with graph_in(kind, tmp_path) as kg:
        values = [*HOSTILE[:-3], HOSTILE[-1], "x'\"\\}" * 200_000]  # the last one has 1 MB
        for value in values:
            kg.sparql("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> ?value } }", update=True, value=value)
        assert set(kg.sparql("SELECT ?v { <a:s> <a:p> ?v }").column("v")) == set(values)
        assert kg.sparql("ASK { <a:s> <a:p> ?value }", value=values[-1])
        assert len(kg.claims()) == len(in_memory().claims())


@pytest.mark.parametrize(
    "text",
    [
        "DROP ALL",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX select: <a:> DROP ALL",
        "# SELECT\nCLEAR ALL",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/x>",
        "",
    ],
)
def test_updates_are_refused_unless_asked_for(graph, text):
    before = count(graph)
    with pytest.raises(QueryError):
        sparql(graph, text)
    assert count(graph) == before


def test_other_servers_are_asked_only_on_demand():
    with pytest.raises(QueryError, match="federated"):
        in_memory().sparql("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_words_in_strings_and_comments_are_not_commands():
    kg = in_memory()
    assert not len(kg.sparql("SELECT ?s { ?s rdfs:label 'DROP ALL; SERVICE' } # INSERT"))
    assert form('SELECT ?delete { ?delete ?p "INSERT" ; <a:LOAD> kg:CLEAR }') == "SELECT"


@pytest.mark.parametrize(
    ("query", "values", "rows"),
    [
        ("SELECT ?title ?date { ?s dct:date ?date ; dct:title ?title }", {"date": date(2014, 7, 10)}, 1),
        ("SELECT ?c { ?c kg:confidence ?x FILTER(?x < ?most) }", {"most": 0.6}, 1),
        ("SELECT ?c { { SELECT ?c ?how { ?c kg:polarity ?how } } }", {"how": "negated"}, 1),
        ("SELECT ?who (COUNT(?c) AS ?n) { ?c kg:claimant ?who } GROUP BY ?who", {}, 3),
        ("SELECT (STR(?x) AS ?y) { ?c kg:polarity ?x } ORDER BY ?x", {"x": "negated"}, 1),
        ("SELECT ?c { ?c kg:claimant $who }", {"who": IRI("https://w3id.org/kgraph/concept/state-ua")}, 1),
        ("SELECT ?c { ?c kg:claimant ?who }", {"who": rdflib.URIRef("https://w3id.org/kgraph/concept/state-ua")}, 1),
        ("SELECT ?s { ?s kg:start ?n }", {"n": 0}, 5),
    ],
)
def test_values_stand_anywhere(query, values, rows):
    assert len(in_memory().sparql(query, **values)) == rows


def test_a_bound_variable_is_shown():
    found = in_memory().sparql("SELECT ?doc ?date { ?s dct:date ?date ; dct:identifier ?doc }", date=date(2010, 3, 1))
    assert found.to_dicts() == [{"doc": "2010-keller.txt", "date": "2010-03-01"}]


@pytest.mark.parametrize("values", [{"nobody": 1}, {"s": object()}, {"s": IRI("no iri")}])
def test_wrong_values(values):
    with pytest.raises(QueryError):
        in_memory().sparql("SELECT ?s { ?s ?p ?o }", **values)


def test_entities_are_values():
    kg = in_memory()
    row = next(row for row in kg.entities() if row.label == "Northern Bridge")
    assert len(kg.sparql("SELECT ?c { ?c rdf:object ?it }", it=row)) == 2


def test_time_limit():
    with pytest.raises(QueryTimeout):
        in_memory().sparql(
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }", timeout=0.05
        )


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_any_text_comes_back(text):
    assert kgraph.open().sparql("SELECT (?value AS ?v) { }", value=text)[0].v == text
    assert form(bound("SELECT ?s { ?s ?p ?value }", {"value": text})) == "SELECT"

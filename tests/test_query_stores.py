"""Every question has the same answer wherever the graph lies."""

from __future__ import annotations

import pytest
from graph_stores import KINDS, SERVERS, graph_in, in_memory

from kgraph import query

QUESTIONS = [
    ("actors", (), {}),
    ("claims", (), {}),
    ("claims", (), {"about": "terrorism", "since": "2011"}),
    ("claims", (), {"subject": "Russia", "polarity": "negated"}),
    ("claims", (), {"type": "Facility"}),
    ("claims", (), {"predicate": "attacks", "claimant": "Ukraine"}),
    ("claims", (), {"modality": ("possible", "calledFor"), "speaker": "keller"}),
    ("claims", (), {"min_confidence": 0.85, "until": "2012"}),
    ("claims", (), {"document": "2014-report.txt", "object": "Northern Bridge"}),
    ("compare", ("2010", "2012"), {}),
    ("contested", (), {}),
    ("cooccurrence", (), {}),
    ("cooccurrence", ("Russia",), {"within": "speech", "type": "State"}),
    ("dyads", (), {}),
    ("entities", (), {}),
    ("entities", ("Threat",), {"since": "2012"}),
    ("entity", ("Russia",), {}),
    ("neighbours", ("CIS",), {}),
    ("paths", ("China", "CIS"), {}),
    ("responses", (), {"to": "terrorism"}),
    ("search", ("terrorism threatens",), {}),
    ("search", ('"threatens Ukraine"',), {"speaker": "Keller"}),
    ("search", ("terror* cyber*",), {}),
    ("stats", (), {}),
    ("threats", (), {"to": "CIS"}),
    ("threats", (), {"about": "cybercrime", "roll_up": True}),
    ("timeline", ("terrorism",), {"by": "month"}),
]


def marked(kind: str):
    return pytest.param(kind, marks=pytest.mark.server) if kind in SERVERS else kind


@pytest.fixture(scope="module", params=[marked(kind) for kind in KINDS])
def graph(request, tmp_path_factory):
    """The five speeches, in each kind of store."""
    with graph_in(request.param, tmp_path_factory.mktemp("store")) as found:
        yield found


@pytest.fixture(scope="module")
def memory():
    return in_memory()


@pytest.mark.parametrize(("name", "args", "filters"), QUESTIONS, ids=lambda value: str(value)[:40])
def test_same_answer(graph, memory, name, args, filters):
    expected = getattr(memory, name)(*args, **filters)
    assert expected
    assert getattr(query, name)(graph, *args, **filters) == expected


def test_same_evidence(graph, memory):
    claims = memory.claims(about="Russia")
    assert query.evidence(graph, claims) == memory.evidence(claims)


def test_sparql_everywhere(graph, memory):
    asked = "SELECT ?doc { ?speech dct:identifier ?doc ; dct:date ?date } ORDER BY ?doc"
    assert query.sparql(graph, asked) == memory.sparql(asked)
    assert query.sparql(graph, "ASK { ?claim kg:polarity ?polarity }", polarity="negated") is True
    constructed = query.sparql(graph, "CONSTRUCT { ?s dct:date ?o } WHERE { ?s dct:date ?o }")
    assert len(constructed) == 4

"""The graph of the two speeches that the project starts from: whole, exact, conforming."""

from __future__ import annotations

from pathlib import Path

import pytest

import kgraph
from kgraph.model import Extraction
from kgraph.rdf import Format, canonical, graph_bytes, read_graph, to_extractions, to_quads, validate, vocabulary
from kgraph.rdf.namespaces import expand

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def found() -> list[Extraction]:
    return list(kgraph.extract(SEEDS, progress=False))


@pytest.fixture(scope="module")
def quads(found) -> list:
    return [*(quad for extraction in found for quad in to_quads(extraction)), *vocabulary(found)]


@pytest.mark.parametrize("format", [Format.TRIG, Format.N_QUADS, Format.JSON_LD])
def test_everything_comes_back(found, quads, format):
    assert to_extractions(read_graph(graph_bytes(quads, format), format)) == [canonical(one) for one in found]


@pytest.mark.parametrize("format", [Format.TURTLE, Format.N_TRIPLES, Format.RDF_XML])
def test_flat_formats_keep_all_but_whose_forms_are_whose(found, quads, format):
    back = to_extractions(read_graph(graph_bytes(quads, format), format))
    kept = [(one.speech, one.mentions, one.claims, set(one.by_id)) for one in back]
    assert kept == [(one.speech, one.mentions, one.claims, set(one.by_id)) for one in map(canonical, found)]


def test_nothing_was_lost_on_the_way_to_canonical_form(found):
    assert [len(one.claims) for one in found] == [len(canonical(one).claims) for one in found]
    assert [one.mentions for one in found] == [canonical(one).mentions for one in found]


def test_graph_conforms(quads):
    assert validate(quads) == []


def test_topics_lead_up_to_broader_ones(quads):
    broader = {(q.subject.value, q.object.value) for q in quads if q.predicate.value == expand("skos:broader")}
    assert len(broader) > 10
    assert {upper for _, upper in broader} <= {q.subject.value for q in quads}

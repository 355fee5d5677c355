"""Graphs conform; whatever a claim must have, its absence is found and said in plain words."""

from __future__ import annotations

import builtins

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from speeches import RUN, both

from kgraph.errors import GraphError, MissingExtra
from kgraph.rdf import Format, graph_bytes, project, to_quads, validate, vocabulary, write_graph
from kgraph.rdf.namespaces import expand, term

pytest.importorskip("pyshacl", reason="pySHACL is not installed: pip install 'kgraph[shacl]'")

REQUIRED = {
    "kg:Claim": (
        *("rdf:subject", "rdf:predicate", "rdf:object", "kg:claimant", "kg:polarity", "kg:modality", "kg:voice"),
        *("kg:confidence", "kg:rule", "kg:saidIn", "kg:evidence"),
    ),
    "oa:SpecificResource": ("oa:hasSource", "oa:hasSelector"),
    "oa:TextPositionSelector": ("oa:start", "oa:end", "oa:exact"),
    "kg:Mention": ("kg:refersTo", "kg:confidence", "kg:rule", "oa:hasSource", "oa:hasSelector"),
    "kg:Speech": ("rdf:type", "dct:identifier", "schema:text", "schema:inLanguage", "kg:sha256"),
    "kg:Turn": ("kg:start", "kg:end", "kg:turnKind"),
    "kg:State": ("rdf:type", "rdfs:label"),
    "kg:Speaker": ("rdfs:label",),
    "kg:SpeechGraph": ("prov:wasDerivedFrom",),
    "kg:Run": ("rdf:type", "kg:packageVersion", "kg:modelName", "kg:modelVersion", "kg:lexiconHash"),
    "kg:Projection": ("kg:claimant", "kg:filter"),
}
PAIRS = [(kind, prop) for kind, props in REQUIRED.items() for prop in props]


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    written = [quad for extraction in both() for quad in to_quads(extraction, RUN)]
    return [*written, *vocabulary(both()), *project(both())]


def node_of(quads: list[Quad], kind: str) -> NamedNode:
    return next(q.subject for q in quads if q.predicate == term("rdf:type") and q.object == term(kind))


def changed(quads: list[Quad], kind: str, prop: str, *values) -> list[Quad]:
    """The quads with other values of `prop` at the first node of `kind`."""
    node = node_of(quads, kind)
    kept = [q for q in quads if (q.subject, q.predicate) != (node, term(prop))]
    graph = next(q.graph_name for q in quads if q.subject == node)
    return [*kept, *(Quad(node, term(prop), value, graph) for value in values)]


def test_whole_graph_conforms(quads):
    assert validate(quads) == []


@pytest.mark.parametrize("format", Format)
def test_every_format_conforms(quads, format, tmp_path):
    path = tmp_path / f"graph.{format}"
    write_graph(quads, path)
    assert validate(path) == []


@pytest.mark.parametrize(("kind", "prop"), PAIRS)
def test_each_required_property_is_missed(quads, kind, prop):
    found = validate(changed(quads, kind, prop))
    assert found
    assert not [one.message for one in found if "://" in one.message or "constraint" in one.message.lower()]


@pytest.mark.parametrize("prop", REQUIRED["kg:Claim"])
def test_message_says_which_claim_lacks_what(quads, prop):
    claim = node_of(quads, "kg:Claim").value
    found = [one for one in validate(changed(quads, "kg:Claim", prop)) if one.node == claim]
    assert [one.property for one in found] == [expand(prop)]
    assert "claim" in found[0].message


@pytest.mark.parametrize(
    ("kind", "prop", "values", "told"),
    [
        ("kg:Claim", "kg:polarity", [Literal("maybe")], "affirmed or negated"),
        ("kg:Claim", "kg:modality", [Literal("asserted"), Literal("possible")], "once how firmly"),
        ("kg:Claim", "kg:confidence", [Literal("1.2", datatype=term("xsd:decimal"))], "at most 1"),
        ("kg:Claim", "kg:confidence", [Literal("0", datatype=term("xsd:decimal"))], "above 0"),
        ("kg:Claim", "rdf:object", [Literal("growing")], "rising, falling or persisting"),
        ("kg:Claim", "kg:saidIn", [NamedNode("https://example.org/nowhere")], "must be described in the graph"),
        ("kg:Claim", "kg:claimant", [Literal("Russia")], "exactly one claimant"),
        ("kg:Claim", "kg:triggerSpan", [NamedNode("https://example.org/x")], "#char=START,END"),
        ("kg:Claim", "kg:step", [Literal("subject: we")], "begin with its number"),
        ("oa:TextPositionSelector", "oa:start", [Literal("9999", datatype=term("xsd:integer"))], "not behind the end"),
        ("kg:State", "rdf:type", [term("kg:State"), term("kg:Person")], "exactly one of"),
        ("kg:Turn", "kg:turnKind", [Literal("song")], "speech, narration, furniture"),
    ],
)
def test_wrong_values_are_told(quads, kind, prop, values, told):
    assert any(told in violation.message for violation in validate(changed(quads, kind, prop, *values)))


def test_bare_statement_is_told(quads):
    subject, target = (NamedNode(f"https://w3id.org/kgraph/concept/state-{code}") for code in ("us", "ua"))
    speech = next(q.subject for q in quads if q.object == term("kg:SpeechGraph"))
    bare = Quad(subject, term("kg:controls"), target, speech)
    assert ["as if it were a fact" in violation.message for violation in validate([*quads, bare])] == [True]
    assert ["as if it were a fact" in violation.message for violation in validate([Quad(*bare.triple)])] == [True]


def test_stores_and_flat_files_are_checked_alike(quads, tmp_path):
    broken = changed(quads, "kg:Claim", "kg:claimant")
    store = Store()
    store.extend(broken)
    (tmp_path / "graph.ttl").write_bytes(graph_bytes(broken))
    assert validate(store) == validate(tmp_path / "graph.ttl") == validate(broken) != []


def test_no_graph_at_all(tmp_path):
    (tmp_path / "graph.ttl").write_text("this is no graph")
    with pytest.raises(GraphError, match=r"graph\.ttl is not"):
        validate(tmp_path / "graph.ttl")


def test_missing_pyshacl_names_the_extra(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"kgraph\[shacl\]"):
        validate([])

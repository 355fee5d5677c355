"""Projections: only what was asked for becomes a bare statement, in a graph that says whose view it is."""

from __future__ import annotations

import pytest
from speeches import CIS, DRUGS, KELLER, RUSSIA, TERRORISM, UKRAINE, both

from kgraph.model import Modality, Polarity, Voice
from kgraph.rdf import Filter, project
from kgraph.rdf.namespaces import BASE, ontology_iri, term

BRIDGE = BASE + "entity/facility/northern-bridge"


def statements(filter: Filter | None = None) -> set[tuple[str, str, str]]:
    own = {term(name) for name in ("rdf:type", "kg:claimant", "kg:filter", "prov:wasDerivedFrom")}
    quads = [quad for quad in project(both(), filter) if quad.predicate not in own]
    return {(q.subject.value, q.predicate.value.rpartition("#")[2], q.object.value) for q in quads}


def test_only_affirmed_and_asserted_by_default():
    assert statements() == {
        (TERRORISM, "threatens", CIS),
        (DRUGS, "hasTrend", "rising"),
        (RUSSIA, "attacks", BRIDGE),
    }


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (Filter(polarity=(Polarity.NEGATED,)), {(RUSSIA, "supports", TERRORISM)}),
        (Filter(modality=(Modality.POSSIBLE,)), {(TERRORISM, "threatens", UKRAINE)}),
        (Filter(modality=(Modality.CALLED_FOR,)), {(CIS, "opposes", TERRORISM)}),
        (Filter(modality=(Modality.CALLED_FOR,), min_confidence=0.7), set()),
        (Filter(voice=(Voice.QUOTED,)), {(RUSSIA, "attacks", BRIDGE)}),
        (Filter(claimant=(UKRAINE,)), {(RUSSIA, "attacks", BRIDGE)}),
        (Filter(predicate=("hasTrend",)), {(DRUGS, "hasTrend", "rising")}),
        (Filter(doc=("2022-10-26-report.txt",)), {(RUSSIA, "attacks", BRIDGE)}),
        (Filter(since="2022-10-01"), {(RUSSIA, "attacks", BRIDGE)}),
        (Filter(until="2014"), {(TERRORISM, "threatens", CIS), (DRUGS, "hasTrend", "rising")}),
        (Filter(since="2023"), set()),
    ],
)
def test_filters(filter, expected):
    assert statements(filter) == expected


def test_graph_names_claimant_and_filter():
    said = [q for q in project(both()) if q.predicate == term("kg:claimant") and q.subject == q.graph_name]
    assert {q.object.value for q in said} == {BASE + KELLER, UKRAINE}
    written = {q.object.value for q in project(both(), Filter(since="2014")) if q.predicate == term("kg:filter")}
    assert written == {"polarity=affirmed modality=asserted since=2014"}


def test_each_claimant_has_a_graph_of_its_own():
    attack = next(q for q in project(both()) if q.predicate.value == ontology_iri("attacks"))
    threat = next(q for q in project(both()) if q.predicate.value == ontology_iri("threatens"))
    assert attack.graph_name != threat.graph_name
    other = {q.graph_name for q in project(both(), Filter(since="2014"))}
    assert {q.graph_name for q in project(both())}.isdisjoint(other)

"""Networks of claims."""

from __future__ import annotations

import networkx
import pytest
from graph_stores import in_memory
from speeches import BRIDGE, CHINA, RUSSIA, TERRORISM, UKRAINE

from kgraph.analysis import MEASURES
from kgraph.errors import MissingExtra, QueryError


@pytest.fixture(scope="module")
def kg():
    return in_memory()


def test_every_claim_between_things_is_an_edge(kg):
    network = kg.to_networkx()
    claims = [row for row in kg.claims() if row.predicate != "hasTrend"]
    assert {key for _, _, key in network.edges(keys=True)} == {row.claim_id for row in claims}
    for row in claims:
        data = network[row.subject_id][row.object_id][row.claim_id]
        assert (data["predicate"], data["polarity"], data["quote"]) == (row.predicate, row.polarity.value, row.quote)
        assert (data["start"], data["end"], data["doc"]) == (row.start, row.end, row.doc)
    assert network.nodes[RUSSIA] == {"label": "Russia", "type": "State", "subtype": ""}
    assert "rising" not in network


def test_networks_can_be_written(kg, tmp_path):
    networkx.write_graphml(kg.to_networkx(), tmp_path / "claims.graphml")
    again = networkx.read_graphml(tmp_path / "claims.graphml", force_multigraph=True)
    assert again.number_of_edges() == kg.to_networkx().number_of_edges()


def test_projection_counts_affirmed_and_asserted_claims(kg):
    network = kg.to_networkx(projected=True)
    assert network[RUSSIA][TERRORISM] == {"weight": 1, "claims": 1, "predicates": "supports"}
    everything = kg.to_networkx(projected=True, polarity=None, modality=None)
    assert everything[RUSSIA][TERRORISM]["claims"] == 3


@pytest.mark.parametrize("measure", MEASURES)
def test_central(kg, measure):
    rows = kg.central(measure)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert {row.type for row in kg.central(measure, type="State")} == {"State"}


def test_pagerank_is_that_of_networkx(kg):
    pytest.importorskip("scipy")
    expected = networkx.pagerank(kg.to_networkx(projected=True), weight="weight")
    assert {row.thing_id: row.score for row in kg.central()} == pytest.approx(expected, abs=1e-4)


def test_betweenness_is_that_of_networkx(kg):
    expected = networkx.betweenness_centrality(kg.to_networkx(projected=True))
    assert {row.thing_id: row.score for row in kg.central("betweenness")} == pytest.approx(expected, abs=1e-6)


def test_unknown_measure(kg):
    with pytest.raises(QueryError, match="pagerank"):
        kg.central("importance")


def test_missing_library_names_the_extra(kg, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rustworkx", None)
    with pytest.raises(MissingExtra, match="network"):
        kg.central()


def test_communities_part_the_network(kg):
    rows = kg.communities()
    members = [id_ for row in rows for id_ in row.members_id]
    assert len(members) == len(set(members))
    assert all(0 <= row.inside <= 1 and row.size == len(row.members) for row in rows)
    together = next(row.members_id for row in rows if UKRAINE in row.members_id)
    assert BRIDGE in together  # two claims tie them
    assert kg.communities() == rows


def test_signed_network_of_states(kg):
    network = kg.signed_network()
    assert network[RUSSIA][UKRAINE]["sign"] == -1
    assert network[RUSSIA][CHINA]["sign"] == 1
    assert network[RUSSIA][CHINA]["claims"] == 2

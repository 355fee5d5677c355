"""What the questions answer, over five speeches whose answers are known."""

from __future__ import annotations

import pytest
from graph_stores import in_memory
from speeches import BRIDGE, CHINA, CIS, RUSSIA, TERRORISM, UKRAINE

import kgraph
from kgraph.errors import AmbiguousName, NameLookupError, QueryError
from kgraph.query.dyads import hostility


@pytest.fixture(scope="module")
def kg():
    return in_memory()


def said(table) -> set[tuple[str, str, str]]:
    return {(row.subject, row.predicate, row.object) for row in table}


@pytest.mark.parametrize(
    ("filters", "sentences"),
    [
        ({"subject": "Russia", "object": "terrorism"}, ["Russia does not", "Russia must", "Russia funds"]),
        ({"predicate": "attacks"}, ["Russia invaded", "Ukraine says"]),  # with its subproperty, invades
        ({"predicate": "invades"}, ["Russia invaded"]),
        ({"claimant": "Ukraine"}, ["Ukraine says"]),
        (
            {"speaker": "ROSSI", "since": "2014"},
            ["Russia funds", "Russia invaded", "China accuses", "Cybercrime harms"],
        ),
        ({"until": "2010"}, ["Terrorism may", "Russia does not", "Russia must", "Cybercrime is"]),
        ({"since": "2012-05", "until": "2012-05"}, ["Terrorism threatens the", "Terrorism threatens U", "China coop"]),
        ({"modality": "possible"}, ["Terrorism may"]),
        ({"polarity": "negated"}, ["Russia does not"]),
        ({"min_confidence": 0.85, "object": "CIS"}, ["Terrorism may"]),
        ({"type": "Bridge"}, ["Ukraine says", "Ukraine guards"]),
        ({"document": "Words of 2012", "about": "China"}, ["China coop"]),
        ({"document": "2014-07-11"}, ["Ukraine says", "Ukraine guards"]),
    ],
)
def test_filters(kg, filters, sentences):
    found = [row.quote for row in kg.claims(**filters)]
    assert len(found) == len(sentences)
    assert all(quote.startswith(start) for quote, start in zip(found, sentences, strict=True))


def test_claims_are_traced(kg):
    texts = {found.speech.doc: found.speech.text for found in kg}
    assert all(texts[row.doc][row.start : row.end] == row.quote for row in kg.claims())


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Russia", RUSSIA),
        ("russian federation", RUSSIA),
        ("the Ukraine", UKRAINE),
        ("UA", UKRAINE),
        ("Q159", RUSSIA),
        ("wd:Q159", RUSSIA),
        ("http://www.wikidata.org/entity/Q159", RUSSIA),
        (CIS, CIS),
        ("kgc:org-cis", CIS),
        ("org-cis", CIS),
        ("C.I.S.", CIS),
        ("Northern Bridge", BRIDGE),
        ("northern bridge", BRIDGE),
        (BRIDGE, BRIDGE),
    ],
)
def test_names_as_users_say_them(kg, name, id_):
    assert kg.entity(name).id == id_


@pytest.mark.parametrize(
    ("name", "nearest"), [("Rusia", "Russia"), ("Norther Bridge", "Northern Bridge"), ("terorism", "terrorism")]
)
def test_unknown_names_offer_the_nearest(kg, name, nearest):
    with pytest.raises(NameLookupError) as raised:
        kg.claims(about=name)
    assert nearest in raised.value.nearest
    assert isinstance(raised.value, LookupError)


def test_ambiguous_names_offer_the_candidates(kg):
    with pytest.raises(AmbiguousName) as raised:
        kg.threats(to="Congo")
    assert len(raised.value.nearest) == 2


@pytest.mark.parametrize(
    "filters",
    [{"predicate": "threaten"}, {"type": "Thread"}, {"speaker": "Nobody"}, {"document": "2015.txt"}],
)
def test_unknown_filter_names(kg, filters):
    with pytest.raises(NameLookupError):
        kg.claims(**filters)


@pytest.mark.parametrize(
    "filters",
    [{"polarity": "no"}, {"modality": "sure"}, {"since": "last year"}, {"colour": "red"}, {"about": "http://a b"}],
)
def test_wrong_filters(kg, filters):
    with pytest.raises(QueryError):
        kg.claims(**filters)


def test_threats_are_counted(kg):
    first = kg.threats(to="CIS")[0]
    assert (first.threat_id, first.target_id) == (TERRORISM, CIS)
    assert (first.claims, first.speeches, first.asserted, first.negated) == (2, 2, 1, 0)
    assert (first.first, first.last, first.quote) == ("2010-03-01", "2012-05", "Terrorism may threaten the CIS.")


def test_topics_roll_down_and_up(kg):
    broad = kg.source.lexicon.concepts["https://w3id.org/kgraph/concept/threat-cybercrime"].broader
    assert broad, "cybercrime has a broader topic"
    assert [row.threat for row in kg.threats(about=broad[0])] == ["cybercrime"]
    [rolled] = [row for row in kg.threats(to="Ukraine", roll_up=True) if row.quote == "Cybercrime harms Ukraine."]
    assert rolled.threat_id != "https://w3id.org/kgraph/concept/threat-cybercrime"


def test_responses(kg):
    assert {(row.actor_id, row.predicate) for row in kg.responses(to="terrorism")} == {(RUSSIA, "combats")}
    assert [row.actor_id for row in kg.responses(to="Northern Bridge")] == [UKRAINE]


def test_neighbours_have_a_direction(kg):
    found = {(row.neighbour, row.predicate, row.direction) for row in kg.neighbours("China")}
    assert found == {("Russia", "cooperatesWith", "out"), ("Russia", "accuses", "out")}


def test_paths_show_the_claims_on_the_way(kg):
    shortest = kg.paths("China", "Ukraine")[0]
    assert shortest.length == 2
    assert shortest.things_id == (CHINA, RUSSIA, UKRAINE)
    assert {row.quote for row in shortest.claims[1]} == {"Russia invaded Ukraine."}
    assert not kg.paths("Ukraine", "China", directed=True)
    assert not kg.paths("China", "China")


def test_timeline(kg):
    rows = {row.period: row for row in kg.timeline()}
    assert list(rows) == ["2010", "2012", "2014"]
    assert (rows["2010"].claims, rows["2010"].negated, rows["2010"].called_for) == (4, 1, 1)
    assert [row.period for row in kg.timeline(by="day", since="2012", until="2013")] == ["2012-05"]


def test_compare(kg):
    changes = {(row.change, row.subject, row.object) for row in kg.compare("2010", "2012")}
    assert ("hardened", "terrorism", "Commonwealth of Independent States") in changes
    assert ("new target", "terrorism", "Ukraine") in changes
    assert ("appeared", "China", "Russia") in changes
    assert ("vanished", "Russia", "terrorism") in changes
    flipped = [row for row in kg.compare("keller", "rossi") if row.change == "flipped"]
    assert [(row.predicate, row.before, row.after) for row in flipped] == [
        ("supports", "negated, asserted", "affirmed, asserted")
    ]
    assert kg.compare("2010-keller.txt", "2010-keller.txt") == kg.compare("2010", "2010")
    assert not len(kg.compare("2010", "2010"))


def test_compare_takes_periods_with_an_open_end(kg):
    assert kg.compare("/2011", "2012/") == kg.compare({"until": "2011"}, {"since": "2012"})
    with pytest.raises(NameLookupError, match="no speech, period or speaker"):
        kg.compare("Cicero", "2012")


def test_contested(kg):
    [row] = kg.contested()
    assert (row.subject_id, row.predicate, row.object_id) == (RUSSIA, "supports", TERRORISM)
    assert (row.affirmed_by, row.denied_by, row.between) == (("Paolo Rossi",), ("Anna Keller",), "speakers")
    assert (row.affirmed_quote, row.denied_quote) == ("Russia funds terrorism.", "Russia does not support terrorism.")


def test_dyads(kg):
    rows = {(row.source_id, row.target_id): row for row in kg.dyads()}
    assert rows[RUSSIA, UKRAINE].material_conflict == 1
    assert rows[RUSSIA, UKRAINE].hostility == 1
    china = rows[CHINA, RUSSIA]
    assert (china.material_cooperation, china.verbal_conflict) == (1, 1)
    assert china.hostility == pytest.approx(hostility(0, 1, 1, 0), abs=1e-4)
    assert hostility(0, 0, 0, 0) == 0


def test_cooccurrence(kg):
    together = {(row.one_id, row.other_id): row.times for row in kg.cooccurrence("China", within="speech")}
    assert together[CHINA, RUSSIA] == 2
    assert all(-1 <= row.association <= 1 for row in kg.cooccurrence())


def test_search_ranks_and_needs_phrases(kg):
    found = kg.search("threaten CIS")
    assert [row.quote for row in found[:2]] == ["Terrorism threatens the CIS.", "Terrorism may threaten the CIS."]
    assert [row.quote for row in kg.search('"threatens ukraine"')] == ["Terrorism threatens Ukraine too."]
    assert not len(kg.search("zebra"))
    assert {row.doc for row in kg.search("Russia", since="2014")} == {"2014-rossi.txt", "2014-report.txt"}
    with pytest.raises(QueryError):
        kg.search("... ?")


def test_search_by_the_beginning_of_a_word(kg):
    assert not len(kg.search("cyber"))
    assert {row.quote for row in kg.search("cyber*")} == {row.quote for row in kg.search("cybercrime")}
    both = {row.quote for row in kg.search("threaten* attack*")}
    assert both == {row.quote for row in kg.search("threaten threatens attacked")}


def test_profile(kg):
    profile = kg.entity("Russia")
    assert (profile.mentions, profile.speeches) == (7, 4)
    assert len(profile.claims_in) == 2
    assert "Russian Federation" in profile.aliases
    assert "<script" not in profile._repr_html_()
    assert kg.entity("cybercrime").trends == (("rising", 1),)
    assert kg.entity("Paolo Rossi").says == 5
    named = [(row.doc, row.mentions) for row in profile.named_in]
    assert sum(count for _, count in named) == profile.mentions
    assert next(doc for doc, _ in named) == "2010-keller.txt"
    assert kg.entity("Russia", document="2014-rossi.txt").named_in == profile.named_in[2:3]


def test_a_profile_prints_as_text(kg):
    shown = repr(kg.entity("cybercrime")).splitlines()
    assert shown[0] == "cybercrime"
    assert "  mentions: 3 in 3 speeches" in shown
    assert "claims of it (2)" in shown
    assert kg.entity("cybercrime").to_dict()["trends"] == [["rising", 1]]


def test_evidence(kg):
    [row] = kg.evidence(kg.claims(predicate="accuses")[0])
    assert (row.quote, row.trigger, row.rule) == ("China accuses Russia.", "China", "frames: accuses")
    assert row.before.endswith("Russia invaded Ukraine. ")
    assert not len(kg.evidence([]))


def test_empty_graph_answers_everything():
    kg = kgraph.open()
    for table in (kg.claims(), kg.entities(), kg.actors(), kg.threats(), kg.responses(), kg.timeline(), kg.contested()):
        assert not len(table)
    for table in (kg.dyads(), kg.cooccurrence(), kg.search("war"), kg.paths("Russia", "China"), kg.neighbours("CIS")):
        assert not len(table)
    assert kg.stats()[0].number == 0
    assert len(kg.to_networkx()) == 0
    assert not len(kg.central())
    assert not len(kg.communities())


def test_answers_depend_on_no_order_of_triples(kg):
    from random import Random

    from kgraph.store import MemoryStore

    quads = list(kg.store.quads())
    Random(1).shuffle(quads)
    other = kgraph.KnowledgeGraph(MemoryStore(quads))
    assert list(other.source.columns.things) == sorted(kg.source.columns.things)
    for ask in ("contested", "dyads", "neighbours", "paths", "communities", "claims", "cooccurrence"):
        given = {"neighbours": ("Russia",), "paths": ("China", "CIS")}.get(ask, ())
        assert getattr(other, ask)(*given) == getattr(kg, ask)(*given), ask
    assert other.dyads(both_ways=True) == kg.dyads(both_ways=True)

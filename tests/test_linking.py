"""Linking: which mentions are the same thing, in one speech and across speeches."""

from __future__ import annotations

import pytest

from kgraph.extraction.annotate import annotate
from kgraph.extraction.extract import find_mentions
from kgraph.extraction.linking import entity_id
from kgraph.reading import parse_speech

CONCEPT = "https://w3id.org/kgraph/concept/"


@pytest.fixture(scope="module")
def linked(nlp, lexicon):
    """Function: text -> mentions by their words: ids in the order of the text."""

    def find(text, doc="test.txt"):
        [(speech, parse)] = annotate([parse_speech(text, doc)], nlp)
        found: dict[str, list[str]] = {}
        for mention in find_mentions(speech, parse, lexicon).mentions:
            found.setdefault(mention.quote, []).append(mention.entity.removeprefix(CONCEPT))
        return found

    return find


@pytest.mark.parametrize(
    ("text", "words", "concept"),
    [
        ("The Commonwealth of Independent States met. The Commonwealth fights terrorism.", "Commonwealth", "org-cis"),
        (
            "The Commonwealth of Nations met in Kigali. The Commonwealth fights terrorism.",
            "Commonwealth",
            "org-commonwealth-of-nations",
        ),
        (
            "The Gulf Cooperation Council met. The Security Council adopted it. The Council condemned the coup.",
            "Council",
            "org-un-security-council",
        ),
        ("President Putin spoke. Putin left.", "Putin", "person-vladimir-putin"),
        ("Mr Bortnikov reported on terrorism.", "Bortnikov", "person-alexander-bortnikov"),
        ("Kiev was shelled. The streets of Kiev were empty.", "Kiev", "place-kyiv"),
        ("American foreign policy opposes terrorism.", "American", "state-us"),
        ("Terrorists attacked us.", "Terrorists", "threat-terrorism"),
        (
            "The Zaporizhzhia nuclear power plant was hit. The nuclear power plant is occupied.",
            "nuclear power plant",
            "facility-zaporizhzhia-npp",
        ),
    ],
)
def test_names_and_short_forms(linked, text, words, concept):
    assert linked(text)[words][-1] == concept


def test_short_labels_without_a_full_name_stay_unknown(linked):
    assert linked("The Alliance of farmers met. The Council condemned the coup.")["Council"][0].startswith("entity/")


def test_scope_of_a_danger_in_the_same_speech(linked):
    both = linked("We fight international terrorism. Terrorism knows no borders.")
    assert both["international terrorism"] == both["Terrorism"] == ["threat-terrorism"]
    assert linked("We fight international terrorism.")["international terrorism"] == ["threat-international-terrorism"]


def test_an_acronym_is_the_name_it_stands_for(linked):
    found = linked("The Joint Arms Review Organisation (JARO) met yesterday. JARO adopted a plan.")
    assert set(found["JARO"]) == set(found["Joint Arms Review Organisation"])


def test_a_surname_is_the_person_named_in_full(linked):
    found = linked("Ingrid Halvorsen opened the debate. Thank you, Mrs Halvorsen.")
    assert found["Halvorsen"] == found["Ingrid Halvorsen"]


def test_one_meeting_unless_something_sets_it_apart(linked):
    found = linked(
        "Today's meeting is important. Our meeting will discuss drugs. At the next meeting we will discuss terrorism."
    )["meeting"]
    assert found[0] == found[1] != found[2]


def test_wars_with_other_names_are_other_wars(linked):
    found = linked("The war in Syria goes on. The war in Ukraine goes on. We condemn the war in Syria.")["war"]
    assert found[0] == found[2] != found[1]


def test_a_bare_noun_goes_back_to_a_named_event(linked):
    found = linked("We remember the Great Patriotic War. The war took the lives of millions.")
    assert found["war"] == found["Great Patriotic War"]


def test_each_state_has_its_own_army(linked):
    found = linked("The Russian army attacked. The Ukrainian army defended the city.")["army"]
    assert found[0] != found[1]
    assert found[0] == linked("The Russian army withdrew.")["army"][0]


def test_what_a_speech_alone_knows_is_kept_apart(linked):
    text = "The meeting was useful."
    assert linked(text, "a.txt")["meeting"] != linked(text, "b.txt")["meeting"]
    assert linked(text, "a.txt") == linked(text, "a.txt")


def test_unknown_names_keep_their_id_in_every_speech(linked):
    one = linked("The Joint Arms Review Organisation met in Geneva.", "a.txt")
    two = linked("We work with the Joint Arms Review Organisation.", "b.txt")
    assert one["Joint Arms Review Organisation"] == two["Joint Arms Review Organisation"]


def test_ids_depend_on_type_words_and_scope():
    ids = {entity_id("Event", ["war"]), entity_id("Threat", ["war"]), entity_id("Event", ["war"], "a.txt")}
    assert len(ids) == 3
    assert entity_id("Person", ["Łukasz", "Ж"]).isascii()

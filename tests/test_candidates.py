"""Candidates: open classes of names, by their pattern; nothing that a mention may be is missed."""

from __future__ import annotations

import pytest

from kgraph.extraction.annotate import annotate
from kgraph.extraction.extract import read_candidates
from kgraph.extraction.mentions import kinds_of_turns
from kgraph.extraction.words import Words
from kgraph.lexicon.patterns import load_patterns
from kgraph.reading import parse_speech


@pytest.fixture(scope="module")
def candidates(nlp, lexicon):
    """Function: text -> candidates, as words and type."""

    def find(text):
        [(speech, doc)] = annotate([parse_speech(text, "test.txt")], nlp)
        words = Words(doc, load_patterns())
        kinds = kinds_of_turns(speech, words)
        found = read_candidates(speech, words, kinds, lexicon, load_patterns())
        return {(speech.text[words.start[c.first] : words.end[c.last - 1]], c.type): c for c in found}

    return find


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("They bombed the Tarsk nuclear power plant.", "Tarsk nuclear power plant", "Facility"),
        ("The Port of Varnholm was closed.", "Port of Varnholm", "Facility"),
        ("The Ministry of Water Resources reported.", "Ministry of Water Resources", "Organisation"),
        ("The armed forces left.", "armed forces", "Organisation"),
        ("We follow UN Security Council resolution 9917 (2031).", "resolution 9917 (2031)", "Agreement"),
        ("The forty-second session was long.", "forty-second session", "Event"),
        ("The 13th meeting was long.", "13th meeting", "Event"),
        ("We protect critical port infrastructure.", "critical port infrastructure", "Facility"),
        ("We condemn nuclear terrorism.", "nuclear terrorism", "Threat"),
        ("They live off trafficking in rare birds.", "trafficking in rare birds", "Threat"),
        ("We signed the Treaty on Shared Rivers in Europe.", "Treaty on Shared Rivers in Europe", "Agreement"),
        ("We held a high-level conference.", "high-level conference", "Event"),
        ("The developing countries need help.", "developing countries", "Organisation"),
        ("We face new challenges and threats.", "challenges and threats", "Threat"),
        ("We see the threat of gene drives.", "gene drives", "Threat"),
        ("Rogue satellites pose a danger.", "Rogue satellites", "Threat"),
        ("They meddled in our elections.", "meddled in our elections", "Threat"),
        ("Ingrid Halvorsen came. Halvorsen spoke.", "Halvorsen", "Person"),
    ],
)
def test_open_classes(candidates, text, words, kind):
    assert (words, kind) in candidates(text)


def test_what_no_text_calls_a_danger_is_none(candidates):
    assert ("gene drives", "Threat") not in candidates("We sell gene drives.")


def test_an_acronym_takes_the_head_of_the_name_it_stands_for(candidates):
    found = candidates("The Joint Arms Review Treaty (JART) was signed. JART is good.")
    assert found["JART", "Agreement"].how == "treaty"
    assert ("JART", "Agreement") not in candidates("JART is good.")


def test_a_first_name_alone_names_nobody_else(candidates):
    found = candidates("Vladimir Pronichev spoke.")
    assert ("Vladimir", "Person") not in found
    assert ("Vladimir Pronichev", "Person") in found


def test_furniture_names_nothing(candidates):
    assert not candidates("\n\n2 of 4\n")

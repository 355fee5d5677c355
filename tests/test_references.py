"""Pronouns and empty nominals -> what they stand for; whom a speaker speaks for."""

from __future__ import annotations

import re

import pytest

from kgraph.cues import load_cues
from kgraph.extraction.references import find_references
from kgraph.extraction.situation import find_situations
from kgraph.model import Entity, Mention, Speech, Turn, TurnKind

KNOWN = {
    "Russia": "State", "Vladimir Putin": "Person", "France": "State", "Iran": "State", "CSTO": "Organisation",
    "Rosfinmonitoring": "Organisation", "Yury Chikhanchin": "Person", "terrorism": "Threat", "ISIS": "Organisation",
    "Al-Qaeda": "Organisation", "Moscow": "Place", "United States": "State", "Joe Biden": "Person", "Belarus": "State",
}  # fmt: skip


def named(text):
    """Entities and mentions of the known names in a text."""
    spans = sorted((m.start(), name) for name in KNOWN for m in re.finditer(name, text))
    entities = {name: Entity(name, KNOWN[name], name) for _, name in spans}
    return entities, [Mention(at, at + len(name), name, name, "test") for at, name in spans]


@pytest.fixture
def resolve(nlp):
    """Function: text -> {(form, rule): entities}."""

    def run(text, **header):
        entities, mentions = named(text)
        speech = Speech("test.txt", text, **header)
        found = find_references(speech, nlp(text), mentions, entities)
        return {(text[r.start : r.end], r.rule): r.entities for r in found}

    return run


@pytest.mark.parametrize(
    ("text", "form", "rule", "entities"),
    [
        ("Iran is large. It threatens us.", "It", "it", ("Iran",)),
        ("ISIS and Al-Qaeda are strong. They attack.", "They", "they", ("ISIS", "Al-Qaeda")),
        ("Joe Biden came. He spoke.", "He", "he", ("Joe Biden",)),
        ("Iran is large. This country is old.", "country", "nominal", ("Iran",)),
    ],
)
def test_antecedents(resolve, text, form, rule, entities):
    assert resolve(text)[form, rule] == entities


def test_it_is_important_refers_to_nothing(resolve):
    found = resolve("Iran is large. It is important to fight terrorism.")
    assert ("It", "it") not in found


def test_we_is_the_state_in_the_title(resolve):
    found = resolve("We thank France. Iran is large.", title="Statement of Iran in the General Debate")
    assert found["We", "we-own"] == ("Iran",)


def situation(text, turns, **header):
    entities, mentions = named(text)
    return find_situations(Speech("test.txt", text, turns=turns, **header), mentions, entities, load_cues())[-1]


def test_the_office_before_the_name_decides():
    text = "Head of Rosfinmonitoring Yury Chikhanchin: We work with Russia. Russia is large."
    start = text.index(":") + 2
    turns = (Turn(0, start - 2, TurnKind.NARRATION), Turn(start, len(text), TurnKind.SPEECH, "Yury Chikhanchin"))
    now = situation(text, turns)
    assert (now.speaker, now.own) == ("Yury Chikhanchin", "Rosfinmonitoring")


def test_remarks_by_president_biden_speak_for_the_united_states():
    text = "Remarks by President Joe Biden\n\nThe United States and France agree. France is old. France is large."
    turns = (Turn(0, 30, TurnKind.NARRATION), Turn(32, len(text), TurnKind.SPEECH, "Joe Biden"))
    now = situation(text, turns, title="Remarks by President Joe Biden")
    assert (now.speaker, now.own) == ("Joe Biden", "United States")


def test_narration_speaks_for_nobody():
    text = "Russia and Belarus met."
    now = situation(text, (Turn(0, len(text), TurnKind.NARRATION),))
    assert (now.speaker, now.own) == (None, None)


def test_a_pronoun_is_none_of_those_its_own_verb_names(resolve):
    found = resolve("France helps Iran. The country is controlled by France, which uses it against Russia.")
    assert found["country", "nominal"] == ("Iran",)
    assert found["it", "it"] == ("Iran",)

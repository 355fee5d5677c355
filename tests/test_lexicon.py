"""The lexicon: how much it holds, how its labels are met in text, what is wrong with a bad file."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.lexicon import load_lexicon
from kgraph.lexicon.concepts import Label, LabelKind
from kgraph.lexicon.gazetteer import Gazetteer
from kgraph.lexicon.load import KNOWLEDGE
from kgraph.lexicon.spelling import columns_of, columns_of_tokens, key_of, plurals_of
from kgraph.lexicon.verbal import VerbalForms

PREFIXES = """
@prefix kg: <https://w3id.org/kgraph/ontology#> .
@prefix my: <https://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def met(labels, text):
    """Texts of the labels found in `text`, with what they cover."""
    return [(text[m.start : m.end], m.labels[0].text) for m in Gazetteer(labels).find(columns_of(text))]


def label(text, kind=LabelKind.PREFERRED, concept="c"):
    return Label(text, kind, concept)


@pytest.mark.parametrize(
    ("scheme", "least"),
    [("Organisation", 600), ("Facility", 200), ("Weapon", 120), ("State", 190), ("Threat", 150)],
)
def test_enough_names_of_each_type(lexicon, scheme, least):
    counts = Counter(concept.type for concept in lexicon.concepts.values())
    assert counts[scheme] >= least


def test_enough_names_in_each_file(lexicon):
    stems = Counter(iri.rpartition("/")[2].partition("-")[0] for iri in lexicon.concepts)
    assert stems["org"] >= 450
    assert stems["group"] >= 150
    assert stems["place"] >= 250
    assert stems["event"] + stems["agreement"] >= 200


@pytest.mark.parametrize(
    "names",
    [
        ("Al-Qaeda", "al-Qaida", "Al Qa'ida", "Al Qa’ida", "al Qaeda"),
        ("ISIS", "ISIL", "Daesh", "Islamic State"),
        ("Kiev", "Kyiv"),
        ("Türkiye", "Turkey"),
        ("UN", "U.N.", "United Nations", "United Nations Organisation", "United Nations Organization"),
        ("People's Republic of China", "People’s Republic of China"),
        ("NATO", "North Atlantic Treaty Organization", "North Atlantic Treaty Organisation"),
    ],
)
def test_spellings_of_one_name_share_a_concept(lexicon, names):
    found = []
    for name in names:
        [match] = lexicon.gazetteer.find(columns_of(name))
        assert (match.start, match.end) == (0, len(name))
        found.append({label.concept for label in match.labels})
    assert set.intersection(*found)


def test_longest_label_wins():
    labels = [label("Security Council"), label("Council"), label("Security Council Committee")]
    assert met(labels, "The Security Council met.") == [("Security Council", "Security Council")]


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("Polish", "We polish the silver.", False),
        ("Polish", "Polish troops left.", True),
        ("US", "Let us go.", False),
        ("US", "The US left.", True),
        ("Ministry of Defence", "MINISTRY OF DEFENCE", True),
        ("terrorist attack", "Terrorist attacks happened.", True),
        ("terrorist attack", "TERRORIST ATTACK", True),
        ("weapon of mass destruction", "weapons of mass destruction", True),
        ("sanctions", "a sanction", False),
        ("Al-Qaeda", "Al Qaeda", True),
        ("dirty bomb", "a dirty, bomb", False),
    ],
)
def test_case_number_and_hyphens(written, text, found):
    assert bool(met([label(written)], text)) is found


def test_keys_ignore_accents_hyphens_and_american_spelling():
    assert key_of("Organization") == key_of("organisation")
    assert key_of("Qa’ida") == key_of("Qaida")
    assert key_of("São") == key_of("Sao")
    assert list(plurals_of("agency of the state")) == ["agencies of the state"]


@given(st.text(alphabet="aB c-’'.é1,İß", max_size=40))
def test_words_are_where_they_say(text):
    columns = columns_of(text)
    for start, end, surface in zip(columns.starts, columns.ends, columns.surfaces, strict=True):
        assert text[start:end] == surface


@given(st.text(alphabet="aBé c-,’s", max_size=40))
def test_tokens_give_words_at_their_places(text):
    tokens = list(re.finditer(r"\w+|[^\w\s]", text))
    columns = columns_of_tokens([token.group() for token in tokens], [token.start() for token in tokens])
    for start, end, surface in zip(columns.starts, columns.ends, columns.surfaces, strict=True):
        assert text[start:end] == surface


def test_verbal_forms_let_small_words_stand_between():
    forms = VerbalForms([label("violate sovereignty", LabelKind.VERBAL)])
    lemmas = ["they", "violate", "our", "national", "sovereignty"]
    assert [(a, b) for a, b, _ in forms.find(lemmas, lemmas, ["PRP", "VBD", "PRP$", "JJ", "NN"])] == [(1, 5)]
    assert not list(forms.find(lemmas, lemmas, ["PRP", "VBD", "IN", "NN", "NN"]))


def test_own_turtle_is_met_without_code(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(PREFIXES + 'my:x a skos:Concept, kg:Company ; skos:prefLabel "Blue Heron Drones"@en .', "utf-8")
    lexicon = load_lexicon([path])
    [match] = lexicon.gazetteer.find(columns_of("Blue Heron Drones"))
    assert match.labels[0].concept == "https://example.org/x"
    assert lexicon.concepts["https://example.org/x"].type == "Organisation"


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ('my:x a skos:Concept, kg:Compny ; skos:prefLabel "X"@en .', "Compny"),
        ("my:x a skos:Concept, kg:Company .", "prefLabel"),
        ('my:x a skos:Concept, kg:Company ; skos:prefLabel "X"@en , "Y"@en .', "2 English"),
        ("my:x a", "not Turtle"),
    ],
)
def test_a_wrong_file_is_named(tmp_path, turtle, said):
    path = tmp_path / "wrong.ttl"
    path.write_text(PREFIXES + turtle, "utf-8")
    with pytest.raises(LexiconError, match=r"wrong\.ttl") as problem:
        load_lexicon([path])
    assert said in str(problem.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match="absent"):
        load_lexicon([tmp_path / "absent.ttl"])


def test_every_kind_of_file_of_knowledge_counts_in_the_hash():
    files = [path for path in resources.ontologies().rglob("*") if path.is_file()]
    assert {path.suffix for path in files} - {".md"} == set(KNOWLEDGE)

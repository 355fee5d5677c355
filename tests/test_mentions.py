"""Mentions: what is chosen, of which type, with which boundaries."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.errors import LexiconError
from kgraph.extraction.annotate import annotate
from kgraph.extraction.candidate import Candidate
from kgraph.extraction.extract import find_mentions
from kgraph.extraction.mentions import choose, load_weights
from kgraph.extraction.signs import table_of
from kgraph.reading import parse_speech


@pytest.fixture(scope="module")
def mentions(nlp, lexicon):
    """Function: text -> mentions, as words and type."""

    def find(text):
        [(speech, doc)] = annotate([parse_speech(text, "test.txt")], nlp)
        linked = find_mentions(speech, doc, lexicon)
        types = {entity.id: entity.type for entity in linked.entities}
        for mention in linked.mentions:
            assert speech.text[mention.start : mention.end] == mention.quote
        return [(mention.quote, types[mention.entity]) for mention in linked.mentions]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington imposed sanctions. Washington has refused to talk.", ("Washington", "State")),
        ("The summit was held in Washington last week.", ("Washington", "Place")),
        ("George Washington was president. Washington was a great leader.", ("Washington", "Person")),
        ("Georgia condemned Russia. Russian troops remain in Georgia.", ("Georgia", "State")),
        ("In Atlanta, Georgia, eight people were killed.", ("Georgia", "Place")),
        ("The Kremlin threatens its neighbours.", ("Kremlin", "State")),
        ("The reception took place in the Kremlin.", ("Kremlin", "Facility")),
        ("Turkey and Russia signed an agreement.", ("Turkey", "State")),
        ("The company Colonial paid a ransom.", ("Colonial", "Organisation")),
        ("The Colonial Pipeline was shut down.", ("Colonial Pipeline", "Facility")),
        ("The Russian army attacked Kharkiv.", ("Russian", "State")),
        ("The Russian army attacked Kharkiv.", ("army", "Organisation")),
        ("We face the threat of gene drives.", ("gene drives", "Threat")),
        ("They interfere in the internal affairs of Serbia.", ("interfere in the internal affairs", "Threat")),
        ("Drug smugglers cross the border.", ("Drug smugglers", "Threat")),
        ("We implement UN Security Council resolution 1540.", ("UN Security Council resolution 1540", "Agreement")),
    ],
)
def test_context_decides_the_type(mentions, text, expected):
    assert expected in mentions(text)


def test_no_determiner_no_possessive(mentions):
    assert mentions("The Security Council’s resolution on Iran’s nuclear weapons failed.")[0] == (
        "Security Council",
        "Organisation",
    )
    assert ("Iran", "State") in mentions("We know of Iran’s nuclear weapons.")


def test_offsets_hold_in_any_script(mentions):
    found = mentions("«Привет» — 🙂 Côte d’Ivoire and Türkiye fight terrorism.")
    assert {("Côte d’Ivoire", "State"), ("Türkiye", "State"), ("terrorism", "Threat")} <= set(found)


def test_nothing_is_named_in_small_talk(mentions):
    assert mentions("Thank you very much. It is good to be here. How are you?") == []


spans = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 4), st.floats(-2, 5, allow_nan=False).map(lambda x: round(x, 2))),
    max_size=7,
)


@given(spans)
def test_the_best_set_without_overlap_is_chosen(drawn):
    candidates = [Candidate(a, a + n, "Threat", "head", str(i)) for i, (a, n, _) in enumerate(drawn)]
    scores = [score for _, _, score in drawn]
    chosen = [c for c, _ in choose(candidates, scores)]
    assert all(one.last <= two.first for one, two in pairwise(chosen))
    worth = dict(zip(candidates, scores, strict=True))
    best = max(
        sum(worth[c] for c in group)
        for n in range(len(candidates) + 1)
        for group in combinations(candidates, n)
        if all(a.last <= b.first or b.last <= a.first for a, b in combinations(group, 2))
    )
    assert sum(worth[c] for c in chosen) == pytest.approx(best)


def test_weights_are_read_by_type_and_rule():
    tables = load_weights()
    assert tables["Threat", "kind"]["bias"] == tables["State", "name"]["bias"]
    assert tables["Threat", "kind"] != tables["Threat", "head"]
    assert table_of("@dep=pobj", "Threat", "head") == "Threat head"


def test_a_missing_file_of_weights_is_named():
    with pytest.raises(LexiconError, match="absent"):
        load_weights("absent")

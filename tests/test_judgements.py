"""Judgements: a user's corrections, checked on load and replayed on every speech."""

from __future__ import annotations

import pytest

import kgraph
from kgraph.errors import LexiconError
from kgraph.extraction.judgements import judge, load_judgements
from kgraph.model import Claim, Entity, Evidence, Extraction, Mention, Modality, Polarity, Speech, Voice

TEXT = "Colonial paid. Atlanta, Georgia mourns. Georgia and Rosfin fight Friday. The Finance Watch left Rosfin."


def at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def mention(words: str, entity: str, nth: int = 0) -> Mention:
    return Mention(*at(words, nth), words, entity, "name:prefLabel")


def claim(subject: str, predicate: str, thing: str, s: tuple[int, int], o: tuple[int, int]) -> Claim:
    evidence = Evidence(40, 73, TEXT[40:73], None, s, o)
    return Claim(
        subject, predicate, thing, Polarity.AFFIRMED, Modality.ASSERTED, "me", Voice.SPEAKER, evidence, "opposes:fight"
    )


@pytest.fixture
def extraction() -> Extraction:
    """A speech with five entities and two claims."""
    entities = (
        Entity("e/colonial", "Facility", "Colonial", "Pipeline", ("Colonial",)),
        Entity("e/friday", "Person", "Friday", None, ("Friday",)),
        Entity("e/rosfin", "Organisation", "Rosfin", None, ("Rosfin",)),
        Entity("e/watch", "Organisation", "Finance Watch", None, ("Finance Watch",)),
        Entity("e/ge", "State", "Georgia", "State", ("Georgia",)),
        Entity("me", "Person", "Speaker"),
    )
    mentions = (
        mention("Colonial", "e/colonial"),
        mention("Georgia", "e/ge"),
        mention("Georgia", "e/ge", 1),
        mention("Rosfin", "e/rosfin"),
        mention("Friday", "e/friday"),
        mention("Finance Watch", "e/watch"),
        mention("Rosfin", "e/rosfin", 1),
    )
    claims = (
        claim("e/ge", "opposes", "e/friday", at("Georgia", 1), at("Friday")),
        claim("e/rosfin", "opposes", "e/watch", at("Rosfin"), at("Friday")),
    )
    return Extraction(Speech("a.txt", TEXT), entities, mentions, claims)


@pytest.fixture
def judged(extraction, lexicon, tmp_path):
    """Function: TOML of one judgement -> the corrected extraction, and whether it met something."""

    def run(toml: str):
        path = tmp_path / "judgements.toml"
        path.write_text(f'[[judgement]]\n{toml}\nreason = "seen in the text"\n', "utf-8")
        found, met = judge(extraction, load_judgements(path, lexicon))
        used = {m.entity for m in found.mentions} | {e for c in found.claims for e in (c.subject, c.object, c.claimant)}
        assert used <= set(found.by_id)
        return found, len(met)

    return run


def entities_of(extraction, words):
    return [m.entity for m in extraction.mentions if m.quote == words]


def test_merge_makes_one_entity_and_drops_claims_about_itself(judged):
    found, met = judged('do = "merge"\nentities = ["Rosfin", "Finance Watch"]\ninto = "Finance Watch"')
    [target] = set(entities_of(found, "Rosfin") + entities_of(found, "Finance Watch"))
    assert found.by_id[target].aliases == ("Finance Watch", "Rosfin")
    assert [c.object for c in found.claims] == ["e/friday"]
    assert met == 1


def test_merge_gives_one_id_even_where_a_speech_has_only_one_of_the_names(judged):
    both, _ = judged('do = "merge"\nentities = ["Rosfin", "Finance Watch"]\ninto = "Financial Guard"')
    one, _ = judged('do = "merge"\nentities = ["Rosfin", "Never Named"]\ninto = "Financial Guard"')
    assert set(entities_of(both, "Rosfin")) == set(entities_of(one, "Rosfin"))
    assert one.by_id[entities_of(one, "Rosfin")[0]].label == "Financial Guard"


def test_merge_into_what_the_lexicon_knows(judged):
    found, _ = judged('do = "merge"\nentities = ["Rosfin"]\ninto = "Interpol"')
    [target] = set(entities_of(found, "Rosfin"))
    assert target.startswith("https://w3id.org/kgraph/concept/")


def test_split_moves_only_what_lies_in_the_quote(judged):
    found, met = judged(
        'do = "split"\nentity = "Georgia"\nquote = "Atlanta, Georgia"\ninto = "Georgia in America"\ntype = "Place"'
    )
    first, second = entities_of(found, "Georgia")
    assert (found.by_id[first].type, second, met) == ("Place", "e/ge", 1)
    assert found.claims[0].subject == "e/ge"


def test_retype(judged):
    found, met = judged('do = "retype"\nentity = "Colonial"\ntype = "Organisation"')
    assert found.by_id["e/colonial"].type == "Organisation"
    assert found.by_id["e/colonial"].subtype is None
    assert met == 1


def test_reject_an_entity_takes_its_mentions_and_claims(judged):
    found, _ = judged('do = "reject"\nentity = "Friday"')
    assert "e/friday" not in found.by_id
    assert not entities_of(found, "Friday")
    assert [c.subject for c in found.claims] == ["e/rosfin"]


def test_reject_a_claim_by_quote_and_predicate(judged):
    found, met = judged('do = "reject"\nquote = "Georgia and Rosfin fight Friday"\nentity = "Georgia"')
    assert ([c.subject for c in found.claims], met) == (["e/rosfin"], 1)
    same, met = judged('do = "reject"\nquote = "Georgia and Rosfin fight Friday"\npredicate = "supports"')
    assert (len(same.claims), met) == (2, 0)


def test_other_speeches_are_left_alone(judged, extraction):
    found, met = judged('do = "reject"\nentity = "Friday"\ndoc = "b.txt"')
    assert (found, met) == (extraction, 0)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('do = "delete"', "merge, split, retype, reject"),
        ('do = "merge"\ninto = "X"', "entities"),
        ('do = "retype"\nentity = "X"\ntype = "Planet"', "Planet"),
        ('do = "reject"', "entity or a quote"),
        ('do = "reject"\nentity = "X"\ncolour = "red"', "colour"),
    ],
)
def test_a_wrong_judgement_is_named(lexicon, tmp_path, toml, said):
    path = tmp_path / "judgements.toml"
    path.write_text(f'[[judgement]]\n{toml}\nreason = "why"\n', "utf-8")
    with pytest.raises(LexiconError, match=r"judgements\.toml, judgement 1") as problem:
        load_judgements(path, lexicon)
    assert said in str(problem.value)


def test_a_reason_is_needed(lexicon, tmp_path):
    path = tmp_path / "judgements.toml"
    path.write_text('[[judgement]]\ndo = "reject"\nentity = "X"\n', "utf-8")
    with pytest.raises(LexiconError, match="reason"):
        load_judgements(path, lexicon)


def test_a_file_beside_the_speeches_is_replayed_on_every_build(tmp_path):
    (tmp_path / "one.txt").write_text("Title: Talks\nDate: 2020-01-02\n\nUkraine opposes terrorism.\n", "utf-8")
    before = kgraph.build(tmp_path, progress=False)
    assert "Ukraine" in [entity.label for entity in before.entities()]
    (tmp_path / "judgements.toml").write_text(
        '[[judgement]]\ndo = "reject"\nentity = "Ukraine"\nreason = "a test"\n', "utf-8"
    )
    after = kgraph.build(tmp_path, progress=False)
    assert "Ukraine" not in [entity.label for entity in after.entities()]

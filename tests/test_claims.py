"""Claims: text with named entities in, claims out. The traps that naive extractors fall into."""

from __future__ import annotations

import re

import pytest

from kgraph.errors import LexiconError
from kgraph.extraction.annotate import annotate
from kgraph.extraction.claims import NARRATOR, find_claims
from kgraph.extraction.claims.scoring import load_model
from kgraph.extraction.extract import extract_speech
from kgraph.lexicon import load_lexicon
from kgraph.model import Entity, Mention, Speech, Turn, TurnKind
from kgraph.reading import read_file

TYPES = {
    "State": "Russia Ukraine Belarus France Poland Iran Syria Georgia Israel Turkey China Serbia Germany Estonia",
    "Organisation": "NATO CIS CSTO ISIS Hezbollah FSB Hamas",
    "Place": "Crimea Africa Moscow",
    "Person": "Putin Biden Macron",
    "Agreement": "treaty",
    "Event": "summit",
    "Weapon": "missiles weapons",
    "Facility": "bridge pipeline embassy pipelines",
    "Threat": "terrorism extremism drugs sabotage piracy violence trafficking",
}
TYPE_OF = {name: kind for kind, names in TYPES.items() for name in names.split()}


@pytest.fixture(scope="module")
def read(nlp):
    """Function: a text (all known names are mentions) -> its claims above `least`."""

    def run(text: str, least: float = 0.1, title: str | None = None, turns: tuple[Turn, ...] = ()):
        entities, mentions = {}, []
        for match in re.finditer(r"\w+", text):
            kind = TYPE_OF.get(match.group())
            if kind:
                entities[match.group()] = Entity(match.group(), kind, match.group())
                mentions.append(Mention(*match.span(), match.group(), match.group(), "test"))
        speech = Speech("test.txt", text, title=title, turns=turns)
        return list(find_claims(speech, nlp(text), entities, mentions, min_confidence=least))

    return run


def said(claims, subject, predicate, object_):
    """The best claim of a statement, or None."""
    found = [c for c in claims if (c.subject, c.predicate, c.object) == (subject, predicate, object_)]
    return max(found, key=lambda c: c.confidence, default=None)


def test_negated_support(read):
    assert said(read("Russia does not support Ukraine."), "Russia", "supports", "Ukraine").polarity == "negated"


def test_passive_without_agent_names_no_attacker(read):
    claims = read("The bridge was attacked yesterday in Crimea.", least=0.25)
    assert not [c for c in claims if c.predicate == "attacks"]
    assert said(claims, "bridge", "locatedIn", "Crimea")


def test_passive_with_agent(read):
    claims = read("Ukraine was attacked by Russia.")
    assert said(claims, "Russia", "attacks", "Ukraine")
    assert not said(claims, "Ukraine", "attacks", "Russia")


def test_reported_accusation_belongs_to_who_is_quoted(read):
    text = "France is old. We love France. Ukraine said that Iran supplies weapons."
    claim = said(read(text), "Iran", "supplies", "weapons")
    assert (claim.claimant, claim.voice) == ("Ukraine", "quoted")


def test_conditional_threat_is_no_assertion(read):
    claim = said(read("If Russia attacks Estonia, we will respond."), "Russia", "attacks", "Estonia")
    assert claim.modality == "possible"


def test_control_verb(read):
    claim = said(read("France wants to combat terrorism."), "France", "opposes", "terrorism")
    assert claim.modality == "intended"


def test_object_control(read):
    claims = read("Germany urged Turkey to combat terrorism.")
    assert said(claims, "Turkey", "opposes", "terrorism").confidence > getattr(
        said(claims, "Germany", "opposes", "terrorism"), "confidence", 0
    )


def test_relative_clause_on_the_object(read):
    claims = read("We condemn the missiles that Iran supplied to Hezbollah.")
    assert said(claims, "Iran", "supplies", "missiles")


def test_coordination_on_both_sides(read):
    claims = read("France and Poland must combat terrorism, extremism and drugs.")
    assert all(said(claims, s, "opposes", o) for s in ("France", "Poland") for o in ("terrorism", "extremism", "drugs"))


def test_nominal_attack(read):
    assert said(read("We remember Russia's attack on Georgia."), "Russia", "attacks", "Georgia")


def test_so_called_is_no_assertion(read):
    claim = said(read("We heard about Iran's so-called support for Hamas."), "Iran", "supports", "Hamas")
    assert claim.modality == "possible"


def test_question_is_no_assertion(read):
    claims = read("Does Iran possess weapons?", least=0.02)
    assert "asserted" not in {c.modality for c in claims if c.predicate == "possesses"}


def test_trend(read):
    assert said(read("Terrorism is dangerous. In Africa piracy is growing."), "piracy", "hasTrend", "rising")
    assert said(read("In Africa piracy is not decreasing."), "piracy", "hasTrend", "persisting")


def test_not_only_but_also_denies_nothing(read):
    claims = read("Iran supports not only Hamas but also Hezbollah.")
    assert said(claims, "Iran", "supports", "Hamas").polarity == "affirmed"
    assert said(claims, "Iran", "supports", "Hezbollah").polarity == "affirmed"


def test_duty_is_called_for(read):
    assert said(read("France must combat terrorism."), "France", "opposes", "terrorism").modality == "calledFor"


def test_we_is_the_state_of_the_speaker(read):
    claims = read("France is here. We condemn terrorism.", title="Statement of France in the General Debate")
    claim = said(claims, "France", "opposes", "terrorism")
    assert any("we" in step for step in claim.steps)


def test_narration_is_the_narrators(read):
    text = "Putin took part in the summit.\n\nColleagues, Russia combats terrorism."
    turns = (Turn(0, 31, TurnKind.NARRATION), Turn(32, len(text), TurnKind.SPEECH, "Vladimir Putin"))
    claims = read(text, turns=turns)
    assert said(claims, "Putin", "participatesIn", "summit").claimant == NARRATOR
    assert said(claims, "Russia", "opposes", "terrorism").claimant == "Putin"


def test_furniture_claims_nothing(read):
    text = "Russia attacked Ukraine."
    assert not read(text, turns=(Turn(0, len(text), TurnKind.FURNITURE),))


def test_every_claim_can_be_traced(read):
    text = "Today we speak. Russia attacked Ukraine with missiles. France condemned the violence in Ukraine."
    claims = read(text, least=0.05)
    assert claims
    for claim in claims:
        e = claim.evidence
        assert text[e.start : e.end] == e.quote
        assert all(e.start <= span[0] < span[1] <= e.end for span in (e.trigger, e.subject, e.object) if span)
        assert claim.rule
        assert 0 < claim.confidence <= 1


def test_min_confidence_filters(read):
    text = "Russia attacked Ukraine. France and Poland condemned the violence."
    few, many = read(text, least=0.5), read(text, least=0.05)
    assert len(few) < len(many)
    assert min(c.confidence for c in few) >= 0.5
    assert read(text, least=0.9999) == []


def test_same_text_same_claims(read):
    text = "Russia, Belarus and Syria supplied weapons and missiles to Iran and Hezbollah in Africa."
    assert read(text) == read(text)


def test_the_subject_of_a_passive_does_what_hangs_below(read):
    hits = [c for c in read("Iran is believed to support Hamas.") if c.predicate == "supports"]
    assert {(c.subject, c.object) for c in hits} == {("Iran", "Hamas")}


def test_only_what_actors_did_has_a_category_of_plover(nlp):
    text = "Russia attacked Ukraine. Russia wants to attack Georgia."
    names = ("Russia", "Ukraine", "Georgia")
    entities = {name: Entity(name, "State", name) for name in names}
    found = [(text.index(name), name) for name in names] + [(text.rindex("Russia"), "Russia")]
    mentions = [Mention(at, at + len(name), name, name, "test") for at, name in sorted(found)]
    speech, predicates = Speech("test.txt", text), load_lexicon().predicates
    claims = find_claims(speech, nlp(text), entities, mentions, min_confidence=0.1, predicates=predicates)
    attacks = {c.object: c.plover for c in claims if c.predicate == "attacks" and c.subject == "Russia"}
    assert attacks == {"Ukraine": "ASSAULT", "Georgia": None}


def test_a_we_is_the_state_or_the_bloc_but_not_both(seeds, nlp, lexicon):
    read = {}
    for speech, doc in annotate(map(read_file, sorted(seeds.glob("*.txt"))), nlp):
        for claim in extract_speech(speech, doc, lexicon, min_confidence=0.05).claims:
            if any(step.startswith(("subject: we-", "subject: implicit-")) for step in claim.steps):
                place = claim.evidence.start, claim.evidence.subject, claim.predicate, claim.object
                read.setdefault((speech.doc, *place), set()).add(claim.subject)
    assert len(read) > 20
    assert [place for place, subjects in read.items() if len(subjects) > 1] == []


def test_names_that_a_hyphen_joins(nlp):
    text = "Iran and Iraq spoke. The Iraq-Iran conflict goes on."
    names = {"Iran": "State", "Iraq": "State", "Iraq-Iran conflict": "Event"}
    entities = {name: Entity(name, kind, name) for name, kind in names.items()}
    mentions = [Mention(text.index(n), text.index(n) + len(n), n, n, "test") for n in names]
    claims = list(find_claims(Speech("test.txt", text), nlp(text), entities, mentions, min_confidence=0.1))
    assert said(claims, "Iran", "participatesIn", "Iraq-Iran conflict")
    assert said(claims, "Iraq", "participatesIn", "Iraq-Iran conflict")


def test_nothing_named_nothing_claimed(read):
    assert read("Good morning, everybody.") == []


@pytest.mark.parametrize("broken", [b"", b"{}", b"[1]"])
def test_broken_weights_are_named(tmp_path, broken):
    path = tmp_path / "claims.json"
    path.write_bytes(broken)
    with pytest.raises(LexiconError, match=r"claims\.json: not a file of claim weights"):
        load_model(path)

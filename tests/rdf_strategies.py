"""Arbitrary but sound extractions, for Hypothesis."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from kgraph.model import (
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Polarity,
    Speech,
    Trend,
    Turn,
    TurnKind,
    Voice,
)

words = st.text(max_size=30)  # any code points, lone surrogates and controls too
texts = st.text(min_size=1, max_size=120)
confidences = st.floats(0, 1, exclude_min=True, allow_subnormal=False).filter(lambda x: x > 1e-9)
ids = st.sampled_from(
    [
        "https://w3id.org/kgraph/concept/state-ru",
        "https://w3id.org/kgraph/concept/threat-terrorism",
        "http://example.org/других?a=b#c",
        "urn:uuid:1-2-3",
        "entity/person/anna-keller",
        "entity/organisation/a%20b-c_d~e",
        "entity/threat/é",
        "entity/x:y",
    ]
)
types = st.sampled_from(
    [
        ("State", None),
        ("State", "HistoricalState"),
        ("Threat", "https://example.org/mine#Rumour"),
        ("Facility", "Bridge"),
    ]
)


@st.composite
def spans(draw, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text)))
    return start, draw(st.integers(start, len(text)))


@st.composite
def entities(draw, id_: str) -> Entity:
    type_, subtype = draw(types)
    links = st.lists(
        st.sampled_from(["http://www.wikidata.org/entity/Q1", "http://eurovoc.europa.eu/4452"]), unique=True
    )
    return Entity(id_, type_, draw(words), subtype, tuple(draw(st.lists(words, max_size=3))), tuple(draw(links)))


@st.composite
def mentions(draw, text: str) -> Mention:
    start, end = draw(spans(text))
    return Mention(start, end, text[start:end], draw(ids), draw(words), draw(confidences))


@st.composite
def evidences(draw, text: str) -> Evidence:
    start, end = draw(spans(text))
    return Evidence(start, end, text[start:end], *(draw(st.none() | spans(text)) for _ in range(3)))


@st.composite
def claims(draw, text: str) -> Claim:
    return Claim(
        subject=draw(ids),
        predicate=draw(st.sampled_from(["threatens", "supports", "https://example.org/mine#spies"])),
        object=draw(ids | st.sampled_from([trend.value for trend in Trend])),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        claimant=draw(ids),
        voice=draw(st.sampled_from(Voice)),
        evidence=draw(evidences(text)),
        rule=draw(words),
        confidence=draw(confidences),
        steps=tuple(draw(st.lists(words, max_size=12))),
        plover=draw(st.none() | st.sampled_from(["THREATEN", "COERCE"])),
    )


@st.composite
def turns(draw, text: str) -> tuple[Turn, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    kinds, names = st.sampled_from(TurnKind), st.none() | words
    return tuple(Turn(start, end, draw(kinds), draw(names)) for start, end in pairwise(cuts))


@st.composite
def extractions(draw) -> Extraction:
    text = draw(texts)
    some, dates = (
        st.none() | words,
        st.none() | st.sampled_from(["2014", "2014-07", "2014-07-10", "2014-02-31", "July"]),
    )
    header = {name: draw(some) for name in ("title", "place", "speaker", "source", "licence")}
    speech = Speech(
        doc=draw(words), text=text, date=draw(dates), turns=draw(turns(text)), language=draw(words), **header
    )
    found = tuple(draw(st.lists(mentions(text), max_size=4)))
    made = tuple(draw(st.lists(claims(text), max_size=4)))
    used = {m.entity for m in found}.union(*({c.subject, c.object, c.claimant} for c in made)) - {str(t) for t in Trend}
    return Extraction(speech, tuple(draw(entities(id_)) for id_ in sorted(used)), found, made)

"""Two small speeches, annotated by hand: what the RDF tests write, read and check."""

from __future__ import annotations

from kgraph.model import (
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Polarity,
    Run,
    Speech,
    Turn,
    TurnKind,
    Voice,
)
from kgraph.rdf import canonical

CONCEPT = "https://w3id.org/kgraph/concept/"
RUSSIA, UKRAINE, CIS = CONCEPT + "state-ru", CONCEPT + "state-ua", CONCEPT + "org-cis"
TERRORISM, DRUGS = CONCEPT + "threat-terrorism", CONCEPT + "threat-drug-trafficking"
REPORTER = "entity/speaker-narrator-1"
BRIDGE, KELLER = "entity/facility/northern-bridge", "entity/person/anna-keller"

RUN = Run(version="0.1.0", model="en_core_web_sm", model_version="3.8.0", lexicon="0" * 64)

ENTITIES = (
    Entity(RUSSIA, "State", "Russia", None, ("Russia", "Russian"), ("http://www.wikidata.org/entity/Q159",)),
    Entity(UKRAINE, "State", "Ukraine", None, ("Kiev", "Ukraine")),
    Entity(CIS, "Organisation", "Commonwealth of Independent States", "InternationalOrganisation", ("CIS",)),
    Entity(TERRORISM, "Threat", "terrorism", "TerrorismThreat", ("International terrorism", "terrorism")),
    Entity(DRUGS, "Threat", "drug trafficking", "IllicitTradeThreat", ("drug trafficking",)),
    Entity(BRIDGE, "Facility", "Northern Bridge", "Bridge", ("Northern Bridge",)),
    Entity(KELLER, "Person", "Anna Keller", None, ("ANNA KELLER",)),
    Entity(REPORTER, "Speaker", "narrator of 2022-10-26-report.txt"),
)


class Annotator:
    """Turns words of one speech into spans."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def span(self, words: str | None) -> tuple[int, int] | None:
        if words is None:
            return None
        start = self.speech.text.index(words)
        return start, start + len(words)

    def mention(self, words: str, entity: str) -> Mention:
        return Mention(*self.span(words), words, entity, "names: prefLabel", 0.95)

    def claim(self, sentence: str, words: tuple, subject: str, predicate: str, target: str, **rest) -> Claim:
        evidence = Evidence(*self.span(sentence), sentence, *map(self.span, words))
        usual = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED, "claimant": KELLER, "confidence": 0.9}
        rest = usual | {"voice": Voice.SPEAKER, "rule": f"frames: {predicate}"} | rest
        return Claim(subject, predicate, target, evidence=evidence, **rest)


def first() -> Extraction:
    """A headline and a short speech: asserted, called for, negated, and a trend."""
    terror = "International terrorism poses a threat to the CIS, and drug trafficking is growing."
    combat, denied = "We must combat it together with Ukraine.", "Russia does not support terrorism."
    head, label = "Meeting of heads of services\n", "ANNA KELLER: "
    said = f"{label}Friends! {terror} {combat} {denied}\n"
    speech = Speech(
        doc="2014-07-10-heads-of-services.txt",
        text=f"{head}{said}2 of 4\n",
        title="Meeting of heads of services",
        date="2014-07-10",
        place="Moscow Region",
        speaker="ANNA KELLER",
        turns=(
            Turn(0, len(head), TurnKind.NARRATION),
            Turn(len(head), len(head + said), TurnKind.SPEECH, "ANNA KELLER"),
            Turn(len(head + said), len(head + said) + 7, TurnKind.FURNITURE),
        ),
        source="https://example.org/speeches/1",
        licence="CC BY 4.0",
    )
    at = Annotator(speech)
    steps = ("subject: We -> the bloc addressed", "object: it -> terrorism")
    called = {"modality": Modality.CALLED_FOR, "steps": steps, "plover": "COERCE", "confidence": 0.6}
    claims = (
        at.claim(terror, ("poses a threat to", "International terrorism", "CIS"), TERRORISM, "threatens", CIS),
        at.claim(terror, ("is growing", "drug trafficking", None), DRUGS, "hasTrend", "rising"),
        at.claim(combat, ("combat", "We", "it"), CIS, "opposes", TERRORISM, **called),
        at.claim(denied, ("support", "Russia", None), RUSSIA, "supports", TERRORISM, polarity=Polarity.NEGATED),
    )
    named = {"ANNA KELLER": KELLER, "International terrorism": TERRORISM, "CIS": CIS, "drug trafficking": DRUGS}
    mentions = tuple(at.mention(words, id_) for words, id_ in (named | {"Ukraine": UKRAINE, "Russia": RUSSIA}).items())
    return canonical(Extraction(speech, ENTITIES, mentions, claims))


def second() -> Extraction:
    """A report with a quotation, a possible and an intended claim."""
    blamed = "Kiev says that Russia attacked the Northern Bridge."
    feared, planned = "Terrorism could threaten Ukraine.", "Ukraine wants to join the CIS."
    speech = Speech(doc="2022-10-26-report.txt", text=f"{blamed} {feared} {planned}", date="2022-10", language="en")
    at = Annotator(speech)
    claims = (
        at.claim(
            blamed,
            ("attacked", "Russia", "Northern Bridge"),
            RUSSIA,
            "attacks",
            BRIDGE,
            claimant=UKRAINE,
            voice=Voice.QUOTED,
        ),
        at.claim(
            feared,
            ("threaten", "Terrorism", None),
            TERRORISM,
            "threatens",
            UKRAINE,
            modality=Modality.POSSIBLE,
            voice=Voice.NARRATOR,
            claimant=REPORTER,
        ),
        at.claim(planned, ("join", None, "CIS"), UKRAINE, "memberOf", CIS, modality=Modality.INTENDED),
    )
    named = {"Kiev": UKRAINE, "Russia": RUSSIA, "Northern Bridge": BRIDGE, "Terrorism": TERRORISM, "CIS": CIS}
    mentions = tuple(at.mention(words, id_) for words, id_ in named.items())
    return canonical(Extraction(speech, ENTITIES, mentions, claims))


def both() -> list[Extraction]:
    """The two speeches by `doc`."""
    return [first(), second()]

"""Small speeches annotated by hand, one way to make them, and two sets.

`both()` are two that have every part that RDF must write, read and check; `extractions()` are five by three speakers,
made so that each question to a graph has a known answer.
"""

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
RUSSIA, UKRAINE, CHINA = CONCEPT + "state-ru", CONCEPT + "state-ua", CONCEPT + "state-cn"
CIS, TERRORISM, CYBER = CONCEPT + "org-cis", CONCEPT + "threat-terrorism", CONCEPT + "threat-cybercrime"
DRUGS, REPORTER = CONCEPT + "threat-drug-trafficking", "entity/speaker-narrator-1"
BRIDGE, KELLER, ROSSI = "entity/facility/northern-bridge", "entity/person/anna-keller", "entity/person/paolo-rossi"

RUN = Run(version="0.1.0", model="en_core_web_sm", model_version="3.8.0", lexicon="0" * 64)

ENTITIES = (
    Entity(RUSSIA, "State", "Russia", None, ("Russia", "Russian"), ("http://www.wikidata.org/entity/Q159",)),
    Entity(UKRAINE, "State", "Ukraine", None, ("Kiev", "Ukraine")),
    Entity(CHINA, "State", "China", None, ("China",)),
    Entity(CIS, "Organisation", "Commonwealth of Independent States", "InternationalOrganisation", ("CIS",)),
    Entity(TERRORISM, "Threat", "terrorism", "TerrorismThreat", ("International terrorism", "terrorism")),
    Entity(CYBER, "Threat", "cybercrime", "CyberThreat", ("cybercrime",)),
    Entity(DRUGS, "Threat", "drug trafficking", "IllicitTradeThreat", ("drug trafficking",)),
    Entity(BRIDGE, "Facility", "Northern Bridge", "Bridge", ("Northern Bridge",)),
    Entity(KELLER, "Person", "Anna Keller", None, ("ANNA KELLER",)),
    Entity(ROSSI, "Person", "Paolo Rossi", None, ("PAOLO ROSSI",)),
    Entity(REPORTER, "Speaker", "narrator of 2022-10-26-report.txt"),
)
_LABEL = {entity.id: entity.label for entity in ENTITIES}
NEGATED = {"polarity": Polarity.NEGATED}
POSSIBLE, CALLED_FOR = {"modality": Modality.POSSIBLE}, {"modality": Modality.CALLED_FOR}


class Annotator:
    """Turns words of one speech into spans."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def span(self, words: str | None, after: int = 0) -> tuple[int, int] | None:
        if words is None:
            return None
        start = self.speech.text.index(words, after)
        return start, start + len(words)

    def mention(self, words: str, entity: str) -> Mention:
        return Mention(*self.span(words), words, entity, "names: prefLabel", 0.95)

    def claim(self, sentence: str, words: tuple, subject: str, predicate: str, target: str, **rest) -> Claim:
        """`words` show predicate, subject and object; they stand in the sentence."""
        start, end = self.span(sentence)
        evidence = Evidence(start, end, sentence, *(self.span(one, start) for one in words))
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


# (doc, date, speaker, [(sentence, subject, predicate, object, how)])
SPEECHES = (
    (
        "2010-keller.txt",
        "2010-03-01",
        KELLER,
        [
            ("Terrorism may threaten the CIS.", TERRORISM, "threatens", CIS, POSSIBLE),
            ("Russia does not support terrorism.", RUSSIA, "supports", TERRORISM, NEGATED),
            ("Russia must combat terrorism.", RUSSIA, "combats", TERRORISM, CALLED_FOR),
            ("Cybercrime is growing.", CYBER, "hasTrend", "rising", {}),
        ],
    ),
    (
        "2012-keller.txt",
        "2012-05",
        KELLER,
        [
            ("Terrorism threatens the CIS.", TERRORISM, "threatens", CIS, {"confidence": 0.8}),
            ("Terrorism threatens Ukraine too.", TERRORISM, "threatens", UKRAINE, {}),
            ("China cooperates with Russia.", CHINA, "cooperatesWith", RUSSIA, {}),
        ],
    ),
    (
        "2014-rossi.txt",
        "2014-07-10",
        ROSSI,
        [
            ("Russia funds terrorism.", RUSSIA, "supports", TERRORISM, {"confidence": 0.55}),
            ("Russia invaded Ukraine.", RUSSIA, "invades", UKRAINE, {"plover": "ASSAULT"}),
            ("China accuses Russia.", CHINA, "accuses", RUSSIA, {"plover": "ACCUSE"}),
            ("Cybercrime harms Ukraine.", CYBER, "harms", UKRAINE, {}),
        ],
    ),
    (
        "2014-report.txt",
        "2014-07-11",
        None,
        [
            ("Ukraine says Russia attacked the Northern Bridge.", RUSSIA, "attacks", BRIDGE, {"claimant": UKRAINE}),
            ("Ukraine guards the Northern Bridge.", UKRAINE, "protects", BRIDGE, {}),
        ],
    ),
    ("undated.txt", None, ROSSI, [("The CIS opposes cybercrime.", CIS, "opposes", CYBER, {})]),
)
_NAMES = {RUSSIA: "Russia", UKRAINE: "Ukraine", CHINA: "China", CIS: "CIS", BRIDGE: "Northern Bridge"}
_NAMES |= {TERRORISM: "terrorism", CYBER: "cybercrime"}


def extractions() -> list[Extraction]:
    """All five, by `doc`."""
    return sorted((_extraction(*one) for one in SPEECHES), key=lambda found: found.speech.doc)


def _extraction(doc: str, date: str | None, speaker: str | None, told: list[tuple]) -> Extraction:
    name = _LABEL[speaker].upper() if speaker else None
    text = (f"{name}: " if name else "") + " ".join(sentence for sentence, *_ in told)
    turns = (Turn(0, len(text), TurnKind.SPEECH if name else TurnKind.NARRATION, name),)
    speech = Speech(doc, text, title=f"Words of {doc[:4]}", date=date, place="Rome", speaker=name, turns=turns)
    at = Annotator(speech)
    claims = tuple(_claim(at, speaker or KELLER, *one) for one in told)
    return canonical(Extraction(speech, ENTITIES, tuple(_mentions(text)), claims))


def _claim(at: Annotator, by: str, sentence: str, subject: str, predicate: str, target: str, how: dict) -> Claim:
    voice = Voice.QUOTED if "claimant" in how else Voice.SPEAKER
    words = (sentence.split()[0], None, None)
    return at.claim(sentence, words, subject, predicate, target, **{"claimant": by, "voice": voice, **how})


def _mentions(text: str) -> list[Mention]:
    found = []
    for id_, name in _NAMES.items():
        start = text.casefold().find(name.casefold())
        while start >= 0:
            found.append(Mention(start, start + len(name), text[start : start + len(name)], id_, "names", 0.95))
            start = text.casefold().find(name.casefold(), start + 1)
    return found

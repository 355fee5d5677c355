"""Five small speeches by three speakers, made so that each question has a known answer."""

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
BRIDGE, KELLER, ROSSI = "entity/facility/northern-bridge", "entity/person/anna-keller", "entity/person/paolo-rossi"
RUN = Run(version="0.1.0", model="en_core_web_sm", model_version="3.8.0", lexicon="0" * 64)

ENTITIES = {
    RUSSIA: Entity(RUSSIA, "State", "Russia", None, ("Russia",), ("http://www.wikidata.org/entity/Q159",)),
    UKRAINE: Entity(UKRAINE, "State", "Ukraine", None, ("Ukraine",)),
    CHINA: Entity(CHINA, "State", "China", None, ("China",)),
    CIS: Entity(CIS, "Organisation", "Commonwealth of Independent States", "RegionalBody", ("CIS",)),
    TERRORISM: Entity(TERRORISM, "Threat", "terrorism", "TerrorismThreat", ("terrorism",)),
    CYBER: Entity(CYBER, "Threat", "cybercrime", "CyberThreat", ("cybercrime",)),
    BRIDGE: Entity(BRIDGE, "Facility", "Northern Bridge", "Bridge", ("Northern Bridge",)),
    KELLER: Entity(KELLER, "Person", "Anna Keller", None, ("ANNA KELLER",)),
    ROSSI: Entity(ROSSI, "Person", "Paolo Rossi", None, ("PAOLO ROSSI",)),
}
NEGATED = {"polarity": Polarity.NEGATED}
POSSIBLE, CALLED_FOR = {"modality": Modality.POSSIBLE}, {"modality": Modality.CALLED_FOR}

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
_TOPICS = {TERRORISM: "terrorism", CYBER: "cybercrime"}


def extractions() -> list[Extraction]:
    """All five, by `doc`."""
    return sorted((_extraction(*one) for one in SPEECHES), key=lambda found: found.speech.doc)


def _extraction(doc: str, date: str | None, speaker: str | None, told: list[tuple]) -> Extraction:
    name = ENTITIES[speaker].label.upper() if speaker else None
    text = (f"{name}: " if name else "") + " ".join(sentence for sentence, *_ in told)
    turns = (Turn(0, len(text), TurnKind.SPEECH if name else TurnKind.NARRATION, name),)
    speech = Speech(doc, text, title=f"Words of {doc[:4]}", date=date, place="Rome", speaker=name, turns=turns)
    claims = tuple(_claim(text, speaker or KELLER, *one) for one in told)
    mentions = tuple(_mentions(text))
    return canonical(Extraction(speech, tuple(ENTITIES.values()), mentions, claims))


def _claim(text: str, claimant: str, sentence: str, subject: str, predicate: str, target: str, how: dict) -> Claim:
    start = text.index(sentence)
    evidence = Evidence(start, start + len(sentence), sentence, trigger=(start, start + len(sentence.split()[0])))
    usual = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED, "claimant": claimant, "confidence": 0.9}
    voice = Voice.QUOTED if "claimant" in how else Voice.SPEAKER
    return Claim(
        subject, predicate, target, evidence=evidence, voice=voice, rule=f"frames: {predicate}", **{**usual, **how}
    )


def _mentions(text: str) -> list[Mention]:
    found = []
    for id_, name in {**_NAMES, **_TOPICS}.items():
        start = text.casefold().find(name.casefold())
        while start >= 0:
            found.append(Mention(start, start + len(name), text[start : start + len(name)], id_, "names", 0.95))
            start = text.casefold().find(name.casefold(), start + 1)
    return found

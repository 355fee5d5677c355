"""Small and large extractions for the tests of the pages, built by hand: every sentence is made from its claim."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kgraph.model import Claim, Entity, Evidence, Extraction, Mention, Modality, Polarity, Speech, Voice

BASE = "https://example.org/id/"
VERBS = {
    "threatens": "threatens",
    "opposes": "opposes",
    "supports": "supports",
    "protects": "protects",
    "locatedIn": "is located in",
    "cooperatesWith": "cooperates with",
    "memberOf": "is a member of",
    "attacks": "attacks",
    "seeks": "seeks",
}


@dataclass
class Said:
    """A claim to be put into a sentence: entities by label."""

    subject: str
    predicate: str
    object: str
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    confidence: float = 0.9
    steps: tuple[str, ...] = ()
    tail: str = ""  # what follows in the sentence


@dataclass
class Script:
    """A speech to be written: header and what is said."""

    doc: str
    date: str | None
    said: Sequence[Said]
    speaker: str = "Anna Speaker"
    title: str | None = None
    source: str | None = "https://example.org/speech"
    rule: str = "frame:test"
    types: dict[str, str] = field(default_factory=dict)


def write(script: Script) -> Extraction:
    """The speech, with each claim in a sentence of its own and each name a mention."""
    text, claims, mentions = "", [], []
    claimant = entity(script.speaker, "Person")
    entities = {claimant.id: claimant}
    for said in script.said:
        ends = [entity(said.subject, script.types.get(said.subject, "State"))]
        literal = said.predicate == "hasTrend"
        if not literal:
            ends.append(entity(said.object, script.types.get(said.object, "State")))
        entities |= {end.id: end for end in ends}
        start = len(text)
        subject = (start, start + len(said.subject))
        verb = ("does not " if said.polarity is Polarity.NEGATED else "") + VERBS.get(said.predicate, said.predicate)
        trigger = (subject[1] + 1, subject[1] + 1 + len(verb))
        target = (trigger[1] + 1, trigger[1] + 1 + len(said.object))
        text += f"{said.subject} {verb} {said.object}{said.tail}."
        evidence = Evidence(start, len(text), text[start:], trigger, subject, target)
        for span, end in zip((subject, target), ends, strict=False):
            mentions.append(Mention(*span, text[slice(*span)], end.id, script.rule))
        goal = said.object if literal else ends[1].id
        who = (said.polarity, said.modality, claimant.id, Voice.SPEAKER)
        claims.append(Claim(ends[0].id, said.predicate, goal, *who, evidence, script.rule, said.confidence, said.steps))
        text += " "
    speech = Speech(script.doc, text, script.title, script.date, "Minsk", script.speaker, source=script.source)
    return Extraction(speech, tuple(entities.values()), tuple(mentions), tuple(claims))


def entity(label: str, kind: str) -> Entity:
    """An entity whose id is made from its label."""
    tail = "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in label[:80]).strip("-")
    return Entity(f"{BASE}{kind.lower()}/{tail or 'x'}", kind, label)


STATES = "Arden Borland Corvia Dunmark Estova Fellia Gartania Halmer Istrova".split()
ORGANISATIONS = [
    f"{name} Council" for name in "Northern Eastern Southern Western Coastal Alpine Joint Central".split()
] + [f"{name} Agency" for name in "Border Energy Cyber Maritime Transit Customs Health Space Grain".split()]
THREATS = (
    "terrorism sabotage cybercrime extremism smuggling piracy espionage disinformation blackmail separatism famine "
    "drought banditry hijacking sanctions coercion subversion corruption trafficking proliferation epidemics floods "
    "arson kidnapping"
).split()
FACILITIES = [f"{name} Bridge" for name in "Amber Birch Cedar Delta".split()] + [
    f"{name} Pipeline" for name in "Elm Fir Gold Hill".split()
]
PERSONS, PLACES = ["Boris Example", "Clara Sample"], ["Grey Sea", "Long Valley"]
TYPES = {
    **dict.fromkeys(STATES, "State"),
    **dict.fromkeys(ORGANISATIONS, "Organisation"),
    **dict.fromkeys(THREATS, "Threat"),
    **dict.fromkeys(FACILITIES, "Facility"),
    **dict.fromkeys(PERSONS, "Person"),
    **dict.fromkeys(PLACES, "Place"),
}


def demo() -> list[Extraction]:
    """62 nodes, 88 claims, two speeches, one contradiction, hypothetical and negated claims, a trend."""
    names = list(TYPES)
    pairs = [(names[n], names[(n * 7 + 3) % 9]) for n in range(9, 62)]  # everything hangs on one of the states
    pairs += [(STATES[n % 9], THREATS[(n * 5) % 24]) for n in range(32)]
    said = [_demo_claim(n, *pair) for n, pair in enumerate(pairs)]
    said.append(Said("Arden", "supports", "Borland"))
    said.append(Said("Arden", "supports", "Borland", Polarity.NEGATED))
    said.append(Said("terrorism", "hasTrend", "rising"))
    first = Script("2014-07-10-heads.txt", "2014-07-10", said[:40], title="Meeting of heads", types=TYPES)
    second = Script("2022-10-26-council.txt", "2022-10-26", said[40:], "Boris Example", "Council meeting", types=TYPES)
    return [write(first), write(second)]


def _demo_claim(n: int, subject: str, target: str) -> Said:
    predicate = "threatens" if TYPES[subject] == "Threat" else ("opposes", "supports", "locatedIn", "protects")[n % 4]
    modality = (Modality.ASSERTED, Modality.ASSERTED, Modality.POSSIBLE, Modality.CALLED_FOR)[n % 4]
    polarity = Polarity.NEGATED if n % 29 == 11 else Polarity.AFFIRMED
    return Said(subject, predicate, target, polarity, modality)


def large(nodes: int, claims: int, seed: int = 1, words: Sequence[str] = ()) -> list[Extraction]:
    """A graph as speeches make it: a few names on everything, most on little; about 14 claims a speech.

    With `words`, each sentence goes on with 25 of them, drawn at random.
    """
    rng = random.Random(seed)
    kinds = ["State", "Organisation", "Threat", "Facility", "Weapon", "Person", "Place", "Event", "Agreement"]
    names = [f"{kinds[n % 9]} number {n}" for n in range(nodes)]
    pool, pairs = [0], []
    for n in range(1, nodes):
        other = rng.choice(pool)
        pairs.append((n, other))
        pool += [n, other]
    while len(pairs) < claims:
        a, b = rng.choice(pool), rng.choice(pool)
        if a != b:
            pairs.append((a, b))
    types = {name: kinds[n % 9] for n, name in enumerate(names)}
    said = [_random_claim(rng, names[a], names[b], words) for a, b in pairs]
    parts = [said[at : at + 14] for at in range(0, len(said), 14)]
    return [write(_numbered(n, part, types)) for n, part in enumerate(parts)]


def _numbered(n: int, said: list[Said], types: dict[str, str]) -> Script:
    date = f"{1995 + n % 30}-{1 + n % 12:02}-{1 + n % 28:02}"
    return Script(f"speech-{n:05}.txt", date, said, f"Speaker {n % 25}", f"Speech {n}", types=types)


def _random_claim(rng: random.Random, subject: str, target: str, words: Sequence[str]) -> Said:
    modality = rng.choice([Modality.ASSERTED] * 3 + list(Modality))
    polarity = Polarity.NEGATED if rng.random() < 0.06 else Polarity.AFFIRMED
    tail = " " + " ".join(rng.choices(words, k=25)) if words else ""
    confidence = round(rng.uniform(0.4, 1), 2)
    return Said(subject, rng.choice(list(VERBS)), target, polarity, modality, confidence, tail=tail)


HOSTILE = [
    "<script>globalThis.hit=1</script>",
    "</script><script>globalThis.hit=1</script>",
    "</SCRIPT ><img src=x onerror=globalThis.hit=1>",
    "<img src=x onerror=globalThis.hit=1>",
    "<svg onload=globalThis.hit=1>",
    "<svg><script>globalThis.hit=1</script></svg>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<a href=javascript:globalThis.hit=1>href</a>",
    "javascript:globalThis.hit=1",
    "data:text/html,<script>parent.hit=1</script>",
    "vbscript:globalThis.hit=1",
    '"><script>globalThis.hit=1</script>',
    "'><script>globalThis.hit=1</script>",
    "' onmouseover=globalThis.hit=1 x='",
    '" autofocus onfocus=globalThis.hit=1 x="',
    "`${globalThis.hit=1}`",
    "${globalThis.hit=1}",
    "{{ 7*7 }}",
    "{% raw %}{{ cycler.__init__ }}",
    "#{globalThis.hit=1}",
    "<!--<script>globalThis.hit=1",
    "--><script>globalThis.hit=1</script>",
    "]]><script>globalThis.hit=1</script>",
    "<style>*{background:url(https://example.org/x)}</style>",
    "</style><script>globalThis.hit=1</script>",
    "</title><script>globalThis.hit=1</script>",
    "</noscript><script>globalThis.hit=1</script>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content=0;url=https://example.org/>",
    "<form action=https://example.org/><button>go</button></form>",
    "&lt;script&gt;globalThis.hit=1&lt;/script&gt;",
    "&#60;script&#62;globalThis.hit=1",
    "\\u003cscript\\u003eglobalThis.hit=1",
    "\u2028globalThis.hit=1//",
    "\u2029globalThis.hit=1//",
    "abc\u202egnp.exe",
    "\u2066\u2067isolated\u2069",
    "lone \ud800 surrogate",
    "\udfff end",
    "astral 𝔸𝔹 \U0001f6e1 text",
    "مرحبا بالعالم",
    "שלום <b>עולם</b>",
    "__proto__",
    "constructor",
    "toString",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "\ttab first",
    'quote " comma , line',
    "null\x00byte \x07bell \x1b[31m",
    "%3Cscript%3EglobalThis.hit=1%3C/script%3E",
    "zero\u200bwidth\ufeffmarks",
    "e\u0301\u0301\u0301\u0301\u0301\u0301 zalgo",
    " ",
]


def hostile(long: int = 1_000_000) -> list[Extraction]:
    """Every hostile string as a name, alias, speaker, title, sentence, file name, source, rule and step."""
    scripts = []
    for n, bad in enumerate([*HOSTILE, "L" * long]):
        said = [Said(bad, "threatens", f"Target {n}", steps=(bad[:200],)), Said(f"Target {n}", "opposes", "Arden")]
        short = bad[:200]
        scripts.append(Script(f"{n:02}{short}", "2020-01-01", said, short or "nobody", short, short, short))
    return [_with_aliases(write(script)) for script in scripts]


def _with_aliases(extraction: Extraction) -> Extraction:
    """The entity ids of half of the speeches are hostile too, and each name has a hostile alias."""
    bad = extraction.speech.speaker or "x"
    entities = tuple(
        Entity(e.id, e.type, e.label, "<b>" + e.type, (bad,), ("javascript:globalThis.hit=1", "https://example.org/a"))
        for e in extraction.entities
    )
    return Extraction(extraction.speech, entities, extraction.mentions, extraction.claims)


def hostile_ids() -> Iterable[Extraction]:
    """Ids that are no IRIs at all."""
    for n, bad in enumerate(HOSTILE):
        made = write(Script(f"id-{n}.txt", "2021-01-01", [Said(f"Node {n}", "threatens", "Arden")]))
        old = made.claims[0].subject
        entities = tuple(Entity(f"{bad}/{n}" if e.id == old else e.id, e.type, e.label) for e in made.entities)
        claim = made.claims[0]
        renamed = Claim(f"{bad}/{n}", claim.predicate, claim.object, claim.polarity, claim.modality, claim.claimant,
                        claim.voice, claim.evidence, claim.rule)  # fmt: skip
        yield Extraction(made.speech, entities, (), (renamed,))

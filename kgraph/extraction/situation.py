"""Who speaks in a turn, for whom, and to whom: what "I", "we", "you" and "here" mean there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgraph.cues import Cues, Institution
from kgraph.model import Entity, Mention, Speech, Turn, TurnKind

_OPENING = 700  # characters of speech in which the body addressed is named, if the page does not name it
_BYLINE = 90  # characters before a speaker's name in which the office stands


@dataclass(frozen=True, slots=True)
class Situation:
    """Entity ids, None where unknown. `own` is the state or organisation that the speaker speaks for."""

    speaker: str | None = None
    own: str | None = None
    bloc: str | None = None  # the organisation addressed, when the speaker may speak for it
    audience: tuple[str, ...] = ()
    place: str | None = None
    event: str | None = None  # the meeting at which the speech is held


class _Page:
    """What the page says before anybody speaks, and who is named how often."""

    def __init__(self, speech: Speech, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
        self.speech, self.entities = speech, entities
        self.mentions = [m for m in mentions if m.entity in entities]
        self.counts = Counter(m.entity for m in self.mentions)
        self.first_speech = min((t.start for t in speech.turns if t.kind is TurnKind.SPEECH), default=0)
        self.above = [m for m in self.mentions if m.end <= self.first_speech]
        title = " ".join(filter(None, (speech.title, speech.speaker)))
        self.header = title + " " + speech.text[: self.first_speech]
        self.names = {name.lower(): e.id for e in entities.values() for name in (*e.aliases, e.label)}
        self.names |= {
            m.quote.lower(): m.entity for m in self.mentions if entities[m.entity].type in ("State", "Organisation")
        }

    def type(self, entity: str) -> str:
        return self.entities[entity].type

    def first(self, *types: str) -> str | None:
        return next((m.entity for m in self.above if self.type(m.entity) in types), None)

    def named(self, local: str | None, name: str | None) -> str | None:
        """An entity by the local name of its concept or by a name."""
        if local:
            for identity in self.entities:
                if identity.endswith("/" + local) or identity.endswith(":" + local) or identity == local:
                    return identity
        return self.names.get(name.lower()) if name else None


def find_situations(
    speech: Speech, mentions: Sequence[Mention], entities: Mapping[str, Entity], cues: Cues
) -> tuple[Situation, ...]:
    """One `Situation` for each turn of the speech, in order (for the whole text where there are no turns)."""
    page = _Page(speech, mentions, entities)
    turns = speech.turns or (Turn(0, len(speech.text), TurnKind.SPEECH, speech.speaker),)
    speakers = [_speaker(page, turn) for turn in turns]
    own_of: dict[str, str] = {}
    found = []
    for turn, speaker in zip(turns, speakers, strict=True):
        own = _own(page, turn, speaker, cues.institutions)
        if own and speaker:
            own_of.setdefault(speaker, own)
        own = own_of.get(speaker, own) if speaker else own
        found.append(_situation(page, turn, speaker, own, [s for s in speakers if s and s != speaker], cues))
    return tuple(found)


def _situation(
    page: _Page, turn: Turn, speaker: str | None, own: str | None, others: list[str], cues: Cues
) -> Situation:
    bloc = _bloc(page, own)
    audience = list(dict.fromkeys(others[:1] + [e for e in (_audience(page, own, speaker, cues), bloc) if e]))
    return Situation(speaker, own, bloc, tuple(audience[:2]), page.first("Place"), page.first("Event"))


def _speaker(page: _Page, turn: Turn) -> str | None:
    if turn.kind is not TurnKind.SPEECH:
        return None
    for name in (turn.speaker, page.speech.speaker):
        found = _person(page, name) if name else None
        if found:
            return found
    return page.first("Person") if turn.speaker is None or turn.speaker.lower().startswith("the ") else None


def _person(page: _Page, name: str) -> str | None:
    words = name.lower().replace(".", " ").split()
    if not words:
        return None
    for entity in page.counts:
        if page.type(entity) == "Person" and page.entities[entity].label.lower().split()[-1] == words[-1]:
            return entity
    return None


def _own(page: _Page, turn: Turn, speaker: str | None, institutions: Sequence[Institution]) -> str | None:
    if turn.kind is not TurnKind.SPEECH:
        return None
    return (
        _of_office(page, turn, speaker)
        or _of_institution(page, institutions, weak=False)
        or _of_institution(page, institutions, weak=True)
        or _most_named(page)
    )


def _of_office(page: _Page, turn: Turn, speaker: str | None) -> str | None:
    """ "President of Russia Vladimir Putin:" gives Russia, "Head of Rosfinmonitoring Yury Chikhanchin:" the service."""
    line = page.speech.text.rfind("\n", 0, turn.start) + 1
    office = [m for m in page.mentions if max(line, turn.start - _BYLINE) <= m.start and m.end <= turn.start]
    for mention in office:
        if page.type(mention.entity) in ("State", "Organisation"):
            return mention.entity
    for mention in page.above:
        if mention.entity == speaker:
            near = [m for m in page.above if mention.start - _BYLINE <= m.start and m.end <= mention.start]
            near = [
                m
                for m in near
                if page.type(m.entity) == "State" and "\n" not in page.speech.text[m.end : mention.start]
            ]
            if near and "," not in page.speech.text[near[-1].end : mention.start]:
                return near[-1].entity
    return None


def _of_institution(page: _Page, institutions: Sequence[Institution], weak: bool) -> str | None:
    for institution in institutions:
        match = institution.pattern.search(page.header) if institution.weak == weak else None
        if match:
            name = match.groupdict().get("own") or institution.name
            found = page.named(institution.own, name)
            if found:
                return found
    return None


def _most_named(page: _Page) -> str | None:
    states = [(n, e) for e, n in page.counts.items() if page.type(e) == "State"]
    return max(states)[1] if states else None


def _bloc(page: _Page, own: str | None) -> str | None:
    """The organisation of states that the page or the opening names most."""
    near = [m for m in page.mentions if m.end <= page.first_speech + _OPENING]
    counts = {
        m.entity: page.counts[m.entity] for m in near if page.type(m.entity) == "Organisation" and m.entity != own
    }
    return max(counts, key=lambda e: (counts[e], e)) if counts else None


def _audience(page: _Page, own: str | None, speaker: str | None, cues: Cues) -> str | None:
    for institution in cues.institutions:
        if institution.audience and institution.pattern.search(page.header):
            found = page.named(institution.audience, "United Nations")
            if found:
                return found
    named = [m.entity for m in page.above if page.type(m.entity) == "Organisation" and m.entity != own]
    return named[0] if named else None

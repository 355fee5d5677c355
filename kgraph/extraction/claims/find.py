"""Claims of a speech: frames and candidate pairs, scored, with polarity, modality, claimant and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kgraph.cues import Cues, load_cues
from kgraph.extraction.claims.arcs import UNSAID, Arcs
from kgraph.extraction.claims.arguments import Arguments, Filler
from kgraph.extraction.claims.candidates import OWN, Candidates, Pair
from kgraph.extraction.claims.features import Features
from kgraph.extraction.claims.judge import Judge, load_judge
from kgraph.extraction.claims.manner import anchor, decided, is_negated, manner_features
from kgraph.extraction.claims.matching import Hit, Matcher
from kgraph.extraction.claims.roles import Roles
from kgraph.extraction.claims.scope import Scope
from kgraph.extraction.claims.scoring import ClaimModel, load_model
from kgraph.extraction.claims.trends import find_trends, trend_features, trend_of
from kgraph.extraction.claims.voice import NARRATOR, UNKNOWN_SPEAKER, Voices
from kgraph.extraction.encoder import EncodedSentence, load_encoder
from kgraph.extraction.references import Reference, find_references
from kgraph.extraction.situation import Situation, find_situations
from kgraph.extraction.tree import Tree
from kgraph.frames import Frames, load_frames
from kgraph.lexicon import load_lexicon
from kgraph.lexicon.concepts import Predicate
from kgraph.model import Claim, Entity, Evidence, Mention, Modality, Polarity, Speech, Turn, TurnKind, Voice

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HAPPENED = (Polarity.AFFIRMED, Modality.ASSERTED)
_ACTORS = frozenset(("State", "Organisation", "Person"))
_TARGETS = _ACTORS | {"Facility", "Place"}


def find_claims(
    speech: Speech,
    doc: Doc,
    entities: Mapping[str, Entity],
    mentions: Sequence[Mention],
    references: Sequence[Reference] | None = None,
    min_confidence: float | None = None,
    frames: Frames | None = None,
    cues: Cues | None = None,
    model: ClaimModel | None = None,
    tree: Tree | None = None,
    predicates: Mapping[str, Predicate] | None = None,
    judge: Judge | None = None,
    encoded: Sequence[EncodedSentence] | None = None,
) -> Iterator[Claim]:
    """Claims in the order of the text.

    `references` are found here when not given. `min_confidence` replaces the threshold that was best on annotated
    speeches. `tree` is the parse of `doc`, `encoded` its sentences, where they are at hand; `predicates` (default: of
    the bundled ontology) say which have no direction, and their categories of PLOVER. Claimants are entity ids,
    `NARRATOR` for text outside the speech, `UNKNOWN_SPEAKER` where nobody is named.
    """
    reading = Reading(speech, doc, entities, mentions, references, frames, cues, tree)
    if encoded is None:
        encoded, _ = load_encoder().encode(reading.tree)
    if predicates is None:
        predicates = load_lexicon().predicates
    known = _Claims(reading, encoded, model or load_model(), judge or load_judge(), min_confidence, predicates)
    yield from known.run()


class Reading:
    """One speech, taken apart once: what the finders of claims share."""

    def __init__(
        self,
        speech: Speech,
        doc: Doc,
        entities: Mapping[str, Entity],
        mentions: Sequence[Mention],
        references: Sequence[Reference] | None = None,
        frames: Frames | None = None,
        cues: Cues | None = None,
        tree: Tree | None = None,
    ) -> None:
        self.speech = speech
        self.frames, self.cues = frames or load_frames(), cues or load_cues()
        self.tree = tree or Tree(doc)
        self.turns = speech.turns or (Turn(0, len(speech.text), TurnKind.SPEECH, speech.speaker),)
        self.situations = find_situations(speech, mentions, entities, self.cues)
        if references is None:
            references = find_references(speech, doc, mentions, entities, self.cues, self.tree, self.situations)
        self.arguments = Arguments(self.tree, entities, mentions, references, self.cues.through, self.cues.including)
        self.roles = Roles(self.tree, self.cues.object_control)
        self.scope = Scope(self.tree, self.cues)
        self.hits = tuple(Matcher(self.tree, self.roles, self.arguments, self.frames).hits())
        self.arcs = Arcs(self.tree, self.roles, self.arguments)
        self.features = Features(self.tree, self.frames, self.arcs)

    def pairs(self, types: frozenset[tuple[str, str]]) -> list[Pair]:
        """Candidate pairs whose types some predicate joins."""
        found = Candidates(self.tree, self.arguments, self.hits, self.turns, self.situations, types, self.arcs)
        return list(found.pairs())

    def turn_at(self, offset: int) -> int:
        """Number of the turn at a character."""
        return next((n for n, t in enumerate(self.turns) if t.start <= offset < t.end), len(self.turns) - 1)


class _Claims:
    def __init__(
        self,
        reading: Reading,
        encoded: Sequence[EncodedSentence],
        model: ClaimModel,
        judge: Judge,
        min_confidence: float | None,
        predicates: Mapping[str, Predicate],
    ) -> None:
        self.reading, self.encoded, self.model, self.judge = reading, encoded, model, judge
        self.predicates = predicates
        self.symmetric = {name for name, predicate in predicates.items() if predicate.symmetric}
        self.threshold = judge.threshold if min_confidence is None else min_confidence
        self.trend_threshold = model.trend_threshold if min_confidence is None else min_confidence
        self.voices = Voices(reading.tree, reading.roles, reading.arguments, reading.cues)

    def run(self) -> list[Claim]:
        claims = [*self._relations(), *self._trends()]
        return sorted(claims, key=lambda c: (c.evidence.start, -c.confidence, c.subject, c.predicate, c.object))

    def _relations(self) -> Iterator[Claim]:
        reading, labels = self.reading, self.judge.named.labels
        pairs = reading.pairs(self.model.types)
        scores, manners = self.judge.scores(pairs, self.encoded, reading.features, reading.turns, reading.situations)
        said = [
            (float(scores[row, column]), -int(row), int(column))
            for row, column in zip(*(scores >= self.threshold).nonzero(), strict=True)
            if labels[column] in self.symmetric or not _turned_round(pairs[row], labels[column])
        ]
        chosen: dict[tuple[int, str, str, str], tuple[float, int, int]] = {}
        for found in _likeliest_readings(pairs, said):
            pair, predicate = pairs[-found[1]], labels[found[2]]
            ends = (pair.subject.entity, pair.object.entity)
            key = (pair.sentence, predicate, *(sorted(ends) if predicate in self.symmetric else ends))
            if key not in chosen or found > chosen[key]:
                chosen[key] = found
        for score, row, column in chosen.values():
            token = anchor(pairs[-row], labels[column], reading.features)
            likeliest = self.judge.modalities[manners[-row].argmax()]
            modality = Modality(decided(reading.scope, token) or likeliest)
            yield self._claim(pairs[-row], column, score, token, modality)

    def _modality_of_trend(self, hit: Hit, route: str) -> Modality:
        """A decisive cue, else what is likeliest given all cues."""
        scope, model = self.reading.scope, self.model.modality
        names = manner_features(self.reading.tree, scope, hit.trigger, hit.frame.predicate, (route, ""))
        likeliest = model.labels[int(model.probabilities([names])[0].argmax())]
        return Modality(decided(scope, hit.trigger) or likeliest)

    def _claim(self, pair: Pair, column: int, score: float, token: int, modality: Modality) -> Claim:
        predicate = self.judge.named.labels[column]
        hit = next((h for h in (*pair.hits, *pair.open_hits) if h.frame.predicate == predicate), None)
        steps = [*_step("subject", pair.subject), *_step("object", pair.object), *self._cue_steps(token)]
        if hit is None:
            steps.append(f"encoder, at {self._word(self.reading.features.meeting(pair))!r}")
        negated = hit is not None and is_negated(self.reading.scope, token)
        polarity = Polarity.NEGATED if negated else Polarity.AFFIRMED
        claimant, voice = self._voice(token, pair.turn)
        polarity = (hit and hit.frame.polarity) or polarity
        modality = (hit and hit.frame.modality) or modality
        return Claim(
            subject=pair.subject.entity,
            predicate=predicate,
            object=pair.object.entity,
            polarity=polarity,
            modality=modality,
            claimant=claimant,
            voice=voice,
            evidence=self._evidence(pair.sentence, token, pair.subject, pair.object),
            rule=hit.frame.id if hit else f"learned/{predicate}",
            confidence=round(score, 3),
            steps=tuple(steps),
            plover=self._plover(pair, predicate) if (polarity, modality) == _HAPPENED else None,
        )

    def _plover(self, pair: Pair, predicate: str) -> str | None:
        """The category of PLOVER, which codes what one actor does to another."""
        known = self.predicates.get(predicate)
        actors = pair.subject.type in _ACTORS and pair.object.type in _TARGETS
        return known.plover if known is not None and actors else None

    def _word(self, token: int) -> str:
        return self.reading.speech.text[self.reading.tree.start[token] : self.reading.tree.end[token]]

    def _cue_steps(self, token: int) -> list[str]:
        words = [f"{c.word} ({c.category})" for c in self.reading.scope.cues_at(token) if c.category != "attribution"]
        return [f"cues: {', '.join(words)}"] if words else []

    def _voice(self, token: int, turn: int) -> tuple[str, Voice]:
        now: Situation = self.reading.situations[turn]
        quoted = self.voices.quoted(token, now)
        if quoted:
            return quoted, Voice.QUOTED
        if self.reading.turns[turn].kind is TurnKind.NARRATION:
            return NARRATOR, Voice.NARRATOR
        return now.speaker or now.own or UNKNOWN_SPEAKER, Voice.SPEAKER

    def _evidence(self, sentence: int, token: int, subject: Filler | None, object_: Filler | None) -> Evidence:
        tree, text = self.reading.tree, self.reading.speech.text
        first, last = tree.sentences[sentence]
        start, end = tree.start[first], tree.end[last - 1]
        quote = text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Evidence(
            start=start,
            end=start + len(quote),
            quote=quote,
            trigger=(tree.start[token], tree.end[token]),
            subject=_span(subject),
            object=_span(object_),
        )

    def _trends(self) -> Iterator[Claim]:
        reading, model = self.reading, self.model.trends
        hits = list(find_trends(reading.hits))
        values = [trend_of(hit, reading.scope) for hit in hits]
        names = [trend_features(h, v, reading.scope) for h, v in zip(hits, values, strict=True)]
        scores = model.probabilities(names)
        done: set[tuple[int, str, str]] = set()
        for hit, value, score in zip(hits, values, scores[:, 0] if len(hits) else (), strict=True):
            key = (reading.tree.sentence[hit.trigger], hit.subject.entity if hit.subject else "", value)
            if score >= self.trend_threshold and key not in done and self._spoken(hit):
                done.add(key)
                yield self._trend(hit, value, float(score))

    def _spoken(self, hit: Hit) -> bool:
        return (
            self.reading.turns[self.reading.turn_at(self.reading.tree.start[hit.trigger])].kind
            is not TurnKind.FURNITURE
        )

    def _trend(self, hit: Hit, value: str, score: float) -> Claim:
        assert hit.subject is not None
        turn = self.reading.turn_at(self.reading.tree.start[hit.trigger])
        modality = self._modality_of_trend(hit, hit.subject.route)
        claimant, voice = self._voice(hit.trigger, turn)
        return Claim(
            subject=hit.subject.entity,
            predicate=hit.frame.predicate,
            object=value,
            polarity=Polarity.AFFIRMED,
            modality=modality,
            claimant=claimant,
            voice=voice,
            evidence=self._evidence(self.reading.tree.sentence[hit.trigger], hit.trigger, hit.subject, None),
            rule=hit.frame.id,
            confidence=round(score, 3),
            steps=(*_step("subject", hit.subject), *self._cue_steps(hit.trigger)),
        )


def _likeliest_readings(
    pairs: Sequence[Pair], said: Sequence[tuple[float, int, int]]
) -> Iterator[tuple[float, int, int]]:
    """A "we" is the speaker's state or the bloc: of claims that differ in nothing else, the surest."""
    surest: dict[tuple[object, ...], tuple[float, int, int]] = {}
    for found in said:
        for key in _readings(pairs[-found[1]], found[2]):
            surest[key] = max(found, surest.get(key, found))
    for found in said:
        if all(surest[key] == found for key in _readings(pairs[-found[1]], found[2])):
            yield found


def _readings(pair: Pair, column: int) -> Iterator[tuple[object, ...]]:
    """What a claim shares with those that read the same "we", "I" or unsaid subject otherwise."""
    for side, word, other in ((0, pair.subject, pair.object), (1, pair.object, pair.subject)):
        kind = word.route.partition("-")[0]
        if kind in (*OWN, UNSAID):
            yield pair.sentence, column, side, kind, word.token, other.entity, other.token


def _turned_round(pair: Pair, predicate: str) -> bool:
    """Whether frames read the pair in the other direction only."""
    backward = any(hit.frame.predicate == predicate for hit in pair.inverse)
    return backward and not any(hit.frame.predicate == predicate for hit in pair.hits)


def _span(filler: Filler | None) -> tuple[int, int] | None:
    return (filler.start, filler.end) if filler is not None and filler.token >= 0 else None


def _step(role: str, filler: Filler) -> list[str]:
    return [] if filler.route == "name" else [f"{role}: {filler.route} -> {filler.entity}"]

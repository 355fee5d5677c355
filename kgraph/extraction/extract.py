"""Speech and `Doc` -> `Extraction`: the order of the stages, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph.collector import without_collector
from kgraph.extraction.candidate import Candidate
from kgraph.extraction.candidates import find_candidates
from kgraph.extraction.claims import NARRATOR, UNKNOWN_SPEAKER, find_claims
from kgraph.extraction.encoder import EncodedSentence, load_encoder
from kgraph.extraction.extractors import Extractor, installed_extractors, with_claims_of
from kgraph.extraction.linking import Linked, entity_id, link
from kgraph.extraction.mentions import choose, kinds_of_turns, load_weights
from kgraph.extraction.signs import Signs
from kgraph.extraction.words import Words
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns, load_patterns
from kgraph.model import Claim, Entity, Extraction, Speech, TurnKind

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract_speech(
    speech: Speech,
    doc: Doc,
    lexicon: Lexicon,
    min_confidence: float | None = None,
    extractors: Sequence[Extractor] = (),
) -> Extraction:
    """Everything that is found in one speech, in the order of the text.

    `min_confidence` (0 to 1) leaves out claims below it; None takes the fitted threshold. `extractors` add claims of
    their own, after those of installed packages.
    """
    words = Words(doc, load_patterns())
    linked, encoded = _find_mentions(speech, words, lexicon)
    claims = _claims(speech, doc, lexicon, linked, words, encoded, min_confidence)
    extraction = _with_voices(Extraction(speech, linked.entities, linked.mentions, claims))
    return with_claims_of((*installed_extractors(), *extractors), extraction, doc)


@without_collector
def _claims(
    speech: Speech,
    doc: Doc,
    lexicon: Lexicon,
    linked: Linked,
    words: Words,
    encoded: Sequence[EncodedSentence],
    min_confidence: float | None,
) -> tuple[Claim, ...]:
    found = find_claims(
        speech,
        doc,
        {entity.id: entity for entity in linked.entities},
        linked.mentions,
        min_confidence=min_confidence,
        tree=words,
        predicates=lexicon.predicates,
        encoded=encoded,
    )
    return tuple(found)


_VOICES = {NARRATOR: "narrator", UNKNOWN_SPEAKER: "unnamed speaker"}


def _with_voices(extraction: Extraction) -> Extraction:
    """Narrator and unnamed speakers become entities of their own: nobody knows them to be the same in two speeches."""
    doc = extraction.speech.doc
    used = sorted({claim.claimant for claim in extraction.claims} & set(_VOICES))
    ids = {voice: entity_id("Speaker", [_VOICES[voice]], doc) for voice in used}
    voices = [Entity(ids[voice], "Speaker", f"{_VOICES[voice]} of {doc}") for voice in used]
    return replace(
        extraction,
        entities=tuple(sorted((*extraction.entities, *voices), key=lambda e: e.id)),
        claims=tuple(replace(c, claimant=ids[c.claimant]) if c.claimant in ids else c for c in extraction.claims),
    )


def find_mentions(speech: Speech, doc: Doc, lexicon: Lexicon) -> Linked:
    """Mentions and entities of a speech."""
    return _find_mentions(speech, Words(doc, load_patterns()), lexicon)[0]


@without_collector
def _find_mentions(speech: Speech, words: Words, lexicon: Lexicon) -> tuple[Linked, list[EncodedSentence]]:
    patterns = load_patterns()
    kinds = kinds_of_turns(speech, words)
    candidates = read_candidates(speech, words, kinds, lexicon, patterns)
    scores = Signs(candidates, kinds, words, lexicon, patterns).scores(load_weights())
    encoded, scores = load_encoder().encode(words, candidates, scores)
    return link(choose(candidates, scores), speech, words, lexicon, patterns), encoded


def read_candidates(
    speech: Speech, words: Words, kinds: list[str], lexicon: Lexicon, patterns: Patterns
) -> list[Candidate]:
    """Candidates outside of furniture, which nobody reads."""
    speakers = frozenset(turn.speaker for turn in speech.turns if turn.speaker)
    found = find_candidates(words, lexicon, patterns, speakers)
    return [c for c in found if kinds[c.first] != TurnKind.FURNITURE.value]

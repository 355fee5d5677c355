"""Speech and `Doc` -> `Extraction`: the order of the stages, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.candidates import Candidate, find_candidates
from kgraph.extraction.linking import Linked, link
from kgraph.extraction.mentions import choose, features, kinds_of_turns, load_weights, score
from kgraph.extraction.words import Words
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns, load_patterns
from kgraph.model import Extraction, Speech, TurnKind

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract_speech(speech: Speech, doc: Doc, lexicon: Lexicon, min_confidence: float | None = None) -> Extraction:
    """Everything that is found in one speech, in the order of the text.

    `min_confidence` (0 to 1) leaves out claims below it; None takes the fitted threshold.
    """
    from kgraph.extraction.claims import find_claims
    from kgraph.extraction.claims.voice import UNNAMED
    from kgraph.extraction.references import find_references

    linked = find_mentions(speech, doc, lexicon)
    entities = {entity.id: entity for entity in linked.entities}
    references = find_references(speech, doc, linked.mentions, entities)
    claims = tuple(find_claims(speech, doc, entities, linked.mentions, references, min_confidence))
    claimants = {claim.claimant for claim in claims}
    unnamed = tuple(entity for entity in UNNAMED if entity.id in claimants)
    return Extraction(speech, (*linked.entities, *unnamed), linked.mentions, claims)


def find_mentions(speech: Speech, doc: Doc, lexicon: Lexicon) -> Linked:
    """Mentions and entities of a speech."""
    patterns = load_patterns()
    words = Words(doc, patterns)
    kinds = kinds_of_turns(speech, words)
    candidates = read_candidates(speech, words, kinds, lexicon, patterns)
    weights = load_weights()
    scores = [score(names, weights) for names in features(candidates, kinds, words, lexicon, patterns)]
    return link(choose(candidates, scores), speech, words, lexicon)


def read_candidates(
    speech: Speech, words: Words, kinds: list[str], lexicon: Lexicon, patterns: Patterns
) -> list[Candidate]:
    """Candidates outside of furniture, which nobody reads."""
    speakers = frozenset(turn.speaker for turn in speech.turns if turn.speaker)
    found = find_candidates(speech.text, words, lexicon, patterns, speakers)
    return [c for c in found if kinds[c.first] != TurnKind.FURNITURE.value]

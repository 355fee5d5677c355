"""`Extraction` -> plain record (one JSON object a speech), the form in which extractions are scored and piped."""

from __future__ import annotations

from typing import Any

from kgraph.model import Claim, Extraction, Voice


def to_record(extraction: Extraction) -> dict[str, Any]:
    """A record of one speech: ``doc``, ``entities`` with mention offsets, ``claims`` with their source.

    ``source`` is "speaker", "narrator", or the id of the party that is quoted; ``span`` is the evidence. Offsets are
    code points, end exclusive.
    """
    spans: dict[str, list[list[int]]] = {}
    for mention in extraction.mentions:
        spans.setdefault(mention.entity, []).append([mention.start, mention.end])
    entities = [
        {"id": e.id, "type": e.type, "name": e.label, "mentions": spans.get(e.id, [])} for e in extraction.entities
    ]
    speech = extraction.speech
    head = {"doc": speech.doc, "sha256": speech.sha256, "speaker": speech.speaker, "date": speech.date}
    return {**head, "entities": entities, "claims": [_claim(claim) for claim in extraction.claims]}


def _claim(claim: Claim) -> dict[str, Any]:
    source = claim.claimant if claim.voice is Voice.QUOTED else claim.voice.value
    record = {
        "s": claim.subject,
        "p": claim.predicate,
        "o": claim.object,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "source": source,
        "span": [claim.evidence.start, claim.evidence.end],
        "quote": claim.evidence.quote,
        "rule": claim.rule,
        "confidence": claim.confidence,
    }
    return record | ({"plover": claim.plover} if claim.plover else {})

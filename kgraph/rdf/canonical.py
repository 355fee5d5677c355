"""One form for every extraction: what a graph gives back when it is read.

``read(write(x)) == canonical(x)``: order, and things said twice, carry no meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from kgraph.errors import GraphError
from kgraph.model import Claim, Entity, Evidence, Extraction, Mention, Speech
from kgraph.rdf.identity import claim_iri

Found = TypeVar("Found", Mention, Claim)


def canonical(extraction: Extraction) -> Extraction:
    """`extraction` with mentions and claims in the order of the text, each once, and the entities that they use.

    Of two mentions of the same words, and of two claims that differ only in rule, confidence, voice, spans or steps,
    the more confident one stays. A subtype that repeats the type is dropped.

    Raises `GraphError` if a quotation does not stand in the text, or an entity is missing.
    """
    mentions = _best(extraction.mentions, lambda m: (m.start, m.end), _mention_order)
    claims = _best(extraction.claims, lambda c: claim_iri(c, ""), _claim_order)
    quoting: list[Mention | Evidence] = [*mentions, *(claim.evidence for claim in claims)]
    for found in quoting:
        _check_quote(extraction.speech, found.start, found.end, found.quote)
    used = {m.entity for m in mentions} | {id_ for claim in claims for id_ in entities_of(claim)}
    entities = tuple(_plain(_entity(extraction, id_)) for id_ in sorted(used))
    return Extraction(extraction.speech, entities, mentions, claims)


def entities_of(claim: Claim) -> tuple[str, ...]:
    """Ids of the entities that a claim uses; an object that is a literal is none."""
    if is_literal(claim.object):
        return claim.subject, claim.claimant
    return claim.subject, claim.object, claim.claimant


def is_literal(target: str) -> bool:
    """Whether the object of a claim is a word ("rising"), not an entity: ids have a colon or a slash."""
    return ":" not in target and "/" not in target


def _best(found: Iterable[Found], key: Callable[[Found], object], order: Callable[[Found], tuple]) -> tuple[Found, ...]:
    kept: dict[object, Found] = {}
    for one in sorted(found, key=lambda one: (-one.confidence, order(one))):
        kept.setdefault(key(one), one)
    return tuple(sorted(kept.values(), key=order))


def _mention_order(mention: Mention) -> tuple:
    return mention.start, mention.end, mention.entity, mention.rule


def _claim_order(claim: Claim) -> tuple:
    evidence = claim.evidence
    spans = tuple(span or (-1, -1) for span in (evidence.trigger, evidence.subject, evidence.object))
    statement = (claim.subject, claim.predicate, claim.object, claim.polarity, claim.modality, claim.claimant)
    return evidence.start, evidence.end, *spans, *statement, claim.voice, claim.rule, claim.steps, claim.plover or ""


def _check_quote(speech: Speech, start: int, end: int, quote: str) -> None:
    if speech.text[start:end] != quote:
        there = speech.text[start:end][:60]
        raise GraphError(f"{speech.doc}: {quote[:60]!r} should stand at {start}-{end}, but the text has {there!r}")


def _entity(extraction: Extraction, id_: str) -> Entity:
    entity = extraction.by_id.get(id_)
    if entity is None:
        doc = extraction.speech.doc
        raise GraphError(f"{doc}: {id_!r} is used by a mention or claim, but is not among the entities")
    return entity


def _plain(entity: Entity) -> Entity:
    return replace(
        entity,
        subtype=None if entity.subtype == entity.type else entity.subtype,
        aliases=tuple(sorted(set(entity.aliases))),
        identifiers=tuple(sorted(set(entity.identifiers))),
    )

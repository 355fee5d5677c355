"""Extractors of your own: any callable that finds more claims in a speech.

An extractor takes ``(speech, doc, entities)``: the `Speech`, its spaCy `Doc`, and the entities found, by id. It yields
`Claim`s whose subject, object and claimant are among these entities. Packages offer extractors under the entry point
group ``kgraph.extractors``; `kgraph.build(..., extractors=[...])` takes them as arguments.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from kgraph.errors import LexiconError
from kgraph.model import Claim, Entity, Extraction, Speech, Trend

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUP = "kgraph.extractors"
Extractor = Callable[[Speech, "Doc", Mapping[str, Entity]], Iterable[Claim]]


@cache
def installed_extractors() -> tuple[Extractor, ...]:
    """Extractors that installed packages offer, by name; raises `LexiconError` when one cannot be loaded."""
    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found.append(point.load())
        except Exception as problem:
            raise LexiconError(f"the extractor {point.name!r} ({point.value}) cannot be loaded: {problem}") from problem
    return tuple(found)


def with_claims_of(extractors: Iterable[Extractor], extraction: Extraction, doc: Doc) -> Extraction:
    """The extraction with the claims of `extractors` added, in the order of the text.

    A claim that states what is there already, in the same sentence, is left out. Raises `LexiconError` for a claim
    about an unknown entity, or whose quote is not the text at its offsets.
    """
    claims = list(extraction.claims)
    known = {_statement(claim) for claim in claims}
    for extractor in extractors:
        for claim in extractor(extraction.speech, doc, extraction.by_id):
            _check(claim, extraction, getattr(extractor, "__name__", repr(extractor)))
            if _statement(claim) not in known:
                known.add(_statement(claim))
                claims.append(claim)
    claims.sort(key=lambda c: (c.evidence.start, -c.confidence, c.subject, c.predicate, c.object))
    return replace(extraction, claims=tuple(claims))


def _statement(claim: Claim) -> tuple[object, ...]:
    return claim.subject, claim.predicate, claim.object, claim.polarity, claim.modality, claim.evidence.start


def _check(claim: Claim, extraction: Extraction, name: str) -> None:
    known = extraction.by_id
    unknown = [e for e in (claim.subject, claim.object, claim.claimant) if e not in known]
    if claim.predicate == "hasTrend" and claim.object in set(Trend):
        unknown = [e for e in unknown if e != claim.object]
    if unknown:
        raise LexiconError(f"extractor {name}: a claim in {extraction.speech.doc} is about unknown entities {unknown}")
    evidence = claim.evidence
    if extraction.speech.text[evidence.start : evidence.end] != evidence.quote:
        raise LexiconError(
            f"extractor {name}: in {extraction.speech.doc} the quote at {evidence.start}-{evidence.end} is not the text"
        )


def source_of(extractor: Extractor) -> str:
    """The code of an extractor, or its name where there is no file of it."""
    thing = extractor if inspect.isroutine(extractor) else type(extractor)
    with suppress(OSError, TypeError):
        return inspect.getsource(thing)
    return f"{thing.__module__}.{thing.__qualname__}"

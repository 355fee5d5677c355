"""The filters that all helpers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypedDict, TypeVar, Unpack, cast

from kgraph.errors import AmbiguousName, QueryError
from kgraph.model import Modality, Polarity
from kgraph.query.names import AnyOf, resolve_any, unknown
from kgraph.query.selection import Selection
from kgraph.query.source import Graph, Source, source_of
from kgraph.rdf import Filter

__all__ = ["Filters", "Narrowing", "Unpack", "selected"]
Word = TypeVar("Word", bound=StrEnum)

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Narrowing(TypedDict, total=False):
    """What narrows an answer. Each may be None; several values of one filter mean "any of them"."""

    predicate: str | Iterable[str] | None  # with its subproperties: "supports" finds "funds" too
    speaker: str | None  # words of the speaker's printed name, in any case
    claimant: AnyOf | None
    document: str | None  # file name, title or date of a speech, or the beginning of one
    since: str | int | date | None  # ISO date of any precision, or a year; inclusive
    until: str | int | date | None  # likewise, inclusive: "2020" is all of 2020
    polarity: Polarity | str | None
    modality: Modality | str | Iterable[Modality | str] | None
    min_confidence: float | None


class Filters(Narrowing, total=False):
    """The same with the class of what claims are about."""

    type: str | Iterable[str] | None  # class of subject or object, with its subclasses: "Threat"


def selected(source: Source, given: Narrowing) -> Selection:
    """The filters with all names resolved.

    Raises `QueryError` for a wrong value and `NameLookupError` for an unknown name.
    """
    filters = cast(Filters, given)
    known_filters = [*Narrowing.__annotations__, *Filters.__annotations__]
    if unknown := set(filters) - set(known_filters):
        known = ", ".join(dict.fromkeys(known_filters))
        raise QueryError(f"no filter is called {', '.join(sorted(unknown))}; known: {known}")
    return Selection(
        type=classes(source, filters.get("type")),
        predicate=predicates(source, filters.get("predicate")),
        claimant=resolve_any(source, filters.get("claimant")),
        polarity=_words(Polarity, filters.get("polarity")),
        modality=_words(Modality, filters.get("modality")),
        min_confidence=_confidence(filters.get("min_confidence")),
        speech=speeches(source, filters),
    )


def _many(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _words(kind: type[Word], value: str | Iterable[str] | None) -> list[Word] | None:
    if value is None:
        return None
    by_key = {_letters(one.value): one for one in kind}
    for one in (wanted := _many(value)):
        if _letters(one) not in by_key:
            allowed = ", ".join(word.value for word in kind)
            raise QueryError(f"{one!r} is no {kind.__name__.casefold()}; allowed: {allowed}")
    return [by_key[_letters(one)] for one in wanted]


def _letters(text: str) -> str:
    """What "called for", "called_for" and "calledFor" share."""
    return "".join(filter(str.isalnum, text.casefold()))


def _confidence(value: float | None) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise QueryError(f"min_confidence={value!r:.100} is no number from 0 to 1")
    return float(value)


def predicates(source: Source, value: str | Iterable[str] | None) -> list[str] | None:
    """Predicates and all that are below them."""
    if value is None:
        return None
    known = source.lexicon.predicates
    wanted = {_one_of(name, known, "predicate") for name in _many(value)}
    while below := {name for name, one in known.items() if one.parent in wanted} - wanted:
        wanted |= below
    return sorted(wanted)


def classes(source: Source, value: str | Iterable[str] | None) -> list[str] | None:
    """Classes and all that are below them."""
    if value is None:
        return None
    known = source.lexicon.classes
    wanted = {_one_of(name, known, "class") for name in _many(value)}
    return [name for name in sorted(known) if wanted & set(known[name])]


def _one_of(name: str, known: Iterable[str], what: str) -> str:
    by_key = {one.casefold(): one for one in known}
    key = name.rpartition("#")[2].rpartition(":")[2].replace(" ", "").replace("_", "").casefold()
    if key not in by_key:
        raise unknown(f"{name!r} is no {what}", name, by_key.values())
    return by_key[key]


def speeches(source: Source, filters: Narrowing) -> list[str] | None:
    """IRIs of the speeches that the filters on documents leave; None if they leave all."""
    speaker, document = filters.get("speaker"), filters.get("document")
    since, until = _period(filters.get("since"), filters.get("until"))
    if speaker is None and document is None and since is None and until is None:
        return None
    chosen = dict(source.speeches)
    if document is not None:
        chosen = {iri: chosen[iri] for iri in documents(source, document)}
    if speaker is not None:
        words = speaker.casefold().split()
        chosen = {i: h for i, h in chosen.items() if all(word in (h.speaker or "").casefold() for word in words)}
        if not chosen and document is None:
            speakers = {header.speaker for header in source.speeches.values() if header.speaker}
            raise unknown(f"nobody called {speaker!r} speaks here", speaker, speakers)
    dates = {iri: header.date or "" for iri, header in chosen.items()}
    if since is None and until is None:
        return list(dates)
    return [iri for iri, date in dates.items() if date and (since or "") <= date <= (until or "") + "~"]


def _period(since: str | int | date | None, until: str | int | date | None) -> tuple[str | None, str | None]:
    """Both ends as dates. Raises `QueryError` if one is no date, or the second lies before the first."""
    first, last = _date(since), _date(until)
    if first and last and last + "~" < first:
        raise QueryError(f"until {last} is before since {first}")
    return first, last


def _date(value: str | int | date | None) -> str | None:
    if value is None:
        return None
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    if not _DATE.fullmatch(text):
        raise QueryError(f"{text!r:.100} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def positive(**given: float) -> None:
    """Check numbers that must be 1 or more, by name. Raises `QueryError`."""
    for name, value in given.items():
        if not isinstance(value, int | float) or value < 1:
            raise QueryError(f"{name}={value!r:.100} is too small: give 1 or more")


def documents(source: Source, name: str) -> list[str]:
    """IRIs of the speeches that are called so: IRI, file name, title or date, whole or by their beginning."""
    key = name.casefold()
    forms = {
        iri: [text.casefold() for text in (iri, h.doc, h.title, h.date) if text] for iri, h in source.speeches.items()
    }
    whole = [iri for iri, names in forms.items() if key in names]
    found = whole or [iri for iri, names in forms.items() if any(text.startswith(key) for text in names)]
    if not found:
        raise unknown(f"no speech is called {name!r}", name, {header.doc for header in source.speeches.values()})
    return found


def one_document(source: Source, name: str) -> str:
    """IRI of the one speech called so. Raises `NameLookupError` if there is none, `AmbiguousName` if several."""
    named = documents(source, name)
    if len(named) > 1:
        docs = tuple(source.speeches[iri].doc for iri in named)
        raise AmbiguousName(f"{name!r} may be {', '.join(docs[:5])}: give one of them", docs)
    return named[0]


def projection(graph: Graph, filters: Filters) -> Filter:
    """The filters as those of a projection. Raises `QueryError` for `type`, which has no meaning there."""
    if filters.get("type") is not None:
        raise QueryError("a projection cannot be narrowed by type; use predicate, claimant, document ...")
    source = source_of(graph)
    chosen = selected(source, filters)
    docs = None if chosen.speech is None else [source.speeches[iri].doc for iri in chosen.speech]
    usual = Filter()
    return Filter(
        polarity=usual.polarity if chosen.polarity is None else tuple(chosen.polarity),
        modality=usual.modality if chosen.modality is None else tuple(chosen.modality),
        claimant=tuple(chosen.claimant or ()),
        predicate=tuple(chosen.predicate or ()),
        doc=() if docs is None else tuple(sorted(docs)) or ("",),  # none is left: a name that no speech has
        min_confidence=chosen.min_confidence or 0.0,
    )

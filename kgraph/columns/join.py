"""Columns together, in parts, and in order: what adding and removing speeches needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from kgraph.columns.strings import Strings
from kgraph.columns.tables import Claims, Columns, Mentions, Sentences

Rows = TypeVar("Rows", Claims, Mentions, Sentences)


def join(parts: Sequence[Columns]) -> Columns:
    """The tables of several graphs as one, in order of time. A speech must be in one of them only."""
    things, thing_codes = _union([part.things for part in parts])
    predicates, predicate_codes = _union([part.predicates for part in parts])
    categories, category_codes = _union([part.categories for part in parts])
    speech_shift = _shifts(len(part.speeches) for part in parts)
    sentence_shift = _shifts(len(part.sentences) for part in parts)
    sentences, mentions, claims = [], [], []
    for place, part in enumerate(parts):
        code, shift = thing_codes[place], speech_shift[place]
        sentences.append(replace(part.sentences, speech=part.sentences.speech + shift))
        mentions.append(replace(part.mentions, speech=part.mentions.speech + shift, thing=code[part.mentions.thing]))
        claims.append(
            replace(
                part.claims,
                subject=code[part.claims.subject],
                object=code[part.claims.object],
                claimant=code[part.claims.claimant],
                predicate=predicate_codes[place][part.claims.predicate],
                plover=category_codes[place][part.claims.plover],
                sentence=part.claims.sentence + sentence_shift[place],
            )
        )
    return in_order(
        Columns(
            speeches=tuple(header for part in parts for header in part.speeches),
            things=Strings.of(things),
            predicates=tuple(predicates),
            categories=tuple(categories),
            sentences=_stacked(Sentences, sentences),
            mentions=_stacked(Mentions, mentions),
            claims=_stacked(Claims, claims),
            kinds={id_: kind for part in parts for id_, kind in part.kinds.items()},
        )
    )


def without(columns: Columns, speeches: Iterable[str]) -> Columns:
    """The tables without some speeches (IRIs), and without what only they name."""
    gone = set(speeches)
    keep = np.array([header.id not in gone for header in columns.speeches], dtype=bool)
    kept_sentences = keep[columns.sentences.speech]
    speech, sentence = _renumbered(keep), _renumbered(kept_sentences)
    sentences = _rows(columns.sentences, np.flatnonzero(kept_sentences))
    mentions = _rows(columns.mentions, np.flatnonzero(keep[columns.mentions.speech]))
    claims = _rows(columns.claims, np.flatnonzero(keep[columns.claim_speech]))
    return _pruned(
        replace(
            columns,
            speeches=tuple(header for header in columns.speeches if header.id not in gone),
            sentences=replace(sentences, speech=speech[sentences.speech]),
            mentions=replace(mentions, speech=speech[mentions.speech]),
            claims=replace(claims, sentence=sentence[claims.sentence]),
        )
    )


def _pruned(columns: Columns) -> Columns:
    """The same without things that no row names."""
    claims, mentions = columns.claims, columns.mentions
    used = np.zeros(len(columns.things), dtype=bool)
    for column in (claims.subject, claims.object, claims.claimant, mentions.thing):
        used[column] = True
    new, kept = _renumbered(used), columns.things.take(np.flatnonzero(used))
    ends = {name: new[getattr(claims, name)] for name in ("subject", "object", "claimant")}
    known = set(kept)
    return replace(
        columns,
        things=kept,
        claims=replace(claims, **ends),
        mentions=replace(mentions, thing=new[mentions.thing]),
        kinds={id_: kind for id_, kind in columns.kinds.items() if id_ in known},
    )


def in_order(columns: Columns) -> Columns:
    """The same whatever the store: things by id, speeches by date and name, rows as they stand in the texts."""
    return _in_time(_by_id(columns))


def _by_id(columns: Columns) -> Columns:
    """The same with things in the order of their ids."""
    ids = columns.things[:]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    claims, new = columns.claims, _places(order)
    ends = {name: new[getattr(claims, name)] for name in ("subject", "object", "claimant")}
    return replace(
        columns,
        things=columns.things.take(np.array(order, dtype=np.int64)),
        claims=replace(claims, **ends),
        mentions=replace(columns.mentions, thing=new[columns.mentions.thing]),
    )


def _in_time(columns: Columns) -> Columns:
    speeches = sorted(range(len(columns.speeches)), key=lambda i: _speech_key(columns, i))
    speech = _places(speeches)
    sentences = replace(columns.sentences, speech=speech[columns.sentences.speech])
    order = np.lexsort((sentences.end, sentences.start, sentences.speech))
    sentence = _places(order)
    claims = replace(columns.claims, sentence=sentence[columns.claims.sentence])
    mentions = replace(columns.mentions, speech=speech[columns.mentions.speech])
    iris = np.array(columns.claims.iri[:], dtype=np.str_)
    return replace(
        columns,
        speeches=tuple(columns.speeches[i] for i in speeches),
        sentences=_rows(sentences, order),
        mentions=_rows(mentions, np.lexsort((mentions.end, mentions.start, mentions.speech))),
        claims=_rows(claims, np.lexsort((iris, claims.sentence))),
    )


def _speech_key(columns: Columns, place: int) -> tuple[str, str, str]:
    header = columns.speeches[place]
    return header.date or "", header.doc, header.id


def _rows(table: Rows, places: np.ndarray) -> Rows:
    return _filled(type(table), {field.name: _taken(getattr(table, field.name), places) for field in fields(table)})


def _taken(column: Strings | np.ndarray, places: np.ndarray) -> Strings | np.ndarray:
    return column.take(places) if isinstance(column, Strings) else column[places]


def _stacked(kind: type[Rows], tables: list[Rows]) -> Rows:
    return _filled(
        kind, {field.name: _end_to_end([getattr(table, field.name) for table in tables]) for field in fields(kind)}
    )


def _filled(kind: type[Rows], columns: dict[str, Any]) -> Rows:
    return kind(**columns)


def _end_to_end(columns: list) -> Strings | np.ndarray:
    if not isinstance(columns[0], Strings):
        return np.concatenate(columns)
    shifts = _shifts(len(one.block) for one in columns)
    ends = np.concatenate([one.ends + shift for one, shift in zip(columns, shifts, strict=True)])
    return Strings(b"".join(one.block for one in columns), ends)


def _union(lists: Sequence[Sequence[str]]) -> tuple[list[str], list[np.ndarray]]:
    """All strings once, and for each list the new place of each of its strings."""
    known: dict[str, int] = {}
    codes = [np.array([known.setdefault(one, len(known)) for one in texts], dtype=np.int32) for texts in lists]
    return list(known), codes


def _shifts(lengths: Iterable[int]) -> list[int]:
    return [0, *np.cumsum(list(lengths)).tolist()][:-1]


def _places(order: Sequence[int] | np.ndarray) -> np.ndarray:
    """Where each row goes when rows are put into `order`."""
    places = np.empty(len(order), dtype=np.int32)
    places[np.asarray(order, dtype=np.int64)] = np.arange(len(order), dtype=np.int32)
    return places


def _renumbered(keep: np.ndarray) -> np.ndarray:
    return (np.cumsum(keep) - 1).astype(np.int32)

"""How often things are named and claimed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kgraph.columns import Columns
from kgraph.query.selection import Selection, speeches_of
from kgraph.query.source import Source
from kgraph.query.template import node


class Named(NamedTuple):
    """Mentions of a thing, and the speeches that have one."""

    mentions: int = 0
    speeches: int = 0


def mention_counts(source: Source, selection: Selection) -> dict[str, Named]:
    """How often each thing is mentioned in the speeches that are meant, by id."""
    if not source.store.local:
        speech = None if selection.speech is None else [node(iri) for iri in selection.speech]
        found = source.rows("mentions", {"speech": speech})
        return {source.id(thing): Named(int(source.text(n)), int(source.text(m))) for thing, n, m in found}
    columns = source.columns
    rows = np.flatnonzero(speeches_of(selection, columns)[columns.mentions.speech])
    things, speeches = columns.mentions.thing[rows].astype(np.int64), columns.mentions.speech[rows]
    mentions = np.bincount(things, minlength=len(columns.things))
    pairs = np.unique(things * len(columns.speeches) + speeches) // max(1, len(columns.speeches))
    spread = np.bincount(pairs, minlength=len(columns.things))
    return {columns.things[i]: Named(int(mentions[i]), int(spread[i])) for i in np.flatnonzero(mentions).tolist()}


def mentions_of(source: Source, selection: Selection, id_: str) -> dict[str, int]:
    """How often a thing is mentioned in each of the speeches that are meant and name it, by IRI of the speech."""
    if not source.store.local:
        speech = None if selection.speech is None else [node(iri) for iri in selection.speech]
        found = source.rows("named_in", {"speech": speech, "entity": source.node(id_)})
        return {source.text(iri): int(source.text(n)) for iri, n in found}
    columns = source.columns
    speeches = columns.mentions.speech[columns.mentions.thing == columns.place_of.get(id_, -1)]
    counts = np.bincount(speeches, minlength=len(columns.speeches)) * speeches_of(selection, columns)
    return {columns.speeches[i].id: int(counts[i]) for i in np.flatnonzero(counts).tolist()}


def claim_counts(columns: Columns, rows: np.ndarray) -> dict[str, int]:
    """In how many of the claims at `rows` each thing is subject or object, by id."""
    claims = columns.claims
    counts = np.bincount(claims.subject[rows], minlength=len(columns.things))
    counts += np.bincount(claims.object[rows], minlength=len(columns.things))
    return {columns.things[i]: int(counts[i]) for i in np.flatnonzero(counts).tolist()}

"""Dangers and answers: who is said to threaten whom, and who is said to act against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kgraph.columns import Columns
from kgraph.query.filters import Filters, Unpack, predicates, selected
from kgraph.query.meanings import meant
from kgraph.query.names import AnyOf, resolve_any, rolled_down, rolled_up
from kgraph.query.rows import Names
from kgraph.query.selection import Selection
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.tally import Tally, groups, quote, tally
from kgraph.table import Table


@dataclass(frozen=True, slots=True)
class ThreatRow:
    """A danger to somebody, as claimed: in how many claims and speeches, since when, and one sentence."""

    threat: str
    type: str
    target: str
    claims: int
    speeches: int
    negated: int
    asserted: int
    first: str | None
    last: str | None
    quote: str
    threat_id: str
    target_id: str


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """Who is said to act against a danger or to guard somebody; counted as in `ThreatRow`."""

    actor: str
    predicate: str
    target: str
    claims: int
    speeches: int
    negated: int
    asserted: int
    first: str | None
    last: str | None
    quote: str
    actor_id: str
    target_id: str


def threats(
    graph: Graph,
    *,
    to: AnyOf | None = None,
    by: AnyOf | None = None,
    about: AnyOf | None = None,
    roll_up: bool = False,
    **filters: Unpack[Filters],
) -> Table[ThreatRow]:
    """Who or what is said to threaten, attack or harm whom, most claimed first.

    `to` is who is in danger, `by` who or what endangers, `about` a topic with all that is narrower in the taxonomy.
    With `roll_up` topics are counted under their broadest one. The predicates are those of
    ``ontologies/questions.toml``, unless `predicate` says otherwise.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> all(row.claims >= 1 for row in kg.threats(to="CIS"))
    True
    """
    source = source_of(graph)
    columns, rows = source.find(_asked(source, "threats", filters, {"subject": by, "object": to}, {"subject": about}))
    subjects, topics = _topics(source, columns, columns.claims.subject[rows], roll_up)
    labels, kinds = source.labels(topics), source.kinds(topics)
    targets = Names(source, columns, (columns.claims.object[rows],))
    found = []
    for (topic, target), part in groups([subjects, columns.claims.object[rows]]):
        counted, id_ = tally(columns, rows[part]), topics[topic]
        kind = kinds[id_].subtype or kinds[id_].type if id_ in kinds else ""
        found.append(
            ThreatRow(
                threat=labels[id_],
                type=kind,
                target=targets.label[target],
                **_counts(columns, counted),
                threat_id=id_,
                target_id=targets.id[target],
            )
        )
    return Table.of(ThreatRow, sorted(found, key=lambda row: (-row.claims, row.threat, row.target, row.threat_id)))


def responses(
    graph: Graph,
    *,
    to: AnyOf | None = None,
    by: AnyOf | None = None,
    **filters: Unpack[Filters],
) -> Table[ResponseRow]:
    """Who is said to oppose a danger or to protect somebody, most claimed first.

    `to` is the danger (with all that is narrower) or whoever is guarded, `by` the actor.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> len(kg.responses(to="terrorism")) > 0
    True
    """
    source = source_of(graph)
    columns, rows = source.find(_asked(source, "responses", filters, {"subject": by}, {"object": to}))
    claims = columns.claims
    keys = [claims.subject[rows], claims.predicate[rows], claims.object[rows]]
    names = Names(source, columns, (keys[0], keys[2]))
    found = []
    for (actor, predicate, target), part in groups(keys):
        counted = tally(columns, rows[part])
        found.append(
            ResponseRow(
                actor=names.label[actor],
                predicate=columns.predicates[predicate],
                target=names.label[target],
                **_counts(columns, counted),
                actor_id=names.id[actor],
                target_id=names.id[target],
            )
        )
    found.sort(key=lambda row: (-row.claims, row.actor, row.predicate, row.target, row.target_id))
    return Table.of(ResponseRow, found)


def _counts(columns: Columns, counted: Tally) -> dict[str, Any]:
    """The columns that both kinds of rows share."""
    names = ("claims", "speeches", "negated", "asserted", "first", "last")
    return {name: getattr(counted, name) for name in names} | {"quote": quote(columns, counted.example)}


def _asked(
    source: Source, question: str, filters: Filters, exact: dict[str, AnyOf | None], topics: dict[str, AnyOf | None]
) -> Selection:
    chosen = selected(source, filters)
    if chosen.predicate is None:
        chosen = chosen.and_(predicate=predicates(source, meant(question)))
    for end, name in exact.items():
        chosen = chosen.and_(**{end: resolve_any(source, name)})
    for end, name in topics.items():
        ids = resolve_any(source, name)
        chosen = chosen.and_(**{end: None if ids is None else rolled_down(source, ids)})
    return chosen


def _topics(source: Source, columns: Columns, places: np.ndarray, roll_up: bool) -> tuple[np.ndarray, list[str]]:
    """For each claim a place in a list of topics, and that list: the things themselves, or the broadest above them."""
    met = np.unique(places)
    ids = [columns.things[place] for place in met.tolist()]
    ids = [rolled_up(source, id_) for id_ in ids] if roll_up else ids
    topics = list(dict.fromkeys(ids))
    place_of = {id_: place for place, id_ in enumerate(topics)}
    new = np.array([place_of[id_] for id_ in ids], dtype=np.int32)
    return new[np.searchsorted(met, places)], topics

"""The questions that are measured, with the class of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kgraph import query

LOOK_UP, JOIN, AGGREGATE = "look-up", "join", "aggregate"
LIMITS = {LOOK_UP: 0.010, JOIN: 0.100, AGGREGATE: 0.300}  # seconds at a million triples

Question = Callable[[Any], Any]
SEARCHED = "terrorism threat"


def one_claim(graph: Any) -> Any:
    """A claim to look up: the same for every store."""
    return min(query.claims(graph, predicate="threatens"), key=lambda row: row.claim_id).claim_id


QUESTIONS: dict[str, tuple[str, Question]] = {
    "entities of a speech": (LOOK_UP, lambda g: query.entities(g, "Weapon", document=_first(g))),
    "claims of two things": (LOOK_UP, lambda g: query.claims(g, subject="Russia", object="United States")),
    "claims of a speech": (LOOK_UP, lambda g: query.claims(g, document=_first(g))),
    "evidence": (LOOK_UP, lambda g: query.evidence(g, _claim(g))),
    "search": (LOOK_UP, lambda g: query.search(g, SEARCHED)),
    "profile": (JOIN, lambda g: query.entity(g, "terrorism")),
    "claims, filtered": (
        JOIN,
        lambda g: query.claims(g, about="Russia", since="2010", modality="asserted", type="State"),
    ),
    "neighbours": (JOIN, lambda g: query.neighbours(g, "United Nations")),
    "paths": (JOIN, lambda g: query.paths(g, "China", "terrorism", longest=2)),
    "threats to": (JOIN, lambda g: query.threats(g, to="Russia")),
    "responses to": (JOIN, lambda g: query.responses(g, to="terrorism")),
    "timeline of": (JOIN, lambda g: query.timeline(g, "terrorism")),
    "compare": (
        JOIN,
        lambda g: query.compare(g, {"speaker": "Putin", "until": "2005"}, {"speaker": "Putin", "since": "2018"}),
    ),
    "entities": (AGGREGATE, lambda g: query.entities(g)[:20]),
    "threats": (AGGREGATE, lambda g: query.threats(g)[:20]),
    "actors": (AGGREGATE, lambda g: query.actors(g)[:20]),
    "dyads": (AGGREGATE, lambda g: query.dyads(g)[:20]),
    "contested": (AGGREGATE, lambda g: query.contested(g)[:20]),
    "cooccurrence": (AGGREGATE, lambda g: query.cooccurrence(g, most=20)),
    "stats": (AGGREGATE, lambda g: query.stats(g)),
}
_KNOWN: dict[int, tuple[str, str]] = {}


def prepare(graph: Any) -> None:
    """Find out, before the clock runs, what is looked up."""
    first = sorted(header.doc for header in query.source.source_of(graph).speeches.values())[0]
    _KNOWN[id(graph)] = first, one_claim(graph)


def _first(graph: Any) -> str:
    return _KNOWN[id(graph)][0]


def _claim(graph: Any) -> str:
    return _KNOWN[id(graph)][1]

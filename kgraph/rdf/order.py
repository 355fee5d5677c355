"""One order of triples, whatever order they came in: header, entities, then the text from its beginning to its end.

Where the text is told, each sentence is followed by its quotation, the claims made in it, and the mentions inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Triple

from kgraph.rdf.fields import ORDER
from kgraph.rdf.namespaces import expand

_PLACE = re.compile(r"#(?:(char|select)=(\d+),(\d+)|(\w+))(?:=(\d+))?")
_HEADER = {"graph": 0, "speaker": 2, "turn": 3}
_EVIDENCE, _TRIGGER, _TURN = expand("kg:evidence"), expand("kg:triggerSpan"), expand("kg:hasTurn")
_CLAIM_SPANS = frozenset((_EVIDENCE, _TRIGGER))
_RANKS = {prop: f"{rank:03}" for prop, rank in ORDER.items()}

Key = tuple
RUN, SPEECH, REST, TEXT = range(4)


def in_order(triples: Iterable[Triple]) -> Iterator[Triple]:
    """`triples` sorted, each once."""
    nodes: dict[str, dict[str, Triple]] = {}  # by key, which says the same as the triple: one string is the cheapest
    places: dict[str, dict[str, str]] = {}
    known, rank = nodes.get, _RANKS.get
    for triple in triples:
        subject, predicate, target = triple
        iri: str = subject.value
        prop: str = predicate.value
        value = str(target)
        # the rank of the property, then the object; turns by number
        key = f"{rank(prop, prop)}\t{value}" if prop != _TURN else f"{rank(prop)}\t{len(value):06}{value}"
        facts = known(iri)
        if facts is None:
            nodes[iri] = {key: triple}
        else:
            facts[key] = triple
        if prop in _CLAIM_SPANS:
            spans = places.setdefault(iri, {})
            spans[prop] = max(value[1:-1], spans.get(prop, ""))
    for iri in sorted(nodes, key=lambda iri: _subject_key(iri, places.get(iri))):
        facts = nodes.pop(iri)
        yield from map(facts.__getitem__, sorted(facts))


def _subject_key(iri: str, spans: dict[str, str] | None) -> Key:
    """Section, speech, place in it, what stands there, and the IRI."""
    if spans:
        return _claim_key(iri, spans.get(_EVIDENCE, ""), spans.get(_TRIGGER, ""))
    place = _PLACE.search(iri) if "#" in iri else None
    if place and place[1]:
        return TEXT, iri[: place.start()], int(place[2]), -int(place[3]), int(place[1] == "select"), 0, iri
    if place and place[4] in _HEADER:
        return SPEECH, iri[: place.start()], _HEADER[place[4]], int(place[5] or 0), 0, 0, iri
    if "/run/" in iri or "/projection/" in iri:
        return RUN, "", 0, 0, 0, 0, iri
    if "/speech/" in iri:
        return SPEECH, iri, 1, 0, 0, 0, iri
    return REST, "", 0, 0, 0, 0, iri


def _claim_key(iri: str, evidence: str, trigger: str) -> Key:
    """A claim stands behind its sentence, by the place of its trigger."""
    place = _PLACE.search(evidence)
    if not place or not place[1]:
        return REST, "", 0, 0, 0, 0, iri
    began = _PLACE.search(trigger)
    first = int(began[2]) if began and began[1] else -1
    return TEXT, evidence[: place.start()], int(place[2]), -int(place[3]), 2, first, iri

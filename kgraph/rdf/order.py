"""One order of triples, whatever order they came in: header, entities, then the text from its beginning to its end.

Where the text is told, each sentence is followed by its quotation, the claims made in it, and the mentions inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kgraph.rdf.fields import ORDER
from kgraph.rdf.namespaces import expand

_PLACE = re.compile(r"#(?:(char|select)=(\d+),(\d+)|(\w+))(?:=(\d+))?")
_HEADER = {"graph": 0, "speaker": 2, "turn": 3}
_EVIDENCE, _TRIGGER = expand("kg:evidence"), expand("kg:triggerSpan")
_LAST = len(ORDER)

Key = tuple
RUN, SPEECH, REST, TEXT = range(4)


def in_order(triples: Iterable[Triple]) -> Iterator[Triple]:
    """`triples` sorted, each once."""
    nodes: dict[str, list[tuple]] = {}
    evidence: dict[str, str] = {}
    triggers: dict[str, str] = {}
    for triple in triples:
        subject, predicate, value = triple
        iri = subject.value
        prop = predicate.value
        if prop == _EVIDENCE:
            evidence[iri] = value.value
        elif prop == _TRIGGER:
            triggers[iri] = value.value
        nodes.setdefault(iri, []).append((ORDER.get(prop, _LAST), prop, _value_key(value), triple))
    for iri in sorted(nodes, key=lambda iri: _subject_key(iri, evidence.get(iri), triggers.get(iri, ""))):
        facts = nodes[iri]
        if len(facts) > 1:
            facts.sort(key=lambda fact: fact[:3])
        last = None
        for fact in facts:
            if fact[3] != last:
                yield fact[3]
            last = fact[3]


def _value_key(value: object) -> str:
    """Text of an object: turns by number, the rest by what they say."""
    if isinstance(value, NamedNode):
        head, mark, number = value.value.rpartition("#turn=")
        return f"{head}{mark}{int(number):09}" if mark and number.isdecimal() else value.value
    return str(value)


def _subject_key(iri: str, evidence: str | None, trigger: str) -> Key:
    """Section, speech, place in it, what stands there, and the IRI."""
    place = _PLACE.search(evidence or iri) if "#" in (evidence or iri) else None
    if evidence is not None and place and place[1]:
        began = _PLACE.search(trigger)
        return TEXT, evidence[: place.start()], int(place[2]), -int(place[3]), 2, int(began[2]) if began else -1, iri
    if place and place[1]:
        return TEXT, iri[: place.start()], int(place[2]), -int(place[3]), int(place[1] == "select"), 0, iri
    if place and place[4] in _HEADER:
        return SPEECH, iri[: place.start()], _HEADER[place[4]], int(place[5] or 0), 0, 0, iri
    if "/run/" in iri:
        return RUN, "", 0, 0, 0, 0, iri
    if "/speech/" in iri:
        return SPEECH, iri, 1, 0, 0, 0, iri
    return REST, "", 0, 0, 0, 0, iri

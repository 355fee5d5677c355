"""Triples -> `Columns`, of a whole graph or of one named graph in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from kgraph.columns.join import in_order
from kgraph.columns.strings import Strings
from kgraph.columns.tables import (
    MODALITIES,
    POLARITIES,
    VOICES,
    Claims,
    Columns,
    Kind,
    Mentions,
    Sentences,
    SpeechHeader,
)
from kgraph.errors import GraphError
from kgraph.rdf.identity import plover_category, span_of
from kgraph.rdf.namespaces import local_name
from kgraph.store.interface import Cells

Codes = dict[str, int]
_PROPERTIES = ("rdf:subject", "rdf:object", "kg:claimant")


class Asked(Protocol):
    """What scanning needs: named queries, and ids of terms."""

    def rows(self, name: str, given: Mapping | None = None) -> Iterator[Cells]: ...
    def text(self, term: object) -> str: ...
    def id(self, term: object) -> str: ...
    def column(self, prop: str, graph: str | None) -> Iterator[Cells]: ...
    def kinds(self, ids: Iterable[str]) -> dict[str, Kind]: ...
    def headers(self, graph: str | None) -> list[SpeechHeader]: ...


def scan(asked: Asked, graph: str | None = None) -> Columns:
    """Read all tables; `graph` names one of the named graphs. Raises `GraphError` if a claim lacks a part."""
    return _Scan(asked, graph).columns()


class _Scan:
    def __init__(self, asked: Asked, graph: str | None) -> None:
        self.asked, self.graph = asked, graph
        self.headers = asked.headers(graph)
        self.speech = {header.id: place for place, header in enumerate(self.headers)}
        self.things: Codes = {}
        self.spans: Codes = {}
        self.predicates: Codes = {}
        self.categories: Codes = {"": 0}

    def columns(self) -> Columns:
        claims, mentions = self.claims(), self.mentions()
        things = tuple(self.things)
        found = Columns(
            speeches=tuple(self.headers),
            things=Strings.of(things),
            predicates=tuple(self.predicates),
            categories=tuple(self.categories),
            sentences=self.sentences(),
            mentions=mentions,
            claims=claims,
            kinds=self.asked.kinds(id_ for id_ in things if ":" in id_ or "/" in id_),
        )
        return in_order(found)

    def claims(self) -> Claims:
        rows: Codes = {}
        predicate: list[int] = []
        for claim, value in self.asked.column("rdf:predicate", self.graph):
            if rows.setdefault(claim.value, len(rows)) == len(predicate):  # type: ignore[union-attr]
                predicate.append(_code(self.predicates, local_name(self.asked.text(value))))
        thing = {prop: self._column(rows, prop, self.asked.id, self.things) for prop in _PROPERTIES}
        plover = self._column(rows, "kg:ploverCategory", self._category, self.categories, missing=0)
        return Claims(
            iri=Strings.of(rows),
            subject=thing["rdf:subject"],
            predicate=np.array(predicate, dtype=np.int32),
            object=thing["rdf:object"],
            claimant=thing["kg:claimant"],
            polarity=self._column(rows, "kg:polarity", self.asked.text, _codes(POLARITIES)),
            modality=self._column(rows, "kg:modality", self.asked.text, _codes(MODALITIES)),
            voice=self._column(rows, "kg:voice", self.asked.text, _codes(VOICES)),
            confidence=self._numbers(rows, "kg:confidence"),
            plover=plover,
            sentence=self._column(rows, "kg:evidence", self.asked.text, self.spans),
        )

    def _category(self, term: object) -> str:
        return plover_category(self.asked.text(term))

    def _column(self, rows: Codes, prop: str, read: object, codes: Codes, missing: int = -1) -> np.ndarray:
        found = np.full(len(rows), missing, dtype=np.int32)
        for node, value in self.asked.column(prop, self.graph):
            row = rows.get(node.value)  # type: ignore[union-attr]
            if row is not None:
                found[row] = _code(codes, read(value))  # type: ignore[operator]
        _check_whole(found, rows, prop)
        return found

    def _numbers(self, rows: Codes, prop: str) -> np.ndarray:
        found = np.ones(len(rows))
        for node, value in self.asked.column(prop, self.graph):
            row = rows.get(node.value)  # type: ignore[union-attr]
            if row is not None:
                found[row] = float(value.value)  # type: ignore[union-attr]
        return found

    def mentions(self) -> Mentions:
        found = []
        for span, thing in self.asked.column("kg:refersTo", self.graph):
            iri = span.value  # type: ignore[union-attr]
            found.append((*self._place(iri), _code(self.things, self.asked.id(thing))))
        speech, start, end, thing_ = _transposed(found, 4)
        return Mentions(speech, start, end, thing_)

    def sentences(self) -> Sentences:
        speech, start, end = _transposed([self._place(iri) for iri in self.spans], 3)
        quotes = [""] * len(self.spans)
        for span, quote in self.asked.rows("sentences", {"graph": _named(self.graph)}):
            place = self.spans.get(span.value)  # type: ignore[union-attr]
            if place is not None:
                quotes[place] = self.asked.text(quote)
        return Sentences(speech, start, end, Strings.of(quotes))

    def _place(self, iri: str) -> tuple[int, int, int]:
        speech = self.speech.get(iri.partition("#")[0])
        if speech is None:
            raise GraphError(f"<{iri}> stands in no speech of the graph")
        return speech, *span_of(iri)


def _named(graph: str | None) -> object:
    from pyoxigraph import NamedNode

    return NamedNode(graph) if graph else None


def _code(codes: Codes, value: str) -> int:
    return codes.setdefault(value, len(codes))


def _codes(values: Iterable[str]) -> Codes:
    return {str(value): place for place, value in enumerate(values)}


def _transposed(rows: Sequence[tuple[int, ...]], width: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array(rows, dtype=np.int32).reshape(-1, width).T.copy())


def _check_whole(found: np.ndarray, rows: Codes, prop: str) -> None:
    if len(found) and found.min() < 0:
        claim = list(rows)[int(found.argmin())]
        raise GraphError(f"the claim <{claim}> lacks {prop}")

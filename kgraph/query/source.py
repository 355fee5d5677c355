"""What every question is put to: a store with a lexicon, and what was learnt about it so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
from pyoxigraph import Literal, NamedNode

from kgraph.columns import Columns, Kind, SpeechHeader, scan
from kgraph.columns.file import NAME, read_columns, write_columns
from kgraph.columns.join import join, without
from kgraph.columns.wide import from_rows
from kgraph.columns.words import NAME as WORDS
from kgraph.columns.words import Words
from kgraph.errors import GraphError
from kgraph.lexicon import Lexicon, load_lexicon
from kgraph.query.selection import Selection, rows_of
from kgraph.query.template import Given, filled, node
from kgraph.rdf.identity import entity_id, entity_node
from kgraph.rdf.literals import literal_text, text_literal
from kgraph.rdf.namespaces import BASE, local_name, ontology_iri, term
from kgraph.store.interface import Cells, Store

_ATTEMPTS = 3  # to read all triples while others write
Graph = Any  # a KnowledgeGraph, an rdflib graph or dataset, a store, a Source


class Source:
    """A store that can be asked by name.

    Where the store is at hand (memory, a folder), its claims are read once as columns; elsewhere each question is
    put as a query. What is remembered is dropped when the store has changed.
    """

    def __init__(self, store: Store, lexicon: Lexicon, base: str = BASE) -> None:
        self.store, self.lexicon, self.base = store, lexicon, base
        self._seen = -1
        self._fresh()

    def _forget(self) -> None:
        self._columns: Columns | None = None
        self._kinds: dict[str, Kind] = {}
        self._headers: dict[str, SpeechHeader] | None = None
        self._by_class: dict[str, list[str]] | None = None
        self._words: Words | None = None

    def _fresh(self) -> bool:
        """Forget what was learnt before the store was changed; whether it was."""
        before = self._seen
        while self.store.generation != self._seen:
            self._seen = self.store.generation
            self._forget()
            self._beside = self.store.beside()
        return before != self._seen

    def rows(self, name: str, given: Mapping[str, Given | None] | None = None) -> Iterator[Cells]:
        """Solutions of a named query."""
        return self.store.select(filled(name, given)).rows

    def column(self, prop: str, graph: str | None = None) -> Iterator[Cells]:
        """All subjects and values of a property (a prefixed name), in all graphs or a named one."""
        return self.rows("column", {"property": term(prop), "graph": node(graph) if graph else None})

    def node(self, id_: str) -> NamedNode:
        """The node of an entity id. Raises `GraphError` if it can be none."""
        return entity_node(id_, self.base)

    def id(self, value: object) -> str:
        """The entity id of a node, or the text of a literal."""
        return entity_id(self.text(value), self.base)

    def text(self, value: object) -> str:
        """The IRI of a node, or the text of a literal."""
        return literal_text(value) if isinstance(value, Literal) else value.value  # type: ignore[attr-defined]

    @property
    def columns(self) -> Columns:
        """All claims as columns, kept as long as the store stays the same."""
        self._fresh()
        if self._columns is None:
            self._columns = read_columns(self._beside / NAME) if self._beside else None
        return self._scanned() if self._columns is None else self._columns

    def _scanned(self) -> Columns:
        """Columns read from the triples; anew where another process has changed these meanwhile."""
        for attempt in range(_ATTEMPTS):
            try:
                columns = scan(self)
            except GraphError:
                if not self._fresh() or attempt == _ATTEMPTS - 1:
                    raise
            else:
                if not self._fresh() or attempt == _ATTEMPTS - 1:
                    self._keep(columns)
                    break
        return columns

    def _keep(self, columns: Columns) -> None:
        """Remember columns, on disk too where there is a place; reading them again is only slower."""
        self._columns = columns
        if self._beside:
            with suppress(OSError):  # a place that can only be read
                write_columns(columns, self._beside / NAME)

    @property
    def words(self) -> Words:
        """Which words stand in which sentences of `columns`."""
        columns = self.columns
        if self._words is None:
            self._words = Words.read(self._beside / WORDS) if self._beside else None
        if self._words is None:
            self._words = Words.of(columns.sentences.quote)
            if self._beside:
                with suppress(OSError):  # a place that can only be read
                    self._words.write(self._beside / WORDS)
        return self._words

    def matching(self, pattern: str) -> Columns:
        """Columns of the claims whose sentences match a regular expression, asked of the store."""
        return from_rows(self.rows("claims", {"pattern": pattern}), self.speeches, self)

    def follow(self, columns: Columns | None, gone: Collection[str], new: Collection[Columns]) -> None:
        """Bring `columns`, read before speeches (IRIs) were taken out and others put in, to the present of the store.

        Where another process has changed the store since, all is read again when it is asked for.
        """
        self._fresh()
        if self._seen != self.store.written:
            return
        joined = join([*([] if columns is None else [without(columns, gone)]), *new])
        touched = {id_ for part in new for id_ in part.things}.union(columns.things if columns and gone else ())
        kinds = self.kinds(id_ for id_ in joined.things if id_ in touched and (":" in id_ or "/" in id_))
        self._keep(replace(joined, kinds={**joined.kinds, **kinds}))

    @property
    def speeches(self) -> dict[str, SpeechHeader]:
        """Headers of all speeches by IRI, in the order of time."""
        self._fresh()
        if self._headers is None:
            found = self.columns.speeches if self.store.local else self.headers()
            self._headers = {header.id: header for header in found}
        return self._headers

    def headers(self, graph: str | None = None) -> list[SpeechHeader]:
        """Headers of the speeches of a graph, asked anew, by date and name."""
        found: dict[str, SpeechHeader] = {}
        for row in self.rows("speeches", {"graph": node(graph) if graph else None}):
            header = SpeechHeader(*(None if cell is None else self.text(cell) for cell in row))  # type: ignore[arg-type]
            found.setdefault(header.id, header)
        return sorted(found.values(), key=lambda header: (header.date or "", header.doc, header.id))

    def find(self, selection: Selection) -> tuple[Columns, np.ndarray]:
        """Columns, and the places of the claims in them that are meant, in the order of time and text."""
        if self.store.local:
            columns = self.columns
            return columns, rows_of(selection, columns, self.of_type(columns, selection.type))
        columns = from_rows(self.rows("claims", self._bound(selection)), self.speeches, self)
        return columns, np.arange(len(columns.claims))

    def of_type(self, columns: Columns, types: Collection[str] | None) -> list[str]:
        """Ids of the things in `columns` that have one of the classes."""
        if types is None or not self.store.local:
            return self.of_class(columns.things, types or ())
        if self._by_class is None:
            self._by_class = defaultdict(list)
            for id_, kind in self.kinds(columns.things).items():
                self._by_class[kind.subtype or kind.type].append(id_)
        return [id_ for name in types for id_ in self._by_class.get(name, ())]

    def of_class(self, ids: Iterable[str], types: Collection[str]) -> list[str]:
        """Those of the ids that have one of the classes."""
        kinds = self.kinds(ids) if types else {}
        return [id_ for id_, kind in kinds.items() if (kind.subtype or kind.type) in types]

    def _bound(self, selection: Selection) -> dict[str, Given | None]:
        """A selection as parameters of a named query."""
        ends = {name: getattr(selection, name) for name in ("subject", "object", "about", "claimant")}
        names = {name: getattr(selection, name) for name in ("predicate", "type")}
        words = {name: getattr(selection, name) for name in ("polarity", "modality")}
        iris = {name: getattr(selection, name) for name in ("speech", "claim")}
        return {
            **{name: ids if ids is None else [self._end(id_) for id_ in ids] for name, ids in ends.items()},
            **{name: v if v is None else [node(ontology_iri(one)) for one in v] for name, v in names.items()},
            **{name: v if v is None else [text_literal(one.value) for one in v] for name, v in words.items()},
            **{name: v if v is None else [node(one) for one in v] for name, v in iris.items()},
            "min_confidence": selection.min_confidence,
        }

    def _end(self, id_: str) -> NamedNode | Literal:
        return self.node(id_) if ":" in id_ or "/" in id_ else text_literal(id_)

    def kinds(self, ids: Iterable[str]) -> dict[str, Kind]:
        """Labels and classes of things: of the lexicon, or of the graph for what the lexicon lacks."""
        wanted = list(dict.fromkeys(ids))
        missing = [id_ for id_ in wanted if id_ not in self._kinds and not self._known(id_)]
        if missing:
            self._ask_kinds(missing)
        return {id_: self._kinds[id_] for id_ in wanted if id_ in self._kinds}

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Names for people, by id."""
        wanted = list(ids)
        kinds = self.kinds(wanted)
        return {id_: kinds[id_].label if id_ in kinds else id_ for id_ in wanted}

    def _known(self, id_: str) -> bool:
        """Whether `id_` needs no question to the store."""
        if concept := self.lexicon.concepts.get(id_):
            self._kinds[id_] = Kind(concept.label, concept.type, _below(concept.type, concept.subtype))
        elif self._columns and (kind := self._columns.kinds.get(id_)):
            self._kinds[id_] = kind
        return id_ in self._kinds or (":" not in id_ and "/" not in id_)

    def _ask_kinds(self, ids: list[str]) -> None:
        classes: dict[str, set[str]] = defaultdict(set)
        labels: dict[str, str] = {}
        for entity, class_, label in self.rows("kinds", {"entity": map(self.node, ids)}):
            id_ = self.id(entity)
            classes[id_].add(local_name(self.text(class_)))
            labels[id_] = min(self.text(label), labels.get(id_, self.text(label)))
        for id_, names in classes.items():
            deepest = max(sorted(names), key=lambda name: len(self.lexicon.classes.get(name, ())))
            core = self.lexicon.core_type(deepest) or deepest
            self._kinds[id_] = Kind(labels[id_], core, _below(core, deepest))


def _below(core: str, class_: str) -> str | None:
    return None if class_ == core else class_


def source_of(graph: Graph) -> Source:
    """The source behind a `KnowledgeGraph`, an rdflib graph or dataset, or a store."""
    if isinstance(graph, Source):
        return graph
    if (found := getattr(graph, "source", None)) is not None:
        return found
    if hasattr(graph, "namespace_manager"):
        from kgraph.store.foreign import RdflibStore

        return Source(RdflibStore(graph), load_lexicon())
    return Source(graph, load_lexicon())

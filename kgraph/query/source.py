"""What every helper asks: a store with a lexicon, and what was learnt about it so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kgraph.lexicon import Lexicon, load_lexicon
from kgraph.query.template import Given, filled, plain
from kgraph.rdf.identity import entity_id, entity_node
from kgraph.rdf.namespaces import BASE
from kgraph.store.interface import Cells, Store

if TYPE_CHECKING:
    import rdflib

    from kgraph.graph import KnowledgeGraph

Graph = "KnowledgeGraph | rdflib.Graph | Store | Source"


@dataclass(frozen=True, slots=True)
class SpeechHeader:
    """A speech without its text."""

    id: str  # IRI
    doc: str
    date: str | None
    title: str | None
    place: str | None
    speaker: str | None


@dataclass
class Source:
    """A store that can be asked by name. What it remembers (headers, labels) is dropped by `forget`."""

    store: Store
    lexicon: Lexicon
    base: str = BASE
    _labels: dict[str, str] = field(default_factory=dict)
    _speeches: dict[str, SpeechHeader] | None = None
    _all: dict[str, str] | None = None

    def rows(self, name: str, given: Mapping[str, Given | None] | None = None) -> Iterator[Cells]:
        """Solutions of a named query."""
        return self.store.select(filled(name, given)).rows

    def node(self, id_: str) -> NamedNode:
        """The node of an entity id."""
        return entity_node(id_, self.base)

    def id(self, term: object) -> str:
        """The entity id of a node, or the text of a literal."""
        return entity_id(plain(term), self.base)

    @property
    def speeches(self) -> dict[str, SpeechHeader]:
        """Headers of all speeches, by IRI."""
        if self._speeches is None:
            found = (
                SpeechHeader(*(None if cell is None else plain(cell) for cell in row)) for row in self.rows("speeches")
            )  # type: ignore[arg-type]
            self._speeches = {header.id: header for header in sorted(found, key=lambda h: (h.date or "", h.doc, h.id))}
        return self._speeches

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Names for people, by id: of the lexicon, or of the graph for what the lexicon lacks."""
        wanted = dict.fromkeys(ids)
        missing = [id_ for id_ in wanted if id_ not in self._labels and not self._known(id_)]
        if missing:
            for entity, label in self.rows("labels", {"entity": map(self.node, missing)}):
                id_ = self.id(entity)
                self._labels[id_] = min(plain(label), self._labels.get(id_, plain(label)))
        return {id_: self._labels.get(id_, id_) for id_ in wanted}

    def _known(self, id_: str) -> bool:
        concept = self.lexicon.concepts.get(id_)
        if concept:
            self._labels[id_] = concept.label
        return concept is not None or (":" not in id_ and "/" not in id_)

    def all_labels(self) -> dict[str, str]:
        """Every entity of the graph with its label, by id."""
        if self._all is None:
            found = sorted((self.id(entity), plain(label)) for entity, label in self.rows("all_labels"))
            self._all = dict(reversed(found))
        return self._all

    def forget(self) -> None:
        """Drop what is remembered: the store has changed."""
        self._labels, self._speeches, self._all = {}, None, None


def source_of(graph: Any) -> Source:
    """The source behind a `KnowledgeGraph`, an rdflib graph or dataset, or a store."""
    if isinstance(graph, Source):
        return graph
    if hasattr(graph, "source"):
        return graph.source
    if hasattr(graph, "namespace_manager"):
        from kgraph.store.rdflib import RdflibStore

        return Source(RdflibStore(graph), load_lexicon())
    return Source(graph, load_lexicon())

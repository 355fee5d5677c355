"""`KnowledgeGraph`: the face that users hold. Every method is a call of a function that takes the graph first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from kgraph import analysis, drawing, query
from kgraph.lexicon import Lexicon, load_lexicon
from kgraph.model import Extraction, Run
from kgraph.query.source import Source

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Quad

    from kgraph.adding import Added
    from kgraph.choices import Choices
    from kgraph.rdf import Violation
    from kgraph.store import Store

Place = str | PathLike[str]


def open(where: Place | None = None, *, ontology: Sequence[Place] = (), **options: Any) -> KnowledgeGraph:
    """The graph at `where`: a graph file, a folder, the address of a SPARQL endpoint; or an empty one in memory.

    A folder that is not there is made when speeches are added; files are read into memory. `ontology` lists your own
    Turtle files of names; `options` belong to an endpoint: see `kgraph.store.EndpointStore`. Raises `GraphError`.

    >>> import kgraph
    >>> kg = kgraph.open()
    >>> len(kg)
    0
    """
    from kgraph.store import open_store

    return KnowledgeGraph(open_store(where, **options), ontology=ontology)


class KnowledgeGraph:
    """What is said in some speeches, ready to be asked, drawn and saved.

    It is made by `kgraph.build` and `kgraph.open`; or from extractions, or over a store, by hand. `left_out` counts
    what was found and not kept, by reason.
    """

    def __init__(
        self,
        found: Iterable[Extraction] | Store,
        lexicon: Lexicon | None = None,
        run: Run | None = None,
        left_out: Mapping[str, int] | None = None,
        ontology: Sequence[Place] = (),
    ) -> None:
        self._given = tuple(found) if isinstance(found, Iterable) else None
        self._store = None if isinstance(found, Iterable) else found
        self._lexicon = lexicon
        self.run = run
        self.ontology = tuple(ontology)
        self.left_out: Mapping[str, int] = dict(left_out or {})

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names and topics by which the graph is asked."""
        return self._lexicon or load_lexicon(self.ontology)

    @property
    def store(self) -> Store:
        """Where the triples lie; a graph just built puts them into memory when it is first asked."""
        if self._store is None:
            from kgraph.store import MemoryStore

            self._store = MemoryStore(self._quads())
        return self._store

    @cached_property
    def source(self) -> Source:
        """What the query functions ask."""
        return Source(self.store, self.lexicon)

    @property
    def extractions(self) -> tuple[Extraction, ...]:
        """All that was found, speech by speech; iterate over the graph itself to hold one at a time."""
        return tuple(self)

    def changed(self) -> None:
        """The store has become the truth: forget what was given when the graph was made."""
        self._given = None

    @property
    def rdf(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same data, one named graph a speech."""
        return self.store.rdf()

    def __len__(self) -> int:
        return len(self._given) if self._given is not None else len(self.source.speeches)

    def __iter__(self) -> Iterator[Extraction]:
        return iter(self._given) if self._given is not None else self._read()

    def _read(self) -> Iterator[Extraction]:
        """Extractions out of the store, graph by graph."""
        from kgraph.rdf import to_extractions

        names = self.store.graphs()
        for name in names:
            yield from to_extractions(self.store.quads(name))
        if not names:
            yield from to_extractions(self.store.quads())

    def __repr__(self) -> str:
        return f"<KnowledgeGraph of {len(self)} speech{'es' if len(self) != 1 else ''}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return dict(self.show().bundle)

    def _quads(self) -> Iterator[Quad]:
        """All quads, from what was built or from the store."""
        if self._store is not None:
            return self._store.quads()
        from kgraph.rdf import to_quads

        return (quad for found in self._given or () for quad in to_quads(found, self.run))

    def save(self, path: Place, format: str | None = None) -> Path:
        """Write the graph; the ending says how (.ttl, .trig, .nq, .nt, .jsonld, .rdf). Raises `OutputError`."""
        from kgraph.rdf import Format, write_graph

        write_graph(self._quads(), path, Format(format) if format else None)
        return Path(path)

    def add(self, paths: Place | Iterable[Place], **choices: Unpack[Choices]) -> Added:
        """Read speeches into the graph, skipping what is unchanged: see `kgraph.adding.add`."""
        from kgraph.adding import add

        return add(self, paths, **choices)

    def remove(self, document: str) -> None:
        """Take a speech with all its claims out: see `kgraph.adding.remove`."""
        from kgraph.adding import remove

        remove(self, document)

    def close(self) -> None:
        """Let go of files and connections; the graph is not used again."""
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def project(self, **filters: Unpack[query.Filters]) -> rdflib.Dataset:
        """Bare statements of affirmed, asserted claims (unless the filters say otherwise), one graph a claimant.

        What stands in a graph is what its claimant says, not what is so; the graph says whose view it is.
        """
        from kgraph.rdf import project
        from kgraph.store import MemoryStore

        return MemoryStore(project(self, query.projection(self, filters))).rdf()

    def validate(self, shapes: Place | None = None) -> list[Violation]:
        """Where the graph breaks the rules of ``shapes.ttl``: see `kgraph.rdf.validate`."""
        from kgraph.rdf import validate

        return validate(list(self._quads()), shapes)

    # Each question is a function of `kgraph.query` that takes the graph first.
    actors = query.actors
    claims = query.claims
    compare = query.compare
    contested = query.contested
    cooccurrence = query.cooccurrence
    dyads = query.dyads
    entities = query.entities
    entity = query.entity
    evidence = query.evidence
    neighbours = query.neighbours
    paths = query.paths
    responses = query.responses
    search = query.search
    sparql = query.sparql
    stats = query.stats
    threats = query.threats
    timeline = query.timeline

    # So is each measure, of `kgraph.analysis`.
    central = analysis.central
    communities = analysis.communities
    signed_network = analysis.signed_network
    to_networkx = analysis.to_networkx

    # And each picture or page, of `kgraph.drawing`.
    show = drawing.show
    show_claim = drawing.show_claim
    show_speech = drawing.show_speech
    speech_html = drawing.speech_html
    to_displacy = drawing.to_displacy
    to_gexf = drawing.to_gexf
    to_html = drawing.to_html
    to_pyvis = drawing.to_pyvis
    to_report = drawing.to_report
    to_svg = drawing.to_svg

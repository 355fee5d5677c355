"""Pictures, pages and exports of a graph: functions that take the graph first, as methods of `KnowledgeGraph`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kgraph import __version__
from kgraph.errors import NameLookupError
from kgraph.lexicon import Lexicon
from kgraph.model import Extraction, Run
from kgraph.query.filters import one_document
from kgraph.query.names import resolve
from kgraph.query.rows import ClaimRow
from kgraph.query.source import Source
from kgraph.rdf.fields import RUN
from kgraph.writing import write_whole

if TYPE_CHECKING:
    from pyvis.network import Network

Place = str | PathLike[str]


class Drawn(Protocol):
    """A `KnowledgeGraph`: speeches with what was found in them, under a lexicon."""

    run: Run | None

    @property
    def lexicon(self) -> Lexicon: ...

    @property
    def source(self) -> Source: ...

    def __iter__(self) -> Iterator[Extraction]: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What a notebook draws when a cell ends with it, or when it is given to ``display``."""

    bundle: Mapping[str, str]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return dict(self.bundle)

    def __repr__(self) -> str:
        return self.bundle["text/plain"]


def show(graph: Drawn, *, title: str | None = None, height: int = 640, width: str = "100%") -> Shown:
    """The graph for a notebook, in a frame `height` px high and `width` (CSS) wide; a graph shows itself in 640 px.

    Where a notebook is not trusted, a picture and a table stay. Of more than 300 nodes the 150 most claimed are kept.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.show(height=400)
    <graph of ... nodes and ... claims from 2 speeches>
    """
    from kgraph.view import show_graph

    options = {**_titled(title), "height": height, "width": width, "version": __version__}
    return Shown(show_graph(graph, graph.lexicon, **options))


def show_speech(graph: Drawn, document: str, *, height: int = 640) -> Shown:
    """An annotated speech for a notebook; `document` is its file name, title or date.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.show_speech("2014-07-10")
    <speech 2014-07-10-cis-intelligence-heads.txt>
    """
    from kgraph.view import show_speech as shown

    found = _extraction(graph, document)
    html = shown(found, graph.lexicon, height=height, version=__version__)
    return Shown({"text/plain": f"<speech {found.speech.doc}>", "text/html": html})


def show_claim(graph: Drawn, claim: ClaimRow | str) -> Shown:
    """A claim for a notebook, its sentence with subject, relation and object marked; given as a row or by its IRI.

    Raises `NameLookupError` if the graph has no such claim.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.show_claim(kg.claims()[0])
    <claim ... of ...>
    """
    from kgraph.rdf.identity import claim_iri, speech_iri
    from kgraph.view import show_claim as shown

    wanted = claim if isinstance(claim, str) else claim.claim_id
    for found in graph:
        speech = speech_iri(found.speech)
        for one in found.claims:
            if claim_iri(one, speech) == wanted:
                line = f"<claim {wanted.rpartition('/')[2]} of {found.speech.doc}>"
                return Shown({"text/plain": line, "text/html": shown(one, found, graph.lexicon)})
    raise NameLookupError(f"the graph has no claim {wanted}")


def speech_html(graph: Drawn, document: str, *, page: str | None = None) -> str:
    """The annotated speech as one page; `page` is the address of the graph's own page, to which it then links.

    Raises `NameLookupError` if no speech is called `document` (file name, title or date), `AmbiguousName` if several.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.speech_html("2022-10-26", page="graph.html").startswith("<!doctype html>")
    True
    """
    from kgraph.view import speech_html as html

    return html(_extraction(graph, document), graph.lexicon, graph=page, version=__version__)


def to_html(
    graph: Drawn,
    path: Place,
    title: str | None = None,
    *,
    focus: str | None = None,
    depth: int = 1,
    since: str | None = None,
    until: str | None = None,
    **options: Any,
) -> Path:
    """Write a page that draws the graph and needs nothing else; `options` are those of `kgraph.view.network_html`.

    The page carries everything, and opens with what is at most `depth` (1 to 3) claims away from `focus` (any name of a
    node), said in speeches between two dates. Raises `NameLookupError` for an unknown name.

    >>> import kgraph, pathlib, tempfile
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = kg.to_html(pathlib.Path(folder, "graph.html"), title="Two meetings", evidence="mention")
    ...     "<title>Two meetings</title>" in page.read_text("utf-8")
    True
    """
    from urllib.parse import urlencode

    from kgraph.view import network_html

    start = {"focus": resolve(graph.source, focus), "depth": str(depth)} if focus else {}
    start |= {name: date for name, date in (("from", since), ("to", until)) if date}
    if start:
        options = {"state": urlencode(start)} | options
    return write_whole(path, network_html(graph, graph.lexicon, version=__version__, **_titled(title), **options))


def to_svg(graph: Drawn, path: Place, title: str | None = None, *, focus: str | None = None, **options: Any) -> Path:
    """Write a picture with real text: the most claimed nodes, or what is near `focus` (any name of a node).

    `options` are those of `kgraph.view.to_svg`. Raises `NameLookupError` for an unknown name.

    >>> import kgraph, pathlib, tempfile
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     picture = kg.to_svg(pathlib.Path(folder, "graph.svg"), focus="CIS", depth=1)
    ...     "<svg" in picture.read_text("utf-8")
    True
    """
    from kgraph.view import to_svg as svg

    near = resolve(graph.source, focus) if focus else None
    return write_whole(path, svg(graph, graph.lexicon, focus=near, **_titled(title), **options))


def to_gexf(graph: Drawn, path: Place, title: str | None = None) -> Path:
    """Write GEXF 1.3 for Gephi: nodes with places and colours, every claim between two of them as an edge.

    >>> import kgraph, pathlib, tempfile
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     "<gexf" in kg.to_gexf(pathlib.Path(folder, "graph.gexf")).read_text("utf-8")
    True
    """
    from kgraph.view import to_gexf as gexf

    return write_whole(path, gexf(graph, graph.lexicon, **_titled(title)))


def to_pyvis(graph: Drawn, *, first: int = 300) -> Network:
    """The `first` most claimed nodes as a pyvis network; what pyvis itself writes loads scripts from elsewhere.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> len(kg.to_pyvis(first=10).nodes)
    10
    """
    from kgraph.view import to_pyvis as pyvis

    return pyvis(graph, graph.lexicon, first=first)


def to_displacy(graph: Drawn, document: str) -> dict[str, Any]:
    """The mentions of a speech for ``spacy.displacy.render(..., style="ent", manual=True)``, types as labels.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> sorted(kg.to_displacy("2014-07-10"))
    ['ents', 'text', 'title']
    """
    from kgraph.view import to_displacy as displacy

    return displacy(_extraction(graph, document))


def to_report(graph: Drawn, path: Place, title: str | None = None, **options: Any) -> Path:
    """Write a report: the graph, charts, contested claims, how it was made; needs ``kgraph[report]``.

    `options` are those of `kgraph.view.report.report_html`. Raises `MissingExtra` without the extra.

    >>> import kgraph, pathlib, tempfile
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = kg.to_report(pathlib.Path(folder, "report.html"), title="Two meetings", page="graph.html")
    ...     "<title>Two meetings</title>" in report.read_text("utf-8")
    True
    """
    from kgraph.view.report import report_html

    html = report_html(graph, run=_run(graph), version=__version__, **_titled(title), **options)
    return write_whole(path, html)


def _titled(title: str | None) -> dict[str, Any]:
    """The title as an option, where there is one: each page has a usual one."""
    return {"title": title} if title else {}


def _run(graph: Drawn) -> Run | None:
    """By what the graph was made, if it is one run."""
    if graph.run:
        return graph.run
    source = graph.source
    told = {field: {source.text(value) for _, value in source.column(prop)} for field, prop in RUN.items()}
    if any(len(values) != 1 for values in told.values()):
        return None
    return Run(**{field: values.pop() for field, values in told.items()})


def _extraction(graph: Drawn, document: str) -> Extraction:
    """What was found in the speech that is called so."""
    doc = graph.source.speeches[one_document(graph.source, document)].doc
    return next(found for found in graph if found.speech.doc == doc)

"""Speeches into a graph and out of it: what is unchanged is skipped, what is changed is replaced, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from kgraph.columns import Columns
from kgraph.columns.found import columns_of
from kgraph.errors import GraphError
from kgraph.model import Extraction, Run, Speech
from kgraph.query.filters import one_document
from kgraph.query.source import Source
from kgraph.rdf import to_quads
from kgraph.rdf.fields import RUN
from kgraph.rdf.identity import graph_iri, speech_iri

if TYPE_CHECKING:
    from kgraph.choices import Choices, Place
    from kgraph.graph import KnowledgeGraph

_TOLD = ("kg:sha256", "dct:source", "dct:rights", "schema:inLanguage")
State = tuple[str | None, ...]  # what makes a speech of a graph another one: its header, text and run


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did, in numbers of speeches."""

    new: int
    changed: int
    unchanged: int


def add(graph: KnowledgeGraph, paths: Place | Iterable[Place], **choices: Unpack[Choices]) -> Added:
    """Read speeches into `graph`; those whose text, header, model, lexicon and choices are unchanged are skipped.

    Each speech is written in one transaction as soon as it is read, so that a build that was stopped goes on where it
    stopped. The result is that of a build from nothing. The choices are those of `kgraph.build`; `ontology` is by
    default that of the graph.

    >>> import kgraph
    >>> kg = kgraph.open()
    >>> kg.add("seeds/", progress=False)
    Added(new=2, changed=0, unchanged=0)
    >>> kg.add("seeds/", progress=False)
    Added(new=0, changed=0, unchanged=2)
    """
    from kgraph.choices import intake

    if choices.get("ontology") is None:
        choices["ontology"] = graph.ontology
    chosen = intake(paths, choices)
    run, held = chosen.run, _held(graph)
    unread = _changed(chosen.speeches(), held, run)
    return put(graph, chosen.extractions(unread), run, held, len(chosen.files))


def put(
    graph: KnowledgeGraph,
    found: Iterable[Extraction],
    run: Run | None = None,
    held: dict[str, tuple[str, State]] | None = None,
    offered: int | None = None,
) -> Added:
    """Write extractions into `graph`, each in one transaction; one that is there under the same `doc` is replaced."""
    held = _held(graph) if held is None else held
    source, store = graph.source, graph.store
    columns = source.columns if store.local and source.speeches else None
    gone: list[str] = []
    new: dict[str, Columns] = {}
    count = 0
    try:
        with store.session():
            for count, extraction in enumerate(found, 1):  # noqa: B007 - how many there were
                speech, doc = speech_iri(extraction.speech, source.base), extraction.speech.doc
                before = [held[doc][0]] if doc in held else []
                store.replace(_graphs(graph, before), to_quads(extraction, run, base=source.base))
                held[doc] = (speech, _state(extraction.speech, run))
                gone += before
                for iri in before:
                    new.pop(iri, None)
                new[speech] = columns_of(extraction, source.base)
    finally:
        graph.changed()
    if store.local and count:
        source.follow(columns, gone, new.values())
    return Added(count - len(gone), len(gone), (count if offered is None else offered) - count)


def remove(graph: KnowledgeGraph, document: str) -> None:
    """Take a speech with all that was found in it out of `graph`; it is named by file name, title, date or IRI.

    Raises `NameLookupError` if there is none, `AmbiguousName` if there are several.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.remove("2014-07-10")
    >>> len(kg)
    1
    """
    source = graph.source
    named = [one_document(source, document)]
    columns = source.columns if graph.store.local else None
    graph.store.replace(_graphs(graph, named), ())
    graph.changed()
    if columns is not None:
        source.follow(columns, named, ())


def _graphs(graph: KnowledgeGraph, speeches: list[str]) -> list[str]:
    """The named graphs of speeches. Raises `GraphError` where there are none."""
    names = [graph_iri(speech) for speech in speeches]
    if names and not all(graph.store.ask(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}") for name in names):
        raise GraphError(
            f"<{speeches[0]}> came from a file without named graphs, so it cannot be taken out: use .trig or .nq files"
        )
    return names


def _held(graph: KnowledgeGraph) -> dict[str, tuple[str, State]]:
    """Each `doc` of the graph with the IRI of its speech and its state."""
    source = graph.source
    told = [_values(source, prop) for prop in _TOLD]
    of_run = [_values(source, prop) for prop in RUN.values()]
    run_of = _values(source, "prov:wasGeneratedBy")
    held = {}
    for iri, header in source.speeches.items():
        run = run_of.get(graph_iri(iri)) or ""
        state = (header.date, header.title, header.place, header.speaker, *(one.get(iri) for one in told))
        held[header.doc] = (iri, (*state, *(one.get(run) for one in of_run)))
    return held


def _values(source: Source, prop: str) -> dict[str, str | None]:
    """A property of whatever has it, by IRI."""
    return {source.text(node): source.text(value) for node, value in source.column(prop)}


def _state(speech: Speech, run: Run | None) -> State:
    header = (speech.date, speech.title, speech.place, speech.speaker)
    told = (speech.sha256, speech.source, speech.licence, speech.language)
    made = tuple(getattr(run, name) for name in RUN) if run else (None,) * len(RUN)
    return (*header, *told, *made)


def _changed(speeches: Iterable[Speech], held: dict[str, tuple[str, State]], run: Run) -> Iterator[Speech]:
    for speech in speeches:
        if speech.doc not in held or held[speech.doc][1] != _state(speech, run):
            yield speech

"""Whatever holds quads, as one thing: an iterable, a pyoxigraph store or dataset, an rdflib graph or dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kgraph.errors import GraphError
from kgraph.rdf.namespaces import expand

if TYPE_CHECKING:
    import rdflib

Source: TypeAlias = "Iterable[Quad] | Store | Dataset | rdflib.Graph"
Name = NamedNode | BlankNode | DefaultGraph
_STRING = expand("xsd:string")


def quads_of(source: Any) -> Iterator[Quad]:
    """All quads of `source`, in any order."""
    if hasattr(source, "namespace_manager"):  # an rdflib graph or dataset; rdflib stays unloaded for all others
        return _from_rdflib(source)
    return iter(source)


def graphs_of(source: Any) -> Iterator[tuple[Name, Iterable[Quad]]]:
    """The graphs of `source` with their quads: the default graph first, the others by name; empty ones left out.

    A store is read graph by graph, so that only one of them is in memory.
    """
    if isinstance(source, Store):
        for name in (DefaultGraph(), *sorted(source.named_graphs(), key=lambda node: node.value)):
            yield name, source.quads_for_pattern(None, None, None, name)
        return
    graphs: dict[Name, list[Quad]] = defaultdict(list)
    for quad in quads_of(source):
        graphs[quad.graph_name].append(quad)
    yield from sorted(graphs.items(), key=_by_name)


def flat_rdflib(source: Any) -> rdflib.Graph:
    """All triples of `source` in one rdflib graph, in memory; its graphs are flattened."""
    import rdflib

    graph = rdflib.Graph()
    known: dict[Any, Any] = {}
    for quad in quads_of(source):
        terms = []
        for node in (quad.subject, quad.predicate, quad.object):
            if node not in known:
                known[node] = _rdflib_term(node)
            terms.append(known[node])
        graph.add(tuple(terms))
    return graph


def _rdflib_term(node: Any) -> Any:
    from rdflib import BNode, Literal, URIRef

    if isinstance(node, NamedNode):
        return URIRef(node.value)
    if isinstance(node, BlankNode):
        return BNode(node.value)
    if isinstance(node, Triple):
        raise GraphError("rdflib knows no triple terms: write the graph without them (rdf12=False)")
    datatype = None if node.language or node.datatype.value == _STRING else URIRef(node.datatype.value)
    return Literal(node.value, lang=node.language, datatype=datatype, normalize=False)


def _by_name(graph: tuple[Name, list[Quad]]) -> tuple[bool, str]:
    name, _ = graph
    return (False, "") if isinstance(name, DefaultGraph) else (True, name.value)


def _from_rdflib(graph: rdflib.Graph) -> Iterator[Quad]:
    from rdflib import Dataset as RdflibDataset

    if not isinstance(graph, RdflibDataset):
        return (Quad(*map(_term, triple)) for triple in graph)
    return (_quad(*quad) for quad in graph.quads())


def _quad(subject: Any, predicate: Any, target: Any, name: Any) -> Quad:
    nameless = name is None or str(name) == "urn:x-rdflib:default"
    return Quad(_term(subject), _term(predicate), _term(target), DefaultGraph() if nameless else _term(name))


def _term(node: Any) -> Any:
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if isinstance(node, tuple):  # a triple term, as oxrdflib hands it out
        return Triple(*map(_term, node))
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))

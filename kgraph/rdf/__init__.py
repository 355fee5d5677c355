"""`Extraction` <-> RDF: the only writer of triples; formats, vocabulary, projections, validation."""

from kgraph.rdf.canonical import canonical
from kgraph.rdf.formats import Format, format_of, graph_bytes, read_graph, write_graph
from kgraph.rdf.namespaces import BASE, CONCEPTS, ONTOLOGY, PREFIXES
from kgraph.rdf.project import Filter, project
from kgraph.rdf.read import runs_of, to_extractions
from kgraph.rdf.sources import flat_rdflib, graphs_of, quads_of
from kgraph.rdf.validate import Violation, validate
from kgraph.rdf.vocabulary import vocabulary
from kgraph.rdf.write import to_quads

__all__ = [
    "BASE",
    "CONCEPTS",
    "ONTOLOGY",
    "PREFIXES",
    "Filter",
    "Format",
    "Violation",
    "canonical",
    "flat_rdflib",
    "format_of",
    "graph_bytes",
    "graphs_of",
    "project",
    "quads_of",
    "read_graph",
    "runs_of",
    "to_extractions",
    "to_quads",
    "validate",
    "vocabulary",
    "write_graph",
]

"""Where the triples of a graph lie: memory, a folder on disk, a SPARQL endpoint, an rdflib graph."""

from kgraph.store.interface import Answer, Store
from kgraph.store.memory import MemoryStore

__all__ = ["Answer", "MemoryStore", "Store"]

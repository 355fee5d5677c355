"""Where the triples of a graph lie: memory, a folder on disk, a SPARQL endpoint, an rdflib graph."""

from kgraph.store.folder import FolderStore
from kgraph.store.interface import Answer, Store
from kgraph.store.memory import MemoryStore
from kgraph.store.places import open_store

__all__ = ["Answer", "FolderStore", "MemoryStore", "Store", "open_store"]

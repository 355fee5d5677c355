"""One argument that says where a graph lies -> the store there."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Any

from kgraph.errors import GraphError
from kgraph.rdf.formats import format_of
from kgraph.store.folder import FolderStore
from kgraph.store.interface import Store
from kgraph.store.memory import MemoryStore


def open_store(where: str | PathLike[str] | None = None, **options: Any) -> Store:
    """The store at `where`.

    None or ``:memory:`` is an empty one in memory; a file (.ttl, .trig, .nq, .nt, .jsonld, .rdf) is read into memory; a
    folder is a store on disk, made when something is added; an http(s) address is a SPARQL 1.1 endpoint, to which
    `options` belong.

    Raises `GraphError` if a file or folder is something else.
    """
    if where is None or fspath(where) == ":memory:":
        return _local(MemoryStore(), options)
    if fspath(where).startswith(("http://", "https://")):
        from kgraph.store.endpoint import EndpointStore

        return EndpointStore(fspath(where), **options)
    path = Path(where)
    if not path.is_file():
        if path.suffix and not path.exists() and _is_graph_file(path):
            raise GraphError(f"{path} does not exist")
        return _local(FolderStore(path), options)
    store = MemoryStore()
    store.load_file(path)
    return _local(store, options)


def _local(store: Store, options: dict[str, Any]) -> Store:
    if options:
        raise GraphError(f"{', '.join(sorted(options))}: only a SPARQL endpoint takes such options")
    return store


def _is_graph_file(path: Path) -> bool:
    try:
        format_of(path)
    except GraphError:
        return False
    return True

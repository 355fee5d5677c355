"""Triples in a folder on disk, in Oxigraph: many processes read, one writes, a crash leaves whole speeches."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad, Triple

from kgraph.errors import GraphError
from kgraph.store import oxigraph
from kgraph.store.interface import Answer
from kgraph.store.locks import Lock
from kgraph.store.snapshots import Snapshots

if TYPE_CHECKING:
    import rdflib

_ATTEMPTS = 3  # a snapshot may be deleted between its number being read and its lock being taken


class FolderStore:
    """A store that outlives the process.

    Questions go to the newest snapshot; what is written is seen when the writing is over. Opening costs nothing: files
    are opened when something is asked.
    """

    local = True

    def __init__(self, folder: str | PathLike[str]) -> None:
        self._files = Snapshots(Path(folder))
        self._files.check()
        self._files.recover()
        self._writing: pyoxigraph.Store | None = None
        self._changed = False
        self._open: tuple[int, pyoxigraph.Store, Lock | None] | None = None

    @property
    def generation(self) -> int:
        return self._files.number

    @property
    def written(self) -> int:
        return self._files.published

    def _reader(self) -> pyoxigraph.Store:
        """The newest snapshot."""
        for _ in range(_ATTEMPTS):
            number = self._files.number
            if self._open and self._open[0] == number:
                return self._open[1]
            if number == 0:
                self._open = (0, pyoxigraph.Store(), None)
            elif lock := _held(self._files.path(number)):
                self._open = (number, _opened(self._files.path(number) / "quads"), lock)
        raise GraphError(f"{self._files.folder} changes faster than it can be read")

    @contextmanager
    def session(self) -> Iterator[None]:
        """What is written inside is published once, at the end; where nothing is written, nothing is published."""
        if self._writing is not None:
            yield
            return
        self._changed = False
        with self._files.writing(lambda: self._changed) as self._writing:
            try:
                yield
            finally:
                self._writing = None

    def _writer(self) -> pyoxigraph.Store:
        """The copy that is changed now."""
        assert self._writing is not None
        self._changed = True
        return self._writing

    def select(self, query: str) -> Answer:
        return oxigraph.select(self._reader(), query)

    def ask(self, query: str) -> bool:
        return oxigraph.ask(self._reader(), query)

    def construct(self, query: str) -> Iterator[Triple]:
        return oxigraph.construct(self._reader(), query)

    def update(self, text: str) -> None:
        with self.session():
            oxigraph.update(self._writer(), text)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        return oxigraph.quads(self._reader(), graph)

    def graphs(self) -> list[str]:
        return oxigraph.graphs(self._reader())

    def replace(self, graphs: Iterable[str], quads: Iterable[Quad]) -> None:
        with self.session():
            oxigraph.replace(self._writer(), graphs, quads)

    def load(self, quads: Iterable[Quad]) -> None:
        with self.session():
            self._writer().bulk_extend(quads)

    def load_file(self, path: Path) -> None:
        """Put a graph file in: the fast way, without a Python object for each triple."""
        with self.session():
            oxigraph.load_file(self._writer(), path)

    def beside(self) -> Path | None:
        number = self._files.number
        return self._files.path(number) if number else None

    def rdf(self) -> rdflib.Dataset:
        """An rdflib Dataset over the newest snapshot: it can be asked, not changed."""
        return oxigraph.as_rdflib(self._reader())

    def close(self) -> None:
        self._open = None

    def delete(self) -> None:
        """Delete the folder with all that is in it."""
        self.close()
        shutil.rmtree(self._files.folder)


def _held(folder: Path) -> Lock | None:
    """The lock of a snapshot, shared with other readers; None if the snapshot is gone."""
    with suppress(FileNotFoundError):
        lock = Lock(folder / "lock")
        if lock.take(alone=False) and (folder / "quads").is_dir():
            return lock
    return None


def _opened(folder: Path) -> pyoxigraph.Store:
    try:
        return pyoxigraph.Store.read_only(str(folder))
    except OSError as problem:
        raise GraphError(f"{folder} cannot be opened: {problem}") from problem

"""A folder with one copy that is written and, beside it, unchanging snapshots of it that any number may read.

::

    FOLDER/
      kgraph.json       what this folder is, and the form of it
      live/             the copy that is written: by one process at a time, which holds `lock`
      unpublished       stands while `live` may hold more than the newest snapshot
      snapshots/N/      quads/ (files shared with live/), what is derived from them, and `lock`, held by its readers
      current           N
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph

from kgraph.errors import GraphError, OutputError
from kgraph.store.locks import Lock

FORM, MARK = 1, "kgraph.json"


class Snapshots:
    """The files of a store in a folder, and who may touch them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.live, self._all = folder / "live", folder / "snapshots"
        self._current, self._unpublished = folder / "current", folder / "unpublished"
        self.published = -1  # number of the last snapshot made here

    def check(self) -> None:
        """See that this folder is such a store, or can become one. Raises `GraphError`."""
        mark = self.folder / MARK
        if mark.is_file():
            form = json.loads(mark.read_text("utf-8")).get("form")
            if form != FORM:
                raise GraphError(f"{self.folder} has form {form}; this version of kgraph reads form {FORM}")
        elif self.folder.exists() and (not self.folder.is_dir() or any(map(_is_strange, self.folder.iterdir()))):
            raise GraphError(f"{self.folder} is no graph of kgraph: name a new folder, or a file such as graph.ttl")

    @property
    def number(self) -> int:
        """Number of the newest snapshot; 0 where there is none yet."""
        try:
            return int(self._current.read_text("ascii"))
        except FileNotFoundError:
            return 0

    def path(self, number: int) -> Path:
        """Folder of a snapshot."""
        return self._all / f"{number:06}"

    @contextmanager
    def writing(self, changed: Callable[[], bool]) -> Iterator[pyoxigraph.Store]:
        """The live copy; if it has `changed`, a new snapshot is made at the end, also when the work ends in an error.

        Raises `OutputError` if another process is writing.
        """
        with self._locked():
            left_undone = self._unpublished.exists()
            self._unpublished.touch()
            store = _opened(self.live)
            try:
                yield store
            finally:
                if left_undone or changed():
                    self._publish(store)
                self._unpublished.unlink(missing_ok=True)

    def recover(self) -> None:
        """Make the snapshot that a killed writer left undone; whoever is writing now will do it otherwise."""
        if not self._unpublished.exists():
            return
        with suppress(OutputError), self.writing(lambda: False):
            pass

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            mark = self.folder / MARK
            if not mark.exists():  # before all else: what has no mark is somebody else's
                _write(mark, json.dumps({"form": FORM}))
            self._all.mkdir(exist_ok=True)
            lock = Lock(self.folder / "lock")
        except OSError as problem:
            raise OutputError(f"{self.folder} cannot be written ({problem.strerror})") from problem
        with lock:
            if not lock.take(alone=True):
                raise OutputError(f"another process is writing to {self.folder}: wait for it to end")
            yield

    def _publish(self, store: pyoxigraph.Store) -> None:
        store.flush()
        draft = self._all / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        store.backup(str(draft / "quads"))
        number = self.number + 1
        shutil.rmtree(self.path(number), ignore_errors=True)
        draft.rename(self.path(number))
        _write(self._current, str(number))
        self.published = number
        self._clear(number)

    def _clear(self, newest: int) -> None:
        """Delete the older snapshots that nobody reads."""
        for folder in self._all.iterdir():
            if folder.name != f"{newest:06}":
                with Lock(folder / "lock") as lock:
                    if lock.take(alone=True):
                        shutil.rmtree(folder, ignore_errors=True)


def _opened(folder: Path) -> pyoxigraph.Store:
    try:
        return pyoxigraph.Store(str(folder))
    except OSError as problem:
        raise OutputError(f"{folder} cannot be opened for writing: {problem}") from problem


def _is_strange(path: Path) -> bool:
    """Whether a file in a folder without mark is more than what a writer leaves that is killed as it begins."""
    return not path.name.startswith(f".{MARK}.")


def _write(path: Path, text: str) -> None:
    """A small file, whole or not at all, also when the power fails."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

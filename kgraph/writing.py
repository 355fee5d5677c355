"""Writing files whole or not at all."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path

from kgraph.errors import OutputError


def check_folder(folder: str | PathLike[str]) -> Path:
    """Make `folder` if needed and see that files can be written in it; raises `OutputError`."""
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".kgraph-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise OutputError(f"{folder}: cannot write here ({problem.strerror}); choose another folder") from problem
    return folder


def write_whole(path: str | PathLike[str], data: bytes | str) -> Path:
    """Write `data` (text as UTF-8 with LF) to a temporary name beside `path`, then rename; raises `OutputError`."""
    path = Path(path)
    waiting = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        waiting.write_bytes(data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data)
        os.replace(waiting, path)
    except OSError as problem:
        waiting.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({problem.strerror})") from problem
    return path

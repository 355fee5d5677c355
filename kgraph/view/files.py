"""Write a result whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from kgraph.errors import OutputError


def write_text(path: str | os.PathLike[str], text: str) -> Path:
    """Write `text` as UTF-8 with LF, whatever the locale; see `write_bytes`."""
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write under a temporary name, then rename: whole or not at all. Raises `OutputError`."""
    target = Path(path)
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise OutputError(f"{target} cannot be written: {problem.strerror}") from problem
    return target

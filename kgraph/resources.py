"""The one place that knows where bundled data lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kgraph.errors import LexiconError

_PACKAGE = Path(__file__).parent


@cache
def ontologies() -> Path:
    """Folder of the ontology, frame and cue files.

    Raises `LexiconError` if the installation lacks it.
    """
    for folder in (_PACKAGE / "ontologies", _PACKAGE.parent / "ontologies"):
        if (folder / "document.toml").is_file():
            return folder
    raise LexiconError(f"the bundled ontologies are missing beside {_PACKAGE}: reinstall kgraph")


def strings(table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """An array of bytes of an npz file as strings, which zero bytes part."""
    return tuple(bytes(table[name]).decode("utf-8").split("\0"))

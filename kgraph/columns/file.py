"""Columns in a file: arrays as they are in memory, no code inside."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from kgraph.columns.strings import Strings
from kgraph.columns.tables import Claims, Columns, Kind, Mentions, Sentences, SpeechHeader
from kgraph.errors import GraphError

FORM = 2  # of the file
NAME = "columns.npz"
_TABLES = {"sentences": Sentences, "mentions": Mentions, "claims": Claims}


def write_columns(columns: Columns, path: Path) -> None:
    """Write the tables to a file, whole or not at all. Raises `OSError`."""
    rest = {
        "form": FORM,
        "speeches": [asdict(header) for header in columns.speeches],
        "predicates": columns.predicates,
        "categories": columns.categories,
        "kinds": columns.kinds,
    }
    arrays = {"rest": _bytes(json.dumps(rest).encode("ascii")), **_strings("things", columns.things)}
    for name, kind in _TABLES.items():
        table = getattr(columns, name)
        for field in fields(kind):
            column = getattr(table, field.name)
            key = f"{name}.{field.name}"
            arrays |= _strings(key, column) if isinstance(column, Strings) else {key: column}
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    draft.replace(path)


def read_columns(path: Path) -> Columns | None:
    """The tables in a file; None if it is missing or of another form.

    Raises `GraphError` if it is damaged.
    """
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            rest = json.loads(arrays["rest"].tobytes())
            return _columns(arrays, rest) if rest["form"] == FORM else None
    except (OSError, ValueError, KeyError, EOFError) as problem:
        raise GraphError(f"{path.name} is damaged ({problem}): delete it, it will be made again") from problem


def _columns(arrays: Any, rest: dict[str, Any]) -> Columns:
    tables = {
        name: kind(*(_column(arrays, f"{name}.{field.name}") for field in fields(kind)))
        for name, kind in _TABLES.items()
    }
    return Columns(
        speeches=tuple(SpeechHeader(**header) for header in rest["speeches"]),
        things=_column(arrays, "things"),
        predicates=tuple(rest["predicates"]),
        categories=tuple(rest["categories"]),
        kinds={id_: Kind(*kind) for id_, kind in rest["kinds"].items()},
        **tables,
    )


def _column(arrays: Any, key: str) -> Any:
    if key in arrays:
        return arrays[key]
    return Strings(arrays[key + ".block"].tobytes(), arrays[key + ".ends"])


def _strings(key: str, strings: Strings) -> dict[str, np.ndarray]:
    return {key + ".block": _bytes(strings.block), key + ".ends": strings.ends}


def _bytes(data: bytes) -> np.ndarray:
    return np.frombuffer(data, dtype=np.uint8)

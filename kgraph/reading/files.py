"""Files and folders -> `Speech`es."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from kgraph.errors import SpeechError, SpeechNotFound
from kgraph.model import Speech
from kgraph.reading.text import parse_speech

SUFFIXES = (".txt", ".text")
_NOT_SPEECHES = ("readme", "licence", "license", "notice", "sources")


def find_files(paths: Iterable[str | PathLike[str]]) -> list[Path]:
    """Speech files in `paths`, folders searched through, sorted, each once.

    Raises `SpeechNotFound` for a path that does not exist and for a folder without speeches.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and _is_speech(p))
            if not inside:
                raise SpeechNotFound(f"{path}: no speeches in this folder (looked for {', '.join(SUFFIXES)})")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise SpeechNotFound(f"{path}: no such file or folder")
    return list(found)


def _is_speech(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts[-2:])
    return path.suffix.casefold() in SUFFIXES and path.stem.casefold() not in _NOT_SPEECHES and not hidden


def read_file(path: str | PathLike[str], doc: str | None = None) -> Speech:
    """Read one file (UTF-8, with or without byte order mark); `doc` defaults to the file's name.

    Raises `SpeechNotFound`, or `SpeechError` for an empty file, a binary one, or another encoding.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        raise SpeechNotFound(f"{path}: no such file") from problem
    except OSError as problem:
        raise SpeechError(f"{path}: cannot be read ({problem.strerror})") from problem
    return parse_speech(_decode(data, path), doc or path.name)


def _decode(data: bytes, path: Path) -> str:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SpeechError(f"{path}: this is a binary file; kgraph reads plain text (UTF-8)")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise SpeechError(
            f"{path}: not UTF-8 at byte {problem.start}; save the file as UTF-8 (iconv -t UTF-8 can do it)"
        ) from problem


def read(paths: Iterable[str | PathLike[str]]) -> Iterator[Speech]:
    """Speeches of files and folders, in order; two files of one name get their folder's name before it.

    Raises as `find_files` and `read_file`.
    """
    files = find_files(paths)
    names = [path.name for path in files]
    for path in files:
        unique = names.count(path.name) == 1
        yield read_file(path, path.name if unique else f"{path.parent.name}/{path.name}")

"""Files of quads, in every common format; the same graph always gives the same bytes.

| format | named graphs | order |
|---|---|---|
| Turtle, RDF/XML | flattened | header, entities, text |
| TriG, JSON-LD | kept | graph by graph, as above |
| N-Triples | flattened | sorted lines |
| N-Quads | kept | sorted lines, graph by graph |
"""

from __future__ import annotations

import gc
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kgraph.errors import GraphError, OutputError
from kgraph.rdf.namespaces import BASE, PREFIXES
from kgraph.rdf.order import in_order
from kgraph.rdf.sources import Name, Source, graphs_of, quads_of


class Format(StrEnum):
    """Formats by the ending of their files."""

    TURTLE = "ttl"
    TRIG = "trig"
    N_QUADS = "nq"
    N_TRIPLES = "nt"
    JSON_LD = "jsonld"
    RDF_XML = "rdf"


_RDF = {
    Format.TURTLE: RdfFormat.TURTLE,
    Format.TRIG: RdfFormat.TRIG,
    Format.N_QUADS: RdfFormat.N_QUADS,
    Format.N_TRIPLES: RdfFormat.N_TRIPLES,
    Format.JSON_LD: RdfFormat.JSON_LD,
    Format.RDF_XML: RdfFormat.RDF_XML,
}
_LINES = (Format.N_QUADS, Format.N_TRIPLES)
_FLAT = (Format.TURTLE, Format.N_TRIPLES, Format.RDF_XML)
_OTHER_ENDINGS = {"turtle": "ttl", "nquads": "nq", "ntriples": "nt", "json": "jsonld", "xml": "rdf", "owl": "rdf"}
_XMLNS = re.compile(rb' xmlns:\w+="[^"]*"')


def format_of(path: str | os.PathLike[str]) -> Format:
    """The format that the ending of a file name stands for.

    Raises `GraphError` if it stands for none.
    """
    ending = Path(path).suffix.lower().lstrip(".")
    try:
        return Format(_OTHER_ENDINGS.get(ending, ending))
    except ValueError:
        allowed = ", ".join(f".{one}" for one in Format)
        raise GraphError(f"{Path(path).name}: the ending says no format of graphs; known are {allowed}") from None


def write_graph(
    source: Source, path: str | os.PathLike[str], format: Format | None = None, *, base: str = BASE
) -> None:
    """Write quads to a file; it appears whole or not at all.

    Raises `GraphError` on an unknown ending and `OutputError` if the file cannot be written.
    """
    target, format = Path(path), format or format_of(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file, _collector_paused():
                file.writelines(_chunks(source, format, base))
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as problem:
        raise OutputError(f"{target}: cannot be written ({problem.strerror or problem})") from problem


def graph_bytes(source: Source, format: Format = Format.TURTLE, *, base: str = BASE) -> bytes:
    """Quads as the bytes of a file."""
    with _collector_paused():
        return b"".join(_chunks(source, format, base))


def read_graph(source: str | os.PathLike[str] | bytes | IO[bytes], format: Format | None = None) -> Iterator[Quad]:
    """Quads of a file, path or bytes (bytes need a `format`).

    Raises `GraphError` if they cannot be read or parsed; the message names line and column.
    """
    if isinstance(source, (str, os.PathLike)):
        yield from _read_file(Path(source), format or format_of(source))
    else:
        yield from _parsed(source, format or Format.TURTLE, "the graph")


def _read_file(path: Path, format: Format) -> Iterator[Quad]:
    try:
        with path.open("rb") as file:
            yield from _parsed(file, format, path.name)
    except OSError as problem:
        raise GraphError(f"{path}: cannot be read ({problem.strerror or problem})") from problem


def _parsed(data: bytes | IO[bytes], format: Format, name: str) -> Iterator[Quad]:
    try:
        yield from parse(data, format=_RDF[format])
    except SyntaxError as problem:
        raise GraphError(f"{name} is not {format.name.replace('_', '-')}: {problem}") from problem


def _serialized(statements: Iterable[Triple] | Iterable[Quad], format: Format, base: str | None = None) -> bytes:
    return serialize(statements, format=_RDF[format], prefixes=PREFIXES, base_iri=base) or b""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Millions of small objects without cycles: looking for cycles among them would double the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _chunks(source: Source, format: Format, base: str) -> Iterator[bytes]:
    if format in _LINES:
        return _lines(source, format)
    if format in _FLAT:
        return _flat((quad.triple for quad in quads_of(source)), format, base)
    return _json(source) if format is Format.JSON_LD else _trig(source, base)


def _lines(source: Source, format: Format) -> Iterator[bytes]:
    if format is Format.N_TRIPLES:
        triples = (quad.triple for quad in quads_of(source))
        yield from _sorted_lines(_serialized(triples, format))
        return
    for _, quads in graphs_of(source):
        yield from _sorted_lines(_serialized(quads, format))


def _sorted_lines(data: bytes) -> list[bytes]:
    return sorted(set(data.splitlines(keepends=True)))


def _flat(triples: Iterable[Triple], format: Format, base: str) -> Iterator[bytes]:
    body = _serialized(in_order(triples), format, base)
    if format is Format.RDF_XML:
        head, mark, rest = body.partition(b"<rdf:RDF")
        names, end, nodes = rest.partition(b">")
        yield head + mark + b"".join(sorted(_XMLNS.findall(names))) + _xml_base(names) + end + nodes
        return
    yield _header(base)
    yield _spaced(_without_header(body))


def _xml_base(names: bytes) -> bytes:
    found = re.search(rb' xml:base="[^"]*"', names)
    return found.group() if found else b""


def _trig(source: Source, base: str) -> Iterator[bytes]:
    yield _header(base)
    for name, quads in graphs_of(source):
        body = _serialized(_within(name, quads), Format.TRIG, base)
        yield _spaced(_without_header(body)).replace(b" .\n\n}", b" .\n}")


def _json(source: Source) -> Iterator[bytes]:
    inside = (quad for name, quads in graphs_of(source) for quad in _within(name, quads))
    data = _serialized(inside, Format.JSON_LD)
    yield data.replace(b'},{"@id":', b'},\n{"@id":') + b"\n"  # a line a node; inside a string the quotes are escaped


def _within(name: Name, quads: Iterable[Quad]) -> Iterator[Quad]:
    """`quads` of the graph `name` in order."""
    ordered = in_order(quad.triple for quad in quads)
    return (Quad(triple.subject, triple.predicate, triple.object, name) for triple in ordered)


def _header(base: str) -> bytes:
    """Prefixes in a fixed order: the library writes them in any."""
    lines = [f"@base <{base}> .", *(f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items()))]
    return "\n".join(lines).encode() + b"\n"


def _without_header(body: bytes) -> bytes:
    start = 0
    while body.startswith(b"@", start):
        start = body.index(b"\n", start) + 1
    return body[start:]


def _spaced(body: bytes) -> bytes:
    """An empty line before each subject: no literal holds a line end, they are escaped."""
    return b"\n" + body.replace(b" .\n", b" .\n\n").removesuffix(b"\n") if body else body

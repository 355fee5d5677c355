"""Reading Turtle into a folder on disk, and writing it from memory, against rdflib in memory.

Environment: as for ``ask``. All times are medians of several calls, except rdflib's writing.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import kgraph
from bench.clock import once
from bench.corpus import of_size

TRIPLES = int(os.environ.get("KGRAPH_BENCH_RDFLIB", "100000"))
READ, WRITE = 5, 20  # times faster
TIMES = 5


def main() -> int:
    """Print the ratios; 1 if a bound is not held."""
    import rdflib

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.ttl"
        kgraph.KnowledgeGraph(of_size(TRIPLES)).save(first)
        theirs_read, ours_read = _in_turn(
            lambda _: rdflib.Graph().parse(first), lambda n: kgraph.open(folder / f"{n}.kg").store.load_file(first)
        )
        kept, memory, graph = kgraph.open(folder / "0.kg"), kgraph.open(first), rdflib.Graph().parse(first)
        theirs_write, _ = once(lambda: graph.serialize(folder / "theirs.ttl"))
        disk_write, ours_write = _in_turn(
            lambda _: kept.save(folder / "ours.ttl"), lambda _: memory.save(folder / "again.ttl")
        )
        same = (folder / "ours.ttl").read_bytes() == first.read_bytes()
    print(
        f"{len(graph)} triples, processor time; read and written again the file is {'the same' if same else 'ANOTHER'}"
    )
    read, write, disk = theirs_read / ours_read, theirs_write / ours_write, theirs_write / disk_write
    print(f"read into a folder {ours_read:.2f} s, rdflib in memory {theirs_read:.2f} s: {_held(read, READ)}")
    print(f"write from memory {ours_write:.2f} s, rdflib {theirs_write:.2f} s: {_held(write, WRITE)}")
    print(f"write from the folder {disk_write:.2f} s: {disk:.1f} times")
    return 0 if same and read >= READ and write >= WRITE else 1


def _in_turn(one: Callable[[int], object], other: Callable[[int], object]) -> tuple[float, float]:
    """Median seconds of two calls that take turns, so that whatever slows the machine slows both."""
    times = [(once(lambda n=n: one(n))[0], once(lambda n=n: other(n))[0]) for n in range(TIMES)]
    return tuple(map(statistics.median, zip(*times, strict=True)))  # type: ignore[return-value]


def _held(ratio: float, bound: float) -> str:
    return f"{ratio:.1f} times (bound {bound}): {'held' if ratio >= bound else 'NOT HELD'}"

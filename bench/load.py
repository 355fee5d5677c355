"""Reading Turtle into a folder on disk, and writing it from memory, against rdflib in memory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import kgraph
from bench.clock import once
from bench.corpus import of_size

TRIPLES = int(os.environ.get("KGRAPH_BENCH_RDFLIB", "100000"))
READ, WRITE = 5, 20  # times faster


def main() -> int:
    """Print the ratios; 1 if a bound is not held."""
    import rdflib

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.ttl"
        kgraph.KnowledgeGraph(of_size(TRIPLES)).save(first)
        theirs_read, graph = once(lambda: rdflib.Graph().parse(first))
        theirs_write, _ = once(lambda: graph.serialize(folder / "theirs.ttl"))
        kg = kgraph.open(folder / "graph.kg")
        ours_read, _ = once(lambda: kg.store.load_file(first))
        disk_write, _ = once(lambda: kg.save(folder / "ours.ttl"))
        memory = kgraph.open(first)
        ours_write, _ = once(lambda: memory.save(folder / "again.ttl"))
        same = (folder / "ours.ttl").read_bytes() == first.read_bytes()
    print(
        f"{len(graph)} triples, processor time; read and written again the file is {'the same' if same else 'ANOTHER'}"
    )
    read, write = theirs_read / ours_read, theirs_write / ours_write
    print(
        f"read into a folder {ours_read:.2f} s, rdflib in memory {theirs_read:.2f} s: {read:.1f} times (bound {READ})"
    )
    print(f"write from the folder {disk_write:.2f} s: {theirs_write / disk_write:.1f} times")
    print(f"write from memory {ours_write:.2f} s, rdflib {theirs_write:.2f} s: {write:.1f} times (bound {WRITE})")
    return 0 if same and read >= READ and write >= WRITE else 1

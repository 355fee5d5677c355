"""Graphs to measure on: real extractions of a folder of speeches, kept between runs; copies where more are needed."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kgraph.extraction.corpus import Options, extract_speeches, run_of
from kgraph.model import Extraction, Run
from kgraph.rdf import to_quads
from kgraph.reading import find_files, read

SPEECHES = Path(os.environ.get("KGRAPH_BENCH_SPEECHES", "seeds"))
KEPT = Path(os.environ.get("KGRAPH_BENCH_FOLDER", "out/bench"))


def extractions() -> Iterator[Extraction]:
    """One for each speech of ``$KGRAPH_BENCH_SPEECHES`` (by default the seeds), read once by each lexicon and kept.

    They come in an order that depends on nothing but their names, so that the first ones are a fair sample.
    """
    folder = KEPT / f"extractions-{run().lexicon[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(find_files([SPEECHES]), key=lambda path: hashlib.sha256(path.name.encode("utf-8")).digest())
    missing = [path for path in files if not (folder / f"{path.name}.pkl").exists()]
    for found in extract_speeches(read(missing), Options()) if missing else ():
        (folder / f"{found.speech.doc}.pkl").write_bytes(pickle.dumps(found))
    for path in files:
        yield pickle.loads((folder / f"{path.name}.pkl").read_bytes())


def of_size(triples: int) -> Iterator[Extraction]:
    """Extractions that make about so many triples; the speeches come again under other names where they run out."""
    count, turn = 0, 0
    while True:
        for found in extractions():
            doc = found.speech.doc if turn == 0 else f"{turn}-{found.speech.doc}"
            yield replace(found, speech=replace(found.speech, doc=doc))
            count += sum(1 for _ in to_quads(found))
            if count >= triples:
                return
        turn += 1


def run() -> Run:
    """By what the extractions are made."""
    return run_of(Options())

"""A build killed at random moments leaves whole speeches, and goes on to the bytes of an undisturbed one.

Environment: ``KGRAPH_BENCH_KILLS``, ``KGRAPH_BENCH_KILL_SPEECHES``, and those of ``ask``.
"""

from __future__ import annotations

import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import kgraph
from bench.corpus import extractions, run
from kgraph.adding import put
from kgraph.rdf import canonical, graph_bytes
from kgraph.rdf.formats import Format

KILLS = int(os.environ.get("KGRAPH_BENCH_KILLS", "50"))
SPEECHES = int(os.environ.get("KGRAPH_BENCH_KILL_SPEECHES", "40"))
WRITER = "from bench.kill import write; import sys; write(*sys.argv[1:])"


def write(folder: str, given: str) -> None:
    """What the killed process does: add all speeches that are not yet there; `given` is a file of them."""
    chosen, made = pickle.loads(Path(given).read_bytes())
    print("begins", flush=True)
    kg = kgraph.open(folder)
    held = {header.doc for header in kg.source.speeches.values()}
    put(kg, (found for found in chosen if found.speech.doc not in held), made)


def main() -> int:
    """Kill, look, go on; 1 if anything was lost or halved."""
    whole = {found.speech.doc: canonical(found) for found in islice(extractions(), SPEECHES)}
    by = run()
    made = kgraph.KnowledgeGraph(whole.values(), run=by)
    expected, random_ = graph_bytes(made.store.quads(), Format.N_QUADS), random.Random(0)
    at, seconds = [], None
    with tempfile.TemporaryDirectory() as name:
        given = Path(name) / "given.pkl"
        given.write_bytes(pickle.dumps((list(whole.values()), by)))
        for number in range(KILLS + 1):
            folder = Path(name) / f"{number}.kg"
            process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(given)], stdout=subprocess.PIPE)
            assert process.stdout
            process.stdout.readline()
            if seconds is None:  # the first runs to its end, and says how long that takes
                start = time.perf_counter()
                process.wait()
                seconds = time.perf_counter() - start
            else:
                time.sleep(random_.uniform(0, seconds * 1.1))
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
            process.stdout.close()
            with kgraph.open(folder) as kg:
                there = list(kg)
                at.append(len(there))
                if any(found != whole[found.speech.doc] for found in there):
                    print(f"kill {number}: a speech is not whole")
                    return 1
                put(kg, [found for doc, found in whole.items() if doc not in {one.speech.doc for one in there}], by)
                if graph_bytes(kg.store.quads(), Format.N_QUADS) != expected:
                    print(f"kill {number}: the finished graph is another one")
                    return 1
            kg.store.delete()
    inside = sum(0 < count < SPEECHES for count in at[1:])
    print(
        f"{KILLS} kills, {inside} of them amid the speeches: each graph opened, whole, and finished to the same bytes"
    )
    return 0

"""Questions to a folder on disk, in milliseconds at two sizes, and against rdflib's memory store.

Environment: ``KGRAPH_BENCH_SPEECHES`` (folder of speeches), ``KGRAPH_BENCH_SIZES`` (triples, two numbers),
``KGRAPH_BENCH_RDFLIB`` (triples for the comparison), ``KGRAPH_BENCH_FOLDER`` (where graphs are kept between runs).
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import kgraph
from bench.clock import median, once
from bench.corpus import KEPT, of_size, run
from bench.questions import LIMITS, QUESTIONS, prepare
from kgraph.rdf import to_quads

SIZES = [int(size) for size in os.environ.get("KGRAPH_BENCH_SIZES", "1000000 5000000").split()]
RDFLIB = int(os.environ.get("KGRAPH_BENCH_RDFLIB", "100000"))
GROWTH = 6  # at the second size a class of questions may take so many times as long
RATIO = 10  # so many times faster than rdflib, geometric mean


def stored(triples: int) -> Path:
    """A folder with a graph of so many triples, made once."""
    folder = KEPT / f"graph-{triples}.kg"
    if not (folder / "current").exists():
        made = run()
        with kgraph.open(folder) as kg:
            kg.store.load(quad for found in of_size(triples) for quad in to_quads(found, made))
    return folder


def main() -> int:
    """Print the tables; 1 if a bound is not held."""
    KEPT.mkdir(parents=True, exist_ok=True)
    held = [*_absolute(), _against_rdflib()]
    return 0 if all(held) else 1


def _absolute() -> Iterator[bool]:
    found: dict[int, dict[str, float]] = {}
    for size in SIZES:
        folder = stored(size)
        start = time.perf_counter()
        kg = kgraph.open(folder)
        len(kg.source.columns.claims)  # the first process reads them from the triples and leaves them beside
        prepared = time.perf_counter() - start
        seconds, kg = once(lambda folder=folder: kgraph.open(folder))
        first, _ = once(lambda kg=kg: kg.claims(subject="Russia", object="Ukraine"))
        prepare(kg)
        found[size] = {name: median(lambda ask=ask, kg=kg: ask(kg)) for name, (_, ask) in QUESTIONS.items()}
        claims, speeches = len(kg.source.columns.claims), len(kg)
        print(
            f"{size} triples, {speeches} speeches, {claims} claims: opened in {seconds * 1000:.0f} ms, first question "
            f"{first * 1000:.0f} ms; columns at hand after {prepared:.1f} s"
        )
        kg.close()
    print("\n| question | class | " + " | ".join(f"{size} triples, ms" for size in SIZES) + " |")
    print("|---|---|" + "---|" * len(SIZES))
    for name, (kind, _) in QUESTIONS.items():
        print(f"| {name} | {kind} | " + " | ".join(f"{found[size][name] * 1000:.1f}" for size in SIZES) + " |")
    for kind, limit in LIMITS.items():
        medians = [statistics.median(found[size][n] for n, (k, _) in QUESTIONS.items() if k == kind) for size in SIZES]
        growth = medians[-1] / medians[0]
        ok = medians[0] <= limit and (len(SIZES) < 2 or growth <= GROWTH)
        told = ", ".join(f"{value * 1000:.1f} ms" for value in medians)
        bound = f"bound {limit * 1000:.0f} ms, and {GROWTH} times as much"
        print(f"{kind}: median {told}, {growth:.1f} times ({bound}): {'held' if ok else 'NOT HELD'}")
        yield ok


def _against_rdflib() -> bool:
    import rdflib

    folder = stored(RDFLIB)
    path = KEPT / f"graph-{RDFLIB}.ttl"
    kg = kgraph.open(folder)
    kg.save(path)
    graph = rdflib.Graph().parse(path)
    print(f"\nagainst rdflib in memory, {len(graph)} triples\n")
    print("| question | kgraph, ms | rdflib, ms | times |\n|---|---|---|---|")
    ratios = []
    prepare(kg)
    prepare(graph)
    for name, (_, ask) in QUESTIONS.items():
        ours = median(lambda ask=ask: ask(kg))
        theirs, _ = once(lambda ask=ask: ask(graph))
        ratios.append(theirs / ours)
        print(f"| {name} | {ours * 1000:.1f} | {theirs * 1000:.1f} | {theirs / ours:.0f} |", flush=True)
    mean = math.exp(statistics.fmean(map(math.log, ratios)))
    print(f"geometric mean {mean:.0f} times (bound {RATIO}): {'held' if mean >= RATIO else 'NOT HELD'}")
    return mean >= RATIO

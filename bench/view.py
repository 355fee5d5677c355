"""How fast and how large the HTML graph is, in headless Chromium without a GPU: figures against the bounds we hold.

    python -m bench.view            # all rows
    python -m bench.view 62 1000    # some sizes (nodes)

A row past its bound is marked and makes the exit status 1. Bounds are for two otherwise idle cores.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

SIZES = {62: 88, 500: 1_200, 1_000: 2_300, 2_000: 4_600, 5_000: 11_500, 10_000: 23_000}
BUILD = {62: 0.5, 2_000: 4.0, 10_000: 15.0}  # seconds
BYTES = {62: 650_000, 500: 1_100_000, 5_000: 3_000_000}
READY = {62: 1.0, 1_000: 1.5, 10_000: 2.0}  # seconds, first view


@dataclass
class Row:
    """A figure with its bound, if we hold one."""

    what: str
    value: float
    unit: str
    bound: float | None = None

    @property
    def held(self) -> bool:
        return self.bound is None or self.value <= self.bound

    def __str__(self) -> str:
        limit = f"  (bound {self.bound:g})" if self.bound is not None else ""
        return f"{'ok  ' if self.held else 'OVER'} {self.what:<52} {self.value:>10.2f} {self.unit}{limit}"


def extractions(nodes: int) -> list[Any]:
    """The demonstration, or a random graph whose sentences are made of the seeds' words."""
    from view_examples import demo, large

    if nodes == 62:
        return demo()
    words = re.findall(
        r"\w+", " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    )
    random.Random(0).shuffle(words)
    return large(nodes, SIZES[nodes], words=words)


def build(nodes: int, folder: Path) -> tuple[Path, list[Row]]:
    """A page of so many nodes, and what it took."""
    from kgraph.lexicon import load_lexicon
    from kgraph.view import network_html, write_html

    lexicon, found = load_lexicon(), extractions(nodes)
    network_html(found[:1], lexicon)  # imports and caches
    start = time.perf_counter()
    html = network_html(found, lexicon, title=f"{nodes} nodes", version="bench")
    spent = time.perf_counter() - start
    path = write_html(folder / f"{nodes}.html", html)
    name = f"{nodes:,} nodes, {SIZES[nodes]:,} claims"
    size = Row(f"{name}: file", path.stat().st_size / 1e6, "MB", BYTES[nodes] / 1e6 if nodes in BYTES else None)
    return path, [Row(f"{name}: build", spent, "s", BUILD.get(nodes)), size]


CLICK = """async (value) => {
  const box = kgraph.legend.rows.find((r) => r.facet === "how" && r.values[0] === value).box;
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await painted();
  const start = performance.now();
  box.click();
  await painted();
  return performance.now() - start;
}"""
REDRAW = """() => {
  const times = [];
  for (let n = 0; n < 9; n++) {
    const start = performance.now();
    kgraph.stage.network.canvas.body.emitter.emit("_redraw");
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4];
}"""


def measure(nodes: int, path: Path, browser: Any) -> list[Row]:
    """Opens the page thrice; the medians."""
    runs = sorted((_open(path, browser) for _ in range(3)), key=lambda run: run[0])
    ready, click, redraw = runs[1][0], *(sorted(run[n] for run in runs)[1] for n in (1, 2))
    rows = [Row(f"{nodes:,} nodes: ready", ready / 1000, "s", READY.get(nodes))]
    rows.append(Row(f"{nodes:,} nodes, first view: filter to painted", click, "ms", 200))
    rows.append(Row(f"{nodes:,} nodes, first view: redraw", redraw, "ms", 16))
    return rows + (_all_drawn(path, browser) if nodes == 2_000 else [])


def _open(path: Path, browser: Any, all_nodes: bool = False) -> tuple[float, float, float]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri() + ("#nodes=100000" if all_nodes else ""))
    while page.evaluate("document.documentElement.dataset.ready") != "true":
        page.wait_for_timeout(20)
    ready = page.evaluate("performance.getEntriesByName('kgraph-ready')[0].startTime")
    page.evaluate(CLICK, "negated")
    click = max(page.evaluate(CLICK, "negated"), page.evaluate(CLICK, "hypothetical"))
    redraw = page.evaluate(REDRAW)
    page.close()
    return ready, click, redraw


def _all_drawn(path: Path, browser: Any) -> list[Row]:
    ready, click, redraw = sorted(_open(path, browser, all_nodes=True) for _ in range(3))[1]
    name = "2,000 nodes, all drawn"
    rows = [Row(f"{name}: ready", ready / 1000, "s")]
    return [*rows, Row(f"{name}: filter to painted", click, "ms", 700), Row(f"{name}: redraw", redraw, "ms", 100)]


def rows(sizes: list[int]) -> list[Row]:
    """All figures for these sizes, printed as they come."""
    from chromium import CHROMIUM, FLAGS
    from playwright.sync_api import sync_playwright

    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for nodes in sizes:
            path, built = build(nodes, Path(folder))
            made = built + measure(nodes, path, browser)
            print(*made, sep="\n", flush=True)
            found += made
        browser.close()
    return found


def main() -> int:
    """Exit status 1 where a bound is not held."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    return 0 if all(row.held for row in rows(sizes)) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Draws docs/graph.png and docs/evidence.png, the page of the seeds: ``python docs/make_screenshots.py``.

Needs Debian's chromium and playwright, as the tests do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "browser"))

SIZE = {"width": 1280, "height": 800}
BUSIEST = """() => {
  const links = [...kgraph.stage.links].filter((link) => link.family === "hostile").sort((a, b) => b.n - a.n);
  kgraph.select({ edge: [links[0].a, links[0].b] });
}"""


def main() -> None:
    """One picture of the first view, one of the sentences behind the thickest hostile line."""
    from chromium import CHROMIUM, FLAGS
    from playwright.sync_api import sync_playwright

    import kgraph

    kg = kgraph.build(HERE.parent / "seeds", progress=False)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = kg.to_html(Path(folder, "graph.html"), title="Two speeches to CIS security services")
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, "--hide-scrollbars"])
        page = browser.new_page(viewport=SIZE)
        page.goto(path.as_uri())
        page.locator("html[data-ready='true']").wait_for(state="attached")
        page.screenshot(path=str(HERE / "graph.png"))
        page.evaluate(BUSIEST)
        page.screenshot(path=str(HERE / "evidence.png"))
        browser.close()


if __name__ == "__main__":
    main()

"""Pages in Debian's headless Chromium, with everything recorded that a page must not do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM, FLAGS

sys.path.insert(0, str(Path(__file__).parent.parent))
SPY = """
addEventListener("securitypolicyviolation", (e) => {
  (globalThis.reports ||= []).push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker("browser")


@dataclass
class Opened:
    """A page and what it did."""

    page: Any
    url: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def js(self, code: str, argument: Any = None) -> Any:
        """The value of an expression or function."""
        return self.page.evaluate(code, argument)

    def ready(self, seconds: float = 20) -> Opened:
        """Wait until the first picture is painted."""
        self.until("document.documentElement.dataset.ready === 'true'", seconds)
        return self

    def until(self, code: str, seconds: float = 10) -> None:
        """Ask again until an expression holds (a waiting function would need eval, which the page forbids)."""
        end = time.monotonic() + seconds
        while not self.js(code):
            assert time.monotonic() < end, f"never: {code}; {self.errors}"
            self.page.wait_for_timeout(20)

    def settle(self) -> None:
        """Two painted frames."""
        self.js("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def foreign(self) -> list[str]:
        """Requests for anything but the page itself."""
        own = self.url.split("#")[0]
        return [r for r in self.requests if r.split("#")[0] != own and not r.startswith(("data:", "blob:"))]

    def reports(self) -> list[str]:
        """Violations of the security policy."""
        return self.js("globalThis.reports || []")

    def assert_clean(self) -> None:
        assert self.foreign() == []
        assert self.reports() == []
        assert self.errors == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Opened]]:
    """Function: file (and fragment, and options of a browser context) -> `Opened`."""
    contexts = []

    def open_(path: Path, fragment: str = "", **options: Any) -> Opened:
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 900}} | options)
        contexts.append(context)
        context.add_init_script(SPY)
        page = context.new_page()
        made = Opened(page, path.as_uri() + fragment)
        page.on("request", lambda request: made.requests.append(request.url))
        page.on("console", lambda m: made.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda problem: made.errors.append(str(problem)))
        page.on("dialog", lambda dialog: (made.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(made.url)
        return made

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, lexicon: Any) -> Path:
    """The demonstration graph: 62 nodes, 88 claims."""
    from view_examples import demo

    from kgraph.view import network_html, write_html

    html = network_html(demo(), lexicon, title="Threats named at two meetings", version="test")
    return write_html(tmp_path_factory.mktemp("pages") / "demo.html", html)


@pytest.fixture
def demo_page(visit: Callable[..., Opened], demo_file: Path) -> Opened:
    """The demonstration graph, opened and painted."""
    return visit(demo_file).ready()

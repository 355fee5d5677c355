"""axe-core finds nothing in ten states of the page (axe-core 4.14.1, MPL-2.0, lies in vendor/ for the tests alone)."""
# ruff: noqa: E501  (JavaScript inside)

from __future__ import annotations

from pathlib import Path

import pytest
from view_acceptance import hold
from view_examples import demo

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
CHECK = """async () => {
  const found = await axe.run(document, { preload: false, resultTypes: ["violations"] });
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")}`);
}"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NODE = "kgraph.goTo(kgraph.model.nodes.find((n) => n.label === 'Borland').i)"
STATES = {
    "open": ("", {}),
    "searched": (
        "() => { const s = document.getElementById('search'); s.focus(); s.value = 'a'; kgraph.search.look(); }",
        {},
    ),
    "node": (NODE, {}),
    "edge": ("() => { const l = kgraph.stage.links[0]; kgraph.select({ edge: [l.a, l.b] }); }", {}),
    "focus": ("kgraph.focusOn(0, 1)", {}),
    "table": ("kgraph.update({ view: 'table' })", {}),
    "dark": (NODE, {"color_scheme": "dark"}),
    "dialog": ("kgraph.keys.help()", {}),
    "phone": ("", PHONE),
    "all relation labels": ("kgraph.update({ labels: 'all' })", {}),
    "speech": ("kgraph.update({ view: 'speech', speech: 0 })", {}),
    "export, dark, phone": (
        "() => { kgraph.update({ theme: 'dark' }); document.getElementById('export').click(); }",
        PHONE,
    ),
    "node on a phone": (NODE, PHONE),
}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(visit, demo_file, name):
    action, options = STATES[name]
    opened = visit(demo_file, **options).ready()
    if action:
        opened.js(action)
        opened.settle()
    opened.js(AXE)
    found = opened.js(CHECK)
    hold(4, len(found), 0, what=f"{len(STATES)} states")
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_without_a_script(visit, lexicon, tmp_path, scheme):
    from kgraph.graph import KnowledgeGraph
    from kgraph.view import speech_html, write_html
    from kgraph.view.report import report_html

    pytest.importorskip("altair")
    pages = {"speech": speech_html(demo()[0], lexicon, graph="graph.html", version="test")}
    pages["report"] = report_html(KnowledgeGraph(demo(), lexicon), title="A report", version="test")
    for name, html in pages.items():
        opened = visit(write_html(tmp_path / f"{name}.html", html), color_scheme=scheme)
        opened.js(AXE)
        assert opened.js(CHECK) == []
        assert opened.js("document.documentElement.scrollWidth <= innerWidth")
        opened.assert_clean()


@pytest.mark.parametrize("options", [PHONE, {"viewport": {"width": 320, "height": 640}}])
def test_small_screens_need_no_sideways_scrolling(visit, demo_file, options):
    opened = visit(demo_file, **options).ready()
    assert opened.js("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    opened.js("kgraph.goTo(0)")
    assert opened.js("document.documentElement.scrollWidth") <= options["viewport"]["width"]


def test_targets_are_large_enough(visit, demo_file):
    small = """(least) => [...document.querySelectorAll("button, select, summary, input:not([type=checkbox]), label.row")]
      .filter((e) => e.offsetParent).map((e) => [e.id || e.className || e.textContent, e.getBoundingClientRect()])
      .filter(([, r]) => r.height > 0 && r.height < least - 0.5).map(([n, r]) => `${n} ${r.height}`)"""
    assert visit(demo_file).ready().js(small, 24) == []
    assert visit(demo_file, **PHONE).ready().js(small, 44) == []

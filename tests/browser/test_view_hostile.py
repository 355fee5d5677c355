"""Strings that want to run, hide or break things: nothing runs, nothing is asked for, nothing is lost."""

from __future__ import annotations

import csv
import io

import pytest
from view_acceptance import hold
from view_examples import HOSTILE, hostile, hostile_ids

from kgraph.view import network_html, speech_html, write_html
from kgraph.view.visible import visible


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory, lexicon):
    html = network_html(
        [*hostile(), *hostile_ids()], lexicon, title=HOSTILE[1] + HOSTILE[25], version="test", first=200
    )
    return write_html(tmp_path_factory.mktemp("hostile") / "page.html", html)


def walk(opened) -> None:
    opened.js("kgraph.update({ view: 'table' })")
    opened.js("for (let n = 0; n < 3; n++) document.getElementById('more-rows')?.click()")
    for n in range(0, len(HOSTILE), 2):
        opened.js("(n) => { kgraph.goTo(n); kgraph.hover({ node: n }, { x: 5, y: 5 }); }", n)
    opened.js("kgraph.update({ view: 'speech', speech: 3 })")
    opened.js("kgraph.update({ view: 'graph', labels: 'all' })")
    opened.js("dispatchEvent(new Event('beforeprint'))")
    opened.page.click("#export")
    with opened.page.expect_download():
        opened.page.click("#save-svg")
    opened.settle()


@pytest.mark.parametrize("pack", [True, False])
def test_no_script_runs_and_nothing_is_lost(visit, lexicon, tmp_path, pack):
    title = HOSTILE[1] + HOSTILE[25]
    html = network_html([*hostile(), *hostile_ids()], lexicon, title=title, version="test", first=200, pack=pack)
    opened = visit(write_html(tmp_path / "page.html", html)).ready()
    walk(opened)
    assert len(HOSTILE) >= 40
    hold(3, int(opened.js("globalThis.hit") is not None), 0, what=f"{len(HOSTILE) + 1} strings")
    opened.assert_clean()
    labels = set(opened.js("kgraph.model.nodes.map((n) => n.raw)"))
    clean = {bad for bad in HOSTILE if bad.isprintable() and not any("\ud800" <= c <= "\udfff" for c in bad)}
    assert clean <= labels
    assert opened.js("kgraph.model.nodes.some((n) => n.raw.includes('\\ud800'))")
    assert opened.js("Math.max(...kgraph.model.nodes.map((n) => n.label.length))") == 1_000_000
    assert opened.page.title() == title


def test_controls_are_seen(visit, hostile_file):
    opened = visit(hostile_file).ready()
    i = opened.js("kgraph.model.nodes.find((n) => n.raw.includes('\\u202e')).i")
    opened.js(f"kgraph.goTo({i})")
    assert opened.js("document.querySelector('#evidence h2').textContent") == visible("Abc\u202egnp.exe")


def test_only_web_addresses_become_links(visit, hostile_file):
    opened = visit(hostile_file).ready()
    hrefs = set()
    for n in range(0, 60, 3):
        hrefs |= set(
            opened.js(
                "(n) => { kgraph.goTo(n); return [...document.querySelectorAll('a[href]')].map((a) => a.href); }", n
            )
        )
    assert all(href.startswith(("https://", "file:")) for href in hrefs)


def test_cells_are_no_formulas(visit, hostile_file):
    csv.field_size_limit(4_000_000)  # one name is a million characters long
    opened = visit(hostile_file).ready()
    opened.page.click("#export")
    with opened.page.expect_download() as waiting:
        opened.page.click("#save-csv")
    with open(waiting.value.path(), encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(io.StringIO(file.read())) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t" and cell]
    assert "'=cmd|' /C calc'!A0" in cells


def test_right_to_left_names_are_written_from_the_right(visit, hostile_file):
    opened = visit(hostile_file).ready()
    i = opened.js("kgraph.model.nodes.find((n) => n.raw.startsWith('مرحبا')).i")
    opened.js(f"kgraph.goTo({i})")
    assert opened.js("getComputedStyle(document.querySelector('#evidence h2 bdi')).direction") == "rtl"


def test_a_speech_page_runs_nothing(visit, lexicon, tmp_path):
    for n, extraction in enumerate(hostile(long=5000)):
        html = speech_html(
            extraction, lexicon, graph="javascript:globalThis.hit=1" if n % 2 else "graph.html", version="test"
        )
        if n % 8 == 0:
            opened = visit(write_html(tmp_path / f"{n}.html", html))
            assert opened.js("globalThis.hit") is None
            opened.assert_clean()
        assert "<script" not in html.lower().replace("&lt;script", "")
        assert 'href="javascript:' not in html

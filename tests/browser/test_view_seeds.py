"""The page of the seeds as somebody uses it who never saw the project: only what can be seen is clicked."""
# ruff: noqa: E501  (JavaScript inside)

from __future__ import annotations

import re

import pytest
from view_acceptance import hold

from kgraph.view import network_html, write_html


@pytest.fixture(scope="module")
def seeds_file(kg, tmp_path_factory):
    return write_html(
        tmp_path_factory.mktemp("seeds") / "graph.html", network_html(kg, kg.lexicon, title="Two meetings", version="1")
    )


@pytest.fixture
def at(visit, seeds_file):
    return visit(seeds_file).ready()


def test_the_first_view_says_what_it_is(at):
    page = at.page
    assert "Who says what about whom in 2 speeches, 2014–2022." in page.locator("#lead").inner_text()
    assert "not a fact: click a line or a node" in page.locator("#lead").inner_text()
    assert "Stated as fact" in page.locator("#facet-how").inner_text()
    assert at.js("kgraph.stage.labels.length / kgraph.stage.nodes.length") > 0.9
    assert page.locator("#time").get_by_text("Claims by date of speech").is_visible()


def test_finding_a_node_who_threatens_it_the_sentence_and_the_way_back(at):
    page = at.page
    page.get_by_label("Find a node").fill("russ")
    page.get_by_role("option", name="Russia").first.click()
    panel = page.locator("#evidence")
    assert panel.get_by_role("heading", level=2).inner_text() == "Russia"
    assert panel.get_by_text("Who is said to do what to Russia").is_visible()
    threats = panel.locator(".brief dt", has_text=re.compile("^(threatens|attacks)$")).first
    names = threats.locator("xpath=following-sibling::dd[1]").get_by_role("button")
    who = names.first.inner_text().split(" ×")[0]
    names.first.click()
    assert re.sub(r"\s+", " ", panel.get_by_role("heading", level=2).inner_text()) == f"{who} → Russia"
    quote = panel.locator("blockquote").first
    assert quote.is_visible()
    said = at.js("kgraph.model.speeches.map((s) => s.text)")
    assert any(quote.inner_text().replace("\n", " ") in text.replace("\n", " ") for text in said)
    assert quote.locator("mark").count() >= 2
    assert "characters" in panel.locator(".source").first.inner_text()
    panel.get_by_role("button", name="Show in the speech").first.click()
    assert page.locator("#speech-view .trigger.target").is_visible()
    page.get_by_role("button", name="← Graph").click()
    panel.get_by_role("button", name="Close").click()
    assert page.locator("#counts").inner_text().split(" of ")[0] == at.js("String(kgraph.model.nodes.length)")
    at.assert_clean()


def test_negated_claims_alone_or_the_news_that_there_are_none(at):
    page = at.page
    page.locator("#facet-how label", has_text="Negated").dblclick()
    negated = at.js("kgraph.model.claims.filter((c) => c.negated).length")
    assert at.js("kgraph.view.matching.length") == negated
    if not negated:
        assert "and this graph has none" in page.locator("#empty").inner_text()
        page.get_by_role("button", name="Show everything").click()
        assert at.js("kgraph.view.matching.length === kgraph.model.claims.length")


def test_the_picture_is_taken_along(at):
    page = at.page
    page.get_by_role("button", name="Export…").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert waiting.value.suggested_filename == "two-meetings.png"
    with open(waiting.value.path(), "rb") as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"


def test_names_stand_apart_and_files_are_no_speakers(at, kg):
    pairs = at.js(
        """() => { const { labels } = kgraph.stage; let n = 0;
          labels.forEach((a, i) => labels.slice(i + 1).forEach((b) => { if (a.rect[0] < b.rect[2] && b.rect[0] < a.rect[2] && a.rect[1] < b.rect[3] && b.rect[1] < a.rect[3]) n++; }));
          return n; }"""
    )
    hold(10, pairs, 0, what="overlaps")
    assert all(f"Narrator of {e.speech.doc}" not in at.js("document.body.innerText") for e in kg)


def test_an_upright_screen_gets_an_upright_graph(visit, seeds_file):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    opened = visit(seeds_file, **phone).ready()
    wide, tall = opened.js(
        """() => { const xs = [...kgraph.stage.places.values()]; const span = (k) => Math.max(...xs.map((p) => p[k])) - Math.min(...xs.map((p) => p[k]));
          return [span("x"), span("y")]; }"""
    )
    assert tall > wide
    opened.js("kgraph.update({ view: 'table' })")
    assert opened.js("document.getElementById('table-view').scrollWidth <= innerWidth")
    cells = opened.page.locator("#table-view tbody tr").first.locator("td")
    assert cells.last.bounding_box()["width"] > 300


def test_a_tap_opens_the_sentences(visit, seeds_file):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    opened = visit(seeds_file, **phone).ready()
    x, y = opened.js(
        """() => { const box = kgraph.stage.holder.getBoundingClientRect();
          const d = kgraph.stage.network.canvasToDOM(kgraph.stage.places.get(0)); return [d.x + box.left, d.y + box.top]; }"""
    )
    opened.page.touchscreen.tap(x, y)
    opened.until("kgraph.state.node === 0")
    assert opened.page.locator("#evidence h2").is_visible()
    assert opened.js("document.documentElement.scrollWidth <= innerWidth")
    opened.assert_clean()


def test_what_the_page_exports_is_in_the_graph(at, kg):
    from pyoxigraph import RdfFormat, parse

    from kgraph.rdf import to_quads

    at.page.get_by_role("button", name="Export…").click()
    with at.page.expect_download() as waiting:
        at.page.get_by_role("button", name="Claims (Turtle)").click()
    with open(waiting.value.path(), "rb") as file:
        found = {str(quad.triple) for quad in parse(file.read(), format=RdfFormat.TURTLE)}
    whole = {str(quad.triple) for extraction in kg for quad in to_quads(extraction)}
    claims = sum(len(extraction.claims) for extraction in kg)
    assert found <= whole
    hold(14, claims - sum("ontology#claimant>" in triple for triple in found), 0, what="Turtle")

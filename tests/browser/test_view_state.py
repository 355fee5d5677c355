"""Filters, selection, focus, path, time: what they show, and that the address brings it back."""
# ruff: noqa: E501  (JavaScript inside)

from __future__ import annotations

from itertools import pairwise

import pytest
from view_acceptance import hold
from view_examples import large

from kgraph.view import network_html, write_html

COUNTS = "document.getElementById('counts').textContent"


def find(opened, label: str) -> int:
    return opened.js("(label) => kgraph.model.nodes.find((n) => n.label === label).i", label)


ACTIONS = {
    "only negated": "kgraph.legend.only('how', ['negated'])",
    "without threats": "() => { kgraph.state.hide.type.add('Threat'); kgraph.update(); }",
    "no relation": "() => { for (const p of kgraph.model.predicates) kgraph.state.hide.rel.add(p.name); kgraph.update(); }",
    "since 2022": "kgraph.update({ from: '2022-10-26' })",
    "node": "kgraph.goTo(3)",
    "link": "() => { const l = kgraph.stage.links[2]; kgraph.select({ edge: [l.a, l.b] }); }",
    "focus": "kgraph.focusOn(2, 2)",
    "path": "kgraph.findPath(10, 20)",
    "table, sorted": "kgraph.update({ view: 'table', sort: '-subject' })",
    "speech": "kgraph.update({ view: 'speech', speech: 1 })",
    "hidden node, labels, dark": "() => { kgraph.state.dropped.add(4); kgraph.update({ labels: 'all', theme: 'dark' }); }",
}


@pytest.mark.parametrize("name", ACTIONS)
def test_the_address_brings_a_view_back(visit, demo_file, name):
    first = visit(demo_file).ready()
    first.js(ACTIONS[name])
    first.settle()
    fragment = first.js("location.hash")
    assert fragment.startswith("#")
    again = visit(demo_file, fragment).ready()
    assert again.js("location.hash") == fragment
    assert again.js(COUNTS) == first.js(COUNTS)
    title = "document.querySelector('#evidence:not([hidden]) h2')?.textContent ?? ''"
    hold(13, int(again.js(title) != first.js(title)), 0)
    again.assert_clean()


def test_a_changed_address_is_obeyed(demo_page):
    demo_page.js("() => { location.hash = 'how=negated&view=table'; }")
    demo_page.until("kgraph.state.view === 'table'")
    assert demo_page.js("document.querySelectorAll('#table-view tbody tr').length") == demo_page.js(
        "kgraph.model.claims.filter((c) => c.negated).length"
    )


def test_a_meaningless_address_does_no_harm(visit, demo_file):
    opened = visit(demo_file, "#node=nobody&focus=%E0%A4%A&from=yesterday&nodes=-3&depth=9&link=a&view=<b>").ready()
    assert opened.js(COUNTS) == "62 of 62 nodes, 88 of 88 claims"
    opened.assert_clean()


def test_a_selection_dims_the_rest_and_names_its_relations(demo_page):
    borland = find(demo_page, "Borland")
    demo_page.js(f"kgraph.goTo({borland})")
    demo_page.settle()
    linked = demo_page.js("kgraph.stage.marked.nodes.size")
    assert 2 < linked < 62
    assert demo_page.js("kgraph.stage.linkLabels.length") > 0
    assert demo_page.js("kgraph.stage.labels.every((l) => kgraph.stage.marked.nodes.has(l.i))")


def test_the_camera_stays_when_the_panel_opens(demo_page):
    before = demo_page.js("[kgraph.stage.network.getViewPosition(), kgraph.stage.scale]")
    middle = demo_page.js(
        "() => { const w = kgraph.stage.holder.clientWidth; return kgraph.stage.nodes.find((n) => { const d = kgraph.stage.network"
        ".canvasToDOM(kgraph.stage.places.get(n.i)); return d.x < w - 420 && d.x > 100; }).i; }"
    )
    demo_page.js(f"kgraph.select({{ node: {middle} }})")
    assert demo_page.js("[kgraph.stage.network.getViewPosition(), kgraph.stage.scale]") == before


def test_focus_says_beforehand_how_many_nodes_it_shows(demo_page):
    demo_page.js("kgraph.goTo(5)")
    for depth in (1, 2, 3):
        button = demo_page.page.locator(f"#focus-{depth}")
        if not button.is_enabled():
            continue
        promised = int(button.text_content().split("(")[1].split()[0])
        button.click()
        assert demo_page.js("kgraph.view.nodes.size") == promised


def test_a_focus_is_radial_without_overlaps_and_leaves_no_trace(demo_page):
    camera = "[kgraph.stage.network.getViewPosition(), kgraph.stage.scale, [...kgraph.stage.places]]"
    before = demo_page.js(camera)
    arden = find(demo_page, "Arden")
    demo_page.js(f"kgraph.focusOn({arden}, 1)")
    demo_page.settle()
    assert demo_page.js(f"kgraph.stage.places.get({arden})") == {"x": 0, "y": 0}
    rooms = demo_page.js(
        "kgraph.stage.nodes.map((n) => ({ ...kgraph.stage.places.get(n.i), ...kgraph.stage.room(n.i) }))"
    )
    for n, a in enumerate(rooms):
        for b in rooms[n + 1 :]:
            apart = abs(a["x"] - b["x"]) >= a["half"] + b["half"]
            assert apart or a["y"] - a["above"] >= b["y"] + b["below"] or b["y"] - b["above"] >= a["y"] + a["below"]
    demo_page.page.keyboard.press("Escape")
    demo_page.js("kgraph.clear()")
    demo_page.page.wait_for_timeout(50)
    assert demo_page.js(camera) == before


def test_contradictions_come_first(demo_page):
    arden, borland = find(demo_page, "Arden"), find(demo_page, "Borland")
    demo_page.js(f"kgraph.select({{ edge: [{arden}, {borland}] }})")
    heads = demo_page.js("[...document.querySelectorAll('#evidence h3')].map((h) => h.textContent)")
    assert heads[0] == "Contradictions (2)"
    first = demo_page.js("[...document.querySelectorAll('#evidence .card')].slice(0, 2).map((c) => c.className)")
    assert sorted(first) == ["card fact opposed", "card negated opposed"]


def test_a_quotation_is_marked_and_located(demo_page):
    card = demo_page.js("() => { kgraph.goTo(0); return document.querySelector('#evidence .card').id.slice(5); }")
    found = demo_page.js(
        """(key) => { const card = document.getElementById(`card-${key}`);
          return { marks: [...card.querySelectorAll("mark")].map((m) => [m.className, m.textContent]),
                   source: card.querySelector(".source").textContent }; }""",
        card,
    )
    assert sorted(kind for kind, _ in found["marks"]) == ["object", "subject", "trigger"]
    assert "characters" in found["source"]


def test_a_path_joins_two_nodes(demo_page):
    a, b = find(demo_page, "Clara Sample"), find(demo_page, "Grey Sea")
    demo_page.js(f"kgraph.goTo({a})")
    demo_page.page.click("#path-from")
    demo_page.js(f"kgraph.pick({{ node: {b} }})")
    path = demo_page.js("kgraph.path")
    assert path[0] == a
    assert path[-1] == b
    links = demo_page.js("kgraph.model.claims.filter((c) => c.o >= 0).map((c) => [c.s, c.o])")
    joined = {frozenset(link) for link in links}
    assert all(frozenset(step) in joined for step in pairwise(path))


def test_a_pointer_finds_nodes_labels_and_links(demo_page):
    place = demo_page.js(
        """() => { const n = kgraph.stage.nodes[0]; const box = kgraph.stage.holder.getBoundingClientRect();
          const d = kgraph.stage.network.canvasToDOM(kgraph.stage.places.get(n.i)); return [n.i, d.x + box.left, d.y + box.top]; }"""
    )
    demo_page.page.mouse.click(place[1], place[2])
    demo_page.until(f"kgraph.state.node === {place[0]}")
    demo_page.js("kgraph.clear()")
    link = demo_page.js(
        """() => { const box = kgraph.stage.holder.getBoundingClientRect(); const { stage } = kgraph;
          for (const { link, course: c } of stage.linkItems) {
            const p = { x: 0.25 * c.x0 + 0.5 * c.cx + 0.25 * c.x1, y: 0.25 * c.y0 + 0.5 * c.cy + 0.25 * c.y1 };
            const hit = stage.hit(p);
            if (hit?.edge && hit.edge[0] === link.a && hit.edge[1] === link.b) {
              const d = stage.network.canvasToDOM(p);
              return [link.a, link.b, d.x + box.left, d.y + box.top];
            } } }"""
    )
    demo_page.page.mouse.click(link[2], link[3])
    demo_page.until(f"kgraph.state.edge?.[0] === {link[0]} && kgraph.state.edge[1] === {link[1]}")


def test_dragging_pins_a_node_and_reset_lets_it_go(demo_page):
    found = demo_page.js(
        """() => { const n = kgraph.stage.nodes[3]; const box = kgraph.stage.holder.getBoundingClientRect();
          const d = kgraph.stage.network.canvasToDOM(kgraph.stage.places.get(n.i)); return [n.i, d.x + box.left, d.y + box.top, kgraph.stage.places.get(n.i)]; }"""
    )
    i, x, y, before = found
    demo_page.page.mouse.move(x, y)
    demo_page.page.mouse.down()
    demo_page.page.mouse.move(x + 60, y + 40, steps=5)
    demo_page.page.mouse.up()
    demo_page.settle()
    assert demo_page.js(f"kgraph.stage.places.get({i})") != before
    assert demo_page.js(f"kgraph.stage.pinned.has({i})")
    demo_page.page.click("#reset")
    assert demo_page.js(f"kgraph.stage.places.get({i})") == before


def test_a_claim_and_its_words_lead_to_each_other(demo_page):
    demo_page.js("kgraph.goTo(0)")
    demo_page.page.click("#evidence .card .links button:has-text('Show in the speech')")
    assert demo_page.js("kgraph.state.view") == "speech"
    target = demo_page.page.locator("#speech-view .trigger.target")
    assert target.count() == 1
    target.click()
    assert demo_page.js("kgraph.state.view") == "graph"
    assert demo_page.js("document.querySelectorAll('#evidence .card.target').length") == 1


def test_filters_that_leave_nothing_say_why_and_let_go(demo_page):
    demo_page.js("() => { kgraph.state.hide.how = new Set(['fact', 'hypothetical', 'negated']); kgraph.update(); }")
    assert demo_page.js(COUNTS) == "0 of 62 nodes, 0 of 88 claims"
    assert "How claimed: nothing is ticked." in demo_page.page.locator("#empty").inner_text()
    demo_page.page.click("#show-everything")
    assert demo_page.js(COUNTS) == "62 of 62 nodes, 88 of 88 claims"
    assert demo_page.page.locator("#empty").is_hidden()


def test_a_graph_of_nothing_says_so(visit, lexicon, tmp_path):
    opened = visit(write_html(tmp_path / "nothing.html", network_html([], lexicon, version="test"))).ready()
    assert opened.page.locator("#empty").inner_text().strip() == "This graph holds no claims."
    opened.js("kgraph.update({ view: 'table' })")
    opened.assert_clean()


def test_what_the_page_leaves_out_is_said_where_it_is_seen(visit, lexicon, tmp_path):
    html = network_html(large(120, 300), lexicon, max_nodes=50, version="test")
    opened = visit(write_html(tmp_path / "part.html", html)).ready()
    said = opened.page.locator("#scale-row").inner_text()
    assert said.startswith("70 nodes and ")
    assert "are not in this page" in said


def test_of_many_links_the_negated_say_not(demo_page):
    texts = demo_page.js("kgraph.stage.linkLabels.map((label) => label.text)")
    dotted = demo_page.js("kgraph.stage.links.filter((link) => link.line === 'dotted').length")
    assert texts
    assert set(texts) == {"NOT"}
    assert len(texts) <= dotted


def test_vis_network_knows_the_pressed_node_alone(demo_page):
    assert demo_page.js("kgraph.stage.set.length") == 0
    x, y = demo_page.js(
        """() => { const box = kgraph.stage.holder.getBoundingClientRect();
          const d = kgraph.stage.network.canvasToDOM(kgraph.stage.places.get(5)); return [d.x + box.left, d.y + box.top]; }"""
    )
    demo_page.page.mouse.click(x, y)
    assert demo_page.js("kgraph.stage.set.getIds()") == [5]
    demo_page.page.keyboard.press("Escape")


def test_in_brief_leads_to_the_sentences(demo_page):
    arden = find(demo_page, "Arden")
    demo_page.js(f"kgraph.goTo({arden})")
    rows = demo_page.js("document.querySelectorAll('#evidence .brief dt').length")
    pairs = demo_page.js(
        f"new Set(kgraph.model.claims.filter((c) => c.o >= 0 && (c.s === {arden} || c.o === {arden})).map((c) => `${{c.s === {arden}}} ${{c.p}} ${{c.negated}}`)).size"
    )
    assert rows == pairs > 2
    demo_page.page.locator("#evidence .brief dd button").first.click()
    assert arden in demo_page.js("kgraph.state.edge")
    assert demo_page.page.locator("#evidence .card blockquote").first.is_visible()

"""What the page lets people take along is what the graph holds."""
# ruff: noqa: E501  (JavaScript inside)

from __future__ import annotations

import csv
import io

import pytest
from pyoxigraph import RdfFormat, parse
from view_acceptance import hold
from view_examples import demo

from kgraph.rdf import to_quads

KG = "https://w3id.org/kgraph/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def save(opened, ending: str) -> bytes:
    opened.page.click("#export")
    with opened.page.expect_download() as waiting:
        opened.page.click(f"#save-{ending}")
    with open(waiting.value.path(), "rb") as file:
        return file.read()


def triples(data: bytes) -> set[str]:
    return {str(quad.triple) for quad in parse(data, format=RdfFormat.TURTLE)}


def claims_in(found: set[str]) -> int:
    return sum(triple.endswith(f"<{RDF}type> <{KG}Claim>") or f"<{KG}Claim>" in triple for triple in found)


@pytest.fixture(scope="module")
def whole() -> set[str]:
    return {str(quad.triple) for extraction in demo() for quad in to_quads(extraction)}


def test_turtle_is_a_part_of_the_graph_with_every_claim(demo_page, whole):
    found = triples(save(demo_page, "ttl"))
    assert found <= whole
    assert claims_in(whole) == 88
    hold(14, claims_in(whole) - claims_in(found), 0, what="Turtle")
    assert {t for t in whole if f"<{RDF}object>" in t} <= found


def test_turtle_says_who_makes_the_claims(demo_page, whole):
    found = triples(save(demo_page, "ttl"))
    claimants = {t.rpartition(" ")[2] for t in whole if f"<{KG}claimant>" in t}
    assert claimants
    for claimant in claimants:
        assert {t for t in whole if t.startswith(f"{claimant} ") and ("#label>" in t or f"<{RDF}type>" in t)} <= found


def test_turtle_of_a_selection_holds_its_claims_only(demo_page, whole):
    demo_page.js("kgraph.goTo(0)")
    expected = demo_page.js("kgraph.chosenOrAll().length")
    found = triples(save(demo_page, "ttl"))
    assert claims_in(found) == expected < 88
    assert found <= whole


def test_csv_has_a_row_for_every_claim(demo_page):
    rows = list(csv.DictReader(io.StringIO(save(demo_page, "csv").decode("utf-8-sig"))))
    hold(14, abs(len(rows) - 88), 0, what="CSV")
    quotes = {claim.evidence.quote for extraction in demo() for claim in extraction.claims}
    assert {row["sentence"] for row in rows} == quotes
    texts = {extraction.speech.doc: extraction.speech.text for extraction in demo()}
    assert all(texts[row["document"]][int(row["start"]) : int(row["end"])] == row["sentence"] for row in rows)


def test_gexf_is_read_by_networkx(demo_page, tmp_path):
    import xml.etree.ElementTree as ET

    root = ET.fromstring(save(demo_page, "gexf"))
    space = {"g": "http://gexf.net/1.3"}
    assert len(root.findall(".//g:node", space)) == 62
    assert len(root.findall(".//g:edge", space)) == 87  # a trend has no other end


def test_pictures_are_pictures(demo_page):
    import xml.etree.ElementTree as ET

    svg = ET.fromstring(save(demo_page, "svg"))
    words = " ".join(svg.itertext())
    assert "Arden" in words
    assert "Borland" in words
    assert len(svg.findall(".//{http://www.w3.org/2000/svg}g/{http://www.w3.org/2000/svg}polygon")) > 40
    png = save(demo_page, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") > 2000
    demo_page.assert_clean()


def test_print_puts_the_figure_first(demo_page):
    pdf = demo_page.page.pdf(format="A4")
    assert pdf[:5] == b"%PDF-"
    demo_page.js("dispatchEvent(new Event('beforeprint'))")
    demo_page.page.emulate_media(media="print")
    boxes = demo_page.js(
        "['#print figure svg', '#print h2', '#top'].map((s) => { const r = document.querySelector(s).getBoundingClientRect();"
        " return [r.top, r.height, r.width]; })"
    )
    (top, height, _), (heading, _, _), (_, header, _) = boxes
    hold(20, (top + height) / 1050, 1)  # 297 mm less the margins, in px
    assert top < 20
    assert 200 < height < 1050
    assert heading >= height
    assert header == 0


def test_positions_can_be_read_back(demo_page):
    import json

    from kgraph.view import network_html, to_svg

    places = json.loads(
        demo_page.js(
            "() => JSON.stringify(Object.fromEntries([...kgraph.stage.places].map(([i, p]) => [kgraph.model.nodes[i].id, [p.x, p.y]])))"
        )
    )
    assert len(places) == 62
    first, place = next(iter(places.items()))
    from kgraph.lexicon import load_lexicon

    moved = to_svg(demo(), load_lexicon(), places={first: (place[0] + 500, place[1])})
    assert moved != to_svg(demo(), load_lexicon(), places=places)
    again = network_html(demo(), load_lexicon(), places={first: (1234.5, 6.7)}, pack=False)
    assert "1234.5,6.7" in again

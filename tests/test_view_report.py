"""Counts, charts, map and report."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from view_examples import Said, Script, demo, hostile, write

from kgraph.errors import OutputError
from kgraph.view import figure, tallies, world

pytest.importorskip("altair")


@pytest.fixture(scope="module")
def knowledge(lexicon):
    from kgraph.graph import KnowledgeGraph

    return KnowledgeGraph(demo(), lexicon)


def test_threats_by_year_count_every_dated_claim_that_names_one(lexicon):
    shown = figure(demo(), lexicon)
    rows = tallies.threats_by_year(shown, most=100)
    threats = {node.id for node in shown.nodes if node.type == "Threat"}
    expected = sum(len({arc.claim.subject, arc.claim.object} & threats) for arc in shown.arcs)
    assert sum(row["claims"] for row in rows) == expected
    assert {row["year"] for row in rows} == {"2014", "2022"}
    assert len(tallies.years(shown)) == 9


def test_what_is_named_together_is_symmetric_and_within_a_sentence(lexicon):
    said = [
        Said("terror", "threatens", "piracy"),
        Said("terror", "threatens", "arson"),
        Said("arson", "seeks", "famine"),
    ]
    types = dict.fromkeys(("terror", "piracy", "arson", "famine"), "Threat")
    rows = tallies.together(figure([write(Script("a.txt", "2020", said, types=types))], lexicon))
    count = {(row["one"], row["other"]): row["sentences"] for row in rows}
    assert count["Terror", "Piracy"] == count["Piracy", "Terror"] == 1
    assert count["Terror", "Famine"] == 0
    assert ("Terror", "Terror") not in count


def test_the_world_has_its_countries_and_closed_rings():
    features = world.countries()
    assert len(features) == 177
    assert {"RUS", "UKR", "USA", "CHN"} <= {feature.get("id") for feature in features}
    for feature in features:
        for polygon in feature["geometry"]["coordinates"]:
            assert all(ring[0] == ring[-1] for ring in polygon)


def test_hatching_stays_inside_the_disputed_areas():
    areas = world._read("disputed.json")["areas"].values()
    boxes = [(min(x for x, _ in a), min(y for _, y in a), max(x for x, _ in a), max(y for _, y in a)) for a in areas]
    lines = world.hatching()["geometry"]["coordinates"]
    assert len(lines) >= len(boxes)
    for line in lines:
        assert any(
            all(a - 0.02 <= x <= c + 0.02 and b - 0.02 <= y <= d + 0.02 for x, y in line) for a, b, c, d in boxes
        )


def test_the_users_own_boundaries_are_taken(tmp_path):
    own = tmp_path / "own.geojson"
    square = {"type": "Polygon", "coordinates": [[[0, 0], [0, 9], [9, 9], [0, 0]]]}
    feature = {"type": "Feature", "properties": {"iso3": "XYZ"}, "geometry": square}
    own.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert world.own_countries(own)[0]["id"] == "XYZ"
    own.write_text("[]")
    with pytest.raises(OutputError, match="GeoJSON"):
        world.own_countries(own)


@pytest.mark.parametrize(("format", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_charts_are_saved_without_a_browser(lexicon, tmp_path, format, start):
    from kgraph.view import charts

    path = charts.save_chart(charts.speaker_threat(demo(), lexicon), tmp_path / f"chart.{format}")
    assert path.read_bytes().startswith(start)
    with pytest.raises(OutputError, match="allowed: svg, png, pdf"):
        charts.save_chart(charts.speaker_threat(demo(), lexicon), tmp_path / "chart.gif")


def test_every_chart_draws_even_of_nothing(lexicon):
    from kgraph.view import charts

    for found in ([], demo()):
        for make in (charts.threat_timeline, charts.speaker_threat, charts.cooccurrence_matrix, charts.mention_map):
            assert charts.chart_bytes(make(found, lexicon), "svg").startswith(b"<svg")
    assert charts.chart_bytes(charts.state_matrix([]), "svg").startswith(b"<svg")


def test_a_report_puts_it_together(knowledge):
    from kgraph.view.report import report_html

    page = report_html(knowledge, title="A <report>", page="graph.html", quality={"Claim F1": "0.5"}, version="1")
    assert "<title>A &lt;report&gt;</title>" in page
    assert len(re.findall(r'<img alt="[^"]+" src="data:image/svg', page)) >= 4
    assert "Claim F1" in page
    assert 'href="graph.html"' in page
    assert "Arden — supports → Borland" in page
    assert "<script" not in page


def test_a_report_takes_what_evaluate_printed(knowledge, tmp_path):
    from kgraph.view.report import read_quality, report_html

    scores = tmp_path / "scores.md"
    head = "| | P | R | F1 | gold |\n|---|---|---|---|---|\n"
    scores.write_text(head + "| **claims** | 0.475 | 0.429 | 0.451 | 410 |\n| State | 1.000 | – | – | 0 |\n", "utf-8")
    assert read_quality(scores)["claims"] == "precision 0.475, recall 0.429, F1 0.451; 410 annotated"
    page = report_html(knowledge, quality=scores, version="1")
    assert "recall 0.429" in page
    assert "kgraph evaluate" not in page
    assert "kgraph evaluate" in report_html(knowledge, version="1")
    assert "claims are right (median 0.90)" in page
    scores.write_text("nothing")
    with pytest.raises(OutputError, match="no table of scores"):
        read_quality(scores)
    with pytest.raises(OutputError, match="missing"):
        read_quality(tmp_path / "missing.md")


def test_a_long_year_does_not_make_a_threat_common(lexicon):
    rows = tallies.threats_by_year(figure(demo(), lexicon), most=3)
    words = {e.speech.date[:4]: len(e.speech.text.split()) for e in demo()}
    assert all(row["rate"] == pytest.approx(1000 * row["claims"] / words[row["year"]], abs=0.001) for row in rows)
    from kgraph.view import charts

    spec = charts.threat_timeline(demo(), lexicon, per_words=True).to_dict(validate=False)
    assert "1,000 words" in spec["title"]
    assert "rate" in json.dumps(spec["spec"]["encoding"]["y"])


def test_a_report_of_hostile_strings_runs_nothing(lexicon):
    from kgraph.graph import KnowledgeGraph
    from kgraph.view.report import report_html

    fit = [replace(e, entities=tuple(replace(x, subtype=None) for x in e.entities)) for e in hostile(long=3000)]
    fit = [e for e in fit if not any("\ud800" <= c <= "\udfff" for c in e.speech.text)]
    page = report_html(KnowledgeGraph(fit, lexicon), title=fit[0].speech.title, page="javascript:x")
    assert "<script" not in page.lower()
    assert "javascript:x" not in page

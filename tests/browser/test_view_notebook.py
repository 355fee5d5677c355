"""Notebook output: draws in a frame without rights; leaves a picture and a table where frames are stripped."""

from __future__ import annotations

import re

import pytest
from view_examples import demo, hostile, large

from kgraph.view import show_claim, show_graph, show_speech


def test_the_frame_draws_without_rights(visit, lexicon, tmp_path):
    html = show_graph(demo(), lexicon, version="test")["text/html"]
    path = tmp_path / "cell.html"
    path.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><title>cell</title>{html}", encoding="utf-8")
    opened = visit(path)
    frame = opened.page.frames[1]
    for _ in range(300):
        if frame.evaluate("document.documentElement.dataset.ready") == "true":
            break
        opened.page.wait_for_timeout(20)
    assert frame.evaluate("document.getElementById('counts').textContent") == "62 of 62 nodes, 88 of 88 claims"
    frame.evaluate("kgraph.goTo(1)")
    assert frame.evaluate("document.querySelectorAll('#evidence .card').length") > 0
    assert opened.errors == []
    assert opened.foreign() == []


def test_without_frames_a_picture_and_a_table_stay(visit, lexicon, tmp_path):
    html = show_graph(demo(), lexicon)["text/html"]
    stripped = re.sub(r"<iframe.*?</iframe>", "", html, flags=re.DOTALL)
    path = tmp_path / "stripped.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8>{stripped.replace('<details>', '<details open>')}", encoding="utf-8"
    )
    opened = visit(path)
    opened.until("document.images[0].complete")
    assert opened.js("document.images[0].naturalWidth") > 400
    assert opened.page.locator("tbody tr").count() == 12


def test_large_graphs_keep_the_most_claimed_and_say_so(lexicon):
    bundle = show_graph(large(400, 900), lexicon)
    assert bundle["text/plain"].startswith("<graph of 150 nodes")
    assert "250 nodes with fewer claims are not shown here" in bundle["text/html"]
    assert len(bundle["text/html"]) < 1_500_000


def test_a_claim_shows_its_sentence_with_the_relation_marked(lexicon):
    made = demo()[0]
    html = show_claim(made.claims[0], made, lexicon)
    assert "<mark>opposes</mark>" in html
    assert "<u>Northern Council</u>" in html


def test_a_claim_of_a_graph_shows_itself_alone_and_with_marks(kg):
    row = max(kg.claims(), key=lambda claim: claim.confidence)
    plain, marked = row._repr_html_(), kg.show_claim(row).bundle["text/html"]
    for html in (plain, marked):
        assert f"characters {row.start:,}–{row.end:,}" in html
        assert row.doc in html
    assert "<mark>" in marked
    assert kg.show_claim(row.claim_id).bundle == kg.show_claim(row).bundle
    assert repr(kg.show_claim(row)).endswith(f"of {row.doc}>")
    with pytest.raises(LookupError):
        kg.show_claim("https://example.org/none")


def test_a_row_gets_no_markup_from_what_was_said(kg):
    from dataclasses import replace

    row = replace(kg.claims()[0], subject="<script>", quote="<img src=x>", doc="<b>", claimant="<i>")
    assert not re.search(r"<(script|img)\b", row._repr_html_())


def test_nothing_hostile_gets_out(lexicon):
    for extraction in hostile(long=2000):
        html = show_speech(extraction, lexicon) + "".join(show_claim(c, extraction, lexicon) for c in extraction.claims)
        outside = re.sub(r'srcdoc="[^"]*"', "", html)
        assert not re.search(r"<(script|img|svg|base|meta|form|a)\b", outside, re.IGNORECASE)

"""Figures, layout, labels, palette: what is drawn, where, and in which colours."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from view_acceptance import hold
from view_examples import Said, Script, demo, large, write

from kgraph.view import figure, layout
from kgraph.view.bundles import Line, bundles
from kgraph.view.labels import Box, box, radius, wrap
from kgraph.view.palette import palette


def overlaps(places, boxes) -> int:
    return sum(
        abs(p[0] - q[0]) < a.half + b.half and p[1] - a.above < q[1] + b.below and q[1] - b.above < p[1] + a.below
        for (p, a), (q, b) in itertools.combinations(zip(places, boxes, strict=True), 2)
    )


def test_the_demonstration_has_its_nodes_and_claims(lexicon):
    shown = figure(demo(), lexicon)
    assert (len(shown.nodes), len(shown.arcs)) == (62, 88)
    assert [n.claims for n in shown.nodes] == sorted((n.claims for n in shown.nodes), reverse=True)


def test_of_too_many_nodes_the_most_claimed_stay_and_the_rest_is_counted(lexicon):
    shown = figure(large(300, 700), lexicon, max_nodes=100)
    assert len(shown.nodes) == 100
    assert shown.omitted_nodes == 200
    assert len(shown.arcs) + shown.omitted_claims == 700
    assert all({a.claim.subject, a.claim.object} <= shown.index.keys() for a in shown.arcs)


def test_the_same_entity_in_two_speeches_is_one_node(lexicon):
    one = write(Script("a.txt", "2020", [Said("Arden", "threatens", "Borland")]))
    two = write(Script("b.txt", "2021", [Said("Borland", "opposes", "Arden")]))
    shown = figure([two, one], lexicon)
    assert len(shown.nodes) == 2
    assert [e.speech.doc for e in shown.speeches] == ["a.txt", "b.txt"]


def test_order_of_input_changes_nothing(lexicon):
    there, back = figure(demo(), lexicon), figure(demo()[::-1], lexicon)
    assert there.digest == back.digest


@pytest.mark.parametrize("size", [0, 1, 2, 30, 150, 600])
def test_boxes_stand_apart(size):
    rng = np.random.default_rng(size)
    boxes = [box("A name of some length " * (n % 3 + 1), n % 40) for n in range(size)]
    edges = [(n, int(rng.integers(n))) for n in range(1, size) if n % 7]
    places = layout(boxes, edges)
    assert len(places) == size
    if size <= 400:
        assert overlaps(places, boxes) == 0


def test_the_long_axis_lies_across():
    boxes = [Box(20, 10, 20)] * 40
    xs, ys = zip(*layout(boxes, [(n, n + 1) for n in range(39)]), strict=True)
    assert max(xs) - min(xs) > 2 * (max(ys) - min(ys))


def test_a_large_graph_keeps_what_is_linked_together(lexicon):
    """Linked nodes stand at less than half the distance of any two (from a random start: at 0.53 of it)."""
    shown = figure(large(1000, 2300), lexicon)
    edges = list(shown.pairs())
    places = np.array(layout([box(n.label, n.claims) for n in shown.nodes], edges))
    a, b = np.array([e for e in edges if e[0] != e[1]]).T
    linked = np.median(np.linalg.norm(places[a] - places[b], axis=1))
    rng = np.random.default_rng(0)
    any_two = np.median(
        np.linalg.norm(places[rng.integers(1000, size=4000)] - places[rng.integers(1000, size=4000)], axis=1)
    )
    assert linked < 0.5 * any_two


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=60))
def test_any_graph_is_laid_out_apart_and_alike_twice(edges):
    boxes = [Box(10 + n, 10, 25) for n in range(25)]
    places = layout(boxes, edges)
    assert overlaps(places, boxes) == 0
    assert places == layout(boxes, edges[::-1])


def test_another_process_lays_out_alike():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from view_examples import large\nfrom kgraph.lexicon import load_lexicon\n"
        "from kgraph.view import network_html\nimport hashlib\n"
        "page = network_html(large(400, 900), load_lexicon(), version='1')\n"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parent.parent,
        ).stdout
        for seed in ("1", "2")
    }
    hold(12, len(runs) - 1, 0)


def test_labels_are_wrapped_and_marks_grow_within_bounds():
    assert wrap("Council of Heads of Security Agencies and Special Services") == (
        "Council of Heads",
        "of Security",
        "Agencies and…",
    )
    assert all(len(line) <= 18 for line in wrap("x" * 1000))
    assert (radius(0), radius(1), radius(1000)) == (9, 9, 26)


def test_lines_say_how_claims_are_made(lexicon):
    from kgraph.model import Modality, Polarity

    said = [
        Said("Arden", "threatens", "Borland"),
        Said("Borland", "supports", "Arden", Polarity.NEGATED),
        Said("Corvia", "seeks", "Arden", modality=Modality.POSSIBLE),
        Said("Arden", "threatens", "Corvia"),
        Said("Arden", "threatens", "Corvia", Polarity.NEGATED),
    ]
    shown = figure([write(Script("a.txt", "2020", said))], lexicon)
    labels = {(shown.nodes[b.subject].label, shown.nodes[b.object].label): b for b in bundles(shown, lexicon)}
    assert labels["Borland", "Arden"].line is Line.DOTTED
    assert labels["Borland", "Arden"].label == "NOT supports"
    assert labels["Borland", "Arden"].twin
    assert labels["Corvia", "Arden"].line is Line.DASHED
    assert labels["Arden", "Corvia"].label == "threatens ×2 (1 negated)"


# Machado, Oliveira and Fernandes 2009, severity 1.
SEEN = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(colour: str, seen: str) -> np.ndarray:
    rgb = np.clip(np.array(SEEN[seen]) @ linear(colour), 0, 1)
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    xyz = np.array(to_xyz) @ rgb / [0.95047, 1, 1.08883]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    light = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) + 0.05 for c in (one, other))
    return light[1] / light[0]


@pytest.mark.parametrize("seen", SEEN)
def test_no_two_fills_look_alike(seen):
    fills = [style.fill for style in palette().types]
    least = min(np.linalg.norm(lab(a, seen) - lab(b, seen)) for a, b in itertools.combinations(fills, 2))
    hold(15, float(least), 15, "ΔE", f"fills, {seen}", most=False)


def test_shapes_differ_and_lines_and_outlines_are_seen():
    import json

    raw = json.loads(palette().raw)
    assert len({style.shape for style in palette().types}) == len(palette().types)
    for mode in ("light", "dark"):
        hold(15, contrast(raw["outline"][mode], raw["paper"][mode]), 3, ":1", f"outline, {mode}", most=False)
        assert all(contrast(family[mode], raw["paper"][mode]) >= 4.5 for family in raw["families"])

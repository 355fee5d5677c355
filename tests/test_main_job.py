"""Speeches in, graph out: the commands as a user types them, twice the same bytes, and what happens to bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def kgraph(*args: object, seed: str = "0", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kgraph.cli", *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1", **environment},
        cwd=ROOT,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two builds of the seeds under different hash seeds, the second by two processes."""
    folder = tmp_path_factory.mktemp("built")
    one = kgraph("build", SEEDS, "-o", folder / "one", seed="1")
    two = kgraph("build", SEEDS, "-o", folder / "two", "--workers", "2", seed="2", LC_ALL="C", PYTHONUTF8="0")
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    return folder, one


def test_same_bytes_whatever_the_hash_seed(built):
    folder, _ = built
    for name in ("graph.ttl", "graph.html"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


def test_summary_names_what_matters(built):
    _, run = built
    for name in (
        *("Russia", "Ukraine", "United States", "Belarus", "Kazakhstan", "Afghanistan"),
        *("terrorism", "drug trafficking", "illegal migration", "sabotage"),
        *("Nord Stream", "Crimean Bridge", "Kursk Nuclear Power Plant"),
        *("Commonwealth of Independent States", "Collective Security Treaty Organisation", "Islamic State", "Al-Qaeda"),
    ):
        assert name.casefold() in run.stdout.casefold(), f"{name} is missing from the summary"
    assert "olour revolution" in run.stdout or "olor revolution" in run.stdout
    assert "graph.ttl" in run.stdout
    assert run.stderr == ""


def test_only_the_files_promised(built):
    folder, _ = built
    assert sorted(path.name for path in (folder / "one").iterdir()) == ["graph.html", "graph.ttl"]


def test_turtle_is_the_same_graph_in_two_libraries_and_quotes_stand_in_the_text(built):
    import pyoxigraph
    import rdflib

    folder, _ = built
    path = folder / "one" / "graph.ttl"
    theirs = rdflib.Graph().parse(path)
    ours = set(pyoxigraph.parse(path=str(path)))
    assert len(theirs) == len(ours) > 1000
    triples = {" ".join(term.n3() for term in triple) for triple in theirs if not isinstance(triple[2], rdflib.Literal)}
    assert {
        f"{t.subject} {t.predicate} {t.object}" for t in ours if isinstance(t.object, pyoxigraph.NamedNode)
    } == triples


def test_extract_prints_one_record_a_speech():
    run = kgraph("extract", SEEDS, "--format", "jsonl")
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert [record["doc"] for record in records] == sorted(path.name for path in SEEDS.glob("*.txt"))
    for record in records:
        text = (SEEDS / record["doc"]).read_text(encoding="utf-8")
        ids = {entity["id"] for entity in record["entities"]}
        for claim in record["claims"]:
            assert claim["s"] in ids
            assert claim["o"] in ids or claim["p"] == "hasTrend"
            assert text[slice(*claim["span"])] == claim["quote"]
            assert claim["polarity"] in ("affirmed", "negated")
            assert claim["modality"] in ("asserted", "possible", "intended", "calledFor")
            assert claim["source"] in ids | {"speaker", "narrator"}
            assert claim["rule"]
        taken = sorted(span for entity in record["entities"] for span in entity["mentions"])
        assert all(a[1] <= b[0] for a, b in pairwise(taken))


def test_every_claim_is_whole(kg):
    for found in kg:
        text = found.speech.text
        for mention in found.mentions:
            assert text[mention.start : mention.end] == mention.quote
            assert mention.entity in found.by_id
        for claim in found.claims:
            evidence = claim.evidence
            assert text[evidence.start : evidence.end] == evidence.quote
            assert evidence.start <= evidence.trigger[0] < evidence.trigger[1] <= evidence.end
            assert claim.claimant in found.by_id
            assert claim.rule
            assert 0 < claim.confidence <= 1


def test_no_bare_triple_in_the_default_graph(kg):
    predicates = {f"https://w3id.org/kgraph/ontology#{name}" for name in kg.lexicon.predicates}
    lexicon_facts = {"partOf", "memberOf", "leads", "locatedIn"}
    used = {str(p) for _, p, _ in kg.rdf.default_graph}
    assert not used & predicates - {f"https://w3id.org/kgraph/ontology#{name}" for name in lexicon_facts}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "nothing.txt", "no such file"),
        (lambda folder: _file(folder / "empty.txt", b""), "empty"),
        (lambda folder: _file(folder / "binary.txt", b"\x00\x01\x02"), "binary"),
        (lambda folder: folder, "no speeches"),
    ],
    ids=["missing", "empty", "binary", "folder"],
)
def test_bad_input_is_one_clear_line(tmp_path, make, message):
    run = kgraph("build", make(tmp_path), "-o", tmp_path / "out")
    assert run.returncode in (1, 2)
    assert message in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert run.stdout == ""
    assert not list((tmp_path / "out").glob("*"))


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_output_that_cannot_be_written(tmp_path):
    (tmp_path / "out").write_text("a file, not a folder")
    run = kgraph("build", SEEDS, "-o", tmp_path / "out")
    assert run.returncode == 1
    assert "cannot write here" in run.stderr


def test_missing_model_names_the_install_command():
    run = kgraph("build", SEEDS, "--model", "en_core_web_none")
    assert run.returncode == 1
    assert "pip install en-core-web-sm" in run.stderr
    assert "Traceback" not in run.stderr


def test_version_and_help():
    assert kgraph("--version").stdout.startswith("kgraph 0.")
    shown = kgraph("--help").stdout
    for command in ("build", "extract", "evaluate"):
        assert command in shown
        assert "Example: kgraph" in kgraph(command, "--help").stdout

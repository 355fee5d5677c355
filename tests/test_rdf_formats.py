"""Extractions through every format and back; same bytes for the same graph; other programs read the same triples."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, Store
from rdf_strategies import extractions
from speeches import RUN, UKRAINE, both, first

from kgraph.errors import GraphError, OutputError
from kgraph.model import Entity, Extraction, Mention, Speech
from kgraph.rdf import (
    BASE,
    Format,
    canonical,
    flat_rdflib,
    format_of,
    graph_bytes,
    project,
    quads_of,
    read_graph,
    runs_of,
    to_extractions,
    to_quads,
    vocabulary,
    write_graph,
)

RDF12 = (Format.TURTLE, Format.TRIG, Format.N_QUADS, Format.N_TRIPLES)
RAPPER = {"ttl": "turtle", "trig": "trig", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml"}
HOSTILE = {
    "quotes": 'He said "no" and \'\'\' and """',
    "lines": "one\ntwo\r\nthree\rfour\ttab",
    "separators": "a\u2028b\u2029c\u0085d\u00a0e",
    "control": "a\x00b\x0cc\x1bd\x7fe",
    "surrogate": "a\ud800b\udfffc",
    "backslash": "\\u0041 \\\\ \\n \x0b\\",
    "markup": "</script><!-- ]]> &amp; <b>bold</b> {{x}} ${y}",
    "nonchars": "\ufffe\uffff\U0001ffff",
    "emoji": "e\u0301 \U0001f1fa\U0001f1e6 \u202eright\u202c to left",
    "turtle": "> . } @prefix a: <b> . <x> <y> <z> .",
    "line end": "stop .\n\n@base <x> .\n}",
    "empty": "",
    "spaces": "  both ends  ",
    "long": "\N{GREEK SMALL LETTER ALPHA}" * 1_000_000,
}


def dataset(**options) -> list:
    return [quad for extraction in both() for quad in to_quads(extraction, RUN, **options)]


@pytest.mark.parametrize("format", Format)
def test_round_trip(format):
    data = graph_bytes(dataset(), format)
    assert to_extractions(read_graph(data, format)) == both()
    assert runs_of(read_graph(data, format)) == {extraction.speech.doc: RUN for extraction in both()}


@pytest.mark.parametrize("format", Format)
def test_round_trip_beside_vocabulary_and_projection(format):
    everything = [*dataset(), *vocabulary(both()), *project(both())]
    assert to_extractions(read_graph(graph_bytes(everything, format), format)) == both()


@pytest.mark.parametrize("format", RDF12)
def test_round_trip_with_triple_terms(format):
    data = graph_bytes(dataset(rdf12=True), format)
    assert b"<<(" in data
    assert to_extractions(read_graph(data, format)) == both()


@pytest.mark.parametrize("format", Format)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(extraction=extractions())
def test_any_extraction_round_trips(format, extraction):
    data = graph_bytes(to_quads(extraction, RUN), format)
    assert to_extractions(read_graph(data, format)) == [canonical(extraction)]


@settings(max_examples=60, deadline=None)
@given(extraction=extractions())
def test_canonical_settles(extraction):
    assert canonical(canonical(extraction)) == canonical(extraction)


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_survives(format, text):
    speech = Speech(doc=f"{text[:99]}.txt", text=text, title=text, speaker=text[:99], source=text, place=text)
    data = graph_bytes(to_quads(Extraction(speech)), format)
    assert to_extractions(read_graph(data, format)) == [Extraction(speech)]


@pytest.mark.parametrize("format", Format)
def test_order_of_triples_does_not_matter(format):
    quads = dataset()
    expected = graph_bytes(quads, format)
    random.Random(7).shuffle(quads)
    assert graph_bytes(quads, format) == expected
    assert graph_bytes(quads + quads, format) == expected
    store = Store()
    store.extend(quads)
    assert graph_bytes(store, format) == expected


def test_same_bytes_in_another_process():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_rdf_formats import dataset, both\n"
        "from kgraph.rdf import Format, graph_bytes, vocabulary, project\n"
        "import hashlib\n"
        "quads = [*dataset(), *vocabulary(both()), *project(both())]\n"
        "print([hashlib.sha256(graph_bytes(quads, f)).hexdigest() for f in Format])"
    )
    seen = set()
    for seed in ("0", "1", "2"):
        env = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        root = Path(__file__).parent.parent
        seen.add(
            subprocess.run([sys.executable, "-c", code], env=env, cwd=root, check=True, capture_output=True).stdout
        )
    assert len(seen) == 1


def test_turtle_reads_in_the_order_of_the_text():
    turtle = graph_bytes(dataset(), Format.TURTLE).decode()
    told = ["a kg:Run", "a kg:Speech ", "a kg:Turn", "a kg:State", "poses a threat", "kg:threatens", "kg:hasTrend"]
    places = [turtle.index(words) for words in [*told[:4], 'oa:exact "International terrorism poses', *told[5:]]]
    assert places == sorted(places)


@pytest.mark.parametrize("format", Format)
def test_rdflib_and_pyoxigraph_read_the_same_triples(format):
    quads = [*dataset(), *vocabulary(both()), *project(both())]
    data = graph_bytes(quads, format)
    names = {"rdf": "xml", "jsonld": "json-ld", "nq": "nquads"}
    theirs = rdflib.Dataset() if format in ("trig", "nq", "jsonld") else rdflib.Graph()
    theirs.parse(data=data, format=names.get(format, format.value))
    assert set(quads_of(theirs)) == set(read_graph(data, format))


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed: apt-get install raptor2-utils")
@pytest.mark.parametrize("format", RAPPER)
def test_rapper_counts_the_same_triples(format, tmp_path):
    path = tmp_path / f"graph.{format}"
    quads = [*dataset(), *vocabulary(both()), *project(both())]
    write_graph(quads, path)
    told = subprocess.run(["rapper", "-c", "-i", RAPPER[format], str(path)], capture_output=True, text=True, check=True)
    assert f"returned {len(list(read_graph(path)))} triples" in told.stderr


def test_named_graphs_are_kept_or_flattened():
    kept = {format: {q.graph_name for q in read_graph(graph_bytes(dataset(), format), format)} for format in Format}
    assert {format.value for format, names in kept.items() if len(names) == 2} == {"trig", "nq", "jsonld"}
    assert {format.value for format, names in kept.items() if len(names) == 1} == {"ttl", "nt", "rdf"}


def test_flattening_merges_the_forms_of_an_entity():
    one, two = (
        Extraction(
            Speech(doc=doc, text=form),
            (Entity(UKRAINE, "State", "Ukraine", None, (form,)),),
            (Mention(0, 4, form, UKRAINE, "names"),),
        )
        for doc, form in (("a.txt", "Kiev"), ("b.txt", "Kyiv"))
    )
    quads = [*to_quads(one), *to_quads(two)]
    flat = to_extractions(read_graph(graph_bytes(quads, Format.TURTLE), Format.TURTLE))
    assert [x.entities[0].aliases for x in flat] == [("Kiev", "Kyiv")] * 2
    assert to_extractions(read_graph(graph_bytes(quads, Format.TRIG), Format.TRIG)) == [one, two]


@settings(max_examples=30, deadline=None)
@given(extraction=extractions())
def test_nothing_blank_nothing_twice(extraction):
    quads = list(to_quads(extraction, RUN))
    assert len(set(quads)) == len(quads)
    assert not [quad for quad in quads if type(quad.object).__name__ == "BlankNode"]
    assert len({quad.graph_name for quad in quads}) == 1


def test_triples_of_a_claim_stay_few():
    """A bound on the size of large graphs: 12 triples, and one each for a span, step or category."""
    claim = first().claims[0]
    subject = next(q.subject for q in to_quads(first()) if q.object == Literal(claim.rule))
    assert sum(q.subject == subject for q in to_quads(first())) == 15


def test_base_is_an_argument():
    base = "https://example.org/my/"
    quads = [quad for extraction in both() for quad in to_quads(extraction, RUN, base=base)]
    assert BASE not in graph_bytes(quads, Format.N_QUADS).decode()
    data = graph_bytes(quads, Format.TURTLE, base=base)
    assert data.startswith(b"@base <https://example.org/my/> .")
    assert to_extractions(read_graph(data)) == both()


def test_rdflib_dataset_as_source():
    theirs = rdflib.Dataset()
    theirs.parse(data=graph_bytes(dataset(), Format.N_QUADS), format="nquads")
    assert to_extractions(quads_of(theirs)) == both()
    assert graph_bytes(theirs, Format.TRIG) == graph_bytes(dataset(), Format.TRIG)


def test_flat_rdflib_holds_the_same_triples():
    quads = [*dataset(), *vocabulary(both())]
    parsed = rdflib.Graph().parse(data=graph_bytes(quads, Format.N_TRIPLES), format="nt")
    assert set(flat_rdflib(quads)) == set(parsed)
    with pytest.raises(GraphError, match="no triple terms"):
        flat_rdflib(dataset(rdf12=True))


def test_json_ld_is_json():
    assert len(json.loads(graph_bytes(dataset(), Format.JSON_LD))) == 2


def test_no_claim_stands_as_a_fact():
    statements = {(claim.subject, claim.predicate) for extraction in both() for claim in extraction.claims}
    bare = {(q.subject.value, q.predicate.value.rpartition("#")[2]) for q in dataset()}
    assert not statements & bare


def test_write_graph_leaves_nothing_half_written(tmp_path):
    def broken():
        yield from dataset()
        raise RuntimeError("lost")

    with pytest.raises(RuntimeError):
        write_graph(broken(), tmp_path / "graph.ttl")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OutputError, match="cannot be written"):
        write_graph(dataset(), tmp_path / "no such folder" / "graph.ttl")


def test_errors_name_what_is_wrong(tmp_path):
    with pytest.raises(GraphError, match=r"graph.csv.*\.ttl, \.trig"):
        format_of("graph.csv")
    path = tmp_path / "bad.ttl"
    path.write_text("<a> <b> .")
    with pytest.raises(GraphError, match=r"bad\.ttl is not TURTLE"):
        list(read_graph(path))
    with pytest.raises(GraphError, match="cannot be read"):
        list(read_graph(tmp_path / "missing.ttl"))

"""Stores: what is written is there, whole, for every reader; what is taken out is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from graph_servers import free_port
from graph_stores import SERVERS, empty_graph, in_memory
from speeches import RUN, extractions

import kgraph
from kgraph.adding import Added, put
from kgraph.errors import AmbiguousName, GraphError, NameLookupError, OutputError, StoreError
from kgraph.rdf import graph_bytes
from kgraph.rdf.formats import Format
from kgraph.store import FolderStore, MemoryStore

LOCAL = ["memory", "folder"]
ALL = [*LOCAL, *(pytest.param(kind, marks=pytest.mark.server) for kind in SERVERS)]


def exported(kg) -> bytes:
    """The whole graph, named graphs and all."""
    return graph_bytes(kg.store.quads(), Format.N_QUADS)


def built(found) -> bytes:
    return exported(kgraph.KnowledgeGraph(found, run=RUN))


def renamed(extraction, **header):
    return replace(extraction, speech=replace(extraction.speech, **header))


@pytest.fixture(params=ALL)
def kg(request, tmp_path):
    with empty_graph(request.param, tmp_path) as found:
        yield found


def test_adding_removing_and_changing_equals_a_build_from_nothing(kg):
    speeches = extractions()
    assert put(kg, speeches, RUN) == Added(5, 0, 0)
    assert exported(kg) == built(speeches)
    kg.remove("2012-keller.txt")
    assert exported(kg) == built([one for one in speeches if one.speech.doc != "2012-keller.txt"])
    assert kg.claims() == kgraph.KnowledgeGraph(kg.extractions, run=RUN).claims()
    shorter = replace(speeches[0], claims=speeches[0].claims[:1])  # read anew by another model: the same text
    assert put(kg, [shorter], RUN) == Added(0, 1, 0)
    retitled = renamed(speeches[1], text=speeches[1].speech.text + " ", title="Other words")
    assert put(kg, [speeches[1]], RUN) == Added(1, 0, 0)
    assert put(kg, [retitled], RUN) == Added(0, 1, 0)
    kept = {one.speech.doc: one for one in speeches if one.speech.doc != "2012-keller.txt"}
    expected = {**kept, shorter.speech.doc: shorter, retitled.speech.doc: retitled}
    assert exported(kg) == built(expected.values())
    assert kg.stats() == kgraph.KnowledgeGraph(expected.values(), run=RUN).stats()


def test_reading_back_gives_the_same_extractions(kg):
    put(kg, extractions(), RUN)
    assert sorted(kg, key=lambda found: found.speech.doc) == extractions()
    assert len(kg) == 5


def test_removing_what_is_not_there_or_not_clear(kg):
    put(kg, extractions(), RUN)
    with pytest.raises(NameLookupError, match="2012-keller"):
        kg.remove("2012-kelle.txt")
    with pytest.raises(AmbiguousName):
        kg.remove("Words of 2014")
    assert len(kg) == 5


def test_rdflib_sees_the_same_data_wherever_it_lies(kg):
    import rdflib

    put(kg, extractions(), RUN)
    asked = "SELECT ?doc { ?speech a kg:Speech ; dct:identifier ?doc ; dct:date ?date } ORDER BY ?doc"
    names = {"kg": "https://w3id.org/kgraph/ontology#", "dct": "http://purl.org/dc/terms/"}
    found = [str(row.doc) for row in kg.rdf.query(asked, initNs=names)]
    assert found == [one.speech.doc for one in extractions() if one.speech.date]
    assert isinstance(kg.rdf, rdflib.Dataset)
    assert len(list(kg.rdf.subjects(rdflib.RDF.type, rdflib.URIRef(names["kg"] + "Claim"), unique=True))) == 14


def test_rdflib_cannot_change_a_snapshot(tmp_path):
    import rdflib

    with kgraph.open(tmp_path / "kg") as kg:
        put(kg, extractions(), RUN)
        with pytest.raises(OutputError, match="update=True"):
            kg.rdf.add((rdflib.URIRef("a:s"), rdflib.URIRef("a:p"), rdflib.Literal("o")))
        with pytest.raises(OutputError, match="update=True"):
            kg.rdf.update("CLEAR ALL")
        assert exported(kg) == built(extractions())


def test_rdflib_sees_and_changes_memory():
    kg = in_memory()
    dataset = kg.rdf
    assert len(list(dataset.query("SELECT ?claim { ?claim a kg:Claim }"))) == len(kg.claims())
    claim = kg.claims(predicate="accuses")[0]
    dataset.update(f"DELETE WHERE {{ GRAPH ?g {{ <{claim.claim_id}> ?p ?o }} }}")
    assert not kg.claims(predicate="accuses")


def test_a_folder_outlives_the_process(tmp_path):
    with kgraph.open(tmp_path / "kg") as kg:
        put(kg, extractions(), RUN)
    code = "import sys, kgraph; print(len(kgraph.open(sys.argv[1]).claims(about='Russia')))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "kg")], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == len(in_memory().claims(about="Russia"))


def test_readers_go_on_while_one_writes(tmp_path):
    writer, reader = kgraph.open(tmp_path / "kg"), kgraph.open(tmp_path / "kg")
    put(writer, extractions()[:2], RUN)
    before = reader.claims()
    with writer.store.session():
        put(writer, extractions()[2:], RUN)
        assert reader.claims() == before
        with pytest.raises(OutputError, match="another process is writing"):
            put(kgraph.open(tmp_path / "kg"), extractions(), RUN)
    assert len(reader.claims()) == len(in_memory().claims())


def test_a_change_while_all_triples_are_read(tmp_path, monkeypatch):
    writer, reader = kgraph.open(tmp_path / "kg"), kgraph.open(tmp_path / "kg")
    put(writer, extractions()[:4], RUN)
    (writer.store.beside() / "columns.npz").unlink()
    real, calls = kgraph.query.source.scan, []

    def disturbed(asked):
        calls.append(real(asked))
        if len(calls) == 1:
            put(writer, extractions()[4:], RUN)
        return calls[-1]

    monkeypatch.setattr("kgraph.query.source.scan", disturbed)
    beside = reader.store.beside()
    assert reader.claims() == in_memory().claims()
    assert writer.claims() == in_memory().claims()
    assert kgraph.open(tmp_path / "kg").claims() == in_memory().claims()
    assert reader.store.beside() != beside


def test_where_nothing_is_written_nothing_is_published(tmp_path):
    kg = kgraph.open(tmp_path / "kg")
    put(kg, extractions(), RUN)
    generation = kg.store.generation
    put(kg, [], RUN)
    with kg.store.session():
        pass
    assert kg.store.generation == generation
    assert not (tmp_path / "kg" / "unpublished").exists()


def test_what_a_killed_writer_left_is_published_by_the_next_one(tmp_path):
    kg = kgraph.open(tmp_path / "kg")
    put(kg, extractions(), RUN)
    (tmp_path / "kg" / "unpublished").touch()
    generation = kg.store.generation
    assert kgraph.open(tmp_path / "kg").store.generation == generation + 1
    (tmp_path / "kg" / "unpublished").touch()
    put(kg, [], RUN)
    assert kg.store.generation == generation + 2


def test_a_snapshot_that_is_read_is_kept(tmp_path):
    store = FolderStore(tmp_path / "kg")
    kg = kgraph.KnowledgeGraph(store)
    put(kg, extractions()[:1], RUN)
    old = kgraph.open(tmp_path / "kg")
    quads = old.store.quads()
    first = next(quads)
    for one in extractions()[1:]:
        put(kg, [one], RUN)
    assert first not in list(quads)
    assert len(list((tmp_path / "kg" / "snapshots").iterdir())) <= 3


def test_columns_beside_a_folder_are_made_again(tmp_path):
    kg = kgraph.open(tmp_path / "kg")
    put(kg, extractions(), RUN)
    expected = kg.claims()
    beside = kg.store.beside()
    assert [path.name for path in beside.glob("*.npz")] == ["columns.npz"]
    (beside / "columns.npz").unlink()
    assert kgraph.open(tmp_path / "kg").claims() == expected
    (beside / "columns.npz").write_bytes(b"nonsense")
    with pytest.raises(GraphError, match=r"columns\.npz is damaged"):
        kgraph.open(tmp_path / "kg").claims()


def test_a_writer_killed_as_it_begins_leaves_no_stranger(tmp_path, monkeypatch):
    folder = tmp_path / "kg"
    folder.mkdir()
    (folder / ".kgraph.json.4711").write_text("{")
    steps, real = [], Path.mkdir

    def mkdir(self, *args, **named):
        steps.append((self.name, (folder / "kgraph.json").is_file()))
        real(self, *args, **named)

    with kgraph.open(folder) as kg:
        monkeypatch.setattr(Path, "mkdir", mkdir)
        put(kg, extractions(), RUN)
        assert exported(kg) == built(extractions())
    assert dict(steps)["snapshots"] is True  # the mark comes before what would look like somebody else's folder


def test_other_folders_are_left_alone(tmp_path):
    (tmp_path / "speech.txt").write_text("Words.")
    with pytest.raises(GraphError, match="no graph of kgraph"):
        kgraph.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["speech.txt"]


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq", "nt", "jsonld", "rdf"])
def test_opening_a_file(tmp_path, ending):
    path = in_memory().save(tmp_path / f"graph.{ending}")
    kg = kgraph.open(path)
    assert kg.claims() == in_memory().claims()
    assert len(kg) == 5
    if ending in ("ttl", "nt", "rdf"):  # no named graphs
        with pytest.raises(GraphError, match="without named graphs"):
            kg.remove("2012-keller.txt")
    else:
        kg.remove("2012-keller.txt")
        assert len(kg) == 4


def test_opening_what_is_no_graph(tmp_path):
    with pytest.raises(GraphError, match="does not exist"):
        kgraph.open(tmp_path / "nothing.ttl")
    (tmp_path / "bad.ttl").write_text("kg: this is no Turtle")
    with pytest.raises(GraphError, match=r"bad\.ttl"):
        kgraph.open(tmp_path / "bad.ttl")
    with pytest.raises(GraphError, match="endpoint"):
        kgraph.open(tmp_path / "kg", user="me")


def test_a_server_that_is_not_there():
    with pytest.raises(StoreError, match="cannot be reached"):
        kgraph.open(f"http://127.0.0.1:{free_port()}/query", retries=0).claims()


def test_one_transaction_a_speech():
    store = MemoryStore()

    def breaking():
        yield from kgraph.KnowledgeGraph(extractions()[:1])._quads()
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        store.replace([], breaking())
    assert not list(store.quads())


WRITER = """
import sys, time
sys.path.insert(0, sys.argv[2])
from speeches import RUN, extractions
import kgraph
from kgraph.adding import put
kg = kgraph.open(sys.argv[1])
held = {header.doc for header in kg.source.speeches.values()}
def slowly():
    for one in extractions():
        if one.speech.doc not in held:
            print(one.speech.doc, flush=True)
            yield one
put(kg, slowly(), RUN)
"""


@pytest.mark.parametrize("read", [1, 2, 4])
def test_a_killed_build_leaves_whole_speeches_and_goes_on(tmp_path, read):
    folder = tmp_path / "kg"
    command = [sys.executable, "-c", WRITER, str(folder), str(Path(__file__).parent)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(read):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    whole = {one.speech.doc: one for one in extractions()}
    with kgraph.open(folder) as kg:
        assert all(found == whole[found.speech.doc] for found in kg)
    subprocess.run(command, check=True, capture_output=True)
    with kgraph.open(folder) as kg:
        assert exported(kg) == built(extractions())

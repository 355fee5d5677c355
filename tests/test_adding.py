"""Files into a kept graph: what is unchanged is skipped, and the result is that of a build from nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kgraph
from kgraph.adding import Added
from kgraph.errors import SpeechError
from kgraph.model import Claim, Evidence, Modality, Polarity, Voice
from kgraph.rdf import graph_bytes
from kgraph.rdf.formats import Format

TEXTS = {
    "2014-03-01-one.txt": "Speaker: Anna Keller\nDate: 2014-03-01\n\nTerrorism threatens Ukraine. We support NATO.\n",
    "2015-03-01-two.txt": "Speaker: Anna Keller\nDate: 2015-03-01\n\nRussia attacked Ukraine. China helped Russia.\n",
    "2016-03-01-three.txt": "Speaker: Paolo Rossi\nDate: 2016-03-01\n\nRussia must not support terrorism in Syria.\n",
}


@pytest.fixture
def folder(tmp_path):
    """A folder of three short speeches."""
    place = tmp_path / "speeches"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def kg(tmp_path):
    with kgraph.open(tmp_path / "graph.kg") as found:
        yield found


def add(kg, paths, **choices) -> tuple[int, int, int]:
    done = kg.add(paths, progress=False, **choices)
    assert isinstance(done, Added)
    return done.new, done.changed, done.unchanged


def exported(kg) -> dict[Format, bytes]:
    """The graph in two formats, one with named graphs."""
    return {form: graph_bytes(kg.store.quads(), form) for form in (Format.TURTLE, Format.TRIG)}


def built(paths, **choices) -> dict[Format, bytes]:
    return exported(kgraph.build(paths, progress=False, **choices))


def test_adding_changing_and_removing_files_equals_a_build_from_nothing(kg, folder):
    first, second, third = sorted(folder.iterdir())
    assert add(kg, [first]) == (1, 0, 0)
    assert add(kg, folder) == (2, 0, 1)
    assert exported(kg) == built(folder)
    assert add(kg, folder) == (0, 0, 3)
    second.write_text(second.read_text(encoding="utf-8") + "Belarus supplies weapons.\n", encoding="utf-8")
    assert add(kg, folder) == (0, 1, 2)
    assert exported(kg) == built(folder)
    kg.remove(third.name)
    third.unlink()
    assert exported(kg) == built(folder)
    assert kg.claims() == kgraph.build(folder, progress=False).claims()


def test_a_header_that_changes_is_read_again(kg, folder):
    first = min(folder.iterdir())
    add(kg, folder)
    first.write_text(first.read_text(encoding="utf-8").replace("2014-03-01", "2014-03-02"), encoding="utf-8")
    assert add(kg, folder) == (0, 1, 2)
    assert exported(kg) == built(folder)


def test_another_threshold_reads_all_again(kg, folder):
    add(kg, folder)
    assert add(kg, folder, min_confidence=0.5) == (0, 3, 0)
    assert exported(kg) == built(folder, min_confidence=0.5)
    assert add(kg, folder, min_confidence=0.5) == (0, 0, 3)


def test_another_lexicon_and_other_corrections_read_all_again(kg, folder, tmp_path):
    add(kg, folder)
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix kg: <https://w3id.org/kgraph/ontology#> .\n"
        '<https://example.org/brigade> a skos:Concept, kg:Organisation ; skos:prefLabel "Blue Brigade"@en .\n',
        encoding="utf-8",
    )
    assert add(kg, folder, ontology=[mine]) == (0, 3, 0)
    assert exported(kg) == built(folder, ontology=[mine])
    (folder / "judgements.toml").write_text(
        '[[reject]]\nname = "NATO"\ndoc = "2014-03-01-one.txt"\nreason = "not meant"\n', encoding="utf-8"
    )
    assert add(kg, folder, ontology=[mine]) == (0, 3, 0)
    assert exported(kg) == built(folder, ontology=[mine])


def finder(speech, doc, entities):
    """One claim: the first entity is part of the second."""
    one, other = sorted(entities)[:2]
    evidence = Evidence(0, len(speech.text), speech.text)
    yield Claim(
        one,
        "partOf",
        other,
        Polarity.AFFIRMED,
        Modality.ASSERTED,
        one,
        Voice.NARRATOR,
        evidence,
        "mine",
        confidence=0.9,
    )


def test_another_extractor_reads_all_again(kg, folder):
    add(kg, folder)
    assert add(kg, folder, extractors=[finder]) == (0, 3, 0)
    assert exported(kg) == built(folder, extractors=[finder])
    assert add(kg, folder, extractors=[finder]) == (0, 0, 3)
    assert add(kg, folder) == (0, 3, 0)
    assert exported(kg) == built(folder)


def test_two_files_of_one_name_are_not_confused(kg, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "2014-03-01-one.txt").write_text(TEXTS["2015-03-01-two.txt"], encoding="utf-8")
    with pytest.raises(SpeechError, match=r"speeches.*other.*rename"):
        kg.add([folder, other], progress=False)
    assert add(kg, [folder, folder / "2014-03-01-one.txt"]) == (3, 0, 0)


def test_an_unknown_choice_is_refused(kg, folder):
    with pytest.raises(TypeError, match=r"modle.*known: model"):
        kg.add(folder, modle="en_core_web_sm")
    with pytest.raises(TypeError, match="modle"):
        kgraph.build(folder, modle="en_core_web_sm")


READER = """
import sys, kgraph
kg = kgraph.open(sys.argv[1])
print(len(kg), flush=True)
for line in sys.stdin:
    print(len(kg), len(kg.claims()), flush=True)
"""


def test_several_processes_read_while_one_writes(kg, folder, tmp_path):
    first, second, third = sorted(folder.iterdir())
    add(kg, [first])
    command = [sys.executable, "-c", READER, str(tmp_path / "graph.kg")]
    readers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for _ in range(3)
    ]
    try:
        assert [reader.stdout.readline() for reader in readers] == ["1\n"] * 3
        with kg.store.session():
            add(kg, [second])
            assert {_asked(reader).split()[0] for reader in readers} == {"1"}  # nothing is published yet
        add(kg, [third])
        assert {_asked(reader) for reader in readers} == {f"3 {len(kg.claims())}\n"}
    finally:
        for reader in readers:
            reader.communicate()
    assert {reader.returncode for reader in readers} == {0}


def _asked(reader) -> str:
    reader.stdin.write("\n")
    return reader.stdout.readline()

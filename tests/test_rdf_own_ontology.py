"""A user's own Turtle file: its concepts are known, its labels win, its mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.errors import LexiconError
from kgraph.lexicon import load_lexicon
from kgraph.model import Entity, Extraction, Mention, Speech
from kgraph.rdf import Format, canonical, graph_bytes, read_graph, to_extractions, to_quads, validate, vocabulary

EXAMPLE = Path(__file__).parent.parent / "examples" / "own_ontology.ttl"
MINE = "https://example.org/biosecurity#"
EXPERIMENTS = MINE + "military-biological-experiments"
PREFIXES = """@prefix kg: <https://w3id.org/kgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix mine: <https://example.org/mine#> .
"""


def own(tmp_path: Path, turtle: str) -> Path:
    path = tmp_path / "mine.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def owners(lexicon, text: str) -> set[str]:
    return {label.concept for concept in lexicon.concepts.values() for label in concept.labels if label.text == text}


def test_concepts_classes_and_predicates_are_added():
    lexicon = load_lexicon([EXAMPLE])
    concept = lexicon.concepts[EXPERIMENTS]
    assert (concept.type, concept.subtype) == ("Threat", MINE + "BiosecurityThreat")
    assert lexicon.core_type(MINE + "BiosecurityThreat") == "Threat"
    assert lexicon.predicates[MINE + "experimentsIn"].parent == "engagesIn"
    assert lexicon.sha256 != load_lexicon().sha256


def test_own_labels_win_over_bundled_ones(tmp_path):
    russia = "https://w3id.org/kgraph/concept/state-ru"
    assert owners(load_lexicon(), "Russia") == {russia}
    path = own(tmp_path, 'mine:town a skos:Concept , kg:City ; skos:prefLabel "Russia"@en .')
    assert owners(load_lexicon([path]), "Russia") == {"https://example.org/mine#town"}
    assert load_lexicon([path]).concepts[russia].label == "Russia"
    assert owners(load_lexicon(), "Russia") == {russia}


def test_labels_can_be_added_to_a_bundled_concept(tmp_path):
    path = own(tmp_path, '<https://w3id.org/kgraph/concept/state-ru> skos:altLabel "Ruritania"@en .')
    assert owners(load_lexicon([path]), "Ruritania") == {"https://w3id.org/kgraph/concept/state-ru"}


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        ('mine:a a skos:Concept , kg:Sate ; skos:prefLabel "A"@en .', r"mine\.ttl.*mine#a.*Sate.*kgraph\.ttl"),
        ("mine:a a skos:Concept , kg:State .", r"mine\.ttl.*mine#a.*0 English skos:prefLabel; exactly one"),
        ('mine:a a skos:Concept , kg:State ; skos:prefLabel "A"@en , "B"@en .', r"mine\.ttl.*mine#a.*2 English"),
        ("mine:a a", r"mine\.ttl: not Turtle"),
    ],
)
def test_mistakes_name_file_subject_and_what_is_allowed(tmp_path, turtle, told):
    with pytest.raises(LexiconError, match=told):
        load_lexicon([own(tmp_path, turtle)])


def test_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"nowhere\.ttl: cannot be read"):
        load_lexicon([tmp_path / "nowhere.ttl"])
    with pytest.raises(LexiconError, match=r"nowhere\.ttl: cannot be read"):
        list(vocabulary([], [tmp_path / "nowhere.ttl"]))


@pytest.mark.parametrize("format", Format)
def test_own_classes_round_trip_and_conform(format):
    entity = Entity(
        EXPERIMENTS, "Threat", "military biological experiment", MINE + "BiosecurityThreat", ("experiment",)
    )
    found = Extraction(Speech("a.txt", "experiment"), (entity,), (Mention(0, 10, "experiment", EXPERIMENTS, "names"),))
    quads = [*to_quads(found), *vocabulary([found], [EXAMPLE])]
    assert validate(quads) == []
    assert to_extractions(read_graph(graph_bytes(quads, format), format)) == [canonical(found)]
    labels = {quad.object.value for quad in quads if quad.predicate.value.endswith("#prefLabel")}
    assert {"military biological experiment", "Biosecurity in speeches"} <= labels

"""The sentence encoder and the judge of pairs: word pieces, candidates, pairs, what is said when a file is broken."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.extraction.candidate import Candidate
from kgraph.extraction.claims.find import Reading
from kgraph.extraction.claims.judge import load_judge
from kgraph.extraction.claims.scoring import load_model
from kgraph.extraction.encoder import load_encoder
from kgraph.extraction.pieces import WordPieces
from kgraph.extraction.tree import Tree
from kgraph.model import Entity, Mention, Speech

KNOWN = {"Russia": "State", "Ukraine": "State", "NATO": "Organisation", "terrorism": "Threat", "Crimea": "Place"}


@pytest.fixture(scope="module")
def reading(nlp):
    """Function: a text with known names -> its `Reading`."""

    def read(text: str) -> Reading:
        found = [m for m in re.finditer(r"\w+", text) if m.group() in KNOWN]
        mentions = [Mention(*m.span(), m.group(), m.group(), "test") for m in found]
        entities = {m.group(): Entity(m.group(), KNOWN[m.group()], m.group()) for m in found}
        return Reading(Speech("test.txt", text), nlp(text), entities, mentions)

    return read


def scores(reading):
    encoded, _ = load_encoder().encode(reading.tree)
    judge, pairs = load_judge(), reading.pairs(load_model().types)
    relations, _ = judge.scores(pairs, encoded, reading.features, reading.turns, reading.situations)
    ends = [(pair.subject.entity, pair.object.entity) for pair in pairs]
    return dict(zip(ends, relations, strict=True)), judge.named.labels


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Zürich", ["zurich"]),
        ("anti-aircraft", ["anti", "-", "aircraft"]),
        ("Rosoboronexport’s", ["ro", "##so", "##boro", "##ne", "##x", "##port", "’", "s"]),
        ("   ", []),
        ("x" * 101, ["[UNK]"]),
        ("\u200b", []),
    ],
)
def test_words_fall_into_the_pieces_that_the_encoder_learned(word, pieces):
    known = load_encoder().pieces
    assert list(known.of(word)) == [known._numbers[piece] for piece in pieces]


def test_the_longest_known_piece_goes_first():
    pieces = WordPieces(["[CLS]", "[SEP]", "[UNK]", "nuc", "nuclear", "##lear", "##s", "s"])
    assert pieces.of("Nuclears") == (4, 6)
    assert pieces.of("nuke") == (2,)


def candidate(doc, word, kind):
    token = next(token.i for token in doc if token.text == word)
    return Candidate(token, token + 1, kind, "head", "NOUN")


def test_the_sentence_tells_what_kind_of_thing_a_word_means(nlp):
    doc = nlp("Hunger and war threaten millions of people.")
    threat, person = candidate(doc, "Hunger", "Threat"), candidate(doc, "Hunger", "Person")
    _, odds = load_encoder().encode(Tree(doc), [threat, person], [0.0, 0.0])
    assert odds[0] > odds[1] + 1


def test_names_of_the_lexicon_are_left_to_the_regressions(nlp):
    doc = nlp("NATO opposes terrorism.")
    name = candidate(doc, "NATO", "Organisation")._replace(rule="name")
    _, odds = load_encoder().encode(Tree(doc), [name], [0.7])
    assert odds == [0.7]


def test_what_regressions_rule_out_is_not_looked_at(nlp):
    doc = nlp("Hunger and war threaten millions.")
    _, odds = load_encoder().encode(Tree(doc), [candidate(doc, "Hunger", "Threat")], [-20.0])
    assert odds == [-20.0]


def test_every_sentence_is_encoded(nlp):
    tree = Tree(nlp("Russia attacked Ukraine. Nobody here was ever asked. Yes."))
    encoded, odds = load_encoder().encode(tree)
    assert [len(s.places) for s in encoded] == [last - first for first, last in tree.sentences]
    assert all(s.states.shape[0] == len(s.pieces) for s in encoded)
    assert odds == []


def test_who_does_what_depends_on_the_order_of_words(reading):
    one, labels = scores(reading("Russia attacked Ukraine."))
    attacks = labels.index("attacks")
    assert one["Russia", "Ukraine"][attacks] > 3 * one["Ukraine", "Russia"][attacks]


def test_a_sentence_is_judged_alike_wherever_it_stands(reading):
    alone, _ = scores(reading("Russia attacked Ukraine."))
    among, _ = scores(reading("NATO opposes terrorism in Crimea, as everybody here knows. Russia attacked Ukraine."))
    # Activations are rounded to 8 bits over a batch, so a trace of the neighbours remains.
    assert np.abs(alone["Russia", "Ukraine"] - among["Russia", "Ukraine"]).max() < 0.15


def test_no_pairs_are_no_scores(reading):
    now = reading("Russia attacked Ukraine.")
    encoded, _ = load_encoder().encode(now.tree)
    relations, modalities = load_judge().scores([], encoded, now.features, now.turns, now.situations)
    assert relations.shape == (0, 23)
    assert modalities.shape == (0, 4)


def test_a_very_long_sentence_is_read_to_its_limit(reading):
    found, _ = scores(reading("Russia attacked Ukraine, " + "and so on and so on " * 80 + "with terrorism in Crimea."))
    assert np.isfinite(list(found.values())).all()


LOADERS = {"encoder": load_encoder, "judge": load_judge}


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("broken", [b"", b"no graph"])
def test_a_broken_graph_is_named(tmp_path, name, broken):
    path = tmp_path / f"{name}.onnx"
    path.write_bytes(broken)
    path.with_suffix(".npz").write_bytes((resources.ontologies() / "weights" / f"{name}.npz").read_bytes())
    with pytest.raises(LexiconError, match=rf"{name}\.onnx: not a file of"):
        LOADERS[name](path)


@pytest.mark.parametrize("name", LOADERS)
def test_a_graph_without_its_table_is_named(tmp_path, name):
    path = tmp_path / f"{name}.onnx"
    path.write_bytes((resources.ontologies() / "weights" / path.name).read_bytes())
    with pytest.raises(LexiconError, match=rf"{name}\.onnx: not a file of"):
        LOADERS[name](path)

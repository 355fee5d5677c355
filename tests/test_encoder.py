"""The sentence encoder: word pieces, which pairs it looks at, what is said when its file is broken."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.extraction.claims import find_claims
from kgraph.extraction.claims.encoder import load_encoder
from kgraph.extraction.claims.find import Reading
from kgraph.extraction.claims.pieces import WordPieces
from kgraph.extraction.claims.scoring import load_model
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
    model, encoder = load_model(), load_encoder()
    pairs = reading.pairs(model.types)
    chosen = list(range(len(pairs)))
    relations, _ = encoder.scores(reading.tree, reading.turns, reading.situations, pairs, chosen)
    ends = [(pair.subject.entity, pair.object.entity) for pair in pairs]
    return dict(zip(ends, relations, strict=True)), encoder.named.labels


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


def test_who_does_what_depends_on_the_order_of_words(reading):
    one, labels = scores(reading("Russia attacked Ukraine."))
    attacks = labels.index("attacks")
    assert one["Russia", "Ukraine"][attacks] > one["Ukraine", "Russia"][attacks] + 1


def test_a_sentence_is_judged_alike_wherever_it_stands(reading):
    alone, _ = scores(reading("Russia attacked Ukraine."))
    among, _ = scores(reading("NATO opposes terrorism in Crimea, as everybody here knows. Russia attacked Ukraine."))
    # Activations are rounded to 8 bits over a batch, so a trace of the neighbours remains.
    assert np.abs(alone["Russia", "Ukraine"] - among["Russia", "Ukraine"]).max() < 1.0


def test_nothing_chosen_is_nothing_scored(reading):
    now = reading("Russia attacked Ukraine.")
    relations, modalities = load_encoder().scores(now.tree, now.turns, now.situations, [], [])
    assert relations.shape == (0, 23)
    assert modalities.shape == (0, 4)


def test_a_very_long_sentence_is_read_to_its_limit(reading):
    found, _ = scores(reading("Russia attacked Ukraine, " + "and so on and so on " * 80 + "with terrorism in Crimea."))
    assert np.isfinite(list(found.values())).all()


def test_pairs_below_the_gate_are_not_looked_at(nlp):
    text = "Russia attacked Ukraine."
    entities = {name: Entity(name, KNOWN[name], name) for name in ("Russia", "Ukraine")}
    mentions = [Mention(m.start(), m.end(), m.group(), m.group(), "test") for m in re.finditer("Russia|Ukraine", text)]

    def found(gate):
        model = replace(load_model(), gate=gate)
        return list(
            find_claims(Speech("test.txt", text), nlp(text), entities, mentions, min_confidence=0.0, model=model)
        )

    assert found(0.02)
    assert not found(0.999)


@pytest.mark.parametrize("broken", [b"", b"no graph"])
def test_a_broken_encoder_is_named(tmp_path, broken):
    path = tmp_path / "encoder.onnx"
    path.write_bytes(broken)
    path.with_suffix(".npz").write_bytes((resources.ontologies() / "weights" / "encoder.npz").read_bytes())
    with pytest.raises(LexiconError, match=r"encoder\.onnx: not a file of encoder weights"):
        load_encoder(path)


def test_an_encoder_without_its_table_is_named(tmp_path):
    path = tmp_path / "encoder.onnx"
    path.write_bytes((resources.ontologies() / "weights" / "encoder.onnx").read_bytes())
    with pytest.raises(LexiconError, match=r"encoder\.onnx: not a file of encoder weights"):
        load_encoder(path)

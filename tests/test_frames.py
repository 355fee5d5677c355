"""Frames: loaded and checked, and every one finds what its example marks."""

from __future__ import annotations

import pytest

from kgraph.errors import LexiconError
from kgraph.extraction.claims.examples import finds, plain
from kgraph.frames import load_frames

GOOD = """
predicate = "opposes"
object_types = ["Threat"]
[[frame]]
id = "combat"
kind = "verb"
subject = ["subj"]
object = ["obj"]
[frame.words]
combat = "<Russia> combats [terrorism]."
"""


@pytest.fixture(scope="module")
def frames():
    return load_frames()


def test_all_predicates_of_the_guidelines_have_frames(frames):
    assert len({frame.predicate for frame in frames}) == 24


def test_there_are_more_than_seven_hundred_words(frames):
    assert len({(frame.kind, frame.lemma, frame.words) for frame in frames}) >= 700


def test_ids_are_unique(frames):
    ids = [frame.id for frame in frames]
    assert len(ids) == len(set(ids))


def test_every_example_is_found(frames, nlp):
    docs = nlp.pipe([plain(frame.example) for frame in frames], batch_size=200)
    missed = [f"{frame.id}: {frame.example}" for frame, doc in zip(frames, docs, strict=True) if not finds(frame, doc)]
    assert not missed


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ('predicate = "opposes"', 'name = "opposes"', "'predicate' is missing"),
        ('kind = "verb"', 'kind = "verbal"', "kind 'verbal' is not one of verb, noun, adjective, mention"),
        ('object_types = ["Threat"]', 'object_types = ["Danger"]', "type 'Danger' is not one of Agreement"),
        ('object = ["obj"]', "", "needs slots for 'subject' and 'object'"),
        ('object = ["obj"]', 'object = ["obj"]\nobjects = ["obj"]', "unknown key 'objects'"),
        ("[terrorism]", "terrorism", "must mark <subject> and [object]"),
        ('[frame.words]\ncombat = "<Russia> combats [terrorism]."', "", "has no [frame.words]"),
        ('id = "combat"', "", "frame id None is missing"),
        ("[[frame]]", "[[frame", "opposes.toml: "),
    ],
)
def test_a_wrong_file_is_named_with_what_is_allowed(tmp_path, wrong, right, message):
    (tmp_path / "opposes.toml").write_text(GOOD.replace(wrong, right), encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        load_frames(tmp_path)
    assert message in str(error.value)
    assert "opposes.toml" in str(error.value)


def test_fixed_polarity_and_trend_are_read(tmp_path):
    text = GOOD.replace('kind = "verb"', 'kind = "verb"\npolarity = "negated"\nmodality = "possible"')
    (tmp_path / "opposes.toml").write_text(text, encoding="utf-8")
    [frame] = load_frames(tmp_path)
    assert (frame.polarity, frame.modality, frame.trend) == ("negated", "possible", None)
    assert frame.object_types == {"Threat"}

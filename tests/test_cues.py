"""The cue file: read, inverted, checked."""

from __future__ import annotations

import pytest

from kgraph.cues import load_cues
from kgraph.errors import LexiconError
from kgraph.resources import ontologies


@pytest.fixture
def mended(tmp_path):
    """Function: the bundled cue file with one text replaced -> its cues."""

    def load(old: str, new: str):
        text = (ontologies() / "cues.toml").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "cues.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_cues(path)

    return load


def test_cues_act_up_or_down():
    cues = load_cues()
    assert "calledFor" in cues.above["must"]
    assert "negated" in cues.below["fail"]
    assert cues.pronouns["our"] == "first_plural"
    assert cues.nominals["country"] == "State"


def test_a_new_cue_needs_no_code(mended):
    assert mended('"must", "should"', '"must", "gotta", "should"').above["gotta"] == {"calledFor"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('category = "negated"', 'category = "denied"', "cue category 'denied' is not one of negated"),
        ('direction = "up"', 'direction = "left"', "direction 'left' of a negated cue is not one of up, down"),
        ("including = [", "includes = [", "[arguments] needs a list 'including'"),
        ("first_plural = [", "first = [", "[pronouns] has 'first'"),
        ("pattern = 'Statement of", "pattern = '(Statement of", "pattern is wrong"),
        ('own = "state-us"', 'owner = "state-us"', "needs 'own' or a group named own"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(mended, old, new, message):
    with pytest.raises(LexiconError) as error:
        mended(old, new)
    assert message in str(error.value)

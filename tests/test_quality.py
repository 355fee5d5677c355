"""A floor under what is found in the two speeches of ``seeds/``, whose annotations lie in ``tests/gold``, and in the 23
of ``training/held``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kgraph
from kgraph.evaluation import CORE, evaluate
from kgraph.lexicon import load_lexicon

GOLD = Path(__file__).parent / "gold"
HELD = Path(__file__).parents[1] / "training" / "held"


def scored(gold, texts):
    """The texts of a folder, scored against the annotations of another."""
    records = {r["doc"]: r for r in (json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json")))}
    symmetric = frozenset(name for name, p in load_lexicon().predicates.items() if p.symmetric)
    return evaluate(kgraph.extract([texts / doc for doc in records], progress=False), records, symmetric)


@pytest.fixture(scope="module")
def result(seeds):
    return scored(GOLD, seeds)


@pytest.fixture(scope="module")
def held():
    return scored(HELD, HELD)


def test_entities_of_the_seeds(result):
    assert result.speeches == 2
    assert result.total(result.mentions, CORE.__contains__).f1 >= 0.88


def test_claims_of_the_seeds(result):
    found = result.total(result.claims)
    assert found.f1 >= 0.33
    assert found.precision >= 0.35


@pytest.mark.parametrize(("attribute", "least"), [("polarity", 0.95), ("modality", 0.75), ("source", 0.95)])
def test_attributes_of_right_claims(result, attribute, least):
    counts = result.attributes[attribute]
    assert counts[True] >= least * counts.total()


def test_speeches_that_weights_were_not_fitted_on(held):
    assert held.speeches == 23
    assert held.total(held.mentions).f1 >= 0.82
    found = held.total(held.claims)
    assert found.precision >= 0.55
    assert found.f1 >= 0.48
    assert held.pairs.f1 >= 0.54

"""A floor under what is found in the two speeches of ``seeds/``, whose annotations lie in ``tests/gold``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kgraph
from kgraph.evaluation import CORE, evaluate
from kgraph.lexicon import load_lexicon

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def result(seeds):
    gold = {record["doc"]: record for record in (json.loads(path.read_text("utf-8")) for path in GOLD.glob("*.json"))}
    symmetric = frozenset(name for name, p in load_lexicon().predicates.items() if p.symmetric)
    return evaluate(kgraph.extract([seeds / doc for doc in gold], progress=False), gold, symmetric)


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

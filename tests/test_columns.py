"""Columns hold what the triples hold, also when they are taken apart and put together."""

from __future__ import annotations

import numpy as np
import pytest
from graph_stores import in_memory
from hypothesis import given, settings
from hypothesis import strategies as st
from speeches import RUN, extractions

import kgraph
from kgraph.adding import put
from kgraph.columns import Strings
from kgraph.columns.file import read_columns, write_columns
from kgraph.columns.found import columns_of
from kgraph.columns.join import join, without
from kgraph.columns.words import Words, words_of
from kgraph.query.rows import claim_table
from kgraph.query.source import Source
from kgraph.store import MemoryStore


def table(columns):
    """All claims of some columns as rows."""
    return claim_table(Source(MemoryStore(), in_memory().lexicon), columns, np.arange(len(columns.claims)))


def of(found):
    return kgraph.KnowledgeGraph(found, run=RUN).source.columns


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 4)))
def test_taking_out_and_putting_in(chosen):
    speeches, whole = extractions(), in_memory().source.columns
    gone = [header.id for header in whole.speeches if header.doc in {speeches[place].speech.doc for place in chosen}]
    rest = without(whole, gone)
    kept = [one for place, one in enumerate(speeches) if place not in chosen]
    assert table(rest) == table(of(kept))
    assert set(rest.things) == set(of(kept).things)
    again = join([rest, of([speeches[place] for place in sorted(chosen)])])
    assert table(again) == table(whole)
    assert again.speeches == whole.speeches


def test_file(tmp_path):
    whole = in_memory().source.columns
    write_columns(whole, tmp_path / "columns.npz")
    assert table(read_columns(tmp_path / "columns.npz")) == table(whole)
    assert read_columns(tmp_path / "nothing.npz") is None


@given(st.lists(st.text()))
def test_strings(texts):
    strings = Strings.of(texts)
    assert list(strings) == texts
    assert [strings[place] for place in range(len(texts))] == texts
    assert list(strings.take(np.arange(len(texts))[::-1])) == texts[::-1]


@given(st.lists(st.text(alphabet="ab sß'É", max_size=20), max_size=8))
def test_words(sentences):
    words = Words.of(sentences)
    for start in ("a", "ab", "ß"):
        expected = {n: sum(w.startswith(start.casefold()) for w in words_of(text)) for n, text in enumerate(sentences)}
        places, times = words.having(start.casefold() + "*")
        assert dict(zip(places.tolist(), times.tolist(), strict=True)) == {n: k for n, k in expected.items() if k}
    for word in {word for text in sentences for word in words_of(text)} | {"zebra"}:
        expected = {n: list(words_of(text)).count(word) for n, text in enumerate(sentences)}
        places, times = words.having(word)
        assert dict(zip(places.tolist(), times.tolist(), strict=True)) == {n: k for n, k in expected.items() if k}


def test_columns_of_extractions_are_those_of_their_triples(kg):
    for found in (extractions(), [*kg]):
        graph = kgraph.KnowledgeGraph(found, run=RUN)
        scanned, source = graph.source.columns, graph.source
        joined = join([columns_of(one, source.base) for one in found])
        assert table(joined) == table(scanned)
        assert list(joined.things) == list(scanned.things)
        assert joined.speeches == scanned.speeches
        for name in ("speech", "start", "end", "thing"):
            assert (getattr(joined.mentions, name) == getattr(scanned.mentions, name)).all()
        assert [joined.categories[place] for place in joined.claims.plover] == [
            scanned.categories[place] for place in scanned.claims.plover
        ]


def test_adding_reads_no_triples_again(monkeypatch):
    with_all = in_memory()
    graph = kgraph.open()
    assert len(graph) == 0
    monkeypatch.setattr("kgraph.query.source.scan", lambda *_: pytest.fail("the triples were read"))
    put(graph, extractions()[:3], RUN)
    put(graph, extractions()[3:], RUN)
    graph.remove("undated.txt")
    put(graph, extractions()[2:], RUN)
    claims, kinds = graph.claims(), graph.source.columns.kinds
    monkeypatch.undo()
    assert claims == with_all.claims()
    assert kinds == with_all.source.columns.kinds

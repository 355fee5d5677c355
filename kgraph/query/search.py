"""Words in the sentences of claims, best first."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from kgraph.columns import Columns
from kgraph.columns.words import Words, wanted_of
from kgraph.errors import QueryError
from kgraph.query.filters import Filters, Unpack, positive, selected
from kgraph.query.rows import ClaimRow, claim_rows
from kgraph.query.selection import rows_of
from kgraph.query.source import Graph, Source, source_of
from kgraph.table import Table

# Okapi BM25 (Robertson & Zaragoza 2009, doi:10.1561/1500000019) with its usual constants; sentences are weighed against
# a fixed length, so that a score depends on no other sentence's length.
K1, B, USUAL_LENGTH = 1.2, 0.75, 25.0
_PHRASE = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class HitRow:
    """A sentence with the words asked for, its score (BM25), and the claims that are made in it."""

    score: float
    date: str | None
    speaker: str | None
    quote: str
    doc: str
    start: int
    end: int
    claims: tuple[ClaimRow, ...]
    speech_id: str


def search(graph: Graph, words: str, *, most: int = 20, **filters: Unpack[Filters]) -> Table[HitRow]:
    """Sentences in which claims are made that hold some of the words, best first; a "phrase" must be there.

    Case and a final s do not matter; "terror*" stands for all words that begin so. The filters narrow the claims.
    Raises `QueryError` if there is no word.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> "terror" in kg.search("terrorism")[0].quote.casefold()
    True
    """
    positive(most=most)
    source = source_of(graph)
    wanted = wanted_of(words)
    if not wanted:
        raise QueryError(f"{words!r} holds no word to look for")
    columns, index, total = _searched(source, wanted)
    selection = selected(source, filters)
    rows = rows_of(selection, columns, source.of_type(columns, selection.type))
    meant = np.zeros(len(columns.sentences), dtype=bool)
    meant[columns.claims.sentence[rows]] = True
    score = np.where(meant, scores(index, wanted, total), 0.0)
    phrases = [" ".join(phrase.casefold().split()) for phrase in _PHRASE.findall(words)]
    best = (int(place) for place in np.argsort(-score, kind="stable") if score[place] > 0)
    chosen: list[int] = []
    for place in best:
        text = " ".join(columns.sentences.quote[place].casefold().split()) if phrases else ""
        if all(phrase in text for phrase in phrases):
            chosen.append(place)
        if len(chosen) == most:
            break
    return Table.of(HitRow, (_hit(source, columns, rows, place, float(score[place])) for place in chosen))


def scores(index: Words, wanted: list[str], total: int) -> np.ndarray:
    """BM25 of every sentence for the words, rounded to 6 digits so that equal sentences are equal."""
    score = np.zeros(len(index.length))
    weight = K1 * (1 - B + B * index.length / USUAL_LENGTH)
    for word in wanted:
        places, times = index.having(word)
        rarity = np.log(1 + (total - len(places) + 0.5) / (len(places) + 0.5))
        score[places] += rarity * times * (K1 + 1) / (times + weight[places])
    return score.round(6)


def _searched(source: Source, wanted: list[str]) -> tuple[Columns, Words, int]:
    """Columns that hold every sentence with one of the words, the index of these, and the number of all sentences."""
    if source.store.local:
        return source.columns, source.words, len(source.columns.sentences)
    columns = source.matching("|".join(re.escape(word.removesuffix("*")) for word in wanted))
    total = next(source.rows("sentence_count"))[0]
    return columns, Words.of(columns.sentences.quote), int(source.text(total))


def _hit(source: Source, columns: Columns, rows: np.ndarray, place: int, score: float) -> HitRow:
    sentences = columns.sentences
    header = columns.speeches[int(sentences.speech[place])]
    here = rows[columns.claims.sentence[rows] == place]
    return HitRow(
        score=score,
        date=header.date,
        speaker=header.speaker,
        quote=sentences.quote[place],
        doc=header.doc,
        start=int(sentences.start[place]),
        end=int(sentences.end[place]),
        claims=tuple(claim_rows(source, columns, here)),
        speech_id=header.id,
    )

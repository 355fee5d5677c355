"""`Figure` -> the data block of a page: plain lists in a fixed order, each sentence once, offsets in UTF-16 units.

JavaScript counts UTF-16 units where we count code points; offsets are turned here, and shown as code points there.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from kgraph.lexicon import Lexicon
from kgraph.model import Claim, Extraction, Modality, Polarity, Voice
from kgraph.rdf.identity import speaker_iri, speech_iri
from kgraph.view.figure import Arc, Figure, Node
from kgraph.view.palette import palette

FORMAT = 1
TEXT_LIMIT = 400_000  # code points of speeches that a page carries whole; beyond, sentences and their neighbours only

REACH = 400  # code points at most of context before and after a sentence

_POLARITIES, _MODALITIES, _VOICES = list(Polarity), list(Modality), list(Voice)
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")
_UNSAFE: dict[str, str | int | None] = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_LONE = re.compile("[\ud800-\udfff]")


class Quotes(StrEnum):
    """How much of the speeches goes into the page."""

    FULL = "full"  # sentences with their neighbours, and whole speeches while they are short
    MENTION = "mention"  # only the words from subject to object
    NONE = "none"  # offsets only


class Units:
    """Code-point offsets of a text as UTF-16 offsets."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [place for place, char in enumerate(text) if char > "\uffff"]

    def __call__(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset) if self._wide else offset


class _Table:
    """Values numbered in the order in which they are first met."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._places: dict[Any, int] = {}

    def place(self, key: Any, row: Callable[[], Any] | None = None) -> int:
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(row() if row else key)
        return self._places[key]


def payload(
    figure: Figure,
    lexicon: Lexicon,
    places: Sequence[tuple[float, float]],
    first: Sequence[tuple[float, float]],
    quotes: Quotes,
) -> dict[str, Any]:
    """The data of a page. `first` holds the positions of the first view, `places` those of the whole graph."""
    whole = quotes is Quotes.FULL and sum(len(e.speech.text) for e in figure.speeches) <= TEXT_LIMIT
    sentences = _Sentences(figure.speeches, quotes, whole)
    predicates, rules, claimants = _Table(), _Table(), _Table()
    claims = []
    for arc in figure.arcs:
        claim = arc.claim
        name, who = claim.predicate, claim.claimant
        predicate = predicates.place(name, partial(_predicate, name, lexicon))
        claimant = claimants.place(who, partial(_claimant, who, figure))
        claims.append(_claim(arc, figure, predicate, claimant, rules.place(claim.rule), sentences))
    return {
        "format": FORMAT,
        "quotes": quotes.value,
        "digest": figure.digest,
        "omitted": [figure.omitted_nodes, figure.omitted_claims],
        "nodes": [_node(node, places[i], first[i] if i < len(first) else None) for i, node in enumerate(figure.nodes)],
        "predicates": predicates.rows,
        "claimants": claimants.rows,
        "rules": rules.rows,
        "speeches": [_speech(e, figure, whole) for e in figure.speeches],
        "sentences": sentences.rows,
        "claims": claims,
    }


def _claimant(id_: str, figure: Figure) -> list[str]:
    label, known = figure.names.get(id_, id_), figure.claimants.get(id_)
    return [id_, label, known.type, known.label] if known else [id_, label]


def _predicate(name: str, lexicon: Lexicon) -> list[str]:
    known = lexicon.predicates.get(name)
    family = palette().family(known.family if known else None)
    return [name, known.label if known else name, family.name]


def _node(node: Node, place: tuple[float, float], first: tuple[float, float] | None) -> list[Any]:
    name = 0 if node.name == node.label else node.name
    row: list[Any] = [node.id, node.label, name, node.type, node.subtype or 0, node.aliases, node.identifiers, *place]
    return [*row, *first] if first else row


def _speech(extraction: Extraction, figure: Figure, whole: bool) -> dict[str, Any]:
    speech = extraction.speech
    iri = speech_iri(speech)
    row: dict[str, Any] = {"iri": iri, "doc": speech.doc, "words": len(speech.text.split()), "sha256": speech.sha256}
    header = ("title", "date", "speaker", "place", "language", "source", "licence")
    row |= {name: value for name in header if (value := getattr(speech, name))}
    if speech.speaker:
        row["speakerIri"] = speaker_iri(iri, speech.speaker)
    if whole:
        at = Units(speech.text)
        row["text"] = speech.text
        row["mentions"] = [
            [at(m.start), at(m.end), figure.index[m.entity]] for m in extraction.mentions if m.entity in figure.index
        ]
    return row


def _claim(arc: Arc, figure: Figure, predicate: int, claimant: int, rule: int, sentences: _Sentences) -> list[Any]:
    claim = arc.claim
    sentence, marks = sentences.add(arc.speech, claim)
    return [
        figure.index[claim.subject],
        predicate,
        figure.index.get(claim.object, claim.object),
        _POLARITIES.index(claim.polarity),
        _MODALITIES.index(claim.modality),
        claimant,
        _VOICES.index(claim.voice),
        sentence,
        *marks,
        rule,
        claim.confidence,
        claim.steps or 0,
        claim.plover or 0,
    ]


class _Sentences:
    """The quoted sentences, each once.

    A row is ``[speech, code-point start, code-point end, ...]`` and then, where the page carries the whole text, four
    UTF-16 offsets into it (start, end, start of the sentence before, end of the one after), otherwise the words
    (sentence, before, after; the number of a row for one that is a sentence of its own), or (words from subject to
    object, their code-point start), or nothing.
    """

    def __init__(self, speeches: Sequence[Extraction], quotes: Quotes, whole: bool) -> None:
        self._texts = [e.speech.text for e in speeches]
        self._units: dict[int, Units] = {}
        self._ends: dict[int, Ends] = {}
        self._quotes, self._whole, self._table = quotes, whole, _Table()

    @property
    def rows(self) -> list[Any]:
        if self._whole or self._quotes is not Quotes.FULL:
            return self._table.rows
        own = {(row[0], row[3].strip()): place for place, row in enumerate(self._table.rows)}
        return [[*row[:4], *(own.get((row[0], words), words) for words in row[4:])] for row in self._table.rows]

    def add(self, speech: int, claim: Claim) -> tuple[int, list[Any]]:
        """Place of the sentence, and the marks (trigger, subject, object) in UTF-16 units from its words, or 0."""
        found = claim.evidence
        spans = (found.trigger, found.subject, found.object)
        start, end = self._words(claim)
        if speech not in self._units:
            self._units[speech] = Units(self._texts[speech])
        at = self._units[speech]
        place = self._table.place((speech, found.start, found.end, start, end), partial(self._row, speech, claim, at))
        first = at(start)
        return place, [
            [at(span[0]) - first, at(span[1]) - first] if span and start <= span[0] and span[1] <= end else 0
            for span in spans
        ]

    def _words(self, claim: Claim) -> tuple[int, int]:
        """The part of the text that is quoted."""
        found = claim.evidence
        if self._quotes is not Quotes.MENTION:
            return found.start, found.end
        marks = (found.trigger, found.subject, found.object)
        spans = [span for span in marks if span and found.start <= span[0] <= span[1] <= found.end]
        return min((s for s, _ in spans), default=found.start), max((e for _, e in spans), default=found.start)

    def _row(self, speech: int, claim: Claim, at: Units) -> list[Any]:
        text, start, end = self._texts[speech], claim.evidence.start, claim.evidence.end
        if self._quotes is Quotes.NONE:
            return [speech, start, end]
        if self._quotes is Quotes.MENTION:
            first, last = self._words(claim)
            return [speech, start, end, text[first:last], first]
        if speech not in self._ends:
            self._ends[speech] = Ends(text)
        before, after = self._ends[speech].around(start, end)
        if self._whole:
            return [speech, start, end, at(start), at(end), at(before), at(after)]
        return [speech, start, end, text[start:end], text[before:start].strip(), text[end:after].strip()]


class Ends:
    """Where the sentences of a text end."""

    def __init__(self, text: str) -> None:
        self._text = text
        spans = [match.span() for match in _END.finditer(text)]
        self._starts, self._stops = [start for start, _ in spans], [stop for _, stop in spans]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence before ``text[start:end]`` begins and the one after it ends, at most `REACH` away."""
        return min(self._before(start), start), max(self._after(end), end)

    def _before(self, start: int) -> int:
        low = max(0, start - REACH)
        last = low + len(self._text[low:start].rstrip())
        place = bisect_right(self._stops, last) - 1
        if place >= 0 and self._stops[place] > low:
            return self._stops[place]
        return low + self._text[low:last].find(" ") + 1 if low else 0

    def _after(self, end: int) -> int:
        rest = self._text[end : end + REACH]
        place = bisect_left(self._starts, end + len(rest) - len(rest.lstrip()))
        if place < len(self._stops) and self._stops[place] <= end + REACH:
            return self._stops[place]
        return end + (rest.rfind(" ") if end + REACH < len(self._text) else len(rest))


def to_json(data: Any) -> str:
    """JSON that is safe inside a script element and loses nothing (lone surrogates stay, as escapes)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.translate(str.maketrans(_UNSAFE))
    return _LONE.sub(lambda lone: f"\\u{ord(lone.group()):04x}", text)

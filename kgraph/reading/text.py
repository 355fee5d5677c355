"""A page of plain text -> `Speech`: header, then turns."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from kgraph.errors import SpeechError
from kgraph.model import Speech, Turn, TurnKind
from kgraph.reading.dates import date_in_name, is_date_line, parse_date
from kgraph.reading.layout import load_layout
from kgraph.reading.turns import Line, find_label, find_turns, lines_of, name_in_title

_KEY = re.compile(r"(?P<key>[A-Za-z]+):[ \t]*(?P<value>.*)")
_DATELINE = re.compile(r"(?P<head>[A-Z][\w .,’'-]{1,60}?)[.:–—-]\s")


def parse_speech(text: str, doc: str = "speech.txt") -> Speech:
    """Read a page: ``Key: value`` lines, or title, lead, date and place above the first speaker.

    `text` is kept as it is: all offsets refer to it. Raises `SpeechError` when it holds no words.

    >>> speech = parse_speech("Title: On security\\nDate: 2020-05-01\\n\\nWe condemn terrorism.")
    >>> speech.title, speech.date, speech.turns[-1].kind.value
    ('On security', '2020-05-01', 'speech')
    """
    if not re.search(r"\w", text):
        raise SpeechError(f"{doc}: the file is empty; a speech needs text")
    lines = list(lines_of(text))
    fields, turns, body = _keyed_header(text, lines)
    if not fields:
        fields, turns, body = _plain_header(text, lines)
    title = fields.get("title") or ""
    speaker = re.split(r"\s*[;|]\s*", fields["speaker"])[0] if fields.get("speaker") else _by_title(title)
    turns += find_turns(text, body, title, speaker)
    speech_turns = [turn for turn in turns if turn.kind is TurnKind.SPEECH]
    return Speech(
        doc=doc,
        text=text,
        title=title or None,
        date=parse_date(fields.get("date", "")) or date_in_name(doc),
        place=fields.get("place"),
        speaker=speaker or _main_speaker(speech_turns),
        turns=tuple(turns),
        language=fields.get("language", "en"),
        source=fields.get("source"),
        licence=fields.get("licence"),
    )


def _keyed_header(text: str, lines: list[Line]) -> tuple[dict[str, str], list[Turn], int]:
    """Fields of ``Key: value`` lines, their values as narration, and where the body starts."""
    keys = load_layout().header_keys
    fields: dict[str, str] = {}
    turns: list[Turn] = []
    body = 0
    for line in lines:
        found = _KEY.fullmatch(line.text)
        field = keys.get(found["key"].casefold()) if found else None
        if not found or not field or field in fields:
            break
        fields[field] = found["value"].strip()
        body = line.end
        if fields[field]:
            turns.append(Turn(line.start + found.start("value"), line.end, TurnKind.NARRATION))
    return fields, turns, body


def _plain_header(text: str, lines: list[Line]) -> tuple[dict[str, str], list[Turn], int]:
    """Title, date and place of a page without keys; they stay narration, a bare date line is furniture."""
    first = next((i for i, line in enumerate(lines) if find_label(line.text)), None)
    fields: dict[str, str] = {}
    turns: list[Turn] = []
    if _is_title(lines[0].text) and (len(lines) > 1):
        fields["title"] = lines[0].text
        turns.append(Turn(lines[0].start, lines[0].end, TurnKind.NARRATION))
    head = lines[:first] if first is not None else lines[:4]
    for i, line in enumerate(head):
        if is_date_line(line.text):
            fields["date"] = line.text
            if place := _place_below(head[i + 1 :]):
                fields["place"] = place
            if first is not None:
                return fields, turns + _narrated(text, turns, line), line.end
            break
    return fields, turns, turns[-1].end if turns else 0


def _narrated(text: str, before: list[Turn], date: Line) -> list[Turn]:
    """Lines between the title and the date line as narration, the date line as furniture."""
    start = before[-1].end if before else 0
    between = list(lines_of(text[: date.start], start))
    return [Turn(line.start, line.end, TurnKind.NARRATION) for line in between] + [
        Turn(date.start, date.end, TurnKind.FURNITURE)
    ]


def _place_below(lines: list[Line]) -> str | None:
    """The place line under a date: short, capitalised, no full stop, not a time."""
    furniture = load_layout().furniture
    for line in lines[:3]:
        if not furniture.fullmatch(line.text):
            good = len(line.text) <= 60 and line.text[0].isupper() and not line.text.endswith((".", ":"))
            return line.text if good else None
    return None


def _is_title(line: str) -> bool:
    return len(line) <= 200 and not line.endswith((".", ",", ":", ";")) and find_label(line) is None


def _by_title(title: str) -> str | None:
    """The person that a title names as speaking: "Remarks by President Biden ..." -> "Biden"."""
    layout = load_layout()
    if not re.search(r"\b(?:by|of)\b", title):
        return None
    return next((name for office in layout.offices if (name := name_in_title(title, office, layout))), None)


def _main_speaker(turns: list[Turn]) -> str | None:
    """Who speaks most."""
    said: Counter[str] = Counter()
    for turn in turns:
        if turn.speaker:
            said[turn.speaker] += turn.end - turn.start
    return said.most_common(1)[0][0] if said else None


def check_turns(speech: Speech) -> None:
    """Raise `SpeechError` unless turns lie in the text, in order, without overlap."""
    spans = [(turn.start, turn.end) for turn in speech.turns]
    inside = all(0 <= a < b <= len(speech.text) for a, b in spans)
    if not inside or any(b > c for (_, b), (c, _) in pairwise(spans)):
        raise SpeechError(f"{speech.doc}: turns overlap or lie outside the text")

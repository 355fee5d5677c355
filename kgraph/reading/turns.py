"""Who speaks where: a page of text -> `Turn`s that follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.model import Turn, TurnKind
from kgraph.reading.layout import Layout, load_layout

_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,110}?)(?:\s*\((?:re)?translated\))?:(?=\s|$)")
_QUESTION = re.compile(r"(?P<label>Q)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line ``[start, end)`` of the page, without its newline and outer white space."""

    start: int
    end: int
    text: str


def lines_of(text: str, start: int = 0) -> Iterator[Line]:
    """Lines of `text` from `start` on that hold something."""
    for match in re.finditer(r"[^\n]+", text[start:]):
        stripped = match.group().strip()
        if stripped:
            begin = start + match.start() + match.group().index(stripped[0])
            yield Line(begin, begin + len(stripped), stripped)


def find_label(line: str, layout: Layout | None = None) -> str | None:
    """The label that opens a turn at the head of `line`, or None.

    >>> find_label("President of Russia Vladimir Putin: Friends,"), find_label("But here is the deal: no.")
    ('President of Russia Vladimir Putin', None)
    """
    layout = layout or load_layout()
    if found := _QUESTION.match(line):
        return found["label"]
    found = _LABEL.match(line)
    if not found:
        return None
    label = found["label"].strip()
    return label if _is_name(label, layout) else None


def _is_name(label: str, layout: Layout) -> bool:
    """Whether all words of a label look like a name or an office."""
    if label.casefold() in layout.unnamed:
        return True
    words = re.sub(r"\([^)]*\)|\[[^]]*\]|[,;]", " ", label).split()
    if not 2 <= len(words) <= 16 or len(label) > 110 or words[0] in layout.small:
        return False
    return all(word in layout.small or word[0].isupper() for word in words) and words[-1][0].isupper()


def speaker_name(label: str, labels: frozenset[str], title: str, layout: Layout | None = None) -> str | None:
    """The speaker's name inside a label: without office, as spelled in the shortest label or in the title.

    None for a voice that is not named (questions, audience).
    """
    layout = layout or load_layout()
    label = label.strip()
    if label.casefold() in layout.unnamed:
        return None
    office = re.sub(r"^the\s+", "", label, flags=re.IGNORECASE)
    for name in layout.offices:
        if office.casefold() == name.casefold():
            return name_in_title(title, name, layout) or office.title()
    for other in sorted(labels, key=len):
        if label != other and label.casefold().endswith(" " + other.casefold()):
            return _proper(_cut(other, layout))
    return _proper(_cut(label, layout))


def name_in_title(title: str, office: str, layout: Layout) -> str | None:
    """The name behind an office in a title.

    >>> name_in_title("Remarks by Vice President Harris Before Departure", "Vice President", load_layout())
    'Harris'
    """
    held = re.search(rf"(?<!Vice )\b{re.escape(office)}\s+((?:[A-Z][\w’'-]*[.,]?\s?){{1,4}})", title, re.IGNORECASE)
    words: list[str] = []
    for word in held.group(1).split() if held else ():
        if not word[0].isupper() or word in layout.stops or word.endswith("ing"):
            break
        words.append(word.rstrip(",."))
        if word.endswith(","):
            break
    return " ".join(words[:3]) or None


def _cut(label: str, layout: Layout) -> str:
    """Drop an office before a name: a run of capitals at the end, else the last two words."""
    words = label.split()
    if not any(w.title() in layout.titles or w in layout.titles for w in words[:-1]):
        return " ".join(words)
    tail = [
        w
        for w in words
        if not (w in layout.small or w.title().rstrip(".") in layout.titles or w.title() in layout.titles)
    ]
    capitals = [w for w in tail if w.isupper() and len(w) > 1]
    if capitals and len(capitals) < len(tail):
        return " ".join(capitals)
    return " ".join(tail[-2:]) or label


def _proper(name: str) -> str:
    """Capital letters as in running text: "VLADIMIR PUTIN" -> "Vladimir Putin"."""
    return name.title() if name.isupper() else name


def find_turns(text: str, start: int, title: str, speaker: str | None) -> tuple[Turn, ...]:
    """Turns of ``text[start:]``.

    Before the first label stands narration when there are labels, and speech (of `speaker`) when there are none.
    """
    layout = load_layout()
    lines = list(lines_of(text, start))
    found = [find_label(line.text, layout) for line in lines]
    labels = frozenset(label for label in found if label)
    named = frozenset(label for label in labels if label.casefold() not in layout.unnamed)
    spoken = not named or _first_person(lines, found)
    kind, current = (TurnKind.SPEECH, speaker) if spoken else (TurnKind.NARRATION, None)
    heading = not named
    turns: list[Turn] = []
    for line, label in zip(lines, found, strict=True):
        if layout.furniture.fullmatch(line.text):
            turns.append(Turn(line.start, line.end, TurnKind.FURNITURE))
            continue
        heading = heading and _is_heading(line.text)
        if heading:
            turns.append(Turn(line.start, line.end, TurnKind.NARRATION))
            continue
        begin = line.start
        if label:
            skip = re.match(r"\s*(\([^)]*\))?:?\s*", line.text[len(label) :])
            begin = line.start + len(label) + (skip.end() if skip else 0)
            turns.append(Turn(line.start, line.start + len(label), TurnKind.NARRATION))
            kind, current = TurnKind.SPEECH, speaker_name(label, labels, title, layout)
        if begin < line.end:
            turns.append(Turn(begin, line.end, kind, current))
    return _join(text, turns)


def _first_person(lines: list[Line], found: list[str | None]) -> bool:
    """Whether somebody speaks before the first label: an excerpt from the middle of a conversation."""
    before = next((i for i, label in enumerate(found) if label), len(lines))
    return any(re.search(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b", line.text) for line in lines[:before])


def _is_heading(line: str) -> bool:
    """A line above the speech that is no sentence: "East Room"."""
    return len(line) <= 80 and line[-1] not in ".!?:,;…" and line[0].isupper()


def _join(text: str, turns: list[Turn]) -> tuple[Turn, ...]:
    """Neighbouring turns of the same voice become one."""
    joined: list[Turn] = []
    for turn in turns:
        last = joined[-1] if joined else None
        same = last and (last.kind, last.speaker) == (turn.kind, turn.speaker) and turn.kind is TurnKind.SPEECH
        if last and same and not text[last.end : turn.start].strip():
            joined[-1] = Turn(last.start, turn.end, turn.kind, turn.speaker)
        else:
            joined.append(turn)
    return tuple(joined)

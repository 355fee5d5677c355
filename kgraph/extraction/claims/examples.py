"""The marked example of a frame ("<Russia> combats [terrorism].") as a reading: to check and to learn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgraph.extraction.claims.find import Reading
from kgraph.frames import Frame
from kgraph.model import Entity, Mention, Speech

if TYPE_CHECKING:
    from spacy.tokens import Doc

_USUAL = "State Organisation Person Threat Weapon Event Facility Agreement Place".split()
_MARKED = re.compile(r"<([^>]*)>|\[([^\]]*)\]")


def plain(example: str) -> str:
    """The sentence without marks."""
    return _MARKED.sub(lambda m: m.group(1) or m.group(2), example)


def reading_of(frame: Frame, doc: Doc) -> tuple[Reading, set[str], set[str]]:
    """The reading of a frame's example, and the ids of the marked subjects and objects."""
    text, mentions, entities, shift = plain(frame.example), [], {}, 0
    subjects: set[str] = set()
    objects: set[str] = set()
    for match in _MARKED.finditer(frame.example):
        is_subject = match.group(1) is not None
        name = match.group(1) or match.group(2)
        start = match.start() - shift
        shift += 2
        types = frame.subject_types if is_subject else frame.object_types
        identity = f"{'s' if is_subject else 'o'}{start}"
        (subjects if is_subject else objects).add(identity)
        entities[identity] = Entity(identity, next(t for t in _USUAL if t in types), name)
        mentions.append(Mention(start, start + len(name), name, identity, "example"))
    return Reading(Speech("example.txt", text), doc, entities, mentions), subjects, objects


def finds(frame: Frame, doc: Doc) -> bool:
    """Whether the frame finds what its example marks."""
    reading, subjects, objects = reading_of(frame, doc)
    hits = [hit for hit in reading.hits if hit.frame.id == frame.id]
    if frame.trend:
        return subjects <= {hit.subject.entity for hit in hits if hit.subject}
    found = {(hit.subject.entity, hit.object.entity) for hit in hits if hit.subject and hit.object}
    if frame.mutual:
        found |= {(o, s) for s, o in found}
    return {(s, o) for s in subjects for o in objects} <= found

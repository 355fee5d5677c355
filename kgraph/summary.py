"""What was built, in a few lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kgraph.graph import KnowledgeGraph
from kgraph.model import TurnKind

_NAMES_SHOWN = 30


def summarise(kg: KnowledgeGraph, written: Sequence[Path] = ()) -> str:
    """Speeches, entities by type, claims by predicate, files written, what was left out and why."""
    parts = [
        _speeches(kg),
        _entities(kg),
        _claims(kg),
        _left_out(kg),
        "\n".join(f"wrote {path} ({_size(path)})" for path in written),
    ]
    return "\n\n".join(part for part in parts if part)


def _speeches(kg: KnowledgeGraph) -> str:
    lines = [f"{len(kg)} speech{'es' if len(kg) != 1 else ''}"]
    for x in list(kg)[:10]:
        speech = x.speech
        lines.append(
            f"  {speech.date or 'no date':10}  {speech.speaker or 'unknown speaker'}: {speech.title or speech.doc}"
        )
    return "\n".join(lines + ([f"  ... and {len(kg) - 10} more"] if len(kg) > 10 else []))


def _entities(kg: KnowledgeGraph) -> str:
    counts = Counter(m.entity for x in kg for m in x.mentions)
    by_type: dict[str, list[str]] = {}
    entities = sorted(kg.entities(), key=lambda e: (-counts[e.id], e.label))
    for entity in entities:
        by_type.setdefault(entity.type, []).append(entity.label)
    lines = [f"{len(entities)} entities"]
    for kind, labels in sorted(by_type.items(), key=lambda item: (-len(item[1]), item[0])):
        more = f" ... {len(labels) - _NAMES_SHOWN} more" if len(labels) > _NAMES_SHOWN else ""
        lines.append(f"  {kind} {len(labels)}: {', '.join(labels[:_NAMES_SHOWN])}{more}")
    return "\n".join(lines)


def _claims(kg: KnowledgeGraph) -> str:
    claims = kg.claims()
    counts = Counter(claim.predicate for claim in claims)
    marks = Counter((claim.polarity.value, claim.modality.value) for claim in claims)
    head = f"{len(claims)} claims"
    by_predicate = ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
    by_mark = ", ".join(f"{p} {m} {n}" for (p, m), n in sorted(marks.items(), key=lambda kv: (-kv[1], kv[0])))
    return "\n".join([head, f"  {by_predicate}", f"  {by_mark}"] if claims else [head])


def _left_out(kg: KnowledgeGraph) -> str:
    furniture = sum(turn.kind is TurnKind.FURNITURE for x in kg for turn in x.speech.turns)
    lines = [f"  {furniture} line{'s' if furniture != 1 else ''} of furniture (bylines, page numbers)"] * bool(
        furniture
    )
    lines += [f"  {n} {what}" for what, n in sorted(kg.left_out.items()) if n]
    return "\n".join(["left out", *lines]) if lines else ""


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.2f} MB" if size >= 1e5 else f"{size / 1e3:.0f} kB"

"""A speech as a page: its text with everything that was found in it, and the claims beside it. No script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kgraph.lexicon import Lexicon
from kgraph.model import Claim, Extraction, Polarity
from kgraph.rdf.identity import claim_iri, speech_iri
from kgraph.view.assembly import policy, sheet_style
from kgraph.view.figure import Figure, figure
from kgraph.view.marks import glyph
from kgraph.view.markup import Markup
from kgraph.view.page import environment, plain
from kgraph.view.visible import safe_link, visible


@dataclass(frozen=True, slots=True)
class _Span:
    """A mention (`node`) or the words of claims (`claims`) in the text."""

    start: int
    end: int
    node: int | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Plain words, or a span with what stands inside it; what a template walks through."""

    text: str = ""
    span: _Span | None = None
    inside: tuple[_Piece, ...] = ()

    @property
    def claims_inside(self) -> tuple[str, ...]:
        """Claims whose words lie inside: a link around them cannot hold their links."""
        own = (piece.span.claims for piece in self.inside if piece.span)
        return tuple(key for keys in own for key in keys) + tuple(
            k for piece in self.inside for k in piece.claims_inside
        )


def speech_html(extraction: Extraction, lexicon: Lexicon, *, graph: str | None = None, version: str = "") -> str:
    """The annotated speech as one page.

    `graph` is the address of a page of `network_html` (a relative one such as ``graph.html`` will do); names and claims
    then link to it, as its cards link here by ``#claim-…``.
    """
    shown = figure([extraction], lexicon)
    speech = shown.speeches[0].speech
    keys = {arc.claim: claim_key(arc.claim, extraction) for arc in shown.arcs}
    css = sheet_style()
    rows = [_row(arc.claim, shown, lexicon, keys) for arc in shown.arcs]
    return (
        environment()
        .get_template("speech.html")
        .render(
            policy=policy([], [css]),
            style=Markup(css),
            language=speech.language,
            title=_said(speech.title or speech.doc),
            header=[_said(part) for part in (speech.speaker, speech.date, speech.place) if part],
            source=safe_link(speech.source),
            pieces=_nested(_spans(shown, keys), speech.text),
            claims=rows,
            by_key={row["key"]: row for row in rows},
            nodes=[_node(shown, place) for place in range(len(shown.nodes))],
            graph=relative_address(graph),
            version=version,
        )
    )


def to_displacy(extraction: Extraction) -> dict[str, Any]:
    """The mentions as spaCy's displaCy takes them, types as labels.

    Draw them by ``displacy.render(data, style="ent", manual=True)``. displaCy 3.8 leaves the title unescaped, so none
    is given.
    """
    kinds = extraction.by_id
    mentions = sorted(extraction.mentions, key=lambda mention: mention.start)
    ents = [{"start": m.start, "end": m.end, "label": kinds[m.entity].type} for m in mentions]
    return {"text": extraction.speech.text, "ents": ents, "title": None}


def claim_key(claim: Claim, extraction: Extraction) -> str:
    """The last part of a claim's IRI: what ``#claim=`` of a graph page understands."""
    return claim_iri(claim, speech_iri(extraction.speech)).rpartition("/")[2]


def _said(text: str) -> str:
    return visible(plain(text))


def relative_address(graph: str | None) -> str | None:
    """A relative address, or one of http, https or file; nothing else becomes a link."""
    if not graph:
        return None
    scheme, colon, _ = graph.partition(":")
    return graph if not colon or "/" in scheme or scheme.lower() in ("http", "https", "file") else None


def _node(shown: Figure, place: int) -> dict[str, object]:
    node = shown.nodes[place]
    tail = node.id.rstrip("/#").replace("#", "/").rpartition("/")[2] or node.id
    return {"label": _said(node.label), "type": node.type, "key": tail, "glyph": glyph(node.type, 13)}


def _row(claim: Claim, shown: Figure, lexicon: Lexicon, keys: dict[Claim, str]) -> dict[str, object]:
    known = lexicon.predicates.get(claim.predicate)
    negated = claim.polarity is Polarity.NEGATED
    return {
        "key": keys[claim],
        "subject": _said(shown.names[claim.subject]),
        "relation": known.label if known else claim.predicate,
        "object": _said(shown.names.get(claim.object, claim.object)),
        "claimant": _said(shown.names.get(claim.claimant, claim.claimant)),
        "modality": claim.modality.value,
        "how": "negated" if negated else "fact" if claim.modality == "asserted" else "hypothetical",
        "confidence": f"{claim.confidence:.2f}",
        "start": claim.evidence.start,
        "end": claim.evidence.end,
    }


def _spans(shown: Figure, keys: dict[Claim, str]) -> list[_Span]:
    triggers: dict[tuple[int, int], list[str]] = {}
    for arc in shown.arcs:
        found = arc.claim.evidence
        words = found.trigger or found.object or found.subject or (found.start, found.end)
        triggers.setdefault(words, []).append(keys[arc.claim])
    mentions = [m for m in shown.speeches[0].mentions if m.entity in shown.index]
    spans = [_Span(start, end, claims=tuple(found)) for (start, end), found in triggers.items()]
    spans += [_Span(m.start, m.end, node=shown.index[m.entity]) for m in mentions]
    return sorted(spans, key=lambda s: (s.start, -s.end, s.node is not None))


def _nested(spans: Sequence[_Span], text: str) -> tuple[_Piece, ...]:
    return tuple(_fill(list(spans), text, 0, len(text)))


def _fill(spans: list[_Span], text: str, start: int, end: int) -> Iterator[_Piece]:
    """Spans in order, one inside another nested; one that crosses the border of another is left out."""
    at = start
    for place, span in enumerate(spans):
        if span.start < at or span.end > end or span.start >= span.end:
            continue
        if span.start > at:
            yield _Piece(_said(text[at : span.start]))
        inner = [s for s in spans[place + 1 :] if s.start >= span.start and s.end <= span.end]
        yield _Piece(span=span, inside=tuple(_fill(inner, text, span.start, span.end)))
        at = span.end
    if at < end:
        yield _Piece(_said(text[at:end]))

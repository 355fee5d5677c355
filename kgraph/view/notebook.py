"""How things show themselves in notebooks. Where frames are stripped, a picture and a table stay."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from kgraph.lexicon import Lexicon
from kgraph.model import Claim, Extraction, Polarity, Voice
from kgraph.query.rows import claim_html, statement_html
from kgraph.view.figure import Figure, figure
from kgraph.view.page import PageOptions, figure_html, plain
from kgraph.view.speech import speech_html
from kgraph.view.svg import figure_svg
from kgraph.view.visible import visible

WHOLE = 300  # nodes up to which a notebook keeps all; of larger graphs it keeps `FIRST`
FIRST = 150
ROWS = 12
_SANDBOX = "allow-scripts allow-downloads allow-modals"


def show_graph(
    extractions: Iterable[Extraction],
    lexicon: Lexicon,
    *,
    title: str = "What is claimed",
    height: int = 640,
    width: str = "100%",
    version: str = "",
) -> dict[str, str]:
    """A MIME bundle of the graph: one line; a table, a picture, and the page in a frame without rights.

    Each output is stored in the notebook, so that of more than 300 nodes only the 150 most claimed are kept, and said.
    """
    found = tuple(extractions)
    shown = figure(found, lexicon)
    if len(shown.nodes) > WHOLE:
        shown = figure(found, lexicon, max_nodes=FIRST)
    line = _line(shown)
    picture = figure_svg(shown, lexicon, range(min(FIRST, len(shown.nodes))), title=title)
    page = figure_html(shown, lexicon, PageOptions(title, first=FIRST, version=version))
    parts = [f"<p>{_said(line)}</p>", _table(shown), _picture(picture, title), frame(page, title, height, width)]
    return {"text/plain": f"<{line}>", "text/html": "\n".join(parts)}


def show_speech(extraction: Extraction, lexicon: Lexicon, *, height: int = 640, version: str = "") -> str:
    """HTML of an annotated speech; its claims as a list where frames are stripped."""
    shown = figure([extraction], lexicon)
    speech = shown.speeches[0].speech
    items = "".join(f"<li>{show_claim(arc.claim, extraction, lexicon)}</li>" for arc in shown.arcs[:50])
    title = speech.title or speech.doc
    listed = f"<details><summary>{len(shown.arcs)} claims of {_said(title)}</summary><ol>{items}</ol></details>"
    return listed + frame(speech_html(extraction, lexicon, version=version), title, height, "100%")


def show_claim(claim: Claim, extraction: Extraction, lexicon: Lexicon) -> str:
    """HTML of a claim: who says what, how firmly, and the sentence with its relation marked."""
    shown = figure([extraction], lexicon)
    names = shown.names
    known = lexicon.predicates.get(claim.predicate)
    subject, target = (names.get(end, end) for end in (claim.subject, claim.object))
    predicate = known.label if known else claim.predicate
    statement = statement_html(subject, predicate, target, claim.polarity, claim.modality, _said)
    speech = extraction.speech
    who = "Narrator" if claim.voice is Voice.NARRATOR else names.get(claim.claimant, claim.claimant)
    where = f"{_said(who)}, {_said(speech.date or 'undated')} — {_said(speech.doc)}"
    place = f"characters {claim.evidence.start:,}–{claim.evidence.end:,}"
    return claim_html(statement, "".join(_marked(claim)), f"{where} ({place})")


def _marked(claim: Claim) -> Iterator[str]:
    """The sentence in pieces: the relation in a mark, subject and object underlined."""
    found = claim.evidence
    tags = {found.subject: "u", found.object: "u", found.trigger: "mark"}
    spans = sorted(span for span in tags if span and found.start <= span[0] < span[1] <= found.end)
    at = found.start
    for start, end in spans:
        if start < at:
            continue
        words = _said(found.quote[start - found.start : end - found.start])
        yield _said(found.quote[at - found.start : start - found.start])
        yield f"<{tags[start, end]}>{words}</{tags[start, end]}>"
        at = end
    yield _said(found.quote[at - found.start :])


def frame(page: str, title: str, height: int, width: str) -> str:
    """A page in a frame without rights: it can run and be saved from, and reach nothing around it."""
    return (
        f'<iframe sandbox="{_SANDBOX}" title="{_said(title)}" width="{escape(width)}" height="{height}" '
        f'style="border:1px solid #888;border-radius:6px" srcdoc="{escape(page)}"></iframe>'
    )


def _line(shown: Figure) -> str:
    kept = f"graph of {len(shown.nodes):,} nodes and {len(shown.arcs):,} claims from {len(shown.speeches):,} speeches"
    if not shown.omitted_nodes:
        return kept
    return f"{kept}; {shown.omitted_nodes:,} nodes with fewer claims are not shown here"


def _table(shown: Figure) -> str:
    """The most claimed nodes: what stays in a notebook that is not trusted."""
    rows = [(node.label, node.type, *_counts(shown, place)) for place, node in enumerate(shown.nodes[:ROWS])]
    head = "".join(f'<th scope="col">{name}</th>' for name in ("node", "type", "as subject", "as object", "negated"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>"


def _counts(shown: Figure, place: int) -> tuple[int, int, int]:
    id_ = shown.nodes[place].id
    about = [arc.claim for arc in shown.arcs if id_ in (arc.claim.subject, arc.claim.object)]
    negated = sum(claim.polarity is Polarity.NEGATED for claim in about)
    return sum(c.subject == id_ for c in about), sum(c.object == id_ for c in about), negated


def _row(cells: Sequence[object]) -> str:
    return f"<tr>{''.join(f'<td>{_said(str(cell))}</td>' for cell in cells)}</tr>"


def _picture(svg: str, title: str) -> str:
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    image = f'<img alt="{_said(title)}" src="data:image/svg+xml;base64,{data}">'
    return f"<details><summary>Picture</summary>{image}</details>"


def _said(text: str) -> str:
    return escape(visible(plain(text)))

"""The HTML graph: one file that needs nothing else, opens still, and shows the sentence behind every line."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from os import PathLike
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kgraph.lexicon import Lexicon
from kgraph.model import Claim, Extraction, Modality, Polarity
from kgraph.view import assembly
from kgraph.view.figure import MAX_NODES, Figure, figure
from kgraph.view.labels import box
from kgraph.view.layout import layout
from kgraph.view.markup import Markup
from kgraph.view.palette import ASSETS, palette
from kgraph.view.payload import Quotes, payload, to_json
from kgraph.writing import write_whole

FIRST = 150  # nodes of the first view
PACK = 30_000  # characters of data above which they are compressed
MANY = 1_000_000  # characters of data above which speed counts more than size
NOSCRIPT = 200  # claims shown where scripts are off


@cache
def environment() -> Environment:
    """Templates beside the assets; everything that is filled in is escaped."""
    files = FileSystemLoader(ASSETS)
    return Environment(loader=files, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def network_html(
    extractions: Iterable[Extraction],
    lexicon: Lexicon,
    *,
    title: str = "What is claimed",
    evidence: Quotes | str = Quotes.FULL,
    max_nodes: int = MAX_NODES,
    first: int = FIRST,
    pack: bool | None = None,
    state: str = "",
    seed: int = 0,
    places: Mapping[str, tuple[float, float]] | None = None,
    version: str = "",
) -> str:
    """The page as text (UTF-8 when written, LF).

    `evidence` says how much of the speeches the page carries: ``full`` sentences and, while they are short, whole
    speeches; ``mention``, only the words from subject to object; ``none``. Whoever gets the file gets these quotes.
    Above `max_nodes` nodes the most claimed are embedded, and the page says how many are left out. `first` nodes are
    drawn at first. `pack` compresses the data (None: when they are long). `state` is a URL fragment such as
    ``focus=org-cis&depth=2`` that the page starts from when it is opened without one. `places` gives centres in
    px by id of a node, as "Copy positions" of the page does; nodes that it lacks stand where the layout puts them.
    """
    shown = figure(extractions, lexicon, max_nodes=max_nodes)
    options = PageOptions(title, Quotes(evidence), first, pack, state, seed, places or {}, version)
    return figure_html(shown, lexicon, options)


@dataclass(frozen=True)
class PageOptions:
    """The options of `network_html`, without those that choose what is shown."""

    title: str
    quotes: Quotes = Quotes.FULL
    first: int = FIRST
    pack: bool | None = None
    state: str = ""
    seed: int = 0
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    version: str = ""


def figure_html(shown: Figure, lexicon: Lexicon, options: PageOptions) -> str:
    """`network_html` for a `Figure` that is already made."""
    laid, opening = positions(shown, options.first, options.seed)
    laid, opening = (
        [options.places.get(n.id, at) for n, at in zip(shown.nodes, ats, strict=False)] for ats in (laid, opening)
    )
    data = payload(shown, lexicon, laid, opening, options.quotes)
    start = {"title": options.title, "first": options.first, "start": options.state, "version": options.version}
    block, packed = _packed(to_json(data | start), options.pack)
    code, css = assembly.script("main"), assembly.style("page.css")
    vis = assembly.vis_network()
    return (
        environment()
        .get_template("page.html")
        .render(
            policy=assembly.policy([vis, code], [css]),
            title=plain(options.title),
            lead=_lead(shown),
            style=Markup(assembly.trusted(css, "style")),
            vis=Markup(assembly.trusted(vis, "script")),
            palette=Markup(palette().compact),
            data=Markup(block),
            packed=packed,
            code=Markup(assembly.trusted(code, "script")),
            speeches=_as_text(shown),
            shown=min(NOSCRIPT, len(shown.arcs)),
            total=len(shown.arcs),
            version=options.version,
            digest=shown.digest,
        )
    )


def positions(
    shown: Figure, first: int = FIRST, seed: int = 0
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Centres of all nodes, and of the `first` ones laid out by themselves, in px."""
    boxes = [box(node.label, node.claims) for node in shown.nodes]
    edges = list(shown.pairs())
    opening = layout(boxes[:first], [e for e in edges if max(e) < first], seed=seed)
    return (layout(boxes, edges, seed=seed) if len(boxes) > first else opening), opening


def _packed(block: str, pack: bool | None) -> tuple[str, bool]:
    if pack is False or (pack is None and len(block) <= PACK):
        return block, False
    level = 9 if len(block) < MANY else 6  # beyond, 9 takes three times as long and saves a hundredth
    return base64.b64encode(gzip.compress(block.encode("utf-8"), level, mtime=0)).decode("ascii"), True


def plain(text: str) -> str:
    """`text` as UTF-8 can hold it: a lone surrogate becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _lead(shown: Figure) -> str:
    """What the page is, for whoever never saw one: how many speeches, of which years."""
    number = len(shown.speeches)
    years = sorted({e.speech.date[:4] for e in shown.speeches if e.speech.date})
    when = f", {years[0]}" + (f"–{years[-1]}" if years[1:] else "") if years else ""
    return f"Who says what about whom in {number:,} speech{'' if number == 1 else 'es'}{when}."


def _as_text(shown: Figure) -> list[tuple[str, list[str]]]:
    """The first claims for readers without scripts: by speech and claimant."""
    found: dict[tuple[int, str], list[str]] = {}
    for arc in shown.arcs[:NOSCRIPT]:
        who = shown.names.get(arc.claim.claimant, arc.claim.claimant)
        found.setdefault((arc.speech, who), []).append(plain(in_words(arc.claim, shown.names)))
    parts = [(shown.speeches[place].speech, who, lines) for (place, who), lines in found.items()]
    return [(plain(f"{who}: {s.title or s.doc} ({s.date or 'undated'})"), lines) for s, who, lines in parts]


def in_words(claim: Claim, names: Mapping[str, str]) -> str:
    """A claim as a line of text: what is said, and how where that is not plain assertion."""
    how = [claim.modality.value] if claim.modality is not Modality.ASSERTED else []
    how += ["negated"] if claim.polarity is Polarity.NEGATED else []
    subject, target = (names.get(end, end) for end in (claim.subject, claim.object))
    said = f"{subject} — {claim.predicate} → {target}"
    return f"{said} ({', '.join(how)})" if how else said


def write_html(path: str | PathLike[str], html: str) -> Path:
    """Write a page: UTF-8, LF, whole or not at all. Raises `OutputError`."""
    return write_whole(path, html)

"""A report in one page: the graph, charts, contested claims, and how it was made. No script."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Protocol

from kgraph.errors import OutputError
from kgraph.lexicon import Lexicon
from kgraph.model import Extraction, Polarity, Run
from kgraph.query import contested, dyads
from kgraph.view import charts
from kgraph.view.assembly import policy, sheet_style
from kgraph.view.figure import Figure, figure
from kgraph.view.markup import Markup
from kgraph.view.page import environment, plain
from kgraph.view.speech import relative_address
from kgraph.view.svg import figure_svg
from kgraph.view.tallies import how, states_mentioned
from kgraph.view.visible import safe_link, visible
from kgraph.view.world import NOTE, disputed

_SCORES = re.compile(
    r"\| \**(?P<name>[^|*]+)\** *\|" + "".join(rf" *(?P<{key}>[\d.]+|–) *\|" for key in ("P", "R", "F1", "gold"))
)
DRAWN = 60  # nodes of the picture
CONTESTED = 25  # rows of the table


class Graph(Protocol):
    """A `KnowledgeGraph`: speeches with what was found in them, which questions can be put to."""

    @property
    def lexicon(self) -> Lexicon: ...

    def __iter__(self) -> Iterator[Extraction]: ...


@dataclass(frozen=True, slots=True)
class _Picture:
    """A chart or drawing as an image, with what stands below it."""

    title: str
    source: str
    note: str


def report_html(
    graph: Graph,
    *,
    title: str = "What is claimed",
    page: str | None = None,
    run: Run | None = None,
    quality: Mapping[str, str] | str | PathLike[str] | None = None,
    boundaries: str | None = None,
    version: str = "",
) -> str:
    """The report as text.

    `page` is the address of the graph's own page, which the report then links to; `quality` says how well
    extraction works, for the note on methods: figures by name, or the file into which ``kgraph evaluate`` printed;
    `boundaries` is a GeoJSON file of the user's own for the map.
    Raises `MissingExtra` without ``kgraph[report]``, `OutputError` for a `quality` file without figures.
    """
    found = tuple(graph)
    shown = figure(found, graph.lexicon)
    css = sheet_style()
    return (
        environment()
        .get_template("report.html")
        .render(
            policy=policy([], [css]),
            style=Markup(css),
            title=_said(title),
            page=relative_address(page),
            counts=_counts(shown),
            picture=_picture(shown, graph.lexicon, title),
            charts=list(_charts(graph, found, boundaries)),
            contested=[_contested(row) for row in contested(graph)[:CONTESTED]],
            speeches=[_speech(extraction) for extraction in shown.speeches],
            run=run,
            quality=quality if isinstance(quality, Mapping) else read_quality(quality) if quality else {},
            confidence=_confidence(shown),
            disputed=", ".join(disputed()),
            boundaries=_said(boundaries) if boundaries else None,
            note=NOTE,
            digest=shown.digest,
            version=version,
        )
    )


def read_quality(path: str | PathLike[str]) -> dict[str, str]:
    """Figures by name out of the tables that ``kgraph evaluate`` prints: precision, recall, F1, number in gold."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as problem:
        raise OutputError(f"{path}: {problem}") from problem
    found = {row["name"].strip(): row for line in lines if (row := _SCORES.match(line))}
    if not found:
        raise OutputError(f"{path}: no table of scores; write one with: kgraph evaluate FOLDER > scores.md")
    told = "precision {P}, recall {R}, F1 {F1}; {gold} annotated"
    return {name: told.format_map(row.groupdict()) for name, row in found.items()}


def _confidence(shown: Figure) -> str | None:
    """What the claims' own confidences say, which are meant as shares of right claims."""
    given = sorted(arc.claim.confidence for arc in shown.arcs)
    if not given:
        return None
    right = f"by their own confidence, about {sum(given):,.0f} of {len(given):,} claims are right"
    return f"{right} (median {given[len(given) // 2]:.2f}): read the sentence before you cite"


def _said(text: str) -> str:
    return visible(plain(text))


def _counts(shown: Figure) -> dict[str, int]:
    kinds = Counter(how(arc.claim) for arc in shown.arcs)
    words = sum(len(e.speech.text.split()) for e in shown.speeches)
    claims = {"stated as fact": kinds["fact"], "possible, planned or called for": kinds["hypothetical"]}
    negated = {"negated": sum(arc.claim.polarity is Polarity.NEGATED for arc in shown.arcs)}
    whole = {"speeches": len(shown.speeches), "words": words, "nodes": len(shown.nodes), "claims": len(shown.arcs)}
    return whole | claims | negated


def _image(data: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(data).decode("ascii")


def _picture(shown: Figure, lexicon: Lexicon, title: str) -> _Picture:
    drawn = min(DRAWN, len(shown.nodes))
    svg = figure_svg(shown, lexicon, range(drawn), title=title)
    return _Picture("The graph", _image(svg.encode()), f"The {drawn} most claimed of {len(shown.nodes)} nodes.")


def _charts(graph: Graph, found: tuple[Extraction, ...], boundaries: str | None) -> Iterator[_Picture]:
    """Every chart for which there are data."""
    shown, lexicon = figure(found, graph.lexicon), graph.lexicon
    rows = list(dyads(graph))
    drawn: list[tuple[str, Any, str]] = []
    if any(node.type == "Threat" for node in shown.nodes):
        pale = "Bars of full colour are stated as fact, paler ones possible, planned or called for, the palest negated."
        drawn.append(("Threats over time", charts.threat_timeline(found, lexicon), pale))
        drawn.append(
            ("Who speaks of which threat", charts.speaker_threat(found, lexicon), "Claims; n counts speeches.")
        )
        sentence = "Sentences in which two threats are named together."
        drawn.append(("Threats named together", charts.cooccurrence_matrix(found, lexicon), sentence))
    if rows:
        said = "What states are said to do to each other, affirmed claims only; numbers are claims."
        drawn.append(("State to state", charts.state_matrix(rows), said))
    if states_mentioned(found, lexicon):
        land = charts.mention_map(found, lexicon, boundaries=boundaries)
        drawn.append(("States mentioned", land, "Colour shows mentions and nothing else."))
    for title, chart, note in drawn:
        if title != "States mentioned":  # there the chart's title says whose boundaries are drawn
            chart = chart.properties(title="")
        yield _Picture(title, _image(charts.chart_bytes(chart, "svg")), note)


def _contested(row: Any) -> dict[str, Any]:
    return {
        "statement": _said(f"{row.subject} — {row.predicate} → {row.object}"),
        "affirmed": row.affirmed,
        "denied": row.denied,
        "affirmed_by": _said(", ".join(row.affirmed_by)),
        "denied_by": _said(", ".join(row.denied_by)),
        "affirmed_quote": _said(row.affirmed_quote),
        "denied_quote": _said(row.denied_quote),
    }


def _speech(extraction: Extraction) -> dict[str, Any]:
    speech = extraction.speech
    return {
        "name": _said(speech.title or speech.doc),
        "doc": _said(speech.doc),
        "date": speech.date or "undated",
        "speaker": _said(speech.speaker or ""),
        "source": safe_link(speech.source),
        "words": len(speech.text.split()),
        "claims": len(extraction.claims),
        "sha256": speech.sha256[:12],
    }

"""Charts for reports, drawn with Altair and saved without a browser (``pip install "kgraph[report]"``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.errors import MissingExtra, OutputError
from kgraph.lexicon import Lexicon
from kgraph.model import Extraction
from kgraph.view import tallies, world
from kgraph.view.figure import figure
from kgraph.writing import write_whole

if TYPE_CHECKING:
    import altair as alt

    from kgraph.query import DyadRow

LOOK = {
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260},
    "header": {"labelFontSize": 12, "labelLimit": 260},
    "legend": {"labelFontSize": 12, "titleFontSize": 12},
    "title": {"fontSize": 15, "anchor": "start", "subtitleFontSize": 12},
}
INKS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#8A929C"]  # Okabe and Ito's, and grey for the others


def _altair() -> Any:
    try:
        import altair
        import vl_convert  # noqa: F401
    except ImportError as problem:
        raise MissingExtra("charts need Altair and vl-convert: pip install 'kgraph[report]'") from problem
    return altair


def _data(rows: Iterable[tallies.Row]) -> alt.Data:
    return _altair().Data(values=list(rows))


def threat_timeline(
    extractions: Iterable[Extraction], lexicon: Lexicon, *, most: int = 8, per_words: bool = False
) -> alt.FacetChart:
    """A row of bars a threat: claims that name it by year, by speaker; paler where they are no plain assertion.

    Years with speeches and no claim stay in the axis. `per_words` counts claims in 1,000 words of that year's speeches.
    """
    alt = _altair()
    shown = figure(extractions, lexicon)
    rows = tallies.threats_by_year(shown, most)
    names = [shown.names[id_] for id_ in tallies.threats_of(shown, most)]
    years = tallies.years(shown)
    unit = "in 1,000 words, " if per_words else ""
    few, value = len(years) <= 14, "rate" if per_words else "claims"
    colour = alt.Color("speaker:N", scale=alt.Scale(range=INKS), title="claimed by")
    how = alt.Scale(domain=["fact", "hypothetical", "negated"], range=[1, 0.55, 0.25])
    bars = (
        alt.Chart(_data(rows))
        .mark_bar(stroke="#1a1d21", strokeWidth=0.4)
        .encode(
            x=alt.X("year:O", scale=alt.Scale(domain=years), title=None, axis=alt.Axis(labelAngle=0 if few else -45)),
            y=alt.Y(f"sum({value}):Q", title=None, axis=alt.Axis(tickMinStep=0 if per_words else 1, tickCount=3)),
            color=colour,
            opacity=alt.Opacity("how:N", scale=how, title="how"),
            order=alt.Order("how:N"),
        )
        .properties(height=44, width=460)
    )
    row = alt.Row("threat:N", sort=names, title=None, header=alt.Header(labelAngle=0, labelAlign="left"))
    return bars.facet(row=row, spacing=10).properties(title=f"Claims naming each threat, {unit}by year")


def speaker_threat(extractions: Iterable[Extraction], lexicon: Lexicon, *, most: int = 12) -> alt.LayerChart:
    """Claims by speaker and threat, the number in each cell; speakers and threats stand beside those like them."""
    alt = _altair()
    rows = tallies.speakers_by_threat(figure(extractions, lexicon), most)
    x = alt.X("threat:N", sort=_alike(rows, "threat", "speaker", "claims"), title=None, axis=alt.Axis(labelAngle=-40))
    y = alt.Y("speaker:N", sort=_alike(rows, "speaker", "threat", "claims"), title=None)
    return _heat(rows, x, y, "claims", "Speaker by threat (n: speeches)")


def cooccurrence_matrix(
    extractions: Iterable[Extraction], lexicon: Lexicon, *, most: int = 14, measure: str = "sentences"
) -> alt.LayerChart:
    """How often threats are named in one sentence; `measure` is "sentences" or "ppmi" (bits above chance)."""
    alt = _altair()
    rows = tallies.together(figure(extractions, lexicon), most)
    order = _alike(rows, "one", "other", measure)
    x = alt.X("one:N", sort=order, title=None, axis=alt.Axis(labelAngle=-40))
    y = alt.Y("other:N", sort=order, title=None)
    title = {"sentences": "Named in one sentence", "ppmi": "Named in one sentence, above chance (PPMI, bits)"}[measure]
    return _heat(rows, x, y, measure, title)


def _heat(rows: Sequence[tallies.Row], x: Any, y: Any, value: str, title: str) -> alt.LayerChart:
    alt = _altair()
    most = max((row[value] for row in rows), default=0) or 1
    base = alt.Chart(_data(rows)).encode(x=x, y=y)
    scale = alt.Scale(scheme="cividis", type="symlog", domain=[0, most])
    cells = base.mark_rect(stroke="#fff", strokeWidth=0.5).encode(color=alt.Color(f"{value}:Q", scale=scale))
    pale = alt.datum[value] > (1 + most) ** 0.55 - 1  # where the scale turns light
    words = base.transform_filter(alt.datum[value] > 0).mark_text(fontSize=10)
    ink = alt.condition(pale, alt.value("#111"), alt.value("#fff"))
    return (cells + words.encode(text=alt.Text(f"{value}:Q", format=".3~g"), color=ink)).properties(
        title=title, width=alt.Step(36), height=alt.Step(25)
    )


def state_matrix(rows: Iterable[DyadRow], *, most: int = 14) -> alt.LayerChart:
    """What states are said to do to each other: from cooperation (blue) to conflict (red), claims in each cell.

    `rows` are those of `kgraph.query.dyads`.
    """
    alt = _altair()
    given: list[tallies.Row] = [
        {"source": r.source, "target": r.target, "claims": r.claims, "hostility": r.hostility} for r in rows
    ]
    weight: dict[str, int] = {}
    for row in given:
        for end in (row["source"], row["target"]):
            weight[end] = weight.get(end, 0) + row["claims"]
    kept = sorted(weight, key=lambda name: (-weight[name], name))[:most]
    cells = [row for row in given if row["source"] in kept and row["target"] in kept]
    x = alt.X("target:N", sort=kept, title="said to be done to", axis=alt.Axis(labelAngle=-40))
    base = alt.Chart(_data(cells)).encode(x=x, y=alt.Y("source:N", sort=kept, title="actor"))
    scale = alt.Scale(scheme="redblue", reverse=True, domain=[-1, 1])
    colour = alt.Color("hostility:Q", scale=scale, title="conflict (1) to cooperation (-1)")
    squares = base.mark_rect(stroke="#888", strokeWidth=0.4).encode(color=colour)
    strong = (alt.datum.hostility > 0.6) | (alt.datum.hostility < -0.6)
    ink = alt.condition(strong, alt.value("#fff"), alt.value("#111"))
    words = base.mark_text(fontSize=10).encode(text="claims:Q", color=ink)
    return (squares + words).properties(title="State to state, as claimed", width=alt.Step(44), height=alt.Step(27))


def mention_map(
    extractions: Iterable[Extraction], lexicon: Lexicon, *, boundaries: str | Path | None = None
) -> alt.LayerChart:
    """Where the speeches look: mentions of states on a map, colour by mentions only, disputed areas hatched.

    `boundaries` is a GeoJSON file of the user's own, with ISO 3166 alpha-3 codes in `id` or a property ``iso3``; then
    nothing is hatched.
    """
    alt = _altair()
    counts = {row["iso3"]: row for row in tallies.states_mentioned(extractions, lexicon)}
    shapes = world.own_countries(boundaries) if boundaries else world.countries()
    shapes = tuple(f for f in shapes if f.get("id") != "ATA")
    named = [{**f, "properties": f["properties"] | counts[f["id"]]} for f in shapes if f.get("id") in counts]
    land = alt.Chart(alt.Data(values=list(shapes))).mark_geoshape(fill="#e6e9ed", stroke="#fff", strokeWidth=0.5)
    scale = alt.Scale(scheme="cividis", type="log" if len(named) > 1 else "linear")
    colour = alt.Color("properties.mentions:Q", scale=scale, title="mentions")
    seen = alt.Chart(alt.Data(values=named)).mark_geoshape(stroke="#fff", strokeWidth=0.5).encode(color=colour)
    layers = [land, seen]
    if not boundaries:
        lines = alt.Chart(alt.Data(values=[world.hatching()]))
        layers.append(lines.mark_geoshape(filled=False, stroke="#1a1d21", strokeWidth=0.6))
    note = "Boundaries: the user's own." if boundaries else world.NOTE
    title = alt.TitleParams("States mentioned", subtitle=note)
    return alt.layer(*layers).project("equalEarth").properties(width=720, height=370, title=title)


def _alike(rows: Sequence[tallies.Row], one: str, other: str, value: str) -> list[str]:
    """Values of `one` in an order that puts those with like counts beside each other (optimal leaf ordering)."""
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import pdist

    ones, others = (list(dict.fromkeys(row[key] for row in rows)) for key in (one, other))
    if len(ones) < 3:
        return ones
    table = np.zeros((len(ones), len(others)))
    for row in rows:
        table[ones.index(row[one]), others.index(row[other])] = row[value]
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    apart = pdist(table)
    tree = optimal_leaf_ordering(linkage(apart, "average"), apart)
    return [ones[leaf] for leaf in leaves_list(tree)]


def chart_bytes(chart: alt.TopLevelMixin, format: str) -> bytes:
    """A chart as "svg", "png" (2x) or "pdf", without a browser."""
    _altair()
    import vl_convert

    made: dict[str, Any] = {
        "svg": vl_convert.vegalite_to_svg,
        "png": vl_convert.vegalite_to_png,
        "pdf": vl_convert.vegalite_to_pdf,
    }
    if format not in made:
        raise OutputError(f"{format!r} is no format of a chart; allowed: {', '.join(made)}")
    spec = chart.to_dict(validate=False)
    spec["config"] = LOOK | spec.get("config", {})
    drawn = made[format](spec, scale=2) if format == "png" else made[format](spec)
    return drawn.encode("utf-8") if isinstance(drawn, str) else drawn


def save_chart(chart: alt.TopLevelMixin, path: str | Path) -> Path:
    """Write a chart; the ending says how (.svg, .png, .pdf). Raises `OutputError`."""
    return write_whole(path, chart_bytes(chart, Path(path).suffix.lstrip(".").lower()))

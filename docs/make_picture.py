"""Draws docs/claim-model.svg, one claim with all that belongs to it: ``python docs/make_picture.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

PICTURE = Path(__file__).parent / "claim-model.svg"
WIDTH, HEIGHT, LINE = 1130, 640, 17
STYLE = """
text { font: 13px system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; fill: #1f2933; }
.kind { font-weight: 600; }
.id { font-size: 11.5px; fill: #52606d; }
.label { font-size: 11.5px; fill: #334e68; text-anchor: middle; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
.box { stroke-width: 1.4; }
.edge { fill: none; stroke: #627d98; stroke-width: 1.4; marker-end: url(#tip); }
"""


@dataclass(frozen=True)
class Box:
    """A node of the graph: its kind, its name, and the values that it holds."""

    x: int
    y: int
    width: int
    kind: str
    name: str
    values: tuple[str, ...] = ()
    fill: str = "#f5f7fa"
    stroke: str = "#9fb3c8"

    @property
    def height(self) -> int:
        return 48 + LINE * len(self.values) + (6 if self.values else 0)


CLAIM, THING, PLACE, RUN = (
    ("#fff3d6", "#d9a520"),
    ("#e3f0fb", "#4a8fca"),
    ("#e6f6ec", "#4ea672"),
    ("#f0eaf9", "#8c6bc0"),
)
BOXES = {
    "claim": Box(
        *(430, 215, 250, "kg:Claim", "claim/d0a4519bc3cbb75a5269"),
        (
            'kg:polarity "affirmed"',
            'kg:modality "asserted"',
            'kg:voice "speaker"',
            "kg:confidence 0.9",
            'kg:rule "frames: threatens"',
            'kg:step "1 subject: …" (0 or more)',
        ),
        *CLAIM,
    ),
    "claimant": Box(30, 150, 250, "kg:Person", "entity/person/anna-keller", ('rdfs:label "Anna Keller"',), *THING),
    "subject": Box(
        *(30, 250, 250, "kg:Threat, kg:TerrorismThreat", "kgc:threat-terrorism", ('rdfs:label "terrorism"',)),
        *THING,
    ),
    "predicate": Box(30, 350, 250, "rdf:Property", "kg:threatens", (), *THING),
    "object": Box(30, 427, 250, "kg:Organisation", "kgc:org-cis", ('kg:surfaceForm "CIS"',), *THING),
    "speech": Box(
        *(430, 45, 250, "kg:Speech", "speech/2014-07-10-…"),
        ("dct:title, dct:date, kg:hasSpeaker …", "schema:text, kg:sha256"),
        *PLACE,
    ),
    "span": Box(850, 250, 250, "oa:SpecificResource", "speech/2014-07-10-…#char=51,134", (), *PLACE),
    "selector": Box(
        *(850, 370, 250, "oa:TextPositionSelector", "and oa:TextQuoteSelector"),
        ("oa:start 51", "oa:end 134", 'oa:exact "International terrorism …"'),
        *PLACE,
    ),
    "mention": Box(
        *(430, 535, 250, "kg:Mention", "speech/2014-07-10-…#char=97,100", ("kg:confidence, kg:rule",)),
        *PLACE,
    ),
    "run": Box(
        *(850, 45, 250, "kg:Run", "run/9b631a30a021b639bdab", ("versions of kgraph, model, lexicon",)),
        *RUN,
    ),
    "graph": Box(30, 55, 250, "kg:SpeechGraph", "speech/2014-07-10-…#graph", (), *RUN),
}
# From, side, to, side, label, shift of the two ends along their sides (0 to 1).
EDGES = (
    ("claim", "left", "claimant", "right", "kg:claimant", 0.12, 0.5),
    ("claim", "left", "subject", "right", "rdf:subject", 0.4, 0.5),
    ("claim", "left", "predicate", "right", "rdf:predicate", 0.66, 0.5),
    ("claim", "left", "object", "right", "rdf:object", 0.9, 0.4),
    ("claim", "top", "speech", "bottom", "kg:saidIn", 0.5, 0.5),
    ("claim", "right", "span", "left", "kg:evidence", 0.29, 0.5),
    ("span", "top", "speech", "right", "oa:hasSource", 0.3, 0.75),
    ("span", "bottom", "selector", "top", "oa:hasSelector", 0.5, 0.5),
    ("claim", "bottom", "mention", "top", "kg:objectSpan", 0.6, 0.6),
    ("mention", "left", "object", "bottom", "kg:refersTo", 0.5, 0.7),
    ("graph", "right", "speech", "left", "prov:wasDerivedFrom", 0.5, 0.4),
)


def end(box: Box, side: str, share: float) -> tuple[float, float]:
    """The point on a side of a box."""
    if side in ("left", "right"):
        return box.x + (box.width if side == "right" else 0), box.y + box.height * share
    return box.x + box.width * share, box.y + (box.height if side == "bottom" else 0)


def pull(point: tuple[float, float], side: str, strength: float = 45) -> tuple[float, float]:
    """Where a curve heads when it leaves a side."""
    dx, dy = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}[side]
    return point[0] + dx * strength, point[1] + dy * strength


def curve(
    start: str, start_side: str, stop: str, stop_side: str, label: str, first: float, last: float
) -> tuple[str, str]:
    """An arrow and its label."""
    a, d = end(BOXES[start], start_side, first), end(BOXES[stop], stop_side, last)
    b, c = pull(a, start_side), pull(d, stop_side)
    x, y = ((p + 3 * q + 3 * r + s) / 8 for p, q, r, s in zip(a, b, c, d, strict=True))
    path = f"M{a[0]:.0f} {a[1]:.0f} C{b[0]:.0f} {b[1]:.0f} {c[0]:.0f} {c[1]:.0f} {d[0]:.0f} {d[1]:.0f}"
    return f'<path class="edge" d="{path}"/>', f'<text class="label" x="{x:.0f}" y="{y + 4:.0f}">{label}</text>'


def drawn(box: Box) -> Iterator[str]:
    """A box with its text."""
    place = f'x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"'
    yield f'<rect class="box" {place} rx="7" fill="{box.fill}" stroke="{box.stroke}"/>'
    x, y = box.x + 12, box.y + 20
    yield f'<text class="kind" x="{x}" y="{y}">{escape(box.kind)}</text>'
    yield f'<text class="id" x="{x}" y="{y + LINE}">{escape(box.name)}</text>'
    for number, value in enumerate(box.values):
        yield f'<text x="{x}" y="{y + 2 * LINE + 6 + LINE * number}">{escape(value)}</text>'


def picture() -> str:
    """The whole drawing."""
    curves = [curve(*edge) for edge in EDGES]
    run = (
        '<path class="edge" d="M155 55 C170 2 960 2 975 45"/>\n'
        '<text class="label" x="765" y="22">prov:wasGeneratedBy</text>'
    )
    title = "A claim, what it states, who claims it, where it is said, and by what run it was found"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L10 5L0 10z" fill="#627d98"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *(path for path, _ in curves),
        run,
        *(line for box in BOXES.values() for line in drawn(box)),
        *(label for _, label in curves),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")

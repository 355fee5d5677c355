"""The graph as SVG, without a browser: for papers, notebooks and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgraph.errors import NameLookupError
from kgraph.lexicon import Lexicon
from kgraph.model import Extraction
from kgraph.view.bundles import Bundle, Line, bundles
from kgraph.view.figure import Figure, Node, figure
from kgraph.view.labels import FONT_SIZE, GAP, LINE_HEIGHT, Box, box, radius, text_width, wrap
from kgraph.view.layout import layout
from kgraph.view.lines import DASH, caption, course, line, relation
from kgraph.view.marks import Place, mark
from kgraph.view.markup import Markup, number, tag, text
from kgraph.view.palette import palette
from kgraph.view.visible import visible

FONT = "'Noto Sans', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
EDGE = 24  # px around the picture
HEAD = 34  # px for the title
AIRY = 1.7  # times the usual distances, where relation labels need room
LABELLED = 40  # relation labels are written up to so many lines


def to_svg(
    extractions: Iterable[Extraction],
    lexicon: Lexicon,
    *,
    title: str = "What is claimed",
    first: int = 150,
    focus: str | None = None,
    depth: int = 1,
    places: Mapping[str, Place] | None = None,
    seed: int = 0,
) -> str:
    """The `first` most claimed nodes and the claims between them, as an SVG with real text.

    `focus` is the id of a node: then only what is at most `depth` claims away from it; `NameLookupError` if no claim
    is about it. `places` gives centres in px by id (as copied from a page); nodes that it lacks stand where the layout
    puts them.
    """
    shown = figure(extractions, lexicon)
    kept = near(shown, focus, depth) if focus else list(range(min(first, len(shown.nodes))))
    return figure_svg(shown, lexicon, kept, title=title, places=places, seed=seed)


def near(shown: Figure, focus: str, depth: int) -> list[int]:
    """Nodes at most `depth` claims away from the one with id `focus`, by number of claims."""
    if focus not in shown.index:
        raise NameLookupError(f"no claim is about {focus!r}")
    found = edge = {shown.index[focus]}
    both_ways = [way for pair in shown.pairs() for way in (pair, pair[::-1])]
    for _ in range(depth):
        edge = {j for i, j in both_ways if i in edge} - found
        found = found | edge
    return sorted(found)


@dataclass(frozen=True)
class _Scene:
    """What is drawn, and where."""

    nodes: list[Node]
    boxes: list[Box]
    lines: list[Bundle]  # ends are places in `nodes`' figure; `order` turns them
    order: dict[int, int]
    centres: list[Place]


def figure_svg(
    shown: Figure,
    lexicon: Lexicon,
    kept: Sequence[int],
    *,
    title: str,
    places: Mapping[str, Place] | None = None,
    seed: int = 0,
) -> str:
    """`to_svg` for a `Figure` and the places in it of the nodes that are drawn."""
    scene = _scene(shown, lexicon, kept, places or {}, seed)
    note = f"Each line is a claim that somebody made, not a fact. {len(scene.nodes):,} of {len(shown.nodes):,} nodes."
    return _sheet(scene, title, note)


def _scene(shown: Figure, lexicon: Lexicon, kept: Sequence[int], places: Mapping[str, Place], seed: int) -> _Scene:
    order = {place: at for at, place in enumerate(kept)}
    nodes = [shown.nodes[place] for place in kept]
    lines = [b for b in bundles(shown, lexicon) if b.subject in order and b.object in order]
    boxes = [box(node.label, node.claims) for node in nodes]
    laid = layout(boxes, [(order[b.subject], order[b.object]) for b in lines], seed=seed)
    if len(lines) <= LABELLED:
        laid = [(x * AIRY, y * AIRY) for x, y in laid]
    centres = [places.get(node.id, centre) for node, centre in zip(nodes, laid, strict=True)]
    return _Scene(nodes, boxes, lines, order, centres)


def _drawn(scene: _Scene) -> list[Markup]:
    ways = []
    for b in scene.lines:
        start, end = scene.order[b.subject], scene.order[b.object]
        radii = [radius(scene.nodes[place].claims) for place in (start, end)]
        ways.append(course(scene.centres[start], radii[0], scene.centres[end], radii[1], b.twin))
    placed = list(zip(scene.nodes, scene.centres, strict=True))
    made = [line(b, way) for b, way in zip(scene.lines, ways, strict=True)]
    made += [mark(palette().style(node.type), at, radius(node.claims), node.label) for node, at in placed]
    if len(ways) <= LABELLED:
        made += [relation(b, way) for b, way in zip(scene.lines, ways, strict=True)]
    return made + [_label(node, at) for node, at in placed]


def _label(node: Node, at: Place) -> Markup:
    top = at[1] + radius(node.claims) + GAP + FONT_SIZE * 0.92
    rows = enumerate(wrap(visible(node.label)))
    return Markup("".join(caption(words, at[0], top + n * LINE_HEIGHT, FONT_SIZE) for n, words in rows))


def _sheet(scene: _Scene, title: str, note: str) -> str:
    left, top, right, bottom = _bounds(scene)
    width = max(420.0, right - left + 2 * EDGE)
    legend, used = _rows(_legend(scene), width - 2 * EDGE)
    tall = bottom - top + 2 * EDGE + HEAD
    height = tall + used + 22
    ink = palette().ink
    middle = f"translate({number((width - right + left) / 2 - left)} {number(EDGE + HEAD - top)})"
    parts = [
        tag("title", text(title)),
        tag("rect", width=width, height=height, fill=palette().paper),
        tag("text", text(title[: int(width / 9)]), x=EDGE, y=30, font_size=17, font_weight=600, fill=ink),
        tag("g", *_drawn(scene), transform=middle),
        tag("g", legend, transform=f"translate({EDGE} {number(tall)})", font_size=12, fill=ink),
        tag("text", text(note), x=EDGE, y=height - 10, font_size=11, fill=ink),
    ]
    whole: dict[str, str | float] = {"viewBox": f"0 0 {number(width)} {number(height)}"}
    size = whole | {"width": width, "height": height}
    look: dict[str, str | float] = {"font_family": FONT, "font_size": FONT_SIZE, "role": "img", "aria_label": title}
    svg = tag("svg", *(Markup(f"\n{part}") for part in parts), xmlns="http://www.w3.org/2000/svg", **size, **look)
    return f"{svg}\n"


def _bounds(scene: _Scene) -> tuple[float, float, float, float]:
    pairs = list(zip(scene.centres, scene.boxes, strict=True))
    if not pairs:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min(x - b.half for (x, _), b in pairs),
        min(y - b.above for (_, y), b in pairs),
        max(x + b.half for (x, _), b in pairs),
        max(y + b.below for (_, y), b in pairs),
    )


def _legend(scene: _Scene) -> list[tuple[Markup, str]]:
    """What the picture explains: marks that it uses, kinds of line, families; each a drawing and words."""
    colours = palette()
    kinds = {colours.style(node.type) for node in scene.nodes}
    marks = [(mark(s, (14, 0), 6.5, s.plural), s.plural) for s in colours.types if s in kinds]
    words = {Line.SOLID: "stated as fact", Line.DASHED: "possible, planned, called for", Line.DOTTED: "negated"}
    lines = [(_stroke(colours.ink, 1.6, DASH[kind]), said) for kind, said in words.items()]
    used = {b.family for b in scene.lines}
    families = [(_stroke(f.light, 3, None), f.label.lower()) for f in colours.families if f.name in used]
    return [*marks, *lines, *families]


def _stroke(colour: str, width: float, dash: str | None) -> Markup:
    return tag("path", d="M2 0H28", fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dash)


def _rows(items: Sequence[tuple[Markup, str]], width: float) -> tuple[Markup, float]:
    """The legend in rows, and its height."""
    made, x, y = [], 0.0, 8
    for drawing, words in items:
        room = 54 + text_width(words, 12)
        if x and x + room > width:
            x, y = 0.0, y + 22
        made.append(tag("g", drawing, tag("text", text(words), x=34, y=4), transform=f"translate({number(x)} {y})"))
        x += room
    return Markup("".join(made)), y + 22

"""The graph for those who draw themselves: networkx and pyvis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kgraph.errors import MissingExtra
from kgraph.lexicon import Lexicon
from kgraph.model import Extraction
from kgraph.view.bundles import Bundle, Line, bundles
from kgraph.view.figure import Figure, figure
from kgraph.view.labels import radius
from kgraph.view.page import positions
from kgraph.view.palette import palette
from kgraph.view.visible import visible

if TYPE_CHECKING:
    import networkx
    from pyvis.network import Network

_SHAPES = {"circle": "dot", "cross": "database", "pentagon": "ellipse", "bar": "box"}  # what vis-network has for ours


def to_networkx(extractions: Iterable[Extraction], lexicon: Lexicon) -> networkx.MultiDiGraph:
    """Nodes by id, one edge a claim (key: its number), with everything that is known as attributes."""
    import networkx

    shown = figure(extractions, lexicon, max_nodes=1_000_000)
    graph = networkx.MultiDiGraph()
    for node in shown.nodes:
        graph.add_node(node.id, label=node.label, type=node.type, subtype=node.subtype or "", claims=node.claims)
    for number, arc in enumerate(shown.arcs, 1):
        claim, speech = arc.claim, shown.speech(arc)
        if claim.object in shown.index:
            graph.add_edge(
                claim.subject,
                claim.object,
                key=f"c{number}",
                relation=claim.predicate,
                polarity=claim.polarity.value,
                modality=claim.modality.value,
                claimant=shown.names.get(claim.claimant, claim.claimant),
                confidence=claim.confidence,
                date=speech.date or "",
                document=speech.doc,
                sentence=claim.evidence.quote,
            )
    return graph


def to_pyvis(extractions: Iterable[Extraction], lexicon: Lexicon, *, first: int = 300) -> Network:
    """The `first` most claimed nodes as a pyvis network: positions, shapes, dashes and arrows set, physics off.

    Always directed, since pyvis drops parallel edges otherwise. Its own `write_html` writes pyvis' page, not ours: that
    page loads scripts from elsewhere and runs markup in names. So names are made harmless here, and ids are numbers.
    """
    try:
        from pyvis.network import Network
    except ImportError as problem:
        raise MissingExtra("to_pyvis needs pyvis: pip install 'pyvis>=0.3.2,<0.4'") from problem
    shown = figure(extractions, lexicon)
    _, places = positions(shown, first)
    network = Network(directed=True, height="800px", width="100%")
    network.toggle_physics(False)
    for at, (x, y) in enumerate(places):
        _add_node(network, shown, at, x, y)
    for bundle in bundles(shown, lexicon):
        if max(bundle.subject, bundle.object) < len(places):
            _add_edge(network, bundle)
    return network


def _add_node(network: Network, shown: Figure, at: int, x: float, y: float) -> None:
    node, look = shown.nodes[at], palette().style(shown.nodes[at].type)
    words = _harmless(node.label)
    network.add_node(
        at,
        label=words,
        title=f"{words} ({node.type}, {node.claims} claims)",
        shape=_SHAPES.get(look.shape, look.shape),
        color={"background": look.fill, "border": palette().outline},
        size=radius(node.claims),
        x=x,
        y=y,
        physics=False,
    )


def _add_edge(network: Network, bundle: Bundle) -> None:
    network.add_edge(
        bundle.subject,
        bundle.object,
        title=_harmless(bundle.label),
        width=bundle.width,
        color=palette().family(bundle.family).light,
        dashes={Line.SOLID: False, Line.DASHED: [7, 5], Line.DOTTED: [2, 4]}[bundle.line],
        arrows={"to": {"enabled": True, "type": "bar" if bundle.line is Line.DOTTED else "arrow"}},
        smooth={"enabled": bundle.twin, "type": "curvedCW", "roundness": 0.15},
    )


def _harmless(words: str) -> str:
    """Without the characters that make markup, and without the word that makes pyvis treat titles as markup."""
    plain = visible(words).translate(str.maketrans("<>&\"'`", "‹›＆”’’"))
    return plain.replace("href", "hr\u200bef").encode("utf-8", "replace").decode("utf-8")

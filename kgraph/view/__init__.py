"""Pictures and pages: the HTML graph, the annotated speech, SVG, GEXF, pyvis; notebooks."""

from kgraph.view.figure import Figure, figure
from kgraph.view.gexf import to_gexf
from kgraph.view.layout import layout
from kgraph.view.notebook import show_claim, show_graph, show_speech
from kgraph.view.page import network_html, write_html
from kgraph.view.payload import Quotes
from kgraph.view.speech import speech_html, to_displacy
from kgraph.view.svg import to_svg
from kgraph.view.tinker import to_networkx, to_pyvis

__all__ = [
    "Figure",
    "Quotes",
    "figure",
    "layout",
    "network_html",
    "show_claim",
    "show_graph",
    "show_speech",
    "speech_html",
    "to_displacy",
    "to_gexf",
    "to_networkx",
    "to_pyvis",
    "to_svg",
    "write_html",
]

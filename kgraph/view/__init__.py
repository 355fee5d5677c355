"""Pictures and pages: the HTML graph, the annotated speech, charts."""

from kgraph.view.figure import Figure, figure
from kgraph.view.files import write_bytes, write_text
from kgraph.view.layout import layout
from kgraph.view.page import network_html, write_html
from kgraph.view.payload import Quotes

__all__ = ["Figure", "Quotes", "figure", "layout", "network_html", "write_bytes", "write_html", "write_text"]

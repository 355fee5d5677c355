"""Claims as GEXF 1.3 for Gephi and its kin: one edge a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kgraph.lexicon import Lexicon
from kgraph.model import Extraction, Polarity
from kgraph.view.figure import Arc, Figure, Node, figure
from kgraph.view.labels import radius
from kgraph.view.markup import Markup, raw_text, tag
from kgraph.view.page import positions
from kgraph.view.palette import palette

_NODE = {"type": "string", "subtype": "string", "claims": "integer"}
_EDGE = {
    "relation": "string",
    "polarity": "string",
    "modality": "string",
    "claimed_by": "string",
    "date": "string",
    "confidence": "double",
    "sentence": "string",
    "document": "string",
}


def to_gexf(extractions: Iterable[Extraction], lexicon: Lexicon, *, title: str = "What is claimed") -> str:
    """All nodes with positions, colours and sizes, and every claim between two of them as an edge.

    Claims about a trend have no other end and are left out.
    """
    shown = figure(extractions, lexicon, max_nodes=1_000_000)
    places, _ = positions(shown)
    nodes = [_node(node, places[at]) for at, node in enumerate(shown.nodes)]
    edges = [_edge(shown, arc, number) for number, arc in enumerate(shown.arcs, 1) if arc.claim.object in shown.index]
    graph = [_attributes("node", _NODE), _attributes("edge", _EDGE), _list("nodes", nodes), _list("edges", edges)]
    meta = f"  <meta><creator>kgraph</creator><description>{raw_text(title)}</description></meta>"
    head = '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    opening = ['<?xml version="1.0" encoding="UTF-8"?>', head, meta]
    body = ['  <graph defaultedgetype="directed" mode="static">', *graph, "  </graph>"]
    return "\n".join([*opening, *body, "</gexf>", ""])


def _attributes(kind: str, fields: Mapping[str, str]) -> str:
    kinds = enumerate(fields.items())
    rows = [f'      <attribute id="{n}" title="{name}" type="{type_}"/>' for n, (name, type_) in kinds]
    return "\n".join([f'    <attributes class="{kind}">', *rows, "    </attributes>"])


def _list(name: str, items: Sequence[Markup]) -> str:
    return "\n".join([f"    <{name}>", *(f"      {item}" for item in items), f"    </{name}>"])


def _values(*values: object) -> Markup:
    rows = (f'<attvalue for="{n}" value="{raw_text(str(value))}"/>' for n, value in enumerate(values))
    return Markup(f"<attvalues>{''.join(rows)}</attvalues>")


def _node(node: Node, at: tuple[float, float]) -> Markup:
    fill = palette().style(node.type).fill
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    look = (
        tag("viz:color", r=red, g=green, b=blue),
        tag("viz:position", x=at[0], y=-at[1], z=0),
        tag("viz:size", value=radius(node.claims)),
    )
    return tag("node", _values(node.type, node.subtype or "", node.claims), *look, id=node.id, label=node.label)


def _edge(shown: Figure, arc: Arc, number: int) -> Markup:
    claim, speech = arc.claim, shown.speech(arc)
    who = shown.names.get(claim.claimant, claim.claimant)
    said = (claim.predicate, claim.polarity, claim.modality, who, speech.date or "", claim.confidence)
    label = f"NOT {claim.predicate}" if claim.polarity is Polarity.NEGATED else claim.predicate
    ends = {"source": claim.subject, "target": claim.object, "kind": claim.predicate, "label": label}
    return tag("edge", _values(*said, claim.evidence.quote, speech.doc), id=f"c{number}", **ends)

"""Whether a graph is what kgraph writes: SHACL, with messages for people who know speeches rather than RDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Quad

from kgraph import resources
from kgraph.errors import LexiconError, MissingExtra
from kgraph.rdf.formats import read_graph
from kgraph.rdf.namespaces import expand, term
from kgraph.rdf.ontology import claim_predicates
from kgraph.rdf.sources import flat_rdflib, quads_of

if TYPE_CHECKING:
    import rdflib

_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, order=True)
class Violation:
    """One thing that is wrong: the node, the property where one is at fault, what stands there, and what should."""

    node: str
    property: str
    value: str
    message: str

    def __str__(self) -> str:
        found = f" Found: {self.value}" if self.value else ""
        return f"<{self.node}> {self.message}{found}"


def validate(source: Any, shapes: str | PathLike[str] | None = None) -> list[Violation]:
    """All violations in a file (its path) or graph, sorted; an empty list means that it conforms.

    `shapes` names a SHACL file to use instead of the bundled one. Raises `MissingExtra` without pySHACL, `GraphError`
    if the file cannot be read.

    >>> from kgraph.rdf import validate
    >>> validate([])
    []
    """
    quads = list(read_graph(source) if isinstance(source, (str, PathLike)) else quads_of(source))
    return sorted({*_shacl(quads, _shapes(str(shapes or resources.ontologies() / "shapes.ttl"))), *_bare(quads)})


def _shacl(quads: list[Quad], shapes: rdflib.Graph) -> Iterator[Violation]:
    try:
        import pyshacl
    except ImportError as problem:
        raise MissingExtra("checking graphs needs pySHACL: pip install 'kgraph[shacl]'") from problem
    import rdflib

    conforms, report, _ = pyshacl.validate(flat_rdflib(quads), shacl_graph=shapes, advanced=False)
    if not conforms:
        sh = rdflib.Namespace(_SHACL)
        for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
            found = (report.value(result, sh[name]) for name in ("focusNode", "resultPath", "value", "resultMessage"))
            yield Violation(*("" if part is None else str(part) for part in found))


@cache
def _shapes(path: str) -> rdflib.Graph:
    import rdflib

    try:
        return rdflib.Graph().parse(data=Path(path).read_bytes(), format="turtle")
    except (OSError, SyntaxError) as problem:
        raise LexiconError(f"{path}: no shapes can be read ({problem})") from problem


def _bare(quads: list[Quad]) -> Iterator[Violation]:
    """Statements that stand alone, outside of a projection, as if they were facts."""
    kinds: dict[Any, Any] = {quad.subject: quad.object for quad in quads if quad.predicate == term("rdf:type")}
    projected = term("kg:Projection") in kinds.values()
    for quad in quads:
        name = quad.graph_name
        flat = isinstance(name, DefaultGraph) and not projected
        if quad.predicate.value in claim_predicates() and (flat or kinds.get(name) == term("kg:SpeechGraph")):
            yield Violation(_text(quad.subject), quad.predicate.value, _text(quad.object), _BARE)


_BARE = (
    "A statement stands in the graph as if it were a fact, with nobody who claims it. Make it a claim, or put it "
    f"into a named graph described as a projection ({expand('kg:Projection')})."
)


def _text(node: Any) -> str:
    return getattr(node, "value", None) or str(node)

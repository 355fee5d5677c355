"""Questions to a graph: functions that take it first; each has its SPARQL in a file of its own under ``sparql/``."""

from kgraph.query.claims import claims
from kgraph.query.entities import EntityRow, entities
from kgraph.query.rows import ClaimRow

__all__ = ["ClaimRow", "EntityRow", "claims", "entities"]

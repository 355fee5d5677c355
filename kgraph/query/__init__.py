"""Questions to a graph: functions that take it first.

The graph is a `KnowledgeGraph`, an rdflib graph or dataset, or a store. Where it is at hand, questions are put to its
columns; elsewhere to the named SPARQL queries under ``sparql/``. The answers are the same.
"""

from kgraph.query.actors import ActorRow, actors
from kgraph.query.around import NeighbourRow, PathRow, neighbours, paths
from kgraph.query.claims import claims
from kgraph.query.compare import ChangeRow, compare
from kgraph.query.contested import ContestedRow, contested
from kgraph.query.cooccurrence import TogetherRow, cooccurrence
from kgraph.query.dyads import DyadRow, dyads
from kgraph.query.entities import EntityRow, entities
from kgraph.query.evidence import EvidenceRow, evidence
from kgraph.query.filters import Filters, projection
from kgraph.query.parameters import IRI
from kgraph.query.profile import NamedInRow, Profile, entity
from kgraph.query.rows import ClaimRow
from kgraph.query.search import HitRow, search
from kgraph.query.sparql import sparql
from kgraph.query.stats import StatRow, stats
from kgraph.query.threats import ResponseRow, ThreatRow, responses, threats
from kgraph.query.timeline import PeriodRow, timeline

__all__ = [
    "IRI",
    "ActorRow",
    "ChangeRow",
    "ClaimRow",
    "ContestedRow",
    "DyadRow",
    "EntityRow",
    "EvidenceRow",
    "Filters",
    "HitRow",
    "NamedInRow",
    "NeighbourRow",
    "PathRow",
    "PeriodRow",
    "Profile",
    "ResponseRow",
    "StatRow",
    "ThreatRow",
    "TogetherRow",
    "actors",
    "claims",
    "compare",
    "contested",
    "cooccurrence",
    "dyads",
    "entities",
    "entity",
    "evidence",
    "neighbours",
    "paths",
    "projection",
    "responses",
    "search",
    "sparql",
    "stats",
    "threats",
    "timeline",
]

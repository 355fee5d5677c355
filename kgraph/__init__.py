"""kgraph: what is said in speeches about security, as a knowledge graph of attributed claims.

The names below are the stable ones; everything else may move between versions. Importing kgraph loads neither spaCy
nor pyvis nor networkx: they come when they are used.

>>> import kgraph
>>> kg = kgraph.build("seeds/", progress=False)
>>> len(kg)
2
"""

from typing import TYPE_CHECKING, Any

_HOME = {
    "Claim": "kgraph.model",
    "Entity": "kgraph.model",
    "Evidence": "kgraph.model",
    "Extraction": "kgraph.model",
    "KgraphError": "kgraph.errors",
    "KnowledgeGraph": "kgraph.graph",
    "Mention": "kgraph.model",
    "Modality": "kgraph.model",
    "Polarity": "kgraph.model",
    "Speech": "kgraph.model",
    "Trend": "kgraph.model",
    "Turn": "kgraph.model",
    "Voice": "kgraph.model",
    "build": "kgraph.building",
    "extract": "kgraph.building",
    "open": "kgraph.graph",
    "read": "kgraph.reading",
}

__all__ = [
    "Claim",
    "Entity",
    "Evidence",
    "Extraction",
    "KgraphError",
    "KnowledgeGraph",
    "Mention",
    "Modality",
    "Polarity",
    "Speech",
    "Trend",
    "Turn",
    "Voice",
    "build",
    "extract",
    "open",
    "read",
]
__version__ = "0.1.0"

if TYPE_CHECKING:
    from kgraph.building import build as build
    from kgraph.building import extract as extract
    from kgraph.errors import KgraphError as KgraphError
    from kgraph.graph import KnowledgeGraph as KnowledgeGraph
    from kgraph.graph import open as open
    from kgraph.model import Claim as Claim
    from kgraph.model import Entity as Entity
    from kgraph.model import Evidence as Evidence
    from kgraph.model import Extraction as Extraction
    from kgraph.model import Mention as Mention
    from kgraph.model import Modality as Modality
    from kgraph.model import Polarity as Polarity
    from kgraph.model import Speech as Speech
    from kgraph.model import Trend as Trend
    from kgraph.model import Turn as Turn
    from kgraph.model import Voice as Voice
    from kgraph.reading import read as read


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'kgraph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])

"""Claims: who says that whom does what to whom, and how firmly."""

from kgraph.extraction.claims.find import Reading, find_claims
from kgraph.extraction.claims.voice import NARRATOR, UNKNOWN_SPEAKER

__all__ = ["NARRATOR", "UNKNOWN_SPEAKER", "Reading", "find_claims"]

"""The claims of a whole graph as columns of numbers: what the query functions count, filter and rank.

It holds nothing that the triples do not hold; it is read from them, and kept beside them on disk.
"""

from kgraph.columns.scan import scan
from kgraph.columns.strings import Strings
from kgraph.columns.tables import Claims, Columns, Kind, Mentions, Sentences, SpeechHeader

__all__ = ["Claims", "Columns", "Kind", "Mentions", "Sentences", "SpeechHeader", "Strings", "scan"]

"""Ontology files -> `Lexicon`."""

from kgraph.lexicon.concepts import Concept, Label, LabelKind, Predicate
from kgraph.lexicon.load import Lexicon, load_lexicon

__all__ = ["Concept", "Label", "LabelKind", "Lexicon", "Predicate", "load_lexicon"]

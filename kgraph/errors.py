"""Every error that kgraph raises on purpose.

Each child is also the built-in error that a caller would expect, and is named by whose file to mend::

    KgraphError
    ├── SpeechError (ValueError)         a speech cannot be read: empty, binary, wrong encoding
    ├── SpeechNotFound (FileNotFoundError)   a path does not exist, or a folder holds no speech
    ├── LexiconError (ValueError)        a file under ontologies/, or the user's own, is wrong
    ├── ModelError (OSError)             the language model is missing or unfit
    ├── OutputError (OSError)            a result cannot be written
    ├── GraphError (ValueError)          a graph file is not what kgraph writes
    ├── QueryError (ValueError)          a query or an argument of one is wrong
    ├── MissingExtra (ImportError)       an optional dependency is not installed
    └── NameLookupError (LookupError)    a name means nothing here
        └── AmbiguousName                a name means several things
"""


class KgraphError(Exception):
    """The root: ``except KgraphError`` catches all that kgraph raises on purpose."""


class SpeechError(KgraphError, ValueError):
    """A speech cannot be read."""


class SpeechNotFound(KgraphError, FileNotFoundError):
    """A path does not exist, or holds no speech."""


class LexiconError(KgraphError, ValueError):
    """An ontology, frame or cue file is wrong; the message names file, entry, what was found, what is allowed."""


class ModelError(KgraphError, OSError):
    """The language model is missing or unfit; the message holds the install command."""


class OutputError(KgraphError, OSError):
    """A result cannot be written; nothing half-written is left."""


class GraphError(KgraphError, ValueError):
    """A graph file or graph is not what kgraph writes."""


class QueryError(KgraphError, ValueError):
    """A query, or an argument of one, is wrong."""


class QueryTimeout(KgraphError, TimeoutError):
    """A query took longer than its limit."""


class StoreError(KgraphError, OSError):
    """A SPARQL endpoint refuses, fails or cannot be reached."""


class MissingExtra(KgraphError, ImportError):
    """An optional dependency is not installed; the message names the extra."""


class NameLookupError(KgraphError, LookupError):
    """A name means nothing here; `nearest` holds the closest names."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class AmbiguousName(NameLookupError):
    """A name means several things; `nearest` holds the ids of the candidates."""

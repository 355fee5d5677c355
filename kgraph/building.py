"""Paths -> `KnowledgeGraph`: the only module that knows the whole order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

from kgraph.extraction.annotate import DEFAULT_MODEL
from kgraph.extraction.corpus import extract_speeches, run_of, tracked
from kgraph.graph import KnowledgeGraph
from kgraph.lexicon import load_lexicon
from kgraph.model import Extraction
from kgraph.reading import find_files, read

Path = str | PathLike[str]


def build(
    paths: Path | Iterable[Path],
    *,
    model: str = DEFAULT_MODEL,
    ontology: Sequence[Path] = (),
    min_confidence: float | None = None,
    workers: int = 1,
    progress: bool | None = None,
) -> KnowledgeGraph:
    """Read speeches (files or folders) and return the graph of what is said in them.

    `model` is the name of a spaCy pipeline, `ontology` lists your own Turtle files, `workers` is the number of
    processes. A progress bar is drawn at a terminal unless `progress` says otherwise. Raises children of `KgraphError`.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> "Ukraine" in [entity.label for entity in kg.entities("State")]
    True
    """
    lexicon = load_lexicon(tuple(ontology))
    found = extract(
        paths, model=model, ontology=ontology, min_confidence=min_confidence, workers=workers, progress=progress
    )
    return KnowledgeGraph(tuple(found), lexicon, run_of(model, lexicon), ontology=ontology)


def extract(
    paths: Path | Iterable[Path],
    *,
    model: str = DEFAULT_MODEL,
    ontology: Sequence[Path] = (),
    min_confidence: float | None = None,
    workers: int = 1,
    progress: bool | None = None,
) -> Iterator[Extraction]:
    """The same without a graph: one `Extraction` for each speech, in order, as soon as it is there.

    >>> import kgraph
    >>> [x.speech.date for x in kgraph.extract("seeds/", progress=False)]
    ['2014-07-10', '2022-10-26']
    """
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    files = find_files(given)
    speeches = tracked(read(files), len(files), progress)
    options = (model, tuple(map(str, ontology)), min_confidence)
    yield from extract_speeches(speeches, options, workers if len(files) > 1 else 1)

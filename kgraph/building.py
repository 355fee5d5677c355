"""Paths -> `KnowledgeGraph`: the only module that knows the whole order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

from kgraph.extraction.annotate import DEFAULT_MODEL
from kgraph.extraction.corpus import Options, extract_speeches, judgements_beside, run_of, tracked
from kgraph.extraction.extractors import Extractor
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
    judgements: Path | None = None,
    extractors: Sequence[Extractor] = (),
    workers: int = 1,
    progress: bool | None = None,
) -> KnowledgeGraph:
    """Read speeches (files or folders) and return the graph of what is said in them.

    `model` is the name of a spaCy pipeline, `ontology` lists your own Turtle files. `judgements` is a file of
    corrections (by default ``judgements.toml`` in a folder given), `extractors` find further claims (see
    `kgraph.extraction.judgements` and `kgraph.extraction.extractors`). `workers` is the number of processes. A
    progress bar is drawn at a terminal unless `progress` says otherwise. Raises children of `KgraphError`.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> "Ukraine" in [entity.label for entity in kg.entities("State")]
    True
    """
    given = _given(paths)
    options = _options(given, model, ontology, min_confidence, judgements, extractors)
    found = tuple(_extract(given, options, workers, progress))
    return KnowledgeGraph(found, load_lexicon(options.ontology), run_of(options), ontology=ontology)


def extract(
    paths: Path | Iterable[Path],
    *,
    model: str = DEFAULT_MODEL,
    ontology: Sequence[Path] = (),
    min_confidence: float | None = None,
    judgements: Path | None = None,
    extractors: Sequence[Extractor] = (),
    workers: int = 1,
    progress: bool | None = None,
) -> Iterator[Extraction]:
    """The same without a graph: one `Extraction` for each speech, in order, as soon as it is there.

    >>> import kgraph
    >>> [x.speech.date for x in kgraph.extract("seeds/", progress=False)]
    ['2014-07-10', '2022-10-26']
    """
    given = _given(paths)
    options = _options(given, model, ontology, min_confidence, judgements, extractors)
    yield from _extract(given, options, workers, progress)


def _given(paths: Path | Iterable[Path]) -> list[Path]:
    return [paths] if isinstance(paths, str | PathLike) else list(paths)


def _options(
    paths: Sequence[Path],
    model: str,
    ontology: Sequence[Path],
    min_confidence: float | None,
    judgements: Path | None,
    extractors: Sequence[Extractor],
) -> Options:
    files = (str(judgements),) if judgements else judgements_beside(paths)
    return Options(model, tuple(map(str, ontology)), min_confidence, files, tuple(extractors))


def _extract(paths: Sequence[Path], options: Options, workers: int, progress: bool | None) -> Iterator[Extraction]:
    files = find_files(paths)
    speeches = tracked(read(files), len(files), progress)
    yield from extract_speeches(speeches, options, workers if len(files) > 1 else 1)

"""Paths -> `KnowledgeGraph`: the only module that knows the whole order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

from kgraph.extraction.annotate import DEFAULT_MODEL, annotate, load_model
from kgraph.extraction.extract import extract_speech
from kgraph.graph import KnowledgeGraph
from kgraph.lexicon import Lexicon, load_lexicon
from kgraph.model import Extraction, Run, Speech
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


Options = tuple[str, tuple[str, ...], float | None]  # model, ontology, min_confidence


def extract_speeches(speeches: Iterator[Speech], options: Options, workers: int = 1) -> Iterator[Extraction]:
    """One `Extraction` for each speech, in order; `workers` processes read side by side."""
    return _parallel(speeches, workers, options) if workers > 1 else _extract(speeches, *options)


def _extract(
    speeches: Iterable[Speech], model: str, ontology: tuple[str, ...], min_confidence: float | None
) -> Iterator[Extraction]:
    lexicon = load_lexicon(ontology)
    for speech, doc in annotate(speeches, load_model(model)):
        yield extract_speech(speech, doc, lexicon, min_confidence)


def _batch(args: tuple[list[Speech], Options]) -> list[Extraction]:
    """Work of one process: a few speeches; the model is loaded once per process."""
    speeches, options = args
    return list(_extract(speeches, *options))


def _parallel(speeches: Iterator[Speech], workers: int, options: Options) -> Iterator[Extraction]:
    from concurrent.futures import ProcessPoolExecutor
    from itertools import islice

    parts = iter(lambda: list(islice(speeches, 8)), [])
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(_batch, ((part, options) for part in parts)):
            yield from found


def tracked(speeches: Iterator[Speech], total: int, progress: bool | None) -> Iterator[Speech]:
    """The same speeches, with a bar on standard error."""
    import sys

    if progress is False or (progress is None and not sys.stderr.isatty()):
        yield from speeches
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(speeches, "Reading speeches", total=total, console=Console(stderr=True), transient=True)


def run_of(model: str, lexicon: Lexicon) -> Run:
    """By what speeches are read with this model and lexicon."""
    from kgraph import __version__

    meta = load_model(model).meta
    return Run(__version__, meta["lang"] + "_" + meta["name"], meta["version"], lexicon.sha256)

"""Many speeches -> extractions: one after the other or side by side, with a bar for people who wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgraph.extraction.annotate import annotate, load_model
from kgraph.extraction.extract import extract_speech
from kgraph.lexicon import Lexicon, load_lexicon
from kgraph.model import Extraction, Run, Speech

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

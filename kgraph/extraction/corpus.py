"""Many speeches -> extractions: one after the other or side by side, with a bar for people who wait."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from kgraph.extraction.annotate import DEFAULT_MODEL, annotate, load_model
from kgraph.extraction.extract import extract_speech
from kgraph.extraction.extractors import Extractor, installed_extractors, source_of
from kgraph.extraction.judgements import FILE_NAME, judge, load_judgements
from kgraph.lexicon import load_lexicon
from kgraph.model import Extraction, Run, Speech


@dataclass(frozen=True, slots=True)
class Options:
    """How speeches are read: model, the user's own Turtle files, threshold, judgements (files), further extractors."""

    model: str = DEFAULT_MODEL
    ontology: tuple[str, ...] = ()
    min_confidence: float | None = None
    judgements: tuple[str, ...] = ()
    extractors: tuple[Extractor, ...] = ()


def judgements_beside(paths: Iterable[str | PathLike[str]]) -> tuple[str, ...]:
    """Files of judgements in those of `paths` that are folders."""
    beside = (Path(path) / FILE_NAME for path in paths if Path(path).is_dir())
    return tuple(str(path) for path in beside if path.is_file())


def extract_speeches(speeches: Iterator[Speech], options: Options, workers: int = 1) -> Iterator[Extraction]:
    """One `Extraction` for each speech, in order; `workers` processes read side by side (extractors must pickle)."""
    return _parallel(speeches, workers, options) if workers > 1 else _extract(speeches, options)


def _extract(speeches: Iterable[Speech], options: Options) -> Iterator[Extraction]:
    lexicon = load_lexicon(options.ontology)
    judgements = [j for path in options.judgements for j in load_judgements(path, lexicon)]
    for speech, doc in annotate(speeches, load_model(options.model)):
        found = extract_speech(speech, doc, lexicon, options.min_confidence, options.extractors)
        yield judge(found, judgements)[0]


def _batch(args: tuple[list[Speech], Options]) -> list[Extraction]:
    """Work of one process: a few speeches; the model is loaded once per process."""
    speeches, options = args
    return list(_extract(speeches, options))


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


def run_of(options: Options) -> Run:
    """By what speeches are read: all that can change what is found counts, as part of the lexicon."""
    from kgraph import __version__

    meta = load_model(options.model).meta
    known = load_lexicon(options.ontology).sha256
    for part in _beside_lexicon(options):
        known = hashlib.sha256(known.encode() + part).hexdigest()
    return Run(__version__, meta["lang"] + "_" + meta["name"], meta["version"], known)


def _beside_lexicon(options: Options) -> Iterator[bytes]:
    """Judgements, a threshold of the user's, and extractors."""
    yield from (Path(path).read_bytes() for path in options.judgements)
    if options.min_confidence is not None:
        yield f"min_confidence {float(options.min_confidence)}".encode()
    yield from (f"extractor {source_of(one)}".encode() for one in (*options.extractors, *installed_extractors()))

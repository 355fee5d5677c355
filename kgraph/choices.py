"""How speeches are read: what `build`, `extract`, `add` and the command line let users choose, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from kgraph.errors import SpeechError
from kgraph.extraction.annotate import DEFAULT_MODEL
from kgraph.extraction.corpus import Options, extract_speeches, judgements_beside, run_of, tracked
from kgraph.extraction.extractors import Extractor
from kgraph.reading import find_files, read

if TYPE_CHECKING:
    from kgraph.model import Extraction, Run, Speech

Place = str | PathLike[str]


class Choices(TypedDict, total=False):
    """How speeches are read; None is the usual value."""

    model: str | None  # name of a spaCy pipeline for English
    ontology: Sequence[Place] | None  # your own Turtle files of names and topics
    min_confidence: float | None  # claims below are left out; usually the fitted threshold
    judgements: Place | None  # a file of corrections; usually judgements.toml in a folder given
    extractors: Sequence[Extractor] | None  # find further claims
    workers: int | None  # processes that read side by side
    progress: bool | None  # a bar on standard error; usually at a terminal


@dataclass(frozen=True)
class Intake:
    """Files of speeches, and how they are read."""

    files: Sequence[Path]
    options: Options
    workers: int
    progress: bool | None

    @property
    def run(self) -> Run:
        """By what speeches are read."""
        return run_of(self.options)

    def speeches(self) -> Iterator[Speech]:
        """The speeches one by one, with a bar."""
        return tracked(read(self.files), len(self.files), self.progress)

    def extractions(self, speeches: Iterator[Speech] | None = None) -> Iterator[Extraction]:
        """What is found in each speech (or in some of them), in order."""
        chosen = self.speeches() if speeches is None else speeches
        return extract_speeches(chosen, self.options, self.workers if len(self.files) > 1 else 1)


def intake(paths: Place | Iterable[Place], choices: Choices) -> Intake:
    """The speeches at `paths`, files or folders.

    Raises `SpeechNotFound` where there are none, `SpeechError` where two have one name, `TypeError` for a choice that
    is unknown.
    """
    if unknown := sorted(set(choices) - set(Choices.__annotations__)):
        raise TypeError(f"nothing is called {', '.join(unknown)}; known: {', '.join(Choices.__annotations__)}")
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    corrections = choices.get("judgements")
    options = Options(
        model=choices.get("model") or DEFAULT_MODEL,
        ontology=tuple(fspath(path) for path in choices.get("ontology") or ()),
        min_confidence=choices.get("min_confidence"),
        judgements=(fspath(corrections),) if corrections else judgements_beside(given),
        extractors=tuple(choices.get("extractors") or ()),
    )
    return Intake(_by_name(find_files(given)), options, choices.get("workers") or 1, choices.get("progress"))


def _by_name(files: Iterable[Path]) -> list[Path]:
    """Each file once. Raises `SpeechError` if two have the same name: one would take the place of the other."""
    known: dict[str, Path] = {}
    for path in files:
        other = known.setdefault(path.name, path)
        if other is not path and other.resolve() != path.resolve():
            raise SpeechError(f"{other} and {path} have the same name, which a graph knows a speech by: rename one")
    return list(known.values())

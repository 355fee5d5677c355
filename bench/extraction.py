"""What entities and claims cost beside the bare spaCy parse of the same texts, and what starting costs.

    python -m bench.extraction

The bare parse is the pipeline as spaCy loads it, recogniser included; kgraph runs it without the recogniser, and the
shares say so apart. Parse and extraction take turns, a few thousand words at a time, so that whatever slows the
machine slows both; a share is the median over the turns.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from bench.clock import once
from kgraph.extraction.annotate import annotate, installed, load_model
from kgraph.extraction.extract import extract_speech, find_mentions
from kgraph.lexicon import Lexicon, load_lexicon
from kgraph.model import Speech
from kgraph.reading import find_files, read

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent
SPEECHES = (ROOT / "seeds", ROOT / "training" / "speeches")
WORDS = 4_000  # of a turn
ENTITIES, WHOLE = 0.05, 0.15  # bounds: shares of the bare parse
STARTS = 5  # processes for each time
START = {  # what -> what goes before, and what is timed
    "import spacy": ("", "import spacy"),
    "import kgraph": ("", "import kgraph"),
    "load the pipeline": ("import spacy\nfrom kgraph.extraction.annotate import load_model", "load_model()"),
    "load the lexicon": ("import spacy\nfrom kgraph.lexicon import load_lexicon", "load_lexicon()"),
}


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time: the pipeline as loaded, what we use of it, entities, and entities with claims."""

    bare: float = 0.0
    parse: float = 0.0
    entities: float = 0.0
    whole: float = 0.0


def turns(speeches: list[Speech]) -> Iterator[list[Speech]]:
    """The speeches by a few thousand words."""
    turn: list[Speech] = []
    for speech in speeches:
        turn.append(speech)
        if sum(one.text.count(" ") for one in turn) >= WORDS:
            yield turn
            turn = []
    if turn:
        yield turn


def spent_on(turn: list[Speech], nlp: Language, full: Language, lexicon: Lexicon, bare_first: bool) -> Spent:
    """What some speeches take; the other parse goes first the next time."""

    def bare() -> float:
        return once(lambda: [len(doc) for doc in full.pipe((one.text for one in turn), batch_size=4)])[0]

    before = bare() if bare_first else 0.0
    parse, pairs = once(lambda: list(annotate(turn, nlp)))
    entities, _ = once(lambda: [find_mentions(*pair, lexicon) for pair in pairs])
    whole, _ = once(lambda: [extract_speech(*pair, lexicon) for pair in pairs])
    return Spent(before or bare(), parse, entities, whole)


def shared(spent: list[Spent], part: Callable[[Spent], float]) -> tuple[float, float]:
    """Seconds of some part over all turns, and its median share of the bare parse."""
    return sum(map(part, spent)), statistics.median(part(one) / one.bare for one in spent)


def started(before: str, code: str) -> float:
    """Median seconds of processor time that `code` takes in a fresh process, after `before`."""
    program = f"import time\n{before}\nstart = time.process_time()\n{code}\nprint(time.process_time() - start)"
    command = [sys.executable, "-c", program]
    runs = (subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(STARTS))
    return statistics.median(float(run.stdout) for run in runs)


def line(what: str, seconds: float, ratio: float, bound: float | None = None) -> bool:
    """Print a row; whether its bound is held."""
    held = bound is None or ratio <= bound
    print(
        f"{what:40} {seconds:8.3f} s {ratio:7.1%}"
        + (f"  {'ok' if held else 'OVER'} (bound {bound:.0%})" if bound else "")
    )
    return held


def main() -> int:
    """Print the ratios; 1 if a bound is not held."""
    nlp, full, lexicon = load_model(), spacy.load(installed()), load_lexicon()
    speeches = list(read(find_files(SPEECHES)))
    spent_on(speeches[:1], nlp, full, lexicon, True)  # what is loaded at first use
    spent = [spent_on(turn, nlp, full, lexicon, place % 2 == 0) for place, turn in enumerate(turns(speeches))]
    words = sum(len(speech.text.split()) for speech in speeches)
    print(f"{len(speeches)} speeches, {words:,} words; processor time, share of the bare parse\n")
    line("bare parse", *shared(spent, lambda one: one.bare))
    line("our parse, without the recogniser", *shared(spent, lambda one: one.parse))
    line("entities", *shared(spent, lambda one: one.entities))
    line("claims", *shared(spent, lambda one: one.whole - one.entities))
    with_entities = shared(spent, lambda one: one.parse + one.entities - one.bare)
    held = line("parse and entities, over the bare parse", *with_entities, ENTITIES)
    held &= line("the whole, over the bare parse", *shared(spent, lambda one: one.parse + one.whole - one.bare), WHOLE)
    print("\nstarting; processor time, share of import spacy\n")
    times = {what: started(*code) for what, code in START.items()}
    for what, seconds in times.items():
        line(what, seconds, seconds / times["import spacy"])
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())

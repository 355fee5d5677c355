"""Shared by all tests: the seeds, one model, one graph a session."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pytest_terminal_summary(terminalreporter):
    """The acceptance table of the HTML graph, with the figures that its tests measured."""
    from view_acceptance import table

    if rows := table():
        terminalreporter.section("the HTML graph: figures and bounds")
        for row in rows:
            terminalreporter.write_line(row)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Folder of the two speeches."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def lexicon():
    """The bundled lexicon."""
    from kgraph.lexicon import load_lexicon

    return load_lexicon()


@pytest.fixture(scope="session")
def nlp():
    """The spaCy pipeline, loaded once."""
    from kgraph.extraction.annotate import load_model

    return load_model()


@pytest.fixture(scope="session")
def kg(seeds):
    """The graph of the seeds."""
    import kgraph

    return kgraph.build(seeds, progress=False)


@pytest.fixture(scope="session")
def extract_text(nlp, lexicon):
    """Function: text (and header values) -> `Extraction`."""
    from kgraph.extraction.annotate import annotate
    from kgraph.extraction.extract import extract_speech
    from kgraph.reading import parse_speech

    def run(text: str, **header: str):
        head = "".join(f"{key.title()}: {value}\n" for key, value in header.items())
        speech = parse_speech(head + ("\n" if head else "") + text, "test.txt")
        [(speech, doc)] = annotate([speech], nlp)
        return extract_speech(speech, doc, lexicon)

    return run

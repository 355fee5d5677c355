"""Your own ontology: names, topics, classes and relations from a Turtle file are used as if they had always been there.

Run it from the root of the project: ``python examples/own_ontology.py``.
"""

from collections.abc import Iterable
from pathlib import Path

import kgraph
from kgraph.model import Extraction
from kgraph.rdf import Format, graph_bytes, to_quads, validate, vocabulary

HERE = Path(__file__).parent
MINE = HERE / "own_ontology.ttl"


def found_names(extractions: Iterable[Extraction]) -> list[tuple[str, str, str]]:
    """Words in the speeches that name something of one's own ontology, with its label and class."""
    return [
        (mention.quote, entity.label, entity.subtype or entity.type)
        for extraction in extractions
        for mention in extraction.mentions
        for entity in [extraction.by_id[mention.entity]]
        if entity.id.startswith("https://example.org/")
    ]


def main() -> None:
    """Read the two bundled speeches with the file beside this script, and write what was found."""
    extractions = list(kgraph.extract(HERE.parent / "seeds", ontology=[MINE], progress=False))
    for quote, label, kind in found_names(extractions):
        print(f"{quote!r} names {label} ({kind})")

    quads = [quad for extraction in extractions for quad in to_quads(extraction)]
    quads += vocabulary(extractions, [MINE])  # labels and definitions of your concepts, with their source
    print(len(quads), "statements,", len(validate(quads)), "of them wrong")
    print(len(graph_bytes(quads, Format.TURTLE)), "bytes of Turtle")


if __name__ == "__main__":
    main()

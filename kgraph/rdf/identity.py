"""What identifies a thing in a graph, as an IRI: made from the thing alone, so that the same input gives the same IRI.

A span of a speech is the speech's IRI with a fragment of RFC 5147 (``#char=120,134``: code points, end exclusive).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from pyoxigraph import NamedNode

from kgraph.errors import GraphError
from kgraph.model import Claim, Run, Speech
from kgraph.rdf.namespaces import BASE, CONCEPTS

_SPAN = re.compile(r"#char=(\d+),(\d+)$")
_CATEGORY = re.compile(r"[A-Z]+")
_PLOVER = CONCEPTS + "plover-"


def digest(*parts: str, length: int = 20) -> str:
    """SHA-256 over `parts` (their borders count), shortened to `length` hexadecimal digits."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(name: str, length: int = 60) -> str:
    """A readable ASCII part of an IRI.

    >>> slug("2022-10-26 Réunion (Москва).txt")
    '2022-10-26-reunion'
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"\.[A-Za-z]{2,5}$", "", name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:length].strip("-") or "x"


def speech_iri(speech: Speech, base: str = BASE) -> str:
    """IRI of a speech: its `doc` in readable form, and a hash of `doc` and text."""
    return f"{base}speech/{slug(speech.doc)}-{digest(speech.doc, speech.sha256, length=12)}"


def graph_iri(speech: str) -> str:
    """IRI of the named graph that holds what was found in a speech."""
    return speech + "#graph"


def span_iri(speech: str, start: int, end: int) -> str:
    """IRI of the characters ``[start, end)`` of a speech."""
    return f"{speech}#char={start},{end}"


def span_of(iri: str) -> tuple[int, int]:
    """Start and end of a span.

    Raises `GraphError` if `iri` is not one of a span.
    """
    found = _SPAN.search(iri)
    if not found:
        raise GraphError(f"<{iri}> is no span of a speech: it should end in #char=START,END")
    return int(found[1]), int(found[2])


def claim_iri(claim: Claim, speech: str, base: str = BASE) -> str:
    """IRI of a claim: a hash of its speech, statement, polarity, modality, claimant and evidence."""
    statement = (claim.subject, claim.predicate, claim.object)
    manner = (claim.polarity, claim.modality, claim.claimant)
    return f"{base}claim/{digest(speech, *statement, *manner, str(claim.evidence.start), str(claim.evidence.end))}"


def speaker_iri(speech: str, name: str) -> str:
    """IRI of whoever speaks in a speech under the printed `name`."""
    return f"{speech}#speaker={slug(name, 40)}-{digest(name, length=8)}"


def run_iri(run: Run, base: str = BASE) -> str:
    """IRI of an extraction run."""
    return f"{base}run/{digest(run.version, run.model, run.model_version, run.lexicon)}"


def entity_node(entity: str, base: str = BASE) -> NamedNode:
    """Node of an entity id: absolute, or ``entity/...`` below `base`.

    Raises `GraphError` if the id is no IRI.
    """
    iri = base + entity if entity.startswith("entity/") else entity
    try:
        return NamedNode(iri)
    except ValueError as problem:
        raise GraphError(f"the id {entity!r} of an entity is no IRI and not below entity/: {problem}") from problem


def entity_id(iri: str, base: str) -> str:
    """The reverse of `entity_node`."""
    return iri[len(base) :] if iri.startswith(base + "entity/") else iri


def plover_iri(category: str) -> str:
    """IRI of a category of PLOVER.

    Raises `GraphError` if `category` is not written in capital letters.
    """
    if not _CATEGORY.fullmatch(category):
        raise GraphError(f"{category!r} is no category of PLOVER: they are written in capital letters")
    return _PLOVER + category.lower()


def plover_category(iri: str) -> str:
    """The reverse of `plover_iri`."""
    return iri.removeprefix(_PLOVER).upper()

"""Turtle files -> `Lexicon`: classes, predicates, concepts, gazetteer. Checked on load."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from os import PathLike
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kgraph import resources
from kgraph.collector import without_collector
from kgraph.errors import LexiconError
from kgraph.lexicon.concepts import Concept, Label, LabelKind, Predicate
from kgraph.lexicon.gazetteer import Gazetteer
from kgraph.lexicon.spelling import plurals_of
from kgraph.lexicon.verbal import VerbalForms

KG = "https://w3id.org/kgraph/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

KNOWLEDGE = (".ttl", ".toml", ".json", ".npz", ".onnx")  # files that can change what is found
_LABELS = {
    SKOS + "prefLabel": LabelKind.PREFERRED,
    SKOS + "altLabel": LabelKind.ALTERNATIVE,
    SKOS + "hiddenLabel": LabelKind.HIDDEN,
    **{
        KG + kind.value: kind for kind in LabelKind if not kind.value.endswith(("prefLabel", "altLabel", "hiddenLabel"))
    },
}
_IDENTIFIERS = {SKOS + "exactMatch", SKOS + "closeMatch", OWL + "sameAs"}
_LINKS = {KG + name for name in ("capital", "partOf", "memberOf", "headquarters", "activeIn", "leads", "locatedIn")}

Statements = dict[str, dict[str, list[NamedNode | Literal]]]


@dataclass(frozen=True)
class Lexicon:
    """All that is known about names and topics before a speech is read."""

    concepts: dict[str, Concept]
    predicates: dict[str, Predicate]
    classes: dict[str, tuple[str, ...]]  # local name -> superclasses (local names), itself first
    core: frozenset[str]
    sha256: str

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Every label but the verbal ones, ready for look-up in text."""
        return _gazetteer(self.concepts)

    @cached_property
    def verbal_forms(self) -> VerbalForms:
        """Verbal labels, ready for look-up in a parse."""
        return VerbalForms(label for concept in self.concepts.values() for label in concept.labels)

    def core_type(self, name: str) -> str | None:
        """The core class above class `name`, or None."""
        return next((c for c in self.classes.get(name, ()) if c in self.core), None)


@without_collector
def _gazetteer(concepts: dict[str, Concept]) -> Gazetteer:
    labels = (label for concept in concepts.values() for label in concept.labels)
    return Gazetteer(label for label in labels if label.kind is not LabelKind.VERBAL)


def load_lexicon(extra: Sequence[str | PathLike[str]] = ()) -> Lexicon:
    """The bundled lexicon, with the user's own Turtle files added.

    Raises `LexiconError`, which names file, subject, what was found and what is allowed.
    """
    return _load(tuple(str(Path(path)) for path in extra))


@cache
@without_collector
def _load(extra: tuple[str, ...]) -> Lexicon:
    folder = resources.ontologies()
    bundled = sorted(folder.glob("*.ttl"))
    files = [path for path in bundled if path.name != "shapes.ttl"] + [Path(path) for path in extra]
    statements: Statements = defaultdict(lambda: defaultdict(list))
    origin: dict[str, str] = {}
    claimed: dict[str, set[str]] = defaultdict(set)
    for number, path in enumerate(files):
        for subject, predicate, value in _triples(path):
            statements[subject][predicate].append(value)
            origin.setdefault(subject, path.name)
            if number >= len(files) - len(extra) and predicate in _LABELS and value.value.strip():
                for text in (value.value, *plurals_of(value.value)):
                    claimed[text.casefold()].add(subject)
    classes, core = _classes(statements)
    concepts = {}
    for iri, facts in statements.items():
        if concept := _concept(iri, facts, classes, core, origin[iri]):
            concepts[iri] = _without(concept, claimed)
    known = sorted(p for p in folder.rglob("*") if p.suffix in KNOWLEDGE) + [Path(p) for p in extra]
    return Lexicon(concepts, _predicates(statements), classes, core, _digest(known))


def _without(concept: Concept, claimed: dict[str, set[str]]) -> Concept:
    """The concept without labels that the user's own files give to another one."""
    kept = (label for label in concept.labels if concept.iri in claimed.get(label.text.casefold(), {concept.iri}))
    return replace(concept, labels=tuple(kept)) if claimed else concept


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _triples(path: Path) -> Iterable[tuple[str, str, NamedNode | Literal]]:
    try:
        data = path.read_bytes()
        for triple in parse(data, format=RdfFormat.TURTLE):
            if isinstance(triple.subject, NamedNode):
                yield triple.subject.value, triple.predicate.value, triple.object
    except OSError as problem:
        raise LexiconError(f"{path}: cannot be read ({problem.strerror})") from problem
    except SyntaxError as problem:
        raise LexiconError(f"{path.name}: not Turtle: {problem}") from problem


def _local(iri: str) -> str:
    return iri.removeprefix(KG) if iri.startswith(KG) else iri


def _iris(facts: dict[str, list], predicate: str) -> list[str]:
    return [value.value for value in facts.get(predicate, ()) if isinstance(value, NamedNode)]


def _english(facts: dict[str, list], predicate: str) -> list[str]:
    """Literals in English or without a language, in the order of the file."""
    literals = [v for v in facts.get(predicate, ()) if isinstance(v, Literal)]
    return [v.value for v in literals if (v.language or "en").startswith("en")]


def _classes(statements: Statements) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Superclass chains by local name, and the core classes (``kg:coreClass true``)."""
    parents = {
        _local(iri): [_local(p) for p in _iris(facts, RDFS + "subClassOf")]
        for iri, facts in statements.items()
        if OWL + "Class" in _iris(facts, RDF + "type")
    }
    core = frozenset(_local(iri) for iri, facts in statements.items() if facts.get(KG + "coreClass"))
    return {name: tuple(_climb(name, parents)) for name in parents}, core


def _climb(name: str, parents: dict[str, list[str]]) -> Iterable[str]:
    """`name` and the classes above it, nearest first."""
    seen, level = {name: None}, [name]
    while level:
        level = [p for c in level for p in parents.get(c, ()) if p not in seen]
        seen.update(dict.fromkeys(level))
    return seen


def _concept(
    iri: str, facts: dict[str, list], classes: dict[str, tuple[str, ...]], core: frozenset[str], file: str
) -> Concept | None:
    """A `Concept` when `iri` is a skos:Concept that names something of a core class."""
    types = _iris(facts, RDF + "type")
    named = [_local(t) for t in types if _local(t) in classes]
    if SKOS + "Concept" not in types:
        return None
    if not named:
        if any(t.startswith(KG) for t in types):
            unknown = ", ".join(_local(t) for t in types if t.startswith(KG))
            raise LexiconError(f"{file}: <{iri}> has the unknown class {unknown}; classes are in kgraph.ttl")
        return None
    subtype = max(named, key=lambda c: len(classes[c]))
    kind = next((c for c in classes[subtype] if c in core), None)
    if kind is None:
        return None
    preferred = _english(facts, SKOS + "prefLabel")
    if len(preferred) != 1:
        raise LexiconError(f"{file}: <{iri}> has {len(preferred)} English skos:prefLabel; exactly one is needed")
    labels = [Label(text, how, iri) for prop, how in _LABELS.items() for text in _english(facts, prop)]
    return Concept(
        iri=iri,
        type=kind,
        subtype=subtype,
        label=preferred[0],
        scheme=next(iter(_iris(facts, SKOS + "inScheme")), None),
        labels=tuple(dict.fromkeys(labels)),
        broader=tuple(_iris(facts, SKOS + "broader")),
        identifiers=tuple(sorted(i for prop in _IDENTIFIERS for i in _iris(facts, prop))),
        cues=tuple(_english(facts, KG + "cue")),
        links=tuple((_local(prop), target) for prop in sorted(_LINKS) for target in _iris(facts, prop)),
        codes=tuple(v.value for v in facts.get(KG + "iso3166", ()) if isinstance(v, Literal)),
        definition=next(iter(_english(facts, SKOS + "definition")), None),
    )


def _predicates(statements: Statements) -> dict[str, Predicate]:
    found = {}
    for iri, facts in statements.items():
        types = _iris(facts, RDF + "type")
        if not {OWL + "ObjectProperty", OWL + "DatatypeProperty"} & set(types):
            continue
        family = next(iter(_english(facts, KG + "family")), None)
        if family is None:
            continue
        found[_local(iri)] = Predicate(
            name=_local(iri),
            label=next(iter(_english(facts, RDFS + "label")), _local(iri)),
            domain=frozenset(map(_local, _iris(facts, RDFS + "domain"))),
            range=frozenset(map(_local, _iris(facts, RDFS + "range"))),
            parent=next((_local(p) for p in _iris(facts, RDFS + "subPropertyOf") if p.startswith(KG)), None),
            symmetric=OWL + "SymmetricProperty" in types,
            family=family,
            definition=next(iter(_english(facts, SKOS + "definition")), None),
            plover=_category(statements, facts),
        )
    return found


def _category(statements: Statements, facts: dict[str, list]) -> str | None:
    """Notation ("ASSAULT") of the PLOVER category of a predicate; None where only its quad class is certain."""
    codes = [code for c in _iris(facts, KG + "ploverCategory") for code in statements[c].get(SKOS + "notation", ())]
    return next((code.value for code in codes), None)

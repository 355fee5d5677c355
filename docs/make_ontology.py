"""Writes docs/ontology.md from the ontology files: ``python docs/make_ontology.py``; a test keeps it up to date."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kgraph.rdf.namespaces import CONCEPTS, ONTOLOGY, PREFIXES, expand  # noqa: E402

PAGE = Path(__file__).parent / "ontology.md"
LINKS = {"http://eurovoc.europa.eu/": "EuroVoc", "http://www.wikidata.org/entity/": "Wikidata"}
INTRO = """# Classes, predicates, topics

<!-- made by docs/make_ontology.py: edit the files under ontologies/, not this page -->

Every term is an IRI below `{ontology}` (prefix `kg:`), every concept one below
`{concepts}` (prefix `kgc:`). What a claim looks like in a graph is told in
[claim-model.md](claim-model.md); how to edit these files in [ontologies/README.md](../ontologies/README.md).
"""


class Ontology:
    """All statements of the ontology files, by subject and property."""

    def __init__(self) -> None:
        self.facts: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
        self.files: dict[str, list[str]] = defaultdict(list)
        for path in sorted((ROOT / "ontologies").glob("*.ttl")):
            with path.open("rb") as file:
                for triple in parse(file, format=RdfFormat.TURTLE):
                    if isinstance(triple.subject, NamedNode):
                        self.facts[triple.subject.value][triple.predicate.value].append(triple.object)
                        self.files[path.name].append(triple.subject.value)

    def text(self, iri: str, prop: str, language: str = "en") -> str:
        found = (value for value in self.facts[iri].get(expand(prop), ()) if isinstance(value, Literal))
        return next((value.value for value in found if (value.language or "en") == language), "")

    def iris(self, iri: str, prop: str) -> list[str]:
        values = self.facts[iri].get(expand(prop), ())
        return sorted(value.value for value in values if isinstance(value, NamedNode))

    def typed(self, kind: str, file: str | None = None) -> list[str]:
        """Subjects of a class, in the order of their IRIs."""
        subjects = set(self.files[file] if file else self.facts)
        return sorted(iri for iri in subjects if expand(kind) in self.iris(iri, "rdf:type"))

    def tree(self, members: list[str], prop: str) -> Iterator[tuple[int, str]]:
        """`members` with their depth, each below the first of its parents."""
        below, roots = defaultdict(list), []
        for one in members:
            parents = [parent for parent in self.iris(one, prop) if parent in members]
            below[parents[0]].append(one) if parents else roots.append(one)
        waiting = [(0, root) for root in reversed(roots)]
        while waiting:
            depth, one = waiting.pop()
            yield depth, one
            waiting += [(depth + 1, child) for child in reversed(below[one])]


def short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def names(iris: list[str]) -> str:
    return ", ".join(f"`{short(iri).removeprefix('kg:')}`" for iri in iris)


def classes(ontology: Ontology) -> Iterator[str]:
    yield "\n## Classes of entities\n\n"
    yield "Each entity has exactly one of the nine core classes (bold), and at most one below it.\n\n"
    members = [iri for iri in ontology.typed("owl:Class") if iri.startswith(ONTOLOGY)]
    model = {"Claim", "Mention", "Projection", "Run", "Speaker", "Speech", "SpeechGraph", "Turn"}
    entities = [iri for iri in members if iri.removeprefix(ONTOLOGY) not in model]
    core = {iri for iri in entities if ontology.facts[iri].get(expand("kg:coreClass"))}
    abstract = [iri for iri in entities if not core & set(ancestors(ontology, iri))]
    for depth, iri in ontology.tree([iri for iri in entities if iri not in abstract], "rdfs:subClassOf"):
        yield "  " * depth + entry(ontology, iri, iri in core)
    yield "\nClasses above them, for the ends of predicates:\n\n"
    yield from (entry(ontology, iri, False) for iri in abstract)
    yield "\n## Classes of the claim model\n\n"
    yield from (entry(ontology, iri, False) for iri in members if iri.removeprefix(ONTOLOGY) in model)


def ancestors(ontology: Ontology, iri: str) -> Iterator[str]:
    yield iri
    for parent in ontology.iris(iri, "rdfs:subClassOf"):
        yield from ancestors(ontology, parent)


def entry(ontology: Ontology, iri: str, bold: bool) -> str:
    name, same = short(iri), [i for i in ontology.iris(iri, "rdfs:subClassOf") if not i.startswith(ONTOLOGY)]
    told = f"**`{name}`**" if bold else f"`{name}`"
    beside = f" (also {names(same)})" if same else ""
    return f"- {told} {ontology.text(iri, 'skos:definition')} *{ontology.text(iri, 'skos:example')}*{beside}\n"


def predicates(ontology: Ontology) -> Iterator[str]:
    members = [iri for iri in ontology.facts if ontology.facts[iri].get(expand("kg:family"))]
    yield "\n## Predicates of claims\n\n"
    yield "| predicate | subject → object | meaning | example | notes |\n|---|---|---|---|---|\n"
    for depth, iri in ontology.tree(sorted(members), "rdfs:subPropertyOf"):
        ends = [names(ontology.iris(iri, f"schema:{end}Includes")) for end in ("domain", "range")]
        notes = [ontology.text(iri, "kg:family")]
        if expand("owl:SymmetricProperty") in ontology.iris(iri, "rdf:type"):
            notes.append("symmetric")
        if plover := [short(i).rpartition("-")[2].upper() for i in ontology.iris(iri, "kg:ploverCategory")]:
            notes.append("PLOVER " + ", ".join(plover))
        name = "↳ " * depth + f"`{short(iri)}`"
        told = (ontology.text(iri, f"skos:{prop}") for prop in ("definition", "example"))
        cells = (name, f"{ends[0]} → {ends[1] or 'trend'}", *told)
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} | {', '.join(notes)} |\n"


def properties(ontology: Ontology) -> Iterator[str]:
    yield "\n## Properties of the claim model and of the lexicon\n\n| property | meaning |\n|---|---|\n"
    kinds = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdfs:Datatype")
    for iri in sorted(iri for kind in kinds for iri in ontology.typed(kind) if iri.startswith(ONTOLOGY)):
        if not ontology.facts[iri].get(expand("kg:family")):
            yield f"| `{short(iri)}` | {ontology.text(iri, 'skos:definition').replace('|', '/')} |\n"


def topics(ontology: Ontology) -> Iterator[str]:
    members = ontology.typed("skos:Concept", "threats.ttl")
    yield f"\n## Topics of threat\n\n{len(members)} concepts of `kgc:threats`.\n\n"
    for depth, iri in ontology.tree(members, "skos:broader"):
        matches = ("skos:exactMatch", "skos:closeMatch")
        mapped = [mapping(target) for prop in matches for target in ontology.iris(iri, prop)]
        code = ontology.text(iri, "kg:milstd2525d")
        mapped += [f"MIL-STD-2525D {code}"] if code else []
        beside = f" ({'; '.join(mapped)})" if mapped else ""
        label = ontology.text(iri, "skos:prefLabel")
        yield "  " * depth + f"- **{label}** `{short(iri)}` {ontology.text(iri, 'skos:definition')}{beside}\n"


def mapping(iri: str) -> str:
    for start, name in LINKS.items():
        if iri.startswith(start):
            return f"[{name} {iri[len(start) :]}]({iri})"
    return f"<{iri}>"


def plover(ontology: Ontology) -> Iterator[str]:
    members = ontology.typed("skos:Concept", "plover.ttl")
    if members:
        yield "\n## Event categories (PLOVER)\n\n"
        for depth, iri in ontology.tree(members, "skos:broader"):
            yield (
                "  " * depth + f"- **{ontology.text(iri, 'skos:prefLabel')}** {ontology.text(iri, 'skos:definition')}\n"
            )


def schemes(ontology: Ontology) -> Iterator[str]:
    yield "\n## Names\n\n| scheme | concepts | file |\n|---|---|---|\n"
    for file in sorted(ontology.files):
        for scheme in ontology.typed("skos:ConceptScheme", file)[:1]:
            count = len(ontology.typed("skos:Concept", file))
            yield f"| {ontology.text(scheme, 'skos:prefLabel')} | {count} | [{file}](../ontologies/{file}) |\n"


def page() -> str:
    """The whole page, as it should stand in docs/ontology.md."""
    ontology = Ontology()
    parts = (classes, predicates, properties, topics, plover, schemes)
    head = INTRO.format(ontology=ONTOLOGY, concepts=CONCEPTS)
    return head + "".join(line for part in parts for line in part(ontology))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

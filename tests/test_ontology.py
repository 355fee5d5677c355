"""Lint of the ontology files: what a term, a concept, a mapping and a frame must have, and what must not be."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kgraph.rdf.namespaces import CONCEPTS, ONTOLOGY, expand

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontologies"
ALL = sorted(path.name for path in FOLDER.glob("*.ttl"))
LEXICON = [name for name in ALL if name not in ("kgraph.ttl", "shapes.ttl")]
NAMED = [name for name in LEXICON if name != "plover.ttl"]
CORE = set("State Organisation Threat Facility Weapon Person Place Event Agreement".split())
PREDICATES = set(
    """threatens attacks engagesIn supports supplies controls opposes protects cooperatesWith meets memberOf leads
    partOf locatedIn originatesFrom harms causes seeks possesses sanctions accuses participatesIn withdrawsFrom hasTrend
    """.split()
)
LOCAL_NAME = re.compile(
    r"(state|place|org|group|facility|weapon|event|agreement|person|threat|plover)-[a-z0-9]+(-[a-z0-9]+)*"
)
MAPPINGS = [
    re.compile(pattern)
    for pattern in (
        r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
        r"http://eurovoc\.europa\.eu/\d+",
        r"https://sws\.geonames\.org/\d+/",
        r"https://w3id\.org/kgraph/concept/[a-z0-9-]+",
    )
]
LABELS = (
    *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"),
    *("kg:demonym", "kg:metonym", "kg:agentLabel", "kg:verbalForm"),
)
MATCHES = (
    *("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
    "owl:sameAs",
)
SCHEME, CONCEPT = expand("skos:ConceptScheme"), expand("skos:Concept")

Facts = dict[str, dict[str, list]]


@cache
def triples(name: str) -> list[Triple]:
    with (FOLDER / name).open("rb") as file:
        return [quad.triple for quad in parse(file, format=RdfFormat.TURTLE)]


def gathered(names: list[str]) -> Facts:
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for name in names:
        for triple in triples(name):
            facts[str(triple.subject).strip("<>")][triple.predicate.value].append(triple.object)
    return facts


@cache
def known() -> Facts:
    return gathered(ALL)


def values(iri: str, prop: str) -> list:
    return known()[iri].get(expand(prop), []) if iri in known() else []


def iris(iri: str, prop: str) -> list[str]:
    return [value.value for value in values(iri, prop) if isinstance(value, NamedNode)]


def texts(iri: str, prop: str, language: str = "en") -> list[str]:
    found = (value for value in values(iri, prop) if isinstance(value, Literal))
    return [value.value for value in found if (value.language or "en") == language]


def typed(names: list[str], kind: str) -> list[str]:
    return sorted(iri for iri, facts in gathered(names).items() if NamedNode(kind) in facts[expand("rdf:type")])


def concepts(names: list[str] | None = None) -> list[str]:
    return typed(names or LEXICON, CONCEPT)


def terms() -> list[str]:
    """Everything that kgraph.ttl declares."""
    return sorted(iri for iri, facts in gathered(["kgraph.ttl"]).items() if iri.startswith(ONTOLOGY))


def classes() -> list[str]:
    return typed(["kgraph.ttl"], expand("owl:Class"))


def climb(iri: str, prop: str) -> set[str]:
    """All that stands above `iri`; `iri` itself is among it only in a circle."""
    found: set[str] = set()
    waiting = iris(iri, prop)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += iris(one, prop)
    return found


def short(iri: str) -> str:
    return iri.removeprefix(ONTOLOGY).removeprefix(CONCEPTS)


# kgraph.ttl


def test_header_says_version_licence_creator():
    header = "https://w3id.org/kgraph/ontology"
    assert iris(header, "owl:versionIRI") == [f"{header}/{texts(header, 'owl:versionInfo')[0]}"]
    for prop in ("dct:title", "dct:description", "dct:creator", "dct:license"):
        assert values(header, prop), prop


def test_every_term_is_labelled_and_defined():
    for prop in ("rdfs:label", "skos:definition"):
        assert [short(term) for term in terms() if len(texts(term, prop)) != 1] == []
    assert [short(term) for term in terms() if not texts(term, "skos:example")] == []
    assert [short(term) for term in terms() if not iris(term, "rdfs:isDefinedBy")] == []


def test_no_label_or_definition_names_two_terms():
    for prop in ("rdfs:label", "skos:definition"):
        counted = Counter(
            (text, bool(set(iris(term, "rdf:type")) & {expand("owl:Class")}))
            for term in terms()
            for text in texts(term, prop)
        )
        assert [text for (text, _), count in counted.items() if count > 1] == []


def test_nine_core_classes_and_all_others_below_one():
    marked = {short(iri) for iri in classes() if values(iri, "kg:coreClass")}
    assert marked == CORE
    entities = [iri for iri in classes() if ONTOLOGY + "Entity" in climb(iri, "rdfs:subClassOf")]
    abstract = {"Actor", "DangerSource", "Happening", "Location"}
    lost = [short(i) for i in entities if len({short(c) for c in climb(i, "rdfs:subClassOf") | {i}} & CORE) != 1]
    assert set(lost) <= abstract


def test_classes_and_properties_go_in_no_circle():
    for prop in ("rdfs:subClassOf", "rdfs:subPropertyOf"):
        assert [short(term) for term in terms() if term in climb(term, prop)] == []


def test_predicates_of_the_guidelines_are_there():
    assert {short(term) for term in terms() if values(term, "kg:family")} >= PREDICATES


def test_predicates_have_domain_range_and_family():
    for term in (term for term in terms() if values(term, "kg:family")):
        assert len(iris(term, "rdfs:domain")) == 1, term
        assert len(iris(term, "rdfs:range")) == 1 or term == ONTOLOGY + "hasTrend", term
        assert texts(term, "kg:family")[0] in ("hostile", "protective", "structural", "cooperative")
        parents = set(iris(term, "rdfs:subPropertyOf"))
        assert {short(parent) for parent in parents} <= PREDICATES | {short(t) for t in terms()}, term


def test_subproperties_stay_within_the_ends_of_their_parent():
    for term in (term for term in terms() if values(term, "kg:family")):
        for parent in (p for p in iris(term, "rdfs:subPropertyOf") if values(p, "kg:family")):
            for prop in ("schema:domainIncludes", "schema:rangeIncludes"):
                assert set(iris(term, prop)) <= set(iris(parent, prop)), (short(term), short(parent), prop)


def test_symmetric_predicates_have_the_same_ends():
    symmetric = [t for t in terms() if expand("owl:SymmetricProperty") in iris(t, "rdf:type")]
    assert {short(term) for term in symmetric} >= {"cooperatesWith", "meets"}
    for term in symmetric:
        assert iris(term, "rdfs:domain") == iris(term, "rdfs:range"), term


def test_ontology_uses_nothing_outside_owl_rl():
    """Named classes only, so that every OWL 2 RL reasoner reads it."""
    assert not [t for t in triples("kgraph.ttl") if isinstance(t.object, BlankNode) or isinstance(t.subject, BlankNode)]


@pytest.mark.parametrize("name", ALL)
def test_no_term_is_used_undeclared(name):
    used = {
        str(node).strip("<>") for t in triples(name) for node in (t.predicate, t.object) if isinstance(node, NamedNode)
    }
    assert sorted(short(iri) for iri in used if iri.startswith(ONTOLOGY) and iri not in terms()) == []


def test_the_writer_uses_no_undeclared_term():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "kgraph" / "rdf").glob("*.py"))
    used = set(re.findall(r'"kg:([A-Za-z]\w+)"', code))
    assert used > {"Claim", "evidence", "refersTo"}
    assert sorted(name for name in used if ONTOLOGY + name not in terms()) == []


# The lexicon


@pytest.mark.parametrize("name", LEXICON)
def test_file_has_a_header(name):
    (scheme,) = typed([name], SCHEME)[:1]
    for prop in ("skos:prefLabel", "dct:license", "dct:creator", "dct:source"):
        assert values(scheme, prop), prop


@pytest.mark.parametrize("name", LEXICON)
def test_concepts_have_a_label_a_scheme_and_a_plain_name(name):
    schemes = typed([name], SCHEME)
    for concept in concepts([name]):
        assert len(texts(concept, "skos:prefLabel")) == 1, concept
        assert len(texts(concept, "skos:prefLabel", "ru")) <= 1, concept
        assert set(iris(concept, "skos:inScheme")) & set(schemes), concept
        assert LOCAL_NAME.fullmatch(short(concept)), concept


@pytest.mark.parametrize("name", NAMED)
def test_concepts_have_one_core_class(name):
    for concept in concepts([name]):
        own = [kind for kind in iris(concept, "rdf:type") if kind.startswith(ONTOLOGY)]
        core = {short(c) for kind in own for c in climb(kind, "rdfs:subClassOf") | {kind}} & CORE
        assert len(core) == 1, concept


@pytest.mark.parametrize("name", LEXICON)
def test_concepts_are_sorted(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    heads = re.findall(r"^kgc:(\S+) a skos:Concept\b", text, re.MULTILINE)
    assert heads == sorted(heads)
    assert len(heads) == len(set(heads)) == len(concepts([name]))


def test_no_concept_is_described_in_two_files():
    homes = Counter(concept for name in LEXICON for concept in concepts([name]))
    assert [short(concept) for concept, count in homes.items() if count > 1] == []


def test_broader_goes_in_no_circle_and_ends_at_concepts():
    for concept in concepts():
        above = climb(concept, "skos:broader")
        assert concept not in above, concept
        assert all(CONCEPT in iris(one, "rdf:type") for one in above), concept


def test_links_end_at_concepts_or_places_elsewhere():
    missing = [
        (short(concept), prop, short(target))
        for concept in concepts()
        for prop in (
            "kg:capital",
            "kg:partOf",
            "kg:memberOf",
            "kg:headquarters",
            "kg:activeIn",
            "kg:leads",
            "skos:related",
        )
        for target in iris(concept, prop)
        if CONCEPT not in iris(target, "rdf:type")
    ]
    assert missing == []


@pytest.mark.parametrize("name", LEXICON)
def test_mappings_are_well_formed_and_sourced(name):
    for concept in concepts([name]):
        mapped = [target for prop in MATCHES for target in iris(concept, prop)]
        assert [one for one in mapped if not any(form.fullmatch(one) for form in MAPPINGS)] == [], concept
        assert not mapped or values(concept, "dct:source"), f"{concept} is mapped, but names no source"


def test_no_identifier_belongs_to_two_concepts():
    owners = defaultdict(set)
    for concept in concepts():
        for prop in ("owl:sameAs", "skos:exactMatch"):
            for target in iris(concept, prop):
                owners[target].add(short(concept))
    assert {target: sorted(found) for target, found in owners.items() if len(found) > 1} == {}


def test_a_label_on_two_concepts_of_a_scheme_is_explained():
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in concepts(NAMED):
        for scheme in iris(concept, "skos:inScheme"):
            for prop in LABELS:
                for text in texts(concept, prop):
                    owners[scheme, text].add(concept)
    doubled = {key: found for key, found in owners.items() if len(found) > 1}
    unexplained = {
        key[1]: sorted(map(short, found))
        for key, found in doubled.items()
        if not all(values(concept, "skos:scopeNote") for concept in found)
    }
    assert unexplained == {}


def test_no_label_is_given_twice_to_a_concept():
    for concept in concepts():
        counted = Counter(
            text for prop in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel") for text in texts(concept, prop)
        )
        assert [text for text, count in counted.items() if count > 1] == [], concept


def test_labels_are_clean():
    for concept in concepts():
        for text in (text for prop in LABELS for text in texts(concept, prop)):
            assert text == " ".join(text.split()), concept
            assert not re.search(r"[<>{}|\u2019]", text), (concept, text)


def test_each_core_class_has_subclasses_in_use():
    used = {kind for concept in concepts(NAMED) for kind in iris(concept, "rdf:type")}
    below = Counter(short(c) for kind in used - {ONTOLOGY + c for c in CORE} for c in climb(kind, "rdfs:subClassOf"))
    assert {name: below[name] for name in CORE if below[name] < 2} == {}


def test_threats_are_a_tree_of_hundreds():
    threats = concepts(["threats.ttl"])
    assert len(threats) >= 300
    assert max(len(climb(concept, "skos:broader")) for concept in threats) >= 3
    assert [short(concept) for concept in threats if not texts(concept, "skos:definition")] == []


# Frames and shapes

FRAMES = sorted(path.name for path in (FOLDER / "frames").glob("*.toml"))


@pytest.mark.parametrize("name", FRAMES)
def test_frames_fit_their_predicate(name):
    data = tomllib.loads((FOLDER / "frames" / name).read_text(encoding="utf-8"))
    predicate = ONTOLOGY + data["predicate"]
    assert data["predicate"] in PREDICATES
    allowed = {end: {short(i) for i in iris(predicate, f"schema:{end}Includes")} for end in ("domain", "range")}
    assert set(data.get("subject_types", ())) <= allowed["domain"]
    assert set(data.get("object_types", ())) <= allowed["range"]
    named = {frame["subproperty"] for frame in data["frame"] if "subproperty" in frame}
    assert {
        name for name in named if predicate not in climb(ONTOLOGY + name, "rdfs:subPropertyOf") | {predicate}
    } == set()


def test_every_shape_speaks():
    shapes = gathered(["shapes.ttl"])
    silent = [
        iri
        for iri, facts in shapes.items()
        if expand("rdf:type") in facts
        and any(kind.value.endswith("PropertyShape") for kind in facts[expand("rdf:type")])
        and not any(prop.endswith("shacl#message") for prop in facts)
    ]
    assert silent == []


def test_shapes_know_the_core_classes():
    text = (FOLDER / "shapes.ttl").read_text(encoding="utf-8")
    entity, claimant = (set(re.findall(r"kg:(\w+)", found)) for found in re.findall(r"sh:in \(([^\"]+?)\)", text))
    assert entity == CORE
    assert claimant == {*CORE, "Speaker"}

"""What is written, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal
from speeches import RUN, both, first

from kgraph.errors import GraphError
from kgraph.rdf import canonical, read_graph, to_extractions, to_quads, vocabulary
from kgraph.rdf.identity import claim_iri, entity_id, entity_node, slug, span_of, speech_iri
from kgraph.rdf.literals import literal_text, text_literal
from kgraph.rdf.namespaces import BASE, ONTOLOGY, expand, term
from kgraph.rdf.ontology import claim_predicates


def test_claims_that_differ_in_what_identifies_them_have_other_iris():
    claim, speech = first().claims[0], speech_iri(first().speech)
    same = replace(claim, rule="another", confidence=0.1, steps=("x",), plover="ASSAULT")
    others = [
        replace(claim, **change)
        for change in (
            {"subject": claim.object},
            {"predicate": "harms"},
            {"object": claim.subject},
            {"polarity": "negated"},
            {"modality": "possible"},
            {"claimant": claim.subject},
            {"evidence": replace(claim.evidence, end=claim.evidence.end - 1)},
        )
    ]
    assert claim_iri(same, speech) == claim_iri(claim, speech)
    assert len({claim_iri(one, speech) for one in (claim, *others)}) == 8


def test_speech_iri_is_readable_and_depends_on_document_and_text():
    speech = first().speech
    assert speech_iri(speech).startswith(BASE + "speech/2014-07-10-heads-of-services-")
    iris = {speech_iri(one) for one in (speech, replace(speech, text="other"), replace(speech, doc="other.txt"))}
    assert len(iris) == 3
    assert speech_iri(replace(speech, title="other", date=None)) == speech_iri(speech)


@pytest.mark.parametrize("doc", ["", "....", "Речь.txt", "a/b/../c d%20.txt", "x" * 500])
def test_slug_is_always_part_of_an_iri(doc):
    assert 1 <= len(slug(doc)) <= 60
    assert slug(doc).strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""


def test_canonical_form_keeps_the_more_confident_claim_and_drops_unused_entities():
    found = first()
    doubt = replace(found.claims[0], confidence=0.2, rule="weak")
    spare = replace(found.entities[0], id="entity/spare", label="nowhere named")
    more = replace(found, claims=(*reversed(found.claims), doubt), entities=(spare, *found.entities))
    assert canonical(more) == found


def test_a_quotation_that_is_not_in_the_text_is_refused():
    found = first()
    wrong = replace(found.claims[0], evidence=replace(found.claims[0].evidence, quote="never said"))
    with pytest.raises(GraphError, match="'never said' should stand at"):
        list(to_quads(replace(found, claims=(wrong,))))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"claimant": "entity/nobody"}, "'entity/nobody' is used by a mention or claim, but is not among the entities"),
        ({"plover": "no category"}, "no category of PLOVER"),
    ],
)
def test_contradictions_are_refused(change, told):
    found = first()
    with pytest.raises(GraphError, match=told):
        list(to_quads(replace(found, claims=(replace(found.claims[0], **change),))))


@pytest.mark.parametrize("bad", ["not an iri", "place/moscow", "entity/two words", "entity/<x>"])
def test_ids_that_are_no_iris_are_refused(bad):
    with pytest.raises(GraphError, match="is no IRI"):
        entity_node(bad)


def test_entity_ids_come_back():
    for id_ in ("entity/person/x", "https://example.org/x", BASE + "other"):
        assert entity_id(entity_node(id_).value, BASE) == id_


def test_span_of_refuses_what_is_no_span():
    with pytest.raises(GraphError, match="#char=START,END"):
        span_of("https://example.org/x#turn=1")


@pytest.mark.parametrize("text", ["plain", "back\\slash", "\x00\\u0000", "\\\ud83d\ude00", "\\\\u0041\x01"])
def test_strings_come_back(text):
    assert literal_text(text_literal(text)) == text


@pytest.mark.parametrize(
    ("prop", "told"),
    [
        ("kg:refersTo", "has 2 values of kg:refersTo"),
        ("kg:claimant", "has 2 values of kg:claimant"),
        ("dct:identifier", "has 2 values of dct:identifier"),
    ],
)
def test_reading_refuses_what_is_doubled(prop, told):
    quads = list(to_quads(first()))
    quad = next(q for q in quads if q.predicate == term(prop))
    other = Literal("x") if isinstance(quad.object, Literal) else term("kg:x")
    with pytest.raises(GraphError, match=told):
        to_extractions([*quads, type(quad)(quad.subject, quad.predicate, other, quad.graph_name)])


@pytest.mark.parametrize("prop", ["schema:text", "oa:exact", "kg:rule", "kg:polarity", "rdf:object", "rdfs:label"])
def test_reading_refuses_what_is_missing(prop):
    with pytest.raises(GraphError):
        to_extractions(q for q in to_quads(first()) if q.predicate != term(prop))


def test_reading_refuses_unknown_values():
    quads = [
        type(q)(q.subject, q.predicate, Literal("perhaps"), q.graph_name) if q.predicate == term("kg:polarity") else q
        for q in to_quads(first())
    ]
    with pytest.raises(GraphError, match="'perhaps' is not a valid Polarity"):
        to_extractions(quads)


def test_foreign_triples_are_passed_over():
    foreign = read_graph(b"<http://example.org/a> <http://example.org/b> [ <http://example.org/c> 1 ] .")
    assert to_extractions([*to_quads(first(), RUN), *foreign]) == [first()]


def test_vocabulary_holds_the_concepts_above():
    quads = list(vocabulary(both()))
    told = {q.subject.value for q in quads if q.predicate.value == expand("skos:prefLabel")}
    concepts = {q.subject.value for q in quads if q.predicate.value == expand("skos:broader")}
    above = {q.object.value for q in quads if q.predicate.value == expand("skos:broader")}
    assert "https://w3id.org/kgraph/concept/state-ru" in told
    assert above | concepts <= told
    assert {q.graph_name.value for q in quads} == {BASE + "vocabulary"}


def test_vocabulary_states_no_relation_between_things():
    assert "kg:partOf" in {name.replace(ONTOLOGY, "kg:") for name in claim_predicates()}
    assert not claim_predicates() & {q.predicate.value for q in vocabulary(both())}

"""`Extraction` -> quads: with `vocabulary` and `project`, the only writer of triples.

All that was found in a speech goes into one named graph, ``SPEECH#graph``; no bare claim triple is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgraph.model import Claim, Entity, Evidence, Extraction, Mention, Run, Speech, Turn
from kgraph.rdf import identity
from kgraph.rdf.canonical import canonical, is_literal
from kgraph.rdf.fields import RUN, SPANS, SPEECH
from kgraph.rdf.literals import date_literal, decimal_literal, integer_literal, text_literal
from kgraph.rdf.namespaces import BASE, ontology_iri, term

Node = NamedNode | Literal | Triple
Facts = Iterator[tuple[NamedNode, NamedNode, Node]]
_A = term("rdf:type")


def to_quads(
    extraction: Extraction, run: Run | None = None, *, base: str = BASE, rdf12: bool = False
) -> Iterator[Quad]:
    """The graph of a speech, as quads in its named graph.

    `base` is the IRI below which resources are made; it ends in a slash or hash. With `rdf12`, a claim holds its
    statement as a triple term (``rdf:reifies``) instead of ``rdf:subject``, ``rdf:predicate``, ``rdf:object``.

    Raises `GraphError` if the extraction contradicts itself (a quotation that is not in the text, an unknown entity).
    """
    writer = _SpeechWriter(canonical(extraction), run, base, rdf12)
    graph = NamedNode(identity.graph_iri(writer.iri))
    return (Quad(subject, predicate, value, graph) for subject, predicate, value in writer.facts())


@lru_cache(maxsize=10_000)
def _word(text: str) -> Literal:
    """Literals of closed or small sets, made once."""
    return text_literal(text)


@lru_cache(maxsize=10_000)
def _named(name: str) -> NamedNode:
    return NamedNode(ontology_iri(name))


@dataclass
class _SpeechWriter:
    extraction: Extraction
    run: Run | None
    base: str
    rdf12: bool

    def __post_init__(self) -> None:
        self.iri = identity.speech_iri(self.extraction.speech, self.base)
        self.speech = NamedNode(self.iri)
        ids = (entity.id for entity in self.extraction.entities)
        self.entities = {id_: identity.entity_node(id_, self.base) for id_ in ids}

    def facts(self) -> Facts:
        yield from self._graph()
        yield from self._speech(self.extraction.speech)
        for entity in self.extraction.entities:
            yield from self._entity(entity)
        for span, quote in self._quoted().items():
            yield from self._selected(*span, quote)
        for span in dict.fromkeys((claim.evidence.start, claim.evidence.end) for claim in self.extraction.claims):
            yield self._span(*span), _A, term("oa:SpecificResource")
        for mention in self.extraction.mentions:
            yield from self._mention(mention)
        for claim in self.extraction.claims:
            yield from self._claim(claim)

    def _graph(self) -> Facts:
        graph = NamedNode(identity.graph_iri(self.iri))
        yield graph, _A, term("kg:SpeechGraph")
        yield graph, term("prov:wasDerivedFrom"), self.speech
        if self.run:
            node = NamedNode(identity.run_iri(self.run, self.base))
            yield graph, term("prov:wasGeneratedBy"), node
            yield node, _A, term("kg:Run")
            for name, prop in RUN.items():
                yield node, term(prop), text_literal(getattr(self.run, name))

    def _speech(self, speech: Speech) -> Facts:
        yield self.speech, _A, term("kg:Speech")
        for name, prop in SPEECH.items():
            value = getattr(speech, name)
            if value is not None:
                yield self.speech, term(prop), date_literal(value) if name == "date" else text_literal(value)
        yield self.speech, term("kg:sha256"), Literal(speech.sha256)
        if speech.speaker is not None:
            yield self.speech, term("kg:hasSpeaker"), self._speaker(speech.speaker)
        for number, turn in enumerate(speech.turns, 1):
            yield from self._turn(number, turn)
        names = dict.fromkeys((speech.speaker, *(turn.speaker for turn in speech.turns)))
        for name in (name for name in names if name is not None):
            yield self._speaker(name), _A, term("kg:Speaker")
            yield self._speaker(name), term("rdfs:label"), text_literal(name)

    def _speaker(self, name: str) -> NamedNode:
        return NamedNode(identity.speaker_iri(self.iri, name))

    def _turn(self, number: int, turn: Turn) -> Facts:
        node = NamedNode(f"{self.iri}#turn={number}")
        yield self.speech, term("kg:hasTurn"), node
        yield node, _A, term("kg:Turn")
        yield node, term("kg:turnKind"), _word(turn.kind.value)
        yield node, term("kg:start"), integer_literal(turn.start)
        yield node, term("kg:end"), integer_literal(turn.end)
        if turn.speaker is not None:
            yield node, term("kg:hasSpeaker"), self._speaker(turn.speaker)

    def _entity(self, entity: Entity) -> Facts:
        node = self.entities[entity.id]
        for name in filter(None, (entity.type, entity.subtype)):
            yield node, _A, _named(name)
        yield node, term("rdfs:label"), text_literal(entity.label)
        for alias in entity.aliases:
            yield node, term("kg:surfaceForm"), text_literal(alias)
        for identifier in entity.identifiers:
            yield node, term("skos:mappingRelation"), identity.entity_node(identifier)

    def _quoted(self) -> dict[tuple[int, int], str]:
        evidence = (claim.evidence for claim in self.extraction.claims)
        found: list[Mention | Evidence] = [*self.extraction.mentions, *evidence]
        return {(one.start, one.end): one.quote for one in found}

    def _span(self, start: int, end: int) -> NamedNode:
        return NamedNode(identity.span_iri(self.iri, start, end))

    def _selected(self, start: int, end: int, quote: str) -> Facts:
        node, selector = self._span(start, end), NamedNode(f"{self.iri}#select={start},{end}")
        yield node, term("oa:hasSource"), self.speech
        yield node, term("oa:hasSelector"), selector
        yield selector, _A, term("oa:TextPositionSelector")
        yield selector, _A, term("oa:TextQuoteSelector")
        yield selector, term("oa:start"), integer_literal(start)
        yield selector, term("oa:end"), integer_literal(end)
        yield selector, term("oa:exact"), text_literal(quote)

    def _mention(self, mention: Mention) -> Facts:
        node = self._span(mention.start, mention.end)
        yield node, _A, term("kg:Mention")
        yield node, term("kg:refersTo"), self.entities[mention.entity]
        yield node, term("kg:confidence"), decimal_literal(mention.confidence)
        yield node, term("kg:rule"), _word(mention.rule)

    def _claim(self, claim: Claim) -> Facts:
        node = NamedNode(identity.claim_iri(claim, self.iri, self.base))
        yield node, _A, term("kg:Claim")
        yield from self._statement(node, claim)
        yield node, term("kg:claimant"), self.entities[claim.claimant]
        yield node, term("kg:polarity"), _word(claim.polarity.value)
        yield node, term("kg:modality"), _word(claim.modality.value)
        yield node, term("kg:voice"), _word(claim.voice.value)
        yield node, term("kg:confidence"), decimal_literal(claim.confidence)
        yield node, term("kg:rule"), _word(claim.rule)
        for number, step in enumerate(claim.steps, 1):
            yield node, term("kg:step"), _word(f"{number} {step}")
        if claim.plover is not None:
            yield node, term("kg:ploverCategory"), NamedNode(identity.plover_iri(claim.plover))
        yield node, term("kg:saidIn"), self.speech
        yield from self._evidence(node, claim.evidence)

    def _statement(self, node: NamedNode, claim: Claim) -> Facts:
        subject, predicate = self.entities[claim.subject], _named(claim.predicate)
        target = _word(str(claim.object)) if is_literal(claim.object) else self.entities[claim.object]
        if self.rdf12:
            yield node, term("rdf:reifies"), Triple(subject, predicate, target)
            return
        yield node, term("rdf:subject"), subject
        yield node, term("rdf:predicate"), predicate
        yield node, term("rdf:object"), target

    def _evidence(self, node: NamedNode, evidence: Evidence) -> Facts:
        yield node, term("kg:evidence"), self._span(evidence.start, evidence.end)
        for name, prop in SPANS.items():
            place = getattr(evidence, name)
            if place is not None:
                yield node, term(prop), self._span(*place)

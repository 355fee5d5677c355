"""Quads -> `Extraction`: the exact reverse of `kgraph.rdf.write`.

Where graphs were flattened (Turtle, N-Triples, RDF/XML), an entity named in several speeches comes back with the forms,
labels and identifiers of all of them: only quads tell which speech named it how.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgraph.errors import GraphError
from kgraph.model import (
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Polarity,
    Run,
    Speech,
    Turn,
    TurnKind,
    Voice,
)
from kgraph.rdf.canonical import canonical
from kgraph.rdf.fields import RUN, SPANS, SPEECH
from kgraph.rdf.identity import entity_id, plover_category, span_of
from kgraph.rdf.literals import literal_text
from kgraph.rdf.namespaces import expand, local_name, term
from kgraph.rdf.ontology import entity_classes

Facts = dict[str, dict[str, list]]
_TYPE = expand("rdf:type")


def to_extractions(quads: Iterable[Quad]) -> list[Extraction]:
    """What was found in each speech of a graph, by `doc`; other triples are passed over.

    Raises `GraphError` if a claim, mention or speech lacks what it needs.
    """
    found = [reader.extraction() for reader in _readers(quads)]
    return sorted(found, key=lambda extraction: (extraction.speech.doc, extraction.speech.sha256))


def runs_of(quads: Iterable[Quad]) -> dict[str, Run]:
    """By what run each speech was read: `doc` -> `Run`, where the graph says so."""
    runs = {reader.field(reader.speech, "doc"): reader.run() for reader in _readers(quads)}
    return {doc: run for doc, run in sorted(runs.items()) if run}


def _readers(quads: Iterable[Quad]) -> Iterator[_SpeechReader]:
    graphs: dict[object, Facts] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            graphs[quad.graph_name][quad.subject.value][quad.predicate.value].append(quad.object)
    kg_speech, speech_of = term("kg:Speech"), (expand("kg:saidIn"), expand("oa:hasSource"))
    for facts in graphs.values():
        members: dict[str, list[str]] = defaultdict(list)
        for iri, node in facts.items():
            for prop in speech_of:
                for speech in node.get(prop, ()):
                    members[speech.value].append(iri)
        for iri in [iri for iri, node in facts.items() if kg_speech in node.get(_TYPE, ())]:
            yield _SpeechReader(facts, iri, members[iri])


@dataclass
class _SpeechReader:
    facts: Facts
    speech: str
    members: list[str]  # claims and spans of the speech

    def __post_init__(self) -> None:
        self.base = self.speech.rpartition("speech/")[0]

    def extraction(self) -> Extraction:
        try:
            return canonical(self._found())
        except (ValueError, TypeError) as problem:
            raise problem if isinstance(problem, GraphError) else GraphError(f"<{self.speech}>: {problem}") from problem

    def _found(self) -> Extraction:
        mentions = tuple(map(self._mention, self._members_with("kg:refersTo")))
        claims = tuple(map(self._claim, self._members_with("kg:claimant")))
        used = {m.entity for m in mentions}.union(*((c.subject, c.object, c.claimant) for c in claims))
        entities = tuple(self._entity(id_) for id_ in used if ":" in id_ or "/" in id_)
        return Extraction(self._speech(), entities, mentions, claims)

    def run(self) -> Run | None:
        generated = self._objects(self.speech + "#graph", "prov:wasGeneratedBy")
        if not generated:
            return None
        return Run(**{name: self._text(generated[0].value, prop) for name, prop in RUN.items()})

    def field(self, iri: str, name: str) -> str:
        return self._text(iri, SPEECH[name])

    def _members_with(self, prop: str) -> list[str]:
        needed = expand(prop)
        return [iri for iri in self.members if needed in self.facts[iri]]

    def _objects(self, iri: str, prop: str) -> list:
        node = self.facts.get(iri)
        return node.get(expand(prop), []) if node else []

    def _one(self, iri: str, prop: str) -> NamedNode | Literal | Triple:
        values = self._objects(iri, prop)
        if len(values) != 1:
            raise GraphError(f"<{iri}> has {len(values)} values of {prop}, one is needed")
        return values[0]

    def _iri(self, iri: str, prop: str) -> str:
        value = self._one(iri, prop)
        if not isinstance(value, NamedNode):
            raise GraphError(f"<{iri}>: {prop} should be an IRI, found {value}")
        return value.value

    def _text(self, iri: str, prop: str) -> str:
        return _text(self._one(iri, prop), iri, prop)

    def _speech(self) -> Speech:
        given = {name: prop for name, prop in SPEECH.items() if self._objects(self.speech, prop)}
        fields = {name: self._text(self.speech, prop) for name, prop in given.items()}
        for needed in ("doc", "text"):
            if needed not in fields:
                raise GraphError(f"<{self.speech}> lacks {SPEECH[needed]}")
        turns = sorted((node.value for node in self._objects(self.speech, "kg:hasTurn")), key=_number)
        return Speech(**fields, speaker=self._speaker(self.speech), turns=tuple(map(self._turn, turns)))

    def _speaker(self, iri: str) -> str | None:
        if not self._objects(iri, "kg:hasSpeaker"):
            return None
        return self._text(self._iri(iri, "kg:hasSpeaker"), "rdfs:label")

    def _turn(self, iri: str) -> Turn:
        start, end = int(self._text(iri, "kg:start")), int(self._text(iri, "kg:end"))
        return Turn(start, end, TurnKind(self._text(iri, "kg:turnKind")), self._speaker(iri))

    def _entity(self, id_: str) -> Entity:
        iri = self.base + id_ if id_.startswith("entity/") else id_
        names = {local_name(node.value) for node in self._objects(iri, "rdf:type")} - {expand("skos:Concept")}
        types, labels = names & entity_classes(), self._texts(iri, "rdfs:label")
        if not types or not labels:
            raise GraphError(f"<{iri}> lacks a core class or a label")
        return Entity(
            id=id_,
            type=min(types),
            label=labels[0],
            subtype=min(names - types, default=None),
            aliases=tuple(self._texts(iri, "kg:surfaceForm")),
            identifiers=tuple(sorted(node.value for node in self._objects(iri, "skos:mappingRelation"))),
        )

    def _texts(self, iri: str, prop: str) -> list[str]:
        return sorted(_text(value, iri, prop) for value in self._objects(iri, prop))

    def _quote(self, iri: str) -> tuple[int, int, str]:
        selector = self._iri(iri, "oa:hasSelector")
        start, end = int(self._text(selector, "oa:start")), int(self._text(selector, "oa:end"))
        return start, end, self._text(selector, "oa:exact")

    def _mention(self, iri: str) -> Mention:
        entity = entity_id(self._iri(iri, "kg:refersTo"), self.base)
        return Mention(*self._quote(iri), entity, self._text(iri, "kg:rule"), float(self._text(iri, "kg:confidence")))

    def _claim(self, iri: str) -> Claim:
        subject, predicate, target = self._statement(iri)
        steps = sorted((step.partition(" ") for step in self._texts(iri, "kg:step")), key=lambda step: int(step[0]))
        plover = self._objects(iri, "kg:ploverCategory")
        return Claim(
            subject=entity_id(subject.value, self.base),
            predicate=local_name(predicate.value),
            object=target.value if isinstance(target, Literal) else entity_id(target.value, self.base),
            polarity=Polarity(self._text(iri, "kg:polarity")),
            modality=Modality(self._text(iri, "kg:modality")),
            claimant=entity_id(self._iri(iri, "kg:claimant"), self.base),
            voice=Voice(self._text(iri, "kg:voice")),
            evidence=self._evidence(iri),
            rule=self._text(iri, "kg:rule"),
            confidence=float(self._text(iri, "kg:confidence")),
            steps=tuple(step for _, _, step in steps),
            plover=plover_category(plover[0].value) if plover else None,
        )

    def _statement(self, iri: str) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
        reified = self._objects(iri, "rdf:reifies")
        if reified:
            return reified[0].subject, reified[0].predicate, reified[0].object
        return tuple(self._one(iri, prop) for prop in ("rdf:subject", "rdf:predicate", "rdf:object"))  # type: ignore[return-value]

    def _evidence(self, iri: str) -> Evidence:
        places = (self._objects(iri, prop) for prop in SPANS.values())
        trigger, subject, target = (span_of(nodes[0].value) if nodes else None for nodes in places)
        return Evidence(*self._quote(self._iri(iri, "kg:evidence")), trigger, subject, target)


def _text(value: object, iri: str, prop: str) -> str:
    if not isinstance(value, Literal):
        raise GraphError(f"<{iri}>: {prop} should be a literal, found {value}")
    return literal_text(value)


def _number(turn: str) -> int:
    return int(turn.rpartition("=")[2])

"""Which field of the model is which property: read by the writer and the reader alike."""

from __future__ import annotations

from kgraph.rdf.namespaces import expand

# Fields that are plain strings, with the property that holds each.
SPEECH = {
    "doc": "dct:identifier",
    "text": "schema:text",
    "title": "dct:title",
    "date": "dct:date",
    "place": "schema:locationCreated",
    "language": "schema:inLanguage",
    "source": "dct:source",
    "licence": "dct:rights",
}
RUN = {
    "version": "kg:packageVersion",
    "model": "kg:modelName",
    "model_version": "kg:modelVersion",
    "lexicon": "kg:lexiconHash",
}
SPANS = {"trigger": "kg:triggerSpan", "subject": "kg:subjectSpan", "object": "kg:objectSpan"}

# Order of properties inside a node; others follow by IRI.
ORDER = {
    expand(name): rank
    for rank, name in enumerate(
        (
            "rdf:type",
            *("dct:identifier", "dct:title", "dct:date", "schema:locationCreated", "schema:inLanguage"),
            *("kg:hasSpeaker", "dct:source", "dct:rights", "kg:sha256", "schema:text", "kg:hasTurn"),
            *("prov:wasDerivedFrom", "prov:wasGeneratedBy"),
            *("rdfs:label", "skos:prefLabel", "kg:surfaceForm", "skos:altLabel", "skos:definition"),
            *("rdf:subject", "rdf:predicate", "rdf:object", "rdf:reifies"),
            *("kg:claimant", "kg:polarity", "kg:modality", "kg:voice"),
            *("kg:refersTo", "kg:confidence", "kg:rule", "kg:step", "kg:ploverCategory", "kg:saidIn"),
            *("kg:evidence", "kg:triggerSpan", "kg:subjectSpan", "kg:objectSpan"),
            *("kg:start", "kg:end", "kg:turnKind", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "oa:exact"),
        )
    )
}

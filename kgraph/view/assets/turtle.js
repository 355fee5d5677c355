// Claims as Turtle: the same IRIs and the same shape as the files that kgraph writes.

import { markOffsets, sentenceOf } from "./model.js";
import { sha256 } from "./sha256.js";

const BASE = "https://w3id.org/kgraph/id/";
const KG = "https://w3id.org/kgraph/ontology#";
const PREFIXES = {
  dct: "http://purl.org/dc/terms/", kg: KG, oa: "http://www.w3.org/ns/oa#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#", schema: "https://schema.org/", skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const MODALITY = ["asserted", "possible", "intended", "calledFor"];
const VOICE = ["speaker", "quoted", "narrator"];
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function claimIri(model, claim) {
  const sentence = sentenceOf(model, claim);
  const parts = [model.speeches[claim.speech].iri, model.nodes[claim.s].id, model.predicates[claim.p].name,
    claim.o >= 0 ? model.nodes[claim.o].id : claim.literal, claim.negated ? "negated" : "affirmed", MODALITY[claim.modality],
    model.claimants[claim.who].id, String(sentence.start), String(sentence.end)];
  return `${BASE}claim/${sha256(parts.map((p) => `${[...p].length}:${p}`).join("")).slice(0, 20)}`;
}

export function iriRef(id) {
  const iri = id.startsWith("entity/") ? BASE + id : id;
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}>`;
}

function classRef(name) {
  return /^[A-Za-z]\w*$/.test(name) ? `kg:${name}` : iriRef(name);
}

function quoted(text) {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
}

/** A string, of datatype kg:escaped where it holds what RDF cannot. */
export function textLiteral(text) {
  if (text.search(UNFIT) < 0) return quoted(text);
  const escape = (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return `${quoted(text.replace(/\\/g, "\\\\").replace(UNFIT, escape))}^^kg:escaped`;
}

function dateLiteral(text) {
  const kind = { 10: "date", 7: "gYearMonth", 4: "gYear" }[text.length];
  const real = /^\d{4}(-\d\d(-\d\d)?)?$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
  return kind && real && !text.startsWith("0000") ? `"${text}"^^xsd:${kind}` : textLiteral(text);
}

export function decimal(value) {
  const text = String(value);
  const plain = text.includes("e") ? value.toFixed(20).replace(/0+$/, "").replace(/\.$/, "") : text;
  return `"${plain}"^^xsd:decimal`;
}

const integer = (value) => `"${value}"^^xsd:integer`;

/** A Turtle document of these claims, with their entities, speeches and places. */
export function turtle(model, claims) {
  const nodes = new Set();
  const speeches = new Set();
  const spans = new Map();
  const blocks = claims.map((claim) => {
    for (const i of [claim.s, claim.o]) if (i >= 0) nodes.add(i);
    speeches.add(claim.speech);
    return claimBlock(model, claim, spans);
  });
  const ids = new Set([...nodes].map((i) => model.nodes[i].id));
  const claimants = [...new Set(claims.map((c) => c.who))].map((i) => model.claimants[i]).filter((c) => !ids.has(c.id));
  return [...Object.entries(PREFIXES).map(([p, iri]) => `@prefix ${p}: <${iri}> .`), "",
    ...[...speeches].sort((a, b) => a - b).map((i) => speechBlock(model.speeches[i])),
    ...[...nodes].sort((a, b) => a - b).map((i) => entityBlock(model.nodes[i])),
    ...claimants.filter((c) => c.type).map((c) => statement(iriRef(c.id), [["a", classRef(c.type)], ["rdfs:label", textLiteral(c.raw)]])),
    ...blocks, ...[...spans.values()].map(spanBlock)].join("\n") + "\n";
}

function statement(subject, facts) {
  return `${subject} ${facts.map(([p, o]) => `${p} ${o}`).join(" ;\n    ")} .\n`;
}

function speechBlock(speech) {
  const facts = [["a", "kg:Speech"], ["dct:identifier", textLiteral(speech.doc)]];
  const plain = { title: "dct:title", place: "schema:locationCreated", language: "schema:inLanguage", source: "dct:source", licence: "dct:rights" };
  for (const [name, property] of Object.entries(plain)) if (speech[name]) facts.push([property, textLiteral(speech[name])]);
  if (speech.date) facts.push(["dct:date", dateLiteral(speech.date)]);
  if (speech.speakerIri) facts.push(["kg:hasSpeaker", iriRef(speech.speakerIri)]);
  facts.push(["kg:sha256", quoted(speech.sha256)]);
  const own = statement(iriRef(speech.iri), facts);
  return speech.speakerIri ? `${own}\n${statement(iriRef(speech.speakerIri), [["a", "kg:Speaker"], ["rdfs:label", textLiteral(speech.speaker)]])}` : own;
}

function entityBlock(node) {
  const facts = [["a", classRef(node.type)], ["rdfs:label", textLiteral(node.raw)]];
  if (node.subtype) facts.push(["a", classRef(node.subtype)]);
  return statement(iriRef(node.id), facts);
}

function claimBlock(model, claim, spans) {
  const sentence = sentenceOf(model, claim);
  const speech = model.speeches[claim.speech];
  const span = (at) => `<${speech.iri}#char=${at[0]},${at[1]}>`;
  const whole = [sentence.start, sentence.end];
  const text = model.data.quotes === "full" ? sentence.text : null;
  spans.set(span(whole), { ref: span(whole), at: whole, speech: speech.iri, text });
  const facts = [["a", "kg:Claim"], ["rdf:subject", iriRef(model.nodes[claim.s].id)], ["rdf:predicate", classRef(model.predicates[claim.p].name)],
    ["rdf:object", claim.o >= 0 ? iriRef(model.nodes[claim.o].id) : textLiteral(claim.literal)],
    ["kg:claimant", iriRef(model.claimants[claim.who].id)], ["kg:polarity", claim.negated ? '"negated"' : '"affirmed"'],
    ["kg:modality", `"${MODALITY[claim.modality]}"`], ["kg:voice", `"${VOICE[claim.voice]}"`], ["kg:confidence", decimal(claim.confidence)],
    ["kg:rule", textLiteral(claim.rule)], ...claim.steps.map((step, n) => ["kg:step", textLiteral(`${n + 1} ${step}`)])];
  if (claim.plover) facts.push(["kg:ploverCategory", `<https://w3id.org/kgraph/concept/plover-${claim.plover.toLowerCase()}>`]);
  facts.push(["kg:saidIn", iriRef(speech.iri)], ["kg:evidence", span(whole)]);
  for (const name of ["trigger", "subject", "object"]) {
    const at = claim[name] && markOffsets(sentence, claim[name]);
    if (at) facts.push([`kg:${name}Span`, span(at)]);
  }
  return statement(`<${claimIri(model, claim)}>`, facts);
}

function spanBlock({ ref, at, speech, text }) {
  const selector = `<${speech}#select=${at[0]},${at[1]}>`;
  const facts = [["a", "oa:TextPositionSelector , oa:TextQuoteSelector"], ["oa:start", integer(at[0])], ["oa:end", integer(at[1])]];
  if (text) facts.push(["oa:exact", textLiteral(text)]); else facts[0][1] = "oa:TextPositionSelector";
  return `${statement(ref, [["a", "oa:SpecificResource"], ["oa:hasSource", iriRef(speech)], ["oa:hasSelector", selector]])}\n${statement(selector, facts)}`;
}

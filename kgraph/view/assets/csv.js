// Claims as CSV (RFC 4180), safe to open in a spreadsheet.

import { MODALITIES, objectLabel, sentenceOf, VOICES } from "./model.js";

export const COLUMNS = ["claim", "date", "claimed_by", "voice", "subject", "subject_id", "relation", "object", "object_id", "polarity", "modality",
  "confidence", "sentence", "rule", "document", "title", "start", "end", "source"];

/** A cell; what a spreadsheet would take for a formula gets an apostrophe. */
export function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function claimsCsv(model, claims) {
  const rows = claims.map((c) => {
    const speech = model.speeches[c.speech];
    const sentence = sentenceOf(model, c);
    const subject = model.nodes[c.s];
    return [c.key, c.date, model.claimants[c.who].label, VOICES[c.voice], subject.label, subject.id, model.predicates[c.p].name,
      objectLabel(model, c), c.o >= 0 ? model.nodes[c.o].id : "", c.negated ? "negated" : "affirmed", MODALITIES[c.modality], c.confidence,
      sentence.text || "", c.rule, speech.doc, speech.title || "", sentence.start, sentence.end, speech.source || ""];
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

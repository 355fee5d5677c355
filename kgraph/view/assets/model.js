// The data block as objects: nodes, claims, speeches. Nothing here draws.

import { codePoints } from "./text.js";

export const HOW = ["fact", "hypothetical", "negated"];
export const MODALITIES = ["asserted", "possible", "intended", "called for"];
const TRENDS = { rising: "↑", falling: "↓", persisting: "→" };
export const VOICES = ["speaker", "quoted", "narrator"];

/** Build the model of a page from its data block and palette. */
export function buildModel(data, palette) {
  const model = {
    data, palette,
    title: data.title,
    predicates: data.predicates.map(([name, label, family], i) => ({ i, name, label, family })),
    claimants: data.claimants.map(([id, label, type, raw], i) => ({ i, id, label, type, raw })),
    speeches: data.speeches.map((speech, i) => ({ ...speech, i, name: speech.title || shortDoc(speech) })),
    families: new Map(palette.families.map((family) => [family.name, family])),
  };
  model.nodes = data.nodes.map((row, i) => buildNode(row, i, palette));
  model.claims = data.claims.map((row, i) => buildClaim(row, i, data));
  nameNodes(model.nodes);
  connect(model);
  return model;
}

/** The file of a speech that has no title, without what its date says already. */
function shortDoc({ doc, date }) {
  const stem = doc.replace(/\.\w{1,5}$/, "");
  return (date && stem.startsWith(date) && stem.slice(date.length).replace(/^[\s_.-]+/, "")) || stem;
}

function buildNode([id, label, raw, type, subtype, aliases, identifiers, x, y, fx, fy], i, palette) {
  const style = palette.types.find((t) => t.name === type) || palette.other;
  return { i, id, label, raw: raw || label, type, group: style.name, subtype: subtype || null, aliases, identifiers, x, y,
    fx: fx ?? null, fy: fy ?? null, style, total: 0, claims: [], neighbours: new Set() };
}

function buildClaim(row, i, data) {
  const [s, p, end, polarity, modality, who, voice, sentence, trigger, subject, object, rule, confidence, steps, plover] = row;
  const speech = data.sentences[sentence][0];
  const literal = typeof end === "string" ? end : null;
  return { i, key: `c${i + 1}`, s, p, o: literal === null ? end : -1, literal, negated: polarity === 1, modality, who, voice,
    how: polarity === 1 ? "negated" : modality === 0 ? "fact" : "hypothetical",
    sentence, speech, date: data.speeches[speech].date || "", trigger, subject, object,
    rule: data.rules[rule], confidence, steps: steps || [], plover: plover || null };
}

/** Short keys for addresses: the last part of an id where that is unique. */
function nameNodes(nodes) {
  const times = new Map();
  const keys = nodes.map(({ id }) => {
    const end = id.replace(/[/#]+$/, "");
    return end.slice(Math.max(end.lastIndexOf("/"), end.lastIndexOf("#")) + 1) || id;
  });
  for (const key of keys) times.set(key, (times.get(key) || 0) + 1);
  nodes.forEach((node, i) => { node.key = times.get(keys[i]) === 1 ? keys[i] : node.id; });
}

function connect(model) {
  for (const claim of model.claims) {
    const ends = claim.o >= 0 && claim.o !== claim.s ? [claim.s, claim.o] : [claim.s];
    for (const end of ends) { model.nodes[end].claims.push(claim.i); model.nodes[end].total++; }
    if (ends.length === 2) {
      model.nodes[claim.s].neighbours.add(claim.o);
      model.nodes[claim.o].neighbours.add(claim.s);
    }
  }
  for (const node of model.nodes) {
    node.r = Math.round(10 * Math.min(26, Math.max(9, 6.5 + 2.5 * Math.sqrt(node.total)))) / 10;
    node.trends = [];
    for (const c of node.claims) {
      const { literal, negated } = model.claims[c];
      if (literal && !negated && !node.trends.includes(literal)) node.trends.push(literal);
    }
    node.caption = [node.label, ...node.trends.map((t) => TRENDS[t]).filter(Boolean)].join(" ");
  }
  model.byKey = new Map(model.nodes.flatMap((node) => [[node.id, node.i], [node.key, node.i]]));
}

/**
 * The words of a claim's sentence, with its neighbours. `start`, `end`: the sentence in code points; `from`: where `text`
 * begins in code points; `text` is null where the page leaves it out.
 */
export function sentenceOf(model, claim) {
  const { sentences } = model.data;
  const row = sentences[claim.sentence];
  const [speech, start, end, a, b, c, d] = row;
  const whole = model.speeches[speech].text;
  const base = { speech, start, end, from: start, text: null, before: "", after: "" };
  const words = (near) => (typeof near === "number" ? sentences[near][3].trim() : near);
  if (typeof a === "string") return row.length === 5 ? { ...base, text: a, from: b } : { ...base, text: a, before: words(b), after: words(c) };
  if (a === undefined || whole === undefined) return base;
  return { ...base, text: whole.slice(a, b), before: whole.slice(c, a).trim(), after: whole.slice(b, d).trim() };
}

/** Code-point offsets of a mark that is given in UTF-16 units from the start of the words. */
export function markOffsets(sentence, mark) {
  if (sentence.text === null) return null;
  const start = sentence.from + codePoints(sentence.text, 0, mark[0]);
  return [start, start + codePoints(sentence.text, mark[0], mark[1])];
}

/** Who makes a claim, in a line that names the speech and its date anyhow. */
export function voiceOf(model, claim) {
  return claim.voice === 2 ? "Narrator" : model.claimants[claim.who].label;
}

export function objectLabel(model, claim) {
  return claim.o >= 0 ? model.nodes[claim.o].label : claim.literal;
}

/** "asserted", "possible, negated": how a claim is made, in words. */
export function howWords(claim) {
  return [claim.negated ? "negated" : "affirmed", MODALITIES[claim.modality]];
}

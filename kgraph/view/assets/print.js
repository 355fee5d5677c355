// What goes to the printer: the figure, its legend (inside it), then the claims.

import { byId, el, fill, name, svgEl } from "./dom.js";
import { pictureTree } from "./exports.js";
import { howWords, objectLabel, sentenceOf, voiceOf } from "./model.js";
import { count, visible } from "./text.js";

const MOST = 500; // claims on paper

function elements([tag, attributes, ...children]) {
  const { xmlns, ...own } = attributes;
  return svgEl(tag, own, ...children.map((c) => (Array.isArray(c) ? elements(c) : String(c))));
}

export function preparePrint(app) {
  const claims = app.chosenOrAll();
  const { model } = app;
  const cards = claims.slice(0, MOST).map((c) => {
    const speech = model.speeches[c.speech];
    const sentence = sentenceOf(model, c);
    return el("li", {}, el("p", {}, el("strong", {}, name(visible(model.nodes[c.s].label))), ` — ${c.negated ? "NOT " : ""}${model.predicates[c.p].label} → `,
      el("strong", {}, name(visible(objectLabel(model, c)))), ` (${howWords(c).join(", ")}, ${c.confidence.toFixed(2)})`),
    sentence.text ? el("p.quoted", { dir: "auto" }, visible(sentence.text)) : null,
    el("p.source", {}, `${visible(voiceOf(model, c))}, ${speech.date || "undated"} — ${visible(speech.name)} (characters ${sentence.start}–${sentence.end})`));
  });
  fill(byId("print"), el("figure", {}, elements(pictureTree(app, false))),
    el("h2", {}, `${count(claims.length, "claim")}${claims.length > MOST ? `, the first ${MOST}` : ""}`), el("ol.print-cards", {}, cards));
}

export function clearPrint() { fill(byId("print")); }

// A sentence with what it shows marked: subject, relation, object, each in its own way.

import { el } from "./dom.js";
import { visible } from "./text.js";

/** Pieces of `text` between marks { at: [start, end], kind }, without overlaps (the first given wins). */
export function pieces(text, marks) {
  const kept = [];
  for (const mark of marks) {
    const [a, b] = mark.at;
    if (a < b && a >= 0 && b <= text.length && kept.every((k) => b <= k.at[0] || a >= k.at[1])) kept.push(mark);
  }
  kept.sort((x, y) => x.at[0] - y.at[0]);
  const out = [];
  let last = 0;
  for (const { at: [a, b], kind, claim } of kept) {
    if (a > last) out.push({ text: text.slice(last, a), kind: null });
    out.push({ text: text.slice(a, b), kind, claim });
    last = b;
  }
  if (last < text.length) out.push({ text: text.slice(last), kind: null });
  return out;
}

export const KIND_WORDS = { trigger: "relation", subject: "subject", object: "object" };

/** Elements for the sentence of a claim. */
export function markedSentence(claim, text) {
  const marks = ["trigger", "subject", "object"].filter((kind) => claim[kind]).map((kind) => ({ kind, at: claim[kind] }));
  return pieces(text, marks).map(({ text: words, kind }) =>
    kind ? el(`mark.${kind}`, { title: KIND_WORDS[kind] }, visible(words)) : visible(words));
}

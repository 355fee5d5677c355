// What is claimed about a node, in brief: by relation, whom it joins, how often. Each name leads to the sentences.

import { el, name } from "./dom.js";
import { familyGlyph } from "./glyphs.js";
import { byName, visible } from "./text.js";

const MOST = 5; // names in a row before "and more"

/** Claims of a node by direction and relation: [{ out, relation, family, negated, others: [{ i, n, open }] }], hostile ones first. */
export function inBrief(model, node, claims) {
  const found = new Map();
  for (const c of claims) {
    if (c.o < 0) continue;
    const out = c.s === node;
    const key = `${out} ${c.p} ${c.negated}`;
    const { label, family } = model.predicates[c.p];
    if (!found.has(key)) found.set(key, { out, relation: label, family, negated: c.negated, n: 0, others: new Map() });
    const row = found.get(key);
    const i = out ? c.o : c.s;
    const other = row.others.get(i) || { i, n: 0, open: true };
    other.n++;
    other.open &&= c.how === "hypothetical";
    row.n++;
    row.others.set(i, other);
  }
  const rank = (row) => [...model.families.keys()].indexOf(row.family);
  return [...found.values()].map((row) => ({ ...row, others: [...row.others.values()].sort((a, b) => b.n - a.n || a.i - b.i) }))
    .sort((a, b) => a.out - b.out || rank(a) - rank(b) || b.n - a.n || byName(a.relation, b.relation));
}

/** The rows as two short lists; `pick(a, b)` opens the link from a to b. */
export function briefList(model, node, claims, pick) {
  const rows = inBrief(model, node.i, claims);
  const part = (title, list) => (list.length ? [el("h3", {}, title), el("dl", {}, list.flatMap((row) => rowOf(model, node, row, pick)))] : []);
  const label = () => name(visible(node.label));
  return el("div.brief", {},
    part(el("span", {}, "Who is said to do what to ", label()), rows.filter((row) => !row.out)),
    part(el("span", {}, "What ", label(), " is said to do"), rows.filter((row) => row.out)));
}

function rowOf(model, node, { out, relation, family, negated, others }, pick) {
  const button = ({ i, n, open }) => el("button.link", { type: "button", onclick: () => (out ? pick(node.i, i) : pick(i, node.i)) },
    name(visible(model.nodes[i].label)), `${n > 1 ? ` ×${n}` : ""}${open && !negated ? " (?)" : ""}`);
  const more = others.slice(MOST);
  const rest = more.length ? el("button.link", { type: "button", onclick: () => rest.replaceWith(...more.map(button)) }, `and ${more.length} more`) : null;
  return [el("dt", {}, familyGlyph(family), negated ? el("strong.not", {}, "NOT ") : null, relation), el("dd", {}, others.slice(0, MOST).map(button), rest)];
}

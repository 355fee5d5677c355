// Every claim that passes the filters, as a sortable table: the way through the page for those who do not see the graph.

import { byId, el, fill, name } from "./dom.js";
import { howWords, objectLabel, sentenceOf } from "./model.js";
import { byName, count, grouped, shorten, visible } from "./text.js";

const PAGE = 100;

const COLUMNS = [
  ["date", "Date", (m, c) => c.date],
  ["speaker", "Claimed by", (m, c) => m.claimants[c.who].label],
  ["subject", "Subject", (m, c) => m.nodes[c.s].label],
  ["relation", "Relation", (m, c) => m.predicates[c.p].label],
  ["object", "Object", (m, c) => objectLabel(m, c)],
  ["how", "How", (m, c) => howWords(c).filter((w) => w !== "affirmed").join(", ")],
  ["confidence", "Conf.", (m, c) => c.confidence],
];

/** Claims in the order of `sort`: a column, with "-" before it for the other direction. */
export function sortClaims(model, claims, sort) {
  const down = sort.startsWith("-");
  const column = COLUMNS.find(([key]) => key === sort.replace(/^-/, "")) || COLUMNS[0];
  const order = (a, b) => {
    const [x, y] = [column[2](model, a), column[2](model, b)];
    return (typeof x === "number" ? x - y : byName(x, y)) || a.i - b.i;
  };
  return [...claims].sort((a, b) => (down ? -order(a, b) : order(a, b)));
}

export class Table {
  constructor(model, act) {
    Object.assign(this, { model, act, shown: PAGE });
  }

  draw(claims, sort) {
    this.claims = sortClaims(this.model, claims, sort);
    this.sort = sort;
    this.shown = PAGE;
    this.build();
  }

  build() {
    const rows = this.claims.slice(0, this.shown).map((claim) => this.row(claim));
    const left = this.claims.length - this.shown;
    fill(byId("table-view"), el("table.claims", {},
      el("caption", {}, `${count(this.claims.length, "claim")} match${this.claims.length === 1 ? "es" : ""} the filters`),
      el("thead", {}, el("tr", {}, COLUMNS.map(([key, label]) => this.heading(key, label)), el("th", { scope: "col" }, "Sentence"))),
      el("tbody", {}, rows)),
    left > 0 ? el("p", {}, el("button", { type: "button", id: "more-rows", onclick: () => { this.shown += 400; this.build(); byId("more-rows")?.focus(); } },
      `Show ${Math.min(400, left)} more of ${grouped(left)}`)) : null);
  }

  heading(key, label) {
    const up = this.sort === key;
    const down = this.sort === `-${key}`;
    return el("th", { scope: "col", "aria-sort": up ? "ascending" : down ? "descending" : "none" },
      el("button.sort", { type: "button", onclick: () => this.act.sort(up ? `-${key}` : key) }, label, el("span", { "aria-hidden": "true" }, up ? " ▲" : down ? " ▼" : "")));
  }

  row(claim) {
    const { model } = this;
    const sentence = sentenceOf(model, claim);
    const node = (i) => el("button.inline", { type: "button", onclick: () => this.act.node(i) }, name(visible(model.nodes[i].label)));
    return el(`tr.${claim.how}`, { id: `row-${claim.key}` },
      el("td.date", {}, claim.date || "undated"),
      el("td", {}, name(visible(model.claimants[claim.who].label))),
      el("td", {}, node(claim.s)),
      el("td", {}, claim.negated ? el("strong.not", {}, "NOT ") : null, model.predicates[claim.p].label),
      el("td", {}, claim.o >= 0 ? node(claim.o) : claim.literal),
      el("td", {}, COLUMNS[5][2](model, claim)),
      el("td.number", {}, claim.confidence.toFixed(2)),
      el("td.sentence", { dir: "auto" }, sentence.text ? visible(shorten(sentence.text, 600)) : "—"));
  }
}

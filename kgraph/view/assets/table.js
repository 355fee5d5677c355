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
    fill(byId("table-view"), el("table.claims", { role: "table" },
      el("caption", {}, `${count(this.claims.length, "claim")} match${this.claims.length === 1 ? "es" : ""} the filters`),
      el("thead", {}, el("tr", { role: "row" }, COLUMNS.map(([key, label]) => this.heading(key, label)), el("th.sentence", { scope: "col", role: "columnheader" }, "Sentence"))),
      el("tbody", {}, rows)),
    left > 0 ? el("p", {}, el("button", { type: "button", id: "more-rows", onclick: () => { this.shown += 400; this.build(); byId("more-rows")?.focus(); } },
      `Show ${Math.min(400, left)} more of ${grouped(left)}`)) : null);
  }

  heading(key, label) {
    const up = this.sort === key;
    const down = this.sort === `-${key}`;
    return el("th", { scope: "col", role: "columnheader", "aria-sort": up ? "ascending" : down ? "descending" : "none" },
      el("button.sort", { type: "button", onclick: () => this.act.sort(up ? `-${key}` : key) }, label, el("span", { "aria-hidden": "true" }, up ? " ▲" : down ? " ▼" : "")));
  }

  row(claim) {
    const { model } = this;
    const sentence = sentenceOf(model, claim);
    const node = (i) => el("button.inline", { type: "button", onclick: () => this.act.node(i) }, name(visible(model.nodes[i].label)));
    const cell = (kind, ...words) => el(`td.${kind}`, { role: "cell" }, words);
    return el(`tr.${claim.how}`, { id: `row-${claim.key}`, role: "row" },
      cell("date", claim.date || "undated"),
      cell("who", name(visible(model.claimants[claim.who].label))),
      cell("end", node(claim.s)),
      cell("rel", claim.negated ? el("strong.not", {}, "NOT ") : null, model.predicates[claim.p].label),
      cell("end", claim.o >= 0 ? node(claim.o) : claim.literal),
      cell("how", COLUMNS[5][2](model, claim)),
      cell("number", claim.confidence.toFixed(2)),
      el("td.sentence", { dir: "auto", role: "cell" }, sentence.text ? visible(shorten(sentence.text, 600)) : "—"));
  }
}

// The legend, which is also the filter: a tick for every kind of node and claim.

import { byId, el, fill, name } from "./dom.js";
import { familyGlyph, lineGlyph, markGlyph } from "./glyphs.js";
import { byName, count, shorten, visible } from "./text.js";

const HOW_WORDS = { fact: "Stated as fact", hypothetical: "Possible, planned, called for", negated: "Negated (NOT)" };

/** Build the legend once; `change(hide)` is told which values of which facet are off. */
export class Legend {
  constructor(model, hidden, change) {
    Object.assign(this, { model, hidden, change, rows: [], values: {} });
    fill(byId("facets"), ...this.groups().map((group) => this.section(group)));
  }

  groups() {
    const { model } = this;
    const styles = [...model.palette.types, model.palette.other];
    const present = new Set(model.nodes.map((n) => n.group));
    const used = new Set(model.claims.map((c) => c.p));
    return [
      { facet: "type", title: "Node types", open: true, rows: styles.filter((s) => present.has(s.name))
        .map((s) => ({ value: s.name, label: s.plural, glyph: () => markGlyph(s) })),
      note: `Larger: more claims.${model.nodes.some((n) => n.trends.length) ? " ↑ ↓ → after a name: said to rise, fall, persist." : ""}` },
      { facet: "how", title: "How claimed", open: true, rows: Object.entries(HOW_WORDS)
        .map(([value, label]) => ({ value, label, glyph: () => lineGlyph(value) })) },
      { facet: "who", title: "Claimed by", open: model.claimants.length < 9, rows: model.claimants
        .map((c) => ({ value: c.id, label: c.label })).sort((a, b) => byName(a.label, b.label)) },
      { facet: "doc", title: "Speech", open: model.speeches.length < 7, rows: model.speeches
        .map((s) => ({ value: s.doc, label: `${s.date ? s.date + " · " : ""}${s.name}` })) },
      { facet: "rel", title: "Relation", open: true, families: model.palette.families.map((family) => ({ family,
        rows: model.predicates.filter((p) => p.family === family.name && used.has(p.i))
          .map((p) => ({ value: p.name, label: p.label })).sort((a, b) => byName(a.label, b.label)) }))
        .filter((group) => group.rows.length) },
    ].filter((group) => group.rows ? group.rows.length : group.families.length);
  }

  section(group) {
    const all = group.rows || group.families.flatMap((f) => f.rows);
    this.values[group.facet] = all.map((row) => row.value);
    const body = () => (group.rows ? el("div", {}, this.list(group.facet, group.rows), group.note ? el("p.note", {}, group.note) : null) : el("div", {}, group.families.map((f) => this.family(f))));
    return this.fold("details.facet", { open: group.open, id: `facet-${group.facet}` }, body,
      el("summary", {}, group.title),
      all.length > 1 ? el("p.all-none", {},
        el("button.link", { type: "button", onclick: () => this.setMany(group.facet, all, false) , "aria-label": `${group.title}: show all` }, "all"),
        el("button.link", { type: "button", onclick: () => this.setMany(group.facet, all, true), "aria-label": `${group.title}: show none` }, "none")) : null);
  }

  /** A fold whose rows are made when it is opened for the first time. */
  fold(spec, attributes, body, ...head) {
    const made = el(spec, attributes, ...head);
    const build = () => { made.append(body()); };
    if (attributes.open) build();
    else made.addEventListener("toggle", () => { build(); if (this.shown) this.update(...this.shown); }, { once: true });
    return made;
  }

  family({ family, rows }) {
    const head = this.row("rel", { value: rows.map((r) => r.value), label: family.label, glyph: () => familyGlyph(family.name) });
    return el("div.family", {}, head, this.fold("details", {}, () => this.list("rel", rows),
      el("summary.fold", {}, count(rows.length, "relation"), el("span.unseen", {}, ` of the family ${family.label}`))));
  }

  list(facet, rows) {
    return el("ul.rows", {}, rows.map((row) => el("li", {}, this.row(facet, row))));
  }

  row(facet, { value, label, glyph }) {
    const values = [].concat(value);
    const box = el("input", { type: "checkbox", checked: true,
      onchange: (e) => this.set(facet, values, !e.target.checked),
      onkeydown: (e) => { if (e.key === "Enter" && e.altKey) { e.preventDefault(); this.only(facet, values); } } });
    const counted = el("span.count");
    const made = el("label.row", { title: `${visible(label)}. Double click or Alt+Enter: only this`,
      ondblclick: (e) => { e.preventDefault(); this.only(facet, values); } },
    box, glyph ? glyph() : null, el("span.name", {}, name(shorten(visible(label), 60))), counted);
    this.rows.push({ facet, values, box, counted, label });
    return made;
  }

  set(facet, values, off) {
    for (const v of values) if (off) this.hidden()[facet].add(v); else this.hidden()[facet].delete(v);
    this.change();
  }

  setMany(facet, rows, off) { this.set(facet, rows.map((r) => r.value), off); }

  only(facet, values) {
    const hidden = this.hidden()[facet];
    for (const v of this.values[facet]) if (values.includes(v)) hidden.delete(v); else hidden.add(v);
    this.change();
  }

  /** Why nothing is left: which rows are ticked off, in words. */
  explain(totals, { from, to }) {
    if (!this.model.claims.length) return "This graph holds no claims.";
    const parts = this.groups().map(({ facet, title, rows, families }) => {
      const hidden = this.hidden()[facet];
      const all = rows || families.flatMap((f) => f.rows);
      const on = all.filter((row) => !hidden.has(row.value));
      if (on.length === all.length) return null;
      if (!on.length) return `${title}: nothing is ticked.`;
      const none = on.every((row) => !totals[facet].get(row.value));
      if (on.length > 3) return `${title}: ${all.length - on.length} of ${all.length} are off.`;
      return `${title}: only “${on.map((row) => visible(shorten(row.label, 60))).join("”, “")}”${none ? ", and this graph has none" : ""}.`;
    });
    const time = from || to ? `Speeches ${from ? `from ${from} ` : ""}${to ? `to ${to}` : ""}`.trim() + "." : null;
    return ["No claim passes the filters.", ...parts, time].filter(Boolean).join(" ");
  }

  /** Ticks and numbers: in view of all. */
  update(inView, total) {
    this.shown = [inView, total];
    const hide = this.hidden();
    for (const { facet, values, box, counted } of this.rows) {
      const off = values.filter((v) => hide[facet].has(v)).length;
      box.checked = off < values.length;
      box.indeterminate = off > 0 && off < values.length;
      const sum = (counts) => values.reduce((n, v) => n + (counts[facet].get(v) || 0), 0);
      const [now, all] = [sum(inView), sum(total)];
      counted.textContent = now === all ? `${all}` : `${now}/${all}`;
      counted.title = `${now} in view of ${all}`;
      counted.parentElement.classList.toggle("none", !now);
    }
  }
}

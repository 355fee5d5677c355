// Finding a node by label, alias or identifier: a combobox.

import { byId, el, fill, name } from "./dom.js";
import { markGlyph } from "./glyphs.js";
import { fold, visible } from "./text.js";

const MOST = 12;

/** Nodes that match, best first: whole label, beginning, word beginning, anywhere; then more claims. */
export function findNodes(index, query, most = MOST) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  for (const { i, label, rest, total } of index) {
    const rank = label === wanted ? 0 : label.startsWith(wanted) ? 1 : ` ${label}`.includes(` ${wanted}`) ? 2
      : rest.some((r) => r === wanted) ? 1 : rest.some((r) => ` ${r}`.includes(` ${wanted}`)) ? 3
        : label.includes(wanted) ? 4 : rest.some((r) => r.includes(wanted)) ? 5 : -1;
    if (rank >= 0) found.push({ i, rank, total });
  }
  return found.sort((a, b) => a.rank - b.rank || b.total - a.total || a.i - b.i).slice(0, most).map((f) => f.i);
}

export function searchIndex(nodes) {
  return nodes.map((n) => ({ i: n.i, total: n.total, label: fold(n.label), rest: [...n.aliases, n.id, ...n.identifiers].map(fold) }));
}

export class Search {
  constructor(model, pick) {
    Object.assign(this, { model, pick, at: -1, hits: [], index: null });
    this.input = byId("search");
    this.list = byId("hits");
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (e) => this.key(e));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.input.addEventListener("focus", () => this.look());
  }

  look() {
    this.index ||= searchIndex(this.model.nodes);
    this.hits = findNodes(this.index, this.input.value);
    this.at = this.hits.length ? 0 : -1;
    this.show();
  }

  show() {
    const open = this.input.value.trim() !== "";
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open && this.hits.length > 0));
    fill(this.list, this.hits.map((i, n) => this.option(this.model.nodes[i], n)));
    byId("no-hits").hidden = !open || this.hits.length > 0;
    this.list.hidden = !this.hits.length;
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `hit-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  option(node, n) {
    return el("li", { role: "option", id: `hit-${n}`, "aria-selected": String(n === this.at),
      onmousedown: (e) => { e.preventDefault(); this.choose(n); } },
    markGlyph(node.style, 16), el("span.name", {}, name(visible(node.label))), el("span.count", {}, String(node.total)));
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      event.preventDefault();
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.show();
      byId(`hit-${this.at}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = "";
      this.close();
    }
  }

  choose(n) {
    const i = this.hits[n];
    this.input.value = "";
    this.close();
    this.pick(i);
  }

  close() {
    this.list.hidden = true;
    byId("no-hits").hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

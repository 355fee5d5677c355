// How many nodes are drawn: a slider for large graphs.

import { byId, el, fill } from "./dom.js";
import { count, grouped } from "./text.js";

const ASK = 2000; // nodes above which "All" asks first

export class ScaleRow {
  constructor(model, first, change) {
    Object.assign(this, { total: model.nodes.length, first, change });
    this.holder = byId("scale-row");
    const [nodes, claims] = model.data.omitted;
    const left = nodes ? el("p.note", {}, `${count(nodes, "node")} and ${count(claims, "claim")} with fewer mentions are not in this page; kgraph writes them all as Turtle or GEXF.`) : null;
    this.holder.hidden = this.total <= first && !left;
    if (this.total <= first) { fill(this.holder, left); return; }
    this.text = el("p.note", {});
    this.slider = el("input", { type: "range", id: "shown", min: "10", max: "1000", "aria-label": "Number of nodes drawn",
      onchange: () => this.change(this.fromSlider()) });
    this.all = el("button", { type: "button", id: "show-all", onclick: () => this.showAll() }, `All ${grouped(this.total)}`);
    fill(this.holder, this.text, this.slider, this.all, left);
  }

  /** The slider is logarithmic: 10 nodes at the left, all at the right. */
  fromSlider() {
    const t = (Number(this.slider.value) - 10) / 990;
    return Math.max(1, Math.round(Math.exp(Math.log(10) + t * (Math.log(this.total) - Math.log(10)))));
  }

  toSlider(shown) {
    const t = (Math.log(Math.max(10, shown)) - Math.log(10)) / (Math.log(this.total) - Math.log(10));
    return String(Math.round(10 + 990 * Math.min(1, Math.max(0, t))));
  }

  showAll() {
    if (this.total <= ASK || confirm(`Draw all ${grouped(this.total)} nodes? It can be slow on this machine.`)) this.change(this.total);
  }

  update(state) {
    if (!this.text) return;
    const more = Math.max(0, this.total - state.shown);
    this.text.textContent = more
      ? `The ${grouped(state.shown)} most-mentioned nodes are drawn; ${grouped(more)} more: search, focus, table, or All.`
      : `All ${grouped(this.total)} nodes are drawn.`;
    this.slider.value = this.toSlider(state.shown);
    this.slider.setAttribute("aria-valuetext", `${state.shown} nodes`);
    this.all.hidden = !more;
  }
}

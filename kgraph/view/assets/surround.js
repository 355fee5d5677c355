// What stands around the picture: hover box, banner, spoken words, theme, footer.

import { byId, el, fill, name } from "./dom.js";
import { inks } from "./paint.js";
import { count, visible } from "./text.js";

const PANEL = 370; // px, as in the stylesheet

/** The part of the page that needs `model`, `state`, `stage`, and changes nothing. */
export class Surround {
  /** px of the stage under the panel on a phone. */
  coveredBelow() {
    if (byId("evidence").hidden || innerWidth > 760) return 0;
    return Math.max(0, byId("stage").getBoundingClientRect().bottom - byId("evidence").getBoundingClientRect().top);
  }

  covered() {
    return byId("evidence").hidden || innerWidth <= 760 ? 0 : PANEL;
  }

  hover(hit, point) {
    const box = byId("hover");
    box.hidden = !hit;
    if (!hit) return;
    const { nodes } = this.model;
    if (hit.node !== undefined) {
      const node = nodes[hit.node];
      fill(box, el("strong", {}, name(visible(node.label))), el("div.note", {}, `${node.type}, ${count(node.total, "claim")}, ${count(node.neighbours.size, "neighbour")}`));
    } else {
      const link = this.stage.links.find((l) => l.a === hit.edge[0] && l.b === hit.edge[1]);
      if (link) fill(box, el("strong", {}, name(visible(nodes[link.a].label))), ` ${link.label} `, el("strong", {}, name(visible(nodes[link.b].label))), el("div.note", {}, count(link.n, "claim")));
    }
    const { clientWidth: w, clientHeight: h } = byId("graph-view");
    box.style.left = `${Math.max(4, Math.min(point.x + 14, w - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(4, Math.min(point.y + 16, h - box.offsetHeight - 8))}px`;
  }

  say(text) { byId("live").textContent = text; }

  sayNode(i) {
    const node = this.model.nodes[i];
    const claims = this.chosenClaims(this.view.matching);
    const near = new Set(claims.flatMap((c) => (c.o >= 0 ? [c.s, c.o] : [c.s])));
    near.delete(i);
    this.say(`${visible(node.label)}, ${node.type}. ${count(claims.length, "claim")}, ${count(near.size, "neighbour")}.`);
  }

  banner(...parts) {
    const box = byId("banner");
    box.hidden = parts[0] === null;
    if (parts[0] !== null) fill(box, ...parts);
  }

  isDark() {
    const { theme } = this.state;
    return theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  paintTheme() {
    const dark = this.isDark();
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    byId("dark").setAttribute("aria-pressed", String(dark));
    this.stage.colours = forcedInks(inks(this.model.palette, dark));
  }

  footer() {
    const { data, speeches } = this.model;
    const left = data.omitted[0] ? ` ${count(data.omitted[0], "node")} and ${count(data.omitted[1], "claim")} with fewer mentions are left out of this page.` : "";
    const quotes = { full: "It carries the sentences quoted.", mention: "It carries only the words from subject to object.", none: "It carries no quotations." }[data.quotes];
    const sources = el("ul");
    const list = () => { if (!sources.children.length) fill(sources, speeches.map((s) => this.sourceLine(s))); };
    fill(byId("foot"), el("details", { ontoggle: list }, el("summary", {}, `kgraph ${data.version} · graph ${data.digest.slice(0, 12)} · ${count(speeches.length, "speech", "speeches")} · each line is a claim that somebody made, not a fact`),
      el("p", {}, `${quotes}${left} Sources:`),
      sources));
  }

  sourceLine(s) {
    const facts = [visible(s.doc), count(s.words, "word"), s.source && visible(s.source), s.licence && visible(s.licence)].filter(Boolean);
    return el("li", {}, name(visible(s.speaker || "")), `${s.speaker ? ", " : ""}${s.date || "undated"}: `, name(visible(s.name)), ` (${facts.join(", ")})`);
  }
}

/** System colours where the reader has forced them. */
function forcedInks(colours) {
  if (!matchMedia("(forced-colors: active)").matches) return colours;
  const system = (keyword) => {
    const probe = document.body.appendChild(el("span", { hidden: true }));
    probe.style.color = keyword;
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  };
  const ink = system("CanvasText");
  return { ...colours, paper: system("Canvas"), ink, outline: ink, family: Object.fromEntries(Object.keys(colours.family).map((f) => [f, ink])) };
}

// The keyboard: every action of the page without a pointer. Dialogs.

import { byId, el, fill } from "./dom.js";
import { inDirection } from "./paths.js";

const KEYS = [
  ["/", "find a node"], ["← ↑ → ↓", "walk along links (Shift: to any node)"], ["Enter", "read the evidence"], ["f", "focus: 1, 2, 3 steps, off"],
  ["t", "table or graph"], ["+  −", "zoom"], ["0", "everything in sight"], ["d", "dark or light"], ["e", "export"],
  ["Esc", "back: close, unselect, leave focus"], ["?", "this help"],
];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keys {
  constructor(app) {
    this.app = app;
    addEventListener("keydown", (e) => this.key(e));
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches?.("input:not([type=checkbox]):not([type=range]), select, textarea");
    if (event.key === "Escape") { this.back(); return; }
    if (typing) return;
    const onStage = event.target.id === "stage";
    if (onStage && (ARROWS[event.key] || event.key === "Enter")) { event.preventDefault(); this.walk(event); return; }
    const act = this.letters()[event.key];
    if (act && !event.shiftKey | "?+".includes(event.key)) { event.preventDefault(); act(); }
  }

  letters() {
    const { app } = this;
    return {
      "/": () => byId("search").focus(), t: () => this.toggleTable(), f: () => app.focusNext(), d: () => byId("dark").click(),
      e: () => byId("export").click(), "?": () => this.help(), "+": () => app.stage.zoom(1.25), "=": () => app.stage.zoom(1.25),
      "-": () => app.stage.zoom(0.8), 0: () => byId("fit").click(),
    };
  }

  toggleTable() {
    const { app } = this;
    app.update({ view: app.state.view === "table" ? "graph" : "table" });
    byId(app.state.view === "table" ? "table-view" : "stage").focus({ preventScroll: true });
  }

  back() {
    const { app } = this;
    const { state } = app;
    if (app.pathStart !== null) { app.pathStart = null; app.banner(null); }
    else if (state.view !== "graph") { app.update({ view: "graph" }); }
    else if (state.node !== null || state.edge || state.path) {
      if (state.focus !== null && state.node === state.focus) app.unfocus(); else app.clear();
    } else if (state.focus !== null) app.unfocus();
    if (app.state.view === "graph") byId("stage").focus({ preventScroll: true });
  }

  walk(event) {
    const { app } = this;
    const { node, edge } = app.state;
    if (event.key === "Enter") {
      if (node !== null || edge) byId("evidence-title")?.focus();
      return;
    }
    if (node === null || !app.stage.places.has(node)) {
      const start = app.stage.nodes[0];
      if (start) app.select({ node: start.i });
      return;
    }
    const near = event.shiftKey ? app.stage.nodes.map((n) => n.i) : [...(app.stage.around.get(node) || [])];
    const next = inDirection(node, near, (i) => app.stage.places.get(i), ...ARROWS[event.key]);
    if (next === null) app.say(event.shiftKey ? "No node there." : "No link that way."); else app.select({ node: next });
  }

  help() {
    this.dialog("Keys and help",
      el("p", {}, "Every line is a claim that somebody made: click it to read the sentence. The legend on the left is the filter; double click a row to see only that."),
      el("dl", {}, KEYS.flatMap(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)])),
      el("p", {}, "Solid lines are stated as fact, dashed ones possible, planned or called for, dotted ones with a bar are negated. Sizes grow with the number of claims; an arrow beside a name (↑ ↓ →) says that it is claimed to rise, fall or persist."));
  }

  showText(text) {
    const box = el("textarea", { rows: "6", cols: "50", readonly: true, "aria-label": "Text to copy" });
    box.value = text;
    this.dialog("Copy this", box);
    box.select();
  }

  dialog(title, ...parts) {
    const back = document.activeElement;
    const made = el("dialog", { "aria-labelledby": "dialog-title" }, el("h2", { id: "dialog-title" }, title), ...parts,
      el("p", {}, el("button", { type: "button", id: "dialog-close", onclick: () => made.close() }, "Close")));
    made.addEventListener("close", () => { made.remove(); back?.focus?.(); });
    made.addEventListener("click", (e) => { if (e.target === made) made.close(); });
    document.body.append(made);
    if (made.showModal) made.showModal();
    return made;
  }
}

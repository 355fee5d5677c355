// The state of the page and what follows from it. Every change goes through `update`.

import { byId } from "./dom.js";
import { Evidence } from "./evidence.js";
import { filtered, neighboursIn, selectView, tally } from "./filter.js";
import { Keys } from "./keys.js";
import { Legend } from "./legend.js";
import { nodeActions } from "./explore.js";
import { clearPrint, preparePrint } from "./print.js";
import { shortestPath } from "./paths.js";
import { ScaleRow } from "./scale.js";
import { Search } from "./search.js";
import { SpeechView } from "./speech.js";
import { Stage } from "./stage.js";
import { Surround } from "./surround.js";
import { decodeState, encodeState, initialState } from "./state.js";
import { Table } from "./table.js";
import { count, grouped } from "./text.js";
import { TimeBar } from "./time.js";
import { openExports } from "./exports.js";

export class App extends Surround {
  constructor(model) {
    super();
    this.model = model;
    this.first = Math.min(model.data.first, Math.max(1, model.nodes.length));
    this.state = initialState(this.first);
    this.pathStart = null;
    this.fragment = "";
  }

  begin() {
    const { model } = this;
    this.stage = new Stage(byId("stage"), model, {
      pick: (hit) => this.pick(hit), open: (hit) => hit?.node !== undefined && this.focusOn(hit.node, 1),
      hover: (hit, point) => this.hover(hit, point), moved: () => {},
    });
    this.evidence = new Evidence(model, byId("evidence"), this.actions());
    this.legend = new Legend(model, () => this.state.hide, () => this.update());
    this.search = new Search(model, (i) => this.goTo(i));
    this.time = new TimeBar(model, (from, to) => this.update({ from, to }));
    this.table = new Table(model, { node: (i) => this.goTo(i), sort: (sort) => this.update({ sort }) });
    this.speech = new SpeechView(model, { node: (i) => this.goTo(i), claim: (c) => this.showClaim(c), back: () => this.update({ view: "graph" }),
      open: (speech) => this.update({ speech, claim: null }) });
    this.scale = new ScaleRow(model, this.first, (shown) => this.update({ shown }, { fit: true }));
    this.keys = new Keys(this);
    this.totals = tally(model, model.claims, model.nodes.map((n) => n.i));
    this.wire();
    this.footer();
    this.state = decodeState(this.address() || model.data.start, model, this.first);
    this.update({}, { fit: true, quiet: true });
    this.ready();
  }

  ready() {
    this.stage.fit();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      performance.mark("kgraph-ready");
      document.documentElement.dataset.ready = "true";
    }));
  }

  wire() {
    const press = (id, act) => byId(id).addEventListener("click", act);
    press("fit", () => { this.stage.touched = false; this.stage.fit(this.covered()); });
    press("focus", () => this.focusNext());
    press("table", () => this.update({ view: this.state.view === "table" ? "graph" : "table" }));
    press("dark", () => this.update({ theme: this.isDark() ? "light" : "dark" }));
    press("reset", () => this.reset());
    press("show-everything", () => this.reset());
    press("keys", () => this.keys.help());
    press("export", () => openExports(this));
    press("legend-toggle", () => {
      const open = byId("legend").classList.toggle("open");
      byId("legend-toggle").setAttribute("aria-expanded", String(open));
    });
    byId("labels").addEventListener("change", (e) => this.update({ labels: e.target.value }));
    addEventListener("hashchange", () => this.obeyAddress());
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", () => { this.paintTheme(); this.stage.draw(); });
    }
    addEventListener("beforeprint", () => preparePrint(this));
    addEventListener("afterprint", clearPrint);
  }

  // ---- address

  address() {
    try { return location.hash.slice(1); } catch { return ""; }
  }

  obeyAddress() {
    if (this.address() === this.fragment) return;
    this.state = decodeState(this.address(), this.model, this.first);
    this.update({}, { fit: true });
  }

  writeAddress() {
    this.fragment = encodeState(this.state, this.model, this.first);
    try {
      if (this.address() !== this.fragment) history.replaceState(null, "", this.fragment ? `#${this.fragment}` : location.pathname + location.search);
    } catch { /* a frame without an address of its own */ }
  }

  // ---- changes

  /** Change the state and draw what follows; `fit` moves the camera so that all is in sight. */
  update(change = {}, { fit = false, quiet = false } = {}) {
    const before = this.state.focus;
    Object.assign(this.state, change);
    const { state, model } = this;
    if (state.claim !== null && change.claim === undefined && state.view !== "speech") state.claim = null;
    this.view = selectView(model, state);
    this.inFocus(before, fit);
    this.stage.labelMode = state.labels;
    this.stage.show(this.view, state, this.first);
    this.paintTheme();
    this.showViews();
    this.showSelection();
    this.legend.update(tally(model, this.view.matching, this.view.nodes), this.totals);
    this.scale.update(state, this.view);
    this.timeline();
    this.showCounts();
    if (fit || (state.focus !== null && before !== state.focus)) this.stage.fit(this.covered());
    this.stage.draw();
    this.writeAddress();
    if (!quiet) this.say(byId("counts").textContent);
  }

  /** The camera is put back where it was when a focus ends. */
  inFocus(before) {
    const { state, stage } = this;
    if (before === null && state.focus !== null) this.camera = { position: stage.network.getViewPosition(), scale: stage.scale };
    if (before !== null && state.focus === null && this.camera) {
      const camera = this.camera;
      this.camera = null;
      setTimeout(() => stage.network.moveTo({ ...camera, animation: false }));
    }
  }

  timeline() {
    const { from, to } = this.state;
    const open = from || to ? selectView(this.model, { ...this.state, from: null, to: null }) : this.view;
    const chosen = this.marked ? this.chosenClaims(open.matching) : null;
    this.time.update(open.matching, chosen, this.state.from, this.state.to);
  }

  showViews() {
    const { view } = this.state;
    byId("graph-view").hidden = view !== "graph";
    byId("table-view").hidden = view !== "table";
    byId("speech-view").hidden = view !== "speech";
    byId("table").setAttribute("aria-pressed", String(view === "table"));
    byId("labels").value = this.state.labels;
    byId("empty").hidden = this.view.nodes.size > 0;
    if (!this.view.nodes.size) byId("why").textContent = this.legend.explain(this.totals, this.state);
    byId("show-everything").hidden = !this.model.claims.length;
    if (view === "table") this.table.draw(this.chosenOrAll(), this.state.sort);
    if (view === "speech") this.speech.draw(this.state.speech ?? 0, this.state.claim, this.view.matching);
  }

  showCounts() {
    const { model, view } = this;
    const drawn = this.state.view === "graph" ? view.claims.length : view.matching.length;
    byId("counts").textContent = `${grouped(view.nodes.size)} of ${count(model.nodes.length, "node")}, ${grouped(drawn)} of ${count(model.claims.length, "claim")}`;
    const depth = this.state.focus === null ? "Focus" : `Focus: ${this.state.depth} step${this.state.depth > 1 ? "s" : ""}`;
    const button = byId("focus");
    button.textContent = depth;
    button.disabled = this.state.node === null && this.state.focus === null;
    button.setAttribute("aria-pressed", String(this.state.focus !== null));
    byId("stage").setAttribute("aria-label", `Graph: ${byId("counts").textContent}. Arrow keys walk along links, Enter opens the evidence, question mark lists the keys.`);
  }

  // ---- selection

  /** Claims of the selection among these. */
  chosenClaims(claims) {
    const { node, edge } = this.state;
    if (node !== null) return claims.filter((c) => c.s === node || c.o === node);
    if (edge) return claims.filter((c) => c.s === edge[0] && c.o === edge[1]);
    if (this.path) return claims.filter((c) => this.marked.links.has(`${c.s}>${c.o}`));
    return claims;
  }

  chosenOrAll() {
    return this.marked ? this.chosenClaims(this.view.matching) : this.view.matching;
  }

  showSelection() {
    const { state, model } = this;
    this.path = state.path ? shortestPath(...state.path, neighboursIn(this.view.matching)) : null;
    this.marked = this.markOf();
    this.stage.mark(this.marked);
    const claims = this.chosenClaims(this.view.matching);
    if (state.node !== null) this.evidence.showNode(model.nodes[state.node], claims, nodeActions(this, model.nodes[state.node]));
    else if (state.edge) this.evidence.showLink(model.nodes[state.edge[0]], model.nodes[state.edge[1]], claims);
    else if (state.path) this.evidence.showPath((this.path || []).map((i) => model.nodes[i]), this.path ? claims : []);
    else byId("evidence").hidden = true;
  }

  markOf() {
    const { node, edge } = this.state;
    const links = this.stage.links;
    if (node !== null) {
      const own = links.filter((l) => l.a === node || l.b === node);
      return { main: new Set([node]), nodes: new Set([node, ...own.flatMap((l) => [l.a, l.b])]), links: new Set(own.map((l) => l.key)) };
    }
    if (edge) return { main: new Set(edge), nodes: new Set(edge), links: new Set([`${edge[0]}>${edge[1]}`]) };
    if (!this.path) return null;
    const steps = this.path.slice(1).flatMap((b, i) => [`${this.path[i]}>${b}`, `${b}>${this.path[i]}`]);
    return { main: new Set([this.path[0], this.path[this.path.length - 1]]), nodes: new Set(this.path), links: new Set(steps) };
  }

  pick(hit) {
    this.hover(null);
    if (!hit) { this.clear(); return; }
    if (hit.edge) this.select({ edge: hit.edge });
    else if (this.pathStart !== null && hit.node !== this.pathStart) this.findPath(this.pathStart, hit.node);
    else this.select({ node: hit.node });
  }

  select({ node = null, edge = null }) {
    this.state.path = null;
    this.update({ node, edge }, { quiet: true });
    if (node !== null) this.sayNode(node);
    const shown = node ?? edge?.[0];
    if (this.state.view === "graph" && shown !== undefined) this.stage.reveal(shown, this.covered(), this.coveredBelow());
  }

  clear() {
    this.pathStart = null;
    this.banner(null);
    this.state.path = null;
    this.update({ node: null, edge: null }, { quiet: true });
  }

  findPath(a, b) {
    this.pathStart = null;
    this.banner(null);
    const path = shortestPath(a, b, neighboursIn(this.view.matching));
    for (const i of path || []) if (!this.view.nodes.has(i)) this.state.added.add(i);
    this.update({ path: [a, b], node: null, edge: null }, { quiet: true });
    this.say(path ? `Path of ${count(path.length - 1, "step")}.` : "No path in the current view.");
  }

  /** Show a node in the graph, bringing it in if it is not drawn. */
  goTo(i) {
    const { state } = this;
    if (state.focus !== null && !this.view.nodes.has(i)) state.focus = null;
    state.dropped.delete(i);
    state.hide.type.delete(this.model.nodes[i].group);
    if (i >= state.shown) state.added.add(i);
    state.view = "graph";
    this.select({ node: i });
    byId("stage").focus({ preventScroll: true });
  }

  showClaim(claim) {
    this.state.view = "graph";
    if (claim.o >= 0) for (const i of [claim.s, claim.o]) if (i >= this.state.shown) this.state.added.add(i);
    this.select(claim.o >= 0 ? { edge: [claim.s, claim.o] } : { node: claim.s });
    const card = byId(`card-${claim.key}`);
    card?.classList.add("target");
    card?.scrollIntoView({ block: "nearest" });
  }

  focusOn(i, depth) {
    this.state.path = null;
    this.update({ focus: i, depth, node: i, edge: null, view: "graph" }, { fit: true });
  }

  focusNext() {
    const { focus, depth, node } = this.state;
    if (focus === null || (node !== null && node !== focus)) { if (node !== null) this.focusOn(node, 1); }
    else if (depth < 3) this.focusOn(focus, depth + 1);
    else this.unfocus();
  }

  unfocus() { this.update({ focus: null, depth: 1 }); }

  reset() {
    const { theme } = this.state;
    this.state = { ...initialState(this.first), theme };
    this.pathStart = null;
    this.camera = null;
    this.banner(null);
    this.stage.unpin();
    this.stage.touched = false;
    this.time.stop?.();
    this.update({}, { fit: true });
  }

  actions() {
    return {
      close: () => { this.clear(); byId("stage").focus({ preventScroll: true }); },
      node: (i) => this.goTo(i),
      link: (a, b) => this.select({ edge: [a, b] }),
      speech: (speech, claim) => this.update({ view: "speech", speech, claim: claim.i }),
      copy: (text, said) => this.copy(text, said),
    };
  }

  async copy(text, said) {
    try { await navigator.clipboard.writeText(text); this.say(said); } catch { this.keys.showText(text); }
  }

  filtered() { return filtered(this.state); }
}

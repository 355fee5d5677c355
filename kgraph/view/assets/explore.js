// What can be done with a node: focus with counts beforehand, hide, path, expand by relation.

import { el } from "./dom.js";
import { neighboursIn } from "./filter.js";
import { within } from "./paths.js";
import { byName, count, visible } from "./text.js";

const MOST = 25; // nodes brought in at once

/** How many nodes a focus of 1, 2, 3 steps would show. */
export function focusCounts(node, claims) {
  const rings = within(node, 3, neighboursIn(claims));
  return [1, 2, 3].map((depth) => rings.slice(0, depth + 1).reduce((n, ring) => n + ring.length, 0));
}

/** Neighbours that are not drawn, by relation and direction: [{ key, label, nodes }], most first. */
export function hiddenNeighbours(model, node, matching, drawn) {
  const found = new Map();
  for (const c of matching) {
    if (c.o < 0 || c.s === c.o || (c.s !== node && c.o !== node)) continue;
    const other = c.s === node ? c.o : c.s;
    if (drawn.has(other)) continue;
    const out = c.s === node;
    const key = `${out ? ">" : "<"}${c.p}`;
    if (!found.has(key)) found.set(key, { key, label: out ? `${model.predicates[c.p].label} →` : `← ${model.predicates[c.p].label}`, nodes: new Set() });
    found.get(key).nodes.add(other);
  }
  return [...found.values()].sort((a, b) => b.nodes.size - a.nodes.size || byName(a.label, b.label));
}

/** Buttons for the panel of a node. */
export function nodeActions(app, node) {
  const { state, view } = app;
  const outside = state.focus === null ? view.matching : app.model.claims;
  const counts = focusCounts(node.i, outside);
  const focus = counts.map((n, i) => el("button", { type: "button", id: `focus-${i + 1}`, disabled: i > 0 && n === counts[i - 1],
    "aria-pressed": String(state.focus === node.i && state.depth === i + 1),
    onclick: () => app.focusOn(node.i, i + 1) }, `${i ? "" : "Focus "}${i + 1} step${i ? "s" : ""} (${count(n, "node")})`));
  return el("div", {},
    el("div.actions", {}, focus),
    el("div.actions", {},
      el("button", { type: "button", id: "path-from", onclick: () => askPath(app, node) }, "Path to…"),
      el("button", { type: "button", id: "drop-node", onclick: () => dropNode(app, node) }, "Hide node"),
      state.focus !== null ? el("button", { type: "button", onclick: () => app.unfocus() }, "Leave focus") : null),
    expansion(app, node));
}

function dropNode(app, node) {
  app.state.dropped.add(node.i);
  if (app.state.focus === node.i) app.state.focus = null;
  app.update({ node: null });
}

function askPath(app, node) {
  app.pathStart = node.i;
  app.banner(`Path from “${visible(node.label)}”: choose the other end in the graph or with the search. `,
    el("button", { type: "button", onclick: () => { app.pathStart = null; app.banner(null); } }, "Cancel"));
  app.say("Choose the other end of the path.");
}

function expansion(app, node) {
  if (app.state.focus !== null) return null;
  const groups = hiddenNeighbours(app.model, node.i, app.view.matching, app.view.nodes);
  if (!groups.length) return null;
  return el("details", {}, el("summary", {}, `Bring in neighbours that are not drawn (${count(new Set(groups.flatMap((g) => [...g.nodes])).size, "node")})`),
    el("ul.expand", {}, groups.slice(0, 30).map((group) => el("li", {}, el("button.link", { type: "button", onclick: () => {
      for (const i of [...group.nodes].sort((a, b) => a - b).slice(0, MOST)) app.state.added.add(i);
      app.update();
    } }, `${group.label} (${group.nodes.size > MOST ? `${MOST} of ${group.nodes.size}` : group.nodes.size})`)))));
}

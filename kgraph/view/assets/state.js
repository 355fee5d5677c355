// What the reader has chosen, and its form in the address: only what differs from the start.

import { claimIri } from "./turtle.js";

export const FACETS = ["type", "how", "who", "doc", "rel"];

export function initialState(first) {
  return {
    view: "graph", hide: { type: new Set(), how: new Set(), who: new Set(), doc: new Set(), rel: new Set() },
    from: null, to: null, focus: null, depth: 1, node: null, edge: null, path: null, claim: null, speech: null,
    shown: first, added: new Set(), dropped: new Set(), labels: "auto", theme: "auto", sort: "date",
  };
}

const WORDS = { graph: "graph", table: "table", speech: "speech" };

/** State as a fragment without "#"; `model` gives names to numbers. */
export function encodeState(state, model, first) {
  const out = new URLSearchParams();
  const key = (i) => model.nodes[i].key;
  if (state.view !== "graph") out.set("view", state.view);
  for (const facet of FACETS) encodeFacet(out, facet, state.hide[facet], valuesOf(model, facet));
  if (state.from) out.set("from", state.from);
  if (state.to) out.set("to", state.to);
  if (state.focus !== null) { out.set("focus", key(state.focus)); if (state.depth !== 1) out.set("depth", state.depth); }
  if (state.node !== null) out.set("node", key(state.node));
  if (state.edge) { out.set("link", key(state.edge[0])); out.append("link", key(state.edge[1])); }
  if (state.path) { out.set("path", key(state.path[0])); out.append("path", key(state.path[1])); }
  if (state.claim !== null) out.set("claim", model.claims[state.claim].key);
  if (state.speech !== null) out.set("speech", model.speeches[state.speech].doc);
  if (state.shown !== first) out.set("nodes", state.shown);
  for (const i of state.added) out.append("add", key(i));
  for (const i of state.dropped) out.append("drop", key(i));
  if (state.labels !== "auto") out.set("labels", state.labels);
  if (state.theme !== "auto") out.set("theme", state.theme);
  if (state.sort !== "date") out.set("sort", state.sort);
  return out.toString();
}

/** The shorter of what is shown (`rel=`) and what is hidden (`rel-off=`). */
function encodeFacet(out, facet, hidden, values) {
  const off = values.filter((v) => hidden.has(v));
  if (!off.length) return;
  if (off.length === values.length) out.set(`${facet}-off`, "*");
  else if (off.length <= values.length / 2) for (const v of off) out.append(`${facet}-off`, v);
  else for (const v of values) if (!hidden.has(v)) out.append(facet, v);
}

/** State from a fragment; what it does not know is left as at the start. */
export function decodeState(fragment, model, first) {
  const state = initialState(first);
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const node = (k) => (model.byKey.has(k) ? model.byKey.get(k) : null);
  const pair = (name) => {
    const ends = given.getAll(name).map(node);
    return ends.length === 2 && ends[0] !== null && ends[1] !== null ? ends : null;
  };
  if (WORDS[given.get("view") || given.get("v")]) state.view = given.get("view") || given.get("v");
  for (const facet of FACETS) state.hide[facet] = decodeFacet(given, facet, valuesOf(model, facet));
  for (const name of ["from", "to"]) if (/^\d{4}(-\d\d){0,2}$/.test(given.get(name) || "")) state[name] = given.get(name);
  if (given.has("focus")) state.focus = node(given.get("focus"));
  if (/^[123]$/.test(given.get("depth") || "")) state.depth = Number(given.get("depth"));
  if (given.has("node")) state.node = node(given.get("node"));
  state.edge = pair("link");
  state.path = pair("path");
  state.claim = claimOf(given.get("claim") || "", model);
  if (state.claim !== null && !given.has("view") && state.node === null && !state.edge) pointTo(state, model.claims[state.claim]);
  const speech = model.speeches.findIndex((s) => s.doc === given.get("speech"));
  if (speech >= 0) state.speech = speech;
  const shown = Number(given.get("nodes"));
  if (Number.isInteger(shown) && shown > 0) state.shown = Math.min(shown, Math.max(first, model.nodes.length));
  state.added = new Set(given.getAll("add").map(node).filter((i) => i !== null));
  state.dropped = new Set(given.getAll("drop").map(node).filter((i) => i !== null));
  if (["all", "none"].includes(given.get("labels"))) state.labels = given.get("labels");
  if (["light", "dark"].includes(given.get("theme"))) state.theme = given.get("theme");
  if (/^-?[a-z]+$/.test(given.get("sort") || "")) state.sort = given.get("sort");
  return state;
}

/** A claim by its number in this page ("c17") or by the last part of its IRI. */
function claimOf(key, model) {
  const number = /^c(\d+)$/.exec(key);
  if (number) return model.claims[number[1] - 1] ? number[1] - 1 : null;
  if (!/^[0-9a-f]{20}$/.test(key)) return null;
  const found = model.claims.findIndex((claim) => claimIri(model, claim).endsWith(key));
  return found < 0 ? null : found;
}

function pointTo(state, claim) {
  if (claim.o >= 0) state.edge = [claim.s, claim.o]; else state.node = claim.s;
  for (const i of [claim.s, claim.o]) if (i >= state.shown) state.added.add(i);
}

function decodeFacet(given, facet, values) {
  if (given.getAll(`${facet}-off`).includes("*")) return new Set(values);
  if (given.has(facet)) return new Set(values.filter((v) => !given.getAll(facet).includes(v)));
  return new Set(given.getAll(`${facet}-off`).filter((v) => values.includes(v)));
}

/** The values that a facet can take, as they stand in the address. */
export function valuesOf(model, facet) {
  if (facet === "type") return [...new Set(model.nodes.map((n) => n.group))];
  if (facet === "how") return ["fact", "hypothetical", "negated"];
  if (facet === "who") return model.claimants.map((c) => c.id);
  if (facet === "doc") return model.speeches.map((s) => s.doc);
  return model.predicates.map((p) => p.name);
}

// Which claims and nodes a state shows, and how many there are of each kind.

import { within } from "./paths.js";

/** True for a date (any precision) inside [from, to]; undated claims count only where no bound is set. */
export function inTime(date, from, to) {
  if (!from && !to) return true;
  if (!date) return false;
  return (!from || date >= from.slice(0, date.length)) && (!to || date.slice(0, to.length) <= to);
}

/** The facet values of a claim, by facet; `type` is a pair. */
function passes(model, state, claim) {
  const { hide } = state;
  return !(hide.how.has(claim.how) || hide.rel.has(model.predicates[claim.p].name)
    || hide.who.has(model.claimants[claim.who].id) || hide.doc.has(model.speeches[claim.speech].doc)
    || hide.type.has(model.nodes[claim.s].group) || (claim.o >= 0 && hide.type.has(model.nodes[claim.o].group))
    || state.dropped.has(claim.s) || (claim.o >= 0 && state.dropped.has(claim.o))
    || !inTime(claim.date, state.from, state.to));
}

/** True where some filter other than the number of nodes is set. */
export function filtered(state) {
  return Boolean(state.from || state.to || Object.values(state.hide).some((set) => set.size));
}

/**
 * What a state shows.
 * `matching`: claims that pass the filters (inside the focus, if any); `claims`: those of them between drawn nodes;
 * `nodes`: drawn nodes; `rings`: for a focus, the nodes by distance.
 */
export function selectView(model, state) {
  const passing = model.claims.filter((claim) => passes(model, state, claim));
  const rings = state.focus === null ? null : within(state.focus, state.depth, neighboursIn(passing));
  const inside = rings ? new Set(rings.flat()) : null;
  const drawn = (i) => (inside ? inside.has(i) : (i < state.shown || state.added.has(i)) && !state.dropped.has(i));
  const matching = inside ? passing.filter((c) => inside.has(c.s) && (c.o < 0 || inside.has(c.o))) : passing;
  const claims = matching.filter((c) => drawn(c.s) && (c.o < 0 || drawn(c.o)));
  const nodes = new Set(inside ? inside : []);
  for (const c of claims) { nodes.add(c.s); if (c.o >= 0) nodes.add(c.o); }
  if (!filtered(state) && !inside) {
    for (let i = 0; i < Math.min(state.shown, model.nodes.length); i++) if (!state.dropped.has(i)) nodes.add(i);
  }
  for (const i of state.added) if (!inside && !state.dropped.has(i)) nodes.add(i);
  return { matching, claims, nodes, rings };
}

/** Neighbours by node over these claims. */
export function neighboursIn(claims) {
  const found = new Map();
  const add = (a, b) => { if (!found.has(a)) found.set(a, new Set()); found.get(a).add(b); };
  for (const c of claims) if (c.o >= 0 && c.o !== c.s) { add(c.s, c.o); add(c.o, c.s); }
  return found;
}

/** Counts of a list of claims by facet value, and of nodes by type. */
export function tally(model, claims, nodes) {
  const counts = { type: new Map(), how: new Map(), who: new Map(), doc: new Map(), rel: new Map() };
  const add = (facet, value) => counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
  for (const i of nodes) add("type", model.nodes[i].group);
  for (const c of claims) {
    add("how", c.how);
    add("who", model.claimants[c.who].id);
    add("doc", model.speeches[c.speech].doc);
    add("rel", model.predicates[c.p].name);
  }
  return counts;
}

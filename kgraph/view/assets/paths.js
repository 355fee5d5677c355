// Ways through the graph: neighbourhoods, shortest paths, the radial layout of a focus.

/** Nodes by distance from `start`: [[start], [at 1 step], ...]; `neighbours` maps a node to a set. */
export function within(start, depth, neighbours) {
  const seen = new Set([start]);
  const rings = [[start]];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const i of rings[step]) for (const j of neighbours.get(i) || []) if (!seen.has(j)) { seen.add(j); next.push(j); }
    if (!next.length) break;
    rings.push(next.sort((a, b) => a - b));
  }
  return rings;
}

/** A shortest path from a to b as a list of nodes (over links in either direction), or null. */
export function shortestPath(a, b, neighbours) {
  const from = new Map([[a, null]]);
  let edge = [a];
  while (edge.length && !from.has(b)) {
    const next = [];
    for (const i of edge) for (const j of [...(neighbours.get(i) || [])].sort((x, y) => x - y)) if (!from.has(j)) { from.set(j, i); next.push(j); }
    edge = next;
  }
  if (!from.has(b)) return null;
  const path = [];
  for (let i = b; i !== null; i = from.get(i)) path.unshift(i);
  return path;
}

/**
 * Positions of a focus: the first node in the middle, each ring around it, children near their parents.
 * `box(i)` gives { half, above, below }; rings grow until no two boxes meet.
 */
export function radial(rings, neighbours, box, order) {
  const places = new Map([[rings[0][0], { x: 0, y: 0 }]]);
  const angles = new Map([[rings[0][0], 0]]);
  let last = 0;
  rings.slice(1).forEach((ring, level) => {
    const sorted = level === 0 ? [...ring].sort(order) : byParent(ring, rings[level], neighbours, angles, order);
    let radius = Math.max(last + 120, 150, (sorted.length * 64) / (2 * Math.PI));
    for (let tries = 0; tries < 60; tries++) {
      place(sorted, radius, places, angles);
      if (!meets(sorted, places, box)) break;
      radius *= 1.07;
    }
    last = radius;
  });
  return places;
}

function byParent(ring, before, neighbours, angles, order) {
  const angle = (i) => {
    const parents = before.filter((p) => neighbours.get(i)?.has(p));
    return parents.length ? angles.get(parents[0]) : 0;
  };
  return [...ring].sort((a, b) => angle(a) - angle(b) || order(a, b));
}

function place(ring, radius, places, angles) {
  ring.forEach((i, n) => {
    const angle = (2 * Math.PI * n) / ring.length;
    angles.set(i, angle);
    places.set(i, { x: round(radius * 1.25 * Math.sin(angle)), y: round(-radius * Math.cos(angle)) });
  });
}

function meets(ring, places, box) {
  const all = [...places.keys()];
  return ring.some((i) => all.some((j) => j !== i && overlap(places.get(i), box(i), places.get(j), box(j))));
}

function overlap(p, a, q, b) {
  return Math.abs(p.x - q.x) < a.half + b.half && p.y - a.above < q.y + b.below && q.y - b.above < p.y + a.below;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

/** The neighbour of `from` that lies best in a direction (dx, dy), or null. */
export function inDirection(from, candidates, position, dx, dy) {
  const here = position(from);
  let best = null;
  let least = Infinity;
  for (const i of candidates) {
    if (i === from) continue;
    const there = position(i);
    const x = there.x - here.x;
    const y = there.y - here.y;
    const along = x * dx + y * dy;
    if (along <= 0) continue;
    const aside = Math.abs(x * dy - y * dx);
    if (aside > along * 2.2) continue;
    const cost = along + 2 * aside;
    if (cost < least) { least = cost; best = i; }
  }
  return best;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { inDirection, radial, shortestPath, within } from "../../../kgraph/view/assets/paths.js";

const graph = (...pairs) => {
  const found = new Map();
  for (const [a, b] of pairs) for (const [x, y] of [[a, b], [b, a]]) found.set(x, (found.get(x) || new Set()).add(y));
  return found;
};

test("rings hold each node once, at its distance", () => {
  assert.deepEqual(within(0, 2, graph([0, 1], [1, 2], [2, 3], [0, 2])), [[0], [1, 2], [3]]);
  assert.deepEqual(within(7, 3, new Map()), [[7]]);
});

test("a shortest path is shortest, and null where there is none", () => {
  const g = graph([0, 1], [1, 2], [2, 3], [0, 4], [4, 3], [5, 6]);
  assert.deepEqual(shortestPath(0, 3, g), [0, 4, 3]);
  assert.deepEqual(shortestPath(2, 2, g), [2]);
  assert.equal(shortestPath(0, 6, g), null);
});

test("a radial layout keeps boxes apart and children near their parents", () => {
  const g = graph(...Array.from({ length: 30 }, (_, i) => [0, i + 1]), [3, 40], [3, 41]);
  const places = radial(within(0, 2, g), g, () => ({ half: 60, above: 12, below: 40 }), (a, b) => a - b);
  const list = [...places.values()];
  assert.equal(list.length, 33);
  list.forEach((p, n) => list.slice(n + 1).forEach((q) => assert.ok(Math.abs(p.x - q.x) >= 120 || Math.abs(p.y - q.y) >= 52)));
});

test("arrows find the neighbour that way, and nothing behind", () => {
  const at = { 0: { x: 0, y: 0 }, 1: { x: 10, y: 1 }, 2: { x: -5, y: 0 }, 3: { x: 9, y: -40 } };
  assert.equal(inDirection(0, [1, 2, 3], (i) => at[i], 1, 0), 1);
  assert.equal(inDirection(0, [1, 2, 3], (i) => at[i], 0, -1), 3);
  assert.equal(inDirection(0, [2], (i) => at[i], 1, 0), null);
});

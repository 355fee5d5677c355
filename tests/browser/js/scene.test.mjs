import assert from "node:assert/strict";
import { test } from "node:test";
import { linkLabel } from "../../../kgraph/view/assets/bundle.js";
import { contradictionsFirst } from "../../../kgraph/view/assets/evidence.js";
import { along, course, distance, placeLabels, placeLinkLabels, Taken } from "../../../kgraph/view/assets/scene.js";
import { serialise } from "../../../kgraph/view/assets/svg.js";
import { decodeState, encodeState, initialState } from "../../../kgraph/view/assets/state.js";

const model = {
  nodes: [0, 1, 2].map((i) => ({ i, key: `n${i}`, group: i ? "Threat" : "State", label: `N${i}` })),
  predicates: [{ name: "threatens", label: "threatens" }, { name: "supports", label: "supports" }],
  claimants: [{ id: "who/a b" }], speeches: [{ doc: "x & y.txt" }], claims: [{ s: 0, o: 1, key: "c1" }],
  byKey: new Map([["n0", 0], ["n1", 1], ["n2", 2]]),
};
const claim = (p, how, i = 0) => ({ i, p, how, s: 0, o: 1, negated: how === "negated", date: "2020" });

test("a link's label counts, denies and doubts", () => {
  const label = (line, claims) => linkLabel(model, { line, claims, n: claims.length, negated: claims.filter((c) => c.negated).length,
    hypothetical: claims.filter((c) => c.how === "hypothetical").length });
  assert.equal(label("solid", [claim(0, "fact"), claim(0, "fact"), claim(0, "negated")]), "threatens ×3 (1 negated)");
  assert.equal(label("dotted", [claim(1, "negated")]), "NOT supports");
  assert.equal(label("dashed", [claim(0, "hypothetical")]), "threatens (?)");
  assert.equal(label("solid", [claim(0, "fact"), claim(1, "fact")]), "threatens, supports");
});

test("claims that contradict each other come first", () => {
  const list = [claim(1, "fact", 0), claim(0, "negated", 1), claim(0, "fact", 2)];
  const [opposed, others] = contradictionsFirst(list);
  assert.deepEqual(opposed.map((c) => c.i), [1, 2]);
  assert.deepEqual(others.map((c) => c.i), [0]);
});

test("two links between the same nodes bow apart and stop at the marks", () => {
  const [p, q] = [{ x: 0, y: 0 }, { x: 200, y: 0 }];
  const there = course(p, 10, q, 20, true);
  const back = course(q, 20, p, 10, true);
  assert.ok(Math.abs(along(there, 0.5).y - along(back, 0.5).y) > 10);
  assert.ok(Math.hypot(there.x1 - q.x, there.y1 - q.y) >= 20);
  assert.ok(distance(there, 100, along(there, 0.5).y) < 2);
});

test("labels never meet each other or another mark", () => {
  const items = Array.from({ length: 60 }, (_, i) => ({ i, x: (i % 8) * 45, y: Math.floor(i / 8) * 30, r: 9, lines: ["A name", "of two lines"] }));
  const { labels, taken } = placeLabels(items, 13, (text) => text.length * 7);
  assert.ok(labels.length > 0 && labels.length < 60);
  labels.forEach((a, n) => labels.slice(n + 1).forEach((b) =>
    assert.ok(a.rect[2] <= b.rect[0] || b.rect[2] <= a.rect[0] || a.rect[3] <= b.rect[1] || b.rect[3] <= a.rect[1])));
  const links = [{ link: { label: "threatens" }, course: course({ x: 0, y: 300 }, 9, { x: 300, y: 300 }, 9, false) }];
  for (const l of placeLinkLabels(links, 12, (text) => text.length * 7, taken)) assert.ok(l.rect[0] < l.rect[2]);
});

test("a grid of rectangles answers as a list would", () => {
  const taken = new Taken(10);
  taken.add([0, 0, 25, 5], "a");
  assert.ok(taken.meets([24, 4, 30, 9]));
  assert.ok(!taken.meets([25, 0, 30, 9]));
  assert.ok(!taken.meets([1, 1, 2, 2], "a"));
});

test("XML is escaped, whatever stands in it", () => {
  assert.equal(serialise(["text", { a: '"<' }, "<b>&\u0000\ud800"]), '<text a="&quot;&lt;">&lt;b&gt;&amp;\ufffd\ufffd</text>');
});

test("a state survives its address", () => {
  const state = initialState(2);
  state.hide.type.add("Threat");
  state.hide.doc.add("x & y.txt");
  Object.assign(state, { from: "2014-07-10", focus: 1, depth: 3, edge: [0, 2], path: [2, 1], labels: "none", theme: "dark", sort: "-object", view: "table",
    claim: 0, speech: 0 });
  state.added.add(2);
  state.dropped.add(0);
  assert.deepEqual(decodeState(encodeState(state, model, 2), model, 2), state);
  assert.equal(encodeState(initialState(2), model, 2), "");
});

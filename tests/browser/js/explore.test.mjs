import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inBrief } from "../../../kgraph/view/assets/brief.js";
import { bundle } from "../../../kgraph/view/assets/bundle.js";
import { claimsCsv } from "../../../kgraph/view/assets/csv.js";
import { focusCounts, hiddenNeighbours } from "../../../kgraph/view/assets/explore.js";
import { selectView, tally } from "../../../kgraph/view/assets/filter.js";
import { Legend } from "../../../kgraph/view/assets/legend.js";
import { buildModel, markOffsets, sentenceOf, voiceOf } from "../../../kgraph/view/assets/model.js";
import { initialState } from "../../../kgraph/view/assets/state.js";
import { sortClaims } from "../../../kgraph/view/assets/table.js";
import { byName, grouped } from "../../../kgraph/view/assets/text.js";

const palette = JSON.parse(readFileSync(new URL("../../../kgraph/view/assets/palette.json", import.meta.url)));
const node = (n, type = "State") => [`https://example.org/${type}/${n}`, n, 0, type, 0, [], [], 0, 0, 0, 0];
// s, p, o, polarity, modality, who, voice, sentence, trigger, subject, object, rule, confidence, steps, plover
const claim = (s, p, o, { negated = 0, modality = 0, sentence = 0, voice = 0, confidence = 0.5 } = {}) =>
  [s, p, o, negated, modality, 0, voice, sentence, [2, 4], 0, 0, 0, confidence, 0, 0];
const TEXT = "Ah 𝔸 ok. Yes.";

/** A: threatens B twice (once possible), denies to support B; B supports C; D (a threat) rises, and threatens A. */
function world() {
  return buildModel({
    title: "World", omitted: [0, 0],
    nodes: [node("A"), node("B"), node("C"), node("D", "Threat"), node("E", "Oddity")],
    predicates: [["supports", "supports", "cooperative"], ["threatens", "threatens", "hostile"], ["hasTrend", "has trend", "structural"]],
    claimants: [["https://example.org/s", "Speaker"]], rules: ["test"],
    speeches: [{ doc: "2014-07-10-heads of state.txt", date: "2014-07-10", text: TEXT }, { doc: "b.txt", date: "2022" }, { doc: "c.txt" }],
    sentences: [[0, 0, 8, 0, 9, 0, 14], [1, 5, 9, "abcd", "before", 3], [2, 3, 4], [1, 10, 16, "after ", 1, ""]],
    claims: [claim(0, 1, 1), claim(0, 1, 1, { modality: 1, sentence: 1 }), claim(0, 0, 1, { negated: 1 }), claim(1, 0, 2, { sentence: 1, voice: 2 }),
      claim(3, 2, "rising", { sentence: 2 }), claim(3, 1, 0, { confidence: 0.9 })],
  }, palette);
}

test("a model knows names, trends, neighbours and both kinds of keys", () => {
  const { nodes, speeches, byKey, claims } = world();
  assert.deepEqual(speeches.map((s) => s.name), ["heads of state", "b", "c"]);
  assert.equal(nodes[3].caption, "D ↑");
  assert.equal(nodes[4].group, "Other");
  assert.deepEqual([...nodes[0].neighbours].sort(), [1, 3]);
  assert.equal(byKey.get("A"), byKey.get("https://example.org/State/A"));
  assert.deepEqual(claims.map((c) => c.how), ["fact", "hypothetical", "negated", "fact", "fact", "fact"]);
});

test("a sentence is found in the text, beside the claim, or left out; marks count code points", () => {
  const model = world();
  const whole = sentenceOf(model, model.claims[0]);
  assert.deepEqual([whole.text, whole.after], ["Ah 𝔸 ok.", "Yes."]);
  assert.deepEqual(markOffsets(whole, [3, 8]), [3, 7]);
  const beside = sentenceOf(model, model.claims[1]);
  assert.deepEqual([beside.text, beside.before, beside.after], ["abcd", "before", "after"]);
  assert.equal(sentenceOf(model, model.claims[4]).text, null);
  assert.deepEqual([voiceOf(model, model.claims[0]), voiceOf(model, model.claims[3])], ["Speaker", "Narrator"]);
});

test("in brief: others first, hostile before the rest, denials apart, doubts kept", () => {
  const model = world();
  const rows = inBrief(model, 0, model.claims.filter((c) => c.s === 0 || c.o === 0));
  assert.deepEqual(rows.map((r) => [r.out, r.relation, r.negated, r.others.map((o) => [o.i, o.n, o.open])]), [
    [false, "threatens", false, [[3, 1, false]]], [true, "threatens", false, [[1, 2, false]]], [true, "supports", true, [[1, 1, false]]]]);
});

test("a view holds what passes every filter, and its counts", () => {
  const model = world();
  const state = initialState(5);
  assert.equal(selectView(model, state).claims.length, 6);
  assert.equal(selectView(model, state).nodes.size, 5);
  state.hide.how.add("fact");
  const view = selectView(model, state);
  assert.deepEqual(view.claims.map((c) => c.i), [1, 2]);
  assert.deepEqual([...view.nodes], [0, 1]);
  assert.equal(tally(model, view.matching, view.nodes).how.get("negated"), 1);
  assert.deepEqual(selectView(model, { ...initialState(5), from: "2015" }).claims.map((c) => c.i), [1, 3]);
  assert.deepEqual(selectView(model, { ...initialState(5), dropped: new Set([0]) }).claims.map((c) => c.i), [3, 4]);
});

test("few nodes drawn: the others stay within reach", () => {
  const model = world();
  const state = { ...initialState(2), shown: 2 };
  const view = selectView(model, state);
  assert.deepEqual([...view.nodes].sort(), [0, 1]);
  assert.equal(view.matching.length, 6);
  assert.deepEqual(hiddenNeighbours(model, 0, view.matching, view.nodes).map((g) => [g.label, [...g.nodes]]), [["← threatens", [3]]]);
  assert.deepEqual(focusCounts(0, view.matching), [3, 4, 4]);
  const focus = selectView(model, { ...state, focus: 0 });
  assert.deepEqual([...focus.nodes].sort(), [0, 1, 3]);
  assert.deepEqual(focus.rings, [[0], [1, 3]]);
});

test("links are one an ordered pair, drawn by how they are claimed", () => {
  const [ab, bc] = bundle(world(), world().claims);
  assert.deepEqual([ab.a, ab.b, ab.n, ab.line, ab.family, ab.twin], [0, 1, 3, "solid", "hostile", false]);
  assert.equal(ab.label, "threatens, supports ×3 (1 negated, 1 possible)");
  assert.equal(bc.width, 1.2);
});

test("tables are sorted by any column, both ways, and ties stay in order", () => {
  const model = world();
  const order = (sort) => sortClaims(model, model.claims, sort).map((c) => c.i);
  assert.deepEqual(order("confidence").at(-1), 5);
  assert.deepEqual(order("-confidence"), order("confidence").reverse());
  assert.deepEqual(order("object").slice(0, 2), [5, 0]);
  assert.deepEqual(order("nonsense"), order("date"));
});

test("a claim without a sentence is a row all the same", () => {
  const model = world();
  const rows = claimsCsv(model, model.claims).trim().split("\r\n");
  assert.equal(rows.length, 7);
  assert.ok(rows[1].includes("Ah 𝔸 ok."));
});

test("why nothing is left is said in words", () => {
  const model = world();
  const { hide } = initialState(5);
  const legend = { model, groups: Legend.prototype.groups, hidden: () => hide };
  const totals = tally(model, model.claims.filter((c) => !c.negated), model.nodes.map((n) => n.i));
  const say = (state = {}) => Legend.prototype.explain.call(legend, totals, state);
  hide.how.add("fact").add("hypothetical");
  assert.equal(say(), "No claim passes the filters. How claimed: only “Negated (NOT)”, and this graph has none.");
  hide.how.add("negated");
  assert.equal(say({ from: "2014" }), "No claim passes the filters. How claimed: nothing is ticked. Speeches from 2014.");
});

test("numbers are grouped and names ordered without a locale", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
  assert.deepEqual(["b", "A", "a", "Я"].sort(byName), ["A", "a", "b", "Я"]);
});

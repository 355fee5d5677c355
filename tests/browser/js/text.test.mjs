import assert from "node:assert/strict";
import { test } from "node:test";
import { cell } from "../../../kgraph/view/assets/csv.js";
import { nest } from "../../../kgraph/view/assets/speech.js";
import { pieces } from "../../../kgraph/view/assets/quote.js";
import { findNodes, searchIndex } from "../../../kgraph/view/assets/search.js";
import { sha256 } from "../../../kgraph/view/assets/sha256.js";
import { codePoints, direction, fold, safeLink, visible, wrap } from "../../../kgraph/view/assets/text.js";
import { decimal, iriRef, textLiteral } from "../../../kgraph/view/assets/turtle.js";
import { bars } from "../../../kgraph/view/assets/time.js";
import { inTime } from "../../../kgraph/view/assets/filter.js";

test("hashes are those of the standard", () => {
  assert.equal(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(sha256("é𝔸".repeat(40)).length, 64);
});

test("offsets are turned into code points", () => {
  const text = "a𝔸b\ud800c";
  assert.equal(codePoints(text, 0, text.length), 5);
  assert.equal(codePoints(text, 0, 3), 2);
});

test("bidirectional controls are seen, and direction is that of the first letter", () => {
  assert.equal(visible("a\u202eb\u0000"), "a⟨RLO⟩b\ufffd");
  assert.equal(direction("12 שלום"), "rtl");
  assert.equal(direction("12 Ukraine שלום"), "ltr");
});

test("labels are wrapped on three lines", () => {
  assert.deepEqual(wrap("Council of Heads of Security Agencies and Special Services of the CIS").length, 3);
  assert.ok(wrap("x".repeat(500)).every((line) => line.length <= 18));
  assert.deepEqual(wrap("Ukraine"), ["Ukraine"]);
});

test("only web addresses are links", () => {
  assert.equal(safeLink("javascript:alert(1)"), null);
  assert.equal(safeLink(" https://example.org/a b"), "https://example.org/a%20b");
  assert.equal(safeLink("//example.org"), null);
  assert.equal(safeLink(undefined), null);
});

test("cells are quoted, and never a formula", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell(-0.5), "-0.5");
});

test("search folds case and accents, and knows aliases", () => {
  const node = (i, label, aliases, total) => ({ i, label, aliases, total, id: `x/${i}`, identifiers: [] });
  const index = searchIndex([node(0, "Côte d'Ivoire", [], 1), node(1, "CIS", ["Commonwealth"], 9), node(2, "Council of the CIS", [], 99)]);
  assert.deepEqual(findNodes(index, "COTE"), [0]);
  assert.deepEqual(findNodes(index, "cis"), [1, 2]);
  assert.deepEqual(findNodes(index, "common"), [1]);
  assert.deepEqual(findNodes(index, "  "), []);
});

test("marks in a sentence never overlap", () => {
  const out = pieces("abcdefgh", [{ at: [2, 5], kind: "trigger" }, { at: [4, 6], kind: "object" }, { at: [0, 2], kind: "subject" }]);
  assert.deepEqual(out.map((p) => [p.text, p.kind]), [["ab", "subject"], ["cde", "trigger"], ["fgh", null]]);
});

test("spans nest and what crosses is left out", () => {
  const tree = nest([{ kind: "claim", start: 0, end: 10 }, { kind: "mention", start: 2, end: 4 }, { kind: "mention", start: 8, end: 12 }], 0, 14);
  assert.equal(tree[0].inner.filter((p) => p.kind).length, 1);
  assert.equal(tree.map((p) => p.to - p.from).reduce((a, b) => a + b), 14);
});

test("Turtle terms hold anything", () => {
  assert.equal(textLiteral('a"b\\\n'), '"a\\"b\\\\\\n"');
  assert.equal(textLiteral("x\ud800"), '"x\\\\uD800"^^kg:escaped');
  assert.equal(textLiteral("𝔸"), '"𝔸"');
  assert.equal(iriRef("entity/a b"), "<https://w3id.org/kgraph/id/entity/a%20b>");
  assert.equal(decimal(1e-7), '"0.0000001"^^xsd:decimal');
});

test("dates of any precision fall in time", () => {
  assert.ok(inTime("2014", "2014-05-01", null));
  assert.ok(inTime("2014-07-10", null, "2014"));
  assert.ok(!inTime("2014-07-10", "2015", null));
  assert.ok(inTime("", null, null) && !inTime("", "2014", null));
});

test("bars gather dates by month or year where there are many", () => {
  const dates = Array.from({ length: 200 }, (_, i) => `${2000 + (i % 20)}-${String(1 + (i % 12)).padStart(2, "0")}-01`).sort();
  const found = bars([{ date: dates[0], how: "fact" }, { date: dates[1], how: "negated" }], [...new Set(dates)]);
  assert.ok(found.length <= 70);
  assert.equal(found.reduce((n, b) => n + b.fact + b.negated, 0), 2);
});

test("fold leaves letters of other scripts", () => assert.equal(fold("Жанна É"), "жанна e"));

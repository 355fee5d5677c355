// Claims as GEXF 1.3, one edge a claim, for Gephi and its kin.

import { MODALITIES, sentenceOf } from "./model.js";
import { xml } from "./svg.js";

const NODE = ["type", "subtype", "claims"];
const EDGE = ["relation", "polarity", "modality", "claimed_by", "date", "confidence", "sentence", "document"];

function attributes(kind, names) {
  const lines = names.map((n, i) => `      <attribute id="${i}" title="${n}" type="${{ claims: "integer", confidence: "double" }[n] || "string"}"/>`);
  return [`    <attributes class="${kind}">`, ...lines, "    </attributes>"];
}

function values(list) {
  return `<attvalues>${list.map((v, i) => `<attvalue for="${i}" value="${xml(v)}"/>`).join("")}</attvalues>`;
}

/** `places` maps a node to { x, y }. Claims about a trend have no other end and are left out of the edges. */
export function claimsGexf(model, claims, places) {
  const used = [...new Set(claims.flatMap((c) => (c.o >= 0 ? [c.s, c.o] : [c.s])))].sort((a, b) => a - b);
  const nodes = used.map((i) => {
    const n = model.nodes[i];
    const { x, y } = places.get(i) || { x: n.x, y: n.y };
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(n.style.fill.slice(at, at + 2), 16));
    return `      <node id="${xml(n.id)}" label="${xml(n.label)}">${values([n.type, n.subtype || "", n.total])}<viz:color r="${r}" g="${g}" b="${b}"/><viz:position x="${x}" y="${-y}" z="0"/><viz:size value="${n.r}"/></node>`;
  });
  const edges = claims.filter((c) => c.o >= 0).map((c) => {
    const facts = [model.predicates[c.p].name, c.negated ? "negated" : "affirmed", MODALITIES[c.modality], model.claimants[c.who].label, c.date,
      c.confidence, sentenceOf(model, c).text || "", model.speeches[c.speech].doc];
    return `      <edge id="${c.key}" source="${xml(model.nodes[c.s].id)}" target="${xml(model.nodes[c.o].id)}" kind="${xml(model.predicates[c.p].name)}" label="${xml(`${c.negated ? "NOT " : ""}${model.predicates[c.p].label}`)}">${values(facts)}</edge>`;
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `  <meta><creator>kgraph</creator><description>${xml(model.title)}</description></meta>`, '  <graph defaultedgetype="directed" mode="static">',
    ...attributes("node", NODE), ...attributes("edge", EDGE), "    <nodes>", ...nodes, "    </nodes>", "    <edges>", ...edges, "    </edges>",
    "  </graph>", "</gexf>", ""].join("\n");
}

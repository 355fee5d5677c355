// The picture as SVG: a tree that becomes text for files, or elements for print.

import { corners, FONT, LABEL, LINE, placeLabels, placeLinkLabels } from "./scene.js";
import { direction, shorten, visible } from "./text.js";

const DASH = { dashed: "7 5", dotted: "1.5 4" };
const EDGE = 24; // px around the picture

/** Text for XML: what XML 1.0 cannot hold is replaced. */
export function xml(value) {
  return String(value)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);
}

export function serialise([tag, attributes, ...children]) {
  const inside = children.map((c) => (Array.isArray(c) ? serialise(c) : xml(c))).join("");
  const own = Object.entries(attributes).map(([k, v]) => ` ${k}="${xml(v)}"`).join("");
  return inside ? `<${tag}${own}>${inside}</${tag}>` : `<${tag}${own}/>`;
}

const n1 = (x) => String(Math.round(x * 10) / 10);

/**
 * The picture as a tree. `picture`: { title, note, nodes: [{ i, x, y, r, style, lines, label }], links: [{ link, course }],
 * relations: true to write them, colours, styles: those in the legend }.
 */
export function drawing(picture, measure) {
  const { nodes, links, colours } = picture;
  const { labels, taken } = placeLabels(nodes, LABEL, measure, Infinity);
  const relations = picture.relations ? placeLinkLabels(links, LABEL * 0.9, measure, taken) : [];
  const [left, top, right, bottom] = extent(nodes, labels);
  const width = Math.max(420, right - left + 2 * EDGE);
  const legend = legendRows(picture, width, measure);
  const tall = bottom - top + 2 * EDGE + 34;
  const height = tall + legend.height + 22;
  const shift = `translate(${n1((width - (right - left)) / 2 - left)} ${n1(EDGE + 34 - top)})`;
  return ["svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${n1(width)} ${n1(height)}`, width: n1(width), height: n1(height),
    "font-family": FONT.replace(/"/g, "'"), "font-size": LABEL, role: "img", "aria-label": picture.title },
  ["title", {}, visible(picture.title)],
  ["rect", { width: n1(width), height: n1(height), fill: colours.paper }],
  ["text", { x: EDGE, y: 30, "font-size": 17, "font-weight": 600, fill: colours.ink }, shorten(visible(picture.title), Math.floor(width / 9))],
  ["g", { transform: shift }, ...links.map((l) => linkTree(l, colours)), ...nodes.map((n) => markTree(n, colours)),
    ...relations.map((r) => relationTree(r, colours)), ...labels.flatMap((l) => labelTree(l, colours))],
  ["g", { transform: `translate(${EDGE} ${n1(tall)})`, fill: colours.ink, "font-size": 12 }, ...legend.rows],
  ["text", { x: EDGE, y: n1(height - 10), "font-size": 11, fill: colours.ink }, picture.note]];
}

function extent(nodes, labels) {
  let box = nodes.length ? [Infinity, Infinity, -Infinity, -Infinity] : [0, 0, 0, 0];
  const grow = ([a, b, c, d]) => { box = [Math.min(box[0], a), Math.min(box[1], b), Math.max(box[2], c), Math.max(box[3], d)]; };
  for (const { x, y, r } of nodes) grow([x - r * 1.2, y - r * 1.2, x + r * 1.2, y + r * 1.2]);
  for (const { rect } of labels) grow(rect);
  return box;
}

function markTree({ x, y, r, style, label }, colours) {
  const look = { fill: style.fill, stroke: colours.outline, "stroke-width": 1.4, "stroke-linejoin": "round" };
  const points = corners(style.shape);
  const title = ["title", {}, visible(label)];
  if (!points) return ["circle", { cx: n1(x), cy: n1(y), r: n1(r), ...look }, title];
  return ["polygon", { points: points.map(([px, py]) => `${n1(x + px * r)},${n1(y + py * r)}`).join(" "), ...look }, title];
}

function linkTree({ link, course: c }, colours) {
  const stroke = colours.family[link.family];
  const line = ["path", { d: `M${n1(c.x0)} ${n1(c.y0)}Q${n1(c.cx)} ${n1(c.cy)} ${n1(c.x1)} ${n1(c.y1)}`, fill: "none", stroke,
    "stroke-width": link.width.toFixed(2), ...(DASH[link.line] ? { "stroke-dasharray": DASH[link.line] } : {}),
    ...(link.line === "dotted" ? { "stroke-linecap": "round" } : {}) }, ["title", {}, link.label]];
  return ["g", { "stroke-opacity": 0.85 }, line, tipTree(c, link, stroke)];
}

function tipTree(c, link, stroke) {
  const size = 7 + link.width;
  const [sin, cos] = [Math.sin(c.angle), Math.cos(c.angle)];
  const at = (back, aside) => `${n1(c.x1 - cos * back - sin * aside)} ${n1(c.y1 - sin * back + cos * aside)}`;
  if (link.line === "dotted") return ["path", { d: `M${at(0, size * 0.7)}L${at(0, -size * 0.7)}`, stroke, "stroke-width": 2.2 }];
  return ["path", { d: `M${at(0, 0)}L${at(size, size * 0.42)}L${at(size, -size * 0.42)}Z`, fill: stroke }];
}

function halo(colours, size) {
  return { stroke: colours.paper, "stroke-width": n1(size * 0.3), "stroke-linejoin": "round", "paint-order": "stroke", fill: colours.ink };
}

function labelTree({ x, y, lines }, colours) {
  const dir = direction(lines.join(" "));
  return lines.map((text, n) => ["text", { x: n1(x), y: n1(y + n * LINE + LABEL * 0.92), "text-anchor": "middle", ...(dir === "rtl" ? { direction: dir } : {}),
    ...halo(colours, LABEL) }, text]);
}

function relationTree({ x, y, text }, colours) {
  return ["text", { x: n1(x), y: n1(y + 4), "text-anchor": "middle", "font-size": n1(LABEL * 0.9), ...halo(colours, LABEL) }, text];
}

/** Marks and lines explained, in as many rows as they need. */
function legendRows({ styles, colours, families }, width, measure) {
  const items = [...styles.map((s) => ({ mark: s, text: s.plural })),
    { line: "solid", text: "stated as fact" }, { line: "dashed", text: "possible, planned, called for" }, { line: "dotted", text: "negated" },
    ...families.map((f) => ({ line: "solid", family: f.name, text: f.label.toLowerCase() }))];
  const rows = [];
  let [x, y] = [0, 8];
  for (const item of items) {
    const room = 36 + measure(item.text) + 18;
    if (x && x + room > width - 2 * EDGE) { x = 0; y += 22; }
    rows.push(["g", { transform: `translate(${n1(x)} ${y})` }, ...legendItem(item, colours)]);
    x += room;
  }
  return { rows, height: y + 22 };
}

function legendItem({ mark, line, family, text }, colours) {
  const picture = mark ? markTree({ x: 14, y: 0, r: 6.5, style: mark, label: mark.plural }, colours)
    : ["path", { d: "M2 0H28", fill: "none", stroke: family ? colours.family[family] : colours.ink, "stroke-width": family ? 3 : 1.6,
      ...(DASH[line] ? { "stroke-dasharray": DASH[line] } : {}) }];
  return [picture, ["text", { x: 34, y: 4 }, text]];
}

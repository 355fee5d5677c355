// Geometry of a picture, shared by the screen and by exported files: shapes, links, where labels go.

import { wrap } from "./text.js";

export const FONT = '"Noto Sans", "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif';
export const LABEL = 13;
export const LINE = 15;
const BACK = 2; // px between the tip of a link and the mark it points to

/** Room around a node, as the layout reckons it: { half, above, below }. */
export function roomOf(node, measure) {
  const lines = node.lines || (node.lines = wrap(node.caption));
  const width = lines.length ? Math.max(...lines.map((line) => measure(line))) : 0;
  return { half: Math.max(node.r + 4, width / 2 + 5), above: node.r + 4, below: node.r + 3 + LINE * lines.length + 4 };
}

const CORNERS = new Map();

/** Corners of a mark around 0,0 in units of its radius, or null for a circle. */
export function corners(shape) {
  if (!CORNERS.has(shape)) CORNERS.set(shape, cornersOf(shape));
  return CORNERS.get(shape);
}

function cornersOf(shape) {
  const polygon = (n, turn = 0, r = 1) =>
    Array.from({ length: n }, (_, i) => [r * Math.sin((2 * Math.PI * i) / n + turn), -r * Math.cos((2 * Math.PI * i) / n + turn)]);
  switch (shape) {
    case "square": return [[-0.89, -0.89], [0.89, -0.89], [0.89, 0.89], [-0.89, 0.89]];
    case "triangle": return polygon(3, 0, 1.18).map(([x, y]) => [x, y + 0.16]);
    case "triangleDown": return polygon(3, Math.PI, 1.18).map(([x, y]) => [x, y - 0.16]);
    case "diamond": return [[0, -1.15], [1, 0], [0, 1.15], [-1, 0]];
    case "star": return Array.from({ length: 10 }, (_, i) => {
      const r = i % 2 ? 0.5 : 1.2;
      return [r * Math.sin((Math.PI * i) / 5), -r * Math.cos((Math.PI * i) / 5)];
    });
    case "hexagon": return polygon(6, Math.PI / 6, 1.06);
    case "pentagon": return polygon(5, 0, 1.1);
    case "bar": return [[-1.15, -0.62], [1.15, -0.62], [1.15, 0.62], [-1.15, 0.62]];
    case "cross": return [[-0.4, -1.05], [0.4, -1.05], [0.4, -0.4], [1.05, -0.4], [1.05, 0.4], [0.4, 0.4], [0.4, 1.05],
      [-0.4, 1.05], [-0.4, 0.4], [-1.05, 0.4], [-1.05, -0.4], [-0.4, -0.4]];
    default: return null;
  }
}

/**
 * The course of a link from p (radius rp) to q (radius rq), bent aside where there is one the other way:
 * { x0, y0, cx, cy, x1, y1, angle, loop }. `angle` is the direction in which it arrives.
 */
export function course(p, rp, q, rq, bent) {
  if (p === q) return loop(p, rp);
  const dx = q.x - p.x;
  const dy = q.y - p.y;
  const far = Math.hypot(dx, dy) || 1;
  const aside = bent ? Math.min(46, Math.max(14, far * 0.14)) : 0;
  const cx = (p.x + q.x) / 2 - (dy / far) * aside;
  const cy = (p.y + q.y) / 2 + (dx / far) * aside;
  const out = Math.hypot(cx - p.x, cy - p.y) || 1;
  const home = Math.hypot(q.x - cx, q.y - cy) || 1;
  const start = Math.min(rp, out * 0.9);
  const end = Math.min(rq + BACK, home * 0.9);
  return {
    x0: p.x + ((cx - p.x) / out) * start, y0: p.y + ((cy - p.y) / out) * start, cx, cy,
    x1: q.x - ((q.x - cx) / home) * end, y1: q.y - ((q.y - cy) / home) * end,
    angle: Math.atan2(q.y - cy, q.x - cx), loop: false,
  };
}

function loop(p, r) {
  const wide = r * 1.1;
  return { x0: p.x - r * 0.5, y0: p.y - r * 0.85, cx: p.x, cy: p.y - r * 3.6, x1: p.x + r * 0.5, y1: p.y - r * 0.95,
    angle: Math.PI / 2 - 0.15 * Math.sign(wide), loop: true };
}

/** The point of a course at t in [0, 1]. */
export function along(c, t) {
  const u = 1 - t;
  return { x: u * u * c.x0 + 2 * u * t * c.cx + t * t * c.x1, y: u * u * c.y0 + 2 * u * t * c.cy + t * t * c.y1 };
}

/** Distance of a point from a course (sampled), for hits. */
export function distance(c, x, y) {
  let least = Infinity;
  let last = along(c, 0);
  for (let i = 1; i <= 12; i++) {
    const next = along(c, i / 12);
    least = Math.min(least, toSegment(x, y, last, next));
    last = next;
  }
  return least;
}

function toSegment(x, y, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/** Rectangles already taken, found quickly by a grid of cells. */
export class Taken {
  constructor(cell = 64) { this.cell = cell; this.grid = new Map(); }

  /** The lists of the cells that a rectangle touches, until `test` says true of one; `make` lists that are not there. */
  some([left, top, right, bottom], test, make = false) {
    const { cell, grid } = this;
    for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x++)
      for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y++) {
        const key = x * 0x100000 + y;
        if (make && !grid.has(key)) grid.set(key, []);
        const list = grid.get(key);
        if (list && test(list)) return true;
      }
    return false;
  }

  add(rect, owner = null) {
    const entry = { rect, owner };
    this.some(rect, (list) => { list.push(entry); }, true);
  }

  /** Whether a rectangle meets one that another owner has taken. */
  meets(rect, owner = undefined) {
    const [left, top, right, bottom] = rect;
    return this.some(rect, (list) => {
      for (const { rect: r, owner: o } of list)
        if (r[0] < right && r[2] > left && r[1] < bottom && r[3] > top && (owner === undefined || o !== owner)) return true;
      return false;
    });
  }
}

const BOLD = 30; // of the most claimed nodes: their names may cover marks, when there are many

/**
 * Which node labels are written, and where, at a zoom: greedily, the most claimed first, none on another.
 * `items`: { i, x, y, r, lines, must }. Sizes are in graph units; labels above or beside a mark stay inside `within`.
 * Returns { labels, taken }.
 */
export function placeLabels(items, size, measure, limit = 400, within = null) {
  const marks = new Taken(size * 6);
  const taken = new Taken(size * 6);
  for (const { i, x, y, r } of items) { marks.add([x - r, y - r, x + r, y + r], i); taken.add([x - r, y - r, x + r, y + r], i); }
  const names = new Taken(size * 6);
  const labels = [];
  const crowd = items.length > 80;
  const ordered = [...items].sort((a, b) => (b.must || 0) - (a.must || 0) || b.r - a.r || a.i - b.i);
  ordered.forEach((item, rank) => {
    if ((labels.length >= limit && !item.must) || !item.lines.length) return;
    const rect = berth(item, size, measure, { names, marks, within }, crowd && rank < BOLD);
    if (!rect) return;
    names.add(rect, item.i);
    taken.add(rect, item.i);
    labels.push({ i: item.i, x: (rect[0] + rect[2]) / 2, y: rect[1], rect, lines: item.lines, must: item.must || 0 });
  });
  return { labels, taken };
}

/** The first free place for a label: below its mark, above, right, left; null where there is none. */
function berth(item, size, measure, { names, marks, within }, bold) {
  const wide = (Math.max(...item.lines.map((text) => measure(text))) * size) / LABEL + 2;
  const tall = size * (LINE / LABEL) * item.lines.length;
  const gap = 3 * (size / LABEL);
  const { x, y, r } = item;
  const below = [x - wide / 2, y + r + gap, x + wide / 2, y + r + gap + tall];
  const others = [[x - wide / 2, y - r - gap - tall, x + wide / 2, y - r - gap],
    [x + r + gap, y - tall / 2, x + r + gap + wide, y + tall / 2], [x - r - gap - wide, y - tall / 2, x - r - gap, y + tall / 2]]
    .filter((rect) => !within || (rect[0] > within[0] && rect[1] > within[1] && rect[2] < within[2] && rect[3] < within[3]));
  const free = [below, ...others].find((rect) => !names.meets(rect, item.i) && !marks.meets(rect, item.i));
  if (free) return free;
  if (item.must === 2) return below;
  return bold || item.must ? [below, ...others].find((rect) => !names.meets(rect, item.i)) || null : null;
}

const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];

/** Where link labels go: the first free place along each link; a label that finds none is left out. */
export function placeLinkLabels(links, size, measure, taken) {
  const placed = [];
  for (const { link, course: c } of links) {
    const half = (measure(link.label) * size) / LABEL / 2 + 2;
    for (const [t, aside] of candidates(size)) {
      const point = along(c, t);
      const x = point.x - Math.sin(c.angle) * aside;
      const y = point.y + Math.cos(c.angle) * aside;
      const rect = [x - half, y - size * 0.62, x + half, y + size * 0.62];
      if (taken.meets(rect)) continue;
      taken.add(rect);
      placed.push({ link, x, y, rect, text: link.label });
      break;
    }
  }
  return placed;
}

function candidates(size) {
  const near = PLACES.map((t) => [t, 0]);
  return [...near, ...PLACES.slice(0, 5).flatMap((t) => [[t, size], [t, -size]])];
}

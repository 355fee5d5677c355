// The drawing on the screen: vis-network keeps the camera and the dragging, we paint.

import { bundle } from "./bundle.js";
import { Camera, SMALLEST } from "./camera.js";
import { inks, paintLabel, paintLinkLabel, paintLinks, paintMark, setFont } from "./paint.js";
import { radial } from "./paths.js";
import { neighboursIn } from "./filter.js";
import { course, distance, LABEL, placeLabels, placeLinkLabels, roomOf } from "./scene.js";
import { byName } from "./text.js";

const LARGEST = 17;
const LABELLED_LINKS = 40; // relation labels are written up to here

/** The stage. `on` holds callbacks: pick(hit), open(hit), hover(hit, point), moved(). */
export class Stage extends Camera {
  constructor(holder, model, on) {
    super();
    Object.assign(this, { holder, model, on, nodes: [], links: [], courses: new Map(), pinned: new Map(),
      marked: null, labelMode: "auto", first: 150, quiet: false, reach: 0, fitted: false, radialPlaces: null, colours: inks(model.palette, false) });
    this.measureCtx = document.createElement("canvas").getContext("2d");
    this.widths = new Map();
    this.measure = (text) => this.width(text);
    this.places = new Map();
    this.set = new vis.DataSet(); // what vis-network is told: the node under the pointer, which it may drag
    this.network = new vis.Network(holder, { nodes: this.set, edges: new vis.DataSet() }, {
      autoResize: false, physics: false, layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { shape: "custom", ctxRenderer: (at) => this.visNode(at) },
      interaction: { hover: false, keyboard: false, selectConnectedEdges: false, selectable: true, zoomSpeed: 0.7 },
    });
    holder.querySelector(".vis-network").tabIndex = -1;
    this.network.on("beforeDrawing", (ctx) => this.paintUnder(ctx));
    this.network.on("afterDrawing", (ctx) => this.paintOver(ctx));
    this.network.on("dragStart", (e) => { this.moving = true; if (e.nodes.length) this.dragged = e.nodes; });
    this.network.on("dragEnd", (e) => this.dropped(e));
    this.network.on("click", (e) => on.pick(this.hit(e.pointer.canvas)));
    this.network.on("doubleClick", (e) => on.open(this.hit(e.pointer.canvas)));
    this.network.on("zoom", () => on.moved());
    holder.addEventListener("pointerdown", (e) => this.hold(e), { capture: true });
    holder.addEventListener("pointermove", (e) => this.pointer(e));
    holder.addEventListener("pointerleave", () => on.hover(null));
    new ResizeObserver(() => this.resized()).observe(holder);
  }

  width(text) {
    if (!this.widths.has(text)) {
      setFont(this.measureCtx, LABEL);
      this.widths.set(text, this.measureCtx.measureText(text).width);
    }
    return this.widths.get(text);
  }

  room(i) { return roomOf(this.model.nodes[i], this.measure); }

  /** Show a view (`selectView`); nodes keep their places. */
  show(view, state, first) {
    const model = this.model;
    this.first = first;
    const wide = state.shown > first;
    const neighbours = neighboursIn(view.claims);
    this.radialPlaces = view.rings
      ? radial(view.rings, neighbours, (i) => this.room(i), (a, b) => byName(model.nodes[a].group, model.nodes[b].group) || a - b)
      : null;
    this.nodes = [...view.nodes].sort((a, b) => a - b).map((i) => model.nodes[i]);
    this.stretch = wide ? Math.max(0.25, Math.sqrt(Math.min(1, state.shown / model.nodes.length))) : 1;
    this.places = new Map();
    const guests = [];
    for (const node of this.nodes) {
      const place = this.placeOf(node, wide);
      if (place) this.places.set(node.i, place); else guests.push(node);
    }
    this.seat(guests, neighbours);
    this.links = bundle(model, view.claims);
    this.linkItems = this.links.map((link) => ({ link, course: null }));
    this.courses = new Map(this.linkItems.map((item) => [item.link.key, item]));
    this.around = neighbours;
    this.retrace();
  }

  placeOf(node, wide) {
    if (this.radialPlaces) return { ...(this.pinnedFocus?.get(node.i) || this.radialPlaces.get(node.i)) };
    if (this.pinned.has(node.i)) return { ...this.pinned.get(node.i) };
    if (wide) return this.turned(node.x * this.stretch, node.y * this.stretch);
    return node.fx === null ? null : this.turned(node.fx, node.fy);
  }

  /** The layout lies across; on an upright screen it stands. */
  turned(x, y) {
    const { clientWidth: w, clientHeight: h } = this.holder;
    this.upright ??= h ? h > 1.2 * w : undefined;
    return this.upright ? { x: y * 1.2, y: x } : { x, y };
  }

  /** Places for nodes that joined later: beside their neighbours, where there is room. */
  seat(guests, neighbours) {
    const boxes = () => [...this.places].map(([i, p]) => ({ p, b: this.room(i) }));
    for (const node of guests) {
      const known = [...(neighbours.get(node.i) || [])].map((j) => this.places.get(j)).filter(Boolean);
      const middle = known.length
        ? { x: known.reduce((s, p) => s + p.x, 0) / known.length, y: known.reduce((s, p) => s + p.y, 0) / known.length }
        : { x: 0, y: 0 };
      this.places.set(node.i, freePlace(middle, this.room(node.i), boxes()));
    }
  }

  retrace() {
    for (const item of this.linkItems) this.trace(item);
  }

  trace(item) {
    const { link } = item;
    const [p, q] = [this.places.get(link.a), this.places.get(link.b)];
    item.course = course(p, this.model.nodes[link.a].r, q, this.model.nodes[link.b].r, link.twin);
  }

  /** Before vis-network sees a press: tell it of the node that is pressed, if one is. */
  hold(event) {
    const { node } = this.hit(this.network.DOMtoCanvas(this.pointOf(event))) || {};
    if (this.set.length) {
      this.emit("_blockRedraw");
      this.set.clear();
      this.emit("_allowRedraw");
    }
    if (node !== undefined) this.set.add({ id: node, ...this.places.get(node), size: this.model.nodes[node].r });
  }

  visNode({ id, x, y }) {
    const node = this.model.nodes[id];
    return { drawNode: () => {}, nodeDimensions: { width: 2 * node.r, height: 2 * node.r }, x, y };
  }

  // ---- hits

  hit({ x, y }) {
    const near = 4 / this.scale;
    let best = null;
    let least = Infinity;
    for (const node of this.nodes) {
      const p = this.places.get(node.i);
      const far = Math.hypot(p.x - x, p.y - y) - Math.max(node.r, 5 / this.scale);
      if (far < near && far < least) { least = far; best = { node: node.i }; }
    }
    if (best) return best;
    for (const { i, rect } of this.labels || []) if (x > rect[0] && x < rect[2] && y > rect[1] && y < rect[3]) return { node: i };
    least = 6 / this.scale;
    for (const { link, course: c } of this.linkItems || []) {
      if (x < Math.min(c.x0, c.x1, c.cx) - least || x > Math.max(c.x0, c.x1, c.cx) + least) continue;
      const far = distance(c, x, y);
      if (far < least) { least = far; best = { edge: [link.a, link.b] }; }
    }
    return best;
  }

  pointOf({ clientX, clientY }) {
    const { left, top } = this.holder.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  pointer(event) {
    if (event.buttons) { this.on.hover(null); return; }
    const point = this.pointOf(event);
    const found = this.hit(this.network.DOMtoCanvas(point));
    this.holder.classList.toggle("over", Boolean(found));
    this.on.hover(found, point);
  }

  dropped(event) {
    this.moving = false;
    this.touched = true;
    if (event.nodes.length) {
      for (const [id, { x, y }] of Object.entries(this.network.getPositions(event.nodes))) this.pin(Number(id), { x, y });
      this.retrace();
    }
    this.dragged = null;
    this.draw();
    this.on.moved();
  }

  pin(i, place) {
    this.places.set(i, place);
    if (this.radialPlaces) (this.pinnedFocus ||= new Map()).set(i, place);
    else this.pinned.set(i, place);
  }

  unpin() { this.pinned.clear(); this.pinnedFocus = null; }

  // ---- painting

  /** What is emphasised: a set of nodes and a set of link keys, or null. */
  mark(marked) { this.marked = marked; }

  /** Paint with the next frame, once however often it is asked for. */
  draw() { this.emit("_requestRedraw"); }

  emit(what) { this.network.body.emitter.emit(what); }

  paintUnder(ctx) {
    const started = performance.now();
    this.follow();
    const colours = this.colours;
    const unit = Math.min(1.5, Math.max(0.6, this.scale)) / this.scale; // lines keep their weight at any zoom
    const visibleItems = this.moving && this.linkItems.length > 2500 ? [] : this.inSight(this.linkItems);
    const [bright, faint] = split(visibleItems, (item) => !this.marked || this.marked.links.has(item.link.key));
    ctx.save();
    ctx.globalAlpha = 0.14;
    paintLinks(ctx, faint, colours, unit);
    ctx.globalAlpha = this.marked ? 1 : this.linkItems.length > 400 ? 0.5 : 0.85;
    paintLinks(ctx, bright, colours, unit);
    ctx.restore();
    this.paintNodes(ctx, colours);
    this.spent = performance.now() - started;
  }

  paintNodes(ctx, colours) {
    const least = 2.5 / this.scale;
    for (const node of this.nodes) {
      const { x, y } = this.places.get(node.i);
      const bright = !this.marked || this.marked.nodes.has(node.i);
      ctx.globalAlpha = bright ? 1 : 0.18;
      const chosen = this.marked && this.marked.main.has(node.i);
      paintMark(ctx, node.style.shape, node.style.fill, x, y, Math.max(node.r, least), colours.outline, (chosen ? 3.4 : 1.4) / Math.max(this.scale, 0.5));
    }
    ctx.globalAlpha = 1;
  }

  paintOver(ctx) {
    const started = performance.now();
    const colours = this.colours;
    const size = Math.min(LARGEST, Math.max(SMALLEST, LABEL * this.scale)) / this.scale;
    const shown = this.marked ? this.nodes.filter((n) => this.marked.nodes.has(n.i)) : this.nodes;
    const sight = this.sight();
    const items = shown.map((n) => this.labelItem(n)).filter((n) => inRect(n, sight));
    const { labels, taken } = placeLabels(items, size, this.measure, this.moving ? 60 : 400, this.sight(-4));
    this.labels = labels;
    this.linkLabels = this.placeRelations(size * 0.9, taken);
    for (const label of this.linkLabels) paintLinkLabel(ctx, label, size * 0.9, colours);
    for (const label of labels) paintLabel(ctx, label, size, colours, Boolean(this.marked && this.marked.main.has(label.i)));
    if (this.marked) this.paintCursor(ctx, colours);
    this.spent += performance.now() - started;
  }

  labelItem(node) {
    const { x, y } = this.places.get(node.i);
    const must = this.marked && this.marked.main.has(node.i) ? 2 : 0;
    return { i: node.i, x, y, r: Math.max(node.r, 2.5 / this.scale), lines: this.labelLines(node), must };
  }

  labelLines(node) {
    this.room(node.i);
    return node.lines;
  }

  placeRelations(size, taken) {
    if (this.labelMode === "none" || this.moving) return [];
    const marked = this.marked && this.marked.links;
    let items = marked ? this.linkItems.filter((i) => marked.has(i.link.key)) : this.linkItems;
    if (this.labelMode === "auto" && items.length > LABELLED_LINKS) items = items.filter((i) => i.link.line === "dotted").map(denied);
    if (this.labelMode === "auto" && this.scale < 0.3) return [];
    items = this.inSight(items);
    return placeLinkLabels([...items].sort((a, b) => b.link.n - a.link.n).slice(0, 600), size, this.measure, taken);
  }

  /** A ring around the chosen node, so that the choice does not hang on colour. */
  paintCursor(ctx, colours) {
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 1.6 / this.scale;
    ctx.setLineDash([]);
    for (const i of this.marked.main) {
      const place = this.places.get(i);
      if (!place) continue;
      ctx.beginPath();
      ctx.arc(place.x, place.y, this.model.nodes[i].r * 1.25 + 5 / this.scale, 0, 2 * Math.PI);
      ctx.stroke();
    }
  }

  /** Nodes that are being dragged take their links along. */
  follow() {
    if (!this.dragged) return;
    for (const [id, { x, y }] of Object.entries(this.network.getPositions(this.dragged))) this.places.set(Number(id), { x, y });
    const moved = new Set(this.dragged.map(Number));
    for (const item of this.linkItems) if (moved.has(item.link.a) || moved.has(item.link.b)) this.trace(item);
  }
}

/** A negated link in a view of many, which is told by one word. */
function denied(item) {
  return { ...item, link: { ...item.link, label: "NOT" } };
}

function split(items, test) {
  const yes = [];
  const no = [];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}

function inRect({ x, y }, [left, top, right, bottom]) {
  return x > left && x < right && y > top && y < bottom;
}

/** The free place nearest to a point, on widening rings. */
function freePlace(middle, room, taken) {
  for (let ring = 0; ring < 60; ring++) {
    const steps = ring ? 6 + 4 * ring : 1;
    for (let n = 0; n < steps; n++) {
      const angle = (2 * Math.PI * n) / steps;
      const p = { x: Math.round(middle.x + ring * 34 * Math.cos(angle)), y: Math.round(middle.y + ring * 26 * Math.sin(angle)) };
      const clear = taken.every(({ p: q, b }) => Math.abs(p.x - q.x) >= room.half + b.half
        || p.y - room.above >= q.y + b.below || q.y - b.above >= p.y + room.below);
      if (clear) return p;
    }
  }
  return middle;
}

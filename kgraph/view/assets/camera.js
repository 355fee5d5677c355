// What of the drawing is in sight: the camera that vis-network keeps, moved without any animation.

import { LABEL } from "./scene.js";

export const SMALLEST = 12.5; // px, of any label on the screen

/** The part of the stage that knows `holder`, `network`, `places`, `room(i)` and `draw()`. */
export class Camera {
  get scale() { return this.network.getScale(); }

  /** Everything with its label, which takes `grow` times its usual room: [left, top, right, bottom]. */
  bounds(grow = 1) {
    let box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [i, { x, y }] of this.places) {
      const room = this.room(i);
      const half = room.half * grow;
      box = [Math.min(box[0], x - half), Math.min(box[1], y - room.above), Math.max(box[2], x + half), Math.max(box[3], y + room.below * grow)];
    }
    return box;
  }

  /** Everything in sight; `right` px are covered by the panel. */
  fit(right = 0) {
    const { clientWidth: w, clientHeight: h } = this.holder;
    if (!this.places.size || w < 20 || h < 20) { this.fitted = false; return; }
    let scale = 1;
    let [left, top, rightEdge, bottom] = this.bounds();
    for (let turn = 0; turn < 3; turn++) {
      scale = Math.min((w - right - 16) / (rightEdge - left), (h - 16) / (bottom - top), 1.25);
      [left, top, rightEdge, bottom] = this.bounds(Math.min(4, Math.max(1, SMALLEST / LABEL / scale)));
    }
    const x = (left + rightEdge) / 2 + right / 2 / scale;
    this.network.moveTo({ position: { x, y: (top + bottom) / 2 }, scale, animation: false });
    this.fitted = true;
  }

  resized() {
    const { clientWidth: w, clientHeight: h } = this.holder;
    if (w < 20 || h < 20) return;
    const middle = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.network.setSize(`${w}px`, `${h}px`);
    this.draw();
    if (!this.fitted || !this.touched) this.fit();
    else this.network.moveTo({ position: middle, scale, animation: false });
  }

  zoom(factor) {
    this.touched = true;
    this.network.moveTo({ scale: Math.min(6, Math.max(0.02, this.scale * factor)), animation: false });
  }

  /** Bring a node into sight if it is outside, or under the panel on the right (on phones: below). */
  reveal(i, right = 0, below = 0) {
    const place = this.places.get(i);
    if (!place) return;
    const at = this.network.canvasToDOM(place);
    const { clientWidth: w, clientHeight: h } = this.holder;
    const dx = at.x < 30 ? at.x - 60 : at.x > w - right - 30 ? at.x - (w - right - 80) : 0;
    const dy = at.y < 30 ? at.y - 60 : at.y > h - below - 50 ? at.y - Math.max(60, h - below - 80) : 0;
    if (!dx && !dy) return;
    const view = this.network.getViewPosition();
    this.network.moveTo({ position: { x: view.x + dx / this.scale, y: view.y + dy / this.scale }, animation: false });
  }

  /** What the window shows, and `more` px around it: [left, top, right, bottom] in graph units. */
  sight(more = 60) {
    const { clientWidth: w, clientHeight: h } = this.holder;
    const a = this.network.DOMtoCanvas({ x: -more, y: -more });
    const b = this.network.DOMtoCanvas({ x: w + more, y: h + more });
    return [a.x, a.y, b.x, b.y];
  }

  inSight(items) {
    const [left, top, right, bottom] = this.sight();
    return items.filter(({ course: c }) => Math.max(c.x0, c.x1, c.cx) > left && Math.min(c.x0, c.x1, c.cx) < right
      && Math.max(c.y0, c.y1, c.cy) > top && Math.min(c.y0, c.y1, c.cy) < bottom);
  }
}

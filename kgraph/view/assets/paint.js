// Draws marks, links and labels on a canvas, in graph units.

import { corners, FONT } from "./scene.js";
import { direction } from "./text.js";

const DASH = { solid: [], dashed: [7, 5], dotted: [0.5, 4.5] };

/** Colours for the light or the dark sheet. */
export function inks(palette, dark) {
  const mode = dark ? "dark" : "light";
  return {
    dark, paper: palette.paper[mode], ink: palette.ink[mode], outline: palette.outline[mode],
    family: Object.fromEntries(palette.families.map((f) => [f.name, f[mode]])),
  };
}

export function paintMark(ctx, shape, fill, x, y, r, outline, width) {
  const points = corners(shape);
  ctx.beginPath();
  if (points) {
    points.forEach(([px, py], n) => (n ? ctx.lineTo(x + px * r, y + py * r) : ctx.moveTo(x + px * r, y + py * r)));
    ctx.closePath();
  } else ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.strokeStyle = outline;
  ctx.stroke();
}

/** Links that look alike are stroked together: that is what keeps thousands of them quick. */
export function paintLinks(ctx, links, colours, unit) {
  const groups = new Map();
  for (const item of links) {
    const key = `${item.link.family}|${item.link.line}|${item.link.width.toFixed(1)}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  for (const items of groups.values()) {
    const { family, line, width } = items[0].link;
    ctx.strokeStyle = ctx.fillStyle = colours.family[family];
    ctx.lineWidth = (line === "dotted" ? Math.max(2, width) : width) * unit;
    ctx.lineCap = line === "dotted" ? "round" : "butt";
    ctx.setLineDash(DASH[line].map((d) => d * unit * (line === "dotted" ? Math.max(1, width / 1.6) : 1)));
    ctx.beginPath();
    for (const { course: c } of items) { ctx.moveTo(c.x0, c.y0); ctx.quadraticCurveTo(c.cx, c.cy, c.x1, c.y1); }
    ctx.stroke();
    ctx.setLineDash([]);
    paintTips(ctx, items, line, unit);
  }
}

function paintTips(ctx, items, line, unit) {
  const { width } = items[0].link;
  const size = (7 + width) * unit;
  ctx.beginPath();
  for (const { course: c } of items) {
    const [sin, cos] = [Math.sin(c.angle), Math.cos(c.angle)];
    if (line === "dotted") {
      ctx.moveTo(c.x1 - sin * size * 0.7, c.y1 + cos * size * 0.7);
      ctx.lineTo(c.x1 + sin * size * 0.7, c.y1 - cos * size * 0.7);
    } else {
      ctx.moveTo(c.x1, c.y1);
      ctx.lineTo(c.x1 - cos * size - sin * size * 0.42, c.y1 - sin * size + cos * size * 0.42);
      ctx.lineTo(c.x1 - cos * size + sin * size * 0.42, c.y1 - sin * size - cos * size * 0.42); // filling closes it
    }
  }
  if (line === "dotted") { ctx.lineWidth = 2.2 * unit; ctx.stroke(); } else ctx.fill();
}

export function setFont(ctx, size, bold = false) {
  ctx.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
}

/** One label of several lines, centred, with a halo of the sheet's colour. */
export function paintLabel(ctx, label, size, colours, bold = false) {
  setFont(ctx, size, bold);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.direction = direction(label.lines.join(" "));
  const step = size * (15 / 13);
  for (const stroke of [true, false]) {
    label.lines.forEach((text, n) => {
      const y = label.y + n * step + size * 0.08;
      if (stroke) { ctx.lineWidth = size * 0.3; ctx.strokeStyle = colours.paper; ctx.strokeText(text, label.x, y); }
      else { ctx.fillStyle = colours.ink; ctx.fillText(text, label.x, y); }
    });
  }
}

export function paintLinkLabel(ctx, label, size, colours) {
  setFont(ctx, size);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.direction = "ltr";
  ctx.lineWidth = size * 0.34;
  ctx.strokeStyle = colours.paper;
  ctx.strokeText(label.text, label.x, label.y);
  ctx.fillStyle = colours.ink;
  ctx.fillText(label.text, label.x, label.y);
}

// Small pictures for the legend: marks and lines as the graph draws them.

import { svgEl } from "./dom.js";
import { corners } from "./scene.js";

export function markGlyph(style, size = 18) {
  const points = corners(style.shape);
  const shape = points
    ? svgEl("polygon", { points: points.map(([x, y]) => `${(x * 6.6).toFixed(2)},${(y * 6.6).toFixed(2)}`).join(" ") })
    : svgEl("circle", { r: 6.6 });
  shape.setAttribute("fill", style.fill);
  shape.setAttribute("class", "mark");
  return svgEl("svg", { viewBox: "-10 -10 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" }, shape);
}

export function lineGlyph(how) {
  const dash = { fact: "none", hypothetical: "6 4", negated: "1.5 4" }[how];
  const end = how === "negated"
    ? svgEl("path", { d: "M28 3V13", class: "tip-bar" })
    : svgEl("path", { d: "M32 8L24 4V12Z", class: "tip" });
  return svgEl("svg", { viewBox: "0 0 34 16", width: 34, height: 16, "aria-hidden": "true", focusable: "false" },
    svgEl("path", { d: how === "negated" ? "M2 8H27" : "M2 8H24", class: "line", "stroke-dasharray": dash }), end);
}

export function familyGlyph(family) {
  return svgEl("svg", { viewBox: "0 0 18 16", width: 18, height: 16, "aria-hidden": "true", focusable: "false", class: `family-${family}` },
    svgEl("path", { d: "M1 8H17", class: "family-line" }));
}

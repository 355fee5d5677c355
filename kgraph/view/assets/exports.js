// What can be taken along: pictures, claims, the address. Exports act on the selection, else on the filtered view.

import { claimsCsv } from "./csv.js";
import { byId, el } from "./dom.js";
import { claimsGexf } from "./gexf.js";
import { inks } from "./paint.js";
import { drawing, serialise } from "./svg.js";
import { count } from "./text.js";
import { turtle } from "./turtle.js";

const SHARP = 3; // times the size on the screen
const MOST_PIXELS = 60_000_000;

/** The picture of what is drawn (the selection with its neighbours, where something is selected). */
export function pictureTree(app, dark = app.isDark()) {
  const { model, stage, marked } = app;
  const shown = stage.nodes.filter((n) => !marked || marked.nodes.has(n.i));
  const nodes = shown.map((n) => ({ ...stage.labelItem(n), r: n.r, style: n.style, label: n.label }));
  const links = stage.linkItems.filter((item) => !marked || marked.links.has(item.link.key));
  const used = new Set(links.map((item) => item.link.family));
  const kinds = new Set(shown.map((n) => n.group));
  const note = `Each line is a claim that somebody made, not a fact. ${byId("counts").textContent}. kgraph ${model.data.version}, graph ${model.data.digest.slice(0, 12)}.`;
  return drawing({
    title: model.title, note, nodes, links, colours: inks(model.palette, dark),
    relations: stage.labelMode === "all" || (stage.labelMode === "auto" && links.length <= 40),
    styles: [...model.palette.types, model.palette.other].filter((s) => kinds.has(s.name)),
    families: model.palette.families.filter((f) => used.has(f.name)),
  }, stage.measure);
}

export const pictureSvg = (app, dark) => `<?xml version="1.0" encoding="UTF-8"?>\n${serialise(pictureTree(app, dark))}\n`;

/** The picture as PNG, three times as sharp as the screen (less where it would be too large). */
export async function picturePng(app) {
  const svg = pictureSvg(app);
  const [, w, h] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg).map(Number);
  const sharp = Math.min(SHARP, Math.sqrt(MOST_PIXELS / (w * h)));
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await new Promise((done, failed) => { image.onload = done; image.onerror = () => failed(new Error("the picture could not be drawn")); image.src = address; });
    const canvas = el("canvas");
    canvas.width = Math.round(w * sharp);
    canvas.height = Math.round(h * sharp);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The contents of an export by its ending; pictures as a Blob. */
export async function contents(app, ending) {
  const { model, stage } = app;
  const claims = app.chosenOrAll();
  const text = { svg: () => pictureSvg(app), csv: () => "\ufeff" + claimsCsv(model, claims), ttl: () => turtle(model, claims), gexf: () => claimsGexf(model, claims, stage.places) }[ending];
  return text ? text() : picturePng(app);
}

const TYPES = { svg: "image/svg+xml", csv: "text/csv", ttl: "text/turtle", gexf: "application/gexf+xml", png: "image/png" };

async function save(app, ending) {
  const made = await contents(app, ending);
  const blob = made instanceof Blob ? made : new Blob([made], { type: `${TYPES[ending]};charset=utf-8` });
  const name = (app.model.title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph").toLowerCase();
  const link = el("a", { href: URL.createObjectURL(blob), download: `${name}.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  app.say(`${link.download} was saved.`);
}

const CHOICES = [["png", "Picture (PNG)", "three times as sharp as the screen"], ["svg", "Picture (SVG)", "with real text, for editing"],
  ["csv", "Claims (CSV)", "with sentences, for a spreadsheet"], ["ttl", "Claims (Turtle)", "RDF, as kgraph writes it"],
  ["gexf", "Graph (GEXF)", "for Gephi"]];

export function openExports(app) {
  const chosen = app.marked ? "the selection" : app.filtered() || app.state.focus !== null ? "the filtered view" : "the whole graph";
  let dialog = null;
  const then = (act) => async () => { dialog.close(); await act(); };
  dialog = app.keys.dialog("Export",
    el("p", {}, `Of ${chosen}: ${count(app.chosenOrAll().length, "claim")}; pictures show what is drawn.`),
    el("div.choices", {}, CHOICES.map(([ending, title, note]) => el("button", { type: "button", id: `save-${ending}`, onclick: then(() => save(app, ending)) }, title, el("small", {}, note))),
      el("button", { type: "button", id: "copy-link", onclick: then(() => app.copy(location.href, "Link copied.")) }, "Copy link", el("small", {}, "to this view, with all filters")),
      el("button", { type: "button", id: "copy-places", onclick: then(() => app.copy(placesJson(app), "Positions copied.")) }, "Copy positions", el("small", {}, "to lay the graph out the same way in Python")),
      el("button", { type: "button", id: "print-page", onclick: then(() => print()) }, "Print", el("small", {}, "figure, legend, claims"))));
}

/** Positions of the drawn nodes by id, as kgraph.view reads them. */
export function placesJson(app) {
  return JSON.stringify(Object.fromEntries([...app.stage.places].map(([i, { x, y }]) => [app.model.nodes[i].id, [Math.round(x * 10) / 10, Math.round(y * 10) / 10]])));
}

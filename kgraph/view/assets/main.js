// Puts the parts of the page together: state in, picture out.

import { App } from "./app.js";
import { byId } from "./dom.js";
import { buildModel } from "./model.js";
import { unpack } from "./unpack.js";

async function start() {
  const palette = JSON.parse(byId("palette").textContent);
  const data = await unpack(byId("data"));
  const app = new App(buildModel(data, palette));
  app.begin();
  globalThis.kgraph = app; // for tests, and for the curious
}

start().catch((problem) => {
  byId("counts").textContent = `This page could not be drawn: ${problem.message}`;
  throw problem;
});

// What can be taken along.

export function openExports(app) {
  app.keys.dialog("Export");
}

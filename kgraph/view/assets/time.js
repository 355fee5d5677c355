// The time bar: claims per date as stacked bars, with two thumbs that step from speech to speech.

import { byId, el, fill, svgEl } from "./dom.js";

const HEIGHT = 46;
const KINDS = ["fact", "hypothetical", "negated"];

/** Days since year 0 of an ISO date of any precision, in its middle. */
export function dayOf(date) {
  const [y, m = "07", d = "01"] = date.split("-");
  return Date.UTC(Number(y), Number(m) - 1, Number(d)) / 86400000;
}

/** Bars for claims: one per date while they are few, else by month or year: [{ key, from, to, fact, hypothetical, negated }]. */
export function bars(claims, dates, most = 70) {
  const cut = [10, 7, 4].find((length) => new Set(dates.map((d) => d.slice(0, length))).size <= most) || 4;
  const found = new Map(dates.map((d) => [d.slice(0, cut), null]));
  for (const key of found.keys()) found.set(key, { key, fact: 0, hypothetical: 0, negated: 0, dates: dates.filter((d) => d.slice(0, cut) === key) });
  for (const c of claims) if (c.date) found.get(c.date.slice(0, cut))[c.how]++;
  return [...found.values()];
}

export class TimeBar {
  /** `change(from, to)` is told the chosen dates, null at an open end. */
  constructor(model, change) {
    Object.assign(this, { model, change });
    this.holder = byId("time");
    this.dates = [...new Set(model.speeches.map((s) => s.date).filter(Boolean))].sort();
    this.holder.hidden = this.dates.length < 2;
    if (this.dates.length < 2) return;
    const days = this.dates.map(dayOf);
    this.span = [days[0], days[days.length - 1]];
    this.plot = svgEl("svg", { class: "bars", "aria-hidden": "true", focusable: "false" });
    this.thumbs = ["from", "to"].map((end) => this.thumb(end));
    this.band = el("div.band");
    this.text = el("span.range", { id: "time-range" });
    this.play = el("button", { type: "button", id: "play", onclick: () => this.toggle() }, "Play");
    this.all = el("button", { type: "button", id: "all-time", onclick: () => change(null, null) }, "All dates");
    fill(this.holder, el("div.time-head", {}, el("strong", {}, "Claims by date of speech"), this.text, this.play, this.all,
      el("span.swatches", { "aria-hidden": "true" }, [["fact", "fact"], ["hypothetical", "possible"], ["negated", "negated"], ["chosen", "selected"]]
        .map(([kind, words]) => el(`span.swatch.of-${kind}`, {}, words)))),
      el("div.track", {}, this.plot, this.band, this.thumbs));
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.play.hidden = true;
    new ResizeObserver(() => { this.laid = true; this.draw(); }).observe(this.holder); // first when the page is laid out
  }

  thumb(end) {
    const made = el("button.thumb", { type: "button", role: "slider", "aria-label": end === "from" ? "First speech" : "Last speech",
      "aria-valuemin": "0", "aria-valuemax": String(this.dates.length - 1),
      onkeydown: (e) => this.key(e, end), onpointerdown: (e) => this.grab(e, end) });
    return made;
  }

  /** Places of the two thumbs among the dates. */
  get ends() {
    const from = this.from ? this.dates.findIndex((d) => d >= this.from.slice(0, d.length)) : 0;
    let to = this.dates.length - 1;
    if (this.to) while (to > 0 && this.dates[to].slice(0, this.to.length) > this.to) to--;
    return [from < 0 ? this.dates.length - 1 : from, to];
  }

  move(end, place) {
    let [from, to] = this.ends;
    const last = this.dates.length - 1;
    if (end === "from") from = Math.max(0, Math.min(place, to)); else to = Math.min(last, Math.max(place, from));
    this.change(from === 0 ? null : this.dates[from], to === last ? null : this.dates[to]);
  }

  key(event, end) {
    const at = this.ends[end === "from" ? 0 : 1];
    const last = this.dates.length - 1;
    const place = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: last }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(end, place);
  }

  grab(event, end) {
    event.preventDefault();
    event.target.focus();
    event.target.setPointerCapture(event.pointerId);
    const follow = (e) => this.move(end, this.nearest(e.clientX));
    event.target.addEventListener("pointermove", follow);
    event.target.addEventListener("pointerup", () => event.target.removeEventListener("pointermove", follow), { once: true });
  }

  nearest(clientX) {
    const box = this.plot.getBoundingClientRect();
    const x = clientX - box.left;
    let best = 0;
    this.dates.forEach((d, i) => { if (Math.abs(this.x(d) - x) < Math.abs(this.x(this.dates[best]) - x)) best = i; });
    return best;
  }

  x(date) {
    const [low, high] = this.span;
    const width = this.plot.clientWidth || 300;
    return 14 + ((dayOf(date) - low) / (high - low || 1)) * (width - 28);
  }

  /** `claims` without the time filter, `chosen`: those of the selection, or null. */
  update(claims, chosen, from, to) {
    if (this.holder.hidden) return;
    Object.assign(this, { claims, chosen, from, to });
    this.draw();
  }

  draw() {
    if (!this.claims || !this.laid || !this.plot.clientWidth) return;
    const [a, b] = this.ends;
    const all = bars(this.claims, this.dates);
    const most = Math.max(1, ...all.map((bar) => KINDS.reduce((n, k) => n + bar[k], 0)));
    const width = Math.max(2, Math.min(18, (this.plot.clientWidth - 28) / all.length - 1));
    const chosen = this.chosen ? new Map(bars(this.chosen, this.dates).map((bar) => [bar.key, KINDS.reduce((n, k) => n + bar[k], 0)])) : null;
    fill(this.plot, all.flatMap((bar) => this.bar(bar, width, most, chosen)), this.ticks());
    this.thumbs.forEach((thumb, n) => this.setThumb(thumb, [a, b][n]));
    this.thumbs[0].style.zIndex = a === this.dates.length - 1 ? "2" : "1"; // or the other would cover it
    this.band.style.left = `${this.x(this.dates[a])}px`;
    this.band.style.width = `${Math.max(2, this.x(this.dates[b]) - this.x(this.dates[a]))}px`;
    this.text.textContent = a === b ? this.dates[a] : `${this.dates[a]} to ${this.dates[b]}`;
    this.all.hidden = !this.from && !this.to;
  }

  bar(bar, width, most, chosen) {
    const x = (this.x(bar.dates[0]) + this.x(bar.dates[bar.dates.length - 1])) / 2;
    let y = HEIGHT;
    const out = [];
    for (const kind of KINDS) {
      const tall = (bar[kind] / most) * (HEIGHT - 6);
      if (!tall) continue;
      y -= tall;
      out.push(svgEl("rect", { x: (x - width / 2).toFixed(1), y: y.toFixed(1), width: width.toFixed(1), height: tall.toFixed(1), class: `bar-${kind}` }));
    }
    const own = chosen ? ((chosen.get(bar.key) || 0) / most) * (HEIGHT - 6) : 0;
    if (own) out.push(svgEl("rect", { x: (x - width / 4).toFixed(1), y: (HEIGHT - own).toFixed(1), width: (width / 2).toFixed(1), height: own.toFixed(1), class: "bar-chosen" }));
    return out;
  }

  ticks() {
    const [first, last] = [this.dates[0], this.dates[this.dates.length - 1]].map((d) => Number(d.slice(0, 4)));
    const room = Math.max(2, Math.floor(this.plot.clientWidth / 60));
    const step = Math.max(1, Math.ceil((last - first + 1) / room));
    const years = [];
    for (let y = first + (first === last ? 0 : 1); y <= last; y += step) years.push(y);
    return years.map((y) => {
      const x = Math.max(14, this.x(`${y}-01-01`));
      return svgEl("text", { x: x.toFixed(1), y: HEIGHT + 12, class: "tick" }, String(y));
    });
  }

  setThumb(thumb, place) {
    thumb.style.left = `${this.x(this.dates[place])}px`;
    thumb.setAttribute("aria-valuenow", String(place));
    thumb.setAttribute("aria-valuetext", this.dates[place]);
  }

  /** Play: the last thumb walks from speech to speech. */
  toggle() {
    if (this.timer) { this.stop(); return; }
    this.play.textContent = "Pause";
    if (this.ends[1] === this.dates.length - 1) this.move("to", this.ends[0]);
    this.timer = setInterval(() => {
      const [, to] = this.ends;
      if (to >= this.dates.length - 1) this.stop(); else this.move("to", to + 1);
    }, 1100);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "Play";
  }
}

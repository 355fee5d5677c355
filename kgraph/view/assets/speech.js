// A speech as text, with everything that was found in it; each mark leads to the graph, each claim back to its words.

import { byId, el, fill, name } from "./dom.js";
import { markGlyph } from "./glyphs.js";
import { objectLabel } from "./model.js";
import { count, safeLink, visible } from "./text.js";

/** Spans that may lie inside each other as nested pieces; crossing ones are cut at the border of the outer one. */
export function nest(spans, start, end) {
  const sorted = spans.filter((s) => s.end > s.start).sort((a, b) => a.start - b.start || b.end - a.end || (a.kind === "claim" ? -1 : 1));
  const build = (from, to, list) => {
    const out = [];
    let at = from;
    for (let n = 0; n < list.length; n++) {
      const span = list[n];
      if (span.start < at) continue;
      const stop = Math.min(span.end, to);
      if (span.start >= to) break;
      if (span.start > at) out.push({ from: at, to: span.start });
      const inner = list.slice(n + 1).filter((s) => s.start >= span.start && s.end <= stop);
      out.push({ ...span, from: span.start, to: stop, inner: build(span.start, stop, inner) });
      at = stop;
    }
    if (at < to) out.push({ from: at, to });
    return out;
  };
  return build(start, end, sorted);
}

export class SpeechView {
  constructor(model, act) { Object.assign(this, { model, act, at: null }); }

  draw(i, claim, matching) {
    const { model } = this;
    const speech = model.speeches[i];
    const chooser = el("select", { id: "speech-choice", "aria-label": "Speech", onchange: (e) => this.act.open(Number(e.target.value)) },
      model.speeches.map((s) => el("option", { value: String(s.i), selected: s.i === i }, `${s.date || "undated"} · ${visible(s.name)}`)));
    const claims = matching.filter((c) => c.speech === i);
    const link = safeLink(speech.source);
    fill(byId("speech-view"), el("article.speech", {},
      el("div.speech-head", {}, el("button", { type: "button", id: "speech-back", onclick: () => this.act.back() }, "← Graph"), chooser),
      el("h2", { id: "speech-title", tabindex: "-1" }, name(visible(speech.name))),
      el("p.note", {}, [speech.speaker, speech.date, speech.place].filter(Boolean).map(visible).join(" · "), ` · ${count(speech.words, "word")} · ${count(claims.length, "claim")} in view `,
        link ? el("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, visible(link)) : null),
      speech.text === undefined ? el("p", {}, "The text of this speech is left out of this page; its sentences stand with the claims.") : this.text(speech, claims, claim)));
    if (claim !== null) byId(`claim-${model.claims[claim].key}`)?.scrollIntoView({ block: "center" });
  }

  text(speech, claims, chosen) {
    const { model } = this;
    const spans = (speech.mentions || []).map(([start, end, node]) => ({ kind: "mention", start, end, node }));
    const seen = new Map();
    for (const c of claims) {
      const start = model.data.sentences[c.sentence][3];
      const mark = c.trigger || c.object || c.subject;
      if (!mark) continue;
      const key = `${start + mark[0]}-${start + mark[1]}`;
      if (seen.has(key)) { seen.get(key).claims.push(c); continue; }
      const span = { kind: "claim", start: start + mark[0], end: start + mark[1], claims: [c] };
      seen.set(key, span);
      spans.push(span);
    }
    const pieces = nest(spans, 0, speech.text.length);
    return el("div.text", { dir: "auto" }, this.elements(pieces, speech.text, chosen));
  }

  elements(pieces, text, chosen) {
    return pieces.map((piece) => {
      if (!piece.kind) return visible(text.slice(piece.from, piece.to));
      const inside = this.elements(piece.inner, text, chosen);
      return piece.kind === "mention" ? this.mention(piece, inside) : this.trigger(piece, inside, chosen);
    });
  }

  mention({ node: i }, inside) {
    const node = this.model.nodes[i];
    return el("span.mention", {}, el("span", { class: "said", role: "button", tabindex: "0", title: `${visible(node.label)}, ${node.type}`,
      onclick: (e) => { e.stopPropagation(); this.act.node(i); },
      onkeydown: (e) => { if (e.key === "Enter") { e.stopPropagation(); this.act.node(i); } } }, inside), markGlyph(node.style, 13));
  }

  trigger({ claims }, inside, chosen) {
    const first = claims[0];
    const words = claims.map((c) => this.statement(c)).join("\n");
    const made = el(`span.trigger.${first.how}`, { role: "button", tabindex: "0", title: words, id: `claim-${first.key}`,
      onclick: () => this.act.claim(first), onkeydown: (e) => { if (e.key === "Enter") this.act.claim(first); } },
    claims.slice(1).map((c) => el("a", { id: `claim-${c.key}` })), inside, first.how === "negated" ? el("sup.not", {}, "NOT") : null);
    if (claims.some((c) => c.i === chosen)) made.classList.add("target");
    return made;
  }

  statement(c) {
    const { nodes, predicates } = this.model;
    return visible(`${nodes[c.s].label} — ${c.negated ? "NOT " : ""}${predicates[c.p].label} → ${objectLabel(this.model, c)}`);
  }
}

// The panel on the right: who or what this is, and every claim about it with the sentence it rests on.

import { briefList } from "./brief.js";
import { el, fill, name } from "./dom.js";
import { markGlyph } from "./glyphs.js";
import { howWords, objectLabel, sentenceOf, voiceOf } from "./model.js";
import { markedSentence } from "./quote.js";
import { byName, count, grouped, safeLink, visible } from "./text.js";

const PAGE = 60; // cards made at once
const MEANING = { asserted: "stated as fact", possible: "stated as possible", intended: "planned, attempted or wished for", "called for": "demanded or proposed" };

/** Claims in date order, those that say opposite things first: [[claims that contradict], [the others]]. */
export function contradictionsFirst(claims) {
  const sides = new Map();
  const key = (c) => `${c.s} ${c.p} ${c.o >= 0 ? c.o : c.literal}`;
  for (const c of claims) sides.set(key(c), (sides.get(key(c)) || 0) | (c.negated ? 2 : 1));
  const both = claims.filter((c) => sides.get(key(c)) === 3);
  const order = (a, b) => byName(a.date, b.date) || a.i - b.i;
  const byStatement = (a, b) => byName(key(a), key(b)) || order(a, b);
  return [both.sort(byStatement), claims.filter((c) => sides.get(key(c)) !== 3).sort(order)];
}

export class Evidence {
  /** `act` holds callbacks: close, node(i), link(a, b), claim(claim), speech(i, claim), focus(i), drop(i), expand(i), pathFrom(i), copy(text). */
  constructor(model, panel, act) {
    Object.assign(this, { model, panel, act });
  }

  showNode(node, claims, extra) {
    const as = (test) => claims.filter(test).length;
    const head = [
      el("p.kind", {}, markGlyph(node.style), el("span", {}, node.subtype ? `${node.type}, ${words(node.subtype)}` : node.type)),
      this.title(name(visible(node.label))),
      el("p.note", {}, `${count(claims.length, "claim")} in view: subject of ${as((c) => c.s === node.i)}, object of ${as((c) => c.o === node.i)}`),
      node.aliases.length ? el("p.aliases", {}, "Also: ", listed(node.aliases, 12)) : null,
      this.identifiers(node),
      extra,
      claims.length > 2 ? briefList(this.model, node, claims, this.act.link) : null,
      el("h3", {}, "Claims and their sentences, by date"),
    ];
    this.open(head, claims);
  }

  showLink(a, b, claims) {
    this.open([el("p.kind", {}, "Link"),
      this.title(this.nodeButton(a), " → ", this.nodeButton(b)),
      el("p.note", {}, `${count(claims.length, "claim")} in view`)], claims);
  }

  showPath(nodes, claims) {
    const steps = nodes.flatMap((n, i) => (i ? [" – ", this.nodeButton(n)] : [this.nodeButton(n)]));
    this.open([el("p.kind", {}, "Shortest path"), this.title(...steps),
      el("p.note", {}, nodes.length > 1 ? `${count(nodes.length - 1, "step")}, ${count(claims.length, "claim")} on the way` : "No path in the current view")], claims);
  }

  title(...parts) { return el("h2", { id: "evidence-title", tabindex: "-1" }, ...parts); }

  nodeButton(node) {
    return el("button.inline", { type: "button", onclick: () => this.act.node(node.i) }, name(visible(node.label)));
  }

  open(head, claims) {
    const [opposed, others] = contradictionsFirst(claims);
    const cards = el("ol.cards");
    const list = [...opposed, ...others];
    this.more(cards, list, 0, opposed.length);
    fill(this.panel, el("div.panel-bar", {}, el("button", { type: "button", id: "close-panel", onclick: () => this.act.close() }, "✕ Close")),
      ...head.filter(Boolean), cards);
    this.panel.scrollTop = 0;
    this.panel.hidden = false;
  }

  more(cards, list, from, opposed) {
    list.slice(from, from + PAGE).forEach((claim, n) => {
      if (opposed && from + n === 0) cards.append(el("li.divide", {}, el("h3", {}, `Contradictions (${opposed})`)));
      if (opposed && from + n === opposed) cards.append(el("li.divide", {}, el("h3", {}, "Other claims")));
      cards.append(this.card(claim, from + n < opposed));
    });
    const left = list.length - from - PAGE;
    if (left > 0) {
      const next = el("li.divide", {}, el("button", { type: "button", onclick: () => { next.remove(); this.more(cards, list, from + PAGE, opposed); } }, `Show ${Math.min(PAGE, left)} more of ${left}`));
      cards.append(next);
    }
  }

  identifiers(node) {
    const all = [node.id, ...node.identifiers];
    return el("details.ids", {}, el("summary", {}, "Identifiers"), el("ul", {}, all.map((id) => {
      const link = safeLink(id);
      return el("li", {}, link ? el("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, visible(id)) : el("code", {}, visible(id)));
    })));
  }

  /** One claim: statement, how it is made, the sentence, and where it stands. */
  card(claim, opposed) {
    const { model } = this;
    const speech = model.speeches[claim.speech];
    const sentence = sentenceOf(model, claim);
    const who = voiceOf(model, claim);
    const place = `characters ${grouped(sentence.start)}–${grouped(sentence.end)}`;
    return el(`li.card.${claim.how}${opposed ? ".opposed" : ""}`, { id: `card-${claim.key}` },
      this.statement(claim),
      el("p.chips", {}, this.chips(claim)),
      this.quote(claim, sentence),
      el("p.source", {}, name(visible(who)), claim.voice === 1 ? ", as quoted" : "",
        `, ${speech.date || "undated"} — `, el("cite", {}, name(visible(speech.name))), ` (${place})`),
      this.links(claim, speech, sentence, who, place));
  }

  statement(claim) {
    const { nodes, predicates } = this.model;
    const subject = el("button.inline", { type: "button", onclick: () => this.act.node(claim.s) }, name(visible(nodes[claim.s].label)));
    const end = claim.o >= 0
      ? el("button.inline", { type: "button", onclick: () => this.act.node(claim.o) }, name(visible(nodes[claim.o].label)))
      : el("strong", {}, claim.literal);
    return el("p.statement", {}, subject, " — ", claim.negated ? el("strong.not", {}, "NOT ") : null,
      predicates[claim.p].label, " → ", end);
  }

  chips(claim) {
    const [polarity, modality] = howWords(claim);
    return [el(`span.chip.${polarity}`, {}, polarity), el(`span.chip.${modality.replace(" ", "-")}`, { title: MEANING[modality] }, modality),
      el("span.chip", { title: "How likely it is that the sentence says this, as kgraph reckons" }, `confidence ${claim.confidence.toFixed(2)}`),
      el("span.chip", { title: ["what found it", ...claim.steps].join("\n") }, visible(claim.rule)),
      claim.plover ? el("span.chip", { title: "PLOVER category" }, claim.plover) : null];
  }

  quote(claim, sentence) {
    if (!sentence.text) return el("p.note", {}, "The sentence is left out of this page.");
    const box = el("blockquote", { dir: "auto" }, markedSentence(claim, sentence.text));
    if (!sentence.before && !sentence.after) return box;
    const wider = el("button.link", { type: "button", "aria-expanded": "false", onclick: () => {
      box.prepend(el("span.context", {}, visible(sentence.before), " "));
      box.append(el("span.context", {}, " ", visible(sentence.after)));
      wider.remove();
    } }, "Sentences around it");
    return el("div", {}, box, wider);
  }

  links(claim, speech, sentence, who, place) {
    const link = safeLink(speech.source);
    const { nodes, predicates } = this.model;
    const said = `${nodes[claim.s].label} — ${claim.negated ? "NOT " : ""}${predicates[claim.p].label} → ${objectLabel(this.model, claim)}`;
    const citation = `${who}, “${sentence.text || said}”, ${speech.title || speech.doc}${speech.date ? ", " + speech.date : ""}, ${place}${speech.source ? ", " + speech.source : ""}.`;
    return el("p.links", {},
      speech.text ? el("button.link", { type: "button", onclick: () => this.act.speech(claim.speech, claim) }, "Show in the speech") : null,
      el("button.link", { type: "button", onclick: () => this.act.copy(citation, "Citation copied.") }, "Copy citation"),
      link ? el("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, visible(link)) : speech.source ? visible(speech.source) : null);
  }
}

function words(camel) {
  return camel.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

function listed(values, most) {
  const shown = values.slice(0, most).flatMap((v, i) => (i ? [", ", name(visible(v))] : [name(visible(v))]));
  return values.length > most ? [...shown, ` and ${values.length - most} more`] : shown;
}

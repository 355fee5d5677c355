// Words for people: visible control characters, wrapping, folding for search, code points.

const CONTROLS = {
  "\u061c": "ALM", "\u200e": "LRM", "\u200f": "RLM",
  "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
  "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
};
const HIDDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const OTHER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const RIGHT_TO_LEFT = /^[^A-Za-z\u00c0-\u024f\u0370-\u058f]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Text with its bidirectional controls shown as marks, so that a name cannot pretend to be another. */
export function visible(text) {
  return String(text).replace(HIDDEN, (c) => `⟨${CONTROLS[c]}⟩`).replace(OTHER, "�");
}

export function direction(text) {
  return RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
}

/** At most `limit` characters, with an ellipsis where something is left out. */
export function shorten(text, limit) {
  return text.length <= limit ? text : text.slice(0, limit - 1).trimEnd() + "…";
}

/** The lines of a label: at most three of about 18 characters. */
export function wrap(label, width = 18, most = 3) {
  const lines = [];
  for (const word of visible(label.slice(0, 400)).split(/\s+/).filter(Boolean)) {
    const last = lines.length - 1;
    if (last >= 0 && (lines[last].length + 1 + word.length <= width || word.length === 1)) lines[last] += " " + word;
    else for (let i = 0; i < word.length; i += width) lines.push(word.slice(i, i + width));
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), lines[most - 1].slice(0, width - 1) + "…"];
}

/** Case and accents folded, for search. */
export function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

/** Number of code points before UTF-16 offset `end`, from `start`. */
export function codePoints(text, start, end) {
  let count = end - start;
  for (let i = start; i < end - 1; i++) {
    const high = text.charCodeAt(i);
    if (high >= 0xd800 && high < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) { count--; i++; }
    }
  }
  return count;
}

/** 12345 as "12,345", without the machinery of locales, which takes its time at the start of a page. */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The order of two labels: by letter, whatever their case. */
export function byName(a, b) {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

export function count(number, one, many = one + "s") {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** A link that may be followed: http and https only, as an absolute address; otherwise null. */
export function safeLink(address) {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address.trim())) return null;
  try {
    const url = new URL(address.trim());
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

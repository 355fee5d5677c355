// Claims between the same ordered pair of nodes become one drawn link.

const RANK = ["hostile", "protective", "cooperative", "structural"];

/** Links from claims: { key, a, b, claims, n, negated, hypothetical, fact, line, family, label, width }. */
export function bundle(model, claims) {
  const found = new Map();
  for (const claim of claims) {
    if (claim.o < 0) continue;
    const key = `${claim.s}>${claim.o}`;
    if (!found.has(key)) found.set(key, { key, a: claim.s, b: claim.o, claims: [] });
    found.get(key).claims.push(claim);
  }
  const links = [...found.values()];
  for (const link of links) {
    describe(model, link);
    link.twin = link.a !== link.b && found.has(`${link.b}>${link.a}`);
  }
  return links;
}

function describe(model, link) {
  const times = (how) => link.claims.filter((c) => c.how === how).length;
  link.n = link.claims.length;
  link.fact = times("fact");
  link.hypothetical = times("hypothetical");
  link.negated = times("negated");
  link.line = link.negated === link.n ? "dotted" : link.hypothetical === link.n ? "dashed" : "solid";
  link.width = 1.2 + 1.3 * Math.log2(link.n);
  link.family = commonest(link.claims.map((c) => model.predicates[c.p].family), RANK);
  link.label = linkLabel(model, link);
}

function commonest(values, rank) {
  const times = new Map();
  for (const v of values) times.set(v, (times.get(v) || 0) + 1);
  return [...times].sort((x, y) => y[1] - x[1] || rank.indexOf(x[0]) - rank.indexOf(y[0]))[0][0];
}

/** "threatens ×4 (1 negated)", "NOT supports", "protects (?)", "controls, supplies ×3 +1 (1 possible)". */
export function linkLabel(model, link) {
  const names = [...new Set(link.claims.map((c) => model.predicates[c.p].label))];
  let text = names.slice(0, 2).join(", ");
  if (names.length > 2) text += ` +${names.length - 2}`;
  if (link.line === "dotted") text = `NOT ${text}`;
  if (link.n > names.length || (link.n > 1 && names.length === 1)) text += ` ×${link.n}`;
  if (link.line === "dashed") return `${text} (?)`;
  if (link.line === "dotted") return text;
  const parts = [];
  if (link.negated) parts.push(`${link.negated} negated`);
  if (link.hypothetical) parts.push(`${link.hypothetical} possible`);
  return parts.length ? `${text} (${parts.join(", ")})` : text;
}

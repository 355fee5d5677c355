"""Merge two annotations of a speech that did not see each other, as the evaluation's gold is merged.

    python training/merge.py ONE TWO -o FOLDER

ONE and TWO are folders with a JSON a speech (the form that ``training/annotate.py`` writes), under equal names. What
both have is required; what one alone has is marked ``optional``: right when found, not missed when absent. Attributes
on which they differ stand under ``either``. Entities are the same where most of their mentions are; one that TWO alone
has is left out, with its claims, where ONE marks the same words as something else. Printed: how far the two agree (F1
of mentions and of claims).
"""

import argparse
import collections
import json
import pathlib

from labels import overlap, triple

ATTRIBUTES = ("polarity", "modality", "source")
LEAST = 0.5  # of the longer of two mentions that must be shared


def matched(one, two):
    """{id in `two`: id in `one`}, pairs with most mentions in common first."""
    counts = collections.Counter()
    for a in one["entities"]:
        for b in two["entities"]:
            both = sum(any(overlap(m, n) >= LEAST for n in b["mentions"]) for m in a["mentions"])
            if both:
                counts[a["id"], b["id"]] = both + (a["type"] == b["type"])
    same, taken = {}, set()
    for (a, b), _ in sorted(counts.items(), key=lambda known: (-known[1], known[0])):
        if a not in taken and b not in same:
            same[b] = a
            taken.add(a)
    return same


def merged(one, two):
    """The merged document, and counts of mentions and claims: in both, in the first, in the second."""
    same = matched(one, two)
    name = {e["id"]: same.get(e["id"], "two-" + e["id"]) for e in two["entities"]}
    others = {name[e["id"]]: e for e in two["entities"]}
    taken = [tuple(m) for e in one["entities"] for m in e["mentions"]]
    entities, mentions = [], [0, len(taken), sum(len(e["mentions"]) for e in two["entities"])]
    for e in one["entities"]:
        other = others.pop(e["id"], {"type": None, "mentions": []})
        alike = other["type"] == e["type"]
        both = [m for m in e["mentions"] if alike and any(overlap(m, n) >= LEAST for n in other["mentions"])]
        mentions[0] += len(both)
        alone = [m for m in e["mentions"] if m not in both]
        alone += [n for n in other["mentions"] if alike and free(n, taken)]
        entities.append({**e, "mentions": both, **({"optional": sorted(alone)} if alone else {})})
    for known, e in others.items():
        entities.append({**e, "id": known, "mentions": [], "optional": [n for n in e["mentions"] if free(n, taken)]})
    first = by_triple(one["claims"], {})
    second = by_triple(two["claims"], name)
    claims = [both_of(c, second.get(key)) for key, c in first.items()]
    claims += [{**c, "optional": True} for key, c in second.items() if key not in first]
    agreed = [len(first.keys() & second.keys()), len(first), len(second)]
    entities = [e for e in entities if e["mentions"] or e.get("optional")]
    known = {e["id"] for e in entities}
    claims = [c for c in claims if c["s"] in known and (c["o"] in known or c["p"] == "hasTrend")]
    return {**one, "entities": entities, "claims": claims}, mentions, agreed


def free(mention, taken):
    return all(mention[1] <= a or b <= mention[0] for a, b in taken)


def by_triple(claims, name):
    """The first claim of each triple, ids renamed."""
    found = {}
    for claim in claims:
        claim = {**claim, **{side: name.get(claim[side], claim[side]) for side in ("s", "o", "source")}}
        found.setdefault(triple(claim["s"], claim["p"], claim["o"]), claim)
    return found


def both_of(claim, other):
    if other is None:
        return {**claim, "optional": True}
    either = {a: other[a] for a in ATTRIBUTES if other[a] != claim[a]}
    return {**claim, "either": either} if either else claim


def f1(both, one, two):
    return 2 * both / max(one + two, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("one", type=pathlib.Path)
    parser.add_argument("two", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    totals = [[0, 0, 0], [0, 0, 0]]
    paths = sorted(path for path in args.one.glob("*.json") if (args.two / path.name).exists())
    for path in paths:
        one, two = (json.loads(p.read_text(encoding="utf-8")) for p in (path, args.two / path.name))
        document, *counts = merged(one, two)
        totals = [[x + y for x, y in zip(a, b, strict=True)] for a, b in zip(totals, counts, strict=True)]
        (args.output / path.name).write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    for title, counts in zip(("mentions", "claims"), totals, strict=True):
        print(
            f"{len(paths)} speeches, {title}: F1 {f1(*counts):.3f} ({counts[0]} in both, {counts[1]} and {counts[2]})"
        )


if __name__ == "__main__":
    main()

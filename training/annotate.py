"""Turn a compact annotation (.ann) of a speech into gold JSON, or say what is wrong with it.

    python training/annotate.py training/speeches/NAME.ann [...]

Beside NAME.ann lies NAME.txt, the text as annotated. One record a line, ``#`` starts a comment:

    E ua | State | Ukraine                      an entity: id, type, name
    M ua | Ukraine                              a surface form: every whole-word occurrence (case matters)
    M ua | Kiev @2,3                            ... only the second and third occurrence in the text
    C us | controls | ua | affirmed | asserted | speaker | directly controlled by the United States
    C t  | hasTrend | rising | affirmed | asserted | speaker | the growing threat of T

A longer form wins over a shorter one inside it. The last field of a claim is copied from the text (a
clause up to a sentence). Its last field but one is ``speaker``, ``narrator``, or an entity's id.
"""

import json
import pathlib
import re
import sys

TYPES = "State Organisation Threat Facility Weapon Person Place Event Agreement".split()
PREDICATES = """threatens attacks engagesIn supports supplies controls opposes protects cooperatesWith meets
memberOf leads partOf locatedIn originatesFrom harms causes seeks possesses sanctions accuses participatesIn
withdrawsFrom hasTrend""".split()
POLARITIES = ["affirmed", "negated"]
MODALITIES = ["asserted", "possible", "intended", "calledFor"]
TRENDS = ["rising", "falling", "persisting"]


def occurrences(text, form):
    """Whole-word places of `form`; white space in it matches any white space."""
    pattern = r"\s+".join(re.escape(word) for word in form.split())
    before = r"(?<!\w)" if form[0].isalnum() else ""
    after = r"(?!\w)" if form[-1].isalnum() else ""
    return [m.span() for m in re.finditer(before + pattern + after, text)]


def place(text, forms):
    """Spans for (entity, form, numbers), the longest form first, none overlapping; and what was not found."""
    taken, spans, problems = [], [], []
    for entity, form, numbers, line in sorted(forms, key=lambda f: -len(f[1])):
        places = occurrences(text, form)
        chosen = [places[n - 1] for n in numbers if n <= len(places)] if numbers else places
        if not places or len(chosen) < len(numbers or [1]):
            problems.append(f"line {line}: {form!r} occurs {len(places)} times")
        for a, b in chosen:
            if all(b <= c or d <= a for c, d in taken):
                taken.append((a, b))
                spans.append((entity, a, b))
            elif numbers:
                problems.append(f"line {line}: {form!r} at {a} overlaps another mention")
    return spans, problems


def parse(path):
    """(gold document, problems) of one .ann file."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    entities, forms, claims, problems = {}, [], [], []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, _, rest = line.partition(" ")
        fields = [f.strip() for f in rest.split("|")]
        if kind == "E" and len(fields) == 3 and fields[1] in TYPES:
            entities[fields[0]] = {"id": fields[0], "type": fields[1], "name": fields[2], "mentions": []}
        elif kind == "M" and len(fields) == 2:
            form, _, numbers = fields[1].partition(" @")
            forms.append((fields[0], form.strip(), [int(x) for x in numbers.split(",")] if numbers else None, n))
        elif kind == "C" and len(fields) == 7:
            claims.append((n, fields))
        else:
            problems.append(f"line {n}: not a record: {line[:80]!r}")
    spans, missing = place(text, forms)
    problems += missing
    for entity, a, b in sorted(spans, key=lambda s: s[1]):
        if entity in entities:
            entities[entity]["mentions"].append([a, b])
        else:
            problems.append(f"unknown entity {entity!r} for {text[a:b]!r}")
    made = []
    for n, (s, p, o, polarity, modality, source, quote) in claims:
        places = occurrences(text, quote) if quote else []
        objects = TRENDS if p == "hasTrend" else entities
        checks = [
            (s in entities, f"subject {s!r}"), (p in PREDICATES, f"predicate {p!r}"), (o in objects, f"object {o!r}"),
            (polarity in POLARITIES, f"polarity {polarity!r}"), (modality in MODALITIES, f"modality {modality!r}"),
            (source in ("speaker", "narrator") or source in entities, f"source {source!r}"),
            (bool(places), f"quote not in the text: {quote[:60]!r}"),
        ]  # fmt: skip
        wrong = [what for good, what in checks if not good]
        problems += [f"line {n}: {what}" for what in wrong]
        if not wrong:
            made.append(
                {
                    "s": s,
                    "p": p,
                    "o": o,
                    "polarity": polarity,
                    "modality": modality,
                    "source": source,
                    "span": list(places[0]),
                }
            )
    doc = {"doc": path.with_suffix(".txt").name, "entities": list(entities.values()), "claims": made}
    return doc, problems


def main(names):
    bad = 0
    for name in names:
        path = pathlib.Path(name)
        doc, problems = parse(path)
        path.with_suffix(".json").write_text(json.dumps(doc, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        mentions = sum(len(e["mentions"]) for e in doc["entities"])
        found = f"{len(doc['entities'])} entities, {mentions} mentions, {len(doc['claims'])} claims"
        print(f"{path.name}: {found}, {len(problems)} problems")
        for problem in problems:
            print("  " + problem)
        bad += bool(problems)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

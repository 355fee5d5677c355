"""Fit the weights that decide which candidates are mentions.

    python training/fit_mentions.py FOLDER_OR_JSON... [--more FOLDER_OR_JSON...] [--held FOLDER_OR_JSON...]
        [--check FOLDER_OR_JSON...] [--candidates FILE] [-o FILE]

``contexts.txt`` beside this file holds sentences of our own for what speeches say too rarely; they are always read.
Each JSON (the form that ``training/annotate.py`` writes) lies beside its text. A candidate is a good example when
its span and type are those of an annotated mention, a bad one when they are not; a mention that no candidate fits
exactly takes the ones that overlap it by half. L2-regularised logistic regression (scikit-learn);
the bias holds the margin that gave the best F1 in cross-validation over documents; weights are rounded
and small ones dropped, so that the file can be read. Speeches under ``--more`` were annotated faster: they count
`MORE` of the others and are not measured (on speeches not fitted, F1 rose by 0.006 with them so, and less in full).
Speeches under ``--held`` are not fitted. ``--candidates`` writes the candidates of all speeches for
``teach_claims.py``: a pickle of {name: rows of first word, last word, type, label (-1 unknown), log-odds}, in which
nobody is judged by weights that were fitted on the same speech.
"""

from __future__ import annotations

import argparse
import gc
import json
import pathlib
import pickle
import re
import sys

import numpy as np
from labels import TYPES, overlap
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from kgraph.extraction.annotate import annotate, load_model
from kgraph.extraction.extract import read_candidates
from kgraph.extraction.mentions import choose, kinds_of_turns
from kgraph.extraction.signs import Signs, table_of
from kgraph.extraction.words import Words
from kgraph.lexicon import load_lexicon
from kgraph.lexicon.patterns import load_patterns
from kgraph.reading import parse_speech, read_file


def gold_files(names):
    """JSON files in the names given (files, folders, globs are expanded by the shell)."""
    for name in map(pathlib.Path, names):
        yield from sorted(name.glob("*.json")) if name.is_dir() else [name]


def examples(files, nlp, lexicon):
    """For each file: candidates, features, labels (1 good, 0 bad, None left out), gold spans."""
    files, patterns = list(files), load_patterns()
    speeches = [read_file(path.with_suffix(".txt")) for path in files]
    for path, (speech, doc) in zip(files, annotate(speeches, nlp), strict=True):
        gold = json.loads(path.read_text(encoding="utf-8"))
        spans = {(a, b, e["type"]): True for e in gold["entities"] for a, b in e["mentions"]}
        spans |= {(a, b, e["type"]): False for e in gold["entities"] for a, b in e.get("optional", ())}
        yield row(path, speech, doc, spans, lexicon, patterns)


def contexts(path, nlp, lexicon):
    """Rows as of `examples` from a file of bracketed sentences: blocks of text with ``[words|Type]``."""
    patterns, rows = load_patterns(), []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for n, block in enumerate("\n".join(lines).strip().split("\n\n")):
        text, spans = "", {}
        for plain, words, kind in re.findall(r"([^\[]*)(?:\[([^|]*)\|(\w+)\])?", block):
            text += plain
            if words:
                spans[len(text), len(text) + len(words), kind] = True
                text += words
        [(speech, doc)] = annotate([parse_speech(text, f"{path.name}:{n}")], nlp)
        rows.append(row(path, speech, doc, spans, lexicon, patterns))
    return rows


def row(path, speech, doc, spans, lexicon, patterns):
    words = Words(doc, patterns)
    kinds = kinds_of_turns(speech, words)
    found = read_candidates(speech, words, kinds, lexicon, patterns)
    signs = Signs(found, kinds, words, lexicon, patterns)
    names = [[(table_of(n, c.type, c.rule), n) for n in ns] for c, ns in zip(found, signs, strict=True)]
    own = [(words.start[c.first], words.end[c.last - 1], c.type) for c in found]
    return path, found, names, label(own, spans), spans, own


def label(own, spans):
    """1 for the spans of gold mentions, None for near misses of a mention without an exact candidate."""
    exact = set(own) & set(spans)
    labels = []
    for a, b, kind in own:
        if (a, b, kind) in exact:
            labels.append(1 if spans[a, b, kind] else None)
            continue
        near = [g for g in spans if g[2] == kind and overlap(g, (a, b)) >= 0.5]
        labels.append(1 if any(g not in exact for g in near) else 0)
    return labels


def fit(rows, more=(), strength=0.1, least=2):
    """Weights by feature name."""
    heavy = [1.0] * len(rows) + [MORE] * len(more)
    rows = [*rows, *more]
    names = [n for _, _, feats, labels, _, _ in rows for n, y in zip(feats, labels, strict=True) if y is not None]
    ys = [y for _, _, _, labels, _, _ in rows for y in labels if y is not None]
    vectors = CountVectorizer(analyzer=lambda x: x, min_df=least, binary=True)
    x = vectors.fit_transform(names)
    heavy = np.repeat(heavy, [sum(y is not None for y in row[3]) for row in rows])
    model = LogisticRegression(C=strength, max_iter=400, solver="liblinear").fit(x, ys, sample_weight=heavy)
    weights = {n: round(float(model.coef_[0][i]), 2) for n, i in vectors.vocabulary_.items()}
    weights = {n: w for n, w in weights.items() if abs(w) >= 0.03}
    return {BIAS: round(float(model.intercept_[0]), 2), **dict(sorted(weights.items()))}


BIAS = ("", "bias")
MORE = 0.4
CONTEXTS, REPEATED = pathlib.Path(__file__).parent / "contexts.txt", 2
CORE = {"State", "Organisation", "Threat", "Facility"}


def score(names, weights):
    """As `kgraph.extraction.signs.Signs.scores`."""
    return weights[BIAS] + sum(weights.get(name, 0.0) for name in names)


def measure(rows, weights, margin=0.0):
    """Mention and core precision, recall, F1 as the scorer counts them (optional mentions are right when found)."""
    counts = {"mention": [0, 0, 0, 0], "core": [0, 0, 0, 0]}
    for _, found, names, _, spans, own in rows:
        chosen = choose(found, [score(n, weights) + margin for n in names])
        index = dict(zip(found, own, strict=True))
        mine = [index[c] for c, _ in chosen]
        hit_gold, hit_mine = pair(spans, mine)
        for key, keep in (("mention", lambda t: True), ("core", CORE.__contains__)):
            n = counts[key]
            n[0] += sum(keep(m[2]) for m in hit_mine)
            n[1] += sum(keep(m[2]) for m in mine)
            n[2] += sum(keep(g[2]) and spans[g] for g in hit_gold)
            n[3] += sum(keep(g[2]) and need for g, need in spans.items())
    return {k: prf(*v) for k, v in counts.items()}


def pair(spans, mine):
    found = sorted((-overlap(g, m), g, m) for g in spans for m in mine if g[2] == m[2] and overlap(g, m) >= 0.5)
    gold, own = set(), set()
    for _, g, m in found:
        if g not in gold and m not in own:
            gold.add(g), own.add(m)
    return gold, own


def prf(a, b, c, d):
    p, r = a / b if b else 0, c / d if d else 0
    return round(p, 3), round(r, 3), round(2 * p * r / (p + r), 3) if p + r else 0


def cross_fitted(rows, also, more, margin, folds=5):
    """(name, candidates) of each row, with log-odds of weights that the other rows gave."""
    parts, others = [rows[i::folds] for i in range(folds)], [more[i::folds] for i in range(folds)]
    for i, (part, other) in enumerate(zip(parts, others, strict=True)):
        rest = [row for n in range(folds) if n != i for row in parts[n]]
        weights = fit([*also, *rest], [row for n in range(folds) if n != i for row in others[n]])
        weights[BIAS] += margin
        yield from judged([*part, *other], weights)


def judged(rows, weights):
    for path, found, names, labels, _, _ in rows:
        known = zip(found, names, labels, strict=True)
        table = [(c.first, c.last, TYPES.index(c.type), -1 if y is None else y, score(n, weights)) for c, n, y in known]
        yield path.stem, np.array(table, np.float32).reshape(-1, 5)


def best_margin(rows, also, more, folds=5):
    """What to add to every log-odds for the best F1, by cross-validation over documents (printed)."""
    parts = [rows[i::folds] for i in range(folds)]
    fitted = [fit([*also, *(r for other in parts if other is not part for r in other)], more) for part in parts]
    tried = {}
    for margin in (0, 0.25, 0.5, 0.75, 1, 1.25, 1.5):
        scores = [measure(part, weights, margin) for part, weights in zip(parts, fitted, strict=True)]
        tried[margin] = sum(s["mention"][2] + s["core"][2] for s in scores) / 2 / folds
        for key in ("mention", "core"):
            print("cross", margin, key, [round(sum(s[key][i] for s in scores) / folds, 3) for i in range(3)])
    return max(tried, key=tried.get)


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("gold", nargs="+")
    args.add_argument("--more", nargs="*", default=[])
    args.add_argument("--held", nargs="*", default=[])
    args.add_argument("--check", nargs="*", default=[])
    args.add_argument("--candidates", type=pathlib.Path)
    args.add_argument("-o", "--output", type=pathlib.Path)
    args = args.parse_args()
    gc.disable()  # millions of small lists that all stay
    nlp, lexicon = load_model(), load_lexicon()
    held = set(gold_files(args.held))
    rows, more, held, check = (
        list(examples(files, nlp, lexicon))
        for files in (
            [path for path in gold_files(args.gold) if path not in held],
            [path for path in gold_files(args.more) if path not in held],
            sorted(held),
            gold_files(args.check),
        )
    )
    also = contexts(CONTEXTS, nlp, lexicon) * REPEATED
    margin = best_margin(rows, also, more)
    weights = fit(rows + also, more)
    weights[BIAS] = round(weights[BIAS] + margin, 2)
    print(len(rows), "and", len(more), "documents,", len(weights), "weights; on themselves:", measure(rows, weights))
    for title, known in (("held", held), ("check", check)):
        if known:
            print(f"{title}:", measure(known, weights))
    if args.candidates:
        found = dict([*cross_fitted(rows, also, more, margin), *judged([*held, *check], weights)])
        args.candidates.write_bytes(pickle.dumps(found, protocol=5))
    if args.output:
        write(args.output, weights)


def write(path, weights):
    """One table a type, and one a type and rule; a line a feature, so that a diff reads well."""
    tables = {}
    for (table, name), weight in weights.items():
        if (table, name) != BIAS:
            tables.setdefault(table, {})[name] = weight
    note = "Log-odds by feature; written by training/fit_mentions.py from annotated speeches."
    data = {"about": note, "bias": weights[BIAS], "tables": tables}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

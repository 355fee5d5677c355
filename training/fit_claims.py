"""Fit what is small beside the encoder: which trends there are, their modality, and which types predicates join.

    python training/fit_claims.py FOLDER_OR_JSON... --held FOLDER_OR_JSON... [--check FOLDER_OR_JSON...]

Each JSON (the form that ``training/annotate.py`` writes) lies beside its text. Speeches under ``--held``
(``training/held``) are fitted by nothing: on their scores, with the mentions that kgraph finds, the weights
of trends are stretched (Platt) so that a score is a share of right claims. ``--check`` measures documents.
"""

from __future__ import annotations

import argparse
import collections
import gc
import json
import pathlib
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sparse
from labels import SYMMETRIC, TYPES, overlap, triple
from sklearn.linear_model import LogisticRegression

from kgraph.extraction.annotate import annotate, load_model
from kgraph.extraction.claims.find import Reading
from kgraph.extraction.claims.manner import anchor, decided, framed, is_negated, manner_features
from kgraph.extraction.claims.trends import find_trends, trend_features, trend_of
from kgraph.extraction.extract import read_candidates
from kgraph.extraction.linking import link
from kgraph.extraction.mentions import choose, kinds_of_turns, load_weights
from kgraph.extraction.signs import Signs
from kgraph.extraction.words import Words
from kgraph.lexicon import load_lexicon
from kgraph.lexicon.patterns import load_patterns
from kgraph.model import Entity, Mention, Modality
from kgraph.reading import read_file
from kgraph.resources import ontologies

ALL_TYPES = frozenset((s, o) for s in TYPES for o in TYPES)
LEAST_PRECISION = 0.5
LOWEST = -3.2  # log-odds below which candidates tell nothing about confidence
LEAST_SHARE = 0.01  # of the pairs of two types that stand in some relation; rarer pairs of types are not looked at


@dataclass
class Items:
    """Feature names and labels of one kind of decision in one document; a label of None is left out of fitting."""

    names: list = field(default_factory=list)
    labels: list = field(default_factory=list)
    keys: list = field(default_factory=list)


@dataclass
class Document:
    """One annotated speech, taken apart."""

    name: str
    gold: dict  # triple -> claim
    relations: Items
    trends: Items
    manners: Items


def gold_input(path, text):
    """Annotated entities and mentions as kgraph's own."""
    data = json.loads(path.read_text(encoding="utf-8"))
    forms = {e["id"]: tuple(sorted({text[a:b] for a, b in e["mentions"]})) for e in data["entities"]}
    entities = {e["id"]: Entity(e["id"], e["type"], e["name"], aliases=forms[e["id"]]) for e in data["entities"]}
    spans = sorted((a, b, e["id"]) for e in data["entities"] for k in ("mentions", "optional") for a, b in e.get(k, ()))
    mentions: list[Mention] = []
    for a, b, entity in spans:
        if not mentions or a >= mentions[-1].end:
            mentions.append(Mention(a, b, text[a:b], entity, "annotated"))
    return data, entities, tuple(mentions)


def linked_mentions(speech, doc, lexicon):
    """Mentions and entities by the regressions alone, which are there before the encoder is."""
    patterns = load_patterns()
    words = Words(doc, patterns)
    kinds = kinds_of_turns(speech, words)
    candidates = read_candidates(speech, words, kinds, lexicon, patterns)
    scores = Signs(candidates, kinds, words, lexicon, patterns).scores(load_weights())
    return link(choose(candidates, scores), speech, words, lexicon, patterns)


def found_input(speech, doc, lexicon, data):
    """What kgraph finds, and {its entity id: annotated id} by most shared mentions."""
    linked = linked_mentions(speech, doc, lexicon)
    spans = [(a, b, e["id"]) for e in data["entities"] for k in ("mentions", "optional") for a, b in e.get(k, ())]
    votes = collections.defaultdict(collections.Counter)
    for m in linked.mentions:
        for a, b, entity in spans:
            if overlap((a, b), (m.start, m.end)) >= 0.5:
                votes[m.entity][entity] += 1
    return {e.id: e for e in linked.entities}, linked.mentions, {k: v.most_common(1)[0][0] for k, v in votes.items()}


def read_document(path, speech, doc, lexicon=None):
    return read_both(path, speech, doc, lexicon)[0]


def read_both(path, speech, doc, lexicon=None):
    """The `Document`, and the `Reading` that it was taken from."""
    data, entities, mentions = gold_input(path, speech.text)
    same = None
    if lexicon is not None:
        entities, mentions, same = found_input(speech, doc, lexicon, data)
    reading = Reading(speech, doc, entities, mentions)
    known = (lambda e: same.get(e, "?" + e)) if same is not None else (lambda e: e)
    gold = {}
    for claim in data["claims"]:
        gold.setdefault(triple(claim["s"], claim["p"], claim["o"]), claim)
    document = Document(path.stem, gold, Items(), Items(), Items())
    add_relations(document, reading, data, known)
    add_trends(document, reading, data, known)
    return document, reading


def add_relations(document, reading, data, known):
    by_pair = collections.defaultdict(list)
    for claim in data["claims"]:
        by_pair[claim["s"], claim["o"]].append(claim)
        if claim["p"] in SYMMETRIC:
            by_pair[claim["o"], claim["s"]].append(claim)
    tree, features = reading.tree, reading.features
    for pair in reading.pairs(ALL_TYPES):
        first, last = tree.sentences[pair.sentence]
        start, end = tree.start[first], tree.end[last - 1]
        s, o = known(pair.subject.entity), known(pair.object.entity)
        here = [c for c in by_pair.get((s, o), ()) if overlaps(c, start, end)]
        yes = {c["p"] for c in here}
        elsewhere = {c["p"] for c in by_pair.get((s, o), ())} - yes
        document.relations.labels.append((yes, elsewhere))
        explicit = (pair.subject.token >= 0) + 2 * (pair.object.token >= 0)
        document.relations.keys.append((s, o, pair.subject.type, pair.object.type, pair.sentence, explicit))
        routes = (pair.subject.route, pair.object.route)
        for claim in here:
            token = anchor(pair, claim["p"], features)
            document.manners.names.append(manner_features(tree, reading.scope, token, claim["p"], routes))
            document.manners.labels.append(
                (claim.get("modality", "asserted"), claim.get("polarity", "affirmed"), claim.get("either", {}))
            )
            said = framed(pair, claim["p"]) and is_negated(reading.scope, token)
            document.manners.keys.append(("negated" if said else "affirmed", decided(reading.scope, token)))


def overlaps(claim, start, end):
    span = claim.get("span")
    return not span or (span[0] < end and span[1] > start)


def add_trends(document, reading, data, known):
    gold = {(c["s"], c["o"]): c for c in data["claims"] if c["p"] == "hasTrend"}
    tree = reading.tree
    for hit in find_trends(reading.hits):
        value = trend_of(hit, reading.scope)
        entity = known(hit.subject.entity)
        claim = gold.get((entity, value))
        first, last = tree.sentences[tree.sentence[hit.trigger]]
        near = claim and overlaps(claim, tree.start[first], tree.end[last - 1])
        document.trends.names.append(trend_features(hit, value, reading.scope))
        document.trends.labels.append(1 if near else None if claim else 0)
        document.trends.keys.append((entity, value))
        if near:
            names = manner_features(tree, reading.scope, hit.trigger, "hasTrend", (hit.subject.route, ""))
            document.manners.names.append(names)
            document.manners.labels.append((claim.get("modality", "asserted"), "affirmed", claim.get("either", {})))
            document.manners.keys.append(("affirmed", decided(reading.scope, hit.trigger)))


class Fitted:
    """Weights over a vocabulary, as sklearn leaves them."""

    def __init__(self, labels, vocabulary, weights, bias):
        self.labels, self.vocabulary, self.weights, self.bias = labels, vocabulary, weights, bias

    def sums(self, names):
        return matrix(names, self.vocabulary) @ self.weights + self.bias

    def stretched(self, slope, shift):
        """The same order of scores, with `slope` times the log-odds, and `shift` more."""
        return Fitted(self.labels, self.vocabulary, self.weights * slope, self.bias * slope + shift)

    def data(self, least=0.03):
        rows = {}
        for name, row in self.vocabulary.items():
            pairs = []
            for label, w in enumerate(self.weights[row]):
                if abs(w) >= least:
                    pairs += [label, round(float(w) * 100)]
            if pairs:
                rows[name] = pairs
        return {"labels": list(self.labels), "bias": [round(float(b), 3) for b in self.bias], "weights": rows}


def vocabulary(names, least):
    counts = collections.Counter(n for item in names for n in set(item))
    return {n: i for i, n in enumerate(sorted(n for n, k in counts.items() if k >= least))}


def matrix(names, vocabulary):
    columns, ends = [], [0]
    for item in names:
        columns += sorted({vocabulary[n] for n in item if n in vocabulary})
        ends.append(len(columns))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(vocabulary)))


def fit_binary(x, y, strength):
    if y.sum() < 2 or y.sum() > len(y) - 2:
        return np.zeros(x.shape[1]), -9.0 if y.sum() < 2 else 9.0
    model = LogisticRegression(C=strength, solver="liblinear", tol=1e-2).fit(x, y)
    return model.coef_[0], float(model.intercept_[0])


def fit_trends(documents, strength=0.3, least=2):
    rows = [(n, y) for d in documents for n, y in zip(d.trends.names, d.trends.labels, strict=True) if y is not None]
    known = vocabulary([n for n, _ in rows], least)
    weights, bias = fit_binary(matrix([n for n, _ in rows], known), np.array([y for _, y in rows], float), strength)
    return Fitted(["hasTrend"], known, weights[:, None], np.array([bias]))


def fit_manner(documents, labels, strength=0.15, least=2):
    names = [n for d in documents for n in d.manners.names]
    gold = [y[0] for d in documents for y in d.manners.labels]
    known = vocabulary(names, least)
    model = LogisticRegression(C=strength, max_iter=500, tol=1e-3).fit(matrix(names, known), gold)
    columns = [list(model.classes_).index(label) for label in labels if label in model.classes_]
    weights, bias = model.coef_, model.intercept_
    return Fitted(labels, known, weights[columns].T, bias[columns])


def joined_types(documents):
    """Pairs of types of which at least `LEAST_SHARE` stand in a relation."""
    seen, joined = collections.Counter(), collections.Counter()
    for d in documents:
        for key, (yes, _) in zip(d.relations.keys, d.relations.labels, strict=True):
            seen[key[2], key[3]] += 1
            joined[key[2], key[3]] += bool(yes)
    return sorted(pair for pair in seen if joined[pair] >= LEAST_SHARE * seen[pair] and joined[pair])


def fit(documents):
    return {"trends": fit_trends(documents), "modality": fit_manner(documents, [m.value for m in Modality])}


def predict(models, documents):
    """(document, {triple: probability}) of each."""
    for d in documents:
        best = {}
        scores = 1 / (1 + np.exp(-models["trends"].sums(d.trends.names)[:, 0])) if d.trends.names else []
        for (s, value), score in zip(d.trends.keys, scores, strict=True):
            key = (s, "hasTrend", value)
            best[key] = max(best.get(key, 0), float(score))
        yield d, best


def figures(results, threshold):
    """Precision, recall, F1 of trends; optional claims count as right and are not missed."""
    found = right = gold = hit = 0
    for d, best in results:
        chosen = {t for t, v in best.items() if v >= threshold}
        required = {t for t, c in d.gold.items() if t[1] == "hasTrend" and not c.get("optional")}
        found, right = found + len(chosen), right + len(chosen & set(d.gold))
        gold, hit = gold + len(required), hit + len(chosen & required)
    p, r = right / max(found, 1), hit / max(gold, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def manner_accuracy(models, documents):
    right, total = [0, 0], 0
    for d in documents:
        if not d.manners.names:
            continue
        likeliest = models["modality"].sums(d.manners.names).argmax(axis=1)
        for choice, gold, (polarity, sure) in zip(likeliest, d.manners.labels, d.manners.keys, strict=True):
            modality = sure or models["modality"].labels[choice]
            right[0] += modality in (gold[0], gold[2].get("modality", gold[0]))
            right[1] += polarity in (gold[1], gold[2].get("polarity", gold[1]))
        total += len(d.manners.names)
    return right[0] / total, right[1] / total


def best_threshold(results):
    """The threshold with the best F1 where enough of what is found is right."""

    def worth(t):
        p, _, f = figures(results, t)
        return min(p, LEAST_PRECISION), f

    return max((*worth(t), round(float(t), 2)) for t in np.arange(0.16, 0.7, 0.01))[2]


def calibration(results):
    """(slope, shift) of log-odds that make scores on speeches not fitted the share of right claims."""
    rows = [(v, t in d.gold) for d, best in results for t, v in best.items() if 1 / (1 + np.exp(-LOWEST)) < v < 1]
    v, y = (np.array(column, float) for column in zip(*rows, strict=True))
    model = LogisticRegression(C=1e3).fit(np.log(v / (1 - v))[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def stretched(v, slope, shift):
    return 1 / (1 + np.exp(-(slope * np.log(v / max(1 - v, 1e-9)) + shift)))


def report(results, threshold, title):
    print("{}: trends P {:.3f} R {:.3f} F1 {:.3f}".format(title, *figures(results, threshold)))


def paths(names):
    for name in map(pathlib.Path, names):
        yield from sorted(name.glob("*.json")) if name.is_dir() else [name]


def parsed(names):
    """Path, speech and parse of every JSON."""
    files = list(paths(names))
    speeches = [read_file(path.with_suffix(".txt")) for path in files]
    for path, pair in zip(files, annotate(speeches, load_model()), strict=True):
        yield path, *pair


def read_annotated(names):
    """Speeches with their annotated mentions."""
    return [read_document(*one) for one in parsed(names)]


def read_found(names):
    """Speeches with the mentions that kgraph finds."""
    lexicon = load_lexicon()
    return [read_document(*one, lexicon) for one in parsed(names)]


def calibrate(models, results):
    """Models with the weights of trends stretched, and their threshold; prints what to expect."""
    slope, shift = calibration(results)
    results = [(d, {t: stretched(v, slope, shift) for t, v in best.items()}) for d, best in results]
    threshold = best_threshold(results)
    report(results, threshold, f"held at {threshold}")
    return models | {"trends": models["trends"].stretched(slope, shift)}, threshold


def write(path, models, documents, trend_threshold):
    data = {"trend_threshold": trend_threshold, "types": joined_types(documents)}
    data |= {key: model.data() for key, model in models.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--held", nargs="+", required=True)
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("-o", "--output", type=pathlib.Path, default=ontologies() / "weights" / "claims.json")
    args = parser.parse_args()
    gc.disable()  # millions of small lists that all stay
    held = set(paths(args.held))
    documents = read_annotated(path for path in paths(args.gold) if path not in held)
    models = fit(documents)
    models, threshold = calibrate(models, list(predict(models, read_found(args.held))))
    print("held: modality {:.3f} polarity {:.3f}".format(*manner_accuracy(models, read_annotated(args.held))))
    if args.check:
        report(list(predict(models, read_found(args.check))), threshold, "check")
        print("modality {:.3f} polarity {:.3f}".format(*manner_accuracy(models, read_annotated(args.check))))
    write(args.output, models, documents, threshold)


if __name__ == "__main__":
    main()

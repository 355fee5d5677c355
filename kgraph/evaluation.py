"""How good are extractions? Scored against annotated speeches, by type, by predicate, by rule.

Gold files are JSON beside their text, in the form of `kgraph.records`. A mention is right when it overlaps an annotated
one of the same type by half of the longer; a claim is right when subject and object are the same annotated entities
and the predicate is equal. What only one of two annotators marked (``optional``) is right when found and not missed
when absent.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from kgraph.errors import SpeechError, SpeechNotFound
from kgraph.model import Extraction
from kgraph.records import to_record

Record = dict[str, Any]
Span = tuple[int, int]


@dataclass
class Score:
    """Counts of right and wrong; precision, recall and F1 follow from them."""

    right_found: int = 0
    found: int = 0
    right_gold: int = 0
    gold: int = 0

    def __iadd__(self, other: Score) -> Score:
        self.right_found += other.right_found
        self.found += other.found
        self.right_gold += other.right_gold
        self.gold += other.gold
        return self

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Evaluation:
    """Scores over some speeches; `attributes` and `reliability` count (right, all)."""

    speeches: int = 0
    mentions: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))  # by type
    spans: Score = field(default_factory=Score)
    coreference: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])  # B-cubed: precision, recall, mentions
    claims: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))  # by predicate
    pairs: Score = field(default_factory=Score)
    attributes: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    rules: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    reliability: dict[int, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))  # by tenth

    def total(self, scores: dict[str, Score], keep: Callable[[str], bool] = lambda _: True) -> Score:
        """Micro-average over the kinds that `keep` lets through."""
        total = Score()
        for kind, score in scores.items():
            if keep(kind):
                total += score
        return total


CORE = frozenset({"State", "Organisation", "Threat", "Facility"})


def read_gold(folder: str | PathLike[str]) -> Iterator[tuple[Path, Record]]:
    """Text file and gold record of every JSON in `folder`; raises `SpeechNotFound` and `SpeechError`."""
    files = sorted(Path(folder).glob("*.json"))
    if not files:
        raise SpeechNotFound(f"{folder}: no gold here (looked for *.json beside the texts)")
    for path in files:
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as problem:
            raise SpeechError(f"{path}: not JSON ({problem})") from problem
        if not path.with_suffix(".txt").is_file():
            raise SpeechNotFound(f"{path.with_suffix('.txt')}: the text of this gold file is missing")
        yield path.with_suffix(".txt"), gold


def evaluate(extractions: Iterable[Extraction], gold: dict[str, Record], symmetric: frozenset[str]) -> Evaluation:
    """Score extractions against gold records by file name; `symmetric` names predicates without direction."""
    result = Evaluation()
    for extraction in extractions:
        result.speeches += 1
        _score(to_record(extraction), gold[Path(extraction.speech.doc).name], symmetric, result)
    return result


@dataclass(frozen=True, slots=True)
class _Marked:
    span: Span
    type: str
    entity: str
    needed: bool


def _marked(record: Record) -> list[_Marked]:
    return [
        _Marked((start, end), entity["type"], entity["id"], key == "mentions")
        for entity in record["entities"]
        for key in ("mentions", "optional")
        for start, end in entity.get(key, ())
    ]


def overlap(a: Span, b: Span) -> float:
    """Shared part of two spans, as a share of the longer.

    >>> overlap((0, 10), (5, 10))
    0.5
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / max(a[1] - a[0], b[1] - b[0]) if shared > 0 else 0.0


def _pair(gold: list[_Marked], found: list[_Marked], typed: bool) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, best overlap first."""
    near = sorted(
        (-overlap(g.span, f.span), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (g.type == f.type or not typed) and overlap(g.span, f.span) >= 0.5
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in near:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def _score(found: Record, gold: Record, symmetric: frozenset[str], result: Evaluation) -> None:
    theirs, ours = _marked(gold), _marked(found)
    loose = _pair(theirs, ours, typed=False)
    _score_mentions(theirs, ours, _pair(theirs, ours, typed=True), result)
    result.spans += Score(len(loose), len(ours), sum(theirs[i].needed for i, _ in loose), sum(g.needed for g in theirs))
    _score_coreference([(theirs[i].entity, ours[j].entity) for i, j in loose], result)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for i, j in loose:
        votes[ours[j].entity][theirs[i].entity] += 1
    same = {entity: count.most_common(1)[0][0] for entity, count in votes.items()}
    _score_claims(found["claims"], gold["claims"], same, symmetric, result)


def _score_mentions(
    theirs: list[_Marked], ours: list[_Marked], pairs: list[tuple[int, int]], result: Evaluation
) -> None:
    for found in ours:
        result.mentions[found.type].found += 1
    for gold in theirs:
        result.mentions[gold.type].gold += gold.needed
    for i, _ in pairs:
        result.mentions[theirs[i].type].right_found += 1
        result.mentions[theirs[i].type].right_gold += theirs[i].needed


def _score_coreference(pairs: list[tuple[str, str]], result: Evaluation) -> None:
    """B-cubed over the mentions that both sides have."""
    both, by_gold, by_found = Counter(pairs), Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    result.coreference[0] += sum(both[g, f] / by_found[f] for g, f in pairs)
    result.coreference[1] += sum(both[g, f] / by_gold[g] for g, f in pairs)
    result.coreference[2] += len(pairs)


def _score_claims(
    found: list[Record], gold: list[Record], same: dict[str, str], symmetric: frozenset[str], result: Evaluation
) -> None:
    def key(claim: Record, subject: str, thing: str) -> tuple[str, str, str]:
        if claim["p"] in symmetric and thing < subject:
            subject, thing = thing, subject
        return subject, claim["p"], thing

    theirs: dict[tuple[str, str, str], Record] = {}
    for claim in gold:
        theirs.setdefault(key(claim, claim["s"], str(claim["o"])), claim)
    ours: dict[tuple[str, str, str], Record] = {}
    for claim in found:
        thing = claim["o"] if claim["p"] == "hasTrend" else same.get(claim["o"], "?" + claim["o"])
        ours.setdefault(key(claim, same.get(claim["s"], "?" + claim["s"]), thing), claim)
    needed = {k for k, claim in theirs.items() if not claim.get("optional")}
    for triple, claim in ours.items():
        right = triple in theirs
        result.claims[triple[1]].found += 1
        result.claims[triple[1]].right_found += right
        result.rules[claim["rule"]][right] += 1
        result.reliability[min(int(claim["confidence"] * 10), 9)][right] += 1
        if right:
            _score_attributes(claim, theirs[triple], same, result)
    for triple in needed:
        result.claims[triple[1]].gold += 1
        result.claims[triple[1]].right_gold += triple in ours
    all_pairs, our_pairs = ({frozenset((s, o)) for s, _, o in side} for side in (theirs, ours))
    need_pairs = {frozenset((s, o)) for s, _, o in needed}
    both = all_pairs & our_pairs
    result.pairs += Score(len(both), len(our_pairs), len(need_pairs & our_pairs), len(need_pairs))


def _score_attributes(ours: Record, theirs: Record, same: dict[str, str], result: Evaluation) -> None:
    for name, default in (("polarity", "affirmed"), ("modality", "asserted"), ("source", "speaker")):
        mine, gold = ours.get(name, default), theirs.get(name, default)
        mine = same.get(mine, mine) if name == "source" else mine
        result.attributes[name][mine in (gold, theirs.get("either", {}).get(name, gold))] += 1


def to_markdown(result: Evaluation, rules: bool = False) -> str:
    """Tables for people: entities by type, claims by predicate, attributes; by rule when asked."""
    lines = [
        f"{result.speeches} speeches",
        "",
        "| what | precision | recall | F1 | found | gold |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row("**mentions**", result.total(result.mentions))]
    lines += [_row("**mentions, core types**", result.total(result.mentions, CORE.__contains__))]
    lines += [_row(kind, score) for kind, score in sorted(result.mentions.items(), key=lambda kv: -kv[1].gold)]
    lines += [_row("**claims**", result.total(result.claims)), _row("**claims, pairs**", result.pairs)]
    lines += [_row(kind, score) for kind, score in sorted(result.claims.items(), key=lambda kv: -kv[1].gold)]
    precision, recall, n = result.coreference
    if n:
        p, r = precision / n, recall / n
        lines += ["", f"coreference (B-cubed): {p:.3f} {r:.3f} {2 * p * r / (p + r):.3f}"]
    for name, counts in result.attributes.items():
        lines.append(f"{name}: {counts[True] / counts.total():.3f} of {counts.total()} matched claims")
    if rules:
        lines += ["", "| rule | right | found | precision |", "|---|---|---|---|"]
        ranked = sorted(result.rules.items(), key=lambda kv: (-kv[1].total(), kv[0]))
        lines += [f"| {rule} | {n[True]} | {n.total()} | {n[True] / n.total():.2f} |" for rule, n in ranked]
        lines += ["", "| confidence | right | found | share |", "|---|---|---|---|"]
        lines += [
            f"| {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f} | {n[True]} | {n.total()} | {n[True] / n.total():.2f} |"
            for tenth, n in sorted(result.reliability.items())
        ]
    return "\n".join(lines)


def _row(name: str, score: Score) -> str:
    return f"| {name} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {score.found} | {score.gold} |"

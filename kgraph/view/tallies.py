"""Counts for the charts, as plain rows: what is claimed about threats, when, by whom; what is named together, where."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from kgraph.lexicon import Lexicon
from kgraph.model import Claim, Extraction, Modality, Polarity
from kgraph.view.figure import Arc, Figure

Row = dict[str, Any]
THREAT, STATE = "Threat", "State"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+|\n+")


def how(claim: Claim) -> str:
    """ "negated", "hypothetical" or "fact"."""
    if claim.polarity is Polarity.NEGATED:
        return "negated"
    return "fact" if claim.modality is Modality.ASSERTED else "hypothetical"


def threats_of(shown: Figure, most: int) -> list[str]:
    """Ids of the threats with most claims."""
    return [node.id for node in shown.nodes if node.type == THREAT][:most]


def _naming(shown: Figure, ids: Sequence[str]) -> Iterator[tuple[str, Arc]]:
    wanted = set(ids)
    for arc in shown.arcs:
        for id_ in {arc.claim.subject, arc.claim.object} & wanted:
            yield id_, arc


def years(shown: Figure) -> list[str]:
    """Every year from the first dated speech to the last."""
    found = sorted({e.speech.date[:4] for e in shown.speeches if e.speech.date and e.speech.date[:4].isdigit()})
    return [str(year) for year in range(int(found[0]), int(found[-1]) + 1)] if found else []


def threats_by_year(shown: Figure, most: int = 8, speakers: int = 5) -> list[Row]:
    """Dated claims that name each of the `most` claimed threats: threat, year, speaker, how, claims, rate.

    Beyond the `speakers` with most claims, the others are one row. `rate` is claims in 1,000 words of that year.
    """
    ids = threats_of(shown, most)
    voices = Counter(shown.names.get(arc.claim.claimant, arc.claim.claimant) for _, arc in _naming(shown, ids))
    known = {name for name, _ in sorted(voices.items(), key=lambda item: (-item[1], item[0]))[:speakers]}
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for id_, arc in _naming(shown, ids):
        if (date := shown.speech(arc).date) and date[:4].isdigit():
            who = shown.names.get(arc.claim.claimant, arc.claim.claimant)
            counts[shown.names[id_], date[:4], who if who in known else "others", how(arc.claim)] += 1
    names = ("threat", "year", "speaker", "how")
    words = _words_by_year(shown)
    rates = {key: round(1000 * n / max(words[key[1]], 1), 3) for key, n in counts.items()}
    return [dict(zip(names, key, strict=True)) | {"claims": n, "rate": rates[key]} for key, n in sorted(counts.items())]


def _words_by_year(shown: Figure) -> Counter[str]:
    found: Counter[str] = Counter()
    for extraction in shown.speeches:
        found[(extraction.speech.date or "")[:4]] += len(extraction.speech.text.split())
    return found


def speakers_by_threat(shown: Figure, most: int = 12, speakers: int = 20) -> list[Row]:
    """Claims by speaker and threat, zeros too; a speaker's name says in how many speeches he is heard."""
    ids = threats_of(shown, most)
    counts = Counter((arc.claim.claimant, id_) for id_, arc in _naming(shown, ids))
    heard = Counter(who for e in shown.speeches for who in {claim.claimant for claim in e.claims})
    total = Counter(who for who, _ in counts.elements())
    chosen = sorted(total, key=lambda who: (-total[who], who))[:speakers]
    return [
        {
            "speaker": f"{shown.names.get(who, who)} (n={heard[who]})",
            "threat": shown.names[id_],
            "claims": counts[who, id_],
        }
        for who in chosen
        for id_ in ids
    ]


def together(shown: Figure, most: int = 14, kind: str | None = THREAT) -> list[Row]:
    """How often two of the `most` claimed things are named in one sentence.

    `ppmi` is the pointwise mutual information in bits, 0 where they meet less often than by chance.
    """
    ids = [node.id for node in shown.nodes if kind in (None, node.type)][:most]
    wanted = set(ids)
    sentences = [group & wanted for e in shown.speeches for group in _by_sentence(e)]
    alone = Counter(id_ for group in sentences for id_ in group)
    pairs = Counter(pair for group in sentences for pair in combinations(sorted(group), 2))
    rows = []
    for one, other in ((a, b) for a in ids for b in ids if a != b):
        n = pairs[min(one, other), max(one, other)]
        chance = alone[one] * alone[other]
        ppmi = max(0.0, math.log2(n * len(sentences) / chance)) if n else 0.0
        rows.append({"one": shown.names[one], "other": shown.names[other], "sentences": n, "ppmi": round(ppmi, 3)})
    return rows


def _by_sentence(extraction: Extraction) -> list[set[str]]:
    """Ids mentioned in each sentence (those with none too)."""
    ends = [match.end() for match in _SENTENCE_END.finditer(extraction.speech.text)]
    found: list[set[str]] = [set() for _ in range(len(ends) + 1)]
    mentions = sorted(extraction.mentions, key=lambda mention: mention.start)
    at = 0
    for mention in mentions:
        while at < len(ends) and ends[at] <= mention.start:
            at += 1
        found[at].add(mention.entity)
    return found


def states_mentioned(extractions: Iterable[Extraction], lexicon: Lexicon) -> list[Row]:
    """Mentions of states that have an ISO 3166 alpha-3 code: iso3, state, mentions, speeches; most first."""
    mentions, speeches = Counter[str](), Counter[str]()
    for extraction in extractions:
        named = Counter(mention.entity for mention in extraction.mentions)
        mentions.update(named)
        speeches.update(named.keys())
    rows = []
    for id_, n in sorted(mentions.items(), key=lambda item: (-item[1], item[0])):
        concept = lexicon.concepts.get(id_)
        code = next((c for c in concept.codes if len(c) == 3), None) if concept and concept.type == STATE else None
        if concept and code:
            rows.append({"iso3": code, "state": concept.label, "mentions": n, "speeches": speeches[id_]})
    return rows

"""What may be a mention: spans from names, capitals, head nouns and the model's recogniser, each with its reason.

Candidates overlap freely; `mentions.choose` decides among them. Nothing here is tuned: it should miss nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.lexicon.concepts import Label
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.patterns import Patterns, load_patterns
from kgraph.lexicon.spelling import key_of, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "advmod"})
_HYPHENS = frozenset("-‑–")
_OF = frozenset({"of", "in", "against", "on", "for", "to"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``[first, last)`` of a `Doc` that may name something of `type`.

    `concepts` are the lexicon's readings (several when ambiguous, none for what it lacks); `rule` says what found the
    span (name, kind, capitals, head, recogniser), `how` the kind of label, lemma or tag; `added` counts words that
    stand left of the label or head.
    """

    first: int
    last: int
    type: str
    rule: str
    how: str
    concepts: tuple[str, ...] = ()
    added: int = 0


def find_candidates(doc: Doc, lexicon: Lexicon, speakers: frozenset[str] = frozenset()) -> list[Candidate]:
    """All candidates of a speech, in no particular order, each once; `speakers` are names from its header and turns."""
    patterns = load_patterns()
    named = list(_named(doc, lexicon))
    covered = {i for c in named if c.rule == "name" for i in range(c.first, c.last)}
    found: dict[tuple[int, int, str], Candidate] = {}
    for candidate in (
        *named,
        *_speakers(doc, speakers),
        *_capitals(doc, patterns),
        *_heads(doc, patterns, covered),
        *_recognised(doc, patterns),
    ):
        found.setdefault((candidate.first, candidate.last, candidate.type), candidate)
    return list(found.values())


def _named(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """Labels of the lexicon, one candidate for each type that a label may have."""
    starts = [token.idx for token in doc]
    patterns = load_patterns()
    for match in lexicon.gazetteer.find(list(words_of(doc.text))):
        first = bisect_right(starts, match.start) - 1
        last = bisect_left(starts, match.end)
        if first < 0 or starts[first] != match.start or doc[last - 1].idx + len(doc[last - 1]) > match.end:
            continue
        by_type: dict[str, list[Label]] = {}
        for label in match.labels:
            by_type.setdefault(lexicon.concepts[label.concept].type, []).append(label)
        for kind, labels in by_type.items():
            concepts = tuple(dict.fromkeys(label.concept for label in labels))
            rule = "kind" if labels[0].common else "name"
            candidate = Candidate(first, last, kind, rule, labels[0].kind.value, concepts)
            yield candidate
            if rule == "kind":
                yield from _widened(candidate, doc, patterns)


def _speakers(doc: Doc, speakers: frozenset[str]) -> Iterator[Candidate]:
    """Names of those who speak, in full and by surname."""
    names = {tuple(key_of(part) for part in name.split()) for name in speakers}
    ends = {name[-1]: name for name in names}
    for token in doc:
        name = ends.get(key_of(token.text)) if token.text[0].isupper() else None
        if name:
            first = token.i
            while (
                first > 0
                and token.i - first < 3
                and key_of(doc[first - 1].text) in name
                and doc[first - 1].text[0].isupper()
            ):
                first -= 1
            yield Candidate(first, token.i + 1, "Person", "speaker", "full" if first < token.i else "surname")


def _widened(candidate: Candidate, doc: Doc, patterns: Patterns) -> Iterator[Candidate]:
    """The same with the words before it step by step, with what follows "of", and both."""
    spans = [candidate]
    for first in _left(candidate, doc, patterns):
        added = candidate.added + candidate.first - first
        spans.append(replace(candidate, first=first, added=added))
    yield from spans[1:]
    last = _right(candidate, doc)
    if last:
        for wider in spans:
            yield replace(wider, last=last, rule=wider.rule + "+of")


def _left(candidate: Candidate, doc: Doc, patterns: Patterns) -> Iterator[int]:
    """Where a wider span may start: before adjectives and nouns, over hyphens and "and" between them."""
    i = candidate.first
    while i > 0 and candidate.first - i < 7:
        token = doc[i - 1]
        if candidate.type == "Event" and token.ent_type_ in ("ORDINAL", "DATE") and token.dep_ != "det":
            i -= 1
            yield i
        elif _belongs(token, patterns):
            i -= 1
            if not (i and doc[i - 1].text in _HYPHENS):
                yield i
        elif token.text in _HYPHENS or (token.dep_ == "cc" and i > 1 and _belongs(doc[i - 2], patterns, joined=True)):
            i -= 1
        else:
            return


def _right(candidate: Candidate, doc: Doc) -> int | None:
    """End of an "of" phrase (or a like one) right after the span, or of a number: "session 56"."""
    i, n = candidate.last, len(doc)
    if i < n and candidate.type == "Event" and doc[i].is_digit and not doc[i].is_sent_start:
        return i + 1
    if i + 1 >= n or doc[i].lower_ not in _OF or doc[i].is_sent_start:
        return None
    head = next((child for child in doc[i].children if child.dep_ in ("pobj", "pcomp") and child.i > i), None)
    if head is None or head.i - i > 6:
        return None
    last = max((t.i for t in head.children if t.dep_ in ("amod", "compound", "conj") and t.i < i + 8), default=head.i)
    return max(last, head.i) + 1


def _belongs(token: Token, patterns: Patterns, joined: bool = False) -> bool:
    """Whether a word before a noun can be part of a kind's name."""
    if token.pos_ not in ("ADJ", "NOUN", "PROPN", "VERB", "ADV") or token.dep_ == "poss":
        return False
    if token.lower_ in patterns.not_left or token.lemma_.lower() in patterns.not_left:
        return False
    return joined or token.dep_ in _MODIFIERS or (token.dep_ == "conj" and token.head.dep_ in _MODIFIERS)


def _capitals(doc: Doc, patterns: Patterns) -> Iterator[Candidate]:
    """Runs of capitalised words, with small words inside: "Ministry of Foreign Affairs"."""
    i, n = 0, len(doc)
    while i < n:
        if not _capital(doc[i]) or (doc[i].is_sent_start and doc[i].lower_ in patterns.openers):
            i += 1
            continue
        last, end = i + 1, i + 1
        while end < n and not doc[end].is_sent_start and end - i < 16:
            if _capital(doc[end]) or (doc[end].is_digit and end == last):
                end += 1
                last = end
            elif doc[end].lower_ in patterns.inside or (doc[end].text in "-–&" and not doc[end - 1].whitespace_):
                end += 1
            else:
                break
        yield from _run(doc, i, last, patterns)
        i = last


def _run(doc: Doc, first: int, last: int, patterns: Patterns) -> Iterator[Candidate]:
    """Candidates in a run of capitals: the whole, and the parts before and after each small word."""
    while first < last and doc[first].lower_ in patterns.openers:
        first += 1
    if first >= last:
        return
    yield from _typed(doc, first, last, patterns)
    breaks = [i for i in range(first + 1, last - 1) if doc[i].lower_ in patterns.inside or doc[i].is_punct]
    for i in breaks[:6]:
        yield from _typed(doc, first, i, patterns)
        rest = i + 1
        while rest < last and (doc[rest].lower_ in patterns.inside or doc[rest].is_punct):
            rest += 1
        yield from _typed(doc, rest, last, patterns)


def _typed(doc: Doc, first: int, last: int, patterns: Patterns) -> Iterator[Candidate]:
    """A run of capitals as whatever its head nouns allow, and as a person or an organisation in any case."""
    if first >= last:
        return
    cut = next((i for i in range(first, last) if doc[i].lower_ in patterns.inside), last)
    for start in (last - 2, last - 3):
        if start > first:
            yield Candidate(start, last, "Person", "capitals", "tail")
    kinds = dict.fromkeys(patterns.heads.get(_lemma(doc[cut - 1]), ()))
    kinds.update(dict.fromkeys(patterns.heads.get(_lemma(doc[last - 1]), ())))
    tag = doc[last - 1].ent_type_
    if mapped := patterns.recogniser.get(tag):
        kinds[mapped] = None
    for kind in [*kinds, "Person", "Organisation"]:
        yield Candidate(first, last, kind, "capitals", _lemma(doc[cut - 1]) if kind in kinds else "none")


def _heads(doc: Doc, patterns: Patterns, covered: set[int]) -> Iterator[Candidate]:
    """Noun phrases by their head noun, bare and with the words before it."""
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "VERB") or token.i in covered:
            continue
        kinds = patterns.heads.get(_lemma(token))
        if not kinds or (token.pos_ == "VERB" and token.dep_ not in ("pobj", "dobj", "nsubj", "conj")):
            continue
        for kind in kinds:
            candidate = Candidate(token.i, token.i + 1, kind, "head", _lemma(token))
            yield candidate
            yield from _widened(candidate, doc, patterns)
            if (pair := _paired(token, kind, patterns)) is not None:
                yield from _widened(replace(candidate, last=pair + 1, rule="pair"), doc, patterns)
                yield replace(candidate, last=pair + 1, rule="pair")


def _paired(token: Token, kind: str, patterns: Patterns) -> int | None:
    """The second head of a pair that names one thing: "challenges and threats"."""
    after = token.i + 2
    if after >= len(token.doc) or token.nbor(1).dep_ != "cc":
        return None
    other = token.doc[after]
    return after if kind in patterns.heads.get(_lemma(other), ()) and other.head == token else None


def _recognised(doc: Doc, patterns: Patterns) -> Iterator[Candidate]:
    """What the model's recogniser names, without determiner and possessive."""
    for span in doc.ents:
        kind = patterns.recogniser.get(span.label_)
        if kind is None:
            continue
        first, last = span.start, span.end
        while first < last and (
            doc[first].pos_ == "DET" or doc[first].lower_ in patterns.openers or doc[first].is_space
        ):
            first += 1
        while first < last and (doc[last - 1].tag_ == "POS" or doc[last - 1].is_punct or doc[last - 1].is_space):
            last -= 1
        if first < last:
            yield Candidate(first, last, kind, "recogniser", span.label_)


def _capital(token: Token) -> bool:
    text = token.text
    return text[0].isupper() and (len(text) > 1 or text not in "IAQ")


def _lemma(token: Token) -> str:
    return token.lemma_.lower()

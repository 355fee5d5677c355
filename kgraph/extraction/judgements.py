"""A user's corrections, kept in a file beside the speeches and replayed on every build.

``judgements.toml`` lists them in order; each needs a reason::

    [[judgement]]
    do = "merge"                      # several entities are one
    entities = ["Rosfinmonitoring", "Federal Service for Financial Monitoring"]
    into = "Federal Service for Financial Monitoring"
    reason = "short name of the same agency"

    [[judgement]]
    do = "split"                      # the mentions inside a quote are another thing
    entity = "Georgia"
    quote = "Atlanta, Georgia"
    into = "Georgia (United States)"
    type = "Place"
    doc = "2021-03-19-atlanta.txt"    # optional: only in this speech
    reason = "the US state"

    [[judgement]]
    do = "retype"                     # it is of another type
    entity = "Colonial"
    type = "Organisation"
    reason = "the company, not the pipeline"

    [[judgement]]
    do = "reject"                     # no such entity; or, with a quote and a predicate, no such claim
    entity = "Friday"
    reason = "a day"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from kgraph.errors import LexiconError
from kgraph.extraction.linking import entity_id
from kgraph.lexicon.spelling import words_of
from kgraph.model import Claim, Entity, Extraction, Mention

FILE_NAME = "judgements.toml"
_FIELDS = {
    "merge": ({"entities", "into"}, set()),
    "split": ({"entity", "quote", "into"}, {"type"}),
    "retype": ({"entity", "type"}, set()),
    "reject": (set(), {"entity", "quote", "predicate"}),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One correction; `where` names file and position for messages."""

    do: str
    reason: str
    where: str
    entities: tuple[str, ...] = ()
    into: str | None = None
    type: str | None = None
    quote: str | None = None
    predicate: str | None = None
    doc: str | None = None


def load_judgements(path: str | PathLike[str], types: Iterable[str]) -> tuple[Judgement, ...]:
    """Read and check a file of judgements; raises `LexiconError` naming file, entry, what was found and is allowed."""
    path = Path(path)
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("judgement", [])
    except (OSError, ValueError) as problem:
        raise LexiconError(f"{path}: cannot be read as TOML ({problem})") from problem
    return tuple(_checked(entry, f"{path.name}, judgement {n}", set(types)) for n, entry in enumerate(entries, 1))


def _checked(entry: dict, where: str, types: set[str]) -> Judgement:
    do = entry.get("do")
    if do not in _FIELDS:
        raise LexiconError(f"{where}: do = {do!r}; allowed: {', '.join(_FIELDS)}")
    needed, allowed = _FIELDS[do]
    missing = sorted((needed | {"reason"}) - set(entry))
    unknown = sorted(set(entry) - needed - allowed - {"do", "reason", "doc"})
    if missing or unknown:
        raise LexiconError(f"{where} ({do}): missing {missing or 'nothing'}, unknown {unknown or 'nothing'}")
    if do == "reject" and not {"entity", "quote"} & set(entry):
        raise LexiconError(f"{where} (reject): needs an entity or a quote")
    if "type" in entry and entry["type"] not in types:
        raise LexiconError(f"{where}: type = {entry['type']!r}; allowed: {', '.join(sorted(types))}")
    names = entry.get("entities") or ([entry["entity"]] if "entity" in entry else [])
    return Judgement(
        do,
        entry["reason"],
        where,
        tuple(names),
        entry.get("into"),
        entry.get("type"),
        entry.get("quote"),
        entry.get("predicate"),
        entry.get("doc"),
    )


def judge(extraction: Extraction, judgements: Iterable[Judgement]) -> tuple[Extraction, tuple[Judgement, ...]]:
    """The corrected extraction, and the judgements that met something in it."""
    met = []
    for judgement in judgements:
        if judgement.doc not in (None, extraction.speech.doc):
            continue
        changed = _APPLY[judgement.do](extraction, judgement)
        if changed != extraction:
            met.append(judgement)
            extraction = changed
    return extraction, tuple(met)


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(name))


def _named(extraction: Extraction, name: str) -> set[str]:
    """Ids of the entities that bear a name: id, label, or a form met in the speech."""
    wanted = _key(name)
    return {
        e.id for e in extraction.entities if e.id == name or wanted in {_key(form) for form in (e.label, *e.aliases)}
    }


def _merge(x: Extraction, j: Judgement) -> Extraction:
    ids = set().union(*(_named(x, name) for name in j.entities))
    target = next(iter(sorted(_named(x, j.into or "") & ids)), None) or next(iter(sorted(ids)), None)
    if target is None or len(ids) < 2:
        return x
    aliases = sorted({form for e in x.entities if e.id in ids for form in e.aliases})
    merged = replace(x.by_id[target], aliases=tuple(aliases))
    return _renamed(x, dict.fromkeys(ids, target), [merged], ids)


def _split(x: Extraction, j: Judgement) -> Extraction:
    ids = _named(x, j.entities[0])
    at = x.speech.text.find(j.quote or "\0")
    moved = [m for m in x.mentions if m.entity in ids and at <= m.start and m.end <= at + len(j.quote or "")]
    if at < 0 or not moved:
        return x
    kind = j.type or x.by_id[moved[0].entity].type
    known = sorted(_named(x, j.into or ""))
    new = known[0] if known else entity_id(kind, _key(j.into or ""))
    spans = {(m.start, m.end) for m in moved}
    mentions = tuple(replace(m, entity=new) if (m.start, m.end) in spans else m for m in x.mentions)
    claims = tuple(_moved(claim, spans, ids, new) for claim in x.claims)
    extra = [] if known else [Entity(new, kind, j.into or "", None, tuple(sorted({m.quote for m in moved})))]
    return _pruned(replace(x, mentions=mentions, claims=claims, entities=(*x.entities, *extra)), ids)


def _moved(claim: Claim, spans: set[tuple[int, int]], ids: set[str], new: str) -> Claim:
    evidence = claim.evidence
    if claim.subject in ids and evidence.subject in spans:
        claim = replace(claim, subject=new)
    if claim.object in ids and evidence.object in spans:
        claim = replace(claim, object=new)
    return claim


def _retype(x: Extraction, j: Judgement) -> Extraction:
    ids = _named(x, j.entities[0])
    entities = tuple(replace(e, type=j.type or e.type, subtype=None) if e.id in ids else e for e in x.entities)
    return replace(x, entities=entities) if ids else x


def _reject(x: Extraction, j: Judgement) -> Extraction:
    if j.quote:
        at = x.speech.text.find(j.quote)
        end = at + len(j.quote)
        ids = set().union(*(_named(x, name) for name in j.entities)) if j.entities else None
        claims = tuple(c for c in x.claims if at < 0 or not _hit(c, at, end, ids, j.predicate))
        return replace(x, claims=claims)
    ids = _named(x, j.entities[0])
    claims = tuple(c for c in x.claims if not {c.subject, c.object, c.claimant} & ids)
    return replace(
        x,
        entities=tuple(e for e in x.entities if e.id not in ids),
        mentions=tuple(m for m in x.mentions if m.entity not in ids),
        claims=claims,
    )


def _hit(claim: Claim, at: int, end: int, ids: set[str] | None, predicate: str | None) -> bool:
    """Whether a claim is made inside the quote (or the quote inside its evidence) and fits what else was said."""
    evidence = claim.evidence
    inside = evidence.start < end and at < evidence.end
    return (
        inside and predicate in (None, claim.predicate) and (ids is None or bool({claim.subject, claim.object} & ids))
    )


def _renamed(x: Extraction, ids: dict[str, str], new: list[Entity], old: set[str]) -> Extraction:
    def name(entity: str) -> str:
        return ids.get(entity, entity)

    mentions: tuple[Mention, ...] = tuple(replace(m, entity=name(m.entity)) for m in x.mentions)
    claims = tuple(
        replace(c, subject=name(c.subject), object=name(c.object), claimant=name(c.claimant)) for c in x.claims
    )
    entities = sorted([e for e in x.entities if e.id not in old] + new, key=lambda e: e.id)
    return replace(x, entities=tuple(entities), mentions=mentions, claims=claims)


def _pruned(x: Extraction, candidates: set[str]) -> Extraction:
    """Without those of `candidates` that nothing uses any more."""
    used = {m.entity for m in x.mentions} | {e for c in x.claims for e in (c.subject, c.object, c.claimant)}
    kept = sorted((e for e in x.entities if e.id in used or e.id not in candidates), key=lambda e: e.id)
    return replace(x, entities=tuple(kept))


_APPLY = {"merge": _merge, "split": _split, "retype": _retype, "reject": _reject}

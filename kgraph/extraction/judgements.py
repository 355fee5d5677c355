"""A user's corrections, kept in a file beside the speeches and replayed on every build.

``judgements.toml`` lists them in order; each needs a reason::

    [[judgement]]
    do = "merge"                      # several entities are one, in every speech
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

An entity is given by its id, its label, or a form in which a speech names it; `into` by a name that the lexicon knows,
an id, or a new name. What is done to one speech is done to all (unless `doc` says otherwise), so that merged entities
have one id in the whole graph. A claim that merging makes one about itself is left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from kgraph.errors import LexiconError
from kgraph.extraction.linking import entity_id
from kgraph.lexicon.load import Lexicon
from kgraph.lexicon.spelling import columns_of, words_of
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
    """One correction; `where` names file and position for messages, `known` is what the lexicon knows as `into`."""

    do: str
    reason: str
    where: str
    entities: tuple[str, ...] = ()
    into: str | None = None
    type: str | None = None
    quote: str | None = None
    predicate: str | None = None
    doc: str | None = None
    known: Entity | None = None


def load_judgements(path: str | PathLike[str], lexicon: Lexicon) -> tuple[Judgement, ...]:
    """Read and check a file of judgements; raises `LexiconError` naming file, entry, what was found and is allowed."""
    path = Path(path)
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("judgement", [])
    except (OSError, ValueError) as problem:
        raise LexiconError(f"{path}: cannot be read as TOML ({problem})") from problem
    return tuple(_checked(entry, f"{path.name}, judgement {n}", lexicon) for n, entry in enumerate(entries, 1))


def _checked(entry: dict, where: str, lexicon: Lexicon) -> Judgement:
    types = lexicon.core
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
        _known(entry["into"], lexicon) if "into" in entry else None,
    )


def _known(name: str, lexicon: Lexicon) -> Entity | None:
    """The lexicon's concept of that id or, where there is only one, of that name."""
    concepts = [lexicon.concepts[name]] if name in lexicon.concepts else []
    if not concepts:
        matches = list(lexicon.gazetteer.find(columns_of(name)))
        whole = [match for match in matches if (match.start, match.end) == (0, len(name))]
        named = {label.concept for match in whole for label in match.labels}
        concepts = [lexicon.concepts[iri] for iri in sorted(named)]
    if len(concepts) != 1:
        return None
    [found] = concepts
    return Entity(found.iri, found.type, found.label, found.subtype, (), found.identifiers)


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
    ids = set().union(*(_named(x, name) for name in (*j.entities, j.into or "")))
    if not ids:
        return x
    first = x.by_id[min(ids)]
    target = _target(x, j, j.type or first.type)
    aliases = sorted({form for e in x.entities if e.id in ids for form in e.aliases})
    return _renamed(x, dict.fromkeys(ids, target.id), [replace(target, aliases=tuple(aliases))], ids | {target.id})


def _target(x: Extraction, j: Judgement, kind: str) -> Entity:
    """The entity that `into` means: the same in every speech."""
    if j.known:
        return j.known
    new = entity_id(kind, _key(j.into or ""))
    return next((e for e in x.entities if e.id in (j.into, new)), Entity(new, kind, j.into or ""))


def _places(x: Extraction, quote: str) -> list[tuple[int, int]]:
    """Where a quote stands in a speech."""
    return [(found.start(), found.end()) for found in re.finditer(re.escape(quote), x.speech.text)]


def _split(x: Extraction, j: Judgement) -> Extraction:
    ids, places = _named(x, j.entities[0]), _places(x, j.quote or "")
    moved = [m for m in x.mentions if m.entity in ids and any(a <= m.start and m.end <= b for a, b in places)]
    if not moved:
        return x
    target = _target(x, j, j.type or x.by_id[moved[0].entity].type)
    spans = {(m.start, m.end) for m in moved}
    mentions = tuple(replace(m, entity=target.id) if (m.start, m.end) in spans else m for m in x.mentions)
    claims = tuple(_moved(claim, spans, ids, target.id) for claim in x.claims)
    forms = tuple(sorted({m.quote for m in moved} | set(target.aliases)))
    others = tuple(e for e in x.entities if e.id != target.id)
    new = replace(x, mentions=mentions, claims=claims, entities=(*others, replace(target, aliases=forms)))
    return _pruned(new, ids - {target.id})


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
        places = _places(x, j.quote)
        named = set().union(*(_named(x, name) for name in j.entities)) if j.entities else None
        kept = (c for c in x.claims if not any(_hit(c, a, b, named, j.predicate) for a, b in places))
        return replace(x, claims=tuple(kept))
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
        replace(c, subject=name(c.subject), object=name(c.object), claimant=name(c.claimant))
        for c in x.claims
        if c.subject == c.object or name(c.subject) != name(c.object)
    )
    entities = sorted([e for e in x.entities if e.id not in old] + new, key=lambda e: e.id)
    return replace(x, entities=tuple(entities), mentions=mentions, claims=claims)


def _pruned(x: Extraction, candidates: set[str]) -> Extraction:
    """Without those of `candidates` that nothing uses any more."""
    used = {m.entity for m in x.mentions} | {e for c in x.claims for e in (c.subject, c.object, c.claimant)}
    kept = sorted((e for e in x.entities if e.id in used or e.id not in candidates), key=lambda e: e.id)
    return replace(x, entities=tuple(kept))


_APPLY = {"merge": _merge, "split": _split, "retype": _retype, "reject": _reject}

"""Names as users say them -> entity ids: labels, acronyms, codes, IRIs, Wikidata ids."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, cast, runtime_checkable

from kgraph.errors import AmbiguousName, NameLookupError, QueryError
from kgraph.lexicon import LabelKind
from kgraph.query.hashed import Hashed
from kgraph.query.source import Source
from kgraph.query.template import Node, node
from kgraph.rdf.identity import entity_id
from kgraph.rdf.literals import text_literal
from kgraph.rdf.namespaces import CONCEPTS, PREFIXES, term

_WIKIDATA = re.compile(r"(?:wd:)?(Q[1-9]\d*)")
_STRENGTH = {kind: rank for rank, kind in enumerate(LabelKind)}
_FEW = 10  # names that a message lists
_CODE = 1.5  # a code is weaker than a label, stronger than a hidden one


@runtime_checkable
class Named(Protocol):
    """Anything with an entity id: an `Entity`, a row of entities."""

    @property
    def id(self) -> str: ...


Name = str | Named
AnyOf = Name | Iterable[Name]  # one name, or several that mean "any of them"


def resolve(source: Source, name: Name) -> str:
    """The id of what `name` means in this graph.

    Raises `NameLookupError` with the nearest names, `AmbiguousName` with the ids of the candidates, `QueryError` for
    what is no name.
    """
    if not isinstance(name, str):
        if isinstance(id_ := getattr(name, "id", None), str):
            return id_
        raise QueryError(f"{name!r:.100} is no name: give a string, an entity, or a row of entities")
    found = _as_id(source, name) or _in_lexicon(source, name) or _in_graph(source, name)
    if not found:
        raise unknown(f"nothing is called {name[:200]!r} here", name, known_names(source))
    if len(found) > 1:
        labels = source.labels(found)
        several = ", ".join(f"{labels[id_]} <{id_}>" for id_ in found)
        raise AmbiguousName(f"{name!r} means several things: {several}; give one of these ids", tuple(found))
    return found[0]


def resolve_any(source: Source, given: AnyOf | None) -> list[str] | None:
    """The ids of one name or several; None stays None. Raises as `resolve` does."""
    if given is None:
        return None
    one = isinstance(given, str) or hasattr(given, "id") or not isinstance(given, Iterable)
    names = cast(Iterable[Name], [given] if one else given)
    return list(dict.fromkeys(resolve(source, name) for name in names))


def unknown(problem: str, name: str, known: Iterable[str]) -> NameLookupError:
    """An error that offers the nearest of the names known, or, if there are few and none is near, all of them."""
    there = sorted(set(known))
    near = nearest(name, there)
    if near:
        return NameLookupError(f"{problem}; nearest: {', '.join(near)}", near)
    told = f"known: {', '.join(there)}" if 0 < len(there) <= _FEW else f"nothing is near, of {len(there)} names known"
    return NameLookupError(f"{problem}; {told}")


def key_of(name: str) -> str:
    """What two spellings of one name share: small letters, no article, no full stops, one space."""
    words = name.casefold().replace(".", "").replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def nearest(name: str, known: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """The closest of the names known, best first."""
    by_key: dict[str, str] = {}
    for one in sorted(known):
        by_key.setdefault(key_of(one), one)
    key = key_of(name[:200])
    close = difflib.get_close_matches(key, by_key, most, 0.6)
    within = [one for one in by_key if key and key in one.split()]
    return tuple(by_key[one] for one in dict.fromkeys([*close, *sorted(within, key=len)]))[:most]


@lru_cache(maxsize=8)
def _index(lexicon: Hashed) -> dict[str, dict[str, float]]:
    """Key of a name -> concepts, with the strength of the label (less is stronger)."""
    index: dict[str, dict[str, float]] = defaultdict(dict)
    for concept in lexicon.lexicon.concepts.values():
        named = [(label.text, float(_STRENGTH[label.kind])) for label in concept.labels]
        local = concept.iri.removeprefix(CONCEPTS)
        for text, strength in [(concept.label, 0.0), *named, *((code, _CODE) for code in concept.codes), (local, 0.0)]:
            known = index[key_of(text)]
            known[concept.iri] = min(strength, known.get(concept.iri, strength))
    return index


def _in_lexicon(source: Source, name: str) -> list[str]:
    """Concepts by their strongest label; where several bear the name, those that the graph knows go first."""
    known = _index(Hashed.of(source.lexicon)).get(key_of(name), {})
    if len(known) > 1:
        here = _mentioned(source, list(known))
        known = {iri: known[iri] for iri in here} or known
    return sorted(iri for iri, strength in known.items() if strength == min(known.values()))


def _mentioned(source: Source, ids: list[str]) -> list[str]:
    return sorted({source.id(row[0]) for row in source.rows("present", {"entity": map(source.node, ids)})})


def _as_id(source: Source, name: str) -> list[str]:
    """What an IRI, a prefixed name, an id or a Wikidata id stands for, if the lexicon or the graph knows it."""
    wikidata = _WIKIDATA.fullmatch(name)
    if wikidata:
        return _by_identifier(source, PREFIXES["wd"] + wikidata[1])
    prefix, colon, local = name.partition(":")
    absolute = local.startswith("//") or (colon and prefix == "urn")
    if not absolute and not name.startswith("entity/") and prefix not in PREFIXES:
        return []
    iri = name if absolute else PREFIXES[prefix] + local if colon else source.base + name
    id_ = entity_id(node(iri).value, source.base)
    if id_ in source.lexicon.concepts:
        return [id_]
    return _by_identifier(source, iri) or _mentioned(source, [id_])


def _by_identifier(source: Source, iri: str) -> list[str]:
    found = [concept.iri for concept in source.lexicon.concepts.values() if iri in concept.identifiers]
    return found or _called(source, [(term("skos:mappingRelation"), node(iri))])


def _in_graph(source: Source, name: str) -> list[str]:
    """What the graph calls so: by label first, then by a form met in a text."""
    for prop in ("rdfs:label", "kg:surfaceForm"):
        spellings = {text_literal(one): None for one in (name, name.title(), name.upper(), name.lower())}
        if found := _called(source, [(term(prop), one) for one in spellings]):
            return found
    return sorted(id_ for id_, label in all_labels(source).items() if key_of(label) == key_of(name))


def _called(source: Source, pairs: list[tuple[Node, ...]]) -> list[str]:
    return sorted({source.id(row[0]) for row in source.rows("called", {"pairs": pairs})})


def all_labels(source: Source) -> dict[str, str]:
    """Everything that the graph names, by id."""
    if source.store.local:
        return source.labels(id_ for id_ in source.columns.things if ":" in id_ or "/" in id_)
    return {source.id(entity): source.text(label) for entity, label in source.rows("all_labels")}


def known_names(source: Source) -> set[str]:
    """Every name that could have been meant."""
    shown = (LabelKind.PREFERRED, LabelKind.ALTERNATIVE)
    names = {label.text for c in source.lexicon.concepts.values() for label in c.labels if label.kind in shown}
    return names | set(all_labels(source).values())


def rolled_down(source: Source, ids: Iterable[str]) -> list[str]:
    """Ids with all that is narrower in the taxonomy."""
    found = dict.fromkeys(ids)
    level = list(found)
    narrower = _narrower(Hashed.of(source.lexicon))
    while level:
        level = [one for id_ in level for one in narrower.get(id_, ()) if one not in found]
        found.update(dict.fromkeys(level))
    return list(found)


@lru_cache(maxsize=8)
def _narrower(lexicon: Hashed) -> dict[str, list[str]]:
    below: dict[str, list[str]] = defaultdict(list)
    for concept in lexicon.lexicon.concepts.values():
        for above in concept.broader:
            below[above].append(concept.iri)
    return below


def rolled_up(source: Source, id_: str) -> str:
    """The broadest topic above `id_`; of several, the first by id."""
    seen = {id_}
    while concept := source.lexicon.concepts.get(id_):
        above = [one for one in sorted(concept.broader) if one in source.lexicon.concepts and one not in seen]
        if not above:
            break
        id_ = above[0]
        seen.add(id_)
    return id_

"""What questions mean in terms of predicates: read from ``ontologies/questions.toml`` and ``plover.ttl``."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kgraph import resources
from kgraph.errors import LexiconError
from kgraph.query.hashed import Hashed
from kgraph.rdf.namespaces import CONCEPTS, expand, local_name

QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
_PREFIX = CONCEPTS + "plover-"


@cache
def _questions() -> dict[str, dict[str, list[str]]]:
    with (resources.ontologies() / "questions.toml").open("rb") as file:
        return tomllib.load(file)


def meant(question: str) -> list[str]:
    """The predicates of a question, without those below them."""
    return list(_questions()[question]["predicates"])


@cache
def _plover() -> tuple[dict[str, str], dict[str, str]]:
    """Predicate -> category, and category -> quad class, by local names."""
    category: dict[str, str] = {}
    broader: dict[str, str] = {}
    with (resources.ontologies() / "plover.ttl").open("rb") as file:
        for triple in parse(file, format=RdfFormat.TURTLE):
            if not isinstance(triple.object, NamedNode):
                continue
            value = triple.object.value.removeprefix(_PREFIX)
            if triple.predicate.value == expand("kg:ploverCategory"):
                category[local_name(triple.subject.value)] = value
            elif triple.predicate.value == expand("skos:broader"):
                broader[triple.subject.value.removeprefix(_PREFIX)] = value
    return category, {name: _top(name, broader) for name in {*broader, *broader.values()}}


def _top(name: str, broader: dict[str, str]) -> str:
    while name in broader:
        name = broader[name]
    return name


def quad_of_category(category: str) -> str | None:
    """The quad class of a PLOVER category ("ACCUSE"), None where it is unknown."""
    return _plover()[1].get(category.lower())


@lru_cache(maxsize=8)
def quads_of_predicates(lexicon: Hashed) -> dict[str, str]:
    """Predicate -> quad class: by PLOVER's category, or by our own table, or by the predicate above it."""
    category, quad = _plover()
    own = {name: quad_class for quad_class, names in _questions()["quads"].items() for name in names}
    if wrong := set(_questions()["quads"]) - set(QUADS):
        raise LexiconError(f"questions.toml: [quads] has {', '.join(wrong)}; allowed: {', '.join(QUADS)}")
    found = {}
    for name, predicate in lexicon.lexicon.predicates.items():
        for one in filter(None, (name, predicate.parent)):
            if here := quad.get(category.get(one, "")) or own.get(one):
                found[name] = here
                break
    return found

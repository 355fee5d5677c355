"""Extractions -> `Figure`: the nodes, claims and speeches that a drawing shows, in a fixed order."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kgraph.lexicon import LabelKind, Lexicon
from kgraph.model import Claim, Entity, Extraction, Speech, Voice
from kgraph.rdf.canonical import canonical

MAX_NODES = 10_000


@dataclass(frozen=True, slots=True)
class Node:
    """Something named. `label` is for captions, `name` as the graph has it.

    `claims` counts the claims in which it is subject or object, before any are left out.
    """

    id: str
    label: str
    name: str
    type: str
    subtype: str | None
    aliases: tuple[str, ...]
    identifiers: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A claim with the place of its speech in `Figure.speeches`."""

    claim: Claim
    speech: int


@dataclass(frozen=True)
class Figure:
    """What is drawn: nodes by claims (most first), arcs by speech and place in it, speeches by date."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    speeches: tuple[Extraction, ...]
    names: dict[str, str]  # every id that a claim uses (claimants too) -> label
    claimants: dict[str, Entity]  # who makes the claims, as the graph has them
    omitted_nodes: int = 0
    omitted_claims: int = 0

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each node in `nodes`, by id."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    def speech(self, arc: Arc) -> Speech:
        """The speech in which a claim is made."""
        return self.speeches[arc.speech].speech

    def pairs(self) -> dict[tuple[int, int], list[int]]:
        """Places of arcs by ordered pair of nodes (values of ``hasTrend`` are not nodes)."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for place, arc in enumerate(self.arcs):
            if (end := self.index.get(arc.claim.object)) is not None:
                found[self.index[arc.claim.subject], end].append(place)
        return dict(found)

    @cached_property
    def digest(self) -> str:
        """Hash of all that is shown, in hex: two figures with the same digest show the same."""
        total = hashlib.sha256()
        for part in (self.nodes, self.arcs, tuple(e.speech.sha256 for e in self.speeches), self.omitted_claims):
            total.update(repr(part).encode("utf-8", "surrogatepass"))
        return total.hexdigest()


def figure(extractions: Iterable[Extraction], lexicon: Lexicon, *, max_nodes: int = MAX_NODES) -> Figure:
    """Collect what is drawn; of more than `max_nodes` nodes the most claimed are kept, the rest is counted.

    Claims that say the same at the same place are drawn once, as in RDF. Raises `GraphError` where an extraction
    contradicts itself (a quotation that is not in the text, an entity that is missing).
    """
    speeches = tuple(sorted(map(canonical, extractions), key=lambda e: (e.speech.date or "", e.speech.doc)))
    entities = _entities(speeches)
    arcs = [Arc(claim, place) for place, found in enumerate(speeches) for claim in found.claims]
    weights = Counter(end for arc in arcs for end in {arc.claim.subject, arc.claim.object} if end in entities)
    nodes = sorted(
        (_node(entities[id_], lexicon, count) for id_, count in weights.items()),
        key=lambda node: (-node.claims, node.label, node.id),
    )
    kept = {node.id for node in nodes[:max_nodes]}
    shown = [a for a in arcs if a.claim.subject in kept and (a.claim.object in kept or a.claim.object not in entities)]
    claimants = {id_: entities[id_] for id_ in sorted({a.claim.claimant for a in shown} & entities.keys())}
    labels = {id_: _label(entity, lexicon) for id_, entity in claimants.items()}
    labels |= _narrators(shown, speeches)
    return Figure(
        nodes=tuple(nodes[:max_nodes]),
        arcs=tuple(shown),
        speeches=speeches,
        names=labels | {node.id: node.label for node in nodes[:max_nodes]},
        claimants=claimants,
        omitted_nodes=max(0, len(nodes) - max_nodes),
        omitted_claims=len(arcs) - len(shown),
    )


def _narrators(arcs: Sequence[Arc], speeches: Sequence[Extraction]) -> dict[str, str]:
    """Names for those who tell of a speech: by its date, where there is no other speech of that day."""
    days = Counter(e.speech.date for e in speeches)
    told = {arc.claim.claimant: speeches[arc.speech].speech for arc in arcs if arc.claim.voice is Voice.NARRATOR}
    return {id_: f"Narrator, {s.date if s.date and days[s.date] == 1 else s.doc}" for id_, s in told.items()}


def _entities(speeches: Sequence[Extraction]) -> dict[str, Entity]:
    """One entity an id: the commonest label, type and subtype; all aliases and identifiers."""
    met: dict[str, list[Entity]] = defaultdict(list)
    for extraction in speeches:
        for entity in extraction.entities:
            met[entity.id].append(entity)
    return {id_: _merged(same) for id_, same in met.items()}


def _merged(same: list[Entity]) -> Entity:
    first = same[0]
    if len(same) == 1:
        return first
    return Entity(
        id=first.id,
        type=_commonest([e.type for e in same]),
        label=_commonest([e.label for e in same]),
        subtype=_commonest([e.subtype for e in same if e.subtype]) if any(e.subtype for e in same) else None,
        aliases=tuple(sorted({alias for e in same for alias in e.aliases})),
        identifiers=tuple(sorted({iri for e in same for iri in e.identifiers})),
    )


def _commonest(values: list[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _label(entity: Entity, lexicon: Lexicon) -> str:
    """The lexicon's label or the text's, beginning with a capital, as a caption does."""
    concept = lexicon.concepts.get(entity.id)
    label = concept.label if concept else entity.label or entity.id
    return label[:1].upper() + label[1:] if label[:1].islower() and len(label[:1].upper()) == 1 else label


def _node(entity: Entity, lexicon: Lexicon, claims: int) -> Node:
    label = _label(entity, lexicon)
    aliases = set(entity.aliases) | ({entity.label} if entity.label else set())
    identifiers = set(entity.identifiers)
    if concept := lexicon.concepts.get(entity.id):
        aliases |= {name.text for name in concept.labels if name.kind is LabelKind.ALTERNATIVE}
        identifiers |= set(concept.identifiers)
    return Node(
        id=entity.id,
        label=label,
        name=entity.label,
        type=entity.type,
        subtype=entity.subtype if entity.subtype != entity.type else None,
        aliases=tuple(sorted(alias for alias in aliases if alias.casefold() != label.casefold())),
        identifiers=tuple(sorted(identifiers)),
        claims=claims,
    )

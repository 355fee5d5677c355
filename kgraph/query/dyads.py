"""State to state: what one is said to do to another, in the quad classes of PLOVER."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgraph.columns import Columns
from kgraph.columns.tables import MODALITIES
from kgraph.model import Modality, Polarity
from kgraph.query.filters import Filters, Unpack, classes, selected
from kgraph.query.hashed import Hashed
from kgraph.query.meanings import QUADS, quad_of_category, quads_of_predicates
from kgraph.query.rows import Names
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.tally import groups
from kgraph.table import Table

MATERIAL_WEIGHT = 2  # deeds count twice as much as words, in the order of Goldstein's scale (1992)
_FIELDS = tuple(quad.replace("-", "_") for quad in QUADS)
_ASSERTED = MODALITIES.index(Modality.ASSERTED)


@dataclass(frozen=True, slots=True)
class DyadRow:
    """Claims on what `source` does to `target`, by quad class, and the index of hostility (-1 to 1)."""

    source: str
    target: str
    claims: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    hostility: float
    source_id: str
    target_id: str


def dyads(
    graph: Graph, *, between: str = "State", both_ways: bool = False, **filters: Unpack[Filters]
) -> Table[DyadRow]:
    """Pairs of states with counts of claims in PLOVER's quad classes, most claimed first.

    The class of a claim is that of its PLOVER category, else that of its predicate (``ontologies/plover.ttl``,
    ``questions.toml``); claims without one are left out. A material class becomes the verbal one where the claim is not
    asserted. Only affirmed claims count, unless `polarity` says otherwise. `between` is the class of both ends;
    with `both_ways` a pair counts once, whoever acts.

    The index of hostility is (conflict - cooperation) / (conflict + cooperation), where a verbal claim counts 1 and a
    material one 2: -1 only cooperation, 1 only conflict. It measures what is *said*. The classes are those of PLOVER
    (https://github.com/openeventdata/PLOVER); that deeds weigh more than words follows the scale of
    Goldstein (1992, doi:10.1177/0022002792036002007); the weight of 2 is a convention of ours.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> all(-1 <= row.hostility <= 1 for row in kg.dyads())
    True
    """
    source = source_of(graph)
    usual: Filters = {"polarity": Polarity.AFFIRMED}
    selection = selected(source, {**usual, **filters})  # type: ignore[typeddict-unknown-key]
    columns, rows = source.find(selection)
    claims = columns.claims
    rows = rows[_ends_are(source, columns, rows, classes(source, between) or [])]
    quad = quads(source, columns, rows)
    rows, quad = rows[quad >= 0], quad[quad >= 0]
    one, other = claims.subject[rows], claims.object[rows]
    if both_ways:
        one, other = np.minimum(one, other), np.maximum(one, other)
    names = Names(source, columns, (one, other))
    found = []
    for (first, second), part in groups([one, other]):
        counts = np.bincount(quad[part], minlength=len(QUADS)).tolist()
        number = dict(zip(_FIELDS, counts, strict=True))
        found.append(
            DyadRow(
                source=names.label[first],
                target=names.label[second],
                claims=len(part),
                **number,
                hostility=hostility(**number),
                source_id=names.id[first],
                target_id=names.id[second],
            )
        )
    return Table.of(DyadRow, sorted(found, key=lambda row: (-row.claims, row.source, row.target, row.source_id)))


def hostility(
    verbal_cooperation: int, material_cooperation: int, verbal_conflict: int, material_conflict: int
) -> float:
    """The index of hostility of `dyads`, 0 where nothing is counted.

    >>> hostility(2, 0, 0, 1)
    0.0
    """
    conflict = verbal_conflict + MATERIAL_WEIGHT * material_conflict
    cooperation = verbal_cooperation + MATERIAL_WEIGHT * material_cooperation
    total = conflict + cooperation
    return round((conflict - cooperation) / total, 4) if total else 0.0


def quads(source: Source, columns: Columns, rows: np.ndarray) -> np.ndarray:
    """Place in `QUADS` of each claim at `rows`, -1 where it has none."""
    of_predicate = quads_of_predicates(Hashed.of(source.lexicon))
    by_predicate = np.array([_place(of_predicate.get(name)) for name in (*columns.predicates, "")])
    by_category = np.array([_place(quad_of_category(name)) for name in columns.categories])
    claims = columns.claims
    category = by_category[claims.plover[rows]]
    quad = np.where(category >= 0, category, by_predicate[claims.predicate[rows]])
    said = claims.modality[rows] != _ASSERTED
    verbal = np.array([_place(QUADS[place].replace("material", "verbal")) for place in range(len(QUADS))] + [-1])
    return np.where(said, verbal[quad], quad)


def _place(quad: str | None) -> int:
    return QUADS.index(quad) if quad in QUADS else -1


def _ends_are(source: Source, columns: Columns, rows: np.ndarray, types: list[str]) -> np.ndarray:
    """Whether both ends of each claim have one of the classes, and are two."""
    meant = np.zeros(len(columns.things) + 1, dtype=bool)
    meant[[columns.place_of[id_] for id_ in source.of_type(columns, types)]] = True
    one, other = columns.claims.subject[rows], columns.claims.object[rows]
    return meant[one] & meant[other] & (one != other)

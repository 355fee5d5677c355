"""Claims as a network: for networkx, and measured by a library that is fast at 50,000 edges."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from kgraph.columns import Columns
from kgraph.columns.tables import MODALITIES, POLARITIES, VOICES
from kgraph.errors import MissingExtra, QueryError
from kgraph.model import Modality, Polarity
from kgraph.query.dyads import dyads
from kgraph.query.filters import Filters, Narrowing, Unpack, classes, positive, selected
from kgraph.query.rows import Names
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.tally import groups, quote
from kgraph.table import Table

if TYPE_CHECKING:
    import networkx

MEASURES = ("pagerank", "betweenness", "closeness", "degree", "in_degree", "out_degree")


@dataclass(frozen=True, slots=True)
class CentralRow:
    """A thing with its place in the network by a measure (`score`), and its number of claims."""

    thing: str
    type: str
    score: float
    claims: int
    thing_id: str


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """Things that claims tie closely, by number of claims; `inside` is the share of their claims among themselves."""

    community: int
    size: int
    inside: float
    members: tuple[str, ...]
    members_id: tuple[str, ...]


def to_networkx(graph: Graph, projected: bool = False, **filters: Unpack[Filters]) -> networkx.MultiDiGraph:
    """The claims as a `networkx.MultiDiGraph` whose keys are IRIs of claims, or `projected` to a `networkx.DiGraph`.

    Nodes are ids with `label`, `type`, `subtype`. An edge is a claim with `predicate`, `polarity`, `modality`, `voice`,
    `claimant`, `confidence`, `date`, `doc`, `start`, `end`, `quote`; projected, it has `claims` (their number, also as
    `weight`) and `predicates`, and only affirmed and asserted claims count, unless the filters say otherwise. Trends
    ("rising") are no things, so they are no edges.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> network = kg.to_networkx()
    >>> all("quote" in data for _, _, data in network.edges(data=True))
    True
    """
    import networkx

    source = source_of(graph)
    columns, rows = _edges(source, _usual(filters) if projected else filters)
    claims = columns.claims
    names = Names(source, columns, (claims.subject[rows], claims.object[rows], claims.claimant[rows]))
    network = networkx.DiGraph() if projected else networkx.MultiDiGraph()
    met = np.unique(np.concatenate([claims.subject[rows], claims.object[rows]])).tolist()
    kinds = source.kinds(names.id[place] for place in met)
    for place in met:
        kind = kinds.get(names.id[place])
        known = {"type": kind.type, "subtype": kind.subtype or ""} if kind else {"type": "", "subtype": ""}
        network.add_node(names.id[place], label=names.label[place], **known)
    (_add_pairs if projected else _add_claims)(network, columns, rows, names)
    return network


def _add_claims(network: Any, columns: Columns, rows: np.ndarray, names: Names) -> None:
    claims, sentences = columns.claims, columns.sentences
    for row in rows.tolist():
        sentence = int(claims.sentence[row])
        header = columns.speeches[int(sentences.speech[sentence])]
        network.add_edge(
            names.id[int(claims.subject[row])],
            names.id[int(claims.object[row])],
            key=claims.iri[row],
            predicate=columns.predicates[int(claims.predicate[row])],
            polarity=POLARITIES[int(claims.polarity[row])].value,
            modality=MODALITIES[int(claims.modality[row])].value,
            voice=VOICES[int(claims.voice[row])].value,
            claimant=names.id[int(claims.claimant[row])],
            confidence=float(claims.confidence[row]),
            date=header.date or "",
            doc=header.doc,
            start=int(sentences.start[sentence]),
            end=int(sentences.end[sentence]),
            quote=quote(columns, row),
        )


def _add_pairs(network: Any, columns: Columns, rows: np.ndarray, names: Names) -> None:
    claims = columns.claims
    for (subject, target), part in groups([claims.subject[rows], claims.object[rows]]):
        predicates = Counter(columns.predicates[place] for place in claims.predicate[rows[part]].tolist())
        told = ", ".join(name for name, _ in sorted(predicates.items(), key=lambda item: (-item[1], item[0])))
        network.add_edge(names.id[subject], names.id[target], weight=len(part), claims=len(part), predicates=told)


def signed_network(graph: Graph, between: str = "State", **filters: Unpack[Filters]) -> networkx.Graph:
    """States (or another class) as an undirected `networkx.Graph` of friends and foes.

    `sign` is 1 where what is said of two is more cooperative, -1 where it is more hostile; `hostility` and `claims` are
    those of `dyads`. Balanced pairs have no edge.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> {data["sign"] for _, _, data in kg.signed_network().edges(data=True)} <= {-1, 1}
    True
    """
    import networkx

    network = networkx.Graph()
    for row in dyads(graph, between=between, both_ways=True, **filters):
        if row.hostility:
            network.add_node(row.source_id, label=row.source)
            network.add_node(row.target_id, label=row.target)
            sign = -1 if row.hostility > 0 else 1
            network.add_edge(row.source_id, row.target_id, sign=sign, hostility=row.hostility, claims=row.claims)
    return network


def central(
    graph: Graph, measure: str = "pagerank", *, type: str | None = None, most: int = 20, **filters: Unpack[Narrowing]
) -> Table[CentralRow]:
    """The most central things in the projected network of affirmed, asserted claims, by one of `MEASURES`.

    Edges are weighted by claims in PageRank; the other measures go by edges. `type` keeps things of a class in the
    answer, not in the network. Raises `QueryError` for an unknown measure.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> len(kg.central("degree", most=3))
    3
    """
    if measure not in MEASURES:
        raise QueryError(f"{measure!r} is no measure; allowed: {', '.join(MEASURES)}")
    positive(most=most)
    source = source_of(graph)
    wanted = classes(source, type)
    columns, rows = _edges(source, _usual(filters))
    network, places = _rustworkx(columns, rows)
    scores = _scores(network, measure)
    claims = np.bincount(columns.claims.subject[rows], minlength=len(columns.things) + 1)
    claims += np.bincount(columns.claims.object[rows], minlength=len(columns.things) + 1)
    ids = [columns.things[place] for place in places]
    kinds, labels = source.kinds(ids), source.labels(ids)
    found = []
    for node, id_ in enumerate(ids):
        kind = kinds.get(id_)
        name = (kind.subtype or kind.type) if kind else ""
        if wanted is None or name in wanted:
            found.append(CentralRow(labels[id_], name, round(scores[node], 8), int(claims[places[node]]), id_))
    return Table.of(CentralRow, sorted(found, key=lambda row: (-row.score, row.thing, row.thing_id))[:most])


def _scores(network: Any, measure: str) -> dict[int, float]:
    rustworkx = _library("rustworkx")
    if measure == "pagerank":
        return dict(rustworkx.pagerank(network, weight_fn=float))
    if measure == "betweenness":
        return dict(rustworkx.digraph_betweenness_centrality(network, parallel_threshold=10**9))
    if measure == "closeness":
        return dict(rustworkx.digraph_closeness_centrality(network, parallel_threshold=10**9))
    ends = {"in_degree": (network.in_degree,), "out_degree": (network.out_degree,)}
    counted = ends.get(measure, (network.in_degree, network.out_degree))
    return {node: float(sum(count(node) for count in counted)) for node in network.node_indices()}


def communities(
    graph: Graph, *, resolution: float = 1.0, seed: int = 0, least: int = 2, **filters: Unpack[Filters]
) -> Table[CommunityRow]:
    """Groups of things that claims tie more closely than chance would, largest first (by the Leiden algorithm).

    The network is that of `central`, undirected, weighted by claims. `resolution` above 1 gives more and smaller
    groups; groups of fewer than `least` members are left out. The same seed gives the same groups.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.communities()[0].size >= 2
    True
    """
    positive(least=least)
    source = source_of(graph)
    columns, rows = _edges(source, _usual(filters))
    subject, target = columns.claims.subject[rows], columns.claims.object[rows]
    parts = _grouped(subject, target, resolution, seed)
    member = np.full(len(columns.things) + 1, -1)
    for place, part in enumerate(parts):
        member[part] = place
    claims = np.bincount(subject, minlength=len(columns.things) + 1)
    claims += np.bincount(target, minlength=len(columns.things) + 1)
    found = []
    for place, part in enumerate(parts):
        if len(part) < least:
            continue
        order = sorted(part, key=lambda thing: (-claims[thing], columns.things[thing]))
        ids = tuple(columns.things[thing] for thing in order)
        touched, kept = (member[subject] == place) | (member[target] == place), member[subject] == member[target]
        inside = float((touched & kept).sum() / max(1, touched.sum()))
        names = source.labels(ids)
        found.append((len(ids), round(inside, 4), tuple(names[id_] for id_ in ids), ids))
    found.sort(key=lambda row: (-row[0], row[3]))
    return Table.of(CommunityRow, (CommunityRow(number, *row) for number, row in enumerate(found, 1)))


def _grouped(subject: np.ndarray, target: np.ndarray, resolution: float, seed: int) -> list[list[int]]:
    """Leiden (Traag et al. 2019, doi:10.1038/s41598-019-41695-z) on the undirected, weighted network."""
    edges = [
        (str(one), str(other), float(len(part)))
        for (one, other), part in groups([np.minimum(subject, target), np.maximum(subject, target)])
        if one != other
    ]
    if not edges:
        return []
    _, group_of = _library("graspologic_native").leiden(edges, resolution=resolution, seed=seed)
    found: dict[int, list[int]] = defaultdict(list)
    for thing, group in group_of.items():
        found[group].append(int(thing))
    return [sorted(part) for _, part in sorted(found.items())]


def _usual(filters: Narrowing) -> Filters:
    """Affirmed and asserted claims, unless the filters say otherwise."""
    usual: Filters = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED}
    return cast(Filters, {**usual, **filters})


def _edges(source: Source, filters: Filters) -> tuple[Columns, np.ndarray]:
    """Claims between things: a trend is a word."""
    columns, rows = source.find(selected(source, filters))
    thing = np.array([*(":" in id_ or "/" in id_ for id_ in columns.things), False], dtype=bool)
    return columns, rows[thing[columns.claims.object[rows]]]


def _rustworkx(columns: Columns, rows: np.ndarray) -> tuple[Any, list[int]]:
    """The projected network with numbers of claims on its edges, and the thing at each of its nodes."""
    claims = columns.claims
    places = np.unique(np.concatenate([claims.subject[rows], claims.object[rows]])).tolist()
    node = {place: index for index, place in enumerate(places)}
    network = _library("rustworkx").PyDiGraph()
    network.add_nodes_from(places)
    pairs = groups([claims.subject[rows], claims.object[rows]])
    network.add_edges_from([(node[one], node[other], len(part)) for (one, other), part in pairs])
    return network, places


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as problem:
        raise MissingExtra(f"measures of networks need {name}: pip install 'kgraph[network]'") from problem

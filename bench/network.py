"""Measures of a network of 50,000 edges: networkx against what is used instead."""

from __future__ import annotations

import random
from collections import Counter

import networkx

from bench.clock import once

NODES, EDGES = 10_000, 50_000


def network() -> Counter[tuple[int, int]]:
    """Weighted edges where few nodes have many, always the same."""
    chance, met = random.Random(1), list(range(200))
    edges: Counter[tuple[int, int]] = Counter()
    for _ in range(EDGES):
        ends = tuple(chance.choice(met) if chance.random() < 0.6 else chance.randrange(NODES) for _ in range(2))
        edges[ends] += ends[0] != ends[1]
        met += ends
    return +edges


def main() -> int:
    """Print the ratios."""
    import graspologic_native
    import rustworkx

    edges = network()
    slow = networkx.DiGraph()
    slow.add_weighted_edges_from((one, other, n) for (one, other), n in edges.items())
    fast = rustworkx.PyDiGraph()
    fast.add_nodes_from(range(NODES))
    fast.add_edges_from([(one, other, n) for (one, other), n in edges.items()])
    together = networkx.Graph()
    for (one, other), n in edges.items():
        before = together.get_edge_data(one, other, {"weight": 0})["weight"]
        together.add_edge(one, other, weight=before + n)
    pairs = [(str(one), str(other), float(n)) for one, other, n in together.edges(data="weight")]
    _told(
        "pagerank: networkx, rustworkx",
        once(lambda: networkx.pagerank(slow))[0],
        once(lambda: rustworkx.pagerank(fast, weight_fn=float))[0],
    )
    _told(
        "communities: Louvain of networkx, Leiden of graspologic-native",
        once(lambda: networkx.community.louvain_communities(together, seed=0))[0],
        once(lambda: graspologic_native.leiden(pairs, seed=0))[0],
    )
    return 0


def _told(what: str, theirs: float, ours: float) -> None:
    print(f"{what}: {theirs * 1000:.0f} ms, {ours * 1000:.0f} ms, {theirs / ours:.0f} times")

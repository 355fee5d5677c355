"""How a threat is said to develop: candidates from trend frames, their features, what negation makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgraph.extraction.claims.matching import Hit
from kgraph.extraction.claims.scope import Scope
from kgraph.model import Trend

_NEAR = 1  # steps up the parse within which "not" turns a trend round


def find_trends(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits whose frame says a trend."""
    return (hit for hit in hits if hit.frame.trend is not None)


def trend_of(hit: Hit, scope: Scope) -> Trend:
    """The trend said: "not decreasing" is persisting, "no longer growing" too."""
    trend = hit.frame.trend
    assert trend is not None
    if any(c.category == "negated" and c.step <= _NEAR for c in scope.cues_at(hit.trigger)):
        return Trend.PERSISTING if trend is not Trend.PERSISTING else Trend.FALLING
    return trend


def trend_features(hit: Hit, trend: Trend, scope: Scope) -> list[str]:
    """Names of the features of one trend."""
    assert hit.subject is not None
    tree, kind = scope.tree, hit.subject.type[:3]
    lemma = tree.lemma[hit.trigger]
    found = [
        f"w={lemma}",
        f"g={hit.frame.id.split(':')[0]}|{kind}",
        f"t={kind}",
        f"v={trend}",
        f"slot={hit.subject_slot}",
    ]
    found += [f"tag={tree.tag[hit.trigger]}|{hit.frame.kind}", f"r={hit.subject.route}", f"d={tree.dep[hit.trigger]}"]
    found += [f"n={tree.lemma[hit.subject.token]}", f"m={kind}|{trend}"]
    found += [f"c={c.category}@{min(c.step, 2)}" for c in scope.cues_at(hit.trigger)]
    return list(dict.fromkeys(found))

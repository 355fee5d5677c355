"""Draws docs/reliability.png: how many claims of a confidence are right.

python docs/make_reliability.py NAME=GOLD_FOLDER...
"""

from __future__ import annotations

import sys
from pathlib import Path

import altair as alt

import kgraph
from kgraph.evaluation import evaluate, read_gold
from kgraph.lexicon import load_lexicon

PICTURE = Path(__file__).parent / "reliability.png"
LEAST = 0.05


def rows(name: str, folder: str) -> list[dict[str, object]]:
    """One row a tenth of confidence."""
    gold = {path.name: record for path, record in read_gold(folder)}
    symmetric = frozenset(name for name, p in load_lexicon().predicates.items() if p.symmetric)
    texts = [Path(folder) / doc for doc in gold]
    result = evaluate(kgraph.extract(texts, min_confidence=LEAST, progress=False), gold, symmetric)
    return [
        {"speeches": name, "confidence": tenth / 10 + 0.05, "right": n[True] / n.total(), "claims": n.total()}
        for tenth, n in sorted(result.reliability.items())
    ]


def main(given: list[str]) -> None:
    data = alt.Data(values=[row for one in given for row in rows(*one.split("=", 1))])
    axis = alt.Scale(domain=[0, 1])
    ideal = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(color="#999", strokeDash=[4, 4])
    found = alt.Chart(data).encode(
        x=alt.X("confidence:Q", scale=axis, title="confidence of the claim"),
        y=alt.Y("right:Q", scale=axis, title="share that is in the annotations"),
        color=alt.Color("speeches:N", scale=alt.Scale(range=["#0072B2", "#D55E00", "#009E73"])),
    )
    points = found.mark_point(filled=True).encode(size=alt.Size("claims:Q", scale=alt.Scale(range=[20, 300])))
    chart = (ideal.encode(x="x:Q", y="y:Q") + found.mark_line() + points).properties(width=420, height=420)
    chart.save(PICTURE, scale_factor=1.5)


if __name__ == "__main__":
    main(sys.argv[1:])

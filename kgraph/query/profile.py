"""All about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np

from kgraph.columns import Columns
from kgraph.lexicon import LabelKind
from kgraph.query.counts import Named, mention_counts
from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.names import Name, resolve
from kgraph.query.rows import ClaimRow, claim_table
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.timeline import PeriodRow, timeline
from kgraph.rdf.namespaces import expand
from kgraph.table import Table

_SHOWN = (LabelKind.PREFERRED, LabelKind.ALTERNATIVE)


@dataclass(frozen=True, slots=True)
class Profile:
    """A thing as the lexicon and the graph know it. `claims_out` are those of which it is the subject."""

    id: str
    label: str
    type: str
    subtype: str | None
    definition: str | None
    aliases: tuple[str, ...]
    identifiers: tuple[str, ...]
    mentions: int
    speeches: int
    claims_out: Table[ClaimRow]
    claims_in: Table[ClaimRow]
    says: int  # claims made by it
    trends: tuple[tuple[str, int], ...]  # for a threat: how it is said to develop
    by_year: Table[PeriodRow]

    def _repr_html_(self) -> str:
        facts = [("class", self.subtype or self.type), ("also called", ", ".join(self.aliases[:20]))]
        facts += [("identifiers", ", ".join(self.identifiers)), ("definition", self.definition or "")]
        facts += [("mentions", f"{self.mentions} in {self.speeches} speeches"), ("claims made by it", str(self.says))]
        lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
        tables = "".join(
            f"<h4>{title} ({len(table)})</h4>{table._repr_html_()}"
            for title, table in (("Claims of it", self.claims_out), ("Claims on it", self.claims_in))
        )
        return f"<h3>{escape(self.label)}</h3><dl>{lines}</dl>{tables}"


def entity(graph: Graph, name: Name, **filters: Unpack[Filters]) -> Profile:
    """The profile of what `name` means. Raises `NameLookupError` if it means nothing here.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> kg.entity("CIS").label
    'Commonwealth of Independent States'
    """
    source = source_of(graph)
    id_ = resolve(source, name)
    selection = selected(source, filters)
    columns, rows = source.find(selection.and_(about=[id_]))
    place = columns.place_of.get(id_, -1)
    out = rows[columns.claims.subject[rows] == place]
    into = rows[columns.claims.object[rows] == place]
    _, by = source.find(selection.and_(claimant=[id_]))
    counts = mention_counts(source, selection).get(id_, Named())
    kind = source.kinds([id_]).get(id_)
    concept = source.lexicon.concepts.get(id_)
    aliases, identifiers = _forms(source, id_)
    return Profile(
        id=id_,
        label=kind.label if kind else id_,
        type=kind.type if kind else "",
        subtype=kind.subtype if kind else None,
        definition=concept.definition if concept else None,
        aliases=aliases,
        identifiers=identifiers,
        mentions=counts.mentions,
        speeches=counts.speeches,
        claims_out=claim_table(source, columns, out),
        claims_in=claim_table(source, columns, into),
        says=len(by),
        trends=_trends(columns, out),
        by_year=timeline(source, _Id(id_), **filters),
    )


@dataclass(frozen=True)
class _Id:
    id: str


def _forms(source: Source, id_: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Other names and identifiers, of the lexicon and of the texts, sorted."""
    names: set[str] = set()
    identifiers: set[str] = set()
    if concept := source.lexicon.concepts.get(id_):
        names |= {label.text for label in concept.labels if label.kind in _SHOWN}
        identifiers |= set(concept.identifiers)
    for prop, value in source.rows("forms", {"entity": source.node(id_)}):
        known = names if source.text(prop) == expand("kg:surfaceForm") else identifiers
        known.add(source.text(value))
    return tuple(sorted(names)), tuple(sorted(identifiers))


def _trends(columns: Columns, rows: np.ndarray) -> tuple[tuple[str, int], ...]:
    """Values of trends with the number of affirmed claims for each; they are words, not things."""
    places, counts = np.unique(columns.claims.object[rows], return_counts=True)
    words = ((columns.things[place], int(n)) for place, n in zip(places.tolist(), counts.tolist(), strict=True))
    return tuple((word, n) for word, n in words if ":" not in word and "/" not in word)

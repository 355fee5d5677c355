"""All about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from kgraph.columns import Columns
from kgraph.lexicon import LabelKind
from kgraph.query.counts import mentions_of
from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.names import Name, resolve
from kgraph.query.rows import ClaimRow, claim_table
from kgraph.query.selection import Selection
from kgraph.query.source import Graph, Source, source_of
from kgraph.query.timeline import PeriodRow, timeline
from kgraph.rdf.namespaces import expand
from kgraph.table import Table, counted

_SHOWN = (LabelKind.PREFERRED, LabelKind.ALTERNATIVE)
_ALIASES = 20  # that are shown


@dataclass(frozen=True, slots=True)
class NamedInRow:
    """A speech that names a thing, with how often."""

    date: str | None
    doc: str
    title: str | None
    speaker: str | None
    mentions: int
    speech_id: str


@dataclass(frozen=True, slots=True, repr=False)
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
    named_in: Table[NamedInRow]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, tables as lists of dictionaries."""
        [row] = Table.of(Profile, [self]).to_dicts()
        return row

    def facts(self) -> list[tuple[str, str]]:
        """What is known apart from the tables, as text under short names."""
        trends = ", ".join(f"{word} ({count})" for word, count in self.trends)
        found = [("class", self.subtype or self.type), ("also called", ", ".join(self.aliases[:_ALIASES]))]
        found += [("identifiers", ", ".join((self.id, *self.identifiers))), ("definition", self.definition or "")]
        found += [("mentions", f"{self.mentions} in {counted(self.speeches, 'speech', 'speeches')}")]
        found += [("said to be", trends), ("claims made by it", str(self.says))]
        return [(name, text) for name, text in found if text]

    def tables(self) -> list[tuple[str, Table[Any]]]:
        """The tables under their titles, without empty ones."""
        found = [("claims of it", self.claims_out), ("claims on it", self.claims_in), ("by year", self.by_year)]
        return [(title, table) for title, table in [*found, ("named in", self.named_in)] if len(table)]

    def __repr__(self) -> str:
        facts = [f"  {name}: {text}" for name, text in self.facts()]
        tables = [f"{title} ({len(table)})\n{table!r}" for title, table in self.tables()]
        return "\n".join([self.label, *facts, *tables])

    def _repr_html_(self) -> str:
        lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in self.facts())
        parts = (f"<h4>{title} ({len(table)})</h4>{table._repr_html_()}" for title, table in self.tables())
        return f"<h3>{escape(self.label)}</h3><dl>{lines}</dl>{''.join(parts)}"


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
    named_in = _named_in(source, selection, id_)
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
        mentions=sum(row.mentions for row in named_in),
        speeches=len(named_in),
        claims_out=claim_table(source, columns, out),
        claims_in=claim_table(source, columns, into),
        says=len(by),
        trends=_trends(columns, out),
        by_year=timeline(source, _Id(id_), **filters),
        named_in=named_in,
    )


@dataclass(frozen=True)
class _Id:
    id: str


def _named_in(source: Source, selection: Selection, id_: str) -> Table[NamedInRow]:
    """The speeches that name a thing, in the order of time."""
    counts = mentions_of(source, selection, id_)
    return Table.of(
        NamedInRow,
        (
            NamedInRow(header.date, header.doc, header.title, header.speaker, counts[iri], iri)
            for iri, header in source.speeches.items()
            if iri in counts
        ),
    )


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

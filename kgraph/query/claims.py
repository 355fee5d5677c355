"""Claims with their sentences, by who, what, when and how."""

from __future__ import annotations

from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.names import Name, resolve
from kgraph.query.rows import ClaimRow, claim_table
from kgraph.query.source import Graph, source_of
from kgraph.table import Table


def claims(
    graph: Graph,
    *,
    subject: Name | None = None,
    object: Name | None = None,
    about: Name | None = None,
    **filters: Unpack[Filters],
) -> Table[ClaimRow]:
    """Claims of `subject` and on `object`, or on either end (`about`), by date and place in the text.

    Names are as users say them. See `Filters` for the rest. Raises `NameLookupError` for unknown names.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> {row.predicate for row in kg.claims(predicate="threatens")}
    {'threatens'}
    """
    source = source_of(graph)
    ends = {"subject": subject, "object": object, "about": about}
    given = {name: None if value is None else [resolve(source, value)] for name, value in ends.items()}
    return claim_table(source, *source.find(selected(source, filters).and_(**given)))

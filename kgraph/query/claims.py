"""Claims with their sentences, by who, what, when and how."""

from __future__ import annotations

from kgraph.query.filters import Filters, Unpack, selected
from kgraph.query.names import AnyOf, resolve_any
from kgraph.query.rows import ClaimRow, claim_table
from kgraph.query.source import Graph, source_of
from kgraph.table import Table


def claims(
    graph: Graph,
    *,
    subject: AnyOf | None = None,
    object: AnyOf | None = None,
    about: AnyOf | None = None,
    **filters: Unpack[Filters],
) -> Table[ClaimRow]:
    """Claims of `subject` and on `object`, or on either end (`about`), by date and place in the text.

    Names are as users say them; several in a list mean "any of them". See `Filters` for the rest. Raises
    `NameLookupError` for unknown names.

    >>> import kgraph
    >>> kg = kgraph.build("seeds/", progress=False)
    >>> {row.predicate for row in kg.claims(predicate="threatens")}
    {'threatens'}
    """
    source = source_of(graph)
    given = {"subject": subject, "object": object, "about": about}
    ends = {name: resolve_any(source, value) for name, value in given.items()}
    return claim_table(source, *source.find(selected(source, filters).and_(**ends)))

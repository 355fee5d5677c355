"""Commands that ask a graph: each is a call of the method of the same name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.commands.options import FILTERS, FORM, LIMIT, Group, Ontology, Words, with_options
from kgraph.commands.tables import form_of, show

if TYPE_CHECKING:
    from kgraph.graph import KnowledgeGraph

Where = Annotated[
    str, typer.Argument(help="A graph: a file (.ttl, .trig, .nq ...), a folder, or the address of a SPARQL endpoint.")
]
Name = Annotated[str, typer.Argument(help="A name as people say it, an IRI, or a Wikidata id.")]
About = Annotated[Words, typer.Option(help="Either end; may be repeated.", show_default=False)]
To = Annotated[Words, typer.Option(help="Who is in danger; may be repeated.", show_default=False)]
Most = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
Ask = Callable[..., Any]
_WHERE = inspect.Parameter("graph", inspect.Parameter.KEYWORD_ONLY, annotation=Where)
_COMMANDS: list[tuple[Callable[..., None], str]] = []


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command, example in _COMMANDS:
        app.command(epilog=f"Example: {example}", rich_help_panel="Ask a graph")(command)


def asks(example: str, filters: Group = FILTERS) -> Callable[[Ask], Ask]:
    """Make a function of a graph a command: where the graph is, what it takes itself, filters, the form of the answer.

    A function that takes `most` needs no other limit.
    """

    def decorate(ask: Ask) -> Ask:
        _, *own = inspect.signature(ask, eval_str=True).parameters.values()
        limit: Group = {} if any(one.name == "most" for one in own) else LIMIT

        def command(graph: str, ontology: list[Path] | None, as_json: bool, as_csv: bool, **given: Any) -> None:
            form, most = form_of(as_json, as_csv), given.pop("limit", None)
            with open_existing(graph, ontology) as kg:
                show(ask(kg, **given), form, most)

        described = with_options(command, [_WHERE, *own], filters, limit, {"ontology": (Ontology, None)}, FORM)
        described.__name__, described.__doc__ = ask.__name__, ask.__doc__
        _COMMANDS.append((described, example))
        return ask

    return decorate


@asks("kgraph claims graph.ttl --predicate threatens --object CIS")
def claims(
    kg: Any,
    subject: Annotated[Words, typer.Option(help="Who or what does it; may be repeated.", show_default=False)] = None,
    object: Annotated[Words, typer.Option(help="To whom or what; may be repeated.", show_default=False)] = None,
    about: About = None,
    **filters: Any,
) -> Any:
    """Claims with their sentences."""
    return kg.claims(subject=subject, object=object, about=about, **filters)


@asks("kgraph threats graph.ttl --to Russia --since 2020")
def threats(
    kg: Any,
    to: To = None,
    by: Annotated[Words, typer.Option(help="Who or what endangers; may be repeated.", show_default=False)] = None,
    about: Annotated[Words, typer.Option(help="Topic, with all that is narrower.", show_default=False)] = None,
    roll_up: Annotated[bool, typer.Option("--roll-up", help="Count topics under their broadest one.")] = False,
    **filters: Any,
) -> Any:
    """Who or what is said to threaten, attack or harm whom."""
    return kg.threats(to=to, by=by, about=about, roll_up=roll_up, **filters)


@asks("kgraph responses graph.ttl --to terrorism")
def responses(
    kg: Any,
    to: Annotated[Words, typer.Option(help="The danger, or who is guarded; may be repeated.")] = None,
    by: Annotated[Words, typer.Option(help="Who acts; may be repeated.", show_default=False)] = None,
    **filters: Any,
) -> Any:
    """Who is said to oppose a danger or to protect somebody."""
    return kg.responses(to=to, by=by, **filters)


@asks("kgraph compare graph.ttl 2014-07-10 2022-10-26")
def compare(
    kg: Any,
    before: Annotated[str, typer.Argument(help="A speech, a period (2014/2016) or a speaker.")],
    after: Annotated[str, typer.Argument(help="Another one.")],
    **filters: Any,
) -> Any:
    """What appeared, vanished, flipped, hardened or softened between two speeches, periods or speakers."""
    return kg.compare(before, after, **filters)


@asks("kgraph contested graph.ttl --csv")
def contested(kg: Any, about: About = None, **filters: Any) -> Any:
    """Statements that are both affirmed and denied."""
    return kg.contested(about, **filters)


@asks("kgraph entities graph.ttl --type State")
def entities(kg: Any, **filters: Any) -> Any:
    """What is named, most mentioned first."""
    return kg.entities(**filters)


@asks("kgraph entity graph.ttl CIS")
def entity(kg: Any, name: Name, **filters: Any) -> Any:
    """All about one thing: names, identifiers, claims of it and on it, where it is named."""
    return kg.entity(name, **filters)


@asks("kgraph evidence graph.ttl --predicate threatens")
def evidence(
    kg: Any,
    claim: Annotated[Words, typer.Option(help="IRI of a claim (claim_id in what --json writes).")] = None,
    about: About = None,
    **filters: Any,
) -> Any:
    """Where claims are made, with the words around and how they were found."""
    return kg.evidence(claim or kg.claims(about=about, **filters))


@asks("kgraph actors graph.ttl --since 2014")
def actors(kg: Any, **filters: Any) -> Any:
    """States, organisations and persons as they act, suffer and speak."""
    return kg.actors(**filters)


@asks("kgraph neighbours graph.ttl CIS")
def neighbours(kg: Any, name: Name, **filters: Any) -> Any:
    """What claims tie to a thing."""
    return kg.neighbours(name, **filters)


@asks("kgraph paths graph.ttl CIS terrorism")
def paths(
    kg: Any,
    start: Name,
    end: Name,
    longest: Annotated[int, typer.Option(min=1, help="Claims on the way at most.")] = 3,
    directed: Annotated[bool, typer.Option("--directed", help="From subject to object only.")] = False,
    most: Most = 10,
    **filters: Any,
) -> Any:
    """Ways from one thing to another over claims."""
    return kg.paths(start, end, longest=longest, directed=directed, most=most, **filters)


@asks("kgraph cooccurrence graph.ttl --about Ukraine --within speech")
def cooccurrence(
    kg: Any,
    about: Annotated[str | None, typer.Option(help="One of the two.", show_default=False)] = None,
    within: Annotated[str, typer.Option(help="passage or speech.")] = "passage",
    most: Most = 100,
    **filters: Any,
) -> Any:
    """What is named together."""
    return kg.cooccurrence(about, within=within, most=most, **filters)


@asks("kgraph dyads graph.ttl --since 2014")
def dyads(
    kg: Any,
    between: Annotated[str, typer.Option(help="Class of both ends.")] = "State",
    both_ways: Annotated[bool, typer.Option("--both-ways", help="Count a pair once, whoever acts.")] = False,
    **filters: Any,
) -> Any:
    """State to state: quad counts and the index of hostility."""
    return kg.dyads(between=between, both_ways=both_ways, **filters)


@asks("kgraph timeline graph.ttl --about Ukraine --by month")
def timeline(
    kg: Any,
    about: About = None,
    by: Annotated[str, typer.Option(help="year, month or day.")] = "year",
    **filters: Any,
) -> Any:
    """Claims over time."""
    return kg.timeline(about, by=by, **filters)


@asks("kgraph search graph.ttl 'drug trafficking'")
def search(
    kg: Any,
    words: Annotated[str, typer.Argument(help='Words, or a "phrase".')],
    most: Most = 20,
    **filters: Any,
) -> Any:
    """Sentences that hold the words, best first."""
    return kg.search(words, most=most, **filters)


@asks("kgraph central graph.ttl --measure degree")
def central(
    kg: Any,
    measure: Annotated[
        str, typer.Option(help="pagerank, betweenness, closeness, degree, in_degree or out_degree.")
    ] = "pagerank",
    most: Most = 20,
    **filters: Any,
) -> Any:
    """What stands in the middle of the network. Needs the extra `network`."""
    return kg.central(measure, most=most, **filters)


@asks("kgraph communities graph.ttl")
def communities(
    kg: Any,
    resolution: Annotated[float, typer.Option(min=0, help="Above 1: more and smaller groups.")] = 1.0,
    **filters: Any,
) -> Any:
    """Groups of things that claims tie closely. Needs the extra `network`."""
    return kg.communities(resolution=resolution, **filters)


@asks("kgraph sparql graph.ttl 'SELECT ?title { ?speech dct:title ?title }'", {})
def sparql(
    kg: Any,
    query: Annotated[str, typer.Argument(help="The query; @FILE reads it from a file, - from standard input.")],
    set: Annotated[Words, typer.Option(help="NAME=VALUE: the value of a variable, as text; may be repeated.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Let the query change the graph.")] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds.")] = 60,
) -> Any:
    """Any SPARQL query; the prefixes of the vocabularies are known."""
    values: dict[str, Any] = dict(one.split("=", 1) for one in set or () if "=" in one)
    if len(values) != len(set or ()):
        raise typer.BadParameter("write NAME=VALUE, each name once", param_hint="--set")
    return kg.sparql(_text(query), timeout=timeout, update=update, **values)


@asks("kgraph stats graph.ttl")
def stats(kg: Any, **filters: Any) -> Any:
    """Numbers of speeches, entities and claims."""
    return kg.stats(**filters)


def open_existing(where: str, ontology: list[Path] | None = None) -> KnowledgeGraph:
    """The graph at `where`, which must be there. Raises `GraphError`."""
    from kgraph.errors import GraphError
    from kgraph.graph import open as open_graph

    if "://" not in where and not Path(where).exists():
        raise GraphError(f"{where} does not exist")
    return open_graph(where, ontology=ontology or ())


def _text(query: str) -> str:
    if query == "-":
        return typer.get_text_stream("stdin").read()
    if not query.startswith("@"):
        return query
    try:
        return Path(query[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise typer.BadParameter(f"{query[1:]} cannot be read: {problem}", param_hint="QUERY") from problem

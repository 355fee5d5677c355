"""Commands that ask a graph: each is a call of the method of the same name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.commands.tables import Form, show

if TYPE_CHECKING:
    from kgraph.graph import KnowledgeGraph

Where = Annotated[
    str, typer.Argument(help="A graph: a file (.ttl, .trig, .nq ...), a folder, or the address of a SPARQL endpoint.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Write CSV.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
Ontology = Annotated[list[Path] | None, typer.Option(help="Your own Turtle file of names; may be repeated.")]
Type = Annotated[str | None, typer.Option(help="Class of either end: State, Threat ...")]
Predicate = Annotated[str | None, typer.Option(help="Predicate, with those below it.")]
Speaker = Annotated[str | None, typer.Option(help="Words of the speaker's name.")]
Claimant = Annotated[str | None, typer.Option(help="Who makes the claim.")]
Document = Annotated[str | None, typer.Option(help="File name, title or date of a speech.")]
Since = Annotated[str | None, typer.Option(help="From this date on: 2014, 2014-07 or 2014-07-10.")]
Until = Annotated[str | None, typer.Option(help="Up to and with this date.")]
Polarity = Annotated[str | None, typer.Option(help="affirmed or negated.")]
Modality = Annotated[str | None, typer.Option(help="asserted, possible, intended or calledFor.")]
Confidence = Annotated[float | None, typer.Option(min=0, max=1, help="Leave out claims below this.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command, example in (
        (claims, "kgraph claims graph.ttl --predicate threatens --object CIS"),
        (threats, "kgraph threats graph.ttl --to Russia --since 2020"),
        (responses, "kgraph responses graph.ttl --to terrorism"),
        (compare, "kgraph compare graph.ttl 2014-07-10 2022-10-26"),
        (contested, "kgraph contested graph.ttl --csv"),
        (entities, "kgraph entities graph.ttl --type State"),
        (dyads, "kgraph dyads graph.ttl --since 2014"),
        (timeline, "kgraph timeline graph.ttl --about NATO"),
        (search, "kgraph search graph.ttl 'drug trafficking'"),
        (sparql, "kgraph sparql graph.ttl 'SELECT ?title { ?speech dct:title ?title }'"),
        (stats, "kgraph stats graph.ttl"),
    ):
        app.command(epilog=f"Example: {example}", rich_help_panel="Ask a graph")(command)


def claims(
    graph: Where,
    subject: Annotated[str | None, typer.Option(help="Who or what the claim is about.")] = None,
    object: Annotated[str | None, typer.Option(help="Its object.")] = None,
    about: Annotated[str | None, typer.Option(help="Either end.")] = None,
    type: Type = None,
    predicate: Predicate = None,
    speaker: Speaker = None,
    claimant: Claimant = None,
    document: Document = None,
    since: Since = None,
    until: Until = None,
    polarity: Polarity = None,
    modality: Modality = None,
    min_confidence: Confidence = None,
    limit: Limit = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Claims with their sentences."""
    given: dict[str, Any] = {"subject": subject, "object": object, "about": about, "type": type, "predicate": predicate}
    given |= {"speaker": speaker, "claimant": claimant, "document": document, "since": since, "until": until}
    given |= {"polarity": polarity, "modality": modality, "min_confidence": min_confidence}
    _show(open_existing(graph, ontology).claims(**given), limit, as_json, as_csv)


def threats(
    graph: Where,
    to: Annotated[str | None, typer.Option(help="Who is in danger.")] = None,
    by: Annotated[str | None, typer.Option(help="Who or what endangers.")] = None,
    about: Annotated[str | None, typer.Option(help="Topic, with all that is narrower.")] = None,
    roll_up: Annotated[bool, typer.Option(help="Count topics under their broadest one.")] = False,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Confidence = None,
    limit: Limit = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Who or what is said to threaten, attack or harm whom."""
    narrowed: dict[str, Any] = {"speaker": speaker, "since": since, "until": until, "min_confidence": min_confidence}
    found = open_existing(graph, ontology).threats(to=to, by=by, about=about, roll_up=roll_up, **narrowed)
    _show(found, limit, as_json, as_csv)


def responses(
    graph: Where,
    to: Annotated[str | None, typer.Option(help="The danger, or who is guarded.")] = None,
    by: Annotated[str | None, typer.Option(help="Who acts.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Who is said to oppose a danger or to protect somebody."""
    _show(open_existing(graph, ontology).responses(to=to, by=by, since=since, until=until), limit, as_json, as_csv)


def compare(
    graph: Where,
    before: Annotated[str, typer.Argument(help="A speech, a period (2014/2016) or a speaker.")],
    after: Annotated[str, typer.Argument(help="Another one.")],
    limit: Limit = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """What appeared, vanished, flipped, hardened or softened between two speeches, periods or speakers."""
    _show(open_existing(graph, ontology).compare(before, after), limit, as_json, as_csv)


def contested(
    graph: Where,
    about: Annotated[str | None, typer.Option(help="Either end.")] = None,
    limit: Limit = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Statements that are both affirmed and denied."""
    _show(open_existing(graph, ontology).contested(about), limit, as_json, as_csv)


def entities(
    graph: Where,
    type: Type = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """What is named, most mentioned first."""
    _show(open_existing(graph, ontology).entities(type, since=since, until=until), limit, as_json, as_csv)


def dyads(
    graph: Where,
    both_ways: Annotated[bool, typer.Option(help="Count a pair once, whoever acts.")] = False,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """State to state: quad counts and the index of hostility."""
    _show(open_existing(graph).dyads(both_ways=both_ways, since=since, until=until), limit, as_json, as_csv)


def timeline(
    graph: Where,
    about: Annotated[str | None, typer.Option(help="Either end.")] = None,
    by: Annotated[str, typer.Option(help="year, month or day.")] = "year",
    predicate: Predicate = None,
    ontology: Ontology = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Claims over time."""
    _show(open_existing(graph, ontology).timeline(about, by=by, predicate=predicate), None, as_json, as_csv)


def search(
    graph: Where,
    words: Annotated[str, typer.Argument(help='Words, or a "phrase".')],
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many sentences.")] = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Sentences that hold the words, best first."""
    found = open_existing(graph).search(words, most=limit, speaker=speaker, since=since, until=until)
    _show(found, None, as_json, as_csv)


def sparql(
    graph: Where,
    query: Annotated[str, typer.Argument(help="The query; @FILE reads it from a file, - from standard input.")],
    set: Annotated[list[str] | None, typer.Option(help="NAME=VALUE: the value of a variable, as text.")] = None,
    update: Annotated[bool, typer.Option(help="Let the query change the graph.")] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds.")] = 60,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Any SPARQL query; the prefixes of the vocabularies are known."""
    values = dict(one.split("=", 1) for one in set or () if "=" in one)
    if len(values) != len(set or ()):
        raise typer.BadParameter("write NAME=VALUE, each name once", param_hint="--set")
    with open_existing(graph) as kg:
        found = kg.sparql(_text(query), timeout=timeout, update=update, **values)  # type: ignore[arg-type]
    if isinstance(found, bool):
        typer.echo(str(found).lower())
    elif found is not None:
        _show(found, limit, as_json, as_csv)


def stats(graph: Where, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Numbers of speeches, entities and claims."""
    _show(open_existing(graph).stats(), None, as_json, as_csv)


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
    return Path(query[1:]).read_text("utf-8") if query.startswith("@") else query


def _show(table: Any, limit: int | None, as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv")
    show(table[:limit], Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE)

"""Commands that draw a graph: a page, a picture, a report."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.commands.asking import Where, open_existing
from kgraph.commands.options import Ontology

if TYPE_CHECKING:
    from kgraph.graph import KnowledgeGraph

Title = Annotated[str | None, typer.Option(help="Title of what is written.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command, example in (
        (view, "kgraph view graph.ttl -o graph.html --title 'Two CIS meetings'"),
        (report, "kgraph report graph.ttl -o report.html --page graph.html"),
    ):
        app.command(epilog=f"Example: {example}", rich_help_panel="Draw a graph")(command)


def view(
    graph: Where,
    output: Annotated[Path, typer.Option("--output", "-o", help="A page .html, a picture .svg, or .gexf.")] = Path(
        "graph.html"
    ),
    title: Title = None,
    max_nodes: Annotated[
        int | None, typer.Option(min=1, help="Of more nodes a page draws the most claimed (default: 10,000).")
    ] = None,
    focus: Annotated[str | None, typer.Option(help="Open with what is near this: any name of a node.")] = None,
    depth: Annotated[int, typer.Option(min=1, max=3, help="How many claims away that may be.")] = 1,
    since: Annotated[str | None, typer.Option(help="Open with speeches from this date on (pages).")] = None,
    until: Annotated[str | None, typer.Option(help="Open with speeches up to this date (pages).")] = None,
    open: Annotated[bool, typer.Option("--open", help="Show it in the browser when it is written.")] = False,
    ontology: Ontology = None,
) -> None:
    """Draw a graph: a page that opens offline, a picture, or a file for Gephi, by the ending."""
    from kgraph.writing import check_folder

    if output.suffix not in (".html", ".svg", ".gexf"):
        raise typer.BadParameter(f"{output} must end in .html, .svg or .gexf", param_hint="--output")
    check_folder(output.parent)
    with open_existing(graph, ontology) as kg:
        if output.suffix == ".html":
            most = {"max_nodes": max_nodes} if max_nodes else {}
            kg.to_html(output, title, focus=focus, depth=depth, since=since, until=until, **most)
            tell_omitted(kg, output, max_nodes)
        elif output.suffix == ".svg":
            kg.to_svg(output, title, focus=focus, depth=depth)
        else:
            kg.to_gexf(output, title)
    if open and not webbrowser.open(output.resolve().as_uri()):
        typer.echo(f"no browser was found; open {output} by hand", err=True)


def report(
    graph: Where,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the report goes.")] = Path("report.html"),
    title: Title = None,
    page: Annotated[str | None, typer.Option(help="Address of the graph's page, to link to.")] = None,
    boundaries: Annotated[Path | None, typer.Option(help="Your own GeoJSON of countries for the map.")] = None,
    quality: Annotated[Path | None, typer.Option(help="What kgraph evaluate printed, for the methods.")] = None,
    ontology: Ontology = None,
) -> None:
    """Write a report: the graph, charts, contested claims, how it was made. Needs the extra `report`."""
    from kgraph.writing import check_folder

    check_folder(output.parent)
    with open_existing(graph, ontology) as kg:
        kg.to_report(output, title, page=page, boundaries=str(boundaries) if boundaries else None, quality=quality)


def tell_omitted(kg: KnowledgeGraph, page: Path, max_nodes: int | None = None) -> None:
    """Say on stderr how many nodes a page leaves out, if any."""
    from kgraph.view.figure import MAX_NODES, figure

    most = max_nodes or MAX_NODES
    if len(kg.entities()) > most and (omitted := figure(kg, kg.lexicon, max_nodes=most).omitted_nodes):
        typer.echo(
            f"{page} draws the {most:,} most claimed nodes and leaves {omitted:,} out; Turtle and GEXF hold all",
            err=True,
        )

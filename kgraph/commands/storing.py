"""Commands that change a graph on disk or on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.commands.asking import Ontology

Kept = Annotated[str, typer.Argument(help="A folder (made if it is not there), or the address of a SPARQL endpoint.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command, example in (
        (add, "kgraph add corpus.kg speeches/"),
        (remove, "kgraph remove corpus.kg 2014-07-10-cis-intelligence-heads.txt"),
    ):
        app.command(epilog=f"Example: {example}", rich_help_panel="Keep a graph")(command)


def add(
    graph: Kept,
    paths: Annotated[list[Path], typer.Argument(help="Speeches: text files, or folders of them.")],
    model: Annotated[str, typer.Option(help="Name of a spaCy pipeline for English.")] = "en_core_web_sm",
    ontology: Ontology = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="Leave out claims below this.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read side by side.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Add speeches to a kept graph: what is unchanged is skipped, so a stopped run goes on where it stopped."""
    from kgraph.graph import open as open_graph

    with open_graph(_kept(graph), ontology=ontology or ()) as kg:
        options = {"model": model, "min_confidence": min_confidence, "workers": workers}
        done = kg.add(paths, progress=False if quiet else None, **options)
        if not quiet:
            typer.echo(f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged; {len(kg)} in {graph}")


def remove(graph: Kept, document: Annotated[str, typer.Argument(help="File name, title or date of a speech.")]) -> None:
    """Take a speech with all its claims out of a kept graph."""
    from kgraph.graph import open as open_graph

    with open_graph(_kept(graph)) as kg:
        kg.remove(document)


def _kept(where: str) -> str:
    if Path(where).is_file():
        raise typer.BadParameter(f"{where} is a file: name a folder or an endpoint", param_hint="GRAPH")
    return where

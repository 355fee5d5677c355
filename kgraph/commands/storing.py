"""Commands that change a graph on disk or on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kgraph.commands.options import CHOICES, choices, taking

Kept = Annotated[str, typer.Argument(help="A folder (made if it is not there), or the address of a SPARQL endpoint.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command, example in (
        (add, "kgraph add corpus.kg speeches/"),
        (remove, "kgraph remove corpus.kg 2014-07-10-cis-intelligence-heads.txt"),
    ):
        app.command(epilog=f"Example: {example}", rich_help_panel="Keep a graph")(command)


@taking(CHOICES)
def add(
    graph: Kept,
    paths: Annotated[list[Path], typer.Argument(help="Speeches: text files, or folders of them.")],
    **given: Any,
) -> None:
    """Add speeches to a kept graph: what is unchanged is skipped, so a stopped run goes on where it stopped."""
    from kgraph.graph import open as open_graph
    from kgraph.table import counted

    with open_graph(_kept(graph), ontology=given["ontology"] or ()) as kg:
        done = kg.add(paths, **choices(given))
        if not given["quiet"]:
            there = counted(len(kg), "speech", "speeches")
            typer.echo(f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged; {there} in {graph}")


def remove(graph: Kept, document: Annotated[str, typer.Argument(help="File name, title or date of a speech.")]) -> None:
    """Take a speech with all its claims out of a kept graph."""
    from kgraph.commands.asking import open_existing

    with open_existing(_kept(graph)) as kg:
        kg.remove(document)


def _kept(where: str) -> str:
    if Path(where).is_file():
        raise typer.BadParameter(f"{where} is a file: name a folder or an endpoint", param_hint="GRAPH")
    return where

"""The command line: thin, each command a call of the public API. Data on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kgraph import __version__
from kgraph.commands import asking, showing, storing
from kgraph.commands.options import CHOICES, choices, taking
from kgraph.errors import KgraphError

app = typer.Typer(
    name="kgraph",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Read speeches about security and turn what is said in them into a knowledge graph.",
    epilog="Example: kgraph build seeds/ -o out",
)

Paths = Annotated[list[Path], typer.Argument(help="Speeches: text files, or folders of them.", show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kgraph {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Options before the command."""


@app.command(epilog="Example: kgraph build seeds/ -o out --title 'Two CIS meetings'")
@taking(CHOICES)
def build(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for graph.ttl and graph.html.")] = Path("out"),
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    **given: Any,
) -> None:
    """Build the graph of some speeches: a Turtle file and an HTML page."""
    from kgraph.building import build as build_graph
    from kgraph.summary import summarise
    from kgraph.writing import check_folder

    check_folder(output)
    kg = build_graph(paths, **choices(given))
    written = [kg.save(output / "graph.ttl"), kg.to_html(output / "graph.html", title=title)]
    showing.tell_omitted(kg, written[1])
    if not given["quiet"]:
        typer.echo(summarise(kg, written))


@app.command(epilog="Example: kgraph extract seeds/ --format jsonl > found.jsonl")
@taking(CHOICES)
def extract(
    paths: Paths,
    format: Annotated[str, typer.Option(help="jsonl: one speech a line, with entities and claims.")] = "jsonl",
    **given: Any,
) -> None:
    """Print what is found in each speech, as it is found."""
    from kgraph.building import extract as extract_from
    from kgraph.records import to_record

    if format != "jsonl":
        raise typer.BadParameter(f"{format!r} is not a format; use jsonl", param_hint="--format")
    for extraction in extract_from(paths, **choices(given)):
        typer.echo(json.dumps(to_record(extraction), ensure_ascii=False))


@app.command(epilog="Example: kgraph validate out/graph.ttl")
def validate(
    graph: Annotated[Path, typer.Argument(help="A graph file: .ttl, .trig, .nq, .nt, .jsonld or .rdf.")],
) -> None:
    """Check that a graph is whole: each claim with claimant, polarity, modality, evidence. Exit code 1 if not."""
    from kgraph.rdf import validate as check

    violations = check(graph)
    for violation in violations:
        typer.echo(str(violation))
    typer.echo(f"{graph}: {len(violations) or 'no'} violation{'s' if len(violations) != 1 else ''}", err=True)
    if violations:
        raise typer.Exit(1)


@app.command(epilog="Example: kgraph evaluate gold/ --rules")
@taking(CHOICES)
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of annotated speeches: NAME.txt beside NAME.json.")],
    rules: Annotated[bool, typer.Option(help="Also precision by rule and by confidence.")] = False,
    **given: Any,
) -> None:
    """Score what kgraph finds against annotated speeches."""
    from kgraph.building import extract as extract_from
    from kgraph.evaluation import evaluate as score
    from kgraph.evaluation import read_gold, to_markdown
    from kgraph.lexicon import load_lexicon

    known = dict(read_gold(gold))
    symmetric = frozenset(p.name for p in load_lexicon(given["ontology"] or ()).predicates.values() if p.symmetric)
    found = extract_from(known, **choices(given))
    typer.echo(to_markdown(score(found, {path.name: record for path, record in known.items()}, symmetric), rules))


asking.register(app)
showing.register(app)
storing.register(app)


def main(args: list[str] | None = None) -> Any:
    """Entry point: one clear line for each error that kgraph raises on purpose, and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return app(args)
    except KgraphError as problem:
        print(f"kgraph: {problem}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("kgraph: stopped", file=sys.stderr)
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()

"""Options that commands share: each is described once, and a command takes a group of them by ``**``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

Group = Mapping[str, tuple[Any, Any]]  # name of a parameter -> its annotation and usual value
Words = list[str] | None


def _option(kind: Any, text: str, *names: str, usual: Any = None, **more: Any) -> tuple[Any, Any]:
    return Annotated[kind, typer.Option(*names, help=text, **{"show_default": False, **more})], usual


Ontology = Annotated[
    list[Path] | None,
    typer.Option(help="Your own Turtle file of names and topics; may be repeated.", show_default=False),
]

# The keys are those of `kgraph.query.Filters`. Several values of one filter mean "any of them".
FILTERS: Group = {
    "type": _option(Words, "Class, with those below it: State, Threat ...; may be repeated."),
    "predicate": _option(Words, "Predicate, with those below it; may be repeated."),
    "speaker": _option(str | None, "Words of the speaker's name."),
    "claimant": _option(Words, "Who makes the claim; may be repeated."),
    "document": _option(str | None, "File name, title or date of a speech."),
    "since": _option(str | None, "From this date on: 2014, 2014-07 or 2014-07-10."),
    "until": _option(str | None, "Up to and with this date."),
    "polarity": _option(str | None, "affirmed or negated."),
    "modality": _option(Words, "asserted, possible, intended or calledFor; may be repeated."),
    "min_confidence": _option(float | None, "Leave out claims below this, 0 to 1.", min=0, max=1),
}

# The keys are those of `kgraph.choices.Choices`, but for `quiet`.
CHOICES: Group = {
    "model": _option(str | None, "Name of a spaCy pipeline for English (usually en_core_web_sm)."),
    "ontology": (Ontology, None),
    "min_confidence": _option(
        float | None, "Leave out claims below this (usually the fitted threshold).", min=0, max=1
    ),
    "judgements": _option(Path | None, "File of corrections (usually judgements.toml in a folder given)."),
    "workers": _option(int, "Processes that read side by side.", usual=1, min=1, show_default=True),
    "quiet": _option(bool, "No progress and no summary.", "--quiet", "-q", usual=False),
}

FORM: Group = {
    "as_json": _option(bool, "Write JSON.", "--json", usual=False),
    "as_csv": _option(bool, "Write CSV.", "--csv", usual=False),
}
LIMIT: Group = {"limit": _option(int | None, "At most so many rows.", "--limit", "-n", min=1)}


def with_options(command: Callable[..., None], own: list[inspect.Parameter], *groups: Group) -> Callable[..., None]:
    """`command` as typer reads it: with the parameters `own`, then the options of `groups`; empty lists are None."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    shared = {name: option for group in groups for name, option in group.items()}
    parameters = [one.replace(kind=keyword) for one in own if one.kind is not inspect.Parameter.VAR_KEYWORD]
    parameters += [
        inspect.Parameter(name, keyword, default=usual, annotation=kind) for name, (kind, usual) in shared.items()
    ]

    def call(**given: Any) -> None:
        command(**{name: None if value == [] else value for name, value in given.items()})

    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call


def taking(*groups: Group) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options of `groups` in place of the ``**`` of a command; its own parameters come first."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        return with_options(command, [*inspect.signature(command, eval_str=True).parameters.values()], *groups)

    return decorate


def choices(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options of `CHOICES` as those of `kgraph.build`."""
    named = {name: value for name, value in given.items() if name != "quiet"}
    return {**named, "progress": False if given["quiet"] else None}

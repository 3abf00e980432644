"""Arguments and options: how each is made, and those that commands share."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from massharm.cli import completion
from massharm.errors import WrongUse

PAGE_FORMATS = ("text", "markdown")
"""The formats of a page."""


def argument(metavar: str, text: str, values: Callable[..., completion.Values] | None = None, **settings: Any) -> Any:
    """Return an argument with its help; `values` completes it."""
    return typer.Argument(metavar=metavar, help=text, autocompletion=values, **settings)


def option(
    *names: str, metavar: str, text: str, values: Callable[..., completion.Values] | None = None, **settings: Any
) -> Any:
    """Return an option that takes a value, with its help; `values` completes it."""
    return typer.Option(*names, metavar=metavar, help=text, autocompletion=values, **settings)


def facet(name: str, text: str) -> Any:
    """Return a repeatable option that takes the words of a vocabulary."""
    return option(f"--{name}", metavar="WORD", text=text, values=completion.facet(name))


def formats(names: Sequence[str], text: str, *short: str) -> Any:
    """Return the option for one of some formats."""

    def chosen(word: str) -> str:
        from massharm.kb.vocabulary import one_of

        return one_of(word, names, "--format")

    values = completion.among(lambda: names)
    return option("--format", *short, metavar="FORMAT", text=text, values=values, callback=chosen)


def check_shapes(*, json: bool, **shapes: object) -> None:
    """Refuse options that shape JSON where none is asked for.

    Raises:
        WrongUse: one was given; the message names it.
    """
    given = [f"--{name}" for name, value in shapes.items() if value]
    if given and not json:
        raise WrongUse(f"{given[0]} shapes the JSON; add --json, or leave it out")


Full = Annotated[bool, typer.Option("--full", help="Show everything, not one screen.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
AliasesToo = Annotated[bool, typer.Option("--full", help="With --json: the aliases too.")]
Fields = Annotated[
    str | None,
    option("--fields", metavar="NAME,...", text="With --json: only these fields, and always kind, id and name."),
]
Format = Annotated[str, formats(PAGE_FORMATS, "text, or markdown for a handout.")]

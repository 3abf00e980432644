"""Arguments and options: how each is made, and those that commands share."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from massharm.cli import completion

PAGE_FORMATS = ("text", "markdown", "html")
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


Full = Annotated[bool, typer.Option("--full", help="Show everything, not one screen.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
Format = Annotated[str, formats(PAGE_FORMATS, "text, markdown, or html for a printed handout.")]

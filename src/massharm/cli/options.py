"""Options and arguments that commands share."""

from collections.abc import Sequence
from typing import Annotated

import typer

from massharm.cli import completion

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
Words = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help="What to look for; quotes are not needed.", show_default=False)
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        "-k",
        metavar="KIND",
        help="Only this kind of record, such as harm or term; may be repeated.",
        show_default=False,
        autocompletion=completion.kinds,
    ),
]


def formats(names: Sequence[str], words: str) -> typer.models.OptionInfo:
    """Give the option for one of some formats."""

    def known(word: str) -> str:
        from massharm.kb.vocabulary import one_of

        return one_of(word, names, "--format")

    made: typer.models.OptionInfo = typer.Option(
        "--format", metavar="FORMAT", callback=known, help=words, autocompletion=completion.among(names)
    )
    return made


FORMATS = ("text", "markdown")
"""The forms of a page."""

Format = Annotated[str, formats(FORMATS, "text or markdown, for a handout.")]


def facet(name: str, words: str) -> typer.models.OptionInfo:
    """Give a repeatable option that narrows by the words of a vocabulary."""
    made: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar="WORD", help=words, show_default=False, autocompletion=completion.facet(name)
    )
    return made

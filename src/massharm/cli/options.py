"""Options and arguments that commands share."""

from typing import Annotated

import typer

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
    ),
]

"""`massharm export [KIND]`: the knowledge base for other programs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import completion
from massharm.errors import WrongUse


def _formats(incomplete: str) -> list[str]:
    """Offer the formats to the shell."""
    from massharm.exports.formats import FORMATS

    return [form for form in FORMATS if form.startswith(incomplete)]


def export(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="A kind of record, such as harm; without it, all.",
            show_default=False,
            autocompletion=completion.kinds,
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="json, jsonl, csv, markdown or sqlite.",
            autocompletion=_formats,
        ),
    ] = "json",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, whole or not at all.", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it exists.")] = False,
) -> None:
    """Give all records, or those of a kind, to other programs.

    UTF-8, to standard output or into a file. A csv file needs a kind; a sqlite file holds all kinds and needs -o.
    """
    from massharm.exports import formats
    from massharm.kb import store
    from massharm.kb.base import KnowledgeBase

    if formats.as_format(form) == "sqlite" and output is None:
        raise WrongUse("sqlite needs a file, as in: massharm export --format sqlite -o massharm.sqlite")
    place = None if output is None else formats.target(output, force=force)
    data = formats.made(KnowledgeBase.load(), form, kind)
    if place is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        store.write_atomically(place, data, replace=force)

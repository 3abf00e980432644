"""`massharm export [KIND]`: the knowledge base for other programs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.errors import WrongUse


def _formats(incomplete: str) -> list[str]:
    """Offer the formats to the shell."""
    from massharm.exports.formats import FORMATS

    return [form for form in FORMATS if form.startswith(incomplete)]


def _file(word: str) -> Path | None:
    """Return the file to write; None for `-`, standard output.

    Raises:
        WrongUse: the word names a directory.
    """
    if not word or word.endswith((os.sep, os.altsep or os.sep)):
        raise WrongUse(f"cannot write “{word}”: it is a directory; name a file in it")
    return None if word == "-" else Path(word)


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
    file: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file, whole or not at all.",
            show_default=False,
            parser=_file,
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

    if formats.as_format(form) == "sqlite" and file is None:
        raise WrongUse("sqlite needs a file, as in: massharm export --format sqlite -o massharm.sqlite")
    place = None if file is None else formats.target(file, force=force)
    data = formats.made(KnowledgeBase.load(), form, kind)
    if place is None:
        output.write_bytes(data)
    else:
        store.write_atomically(place, data, replace=force)

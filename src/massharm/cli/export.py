"""`massharm export [KIND]`: the knowledge base for other programs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import argument, formats, option
from massharm.errors import WrongUse

FORMATS = ("json", "jsonl", "csv", "markdown", "sqlite", "html")
"""The formats of exports."""


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
        argument("[KIND]", "A kind of record, such as harm; without it, all.", completion.kinds),
    ] = None,
    form: Annotated[str, formats(FORMATS, "json, jsonl, csv, markdown, sqlite or html.", "-f")] = "json",
    file: Annotated[
        Path | None,
        option(
            "--output",
            "-o",
            metavar="FILE",
            text="Write to this file, whole or not at all; - is standard output.",
            parser=_file,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Export all records, or those of a kind, for other programs.

    Writes UTF-8, to standard output or to a file. csv needs a kind; sqlite and html hold all kinds.
    sqlite needs -o. html is one file to read and search in a browser, without a network.
    """
    from massharm.exports import formats as exports
    from massharm.kb import filters
    from massharm.kb.atomic import write_atomically
    from massharm.kb.base import KnowledgeBase

    kind = None if kind is None else filters.as_kind(kind)
    if form == "sqlite" and file is None:
        raise WrongUse("sqlite needs a file, as in: massharm export --format sqlite -o massharm.sqlite")
    if file is not None:
        exports.check_target(file, replace=force)
    kb = KnowledgeBase.load()
    if form == "markdown":
        from massharm.pages import markdown

        data = markdown.render_records(exports.export_records(kb, kind), kb)
    elif form == "html":
        from massharm.exports.html import render_html
        from massharm.pages import html

        exports.check_kind(form, kind)
        data = render_html(kb, exports.export_records(kb, None), html.entry, html.document)
    else:
        data = exports.render_export(kb, form, kind)
    if file is None:
        output.write_bytes(data)
    else:
        write_atomically(file, data, replace=force)

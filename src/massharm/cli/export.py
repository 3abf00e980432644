"""`massharm export [KIND]`: the knowledge base for other programs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import NO_FACETS, argument, formats, option, with_facets
from massharm.errors import WrongUse

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.filters import Facets

FORMATS = ("json", "jsonl", "csv", "markdown", "sqlite", "html", "datapackage", "fhir")
"""The formats of exports."""


def _file(word: str) -> Path | None:
    """Return the file to write; None for `-`, standard output.

    Raises:
        WrongUse: the word names a directory.
    """
    if not word or word.endswith((os.sep, os.altsep or os.sep)):
        raise WrongUse(f"cannot write “{word}”: it is a directory; name a file in it")
    return None if word == "-" else Path(word)


@with_facets()
def export(
    kind: Annotated[
        str | None,
        argument("[KIND]", "A kind of record, such as harm; without it, all.", completion.kinds),
    ] = None,
    facets: "Facets" = NO_FACETS,
    form: Annotated[
        str, formats(FORMATS, "json, jsonl, csv, markdown, sqlite, html, datapackage or fhir.", "-f")
    ] = "json",
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
    index: Annotated[
        str | None,
        option("--index", metavar="NAME", text="With jsonl: lines for the bulk interface of a search engine."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Export all records, or those of a kind, for other programs.

    Writes UTF-8, to standard output or to a file. csv and the options that narrow need a kind; fhir holds harms,
    precautions and medicines; html is one file to read and search in a browser, without a network. sqlite, datapackage
    and html hold all kinds; the first two need -o.
    """
    from massharm.exports import formats as exports
    from massharm.kb import filters
    from massharm.kb.atomic import write_atomically
    from massharm.kb.base import KnowledgeBase

    kind = None if kind is None else filters.as_kind(kind)
    if form in exports.WHOLE and file is None:
        raise WrongUse(f"{form} needs a file, as in: massharm export --format {form} -o {exports.WHOLE[form]}")
    if index is not None:
        exports.check_index(index, form)
    if file is not None:
        exports.check_target(file, replace=force)
    data = rendered(KnowledgeBase.load(), form, kind, index, facets)
    if file is None:
        output.write_bytes(data)
    else:
        write_atomically(file, data, replace=force)


def rendered(
    kb: "KnowledgeBase", form: str, kind: str | None = None, index: str | None = None, facets: "Facets" = NO_FACETS
) -> bytes:
    """Return an export in any format; Markdown, and the narratives of FHIR, are made of pages.

    Raises:
        WrongUse: the kind or the index does not suit the format, or a facet not the kind.
        NotFound: the knowledge base holds no such record.
        BadData: a link leads nowhere, so that no database can hold it.
    """
    from massharm.exports import formats as exports

    if form == "markdown":
        from massharm.pages import markdown

        return markdown.render_records(exports.export_records(kb, kind, facets), kb)
    if form == "html":
        from massharm.exports.html import render_html
        from massharm.pages import html

        exports.check_kind(form, kind, facets)
        return render_html(kb, exports.export_records(kb, None), html.entry, html.document)
    if form == "fhir":
        from massharm.exports.fhir import render_fhir
        from massharm.pages.xhtml import narrative

        return render_fhir(kb, kind, lambda record: narrative(record, kb))
    return exports.render_export(kb, form, kind, facets, index)

"""`massharm list [KIND]`: the records of a kind, narrowed by facets, in the order and the format asked for."""

from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import (
    NO_FACETS,
    AliasesToo,
    Fields,
    Json,
    Plain,
    argument,
    check_shapes,
    formats,
    option,
    refuse_two_answers,
    with_facets,
)
from massharm.errors import Exit

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.filters import Facets
    from massharm.kb.records import Record

FORMATS = ("table", "csv", "markdown", "json")
"""The formats of lists."""


@with_facets()
def list_(
    kind: Annotated[
        str,
        argument(
            "[KIND]",
            "harm, mechanism, citation, case, precaution, medicine, sign, term, myth or lesson.",
            completion.kinds,
        ),
    ] = "harm",
    facets: "Facets" = NO_FACETS,
    order: Annotated[
        str | None,
        option(
            "--sort",
            metavar="ORDER",
            text="By name, severity, outcome, cases, evidence, year, urgency or level, the worst or latest first.",
            values=completion.orders,
        ),
    ] = None,
    form: Annotated[str, formats(FORMATS, "table, csv (all fields), markdown or json.")] = "table",
    plain: Plain = False,
    json: Json = False,
    fields: Fields = None,
    full: AliasesToo = False,
) -> None:
    """List the records of a kind, one line each.

    Repeat an option to allow several words. A record must satisfy all options. An unknown word lists the words
    that the option takes. Exits 1 if the list is empty.
    """
    from massharm.kb import filters, sorting
    from massharm.kb.base import KnowledgeBase

    refuse_two_answers(form, "table", json=json, plain=plain)
    check_shapes(json=json or form == "json", fields=fields, full=full)
    kb, kind = KnowledgeBase.load(), filters.as_kind(kind)
    found = filters.select_records(kb, kind, facets)
    if order is not None:
        found = sorting.sort_records(found, kind, order, kb)
    if json or form == "json":
        from massharm.exports.rows import list_answer

        output.write_json(list_answer(kb, kind, facets, found, fields=fields, full=full))
    elif found and plain:
        from massharm.pages.plain_lists import plain_list

        output.show(plain_list(found, kind, kb), output.PLAIN)
    elif found:
        _write(found, kind, form, kb)
    if not found:
        output.report_no_match(" ".join(f"--{name} {' '.join(words)}" for name, words in facets.items()) or kind, kb)
        raise typer.Exit(Exit.NOTHING)


def _write(found: list["Record"], kind: str, form: str, kb: "KnowledgeBase") -> None:
    """Write a list; a table is drawn for a person, and has tabs between its columns for a program."""
    from massharm.pages import lists

    if form == "csv":
        from massharm.exports.formats import render_records

        output.write_bytes(render_records(kb, "csv", found, kind))
    elif form == "markdown":
        output.show(lists.list_document(found, kind, kb), form)
    elif output.wants_rich():
        output.show(lists.list_page(found, kind, kb))
    else:
        for record in found:
            output.write_row(*lists.list_cells(record, kb))

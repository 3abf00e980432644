"""`massharm show ID-OR-NAME [SECTION...]`: one record, whole or in part."""

from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import AliasesToo, Fields, Format, Json, argument, check_shapes
from massharm.errors import Exit
from massharm.kb.sections import SECTIONS


def show(
    words: Annotated[
        list[str],
        argument(
            "ID-OR-NAME [SECTION]...",
            f"An id, a name or the number of a citation; then sections of a harm: {', '.join(SECTIONS)}.",
            completion.shown,
        ),
    ],
    json: Json = False,
    fields: Fields = None,
    full: AliasesToo = False,
    form: Format = "text",
) -> None:
    """Show a record, whole or in part.

    The page of a serious harm begins with its warning signs. Exits 1 if no record has the name.
    """
    from massharm.kb.base import KnowledgeBase
    from massharm.search import resolve

    check_shapes(json=json, fields=fields, full=full)
    kb, query = KnowledgeBase.load(), " ".join(words)
    asked = resolve.resolve(kb, words, SECTIONS)
    if asked.note:
        output.note(asked.note)
    if json:
        from massharm.exports.rows import show_answer

        answer = show_answer(kb, query, asked.record, asked.sections, asked.candidates, fields=fields, full=full)
        output.write_json(answer)
    elif asked.record:
        from massharm.pages import records

        output.show(records.record_page(asked.record, kb, asked.sections), form)
    if asked.record is None:
        output.report_no_match(query, kb, asked.candidates)
        raise typer.Exit(Exit.NOTHING)

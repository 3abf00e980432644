"""`massharm show ID-OR-NAME [SECTION...]`: one record, whole or in part."""

from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import (
    AliasesToo,
    Fields,
    Format,
    Json,
    Open,
    Plain,
    argument,
    check_shapes,
    refuse_two_answers,
)
from massharm.errors import Exit, WrongUse
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
    opened: Open = False,
    plain: Plain = False,
    json: Json = False,
    fields: Fields = None,
    full: AliasesToo = False,
    form: Format = "text",
) -> None:
    """Show a record, whole or in part.

    The page of a serious harm begins with its warning signs. Exits 1 if no record has the name.
    """
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Citation
    from massharm.search import resolve

    refuse_two_answers(form, "text", json=json, plain=plain)
    check_shapes(json=json, fields=fields, full=full)
    kb, query = KnowledgeBase.load(), " ".join(words)
    asked = resolve.resolve(kb, words, SECTIONS)
    if asked.note:
        output.note(asked.note)
    if json:
        from massharm.exports.rows import show_answer

        answer = show_answer(kb, query, asked.record, asked.sections, asked.candidates, fields=fields, full=full)
        output.write_json(answer)
    elif asked.record and plain and not asked.sections:
        from massharm.pages.plain import plain_record

        output.show(plain_record(asked.record, kb), output.PLAIN)
    elif asked.record:
        if form == "html":
            from massharm.pages.handouts import record_handout as record_page
        else:
            from massharm.pages.records import record_page
        output.show_as(output.PLAIN if plain else form, record_page(asked.record, kb, asked.sections), kb)
    if opened and asked.record:
        from massharm.cli.browser import open_citation

        if not isinstance(asked.record, Citation):
            raise WrongUse(f"--open opens citations; {asked.record.id} is a {asked.record.kind}")
        open_citation([asked.record], kb.citation(0))
    if asked.record is None:
        output.report_no_match(query, kb, asked.candidates)
        raise typer.Exit(Exit.NOTHING)

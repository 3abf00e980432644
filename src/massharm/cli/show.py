"""`massharm show ID-OR-NAME [SECTION...]`: one record, whole or in part."""

from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Format, Json
from massharm.errors import Exit


def show(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID-OR-NAME [SECTION]...",
            help="An id, a name or the number of a citation; then, for a harm, the sections to show.",
            show_default=False,
            autocompletion=completion.shown,
        ),
    ],
    json: Json = False,
    form: Format = "text",
) -> None:
    """Show a whole record: warning signs first for a serious harm.

    The sections of a harm: summary, signs, response, frequency, presentation, onset, cases, evidence, statements,
    mechanisms, risk, prevention, uncertainty, see-also, codes, references.
    """
    from massharm.exports import envelope
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.sections import SECTIONS
    from massharm.search import resolve

    kb = KnowledgeBase.load()
    asked = resolve.resolve(kb, words, SECTIONS)
    if asked.record is None:
        query = " ".join(words)
        if json:
            output.write_json(envelope.answer(kb, query, (), asked.candidates))
        output.report_no_match(query, kb, asked.candidates)
        raise typer.Exit(Exit.NOTHING)
    if asked.note:
        output.note(asked.note)
    if json:
        output.write_json(envelope.answer(kb, " ".join(words), [envelope.part(asked.record, kb, asked.sections)]))
    else:
        from massharm.pages import records

        output.show(records.shown(asked.record, kb, asked.sections), form)

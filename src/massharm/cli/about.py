"""`massharm about` and `massharm --version`: editions, counts, changes, method, notice."""

from typing import TYPE_CHECKING, Annotated

import typer

from massharm import __version__
from massharm.cli import output
from massharm.cli.options import Json
from massharm.errors import WrongUse

OLD = 12
"""The months after which data are old."""

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase


def about(
    changes: Annotated[bool, typer.Option("--changes", help="Show what each edition changed.")] = False,
    method: Annotated[bool, typer.Option("--method", help="Show how the knowledge base was made.")] = False,
    json: Json = False,
) -> None:
    """Show editions, counts, notice, licence and how to cite."""
    from massharm.exports import answers
    from massharm.kb.base import KnowledgeBase

    if changes and method:
        raise WrongUse("--changes and --method are two questions; ask them one after the other")
    kb = KnowledgeBase.load()
    if changes or method:
        _show_editions(kb, changes=changes, json=json)
    elif json:
        output.write_json(answers.about_answer(kb, __version__))
    else:
        from massharm.pages import lists

        output.show(lists.about_page(kb, __version__))
        _note_age(kb.reviewed)


def _note_age(reviewed: str) -> None:
    """Note that the data were last checked more than a year ago."""
    from datetime import date

    from massharm.citations.vancouver import calendar_day

    checked, today = calendar_day(reviewed), date.today()  # noqa: DTZ011 - the day where the reader is
    months = (today.year - checked.year) * 12 + today.month - checked.month if checked else 0
    if months > OLD:
        output.note(f"the data were checked {months} months ago; look for a newer edition")


def _show_editions(kb: "KnowledgeBase", *, changes: bool, json: bool) -> None:
    """Write what each edition changed, or how the knowledge base was made."""
    from massharm.exports.answers import about_answer
    from massharm.kb import editions
    from massharm.pages import editions as pages

    if changes:
        found = editions.editions()
        if json:
            output.write_json(about_answer(kb, __version__, changes=found))
        else:
            output.show(pages.changes_page(kb, found))
        return
    sources, text = editions.sources(kb), editions.method()
    if json:
        output.write_json(about_answer(kb, __version__, sources=sources, method=text))
    else:
        _, *method = pages.method_page(text)  # the page has a title of its own
        output.show((*pages.sources_page(kb, sources), *method))


def version() -> None:
    """Print the versions of program, data and schema on one line."""
    from massharm.exports import answers
    from massharm.kb.base import KnowledgeBase

    output.write(f"massharm {__version__}, KB edition {KnowledgeBase.load().edition}, schema {answers.SCHEMA}")

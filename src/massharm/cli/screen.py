"""`massharm screen CONDITION...`: what bears on a client."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import PAGE_FORMATS, Full, Json, Plain, argument, facet, formats, refuse_two_answers
from massharm.errors import Exit, WrongUse

if TYPE_CHECKING:
    from massharm.clinical.screening import Screening
    from massharm.kb.base import KnowledgeBase

FORMATS = (*PAGE_FORMATS, "cds-cards")
"""The formats of a screening."""


def screen(
    condition: Annotated[
        list[str] | None,
        argument(
            "CONDITION...",
            "Conditions, medicines, age, pregnancy, in your own words; - reads standard input.",
            completion.described("precaution"),
        ),
    ] = None,
    region: Annotated[list[str] | None, facet("region", "Region to massage: neck, back, abdomen ...")] = None,
    technique: Annotated[list[str] | None, facet("technique", "Technique to use: deep-tissue, massage-gun ...")] = None,
    provider: Annotated[
        list[str] | None, facet("provider", "Who gives the massage: professional, layperson, self ...")
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask question by question, on a terminal.")] = False,
    blank: Annotated[bool, typer.Option("--form", help="Print a blank intake form, which `screen -` reads.")] = False,
    full: Full = False,
    plain: Plain = False,
    json: Json = False,
    form: Annotated[str, formats(FORMATS, "text, markdown for a handout, or cds-cards for a record system.")] = "text",
) -> None:
    """Screen a client: what to avoid, adapt or have cleared first.

    As in: massharm screen warfarin, osteoporosis, neck work planned. Separate conditions by commas, or paste a form:
    massharm screen - < intake.txt. Reports words it does not recognise. Exits 1 if it recognises none. No answer
    clears a client.
    """
    from massharm.clinical.screening import Plan
    from massharm.clinical.screening import screen as read
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase

    refuse_two_answers(form, "text", json=json, plain=plain)
    kb = KnowledgeBase.load()
    if blank:
        from massharm.clinical.intake import blank_form

        output.write(blank_form(kb))
        return
    query = _asked(kb, condition or []) if ask else _described(condition or [])
    given = {"region": region, "technique": technique, "provider": provider}
    plan = Plan(*(filters.vocabulary_words(facet, words or ()) for facet, words in given.items()))
    found = read(kb, query, plan)
    if json:
        from massharm.exports.clinical import screen_answer

        output.write_json(screen_answer(kb, query, found, full=full))
    elif plain:
        from massharm.pages.plain import plain_screening

        output.show(plain_screening(found, kb), output.PLAIN)
    elif form == "cds-cards":
        from massharm.exports.cds import screening_cards

        output.write_json(screening_cards(kb, found, lambda part: card_detail(part, kb, full=full)))
    else:
        from massharm.pages import screening as pages

        lines = pages.SHEET if form == "html" else 0
        page = pages.screening_page(found, kb, full=full, references=form != "text", lines=lines)
        output.show_as(form, page, kb)
    if not found.understood:
        output.report_no_match(query, kb, [name for part in found.unknown for name in part.near])
        raise typer.Exit(Exit.NOTHING)


def card_detail(found: "Screening", kb: "KnowledgeBase", *, full: bool) -> str:
    """Return the detail of a card: the page of its part of a screening, without the title, and the notice."""
    from massharm.pages.blocks import Para, Run
    from massharm.pages.markdown import render_page
    from massharm.pages.screening import screening_page

    _, *page = screening_page(found, kb, full=full, references=True)
    other = kb.absence if full else kb.notice  # the page ends with one of the two
    return render_page((*page, Para((Run(other),))))


def _asked(kb: "KnowledgeBase", words: list[str]) -> str:
    """Return a description made of answers that a person types, after the words of the command.

    Raises:
        WrongUse: nobody can answer, as standard input or standard error is no terminal.
    """
    if not _is_asked():
        raise WrongUse("--ask asks a person: it needs a terminal; for a file use: massharm screen - < intake.txt")
    from massharm.clinical.intake import ask

    output.release()
    output.note("Answer yes, no or in words; press Enter to skip a question.")

    def answer(prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return _line()

    answers = ask(kb, answer)
    output.hold()
    return "\n".join((*words, answers))


def _is_asked() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _line() -> str:
    """Return a line that a person types; at the end of the input an empty one."""
    return sys.stdin.readline()


def _described(words: list[str]) -> str:
    """Return the description of a client: the words, or standard input for a single dash.

    Raises:
        WrongUse: standard input is no text in UTF-8, or is longer than what is read.
    """
    if words != ["-"]:
        return " ".join(words)
    from massharm.clinical.segments import MAX_DESCRIPTION

    try:
        return sys.stdin.buffer.read(4 * MAX_DESCRIPTION + 4).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse("standard input is no text in UTF-8") from None

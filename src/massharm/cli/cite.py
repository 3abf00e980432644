"""`massharm cite REF...`: references as plain lines to paste, or in the formats of reference managers."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, terminal
from massharm.cli.options import Json, formats
from massharm.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Citation

FORMATS = ("text", "bibtex", "ris", "nbib", "csl-json")
"""The formats of references."""


def cite(
    refs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REF...",
            help="Numbers, ranges (3-7), keys, PMIDs or DOIs.",
            show_default=False,
            autocompletion=completion.references,
        ),
    ] = None,
    harm: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="HARM",
            help="All references of this harm.",
            show_default=False,
            autocompletion=completion.ids("harm"),
        ),
    ] = None,
    form: Annotated[str, formats(FORMATS, "text; or bibtex, ris, nbib or csl-json, for reference managers.")] = "text",
    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            metavar="NAME",
            help="A style of the Citation Style Language, such as apa; needs massharm[csl].",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Print references to paste, one line each, or to import.

    Vancouver style unless another is named, in the order asked for; what to beware of is told apart.
    """
    from massharm.citations import vancouver
    from massharm.kb.base import KnowledgeBase

    _check(form, style, json=json)
    kb = KnowledgeBase.load()
    found, unknown = vancouver.resolve(kb, tuple(refs or ()))
    if harm is not None:
        found += [citation for citation in _for(kb, harm) if citation not in found]
    elif not refs:
        raise WrongUse("name at least one citation, as in: massharm cite 17")
    if json:
        from massharm.exports import envelope

        rows = (envelope.row(citation, kb) for citation in found)
        terminal.write_json(envelope.answer(kb, [*(refs or ()), *([harm] if harm else ())], rows))
    elif form == "text":
        _write(found, _lines(found, style, kb.by_number.get(0)))
    else:
        _write_file(found, form, kb.by_number.get(0))
    if unknown:
        last = max(kb.by_number, default=0)
        raise NotFound(
            f"no citation answers to {', '.join(unknown)}; numbers run from 0 to {last}; see: massharm list citation"
        )


def _check(form: str, style: str | None, *, json: bool) -> None:
    """Refuse options that each ask for another shape of the answer."""
    if style is not None and (json or form != "text"):
        raise WrongUse(f"--style shapes text; leave out {'--json' if json else f'--format {form}'}, or --style")
    if json and form != "text":
        raise WrongUse(f"--json and --format {form} are two answers; ask for one")


def _lines(found: list["Citation"], style: str | None, article: "Citation | None") -> list[str]:
    if style is None:
        from massharm.citations import vancouver

        return [vancouver.reference(citation, article) for citation in found]
    from massharm.citations.styles import styled

    return styled(found, style, article)


def _write(found: list["Citation"], lines: list[str]) -> None:
    for citation, line in zip(found, lines, strict=True):
        terminal.write(line)
        _warn(citation, apart=not sys.stdout.isatty())


def _write_file(found: list["Citation"], form: str, article: "Citation | None") -> None:
    """Write one whole file; what to beware of never stands in it."""
    if form == "csl-json":
        from massharm.citations.csl import csl_json

        terminal.write_json(csl_json(found, article))
    elif form == "bibtex" and found:
        from massharm.citations.bibtex import bibtex

        terminal.write(bibtex(found, article))
    elif form == "ris" and found:
        from massharm.citations.ris import ris

        terminal.write(ris(found, article))
    elif form == "nbib" and found:
        from massharm.citations.nbib import nbib

        terminal.write(nbib(found, article))
    for citation in found:
        _warn(citation, apart=True)


def _warn(citation: "Citation", *, apart: bool) -> None:
    from massharm.citations import vancouver

    for caution in vancouver.cautions(citation):
        if apart:
            terminal.note(f"caution [{citation.number}]: {caution}")
        else:
            terminal.write(f"    Caution: {caution}")


def _for(kb: "KnowledgeBase", harm: str) -> list["Citation"]:
    from massharm.search import resolve

    asked = resolve.resolve(kb, [harm])
    if asked.record is None:
        raise NotFound(f"no record is called “{harm}”" + resolve.offer(asked.candidates))
    return [kb.by_number[number] for number in kb.references_of(asked.record)]

"""`massharm cite REF...`: references as plain lines to paste."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import terminal
from massharm.cli.options import Json
from massharm.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from massharm.kb import KnowledgeBase
    from massharm.model import Citation


def cite(
    refs: Annotated[
        list[str] | None,
        typer.Argument(metavar="REF...", help="Numbers, ranges (3-7), keys, PMIDs or DOIs.", show_default=False),
    ] = None,
    harm: Annotated[
        str | None, typer.Option("--for", metavar="HARM", help="All references of this harm.", show_default=False)
    ] = None,
    json: Json = False,
) -> None:
    """Print references to paste, one line each.

    Vancouver style, in the order asked for; what to beware of is told apart.
    """
    from massharm import cite as citing
    from massharm.kb import KnowledgeBase

    kb = KnowledgeBase.load()
    found, unknown = citing.resolve(kb, tuple(refs or ()))
    if harm is not None:
        found += [citation for citation in _for(kb, harm) if citation not in found]
    elif not refs:
        raise WrongUse("name at least one citation, as in: massharm cite 17")
    if json:
        from massharm import envelope

        rows = (envelope.row(citation, kb) for citation in found)
        terminal.write_json(envelope.answer(kb, [*(refs or ()), *([harm] if harm else ())], rows))
    else:
        _write(found, kb)
    if unknown:
        last = max(kb.by_number, default=0)
        raise NotFound(
            f"no citation answers to {', '.join(unknown)}; numbers run from 0 to {last}; see: massharm list citation"
        )


def _write(found: list["Citation"], kb: "KnowledgeBase") -> None:
    from massharm import cite as citing

    for citation in found:
        terminal.write(citing.text(citation, kb.by_number.get(0)))
        for caution in citing.cautions(citation):
            if sys.stdout.isatty():
                terminal.write(f"    Caution: {caution}")
            else:
                terminal.note(f"caution [{citation.number}]: {caution}")


def _for(kb: "KnowledgeBase", harm: str) -> list["Citation"]:
    from massharm import lookup

    asked = lookup.resolve(kb, [harm])
    if asked.record is None:
        raise NotFound(f"no record is called “{harm}”" + lookup.offer(asked.rivals))
    return [kb.by_number[number] for number in kb.references_of(asked.record)]

"""`massharm validate [FILE]`: what is wrong in a knowledge base file."""

from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import output
from massharm.cli.options import Json
from massharm.errors import Exit


def validate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A knowledge base file; without it, the one in use.", show_default=False),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the file anew in the canonical layout and order.")] = False,
    json: Json = False,
) -> None:
    """Check a knowledge base file against the rules.

    One line a fault: place, rule and repair; exit 1 where there is any.
    """
    from massharm.exports import envelope
    from massharm.kb import store, validation
    from massharm.kb.base import KnowledgeBase

    path = store.source(file)
    if fix:
        store.rewrite(path)
    raw = store.read(path)
    kb = KnowledgeBase(store.decode(raw, path))
    found = list(validation.check(kb, raw, str(path)))
    if json:
        output.write_json(envelope.answer(kb, str(path), (finding._asdict() for finding in found)))
    else:
        for finding in found:
            output.write_row(f"{finding.place}: {finding.rule}: {finding.message}")
        output.note(f"{path}: {len(kb)} records, {len(validation.RULES)} rules, {len(found)} found wrong")
    if found:
        raise typer.Exit(Exit.NOTHING)

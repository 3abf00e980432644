"""`massharm validate [FILE]`: what is wrong in a knowledge base file."""

from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import output
from massharm.cli.options import Json, argument
from massharm.errors import Exit
from massharm.text import visible


def validate(
    file: Annotated[
        Path | None,
        argument("[FILE]", "A knowledge base file; without it, the one in use.", parser=Path),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Rewrite the file in canonical order and layout.")] = False,
    json: Json = False,
) -> None:
    """Check a knowledge base file against the rules.

    Prints one line for each fault: place, rule and repair. Exits 1 if there is any.
    """
    from massharm.kb import store, validation
    from massharm.kb.base import KnowledgeBase

    path = store.source(file)
    if fix:
        store.rewrite(path)
    raw = store.read(path)
    kb = KnowledgeBase(store.decode(raw, path))
    name = visible(str(path))
    found = list(validation.check(kb, raw, name))
    if json:
        from massharm.exports.answers import validate_answer

        output.write_json(validate_answer(kb, name, found))
    else:
        for finding in found:
            output.write_row(f"{finding.place}: {finding.rule}: {finding.message}")
        output.note(f"{name}: {len(kb)} records checked against {len(validation.RULES)} rules; faults: {len(found)}")
    if found:
        raise typer.Exit(Exit.NOTHING)

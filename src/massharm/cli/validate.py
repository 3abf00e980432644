"""`massharm validate [FILE]`: what is wrong in a knowledge base file."""

from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import output
from massharm.cli.options import Json, argument, option
from massharm.errors import Exit, WrongUse
from massharm.text import visible


def validate(
    file: Annotated[
        Path | None,
        argument("[FILE]", "A knowledge base file; without it, the one in use.", parser=Path),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Rewrite the file in canonical order and layout.")] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="Convert a file of schema 1; needs -o.")] = False,
    target: Annotated[
        Path | None,
        option("--output", "-o", metavar="FILE", text="The new file, which must not exist yet.", parser=Path),
    ] = None,
    json: Json = False,
) -> None:
    """Check a knowledge base file against the rules.

    Prints one line for each fault: place, rule and repair. Exits 1 if there is any. With --migrate OLD -o NEW:
    converts a file of schema 1 and prints what a person must decide.
    """
    from massharm.kb import store, validation
    from massharm.kb.base import KnowledgeBase

    path = store.source(file)
    if migrate or target:
        _migrate(path, target, asked=migrate and not fix)
        return
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
        with output.paged():
            for finding in found:
                output.write_row(f"{finding.place}: {finding.rule}: {finding.message}")
        output.note(f"{name}: {len(kb)} records checked against {len(validation.RULES)} rules; faults: {len(found)}")
    if found:
        raise typer.Exit(Exit.NOTHING)


def _migrate(old: Path, new: Path | None, *, asked: bool) -> None:
    """Write a file of schema 1 as one of schema 2.

    Raises:
        WrongUse: one of the options is missing, or --fix stands beside them.
    """
    from massharm.kb import store

    if not asked or new is None:
        raise WrongUse("--migrate and -o go together, without --fix, as in: massharm validate --migrate OLD -o NEW")
    decisions = store.migrate(old, new)
    for decision in decisions:
        output.write_row(decision)
    output.note(f"{visible(str(new))}: written in schema 2; decisions for a person: {len(decisions)}")

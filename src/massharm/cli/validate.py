"""`massharm validate [FILE]`: what is wrong in a knowledge base file."""

import os
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
        argument("[FILE]", "A knowledge base file or an overlay; without it, what is in use.", parser=Path),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Rewrite the file in canonical order and layout.")] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="Convert a file of schema 1; needs -o.")] = False,
    target: Annotated[
        Path | None,
        option("--output", "-o", metavar="FILE", text="The new file, which must not exist yet.", parser=Path),
    ] = None,
    json: Json = False,
) -> None:
    """Check a knowledge base file, or overlays, against the rules.

    Prints one line for each fault: place, rule and repair, after the name of the file where there are overlays. An
    overlay alone is checked over the bundled file. Exits 1 if there is any fault. With --migrate OLD -o NEW:
    converts a file of schema 1 and prints what a person must decide.
    """
    from massharm.kb import local_rules, store, validation
    from massharm.kb.base import KnowledgeBase

    path, *overlays = _files(file)
    if (migrate or target or fix) and overlays:
        raise WrongUse("--fix, --migrate and -o take a whole knowledge base; name one, as in: massharm validate FILE")
    if migrate or target:
        _migrate(path, target, asked=migrate and not fix)
        return
    if fix:
        store.rewrite(path)
    found = list(validation.check_files(path, overlays))
    kb = KnowledgeBase(store.load(path))
    name = os.pathsep.join(visible(str(place)) for place in (path, *overlays))
    if json:
        from massharm.exports.answers import validate_answer

        output.write_json(validate_answer(kb, name, found))
    else:
        for place, finding in found:
            prefix = f"{visible(str(place))}: " if overlays else ""
            output.write_row(f"{prefix}{finding.place}: {finding.rule}: {finding.message}")
        rules = len(validation.RULES) + len(local_rules.RULES) * bool(overlays)
        output.note(f"{name}: {len(kb)} records checked against {rules} rules; faults: {len(found)}")
    if found:
        raise typer.Exit(Exit.NOTHING)


def _files(file: Path | None) -> tuple[Path, ...]:
    """Return the files to check, overlays last: those in use, or the one that is named."""
    from massharm.kb import overlay, store

    if file is None:
        return store.sources()
    path = store.source(file)
    return (store.bundled(), path) if overlay.is_overlay(store.read(path)) else (path,)


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

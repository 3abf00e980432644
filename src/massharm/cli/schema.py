"""`massharm schema`: the JSON Schema of a knowledge base file, and that of answers."""

from typing import Annotated

import typer

from massharm.cli import output
from massharm.errors import WrongUse


def schema(
    answers: Annotated[bool, typer.Option("--answers", help="Describe the answers of --json, not the file.")] = False,
    overlay: Annotated[bool, typer.Option("--overlay", help="Describe an overlay, not the whole file.")] = False,
) -> None:
    """Print the JSON Schema of a knowledge base file.

    With --answers: that of every --json answer, so that a program can check it. $defs holds the schema of each
    command by its name.
    """
    if answers and overlay:
        raise WrongUse("--answers and --overlay are two schemas; ask for one")
    if answers:
        from massharm.exports.schemas import answer_schemas

        output.write_json(answer_schemas())
    elif overlay:
        from massharm.kb import overlay as overlays

        output.write_json(overlays.schema())
    else:
        from massharm.kb import store

        output.write_json(store.schema())

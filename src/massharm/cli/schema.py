"""`massharm schema`: the JSON Schema of a knowledge base file, and that of answers."""

from typing import Annotated

import typer

from massharm.cli import output


def schema(
    answers: Annotated[bool, typer.Option("--answers", help="Describe the answers of --json, not the file.")] = False,
) -> None:
    """Print the JSON Schema of a knowledge base file.

    With --answers: that of every --json answer, so that a program can check it. $defs holds the schema of each
    command by its name.
    """
    if answers:
        from massharm.exports.schemas import answer_schemas

        output.write_json(answer_schemas())
    else:
        from massharm.kb import store

        output.write_json(store.schema())

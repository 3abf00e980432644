"""`massharm diff OLD [NEW]`: what changed between two editions."""

from pathlib import Path
from typing import Annotated

import typer

from massharm.cli import output
from massharm.cli.options import Format, Json, argument
from massharm.errors import Exit
from massharm.text import visible


def diff(
    old: Annotated[Path, argument("OLD", "A knowledge base file: the older edition.", parser=Path)],
    new: Annotated[
        Path | None, argument("[NEW]", "The newer edition; without it, the bundled file.", parser=Path)
    ] = None,
    json: Json = False,
    form: Format = "text",
) -> None:
    """Compare two editions of the knowledge base, record by record.

    Changed urgencies, levels and severities come first, then removed signs and their wordings, withdrawn and added
    records, then texts, field by field. Exits 1 if anything differs, 0 if nothing does.
    """
    from massharm.kb import store
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.comparison import compare

    paths = old, new or store.bundled()
    before, after = map(KnowledgeBase.load, paths)
    found = compare(before, after)
    if json:
        from massharm.exports.editions import diff_answer

        output.write_json(diff_answer(after, [visible(str(path)) for path in paths], found))
    else:
        from massharm.pages.editions import diff_page

        output.show(diff_page(before, after, found), form)
    if found:
        raise typer.Exit(Exit.NOTHING)

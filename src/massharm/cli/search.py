"""`massharm search WORDS...`: ranked hits of every kind."""

from typing import Annotated

import typer

from massharm.cli import output
from massharm.cli.options import Json, Kinds, Words
from massharm.errors import Exit


def search(
    words: Words,
    kind: Kinds = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most this many hits.")] = 10,
    json: Json = False,
) -> None:
    """Find harms and all else: misspelt, lay or abbreviated.

    Harms come first. Each hit says what matched and how; exit 1 where nothing does.
    """
    from massharm.exports import envelope
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase
    from massharm.search.ranking import find, suggest

    kb, query = KnowledgeBase.load(), " ".join(words)
    found = find(kb, query, kinds=[filters.as_kind(word, "--kind") for word in kind or ()], limit=limit)
    offered = () if found else suggest(kb, query)
    if json:
        output.write_json(envelope.answer(kb, query, map(envelope.hit, found), offered))
    elif found:
        from massharm.pages import lists

        output.show(lists.hits(found, query))
    if not found:
        output.report_no_match(query, kb, offered)
        raise typer.Exit(Exit.NOTHING)

"""`massharm search WORDS...`: ranked hits of every kind."""

from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Json, Plain, argument, option, refuse_two_answers
from massharm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from massharm.kb.base import KnowledgeBase
    from massharm.search.ranking import Hit


def search(
    words: Annotated[list[str], argument("WORDS...", "What to search for; it needs no quotes.")],
    kind: Annotated[
        list[str] | None,
        option(
            "--kind",
            "-k",
            metavar="KIND",
            text="Only records of this kind, such as harm or term; repeatable.",
            values=completion.kinds,
        ),
    ] = None,
    limit: Annotated[int, option("--limit", "-n", metavar="N", text="Show at most N hits.", min=1)] = 5,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Search harms and other records; tolerates typos and lay terms.

    Abbreviations work too, and British or American spelling. Harms come first. Each hit says what matched and how.
    Exits 1 if nothing matches.
    """
    from massharm.clinical.enquiry import find
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase
    from massharm.search.suggestions import suggest

    refuse_two_answers("text", "text", json=json, plain=plain)
    kb, query = KnowledgeBase.load(), " ".join(words)
    kinds = [filters.as_kind(word, "--kind") for word in kind or ()]
    found = find(kb, query, kinds=kinds, limit=limit)
    suggestions = () if found else suggest(kb, query, kinds=kinds)
    if json:
        from massharm.exports.hits import search_answer

        output.write_json(search_answer(kb, query, found, suggestions))
    elif found:
        _show(kb, query, found, plain=plain)
    if not found:
        if lead := filters.lead_to_kind(query):
            output.note(lead)
        output.report_no_match(query, kb, suggestions)
        raise typer.Exit(Exit.NOTHING)


def _show(kb: "KnowledgeBase", query: str, found: "Sequence[Hit]", *, plain: bool) -> None:
    if plain:
        from massharm.pages.plain_lists import plain_hits

        output.show(plain_hits(found, query, kb), output.PLAIN)
    else:
        from massharm.pages.hits import hits_page

        output.show(hits_page(found, query))

"""`massharm redflags [WORDS...]`: warning signs, emergencies first."""

from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Format, Full, Json, Plain, argument, facet, refuse_two_answers
from massharm.errors import Exit


def redflags(
    words: Annotated[
        list[str] | None,
        argument("[WORDS]...", "A harm, or signs in your own words.", completion.described("harm")),
    ] = None,
    region: Annotated[list[str] | None, facet("region", "Only harms of massage of this region: neck, back ...")] = None,
    full: Full = False,
    plain: Plain = False,
    json: Json = False,
    form: Format = "text",
) -> None:
    """Show warning signs, emergencies first, and what to do.

    Without words: all signs. With the name of a harm: its signs. With other words: the signs that they describe and
    the harms to which these point, as in: massharm redflags headache vomiting after neck massage. Exits 1 if there is
    none.
    """
    from massharm.clinical.redflags import redflags as find
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase

    refuse_two_answers(form, "text", json=json, plain=plain)
    kb, query = KnowledgeBase.load(), " ".join(words or ())
    found = find(kb, query, filters.vocabulary_words("region", region or ()))
    if json:
        from massharm.exports.clinical import redflags_answer

        output.write_json(redflags_answer(kb, query, found))
    elif plain and (found.signs or found.near):
        from massharm.pages.plain import plain_redflags

        output.show(plain_redflags(found, kb), output.PLAIN)
    elif found.signs or found.near or found.harm:
        from massharm.pages import redflags as pages

        output.show_as(output.PLAIN if plain else form, pages.redflags_page(found, kb, full=full), kb)
    if not found.signs:
        if found.harm:
            output.error(f"no warning sign of {found.harm.name} is recorded. {kb.absence}")
        elif found.near:
            output.error(f"no warning sign is recognised in “{query}”. {kb.absence}")
        else:
            output.report_no_match(query or ", ".join(region or ()), kb)
        raise typer.Exit(Exit.NOTHING)

"""`massharm redflags [WORDS...]`: warning signs, emergencies first."""

from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Format, Json, argument, facet
from massharm.errors import Exit


def redflags(
    words: Annotated[
        list[str] | None,
        argument("[WORDS]...", "A harm, or signs in your own words.", completion.ids("harm")),
    ] = None,
    region: Annotated[list[str] | None, facet("region", "Only harms of massage of this region: neck, back ...")] = None,
    json: Json = False,
    form: Format = "text",
) -> None:
    """Show warning signs, emergencies first, and what to do.

    Without words: the signs of all harms. With the name of a harm: its signs. With other words: the harms of which
    a sign has these words, as in: massharm redflags headache vomiting after neck massage. Exits 1 if there is none.
    """
    from massharm.clinical.triage import redflags as find
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase

    kb, query = KnowledgeBase.load(), " ".join(words or ())
    found = find(kb, query, filters.vocabulary_words("region", region or ()))
    for word in found.unmatched_words:
        output.error(f"no sign shown has the word “{word}”")
    if json:
        from massharm.exports.clinical import redflags_answer

        output.write_json(redflags_answer(kb, query, found.flags))
    elif found.flags:
        from massharm.pages import clinical

        output.show(clinical.redflags_page(found.flags, kb), form)
    if not found.flags:
        output.report_no_match(query or ", ".join(region or ()), kb)
        raise typer.Exit(Exit.NOTHING)

"""`massharm redflags [WORDS...]`: warning signs, emergencies first."""

from typing import Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Format, Json, facet
from massharm.errors import Exit


def redflags(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help="A harm, or signs in your own words.",
            show_default=False,
            autocompletion=completion.ids("harm"),
        ),
    ] = None,
    region: Annotated[list[str] | None, facet("region", "Only harms of massage there: neck, back, abdomen ...")] = None,
    json: Json = False,
    form: Format = "text",
) -> None:
    """Show warning signs, emergencies first, with what to do.

    Without words, those of all harms; with the name of a harm, its own; else the harms of which a sign has
    these words, as in: massharm redflags headache vomiting after neck massage.
    """
    from massharm.clinical.triage import redflags as find
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase

    kb, query = KnowledgeBase.load(), " ".join(words or ())
    found = find(kb, query, filters.vocabulary_words("region", region or ()))
    for word in found.unmatched_words:
        output.error(f"in none of these signs: “{word}”")
    if json:
        from massharm.exports import briefs, envelope

        output.write_json(envelope.answer(kb, query, (briefs.flag(flag, kb) for flag in found.flags)))
    elif found.flags:
        from massharm.pages import clinical

        output.show(clinical.redflags(found.flags, kb), form)
    if not found.flags:
        output.report_no_match(query or ", ".join(region or ()), kb)
        raise typer.Exit(Exit.NOTHING)

"""`massharm evidence`: the evidence map, as text and as a picture, and what was counted."""

from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import output
from massharm.cli.options import NO_FACETS, OF_HARMS, Json, Plain, formats, refuse_two_answers, with_facets
from massharm.errors import Exit, WrongUse

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.filters import Facets
    from massharm.pages.blocks import Page

FORMATS = ("text", "markdown", "svg", "json")
"""The formats of the map."""


@with_facets(OF_HARMS)
def evidence(
    facets: "Facets" = NO_FACETS,
    counted: Annotated[
        bool, typer.Option("--counted", help="Show every figure: counted among whom, asked how, with its limits.")
    ] = False,
    form: Annotated[str, formats(FORMATS, "text, markdown, svg (a picture of the map) or json.")] = "text",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Show the evidence map: severity by strength, and the cases.

    The options narrow it to the harms and the reports that meet them, as in: massharm evidence --region neck. Exits
    1 if there is none.
    """
    from massharm.clinical import evidence as maps
    from massharm.kb.base import KnowledgeBase

    refuse_two_answers(form, "text", json=json, plain=plain)
    if counted and form == "svg":
        raise WrongUse("--counted has no picture; leave out --format svg, or --counted")
    kb = KnowledgeBase.load()
    found = maps.survey(kb, facets)
    figures = maps.counted(kb, facets) if counted else None
    is_empty = figures == () or not any(cell.harms for cell in found.cells)
    if json or form == "json":
        from massharm.exports.evidence import evidence_answer

        output.write_json(evidence_answer(kb, found, facets, figures))
    elif is_empty:
        pass
    elif plain:
        from massharm.pages import plain_lists

        page = (
            plain_lists.plain_figures(figures, facets, kb) if figures else plain_lists.plain_evidence(found, facets, kb)
        )
        output.show(page, output.PLAIN)
    elif form == "svg":
        from massharm.pages.evidence_svg import evidence_svg

        output.write_bytes(f"{evidence_svg(found, kb, facets)}\n".encode())
    elif figures:
        from massharm.pages.figures import counted_page

        _show(counted_page(figures, facets), [n for part in figures for n in part.figure.citations], form, kb)
    else:
        from massharm.pages.evidence import evidence_page

        _show(evidence_page(found, facets), [], form, kb)
    if is_empty:
        output.report_no_match(" ".join(f"--{name} {' '.join(words)}" for name, words in facets.items()), kb)
        raise typer.Exit(Exit.NOTHING)


def _show(page: "Page", cited: list[int], form: str, kb: "KnowledgeBase") -> None:
    """Show a page; one that can be kept has its references and the notice."""
    if form == "markdown":
        from massharm.pages.blocks import notice_blocks, reference_section

        page = (*page, *reference_section(sorted(set(cited)), kb), *notice_blocks(kb))
    output.show(page, form)

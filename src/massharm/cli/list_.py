"""`massharm list [KIND]`: one line a record, narrowed by facets."""

from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import AliasesToo, Fields, Json, argument, check_shapes, facet
from massharm.errors import Exit

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Record


def list_(
    kind: Annotated[
        str,
        argument(
            "[KIND]",
            "harm, mechanism, citation, case, precaution, medicine, sign, term, myth or lesson.",
            completion.kinds,
        ),
    ] = "harm",
    severity: Annotated[list[str] | None, facet("severity", "Only this severity: minor, moderate, serious.")] = None,
    urgency: Annotated[
        list[str] | None, facet("urgency", "Only signs this urgent: emergency-now, same-day, soon.")
    ] = None,
    level: Annotated[
        list[str] | None, facet("level", "Only precautions of this level: contraindicated, clearance ...")
    ] = None,
    population: Annotated[
        list[str] | None, facet("population", "Only for these people: adult, infant, pregnancy ...")
    ] = None,
    outcome: Annotated[
        list[str] | None, facet("outcome", "Only with this outcome: death, surgery, fetal-loss ...")
    ] = None,
    region: Annotated[list[str] | None, facet("region", "Only massage of this region: neck, back, abdomen ...")] = None,
    system: Annotated[
        list[str] | None, facet("system", "Only this body system: nervous, vascular, digestive ...")
    ] = None,
    technique: Annotated[
        list[str] | None, facet("technique", "Only this technique: deep-tissue, thai, massage-gun ...")
    ] = None,
    mechanism: Annotated[list[str] | None, facet("mechanism", "Only this mechanism, by its id.")] = None,
    evidence: Annotated[
        list[str] | None, facet("evidence", "Only this strength: trial, case-series, case-report ...")
    ] = None,
    provider: Annotated[
        list[str] | None, facet("provider", "Only massage by: professional, layperson, self, device.")
    ] = None,
    year: Annotated[list[str] | None, facet("year", "Only of this year, or of a span, as in 2005-2010.")] = None,
    json: Json = False,
    fields: Fields = None,
    full: AliasesToo = False,
) -> None:
    """List the records of a kind, one line each.

    Repeat an option to allow several words. A record must satisfy all options. An unknown word lists the words
    that the option takes. Exits 1 if the list is empty.
    """
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase

    check_shapes(json=json, fields=fields, full=full)
    facets = {
        "severity": severity, "urgency": urgency, "level": level, "population": population, "outcome": outcome,
        "region": region, "system": system, "technique": technique, "mechanism": mechanism, "evidence": evidence,
        "provider": provider, "year": year,
    }  # fmt: skip
    kb, kind = KnowledgeBase.load(), filters.as_kind(kind)
    wanted = {name: words for name, words in facets.items() if words}
    found = filters.select_records(kb, kind, wanted)
    if json:
        from massharm.exports.rows import list_answer

        output.write_json(list_answer(kb, kind, wanted, found, fields=fields, full=full))
    elif found:
        _write(found, kind, kb)
    if not found:
        output.report_no_match(" ".join(f"--{name} {' '.join(words)}" for name, words in wanted.items()) or kind, kb)
        raise typer.Exit(Exit.NOTHING)


def _write(found: list["Record"], kind: str, kb: "KnowledgeBase") -> None:
    from massharm.pages import lists

    if output.wants_rich():
        output.show(lists.list_page(found, kind, kb))
    else:
        for record in found:
            output.write_row(*lists.list_cells(record, kb))

"""`massharm list [KIND]`: one line a record, narrowed by facets."""

from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Json, facet
from massharm.errors import Exit

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Record


def list_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="harm, mechanism, citation, case, precaution, term, myth or lesson.",
            autocompletion=completion.kinds,
        ),
    ] = "harm",
    severity: Annotated[list[str] | None, facet("severity", "minor, moderate or serious.")] = None,
    outcome: Annotated[list[str] | None, facet("outcome", "death, surgery, disability, fetal-loss ...")] = None,
    region: Annotated[list[str] | None, facet("region", "neck, back, abdomen, leg ...")] = None,
    system: Annotated[list[str] | None, facet("system", "nervous, vascular, digestive ...")] = None,
    technique: Annotated[list[str] | None, facet("technique", "deep-tissue, thai, massage-gun ...")] = None,
    mechanism: Annotated[list[str] | None, facet("mechanism", "The id of a mechanism.")] = None,
    evidence: Annotated[list[str] | None, facet("evidence", "systematic-review, trial, case-report ...")] = None,
    provider: Annotated[list[str] | None, facet("provider", "professional, layperson, self or device.")] = None,
    year: Annotated[list[str] | None, facet("year", "A year or a span, as in 2005-2010.")] = None,
    json: Json = False,
) -> None:
    """List the records of a kind, one line each.

    Each option may be repeated: a record needs any of its words, and must satisfy all options. A word
    that an option does not know is answered with all those that it takes.
    """
    from massharm.exports import envelope
    from massharm.kb import filters
    from massharm.kb.base import KnowledgeBase

    facets = {
        "severity": severity, "outcome": outcome, "region": region, "system": system, "technique": technique,
        "mechanism": mechanism, "evidence": evidence, "provider": provider, "year": year,
    }  # fmt: skip
    kb, kind = KnowledgeBase.load(), filters.as_kind(kind)
    wanted = {name: words for name, words in facets.items() if words}
    found = filters.select_records(kb, kind, wanted)
    if json:
        query = {"kind": kind, **wanted}
        output.write_json(envelope.answer(kb, query, (envelope.row(record, kb) for record in found)))
    elif found:
        _write(found, kind, kb)
    if not found:
        output.report_no_match(" ".join(f"--{name} {' '.join(words)}" for name, words in wanted.items()) or kind, kb)
        raise typer.Exit(Exit.NOTHING)


def _write(found: list["Record"], kind: str, kb: "KnowledgeBase") -> None:
    from massharm.pages import lists

    if output.wants_rich():
        output.show(lists.listing(found, kind, kb))
    else:
        for record in found:
            output.write_row(*lists.row(record, kb))

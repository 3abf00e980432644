"""`massharm evidence`: the evidence map."""

from massharm.cli import output
from massharm.cli.options import Json


def evidence(json: Json = False) -> None:
    """Show the evidence map: severity by strength, and the cases."""
    from massharm.clinical.evidence import survey
    from massharm.kb.base import KnowledgeBase

    kb = KnowledgeBase.load()
    found = survey(kb)
    if json:
        from massharm.exports.clinical import evidence_answer

        output.write_json(evidence_answer(kb, found))
    else:
        from massharm.pages.evidence import evidence_page

        output.show(evidence_page(found))

import json

import pytest

from massharm import KnowledgeBase, find
from massharm.exports import envelope
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from massharm.pages.harm import BUILDERS
from tiny import DATA, Run


def test_the_envelope_has_the_promised_keys(tiny: KnowledgeBase) -> None:
    """Scripts rely on these names."""
    assert envelope.answer(tiny, "x", [], ["y"]) == {
        "schema": 1,
        "kb": {"edition": "1", "reviewed": "2026-01-02"},
        "query": "x",
        "results": [],
        "suggestions": ["y"],
        "notice": "For tests only.",
    }


def test_a_hit_has_the_promised_keys(tiny: KnowledgeBase) -> None:
    """A harm has its severity, a citation its number, every hit its match."""
    assert envelope.hit(find(tiny, "BT")[0]) == {
        "kind": "harm",
        "id": "blue-thumb",
        "name": "Blue thumb",
        "severity": "minor",
        "score": 97,
        "match": {"how": "alias", "text": "BT", "read": []},
        "summary": "A thumb turns blue [in German: blau] after rubbing.",
        "citations": [1],
    }
    assert envelope.hit(find(tiny, "author-17")[0])["number"] == 17


def test_rows_hold_what_follows_from_links(tiny: KnowledgeBase) -> None:
    """Computed fields stand beside the record's own, and cannot differ from them."""
    ladder = envelope.row(tiny["broken-ladder"], tiny)
    assert ladder["outcomes"] == ("death", "surgery")
    assert ladder["risk_factors"] == ["heavy"]
    assert (ladder["evidence"], ladder["band"]) == ("case report", "not known")
    assert (ladder["cases"], ladder["published_cases"]) == (["author-5-ladder"], 1)
    assert envelope.row(tiny["anecdote-odd"], tiny)["anecdote"] is True
    assert envelope.row(tiny["weight"], tiny)["harms"] == ["broken-ladder"]
    assert envelope.row(tiny["myth-blue"], tiny)["summary"] == "Blue is good."
    cited = envelope.row(tiny[5], tiny)
    assert cited["number"] == 5
    assert cited["text"].startswith("Author A. Report 5.")
    assert "broken-ladder" in cited["cited_by"]
    assert cited["pmid"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_the_real_file_is_json(kb: KnowledgeBase, kind: str) -> None:
    """Each record of each kind has kind, id and name, and goes through JSON unchanged in both writings."""
    for record in kb.records(kind):
        row = envelope.row(record, kb)
        assert (row["kind"], row["id"], row["name"]) == (kind, record.id, record.name)
        plain = envelope.text(row)
        assert json.loads(plain) == json.loads(envelope.text(row, ascii_only=True))
        assert envelope.text(row, ascii_only=True).isascii()


def test_sections_hold_the_fields_of_the_record(tiny: KnowledgeBase) -> None:
    """The sections of the page and of the JSON have the same names, and every field belongs to one."""
    assert set(BUILDERS) == set(SECTIONS)
    part = envelope.part(tiny["broken-ladder"], tiny, ["signs"])
    assert set(part) == {"kind", "id", "name", "warning_signs"}
    held = {field for section in SECTIONS.values() for field in section.fields}
    others = {"kind", "id", "name", "aliases", "severity", "outcomes", "systems", "regions", "techniques", "providers"}
    assert set(envelope.row(tiny["broken-ladder"], tiny)) - held == others | {"reviewed"}


def test_json_of_the_program_is_that_of_the_api(run: Run, kb: KnowledgeBase) -> None:
    """`show --json` and the Python API give the same record."""
    shown = run("show", "rhabdomyolysis", "--json", env={"MASSHARM_KB": str(DATA)}).json["results"][0]
    assert shown == json.loads(envelope.text(envelope.row(kb["rhabdomyolysis"], kb)))

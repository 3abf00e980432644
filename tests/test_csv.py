"""CSV: read back as Excel and the csv module do."""

import csv
import io
import json

import pytest

from massharm import KnowledgeBase
from massharm.exports.formats import render_export
from massharm.kb.records import KINDS
from tiny import Write, rows, tiny_file

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file as Excel and the csv module do."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", KINDS)
def test_csv_reads_back(base: KnowledgeBase, kind: str) -> None:
    """The header names every field, each record is a row, and plain values and lists of ids come back."""
    data, wanted = render_export(base, "csv", kind), rows(base, kind)
    assert data.startswith(b"\xef\xbb\xbfkind,id,name,")
    assert data.endswith(b"\r\n")
    found = table(data)
    assert len(found) == len(wanted)
    for cells, row in zip(found, wanted, strict=True):
        assert list(cells) == list(row)
        assert (cells["id"], cells["name"].removeprefix("'")) == (row["id"], row["name"])
        for field in ("cases", "mechanisms", "see_also", "stop_if", "all_citations", "cited_by", "citations"):
            if field in row:
                assert cells[field] == "; ".join(map(str, row[field]))
        for value in cells.values():
            assert not value.startswith(FORMULA)


def test_csv_lines_end_as_rfc_4180_says(tiny: KnowledgeBase) -> None:
    """Every line of a file without line ends in its cells ends with CRLF."""
    data = render_export(tiny, "csv", "harm")
    assert data.count(b"\r\n") == data.count(b"\n") == len(tiny.records("harm")) + 1


def test_csv_flattens_as_documented(write: Write) -> None:
    """Nested parts are `text (field: value) [citations]`, joined by ` | `."""
    file = tiny_file()
    file["citations"][2]["status"] = {"state": "retracted", "looked_at": "2026-01-02"}
    kb = KnowledgeBase.load(write(file))
    ladder, thumb, _ = table(render_export(kb, "csv", "harm"))
    assert ladder["warning_signs"] == "creaking (link: compatible) | falling (link: characteristic)"
    assert ladder["outcomes"] == "death (attributed: true) | surgery (attributed: true)"
    assert thumb["aliases"] == " | ".join(
        f"{alias['text']} (kind: {alias['kind']})" for alias in file["harms"][0]["aliases"]
    )
    assert thumb["findings"].startswith(
        "Seven of a hundred thumbs were blue. (bearing: supports, design: trial) [2] | "
    )
    assert thumb["frequency"].startswith("a blue thumb on the next day (percent: 7.0, denominator: 100, setting: ")
    assert {row["anecdote"] for row in table(render_export(kb, "csv", "case"))} == {"true", "false"}
    retracted = table(render_export(kb, "csv", "citation"))[2]
    assert retracted["status"] == "retracted (looked_at: 2026-01-02)"
    assert retracted["pmid"] == ""
    assert retracted["checked"] == "pubmed (url: https://example.org/2, fields: authors; title; year)"
    (heavy,) = table(render_export(kb, "csv", "precaution"))
    assert heavy["action"] == "Use no ladder. (level: contraindicated) [13]"
    assert heavy["harms"] == "broken-ladder (support: authority) [13]"
    _, creaking = table(render_export(kb, "csv", "sign"))
    assert creaking["raised_by"] == "with: records: heavy, urgency: same-day [5]"
    terms = {row["id"]: row["levels"] for row in table(render_export(kb, "csv", "term"))}
    assert terms["urgency"] == "emergency-now: A level. | same-day: A level. | soon: A level."


@pytest.mark.parametrize("sign", FORMULA)
def test_csv_runs_no_formula(write: Write, sign: str) -> None:
    """A cell that a spreadsheet would run begins with an apostrophe; in JSON the text stays as it is."""
    file, evil = tiny_file(), f'{sign}HYPERLINK("http://evil.example","a,b")'
    file["harms"][0] |= {"name": evil, "summary": evil, "aliases": [{"text": evil, "kind": "lay"}]}
    file["citations"][1]["authors"] = [evil, "Author B"]
    kb = KnowledgeBase.load(write(file))
    kept = kb["blue-thumb"].name
    guarded = f"'{kept}" if kept.startswith(FORMULA) else kept
    (found,) = [row for row in table(render_export(kb, "csv", "harm")) if row["id"] == "blue-thumb"]
    assert (found["name"], found["summary"]) == (guarded, guarded)
    assert found["aliases"] == f"{guarded} (kind: lay)"
    assert table(render_export(kb, "csv", "citation"))[1]["authors"] == f"{guarded}; Author B"
    assert kept in {row["name"] for row in json.loads(render_export(kb, "json"))["results"]}

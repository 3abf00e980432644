"""SQLite: the database read with queries of our own."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from massharm import KnowledgeBase
from massharm.errors import BadData, MassharmError
from massharm.exports.formats import render_export
from massharm.kb.parts import LinkedHarm
from massharm.kb.records import KINDS, statements, strings
from tiny import Write, rows, tiny_file

LINKS = {
    "harm_case": ("harm", "cases"),
    "harm_mechanism": ("harm", "mechanisms"),
    "medicine_precaution": ("medicine", "precautions"),
    "precaution_sign": ("precaution", "stop_if"),
    "case_precaution": ("case", "precautions"),
}


def database(data: bytes) -> closing[sqlite3.Connection]:
    """Open a database file."""
    db = sqlite3.connect(":memory:")
    db.deserialize(data)
    return closing(db)


def pairs(db: sqlite3.Connection, name: str) -> set[tuple[Any, ...]]:
    """Return the rows of a table."""
    return set(db.execute(f"SELECT * FROM {name}"))  # noqa: S608 - names of our own


def test_sqlite_is_whole_and_its_links_resolve(base: KnowledgeBase) -> None:
    """SQLite itself finds nothing wrong; each kind has its rows, and each link of the records is there."""
    with database(render_export(base, "sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = {kind: len(pairs(db, name)) for kind, name in KINDS.items()}
        assert counted == {kind: len(base.records(kind)) for kind in KINDS}
        assert len(pairs(db, "records")) == len(pairs(db, "search")) == len(base)
        for name, (kind, field) in LINKS.items():
            assert pairs(db, name) == {(row["id"], other) for row in rows(base, kind) for other in row[field]}
        cited = {(record.id, number) for record in base for number in base.citations_of(record)}
        assert pairs(db, "record_citation") == cited - {(one.id, one.number) for one in base.file.citations}
        assert pairs(db, "withdrawn") == {(gone, heir) for gone, heirs in base.heirs.items() for heir in heirs}
        signs = {(harm.id, part.sign, part.link) for harm in base.file.harms for part in harm.warning_signs}
        assert pairs(db, "harm_sign") == signs
        assert pairs(db, "harm_precaution") == {
            (link.harm, record.id, link.support)
            for record in base.file.precautions
            for link in base.linked_harms(record)
        }
        assert {row[:2] for row in pairs(db, "recognised")} == {(part.name, part.kind) for part in base.file.recognised}
        assert pairs(db, "ambiguous") == {(part.text, "; ".join(part.meanings)) for part in base.file.ambiguous}
        assert pairs(db, "combinations") == {
            (number, entry.sign, position, texts)
            for number, entry in enumerate(base.file.combinations, 1)
            for position, texts in enumerate(entry.parts, 1)
        }
        assert {("edition", base.edition), ("absence", base.absence)} <= pairs(db, "about")


def test_sqlite_loses_nothing(base: KnowledgeBase) -> None:
    """Every text of every record, and every citation of a statement, sign, figure or piece of advice, is in it."""
    with database(render_export(base, "sqlite")) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [name for name in names if not name.startswith("search")]
        held = {cell for name in names for row in pairs(db, name) for cell in row}
        cells = [cell for cell in held if isinstance(cell, str)]
        held.update(part for text in cells for part in text.split("; "))
        held.update(found for text in cells if text.startswith("{") for found in re.findall(r'"([^"]*)"', text))
        for record in base:
            assert set(strings(record)) <= held, record.id
        carried = [record for kind in ("harm", "mechanism", "case", "term", "lesson") for record in base.records(kind)]
        whole = sum(len(record.citations) for record in carried)
        texts = (part for record in base for part in statements(record) if not isinstance(part, LinkedHarm))
        parts = sum(len(part.citations) for part in texts)
        findings = sum(len(harm.findings) for harm in base.file.harms)
        assert len(pairs(db, "part_citation")) == whole + parts + findings


def test_sqlite_knows_computed_fields_and_the_order_of_parts(tiny: KnowledgeBase) -> None:
    """Evidence and bands are those of the program; warning signs stand in their order with their sources."""
    with database(render_export(tiny, "sqlite")) as db:
        assert db.execute(
            "SELECT severity, evidence, band, published_cases FROM harms WHERE id = 'broken-ladder'"
        ).fetchone() == ("serious", "case report", "not known", 1)
        signs = db.execute("SELECT id, name, urgency, basis FROM signs ORDER BY id")
        assert signs.fetchall() == [
            ("creaking", "creaking rungs", "soon", "inference"),
            ("falling", "falling from a height", "emergency-now", "source"),
        ]
        facets = "SELECT text, attributed FROM facets WHERE field = 'outcomes' AND record_id = ? ORDER BY position"
        assert db.execute(facets, ("broken-ladder",)).fetchall() == [("death", 1), ("surgery", 1)]
        assert db.execute("SELECT system, code FROM codes").fetchall() == [("ATC", "X01AA")]
        assert db.execute("SELECT text, kind, generic FROM medicine_names ORDER BY position").fetchall() == [
            ("crescol", "inn", None), ("Growmax", "brand", "crescol")
        ]  # fmt: skip
        assert pairs(db, "recognised") == {("left-handed", "word", "left handed", None, None, None)}
        assert ("heavy", "heavy", "It can hurt. Get help.") in pairs(db, "plain_texts")
        plan = db.execute("EXPLAIN QUERY PLAN SELECT * FROM harm_case WHERE case_id = 'x'").fetchall()
        assert "USING INDEX" in str(plan)


PARTS = {
    ("blue-thumb", "figure"): [
        ("frequency", 1, "a blue thumb on the next day", "massage", 7.0, None, 100, "One clinic.", "Few people.")
    ],
    ("blue-thumb", "finding"): [
        ("findings", 1, "Seven of a hundred thumbs were blue.", "supports", "trial"),
        ("findings", 2, "No thumb was blue.", "against", None),
    ],
    ("heavy", "advice"): [
        ("advice", 1, "Use a low table.", "adapt", "very-heavy", "source", '{"records":["creaking"]}')
    ],
    ("heavy", "action"): [("action", 1, "Use no ladder.", "contraindicated", None)],
    ("heavy", "question"): [("questions", 1, "Did a ladder break?", "clearance", "Ask the builder.")],
    ("broken-ladder", "response"): [("response", 1, "Call emergency services.", "emergency-now", "falling")],
    ("creaking", "raisedby"): [("raised_by", 1, '{"records":["heavy"]}', "same-day")],
    ("blue-thumb", "missing"): [("missing", 1, "No source gives one.", "response")],
    ("falling", "statement"): [("instruction", 1, "Call emergency services and do not move.")],
    ("heavy", "statement"): [("why", 1, "Ladders break.")],
    ("severity", "statement"): [("definition", 1, "A scale.")],
}
COLUMNS = {
    "figure": ", scope, percent, numerator, denominator, setting, limits",
    "finding": ", bearing, design",
    "advice": ", level, key, basis, circumstances",
    "action": ", level, scope",
    "question": ", level, instruction",
    "response": ", urgency, signs",
    "raisedby": ", urgency",
    "missing": ", section",
    "statement": "",
}


@pytest.mark.parametrize(("record", "kind"), PARTS)
def test_a_part_has_the_columns_of_its_kind(write: Write, record: str, kind: str) -> None:
    """Figures, findings, advice and statements stand in one table, each with what is its own."""
    file = tiny_file()
    file["harms"][0]["missing"] = [{"section": "response", "reason": "No source gives one."}]
    file["precautions"][0]["advice"][0]["when"] = {"records": ["creaking"]}
    query = f"SELECT field, position, text{COLUMNS[kind]} FROM parts WHERE record_id = ? AND kind = ? ORDER BY position"  # noqa: S608
    with database(render_export(KnowledgeBase.load(write(file)), "sqlite")) as db:
        assert db.execute(query, (record, kind)).fetchall() == PARTS[record, kind]


def test_a_number_that_fits_no_column_is_refused(tiny: KnowledgeBase) -> None:
    """An integer of more than 63 bits, which no file holds but a program may make, ends in a message."""
    (mechanism, *_) = tiny.file.mechanisms
    file = replace(tiny.file, mechanisms=(replace(mechanism, citations=(2**63,)),))
    with pytest.raises(BadData, match="massharm validate"):
        render_export(KnowledgeBase(file), "sqlite")


def test_sqlite_finds_words(kb: KnowledgeBase) -> None:
    """The full text is searched, in names, aliases and texts, whatever the inflection or accent."""

    def found(words: str) -> Iterator[str]:
        query = "SELECT id FROM search WHERE search MATCH ? ORDER BY rank"
        yield from (name for (name,) in db.execute(query, (words,)))

    with database(render_export(kb, "sqlite")) as db:
        assert "rhabdomyolysis" in found("rhabdomyolysis")
        assert "rhabdomyolysis" in found("name: rhabdomyolysis")
        assert "stroke" in found("strokes")
        assert "aksoy-2009" in found('text: "accessory nerve"')
        assert not list(found("xylophone"))


def test_sqlite_keeps_the_standing_of_a_citation(write: Write) -> None:
    """A retraction has its columns, and is among the cautions."""
    file = tiny_file()
    file["citations"][2]["status"] = {"state": "retracted", "looked_at": "2026-01-02", "place": "PubMed"}
    with database(render_export(KnowledgeBase.load(write(file)), "sqlite")) as db:
        standing = db.execute(
            "SELECT status_state, status_looked_at, status_place FROM citations WHERE number IN (1, 2)"
        )
        assert standing.fetchall() == [(None, None, None), ("retracted", "2026-01-02", "PubMed")]
        cautions = db.execute("SELECT text FROM parts WHERE record_id = 'author-2' AND field = 'cautions'")
        assert cautions.fetchall()[0] == ("retracted (looked at 2026-01-02)",)


@pytest.mark.parametrize(
    ("field", "value"),
    [("see_also", ["nowhere"]), ("mechanisms", ["nowhere"]), ("see_also", ["odd-feeling", "odd-feeling"])],
)
def test_links_that_lead_nowhere_fit_no_database(write: Write, field: str, value: list[str]) -> None:
    """Rather than lose a link, the export says who names the fault."""
    file = tiny_file()
    file["harms"][0][field] = value
    with pytest.raises(BadData, match=r"fits no database: .+; see: massharm validate"):
        render_export(KnowledgeBase.load(write(file)), "sqlite")


def test_sqlite_without_full_text_search_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny: KnowledgeBase
) -> None:
    """A Python whose SQLite lacks a part gets a reason, not a traceback."""
    schema = tmp_path / "schema.sql"
    schema.write_text("CREATE VIRTUAL TABLE search USING fts99(x);")
    monkeypatch.setattr("massharm.exports.sqlite.SCHEMA", schema)
    with pytest.raises(MassharmError, match=r"the SQLite of this Python .+ no such module: fts99"):
        render_export(tiny, "sqlite")

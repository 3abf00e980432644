"""Exports: every format read back by a reader that is not ours, and files written whole or not at all."""

import csv
import io
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from massharm import KnowledgeBase
from massharm.errors import BadData, MassharmError, WrongUse
from massharm.exports import envelope, formats
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS, statements, strings
from tiny import Run, Write, tiny_file

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LINKS = {
    "harm_case": ("harm", "cases"),
    "harm_mechanism": ("harm", "mechanisms"),
    "harm_precaution": ("harm", "risk_factors"),
    "case_precaution": ("case", "precautions"),
}


@pytest.fixture(params=["tiny", "kb"])
def base(request: pytest.FixtureRequest) -> KnowledgeBase:
    """Give the tiny knowledge base, then the real one."""
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tiny_path: Path, tmp_path: Path) -> Path:
    """Let commands read the tiny knowledge base, and give an empty folder to write to."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def rows(kb: KnowledgeBase, *kinds: str) -> list[dict[str, Any]]:
    """Give the records as JSON holds them, in the order of `list`."""
    found = [envelope.row(record, kb) for kind in kinds or KINDS for record in select_records(kb, kind, {})]
    made: list[dict[str, Any]] = json.loads(msgspec.json.encode(found))
    return made


def table(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file as Excel and the csv module do."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def database(data: bytes) -> closing[sqlite3.Connection]:
    """Open a database file."""
    db = sqlite3.connect(":memory:")
    db.deserialize(data)
    return closing(db)


def pairs(db: sqlite3.Connection, name: str) -> set[tuple[Any, ...]]:
    """Give the rows of a table."""
    return set(db.execute(f"SELECT * FROM {name}"))  # noqa: S608 - names of our own


def test_json_is_the_envelope_of_list(base: KnowledgeBase) -> None:
    """All kinds or one, with the fields of `list --json`, and what a reader elsewhere must know."""
    whole = json.loads(formats.made(base, "json"))
    assert whole["results"] == rows(base)
    assert len(whole["results"]) == len(base)
    assert (whole["schema"], whole["query"], whole["notice"]) == (1, {"kind": None}, base.notice)
    assert (whole["absence"], whole["licence"]) == (base.absence, base.file.licence)
    one = json.loads(formats.made(base, "JSON", "harms"))
    assert (one["query"], one["results"]) == ({"kind": "harm"}, rows(base, "harm"))


def test_json_of_a_kind_is_what_list_gives(run: Run, here: Path) -> None:
    """Nothing is computed twice, or in another order."""
    assert here.is_dir()
    listed, exported = run("list", "case", "--json").json, run("export", "case").json
    assert {name: exported[name] for name in listed} == listed


def test_jsonl_has_a_record_a_line_with_kind_id_and_name_first(base: KnowledgeBase) -> None:
    """A loader takes it line by line."""
    data = formats.made(base, "jsonl")
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == rows(base)
    assert all(list(json.loads(line))[:3] == ["kind", "id", "name"] for line in lines)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_reads_back(base: KnowledgeBase, kind: str) -> None:
    """The header names every field, each record is a row, and plain values and lists of ids come back."""
    data, wanted = formats.made(base, "csv", kind), rows(base, kind)
    assert data.startswith(b"\xef\xbb\xbfkind,id,name,")
    assert data.endswith(b"\r\n")
    found = table(data)
    assert len(found) == len(wanted)
    for cells, row in zip(found, wanted, strict=True):
        assert list(cells) == list(row)
        assert (cells["id"], cells["name"].removeprefix("'")) == (row["id"], row["name"])
        for field in ("harms", "cases", "mechanisms", "see_also", "all_citations", "cited_by", "citations"):
            if field in row:
                assert cells[field] == "; ".join(map(str, row[field]))
        for value in cells.values():
            assert not value.startswith(FORMULA)


def test_csv_lines_end_as_rfc_4180_says(tiny: KnowledgeBase) -> None:
    """Every line of a file without line ends in its cells ends with CRLF."""
    data = formats.made(tiny, "csv", "harm")
    assert data.count(b"\r\n") == data.count(b"\n") == len(tiny.records("harm")) + 1


def test_csv_flattens_as_documented(write: Write) -> None:
    """Nested parts are `text (field: value) [citations]`, parted by ` | `."""
    file = tiny_file()
    file["citations"][2]["status"] = {"state": "retracted", "looked_at": "2026-01-02"}
    kb = KnowledgeBase.load(write(file))
    ladder, thumb, _ = table(formats.made(kb, "csv", "harm"))
    assert ladder["warning_signs"] == "creaking (urgency: soon) [5] | falling (urgency: emergency-now) [11]"
    assert ladder["outcomes"] == "death; surgery"
    assert thumb["aliases"] == " | ".join(
        f"{alias['text']} (kind: {alias['kind']})" for alias in file["harms"][0]["aliases"]
    )
    assert thumb["findings"].startswith(
        "Seven of a hundred thumbs were blue. (bearing: supports, design: trial) [2] | "
    )
    assert thumb["frequency"].startswith("a blue thumb on the next day (percent: 7.0, denominator: 100, setting: ")
    assert {row["anecdote"] for row in table(formats.made(kb, "csv", "case"))} == {"true", "false"}
    retracted = table(formats.made(kb, "csv", "citation"))[2]
    assert retracted["status"] == "retracted (looked_at: 2026-01-02)"
    assert retracted["pmid"] == ""
    assert retracted["checked"] == "pubmed (url: https://example.org/2, fields: authors; title; year)"
    terms = {row["id"]: row["levels"] for row in table(formats.made(kb, "csv", "term"))}
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
    (found,) = [row for row in table(formats.made(kb, "csv", "harm")) if row["id"] == "blue-thumb"]
    assert (found["name"], found["summary"]) == (guarded, guarded)
    assert found["aliases"] == f"{guarded} (kind: lay)"
    assert table(formats.made(kb, "csv", "citation"))[1]["authors"] == f"{guarded}; Author B"
    assert kept in {row["name"] for row in json.loads(formats.made(kb, "json"))["results"]}


@pytest.mark.parametrize("form", formats.FORMATS)
def test_nothing_in_a_text_acts(write: Write, form: str) -> None:
    """Control characters are gone, and words of SQL and Markdown are text."""
    file, evil = tiny_file(), '\x1b[31m"); DROP TABLE harms; --\x9b\u202e\n# A title\n---\n<script>'
    file["harms"][0] |= {"name": evil, "summary": evil}
    data = formats.made(KnowledgeBase.load(write(file)), form, "harm" if form == "csv" else None)
    if form == "sqlite":
        with database(data) as db:
            assert len(pairs(db, "harms")) == 3
            assert all(char not in str(pairs(db, "records")) for char in ("\x1b", "\\x1b", "\\x9b", "\\u202e"))
        return
    text = data.decode()
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)
    assert "\\u001b" not in text
    if form == "markdown":
        assert "\n# A title" not in text
        assert "<script>" not in text.replace(r"\<", "")


def test_markdown_has_a_page_with_one_title_a_record(base: KnowledgeBase) -> None:
    """Pages are parted by rules, after a head that says what this is."""
    head, *parts = formats.made(base, "markdown").decode().split("\n\n---\n\n")
    assert head.startswith(f"# {base.file.title}\n\nedition {base.edition}")
    assert base.absence in head
    assert len(parts) == len(base)
    for part in parts:
        assert [line.startswith("# ") for line in part.splitlines()].count(True) == 1
        assert part.startswith("# ")
    one = formats.made(base, "markdown", "myth").decode()
    assert one.count("\n# ") == len(base.records("myth"))


def test_sqlite_is_whole_and_its_links_resolve(base: KnowledgeBase) -> None:
    """SQLite itself finds nothing wrong; each kind has its rows, and each link of the records is there."""
    with database(formats.made(base, "sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = {kind: len(pairs(db, name)) for kind, name in KINDS.items()}
        assert counted == {kind: len(base.records(kind)) for kind in KINDS}
        assert len(pairs(db, "records")) == len(pairs(db, "search")) == len(base)
        for name, (kind, field) in LINKS.items():
            assert pairs(db, name) == {(row["id"], other) for row in rows(base, kind) for other in row[field]}
        cited = {(record.id, number) for record in base for number in base.citations_of(record)}
        assert pairs(db, "record_citation") == cited - {(one.id, one.number) for one in base.file.citations}
        assert dict(pairs(db, "withdrawn")) == base.heirs
        assert {("edition", base.edition), ("absence", base.absence)} <= pairs(db, "about")


def test_sqlite_loses_nothing(base: KnowledgeBase) -> None:
    """Every text of every record, and every citation of a statement, sign, figure or piece of advice, is in it."""
    with database(formats.made(base, "sqlite")) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [name for name in names if not name.startswith("search")]
        held = {cell for name in names for row in pairs(db, name) for cell in row}
        for record in base:
            assert set(strings(record)) <= held, record.id
        links = [name for name in names if name.endswith("_citation") and name != "record_citation"]
        assert len(links) == 4
        carried = [record for kind in ("harm", "mechanism", "case", "term", "lesson") for record in base.records(kind)]
        whole = sum(len(record.citations) for record in carried)
        parts = sum(len(part.citations) for record in base for part in statements(record))
        assert sum(len(pairs(db, name)) for name in links) == whole + parts


def test_sqlite_knows_computed_fields_and_the_order_of_parts(tiny: KnowledgeBase) -> None:
    """Evidence and bands are those of the program; warning signs stand in their order with their sources."""
    with database(formats.made(tiny, "sqlite")) as db:
        assert db.execute(
            "SELECT severity, evidence, band, published_cases FROM harms WHERE id = 'broken-ladder'"
        ).fetchone() == ("serious", "case report", "not known", 1)
        signs = db.execute(
            "SELECT position, text, urgency, citation FROM warning_signs"
            " JOIN warning_sign_citation ON warning_sign_id = id ORDER BY harm_id, position"
        )
        assert signs.fetchall() == [(1, "creaking", "soon", 5), (2, "falling", "emergency-now", 11)]
        facets = "SELECT text FROM facets WHERE record_id = 'broken-ladder' AND field = 'outcomes' ORDER BY position"
        assert [text for (text,) in db.execute(facets)] == ["death", "surgery"]
        plan = db.execute("EXPLAIN QUERY PLAN SELECT * FROM harm_case WHERE case_id = 'x'").fetchall()
        assert "USING INDEX" in str(plan)


def test_sqlite_finds_words(kb: KnowledgeBase) -> None:
    """The full text is searched, in names, aliases and texts, whatever the inflection or accent."""

    def found(words: str) -> Iterator[str]:
        query = "SELECT id FROM search WHERE search MATCH ? ORDER BY rank"
        yield from (name for (name,) in db.execute(query, (words,)))

    with database(formats.made(kb, "sqlite")) as db:
        assert "rhabdomyolysis" in found("rhabdomyolysis")
        assert "rhabdomyolysis" in found("name: rhabdomyolysis")
        assert "stroke" in found("strokes")
        assert "aksoy-2009" in found('text: "accessory nerve"')
        assert not list(found("xylophone"))


def test_sqlite_keeps_the_standing_of_a_citation(write: Write) -> None:
    """A retraction has its columns, and is among the cautions."""
    file = tiny_file()
    file["citations"][2]["status"] = {"state": "retracted", "looked_at": "2026-01-02"}
    with database(formats.made(KnowledgeBase.load(write(file)), "sqlite")) as db:
        standing = db.execute("SELECT status_state, status_looked_at FROM citations WHERE number IN (1, 2)")
        assert standing.fetchall() == [(None, None), ("retracted", "2026-01-02")]
        assert ("retracted (looked at 2026-01-02)",) in db.execute("SELECT text FROM cautions WHERE citation = 2")


@pytest.mark.parametrize(
    ("field", "value"),
    [("see_also", ["nowhere"]), ("mechanisms", ["nowhere"]), ("see_also", ["odd-feeling", "odd-feeling"])],
)
def test_links_that_lead_nowhere_fit_no_database(write: Write, field: str, value: list[str]) -> None:
    """Rather than lose a link, the export says who names the fault."""
    file = tiny_file()
    file["harms"][0][field] = value
    with pytest.raises(BadData, match=r"fits no database: .+; see: massharm validate"):
        formats.made(KnowledgeBase.load(write(file)), "sqlite")


def test_sqlite_without_full_text_search_says_so(monkeypatch: pytest.MonkeyPatch, tiny: KnowledgeBase) -> None:
    """A Python whose SQLite lacks a part gets a reason, not a traceback."""
    monkeypatch.setattr("massharm.exports.sqlite._SCHEMA", "CREATE VIRTUAL TABLE search USING fts99(x);")
    with pytest.raises(MassharmError, match=r"the SQLite of this Python .+ no such module: fts99"):
        formats.made(tiny, "sqlite")


@pytest.mark.parametrize("form", formats.FORMATS)
def test_an_export_is_the_same_every_time(tiny: KnowledgeBase, tiny_path: Path, form: str) -> None:
    """Two exports of one edition can be compared byte by byte."""
    kind = "harm" if form == "csv" else None
    assert formats.made(tiny, form, kind) == formats.made(KnowledgeBase.load(tiny_path), form, kind)


@pytest.mark.parametrize("form", formats.FORMATS)
def test_o_writes_the_file_and_says_nothing(run: Run, here: Path, tiny: KnowledgeBase, form: str) -> None:
    """The file holds what the function gives, and nothing else is left in the folder."""
    kind = ["harm"] if form == "csv" else []
    place = here / f"kb.{form}"
    assert run("export", *kind, "--format", form, "-o", str(place)) == (0, "", "")
    assert place.read_bytes() == formats.made(tiny, form, *kind)
    assert os.listdir(here) == [place.name]  # noqa: PTH208 - names are compared


def test_standard_output_has_the_bytes_of_the_file(process: Run, here: Path, tiny: KnowledgeBase) -> None:
    """UTF-8 and CRLF, whatever the encoding of the terminal."""
    answer = process("export", "harm", "--format", "csv", env={"PYTHONIOENCODING": "ascii"})
    assert answer.out.encode() == formats.made(tiny, "csv", "harm")
    assert answer.err == ""
    assert not list(here.iterdir())


@pytest.mark.parametrize("form", ["json", "jsonl", "markdown"])
def test_texts_go_to_standard_output(run: Run, here: Path, tiny: KnowledgeBase, form: str) -> None:
    """Without -o what is text is printed, and no file is written."""
    assert run("export", "--format", form).out.encode() == formats.made(tiny, form)
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "pdf"), "--format does not take “pdf”; it takes json, jsonl, csv, markdown, sqlite"),
        (("drug",), "KIND does not take “drug”; it takes harm"),
        (("--format", "csv"), "a csv file holds one kind of record; name it, as in: massharm export harm"),
        (("--format", "sqlite"), "sqlite needs a file, as in: massharm export --format sqlite -o massharm.sqlite"),
        (("harm", "--format", "sqlite", "-o", "{here}/x"), "a sqlite file holds all kinds"),
        (("-o", "{here}"), "it is a directory; name a file in it"),
        (("-o", "{here}/none/x.json"), "cannot write {here}/none/x.json: No such file or directory"),
        (("-o", "{here}/../kb.json/x.json"), "Not a directory"),
        (("-o", "{here}/../kb.json", "--force"), "it is the knowledge base in use; name another file"),
        (("-o", "{here}/" + "x" * 300), "File name too long"),
    ],
    ids=["format", "kind", "csv", "sqlite", "sqlite-kind", "folder", "no-folder", "file-as-folder", "itself", "long"],
)
def test_wrong_use_is_two_and_writes_nothing(run: Run, here: Path, words: tuple[str, ...], message: str) -> None:
    """The line names the thing, the reason and the next step."""
    answer = run("export", *(word.replace("{here}", str(here)) for word in words), code=2)
    assert message.replace("{here}", str(here)) in answer.err
    assert answer.out == ""
    assert not list(here.iterdir())


def test_a_kind_without_records_is_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """Exit 1, as everywhere where nothing matched."""
    monkeypatch.setenv("MASSHARM_KB", str(write(tiny_file() | {"myths": []})))
    assert "the knowledge base holds no myths" in run("export", "myth", code=1).err


def test_a_file_is_replaced_only_by_force(run: Run, here: Path, tiny: KnowledgeBase) -> None:
    """What exists stays, until --force is given."""
    place = here / "kb.json"
    place.write_text("old")
    assert "it exists; name another file, or add --force" in run("export", "-o", str(place), code=2).err
    assert place.read_text() == "old"
    run("export", "-o", str(place), "--force")
    assert place.read_bytes() == formats.made(tiny, "json")
    assert list(here.iterdir()) == [place]


def test_what_is_no_file_is_never_replaced(here: Path) -> None:
    """A device or a pipe is refused, with --force too."""
    os.mkfifo(here / "pipe")
    with pytest.raises(WrongUse, match="no ordinary file; to write to standard output, leave -o out"):
        formats.target(here / "pipe", force=True)
    with pytest.raises(WrongUse, match="no ordinary file"):
        formats.target(Path(os.devnull), force=True)


def test_a_link_stays_a_link(run: Run, here: Path) -> None:
    """The file that it leads to is replaced."""
    place, link = here / "kb.json", here / "link.json"
    place.write_text("old")
    link.symlink_to(place)
    run("export", "-o", str(link), "--force")
    assert link.is_symlink()
    assert json.loads(place.read_text())["schema"] == 1

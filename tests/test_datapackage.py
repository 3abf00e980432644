"""The data package: valid by the standard, read back with frictionless, the same bytes every time."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate
from frictionless.resources import TableResource

from massharm import KnowledgeBase
from massharm.errors import BadData, WrongUse
from massharm.exports.formats import render_export
from massharm.kb.records import KINDS, Citation, statements
from tiny import Run, Write, rows, tiny_file

FORMULA = '=HYPERLINK("http://evil.example")'


def opened(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def descriptor(data: bytes) -> dict[str, Any]:
    """Return the descriptor of a package."""
    found: dict[str, Any] = json.loads(opened(data)["datapackage.json"])
    return found


def table(data: bytes, name: str) -> list[dict[str, str]]:
    """Return the rows of a file as the csv module reads them."""
    return list(csv.DictReader(io.StringIO(opened(data)[f"{name}.csv"].decode(), newline="")))


@pytest.fixture
def package(base: KnowledgeBase, tmp_path: Path) -> Path:
    """Return the path of a package of the tiny and of the real knowledge base."""
    path = tmp_path / "kb.zip"
    path.write_bytes(render_export(base, "datapackage"))
    return path


def test_frictionless_finds_no_fault(package: Path) -> None:
    """Sizes, hashes, types, required cells, primary and foreign keys of every table hold."""
    report = validate(package, type="package")
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] > len(KINDS)


def test_the_package_reads_back(package: Path, base: KnowledgeBase) -> None:
    """Each kind has a table with its records, each link is there, and values have their types."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(package.parent)
    read = Package(package.parent / "datapackage.json")
    held = {part.name: part.read_rows() for part in read.resources if isinstance(part, TableResource)}
    assert len(held) == len(read.resources)
    for kind, name in KINDS.items():
        assert [row["id"] for row in held[name]] == [row["id"] for row in rows(base, kind)]
    assert {(row["harm_id"], row["case_id"]) for row in held["harm_case"]} == {
        (row["id"], case) for row in rows(base, "harm") for case in row["cases"]
    }
    cited = {(row["record_id"], row["citation"]) for row in held["record_citation"]}
    assert cited == {
        (record.id, number)
        for record in base
        if not isinstance(record, Citation)
        for number in base.citations_of(record)
    }
    texts = {row["text"] for row in held["parts"]}
    assert {part.text for record in base for part in statements(record) if hasattr(part, "text")} <= texts
    for row, record in zip(held["citations"], base.records("citation"), strict=True):
        assert isinstance(record, Citation)
        assert (row["number"], row["et_al"], row["year"]) == (record.number, record.et_al, record.year)
        assert str(row["seen_on"] or "") == (record.seen_on or "")
    told = {row["name"]: row["value"] for row in held["about"]}
    assert (told["notice"], told["absence"]) == (base.notice, base.absence)


def test_a_wrong_link_would_be_found(tiny: KnowledgeBase, tmp_path: Path) -> None:
    """The foreign keys are declared: a package with one row too few is invalid."""
    for name, data in opened(render_export(tiny, "datapackage")).items():
        (tmp_path / name).write_bytes(data.replace(b"falling,sign,falling from a height", b"fall,sign,x"))
    report = validate(tmp_path / "datapackage.json", type="package")
    assert {"foreign-key", "hash-count"} <= {fault for (fault,) in report.flatten(["type"])}


def test_keys_types_and_descriptions_are_those_of_the_database(tiny: KnowledgeBase) -> None:
    """Keys, unique columns, types and comments are declared for a table."""
    resources = {part["name"]: part for part in descriptor(render_export(tiny, "datapackage"))["resources"]}
    link = resources["harm_sign"]
    assert link["description"] == "`link` is characteristic or compatible."
    assert link["schema"]["primaryKey"] == ["harm_id", "sign_id"]
    assert link["schema"]["foreignKeys"] == [
        {"fields": ["harm_id"], "reference": {"resource": "harms", "fields": ["id"]}},
        {"fields": ["sign_id"], "reference": {"resource": "signs", "fields": ["id"]}},
    ]
    fields = {field["name"]: field for field in resources["citations"]["schema"]["fields"]}
    assert {fields[name]["type"] for name in ("et_al", "copy")} == {"boolean"}
    assert {fields[name]["type"] for name in ("seen_on", "status_looked_at")} == {"date"}
    assert fields["number"] == {"name": "number", "type": "integer", "constraints": {"required": True}}
    assert fields["year"] == {"name": "year", "type": "integer"}
    assert resources["citations"]["schema"]["uniqueKeys"] == [["id"]]
    assert not any(name.startswith("search") for name in resources)


def test_the_descriptor_says_what_it_is(kb: KnowledgeBase) -> None:
    """Edition, licence, source, notice, and how to cite."""
    found = descriptor(render_export(kb, "datapackage"))
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (found["name"], found["title"], found["version"]) == ("massharm", kb.file.title, kb.edition)
    assert found["created"].startswith(kb.reviewed)
    assert [licence["name"] for licence in found["licenses"]] == ["CC-BY-4.0"]
    (source,) = found["sources"]
    article = kb.citation(0)
    assert article is not None
    assert source["path"] == article.url
    for text in (kb.notice, kb.absence, kb.how_to_cite):
        assert text in found["description"]


def test_a_licence_that_is_not_known_is_not_claimed(tiny: KnowledgeBase) -> None:
    """Another knowledge base has another licence: its own words stand in the description."""
    found = descriptor(render_export(tiny, "datapackage"))
    assert "licenses" not in found
    assert tiny.file.licence in found["description"]


def test_bytes_depend_on_the_edition_alone(tiny: KnowledgeBase, tiny_path: Path) -> None:
    """Neither the time nor the user of a file is kept."""
    data = render_export(tiny, "datapackage")
    assert data == render_export(KnowledgeBase.load(tiny_path), "datapackage")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr for entry in archive.infolist()} == {0o644 << 16}


def test_no_cell_is_a_formula_and_no_text_is_markup(write: Write) -> None:
    """A text that a spreadsheet would run is kept behind an apostrophe; a number is not a text."""
    file = tiny_file()
    file["harms"][0]["name"] = FORMULA
    file["notice"] = "Read <b>this</b>."
    data = render_export(KnowledgeBase.load(write(file)), "datapackage")
    assert f"'{FORMULA}" in {row["name"] for row in table(data, "harms")}
    assert r"\<b\>this" in descriptor(data)["description"]


def test_whole_or_not_at_all(tiny: KnowledgeBase, write: Write, run: Run, tmp_path: Path) -> None:
    """One kind alone, standard output, and a link that leads nowhere are refused."""
    with pytest.raises(WrongUse, match="a datapackage file holds all records"):
        render_export(tiny, "datapackage", "harm")
    file = tiny_file()
    file["harms"][0]["see_also"] = ["nowhere"]
    with pytest.raises(BadData, match="see: massharm validate"):
        render_export(KnowledgeBase.load(write(file)), "datapackage")
    answer = run("export", "--format", "datapackage", code=2)
    assert "datapackage needs a file, as in: massharm export --format datapackage -o massharm.zip" in answer.err
    assert not list(tmp_path.glob("*.zip"))

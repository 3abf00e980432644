"""Exports: the envelope, the lines, the files, and what the command refuses."""

import json
import os
from pathlib import Path

import pytest

from massharm import KnowledgeBase
from massharm.cli.export import FORMATS, rendered
from massharm.errors import WrongUse
from massharm.exports.formats import FORMATS as RENDERED
from massharm.exports.formats import check_target, render_export
from tiny import Run, Write, rows, tiny_file


def exported(kb: KnowledgeBase, form: str) -> bytes:
    """Return an export as the command writes it: of harms where the format holds one kind, else of all records."""
    return rendered(kb, form, "harm" if form == "csv" else None)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tiny_path: Path, tmp_path: Path) -> Path:
    """Let commands read the tiny knowledge base, and give an empty folder to write to."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_json_is_the_envelope_of_list(base: KnowledgeBase) -> None:
    """All kinds or one, with the fields of `list --json`, and what a reader elsewhere must know."""
    whole = json.loads(render_export(base, "json"))
    assert whole["results"] == rows(base)
    assert len(whole["results"]) == len(base)
    assert (whole["schema"], whole["query"], whole["notice"]) == (2, {"kind": None}, base.notice)
    assert (whole["absence"], whole["licence"]) == (base.absence, base.file.licence)
    one = json.loads(render_export(base, "json", "harm"))
    assert (one["query"], one["results"]) == ({"kind": "harm"}, rows(base, "harm"))


def test_json_of_a_kind_is_what_list_gives(run: Run, here: Path) -> None:
    """Nothing is computed twice, or in another order."""
    assert here.is_dir()
    listed, exported = run("list", "case", "--json").json, run("export", "case").json
    assert {name: exported[name] for name in listed} == listed


def test_jsonl_has_a_record_a_line_with_kind_id_and_name_first(base: KnowledgeBase) -> None:
    """A loader takes it line by line."""
    data = render_export(base, "jsonl")
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == rows(base)
    assert all(list(json.loads(line))[:3] == ["kind", "id", "name"] for line in lines)


def test_bulk_lines_have_an_action_before_each_record(base: KnowledgeBase) -> None:
    """What `_bulk` reads: an action and a document in turn, each on one line, the last ended too."""
    data = render_export(base, "jsonl", index="massharm-2")
    assert data.endswith(b"\n")
    assert b"\r" not in data
    lines = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    actions, documents = lines[::2], lines[1::2]
    assert documents == rows(base)
    assert actions == [{"index": {"_index": "massharm-2", "_id": row["id"]}} for row in documents]
    assert len({action["index"]["_id"] for action in actions}) == len(base)


def test_bulk_lines_are_written_for_a_kind(run: Run, here: Path, tiny: KnowledgeBase) -> None:
    """`--index` goes with a kind and with a file as without."""
    place = here / "harms.ndjson"
    run("export", "harm", "--format", "jsonl", "--index", "harms", "-o", str(place))
    assert place.read_bytes() == render_export(tiny, "jsonl", "harm", index="harms")
    assert place.read_bytes().count(b'{"index":{"_index":"harms"') == 3


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_in_a_text_acts(write: Write, form: str) -> None:
    """Control characters are gone, and words of SQL and Markdown are text."""
    file, evil = tiny_file(), '\x1b[31m"); DROP TABLE harms; --\x9b\u202e\n# A title\n---\n<script>'
    file["harms"][0] |= {"name": evil, "summary": evil}
    data = exported(KnowledgeBase.load(write(file)), form)
    assert not any(sign.encode() in data for sign in ("\x1b[31m", "\x9b", "\u202e", "\\u001b"))
    if form == "markdown":
        assert b"\n# A title" not in data
        assert b"<script>" not in data.replace(rb"\<", b"")


def test_every_format_of_the_command_is_rendered() -> None:
    """The command takes what the exports render, and what is made of pages."""
    assert set(FORMATS) == {*RENDERED, "markdown", "html", "fhir"}


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_the_same_every_time(tiny: KnowledgeBase, tiny_path: Path, form: str) -> None:
    """Two exports of one edition can be compared byte by byte."""
    assert exported(tiny, form) == exported(KnowledgeBase.load(tiny_path), form)


@pytest.mark.parametrize("form", FORMATS)
def test_o_writes_the_file_and_says_nothing(run: Run, here: Path, tiny: KnowledgeBase, form: str) -> None:
    """The file holds what the function gives, and nothing else is left in the folder."""
    kind = ["harm"] if form == "csv" else []
    place = here / f"kb.{form}"
    assert run("export", *kind, "--format", form, "-o", str(place)) == (0, "", "")
    assert place.read_bytes() == exported(tiny, form)
    assert os.listdir(here) == [place.name]  # noqa: PTH208 - names are compared


def test_standard_output_has_the_bytes_of_the_file(process: Run, here: Path, tiny: KnowledgeBase) -> None:
    """UTF-8 and CRLF, whatever the encoding of the terminal."""
    answer = process("export", "harm", "--format", "csv", env={"PYTHONIOENCODING": "ascii"})
    assert answer.out.encode() == render_export(tiny, "csv", "harm")
    assert answer.err == ""
    assert not list(here.iterdir())


@pytest.mark.parametrize("form", ["json", "jsonl", "markdown", "html", "fhir"])
def test_texts_go_to_standard_output(run: Run, here: Path, tiny: KnowledgeBase, form: str) -> None:
    """Without -o what is text is printed, and no file is written."""
    assert run("export", "--format", form).out.encode() == exported(tiny, form)
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--format", "pdf"),
            "--format does not take “pdf”; it takes json, jsonl, csv, markdown, sqlite, html, datapackage, fhir",
        ),
        (("drug",), "KIND does not take “drug”; it takes harm"),
        (("--format", "csv"), "a csv file holds one kind of record; name it, as in: massharm export harm"),
        (("--format", "sqlite"), "sqlite needs a file, as in: massharm export --format sqlite -o massharm.sqlite"),
        (("harm", "--format", "sqlite", "-o", "{here}/x"), "a sqlite file holds all records"),
        (("--index", "kb"), "--index belongs to jsonl, and json has no index; add --format jsonl or leave --index out"),
        (("harm", "--format", "csv", "--index", "kb"), "--index belongs to jsonl, and csv has no index"),
        (("--format", "jsonl", "--index", "My index"), "--index does not take “My index”: search engines want small"),
        (("--format", "jsonl", "--index", "_kb"), "--index does not take “_kb”"),
        (("--format", "jsonl", "--index", ""), "--index does not take “”"),
        (("harm", "--format", "html", "-o", "{here}/x"), "a html file holds all records"),
        (("-o", "{here}"), "it is a directory; name a file in it"),
        (("-o", "{here}/none/x.json"), "cannot write {here}/none/x.json: No such file or directory"),
        (("-o", "{here}/../kb.json/x.json"), "Not a directory"),
        (("-o", "{here}/../kb.json", "--force"), "it is the knowledge base in use; name another file"),
        (("-o", "{here}/" + "x" * 300), "File name too long"),
    ],
    ids=[
        "format",
        "kind",
        "csv",
        "sqlite",
        "sqlite-kind",
        "index-json",
        "index-csv",
        "blank",
        "underscore",
        "empty",
        "html-kind",
        "folder",
        "no-folder",
        "file-as-folder",
        "itself",
        "long",
    ],
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
    assert place.read_bytes() == render_export(tiny, "json")
    assert list(here.iterdir()) == [place]


def test_what_is_no_file_is_never_replaced(here: Path) -> None:
    """A device or a pipe is refused, with --force too."""
    os.mkfifo(here / "pipe")
    with pytest.raises(WrongUse, match="no ordinary file; to write to standard output, leave -o out"):
        check_target(here / "pipe", replace=True)
    with pytest.raises(WrongUse, match="no ordinary file"):
        check_target(Path(os.devnull), replace=True)


def test_a_link_stays_a_link(run: Run, here: Path) -> None:
    """The file that it leads to is replaced."""
    place, link = here / "kb.json", here / "link.json"
    place.write_text("old")
    link.symlink_to(place)
    run("export", "-o", str(link), "--force")
    assert link.is_symlink()
    assert json.loads(place.read_text())["schema"] == 2

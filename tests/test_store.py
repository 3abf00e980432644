import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from massharm.errors import BadData, WrongUse
from massharm.kb.store import bundled, encode, load, read, rewrite, schema, source, write_atomically
from tiny import DATA, Write, tiny_file


def test_bundled_is_the_file_of_the_checkout() -> None:
    """There is one copy of the data."""
    assert bundled().resolve() == DATA.resolve()


def test_variable_names_another_file(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """MASSHARM_KB stands before the bundled file, and a path given stands before both."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    assert source() == tiny_path
    assert source("other.json") == Path("other.json")


BROKEN = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n", "the file is empty"),
    "no-json": (b"{\n,}", "not JSON: line 2, column 1: JSON is malformed"),
    "cut-off": (b'{"schema": 1,', "not JSON"),
    "latin-1": (b'{"title": "na\xefve"}', "not UTF-8: byte 13 is 0xef"),
    "utf-16": ('{"schema": 1}'.encode("utf-16"), "not UTF-8"),
    "not-an-object": (b"[1, 2]", "Expected `object`"),
    "deep": (b'{"harms": ' + b"[" * 100_000, "nested too deeply"),
    "deep-in-place": (b'{"schema": ' + b"[" * 100_000, "top level"),
}


@pytest.mark.parametrize(("raw", "reason"), BROKEN.values(), ids=BROKEN)
def test_unreadable_files_are_named_with_the_reason(tmp_path: Path, raw: bytes, reason: str) -> None:
    """Whatever is wrong with a file, one line says so and names it."""
    path = tmp_path / "kb.json"
    path.write_bytes(raw)
    with pytest.raises(BadData) as caught:
        load(path)
    told = str(caught.value)
    assert str(path) in told
    assert "\n" not in told
    if reason not in {"top level", "nested too deeply"}:
        assert reason in told


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(BadData, match=r"nowhere\.json: No such file"):
        load(tmp_path / "nowhere.json")


def test_folder_instead_of_file(tmp_path: Path) -> None:
    """A folder is no file."""
    with pytest.raises(BadData, match="Is a directory"):
        read(tmp_path)


def test_wrong_shape_names_the_record(tmp_path: Path) -> None:
    """A fault inside a record is told with the record's id and field."""
    file = tiny_file()
    file["harms"][1]["severity"] = "awful"
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(file))
    with pytest.raises(BadData, match=r"harms\[1\]\.severity \(broken-ladder\): Invalid enum value 'awful'"):
        load(path)


def test_unknown_field_is_refused(tmp_path: Path) -> None:
    """A field that the model does not know is refused rather than lost."""
    file = tiny_file()
    file["harms"][0]["colour"] = "blue"
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(file))
    with pytest.raises(BadData, match=r"unknown field `colour`"):
        load(path)


@pytest.mark.parametrize("ascii_only", [True, False], ids=["escaped", "raw"])
@pytest.mark.parametrize("char", ["\u202e", "\x9b", "\x7f", "\u2066", "\x1b", "\r", "\u061c", "\ufeff", "\u00ad"])
def test_controls_in_a_file_never_get_in(tmp_path: Path, char: str, ascii_only: bool) -> None:  # noqa: FBT001
    """Control characters of a file are dropped, written raw or escaped."""
    file = tiny_file()
    file["harms"][0]["name"] = f"Blue{char} thumb"
    path = tmp_path / "kb.json"
    text = json.dumps(file, ensure_ascii=ascii_only)
    if char == "\x1b" and not ascii_only:
        text = text.replace("\x1b", "\\u001b")
    path.write_text(text, encoding="utf-8")
    assert load(path).harms[0].name == "Blue thumb"


def test_byte_order_mark_is_no_fault(tmp_path: Path, tiny_path: Path) -> None:
    """A file saved with a byte order mark is read like any other."""
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + tiny_path.read_bytes())
    assert load(path) == load(tiny_path)


def test_rewrite_sorts_and_keeps_everything(tmp_path: Path) -> None:
    """The canonical file has the same records in order, and reading it back changes nothing."""
    file = tiny_file()
    file["harms"].reverse()
    file["citations"].reverse()
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(file))
    rewrite(path)
    again = load(path)
    assert [harm.id for harm in again.harms] == ["blue-thumb", "broken-ladder", "odd-feeling"]
    assert [cited.number for cited in again.citations] == list(range(30))
    assert encode(again) == path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_rewrite_of_a_broken_file_leaves_it(tmp_path: Path) -> None:
    """What cannot be read is not written over."""
    path = tmp_path / "kb.json"
    path.write_text("{")
    with pytest.raises(BadData):
        rewrite(path)
    assert path.read_text() == "{"


def test_schema_takes_the_bundled_file_and_refuses_a_wrong_one(write: Write) -> None:
    """The published schema is the shape that is read."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema())
    validator.validate(json.loads(DATA.read_text(encoding="utf-8")))
    validator.validate(json.loads(write(tiny_file()).read_text()))
    wrong = tiny_file()
    wrong["harms"][0]["severity"] = "awful"
    assert not validator.is_valid(wrong)


def test_a_file_has_the_mode_that_umask_gives(tmp_path: Path) -> None:
    """Neither more private nor more public than what any program writes."""
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "x", b"x", replace=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


class Cut(BaseException):
    """What ends a program from outside, such as an interrupt."""


FAULTS = {
    "disk-full": (os, "fsync", OSError(errno.ENOSPC, "No space left on device")),
    "may-not": (Path, "replace", PermissionError(errno.EACCES, "Permission denied")),
    "interrupted": (os, "fsync", Cut()),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_failure_half_way_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str) -> None:
    """The old file is as it was, and no temporary one is left."""
    owner, name, fault = FAULTS[case]
    place = tmp_path / "kb.json"
    place.write_text("old")
    seen: list[int] = []

    def fails(*_: Any) -> None:
        seen.append(len(list(tmp_path.iterdir())))
        raise fault

    monkeypatch.setattr(owner, name, fails)
    with pytest.raises((WrongUse, Cut)) as caught:
        write_atomically(place, b"new", replace=True)
    assert seen == [2], "the new file was not written beside the old one"
    assert isinstance(fault, Cut) or str(caught.value) == f"cannot write {place}: {fault.args[1]}"
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]

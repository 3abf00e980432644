import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from massharm.errors import BadData, WrongUse
from massharm.kb import store
from massharm.kb.store import bundled, decode, encode, load, read, rewrite, schema, source
from tiny import DATA, File, Spoil, Write, cited, harm, tiny_file


def write_json(tmp_path: Path, file: Any) -> Path:
    """Write a file that need not keep to the model; return its path."""
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


# Which file


def test_bundled_is_the_file_of_the_checkout() -> None:
    """There is one copy of the data."""
    assert bundled().resolve() == DATA.resolve()


def test_variable_names_another_file(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """MASSHARM_KB stands before the bundled file, and a path given stands before both; an empty variable is none."""
    assert source() == bundled()
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    assert source() == tiny_path
    assert source("other.json") == Path("other.json")
    monkeypatch.setenv("MASSHARM_KB", "")
    assert source() == bundled()


def test_empty_name_is_no_file() -> None:
    """A name that came out empty does not stand for the bundled file."""
    with pytest.raises(BadData, match="the name of the knowledge base is empty; give the name of a file"):
        source("")


@pytest.mark.parametrize("name", [[], 0, False, b"kb.json"], ids=repr)
def test_what_is_no_name_of_a_file_is_refused(name: Any) -> None:
    """A list, a number or bytes do not stand for the bundled file."""
    with pytest.raises(TypeError):
        source(name)


# What is wrong with a file


BROKEN = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n", "the file is empty"),
    "no-json": (b"{\n,}", "not JSON: line 2, column 1: JSON is malformed"),
    "cut-off": (b'{"schema": 2,\n"title', "not JSON: line 2, column 7: Input data was truncated"),
    "latin-1": (b'{"title": "na\xefve"}', "not UTF-8: byte 13 is 0xef"),
    "utf-16": ('{"schema": 2}'.encode("utf-16"), "not UTF-8: byte 0 is 0xff"),
    "not-an-object": (b"[1, 2]", "kb.json: Expected `object`, got `array`"),
    "deep": (b'{"harms": ' + b"[" * 100_000, "nested too deeply"),
    "deep-in-place": (b'{"schema": ' + b"[" * 100_000, "schema: Expected `int`, got `array`"),
}


@pytest.mark.parametrize(("raw", "reason"), BROKEN.values(), ids=BROKEN)
def test_unreadable_files_are_named_with_the_reason(tmp_path: Path, raw: bytes, reason: str) -> None:
    """Whatever is wrong with a file, one line says so, with the name of the file."""
    path = tmp_path / "kb.json"
    path.write_bytes(raw)
    with pytest.raises(BadData) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"knowledge base {path}: ")
    assert "\n" not in message
    if reason != "nested too deeply":  # how deep is too deep is Python's affair
        assert reason in message


def test_a_text_without_end_is_refused(write: Write) -> None:
    """No page is made of it."""
    file = tiny_file()
    file["title"] = "x" * 100_000
    assert len(load(write(file)).title) == 100_000
    file["title"] += "x"
    with pytest.raises(BadData, match=r"title: Expected `str` of length <= 100000"):
        load(write(file))


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(BadData, match=r"nowhere\.json: No such file"):
        load(tmp_path / "nowhere.json")


def test_name_with_a_null_character_is_refused() -> None:
    """What the system takes for no name is one line too, in which the character is visible."""
    with pytest.raises(BadData, match=r"knowledge base a\\x00b: embedded null byte"):
        load("a\0b")


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused."""
    with pytest.raises(BadData, match="Is a directory"):
        read(tmp_path)


def test_pipes_and_devices_are_no_files(tmp_path: Path) -> None:
    """What may never end is not read, and a pipe is not waited for."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path(os.devnull)):
        with pytest.raises(BadData, match=f"{path}: it is no ordinary file"):
            read(path)


def test_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """A file that is far too large is not read; the limit is in the error."""
    monkeypatch.setattr(store, "MAX_BYTES", tiny_path.stat().st_size)
    assert read(tiny_path) == tiny_path.read_bytes()
    monkeypatch.setattr(store, "MAX_BYTES", 2 * 1024**2)
    with tiny_path.open("ab") as file:
        file.truncate(2 * 1024**2 + 1)
    with pytest.raises(BadData, match=r"kb\.json: larger than 2 MB, which no knowledge base is"):
        read(tiny_path)


@pytest.mark.parametrize("where", ["fstat", "decode"])
def test_file_too_large_for_memory_is_named(monkeypatch: pytest.MonkeyPatch, tiny_path: Path, where: str) -> None:
    """Where memory does not suffice the file is to blame, not the program."""

    def fail(*_: Any, **__: Any) -> None:
        raise MemoryError

    owner, name = (os, "fstat") if where == "fstat" else (msgspec.json, "decode")
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        with pytest.raises(BadData, match=r"kb\.json: too large for the memory of this machine"):
            load(tiny_path)


WRONG_SHAPES: dict[str, tuple[Spoil, str]] = {
    "a word of no vocabulary": (
        lambda file: harm(file, 1).update(severity="awful"),
        "harms[1].severity (broken-ladder): Invalid enum value 'awful'",
    ),
    "a field of no model": (
        lambda file: harm(file).update(colour="blue"),
        "harms[0] (blue-thumb): Object contains unknown field `colour`",
    ),
    "a field that is missing": (
        lambda file: cited(file, 3).pop("finding"),
        "citations[3] (note-3): Object missing required field `finding`",
    ),
    "an id with a line break": (
        lambda file: harm(file).update(id="blue-thumb\n"),
        "harms[0].id (blue-thumb ): Expected `str` matching regex",
    ),
    "a PMID in other digits": (
        lambda file: cited(file, 1).update(pmid="١٢٣"),
        "citations[1].pmid (author-1): Exp",
    ),
    "a PMID with a line break": (lambda file: cited(file, 1).update(pmid="12\n"), "citations[1].pmid (author-1): Exp"),
    "a PMCID in other digits": (lambda file: cited(file, 1).update(pmcid="PMC١"), "citations[1].pmcid (author-1): Exp"),
    "a PMCID with a line break": (lambda file: cited(file, 1).update(pmcid="PMC1\n"), "citations[1].pmcid (author-1)"),
    "a DOI in other digits": (lambda file: cited(file, 1).update(doi="10.١٢٣٤/x"), "citations[1].doi (author-1): Exp"),
    "a DOI with a line break": (lambda file: cited(file, 1).update(doi="10.1234/x\n"), "citations[1].doi (author-1)"),
    "an address with a line break": (
        lambda file: cited(file, 1).update(url="https://example.org/\n"),
        "citations[1].url (author-1): Expected `str` matching regex",
    ),
    "a day in other digits": (lambda file: harm(file).update(reviewed="٢٠٢٦-01-02"), "harms[0].reviewed (blue-thumb)"),
    "a day with a line break": (lambda file: file.update(reviewed="2026-01-02\n"), "reviewed: Expected `str` matching"),
    "a system with a line break": (
        lambda file: harm(file).update(codes=[{"system": "MeSH\n", "name": "Thumb"}]),
        "harms[0].codes[0].system (blue-thumb): Expected `str` matching regex",
    ),
    "a number below all": (lambda file: cited(file, 3).update(number=-1), "citations[3].number (note-3): Expected"),
    "a number above all": (
        lambda file: cited(file, 3).update(number=2**63),
        "citations[3].number (note-3): Expected `int` <= 9223372036854775807",
    ),
    "a number of 2,000 digits": (
        lambda file: cited(file, 3).update(number=10**2000),
        "citations[3].number (note-3): ",
    ),
    "a denominator above all": (
        lambda file: harm(file)["frequency"][0].update(denominator=2**63),
        "harms[0].frequency[0].denominator (blue-thumb): Expected `int` <= 9223372036854775807",
    ),
    "a denominator of nobody": (
        lambda file: harm(file)["frequency"][0].update(denominator=0),
        "harms[0].frequency[0].denominator (blue-thumb): Expected `int` >= 1",
    ),
    "a numerator above all": (
        lambda file: harm(file)["frequency"][0].update(numerator=2**63),
        "harms[0].frequency[0].numerator (blue-thumb): Expected `int` <= 9223372036854775807",
    ),
    "more patients than there are": (
        lambda file: file["cases"][0].update(patients=2**63),
        "cases[0].patients (author-5-ladder): Expected `int` <= 9223372036854775807",
    ),
    "no patient": (lambda file: file["cases"][0].update(patients=0), "cases[0].patients (author-5-ladder): Expected"),
    "a case of no source": (
        lambda file: file["cases"][0].update(citations=[]),
        "cases[0].citations (author-5-ladder): Expected `array` of length >= 1",
    ),
    "a precaution without a reason": (
        lambda file: file["precautions"][0].update(why=[]),
        "precautions[0].why (heavy): Expected `array` of length >= 1",
    ),
    "a precaution without advice": (
        lambda file: file["precautions"][0].update(why=[]),
        "precautions[0].why (heavy): Expected `array` of length >= 1",
    ),
    "a myth without evidence": (
        lambda file: file["myths"][0].update(evidence=[]),
        "myths[0].evidence (myth-blue): Expected `array` of length >= 1",
    ),
    "a harm without an id": (
        lambda file: harm(file).update(id=["blue"], name=1),
        "harms[0].id: Expected `str`, got `array`",
    ),
    "a list that is none": (lambda file: file.update(harms={"blue": 1}), "harms: Expected `array`, got `object`"),
    "a record that is none": (lambda file: file.update(harms=["blue"]), "harms[0]: Expected `object`, got `str`"),
}


@pytest.mark.parametrize("escaped", [False, True], ids=["plain", "escaped"])
@pytest.mark.parametrize(("spoil", "reason"), WRONG_SHAPES.values(), ids=WRONG_SHAPES)
def test_wrong_shape_names_the_record(tmp_path: Path, spoil: Spoil, reason: str, *, escaped: bool) -> None:
    """A fault of a record names its place and its id, also in a file with characters that are dropped."""
    file = tiny_file()
    spoil(file)
    file["title"] += "\u202e" * escaped
    with pytest.raises(BadData) as caught:
        load(write_json(tmp_path, file))
    assert f"kb.json: {reason}" in str(caught.value)


# What is read


@pytest.mark.parametrize("ascii_only", [True, False], ids=["escaped", "raw"])
@pytest.mark.parametrize("char", ["\u202e", "\x9b", "\x7f", "\u2066", "\x1b", "\r", "\u061c", "\ufeff", "\u00ad"])
def test_controls_in_a_file_never_get_in(tmp_path: Path, char: str, *, ascii_only: bool) -> None:
    """Control characters of a file are dropped, written raw or escaped."""
    file = tiny_file()
    file["harms"][0]["name"] = f"Blue{char} thumb"
    path = tmp_path / "kb.json"
    text = json.dumps(file, ensure_ascii=ascii_only)
    if char == "\x1b" and not ascii_only:
        text = text.replace("\x1b", "\\u001b")
    path.write_text(text, encoding="utf-8")
    assert load(path).harms[0].name == "Blue thumb"


def test_name_of_controls_only_is_empty(tmp_path: Path) -> None:
    """What nothing is left of is no name."""
    file = tiny_file()
    file["harms"][0]["name"] = "\u202e"
    with pytest.raises(BadData, match=r"harms\[0\]\.name \(blue-thumb\): Expected `str` of length >= 1"):
        load(write_json(tmp_path, file))


def test_byte_order_mark_is_no_fault(tmp_path: Path, tiny_path: Path) -> None:
    """A file saved with a byte order mark is read like any other."""
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + tiny_path.read_bytes())
    assert load(path) == load(tiny_path)


# What is written


def test_rewrite_sorts_and_keeps_everything(tmp_path: Path) -> None:
    """The canonical file has the same records in order, and reading it back changes nothing."""
    file = tiny_file()
    file["harms"].reverse()
    file["citations"].reverse()
    path = write_json(tmp_path, file)
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


def test_rewrite_touches_no_other_file(tmp_path: Path) -> None:
    """A file named like a draft, or a link of that name, is left alone; a link to the file stays a link."""
    path, link, victim = write_json(tmp_path, tiny_file()), tmp_path / "link.json", tmp_path / "victim.txt"
    path.chmod(0o600)
    link.symlink_to(path)
    victim.write_text("mine")
    (tmp_path / ".kb.json.new").symlink_to(victim)
    rewrite(link)
    assert victim.read_text() == "mine"
    assert link.is_symlink()
    assert path.read_bytes() == encode(load(path))
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(list(tmp_path.iterdir())) == 4


def test_rewrite_that_cannot_write_says_so(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """A folder that takes no file is an error that names the file."""

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(WrongUse, match=r"cannot write .*kb\.json: Permission denied"):
        rewrite(tiny_path)


def test_bundled_file_is_read_back_as_it_is() -> None:
    """Records to text and back: the same records, the same bytes."""
    raw = read(DATA)
    file = decode(raw, DATA)
    assert encode(file) == raw
    assert decode(encode(file), DATA) == file


def test_schema_takes_the_bundled_file_and_refuses_a_wrong_one(write: Write) -> None:
    """The published schema is the shape that is read."""
    validator = Draft202012Validator(schema())
    validator.validate(json.loads(DATA.read_text(encoding="utf-8")))
    validator.validate(json.loads(write(tiny_file()).read_text()))
    wrong: File = tiny_file()
    wrong["harms"][0]["severity"] = "awful"
    assert not validator.is_valid(wrong)

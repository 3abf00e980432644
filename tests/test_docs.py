"""The documents: their links lead somewhere, what they show of the program is current, and their examples work."""

import importlib.util
import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec
import pytest
from jsonschema import Draft202012Validator
from mypy import api as mypy

import massharm
from built import environment
from massharm import KnowledgeBase
from massharm.cli.app import COMMANDS, Commands
from massharm.cli.cite import FORMATS as REFERENCES
from massharm.cli.export import FORMATS as EXPORTS
from massharm.errors import Exit
from massharm.exports.answers import Answer
from massharm.exports.clinical import FlaggedSign, RedflagsAnswer, ScreenAnswer, ScreenedPrecaution, SignHarm
from massharm.exports.schemas import ANSWERS, answer_schemas
from massharm.kb.records import MODELS, Citation, File, Precaution
from massharm.kb.vocabulary import AdviceLevel, AliasKind, Outcome, SignLink, Study
from massharm.text import fold
from tiny import ROOT, Run


def _screens() -> Any:
    """Import the script that updates the documents; it is not part of the package."""
    spec = importlib.util.spec_from_file_location("screens", ROOT / "scripts" / "screens.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


screens = _screens()
README = ROOT / "README.md"
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
DATA_PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
FORMATS_PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
PYTHON_PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data/README.md", ROOT / "benchmarks/README.md"]
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
FORBIDDEN = re.compile(
    r"\b(mended|shelf|bones|told apart|laid|put down to|owned up|anew|seen in a copy|is told|are told)\b", re.IGNORECASE
)


def prose(page: Path) -> str:
    """Return a document without its code blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    """Every relative link of a document resolves, and so does its anchor."""
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), target
        assert not anchor or anchor in anchors(other), target


@pytest.mark.parametrize("page", screens.PAGES, ids=lambda page: page.name)
def test_what_a_document_shows_is_current(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens, tables of options and outputs of examples are up to date; `python scripts/screens.py` updates them."""
    monkeypatch.setattr(os, "environ", environment())
    text = page.read_text(encoding="utf-8")
    assert screens.updated(text) == text, "update it with: python scripts/screens.py"


def test_every_page_with_a_screen_is_kept_current() -> None:
    """The script reads every document that holds a screen, a table of options or an example."""
    marked = [
        page for page in PAGES if re.search(r"<!-- (screen|options)|^```python", page.read_text(encoding="utf-8"))
    ]
    assert set(marked) <= set(screens.PAGES)


def test_screens_options_and_outputs_are_written() -> None:
    """The script runs the command or the example and puts what it prints into the document, cut where asked for."""
    old = (
        "a\n<!-- screen: massharm --version -->\n```console\nold\n```\n"
        "b\n<!-- screen 2: massharm list -->\n```console\n```\n"
        "c\n<!-- options: evidence -->\nold\n<!-- end of options -->\n"
        "d\n```python\nprint('one', 1)\n```\n\n```text\nold\n```\n"
    )
    new = screens.updated(old)
    assert f"```console\n$ massharm --version\nmassharm {massharm.__version__}, " in new
    (cut,) = re.findall(r"\$ massharm list\n(.*?)```", new, re.DOTALL)
    assert cut.count("\n") == 3
    assert cut.endswith("\n...\n")
    assert "| `--json` |" in new
    assert "```text\none 1\n```" in new
    assert "old" not in new
    assert screens.updated(new) == new


def test_check_reports_an_outdated_page_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With --check the script exits 1 and leaves the page; without it the page is written."""
    page = tmp_path / "page.md"
    old = "```python\nprint(2)\n```\n\n```text\n```\n"
    page.write_text(old, encoding="utf-8")
    monkeypatch.setattr(screens, "PAGES", [page])
    monkeypatch.setattr(sys, "argv", ["screens.py", "--check"])
    assert (screens.main(), page.read_text(encoding="utf-8")) == (1, old)
    monkeypatch.setattr(sys, "argv", ["screens.py"])
    assert (screens.main(), page.read_text(encoding="utf-8")) == (0, old.replace("```text\n", "```text\n2\n"))
    monkeypatch.setattr(sys, "argv", ["screens.py", "--check"])
    assert screens.main() == 0


def test_readme_is_short() -> None:
    """It is read in a few minutes, and no screen fills the page."""
    text = README.read_text(encoding="utf-8")
    assert len(text.encode()) <= 6000
    for block in re.findall(r"^```console\n\$ massharm(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        assert len(block.splitlines()) - 1 <= 10


def test_readme_shows_the_three_calls() -> None:
    """The calls that must always work each have a screen."""
    shown = re.findall(r"<!-- screen(?: \d+)?: massharm (.+?) -->", README.read_text(encoding="utf-8"))
    assert [words.partition(" --limit")[0] for words in shown] == [
        "search rhabdo",
        "cite 17",
        "list --severity serious",
    ]


def test_readme_has_the_two_set_up_commands() -> None:
    """CI runs them: each is one line in a block of its own, and no other block is marked sh."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[0].rstrip().endswith(".venv/bin/massharm search rhabdo")
    assert blocks[1].rstrip().endswith(".venv/bin/python scripts/check.py")


def test_every_command_has_its_part() -> None:
    """The commands stand in the order of the help, each with an example or a description and its options."""
    headings = re.findall(r"^## (\w+)$", COMMANDS_PAGE, re.MULTILINE)
    assert [heading for heading in headings if heading in COMMANDS] == list(COMMANDS)
    assert re.findall(r"<!-- options: (\S+) -->", COMMANDS_PAGE) == list(COMMANDS)
    readme = README.read_text(encoding="utf-8")
    assert re.findall(r"docs/commands\.md#(\w+)", readme) == list(COMMANDS)


def test_python_examples_pass_mypy_strict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user who checks types can copy them."""
    files = []
    for number, code in enumerate(re.findall(r"^```python\n(.*?)^```$", PYTHON_PAGE, re.MULTILINE | re.DOTALL)):
        files.append(tmp_path / f"example_{number}.py")
        files[-1].write_text(code, encoding="utf-8")
    assert files
    monkeypatch.chdir(ROOT)
    # The options and the cache of the whole check make this quick.
    out, err, code = mypy.run([str(file) for file in files])
    assert (code, err) == (0, ""), out


def test_python_page_names_what_is_public() -> None:
    """The table holds the public names, and each call that the page describes exists."""
    table = codes(PYTHON_PAGE, "## Public names")
    assert sorted(table) == sorted(name for name in massharm.__all__ if not name.startswith("_"))
    calls = set(re.findall(r"`kb\.(\w+)\(", PYTHON_PAGE))
    assert calls
    assert all(hasattr(massharm.KnowledgeBase, call) for call in calls)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_wording_is_plain(page: Path) -> None:
    """None of the old words stands in the text of a document; a screen may print them from the data."""
    assert FORBIDDEN.findall(prose(page)) == []


def test_help_is_plain() -> None:
    """None of the old words stands in the help of a command or option."""
    for name, command in Commands().items():
        for text in (command.help, *(param.help for param in command.params)):
            assert FORBIDDEN.findall(text) == [], name


def codes(text: str, heading: str) -> list[str]:
    """Return what stands in backticks in the first column of the tables under a heading."""
    part = text.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    cells = re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE)
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def test_exit_codes_are_those_of_the_program() -> None:
    """The table holds every exit code, and that of a closed pipe."""
    part = COMMANDS_PAGE.partition("### Exit codes")[2].partition("###")[0]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", part, re.MULTILINE)] == sorted({*Exit, 141})


def parts_of(fields: Iterable[Any]) -> dict[str, set[str]]:
    """Return the fields of a Struct, and of each that holds Structs the names of their fields."""
    inner = ((field.name, (*get_args(field.type), field.type)[0]) for field in fields)
    return {name: set(getattr(part, "__struct_fields__", ())) for name, part in inner}


def test_fields_of_answers_are_described() -> None:
    """The page names every field of the envelope, and of what `screen` and `redflags` answer."""
    envelope = set(Answer.__struct_fields__)
    assert [field for field in codes(JSON_PAGE, "## The answer") if field in envelope] == [*Answer.__struct_fields__]
    added = parts_of(field for field in msgspec.structs.fields(ScreenAnswer) if field.name not in envelope)
    assert sorted(codes(JSON_PAGE, "## screen")) == sorted(added)
    part = JSON_PAGE.partition("\n## screen\n")[2].partition("\n#")[0]
    for field, cell in re.findall(r"^\| `(\w+)` \| (.*) \|$", part, re.MULTILINE):
        if field != "reported":  # described by `harms`
            assert set(re.findall(r"`(\w+)`", cell)) == added[field], field
    screened = words_under("## screen", before="|")
    assert screened - {"results", "screen"} == {"kind", *ScreenedPrecaution.__struct_fields__}
    flagged = words_under("## redflags", before="<!--") - {"results", "redflags"}
    described = {"kind", *FlaggedSign.__struct_fields__, *SignHarm.__struct_fields__, *SignLink}
    assert flagged == described | (set(RedflagsAnswer.__struct_fields__) - envelope)


def test_every_answer_has_an_example() -> None:
    """Each has its part, in the order of the commands, and what is shown whole has the schema of the answer."""
    assert [name for name in re.findall(r"^## (\w+)$", JSON_PAGE, re.MULTILINE) if name in ANSWERS] == list(ANSWERS)
    shown = re.findall(
        r"<!-- screen( \d+)?: massharm (\w+) .*?--json -->\n```console\n.*?\n(.*?)```", JSON_PAGE, re.DOTALL
    )
    assert [name for _, name, _ in shown] == list(ANSWERS)
    for cut, name, printed in shown:
        if not cut:
            Draft202012Validator(answer_schemas()["$defs"][name]).validate(json.loads(printed))


def words_under(heading: str, before: str) -> set[str]:
    """Return what stands in backticks between a heading of the page on JSON and the next `before`."""
    return set(re.findall(r"`([\w-]+)`", JSON_PAGE.partition(f"{heading}\n")[2].partition(before)[0]))


def test_fields_of_records_are_described() -> None:
    """The page on the data names every list of the file, and what is new in precautions."""
    lists = [field.name for field in msgspec.structs.fields(File) if get_origin(field.type) is tuple]
    named = codes(DATA_PAGE, "## What is in it")
    assert sorted(named) == sorted(lists)
    assert set(codes(DATA_PAGE, "### Precautions")) <= set(Precaution.__struct_fields__)
    assert set(codes(DATA_PAGE, "### Citations")) <= set(Citation.__struct_fields__)
    shared = set(codes(DATA_PAGE, "### Fields that several kinds share"))
    assert shared <= {field for model in MODELS.values() for field in model.__struct_fields__} | {"basis"}


@pytest.mark.parametrize(
    ("heading", "scale"),
    [("### Outcomes", Outcome), ("### Level of a precaution", AdviceLevel), ("## Aliases", AliasKind)],
    ids=["outcomes", "levels", "aliases"],
)
def test_rules_name_every_word_of_a_scale(heading: str, scale: Iterable[str]) -> None:
    """The tables of rules hold each word once, in the order of the scale."""
    assert codes(DATA_PAGE, heading) == list(scale)


def test_gaps_of_citations_are_listed(kb: KnowledgeBase) -> None:
    """The page names each publication from number 30 on that lacks its author, its year or its journal."""
    online = {Study.COMMENTARY, Study.WEB_PAGE, Study.PRESS}
    lacking = [
        cited.number
        for cited in kb.file.citations
        if cited.number >= 30
        and cited.kind_of_study not in online
        and not (cited.year and (cited.authors or cited.publisher) and (cited.container or cited.publisher))
    ]
    (listed,) = re.findall(r"^The numbers are:\n\n([\d,\s]+)\.$", DATA_PAGE, re.MULTILINE)
    assert [int(number) for number in listed.split(",")] == lacking


def test_what_is_left_out_is_not_in(kb: KnowledgeBase) -> None:
    """No publication of the list is a citation, by its title, PMID, PMCID or DOI."""
    part = DATA_PAGE.partition("## What is left out")[2].partition("###")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")][1:]
    assert rows
    texts = {
        fold(text) for cited in kb.file.citations for text in (cited.title, cited.pmid, cited.pmcid, cited.doi) if text
    }
    for row in rows:
        known = re.findall(r"(?:PMID|PMCID|doi) (\S+?)(?:;|$)", row[4]) if len(row) > 4 else []
        assert texts.isdisjoint(map(fold, (row[0], *known))), row[0]


def test_export_and_reference_formats_are_described() -> None:
    """Each format has a line."""
    assert codes(FORMATS_PAGE, "## Exports") == list(EXPORTS)
    assert ["text", *codes(FORMATS_PAGE, "## References")] == list(REFERENCES)


def test_database_is_described(run: Run, tmp_path: Path) -> None:
    """Each table is named, no other is, and the queries find something."""
    file = tmp_path / "kb.sqlite"
    run("export", "--format", "sqlite", "-o", str(file))
    with closing(sqlite3.connect(file)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        tables = {name for name in tables if not name.startswith("search_")}
        named = set(codes(FORMATS_PAGE, "### SQLite"))
        assert named == tables
        (queries,) = re.findall(r"^```sql\n(.*?)^```$", FORMATS_PAGE, re.MULTILINE | re.DOTALL)
        for query in queries.split(";")[:-1]:
            assert database.execute(query).fetchall()

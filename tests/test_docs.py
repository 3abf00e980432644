"""The documents: their links lead somewhere, what they show of the program is current, and their examples work."""

import importlib.util
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from mypy import api as mypy

import massharm
from massharm.cli.app import COMMANDS, Commands
from massharm.cli.cite import FORMATS as REFERENCES
from massharm.cli.export import FORMATS as EXPORTS
from massharm.errors import Exit
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
FORMATS_PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
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
def test_what_a_document_shows_is_current(page: Path) -> None:
    """Screens, tables of options and outputs of examples are up to date; `python scripts/screens.py` updates them."""
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
    assert len(text.encode()) < 7000
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
    table = re.findall(r"^\| `(\w+)` \|", PYTHON_PAGE, re.MULTILINE)
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


def test_fields_of_answers_are_described(run: Run) -> None:
    """The page names every field of the envelope, and what `screen` adds to it."""
    fields = codes(FORMATS_PAGE, "## JSON")
    envelope = run("search", "rhabdo", "--json").json
    assert [field for field in fields if field in envelope] == list(envelope)
    added = run("screen", "warfarin", "--json").json.keys() - envelope.keys()
    (described,) = re.findall(r"^`screen` adds (.*?)\. ", FORMATS_PAGE, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`(\w+)`", described)) == added


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

"""The manual page: whole, readable by every reader of roff, and part of the wheel."""

import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from zlib import crc32

import pytest
import typer

from built import built, environment
from massharm import KnowledgeBase
from massharm.cli.app import COMMANDS, Commands, app
from massharm.clinical.combinations import Table as Combinations
from massharm.clinical.names import Specials
from massharm.clinical.recognised import Table as Recognised
from massharm.clinical.screening import Plan, screen
from massharm.clinical.selection import stop_signs
from massharm.clinical.wordings import Table as Wordings
from massharm.errors import Exit
from massharm.kb import editions
from massharm.kb.links import SignHead
from massharm.kb.packaged import LazyFile, stored
from massharm.kb.records import File
from massharm.kb.store import VARIABLE
from massharm.kb.validation import check_files
from massharm.search.ranking import find, indexed
from tiny import DATA, ROOT, Run, Script

SCRIPTS = ROOT / "scripts"
MANUAL = SimpleNamespace(**runpy.run_path(str(SCRIPTS / "manual.py")))
TEXT: str = MANUAL.page("2000-01-02")
READERS = {
    "man": ["man", "--warnings=w", "-l"],
    "mandoc": ["mandoc", "-W", "warning,stop", "-T", "utf8"],
    "groff": ["groff", "-man", "-ww", "-T", "utf8"],
}
HERE = [name for name in READERS if shutil.which(name)]
BACK = {r"\(rs": "\\", r"\-": "-", r"\(aq": "'", r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\(dq": '"', r"\&": ""}


def read_back(roff: str) -> str:
    """Return the text that a line of roff shows."""
    escapes = re.compile(r"\\\[u([0-9A-F]{4,6})\]|\\f[BIR]|\\\(..|\\[-&]")
    return escapes.sub(lambda found: chr(int(found[1], 16)) if found[1] else BACK.get(found[0], ""), roff)


def section(name: str) -> str:
    """Return the part of a command, as it reads."""
    found = re.search(rf"^\.SS {name}\n(.*?)(?=^\.S[SH] )", TEXT, re.MULTILINE | re.DOTALL)
    assert found, name
    return " ".join(read_back(re.sub(r"^\.[PT]P$", "", found[1], flags=re.MULTILINE)).split())


def test_script_prints_the_page_with_typer_alone() -> None:
    """A build environment has no other library of the program."""
    program = (
        "import runpy, sys; sys.modules.update(msgspec=None, rapidfuzz=None, rich=None); "
        f"runpy.run_path({str(SCRIPTS / 'manual.py')!r}, run_name='__main__')"
    )
    variables = environment(SOURCE_DATE_EPOCH="946771200")
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, env=variables, check=True)
    assert ran.stdout.decode() == TEXT


def test_wheel_carries_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The build hook names the page and its place in the wheel, and removes its draft afterwards."""
    interface = ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = dict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    monkeypatch.setattr(sys, "path", list(sys.path))
    hook = runpy.run_path(str(SCRIPTS / "build_hook.py"))["MadeFiles"]()
    hook.root = str(ROOT)
    build: dict[str, Any] = {"shared_data": {}, "force_include": {}}
    hook.initialize("standard", build)
    ((page, place),) = build["shared_data"].items()
    assert Path(page).read_text(encoding="utf-8") == MANUAL.page(MANUAL.today())
    assert place == "share/man/man1/massharm.1"
    made = {place: Path(path).read_bytes() for path, place in build["force_include"].items()}
    assert list(made) == ["massharm/data/changes.json", "massharm/data/method.md"] + [
        f"massharm/data/harms.{name}"
        for name in ("json", "contents", "index", "name-lines", "wordings", "names", "combinations", "recognised")
    ]
    hook.finalize("standard", build, "")
    assert not Path(page).exists()


def test_the_wheel_carries_the_file_on_one_line_and_an_index_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What it finds with them is what a checkout finds; an index of another file is left alone."""
    made = {path.name: path.read_bytes() for path in (built() / "massharm" / "data").iterdir()}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    assert json.loads(made["harms.json"]) == json.loads(DATA.read_bytes())
    assert b"\n" not in made["harms.json"]
    changes, method = editions.editions(), editions.method()
    monkeypatch.setattr("massharm.kb.store.PACKAGED", tmp_path / "harms.json")
    wheel, checkout = KnowledgeBase.load(), KnowledgeBase.load(DATA)
    assert wheel.packaged is not None
    assert isinstance(wheel.file, LazyFile)
    for query in ("rhabdo", "rabdo", "chest pain", "eliquis", "Ménière"):
        assert find(wheel, query) == find(checkout, query)
    assert [*indexed(wheel).records] == [*indexed(checkout).records]
    tables: dict[str, type[Any]] = {
        "wordings": Wordings,
        "names": Specials,
        "combinations": Combinations,
        "recognised": Recognised,
    }
    for table, model in tables.items():
        assert stored(wheel, table, model) is not None
        assert stored(checkout, table, model) is None
    for words in CLIENTS:
        read, again = (screen(kb, words, Plan()) for kb in (wheel, checkout))
        assert (read.found, read.alarms, read.recognised) == (again.found, again.alarms, again.recognised)
        stops, same = (
            [
                (part.sign.id, part.sign.name, part.sign.citations, part.urgency)
                for part in stop_signs(said.precautions, kb, said.known)
            ]
            for said, kb in ((read, wheel), (again, checkout))
        )
        assert stops == same
    assert wheel.file.find_as("sign", "no-such-sign", SignHead) is None
    for field in File.__struct_fields__:
        assert getattr(wheel.file, field) == getattr(checkout.file, field), field
    assert editions.editions() == changes
    assert editions.method() == method
    assert wheel.packaged.checksum == crc32(made["harms.json"])
    assert [*check_files(tmp_path / "harms.json", ())] == []
    changed = made["harms.json"].replace(b"rhabdomyolysis", b"rhabdomyolisis", 1)
    (tmp_path / "harms.json").write_bytes(changed)
    first = next(check_files(tmp_path / "harms.json", ()))
    assert (first.path, first.finding.rule) == (tmp_path / "harms.json", "changed-release")
    (tmp_path / "harms.json").write_bytes(made["harms.json"])
    monkeypatch.setenv("MASSHARM_KB", f"{os.pathsep}{ROOT / 'docs' / 'overlay.json'}")
    merged = KnowledgeBase.load()
    assert merged.packaged is None
    assert find(merged, "cannot use the stairs here")[0].record.id == "riverside-upper-floor"
    monkeypatch.delenv("MASSHARM_KB")
    (tmp_path / "harms.index").write_bytes(made["harms.index"][:-9])
    assert find(KnowledgeBase.load(), "rhabdo") == find(checkout, "rhabdo")
    (tmp_path / "harms.json").write_bytes(made["harms.json"].replace(b"Rhabdomyolysis", b"Rhabdomyolysys "))
    assert stored(KnowledgeBase.load(), "names", Specials) is None
    assert find(KnowledgeBase.load(), "Rhabdomyolysys")[0].record.name == "Rhabdomyolysys "


CLIENTS = (
    "84 years old, on Eliquis and Fosamax, hay fever, sudden breathlessness",
    "6 week old baby, floppy, no fever",
    "something is not right, lung cancer, treated blood clot",
    "Asthma: no\nChest pain: yes",
)


@pytest.mark.skipif(not HERE, reason="this system has no reader of manual pages: man, mandoc or groff")
@pytest.mark.parametrize("reader", HERE)
def test_readers_accept_the_page(reader: str, tmp_path: Path) -> None:
    """No warning, and the hyphens of options are hyphens that can be typed."""
    page = tmp_path / "massharm.1"
    page.write_text(TEXT, encoding="utf-8")
    ran = subprocess.run(
        [*READERS[reader], page],
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANPAGER": "cat", "MANWIDTH": "100"},
    )
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    shown = re.sub(r".\x08|\x1b\[[0-9;]*m", "", ran.stdout.decode())
    assert "--severity WORD" in shown
    assert "massharm cite 17" in shown
    assert "never says “safe”" in shown
    assert "\\" not in shown


def test_page_holds_each_command_argument_and_option() -> None:
    """The page says all that the help of each command says."""
    for name, command in Commands().items():
        part = section(name)
        assert " ".join(command.help.split()) in part
        for param in command.params:
            assert all(word in part for word in param.opts if word.startswith("-"))
            assert MANUAL.metavar(param) in part
            assert " ".join(param.help.split()) in part
    assert list(COMMANDS) == re.findall(r"^\.SS (.+)$", TEXT, re.MULTILINE)


def test_page_holds_each_option_of_the_program() -> None:
    """The options that stand before a command, and the one for help, are in their own section."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, **group.context_settings)
    words = [word for param in group.get_params(context) for word in param.opts]
    assert {"-h", "--help", "--version", "--show-completion"} <= set(words)
    options = read_back(TEXT.partition(".SH OPTIONS")[2].partition(".SH COMMANDS")[0])
    assert all(word in options for word in words)


def test_page_holds_defaults_that_matter() -> None:
    """The page shows a default where the help does, and none for flags."""
    assert "Default: 5." in section("search")
    assert "Default: harm." in section("list")
    assert "Default: False" not in TEXT


def test_page_holds_each_exit_code_and_the_variable_of_the_knowledge_base() -> None:
    """The tables of the page miss no code and name the variable that the program reads."""
    assert set(MANUAL.EXITS) == set(Exit)
    assert VARIABLE in MANUAL.ENVIRONMENT


@pytest.mark.parametrize(
    "text", [".TH evil", "'br evil", r"a\fBb \n(.x \e", "well-known --json", '“safe” – é 😀 ^~`"', "..."]
)
def test_any_text_reads_as_it_was_written(text: str) -> None:
    """Nothing in a text is a request, an escape or another character."""
    (line,) = MANUAL.prose(text)
    assert line.isascii()
    assert line[0] not in ".'"
    assert read_back(line) == text


@pytest.mark.skipif(not shutil.which("groff"), reason="this system has no groff")
def test_groff_shows_any_text_as_it_was_written(script: Script) -> None:
    """A real reader shows what was written."""
    text = r".x 'y a\fBb \n(.x --json “safe” ^~`" + "\"'"
    page = f".TH x 1\n.SH x\n{MANUAL.escaped(text)}\n"
    shown = script(
        f"printf %s {shlex.quote(page)} | LC_ALL=C.UTF-8 groff -man -ww -T utf8 | sed 's/\\x1b\\[[0-9]*m//g'"
    )
    assert shown.err == ""
    assert text in shown.out


def test_wrapped_line_that_begins_with_a_dot_is_no_request() -> None:
    """Text is escaped after it is wrapped, and a blank line separates paragraphs."""
    lines = list(MANUAL.prose("x" * 76 + " .SH " + "y" * 76 + "\n\nnext"))
    assert lines == ["x" * 76, r"\&.SH", "y" * 76, ".PP", "next"]


@pytest.mark.parametrize("example", MANUAL.EXAMPLES)
def test_examples_answer(run: Run, example: str) -> None:
    """Whatever the page tells people to type works."""
    program, *words = shlex.split(example)
    assert program == "massharm"
    assert run(*words).out

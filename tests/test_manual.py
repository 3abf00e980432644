"""The manual page: current, right to every reader of roff, and whole."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest
import typer

from massharm.cli.app import COMMANDS, Commands, app
from massharm.errors import Exit
from tiny import ROOT, Run, Script


def _manual() -> Any:
    """Import the script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("manual", ROOT / "scripts" / "manual.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


manual = _manual()
TEXT = manual.PAGE.read_text(encoding="utf-8")
READERS = {
    "man": ["man", "--warnings=w", "-l"],
    "mandoc": ["mandoc", "-W", "warning,stop", "-T", "utf8"],
    "groff": ["groff", "-man", "-ww", "-T", "utf8"],
}
HERE = [name for name in READERS if shutil.which(name)]
BACK = {r"\(rs": "\\", r"\-": "-", r"\(aq": "'", r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\(dq": '"', r"\&": ""}


def read_back(roff: str) -> str:
    """Give the text that a line of roff shows."""
    escapes = re.compile(r"\\\[u([0-9A-F]{4,6})\]|\\f[BIR]|\\\(..|\\[-&]")
    return escapes.sub(lambda found: chr(int(found[1], 16)) if found[1] else BACK.get(found[0], ""), roff)


def section(name: str) -> str:
    """Give the part of a command, as it reads."""
    found = re.search(rf"^\.SS {name}\n(.*?)(?=^\.S[SH] )", TEXT, re.MULTILINE | re.DOTALL)
    assert found, name
    return " ".join(read_back(re.sub(r"^\.[PT]P$", "", found[1], flags=re.MULTILINE)).split())


def test_it_is_current() -> None:
    """Whoever changes a command renews its page."""
    ran = subprocess.run([sys.executable, ROOT / "scripts" / "manual.py", "--check"], capture_output=True, check=False)
    assert ran.returncode == 0, "renew it with: python scripts/manual.py"


def test_a_stale_page_is_told_and_renewed(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """`--check` writes nothing; without it the page is written, and the date changes only with the text."""
    path = tmp_path / "man" / "massharm.1"
    monkeypatch.setattr(manual, "PAGE", path)
    monkeypatch.setattr(sys, "argv", ["manual.py", "--check"])
    assert (manual.main(), path.exists()) == (1, False)
    monkeypatch.setattr(sys, "argv", ["manual.py"])
    assert (manual.main(), path.exists()) == (0, True)
    path.write_text(manual.page("2000-01-01"))
    assert manual.main() == 0
    assert '"2000-01-01"' in path.read_text()
    path.write_text(manual.page("2000-01-01") + "more")
    assert manual.main() == 0
    assert path.read_text() == manual.page(manual.DATED.search(path.read_text())[1])
    assert '"2000-01-01"' not in path.read_text()


@pytest.mark.skipif(not HERE, reason="this system has no reader of manual pages: man, mandoc or groff")
@pytest.mark.parametrize("reader", HERE)
def test_readers_do_not_complain(reader: str) -> None:
    """No warning, and the hyphens of options are hyphens that can be typed."""
    ran = subprocess.run(
        [*READERS[reader], manual.PAGE],
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


def test_each_command_argument_and_option_is_in_it() -> None:
    """All that a command takes, and all that it says of it."""
    for name, command in Commands().items():
        told = section(name)
        assert " ".join(command.help.split()) in told
        for param in command.params:
            assert all(word in told for word in param.opts if word.startswith("-"))
            assert manual.metavar(param) in told
            assert " ".join(param.help.split()) in told
    assert list(COMMANDS) == re.findall(r"^\.SS (.+)$", TEXT, re.MULTILINE)


def test_each_option_of_the_program_is_in_it() -> None:
    """What stands before a command, and for help."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, **group.context_settings)
    words = [word for param in group.get_params(context) for word in param.opts]
    assert {"-h", "--help", "--version", "--show-completion"} <= set(words)
    told = read_back(TEXT.partition(".SH OPTIONS")[2].partition(".SH COMMANDS")[0])
    assert all(word in told for word in words)


def test_each_exit_code_is_in_it() -> None:
    """Those of the program and that of a closed pipe."""
    assert set(manual.EXITS) == {*Exit, 141}


def written(lines: Iterable[str]) -> list[str]:
    """Give lines of roff as they read."""
    return [read_back(line) for line in lines]


@pytest.mark.parametrize(
    "text", [".TH evil", "'br evil", r"a\fBb \n(.x \e", "well-known --json", '“safe” – é 😀 ^~`"', "..."]
)
def test_any_text_reads_as_it_was_written(text: str) -> None:
    """Nothing in a text is a request, an escape or another character."""
    (line,) = manual.prose(text)
    assert line.isascii()
    assert line[0] not in ".'"
    assert written([line]) == [text]


@pytest.mark.skipif(not shutil.which("groff"), reason="this system has no groff")
def test_groff_shows_any_text_as_it_was_written(script: Script) -> None:
    """The same, by a real reader."""
    text = r".x 'y a\fBb \n(.x --json “safe” ^~`" + "\"'"
    page = f".TH x 1\n.SH x\n{manual.escaped(text)}\n"
    shown = script(
        f"printf %s {shlex.quote(page)} | LC_ALL=C.UTF-8 groff -man -ww -T utf8 | sed 's/\\x1b\\[[0-9]*m//g'"
    )
    assert shown.err == ""
    assert text in shown.out


def test_paragraphs_and_long_lines_are_kept_apart() -> None:
    """A line that begins with a dot after it was wrapped is no request either."""
    lines = list(manual.prose("x" * 76 + " .SH " + "y" * 76 + "\n\nnext"))
    assert lines == ["x" * 76, r"\&.SH", "y" * 76, ".PP", "next"]


@pytest.mark.parametrize("example", manual.EXAMPLES)
def test_examples_answer(run: Run, example: str) -> None:
    """Whatever the page tells people to type works."""
    program, *words = shlex.split(example)
    assert program == "massharm"
    assert run(*words).out

"""Systems without what POSIX has: the program neither imports nor calls it there, and answers the same."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from built import environment
from massharm.cli import pager
from massharm.kb.packaged import Parts
from tiny import DATA, ROOT

WITHOUT_POSIX = """
import os, signal, sys
for name in ("pread", "fchown", "fchmod", "chown", "fork", "getuid", "killpg", "O_NONBLOCK", "uname", "openpty"):
    if hasattr(os, name):
        delattr(os, name)
kept = {"SIGINT", "SIGTERM", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV"}
for name in dir(signal):
    if name.startswith("SIG") and not name.startswith("SIG_") and name not in kept:
        delattr(signal, name)
for name in ("setitimer", "alarm", "pthread_sigmask", "siginterrupt"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("fcntl", "termios", "pwd", "grp", "resource", "tty", "pty", "readline", "curses", "syslog"):
    sys.modules[name] = None
sys.argv = ["massharm", *sys.argv[1:]]
from massharm.__main__ import main
main()
"""
"""Takes away, in a process of its own, what Windows lacks; whoever imports or calls it gets an error."""


def answered(start: list[str], *words: str, folder: Path) -> tuple[int, bytes, bytes]:
    """Return the exit code and what was printed by the program, started in one way or another."""
    named = {"MASSHARM_KB": str(DATA)} if words[0] in {"show", "about"} else {}  # others read the bundled file
    variables = environment(PYTHONIOENCODING="cp1252", **named)
    ran = subprocess.run(
        [sys.executable, *start, *words], capture_output=True, env=variables, check=False, timeout=60, cwd=folder
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        "search rhabdo",
        "search rhabdo --json",
        "show stroke",
        "cite 17 --format bibtex",
        "screen apixaban,neck",
        "redflags dark urine",
        "evidence",
        "about",
        "search zzzqqq",
        "validate no-such-file.json",
    ],
)
def test_answers_are_the_same_where_posix_is_missing(words: str, tmp_path: Path) -> None:
    """On a console of cp1252, too; exit codes and messages are the same."""
    without = answered(["-c", WITHOUT_POSIX], *words.split(), folder=tmp_path)
    assert without == answered(["-m", "massharm"], *words.split(), folder=tmp_path)
    assert b"Traceback" not in without[2]


@pytest.mark.parametrize("form", ["sqlite", "datapackage", "fhir", "html"])
def test_files_are_written_where_posix_is_missing(form: str, tmp_path: Path) -> None:
    """Once to a free name, and once over a file: no owner and mode can be kept there."""
    for words in ((), ("--force",)):
        code, _, error = answered(
            ["-c", WITHOUT_POSIX], "export", "--format", form, "-o", f"made.{form}", *words, folder=tmp_path
        )
        assert (code, error) == (0, b"")
    assert [path.name for path in tmp_path.iterdir()] == [f"made.{form}"]
    assert (tmp_path / f"made.{form}").stat().st_size


def test_parts_of_a_file_are_read_without_pread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same bytes and checksum as with it; the file is not held open, so that it can be replaced."""
    path = tmp_path / "parts"
    path.write_bytes(b"0\r\n1\x1a2" * 100)
    with_it = Parts(path)
    wanted = (with_it.size, with_it[3:7], with_it.checksum)
    monkeypatch.delattr(os, "pread")
    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda *names: opened.append(names))
    without = Parts(path)
    assert (without.size, without[3:7], without.checksum) == wanted == (600, b"1\x1a20", with_it.checksum)
    assert not opened


def test_a_quoted_path_of_a_pager_is_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows splits words at blanks outside quotation marks, and leaves the marks."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(pager, "which", lambda name: name)
    monkeypatch.setattr(shlex, "split", lambda _text, **_how: ['"C:\\Program Files\\less.exe"', "-R"])
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("MASSHARM_PAGER", "x")
    assert pager.pager_command() == ["C:\\Program Files\\less.exe", "-R"]


def test_the_readme_says_what_was_not_tried() -> None:
    """Whoever is about to install it on another system reads it before."""
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").partition("## Three calls")[0].split())
    assert "tested on Linux. [Nobody has tried it on Windows or macOS]" in text

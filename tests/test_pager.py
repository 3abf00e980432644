"""The pager, on a terminal of its own: when it runs, which one, and how it ends."""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from built import environment
from massharm.cli import pager

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
NEEDS_LESS = pytest.mark.skipif(not shutil.which("less"), reason="this system has no less")


class Terminal:
    """A terminal of 24 lines on which the program runs, and which somebody types on."""

    def __init__(self, *words: str, **variables: str) -> None:
        """Start the program with this terminal as its own: a pager asks it for keys."""
        self.leader, follower = pty.openpty()
        self.shown = ""
        subprocess.run(["stty", "cols", "80", "rows", "24"], stdin=follower, check=True)
        # The program makes the terminal its own, so that a pager can ask for keys, and Ctrl-C reaches both.
        program = (
            "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from massharm.__main__ import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=environment(**{"TERM": "xterm-256color", **variables}),
            start_new_session=True,
        )
        os.close(follower)

    def read(self, text: str | None = None, seconds: float = 20) -> str:
        """Return what is shown until a text stands there, or else until the program ends."""
        end = time.monotonic() + seconds
        while (text is None or text not in self.shown) and time.monotonic() < end:
            if select.select([self.leader], [], [], 0.2)[0]:
                try:
                    part = os.read(self.leader, 65536)
                except OSError:  # the program has ended
                    part = b""
                if not part:
                    break
                self.shown += part.decode("utf-8", "replace")
        assert text is None or text in self.shown, self.shown
        return self.shown

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.leader, keys.encode())

    def end(self) -> int:
        """Read to the end, and return the exit code."""
        self.read()
        return self.process.wait(20)

    def leave(self, seconds: float = 20) -> int:
        """Press q until the program ends, and return its exit code: less forgets keys that it had not read."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.type("q")
            self.read(seconds=0.5)
        return self.end()

    def close(self) -> None:
        """End the program if it still runs, and give the terminal back."""
        self.process.kill()
        self.process.wait(20)
        os.close(self.leader)


Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start programs, each on a terminal of its own."""
    started: list[Terminal] = []

    def made(*words: str, **variables: str) -> Terminal:
        started.append(Terminal(*words, **variables))
        return started[-1]

    yield made
    for terminal in started:
        terminal.close()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Return a pager that keeps what it is given and its variables, and the file in which it does."""
    kept = tmp_path / "kept"
    command = tmp_path / "my pager"
    command.write_text(f'#!/bin/sh\n{{ echo "LESS=$LESS"; cat; }} > "{kept}"\n')
    command.chmod(0o755)
    yield f"'{command}'", kept
    command.unlink()


@NEEDS_LESS
def test_less_shows_the_first_screen_and_waits_for_keys(start: Start) -> None:
    """A long answer stops at its head, goes on at a key, and is left at another."""
    terminal = start("show", "stroke")
    head = terminal.read("\n:")
    assert "Stroke" in head
    assert "38;5" in head  # colours reach the reader
    assert head.count("\n") < 24
    terminal.shown = ""
    terminal.type(" ")
    assert "What to do first" in terminal.read("\n:")
    terminal.type("q")
    assert terminal.end() == 0


@NEEDS_LESS
def test_interrupt_does_not_take_the_pager_away(start: Start) -> None:
    """Ctrl-C stops a search in less; the program waits for the reader, who then quits."""
    terminal = start("show", "stroke")
    terminal.read("\n:")
    terminal.shown = ""
    terminal.type("\x03")
    terminal.read("\x07")  # less rings, and may draw its screen again
    assert terminal.process.poll() is None
    assert terminal.leave() == 0


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["cite", "17"], {}),
        (["--no-pager", "show", "stroke"], {}),
        (["show", "stroke", "--no-pager"], {}),
        (["show", "stroke"], {"TERM": "dumb"}),
        (["show", "stroke"], {"MASSHARM_PAGER": ""}),
        (["show", "stroke"], {"MASSHARM_PAGER": " cat "}),
        (["show", "stroke"], {"MASSHARM_PAGER": "/nowhere/pager"}),
        (["show", "stroke"], {"MASSHARM_PAGER": "'unbalanced"}),
    ],
    ids=str,
)
def test_answers_that_are_not_paged(
    start: Start, reader: tuple[str, Path], words: list[str], variables: dict[str, str]
) -> None:
    """Short ones, and where no pager is wanted or found; all are whole."""
    command, kept = reader
    variables = {"MASSHARM_PAGER": command, "PAGER": command, **variables}
    terminal = start(*words, **variables)
    assert terminal.end() == 0
    assert not kept.exists()
    assert len(terminal.shown) > 100


@pytest.mark.parametrize(
    "words",
    [
        ["show", "stroke"],
        ["show", "stroke", "--format", "markdown"],
        ["show", "stroke", "--format", "html"],
        ["show", "stroke", "--plain"],
        ["show", "stroke", "--json"],
        ["about", "--method"],
        ["export", "lesson", "-f", "csv"],
        ["cite", "0-29", "--format", "ris"],
        ["screen", "--form"],
        ["schema"],
        ["list"],
        ["cite", "0-29"],
        ["screen", "warfarin", "--full"],
        ["list", "--help"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_long_answer_is_paged(start: Start, reader: tuple[str, Path], words: list[str]) -> None:
    """Pages, lists, references, help, JSON and files; the whole answer, and nothing of it beside the pager."""
    command, kept = reader
    terminal = start(*words, MASSHARM_PAGER=command)
    assert terminal.end() == 0
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "LESS=FRX"
    assert len(lines) > 24 or words[0] == "cite"
    assert lines[-1] not in terminal.shown or not lines[-1]


def test_messages_do_not_push_an_answer_off_the_screen(start: Start, reader: tuple[str, Path]) -> None:
    """A page that fits alone, and does not with the messages after it, is read together with them."""
    command, kept = reader
    words = "redflags", "my neck is stiff from the desk xyzzy"
    ran = subprocess.run(
        [sys.executable, "-m", "massharm", *words], env=environment(COLUMNS="80"), capture_output=True, check=False
    )
    lines = len(ran.stdout.splitlines())
    assert start(*words, MASSHARM_PAGER=command, LINES=str(lines + 9)).end() == 1
    assert not kept.exists()
    terminal = start(*words, MASSHARM_PAGER=command, LINES=str(lines + 1))
    assert terminal.end() == 1
    told = kept.read_text(encoding="utf-8")
    assert told.index("No warning sign") < told.index("massharm: ")
    assert "massharm: " not in terminal.shown


def test_messages_stand_after_the_answer(start: Start) -> None:
    """What a name was taken for is said after the page, where it is seen when the pager is left."""
    terminal = start("show", "stroek", MASSHARM_PAGER="sh -c 'cat >/dev/null; echo READ'")
    assert terminal.end() == 0
    assert terminal.shown.index("READ") < terminal.shown.index("you typed")


def test_messages_are_broken_between_words(start: Start) -> None:
    """A terminal would break them anywhere."""
    terminal = start("list", "--severity", "fatal")
    assert terminal.end() == 2
    lines = terminal.shown.splitlines()
    assert len(lines) > 1
    assert all(len(line) <= 80 for line in lines)
    assert " ".join(lines).endswith("try: massharm list --outcome death")


def test_questions_are_asked_before_the_answer_is_whole(start: Start, reader: tuple[str, Path]) -> None:
    """They wait for no pager; the answer to them does."""
    command, kept = reader
    terminal = start("screen", "--ask", "warfarin", MASSHARM_PAGER=command, LINES="10")
    terminal.read("press Enter")
    end = time.monotonic() + 20
    while terminal.process.poll() is None and time.monotonic() < end:
        terminal.type("\n")
        terminal.read(seconds=0.2)
    assert terminal.end() == 0
    assert "Anticoagulant therapy" in kept.read_text(encoding="utf-8")


def test_own_pager_goes_before_that_of_all_programs(start: Start, reader: tuple[str, Path]) -> None:
    """PAGER is used where MASSHARM_PAGER is not set; what LESS says stays."""
    command, kept = reader
    assert start("list", MASSHARM_PAGER="cat", PAGER=command).end() == 0
    assert not kept.exists()
    assert start("list", PAGER=command, LESS="S").end() == 0
    assert kept.read_text(encoding="utf-8").startswith("LESS=S\n")


def test_pager_that_stops_reading_is_no_error(start: Start) -> None:
    """The rest of the answer is dropped, as after `q`."""
    terminal = start("list", "citation", MASSHARM_PAGER="head -n 1")
    assert terminal.end() == 0
    assert terminal.shown.count("\n") == 1


def test_exit_code_is_that_of_the_answer(start: Start, reader: tuple[str, Path]) -> None:
    """A pager does not hide that something was not found."""
    command, kept = reader
    terminal = start("cite", "0-29", "9999999", MASSHARM_PAGER=command)
    assert terminal.end() == 1
    assert kept.exists()
    assert "no citation matches 9999999" in terminal.shown


def test_pipe_is_never_paged(reader: tuple[str, Path]) -> None:
    """Even where it is drawn for a person."""
    command, kept = reader
    variables = environment(MASSHARM_PAGER=command, COLUMNS="80", FORCE_COLOR="1")
    ran = subprocess.run(
        [sys.executable, "-m", "massharm", "show", "stroke"], env=variables, capture_output=True, check=True
    )
    assert b"Stroke" in ran.stdout
    assert not kept.exists()


@pytest.mark.parametrize(("columns", "longer"), [(80, False), (20, True)])
def test_line_that_is_too_wide_counts_for_more(monkeypatch: pytest.MonkeyPatch, columns: int, *, longer: bool) -> None:
    """A terminal breaks it; colours and hyperlinks take no room."""
    monkeypatch.setattr(pager, "get_terminal_size", lambda: (columns, 24))
    line = "\x1b]8;id=1;https://example.org\x1b\\" + "\x1b[1;38;5;160m" + "x" * 40 + "\x1b[0m\x1b]8;;\x1b\\\n"
    assert pager._is_longer_than_screen(line * 20) is longer  # noqa: SLF001 - what no terminal shows
    assert pager._is_longer_than_screen("\n" * 24)  # noqa: SLF001
    assert not pager._is_longer_than_screen("x\n" * 23)  # noqa: SLF001


def test_interrupts_are_handled_again_afterwards() -> None:
    """The handler of before stands again."""
    before = signal.getsignal(signal.SIGINT)
    with pager._interrupts_left_to_pager():  # noqa: SLF001
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is before

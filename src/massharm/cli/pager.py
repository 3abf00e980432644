"""The pager: an answer longer than the screen is read in the program that git and man would use."""

import io
import os
import re
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size, which
from threading import current_thread, main_thread
from typing import TextIO

_VARIABLES = ("MASSHARM_PAGER", "PAGER")
_DEFAULT = "less"
# Git's manner: quit where all fits, pass colours through, leave the text on the screen.
_LESS = "FRX"
# What a terminal obeys and does not show: colours and hyperlinks.
_CONTROLS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


class Screen(io.TextIOWrapper):
    """What will be written on the terminal, and the messages after it; whoever draws on it draws as on the terminal."""

    def __init__(self, terminal: TextIO) -> None:
        """Hold what is written for a terminal."""
        super().__init__(io.BytesIO(), encoding=terminal.encoding, errors=terminal.errors)
        self.terminal = terminal
        self.messages: list[str] = []

    def isatty(self) -> bool:
        """Return True."""
        return True

    def held(self) -> bytes:
        """Return what was written."""
        self.flush()
        held: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]
        return held


def pager_command() -> list[str]:
    """Return the words that start the pager; none where there is no terminal, or no pager is wanted or found.

    It is named by MASSHARM_PAGER, else by PAGER, else it is `less`. Empty or `cat` means none.
    """
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return []
    named = next((os.environ[name] for name in _VARIABLES if name in os.environ), _DEFAULT)
    try:
        words = shlex.split(named, posix=os.name == "posix")
    except ValueError:  # a quotation mark without its fellow
        return []
    words = [word.strip('"') for word in words]  # Windows keeps them around a path with blanks
    return words if words and words != ["cat"] and which(words[0]) else []


def show(screen: Screen, messages: list[str], *, paged: bool) -> list[str]:
    """Write what a screen holds, through the pager if it takes more than one; return the messages still to be written.

    An answer that is pushed off the screen by the messages alone is read in the pager together with them.
    """
    answer = screen.held()
    both = b"".join((answer, *(f"{part}\n".encode(screen.encoding, screen.errors or "strict") for part in messages)))
    if paged and answer:
        if _is_longer_than_screen(_decoded(answer, screen)):
            if _read_in(pager_command(), answer):
                return messages
        elif _is_longer_than_screen(_decoded(both, screen)) and _read_in(pager_command(), both):
            return []
    screen.terminal.buffer.write(answer)
    screen.terminal.flush()
    return messages


def _decoded(text: bytes, screen: Screen) -> str:
    return text.decode(screen.encoding, "replace")


def _is_longer_than_screen(text: str) -> bool:
    """Whether a text leaves no line for the prompt; a line that is too wide goes on in the next."""
    columns, lines = get_terminal_size()
    widths = (len(line) for line in _CONTROLS.sub("", text).splitlines())
    return sum(max(1, -(-width // columns)) for width in widths) >= lines


def _read_in(command: list[str], text: bytes) -> bool:
    """Run the pager until its reader quits; return False if it cannot be started."""
    import subprocess

    variables = {"LESS": _LESS, **os.environ}
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=variables)  # noqa: S603 - the user's own pager
    except OSError:
        return False
    with _interrupts_left_to_pager():
        process.communicate(text)
    return True


@contextmanager
def _interrupts_left_to_pager() -> Iterator[None]:
    """Ignore Ctrl-C meanwhile: it stops a search in the pager, which must not lose its terminal to the shell."""
    if current_thread() is not main_thread():  # only there a signal can be handled
        yield
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)

"""The one writer of answers and of the messages beside them: for a person or a program, whole or exit 2."""

import codecs
import io
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from massharm.cli.manner import MANNER
from massharm.errors import Exit, MassharmError
from massharm.text import line, visible

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.pages.blocks import Page

_ASCII = {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "|", "━": "=", "─": "-"}
_BUFFER_SIZE = 1 << 16
PLAIN = "plain"
"""The form of a page without tables, colours and widths, which `--plain` asks for."""


class WholeWriter(io.RawIOBase):
    """A standard stream that writes all it is given, or raises `OSError`.

    The stream below may write only a part: `io.TextIOWrapper` does not notice where Python is unbuffered
    (python/cpython#85393). A pipe that does not block takes nothing until its reader has caught up.
    """

    def __init__(self, standard: TextIO | None) -> None:
        """Write to what lies under a standard stream; None where the process has no such stream."""
        self._standard = standard  # kept: it would close what lies under it
        buffer = getattr(standard, "buffer", None)
        self._raw: Any = getattr(buffer, "raw", buffer)  # an unbuffered stream has the raw one as its buffer

    def writable(self) -> bool:
        """Return True: `io.BufferedWriter` asks."""
        return True

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._raw is not None and bool(self._raw.isatty())

    def fileno(self) -> int:
        """Return the descriptor of the stream.

        Raises:
            OSError: the process has no such stream.
        """
        if self._raw is None:
            raise io.UnsupportedOperation("the stream is closed")
        return int(self._raw.fileno())

    def write(self, data: Any) -> int:
        """Write all bytes and return their number; wait while the stream takes none.

        Raises:
            OSError: the stream is closed or full.
        """
        if self._raw is None:
            raise OSError("the stream is closed")
        rest = memoryview(data)
        while rest:
            written = self._raw.write(rest)
            if written is None:
                import select

                select.select([], [self._raw], [])
            else:
                rest = rest[written:]
        return len(data)


class AnswerWriter(WholeWriter):
    """Standard output: an answer that cannot be written whole is an error with exit 2."""

    def write(self, data: Any) -> int:
        """Write all bytes and return their number; end the process where the reader has closed the pipe.

        Raises:
            MassharmError: the answer cannot be written.
        """
        try:
            return super().write(data)
        except BrokenPipeError:
            _end_by_closed_pipe()
        except OSError as fault:
            reason = "standard output is closed" if self._raw is None else fault.strerror or str(fault)
            raise MassharmError(f"cannot write the answer: {reason}") from None


def _end_by_closed_pipe() -> NoReturn:
    """End by SIGPIPE, as other filters do; a shell reports 141."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    os._exit(Exit.CLOSED_PIPE)  # a system without the signal, or a process that blocks it


def prepare() -> None:
    """Put writers over the standard streams that lose nothing and can encode everything."""
    codecs.register_error("massharm", _spell_in_ascii)
    sys.stdout = _text_stream(sys.stdout, AnswerWriter)
    sys.stderr = _text_stream(sys.stderr, WholeWriter)


def _text_stream(standard: TextIO | None, writer: type[WholeWriter]) -> TextIO:
    raw = writer(standard)
    return io.TextIOWrapper(
        io.BufferedWriter(raw, _BUFFER_SIZE),
        encoding=getattr(standard, "encoding", None) or "utf-8",
        errors="massharm",
        line_buffering=raw.isatty(),
    )


def _spell_in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Replace what an encoding lacks by ASCII: a codec error handler."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import unicodedata

    spelt = ""
    for char in error.object[error.start : error.end]:
        letters = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        spelt += _ASCII.get(char) or letters or "?"
    return spelt, error.end


def wants_rich() -> bool:
    """Whether a person reads: on a terminal, or where the environment or an option asks for a width or for colour."""
    if MANNER.color == "always" or sys.stdout.isatty():
        return True
    return bool(os.environ.get("COLUMNS") or os.environ.get("FORCE_COLOR"))


def write(text: str) -> None:
    """Write text and a line end to standard output."""
    sys.stdout.write(f"{text}\n")


def write_lines(text: str) -> None:
    """Write lines of text; on a terminal they are broken between words."""
    write("\n".join(map(_folded, text.split("\n"))) if sys.stdout.isatty() else text)


def write_row(*cells: str) -> None:
    """Write one record on one line, whatever its cells hold; tabs separate them."""
    write("\t".join(map(line, cells)))


def write_linked(rows: Iterable[tuple[str, dict[str, str]]]) -> None:
    """Write texts on a terminal, one a line, in which some words are links: each with its addresses by their words."""
    from massharm.pages import blocks, terminal

    terminal.print_lines((blocks.linked(text, addresses) for text, addresses in rows), MANNER.color)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output: a format that is UTF-8 by definition, or a whole file."""
    flush()
    sys.stdout.buffer.write(data)


def flush() -> None:
    """Write what waits in the buffer, so that messages on standard error come after it.

    Raises:
        MassharmError: it cannot be written.
    """
    sys.stdout.flush()


def write_json(value: Any) -> None:
    """Write an answer as JSON, in ASCII where the stream is not UTF-8."""
    from massharm.exports.answers import to_json

    utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    write(to_json(value, ascii_only=not utf8))


@contextmanager
def held() -> Iterator[None]:
    """Hold the answer for a terminal until it is whole; one that is longer than the screen goes through the pager.

    Messages wait too, so that they stand after the answer and do not push it off the screen unseen.
    """
    hold()
    try:
        yield
    finally:
        release()


def hold() -> None:
    """Hold what is written from now on, where there is a terminal and a pager for it."""
    if sys.stdout.isatty():
        from massharm.cli import pager

        if pager.pager_command():
            sys.stdout = pager.Screen(sys.stdout)


def release() -> None:
    """Write what is held, and hold no more: somebody is asked, or the run ends."""
    screen: Any = sys.stdout
    if not hasattr(screen, "terminal"):
        return
    from massharm.cli import pager

    sys.stdout = screen.terminal
    for message in pager.show(screen, screen.messages, paged=MANNER.pager):
        _write_message(message)


def show(page: "Page", form: str = "text") -> None:
    """Draw a page, or write it as Markdown, or plainly as lines of labels and values."""
    if form == "markdown":
        from massharm.pages import markdown

        write(markdown.render_page(page))
    elif form == PLAIN:
        from massharm.pages import plain

        write_lines(plain.render_plain(page))
    else:
        from massharm.pages import terminal

        terminal.print_page(page, MANNER.color)


def show_as(form: str, page: "Page", kb: "KnowledgeBase") -> None:
    """Show a page in a format of pages; HTML is UTF-8, whatever the encoding of standard output."""
    if form == "html":
        from massharm.pages import handouts

        write_bytes(handouts.render_handout(page, kb).encode())
    else:
        show(page, form)


def error(message: str) -> None:
    """Write an error to standard error."""
    _message(f"massharm: {message}")


def note(message: str) -> None:
    """Write a suggestion or a warning on one line of standard error, unless notes are unwanted."""
    if not MANNER.quiet:
        _message(message)


def _message(message: str) -> None:
    """Write a line to standard error, after the answer where that is held."""
    text = visible(" ".join(message.split()))
    if sys.stderr.isatty():
        text = _folded(text)
        if hasattr(sys.stdout, "messages"):
            sys.stdout.messages.append(text)
            return
    _write_message(text)


def _write_message(text: str) -> None:
    """Write to standard error; a message that cannot be written changes no answer."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def _folded(text: str) -> str:
    """Return a line as a terminal shows it, broken between words where it would break it in a word."""
    from shutil import get_terminal_size
    from textwrap import fill

    return fill(text, max(1, get_terminal_size().columns), break_long_words=False, break_on_hyphens=False)


def report_no_match(query: str, kb: "KnowledgeBase", suggestions: Iterable[str] = ()) -> None:
    """Report that nothing matched, that this is no evidence of safety, and which names are similar."""
    error(f"nothing in the knowledge base matches “{query}”. {kb.absence}")
    names = ", ".join(suggestions)
    if names:
        note(f"Did you mean: {names}?")

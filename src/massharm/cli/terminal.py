"""Standard output and error as they are here: encoding, width, person or program."""

import codecs
import os
import sys
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from massharm.text import line

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.pages.blocks import Page

_PLAIN = {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "|", "█": "#", "░": "."}


def prepare() -> None:
    """Let no character that a stream cannot encode end the program: say it in ASCII instead."""
    codecs.register_error("massharm", _replace)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - it stays open to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="massharm")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_plain(char) for char in lost), error.end


def _plain(char: str) -> str:
    levelled = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return _PLAIN.get(char, levelled or "?")


def drawn() -> bool:
    """Tell whether a person reads: a terminal, or a width or colour asked for by the environment."""
    return sys.stdout.isatty() or bool(os.environ.get("COLUMNS") or os.environ.get("FORCE_COLOR"))


def write(text: str) -> None:
    """Write text and a line end to standard output."""
    sys.stdout.write(f"{text}\n")


def show(page: "Page", form: str) -> None:
    """Draw a page, or write it as Markdown."""
    if form == "markdown":
        from massharm.pages import markdown

        write(markdown.text(page))
    else:
        from massharm.pages import terminal as drawing

        drawing.show(page)


def write_json(value: Any) -> None:
    """Write an answer as JSON, in ASCII where the stream is not UTF-8."""
    from massharm.exports import envelope

    utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    write(envelope.text(value, ascii_only=not utf8))


def complain(message: str) -> None:
    """Write one line to standard error."""
    note(f"massharm: {message}")


def note(message: str) -> None:
    """Write a suggestion or a warning to standard error, on one line."""
    sys.stderr.write(f"{line(message)}\n")


def nothing(query: str, kb: "KnowledgeBase", offered: Iterable[str] = ()) -> None:
    """Say that nothing matched, that this is no evidence of safety, and what might have been meant."""
    complain(f"nothing in the knowledge base matches “{query}”. {kb.absence}")
    names = ", ".join(offered)
    if names:
        note(f"Did you mean: {names}?")

"""Values for the shell to complete: ids, numbers of citations, kinds, and the words of scales.

A shell starts the program anew at every press of Tab, and every command carries its completers: so nothing of the
knowledge base is imported and no file read before values are asked for. No value holds a blank, or a colon, at
which bash parts words.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from massharm.errors import MassharmError

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Record

Offers = list[str | tuple[str, str]]
"""Values, or values each with a word of help, which zsh and fish show beside it."""
_WIDTH = 60
# Typer takes help for Rich markup and would drop what stands in brackets; zsh evaluates it.
_PLAIN = str.maketrans("[]", "()", '\\$`"')


def among(words: Iterable[str]) -> Callable[[], Offers]:
    """Complete some words; a blank becomes a hyphen, as every option takes it."""
    return lambda: [word.replace(" ", "-") for word in words]


def facet(name: str) -> Callable[[], Offers]:
    """Complete the words that a facet of `list` takes."""

    def offered() -> Offers:
        from massharm.kb.filters import VOCABULARIES

        return _ids("mechanism") if name == "mechanism" else among(VOCABULARIES.get(name, ()))()

    return offered


def ids(kind: str) -> Callable[[], Offers]:
    """Complete the ids of a kind of record."""
    return lambda: _ids(kind)


def kinds() -> Offers:
    """Complete the kinds of record."""
    from massharm.kb.records import KINDS

    return list(KINDS)


def references() -> Offers:
    """Complete the numbers and the keys of citations."""
    return _numbers() + _ids("citation")


def shown(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete what `show` takes: the id of any record or the number of a citation; then the sections of a harm."""
    words = ctx.params.get("words")
    if words:
        return _sections(words)
    return _numbers() if incomplete.isdecimal() else _ids()


def _sections(words: list[str]) -> Offers:
    from massharm.kb.records import Harm
    from massharm.kb.sections import SECTIONS
    from massharm.search import resolve

    kb = _loaded()
    try:
        asked = resolve.resolve(kb, words, SECTIONS) if kb else None
    except MassharmError:
        return []
    # A name that is not yet whole may resemble that of a harm.
    if asked is None or asked.note or not isinstance(asked.record, Harm):
        return []
    return [section for section in SECTIONS if section not in asked.sections]


def _ids(kind: str | None = None) -> Offers:
    kb = _loaded()
    return [(record.id, _short(_told(record))) for record in kb.records(kind)] if kb else []


def _numbers() -> Offers:
    kb = _loaded()
    return [(str(cited.number), _short(_told(cited))) for cited in kb.file.citations] if kb else []


def _loaded() -> "KnowledgeBase | None":
    """Load the knowledge base; where that fails nothing is offered, since a prompt is no place for a complaint."""
    from massharm.kb.base import KnowledgeBase

    try:
        return KnowledgeBase.load()
    except MassharmError:
        return None


def _told(record: "Record") -> str:
    title = getattr(record, "title", None)
    return f"{record.name}, {title}" if title else record.name


def _short(text: str) -> str:
    plain = text.translate(_PLAIN)
    return plain if len(plain) <= _WIDTH else f"{plain[: _WIDTH - 3].rstrip()}..."

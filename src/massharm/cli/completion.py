"""Values for the shell to complete: ids, numbers of citations, kinds, and the words of scales.

A shell starts the program again at every press of Tab, and every command carries its completers. So nothing of the
knowledge base is imported, and no file is read, before values are asked for. No value holds a blank, or a colon,
at which bash splits words.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from massharm.errors import MassharmError

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Record

Values = list[str | tuple[str, str]]
"""Values, or values each with a description, which zsh and fish show beside it."""
_WIDTH = 60
# Typer reads descriptions as Rich markup and would drop what stands in brackets; zsh evaluates them.
_PLAIN = str.maketrans("[]", "()", '\\$`"')


def among(words: Callable[[], Iterable[str]]) -> Callable[[], Values]:
    """Return a completer of some words; a blank becomes a hyphen, which every option takes for it."""
    return lambda: [word.replace(" ", "-") for word in words()]


def facet(name: str) -> Callable[[], Values]:
    """Return a completer of the words that a facet of `list` takes."""

    def words() -> Iterable[str]:
        from massharm.kb.filters import VOCABULARIES

        return VOCABULARIES.get(name, ())

    return ids("mechanism") if name == "mechanism" else among(words)


def ids(kind: str) -> Callable[[], Values]:
    """Return a completer of the ids of a kind of record."""
    return lambda: _ids(kind)


def described(kind: str) -> Callable[[str], Values]:
    """Return a completer for a description in free words.

    It completes the ids of a kind; and once a word is begun, the names of precautions, medicines and signs, with
    hyphens for blanks, which `screen` and `redflags` read alike.
    """

    def values(incomplete: str) -> Values:
        from massharm.text import fold

        begun = fold(incomplete).replace(" ", "-")
        ids = _ids(kind)
        return ids + [offer for offer in _names(begun) if offer not in ids] if begun else ids

    return values


def _names(begun: str) -> Values:
    """Return the names that begin so, each with the record that it names; no misspelt one."""
    from massharm.kb.records import record_names
    from massharm.kb.vocabulary import AliasKind
    from massharm.text import fold

    kb = _loaded()
    records = [record for kind in ("precaution", "medicine", "sign") for record in kb.records(kind)] if kb else []
    found: dict[str, str] = {}
    for record in records:
        for text, kind in record_names(record):
            value = fold(text).replace(" ", "-")
            if kind is not AliasKind.SPELLING and value.isascii() and value.startswith(begun):
                found.setdefault(value, _description(record))
    return list(found.items())


def kinds() -> Values:
    """Return the kinds of record."""
    from massharm.kb.records import KINDS

    return list(KINDS)


def orders() -> Values:
    """Return the orders of a list."""
    from massharm.kb.sorting import ORDERS

    return list(ORDERS)


def references() -> Values:
    """Return the numbers and the keys of citations."""
    return _numbers() + _ids("citation")


def shown(ctx: typer.Context, incomplete: str) -> Values:
    """Return what `show` takes: the id of any record or the number of a citation; then the sections of a harm."""
    words = ctx.params.get("words")
    if words:
        return _sections(words)
    return _numbers() if incomplete.isdecimal() else _ids()


def _sections(words: list[str]) -> Values:
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


def _ids(kind: str | None = None) -> Values:
    kb = _loaded()
    return [(record.id, _description(record)) for record in kb.records(kind)] if kb else []


def _numbers() -> Values:
    kb = _loaded()
    return [(str(cited.number), _description(cited)) for cited in kb.file.citations] if kb else []


def _loaded() -> "KnowledgeBase | None":
    """Return the knowledge base, or None where it cannot be loaded: a prompt is no place for an error."""
    from massharm.kb.base import KnowledgeBase

    try:
        return KnowledgeBase.load()
    except MassharmError:
        return None


def _description(record: "Record") -> str:
    """Return the name of a record and its title, if it has one, in at most `_WIDTH` characters."""
    title = getattr(record, "title", None)
    text = (f"{record.name}, {title}" if title else record.name).translate(_PLAIN)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3].rstrip()}..."

"""The knowledge base in the formats of other programs, and files that are written whole or not at all."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from massharm.errors import NotFound, WrongUse
from massharm.exports import envelope
from massharm.kb import store
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import as_kind, select_records
from massharm.kb.records import KINDS, Record
from massharm.kb.vocabulary import one_of
from massharm.pages import markdown, records
from massharm.pages.blocks import Para, Run, Title

Row = dict[str, Any]


def made(kb: KnowledgeBase, form: str, kind: str | None = None) -> bytes:
    """Give the bytes of an export of one kind, or of all: the same bytes for the same knowledge base.

    Raises:
        WrongUse: there is no such format or kind, or the one does not suit the other.
        NotFound: the knowledge base holds no record of the kind.
        BadData: its links lead nowhere, so that no database can hold them.
    """
    form = as_format(form)
    kind = as_kind(kind) if kind is not None else None
    if form == "csv" and kind is None:
        raise WrongUse("a csv file holds one kind of record; name it, as in: massharm export harm --format csv")
    if form == "sqlite" and kind is not None:
        raise WrongUse("a sqlite file holds all kinds, since they refer to each other; leave the kind out")
    if not _records(kb, kind):
        raise NotFound(f"the knowledge base holds no {KINDS[kind] if kind else 'records'}; nothing was written")
    return FORMATS[form](kb, kind)


def as_format(word: str) -> str:
    """Read the name of a format.

    Raises:
        WrongUse: there is no such format.
    """
    return one_of(word, FORMATS, "--format")


def target(path: Path, *, force: bool) -> Path:
    """Give the place of a file that may be written: links are followed, so that they stay links.

    Raises:
        WrongUse: something stands in the way.
    """
    place = Path(os.path.realpath(path))
    try:
        reason = _obstacle(place, force=force)
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise WrongUse(f"cannot write {path}: {reason}")
    return place


def _obstacle(place: Path, *, force: bool) -> str | None:
    """Tell what stands where a file is to be written and must not be replaced."""
    if place.is_dir():
        return "it is a directory; name a file in it"
    if place.exists() and not place.is_file():
        return "it is no ordinary file; to write to standard output, leave -o out"
    if place == store.source().resolve():
        return "it is the knowledge base in use; name another file"
    if place.exists() and not force:
        return "it exists; name another file, or add --force to replace it"
    return None


def _records(kb: KnowledgeBase, kind: str | None) -> list[Record]:
    """Give the records in the order of `list`, harms first."""
    return [record for one in ([kind] if kind else KINDS) for record in select_records(kb, one, {})]


def _rows(kb: KnowledgeBase, kind: str | None) -> list[Row]:
    return [msgspec.to_builtins(envelope.row(record, kb)) for record in _records(kb, kind)]


def _json(kb: KnowledgeBase, kind: str | None) -> bytes:
    whole = envelope.answer(kb, {"kind": kind}, _rows(kb, kind))
    whole |= {"absence": kb.absence, "licence": kb.file.licence, "cite_as": kb.how_to_cite}
    return f"{envelope.text(whole)}\n".encode()


def _lines(kb: KnowledgeBase, kind: str | None) -> bytes:
    return msgspec.json.Encoder().encode_lines(_rows(kb, kind))


def _markdown(kb: KnowledgeBase, kind: str | None) -> bytes:
    head = Title(kb.file.title, (Run(f"edition {kb.edition}"), Run(f"reviewed {kb.reviewed}")))
    told = (Para((Run(text),)) for text in (kb.notice, kb.absence, kb.file.licence))
    parts = [markdown.text((head, *told)), *(markdown.text(records.page(one, kb)) for one in _records(kb, kind))]
    return ("\n\n---\n\n".join(parts) + "\n").encode()


# --- CSV

# With this mark Excel reads UTF-8 as UTF-8, without it every accent and dash is garbled in silence. Readers that
# do not know it, such as read.csv of R, garble no more than the name of the first column, which says one thing.
_MARK = "\ufeff"
# A spreadsheet runs a cell that begins so as a formula; the full-width signs count too in its East Asian editions.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_HEADS = ("text", "name", "measure", "where", "state")
"""The field of a nested part that stands first in its cell."""


def _csv(kb: KnowledgeBase, kind: str | None) -> bytes:
    rows = _rows(kb, kind)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)  # in the manner of RFC 4180: CRLF, and quotes where they are needed
    writer.writerow(rows[0])
    writer.writerows([_defused(_cell(value)) for value in row.values()] for row in rows)
    return f"{_MARK}{lines.getvalue()}".encode()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(value: Any) -> str:
    """Write a value in one cell: lists of plain values parted by `; `, lists of nested parts by ` | `."""
    if isinstance(value, dict):
        return _part(value)
    if isinstance(value, list | tuple):
        nested = any(isinstance(item, dict | tuple) for item in value)
        return (" | " if nested else "; ").join(
            ": ".join(item) if isinstance(item, tuple) else _cell(item) for item in value
        )
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _part(part: Row) -> str:
    """Write a nested part as `text (field: value, field: value) [citations]`."""
    head = next(name for name in _HEADS if name in part)
    numbers = part.get("citations", [part["citation"]] if "citation" in part else [])
    others = {name: value for name, value in part.items() if name not in {head, "citation", "citations"}}
    notes = ", ".join(f"{name}: {_cell(value)}" for name, value in others.items() if value is not None)
    cited = ", ".join(map(str, numbers))
    return str(part[head]) + (f" ({notes})" if notes else "") + (f" [{cited}]" if cited else "")


def _sqlite(kb: KnowledgeBase, _kind: str | None) -> bytes:
    from massharm.exports import sqlite  # noqa: PLC0415 - read where a database is made

    return sqlite.serialized(kb, _records(kb, None))


FORMATS: dict[str, Callable[[KnowledgeBase, str | None], bytes]] = {
    "json": _json,
    "jsonl": _lines,
    "csv": _csv,
    "markdown": _markdown,
    "sqlite": _sqlite,
}
"""Each format, and how it is made of one kind or, without one, of all."""

"""Exports: records in the formats of other programs."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from massharm.errors import NotFound, WrongUse
from massharm.exports.answers import Answer, commands, to_json
from massharm.exports.csv import render_csv
from massharm.exports.rows import row
from massharm.kb import store
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS, Record


class ExportAnswer(Answer, frozen=True, kw_only=True):
    """The JSON of an export: the envelope, and what a reader elsewhere must know."""

    query: dict[str, str | None]
    absence: str
    licence: str
    cite_as: str


def render_export(kb: KnowledgeBase, form: str, kind: str | None = None) -> bytes:
    """Return an export of one kind, or of all: the same bytes for the same knowledge base.

    Raises:
        WrongUse: the kind does not suit the format.
        NotFound: the knowledge base holds no record of the kind.
        BadData: a link leads nowhere, so that no database can hold it.
    """
    if form == "csv" and kind is None:
        raise WrongUse("a csv file holds one kind of record; name it, as in: massharm export harm --format csv")
    if form == "sqlite" and kind is not None:
        raise WrongUse("a sqlite file holds all kinds, since they refer to each other; leave the kind out")
    return FORMATS[form](kb, export_records(kb, kind), kind)


def export_records(kb: KnowledgeBase, kind: str | None) -> list[Record]:
    """Return the records of a kind, or of all, in the order of `list`, harms first.

    Raises:
        NotFound: there are none.
    """
    records = [record for one in ([kind] if kind else KINDS) for record in select_records(kb, one, {})]
    if not records:
        raise NotFound(f"the knowledge base holds no {KINDS[kind] if kind else 'records'}; nothing was written")
    return records


def check_target(path: Path, *, replace: bool) -> None:
    """Refuse a path to which no export may be written; the file at the end of links is meant.

    Raises:
        WrongUse: something stands there that must not be replaced.
    """
    place = Path(os.path.realpath(path))
    reason = ""
    try:
        if place.is_dir():
            reason = "it is a directory; name a file in it"
        elif place.exists() and not place.is_file():
            reason = "it is no ordinary file; to write to standard output, leave -o out"
        elif place.exists() and place.samefile(store.source()):
            reason = "it is the knowledge base in use; name another file"
        elif place.exists() and not replace:
            reason = "it exists; name another file, or add --force to replace it"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise WrongUse(f"cannot write {path}: {reason}")


def _json(kb: KnowledgeBase, records: list[Record], kind: str | None) -> bytes:
    answer = ExportAnswer.of(
        kb,
        {"kind": kind},
        (row(record, kb) for record in records),
        next=commands(["show", records[0].id]),
        absence=kb.absence,
        licence=kb.file.licence,
        cite_as=kb.how_to_cite,
    )
    return f"{to_json(answer)}\n".encode()


def _jsonl(kb: KnowledgeBase, records: list[Record], _kind: str | None) -> bytes:
    return msgspec.json.Encoder().encode_lines([row(record, kb) for record in records])


def _csv(kb: KnowledgeBase, records: list[Record], _kind: str | None) -> bytes:
    return render_csv([msgspec.to_builtins(row(record, kb)) for record in records])


def _sqlite(kb: KnowledgeBase, records: list[Record], _kind: str | None) -> bytes:
    from massharm.exports.sqlite import render_sqlite  # noqa: PLC0415 - loads SQLite, which no other format needs

    return render_sqlite(kb, records)


FORMATS: dict[str, Callable[[KnowledgeBase, list[Record], str | None], bytes]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sqlite": _sqlite,
}
"""The formats, and what renders each. Markdown is made of pages, and so is not among them."""

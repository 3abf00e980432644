"""Exports: records in the formats of other programs."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from massharm.errors import NotFound, WrongUse
from massharm.exports.answers import Answer, to_json
from massharm.exports.csv import render_csv
from massharm.exports.rows import row
from massharm.kb import store
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import NO_FACETS, Facets, select_records
from massharm.kb.records import KINDS, Record

Query = dict[str, str | tuple[str, ...] | None]
"""The kind of an export, and its facets."""


class ExportAnswer(Answer, frozen=True, kw_only=True):
    """The JSON of an export: the envelope, and what a reader elsewhere must know."""

    query: Query
    absence: str
    licence: str
    cite_as: str


def render_export(kb: KnowledgeBase, form: str, kind: str | None = None, facets: Facets = NO_FACETS) -> bytes:
    """Return an export of one kind, narrowed by facets, or of all: the same bytes for the same knowledge base.

    Raises:
        WrongUse: the kind does not suit the format, or a facet not the kind.
        NotFound: the knowledge base holds no such record.
        BadData: a link leads nowhere, so that no database can hold it.
    """
    if form == "csv" and kind is None:
        raise WrongUse("a csv file holds one kind of record; name it, as in: massharm export harm --format csv")
    if form == "sqlite" and (kind is not None or facets):
        raise WrongUse("a sqlite file holds all records, since they refer to each other; leave out what narrows them")
    return render_records(kb, form, export_records(kb, kind, facets), kind, facets)


def render_records(
    kb: KnowledgeBase, form: str, records: Sequence[Record], kind: str | None, facets: Facets = NO_FACETS
) -> bytes:
    """Return records in a format; the kind and the facets are those by which they were found."""
    return FORMATS[form](kb, records, {"kind": kind} | {name: tuple(words) for name, words in facets.items()})


def export_records(kb: KnowledgeBase, kind: str | None, facets: Facets = NO_FACETS) -> list[Record]:
    """Return the records of a kind that meet some facets, or all, in the order of `list`, harms first.

    Raises:
        WrongUse: a facet does not suit the kind, or no kind is named.
        NotFound: there are none.
    """
    if facets and kind is None:
        name = next(iter(facets))
        raise WrongUse(f"--{name} narrows one kind; name it, as in: massharm export harm --severity serious")
    records = [record for one in ([kind] if kind else KINDS) for record in select_records(kb, one, facets)]
    if not records:
        such = " such" * bool(facets)
        raise NotFound(f"the knowledge base holds no{such} {KINDS[kind] if kind else 'records'}; nothing was written")
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


def _json(kb: KnowledgeBase, records: Sequence[Record], query: Query) -> bytes:
    answer = ExportAnswer.of(
        kb,
        query,
        (row(record, kb) for record in records),
        absence=kb.absence,
        licence=kb.file.licence,
        cite_as=kb.how_to_cite,
    )
    return f"{to_json(answer)}\n".encode()


def _jsonl(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    return msgspec.json.Encoder().encode_lines([row(record, kb) for record in records])


def _csv(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    return render_csv([msgspec.to_builtins(row(record, kb)) for record in records])


def _sqlite(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    from massharm.exports.sqlite import render_sqlite  # noqa: PLC0415 - loads SQLite, which no other format needs

    return render_sqlite(kb, records)


FORMATS: dict[str, Callable[[KnowledgeBase, Sequence[Record], Query], bytes]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sqlite": _sqlite,
}
"""The formats, and what renders each. Markdown is made of pages, and so is not among them."""

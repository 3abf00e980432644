"""Exports: records in the formats of other programs."""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from massharm.errors import NotFound, WrongUse
from massharm.exports.answers import Answer, commands, to_json
from massharm.exports.csv import render_csv
from massharm.exports.rows import row
from massharm.kb import store
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import NO_FACETS, Facets, select_records
from massharm.kb.records import KINDS, Record

Query = dict[str, str | tuple[str, ...] | None]
"""The kind of an export, and its facets."""
WHOLE = {"sqlite": "massharm.sqlite", "datapackage": "massharm.zip"}
"""The formats of a file that holds all kinds and is no text, each with a name for the file."""
_INDEX = re.compile(r"[a-z0-9][a-z0-9._-]{0,254}")
"""A name that both OpenSearch and Elasticsearch take for an index."""


class ExportAnswer(Answer, frozen=True, kw_only=True):
    """The JSON of an export: the envelope, and what a reader elsewhere must know."""

    query: Query
    absence: str
    licence: str
    cite_as: str


def render_export(
    kb: KnowledgeBase, form: str, kind: str | None = None, facets: Facets = NO_FACETS, index: str | None = None
) -> bytes:
    """Return an export of one kind, narrowed by facets, or of all: the same bytes for the same knowledge base.

    With `index`, JSON Lines are those of the bulk interface of a search engine, for an index of that name.

    Raises:
        WrongUse: the kind or the index does not suit the format, or a facet not the kind.
        NotFound: the knowledge base holds no such record.
        BadData: a link leads nowhere, so that no database can hold it.
    """
    check_kind(form, kind, facets)
    if index is not None:
        check_index(index, form)
        return _bulk(kb, export_records(kb, kind, facets), index)
    return render_records(kb, form, export_records(kb, kind, facets), kind, facets)


def check_kind(form: str, kind: str | None, facets: Facets = NO_FACETS) -> None:
    """Refuse a format that does not hold one kind, or all, or what facets leave.

    Raises:
        WrongUse: the kind does not suit the format.
    """
    if form == "csv" and kind is None:
        raise WrongUse("a csv file holds one kind of record; name it, as in: massharm export harm --format csv")
    if form in {*WHOLE, "html"} and (kind is not None or facets):
        raise WrongUse(f"a {form} file holds all records, since they refer to each other; leave out what narrows them")


def check_index(index: str, form: str) -> None:
    """Refuse the name of an index where the format has none, or no search engine takes the name.

    Raises:
        WrongUse: one of the two.
    """
    if form != "jsonl":
        raise WrongUse(f"--index belongs to jsonl, and {form} has no index; add --format jsonl or leave --index out")
    if not _INDEX.fullmatch(index):
        raise WrongUse(
            f"--index does not take “{index}”: search engines want small letters, digits, dots, hyphens and "
            "underscores, a letter or digit first, as in: --index massharm"
        )


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
        elif place.exists() and any(used.exists() and place.samefile(used) for used in store.sources()):
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
        next=commands(["show", records[0].id]),
        absence=kb.absence,
        licence=kb.file.licence,
        cite_as=kb.how_to_cite,
    )
    return f"{to_json(answer)}\n".encode()


def _jsonl(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    return msgspec.json.Encoder().encode_lines([row(record, kb) for record in records])


def _bulk(kb: KnowledgeBase, records: Sequence[Record], index: str) -> bytes:
    """Return the body of a request to `_bulk` of OpenSearch or Elasticsearch: before each record its action."""
    actions = ({"index": {"_index": index, "_id": record.id}} for record in records)
    lines = (part for action, record in zip(actions, records, strict=True) for part in (action, row(record, kb)))
    return msgspec.json.Encoder().encode_lines(list(lines))


def _csv(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    return render_csv([msgspec.to_builtins(row(record, kb)) for record in records])


def _datapackage(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    from massharm.exports.datapackage import render_datapackage  # noqa: PLC0415 - loads SQLite too

    return render_datapackage(kb, records)


def _sqlite(kb: KnowledgeBase, records: Sequence[Record], _query: Query) -> bytes:
    from massharm.exports.sqlite import render_sqlite  # noqa: PLC0415 - loads SQLite, which no other format needs

    return render_sqlite(kb, records)


FORMATS: dict[str, Callable[[KnowledgeBase, Sequence[Record], Query], bytes]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sqlite": _sqlite,
    "datapackage": _datapackage,
}
"""The formats, and what renders each. Markdown and HTML are made of pages, and so are not among them."""

"""The knowledge base as an SQLite database; `schema.sql` declares and describes its tables."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from massharm import __version__
from massharm.errors import BadData, MassharmError
from massharm.exports.answers import about
from massharm.exports.rows import row
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Alias, Code, PublicationStatus, Statement, Verification
from massharm.kb.records import KINDS, Record, strings

SCHEMA = Path(__file__).with_name("schema.sql")

_LINKS = {
    "harm.mechanisms": ("harm_mechanism", "harm_id", "mechanism_id"),
    "harm.risk_factors": ("harm_precaution", "harm_id", "precaution_id"),
    "case.harms": ("harm_case", "case_id", "harm_id"),
    "case.precautions": ("case_precaution", "case_id", "precaution_id"),
    "citation.cited_by": ("record_citation", "citation", "record_id"),
    **{f"{kind}.see_also": ("see_also", "record_id", "other_id") for kind in KINDS},
}
"""Fields that name other records: the table of the links, its column for the record, and that for what it names."""

_ELSEWHERE = {
    *(f"{kind}.citations" for kind in KINDS),  # in record_citation, by the links of the citations
    *("harm.cases", "mechanism.harms", "precaution.harms"),  # in the tables of links, from the other side
    "harm.all_citations",
    "citation.key",
    *("term.summary", "myth.summary", "lesson.summary"),
}
"""Fields whose content stands in another field or table."""

_CARRIED = {"harm": "summary", "mechanism": "summary", "case": "summary", "term": "definition", "lesson": "text"}
"""The text that the record's own citations carry, and that is therefore a part too."""

_TABLES: dict[type[Struct], str] = {Alias: "aliases", Code: "codes"}

Columns = dict[str, Any]


def render_sqlite(kb: KnowledgeBase, records: Iterable[Record]) -> bytes:
    """Return the bytes of a database file with these records, which must be all; the same for the same edition.

    Raises:
        BadData: a link leads nowhere, or a number is too great for a database.
        MassharmError: the SQLite of this Python lacks what is needed.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        try:
            db.executescript(f"BEGIN;{SCHEMA.read_text(encoding='utf-8')}")
            for name, value in {**asdict(about(kb, __version__)), "notice": kb.notice}.items():
                if isinstance(value, str):
                    _insert(db, "about", name=name, value=value)
            for record in records:
                _add_record(db, record, kb)
            for gone in kb.file.withdrawn:
                _insert(db, "withdrawn", **asdict(gone))
            for table, _, other, _ in db.execute("PRAGMA foreign_key_check"):
                raise sqlite3.IntegrityError(f"a row of {table} names none of the {other}")  # noqa: TRY301 - reported with the other faults, below
            _index_links(db)
            db.execute("COMMIT")
        except (sqlite3.IntegrityError, OverflowError) as error:
            raise BadData(f"the knowledge base fits no database: {error}; see: massharm validate") from None
        except sqlite3.OperationalError as error:
            raise MassharmError(f"the SQLite of this Python ({sqlite3.sqlite_version}) cannot: {error}") from None
        return db.serialize()


def _index_links(db: sqlite3.Connection) -> None:
    """Make every link as quick to follow backwards."""
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%REFERENCES%'").fetchall():
        for _, _, _, column, *_ in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            db.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")


def _insert(db: sqlite3.Connection, table: str, **values: Any) -> int:
    """Add a row and return its number; the names of tables and columns are our own."""
    marks = ", ".join(f":{name}" for name in values)
    return db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", values).lastrowid or 0  # noqa: S608


def _add_record(db: sqlite3.Connection, record: Record, kb: KnowledgeBase) -> None:
    """Add the row of a record among all, the row of its kind, its links and parts, and its words."""
    head = {"id": record.id, "kind": record.kind, "name": record.name, "summary": record.summary}
    _insert(db, "records", **head)
    whole = row(record, kb)
    columns: Columns = {}
    for field in whole.__struct_fields__:
        value = getattr(whole, field)
        if f"{record.kind}.{field}" in _ELSEWHERE or value is None:
            continue
        if isinstance(value, tuple):
            _add_items(db, record, field, value)
        elif isinstance(value, PublicationStatus):
            columns |= {f"{field}_{name}": part for name, part in asdict(value).items()}
        else:
            columns[field] = value
    _insert(db, KINDS[record.kind], **columns)
    if field := _CARRIED.get(record.kind):
        carried = Statement(text=getattr(record, field), citations=record.citations)
        _add_items(db, record, field, (carried,))
    aliases = "\n".join(alias.text for alias in getattr(record, "aliases", ()))
    _insert(db, "search", **head, aliases=aliases, text="\n".join(strings(record)))


def _add_items(db: sqlite3.Connection, record: Record, field: str, items: tuple[Any, ...]) -> None:
    """Add the links or the parts of a field that is a list."""
    if link := _LINKS.get(f"{record.kind}.{field}"):
        table, column, other = link
        owner = record.citations[0] if column == "citation" else record.id
        for item in items:
            _insert(db, table, **{column: owner, other: item})
        return
    for position, (table, columns, citations) in enumerate(_parts(record, field, items), 1):
        number = _insert(db, table, position=position, **columns)
        for citation in citations:
            _insert(db, "part_citation", part_id=number, citation=citation)


def _parts(record: Record, field: str, items: Iterable[Any]) -> Iterator[tuple[str, Columns, tuple[int, ...]]]:
    """Yield a table, its columns, and the citations that carry the part, for each item of a list."""
    owner, place = {"record_id": record.id}, {"record_id": record.id, "field": field}
    for item in items:
        match item:
            case Alias() | Code():
                yield _TABLES[type(item)], owner | asdict(item), ()
            case Verification():
                seen = {"citation": record.citations[0], "seen": item.where, "url": item.url}
                yield from (("checked", seen | {"field": name}, ()) for name in item.fields)
            case Struct():
                columns = asdict(item)
                numbers = columns.pop("citations") if "citations" in columns else (columns.pop("citation"),)
                columns["text"] = columns.pop("measure", None) or columns["text"]
                yield "parts", place | columns | {"kind": type(item).__name__.lower()}, numbers
            case StrEnum():
                yield "facets", place | {"text": item}, ()
            case str() if field == "authors":
                yield "authors", {"citation": record.citations[0], "text": item}, ()
            case str():
                yield "parts", place | {"kind": "text", "text": item}, ()
            case (level, meaning):
                yield "levels", owner | {"level": level, "meaning": meaning}, ()

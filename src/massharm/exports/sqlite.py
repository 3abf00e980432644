"""The knowledge base as an SQLite database; `schema.sql` declares and describes its tables."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import asdict

from massharm import __version__
from massharm.errors import BadData, MassharmError
from massharm.exports.answers import about
from massharm.exports.rows import row
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import (
    Action,
    Alias,
    Code,
    LinkedHarm,
    LinkedSign,
    Local,
    MedicineName,
    Past,
    Plain,
    PublicationStatus,
    ReportedOutcome,
    Statement,
    Verification,
    When,
)
from massharm.kb.records import KINDS, Record, strings

SCHEMA = Path(__file__).with_name("schema.sql")

_LINKS = {
    "harm.mechanisms": ("harm_mechanism", "harm_id", "mechanism_id"),
    "harm.warning_signs": ("harm_sign", "harm_id", "sign_id"),
    "precaution.harms": ("harm_precaution", "precaution_id", "harm_id"),
    "precaution.stop_if": ("precaution_sign", "precaution_id", "sign_id"),
    "medicine.precautions": ("medicine_precaution", "medicine_id", "precaution_id"),
    "case.harms": ("harm_case", "case_id", "harm_id"),
    "case.precautions": ("case_precaution", "case_id", "precaution_id"),
    "citation.cited_by": ("record_citation", "citation", "record_id"),
    **{f"{kind}.see_also": ("see_also", "record_id", "other_id") for kind in KINDS},
}
"""Fields that name other records: the table of the links, its column for the record, and that for what it names."""

_ELSEWHERE = {
    *(f"{kind}.citations" for kind in KINDS),  # in record_citation, by the links of the citations
    *("harm.cases", "harm.risk_factors", "mechanism.harms"),  # in the tables of links, from the other side
    *("precaution.medicines", "sign.characteristic_of", "sign.compatible_with"),  # likewise
    "harm.all_citations",
    "citation.key",
    *(f"{kind}.summary" for kind in ("medicine", "sign", "term", "myth", "lesson")),
}
"""Fields whose content stands in another field or table."""

_CARRIED = {"harm": "summary", "mechanism": "summary", "case": "summary", "term": "definition", "lesson": "text"}
"""The text that the record's own citations carry, and that is therefore a part too."""

_TABLES: dict[type[Struct], str] = {Alias: "aliases", Code: "codes", MedicineName: "medicine_names"}
_COLUMNS = {"measure": "text", "reason": "text", "when": "circumstances", "if_yes": "level", "then": "instruction"}
"""The columns of `parts` for fields of another name."""

Columns = dict[str, Any]


class Column(Struct, frozen=True):
    """A column: its name, its declared type, and whether each row has a value."""

    name: str
    type: str
    required: bool


class Table(Struct, frozen=True):
    """A table as `schema.sql` declares it, with its comment, and its rows in their order.

    `key` is the primary key, `unique` are other columns that together name a row, and `links` give for a column the
    table and the column that it refers to.
    """

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[Any, ...], ...]


def render_sqlite(kb: KnowledgeBase, records: Iterable[Record]) -> bytes:
    """Return the bytes of a database file with these records, which must be all; the same for the same edition.

    Raises:
        BadData: a link leads nowhere, or a number is too great for a database.
        MassharmError: the SQLite of this Python lacks what is needed.
    """
    with _database(kb, records) as db:
        return db.serialize()


def tables(kb: KnowledgeBase, records: Iterable[Record]) -> tuple[Table, ...]:
    """Return the tables of that database, but for the index of its full text.

    Raises:
        BadData: a link leads nowhere, or a number is too great for a database.
        MassharmError: the SQLite of this Python lacks what is needed.
    """
    declared = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY rowid"
    with _database(kb, records) as db:
        return tuple(_table(db, name, sql) for name, sql in db.execute(declared).fetchall())


def _table(db: sqlite3.Connection, name: str, sql: str) -> Table:
    columns = db.execute(f"PRAGMA table_info({name})").fetchall()
    keys = sorted((place, column) for _, column, _, _, _, place in columns if place)
    links = [(column, other, to) for _, _, other, column, to, *_ in db.execute(f"PRAGMA foreign_key_list({name})")]
    indexes = db.execute(f"PRAGMA index_list({name})").fetchall()
    unique = [
        tuple(column for _, _, column in db.execute(f"PRAGMA index_info({index})"))
        for _, index, _, origin, _ in indexes
        if origin == "u"
    ]
    return Table(
        name=name,
        comment=" ".join(re.findall(r"^ +-- +(.+)$", sql, re.MULTILINE)),
        columns=tuple(Column(column, kind, bool(filled or place)) for _, column, kind, filled, _, place in columns),
        key=tuple(column for _, column in keys),
        unique=tuple(sorted(unique)),
        links=tuple(sorted(links)),
        rows=tuple(db.execute(f"SELECT * FROM {name} ORDER BY rowid")),  # noqa: S608 - the name is our own
    )


@contextmanager
def _database(kb: KnowledgeBase, records: Iterable[Record]) -> Iterator[sqlite3.Connection]:
    """Give a database in memory that holds these records, which must be all.

    Raises:
        BadData: a link leads nowhere, or a number is too great for a database.
        MassharmError: the SQLite of this Python lacks what is needed.
    """
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(db, kb, records)
        yield db
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise BadData(f"the knowledge base fits no database: {error}; see: massharm validate") from None
    except sqlite3.OperationalError as error:
        raise MassharmError(f"the SQLite of this Python ({sqlite3.sqlite_version}) cannot: {error}") from None
    finally:
        db.close()


def _fill(db: sqlite3.Connection, kb: KnowledgeBase, records: Iterable[Record]) -> None:
    """Make the tables and add the records, in one transaction.

    Raises:
        sqlite3.Error: it cannot be done.
        OverflowError: a number is too great for a database.
    """
    db.executescript(f"BEGIN;{SCHEMA.read_text(encoding='utf-8')}")
    for name, value in {**asdict(about(kb, __version__)), "notice": kb.notice}.items():
        if isinstance(value, str):
            _insert(db, "about", name=name, value=value)
    for record in records:
        _add_record(db, record, kb)
    _add_tables_of_the_file(db, kb)
    for table, _, other, _ in db.execute("PRAGMA foreign_key_check"):
        raise sqlite3.IntegrityError(f"a row of {table} names none of the {other}")
    _index_links(db)
    db.execute("COMMIT")


def _add_tables_of_the_file(db: sqlite3.Connection, kb: KnowledgeBase) -> None:
    """Add what belongs to no record: withdrawn ids, and the words by which descriptions are read."""
    for gone in kb.file.withdrawn:
        for heir in gone.heirs:
            _insert(db, "withdrawn", id=gone.id, heir=heir)
    for part in kb.file.recognised:
        code = part.code and {"code_system": part.code.system, "code": part.code.code, "code_name": part.code.name}
        _insert(db, "recognised", name=part.name, kind=part.kind, aliases=_plain_value(part.aliases), **(code or {}))
    for number, combination in enumerate(kb.file.combinations, 1):
        for position, texts in enumerate(combination.parts, 1):
            place = {"combination": number, "sign_id": combination.sign, "position": position}
            _insert(db, "combinations", **place, alternatives=texts)
    for abbreviation in kb.file.ambiguous:
        _insert(db, "ambiguous", text=abbreviation.text, meanings=_plain_value(abbreviation.meanings))


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
        if f"{record.kind}.{field}" in _ELSEWHERE or value is None or value is UNSET:
            continue
        match value:
            case tuple():
                _add_items(db, record, field, value)
            case PublicationStatus():
                columns |= {f"{field}_{name}": part for name, part in asdict(value).items()}
            case Past():
                columns |= {"past_heir": value.heir, "past_days": value.days}
            case Local():
                _add_notes(db, record, value)
            case Plain():
                _insert(db, "plain_texts", record_id=record.id, **asdict(value))
            case Action() | Statement():
                _add_items(db, record, field, (value,))
            case _:
                columns[field] = value
    _insert(db, KINDS[record.kind], **columns)
    if field := _CARRIED.get(record.kind):
        carried = Statement(text=getattr(record, field), citations=record.citations)
        _add_items(db, record, field, (carried,))
    aliases = "\n".join(alias.text for alias in getattr(record, "aliases", ()))
    _insert(db, "search", **head, aliases=aliases, text="\n".join(strings(record)))


def _add_notes(db: sqlite3.Connection, record: Record, local: Local) -> None:
    """Add the notes that clinics have on a record."""
    for place, note in enumerate(local.notes, 1):
        text = f"{note.by}: {note.text}"
        _insert(db, "parts", record_id=record.id, kind="local", field="local", position=place, text=text)


def _add_items(db: sqlite3.Connection, record: Record, field: str, items: tuple[Any, ...]) -> None:
    """Add the links or the parts of a field that is a list."""
    if link := _LINKS.get(f"{record.kind}.{field}"):
        table, column, other = link
        owner = record.citations[0] if column == "citation" else record.id
        for item in items:
            _insert(db, table, **_link(item, column, owner, other))
        return
    for position, (table, columns, citations) in enumerate(_parts(record, field, items), 1):
        number = _insert(db, table, position=position, **columns)
        for citation in citations:
            _insert(db, "part_citation", part_id=number, citation=citation)


def _link(item: Any, column: str, owner: int | str, other: str) -> Columns:
    """Return the columns of a link; some links say how they relate."""
    match item:
        case LinkedSign():
            return {column: owner, other: item.sign, "link": item.link}
        case LinkedHarm():
            return {column: owner, other: item.harm, "support": item.support}
    return {column: owner, other: item}


def _parts(record: Record, field: str, items: Iterable[Any]) -> Iterator[tuple[str, Columns, tuple[int, ...]]]:
    """Yield a table, its columns, and the citations that carry the part, for each item of a list."""
    owner, place = {"record_id": record.id}, {"record_id": record.id, "field": field}
    for item in items:
        match item:
            case Alias() | Code() | MedicineName():
                yield _TABLES[type(item)], owner | asdict(item), ()
            case ReportedOutcome():
                yield "facets", place | {"text": item.outcome, "attributed": item.attributed}, ()
            case Verification():
                seen = {"citation": record.citations[0], "seen": item.where, "url": item.url}
                yield from (("checked", seen | {"field": name}, ()) for name in item.fields)
            case Struct():
                yield _part(item, place)
            case StrEnum():
                yield "facets", place | {"text": item}, ()
            case str():
                yield _text(item, field, record)
            case (level, meaning):
                yield "levels", owner | {"level": level, "meaning": meaning}, ()


def _text(text: str, field: str, record: Record) -> tuple[str, Columns, tuple[int, ...]]:
    """Return the row of a text without citations: an author, an ATC code, or words of a report."""
    match field:
        case "authors":
            return "authors", {"citation": record.citations[0], "text": text}, ()
        case "atc":
            return "codes", {"record_id": record.id, "system": "ATC", "code": text, "name": record.name}, ()
    return "parts", {"record_id": record.id, "field": field, "kind": "text", "text": text}, ()


def _part(item: Struct, place: Columns) -> tuple[str, Columns, tuple[int, ...]]:
    """Return the row of a part that is a text with its citations."""
    fields = asdict(item)
    numbers = fields.pop("citations") if "citations" in fields else fields.pop("citation", ())
    columns = {_COLUMNS.get(name, name): _plain_value(value) for name, value in fields.items()}
    columns.setdefault("text", columns.get("circumstances"))
    kind = {"kind": type(item).__name__.lower()}
    return "parts", place | columns | kind, (numbers,) if isinstance(numbers, int) else numbers


def _plain_value(value: Any) -> Any:
    """Return a value that a column can hold: circumstances as JSON, words of vocabularies separated by semicolons."""
    if isinstance(value, When):
        return msgspec.json.encode(value).decode()
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value

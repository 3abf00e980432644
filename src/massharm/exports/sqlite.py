"""The knowledge base as an SQLite database: a table a kind, tables of links and parts, and full text."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

import msgspec

from massharm import __version__
from massharm.errors import BadData, MassharmError
from massharm.exports import envelope
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Record, strings

Row = dict[str, Any]

_SCHEMA = """
CREATE TABLE about (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE records (
    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL
);
CREATE TABLE withdrawn (id TEXT NOT NULL PRIMARY KEY, heir TEXT NOT NULL REFERENCES records(id));

CREATE TABLE harms (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL, summary TEXT NOT NULL,
    severity TEXT NOT NULL, band TEXT NOT NULL, evidence TEXT NOT NULL, published_cases INTEGER NOT NULL,
    reviewed TEXT NOT NULL
);
CREATE TABLE mechanisms (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL, summary TEXT NOT NULL,
    status TEXT NOT NULL
);
CREATE TABLE citations (
    number INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE REFERENCES records(id), name TEXT NOT NULL,
    kind_of_study TEXT NOT NULL, title TEXT, container TEXT, year INTEGER, month TEXT, volume TEXT, issue TEXT,
    pages TEXT, article_number TEXT, pmid TEXT, pmcid TEXT, doi TEXT, publisher TEXT, url TEXT, seen_on TEXT,
    language TEXT, finding TEXT NOT NULL, caution TEXT, status_state TEXT, status_looked_at TEXT, text TEXT NOT NULL
);
CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL, summary TEXT NOT NULL,
    year INTEGER, patients INTEGER, age TEXT, sex TEXT, technique TEXT, provider TEXT, site TEXT, onset TEXT,
    outcome TEXT, causality TEXT, anecdote INTEGER NOT NULL
);
CREATE TABLE precautions (id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL);
CREATE TABLE terms (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL, definition TEXT NOT NULL
);
CREATE TABLE myths (id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL, belief TEXT NOT NULL);
CREATE TABLE lessons (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id), name TEXT NOT NULL, audience TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE harm_case (
    harm_id TEXT NOT NULL REFERENCES harms(id), case_id TEXT NOT NULL REFERENCES cases(id),
    PRIMARY KEY (harm_id, case_id)
);
CREATE TABLE harm_mechanism (
    harm_id TEXT NOT NULL REFERENCES harms(id), mechanism_id TEXT NOT NULL REFERENCES mechanisms(id),
    PRIMARY KEY (harm_id, mechanism_id)
);
CREATE TABLE harm_precaution (
    harm_id TEXT NOT NULL REFERENCES harms(id), precaution_id TEXT NOT NULL REFERENCES precautions(id),
    PRIMARY KEY (harm_id, precaution_id)
);
CREATE TABLE case_precaution (
    case_id TEXT NOT NULL REFERENCES cases(id), precaution_id TEXT NOT NULL REFERENCES precautions(id),
    PRIMARY KEY (case_id, precaution_id)
);
CREATE TABLE record_citation (
    record_id TEXT NOT NULL REFERENCES records(id), citation INTEGER NOT NULL REFERENCES citations(number),
    PRIMARY KEY (record_id, citation)
);
CREATE TABLE see_also (
    record_id TEXT NOT NULL REFERENCES records(id), other_id TEXT NOT NULL REFERENCES records(id),
    PRIMARY KEY (record_id, other_id)
);

CREATE TABLE aliases (
    id INTEGER PRIMARY KEY, record_id TEXT NOT NULL REFERENCES records(id), position INTEGER NOT NULL,
    text TEXT NOT NULL, kind TEXT NOT NULL
);
CREATE TABLE facets (
    id INTEGER PRIMARY KEY, record_id TEXT NOT NULL REFERENCES records(id), field TEXT NOT NULL,
    position INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE codes (
    id INTEGER PRIMARY KEY, harm_id TEXT NOT NULL REFERENCES harms(id), position INTEGER NOT NULL,
    system TEXT NOT NULL, code TEXT, name TEXT NOT NULL
);
CREATE TABLE levels (
    id INTEGER PRIMARY KEY, term_id TEXT NOT NULL REFERENCES terms(id), position INTEGER NOT NULL,
    level TEXT NOT NULL, meaning TEXT NOT NULL
);
CREATE TABLE case_texts (
    id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), field TEXT NOT NULL,
    position INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE authors (
    id INTEGER PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citations(number), position INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE cautions (
    id INTEGER PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citations(number), position INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE checked (
    id INTEGER PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citations(number), position INTEGER NOT NULL,
    field TEXT NOT NULL, seen TEXT NOT NULL, url TEXT
);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY, harm_id TEXT NOT NULL REFERENCES harms(id), position INTEGER NOT NULL,
    citation INTEGER NOT NULL REFERENCES citations(number), bearing TEXT NOT NULL, text TEXT NOT NULL, design TEXT
);

CREATE TABLE statements (
    id INTEGER PRIMARY KEY, record_id TEXT NOT NULL REFERENCES records(id), field TEXT NOT NULL,
    position INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE warning_signs (
    id INTEGER PRIMARY KEY, harm_id TEXT NOT NULL REFERENCES harms(id), position INTEGER NOT NULL,
    text TEXT NOT NULL, urgency TEXT NOT NULL
);
CREATE TABLE advice (
    id INTEGER PRIMARY KEY, precaution_id TEXT NOT NULL REFERENCES precautions(id), position INTEGER NOT NULL,
    level TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE frequency (
    id INTEGER PRIMARY KEY, harm_id TEXT NOT NULL REFERENCES harms(id), position INTEGER NOT NULL,
    measure TEXT NOT NULL, percent REAL NOT NULL, numerator INTEGER, denominator INTEGER NOT NULL,
    setting TEXT NOT NULL, limits TEXT NOT NULL
);
CREATE TABLE statement_citation (
    statement_id INTEGER NOT NULL REFERENCES statements(id), citation INTEGER NOT NULL REFERENCES citations(number),
    PRIMARY KEY (statement_id, citation)
);
CREATE TABLE warning_sign_citation (
    warning_sign_id INTEGER NOT NULL REFERENCES warning_signs(id),
    citation INTEGER NOT NULL REFERENCES citations(number), PRIMARY KEY (warning_sign_id, citation)
);
CREATE TABLE advice_citation (
    advice_id INTEGER NOT NULL REFERENCES advice(id), citation INTEGER NOT NULL REFERENCES citations(number),
    PRIMARY KEY (advice_id, citation)
);
CREATE TABLE frequency_citation (
    frequency_id INTEGER NOT NULL REFERENCES frequency(id), citation INTEGER NOT NULL REFERENCES citations(number),
    PRIMARY KEY (frequency_id, citation)
);

CREATE VIRTUAL TABLE search USING fts5(
    id UNINDEXED, kind UNINDEXED, name, aliases, summary, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
"""

_LINKS = {
    "harm.mechanisms": ("harm_mechanism", "harm_id", "mechanism_id"),
    "harm.risk_factors": ("harm_precaution", "harm_id", "precaution_id"),
    "harm.see_also": ("see_also", "record_id", "other_id"),
    "case.harms": ("harm_case", "case_id", "harm_id"),
    "case.precautions": ("case_precaution", "case_id", "precaution_id"),
    "citation.cited_by": ("record_citation", "citation", "record_id"),
    "term.see_also": ("see_also", "record_id", "other_id"),
    "myth.see_also": ("see_also", "record_id", "other_id"),
    "lesson.see_also": ("see_also", "record_id", "other_id"),
}
"""Fields that name other records: the link table, its column for the record, and that for what it names."""

_PARTS = {
    "aliases": ("aliases", "record_id"),
    "codes": ("codes", "harm_id"),
    "findings": ("findings", "harm_id"),
    "frequency": ("frequency", "harm_id"),
    "warning_signs": ("warning_signs", "harm_id"),
    "advice": ("advice", "precaution_id"),
    "levels": ("levels", "term_id"),
    "authors": ("authors", "citation"),
    "cautions": ("cautions", "citation"),
    "checked": ("checked", "citation"),
    "case.risk_factors": ("case_texts", "case_id"),
    "case.presentation": ("case_texts", "case_id"),
    "case.diagnosis": ("case_texts", "case_id"),
    **dict.fromkeys(("outcomes", "systems", "regions", "techniques", "providers"), ("facets", "record_id")),
}
"""Other lists: the table of their parts, and its column for the record; any list that is not here holds statements."""

_SHARED = {"facets", "case_texts", "statements"}
"""Tables of parts that stand in several fields, and say in which."""

_CITED = {"statements": "statement", "warning_signs": "warning_sign", "advice": "advice", "frequency": "frequency"}
"""Tables of parts that carry citations, and one part of each, after which the link table is named."""

_FOLLOWS = {
    "harm": {"citations", "cases", "all_citations"},
    "mechanism": {"citations", "harms"},
    "citation": {"key", "status"},
    "case": {"citations"},
    "precaution": {"citations", "harms"},
    "term": {"citations", "summary"},
    "myth": {"citations", "summary"},
    "lesson": {"citations", "summary"},
}
"""Fields of which the tables hold the content in another place."""

_CARRIED = {"harm": "summary", "mechanism": "summary", "case": "summary", "term": "definition", "lesson": "text"}
"""The text of a record that its own citations carry: a statement too."""


def serialized(kb: KnowledgeBase, records: Iterable[Record]) -> bytes:
    """Give a database of all records as it lies in its file; it was made in one transaction.

    Raises:
        BadData: a link leads nowhere.
        MassharmError: the SQLite of this Python lacks what is needed.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        try:
            db.executescript(f"BEGIN;{_SCHEMA}")
            _fill(db, kb, records)
            _index(db)
            db.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise BadData(f"the knowledge base fits no database: {error}; see: massharm validate") from None
        except sqlite3.OperationalError as error:
            raise MassharmError(f"the SQLite of this Python ({sqlite3.sqlite_version}) cannot: {error}") from None
        return db.serialize()


def _fill(db: sqlite3.Connection, kb: KnowledgeBase, records: Iterable[Record]) -> None:
    about = {**envelope.about(kb, __version__), "notice": kb.notice}
    for name, value in about.items():
        if isinstance(value, str):
            _insert(db, "about", {"name": name, "value": value})
    for record in records:
        _add(db, record, msgspec.to_builtins(envelope.row(record, kb)))
    for gone in kb.file.withdrawn:
        _insert(db, "withdrawn", msgspec.to_builtins(gone))
    for table, _, other, _ in db.execute("PRAGMA foreign_key_check"):
        raise sqlite3.IntegrityError(f"a row of {table} names none of the {other}")


def _index(db: sqlite3.Connection) -> None:
    """Make every link as quick to follow backwards."""
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%REFERENCES%'").fetchall():
        for _, _, _, column, *_ in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            db.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")


def _insert(db: sqlite3.Connection, table: str, values: Row) -> int:
    """Add a row and give its number; the names of tables and columns are our own."""
    marks = ", ".join(f":{name}" for name in values)
    return db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", values).lastrowid or 0  # noqa: S608


def _add(db: sqlite3.Connection, record: Record, row: Row) -> None:
    """Add a record: its row among all records, the row of its kind, its lists, its words."""
    head = {"id": record.id, "kind": record.kind, "name": record.name, "summary": record.summary}
    _insert(db, "records", head)
    fields = {name: value for name, value in row.items() if name not in {"kind", *_FOLLOWS[record.kind]}}
    lists = {name: fields.pop(name) or () for name in list(fields) if _is_list(name, fields[name])}
    if record.kind == "citation":
        fields |= {f"status_{name}": value for name, value in (row["status"] or {}).items()}
    _insert(db, KINDS[record.kind], fields)
    if record.kind in _CARRIED:
        lists[_CARRIED[record.kind]] = [{"text": row[_CARRIED[record.kind]], "citations": row["citations"]}]
    for field, items in lists.items():
        _add_list(db, row, field, items)
    called = "\n".join(alias["text"] for alias in row.get("aliases", ()))
    _insert(db, "search", {**head, "aliases": called, "text": "\n".join(strings(record))})


def _is_list(name: str, value: Any) -> bool:
    """Tell whether a field is a list; one that may be null is known by its name."""
    return isinstance(value, list | tuple) or name == "authors"


def _add_list(db: sqlite3.Connection, row: Row, field: str, items: Any) -> None:
    owner, place = row.get("number", row["id"]), f"{row['kind']}.{field}"
    if place in _LINKS:
        table, mine, other = _LINKS[place]
        for item in items:
            _insert(db, table, {mine: owner, other: item})
        return
    table, mine = _PARTS.get(place) or _PARTS.get(field) or ("statements", "record_id")
    shared = {"field": field} if table in _SHARED else {}
    for position, part in enumerate(_parts(field, items), 1):
        numbers = part.pop("citations", ())
        number = _insert(db, table, {mine: owner, "position": position, **shared, **part})
        for citation in numbers:
            one = _CITED[table]
            _insert(db, f"{one}_citation", {f"{one}_id": number, "citation": citation})


def _parts(field: str, items: Any) -> Iterator[Row]:
    """Give the parts of a list as rows of their table."""
    for item in items:
        if field == "checked":
            yield from ({"field": name, "seen": item["where"], "url": item["url"]} for name in item["fields"])
        elif field == "levels":
            yield dict(zip(("level", "meaning"), item, strict=True))
        else:
            yield {"text": item} if isinstance(item, str) else dict(item)

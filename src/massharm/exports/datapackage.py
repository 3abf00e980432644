"""The knowledge base as a Data Package: a zip of one CSV file for each table, and `datapackage.json`.

The descriptor follows the Data Package standard 2.0 (https://datapackage.org), its Table Schema and its Table Dialect.
The tables are those of the database (`schema.sql`), which also gives their types, keys and descriptions.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from massharm.citations import vancouver
from massharm.exports.answers import to_json
from massharm.exports.csv import escape_formula
from massharm.exports.sqlite import Table, tables
from massharm.kb.base import KnowledgeBase
from massharm.kb.links import ARTICLE
from massharm.kb.records import Record
from massharm.text import escape_markdown

_PROFILE = "https://datapackage.org/profiles/2.0"
_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number", "BOOLEAN": "boolean", "DATE": "date"}
"""The types of Table Schema for those of the database."""
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip, the earliest that the format knows: the same edition gives the same bytes."""


def render_datapackage(kb: KnowledgeBase, records: Iterable[Record]) -> bytes:
    """Return the bytes of a zip file with these records, which must be all; the same for the same edition.

    Raises:
        BadData: a link leads nowhere, or a number is too great for a table.
        MassharmError: the SQLite of this Python lacks what is needed.
    """
    found = tables(kb, records)
    files = {f"{table.name}.csv": _csv(table) for table in found}
    resources = [_resource(table, files[f"{table.name}.csv"]) for table in found]
    descriptor = f"{to_json(_package(kb, resources))}\n".encode()
    return _zip({"datapackage.json": descriptor, **files})


def _package(kb: KnowledgeBase, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the descriptor. The licence is named only where it is the one that this module knows."""
    article = kb.citation(ARTICLE)
    source = article and {"title": vancouver.reference(article)} | ({"path": article.url} if article.url else {})
    return {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": "massharm",
        "title": kb.file.title,
        "description": escape_markdown(f"{kb.notice} {kb.absence} {kb.how_to_cite} {kb.file.licence}"),
        "version": kb.edition,
        "created": f"{kb.reviewed}T00:00:00Z",
        "contributors": [{"title": "massharm contributors"}],
        **({"licenses": [_LICENCE]} if kb.file.licence.startswith("CC BY 4.0") else {}),
        **({"sources": [source]} if source else {}),
        "resources": resources,
    }


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        **({"description": table.comment} if table.comment else {}),
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema; an empty cell is a missing value, as the standard has it."""
    links = [
        {"fields": [column], "reference": {"resource": other, "fields": [to]}} for column, other, to in table.links
    ]
    return {
        "fields": [
            {"name": column.name, "type": _TYPES[column.type]}
            | ({"constraints": {"required": True}} if column.required else {})
            for column in table.columns
        ],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"uniqueKeys": [list(columns) for columns in table.unique]} if table.unique else {}),
        **({"foreignKeys": links} if links else {}),
    }


def _csv(table: Table) -> bytes:
    """Return the rows under a line of headings, as RFC 4180 says, in UTF-8 without a byte order mark."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([escape_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return lines.getvalue().encode()


def _zip(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # a file of Unix, wherever it is made
            opened.writestr(entry, data, zipfile.ZIP_DEFLATED, compresslevel=9)
    return archive.getvalue()

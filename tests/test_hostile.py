"""Texts that look like markup or like lines of their own: every format keeps its rows, items and headings."""

import csv
import io
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from markup import Document, packed
from massharm import KnowledgeBase
from massharm.cli import output
from massharm.exports.formats import export_records, render_export
from massharm.exports.html import render_html
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS, File
from massharm.pages import html
from massharm.pages.lists import list_cells
from massharm.pages.markdown import render_records
from tiny import tiny_file

TEXTS = {
    *("name", "summary", "text", "measure", "setting", "limits", "title", "container", "publisher", "finding"),
    *("age", "sex", "technique", "provider", "site", "onset", "outcome", "causality", "definition", "belief"),
    *("volume", "issue", "pages", "caution", "licence", "notice", "absence", "authors", "presentation", "levels"),
    *("note", "then", "instead", "scope", "severity_basis", "generic", "atc"),
}
"""The fields that hold free text."""
SIGNS = "#-+=*_`~|<>[]()!&.:;\\/\"'$%{}^019 a\n\t\r\x0b\x1c\x85\u00a0\u2028\u3000"
MARKUP = (
    "# a",
    "1. a",
    "1) a",
    "- a",
    "+ a",
    "* a",
    "> a",
    "---",
    "===",
    "```",
    "    a",
    "<b>",
    "<!--",
    "| a |",
    "[a]: /b",
)


def filled(before: str, after: str) -> KnowledgeBase:
    """Return a knowledge base in which every free text stands between two others."""

    def fill(value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            return {name: part if name == "outcomes" else fill(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [fill(part, field) for part in value]
        return f"{before}{value}{after}" if isinstance(value, str) and field in TEXTS else value

    file = tiny_file()
    file["signs"][0]["instead"] = "Wind."
    file["precautions"][0]["action"]["scope"] = "Back."
    file = fill(file)
    file["harms"][0]["codes"] = [{"system": "MeSH", "code": None, "name": f"{before}code{after}"}]
    file["cases"][0]["presentation"] = [f"{before}a{after}", f"{before}b{after}"]
    return KnowledgeBase(msgspec.convert(file, File))


def lines_of_lists(kb: KnowledgeBase) -> Iterator[tuple[str, int, int]]:
    """Yield the number of lines and of cells of the list of every kind, as another program reads them."""
    for kind in KINDS:
        with redirect_stdout(io.StringIO()) as stream:
            for record in select_records(kb, kind, {}):
                output.write_row(*list_cells(record, kb))
        lines = stream.getvalue().splitlines()
        yield kind, len(lines), sum(line.count("\t") for line in lines)


def blocks_of_markdown(kb: KnowledgeBase) -> Counter[tuple[str, str]]:
    """Return the number of blocks of each kind as a CommonMark parser with tables reads them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(render_records(export_records(kb, None), kb).decode())
    return Counter((token.type, token.tag) for token in tokens)


def cells_of_csv(kb: KnowledgeBase) -> list[list[int]]:
    """Return the number of cells of each row of the table of every kind."""
    tables = (render_export(kb, "csv", kind).decode("utf-8-sig") for kind in KINDS)
    return [[len(row) for row in csv.reader(io.StringIO(table, newline=""))] for table in tables]


def rows_of_sqlite(kb: KnowledgeBase) -> dict[str, int]:
    """Return the number of rows of every table."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(render_export(kb, "sqlite"))
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608
    return {name: count for name, count in counts.items() if not name.startswith("search_")}


def elements_of_html(kb: KnowledgeBase) -> list[Counter[tuple[str, tuple[str, ...]]]]:
    """Return the number of elements of each kind in the file of all records, and in the pages packed in it."""
    text = render_html(kb, export_records(kb, None), html.entry, html.document).decode()
    pages = "".join(part.get("rest", "") for part in packed(text)["records"].values())
    return [Document(text).shape, Document(pages).shape]


SHAPES = (
    lambda kb: list(lines_of_lists(kb)),
    blocks_of_markdown,
    cells_of_csv,
    rows_of_sqlite,
    elements_of_html,
)
HARMLESS = [shape(filled("a ", " a")) for shape in SHAPES]
HOSTILE = st.text(SIGNS, max_size=10) | st.sampled_from(MARKUP)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, st.sampled_from(["", " ", "\n"]))
def test_hostile_texts_change_no_structure(before: str, after: str, joint: str) -> None:
    """Names and texts of any signs give the rows, list items and headings of harmless ones."""
    kb = filled(f"{before}{joint}", f"{joint}{after}")
    assert [shape(kb) for shape in SHAPES] == HARMLESS

"""Records as CSV, in the manner of RFC 4180: CRLF, and quotes where they are needed."""

import csv
import io
from collections.abc import Sequence
from itertools import chain
from typing import Any

# With this mark Excel reads UTF-8 as UTF-8; without it every accent and dash is garbled in silence. Readers that
# do not know the mark, such as read.csv of R, garble the name of the first column and nothing else.
_MARK = "\ufeff"
# A spreadsheet runs a cell that begins so as a formula; the full-width signs count in its East Asian editions.
_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
_HEADS = ("text", "name", "measure", "where", "state", "sign", "harm", "outcome", "section")
"""The field of a nested part that stands first in its cell."""


def render_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows of the same fields as a table with a line of headings; UTF-8 with a byte order mark."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    fields = tuple(dict.fromkeys(chain.from_iterable(rows)))  # not every row has what overlays add
    writer.writerow(fields)
    writer.writerows([escape_formula(_cell(row.get(name))) for name in fields] for row in rows)
    return f"{_MARK}{lines.getvalue()}".encode()


def escape_formula(cell: str) -> str:
    """Return the text of a cell; an apostrophe stands before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def _cell(value: Any) -> str:
    """Return the text of a value: lists of plain values joined by `; `, lists of nested parts by ` | `."""
    if isinstance(value, dict):
        return _nested(value)
    if isinstance(value, list | tuple):
        nested = any(isinstance(item, dict | tuple) for item in value)
        return (" | " if nested else "; ").join(
            ": ".join(item) if isinstance(item, tuple) else _cell(item) for item in value
        )
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _nested(part: dict[str, Any]) -> str:
    """Return a nested part as `text (field: value, field: value) [citations]`; one without a text as its fields."""
    head = next((name for name in _HEADS if name in part), "")
    numbers = part.get("citations", [part["citation"]] if "citation" in part else [])
    others = {name: value for name, value in part.items() if name not in {head, "citation", "citations"}}
    notes = ", ".join(f"{name}: {_cell(value)}" for name, value in others.items() if value not in (None, [], ()))
    cited = f" [{', '.join(map(str, numbers))}]" if numbers else ""
    return (f"{part[head]} ({notes})" if head and notes else str(part[head]) if head else notes) + cited

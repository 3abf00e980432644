"""The evidence map as a picture: a mark for each published report, by severity, design and year.

SVG 1.1 without a script, which browsers, word processors and printers take. Severity is a shape beside its colour
(of the palette of Okabe and Ito, which the colour-blind tell apart); title and description are for screen readers.
"""

import textwrap
from collections.abc import Iterator
from html import escape

from massharm.clinical.evidence import Cell, Map
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import Facets
from massharm.kb.vocabulary import Severity
from massharm.pages.blocks import counted, facet_words
from massharm.text import line

WIDTH, MARGIN = 960, 24
_LEFT, _RIGHT, _UNDATED = 270, 830, 880
"""Where the years begin and end, and the column of reports without a year."""
_MARK, _STEP = 4.0, 10.0
"""Half the width of a mark, and the distance between two of one year."""
_PER_LINE = 5
"""How many reports without a year stand side by side."""
_LINE, _CHARACTERS = 16, 135
"""The height of a line of text, and how many characters it holds."""
_COLOURS = {Severity.SERIOUS: "#d55e00", Severity.MODERATE: "#e69f00", Severity.MINOR: "#0072b2"}
_FONT = 'font-family="sans-serif" font-size="12" fill="#222"'
_BOLD, _CENTRED = ' font-weight="bold"', ' text-anchor="middle"'
_NOTES = (
    "Each mark is one published report: a triangle of a serious harm, a square of a moderate one, a circle of a minor "
    "one. A report of several harms stands in the row of each. A harm that only a trial or a survey counted has no "
    "mark. Rows are the strongest design that reports a harm. A count of reports is no rate."
)


def evidence_svg(found: Map, kb: KnowledgeBase, facets: Facets) -> str:
    """Return the picture of a map; the facets are those by which it was narrowed."""
    rows = [cell for cell in found.cells if cell.harms]
    years = (min(found.years, default=2000) // 10 * 10, max(found.years, default=2000) // 10 * 10 + 10)
    top = 92.0
    body: list[str] = []
    for number, cell in enumerate(rows):
        if number == 0 or rows[number - 1].severity is not cell.severity:
            top += 26 if number else 14
            body += [_mark(cell.severity, MARGIN + _MARK, top - 4), _text(MARGIN + 16, top, cell.severity, _BOLD)]
            top += 6
        height = max(1, *cell.years.values(), -(-_undated(cell) // _PER_LINE)) * _STEP + 12
        body += _row(cell, years, top + height)
        top += height
    title = f"{kb.file.title}: published reports by severity, design and year"
    notes = [part for text in (_NOTES, kb.notice, kb.absence) for part in textwrap.wrap(line(text), _CHARACTERS)]
    height = round(top + 52 + _LINE * len(notes))
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" {_FONT}>',
        f'<title id="title">{_escaped(title)}</title>',
        f'<desc id="desc">{_escaped(_description(rows, found))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(MARGIN, 32, title, f'{_BOLD} font-size="16"'),
        _text(MARGIN, 54, _subtitle(found, kb, facets)),
        _text(MARGIN, 84, "Severity, and strongest design", _BOLD),
        *_axis(years, 92, top + 8, has_undated=any(map(_undated, rows))),
    ]
    foot = [_text(MARGIN, top + 52 + _LINE * number, note) for number, note in enumerate(notes)]
    return "\n".join((*head, *body, *foot, "</svg>"))


def _undated(cell: Cell) -> int:
    return cell.cases - sum(cell.years.values())


def _subtitle(found: Map, kb: KnowledgeBase, facets: Facets) -> str:
    """Return what is counted, of which edition, and how it was narrowed."""
    narrowed = f" Only {facet_words(facets)}." if facets else ""
    counts = f"{counted(found.cases, 'published report')}, {counted(found.anecdotes, 'anecdote')} not drawn."
    return f"{counts} Edition {kb.edition}, reviewed {kb.reviewed}.{narrowed}"


def _description(rows: list[Cell], found: Map) -> str:
    """Return the counts in words."""
    parts = (
        f"{cell.severity}, {cell.evidence}: {counted(cell.harms, 'harm')}, {counted(cell.cases, 'published report')}"
        + (f" ({min(cell.years)} to {max(cell.years)})" if cell.years else "")
        for cell in rows
    )
    return f"{counted(found.cases, 'published report')} in all. {'; '.join(parts)}. {_NOTES}"


def _row(cell: Cell, years: tuple[int, int], bottom: float) -> Iterator[str]:
    """Yield the label and the marks of a cell, which stand on its bottom line."""
    label = f"{cell.evidence}: {counted(cell.harms, 'harm')}, {counted(cell.cases, 'report')}"
    yield _text(MARGIN + 16, bottom - 3, label)
    yield f'<path d="M{_LEFT} {bottom:g}H{_UNDATED + _PER_LINE * _STEP:g}" stroke="#bbb" stroke-width="0.5"/>'
    for year, number in cell.years.items():
        for place in range(number):
            yield _mark(cell.severity, _x(year, years), bottom - _STEP * (place + 0.5))
    for place in range(_undated(cell)):
        down, across = divmod(place, _PER_LINE)
        yield _mark(cell.severity, _UNDATED + _STEP * (across + 0.5), bottom - _STEP * (down + 0.5))


def _axis(years: tuple[int, int], top: float, bottom: float, *, has_undated: bool) -> Iterator[str]:
    """Yield a line and a label for every decade, and the label of what has no year."""
    for year in range(years[0], years[1] + 1, 10):
        x = _x(year, years)
        yield f'<path d="M{x:g} {top:g}V{bottom:g}" stroke="#ddd" stroke-width="0.7"/>'
        yield _text(x, bottom + 14, str(year), _CENTRED)
    if has_undated:
        yield _text(_UNDATED + _PER_LINE * _STEP / 2, bottom + 14, "no year", _CENTRED)


def _x(year: int, years: tuple[int, int]) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * (year - years[0]) / (years[1] - years[0]), 1)


def _mark(severity: Severity, x: float, y: float) -> str:
    """Return the shape of a severity about a point."""
    x, y, half = round(x, 1), round(y, 1), _MARK
    style = f'fill="{_COLOURS[severity]}" stroke="#222" stroke-width="0.6"'
    if severity is Severity.SERIOUS:
        return f'<path d="M{x:g} {y - half:g}l{half:g} {2 * half:g}h{-2 * half:g}z" {style}/>'
    if severity is Severity.MODERATE:
        return f'<path d="M{x - half:g} {y - half:g}h{2 * half:g}v{2 * half:g}h{-2 * half:g}z" {style}/>'
    return f'<circle cx="{x:g}" cy="{y:g}" r="{half:g}" {style}/>'


def _text(x: float, y: float, text: str, extra: str = "") -> str:
    """Return a line of text; `extra` are further attributes."""
    return f'<text x="{x:g}" y="{y:g}"{extra}>{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    return escape(line(text))

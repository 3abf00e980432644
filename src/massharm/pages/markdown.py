"""Pages as Markdown, to be kept in a file or handed out: the same blocks, without a terminal's colours and widths."""

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Record
from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Next, Page, Para, Run, Runs, Title
from massharm.pages.records import record_page
from massharm.text import line

# What Markdown or HTML reads as more than text, wherever it stands; and at the beginning of a line or an item.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_LEADING = re.compile(r"^(\d+(?=[.)])|(?=[#+\-=]))")
_BOLD = frozenset({"strong", "serious", "moderate", "minor", "emergency-now", "same-day", "soon"})


def render_records(records: Iterable[Record], kb: KnowledgeBase) -> str:
    """Return records as one document: a head that says what this is, then a page each, with rules between."""
    head = Title(kb.file.title, (Run(f"edition {kb.edition}"), Run(f"reviewed {kb.reviewed}")))
    notes = (Para((Run(text),)) for text in (kb.notice, kb.absence, kb.file.licence))
    pages: list[Page] = [(head, *notes), *(record_page(record, kb) for record in records)]
    return "\n\n---\n\n".join(map(render_page, pages)) + "\n"


def render_page(page: Page) -> str:
    """Return a page as CommonMark, with tables as GitHub reads them; no text in it is read as markup."""
    lines: list[str] = []
    in_list = False
    for block in page:
        parts = list(_lines(block))
        is_item = isinstance(block, Item | Fact | Bar)
        if lines and parts and not (is_item and in_list):
            lines.append("")
        lines += parts
        in_list = is_item
    return "\n".join(lines)


def escape(text: str) -> str:
    """Return a text on one line in which nothing is markup, wherever the line begins."""
    return _escape_start(_SIGNS.sub(r"\\\1", line(text)))


def _escape_start(text: str) -> str:
    """Return escaped text that begins no heading, list or rule."""
    return _LEADING.sub(r"\1\\", text)


def _join(runs: Runs) -> str:
    """Return runs one after the other; blanks at their ends hold them apart."""
    return _escape_start(" ".join("".join(map(_mark_up, runs)).split()))


def _mark_up(run: Run) -> str:
    bare = _SIGNS.sub(r"\\\1", line(run.text))
    if not bare:
        return " "
    before, after = " " * run.text[:1].isspace(), " " * run.text[-1:].isspace()
    return f"{before}**{bare}**{after}" if run.tone in _BOLD else f"{before}{bare}{after}"


@singledispatch
def _lines(block: object) -> Iterator[str]:
    """Yield the lines of one block."""
    raise TypeError(type(block))


@_lines.register
def _(block: Title) -> Iterator[str]:
    yield f"# {escape(block.text)}"
    yield ""
    yield " · ".join(_join((tag,)) for tag in block.tags)
    if block.summary:
        yield from ("", _join(block.summary))


@_lines.register
def _(block: Heading) -> Iterator[str]:
    yield f"## {escape(block.text)}"


@_lines.register
def _(block: Para) -> Iterator[str]:
    yield _join(block.runs)


@_lines.register
def _(block: Item) -> Iterator[str]:
    mark = f"{escape(block.mark)} " if block.mark not in {"-", "!"} else ""
    yield f"- {mark}{_join(block.runs)}"
    yield from (f"  - {_join(runs)}" for runs in block.more)


@_lines.register
def _(block: Fact) -> Iterator[str]:
    yield f"- **{escape(block.label)}:** {_join(block.runs)}"


@_lines.register
def _(block: Bar) -> Iterator[str]:
    yield f"- {_join(block.runs)}"


@_lines.register
def _(block: Grid) -> Iterator[str]:
    yield f"| {' | '.join(map(escape, block.columns))} |"
    yield f"|{' --- |' * len(block.columns)}"
    yield from (f"| {' | '.join(_join((cell,)) for cell in row)} |" for row in block.rows)


@_lines.register
def _(_block: Next) -> Iterator[str]:
    """Leave out commands: a page on paper has no prompt."""
    yield from ()

"""Pages as Markdown, to be kept in a file or handed out: the same parts, without a terminal's colours and widths."""

import re
from collections.abc import Iterator
from functools import singledispatch

from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Next, Page, Para, Run, Runs, Title
from massharm.text import line

# What Markdown or HTML would read as more than text, wherever it stands; and at the beginning of a line.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_LEADING = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))")
_BOLD = frozenset({"strong", "serious", "moderate", "minor", "emergency-now", "same-day", "soon"})


def text(page: Page) -> str:
    """Write a page as CommonMark, with tables as GitHub reads them; no text in it is read as markup."""
    lines: list[str] = []
    listed = False
    for block in page:
        parts = list(written(block))
        items = isinstance(block, Item | Fact | Bar)
        if lines and parts and not (items and listed):
            lines.append("")
        lines += parts
        listed = items
    return "\n".join(lines)


def plain(part: str) -> str:
    """Give a text on one line, every sign escaped that Markdown would act on."""
    return _LEADING.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line(part)))


def _runs(runs: Runs) -> str:
    """Write runs one after the other; blanks at their ends hold them apart."""
    return " ".join("".join(map(_run, runs)).split())


def _run(run: Run) -> str:
    bare = _SIGNS.sub(r"\\\1", line(run.text))
    if not bare:
        return " "
    before, after = " " * run.text[:1].isspace(), " " * run.text[-1:].isspace()
    return f"{before}**{bare}**{after}" if run.tone in _BOLD else f"{before}{bare}{after}"


@singledispatch
def written(block: object) -> Iterator[str]:
    """Give the lines of one block."""
    raise TypeError(type(block))


@written.register
def _(block: Title) -> Iterator[str]:
    yield f"# {plain(block.text)}"
    yield ""
    yield " · ".join(_runs((tag,)) for tag in block.tags)
    if block.summary:
        yield from ("", _runs(block.summary))


@written.register
def _(block: Heading) -> Iterator[str]:
    yield f"## {plain(block.text)}"


@written.register
def _(block: Para) -> Iterator[str]:
    yield plain_start(_runs(block.runs))


@written.register
def _(block: Item) -> Iterator[str]:
    mark = f"{plain(block.mark)} " if block.mark not in {"-", "!"} else ""
    yield f"- {mark}{_runs(block.runs)}"
    yield from (f"  - {_runs(runs)}" for runs in block.more)


@written.register
def _(block: Fact) -> Iterator[str]:
    yield f"- **{plain(block.label)}:** {_runs(block.runs)}"


@written.register
def _(block: Bar) -> Iterator[str]:
    yield f"- {_runs(block.runs)}"


@written.register
def _(block: Grid) -> Iterator[str]:
    yield f"| {' | '.join(map(plain, block.columns))} |"
    yield f"|{' --- |' * len(block.columns)}"
    yield from (f"| {' | '.join(_runs((cell,)) for cell in row)} |" for row in block.rows)


@written.register
def _(_block: Next) -> Iterator[str]:
    """Leave out commands: a page on paper has no prompt."""
    yield from ()


def plain_start(written: str) -> str:
    """Escape what would make a line of text a heading, a list or a rule."""
    return _LEADING.sub(r"\1\\\2", written)

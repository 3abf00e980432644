"""Pages drawn in the terminal by Rich: the one place that knows colours and widths."""

from collections.abc import Iterator
from functools import partial, singledispatch
from shutil import get_terminal_size
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Next, Page, Para, Run, Runs, Title, is_apart
from massharm.text import clean

# Colours that read on light and on dark ground; the word always stands beside its colour.
STYLES = {
    "plain": "",
    "strong": "bold",
    "muted": "dim",
    "cite": "color(30)",
    "command": "bold",
    "serious": "bold color(160)",
    "moderate": "bold color(166)",
    "minor": "bold color(28)",
    "emergency-now": "bold color(160)",
    "same-day": "bold color(166)",
    "soon": "bold color(32)",
}
NARROW, MEASURE = 60, 100
"""Below `NARROW` columns tables become lists; no line of text is longer than `MEASURE`."""
_BLANKS = str.maketrans("\n\t", "  ")
LEAST = 20
"""A terminal of fewer columns is drawn as one of this many."""


class Hanging(NamedTuple):
    """A body of text set beside its mark, so that no line of it runs under the mark."""

    mark: Text
    body: tuple[Text, ...]
    indent: int = 0
    width: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Wrap the body beside the mark; lines go out as they are, since Rich would wrap them again."""
        inner = max(self.width, cell_len(self.mark.plain) + bool(self.mark))
        room = max(1, options.max_width - self.indent - inner)
        mark = Text(" " * self.indent) + self.mark + " " * (inner - cell_len(self.mark.plain))
        for part in self.body:
            for row in part.wrap(console, room, overflow="fold"):
                row.rstrip()
                yield from (mark + row).render(console, end="\n")
                mark = Text(" " * (self.indent + inner))


def print_page(page: Page) -> None:
    """Draw a page on standard output."""
    try:
        console = Console(markup=False, emoji=False, highlight=False)
    except ValueError:  # COLUMNS or LINES is what Rich takes for a number and Python does not, such as ²
        size = get_terminal_size()
        console = Console(markup=False, emoji=False, highlight=False, width=size.columns, height=size.lines)
    draw(page, console)


def draw(page: Page, console: Console) -> None:
    """Draw a page on a console, which is given the width of the page."""
    console.width = max(LEAST, min(console.width, MEASURE))
    narrow = console.width < NARROW
    parts: list[RenderableType] = []
    for place, block in enumerate(page):
        if place and is_apart(block):
            parts.append(Text())
        parts.append(renderable(block, narrow))
    console.print(Group(*parts))


def rich_text(runs: Runs) -> Text:
    """Return runs as Rich text on one line; nothing in them is read as markup."""
    # Blanks at the ends of a run hold it off its neighbours, and stay.
    parts = ((clean(run.text).translate(_BLANKS), STYLES.get(run.tone, "")) for run in runs)
    return Text.assemble(*parts, overflow="fold")


@singledispatch
def renderable(block: object, _narrow: bool) -> RenderableType:  # noqa: FBT001 - a single dispatch takes no keywords
    """Return one block as something Rich draws."""
    raise TypeError(type(block))


@renderable.register
def _(block: Title, narrow: bool) -> RenderableType:  # noqa: FBT001
    between = Text("\n") if narrow else rich_text((Run("  ·  ", "muted"),))
    tags = between.join(rich_text((tag,)) for tag in block.tags)
    summary = (Text(), Hanging(Text(), (rich_text(block.summary),), 0 if narrow else 2)) if block.summary else ()
    return Group(rich_text((Run(block.text, "strong"),)), Hanging(Text(), (tags,)), Rule(style="dim"), *summary)


@renderable.register
def _(block: Heading, _narrow: bool) -> RenderableType:  # noqa: FBT001
    return Hanging(Text(), (rich_text((Run(block.text, block.tone),)),))


@renderable.register
def _(block: Para, narrow: bool) -> RenderableType:  # noqa: FBT001
    return Hanging(Text(), (rich_text(block.runs),), 0 if narrow else 2)


@renderable.register
def _(block: Item, narrow: bool) -> RenderableType:  # noqa: FBT001
    body = tuple(rich_text(runs) for runs in (block.runs, *block.more))
    return Hanging(rich_text((Run(block.mark, block.tone),)), body, 0 if narrow else 2)


@renderable.register
def _(block: Fact, narrow: bool) -> RenderableType:  # noqa: FBT001
    label = rich_text((Run(f"{block.label}:", "strong"),))
    if narrow:
        return Group(label, Hanging(Text(), (rich_text(block.runs),), 2))
    return Hanging(label, (rich_text(block.runs),), 2, 16)


@renderable.register
def _(block: Bar, narrow: bool) -> RenderableType:  # noqa: FBT001
    cells = 10 if narrow else 20
    full = round(block.percent * cells / 100) or int(block.percent > 0)
    bar = Text("█" * full) + Text("░" * (cells - full), STYLES["muted"])
    return Hanging(bar, (rich_text(block.runs),), 0 if narrow else 2)


@renderable.register
def _(block: Grid, narrow: bool) -> RenderableType:  # noqa: FBT001
    if block.brief:
        return Group(*map(_joined, block.rows)) if narrow else Brief(block)
    return Group(*map(partial(_stacked, block.columns), block.rows)) if narrow else Columns(block)


class Columns(NamedTuple):
    """A table, or a list of its rows where some word would not fit into its column."""

    grid: Grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Choose by the longest word of each column."""
        room = options.max_width - 2 * len(self.grid.columns)
        columns = list(zip(self.grid.columns, *(tuple(run.text for run in row) for row in self.grid.rows), strict=True))
        least = [max(cell_len(word) for text in column for word in text.split() or [""]) for column in columns]
        if sum(least) > room:
            yield Group(*map(partial(_stacked, self.grid.columns), self.grid.rows))
            return
        widths = [max(map(cell_len, column)) for column in columns]
        while sum(widths) > room:
            spare = [width - needed for width, needed in zip(widths, least, strict=True)]
            widths[spare.index(max(spare))] -= 1
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for column, width in zip(self.grid.columns, widths, strict=True):
            table.add_column(Text(column), overflow="fold", width=width)
        for row in self.grid.rows:
            table.add_row(*(rich_text((run,)) for run in row))
        yield Padding(table, (0, 0, 0, 2), expand=False)


class Brief(NamedTuple):
    """A table of one line a row: its widest columns give up what the screen cannot hold."""

    grid: Grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Set every cell to the width of its column."""
        rows = [tuple(rich_text((run,)) for run in row) for row in self.grid.rows]
        heads = tuple(Text(column, STYLES["muted"]) for column in self.grid.columns)
        widths = [max(cell_len(row[place].plain) for row in (heads, *rows)) for place in range(len(heads))]
        while sum(widths) + 2 * len(widths) > options.max_width and max(widths) > 1:
            widths[widths.index(max(widths))] -= 1
        for row in (heads, *rows):
            line = Text("  ")
            for cell, width in zip(row, widths, strict=True):
                cell.truncate(width, overflow="ellipsis", pad=True)
                line += cell + "  "
            line.rstrip()
            yield from line.render(console, end="\n")


def _joined(row: Runs) -> RenderableType:
    """Set the cells of a row one after the other, for a screen too narrow for columns."""
    cells = (part for cell in row if cell.text for part in (Run(" · ", "muted"), cell))
    return Hanging(Text("-"), (rich_text(tuple(cells)[1:]),))


def _stacked(columns: tuple[str, ...], row: Runs) -> RenderableType:
    """Set the cells of a row one below the other, each with its heading."""
    facts = zip(columns[1:], row[1:], strict=True)
    body = ((row[0]._replace(tone="strong"),), *((Run(f"{name}: ", "muted"), cell) for name, cell in facts))
    return Hanging(Text("-"), tuple(rich_text(runs) for runs in body))


@renderable.register
def _(block: Next, _narrow: bool) -> RenderableType:  # noqa: FBT001
    body = tuple(rich_text((Run(command, "command"),)) for command in block.commands)
    return Hanging(Text("Next:", STYLES["muted"]), body)

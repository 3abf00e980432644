"""Pages drawn in the terminal by Rich: the one place that knows colours and widths."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import zip_longest
from shutil import get_terminal_size
from typing import Any, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.style import Style
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
"""Below `NARROW` columns tables become lists; no line of text is longer than `MEASURE`, but tables may be."""
_BLANKS = str.maketrans("\n\t", "  ")
LEAST = 20
"""A terminal of fewer columns is drawn as one of this many."""
LABEL = 17
"""The columns of a label, so that what stands behind most labels begins in one column."""
_GAP = 2
"""The blanks before each column of a table."""
Part = TypeVar("Part")


class Hanging(NamedTuple):
    """A body of text set beside its mark, so that no line of it runs under the mark."""

    mark: Text
    body: tuple[Text, ...]
    indent: int = 0
    width: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Wrap the body beside the mark; lines go out as they are, since Rich would wrap them again."""
        inner = max(self.width, cell_len(self.mark.plain) + bool(self.mark))
        room = max(1, min(options.max_width, MEASURE) - self.indent - inner)
        mark = Text(" " * self.indent).append_text(self.mark).append(" " * (inner - cell_len(self.mark.plain)))
        for part in self.body:
            for row in part.wrap(console, room, overflow="fold"):
                row.rstrip()
                yield from mark.append_text(row).render(console, end="\n")
                mark = Text(" " * (self.indent + inner))


def print_page(page: Page, color: str = "auto") -> None:
    """Draw a page on standard output; colour is used where the terminal takes it, or `always`, or `never`."""
    draw(page, _console(color))


def print_lines(lines: Iterable[Runs], color: str = "auto") -> None:
    """Print each line on standard output as one line, however wide it is, so that it can be copied."""
    console = _console(color)
    for runs in lines:
        console.print(rich_text(runs if console.file.isatty() else unlinked(runs)), soft_wrap=True)


def _console(color: str) -> Console:
    settings: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False}
    if color == "always":
        settings |= {"force_terminal": True, "no_color": False}
    elif color == "never":
        settings |= {"color_system": None}
    try:
        return Console(**settings)
    except ValueError:  # COLUMNS or LINES is what Rich takes for a number and Python does not, such as ²
        size = get_terminal_size()
        return Console(**settings, width=size.columns, height=size.lines)


def draw(page: Page, console: Console) -> None:
    """Draw a page on a console; hyperlinks only where a terminal shows them."""
    console.width = max(LEAST, console.width)
    narrow = console.width < NARROW
    if not console.file.isatty():
        page = unlinked(page)
    parts: list[RenderableType] = []
    for place, block in enumerate(page):
        if place and is_apart(block):
            parts.append(Text())
        parts.append(renderable(block, narrow))
    console.print(Group(*parts))


def unlinked(part: Part) -> Part:
    """Return a part of a page without its links."""
    if isinstance(part, Run):
        return part._replace(link="")
    if not isinstance(part, tuple):
        return part
    parts = map(unlinked, part)
    return part._make(parts) if hasattr(part, "_make") else tuple(parts)  # type: ignore[return-value]


def rich_text(runs: Runs) -> Text:
    """Return runs as Rich text on one line; nothing in them is read as markup."""
    # Blanks at the ends of a run hold it off its neighbours, and stay.
    parts = ((clean(run.text).translate(_BLANKS), _style(run)) for run in runs)
    return Text.assemble(*parts, overflow="fold")


def _style(run: Run) -> str | Style:
    style = STYLES.get(run.tone, "")
    return Style.parse(style) + Style(link=clean(run.link)) if run.link else style


@singledispatch
def renderable(block: object, _narrow: bool) -> RenderableType:  # noqa: FBT001 - a single dispatch takes no keywords
    """Return one block as something Rich draws."""
    raise TypeError(type(block))


@renderable.register(Title)
def _(block: Title, narrow: bool) -> RenderableType:  # noqa: FBT001
    between = Text("\n") if narrow else rich_text((Run("  ·  ", "muted"),))
    tags = between.join(rich_text((tag,)) for tag in block.tags)
    summary = (Text(), Hanging(Text(), (rich_text(block.summary),), 0 if narrow else 2)) if block.summary else ()
    grades = (Hanging(Text(), (tags,)),) if block.tags else ()
    return Group(rich_text((Run(block.text, "strong"),)), *grades, Line(), *summary)


@renderable.register(Heading)
def _(block: Heading, _narrow: bool) -> RenderableType:  # noqa: FBT001
    return Hanging(Text(), (rich_text((Run(block.text, block.tone),)),))


@renderable.register(Para)
def _(block: Para, narrow: bool) -> RenderableType:  # noqa: FBT001
    return Hanging(Text(), (rich_text(block.runs),), 0 if narrow else 2)


@renderable.register(Item)
def _(block: Item, narrow: bool) -> RenderableType:  # noqa: FBT001
    body = tuple(rich_text(runs) for runs in (block.runs, *block.more))
    return Hanging(rich_text((Run(block.mark, block.tone),)), body, 0 if narrow else 2)


@renderable.register(Fact)
def _(block: Fact, narrow: bool) -> RenderableType:  # noqa: FBT001
    label = rich_text((Run(f"{block.label}:", "strong"),))
    if narrow:
        return Group(label, Hanging(Text(), (rich_text(block.runs),), 2))
    return Hanging(label, (rich_text(block.runs),), 2, LABEL)


@renderable.register(Bar)
def _(block: Bar, narrow: bool) -> RenderableType:  # noqa: FBT001
    cells = 10 if narrow else 20
    full = round(block.percent * cells / 100) or int(block.percent > 0)
    bar = Text("━" * full, STYLES["cite"]) + Text("─" * (cells - full), STYLES["muted"])
    return Hanging(bar, (rich_text(block.runs),), 0 if narrow else 2)


@renderable.register(Grid)
def _(block: Grid, narrow: bool) -> RenderableType:  # noqa: FBT001
    return Group(*_stacked(block)) if narrow else Columns(block)


class Line(NamedTuple):
    """A line under a title, as long as a line of text."""

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Draw it."""
        yield Text("─" * min(options.max_width, MEASURE), STYLES["muted"])


class Columns(NamedTuple):
    """A table as wide as the screen, or a list of its rows where some word would not fit into its column."""

    grid: Grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Fold the cells into columns, of which none is narrower than its longest word."""
        heads = tuple(Run(column, "muted") for column in self.grid.columns)
        rows = [tuple(rich_text((run,)) for run in row) for row in (heads, *self.grid.rows)]
        columns = list(zip(*rows, strict=True))
        least = [max(cell_len(word) for cell in column for word in cell.plain.split() or [""]) for column in columns]
        room = options.max_width - _GAP * len(columns)
        if sum(least) > room:
            yield from _stacked(self.grid)
            return
        widths = [max(cell_len(cell.plain) for cell in column) for column in columns]
        while sum(widths) > room:
            spare = [width - needed for width, needed in zip(widths, least, strict=True)]
            widths[spare.index(max(spare))] -= 1
        for row in rows:
            yield from _folded(row, widths, console)


def _folded(row: tuple[Text, ...], widths: list[int], console: Console) -> Iterator[Text]:
    """Yield the lines of a row, its cells folded to the widths of their columns."""
    cells = [cell.wrap(console, width, overflow="fold") for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=Text()):
        line = Text()
        for part, width in zip(parts, widths, strict=True):
            part.rstrip()
            line.append(" " * _GAP).append_text(part).append(" " * (width - cell_len(part.plain)))
        line.rstrip()
        yield line


def _stacked(grid: Grid) -> Iterator[RenderableType]:
    """Yield a block for each row: of a brief table the strong cell and the others, else each cell with its heading."""
    for row in grid.rows:
        named = list(zip(grid.columns, row, strict=True))
        head = next((cell for cell in row if grid.brief and cell.tone == "strong"), row[0])
        others = [(name, cell) for name, cell in named if cell is not head]
        below = [_facts(others)] if grid.brief else [(Run(f"{name}: ", "muted"), cell) for name, cell in others]
        body = ((head._replace(tone="strong"),), *(runs for runs in below if runs))
        yield Hanging(Text("-"), tuple(rich_text(runs) for runs in body))


def _facts(cells: list[tuple[str, Run]]) -> Runs:
    """Return cells one after the other; a number has the heading of its column."""
    parts: list[Run] = []
    for name, cell in cells:
        if cell.text:
            heading = (Run(f"{name} ", "muted"),) if cell.text.isdecimal() else ()
            parts += [Run(" · ", "muted"), *heading, cell]
    return tuple(parts[1:])


@renderable.register(Next)
def _(block: Next, _narrow: bool) -> RenderableType:  # noqa: FBT001
    body = tuple(rich_text((Run(command, "command"),)) for command in block.commands)
    return Hanging(Text("Next:", STYLES["muted"]), body)

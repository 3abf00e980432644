"""Pages as Markdown, to be kept in a file or handed out: the same blocks, without a terminal's colours and widths."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Record
from massharm.pages.blocks import Bar, Block, Fact, Grid, Heading, Item, Next, Page, Para, Run, Runs, Title
from massharm.pages.records import record_page
from massharm.text import escape_markdown, escape_markdown_signs, escape_markdown_start, line

# What would end the address of a link, or escape in it.
_DESTINATION = {ord(char): f"%{ord(char):02X}" for char in "<>\\ "}
BOLD = frozenset({"strong", "serious", "moderate", "minor", "emergency-now", "same-day", "soon"})
"""The tones that are set in bold type where there is no colour."""


def render_records(records: Iterable[Record], kb: KnowledgeBase) -> bytes:
    """Return records as one document in UTF-8: a head that says what this is, then a page each, with rules between."""
    head = Title(kb.file.title, (Run(f"edition {kb.edition}"), Run(f"reviewed {kb.reviewed}")))
    notes = (Para((Run(text),)) for text in (kb.notice, kb.absence, kb.file.licence))
    document = BytesIO()  # a reference stands on many pages: joined at the end, long ones would take the memory twice
    document.write(render_page((head, *notes)).encode())
    for record in records:
        document.write(f"\n\n---\n\n{render_page(record_page(record, kb))}".encode())
    document.write(b"\n")
    return document.getvalue()


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


def _join(runs: Runs) -> str:
    """Return runs one after the other on one line; blanks at their ends hold them apart."""
    joined = ""
    for run in runs:
        text = escape_markdown_signs(run.text)
        marked = f"**{text}**" if text and run.tone in BOLD else text
        if run.link:
            marked = f"[{marked}](<{line(run.link).translate(_DESTINATION)}>)"
        if run.text[:1].isspace() and not joined.endswith(" "):
            joined += " "
        joined += marked
        if run.text[-1:].isspace() and not joined.endswith(" "):
            joined += " "
    return escape_markdown_start(joined.strip())


def _title(block: Title) -> Iterator[str]:
    yield f"# {escape_markdown(block.text)}"
    if block.tags:
        yield from ("", " · ".join(_join((tag,)) for tag in block.tags))
    if block.summary:
        yield from ("", _join(block.summary))


def _lines(block: Block) -> Iterator[str]:
    """Yield the lines of one block."""
    match block:
        case Title():
            yield from _title(block)
        case Heading():
            yield f"## {escape_markdown(block.text)}"
        case Para():
            yield _join(block.runs)
        case Item():
            mark = f"{escape_markdown(block.mark)} " if block.mark not in {"-", "!"} else ""
            yield f"- {mark}{_join(block.runs)}"
            yield from (f"  - {_join(runs)}" for runs in block.more)
        case Fact():
            yield f"- **{escape_markdown(block.label)}:** {_join(block.runs)}"
        case Bar():
            yield f"- {_join(block.runs)}"
        case Grid():
            yield f"| {' | '.join(map(escape_markdown, block.columns))} |"
            yield f"|{' --- |' * len(block.columns)}"
            yield from (f"| {' | '.join(_join((cell,)) for cell in row)} |" for row in block.rows)
        case Next():  # a page on paper has no prompt
            pass

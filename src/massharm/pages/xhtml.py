"""Records as the narrative of a FHIR resource: XHTML with the few elements that its rules allow."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Medicine, Precaution
from massharm.pages.blocks import Bar, Block, Fact, Grid, Heading, Item, Next, Page, Para, Run, Runs, Title
from massharm.pages.markdown import BOLD
from massharm.pages.records import record_page
from massharm.text import line

SECTIONS = ("summary", "signs", "response", "frequency", "uncertainty", "references")
"""The sections of a harm that stand in its narrative."""


def narrative(record: Harm | Precaution | Medicine, kb: KnowledgeBase) -> str:
    """Return the page of a precaution or a medicine, or sections of that of a harm, and the notice, as one `div`."""
    page = record_page(record, kb, SECTIONS if isinstance(record, Harm) else ())
    return render_page((*page, Para((Run(kb.notice),)), Para((Run(kb.absence),))))


def render_page(page: Page) -> str:
    """Return a page as one element `div` of XHTML 1.0; no text in it is read as markup."""
    parts = groupby(page, lambda block: isinstance(block, Item | Fact | Bar))
    text = "".join(
        f"<ul>{''.join(f'<li>{_entry(block)}</li>' for block in blocks)}</ul>"
        if is_list
        else "".join(map(_element, blocks))
        for is_list, blocks in parts
    )
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'


def _entry(block: Block) -> str:
    """Return what stands in one entry of a list."""
    match block:
        case Item():
            mark = f"{escape(block.mark)} " if block.mark not in {"-", "!"} else ""
            return f"{mark}{'<br/>'.join(map(_text, (block.runs, *block.more)))}"
        case Fact():
            return f"<b>{escape(block.label)}:</b> {_text(block.runs)}"
        case Bar():
            return _text(block.runs)
    raise TypeError(type(block))


def _element(block: Block) -> str:
    match block:
        case Title():
            tags = " · ".join(_text((tag,)) for tag in block.tags)
            return f"<h1>{escape(line(block.text))}</h1><p>{tags}</p>" + (
                f"<p>{_text(block.summary)}</p>" if block.summary else ""
            )
        case Heading():
            return f"<h2>{escape(line(block.text))}</h2>"
        case Para():
            return f"<p>{_text(block.runs)}</p>"
        case Grid():
            return f"<table>{''.join(_rows(block))}</table>"
        case Next():  # no prompt stands beside a resource
            return ""
    raise TypeError(type(block))


def _rows(table: Grid) -> Iterator[str]:
    yield f"<tr>{''.join(f'<th>{escape(line(name))}</th>' for name in table.columns)}</tr>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{_text((cell,))}</td>' for cell in row)}</tr>"


def _text(runs: Runs) -> str:
    """Return runs one after the other; the blanks at their ends hold them apart."""
    return "".join(f"<b>{_escaped(run)}</b>" if run.tone in BOLD else _escaped(run) for run in runs)


def _escaped(run: Run) -> str:
    text = line(run.text)
    before = " " if run.text[:1].isspace() and text else ""
    return f"{before}{escape(text)}{' ' if run.text[-1:].isspace() else ''}"

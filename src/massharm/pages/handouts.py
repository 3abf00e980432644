"""Handouts: a record or an answer on one sheet of paper, plain words first, sources and notice at the foot."""

import re
from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import chain

from massharm.citations import vancouver
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Plain
from massharm.kb.records import Citation, Harm, Precaution, Record, Sign
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import SignLink, Urgency
from massharm.pages.blocks import (
    MARK,
    Block,
    Heading,
    Item,
    Page,
    Para,
    Run,
    Title,
    cited,
    height,
    numbers_in,
    runs_of,
    section,
    without_sections,
)
from massharm.pages.conditions import precaution_action, precaution_practice, sign_instruction, sign_meaning
from massharm.pages.harm import harm_page
from massharm.pages.html import Writer, document
from massharm.pages.records import record_page

SIZES = (11, 10, 9, 8, 7)
"""The sizes of type in points in which a handout is printed: the first in which it fits one sheet."""
_WIDTH, _HEIGHT = 536, 685
"""What A4 and Letter both hold inside the margins of the style sheet, in points, less 7 % of the height in reserve."""
_LETTER, _LINE = 0.56, 1.3
"""The mean width of a letter of English in DejaVu Sans, which is wider than Arial, and the height of a line, in ems."""
_SMALL = 0.85
"""The size of the foot, in ems."""
_HOST = re.compile(r"https?://(?:www\.)?([^/?#:]+)")


def record_handout(record: Record, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Return a record as a handout: what it is in plain words, what to watch for and what to do.

    Of a kind that has no plain words, or where sections of a harm were asked for, it is the page itself.

    Raises:
        WrongUse: sections were asked of a record that has none.
    """
    return record_page(record, kb, sections) if sections else _page(record, kb)


@singledispatch
def _page(record: Record, kb: KnowledgeBase) -> Page:
    return record_page(record, kb)


@_page.register(Harm)
def _(record: Harm, kb: KnowledgeBase) -> Page:
    sections = ("response", "prevention") if record.warning_signs else ("signs", "response", "prevention")
    return (
        _title(record.name, record.plain, Run(f"{record.severity} harm", record.severity)),
        Para(cited(record.summary, record.citations)),
        *chain.from_iterable(_signs(urgency, kb.signs_of(record)) for urgency in Urgency),
        *harm_page(record, kb, sections)[1:],
    )


def _signs(urgency: Urgency, signs: Sequence[tuple[Sign, SignLink]]) -> Iterator[Block]:
    """Yield the signs of an urgency, those that point to the harm first."""
    found = {link: [sign for sign, its in signs if its is link and sign.urgency is urgency] for link in SignLink}
    if any(found.values()):
        yield Heading(f"{SECTIONS['signs'].title}: {urgency.heading.lower()}", urgency)
    yield from (_sign(sign) for sign in found[SignLink.CHARACTERISTIC])
    if found[SignLink.COMPATIBLE]:
        yield Para((Run("Also seen with other conditions:", "muted"),))
    yield from (_sign(sign) for sign in found[SignLink.COMPATIBLE])


def _sign(sign: Sign) -> Item:
    return Item(cited(sign.name, sign.citations), "!", tone=sign.urgency)


@_page.register(Precaution)
def _(record: Precaution, kb: KnowledgeBase) -> Page:
    return (
        _title(record.name, record.plain, Run(record.level.heading, record.level)),
        Heading("For the therapist"),
        Para(precaution_action(record)),
        *_stop_signs(record, kb),
        *precaution_practice(record, kb),
    )


def _stop_signs(record: Precaution, kb: KnowledgeBase) -> Page:
    blocks: list[Block] = []
    for urgency in Urgency:
        signs = [sign for sign in kb.linked(Sign, record.stop_if) if sign.urgency is urgency]
        if signs:
            blocks.append(Heading(f"Stop the massage. {urgency.heading} if there is", urgency))
            blocks += map(_sign, signs)
    return tuple(blocks)


@_page.register(Sign)
def _(record: Sign, kb: KnowledgeBase) -> Page:
    return (
        _title(record.name, record.plain, Run(record.urgency.heading, record.urgency)),
        Heading(SECTIONS["response"].title),
        Para(sign_instruction(record)),
        *sign_meaning(record, kb),
    )


def _title(name: str, plain: Plain | None, grade: Run) -> Title:
    """Return the head of a handout: the everyday name, the clinical one, how grave it is, and the plain text."""
    if plain is None:
        return Title(name, (grade,))
    clinical = (Run(name),) if name.casefold() != plain.name.casefold() else ()
    return Title(plain.name, (*clinical, grade), (Run(plain.text),))


def render_handout(page: Page, kb: KnowledgeBase) -> str:
    """Return a page as an HTML document that is printed on one sheet of A4 or Letter if it fits in the smallest type.

    References become short ones: name and identifier of every source that the page cites.
    """
    page = without_sections(page, SECTIONS["references"].title)
    foot = _foot(page, kb)
    size = next((size for size in SIZES if _is_on_one_sheet(page, foot, size)), SIZES[-1])
    writer = Writer()
    title = next(block.text for block in page if isinstance(block, Title | Heading))
    body = f"<main>{writer.blocks(page)}</main>\n<footer>{writer.blocks(foot)}</footer>"
    return document(f"{title} – {kb.file.title}", f'<div class="sheet size-{size}">\n{body}\n</div>')


def _foot(page: Page, kb: KnowledgeBase) -> Page:
    """Return the sources of a page, and what a reader must know."""
    article = kb.citation(0)
    sources = [
        Item((Run(_source(found, article)),), f"[{found.number}]", tone="cite") for found in kb.cited(_cited_in(page))
    ]
    shown = {run.text for block in page if isinstance(block, Para) for run in block.runs}
    notes = (text for text in (kb.notice, kb.absence, f"{kb.how_to_cite} {kb.file.licence}") if text not in shown)
    return *section("Sources, in full with: massharm cite NUMBER", sources), *(Para((Run(text),)) for text in notes)


def _source(citation: Citation, article: Citation | None) -> str:
    """Return a source in short: its name and how it is found; without an identifier the whole reference."""
    if citation.pmid:
        return f"{citation.name}, PMID {citation.pmid}"
    if citation.doi:
        return f"{citation.name}, doi:{citation.doi}"
    if host := _HOST.match(citation.url or ""):
        return f"{citation.name}, {host[1]}"
    return vancouver.reference(citation, article)


def _cited_in(page: Page) -> list[int]:
    """Return the numbers of the citations that stand on a page, in order."""
    marks = (MARK.search(run.text) for block in page for run in runs_of(block) if run.tone == "cite")
    return sorted({number for mark in marks if mark for number in numbers_in(mark[1])})


def _is_on_one_sheet(page: Page, foot: Page, size: int) -> bool:
    """Whether a page and its foot fit one sheet in a size of type, by the mean widths of letters."""
    columns = int(_WIDTH / (_LETTER * size))
    lines = [_lines(page, columns), _SMALL * _lines(foot, int(columns / _SMALL))]
    return sum(lines) * _LINE * size <= _HEIGHT


def _lines(page: Page, columns: int) -> float:
    """Return the lines of a page of which signs stand in two columns, and sources one behind the other."""
    signs = tuple(block for block in page if isinstance(block, Item) and block.mark == "!")
    sources = tuple(block for block in page if isinstance(block, Item) and block.tone == "cite")
    others = tuple(block for block in page if block not in signs and block not in sources)
    text = sum(len(run.text) + len("[999]  ") for block in sources for run in block.runs)
    return height(others, columns) + height(signs, columns // 2) / 2 + text / columns

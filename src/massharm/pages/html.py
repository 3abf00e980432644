"""Pages as HTML: the same blocks, in documents that load nothing and run nothing but their own script."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from html import escape as escape_markup
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Precaution, Record
from massharm.kb.sections import SECTIONS
from massharm.pages.blocks import (
    MARK,
    Bar,
    Block,
    Fact,
    Grid,
    Heading,
    Item,
    Next,
    Para,
    Run,
    Runs,
    Title,
    numbers_in,
    without_sections,
)
from massharm.pages.conditions import WORDINGS
from massharm.pages.records import record_page
from massharm.text import clean, fold

STYLE = Path(__file__).with_name("html.css")
"""The style sheet of every document: colours, and how pages look on a screen and on paper."""


class Entry(NamedTuple):
    """A record in a file of many, as HTML: the line by which it is found, what it is in short, and the rest."""

    head: str
    lead: str
    rest: str


def entry(record: Record, kb: KnowledgeBase) -> Entry:
    """Return a record for a file that holds its sources and other words too: neither stands on its page again.

    The line by which a harm or a precaution is found has its everyday name beside that of medicine.
    """
    title, *rest = without_sections(record_page(record, kb), SECTIONS["references"].title, WORDINGS)
    if not isinstance(title, Title):
        raise TypeError(type(title))
    writer = Writer(level=3, linked=True)
    plain = record.plain if isinstance(record, Harm | Precaution) else None
    lay = f'<span class="lay">{escape(plain.name)}</span> ' if plain and fold(plain.name) != fold(title.text) else ""
    head = f"<b>{escape(title.text)}</b> {lay}{writer.runs(title.tags[:1])}"
    lead = title._replace(tags=title.tags[1:])
    return Entry(head, "".join(writer.under_title(lead)), writer.blocks(rest))


def document(title: str, body: str, style: str = "", script: str = "") -> str:
    """Return a document whose policy allows its own style and script and nothing else, by their hashes (CSP level 3).

    `body` is HTML; `style` follows the common style sheet.
    """
    style = f"{STYLE.read_text(encoding='utf-8')}{style}"
    policy = f"default-src 'none'; style-src '{_digest(style)}'; "
    policy += f"script-src '{_digest(script)}'; " if script else ""
    policy += "base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n"
        + (f'<script type="module">{script}</script>\n' if script else "")
        + "</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@lru_cache(maxsize=4096)  # names stand on many pages
def escape(text: str) -> str:
    """Return a text in which nothing is markup, in an element or in a quoted attribute."""
    return escape_markup(clean(text))


class Writer(NamedTuple):
    """What writes blocks as HTML; no text in them is read as markup.

    `level` is that of the headings. With `linked`, what names a record leads to it, as the document holds all.
    """

    level: int = 2
    linked: bool = False

    def blocks(self, page: Iterable[Block]) -> str:
        """Return blocks, with those of one kind that follow each other in one list."""
        return "".join(chain.from_iterable(self._group(*group) for group in groupby(page, _family)))

    def _group(self, family: tuple[type, str], blocks: Iterable[Block]) -> Iterator[str]:
        opening, closing = _LISTS.get(family, ("", ""))
        yield opening
        for block in blocks:
            yield from self._block(block)
        yield closing

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Title():
                yield f"<h{self.level - 1}>{escape(block.text)}</h{self.level - 1}>"
                yield from self.under_title(block)
            case Heading():
                yield f"<h{self.level}{_class(block.tone)}>{escape(block.text)}</h{self.level}>"
            case Para():
                yield f"<p>{self.runs(block.runs)}</p>"
            case Item():
                yield self._item(block)
            case Fact():
                yield f"<dt>{escape(block.label)}</dt><dd>{self.runs(block.runs)}</dd>"
            case Bar():
                bar = f'<progress max="100" value="{block.percent:.4g}" aria-hidden="true"></progress>'
                yield f"<li>{bar} {self.runs(block.runs)}</li>"
            case Grid():
                yield from self._table(block)
            case Next():  # what is read elsewhere has no prompt
                pass

    def under_title(self, block: Title) -> Iterator[str]:
        """Yield what stands under a title: its tags, and the summary."""
        if block.tags:
            yield f'<p class="tags">{" · ".join(self.runs((tag,)) for tag in block.tags)}</p>'
        if block.summary:
            yield f'<p class="lead">{self.runs(block.summary)}</p>'

    def _item(self, block: Item) -> str:
        source = MARK.fullmatch(block.mark) if block.tone == "cite" else None
        anchor = f' id="{source[1]}"' if source else _class(block.tone)
        mark = "" if block.mark in {"-", "!"} else f'<span class="mark">{escape(block.mark)}</span> '
        more = "".join(f"<p>{self.runs(runs)}</p>" for runs in block.more)
        return f"<li{anchor}>{mark}{self.runs(block.runs)}{more}</li>"

    def _table(self, block: Grid) -> Iterator[str]:
        heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
        for row in block.rows:
            cells = zip(block.columns, row, strict=True)
            yield "<tr>"
            yield from (f'<td data-label="{escape(name)}">{self.runs((cell,))}</td>' for name, cell in cells)
            yield "</tr>"
        yield "</tbody></table>"

    def runs(self, runs: Runs) -> str:
        """Return runs of text one after the other."""
        return "".join(map(self._run, runs)).strip()

    def _run(self, run: Run) -> str:
        text = escape(run.text)
        if run.tone == "cite":
            return f'<span class="cite">{MARK.sub(_links, text)}</span>'
        if run.to and self.linked:
            name = escape(run.text.removesuffix(f"({run.to})").rstrip())
            text = f'<a href="#{escape(run.to)}">{name}</a>{" " if run.text.endswith(" ") else ""}'
        if run.tone in {"plain", "command"}:
            return text
        return f"<b>{text}</b>" if run.tone == "strong" else f"<span{_class(run.tone)}>{text}</span>"


_LISTS = {
    (Item, ""): ("<ul>", "</ul>"),
    (Item, "signs"): ('<ul class="signs">', "</ul>"),
    (Item, "sources"): ('<ul class="sources">', "</ul>"),
    (Bar, ""): ("<ul>", "</ul>"),
    (Fact, ""): ("<dl>", "</dl>"),
}
"""The blocks that stand in one list with their neighbours of the same kind, and the ends of the list."""


def _family(block: Block) -> tuple[type, str]:
    """Return what the blocks of one list have in common: their type, and what kind of entries they are."""
    if isinstance(block, Item):
        return Item, "sources" if block.tone == "cite" else "signs" if block.mark == "!" else ""
    return type(block), ""


def _class(tone: str) -> str:
    return "" if tone in {"plain", "strong"} else f' class="{escape(tone)}"'


def _links(mark: re.Match[str]) -> str:
    """Return a mark in which each number, also of a span, leads to its source."""
    links = (f'<a href="#{number}">{number}</a>' for number in numbers_in(mark[1]))
    return f"[{','.join(links)}]"

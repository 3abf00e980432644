"""The blocks of which pages are made, and the sections that many pages share."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import Facets
from massharm.kb.parts import Action, Advice, Code, Plain, Question, ReportedOutcome, Response, Statement
from massharm.kb.records import Citation, Harm, Lesson, Myth, Precaution, Record, Term
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Basis

Tone = str
"""What a run of text is: `plain`, `strong`, `muted`, `cite`, `command`, or a word of a scale."""


class Run(NamedTuple):
    """A run of text in one tone; `to` is the id of the record that it names, `link` the web address where it leads."""

    text: str
    tone: Tone = "plain"
    to: str = ""
    link: str = ""


Runs = tuple[Run, ...]


class Title(NamedTuple):
    """The head of a page: what it is about, what kind of thing that is, and that in a sentence."""

    text: str
    tags: Runs
    summary: Runs = ()


class Heading(NamedTuple):
    """The head of a section."""

    text: str
    tone: Tone = "strong"


class Para(NamedTuple):
    """A paragraph."""

    runs: Runs


class Item(NamedTuple):
    """One entry of a list: its mark, its first line, what stands below that, and whether a blank line parts it off."""

    runs: Runs
    mark: str = "-"
    more: tuple[Runs, ...] = ()
    tone: Tone = "plain"
    is_apart: bool = False


class Fact(NamedTuple):
    """A label and its value."""

    label: str
    runs: Runs


class Bar(NamedTuple):
    """A share of 100 drawn as a bar, with its words."""

    percent: float
    runs: Runs


class Grid(NamedTuple):
    """A table: a row of headings, and rows of cells.

    On a narrow screen a row of a `brief` table becomes a short block: its strong cell, and below it the others.
    """

    columns: tuple[str, ...]
    rows: tuple[Runs, ...]
    brief: bool = False


class Next(NamedTuple):
    """Useful next commands."""

    commands: tuple[str, ...]


Block = Title | Heading | Para | Item | Fact | Bar | Grid | Next
Page = tuple[Block, ...]

MARK = re.compile(r"\[([0-9,-]+)\]")
"""Citation numbers as they stand behind a statement."""


def readable(word: str) -> str:
    """Return a word of a vocabulary as one reads it: `emergency-now` becomes `emergency now`."""
    return word.replace("-", " ")


def outcome_words(part: ReportedOutcome) -> str:
    """Return an outcome as one reads it, and whether no report attributes it to massage."""
    return readable(part.outcome) if part.attributed else f"{readable(part.outcome)} (not attributed)"


def facet_words(facets: Facets) -> str:
    """Return facets as one reads them: `region: neck or head; severity: serious`."""
    return "; ".join(f"{name}: {' or '.join(map(readable, words))}" for name, words in facets.items())


def counted(number: int, thing: str) -> str:
    """Return a count in words: no case, 1 case, 2 cases."""
    return f"{number or 'no'} {thing}{'s' * (number > 1)}"


def citation_mark(numbers: Iterable[int]) -> Run:
    """Return citation numbers as they stand behind a statement: `[4,22-27]`, in one piece."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    if not spans:  # what is local need cite nothing
        return Run("", "cite")
    parts = (f"{span[0]}-{span[-1]}" if len(span) > 2 else ",".join(map(str, span)) for span in spans)  # noqa: PLR2004
    return Run(f"[{','.join(parts)}]", "cite")


def numbers_in(mark: str) -> list[int]:
    """Return the numbers of `4,22-27`, the inside of a mark."""
    ends = ([int(number) for number in span.split("-")] for span in mark.split(","))
    return [number for first, *last in ends for number in range(first, (last or [first])[0] + 1)]


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs of text of a block."""
    match block:
        case Title():
            yield from (*block.tags, *block.summary)
        case Item():
            yield from chain(block.runs, *block.more)
        case Grid():
            yield from chain(*block.rows)
        case Para() | Fact() | Bar():
            yield from block.runs
        case Heading() | Next():
            pass


def cited(text: str, numbers: Iterable[int], to: str = "") -> Runs:
    """Return a text with its citation numbers; `to` is the id of the record that the text names."""
    return Run(f"{text} ", to=to), citation_mark(numbers)


def named(record: Record) -> Run:
    """Return the name and the id of a record."""
    return Run(f"{record.name} ({record.id})", to=record.id)


def statement_section(title: str, parts: Sequence[Statement | Response]) -> Page:
    """Return a section of statements; without any, nothing."""
    return section(title, (Item(stated(part)) for part in parts))


def stated(part: Statement | Response | Action | Advice | Question) -> Runs:
    """Return a statement with its citation numbers; what is our own inference is marked."""
    mark = (Run(" inference", "muted"),) if part.basis is Basis.INFERENCE else ()
    return *cited(part.text, part.citations), *mark


def link_section(title: str, records: Iterable[Record]) -> Page:
    """Return a section that names records; without any, nothing."""
    return section(title, (Item((named(record),)) for record in records))


def see_also_section(record: Harm | Precaution | Term | Myth | Lesson, kb: KnowledgeBase) -> Page:
    """Return the records that one refers to; without any, nothing."""
    return link_section(SECTIONS["see-also"].title, [kb[other] for other in record.see_also if other in kb])


def plain_section(plain: Plain | None) -> Page:
    """Return what a patient reads of a record; without it, nothing."""
    parts = (Para((Run(f"{plain.name}: ", "strong"), Run(plain.text))),) if plain else ()
    return section(SECTIONS["plain"].title, parts)


def code_section(codes: Iterable[Code]) -> Page:
    """Return the codes of a record; without any, nothing."""
    return section(
        SECTIONS["codes"].title,
        (Fact(code.system, (Run(" ".join(part for part in (code.code, code.name) if part)),)) for code in codes),
    )


def reference_runs(citation: Citation, article: Citation | None) -> Runs:
    """Return a reference in Vancouver style; its addresses are links."""
    from massharm.citations import vancouver  # noqa: PLC0415 - costs time at start, and few lists need it

    return linked(vancouver.reference(citation, article), vancouver.addresses(citation, article))


def linked(text: str, addresses: Mapping[str, str]) -> Runs:
    """Return a text in which some words are links: `addresses` holds the address of each."""
    words = sorted((word for word in addresses if word in text), key=text.index)
    runs, rest = [], text
    for word in words:
        before, found, after = rest.partition(word)
        if found:
            runs += [Run(before), Run(word, link=addresses[word])]
            rest = after
    return (*runs, Run(rest)) if rest or not runs else tuple(runs)


def reference_section(numbers: Iterable[int], kb: KnowledgeBase) -> Page:
    """Return the references of these numbers; without any, nothing."""
    article = kb.citation(0)
    return section(
        SECTIONS["references"].title,
        (Item(reference_runs(cited, article), f"[{cited.number}]", tone="cite") for cited in kb.cited(numbers)),
    )


def notice_blocks(kb: KnowledgeBase) -> Page:
    """Return what a page that is kept must say: that it is no diagnosis, and that absence is no safety."""
    return Para((Run(kb.notice),)), Para((Run(kb.absence),))


def local_notes(record: Record, kb: KnowledgeBase) -> tuple[Runs, ...]:
    """Return the notes that clinics have on a record."""
    notes = kb.local[record.id].notes if record.id in kb.local else ()
    return tuple((Run(f"local, {note.by}: ", "strong"), Run(note.text)) for note in notes)


def section(title: str, blocks: Iterable[Block]) -> Page:
    """Return blocks under a heading; without any, nothing."""
    parts = tuple(blocks)
    return (Heading(title), *parts) if parts else ()


_WIDTH, _MARGIN = 80, 4
"""The columns of a common terminal, and those that a mark and its indent take."""


def height(page: Page, width: int = _WIDTH) -> int:
    """Return about how many lines a page takes at a width in columns; a line more at most for each table."""
    return sum(_lines(block, width) for block in page) + sum(map(is_apart, page[1:]))


def is_apart(block: Block) -> bool:
    """Whether a blank line stands before a block."""
    return isinstance(block, Title | Heading | Next) or (isinstance(block, Item) and block.is_apart)


def without_sections(page: Page, *titles: str) -> Page:
    """Return a page without the sections of these titles."""
    kept: list[Block] = []
    is_kept = True
    for block in page:
        if isinstance(block, Heading | Next):
            is_kept = not (isinstance(block, Heading) and block.text in titles)
        if is_kept:
            kept.append(block)
    return tuple(kept)


def _lines(block: Block, width: int) -> int:
    if isinstance(block, Title):
        tags = (*block.tags, *(Run("  ·  ") for _ in block.tags[1:]))
        return 2 + _wrapped(tags, width) + (1 + _wrapped(block.summary, width - 2) if block.summary else 0)
    if isinstance(block, Item):
        return sum(_wrapped(part, width - _MARGIN) for part in (block.runs, *block.more))
    if isinstance(block, Heading | Para | Fact | Bar):
        runs = (Run(block.text),) if isinstance(block, Heading) else block.runs
        return _wrapped((Run(f"{block.label}: "), *runs) if isinstance(block, Fact) else runs, width - 2)
    rows = block.rows if isinstance(block, Grid) else block.commands if isinstance(block, Next) else ()
    return len(rows) + (not isinstance(block, Next))


def _wrapped(runs: Runs, room: int) -> int:
    """Return the lines that runs take in a room of so many columns, broken between words."""
    lines, column = 1, 0
    for word in "".join(run.text for run in runs).split(" "):
        if column and column + 1 + len(word) > room:
            lines, column = lines + 1, 0
        column += len(word) + bool(column)
    return lines

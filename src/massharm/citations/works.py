"""Cited works, with the parts that every format needs: type, authors, months, pages."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from typing import NamedTuple, TypeVar

import msgspec

from massharm.citations.vancouver import MONTHS, calendar_day
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study
from massharm.text import line

Value = TypeVar("Value")

_SUFFIXES = {"Jr", "Sr", "II", "III", "2nd", "3rd", "4th"}
# No person's name holds these words, but the names of groups do.
_GROUP_WORDS = {"of", "for", "and", "the"}
_MAX_INITIALS = 5
_INITIAL = re.compile(r"-?[^\W\d_]")
_MONTH_SEPARATOR = re.compile(r"\s*[-\u2013/]\s*")
_MIN_MONTH_LETTERS = 3
# Letters before the number, the number, and a letter after it that both pages share: `758.e3-758.e4`, `12A-15A`.
_PAGE_RANGE = re.compile(r"([\w.]*?)(\d{1,9})([^\W\d_]?)\s*[-\u2013]\s*([\w.]*?)(\d{1,9})\3")


class WorkType(Enum):
    """The types of work that reference managers distinguish."""

    ARTICLE = auto()
    NEWS = auto()
    BOOK = auto()
    CHAPTER = auto()
    REPORT = auto()
    WEB_PAGE = auto()
    NOTE = auto()


_TYPES = {
    Study.WEB_PAGE: WorkType.WEB_PAGE,
    Study.ARTICLE: WorkType.WEB_PAGE,
    Study.PRESS: WorkType.NEWS,
    Study.COMMENTARY: WorkType.NOTE,
}


class Name(NamedTuple):
    """An author: a person with initials, or a name that is not divided, such as that of a group."""

    family: str
    initials: str = ""
    suffix: str = ""

    @property
    def given(self) -> str:
        """The initials, each with a full stop: some programs keep only the `J` of `JA`."""
        return " ".join(f"{initial}." for initial in _INITIAL.findall(self.initials)).replace(" -", "-")

    @property
    def is_group(self) -> bool:
        """Whether the name looks like that of a group: `WHO`, `Institute of Health`."""
        return not self.initials and (self.family.isupper() or not _GROUP_WORDS.isdisjoint(self.family.split()))


class Work(NamedTuple):
    """A citation whose texts are single lines, with its fields analysed."""

    citation: Citation
    type: WorkType
    authors: tuple[Name, ...]
    months: tuple[int, ...]
    """One month, or the first and the last of several; empty unless the field names months in order."""
    first_page: str | None
    """The first page, or the article number."""
    last_page: str | None
    accessed: date | None
    """The day on which the page was seen; `None` if the calendar has no such day."""
    note: str | None
    """The content of a commentary note, which is published nowhere else."""


def works(citations: Iterable[Citation], article: Citation | None = None) -> list[Work]:
    """Return one work per citation, in the same order, each with a unique key.

    A commentary note is cited as a note of `article`, whose title and address it takes.
    """
    source = _single_lines(article) if article is not None else None
    made: dict[str, Work] = {}
    for citation in citations:
        cited = _single_lines(citation)
        while cited.key in made:
            cited = msgspec.structs.replace(cited, key=f"{cited.key}-{cited.number}")
        is_note = cited.kind_of_study is Study.COMMENTARY
        if is_note and source is not None and source.title:
            container = f"{source.title}, note {cited.number}"
            cited = msgspec.structs.replace(cited, container=container, url=cited.url or source.url)
        pages = page_range(cited.pages or cited.article_number or "")
        made[cited.key] = Work(
            citation=cited,
            type=_work_type(cited),
            authors=tuple(parse_author(author) for author in cited.authors or ()),
            months=month_numbers(cited.month or ""),
            first_page=pages[0] or None,
            last_page=pages[1],
            accessed=calendar_day(cited.seen_on or ""),
            note=cited.finding if is_note else None,
        )
    return list(made.values())


def _single_lines(citation: Citation) -> Citation:
    """Return the citation with every text on one line and without control characters; an empty text is `None`."""
    fields = {field: getattr(citation, field) for field in citation.__struct_fields__}
    texts = {field: line(value) or None for field, value in fields.items() if type(value) is str}
    authors = tuple(filter(None, map(line, citation.authors or ())))
    return msgspec.structs.replace(citation, **texts, authors=authors)


def _work_type(citation: Citation) -> WorkType:
    if citation.kind_of_study is Study.BOOK:
        return WorkType.CHAPTER if citation.container else WorkType.BOOK
    if citation.kind_of_study in {Study.GUIDELINE, Study.CONSENSUS} and not citation.container:
        return WorkType.REPORT
    return _TYPES.get(citation.kind_of_study, WorkType.ARTICLE)


def parse_author(author: str) -> Name:
    """Return an author, written `Smith JA Jr`, as a name; one without initials is not divided."""
    words = author.split()
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    letters = words[-1].replace("-", "") if len(words) > 1 else ""
    has_initials = letters.isalpha() and letters.isupper() and len(letters) <= _MAX_INITIALS
    if has_initials and _GROUP_WORDS.isdisjoint(words) and "," not in author:
        return Name(" ".join(words[:-1]), words[-1], suffix)
    return Name(author)


def month_numbers(months: str) -> tuple[int, ...]:
    """Return `Jul` as (7,) and `Apr-Jun` as (4, 6); return an empty tuple unless all words are months, in order."""
    words = _MONTH_SEPARATOR.split(months.lower())
    numbers = [
        number
        for word in words
        for number, month in enumerate(MONTHS, 1)
        if len(word) >= _MIN_MONTH_LETTERS and month.lower().startswith(word)
    ]
    if len(numbers) < len(words) or numbers != sorted(numbers):
        return ()
    return (numbers[0], numbers[-1]) if len(numbers) > 1 else (numbers[0],)


def page_range(pages: str) -> tuple[str, str | None]:
    """Return the first and the last page in full: `1969-72` is 1969 to 1972, `S2-15` is S2 to S15.

    Anything but one plain range (`e000584`, `12-5, 20`) is returned as it is, without a last page.
    """
    found = _PAGE_RANGE.fullmatch(pages)
    if found is None or found[4] not in {"", found[1]}:
        return pages, None
    before, first, after, _, last = found.groups()
    full = first[: -len(last)] + last
    return (before + first + after, before + full + after) if int(full) >= int(first) else (pages, None)


def drop_empty(fields: dict[str, Value | None]) -> dict[str, Value]:
    """Return the fields that have a value."""
    return {field: value for field, value in fields.items() if value}

"""The parts of which pages are made, and how statements and references stand on them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from massharm.citations import vancouver
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Record, Statement

Tone = str
"""What a run of text is: `plain`, `strong`, `muted`, `cite`, `command`, or a word of a scale."""


class Run(NamedTuple):
    """A run of text in one tone."""

    text: str
    tone: Tone = "plain"


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
    """One entry of a list: its mark, its first line, and what stands below that."""

    runs: Runs
    mark: str = "-"
    more: tuple[Runs, ...] = ()
    tone: Tone = "plain"


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

    The rows of a `brief` table take one line each: the last column is cut where it is too long.
    """

    columns: tuple[str, ...]
    rows: tuple[Runs, ...]
    brief: bool = False


class Next(NamedTuple):
    """Useful next commands."""

    commands: tuple[str, ...]


Block = Title | Heading | Para | Item | Fact | Bar | Grid | Next
Page = tuple[Block, ...]


def words(value: str) -> str:
    """Write a word of a vocabulary as one reads it: `emergency-now` becomes `emergency now`."""
    return value.replace("-", " ")


def marks(numbers: Iterable[int]) -> Run:
    """Give citation numbers as they stand behind a statement: `[4,22-27]`, in one piece."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    parts = (f"{span[0]}-{span[-1]}" if len(span) > 2 else ",".join(map(str, span)) for span in spans)  # noqa: PLR2004
    return Run(f"[{','.join(parts)}]", "cite")


def cited(text: str, numbers: Iterable[int]) -> Runs:
    """Give a text with its citation numbers."""
    return Run(f"{text} "), marks(numbers)


def items(heading: str, parts: Sequence[Statement]) -> Page:
    """Give a section of statements; without any, nothing."""
    if not parts:
        return ()
    return Heading(heading), *(Item(cited(part.text, part.citations)) for part in parts)


def count(number: int, thing: str) -> str:
    """Count things in words: no case, 1 case, 2 cases."""
    return f"{number or 'no'} {thing}{'s' * (number > 1)}"


def named(heading: str, records: Iterable[Record]) -> Page:
    """Give a section that names records; without any, nothing."""
    entries = tuple(Item((Run(f"{record.name} ({record.id})"),)) for record in records)
    return (Heading(heading), *entries) if entries else ()


def references(record: Record, kb: KnowledgeBase) -> Page:
    """Give the references that the page of a record needs, with their numbers."""
    return listed(kb.references_of(record), kb)


def listed(numbers: Iterable[int], kb: KnowledgeBase) -> Page:
    """Give references by their numbers; without any, nothing."""
    article = kb.by_number.get(0)
    entries = tuple(
        Item((Run(vancouver.reference(kb.by_number[number], article)),), f"[{number}]", tone="cite")
        for number in numbers
        if number in kb.by_number
    )
    return (Heading("References"), *entries) if entries else ()

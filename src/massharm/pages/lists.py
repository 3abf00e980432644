"""Answers about many records as pages: hits, lists, the summary of a knowledge base."""

import shlex
from collections.abc import Sequence
from typing import Protocol

from massharm.citations import vancouver
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Case, Citation, Harm, Lesson, Mechanism, Precaution, Record
from massharm.kb.vocabulary import Outcome
from massharm.pages.blocks import Fact, Grid, Heading, Item, Next, Page, Para, Run, Runs, count, marks, words
from massharm.search.analysis import excerpt
from massharm.search.query import Correction
from massharm.search.ranking import Hit, MatchType
from massharm.text import fold

HOWS = {
    MatchType.EXACT: "matched by name",
    MatchType.ALIAS: "matched “{}”",
    MatchType.PREFIX: "part of “{}”",
    MatchType.FUZZY: "matched “{}”",
    MatchType.TEXT: "in its text: “{}”",
}


def hits(found: Sequence[Hit], query: str) -> Page:
    """Give the hits of a search, best first, and the next commands."""
    entries = tuple(
        Item(
            _label(hit.record),
            f"{place}.".rjust(len(f"{len(found)}.")),
            ((Run(f"{hit.record.summary} "), *_marks(hit.record)), (Run(_why(hit, query), "muted"),)),
        )
        for place, hit in enumerate(found, 1)
    )
    command = f"massharm show {_handle(found[0].record)}"
    return (*entries, Next((command, f"massharm search {shlex.join(query.split())} --json")))


def _marks(record: Record) -> Runs:
    return (marks(record.citations),) if record.citations else ()


def _why(hit: Hit, query: str) -> str:
    words = (query, *(taken.word for taken in hit.corrections))
    return why(hit._replace(text=excerpt(hit.text, " ".join(words))) if hit.match is MatchType.TEXT else hit)


class Matched(Protocol):
    """What says how it matched: a hit of a search, or a match of a screening."""

    @property
    def match(self) -> MatchType:
        """The way."""

    @property
    def text(self) -> str:
        """The name or passage."""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The words that were taken for others."""


def why(match: Matched) -> str:
    """Say what matched and how; a word that was taken for another is owned up to first."""
    taken = (f"you typed “{taken.typed}”, read as “{taken.word}”" for taken in match.corrections)
    return "; ".join((*taken, HOWS[match.match].format(match.text)))


def _handle(record: Record) -> str:
    return str(record.number) if isinstance(record, Citation) else record.id


def _label(record: Record) -> Runs:
    name = Run(record.name, "strong")
    kind = Run(record.severity, record.severity) if isinstance(record, Harm) else Run(record.kind, "muted")
    handle = _handle(record)
    known = fold(handle) == fold(record.name)
    return name, Run(" · "), kind, *(() if known else (Run(f" · {handle}", "muted"),))


def listing(records: Sequence[Record], kind: str, kb: KnowledgeBase) -> Page:
    """Give a list, one line a record."""
    total = len(kb.records(kind))
    counted = f"{len(records)} of {total} {KINDS[kind]}" if len(records) < total else f"{total} {KINDS[kind]}"
    note = (
        " Cases are published reports: a count of them is not a rate. Evidence may rest on a review that lists a case."
        if kind == "harm"
        else ""
    )
    return (
        Grid(COLUMNS[kind], tuple(_cells(record, kb) for record in records), brief=True),
        Heading(f"{counted}.{note}", "muted"),
        Next((f"massharm show {_handle(records[0])}",)),
    )


COLUMNS = {
    "harm": ("Severity", "Harm", "Worst reported", "Cases", "Evidence"),
    "mechanism": ("Status", "Mechanism", "Harms"),
    "citation": ("No.", "Source", "Kind", "Title"),
    "case": ("Year", "Worst reported", "Id", "Case"),
    "precaution": ("Precaution", "Advice in it, strongest first"),
    "term": ("Term", "Definition"),
    "myth": ("Myth", "Belief"),
    "lesson": ("For", "Lesson"),
}
"""The columns of a list of each kind."""


def _cells(record: Record, kb: KnowledgeBase) -> Runs:  # noqa: PLR0911 - one return a kind
    """Give what a person reads of a record in a list."""
    if isinstance(record, Harm):
        severity = Run(record.severity, record.severity)
        facts = _worst(kb.outcomes(record)), str(kb.published_reports(record)), str(kb.evidence(record))
        return severity, Run(record.name, "strong"), *map(Run, facts)
    if isinstance(record, Mechanism):
        return Run(record.status), Run(record.name, "strong"), Run(str(len(kb.harms_of(record))))
    if isinstance(record, Citation):
        title = Run(record.title or record.finding)
        return Run(str(record.number), "cite"), Run(record.name, "strong"), Run(record.kind_of_study), title
    if isinstance(record, Case):
        year = "anecdote" if kb.is_anecdote(record) else str(kb.year(record) or "")
        return Run(year), Run(_worst(record.outcomes)), Run(record.id), Run(record.name, "strong")
    if isinstance(record, Precaution):
        levels = dict.fromkeys(words(part.level) for part in record.strongest_first)
        return Run(record.name, "strong"), Run(", ".join(levels))
    if isinstance(record, Lesson):
        return Run(record.audience), Run(record.name, "strong")
    return Run(record.name, "strong"), Run(record.summary)


def _worst(outcomes: Sequence[Outcome]) -> str:
    return words(outcomes[0]) if outcomes else ""


def row(record: Record, kb: KnowledgeBase) -> list[str]:
    """Give a line of a list for other programs: id or number, name, and what a person sees beside it."""
    if isinstance(record, Citation):
        return [_handle(record), record.name, record.kind_of_study, vancouver.reference(record, kb.by_number.get(0))]
    return [
        record.id,
        record.name,
        *(cell.text for cell in _cells(record, kb) if cell.text not in {record.id, record.name}),
    ]


def about(kb: KnowledgeBase, program: str) -> Page:
    """Give editions, counts, sources and the notice."""
    counts = ", ".join(count(len(kb.records(kind)), kind) for kind in KINDS)
    checked = [cited for cited in kb.file.citations if cited.checked]
    whole = sum(not vancouver.unconfirmed_fields(cited) for cited in checked)
    return (
        Heading(kb.file.title),
        Fact("Program", (Run(f"massharm {program}"),)),
        Fact("Edition", (Run(kb.edition),)),
        Fact("Last review", (Run(kb.reviewed),)),
        Fact("Records", (Run(counts),)),
        Fact("Sources", (Run(f"details of {whole} of {len(checked)} citations seen outside the source article"),)),
        Fact("Licence", (Run(kb.file.licence),)),
        Fact("Cite as", (Run(kb.how_to_cite),)),
        Para((Run(kb.notice),)),
        Para((Run(kb.absence),)),
        Next(("massharm list term", "massharm show severity")),
    )

"""Answers about many records as pages: hits, lists, the summary of a knowledge base."""

import shlex
from collections.abc import Sequence
from typing import Protocol

from massharm.citations import vancouver
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Case, Citation, Harm, Lesson, Mechanism, Precaution, Record
from massharm.kb.vocabulary import Outcome
from massharm.pages.blocks import (
    Fact,
    Grid,
    Heading,
    Item,
    Next,
    Page,
    Para,
    Run,
    Runs,
    citation_mark,
    counted,
    readable,
)
from massharm.search.analysis import excerpt
from massharm.search.query import Correction
from massharm.search.ranking import Hit, MatchType
from massharm.text import fold

REASONS = {
    MatchType.EXACT: "matched by name",
    MatchType.ALIAS: "matched “{}”",
    MatchType.PREFIX: "part of “{}”",
    MatchType.FUZZY: "matched “{}”",
    MatchType.TEXT: "in its text: “{}”",
}
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


class Matched(Protocol):
    """What knows how it matched: a hit of a search, or a match of a screening."""

    @property
    def match(self) -> MatchType:
        """The way."""

    @property
    def text(self) -> str:
        """The name or passage."""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The words that were read as others."""


def match_reason(match: Matched) -> str:
    """Return what matched and how; a word that was read as another comes first."""
    corrections = (f"you typed “{correction.typed}”, read as “{correction.word}”" for correction in match.corrections)
    return "; ".join((*corrections, REASONS[match.match].format(match.text)))


def hits_page(hits: Sequence[Hit], query: str) -> Page:
    """Return the hits of a search, best first, and the next commands."""
    entries = tuple(
        Item(_label(hit.record), f"{place}.".rjust(len(f"{len(hits)}.")), _hit_lines(hit, query))
        for place, hit in enumerate(hits, 1)
    )
    words = query.split()
    # Words that look like options must stand behind `--`, and --json before it.
    tail = ("--json", "--", *words) if any(word.startswith("-") for word in words) else (*words, "--json")
    return (*entries, Next((f"massharm show {_handle(hits[0].record)}", f"massharm search {shlex.join(tail)}")))


def _label(record: Record) -> Runs:
    kind = Run(record.severity, record.severity) if isinstance(record, Harm) else Run(record.kind, "muted")
    handle = _handle(record)
    named = fold(handle) == fold(record.name)
    return Run(record.name, "strong"), Run(" · "), kind, *(() if named else (Run(f" · {handle}", "muted"),))


def _handle(record: Record) -> str:
    """Return what a user types to see a record: the number of a citation, else the id."""
    return str(record.number) if isinstance(record, Citation) else record.id


def _hit_lines(hit: Hit, query: str) -> tuple[Runs, ...]:
    """Return the summary of a hit, and why it is one: of a passage, what lies about the words of the query."""
    marks = (citation_mark(hit.record.citations),) if hit.record.citations else ()
    if hit.match is MatchType.TEXT:
        words = " ".join((query, *(correction.word for correction in hit.corrections)))
        hit = hit._replace(text=excerpt(hit.text, words))
    return (Run(f"{hit.record.summary} "), *marks), (Run(match_reason(hit), "muted"),)


def list_page(records: Sequence[Record], kind: str, kb: KnowledgeBase) -> Page:
    """Return a list, one line a record."""
    total = len(kb.records(kind))
    count = f"{len(records)} of {total} {KINDS[kind]}." if len(records) < total else f"{total} {KINDS[kind]}."
    if kind == "harm":
        count += " Cases are published reports: a count of them is not a rate."
        count += " Evidence may rest on a review that lists a case."
    return (
        Grid(COLUMNS[kind], tuple(_cells(record, kb) for record in records), brief=True),
        Heading(count, "muted"),
        Next((f"massharm show {_handle(records[0])}",)),
    )


def list_cells(record: Record, kb: KnowledgeBase) -> list[str]:
    """Return the cells of a line for other programs: id or number, name, and what a person sees beside it."""
    if isinstance(record, Citation):
        reference = vancouver.reference(record, kb.by_number.get(0))
        return [_handle(record), record.name, record.kind_of_study, reference]
    own = {record.id, record.name}
    return [record.id, record.name, *(cell.text for cell in _cells(record, kb) if cell.text not in own)]


def _cells(record: Record, kb: KnowledgeBase) -> Runs:  # noqa: PLR0911 - one return a kind
    """Return what a person reads of a record in a list, under the columns of its kind."""
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
        levels = dict.fromkeys(readable(part.level) for part in record.strongest_first)
        return Run(record.name, "strong"), Run(", ".join(levels))
    if isinstance(record, Lesson):
        return Run(record.audience), Run(record.name, "strong")
    return Run(record.name, "strong"), Run(record.summary)


def _worst(outcomes: Sequence[Outcome]) -> str:
    return readable(outcomes[0]) if outcomes else ""


def about_page(kb: KnowledgeBase, program: str) -> Page:
    """Return editions, counts, sources and the notice, given the version of the program."""
    counts = ", ".join(counted(len(kb.records(kind)), kind) for kind in KINDS)
    checked = [citation for citation in kb.file.citations if citation.checked]
    confirmed = sum(not vancouver.unconfirmed_fields(citation) for citation in checked)
    sources = f"details of {confirmed} of {len(checked)} citations seen outside the source article"
    facts = (
        ("Program", f"massharm {program}"),
        ("Edition", kb.edition),
        ("Last review", kb.reviewed),
        ("Records", counts),
        ("Sources", sources),
        ("Licence", kb.file.licence),
        ("Cite as", kb.how_to_cite),
    )
    return (
        Heading(kb.file.title),
        *(Fact(label, (Run(value),)) for label, value in facts),
        Para((Run(kb.notice),)),
        Para((Run(kb.absence),)),
        Next(("massharm list term", "massharm show severity")),
    )

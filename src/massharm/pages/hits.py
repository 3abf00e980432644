"""The hits of a search as a page, and why each is one."""

import shlex
from collections.abc import Sequence
from typing import Protocol

from massharm.kb.filters import lead_to_kind
from massharm.kb.records import Harm, Record
from massharm.pages.blocks import Item, Next, Page, Para, Run, Runs, citation_mark
from massharm.pages.lists import handle_of
from massharm.search.analysis import excerpt, stems
from massharm.search.query import Correction
from massharm.search.ranking import TEXT, Hit, MatchType
from massharm.text import fold

REASONS = {
    MatchType.EXACT: "matched by name",
    MatchType.ALIAS: "matched “{}”",
    MatchType.PREFIX: "part of “{}”",
    MatchType.FUZZY: "matched “{}”",
    MatchType.TEXT: "in its text: “{}”",
}


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
    lead = lead_to_kind(query)
    entries = tuple(
        Item(
            _label(hit.record),
            f"{place}.".rjust(len(f"{len(hits)}.")),
            _hit_lines(hit, query),
            is_apart=place > 1 or bool(lead),
        )
        for place, hit in enumerate(hits, 1)
    )
    words = query.split()
    # Words that look like options must stand behind `--`, and --json before it.
    tail = ("--json", "--", *words) if any(word.startswith("-") for word in words) else (*words, "--json")
    return (
        *((Para((Run(lead),)),) if lead else ()),
        *entries,
        Next((f"massharm show {handle_of(hits[0].record)}", f"massharm search {shlex.join(tail)}")),
    )


def _label(record: Record) -> Runs:
    kind = Run(record.severity, record.severity) if isinstance(record, Harm) else Run(record.kind, "muted")
    handle = handle_of(record)
    named = fold(handle) == fold(record.name)
    return Run(record.name, "strong"), Run(" · "), kind, *(() if named else (Run(f" · {handle}", "muted"),))


def _hit_lines(hit: Hit, query: str) -> tuple[Runs, ...]:
    """Return the summary of a hit, and why it is one."""
    marks = (citation_mark(hit.record.citations),) if hit.record.citations else ()
    return (Run(f"{hit.record.summary} "), *marks), (Run(hit_reason(hit, query), "muted"),)


def hit_reason(hit: Hit, query: str) -> str:
    """Return why a record is a hit; of a passage, what lies about the words of the query."""
    if hit.match is MatchType.TEXT:
        words = " ".join((query, *(correction.word for correction in hit.corrections)))
        hit = hit._replace(text=excerpt(hit.text, words))
    is_part = set(stems(query)) <= set(stems(hit.text))
    stands_in_query = hit.score <= TEXT and hit.match not in {MatchType.TEXT, MatchType.FUZZY} and not is_part
    return f"matched “{query}” on “{hit.text}”" if stands_in_query else match_reason(hit)

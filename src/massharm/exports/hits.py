"""The answer of `search`."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from massharm.exports.answers import Answer, Count, Kind, commands
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import kind_named
from massharm.kb.parts import Local
from massharm.kb.records import Citation, Harm
from massharm.kb.vocabulary import Severity
from massharm.search.query import Correction
from massharm.search.ranking import Hit, MatchType


class Match(Struct, frozen=True):
    """How a record matched: the way, the name or passage, and the words that were read as others."""

    how: MatchType
    text: str
    read: tuple[Correction, ...]


class Result(Struct, frozen=True, kw_only=True):
    """A record that was found; only a harm has a severity, and only a citation a number."""

    kind: Kind
    id: str
    name: str
    severity: Severity | UnsetType = UNSET
    number: Count | UnsetType = UNSET
    score: Annotated[int, Meta(ge=0, le=100)]
    match: Match
    summary: str
    citations: tuple[Count, ...]
    local: Local | UnsetType = UNSET


class SearchAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `search`, best hit first."""

    query: str
    results: tuple[Result, ...]


def search_answer(kb: KnowledgeBase, query: str, hits: Iterable[Hit], suggestions: Iterable[str] = ()) -> SearchAnswer:
    """Return the hits of a query, or the names that it may have meant."""
    results, suggestions = tuple(_result(hit, kb) for hit in hits), tuple(suggestions)
    lines = [[*words, found.id] for found in results[:1] for words in (["show"], ["cite", "--for"])]
    kind = kind_named(query)
    lines += [["list", kind]] if kind else []
    lines += [["search", name] for name in suggestions]
    return SearchAnswer.of(kb, query, results, suggestions, next=commands(*lines))


def _result(hit: Hit, kb: KnowledgeBase) -> Result:
    record = hit.record
    return Result(
        kind=record.kind,
        id=record.id,
        name=record.name,
        severity=record.severity if isinstance(record, Harm) else UNSET,
        number=record.number if isinstance(record, Citation) else UNSET,
        score=hit.score,
        match=Match(hit.match, hit.text, hit.corrections),
        summary=record.summary,
        citations=record.citations,
        local=kb.local.get(record.id, UNSET),
    )

"""The evidence map: how severe harms are against how well they are known, and where the published reports come from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import product
from typing import NamedTuple

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import FACETS, NO_FACETS, Facets, select_records
from massharm.kb.parts import Figure
from massharm.kb.records import Case, Harm, Lesson
from massharm.kb.vocabulary import Evidence, Provider, Scope, Severity, Technique

UNSTATED = "unstated"
"""The word under which reports are counted that name no technique or no provider."""


class Cell(Struct, frozen=True):
    """The numbers of the harms of one severity and one strength of evidence, and of the published reports of them.

    A report of several such harms counts once. `years` counts those whose year is known, in order.
    """

    severity: Severity
    evidence: Evidence
    harms: int
    cases: int
    years: dict[int, int]


class Map(Struct, frozen=True):
    """The cells, worst and strongest first, and the numbers of published reports and of anecdotes.

    `years`, `techniques` and `providers` count the published reports, years in order, words by their number and then
    in the order of their vocabulary. A report of several techniques counts for each.
    """

    cells: tuple[Cell, ...]
    cases: int
    anecdotes: int
    years: dict[int, int]
    techniques: dict[str, int]
    providers: dict[str, int]


class Counted(NamedTuple):
    """A figure, and the harm or the lesson for which it was counted."""

    record: Harm | Lesson
    figure: Figure


def survey(kb: KnowledgeBase, facets: Facets = NO_FACETS) -> Map:
    """Return the evidence map of a knowledge base, or of the harms that meet some facets and of their reports.

    A facet that a case has too, such as the region, must be met by the report itself.

    Raises:
        WrongUse: harms have no such facet, or the facet no such word.
    """
    harms = _harms(kb, facets)
    cases = _cases(kb, harms, facets)
    published = [case for case in cases if not kb.is_anecdote(case)]
    return Map(
        tuple(_cells(kb, harms, {case.id for case in published})),
        len(published),
        len(cases) - len(published),
        _years(kb, published),
        _count(Technique, (case.techniques for case in published)),
        _count(Provider, (case.providers for case in published)),
    )


def counted(kb: KnowledgeBase, facets: Facets = NO_FACETS) -> tuple[Counted, ...]:
    """Return every figure of harms and of lessons, those of massage first; with facets only those of such harms.

    Raises:
        WrongUse: harms have no such facet, or the facet no such word.
    """
    records: list[Harm | Lesson] = [*_harms(kb, facets), *(() if facets else kb.file.lessons)]
    found = (Counted(record, figure) for record in records for figure in record.frequency)
    return tuple(sorted(found, key=lambda part: list(Scope).index(part.figure.scope)))


def _harms(kb: KnowledgeBase, facets: Facets) -> list[Harm]:
    return [record for record in select_records(kb, "harm", facets) if isinstance(record, Harm)]


def _cases(kb: KnowledgeBase, harms: Iterable[Harm], facets: Facets) -> list[Case]:
    """Return all cases; with facets those of these harms that themselves meet the facets that cases have."""
    own = {name: words for name, words in facets.items() if "case" in FACETS[name]}
    ids = {harm.id for harm in harms}
    found = (record for record in select_records(kb, "case", own) if isinstance(record, Case))
    return [case for case in found if not facets or not ids.isdisjoint(case.harms)]


def _cells(kb: KnowledgeBase, harms: Iterable[Harm], published: AbstractSet[str]) -> Iterator[Cell]:
    """Yield a cell for each severity and strength, also those of no harm."""
    numbers: Counter[tuple[Severity, Evidence]] = Counter()
    reports: dict[tuple[Severity, Evidence], dict[str, Case]] = {place: {} for place in product(Severity, Evidence)}
    for harm in harms:
        place = harm.severity, kb.evidence(harm)
        numbers[place] += 1
        reports[place].update({case.id: case for case in kb.cases_of(harm) if case.id in published})
    for (severity, evidence), cases in reports.items():
        yield Cell(severity, evidence, numbers[severity, evidence], len(cases), _years(kb, cases.values()))


def _years(kb: KnowledgeBase, cases: Iterable[Case]) -> dict[int, int]:
    years = Counter(year for case in cases if (year := kb.year(case)) is not None)
    return dict(sorted(years.items()))


def _count(vocabulary: Iterable[str], reports: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return how many reports name each word, commonest first; words that none names are left out."""
    counts = Counter(word for words in reports for word in words or (UNSTATED,))
    order = [*map(str, vocabulary), UNSTATED]
    return {word: counts[word] for word in sorted(counts, key=lambda word: (-counts[word], order.index(word)))}

"""The evidence map: how severe harms are against how well they are known, and where the published reports come from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.vocabulary import Evidence, Provider, Severity, Technique

UNSTATED = "unstated"
"""The word under which reports are counted that name no technique or no provider."""


class Cell(Struct, frozen=True):
    """The numbers of the harms of one severity and one strength of evidence, and of the published reports of them.

    A report of several such harms counts once.
    """

    severity: Severity
    evidence: Evidence
    harms: int
    cases: int


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


def survey(kb: KnowledgeBase) -> Map:
    """Return the evidence map of a knowledge base."""
    published = [case for case in kb.file.cases if not kb.is_anecdote(case)]
    years = Counter(year for case in published if (year := kb.year(case)) is not None)
    return Map(
        tuple(_cells(kb)),
        len(published),
        len(kb.file.cases) - len(published),
        dict(sorted(years.items())),
        _count(Technique, (case.techniques for case in published)),
        _count(Provider, (case.providers for case in published)),
    )


def _cells(kb: KnowledgeBase) -> Iterator[Cell]:
    """Yield a cell for each severity and strength, also those of no harm."""
    harms: Counter[tuple[Severity, Evidence]] = Counter()
    reports: dict[tuple[Severity, Evidence], set[str]] = {place: set() for place in product(Severity, Evidence)}
    for harm in kb.file.harms:
        place = harm.severity, kb.evidence(harm)
        harms[place] += 1
        reports[place].update(case.id for case in kb.cases_of(harm) if not kb.is_anecdote(case))
    for (severity, evidence), cases in reports.items():
        yield Cell(severity, evidence, harms[severity, evidence], len(cases))


def _count(vocabulary: Iterable[str], reports: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return how many reports name each word, commonest first; words that none names are left out."""
    counts = Counter(word for words in reports for word in words or (UNSTATED,))
    order = [*map(str, vocabulary), UNSTATED]
    return {word: counts[word] for word in sorted(counts, key=lambda word: (-counts[word], order.index(word)))}

"""The evidence map: how severe harms are against how well they are known, and where the cases come from."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Case
from massharm.kb.vocabulary import Evidence, Provider, Severity, Technique


class Cell(Struct, frozen=True):
    """Harms of one severity and one strength of evidence, and the published reports of them, each counted once."""

    severity: Severity
    evidence: Evidence
    harms: int
    cases: int


class Map(Struct, frozen=True):
    """The cells, worst and strongest first, and the published reports by year, technique and provider.

    A report of several techniques counts for each; reports without one are counted as `unstated`.
    """

    cells: tuple[Cell, ...]
    cases: int
    anecdotes: int
    years: dict[int, int]
    techniques: dict[str, int]
    providers: dict[str, int]


def survey(kb: KnowledgeBase) -> Map:
    """Count harms and cases; anecdotes are counted apart, since none was published as a study."""
    published = [case for case in kb.file.cases if not kb.is_anecdote(case)]
    years = Counter(year for case in published if (year := kb.year(case)) is not None)
    return Map(
        tuple(_cells(kb)),
        len(published),
        len(kb.file.cases) - len(published),
        dict(sorted(years.items())),
        _counted(Technique, (case.techniques for case in published)),
        _counted(Provider, (case.providers for case in published)),
    )


def _cells(kb: KnowledgeBase) -> Iterable[Cell]:
    for severity in Severity:
        for evidence in Evidence:
            harms = [harm for harm in kb.file.harms if (harm.severity, kb.evidence(harm)) == (severity, evidence)]
            cases: set[str] = set()
            for harm in harms:
                cases.update(_id(case) for case in kb.cases_of(harm) if not kb.is_anecdote(case))
            yield Cell(severity, evidence, len(harms), len(cases))


def _id(case: Case) -> str:
    return case.id


def _counted(words: Iterable[str], told: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Count words, commonest first, those that are never told left out."""
    counts = Counter(word for words_of in told for word in (words_of or ("unstated",)))
    order = [*map(str, words), "unstated"]
    return {word: counts[word] for word in sorted(counts, key=lambda word: (-counts[word], order.index(word)))}

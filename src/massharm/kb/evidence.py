"""The cases of a harm, and what follows from them: outcomes, regions, techniques, the grade of the evidence."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from massharm.kb import packaged
from massharm.kb.lookup import Lookup
from massharm.kb.parts import ReportedOutcome
from massharm.kb.records import Case, Citation, Harm
from massharm.kb.vocabulary import (
    Band,
    Bearing,
    Evidence,
    Outcome,
    Provider,
    Region,
    Scope,
    Study,
    Technique,
)

GRADES: dict[Study, Evidence] = {
    Study.SYSTEMATIC_REVIEW: Evidence.SYSTEMATIC_REVIEW,
    Study.TRIAL: Evidence.TRIAL,
    Study.OBSERVATIONAL: Evidence.OBSERVATIONAL,
    Study.EXPERIMENT: Evidence.OBSERVATIONAL,
    Study.CASE_SERIES: Evidence.CASE_SERIES,
    Study.CASE_REPORT: Evidence.CASE_REPORT,
    Study.ARTICLE: Evidence.ANECDOTE,
    Study.COMMENTARY: Evidence.ANECDOTE,
    Study.PRESS: Evidence.ANECDOTE,
}
"""The grade of a kind of study; kinds that report no observation of their own have none."""

BANDS = ((10.0, Band.VERY_COMMON), (1.0, Band.COMMON), (0.1, Band.UNCOMMON), (0.01, Band.RARE))
"""The least percentage of each band of frequency: those of CIOMS for adverse reactions to drugs."""

Word = TypeVar("Word", Outcome, Provider, Region, Technique)


class Design(Struct, frozen=True):
    """Of a citation its number, its kind of study and its year."""

    number: int
    kind_of_study: Study
    year: int | None = None


class EvidenceOfHarms(Lookup):
    """The cases of the harms, and what follows from them."""

    def cases_of(self, harm: Harm) -> tuple[Case, ...]:
        """Return the cases of a harm: published ones oldest first, then anecdotes."""
        return self._cases.get(harm.id, ())

    @cached_property
    def _cases(self) -> dict[str, tuple[Case, ...]]:
        cases: defaultdict[str, list[Case]] = defaultdict(list)
        for case in sorted(self.file.cases, key=lambda case: (self.is_anecdote(case), self.year(case) or 0, case.id)):
            for harm in dict.fromkeys(case.harms):
                cases[harm].append(case)
        return {harm: tuple(found) for harm, found in cases.items()}

    def reported_outcomes(self, harm: Harm) -> tuple[ReportedOutcome, ...]:
        """Return the seriousness criteria met, gravest first, each as attributed if one report attributes it."""
        attributed: dict[Outcome, bool] = {}
        for part in chain(harm.outcomes, *(case.outcomes for case in self.cases_of(harm))):
            attributed[part.outcome] = part.attributed or attributed.get(part.outcome, False)
        return tuple(
            ReportedOutcome(outcome=outcome, attributed=attributed[outcome])
            for outcome in sorted(attributed, key=lambda outcome: outcome.rank)
        )

    def outcomes(self, harm: Harm) -> tuple[Outcome, ...]:
        """Return the seriousness criteria met by a harm or by any of its cases, gravest first."""
        reported = chain(harm.outcomes, *(case.outcomes for case in self.cases_of(harm)))
        return _in_order(Outcome, (), ([part.outcome] for part in reported))

    def attributed_outcomes(self, harm: Harm) -> tuple[Outcome, ...]:
        """Return those that at least one report attributes to massage, gravest first."""
        reported = chain(harm.outcomes, *(case.outcomes for case in self.cases_of(harm)))
        return _in_order(Outcome, (), ([part.outcome] for part in reported if part.attributed))

    def regions(self, harm: Harm) -> tuple[Region, ...]:
        """Return the regions massaged, from the harm and its cases."""
        return _in_order(Region, harm.regions, (case.regions for case in self.cases_of(harm)))

    def techniques(self, harm: Harm) -> tuple[Technique, ...]:
        """Return the techniques reported, from the harm and its cases."""
        return _in_order(Technique, harm.techniques, (case.techniques for case in self.cases_of(harm)))

    def providers(self, harm: Harm) -> tuple[Provider, ...]:
        """Return who, or what, gave the massage in a harm's cases."""
        return _in_order(Provider, (), (case.providers for case in self.cases_of(harm)))

    def is_anecdote(self, case: Case) -> bool:
        """Whether the report of a case is a story in the article, in a comment or in the press, and no study."""
        design = self._designs.get(case.citations[0])
        return design is None or GRADES.get(design.kind_of_study) is Evidence.ANECDOTE

    @cached_property
    def _designs(self) -> dict[int, Design | Citation]:
        """Each citation by its number; of the wheel's file no more than their designs is read for it."""
        if isinstance(self.file, packaged.LazyFile):
            return {part.number: part for part in self.file.read("citations", tuple[Design, ...])}
        return {cited.number: cited for cited in self.file.citations}

    def year(self, case: Case) -> int | None:
        """Return the year in which a case was published; an anecdote has none."""
        if self.is_anecdote(case):
            return None
        return case.year or self._designs[case.citations[0]].year

    def published_reports(self, harm: Harm) -> int:
        """Count the published reports (a series is one report) of a harm, anecdotes left out."""
        return sum(not self.is_anecdote(case) for case in self.cases_of(harm))

    def evidence(self, harm: Harm) -> Evidence:
        """Return the strongest design that reports a harm; evidence against it does not count.

        A case counts as a report or a series, however strong the study in which it stands.
        """
        grades = [
            GRADES.get(finding.design, Evidence.NONE)
            if finding.design
            else GRADES.get(self._designs[finding.citation].kind_of_study, Evidence.NONE)
            for finding in harm.findings
            if finding.bearing is Bearing.SUPPORTS
        ]
        for case in self.cases_of(harm):
            report = Evidence.CASE_SERIES if (case.patients or 1) > 1 else Evidence.CASE_REPORT
            grades.append(Evidence.ANECDOTE if self.is_anecdote(case) else report)
        return min(grades, key=lambda grade: grade.rank, default=Evidence.NONE)

    @staticmethod
    def grade_of(citation: Citation) -> Evidence:
        """Return the grade of one citation by its own design; what observed nothing itself has none."""
        return GRADES.get(citation.kind_of_study, Evidence.NONE)

    def band(self, harm: Harm) -> Band:
        """Return the CIOMS band of a harm's first figure of massage that counted any.

        Other treatments give no band, and neither does a study in which nothing was found.
        """
        shares = (figure.share for figure in harm.frequency if figure.scope is Scope.MASSAGE and figure.share)
        share = next(shares, None)
        if share is None:
            return Band.UNKNOWN
        return next((band for least, band in BANDS if share >= least), Band.VERY_RARE)


def _in_order(vocabulary: type[Word], own: Iterable[Word], of_cases: Iterable[Iterable[Word]]) -> tuple[Word, ...]:
    """Return the words of a harm and its cases, each once, in the order of their vocabulary."""
    found = {*own, *chain.from_iterable(of_cases)}
    return tuple(word for word in vocabulary if word in found)

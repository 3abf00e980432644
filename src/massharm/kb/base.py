"""The knowledge base: its records, the links between them, and what follows from the links."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from os import PathLike

from msgspec import Struct

from massharm.kb import store
from massharm.kb.records import (
    KINDS,
    Case,
    Citation,
    File,
    Harm,
    Mechanism,
    Precaution,
    Record,
    Statement,
    called,
    statements,
)
from massharm.kb.vocabulary import AliasKind, Band, Bearing, Evidence, Outcome, Provider, Region, Study, Technique
from massharm.text import fold

DESIGNS: dict[Study, Evidence] = {
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
"""What a kind of study weighs; kinds that report no observation of their own weigh nothing."""

BANDS = ((10.0, Band.VERY_COMMON), (1.0, Band.COMMON), (0.1, Band.UNCOMMON), (0.01, Band.RARE))
"""CIOMS bands: the least percentage of each, commonest first."""


class RecordName(Struct, frozen=True):
    """What a record is called: as it is written, as it is compared (`text.fold`), and the kind of an alias.

    A record's own name and id have no kind; the title and identifiers of a citation are exact aliases.
    """

    text: str
    folded: str
    kind: AliasKind | None


class KnowledgeBase:
    """All records of one file, by id and by number, with their links.

    >>> from massharm import KnowledgeBase
    >>> kb = KnowledgeBase.load()
    >>> kb["rhabdomyolysis"].severity
    <Severity.SERIOUS: 'serious'>
    """

    def __init__(self, file: File) -> None:
        """Take a decoded file; indexes are made when first asked for."""
        self.file = file
        self.edition = file.edition
        self.reviewed = file.reviewed
        self.notice = file.notice
        self.absence = file.absence
        self._names: dict[str, tuple[RecordName, ...]] = {}

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> "KnowledgeBase":
        """Read the file at `path`, else the one named by MASSHARM_KB, else the bundled one.

        Raises:
            BadData: the file cannot be read or does not have the promised shape.
        """
        return cls(store.load(path))

    def records(self, kind: str | None = None) -> tuple[Record, ...]:
        """Give the records of one kind in the file's order, or of all kinds, harms first."""
        if kind is not None:
            rows: tuple[Record, ...] = getattr(self.file, KINDS[kind])
            return rows
        return tuple(chain.from_iterable(getattr(self.file, rows) for rows in KINDS.values()))

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id; a citation's id is its key."""
        return {record.id: record for record in self.records()}

    @cached_property
    def by_number(self) -> dict[int, Citation]:
        """Every citation by its number."""
        return {citation.number: citation for citation in self.file.citations}

    @cached_property
    def heirs(self) -> dict[str, str]:
        """Withdrawn ids, and the id that answers for each."""
        return {gone.id: gone.heir for gone in self.file.withdrawn}

    def __getitem__(self, key: str | int) -> Record:
        """Give a record by id, or a citation by number; a withdrawn id gives its heir.

        Raises:
            KeyError: no record has this id or number.
        """
        if isinstance(key, int):
            return self.by_number[key]
        return self.by_id[self.heirs.get(key, key)]

    def __contains__(self, key: str | int) -> bool:
        """Tell whether an id or number answers."""
        return key in self.by_number if isinstance(key, int) else self.heirs.get(key, key) in self.by_id

    def __iter__(self) -> Iterator[Record]:
        """Walk all records, harms first."""
        return iter(self.records())

    def __len__(self) -> int:
        """Count all records."""
        return len(self.records())

    def names_of(self, record: Record) -> tuple[RecordName, ...]:
        """Return what a record is called: its name, its id, its aliases; of a citation title, DOI, PMID and PMCID."""
        if record.id not in self._names:
            self._names[record.id] = tuple(RecordName(text, fold(text), kind) for text, kind in called(record))
        return self._names[record.id]

    @cached_property
    def _named(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, dict[str, Record]] = {}
        for record in self:
            for name in self.names_of(record):
                found.setdefault(name.folded, {})[record.id] = record
        return {folded: tuple(records.values()) for folded, records in found.items() if folded}

    def named(self, folded: str) -> tuple[Record, ...]:
        """Return the records that have this folded name or alias, harms first; `names_of` tells the kind."""
        return self._named.get(folded, ())

    @property
    def how_to_cite(self) -> str:
        """The reference by which the knowledge base itself is cited."""
        return f"{self.file.title}. Edition {self.edition}. massharm; reviewed {self.reviewed}."

    @cached_property
    def _cases(self) -> dict[str, tuple[Case, ...]]:
        cases: dict[str, list[Case]] = {}
        for case in self.file.cases:
            for harm in case.harms:
                cases.setdefault(harm, []).append(case)
        return {harm: tuple(sorted(rows, key=self._age)) for harm, rows in cases.items()}

    def _age(self, case: Case) -> tuple[bool, int, str]:
        return self.is_anecdote(case), self.year(case) or 0, case.id

    def cases_of(self, harm: Harm) -> tuple[Case, ...]:
        """Give the cases of a harm: published ones oldest first, then anecdotes."""
        return self._cases.get(harm.id, ())

    def published_reports(self, harm: Harm) -> int:
        """Count the published reports (a series is one report) of a harm, anecdotes left out."""
        return sum(not self.is_anecdote(case) for case in self.cases_of(harm))

    def year(self, case: Case) -> int | None:
        """Give the year in which a case was published; an anecdote has none."""
        if self.is_anecdote(case):
            return None
        return case.year or self.by_number[case.citations[0]].year

    def is_anecdote(self, case: Case) -> bool:
        """Tell whether a case was told rather than published as a study."""
        source = self.by_number.get(case.citations[0])
        return source is None or DESIGNS.get(source.kind_of_study) is Evidence.ANECDOTE

    def outcomes(self, harm: Harm) -> tuple[Outcome, ...]:
        """Give the seriousness criteria met by a harm or by any of its cases, gravest first."""
        met = {*harm.outcomes, *chain.from_iterable(case.outcomes for case in self.cases_of(harm))}
        return tuple(outcome for outcome in Outcome if outcome in met)

    def regions(self, harm: Harm) -> tuple[Region, ...]:
        """Give the regions massaged, from the harm and its cases."""
        met = {*harm.regions, *chain.from_iterable(case.regions for case in self.cases_of(harm))}
        return tuple(region for region in Region if region in met)

    def techniques(self, harm: Harm) -> tuple[Technique, ...]:
        """Give the techniques reported, from the harm and its cases."""
        met = {*harm.techniques, *chain.from_iterable(case.techniques for case in self.cases_of(harm))}
        return tuple(technique for technique in Technique if technique in met)

    def providers(self, harm: Harm) -> tuple[Provider, ...]:
        """Tell who gave the massage in a harm's cases."""
        met = set(chain.from_iterable(case.providers for case in self.cases_of(harm)))
        return tuple(provider for provider in Provider if provider in met)

    def risk_factors(self, harm: Harm) -> tuple[Precaution, ...]:
        """Give the precautions that bear on a harm, whichever side names the other."""
        return tuple(
            precaution
            for precaution in self.file.precautions
            if harm.id in precaution.harms or precaution.id in harm.risk_factors
        )

    def shared_reason(self, precaution: Precaution, harm: Harm) -> Statement | None:
        """Give the reason of a precaution that rests on a source of this harm, other than the article."""
        sources = set(self.citations_of(harm)) - {0}
        return next((why for why in precaution.why if sources & set(why.citations)), None)

    @cached_property
    def harms_by_citation(self) -> dict[int, tuple[Harm, ...]]:
        """By its number, the harms that a citation reports on, in findings or in cases."""
        found: dict[int, dict[str, Harm]] = {}
        for harm in self.file.harms:
            told = (finding.citation for finding in harm.findings)
            for number in chain(told, *(case.citations for case in self.cases_of(harm))):
                found.setdefault(number, {})[harm.id] = harm
        return {number: tuple(harms.values()) for number, harms in found.items()}

    def harms_of(self, record: Mechanism | Precaution | Case | Citation) -> tuple[Harm, ...]:
        """Give the harms of a mechanism, a precaution or a case, or those a citation reports on, worst first."""
        found: Iterable[Harm]
        if isinstance(record, Mechanism):
            found = [harm for harm in self.file.harms if record.id in harm.mechanisms]
        elif isinstance(record, Precaution):
            found = [harm for harm in self.file.harms if record in self.risk_factors(harm)]
        elif isinstance(record, Citation):
            found = self.harms_by_citation.get(record.number, ())
        else:
            named = (self.by_id.get(name) for name in record.harms)
            found = [harm for harm in named if isinstance(harm, Harm)]
        return tuple(sorted(found, key=lambda harm: (harm.severity.rank, harm.name.casefold())))

    def evidence(self, harm: Harm) -> Evidence:
        """Grade a harm by the strongest design that reports it; evidence against it does not count."""
        weights = [
            DESIGNS.get(finding.design, Evidence.NONE)
            if finding.design
            else self.grade_of(self.by_number[finding.citation])
            for finding in harm.findings
            if finding.bearing is Bearing.SUPPORTS
        ]
        weights += [self._report(case) for case in self.cases_of(harm)]
        return min(weights, key=lambda grade: grade.rank, default=Evidence.NONE)

    def _report(self, case: Case) -> Evidence:
        """Grade a case: a report or a series, however strong the study that tells it; an anecdote stays one."""
        if self.is_anecdote(case):
            return Evidence.ANECDOTE
        return Evidence.CASE_SERIES if (case.patients or 1) > 1 else Evidence.CASE_REPORT

    @staticmethod
    def grade_of(citation: Citation) -> Evidence:
        """Grade one citation by its own design; sources that observed nothing themselves weigh nothing."""
        return DESIGNS.get(citation.kind_of_study, Evidence.NONE)

    def band(self, harm: Harm) -> Band:
        """Give the CIOMS band of a harm's first figure; without a denominator it is not known."""
        if not harm.frequency:
            return Band.UNKNOWN
        percent = harm.frequency[0].percent
        return next((band for least, band in BANDS if percent >= least), Band.VERY_RARE)

    def citations_of(self, record: Record) -> tuple[int, ...]:
        """Give the numbers of all citations that a record or its cases rest on, in order."""
        numbers = {*record.citations, *chain.from_iterable(part.citations for part in statements(record))}
        if isinstance(record, Harm):
            numbers.update(finding.citation for finding in record.findings)
            numbers.update(chain.from_iterable(case.citations for case in self.cases_of(record)))
        return tuple(sorted(numbers))

    def references_of(self, record: Record) -> tuple[int, ...]:
        """Give the numbers that the page of a record shows: its own and, for a harm, those of what it links to."""
        numbers = set(self.citations_of(record))
        if isinstance(record, Harm):
            shown = [found for found in self.file.mechanisms if found.id in record.mechanisms]
            numbers.update(chain.from_iterable(found.citations for found in shown))
            reasons = (self.shared_reason(found, record) for found in self.risk_factors(record))
            numbers.update(chain.from_iterable(why.citations for why in reasons if why))
        return tuple(sorted(numbers))

    @cached_property
    def _cited_by(self) -> dict[int, tuple[Record, ...]]:
        users: dict[int, list[Record]] = {}
        for record in self.records():
            if not isinstance(record, Citation):
                for number in self.citations_of(record):
                    users.setdefault(number, []).append(record)
        return {number: tuple(records) for number, records in users.items()}

    def cited_by(self, citation: Citation) -> tuple[Record, ...]:
        """Give the records that rest on a citation, harms first."""
        return self._cited_by.get(citation.number, ())

"""The knowledge base: its records, the links between them, and what follows from the links."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from os import PathLike
from typing import TypeVar

from msgspec import Struct

from massharm.kb import store
from massharm.kb.parts import LinkedHarm, LinkedSign, Local, ReportedOutcome, Statement
from massharm.kb.records import (
    KINDS,
    Case,
    Citation,
    File,
    Harm,
    Mechanism,
    Medicine,
    Precaution,
    Record,
    Sign,
    cited_numbers,
    record_names,
    sort_key,
)
from massharm.kb.typed import TypedRecords
from massharm.kb.vocabulary import (
    AliasKind,
    Band,
    Bearing,
    Evidence,
    Outcome,
    Provider,
    Region,
    Scope,
    Severity,
    SignLink,
    Study,
    Support,
    Technique,
)
from massharm.text import fold

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

ARTICLE = 0
"""The number of the source article."""

Word = TypeVar("Word", Outcome, Provider, Region, Technique)
Linked = TypeVar("Linked", Harm, Mechanism, Precaution, Sign)


class RecordName(Struct, frozen=True):
    """What a record is called: as it is written, as it is compared (`text.fold`), and the kind of an alias.

    A record's own name and id have no kind; the title and identifiers of a citation are exact aliases.
    """

    text: str
    folded: str
    kind: AliasKind | None


class Design(Struct, frozen=True):
    """Of a citation its number, its kind of study and its year."""

    number: int
    kind_of_study: Study
    year: int | None = None


class Source(Struct, frozen=True):
    """The number of the citation of a finding."""

    citation: int


class Link(Struct, frozen=True):
    """The harm of a link of a precaution, and its support."""

    harm: str
    support: Support


class Links(Struct, frozen=True):
    """Of a precaution its id, and its links with harms."""

    id: str
    harms: tuple[Link, ...] = ()


class Findings(Struct, frozen=True):
    """Of a harm its id, and the citations that report on it."""

    id: str
    findings: tuple[Source, ...] = ()


class Signed(Struct, frozen=True):
    """Of a harm its id, name, severity and warning signs."""

    id: str
    name: str
    severity: Severity
    warning_signs: tuple[LinkedSign, ...] = ()


class KnowledgeBase(TypedRecords):
    """All records of one file, by id and by number, with their links.

    >>> from massharm import KnowledgeBase
    >>> kb = KnowledgeBase.load()
    >>> kb["rhabdomyolysis"].severity
    <Severity.SERIOUS: 'serious'>
    """

    def __init__(self, file: File) -> None:
        """Take a decoded file, whose numbers and ids need not be sound; indexes are made when first asked for."""
        self.file = file
        self.edition = file.edition
        self.reviewed = file.reviewed
        self.notice = file.notice
        self.absence = file.absence
        self.packaged: store.Parts | None = None
        """The wheel's own file, by whose checksum the tables beside it are checked; None for any other file."""
        self.overlays: tuple[str, ...] = ()
        """The names of the clinics whose overlays were read."""
        self.local: dict[str, Local] = {}
        """What these add, by the id of the record."""
        self._names: dict[str, tuple[RecordName, ...]] = {}
        self._by_kind: dict[str, dict[str, Record]] = {}

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> "KnowledgeBase":
        """Return the knowledge base at `path`, else what MASSHARM_KB names, else the bundled one.

        Raises:
            BadData: the file cannot be read, does not have the promised shape, or names records ambiguously; or an
                overlay takes something away.
        """
        place, *overlays = (store.source(path),) if path is not None else store.sources()
        if overlays:
            from massharm.kb import overlay  # noqa: PLC0415 - most have none

            return overlay.load(place, overlays)
        if place == store.PACKAGED:  # it was tried before its release
            file, parts = store.load_packaged()
            kb = cls(file)
            kb.packaged = parts
            return kb
        from massharm.kb import integrity  # noqa: PLC0415 - not needed for the wheel's own file

        kb = cls(store.decode(store.read(place), place))
        for fault, message in chain.from_iterable(rule(kb) for rule in integrity.RULES):
            raise store.bad_data(place, f"{fault}: {message}")
        return kb

    # Records

    def records(self, kind: str | None = None) -> tuple[Record, ...]:
        """Return the records of one kind in the file's order, or of all kinds, harms first."""
        if kind is not None:
            rows: tuple[Record, ...] = getattr(self.file, KINDS[kind])
            return rows
        return tuple(chain.from_iterable(getattr(self.file, rows) for rows in KINDS.values()))

    def record_at(self, kind: str, place: int) -> Record:
        """Return the record at a place in the list of a kind."""
        return store.record_at(self.file, kind, place)

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id; a citation's id is its key."""
        return {record_id: record for kind in KINDS for record_id, record in self._ids(kind).items()}

    @cached_property
    def by_number(self) -> dict[int, Citation]:
        """Every citation by its number."""
        return {citation.number: citation for citation in self.file.citations}

    @cached_property
    def heirs(self) -> dict[str, tuple[str, ...]]:
        """Withdrawn ids, and the ids that answer for each."""
        return {gone.id: gone.heirs for gone in self.file.withdrawn}

    @property
    def how_to_cite(self) -> str:
        """The reference by which the knowledge base itself is cited."""
        return f"{self.file.title}. Edition {self.edition}. massharm; reviewed {self.reviewed}."

    @property
    def clinical_review(self) -> str:
        """Who reviewed the knowledge base clinically, and when."""
        review = self.file.review
        if review.clinician is None:
            return "none yet: no named clinician has reviewed it"
        return review.clinician + (f", {review.day}" if review.day else "")

    def __getitem__(self, key: str | int) -> Record:
        """Return a record by id, or a citation by number; a withdrawn id gives its first heir.

        Raises:
            KeyError: no record has this id or number.
        """
        found = self.citation(key) if isinstance(key, int) else self._find(self._current(key))
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: str | int) -> bool:
        """Whether an id or number answers."""
        found = self.citation(key) if isinstance(key, int) else self._find(self._current(key))
        return found is not None

    def _find(self, record_id: str) -> Record | None:
        """Return a record by id, kind by kind: lists that come after its own need not be decoded."""
        return next((found for kind in KINDS if (found := self._found(kind, record_id))), None)

    def _found(self, kind: str, record_id: str) -> Record | None:
        if isinstance(self.file, store.LazyFile):
            return self.file.find(kind, record_id)
        return self._ids(kind).get(record_id)

    def _ids(self, kind: str) -> dict[str, Record]:
        if kind not in self._by_kind:
            self._by_kind[kind] = {record.id: record for record in self.records(kind)}
        return self._by_kind[kind]

    def citation(self, number: int) -> Citation | None:
        """Return a citation by its number, without reading the others; where none has it, None."""
        if isinstance(self.file, store.LazyFile):
            found = self.file.find(Citation.kind, number)
            return found if isinstance(found, Citation) else None
        return self.by_number.get(number)

    def _current(self, record_id: str) -> str:
        return self.heirs[record_id][0] if record_id in self.heirs else record_id

    def __iter__(self) -> Iterator[Record]:
        """Yield all records, harms first."""
        return iter(self.records())

    def __len__(self) -> int:
        """Count all records."""
        return len(self.records())

    # Names

    def names_of(self, record: Record) -> tuple[RecordName, ...]:
        """Return what a record is called: its name, its id, its aliases; of a citation title, DOI, PMID and PMCID."""
        if record.id not in self._names:
            self._names[record.id] = tuple(RecordName(text, fold(text), kind) for text, kind in record_names(record))
        return self._names[record.id]

    def named(self, folded: str) -> tuple[Record, ...]:
        """Return the records that have this folded name or alias, harms first; `names_of` tells the kind."""
        return self._named.get(folded, ())

    @cached_property
    def _named(self) -> dict[str, tuple[Record, ...]]:
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self:
            for folded in {fold(text) for text, _ in record_names(record)}:
                found[folded].append(record)
        found.pop("", None)
        return {folded: tuple(records) for folded, records in found.items()}

    # Links

    def cited(self, numbers: Iterable[int]) -> Iterator[Citation]:
        """Yield the citations of these numbers, in their order; a number that none has is passed over."""
        return (found for number in numbers if (found := self.citation(number)))

    def linked(self, model: type[Linked], ids: Iterable[str]) -> Iterator[Linked]:
        """Yield the records of one kind that have these ids, in their order; an id that names none is passed over."""
        return (found for record_id in ids if isinstance(found := self._found(model.kind, record_id), model))

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

    def risk_factors(self, harm: Harm) -> tuple[Precaution, ...]:
        """Return the precautions that bear on a harm, by their own links or by a case, in the file's order."""
        return tuple(self.linked(Precaution, self._risk_factors.get(harm.id, ())))

    @cached_property
    def _risk_factors(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for precaution in self._links:
            for harm_id in self._supports.get(precaution.id, ()):
                found[harm_id].append(precaution.id)
        return dict(found)

    @cached_property
    def _links(self) -> Iterable[Links | Precaution]:
        """Every precaution; of the wheel's file no more than its links is read for it."""
        if isinstance(self.file, store.LazyFile):
            return self.file.read("precautions", tuple[Links, ...])
        return self.file.precautions

    def support(self, precaution: Precaution, harm: Harm) -> Support | None:
        """Return the strongest support for the link of a precaution with a harm; without a link, None."""
        return self._supports.get(precaution.id, {}).get(harm.id)

    @cached_property
    def _supports(self) -> dict[str, dict[str, Support]]:
        """By the id of a precaution, the harms that it bears on and the strongest support for each."""
        found: defaultdict[str, dict[str, Support]] = defaultdict(dict)
        for case in self.file.cases:
            for precaution_id in case.precautions:
                found[precaution_id].update(dict.fromkeys(case.harms, Support.CASE))
        for precaution in self._links:
            for link in precaution.harms:
                found[precaution.id].setdefault(link.harm, link.support)
        return dict(found)

    def linked_harms(self, precaution: Precaution) -> tuple[LinkedHarm, ...]:
        """Return the links of a precaution with harms, worst first; those of cases cite the reports of these."""
        stored = {link.harm: link for link in precaution.harms}
        links = []
        for harm in self.harms_of(precaution):
            link = stored.get(harm.id)
            if self.support(precaution, harm) is Support.CASE:
                cases = (case for case in self.cases_of(harm) if precaution.id in case.precautions)
                numbers = tuple(sorted({case.citations[0] for case in cases}))
                link = LinkedHarm(harm=harm.id, support=Support.CASE, citations=numbers)
            if link:
                links.append(link)
        return tuple(links)

    def medicines_of(self, precaution: Precaution) -> tuple[Medicine, ...]:
        """Return the classes of medicines that imply a precaution, in the file's order."""
        return tuple(record for record in self.file.medicines if precaution.id in record.precautions)

    def signs_of(self, harm: Harm) -> tuple[tuple[Sign, SignLink], ...]:
        """Return the warning signs of a harm with how each relates to it: most urgent first, characteristic first."""
        links = {part.sign: part.link for part in harm.warning_signs}
        signs = [(sign, links[sign.id]) for sign in self.linked(Sign, links)]
        return tuple(sorted(signs, key=lambda pair: (pair[0].urgency.rank, pair[1].rank)))

    def harms_with(self, sign: Sign, link: SignLink | None = None) -> tuple[Harm, ...]:
        """Return the harms that have a warning sign, or those that it has one link with, worst first."""
        return tuple(self.linked(Harm, self.harm_ids_with(sign, link)))

    def harm_ids_with(self, sign: Sign, link: SignLink | None = None) -> tuple[str, ...]:
        """Return the ids of these harms."""
        return tuple(harm_id for harm_id, its_link in self._signed.get(sign.id, ()) if link in {None, its_link})

    @cached_property
    def _signed(self) -> dict[str, list[tuple[str, SignLink]]]:
        """By the id of a sign, the ids of the harms that have it; of the wheel's file no more is read for it."""
        harms: Iterable[Signed | Harm]
        if isinstance(self.file, store.LazyFile):
            harms = self.file.read("harms", tuple[Signed, ...])
        else:
            harms = self.file.harms
        found: defaultdict[str, list[tuple[str, SignLink]]] = defaultdict(list)
        for harm in sorted(harms, key=lambda harm: (harm.severity.rank, harm.name.casefold(), harm.id)):
            for part in harm.warning_signs:
                found[part.sign].append((harm.id, part.link))
        return dict(found)

    def precautions_of(self, medicine: Medicine) -> tuple[Precaution, ...]:
        """Return the precautions that a medicine implies, in its order."""
        return tuple(self.linked(Precaution, medicine.precautions))

    def harms_of(self, record: Mechanism | Precaution | Case | Citation | Sign | Medicine) -> tuple[Harm, ...]:
        """Return the harms of a record, worst first.

        They are those of a mechanism, a precaution, a case or a sign, those that a citation reports on, or those of the
        precautions that a medicine implies.
        """
        if isinstance(record, Case):
            return tuple(sorted(self.linked(Harm, dict.fromkeys(record.harms)), key=sort_key))
        if isinstance(record, Citation):
            reported = self.linked(Harm, self._reported_by.get(record.number, ()))
            return tuple(sorted(reported, key=sort_key))
        if isinstance(record, Sign):
            return self.harms_with(record)
        if isinstance(record, Medicine):
            found = chain.from_iterable(map(self.harms_of, self.precautions_of(record)))
            return tuple(sorted(dict.fromkeys(found), key=sort_key))
        return self._harms.get(record.id, ())

    @cached_property
    def _harms(self) -> dict[str, tuple[Harm, ...]]:
        found: defaultdict[str, list[Harm]] = defaultdict(list)
        for harm in self._worst_first:
            for record_id in {*harm.mechanisms, *self._risk_factors.get(harm.id, ())}:
                found[record_id].append(harm)
        return {record_id: tuple(harms) for record_id, harms in found.items()}

    @cached_property
    def _reported_by(self) -> dict[int, dict[str, None]]:
        """By its number, the ids of the harms that a citation reports on, in findings or in cases."""
        found: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for harm in self._findings:
            for finding in harm.findings:
                found[finding.citation][harm.id] = None
        for case in self.file.cases:
            for number in case.citations:
                found[number].update(dict.fromkeys(case.harms))
        return dict(found)

    @property
    def _findings(self) -> Iterable[Findings | Harm]:
        """Every harm; of the wheel's file no more than its findings is read for it."""
        if isinstance(self.file, store.LazyFile):
            return self.file.read("harms", tuple[Findings, ...])
        return self.file.harms

    @cached_property
    def _worst_first(self) -> tuple[Harm, ...]:
        return tuple(sorted(self.file.harms, key=sort_key))

    def shared_reason(self, precaution: Precaution, harm: Harm) -> Statement | None:
        """Return the reason of a precaution that rests on a source of this harm other than the article, if any."""
        sources = set(self.citations_of(harm)) - {ARTICLE}
        return next((why for why in precaution.why if not sources.isdisjoint(why.citations)), None)

    def cited_by(self, citation: Citation) -> tuple[Record, ...]:
        """Return the records that rest on a citation, harms first."""
        return self._cited_by.get(citation.number, ())

    @cached_property
    def _cited_by(self) -> dict[int, tuple[Record, ...]]:
        users: defaultdict[int, list[Record]] = defaultdict(list)
        for record in self:
            if not isinstance(record, Citation):
                for number in self.citations_of(record):
                    users[number].append(record)
        return {number: tuple(records) for number, records in users.items()}

    def citations_of(self, record: Record) -> tuple[int, ...]:
        """Return the numbers of all citations that a record or its cases rest on, in order."""
        numbers = cited_numbers(record)
        if isinstance(record, Harm):
            numbers.update(chain.from_iterable(case.citations for case in self.cases_of(record)))
        return tuple(sorted(numbers))

    def references_of(self, record: Record) -> tuple[int, ...]:
        """Return the numbers that the page of a record shows: its own, and those of what stands there by a link."""
        numbers = set(self.citations_of(record))
        if isinstance(record, Harm):
            numbers.update(chain.from_iterable(part.citations for part in self.linked(Mechanism, record.mechanisms)))
            numbers.update(chain.from_iterable(sign.citations for sign, _ in self.signs_of(record)))
            reasons = (self.shared_reason(found, record) for found in self.risk_factors(record))
            numbers.update(chain.from_iterable(why.citations for why in reasons if why))
        if isinstance(record, Precaution):
            numbers.update(chain.from_iterable(sign.citations for sign in self.linked(Sign, record.stop_if)))
            numbers.update(chain.from_iterable(link.citations for link in self.linked_harms(record)))
        if isinstance(record, Medicine):
            numbers.update(chain.from_iterable(part.action.citations for part in self.precautions_of(record)))
        return tuple(sorted(numbers))

    # What follows from the cases

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
        if isinstance(self.file, store.LazyFile):
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

    # Grades

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

"""The links between records: which harms, signs, precautions, medicines and citations belong together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from msgspec import Struct

from massharm.kb import packaged
from massharm.kb.evidence import EvidenceOfHarms
from massharm.kb.parts import LinkedHarm, LinkedSign, RaisedBy, Statement
from massharm.kb.records import (
    Case,
    Citation,
    Harm,
    Mechanism,
    Medicine,
    Precaution,
    Record,
    Sign,
    cited_numbers,
    sort_key,
)
from massharm.kb.vocabulary import Severity, SignLink, Support, Urgency

ARTICLE = 0
"""The number of the source article."""


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


class SignHead(Struct, frozen=True):
    """Of a sign its id, name, citations and urgency, and what raises it: without its thousands of words."""

    id: str
    name: str
    urgency: Urgency
    citations: tuple[int, ...]
    raised_by: tuple[RaisedBy, ...] = ()


class LinkedRecords(EvidenceOfHarms):
    """The links between the records of one file, read in both directions."""

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
        if isinstance(self.file, packaged.LazyFile):
            return self.file.read("precautions", tuple[Links, ...])
        return self.file.precautions

    def support(self, precaution: Precaution, harm: Harm) -> Support | None:
        """Return the strongest support for the link of a precaution with a harm; without a link, None."""
        return self._supports.get(precaution.id, {}).get(harm.id)

    @cached_property
    def _supports(self) -> dict[str, dict[str, Support]]:
        """By the id of a precaution, the harms that it bears on and the strongest support for each."""
        found: defaultdict[str, dict[str, Support]] = defaultdict(dict)
        for precaution_id, harms in self._in_cases.items():
            found[precaution_id].update(dict.fromkeys(harms, Support.CASE))
        for precaution in self._links:
            for link in precaution.harms:
                found[precaution.id].setdefault(link.harm, link.support)
        return dict(found)

    @cached_property
    def _in_cases(self) -> dict[str, dict[str, None]]:
        """By the id of a precaution, the ids of the harms in the cases that name it."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for case in self.file.cases:
            for precaution_id in case.precautions:
                found[precaution_id].update(dict.fromkeys(case.harms))
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

    def sign_heads(self, ids: Iterable[str]) -> Iterator[SignHead | Sign]:
        """Yield the signs that have these ids, in their order; of the wheel's file no more than their heads is read."""
        if not isinstance(self.file, packaged.LazyFile):
            yield from self.linked(Sign, ids)
            return
        for sign_id in ids:
            if head := self.file.find_as(Sign.kind, sign_id, SignHead):
                yield head

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
        if isinstance(self.file, packaged.LazyFile):
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
        if isinstance(record, Precaution):
            ids = dict.fromkeys((*(link.harm for link in record.harms), *self._in_cases.get(record.id, ())))
            return tuple(sorted(self.linked(Harm, ids), key=sort_key))
        if isinstance(record, Medicine):
            found = chain.from_iterable(map(self.harms_of, self.precautions_of(record)))
            return tuple(sorted(dict.fromkeys(found), key=sort_key))
        return self._by_mechanism.get(record.id, ())

    @cached_property
    def _by_mechanism(self) -> dict[str, tuple[Harm, ...]]:
        found: defaultdict[str, list[Harm]] = defaultdict(list)
        for harm in self._worst_first:
            for record_id in harm.mechanisms:
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
        if isinstance(self.file, packaged.LazyFile):
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

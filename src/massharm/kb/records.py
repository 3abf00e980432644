"""What the knowledge base holds: its kinds of record and their fields.

A kind of record is one class here: it says its own name and plural, and which of its fields hold ids of other
records. `Record` and `File` list the classes; what else is needed to walk the kinds follows from them.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, ClassVar, get_args

import msgspec
from msgspec import Meta

from massharm.kb.parts import (
    CITED,
    Action,
    Advice,
    Alias,
    Ambiguous,
    Cited,
    Code,
    Combination,
    Day,
    Figure,
    Finding,
    Id,
    LinkedHarm,
    LinkedSign,
    MedicineName,
    Missing,
    Number,
    Past,
    Plain,
    Positive,
    PublicationStatus,
    Question,
    RaisedBy,
    Recognised,
    Ref,
    ReportedOutcome,
    Response,
    Statement,
    Struct,
    Text,
    Verification,
    Year,
)
from massharm.kb.vocabulary import (
    AdviceLevel,
    AliasKind,
    Audience,
    Basis,
    MechanismStatus,
    MedicineNameKind,
    Population,
    Provider,
    Region,
    Severity,
    Study,
    System,
    Technique,
    Tier,
    Urgency,
)

Links = dict[str, str]
"""Fields that hold ids of other records, and the kind of record that each names, or `ANY`."""
ANY = "record"


class Harm(Struct, frozen=True, kw_only=True):
    """Something that can go wrong: the centre of the knowledge base.

    `citations` carry the summary. `outcomes`, `regions` and `techniques` hold only what its
    cases do not already say; the knowledge base joins both.
    """

    kind: ClassVar[str] = "harm"
    plural: ClassVar[str] = "harms"
    links: ClassVar[Links] = {"mechanisms": "mechanism", "see_also": ANY}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    plain: Plain | None = None
    population: Population = Population.ANYONE
    summary: Annotated[str, Meta(min_length=1, max_length=240)]
    citations: tuple[Number, ...]
    severity: Severity
    severity_basis: Statement | None = None
    outcomes: tuple[ReportedOutcome, ...] = ()
    frequency: tuple[Figure, ...] = ()
    onset: tuple[Statement, ...] = ()
    systems: tuple[System, ...]
    regions: tuple[Region, ...] = ()
    techniques: tuple[Technique, ...] = ()
    mechanisms: tuple[Ref, ...] = ()
    presentation: tuple[Statement, ...] = ()
    warning_signs: tuple[LinkedSign, ...] = ()
    response: tuple[Response, ...] = ()
    prevention: tuple[Statement, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    uncertainty: tuple[Statement, ...] = ()
    missing: tuple[Missing, ...] = ()
    see_also: tuple[Ref, ...] = ()
    codes: tuple[Code, ...] = ()
    reviewed: Day


class Mechanism(Struct, frozen=True, kw_only=True):
    """How a harm comes about. The harms that share it follow from their links."""

    kind: ClassVar[str] = "mechanism"
    plural: ClassVar[str] = "mechanisms"
    links: ClassVar[Links] = {}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    summary: Text
    citations: tuple[Number, ...]
    status: MechanismStatus
    statements: tuple[Statement, ...] = ()
    uncertainty: tuple[Statement, ...] = ()


class Citation(Struct, frozen=True, kw_only=True):
    """A source with its number. What was seen nowhere is null; `checked` says what was seen where."""

    kind: ClassVar[str] = "citation"
    plural: ClassVar[str] = "citations"
    links: ClassVar[Links] = {}
    number: Number
    key: Id
    kind_of_study: Study
    authors: tuple[Text, ...] | None = None
    et_al: bool = False
    title: Text | None = None
    container: Text | None = None
    container_full: Text | None = None
    year: Year | None = None
    month: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    article_number: Text | None = None
    pmid: Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,8}(?!\n)$")] | None = None
    pmcid: Annotated[str, Meta(pattern=r"^PMC[0-9]{1,9}(?!\n)$")] | None = None
    doi: Annotated[str, Meta(pattern=r"^10\.[0-9]{4,9}/\S+(?!\n)$")] | None = None
    publisher: Text | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+(?!\n)$")] | None = None
    copy: bool = False
    seen_on: Day | None = None
    language: Text | None = None
    finding: Text
    checked: tuple[Verification, ...] = ()
    caution: Text | None = None
    status: PublicationStatus | None = None

    @property
    def id(self) -> str:
        """The key, which stands in for an id."""
        return self.key

    @property
    def name(self) -> str:
        """Author and year, or whatever stands in for them."""
        if self.kind_of_study is Study.COMMENTARY:
            return f"Note {self.number}"
        who = self.authors[0].rsplit(" ", 1)[0] if self.authors else self.publisher
        label = who or self.key.replace("-", " ").title()
        return label if self.year is None else f"{label} {self.year}"

    @property
    def summary(self) -> str:
        """The one-line finding."""
        return self.finding

    @property
    def citations(self) -> tuple[int, ...]:
        """Its own number, so that every kind of record answers alike."""
        return (self.number,)


class Case(Struct, frozen=True, kw_only=True):
    """One patient or one series, as its citation tells it.

    The first of `citations` is the report itself. Lists in the words of the report stand beside
    the vocabularies (`techniques`, `providers`, `regions`, `outcomes`) by which cases are found. `year`
    is given only where the report itself was not seen and another source, such as a review, tells it.
    """

    kind: ClassVar[str] = "case"
    plural: ClassVar[str] = "cases"
    links: ClassVar[Links] = {"harms": "harm", "precautions": "precaution"}
    id: Id
    name: Text
    summary: Text
    citations: Annotated[tuple[Number, ...], Meta(min_length=1)]
    harms: tuple[Ref, ...]
    year: Year | None = None
    patients: Positive | None = 1
    age: Text | None = None
    sex: Text | None = None
    risk_factors: tuple[Text, ...] = ()
    precautions: tuple[Ref, ...] = ()
    technique: Text | None = None
    techniques: tuple[Technique, ...] = ()
    provider: Text | None = None
    providers: tuple[Provider, ...] = ()
    site: Text | None = None
    regions: tuple[Region, ...] = ()
    onset: Text | None = None
    presentation: tuple[Text, ...] = ()
    diagnosis: tuple[Text, ...] = ()
    outcome: Text | None = None
    outcomes: tuple[ReportedOutcome, ...] = ()
    causality: Text | None = None


class Precaution(Struct, frozen=True, kw_only=True):
    """One clinical concept that changes what may be done: a condition, a treatment or a circumstance."""

    kind: ClassVar[str] = "precaution"
    plural: ClassVar[str] = "precautions"
    links: ClassVar[Links] = {"stop_if": "sign", "see_also": ANY}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    codes: tuple[Code, ...] = ()
    plain: Plain | None = None
    population: Population = Population.ANYONE
    tier: Tier = Tier.CARD
    action: Action
    advice: tuple[Advice, ...] = ()
    stop_if: tuple[Ref, ...] = ()
    questions: Annotated[tuple[Question, ...], Meta(max_length=4)] = ()
    when_past: Past | None = None
    harms: tuple[LinkedHarm, ...] = ()
    why: Annotated[tuple[Statement, ...], Meta(min_length=1)]
    uncertainty: tuple[Statement, ...] = ()
    see_also: tuple[Ref, ...] = ()

    @property
    def level(self) -> AdviceLevel:
        """The level of its action."""
        return self.action.level

    @property
    def summary(self) -> str:
        """The action: what holds for everybody who has it."""
        return self.action.text

    @property
    def citations(self) -> tuple[int, ...]:
        """The citations of its action, its advice and its reasons, in order."""
        return _cited_by((self.action, *self.advice, *self.why))


class Medicine(Struct, frozen=True, kw_only=True):
    """A class of medicines, with the names under which clients know its members.

    `precautions` are what taking one implies; without any the class is recognised and nothing is advised.
    """

    kind: ClassVar[str] = "medicine"
    plural: ClassVar[str] = "medicines"
    links: ClassVar[Links] = {"precautions": "precaution"}
    id: Id
    name: Text
    atc: tuple[Text, ...] | None = None
    names: Annotated[tuple[MedicineName, ...], Meta(min_length=1)]
    precautions: tuple[Ref, ...] = ()
    note: Text
    citations: tuple[Number, ...] = ()

    @property
    def summary(self) -> str:
        """The note."""
        return self.note


class Sign(Struct, frozen=True, kw_only=True):
    """A warning sign, recorded once, with its one urgency."""

    kind: ClassVar[str] = "sign"
    plural: ClassVar[str] = "signs"
    links: ClassVar[Links] = {}
    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=90)]
    aliases: tuple[Alias, ...] = ()
    codes: tuple[Code, ...] = ()
    plain: Plain | None = None
    population: Population = Population.ANYONE
    urgency: Urgency
    basis: Basis
    citations: tuple[Number, ...]
    instruction: Statement | None = None
    raised_by: tuple[RaisedBy, ...] = ()
    instead: Text | None = None

    @property
    def summary(self) -> str:
        """What is to be done: the instruction, or the phrase of its urgency."""
        return self.instruction.text if self.instruction else f"{self.urgency.heading}."


class Term(Struct, frozen=True, kw_only=True):
    """A word of the field, or a scale of this knowledge base, defined."""

    kind: ClassVar[str] = "term"
    plural: ClassVar[str] = "terms"
    links: ClassVar[Links] = {"see_also": ANY}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    definition: Text
    levels: tuple[tuple[Text, Text], ...] = ()
    citations: tuple[Number, ...] = ()
    see_also: tuple[Ref, ...] = ()

    @property
    def summary(self) -> str:
        """The definition."""
        return self.definition


class Myth(Struct, frozen=True, kw_only=True):
    """A belief about massage, and what the evidence says of it."""

    kind: ClassVar[str] = "myth"
    plural: ClassVar[str] = "myths"
    links: ClassVar[Links] = {"see_also": ANY}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    belief: Text
    evidence: Annotated[tuple[Statement, ...], Meta(min_length=1)]
    see_also: tuple[Ref, ...] = ()

    @property
    def summary(self) -> str:
        """The belief."""
        return self.belief

    @property
    def citations(self) -> tuple[int, ...]:
        """The citations of what the evidence says."""
        return _cited_by(self.evidence)


class Lesson(Struct, frozen=True, kw_only=True):
    """What professionals or patients can take from the record."""

    kind: ClassVar[str] = "lesson"
    plural: ClassVar[str] = "lessons"
    links: ClassVar[Links] = {"see_also": ANY}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    audience: Audience
    text: Text
    frequency: tuple[Figure, ...] = ()
    citations: tuple[Number, ...]
    see_also: tuple[Ref, ...] = ()

    @property
    def summary(self) -> str:
        """The lesson itself."""
        return self.text


class Withdrawn(Struct, frozen=True, kw_only=True):
    """An id that was given up, and the records that answer for it now."""

    id: Id
    heirs: Annotated[tuple[Ref, ...], Meta(min_length=1)]


class Review(Struct, frozen=True, kw_only=True):
    """Who reviewed the knowledge base clinically, and when; null where nobody has."""

    clinician: Text | None = None
    day: Day | None = None


Record = Harm | Mechanism | Citation | Case | Precaution | Medicine | Sign | Term | Myth | Lesson


class Head(Struct, frozen=True, kw_only=True):
    """What stands in a knowledge base file before its records."""

    schema: Annotated[int, Meta(ge=2, le=2)]
    title: Text
    edition: Text
    reviewed: Day
    review: Review
    licence: Text
    notice: Text
    absence: Text
    fillers: tuple[Text, ...] = ()
    intake: tuple[Ref, ...] = ()
    """The ids of the signs and precautions that an intake asks about, in its order."""
    ambiguous: tuple[Ambiguous, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()


class File(Head, frozen=True, kw_only=True):
    """A whole knowledge base as it lies in its file."""

    harms: tuple[Harm, ...]
    mechanisms: tuple[Mechanism, ...]
    citations: tuple[Citation, ...]
    cases: tuple[Case, ...]
    precautions: tuple[Precaution, ...]
    medicines: tuple[Medicine, ...]
    signs: tuple[Sign, ...]
    terms: tuple[Term, ...]
    myths: tuple[Myth, ...]
    lessons: tuple[Lesson, ...]
    recognised: tuple[Recognised, ...] = ()
    combinations: tuple[Combination, ...] = ()


MODELS: dict[str, type[Record]] = {model.kind: model for model in get_args(Record)}
"""Each kind of record by its name, in the order in which kinds are listed."""
KINDS: dict[str, str] = {kind: model.plural for kind, model in MODELS.items()}
"""Each kind and its plural, which is also the field of a `File` that holds its records."""
_KIND_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


def sort_key(record: Record) -> tuple[int, int, int, str, str]:
    """Return the key of the one order of records.

    They stand by kind, harms worst first, signs most urgent first, citations by number, then by name.
    """
    rank = 0
    if isinstance(record, Harm):
        rank = record.severity.rank
    elif isinstance(record, Sign):
        rank = record.urgency.rank
    number, name = (record.number, "") if isinstance(record, Citation) else (0, record.name.casefold())
    return _KIND_RANKS[record.kind], rank, number, name, record.id


_MEDICINE_NAMES = {
    MedicineNameKind.ABBREVIATION: AliasKind.ABBREVIATION,
    MedicineNameKind.BRAND: AliasKind.LAY,
}
"""What kinds of medicine name are as aliases; the others are exact."""


def record_names(record: Record) -> Iterator[tuple[str, AliasKind | None]]:
    """Yield what a record is called, its name and id first, with the kind of each alias."""
    yield record.name, None
    yield record.id, None
    for alias in getattr(record, "aliases", ()):
        yield alias.text, alias.kind
    if isinstance(record, Citation):
        yield from ((text, AliasKind.EXACT) for text in (record.title, record.doi, record.pmid, record.pmcid) if text)
    if isinstance(record, Medicine):
        yield from ((name.text, _MEDICINE_NAMES.get(name.kind, AliasKind.EXACT)) for name in record.names)


def statements(record: Record) -> Iterator[Cited]:
    """Yield the parts of a record that must carry citations, in the order of its fields."""
    for field in record.__struct_fields__:
        parts = getattr(record, field)
        if type(parts) in CITED:
            yield parts
        elif type(parts) is tuple and parts and type(parts[0]) in CITED:
            yield from parts


def cited_numbers(record: Record) -> set[int]:
    """Return the numbers of the citations that stand in a record itself; in a citation, its own."""
    numbers = set(record.citations)
    for part in statements(record):
        numbers.update(part.citations)
    if isinstance(record, Harm):
        numbers.update(finding.citation for finding in record.findings)
    if isinstance(record, Precaution) and record.when_past:
        numbers.update(record.when_past.citations)
    return numbers


_COMPOSED = (tuple, msgspec.Struct)


def strings(part: Any) -> Iterator[str]:
    """Yield every text in a record or in the value of a field."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, _COMPOSED):
        # Most of what is no text is a number, which needs no call.
        for item in part if isinstance(part, tuple) else msgspec.structs.astuple(part):
            if isinstance(item, str):
                yield item
            elif isinstance(item, _COMPOSED):
                yield from strings(item)


def _cited_by(parts: Iterable[Cited]) -> tuple[int, ...]:
    return tuple(sorted({number for part in parts for number in part.citations}))

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
    Advice,
    Alias,
    Cited,
    Code,
    Day,
    Figure,
    Finding,
    Id,
    Number,
    Positive,
    PublicationStatus,
    Sign,
    Statement,
    Struct,
    Text,
    Verification,
    Year,
)
from massharm.kb.vocabulary import (
    AliasKind,
    Audience,
    MechanismStatus,
    Outcome,
    Provider,
    Region,
    Severity,
    Study,
    System,
    Technique,
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
    links: ClassVar[Links] = {"mechanisms": "mechanism", "risk_factors": "precaution", "see_also": ANY}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    summary: Annotated[str, Meta(min_length=1, max_length=240)]
    citations: tuple[Number, ...]
    severity: Severity
    outcomes: tuple[Outcome, ...] = ()
    frequency: tuple[Figure, ...] = ()
    onset: tuple[Statement, ...] = ()
    systems: tuple[System, ...]
    regions: tuple[Region, ...] = ()
    techniques: tuple[Technique, ...] = ()
    mechanisms: tuple[Id, ...] = ()
    risk_factors: tuple[Id, ...] = ()
    presentation: tuple[Statement, ...] = ()
    warning_signs: tuple[Sign, ...] = ()
    response: tuple[Statement, ...] = ()
    prevention: tuple[Statement, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    uncertainty: tuple[Statement, ...] = ()
    see_also: tuple[Id, ...] = ()
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
    title: Text | None = None
    container: Text | None = None
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
    harms: tuple[Id, ...]
    year: Year | None = None
    patients: Positive | None = 1
    age: Text | None = None
    sex: Text | None = None
    risk_factors: tuple[Text, ...] = ()
    precautions: tuple[Id, ...] = ()
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
    outcomes: tuple[Outcome, ...] = ()
    causality: Text | None = None


class Precaution(Struct, frozen=True, kw_only=True):
    """A condition, medicine or circumstance that changes what may be done."""

    kind: ClassVar[str] = "precaution"
    plural: ClassVar[str] = "precautions"
    links: ClassVar[Links] = {"harms": "harm"}
    id: Id
    name: Text
    aliases: tuple[Alias, ...] = ()
    why: Annotated[tuple[Statement, ...], Meta(min_length=1)]
    advice: Annotated[tuple[Advice, ...], Meta(min_length=1)]
    questions: tuple[Statement, ...] = ()
    harms: tuple[Id, ...]
    uncertainty: tuple[Statement, ...] = ()

    @property
    def strongest_first(self) -> tuple[Advice, ...]:
        """The advice, what forbids most before what forbids least."""
        return tuple(sorted(self.advice, key=lambda part: part.level.rank))

    @property
    def summary(self) -> str:
        """The first reason."""
        return self.why[0].text

    @property
    def citations(self) -> tuple[int, ...]:
        """The citations of its reasons and its advice, in order."""
        return _cited_by((*self.why, *self.advice))


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
    see_also: tuple[Id, ...] = ()

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
    see_also: tuple[Id, ...] = ()

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
    audience: Audience
    text: Text
    citations: tuple[Number, ...]
    see_also: tuple[Id, ...] = ()

    @property
    def summary(self) -> str:
        """The lesson itself."""
        return self.text


class Withdrawn(Struct, frozen=True, kw_only=True):
    """An id that was given up, and the record that answers for it now."""

    id: Id
    heir: Id


Record = Harm | Mechanism | Citation | Case | Precaution | Term | Myth | Lesson


class File(Struct, frozen=True, kw_only=True):
    """A whole knowledge base as it lies in its file."""

    schema: Annotated[int, Meta(ge=1, le=1)]
    title: Text
    edition: Text
    reviewed: Day
    licence: Text
    notice: Text
    absence: Text
    harms: tuple[Harm, ...]
    mechanisms: tuple[Mechanism, ...]
    citations: tuple[Citation, ...]
    cases: tuple[Case, ...]
    precautions: tuple[Precaution, ...]
    terms: tuple[Term, ...]
    myths: tuple[Myth, ...]
    lessons: tuple[Lesson, ...]
    withdrawn: tuple[Withdrawn, ...] = ()


MODELS: dict[str, type[Record]] = {model.kind: model for model in get_args(Record)}
"""Each kind of record by its name, in the order in which kinds are listed."""
KINDS: dict[str, str] = {kind: model.plural for kind, model in MODELS.items()}
"""Each kind and its plural, which is also the field of a `File` that holds its records."""
_KIND_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


def sort_key(record: Record) -> tuple[int, int, int, str, str]:
    """Return the key of the one order of records: by kind, harms worst first, citations by number, then by name."""
    rank = record.severity.rank if isinstance(record, Harm) else 0
    number, name = (record.number, "") if isinstance(record, Citation) else (0, record.name.casefold())
    return _KIND_RANKS[record.kind], rank, number, name, record.id


def record_names(record: Record) -> Iterator[tuple[str, AliasKind | None]]:
    """Yield what a record is called, its name and id first, with the kind of each alias."""
    yield record.name, None
    yield record.id, None
    for alias in getattr(record, "aliases", ()):
        yield alias.text, alias.kind
    if isinstance(record, Citation):
        yield from ((text, AliasKind.EXACT) for text in (record.title, record.doi, record.pmid, record.pmcid) if text)


def statements(record: Record) -> Iterator[Cited]:
    """Yield the parts of a record that must carry citations, in the order of its fields."""
    for field in record.__struct_fields__:
        parts = getattr(record, field)
        if type(parts) is tuple and parts and type(parts[0]) in CITED:
            yield from parts


def cited_numbers(record: Record) -> set[int]:
    """Return the numbers of the citations that stand in a record itself; in a citation, its own."""
    numbers = set(record.citations)
    for field in record.__struct_fields__:
        parts = getattr(record, field)
        if type(parts) is tuple and parts and type(parts[0]) in CITED:  # as in `statements`, twice as fast
            for part in parts:
                numbers.update(part.citations)
    if isinstance(record, Harm):
        numbers.update(finding.citation for finding in record.findings)
    return numbers


def strings(part: Any) -> Iterator[str]:
    """Yield every text in a record or in the value of a field."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from strings(item)
    elif isinstance(part, msgspec.Struct):
        yield from strings(msgspec.structs.astuple(part))


def _cited_by(parts: Iterable[Cited]) -> tuple[int, ...]:
    return tuple(sorted({number for part in parts for number in part.citations}))

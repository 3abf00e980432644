"""The parts of records: statements, advice, questions, links, figures and findings, with their citations."""

from typing import Annotated, get_args

import msgspec
from msgspec import Meta

from massharm.kb.vocabulary import (
    AdviceLevel,
    AliasKind,
    Asked,
    Basis,
    Bearing,
    MedicineNameKind,
    Outcome,
    Provenance,
    RecognisedKind,
    Region,
    Scope,
    SignLink,
    Study,
    Support,
    Technique,
    Urgency,
)

# The `$` of Python also stands before a line break at the end; `(?!\n)` says the same in every dialect.
Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(?!\n)$")]
"""A kebab-case English slug, never reused."""
Text = Annotated[str, Meta(min_length=1, max_length=100_000)]
"""A text; a page of a longer one would take minutes and gigabytes."""
Ref = Annotated[str, Meta(min_length=1, extra_json_schema={"x-names": "id"})]
"""The id of another record. That it exists is a rule of `validate`; a pattern would make reading a third slower."""
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$")]
"""A day of the calendar; that it exists is checked when a file is loaded."""
Year = Annotated[int, Meta(ge=1500, le=2100)]
# No integer is larger than what SQLite and JSON readers of other languages take.
_LARGEST = 2**63 - 1
Count = Annotated[int, Meta(ge=0, le=_LARGEST)]
Positive = Annotated[int, Meta(ge=1, le=_LARGEST)]
Number = Annotated[int, Meta(ge=0, le=_LARGEST)]
"""The number of a citation: 0 is the article, 1 to 29 its notes, 30 and up further literature."""


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of everything in the file: immutable, with no field that the model does not know.

    What has its default is left out of the file.
    """


class Statement(Struct, frozen=True, kw_only=True):
    """One claim in our own words, with the numbers of the citations that carry it."""

    text: Text
    citations: tuple[Number, ...]
    basis: Basis = Basis.SOURCE


class Response(Struct, frozen=True, kw_only=True):
    """One step of the first response to a harm; `urgency` where the step calls for help.

    `signs` are the warning signs of the harm that its text covers.
    """

    text: Text
    urgency: Urgency | None = None
    signs: tuple[Ref, ...] = ()
    citations: tuple[Number, ...]
    basis: Basis = Basis.SOURCE


class Plain(Struct, frozen=True, kw_only=True):
    """What a patient reads: a lay name and at most 40 words."""

    name: Text
    text: Text


class Missing(Struct, frozen=True, kw_only=True):
    """A section that a harm should have and has not, such as `warning_signs`, and why."""

    section: Text
    reason: Text


class LinkedSign(Struct, frozen=True, kw_only=True):
    """A warning sign of a harm, and how it relates to it."""

    sign: Ref
    link: SignLink


class LinkedHarm(Struct, frozen=True, kw_only=True):
    """A harm that a precaution makes likelier or worse, and what supports the link; links of cases are computed."""

    harm: Ref
    support: Support
    citations: tuple[Number, ...]


class Alias(Struct, frozen=True, kw_only=True):
    """Another word for a record, and how it relates to the name.

    A narrower alias (a subtype, a body part) names in `answered_by` the key of the advice or question
    that speaks of it, or `action`.
    """

    text: Text
    kind: AliasKind
    answered_by: Text | None = None


class Bounds(Struct, frozen=True, kw_only=True):
    """A closed range of numbers; an open end is null."""

    min: float | None = None
    max: float | None = None


class Quantity(Struct, frozen=True, kw_only=True):
    """A bounded quantity, such as an INR above 3 or a systolic blood pressure from 180."""

    name: Text
    unit: Text | None = None
    min: float | None = None
    max: float | None = None


class When(Struct, frozen=True, kw_only=True):
    """Circumstances under which something holds: every field that is given must match.

    `records` are ids of signs, precautions or medicines, of which one is enough. `age` is in years,
    `weeks` are weeks of pregnancy, `ago` is the time since the event in days.
    """

    records: tuple[Ref, ...] = ()
    age: Bounds | None = None
    weeks: Bounds | None = None
    ago: Bounds | None = None
    quantity: Quantity | None = None
    severity: Text | None = None


class RaisedBy(Struct, frozen=True, kw_only=True, rename={"circumstances": "with"}):
    """Circumstances that make a sign more urgent: another sign, a condition, a medicine or an age."""

    circumstances: When
    urgency: Urgency
    citations: tuple[Number, ...]


class Action(Struct, frozen=True, kw_only=True):
    """The one line for everybody who has a precaution; `scope` is the part of the body it holds for."""

    level: AdviceLevel
    text: Annotated[str, Meta(min_length=1, max_length=80)]
    scope: Text | None = None
    citations: tuple[Number, ...]
    basis: Basis = Basis.SOURCE

    @property
    def sentence(self) -> str:
        """The text with its scope in brackets, before the full stop; without it where the text says it already."""
        said = {word.strip(".,;").lower() for word in self.text.split()}
        if self.scope is None or said.issuperset(self.scope.lower().replace(",", "").split()):
            return self.text
        return f"{self.text.removesuffix('.')} ({self.scope})."


class Advice(Struct, frozen=True, kw_only=True):
    """One further instruction of a precaution, and when it holds; `key` lets an alias point to it."""

    key: Text | None = None
    level: AdviceLevel
    text: Text
    when: When | None = None
    techniques: tuple[Technique, ...] = ()
    regions: tuple[Region, ...] = ()
    citations: tuple[Number, ...]
    basis: Basis = Basis.SOURCE


class Question(Struct, frozen=True, kw_only=True):
    """A question whose yes changes the plan: the level that then holds, and what to do in a few words.

    `asks` names the number that it asks for, on which an advice of the record depends.
    """

    key: Text | None = None
    asks: Asked | None = None
    text: Text
    if_yes: AdviceLevel
    then: Annotated[str, Meta(min_length=1, max_length=80)]
    citations: tuple[Number, ...]
    basis: Basis = Basis.SOURCE


class Past(Struct, frozen=True, kw_only=True):
    """What a condition means once it is over: the precaution that takes its place, or the days after which it ends."""

    heir: Ref | None = None
    days: Positive | None = None
    citations: tuple[Number, ...] = ()


class ReportedOutcome(Struct, frozen=True, kw_only=True):
    """A seriousness criterion that was met, and whether the authors attribute it to the massage."""

    outcome: Outcome
    attributed: bool


class MedicineName(Struct, frozen=True, kw_only=True):
    """A name of a class of medicines or of one of its members; `generic` is the substance of a brand."""

    text: Text
    kind: MedicineNameKind
    generic: Text | None = None


class Code(Struct, frozen=True, kw_only=True):
    """A heading or code of a public classification, as it is worded there."""

    system: Annotated[str, Meta(pattern=r"^(MeSH|ICD-10-CM)(?!\n)$")]
    code: Text | None = None
    name: Text


class Figure(Struct, frozen=True, kw_only=True):
    """How often one study found a harm among the people or sessions in `denominator`.

    `scope` says what they had: massage, or something near it. `percent` is given only where the source
    prints no numerator. `comparator` is the same measure in a group without the treatment, or after a sham.
    """

    measure: Text
    scope: Scope = Scope.MASSAGE
    numerator: Count | None = None
    percent: Annotated[float, Meta(ge=0, le=100)] | None = None
    denominator: Positive
    setting: Text
    method: Text | None = None
    comparator: Text | None = None
    limits: Text
    citations: tuple[Number, ...]

    @property
    def share(self) -> float:
        """The percentage: as printed, or computed from numerator and denominator."""
        return 100 * self.numerator / self.denominator if self.numerator is not None else self.percent or 0.0

    @property
    def upper_limit(self) -> float | None:
        """The upper limit, in per cent, of the 95 % confidence interval where nothing was found; else None.

        By the rule of three, 3 divided by the denominator (Hanley and Lippman-Hand 1983).
        """
        return min(100.0, 300 / self.denominator) if self.share == 0 else None


class Finding(Struct, frozen=True, kw_only=True):
    """What one citation found on one harm, and which way it points.

    `design` is given where the citation offers less than its own kind of study: a systematic
    review that only lists a case report offers a case report.
    """

    citation: Number
    bearing: Bearing
    text: Text
    design: Study | None = None


class Verification(Struct, frozen=True, kw_only=True):
    """Which bibliographic fields were checked on which page; only the article needs no address."""

    where: Provenance
    url: Text | None = None
    fields: tuple[Text, ...]


class PublicationStatus(Struct, frozen=True, kw_only=True):
    """What was found when a retraction or correction of a publication was looked for, with the day and the place.

    Without a `state` none was found.
    """

    state: Text | None = None
    looked_at: Day
    place: Text | None = None


class Recognised(Struct, frozen=True, kw_only=True):
    """A condition, medicine or word of intake forms about which no authority that was seen advises."""

    name: Text
    kind: RecognisedKind
    aliases: tuple[Text, ...] = ()
    code: Code | None = None


class Ambiguous(Struct, frozen=True, kw_only=True):
    """An abbreviation that stands for more than one thing; `meanings` are those beside the one it is read as."""

    text: Text
    meanings: Annotated[tuple[Text, ...], Meta(min_length=1)]


class Combination(Struct, frozen=True, kw_only=True):
    """Words that say a sign together, in any order: of each part one of its alternatives, between bars."""

    sign: Ref
    parts: Annotated[tuple[Text, ...], Meta(min_length=2, max_length=5)]

    @property
    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """The alternatives of each part."""
        return tuple(tuple(part.split("|")) for part in self.parts)


LOCAL_MARK = " (local)"
"""What stands behind a name or a text that an overlay adds."""


def is_local(text: str) -> bool:
    """Whether a name or a text is what an overlay adds."""
    return text.endswith(LOCAL_MARK)


class LocalNote(Struct, frozen=True, kw_only=True):
    """A remark of a clinic on a record, and the name of the clinic."""

    text: Text
    by: Text


class Local(Struct, frozen=True, kw_only=True):
    """What overlays add to a record: the clinic of a whole record, or notes, advice and aliases of a bundled one."""

    by: Text | None = None
    notes: tuple[LocalNote, ...] = ()
    advice: tuple[Text, ...] = ()
    aliases: tuple[Text, ...] = ()


Cited = Statement | Response | Action | Advice | Question | LinkedHarm | RaisedBy | Figure
"""The parts of records that must carry citations."""
CITED = frozenset(get_args(Cited))
"""Their classes, for a quick look-up."""

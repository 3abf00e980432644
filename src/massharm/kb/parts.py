"""The parts of records: statements, warning signs, advice, figures and findings, each with its citations."""

from typing import Annotated, get_args

import msgspec
from msgspec import Meta

from massharm.kb.vocabulary import AdviceLevel, AliasKind, Bearing, Provenance, Study, Urgency

# The `$` of Python also stands before a line break at the end; `(?!\n)` says the same in every dialect.
Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(?!\n)$")]
"""A kebab-case English slug, never reused."""
Text = Annotated[str, Meta(min_length=1)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$")]
"""A day of the calendar; that it exists is checked when a file is loaded."""
Year = Annotated[int, Meta(ge=1500, le=2100)]
# No integer is larger than what SQLite and JSON readers of other languages take.
_LARGEST = 2**63 - 1
Count = Annotated[int, Meta(ge=0, le=_LARGEST)]
Positive = Annotated[int, Meta(ge=1, le=_LARGEST)]
Number = Annotated[int, Meta(ge=0, le=_LARGEST)]
"""The number of a citation: 0 is the article, 1 to 29 its notes, 30 and up further literature."""


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in the file: immutable, with no field that the model does not know."""


class Statement(Struct, frozen=True, kw_only=True):
    """One claim in our own words, with the numbers of the citations that carry it."""

    text: Text
    citations: tuple[Number, ...]


class Sign(Struct, frozen=True, kw_only=True):
    """A warning sign: what is noticed, and how soon it must be seen."""

    text: Text
    urgency: Urgency
    citations: tuple[Number, ...]


class Alias(Struct, frozen=True, kw_only=True):
    """Another word for a record, and how it relates to the name."""

    text: Text
    kind: AliasKind


class Code(Struct, frozen=True, kw_only=True):
    """A heading or code of a public classification, as it is worded there."""

    system: Annotated[str, Meta(pattern=r"^(MeSH|ICD-10-CM)(?!\n)$")]
    code: Text | None = None
    name: Text


class Figure(Struct, frozen=True, kw_only=True):
    """How often one study found a harm; `percent` is of the people or sessions in `denominator`."""

    measure: Text
    percent: Annotated[float, Meta(ge=0, le=100)]
    numerator: Count | None = None
    denominator: Positive
    setting: Text
    limits: Text
    citations: tuple[Number, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """What one citation found on one harm, and which way it points.

    `design` is given where the citation offers less than its own kind of study: a systematic
    review that only lists a case report offers a case report.
    """

    citation: Number
    bearing: Bearing
    text: Text
    design: Study | None = None


class Advice(Struct, frozen=True, kw_only=True):
    """One piece of a precaution's advice."""

    level: AdviceLevel
    text: Text
    citations: tuple[Number, ...]


class Verification(Struct, frozen=True, kw_only=True):
    """Which bibliographic fields were checked on which page; only the article needs no address."""

    where: Provenance
    url: Text | None = None
    fields: tuple[Text, ...]


class PublicationStatus(Struct, frozen=True, kw_only=True):
    """Retraction or correction of a publication, and the day on which that was checked."""

    state: Text
    looked_at: Day


Cited = Statement | Sign | Advice | Figure
"""The parts of a record that must carry citations."""
CITED = frozenset(get_args(Cited))
"""Their classes, for a quick look-up."""

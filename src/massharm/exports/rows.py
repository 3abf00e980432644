"""Records as rows of an answer or an export: kind, id and name first, their own fields, then what follows from links.

A computed field stands beside the record's own, or in place of one of the same name, and cannot differ between
JSON, CSV and SQLite. `local` holds what overlays add to a record.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_type_hints

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct
from msgspec.structs import asdict

from massharm.citations import vancouver
from massharm.errors import WrongUse
from massharm.exports.answers import Answer, Count, Kind
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Id, Local, Number, Text
from massharm.kb.records import (
    KINDS,
    Case,
    Citation,
    Harm,
    Lesson,
    Mechanism,
    Medicine,
    Myth,
    Precaution,
    Record,
    Sign,
    Term,
)
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Band, Evidence, Provider, SignLink


def _fields(model: type[Struct]) -> list[tuple[str, Any]]:
    """Return the fields of a Struct with their types."""
    hints = get_type_hints(model, include_extras=True)
    return [(name, hints[name]) for name in model.__struct_fields__]


class HarmRow(
    Harm, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=False, tag_field="kind", tag="harm"
):
    """A harm; `outcomes`, `regions` and `techniques` hold those of its cases too."""

    risk_factors: tuple[Id, ...]
    providers: tuple[Provider, ...]
    band: Band
    evidence: Evidence
    cases: tuple[Id, ...]
    published_cases: Count
    all_citations: tuple[Number, ...]
    local: Local | UnsetType = UNSET


class MechanismRow(
    Mechanism,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=False,
    omit_defaults=False,
    tag_field="kind",
    tag="mechanism",
):
    """A mechanism, and the harms that it may cause."""

    harms: tuple[Id, ...]
    local: Local | UnsetType = UNSET


# The id and the name of a citation are properties: as fields of a subclass of Citation they would come last.
_Citation: Any = defstruct("_Citation", [("id", Id), ("name", Text), *_fields(Citation)])


class CitationRow(_Citation, kw_only=True, tag_field="kind", tag="citation"):  # type: ignore[misc, call-arg]  # made above
    """A citation, its reference in Vancouver style, cautions, and the ids of the records that cite it."""

    text: str
    cautions: tuple[str, ...]
    cited_by: tuple[Id, ...]
    local: Local | UnsetType = UNSET


class CaseRow(
    Case, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=False, tag_field="kind", tag="case"
):
    """A case; an anecdote was not published as a study, and has no year."""

    anecdote: bool
    local: Local | UnsetType = UNSET


class PrecautionRow(
    Precaution,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=False,
    omit_defaults=False,
    tag_field="kind",
    tag="precaution",
):
    """A precaution; `harms` holds the links that cases support too, `medicines` the classes that imply it."""

    medicines: tuple[Id, ...]
    citations: tuple[Number, ...]
    local: Local | UnsetType = UNSET


class MedicineRow(
    Medicine,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=False,
    omit_defaults=False,
    tag_field="kind",
    tag="medicine",
):
    """A class of medicines; its summary is the note."""

    summary: Text
    local: Local | UnsetType = UNSET


class SignRow(
    Sign, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=False, tag_field="kind", tag="sign"
):
    """A warning sign; its summary is what to do. The harms are those to which it points, and others that have it."""

    summary: Text
    characteristic_of: tuple[Id, ...]
    compatible_with: tuple[Id, ...]
    local: Local | UnsetType = UNSET


class TermRow(
    Term, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=False, tag_field="kind", tag="term"
):
    """A term; its summary is the definition."""

    summary: Text
    local: Local | UnsetType = UNSET


class MythRow(
    Myth, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=False, tag_field="kind", tag="myth"
):
    """A myth; its summary is the belief."""

    summary: Text
    citations: tuple[Number, ...]
    local: Local | UnsetType = UNSET


class LessonRow(
    Lesson, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=False, tag_field="kind", tag="lesson"
):
    """A lesson; its summary is its text."""

    summary: Text
    local: Local | UnsetType = UNSET


Row = (
    HarmRow
    | MechanismRow
    | CitationRow
    | CaseRow
    | PrecautionRow
    | MedicineRow
    | SignRow
    | TermRow
    | MythRow
    | LessonRow
)
_ROWS: dict[str, type[Row]] = {
    "harm": HarmRow,
    "mechanism": MechanismRow,
    "citation": CitationRow,
    "case": CaseRow,
    "precaution": PrecautionRow,
    "medicine": MedicineRow,
    "sign": SignRow,
    "term": TermRow,
    "myth": MythRow,
    "lesson": LessonRow,
}
_Sections: Any = defstruct(
    "_Sections",
    [(name, hint) if name in {"id", "name"} else (name, hint | UnsetType, UNSET) for name, hint in _fields(HarmRow)],
    kw_only=True,
)


class HarmSections(_Sections, tag_field="kind", tag="harm"):  # type: ignore[misc, call-arg]  # made above
    """A harm, or only the fields of the sections asked for."""


class ListAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `list`: `query` holds the kind and the words of each facet."""

    query: Annotated[
        dict[str, Kind | tuple[str, ...]],
        Meta(extra_json_schema={"properties": {"kind": {"enum": list(KINDS)}}, "required": ["kind"]}),
    ]
    results: tuple[Row, ...]


class ShowAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `show`: one record, or sections of a harm."""

    query: str
    results: tuple[
        HarmSections
        | MechanismRow
        | CitationRow
        | CaseRow
        | PrecautionRow
        | MedicineRow
        | SignRow
        | TermRow
        | MythRow
        | LessonRow,
        ...,
    ]


class CiteAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `cite`: `query` holds the references as they were typed."""

    query: tuple[str, ...]
    results: tuple[CitationRow, ...]


def list_answer(
    kb: KnowledgeBase, kind: str, facets: Mapping[str, Iterable[str]], found: Iterable[Record]
) -> ListAnswer:
    """Return the records of a kind that meet some facets."""
    query = {"kind": kind, **{facet: tuple(words) for facet, words in facets.items()}}
    return ListAnswer.of(kb, query, (row(record, kb) for record in found))


def show_answer(
    kb: KnowledgeBase, query: str, record: Record | None, sections: Iterable[str] = (), suggestions: Iterable[str] = ()
) -> ShowAnswer:
    """Return the record that a query names, or sections of it; else the records that it may have meant."""
    found = () if record is None else (section_row(record, kb, sections),)
    return ShowAnswer.of(kb, query, found, suggestions)


def cite_answer(kb: KnowledgeBase, query: Iterable[str], found: Iterable[Citation]) -> CiteAnswer:
    """Return the citations that references name."""
    return CiteAnswer.of(kb, tuple(query), (row(citation, kb) for citation in found))


def row(record: Record, kb: KnowledgeBase) -> Row:
    """Return a record with what follows from its links."""
    fields = {"id": record.id, "name": record.name, **asdict(record), **_computed(record, kb)}
    if record.id in kb.local:
        fields["local"] = kb.local[record.id]
    return _ROWS[record.kind](**fields)


def section_row(record: Record, kb: KnowledgeBase, sections: Iterable[str]) -> Row | HarmSections:
    """Return the fields of some sections of a harm; without sections the whole record.

    Raises:
        WrongUse: sections were asked of a record that has none.
    """
    wanted = {field for name in sections for field in SECTIONS[name].fields}
    whole = row(record, kb)
    if not wanted:
        return whole
    if not isinstance(record, Harm):
        raise WrongUse(f"only harms have sections; {record.id} is a {record.kind}")
    return HarmSections(**{name: getattr(whole, name) for name in ("id", "name", *wanted)})


def _computed(record: Record, kb: KnowledgeBase) -> dict[str, Any]:  # noqa: PLR0911 - one return a kind
    if isinstance(record, Harm):
        return {
            "outcomes": kb.reported_outcomes(record),
            "regions": kb.regions(record),
            "techniques": kb.techniques(record),
            "providers": kb.providers(record),
            "risk_factors": tuple(precaution.id for precaution in kb.risk_factors(record)),
            "band": kb.band(record),
            "evidence": kb.evidence(record),
            "cases": tuple(case.id for case in kb.cases_of(record)),
            "published_cases": kb.published_reports(record),
            "all_citations": kb.citations_of(record),
        }
    if isinstance(record, Citation):
        return {
            "text": vancouver.reference(record, kb.citation(0)),
            "cautions": tuple(vancouver.cautions(record)),
            "cited_by": tuple(user.id for user in kb.cited_by(record)),
        }
    if isinstance(record, Case):
        return {"anecdote": kb.is_anecdote(record), "year": kb.year(record)}
    if isinstance(record, Mechanism):
        return {"harms": tuple(harm.id for harm in kb.harms_of(record)), "citations": record.citations}
    if isinstance(record, Precaution):
        medicines = tuple(medicine.id for medicine in kb.medicines_of(record))
        return {"harms": kb.linked_harms(record), "medicines": medicines, "citations": record.citations}
    if isinstance(record, Sign):
        return {
            "summary": record.summary,
            "characteristic_of": tuple(harm.id for harm in kb.harms_with(record, SignLink.CHARACTERISTIC)),
            "compatible_with": tuple(harm.id for harm in kb.harms_with(record, SignLink.COMPATIBLE)),
        }
    return {"summary": record.summary, "citations": record.citations}

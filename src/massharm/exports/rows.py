"""Records as rows of an answer or an export: kind, id and name first, their own fields, then what follows from links.

A computed field stands beside the record's own, or in place of one of the same name, and cannot differ between
JSON, CSV and SQLite. `local` holds what overlays add to a record.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct
from msgspec.structs import asdict

from massharm.citations import vancouver
from massharm.errors import WrongUse
from massharm.exports.answers import Answer, Count, Kind, commands
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
from massharm.kb.vocabulary import Band, Evidence, Provider, SignLink, one_of


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
ALIASES = "aliases"
"""The field that is left out unless it is asked for: it is long, and serves the search."""
NAMING = ("id", "name")
"""The fields that every row of an answer has, besides the kind."""


def _partial(kind: str, model: type[Struct]) -> Any:
    """Return a Struct with the fields of a row, of which all but the naming ones may be absent."""
    fields = [(name, hint) if name in NAMING else (name, hint | UnsetType, UNSET) for name, hint in _fields(model)]
    return defstruct(f"{kind.title()}Part", fields, kw_only=True, tag_field="kind", tag=kind)


_PARTS: dict[str, Any] = {kind: _partial(kind, model) for kind, model in _ROWS.items()}
"""By kind, a record of an answer: whole without its aliases, or only the fields that were asked for."""
Part: Any = reduce(or_, _PARTS.values())
if TYPE_CHECKING:
    CitationPart = CitationRow
else:
    CitationPart = _PARTS["citation"]


class ListAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `list`: `query` holds the kind and the words of each facet."""

    query: Annotated[
        dict[str, Kind | tuple[str, ...]],
        Meta(extra_json_schema={"properties": {"kind": {"enum": list(KINDS)}}, "required": ["kind"]}),
    ]
    results: tuple[Part, ...]


class ShowAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `show`: one record, or sections of a harm."""

    query: str
    results: tuple[Part, ...]


class CiteAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `cite`: `query` holds the references as they were typed."""

    query: tuple[str, ...]
    results: tuple[CitationPart, ...]


def list_answer(  # noqa: PLR0913 - what was asked, and the shape of the answer
    kb: KnowledgeBase,
    kind: str,
    facets: Mapping[str, Iterable[str]],
    found: Iterable[Record],
    *,
    fields: str | None = None,
    full: bool = False,
) -> ListAnswer:
    """Return the records of a kind that meet some facets, shaped as `shown_fields` says."""
    query = {"kind": kind, **{facet: tuple(words) for facet, words in facets.items()}}
    shown = shown_fields(kind, fields, full=full)
    results = tuple(_part(record, kb, shown) for record in found)
    following = [["show", part.id] for part in results[:1]] or [["list", kind]]
    return ListAnswer.of(kb, query, results, next=commands(*following))


def show_answer(  # noqa: PLR0913 - what was asked, and the shape of the answer
    kb: KnowledgeBase,
    query: str,
    record: Record | None,
    sections: Sequence[str] = (),
    suggestions: Iterable[str] = (),
    *,
    fields: str | None = None,
    full: bool = False,
) -> ShowAnswer:
    """Return the record that a query names, or sections or fields of it; else the records that it may have meant.

    Raises:
        WrongUse: sections were asked of a record that has none, or both sections and fields were.
    """
    if sections and fields is not None:
        raise WrongUse("sections and --fields both select fields; leave one out")
    if record is None:
        suggestions = tuple(suggestions)
        return ShowAnswer.of(kb, query, (), suggestions, next=commands(*(["show", name] for name in suggestions)))
    shown = _section_fields(record, sections) if sections else shown_fields(record.kind, fields, full=full)
    signs = [["redflags", record.id]] if isinstance(record, Harm) else []
    following = commands(*signs, ["cite", "--for", record.id])
    return ShowAnswer.of(kb, query, (_part(record, kb, shown),), next=following)


def cite_answer(
    kb: KnowledgeBase, query: Iterable[str], found: Iterable[Citation], fields: str | None = None
) -> CiteAnswer:
    """Return the citations that references name, or fields of them."""
    shown = shown_fields(Citation.kind, fields)
    results = tuple(_part(citation, kb, shown) for citation in found)
    return CiteAnswer.of(kb, tuple(query), results, next=commands(*(["show", part.id] for part in results[:1])))


def shown_fields(kind: str, fields: str | None, *, full: bool = False) -> tuple[str, ...]:
    """Return the fields of a kind that an answer holds: those named, separated by commas, else all.

    Aliases are there if they are named, or if the answer is `full`.

    Raises:
        WrongUse: the kind has no such field; the message names those that there are.
    """
    known = _ROWS[kind].__struct_fields__
    if fields is None:
        return tuple(name for name in known if full or name != ALIASES)
    return tuple(one_of(name, ("kind", *known), f"--fields of {KINDS[kind]}") for name in fields.split(","))


def _section_fields(record: Record, sections: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of some sections of a harm.

    Raises:
        WrongUse: the record is none.
    """
    if not isinstance(record, Harm):
        raise WrongUse(f"only harms have sections; {record.id} is a {record.kind}")
    return tuple(field for name in sections for field in SECTIONS[name].fields)


def _part(record: Record, kb: KnowledgeBase, shown: Iterable[str]) -> Any:
    """Return a record of an answer with the fields that are shown; its kind, id and name always are."""
    whole = row(record, kb)
    return _PARTS[record.kind](**{name: getattr(whole, name) for name in {*NAMING, *shown} - {"kind"}})


def row(record: Record, kb: KnowledgeBase) -> Row:
    """Return a record with what follows from its links."""
    fields = {"id": record.id, "name": record.name, **asdict(record), **_computed(record, kb)}
    if record.id in kb.local:
        fields["local"] = kb.local[record.id]
    return _ROWS[record.kind](**fields)


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

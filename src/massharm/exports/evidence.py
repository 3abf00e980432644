"""The answer of `evidence`: the counts of the map, and the figures of what was counted."""

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from massharm.clinical.evidence import Counted, Map
from massharm.exports.answers import Answer, Count, commands
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import NO_FACETS, Facets
from massharm.kb.parts import Id, Number
from massharm.kb.vocabulary import Scope, Severity


class CountedFigure(Struct, frozen=True, kw_only=True):
    """A figure of a harm or of a lesson: what was counted among how many, who was asked and how.

    `percent` is the share; where nothing was found, `upper_limit` is what that excludes, in per cent.
    """

    kind: Literal["harm", "lesson"]
    id: Id
    name: str
    measure: str
    scope: Scope
    numerator: Count | None
    denominator: Count
    percent: float
    upper_limit: float | None
    setting: str
    method: str | None
    comparator: str | None
    limits: str
    citations: tuple[Number, ...]


class EvidenceAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `evidence`: the query holds the facets by which the map was narrowed, if any.

    `figures` is there only if it is asked for.
    """

    query: Literal["evidence"] | dict[str, tuple[str, ...]]
    results: tuple[Map, ...]
    figures: tuple[CountedFigure, ...] | UnsetType = UNSET


def evidence_answer(
    kb: KnowledgeBase, found: Map, facets: Facets = NO_FACETS, figures: Iterable[Counted] | None = None
) -> EvidenceAnswer:
    """Return the counts of the evidence map, and the figures if there are to be any."""
    query = {name: tuple(words) for name, words in facets.items()} or "evidence"
    shown = UNSET if figures is None else tuple(map(_figure, figures))
    shown_next = commands(["list", "--severity", Severity.SERIOUS])
    return EvidenceAnswer.of(kb, query, (found,), figures=shown, next=shown_next)


def _figure(part: Counted) -> CountedFigure:
    figure = part.figure
    fields = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    kind: Any = part.record.kind
    return CountedFigure(kind=kind, id=part.record.id, name=part.record.name, percent=figure.share, **fields)


_FIGURE_FIELDS = tuple(
    name for name in CountedFigure.__struct_fields__ if name not in {"kind", "id", "name", "percent"}
)

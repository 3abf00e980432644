"""The answers of the clinical views: a client screened, warning signs, the evidence map."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from massharm.clinical.evidence import Map
from massharm.clinical.screening import Plan, Screening
from massharm.clinical.triage import Flag
from massharm.exports.answers import Answer, Count
from massharm.exports.rows import PrecautionRow, row
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Id, Number, Sign, Statement
from massharm.kb.records import Harm
from massharm.kb.vocabulary import Band, Severity, Urgency
from massharm.search.query import Correction
from massharm.search.ranking import MatchType


class TypedMatch(Struct, frozen=True):
    """Words of a client that name a record: how they match it, its name, and the words that were read as others."""

    typed: str
    how: MatchType
    text: str
    read: tuple[Correction, ...]


class Screened(PrecautionRow, frozen=True, kw_only=True, tag="precaution"):
    """A precaution, and the words of the client that name it."""

    matches: tuple[TypedMatch, ...]


class HarmBrief(Struct, frozen=True, kw_only=True, tag_field="kind", tag="harm"):
    """A harm in a clinical view; `precautions` are all that bear on it, `citations` those of its summary."""

    id: Id
    name: str
    severity: Severity
    band: Band
    published_cases: Count
    precautions: tuple[Id, ...]
    warning_signs: tuple[Sign, ...]
    citations: tuple[Number, ...]

    @classmethod
    def of(cls, harm: Harm, kb: KnowledgeBase, **others: Any) -> Self:
        """Return a harm; `others` are the fields of a subclass, or stand in place of the harm's own."""
        fields: dict[str, Any] = {
            "id": harm.id,
            "name": harm.name,
            "severity": harm.severity,
            "band": kb.band(harm),
            "published_cases": kb.published_reports(harm),
            "precautions": tuple(precaution.id for precaution in kb.risk_factors(harm)),
            "warning_signs": harm.warning_signs,
            "citations": harm.citations,
        }
        return cls(**fields | others)


class ScreenedHarm(HarmBrief, frozen=True, kw_only=True, tag="harm"):
    """A harm that bears on a client, and the words of the client that name it, if any do."""

    matches: tuple[TypedMatch, ...] | UnsetType = UNSET


class FlaggedHarm(HarmBrief, frozen=True, kw_only=True, tag="harm"):
    """A harm whose warning signs were asked for or described: only those signs, the most urgent first.

    `share` is the weight of the words that the signs hold, of all that were described.
    """

    urgency: Urgency
    share: Annotated[float, Meta(ge=0, le=1)]
    read: tuple[Correction, ...]
    response: tuple[Statement, ...]


class Unknown(Struct, frozen=True):
    """Words of a client that were not understood, and the nearest names."""

    typed: str
    near: tuple[str, ...]


class Denied(Struct, frozen=True):
    """Words that were read as a denial, and the records left out for it."""

    typed: str
    left_out: tuple[Id, ...]


class ScreenAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `screen`: the precautions as results, and beside them the rest."""

    query: str
    results: tuple[Screened, ...]
    not_understood: tuple[Unknown, ...]
    denied: tuple[Denied, ...]
    alarms: tuple[FlaggedHarm, ...]
    plan: Plan
    harms: tuple[ScreenedHarm, ...]
    reported: tuple[ScreenedHarm, ...]
    absence: str


class RedflagsAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `redflags`, the most urgent first."""

    query: str
    results: tuple[FlaggedHarm, ...]


class EvidenceAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `evidence`."""

    query: Literal["evidence"]
    results: tuple[Map, ...]


def screen_answer(kb: KnowledgeBase, query: str, found: Screening) -> ScreenAnswer:
    """Return what bears on a client, who is described by `query`."""
    matches: dict[str, list[TypedMatch]] = {}
    for match in found.mentions:
        typed = TypedMatch(match.typed, match.match, match.text, match.corrections)
        matches.setdefault(match.record.id, []).append(typed)
    return ScreenAnswer.of(
        kb,
        query,
        (Screened(**asdict(row(record, kb)), matches=tuple(matches[record.id])) for record in found.precautions),
        (name for part in found.unknown for name in part.near),
        not_understood=tuple(Unknown(part.typed, part.near) for part in found.unknown),
        denied=tuple(Denied(part.typed, tuple(match.record.id for match in part.mentions)) for part in found.denied),
        alarms=tuple(flagged_harm(flag, kb) for flag in found.alarms),
        plan=found.plan,
        harms=tuple(
            ScreenedHarm.of(harm, kb, matches=tuple(matches.get(harm.id, ())) or UNSET) for harm in found.harms
        ),
        reported=tuple(ScreenedHarm.of(harm, kb) for harm in found.reported),
        absence=kb.absence,
    )


def redflags_answer(kb: KnowledgeBase, query: str, flags: Iterable[Flag]) -> RedflagsAnswer:
    """Return the warning signs of harms."""
    return RedflagsAnswer.of(kb, query, (flagged_harm(flag, kb) for flag in flags))


def evidence_answer(kb: KnowledgeBase, found: Map) -> EvidenceAnswer:
    """Return the counts of the evidence map."""
    return EvidenceAnswer.of(kb, "evidence", (found,))


def flagged_harm(flag: Flag, kb: KnowledgeBase) -> FlaggedHarm:
    """Return a harm with the warning signs that were asked for, and what to do first."""
    return FlaggedHarm.of(
        flag.harm,
        kb,
        warning_signs=flag.signs,
        urgency=flag.urgency,
        share=round(flag.share, 3),
        read=flag.corrections,
        response=flag.harm.response,
    )

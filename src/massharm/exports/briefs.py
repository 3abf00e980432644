"""The clinical views as JSON: a client screened, warning signs, the evidence map."""

from typing import Any

import msgspec

from massharm.clinical.concepts import Mention
from massharm.clinical.evidence import Map
from massharm.clinical.screening import Screening
from massharm.clinical.triage import Flag
from massharm.exports.envelope import answer, row
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm


def screening(kb: KnowledgeBase, query: str, found: Screening) -> dict[str, Any]:
    """Give what bears on a client: the envelope with the precautions as results, and beside them the rest."""
    matches: dict[str, list[dict[str, Any]]] = {}
    for match in found.mentions:
        matches.setdefault(match.record.id, []).append(_match(match))
    return answer(
        kb,
        query,
        ({**row(record, kb), "matches": matches[record.id]} for record in found.precautions),
        (name for part in found.unknown for name in part.near),
    ) | {
        "not_understood": [{"typed": part.typed, "near": list(part.near)} for part in found.unknown],
        "denied": [
            {"typed": part.typed, "left_out": [match.record.id for match in part.mentions]} for part in found.denied
        ],
        "alarms": [flag(alarm, kb) for alarm in found.alarms],
        "plan": msgspec.to_builtins(found.plan),
        "harms": [_harm(harm, kb, matches.get(harm.id)) for harm in found.harms],
        "reported": [_harm(harm, kb) for harm in found.reported],
        "absence": kb.absence,
    }


def _match(match: Mention) -> dict[str, Any]:
    return {
        "typed": match.typed,
        "how": match.match,
        "text": match.text,
        "read": [msgspec.to_builtins(taken) for taken in match.corrections],
    }


def _harm(harm: Harm, kb: KnowledgeBase, matches: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "kind": harm.kind,
        "id": harm.id,
        "name": harm.name,
        "severity": harm.severity,
        "band": kb.band(harm),
        "published_cases": kb.published_reports(harm),
        "precautions": [precaution.id for precaution in kb.risk_factors(harm)],
        "warning_signs": msgspec.to_builtins(harm.warning_signs),
        "citations": list(harm.citations),
        **({"matches": matches} if matches else {}),
    }


def flag(found: Flag, kb: KnowledgeBase) -> dict[str, Any]:
    """Give a harm with the warning signs that were asked for, and what to do first."""
    return {
        **_harm(found.harm, kb),
        "urgency": found.urgency,
        "share": round(found.share, 3),
        "read": [msgspec.to_builtins(taken) for taken in found.corrections],
        "warning_signs": msgspec.to_builtins(found.signs),
        "response": msgspec.to_builtins(found.harm.response),
    }


def evidence(found: Map) -> dict[str, Any]:
    """Give the numbers of the evidence map."""
    numbers: dict[str, Any] = msgspec.to_builtins(found, str_keys=True)
    return numbers

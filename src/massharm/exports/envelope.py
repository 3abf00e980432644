"""Answers as JSON: the one envelope of every `--json`, and records with what follows from their links."""

from collections.abc import Iterable
from typing import Any

import msgspec

from massharm.citations import vancouver
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Case, Citation, Harm, Mechanism, Precaution, Record
from massharm.kb.sections import SECTIONS
from massharm.search.ranking import Hit

SCHEMA = 1


def answer(
    kb: KnowledgeBase, query: Any, results: Iterable[dict[str, Any]], suggestions: Iterable[str] = ()
) -> dict[str, Any]:
    """Give the envelope; nothing found is the same object with no results."""
    return {
        "schema": SCHEMA,
        "kb": {"edition": kb.edition, "reviewed": kb.reviewed},
        "query": query,
        "results": list(results),
        "suggestions": list(suggestions),
        "notice": kb.notice,
    }


def text(value: Any, *, ascii_only: bool = False) -> str:
    """Write JSON, indented for reading; every character outside ASCII escaped where asked for."""
    if ascii_only:
        import json  # noqa: PLC0415 - seldom needed, and costs time at start

        return json.dumps(value, indent=2, ensure_ascii=True)
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def row(record: Record, kb: KnowledgeBase) -> dict[str, Any]:
    """Give a record's own fields, its kind, id and name, and what is computed from its links."""
    fields = msgspec.to_builtins(record)
    return {"kind": record.kind, "id": record.id, "name": record.name, **fields, **_computed(record, kb)}


def hit(found: Hit) -> dict[str, Any]:
    """Give a hit of a search."""
    record = found.record
    return {
        "kind": record.kind,
        "id": record.id,
        "name": record.name,
        **({"severity": record.severity} if isinstance(record, Harm) else {}),
        **({"number": record.number} if isinstance(record, Citation) else {}),
        "score": found.score,
        "match": {
            "how": found.match,
            "text": found.text,
            "read": [msgspec.to_builtins(taken) for taken in found.corrections],
        },
        "summary": record.summary,
        "citations": list(record.citations),
    }


def part(record: Record, kb: KnowledgeBase, sections: Iterable[str]) -> dict[str, Any]:
    """Give a record, or only the fields of the sections asked for."""
    whole = row(record, kb)
    wanted = {field for name in sections for field in SECTIONS[name].fields}
    return {name: value for name, value in whole.items() if not wanted or name in {"kind", "id", "name", *wanted}}


def about(kb: KnowledgeBase, program: str) -> dict[str, Any]:
    """Give editions, counts, licence and how to cite."""
    return {
        "title": kb.file.title,
        "program": program,
        "edition": kb.edition,
        "reviewed": kb.reviewed,
        "records": {kind: len(kb.records(kind)) for kind in KINDS},
        "licence": kb.file.licence,
        "cite_as": kb.how_to_cite,
        "absence": kb.absence,
    }


def _computed(record: Record, kb: KnowledgeBase) -> dict[str, Any]:
    if isinstance(record, Harm):
        return {
            "outcomes": kb.outcomes(record),
            "regions": kb.regions(record),
            "techniques": kb.techniques(record),
            "providers": kb.providers(record),
            "risk_factors": [precaution.id for precaution in kb.risk_factors(record)],
            "band": kb.band(record),
            "evidence": kb.evidence(record),
            "cases": [case.id for case in kb.cases_of(record)],
            "published_cases": kb.published_reports(record),
            "all_citations": kb.citations_of(record),
        }
    if isinstance(record, Citation):
        used = [user.id for user in kb.cited_by(record)]
        line = vancouver.reference(record, kb.by_number.get(0))
        return {"text": line, "cautions": list(vancouver.cautions(record)), "cited_by": used}
    if isinstance(record, Case):
        return {"anecdote": kb.is_anecdote(record), "year": kb.year(record)}
    if isinstance(record, Mechanism | Precaution):
        return {"harms": [harm.id for harm in kb.harms_of(record)], "citations": list(record.citations)}
    return {"summary": record.summary, "citations": list(record.citations)}

"""The JSON Schema of answers, by which a program can check what `--json` gives it."""

from typing import Any, get_args

import msgspec

from massharm.clinical.evidence import Map
from massharm.clinical.screening import Plan
from massharm.exports.envelope import SCHEMA
from massharm.kb.records import KINDS, Record
from massharm.kb.vocabulary import Band, Evidence, Provider
from massharm.search.query import Correction
from massharm.search.ranking import MatchType

Shape = dict[str, Any]
_MODELS = {model.kind: model for model in get_args(Record)}
_PLACE = "#/$defs/{name}"


def answers() -> Shape:
    """Give the JSON Schema of every answer; `$defs` holds that of each command by its name.

    Fields are added within a schema number: a further one is no fault.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "massharm answers",
        "anyOf": [_ref(command) for command in _COMMANDS],
        "$defs": {**_COMMANDS, **_RESULTS, **_records()},
    }


def _ref(name: str) -> Shape:
    return {"$ref": _PLACE.format(name=name)}


def _object(properties: Shape, *optional: str) -> Shape:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _array(items: Shape) -> Shape:
    return {"type": "array", "items": items}


def _envelope(query: Shape, *results: str) -> Shape:
    """Give the envelope of a command: what its query is, and what its results may be."""
    kinds = [_ref(name) for name in results]
    return _object(
        {
            "schema": {"const": SCHEMA},
            "kb": _object({"edition": _TEXT, "reviewed": _TEXT}),
            "query": query,
            "results": _array(kinds[0] if len(kinds) == 1 else {"anyOf": kinds}),
            "suggestions": _array(_TEXT),
            "notice": _TEXT,
        }
    )


_TEXT: Shape = {"type": "string"}
_COUNT: Shape = {"type": "integer", "minimum": 0}
_TEXTS, _NUMBERS = _array(_TEXT), _array(_COUNT)
_NAMED: Shape = {"kind": {"enum": list(KINDS)}, "id": _TEXT, "name": _TEXT}
_MATCH: Shape = {"how": _ref("MatchType"), "text": _TEXT, "read": _array(_ref("Correction"))}
_MATCHES = _array(_object({"typed": _TEXT, **_MATCH}))
_BEARING: Shape = {
    **_NAMED,
    "severity": _ref("Severity"),
    "band": _ref("Band"),
    "published_cases": _COUNT,
    "precautions": _TEXTS,
    "warning_signs": _array(_ref("Sign")),
    "citations": _NUMBERS,
}
_RESULTS: Shape = {
    "hit": _object(
        {
            **_NAMED,
            "severity": _ref("Severity"),
            "number": _COUNT,
            "score": {"type": "integer", "minimum": 0, "maximum": 100},
            "match": _object(_MATCH),
            "summary": _TEXT,
            "citations": _NUMBERS,
        },
        "severity",
        "number",
    ),
    "bearing": _object({**_BEARING, "matches": _MATCHES}, "matches"),
    "flag": _object(
        {
            **_BEARING,
            "urgency": _ref("Urgency"),
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "read": _array(_ref("Correction")),
            "response": _array(_ref("Statement")),
        }
    ),
    "edition": _object(
        {
            **dict.fromkeys(("title", "program", "edition", "reviewed", "licence", "cite_as", "absence"), _TEXT),
            "records": _object(dict.fromkeys(KINDS, _COUNT)),
        }
    ),
    "fault": _object(dict.fromkeys(("place", "rule", "message"), _TEXT)),
}
"""The results that are no rows of records."""
_CLIENT: Shape = {
    "not_understood": _array(_object({"typed": _TEXT, "near": _TEXTS})),
    "denied": _array(_object({"typed": _TEXT, "left_out": _TEXTS})),
    "alarms": _array(_ref("flag")),
    "plan": _ref("Plan"),
    "harms": _array(_ref("bearing")),
    "reported": _array(_ref("bearing")),
    "absence": _TEXT,
}
"""What an answer of `screen` has beside the envelope."""
_SCREEN = _envelope(_TEXT, "screened")
_COMMANDS: Shape = {
    "search": _envelope(_TEXT, "hit"),
    "show": _envelope(_TEXT, *KINDS, "part"),
    "list": _envelope(_object({"kind": {"enum": list(KINDS)}}) | {"additionalProperties": _TEXTS}, *KINDS),
    "cite": _envelope(_TEXTS, "citation"),
    "screen": _object({**_SCREEN["properties"], **_CLIENT}),
    "redflags": _envelope(_TEXT, "flag"),
    "evidence": _envelope({"const": "evidence"}, "Map"),
    "about": _envelope({"type": "null"}, "edition"),
    "validate": _envelope(_TEXT, "fault"),
}
_COMPUTED: dict[str, Shape] = {
    "harm": {
        "providers": _array(_ref("Provider")),
        "band": _ref("Band"),
        "evidence": _ref("Evidence"),
        "cases": _TEXTS,
        "published_cases": _COUNT,
        "all_citations": _NUMBERS,
    },
    "mechanism": {"harms": _TEXTS},
    "citation": {"text": _TEXT, "cautions": _TEXTS, "cited_by": _TEXTS},
    "case": {"anecdote": {"type": "boolean"}},
    "precaution": {"citations": _NUMBERS},
    "term": {"summary": _TEXT},
    "myth": {"summary": _TEXT, "citations": _NUMBERS},
    "lesson": {"summary": _TEXT},
}
"""What a row has besides the record's own fields."""


def _records() -> Shape:
    """Give a row of each kind, the sections of a harm, a precaution as `screen` gives it, and the parts of all."""
    _, parts = msgspec.json.schema_components(
        [*_MODELS.values(), Band, Evidence, Provider, MatchType, Correction, Plan, Map], ref_template=_PLACE
    )
    told = {name: _told(part) for name, part in parts.items()}
    rows = {kind: _row(kind, told.pop(model.__name__)) for kind, model in _MODELS.items()}
    return {
        **rows,
        "part": rows["harm"] | {"required": list(_NAMED)},
        "screened": _object({**rows["precaution"]["properties"], "matches": _MATCHES}),
        **told,
    }


def _told(part: Shape) -> Shape:
    """Turn what a file may hold into what an answer has: every field is there, and a further one is no fault."""
    return _object(part["properties"]) if "properties" in part else part


def _row(kind: str, own: Shape) -> Shape:
    return _object({**_NAMED, **own["properties"], **_COMPUTED[kind], "kind": {"const": kind}})

"""The JSON Schema of answers, by which a program can check what `--json` gives it."""

from typing import Any

import msgspec

from massharm.exports.answers import SCHEMA, AboutAnswer, Answer, ValidateAnswer
from massharm.exports.clinical import RedflagsAnswer, ScreenAnswer
from massharm.exports.editions import DiffAnswer
from massharm.exports.evidence import EvidenceAnswer
from massharm.exports.hits import SearchAnswer
from massharm.exports.rows import CiteAnswer, ListAnswer, ShowAnswer
from massharm.kb import parts

ANSWERS: dict[str, type[Answer]] = {
    "search": SearchAnswer,
    "show": ShowAnswer,
    "list": ListAnswer,
    "cite": CiteAnswer,
    "screen": ScreenAnswer,
    "redflags": RedflagsAnswer,
    "evidence": EvidenceAnswer,
    "diff": DiffAnswer,
    "about": AboutAnswer,
    "validate": ValidateAnswer,
}
"""The answer of each command that takes `--json`."""
_SPARSE = {name for name, part in vars(parts).items() if isinstance(part, type) and issubclass(part, parts.Struct)}
"""The parts of records, of which an answer leaves out, as the file does, the fields that have their default."""


def answer_schemas() -> dict[str, Any]:
    """Return the JSON Schema of every answer; `$defs` holds that of each command, whole in itself, by its name."""
    schemas = {name: _schema(name, answer) for name, answer in ANSWERS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "massharm answers",
        "anyOf": [{"$ref": schema["$id"]} for schema in schemas.values()],
        "$defs": schemas,
    }


def _schema(name: str, answer: type[Answer]) -> dict[str, Any]:
    made = msgspec.json.schema(answer)
    for title, part in made["$defs"].items():
        if "properties" in part:
            _describe_output(part, is_sparse=title in _SPARSE)
    return {"$id": f"urn:massharm:answer:{name}:{SCHEMA}", **made}


def _describe_output(part: dict[str, Any], *, is_sparse: bool) -> None:
    """Turn what a file may hold into what an answer holds: fields with a default are written, and more may be added."""
    part.pop("additionalProperties", None)
    written = [name for name, field in part["properties"].items() if "default" in field]
    if not is_sparse:
        part["required"] = part["required"] + [name for name in written if name not in part["required"]]
    for name in written:
        del part["properties"][name]["default"]

"""What `--json` answers: the envelope of every command, and the answers about the knowledge base itself.

Each answer is a Struct. Its JSON is the Struct encoded; its JSON Schema follows from the same fields (`schemas`).
Fields are added within a schema number, never renamed.
"""

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Self

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from massharm.kb.base import KnowledgeBase
from massharm.kb.editions import EditionChanges, Sources
from massharm.kb.records import KINDS
from massharm.text import visible

if TYPE_CHECKING:
    from massharm.kb.validation import FileFinding

SCHEMA = 2
"""The schema number of the answers."""
Kind = Annotated[str, Meta(extra_json_schema={"enum": list(KINDS)})]
"""The kind of a record."""
Count = Annotated[int, Meta(ge=0)]


class Edition(Struct, frozen=True):
    """The edition of the knowledge base that answers, and the day of its last review."""

    edition: str
    reviewed: str
    overlays: tuple[str, ...] | UnsetType = UNSET
    """The names of the clinics whose overlays it holds, if any."""


class Answer(Struct, frozen=True, kw_only=True):
    """The envelope; an answer without results is the same object with none."""

    schema: Annotated[int, Meta(extra_json_schema={"const": SCHEMA})] = SCHEMA
    kb: Edition
    query: Any
    results: tuple[Any, ...]
    suggestions: tuple[str, ...]
    next: tuple[str, ...] = ()
    notice: str

    @classmethod
    def of(
        cls, kb: KnowledgeBase, query: Any, results: Iterable[Any], suggestions: Iterable[str] = (), **others: Any
    ) -> Self:
        """Return the answer of a knowledge base to a query; `others` are `next` and the fields of a subclass."""
        return cls(
            kb=Edition(kb.edition, kb.reviewed, kb.overlays or UNSET),
            query=query,
            results=tuple(results),
            suggestions=tuple(suggestions),
            notice=kb.notice,
            **others,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as the values of JSON: what a program reads from `--json`."""
        values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return values


class About(Struct, frozen=True, kw_only=True):
    """Versions, the number of records of each kind, the licence, and how to cite the knowledge base.

    `changes` are those of each edition; `sources` are the numbers of the search, and `method` is Markdown. Each stands
    here only if it was asked for.
    """

    title: str
    program: str
    edition: str
    reviewed: str
    records: dict[str, Count]
    licence: str
    cite_as: str
    absence: str
    changes: tuple[EditionChanges, ...] | UnsetType = UNSET
    sources: Sources | UnsetType = UNSET
    method: str | UnsetType = UNSET


class AboutAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `about`."""

    query: None
    results: tuple[About, ...]


class Fault(Struct, frozen=True):
    """A fault of a knowledge base file: the record or field, the rule that it breaks, the repair, and the file."""

    place: str
    rule: str
    message: str
    file: str


class ValidateAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `validate`: `query` is the path of the file, or of the base and its overlays."""

    query: str
    results: tuple[Fault, ...]


def commands(*lines: Iterable[str]) -> tuple[str, ...]:
    """Return commands to run next, each once, made of the words after `massharm`; a shell reads every word as it is."""
    return tuple(dict.fromkeys(f"massharm {shlex.join(words)}" for words in lines))


def about(kb: KnowledgeBase, program: str, **asked: Any) -> About:
    """Return what `about` says of a knowledge base, given the version of the program, and what else was asked for."""
    return About(
        title=kb.file.title,
        program=program,
        edition=kb.edition,
        reviewed=kb.reviewed,
        records={kind: len(kb.records(kind)) for kind in KINDS},
        licence=kb.file.licence,
        cite_as=kb.how_to_cite,
        absence=kb.absence,
        **asked,
    )


def about_answer(kb: KnowledgeBase, program: str, **asked: Any) -> AboutAnswer:
    """Return the answer of `about`, given the version of the program, and what else was asked for."""
    return AboutAnswer.of(kb, None, (about(kb, program, **asked),), next=commands(["list"], ["schema", "--answers"]))


def validate_answer(kb: KnowledgeBase, paths: str, findings: Iterable["FileFinding"]) -> ValidateAnswer:
    """Return what is wrong in the files at some paths."""
    faults = [Fault(*finding, visible(str(path))) for path, finding in findings]
    return ValidateAnswer.of(kb, paths, faults, next=commands(["schema"]) if faults else ())


def to_json(value: Any, *, ascii_only: bool = False) -> str:
    """Return JSON indented by two blanks, without a line end; with `ascii_only` all other characters are escaped."""
    encoded = msgspec.json.encode(value)
    if ascii_only:
        import json  # noqa: PLC0415 - seldom needed, and costs time at start

        return json.dumps(json.loads(encoded), indent=2)
    return msgspec.json.format(encoded, indent=2).decode()

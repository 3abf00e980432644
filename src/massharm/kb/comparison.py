"""What changed between two editions of a knowledge base, by the ids of records."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, to_builtins

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Head, Precaution, Record, sort_key
from massharm.kb.vocabulary import Scale

FILE = "file"
"""The kind and id of what stands beside the records."""


class ChangeType(Scale):
    """What a change is, in the order in which a reader must know it."""

    GRADE = "grade", "Changed urgency, level or severity"
    LOSS = "loss", "Removed: warning signs, their wordings, and names and links that lead to a precaution"
    WITHDRAWN = "withdrawn", "Withdrawn records"
    ADDED = "added", "Added records"
    TEXT = "text", "Other changes, field by field"


class Change(Struct, frozen=True, kw_only=True):
    """One change of a record: of a field what was there and what is there, or of a list what is gone and what is new.

    `heirs` are the ids of the records that replace one that was withdrawn.
    """

    change: ChangeType
    kind: str
    id: str
    name: str
    field: str | None = None
    old: Any = None
    new: Any = None
    heirs: tuple[str, ...] = ()


_GRADES = {"severity", "urgency", "level"}
"""Fields that hold the grade of a record."""
_LEVELS = {("precaution", "advice"): "level", ("precaution", "questions"): "if_yes"}
"""Lists whose parts have a grade, and the field that holds it."""
_ALARMS = {
    ("harm", "warning_signs"),
    ("medicine", "names"),
    ("medicine", "precautions"),
    ("precaution", "aliases"),
    ("precaution", "stop_if"),
    ("sign", "aliases"),
    ("sign", "raised_by"),
}
"""Lists of which nothing may be lost unnoticed: somebody would no longer be warned."""
_BESIDE = (
    *(name for name in Head.__struct_fields__ if name not in {"schema", "withdrawn"}),
    "recognised",
    "combinations",
)


def compare(old: KnowledgeBase, new: KnowledgeBase) -> tuple[Change, ...]:
    """Return what changed from one edition to another, graver changes first, then in the order of records."""
    found = [*_beside(old, new)]
    for kind in KINDS:
        before = {record.id: record for record in old.records(kind)}
        after = {record.id: record for record in new.records(kind)}
        for record in sorted({**before, **after}.values(), key=sort_key):
            if record.id not in after:
                found.append(_gone(record, new))
            elif record.id not in before:
                found.append(_change(ChangeType.ADDED, record, new=record.summary))
            else:
                found += _fields(before[record.id], after[record.id])
    return tuple(sorted(found, key=lambda change: change.change.rank))


def _beside(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[Change]:
    for field in _BESIDE:
        before, after = (to_builtins(getattr(kb.file, field)) for kb in (old, new))
        if before != after:
            before, after = _parted(before, after)
            yield Change(
                change=ChangeType.TEXT, kind=FILE, id=FILE, name=new.file.title, field=field, old=before, new=after
            )


def _gone(record: Record, new: KnowledgeBase) -> Change:
    change = ChangeType.LOSS if record.kind == "sign" else ChangeType.WITHDRAWN
    return _change(change, record, old=record.summary, heirs=new.heirs.get(record.id, ()))


def _fields(old: Record, new: Record) -> Iterator[Change]:
    """Yield a change for each field of a record that differs."""
    if isinstance(old, Precaution) and isinstance(new, Precaution) and old.level is not new.level:
        yield _change(ChangeType.GRADE, new, field="level", old=str(old.level), new=str(new.level))
    for field in new.__struct_fields__:
        if getattr(old, field) == getattr(new, field):
            continue
        whole = to_builtins(getattr(new, field))
        before, after = _parted(to_builtins(getattr(old, field)), whole)
        if grade := _LEVELS.get((new.kind, field)):
            yield from (regraded := tuple(_regraded(new, field, grade, before, after)))
            before = [part for part in before if not any(part == change.old[0] for change in regraded)]
            after = [part for part in after if not any(part == change.new[0] for change in regraded)]
        if (new.kind, field) in _ALARMS:
            lost = _lost(field, before, whole)
            if lost:
                yield _change(ChangeType.LOSS, new, field=field, old=lost)
            before = [part for part in before if part not in lost]
        if before or after or not isinstance(after, list | tuple):
            change = ChangeType.GRADE if field in _GRADES else ChangeType.TEXT
            yield _change(change, new, field=field, old=before, new=after)


def _regraded(
    record: Record, field: str, grade: str, old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]
) -> Iterator[Change]:
    """Yield a change for each part of a list that has another grade and the same text."""
    for before in old:
        for after in new:
            if before["text"] == after["text"] and before[grade] != after[grade]:
                yield _change(ChangeType.GRADE, record, field=field, old=[before], new=[after])
                break


def _lost(field: str, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """Return which parts of a list are lost; a name that is of another kind now still leads to its record."""
    if field in {"aliases", "names"}:
        kept = {part["text"] for part in new}
        return [part for part in old if part["text"] not in kept]
    return [part for part in old if part not in new]


def _parted(old: Any, new: Any) -> tuple[Any, Any]:
    """Return of two lists what only the one and only the other holds, and of two other values both.

    Lists that differ in their order alone are returned whole.
    """
    if not (isinstance(old, list | tuple) and isinstance(new, list | tuple)):
        return old, new
    gone, added = [part for part in old if part not in new], [part for part in new if part not in old]
    return (gone, added) if gone or added else (old, new)


def _change(change: ChangeType, record: Record, **fields: Any) -> Change:
    return Change(change=change, kind=record.kind, id=record.id, name=record.name, **fields)

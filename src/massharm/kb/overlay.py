"""Overlays: a clinic's own records and notes over a knowledge base, which they can add to and never take from.

An overlay is a small JSON file. Its records join those of the base, and its advice and aliases join bundled records.
The names and texts of what it adds are marked `local`, so that no page and no export can show them without the mark.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, structs

from massharm.kb import integrity, local_rules, store
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import LOCAL_MARK, Advice, Alias, Local, LocalNote, Recognised, Ref, Struct, Text
from massharm.kb.records import Precaution, Record
from massharm.kb.vocabulary import AliasKind


class Note(Struct, frozen=True, kw_only=True):
    """A remark of the clinic on a record."""

    record: Ref
    text: Text


class AddedAlias(Alias, frozen=True, kw_only=True):
    """Another word for a bundled record."""

    record: Ref


class AddedAdvice(Advice, frozen=True, kw_only=True):
    """One further instruction of a bundled precaution."""

    precaution: Ref


class Overlay(Struct, frozen=True, kw_only=True):
    """What one clinic adds; `overlay` is its name."""

    schema: Annotated[int, Meta(ge=2, le=2)]
    overlay: Text
    precautions: tuple[Precaution, ...] = ()
    notes: tuple[Note, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    fillers: tuple[Text, ...] = ()
    aliases: tuple[AddedAlias, ...] = ()
    advice: tuple[AddedAdvice, ...] = ()


# Reading


def load(path: Path, overlays: Sequence[Path]) -> KnowledgeBase:
    """Return the knowledge base at a path with its overlays, each tried over the base and the overlays before it.

    Raises:
        BadData: with the file that is at fault.
    """
    kb = KnowledgeBase(store.decode(store.read(path), path))
    _refuse(path, broken_links(kb))
    own: list[Recognised] = []
    for place in overlays:
        overlay = decode(store.read(place), place)
        base, kb = kb, merge(kb, overlay)
        _refuse(place, chain(local_faults(base, overlay, kb), broken_links(kb)))
        own += overlay.recognised
    return _marked(kb, own)


def decode(raw: bytes, path: Path) -> Overlay:
    """Return the overlay in the bytes of a file.

    Raises:
        BadData: it is no JSON, or not of the promised shape.
    """
    return store.decode_as(raw, path, Overlay)


def is_overlay(raw: bytes) -> bool:
    """Whether the bytes of a file are those of an overlay, and not of a whole knowledge base."""
    try:
        return "overlay" in msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except (ValueError, RecursionError, MemoryError):
        return False


def local_faults(base: KnowledgeBase, overlay: Overlay, whole: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield what an overlay takes, hides or softens of its base: places and messages."""
    for rule in local_rules.RULES:
        yield from rule(base, overlay, whole)


def broken_links(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield why records cannot be linked: places and messages."""
    for rule in integrity.RULES:
        yield from rule(kb)


def _refuse(path: Path, faults: Iterable[tuple[str, str]]) -> None:
    """Refuse a file that has a fault.

    Raises:
        BadData: it has.
    """
    for place, message in faults:
        raise store.bad_data(path, f"{place}: {message}")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of an overlay."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "massharm overlay",
        **msgspec.json.schema(Overlay),
    }


# Merging


def merge(kb: KnowledgeBase, overlay: Overlay) -> KnowledgeBase:
    """Return a knowledge base with what an overlay adds; nothing is marked yet, so that the rules read the texts.

    Aliases and advice for records that do not take them are left out: `local_rules` reports them.
    """
    changed: dict[str, Record] = {}

    def extend(record_id: str, field: str, part: Alias | Advice) -> None:
        record = changed.get(record_id, kb.by_id.get(record_id))
        if record is not None and hasattr(record, field):
            changed[record_id] = structs.replace(record, **{field: (*getattr(record, field), part)})

    for alias in overlay.aliases:
        extend(alias.record, "aliases", Alias(**_fields(Alias, alias)))
    for advice in overlay.advice:
        extend(advice.precaution, "advice", Advice(**_fields(Advice, advice)))
    lists: dict[str, Any] = {
        plural: tuple(changed.get(record.id, record) for record in getattr(kb.file, plural))
        for plural in {record.plural for record in changed.values()}
    }
    lists["precautions"] = (*lists.get("precautions", kb.file.precautions), *overlay.precautions)
    lists["recognised"] = (*kb.file.recognised, *overlay.recognised)
    lists["fillers"] = (*kb.file.fillers, *overlay.fillers)
    whole = KnowledgeBase(structs.replace(kb.file, **lists))
    whole.overlays = (*kb.overlays, overlay.overlay)
    whole.local = _added(kb.local, overlay)
    return whole


def _fields(model: type[Struct], part: Struct) -> dict[str, Any]:
    """Return the fields of an added part that it has as a part of a record."""
    return {name: getattr(part, name) for name in model.__struct_fields__}


def _added(before: dict[str, Local], overlay: Overlay) -> dict[str, Local]:
    """Return what is local of each record, by its id, with what an overlay adds."""
    found = dict(before)

    def add(record_id: str, field: str, part: str | LocalNote) -> None:
        local = found.get(record_id, Local())
        found[record_id] = structs.replace(local, **{field: (*getattr(local, field), part)})

    for record in overlay.precautions:
        found[record.id] = structs.replace(found.get(record.id, Local()), by=overlay.overlay)
    for note in overlay.notes:
        add(note.record, "notes", LocalNote(text=note.text, by=overlay.overlay))
    for alias in overlay.aliases:
        add(alias.record, "aliases", alias.text)
    for advice in overlay.advice:
        add(advice.precaution, "advice", advice.text)
    return found


# Marking


def _marked(kb: KnowledgeBase, own: Collection[Recognised]) -> KnowledgeBase:
    """Return a knowledge base in which the names and texts of what is local say so; `own` is what is recognised."""
    file = structs.replace(
        kb.file,
        precautions=tuple(_mark(record, kb.local.get(record.id)) for record in kb.file.precautions),
        recognised=tuple(
            structs.replace(part, name=mark(part.name), aliases=(part.name, *part.aliases)) if part in own else part
            for part in kb.file.recognised
        ),
    )
    whole = KnowledgeBase(file)
    whole.overlays, whole.local = kb.overlays, kb.local
    return whole


def mark(text: str) -> str:
    """Return a text with the mark of what is local."""
    return f"{text}{LOCAL_MARK}"


def _mark(record: Precaution, local: Local | None) -> Precaution:
    """Return a precaution of which what is local is marked; the own name of a local one becomes an alias."""
    if local is None:
        return record
    advice = tuple(
        structs.replace(part, text=mark(part.text)) if local.by or part.text in local.advice else part
        for part in record.advice
    )
    if local.by is None:
        return structs.replace(record, advice=advice)
    return structs.replace(
        record,
        name=mark(record.name),
        aliases=(Alias(text=record.name, kind=AliasKind.EXACT), *record.aliases),
        advice=advice,
        questions=tuple(structs.replace(part, text=mark(part.text)) for part in record.questions),
    )

"""The wheel's own file, of which only what is asked for is read, and what the wheel carries beside it.

The build makes both of the file of the checkout (`scripts/build_hook.py`).
"""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize
from zlib import crc32

import msgspec

from massharm.kb import store
from massharm.kb.records import KINDS, MODELS, Citation, File, Head, Record

if TYPE_CHECKING:
    from mmap import mmap

    from massharm.kb.base import KnowledgeBase

Value = TypeVar("Value")
Made = TypeVar("Made")
_STRETCH = 1 << 18


class Parts:
    """The wheel's own file, of which only the parts that are asked for are read.

    It stays open: an update of the package leaves a running program the file that it began with. Where no part of an
    open file can be read alone, as on Windows, the file is read whole, and not held open: it could not be replaced.
    """

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._whole: bytes | None = None
        if not hasattr(os, "pread"):
            self._whole = path.read_bytes()
            self.size = len(self._whole)
            return
        self._descriptor = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._descriptor)
        self.size = os.fstat(self._descriptor).st_size

    def __getitem__(self, part: slice) -> bytes:
        """Return the bytes from one place to before another."""
        if self._whole is not None:
            return self._whole[part]
        return os.pread(self._descriptor, part.stop - part.start, part.start)

    @cached_property
    def checksum(self) -> int:
        """The CRC-32 of the file, by which the tables beside it are checked.

        Where the contents beside it fit, it is theirs (`load_packaged`). Read in stretches, it fills no memory.
        """
        found = 0
        for start in range(0, self.size, _STRETCH):
            found = crc32(self[start : start + _STRETCH], found)
        return found


def load_packaged() -> tuple[File, Parts]:
    """Return the file of the wheel, of which each list is read when it is first asked for, and its parts.

    Its layout and its rules were tried before the release, so that its texts need no cleaning. That no byte of it was
    changed since is not tried at each start, which would take as long as reading all of it: `is_changed` tells.

    Raises:
        BadData: it cannot be read, is not JSON, or not of the promised shape.
    """
    try:
        parts = Parts(store.PACKAGED)
    except OSError as error:
        raise store.bad_data(store.PACKAGED, error.strerror or "cannot be read") from None
    contents = _contents()
    if contents is None or contents.size != parts.size:
        return store.decode(store.read(store.PACKAGED), store.PACKAGED), parts
    parts.checksum = contents.checksum
    lazy: Any = LazyFile(parts, contents)
    found: File = lazy
    return found, parts


def _contents() -> "Contents | None":
    """Return what the wheel carries on where the records stand; None if there is none that can be read."""
    try:
        return msgspec.msgpack.decode(store.PACKAGED.with_name("harms.contents").read_bytes(), type=Contents)
    except (OSError, msgspec.DecodeError):
        return None


def is_changed(path: Path, raw: bytes) -> bool:
    """Whether these are the bytes of the wheel's own file, changed since the wheel was made."""
    contents = _contents() if path == store.PACKAGED else None
    return contents is not None and (contents.size, contents.checksum) != (len(raw), crc32(raw))


class Contents(msgspec.Struct, frozen=True):
    """Where the records stand in the wheel's own file of so many bytes: of each list the start of each, and its end.

    `checksum` is the CRC-32 of the file; `head` is the end of what stands before the lists; `ids` names the records of
    each list that holds records of a kind, and `numbers` the citations, in the order of the file.
    """

    size: int
    checksum: int
    head: int
    lists: dict[str, tuple[int, ...]]
    ids: dict[str, tuple[str, ...]]
    numbers: tuple[int, ...]


def contents_of(raw: bytes) -> Contents:
    """Return where the records stand in a file on one line."""
    names = [field.name for field in msgspec.structs.fields(File) if field.name not in Head.__struct_fields__]
    outline: Any = msgspec.defstruct("Outline", [(name, msgspec.Raw) for name in names])
    whole = msgspec.json.decode(raw, type=outline)
    lists = {}
    for name in names:
        text = bytes(getattr(whole, name))
        places = [raw.index(b'"%s":%s' % (name.encode(), text)) + len(name) + 4]
        for record in msgspec.json.decode(text, type=list[msgspec.Raw]):
            places.append(places[-1] + len(bytes(record)) + 1)
        lists[name] = tuple(places)
    file = store.parse(raw, File)
    ids = {plural: tuple(record.id for record in getattr(file, plural)) for plural in KINDS.values()}
    numbers = tuple(citation.number for citation in file.citations)
    return Contents(len(raw), crc32(raw), lists[names[0]][0] - len(names[0]) - 5, lists, ids, numbers)


class LazyFile:
    """Stands in for a `File`: the same fields, each list decoded at its first use, or a record alone."""

    def __init__(self, parts: Parts, contents: Contents) -> None:
        """Decode what stands beside the lists."""
        self._parts, self._places, self._contents = parts, contents.lists, contents
        self._keys: dict[str, dict[str | int, int]] = {}
        self._alone: dict[str, dict[int, Record]] = {name: {} for name in contents.lists}
        self._head = msgspec.json.decode(parts[0 : contents.head] + b"}", type=Head)

    def __getattr__(self, name: str) -> Any:
        """Decode a list, and keep it; what was decoded alone stays the same object."""
        if name not in self._places:
            return getattr(self._head, name)
        value = self.read(name, File.__annotations__[name])
        if alone := self._alone[name]:
            value = tuple(alone.get(place, record) for place, record in enumerate(value))
        setattr(self, name, value)
        return value

    def read(self, name: str, model: type[Value]) -> Value:
        """Return a list as a type of one's own, such as one of a few fields of each record."""
        places = self._places[name]
        return msgspec.json.decode(self._parts[places[0] - 1 : places[-1]], type=model)

    def find(self, kind: str, key: str | int) -> Record | None:
        """Return the record of a kind by its id, or a citation by its number, without decoding the others."""
        place = self._place(kind, key)
        return None if place is None else self.record(kind, place)

    def find_as(self, kind: str, key: str, model: type[Value]) -> Value | None:
        """Return the record of a kind by its id as a type of one's own, such as one of a few of its fields."""
        place = self._place(kind, key)
        if place is None:
            return None
        start, end = self._places[KINDS[kind]][place : place + 2]
        return msgspec.json.decode(self._parts[start : end - 1], type=model)

    def _place(self, kind: str, key: str | int) -> int | None:
        """Return the place of a record in the list of its kind."""
        if kind not in self._keys:
            places: dict[str | int, int] = {name: place for place, name in enumerate(self._contents.ids[KINDS[kind]])}
            if kind == Citation.kind:
                places.update((number, place) for place, number in enumerate(self._contents.numbers))
            self._keys[kind] = places
        return self._keys[kind].get(key)

    def record(self, kind: str, place: int) -> Record:
        """Return the record at a place in the list of a kind, without decoding the others."""
        plural = KINDS[kind]
        if whole := self.__dict__.get(plural):
            record: Record = whole[place]
            return record
        alone = self._alone[plural]
        if place not in alone:
            start, end = self._places[plural][place : place + 2]
            alone[place] = msgspec.json.decode(self._parts[start : end - 1], type=MODELS[kind])
        return alone[place]


def record_at(file: File | LazyFile, kind: str, place: int) -> Record:
    """Return the record at a place in the list of a kind.

    What is made of a knowledge base, and kept as long as it, reads its records so: a method would keep it for ever.
    """
    if isinstance(file, LazyFile):
        return file.record(kind, place)
    rows: tuple[Record, ...] = getattr(file, KINDS[kind])
    return rows[place]


# What is made of it


def stored(kb: "KnowledgeBase", name: str, model: type[Made]) -> Made | None:
    """Return what the wheel carries by this name; None if the file is not the wheel's own, or it is not made of it."""
    return None if kb.packaged is None else made_of(kb.packaged.checksum, name, model)


def made_of(checksum: int, name: str, model: type[Made]) -> Made | None:
    """Return what the wheel carries by this name; None if it is not made of the file of this CRC-32."""
    try:
        raw = _mapped(store.PACKAGED.with_name(f"harms.{name}"))
        of, made = msgspec.msgpack.decode(raw, type=tuple[int, model])  # type: ignore[valid-type]
    except (OSError, ValueError):  # it is missing, empty, or none of ours
        return None
    return made if of == checksum else None


def _mapped(path: Path) -> "bytes | mmap":
    """Return the bytes of a file, of which only those that are looked at are read.

    On Windows a mapped file could not be replaced by an update: there it is read whole.
    """
    if not hasattr(os, "pread"):
        return path.read_bytes()
    from mmap import ACCESS_READ, mmap  # noqa: PLC0415 - searches of names alone need none

    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def encode(made: object, raw: bytes) -> bytes:
    """Return what was made of the bytes of a file, as the wheel carries it (`scripts/build_hook.py`)."""
    return msgspec.msgpack.encode((crc32(raw), made))

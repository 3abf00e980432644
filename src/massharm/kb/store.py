"""The file of the knowledge base: where it is, how its text becomes records and text again, how it is written."""

import gc
import os
import re
import stat
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from weakref import finalize
from zlib import crc32

import msgspec

from massharm.errors import BadData
from massharm.kb.atomic import write_atomically
from massharm.kb.records import KINDS, MODELS, Citation, File, Head, Record
from massharm.text import clean, line, visible

VARIABLE = "MASSHARM_KB"
MAX_BYTES = 256 * 1024 * 1024
"""The size above which a file is refused: some hundred times the bundled one."""
_NO_MEMORY = "too large for the memory of this machine"
OLD_SCHEMA = 1
"""The schema number of files that `migration` converts."""
_OUTDATED = f"schema {OLD_SCHEMA}, which is no longer read; convert it with: massharm validate --migrate OLD -o NEW"
_OVERLAY = f"an overlay, no whole knowledge base; over the bundled one use it as {VARIABLE}={os.pathsep}FILE"

# What `text.clean` would drop, as it can stand in the bytes of a JSON file (raw control characters are no
# JSON), by its first byte: a byte is found thirty times as fast as a pattern, and most files have none.
_UNSAFE = {
    b"\x7f": rb"\x7f",
    b"\xc2": rb"\xc2[\x80-\x9f\xad]",
    b"\xd8": rb"\xd8[\x80-\x85\x9c]",
    b"\xe2": rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf])",
    b"\xee": rb"\xee",
    b"\xef": rb"\xef(?:[\x80-\xa3]|\xbb\xbf|\xbf[\xb9-\xbf])",
    b"\xf3": rb"\xf3",
    b"\\": rb"\\(?:[bfr]|u)",
}


# Reading


_PACKAGE = Path(__file__).parents[1]
PACKAGED = _PACKAGE / "data" / "harms.json"
"""The file that the wheel carries; every release tries all rules on it. A checkout has none here."""
CONTENTS = PACKAGED.with_name("harms.contents")
"""Where the records stand in it; the build of the wheel makes this (`scripts/build_hook.py`)."""
Value = TypeVar("Value")


def bundled() -> Path:
    """Return the bundled file: beside the installed package, or in the checkout it was installed from."""
    return PACKAGED if PACKAGED.is_file() else _PACKAGE.parents[1] / "data" / "harms.json"


def source(path: str | os.PathLike[str] | None = None) -> Path:
    """Return the file to read: the one named, else the one in MASSHARM_KB, else the bundled one.

    Raises:
        BadData: the name is empty.
        TypeError: it is no name of a file.
    """
    if path is None:
        return Path(os.environ.get(VARIABLE) or bundled())
    name = os.fspath(path)
    if not name:
        raise BadData("the name of the knowledge base is empty; give the name of a file")
    return Path(name)


def sources() -> tuple[Path, ...]:
    """Return the files to read: the whole knowledge base, then its overlays, as MASSHARM_KB lists them.

    `os.pathsep` separates the files; where the first name is empty, the bundled file is the base. A name that is that
    of a file stays whole.
    """
    named = os.environ.get(VARIABLE) or ""
    if os.pathsep not in named or os.path.exists(named):  # noqa: PTH110 - `Path.exists` fails on long names
        return (source(),)
    base, *overlays = named.split(os.pathsep)
    return Path(base) if base else bundled(), *(Path(name) for name in overlays if name)


def read(path: Path) -> bytes:
    """Return the bytes of a knowledge base file, without a byte order mark.

    Raises:
        BadData: the file is missing, unreadable, empty or larger than `MAX_BYTES`, or it is no ordinary file.
    """
    try:
        # A pipe or a device may never end; O_NONBLOCK keeps the opening of a pipe from waiting for a writer.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise bad_data(path, "it is no ordinary file")
            if found.st_size > MAX_BYTES:
                raise bad_data(path, f"larger than {MAX_BYTES // 1024**2} MB, which no knowledge base is")
            raw = file.read()
        if not raw or raw.isspace():
            raise bad_data(path, "the file is empty")
        return raw.removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise bad_data(path, error.strerror or "cannot be read") from None
    except ValueError as error:  # a name with a null character
        raise bad_data(path, str(error)) from None
    except MemoryError:
        raise bad_data(path, _NO_MEMORY) from None


def load(path: str | os.PathLike[str] | None = None) -> File:
    """Read and decode a knowledge base file; that its links are sound is checked by `KnowledgeBase.load`.

    Raises:
        BadData: with the file, the reason and the place in it.
    """
    place = source(path)
    return decode(read(place), place)


def decode(raw: bytes, path: Path) -> File:
    """Return the records in the bytes of a file; characters that act on a terminal are dropped.

    Raises:
        BadData: as `decode_as`.
    """
    return decode_as(raw, path, File)


def decode_as(raw: bytes, path: Path, model: type[Value]) -> Value:
    """Return what the bytes of a file hold, as a model; characters that act on a terminal are dropped.

    Raises:
        BadData: it is not UTF-8, not JSON, nested too deeply, or not of the promised shape.
    """
    collects = gc.isenabled()
    gc.disable()  # thousands of records without a cycle: the collector would look at them again and again
    try:
        return _parse(raw, model)
    except RecursionError:
        reason = "nested too deeply"
    except MemoryError:
        reason = _NO_MEMORY
    except ValueError as error:
        reason = str(error)
    finally:
        if collects:
            gc.enable()
    raise bad_data(path, reason)


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
        """The CRC-32 of the file, by which the tables beside it are checked; read in stretches, it fills no memory."""
        found = 0
        for start in range(0, self.size, _STRETCH):
            found = crc32(self[start : start + _STRETCH], found)
        return found


def load_packaged() -> tuple[File, Parts]:
    """Return the file of the wheel, of which each list is read when it is first asked for, and its parts.

    Its layout and its rules were tried before the release, so that its texts need no cleaning.

    Raises:
        BadData: it cannot be read, is not JSON, or not of the promised shape.
    """
    try:
        parts = Parts(PACKAGED)
    except OSError as error:
        raise bad_data(PACKAGED, error.strerror or "cannot be read") from None
    try:
        contents = msgspec.msgpack.decode(CONTENTS.read_bytes(), type=Contents)
    except (OSError, msgspec.DecodeError):
        contents = None
    if contents is None or contents.size != parts.size:
        return decode(read(PACKAGED), PACKAGED), parts
    lazy: Any = LazyFile(parts, contents)
    found: File = lazy
    return found, parts


class Contents(msgspec.Struct, frozen=True):
    """Where the records stand in the wheel's own file of so many bytes: of each list the start of each, and its end.

    `head` is the end of what stands before the lists; `ids` names the records of each list that holds records of a
    kind, and `numbers` the citations, in the order of the file.
    """

    size: int
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
    file = _parse(raw, File)
    ids = {plural: tuple(record.id for record in getattr(file, plural)) for plural in KINDS.values()}
    numbers = tuple(citation.number for citation in file.citations)
    return Contents(len(raw), lists[names[0]][0] - len(names[0]) - 5, lists, ids, numbers)


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
        if kind not in self._keys:
            places: dict[str | int, int] = {name: place for place, name in enumerate(self._contents.ids[KINDS[kind]])}
            if kind == Citation.kind:
                places.update((number, place) for place, number in enumerate(self._contents.numbers))
            self._keys[kind] = places
        place = self._keys[kind].get(key)
        return None if place is None else self.record(kind, place)

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


def _parse(raw: bytes, model: type[Value]) -> Value:
    """Return what the bytes of a file hold.

    Raises:
        ValueError: with the reason and the place.
    """
    try:
        file = msgspec.json.decode(raw, type=model)
        if any(first in raw and re.search(unsafe, raw) for first, unsafe in _UNSAFE.items()):
            file = msgspec.convert(_clean_strings(msgspec.to_builtins(file)), model)
    except msgspec.ValidationError as error:
        if _field_of(raw, "schema") == OLD_SCHEMA:
            raise ValueError(_OUTDATED) from None
        is_overlay = model is File and _field_of(raw, "overlay")
        raise ValueError(_OVERLAY if is_overlay else _locate(str(error), raw)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(_why_unreadable(raw, error)) from None
    return file


def _field_of(raw: bytes, name: str) -> Any:
    """Return a field that stands in the bytes of a file; None where there is none."""
    try:
        return msgspec.json.decode(raw).get(name)
    except (ValueError, AttributeError, RecursionError, MemoryError):
        return None


def _clean_strings(value: Any) -> Any:
    """Return built-in values with `text.clean` applied to every string in it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [_clean_strings(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean_strings(item) for key, item in value.items()}
    return value


def migrate(old: Path, new: Path) -> tuple[str, ...]:
    """Write a file of schema 1 as one of schema 2, and return what a person must decide, a line each.

    Raises:
        BadData: the old file cannot be read or is none of schema 1.
        WrongUse: the new file exists or cannot be written.
    """
    from massharm.kb import migration  # noqa: PLC0415 - seldom needed

    raw = read(old)
    try:
        found = migration.migrate(_clean_strings(msgspec.json.decode(raw)))
    except RecursionError:
        raise bad_data(old, "nested too deeply") from None
    except ValueError as error:
        raise bad_data(old, str(error)) from None
    write_atomically(new, encode(found.file), replace=False)
    return tuple(f"{place}: {line(message)}" for place, message in found.decisions)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a knowledge base file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "massharm",
        **msgspec.json.schema(File),
    }


# What is wrong with a file


def bad_data(path: Path, reason: str) -> BadData:
    """Return the error for a knowledge base file, in one line that names it."""
    return BadData(f"knowledge base {visible(str(path))}: {line(reason)}")


def _why_unreadable(raw: bytes, error: Exception) -> str:
    """Return why bytes are no JSON, with the byte, or the line and column."""
    try:
        raw.decode()
    except UnicodeDecodeError as fault:
        return f"not UTF-8: byte {fault.start} is 0x{raw[fault.start]:02x}"
    found = re.search(r" \(byte (\d+)\)", str(error))
    place = int(found[1]) if found else len(raw)
    row, column = raw.count(b"\n", 0, place) + 1, place - raw.rfind(b"\n", 0, place)
    reason = str(error)[: found.start()] if found else str(error)
    return f"not JSON: line {row}, column {column}: {reason}"


def _locate(message: str, raw: bytes) -> str:
    """Turn `... - at `$.harms[3].name``, as msgspec words it, into words that name the record."""
    found = re.search(r" - at `\$(.*)`$", message)
    if not found:
        return message
    reason, place = message[: found.start()], found[1].lstrip(".")
    rows = re.match(r"(\w+)\[(\d+)\]", place)
    record_id = _id_at(raw, rows[1], int(rows[2])) if rows else None
    return f"{place or 'top level'}{f' ({record_id})' if record_id else ''}: {reason}"


def _id_at(raw: bytes, rows: str, index: int) -> str | None:
    """Return the id of a record by its place in a file, where there is one."""
    try:
        record = msgspec.json.decode(raw)[rows][index]
        record_id = record.get("id", record.get("key"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError):
        return None
    return record_id if isinstance(record_id, str) else None


# Writing


def encode(file: File) -> bytes:
    """Return the canonical text of a file: UTF-8, two blanks a level, fields in the model's order, records sorted."""
    return msgspec.json.format(encode_compact(file), indent=2) + b"\n"


def encode_compact(file: File) -> bytes:
    """Return the canonical text of a file on one line, as the wheel carries it: it is read in half the time."""
    rows = {plural: tuple(sorted(getattr(file, plural), key=_file_order)) for plural in KINDS.values()}
    return msgspec.json.encode(msgspec.structs.replace(file, **rows))


def _file_order(record: Record) -> tuple[int, str]:
    return (record.number, "") if isinstance(record, Citation) else (0, record.id)


def rewrite(path: Path) -> None:
    """Rewrite a file in the canonical layout and order.

    Raises:
        BadData: the file cannot be read.
        WrongUse: it cannot be written.
    """
    write_atomically(path, encode(decode(read(path), path)), replace=True)

"""The file of the knowledge base: where it is, how its text becomes records and text again, how it is written."""

import gc
import os
import re
import stat
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from massharm.errors import BadData
from massharm.kb.records import KINDS, Citation, File, Record
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
        return parse(raw, model)
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


def parse(raw: bytes, model: type[Value]) -> Value:
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
    from massharm.kb.atomic import write_atomically  # noqa: PLC0415 - costs time, and few commands write

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
    from massharm.kb.atomic import write_atomically  # noqa: PLC0415 - costs time, and few commands write

    write_atomically(path, encode(decode(read(path), path)), replace=True)

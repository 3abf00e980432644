"""Where the knowledge base lies, and how its text becomes records and text again."""

import os
import re
from pathlib import Path
from typing import Any

import msgspec

from massharm.errors import BadData
from massharm.kb.records import KINDS, Citation, File, Record
from massharm.text import clean, line

VARIABLE = "MASSHARM_KB"
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
_PLACE = re.compile(r" - at `\$(.*)`$")
_INDEX = re.compile(r"\.(\w+)\[(\d+)\]")


def bundled() -> Path:
    """Give the bundled file: beside the installed package, or in the checkout it was installed from."""
    here = Path(__file__).parents[1]
    inside = here / "data" / "harms.json"
    return inside if inside.is_file() else here.parents[1] / "data" / "harms.json"


def source(path: str | os.PathLike[str] | None = None) -> Path:
    """Give the file to read: the one named, else the one in MASSHARM_KB, else the bundled one."""
    return Path(path or os.environ.get(VARIABLE) or bundled())


def read(path: Path) -> bytes:
    """Read a knowledge base as it lies on the disk.

    Raises:
        BadData: the file is missing, unreadable or empty.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadData(_told(path, error.strerror or "cannot be read")) from None
    except ValueError as error:
        raise BadData(_told(path, str(error))) from None
    if not raw.strip():
        raise BadData(_told(path, "the file is empty"))
    return raw.removeprefix(b"\xef\xbb\xbf")


def load(path: str | os.PathLike[str] | None = None) -> File:
    """Read and decode a knowledge base file.

    Raises:
        BadData: with the file, the reason and the place in it.
    """
    place = source(path)
    return decode(read(place), place)


def decode(raw: bytes, path: Path) -> File:
    """Turn the bytes of a file into records; characters that act on a terminal are dropped.

    Raises:
        BadData: it is not UTF-8, not JSON, nested too deeply, or not of the promised shape.
    """
    try:
        if any(first in raw and re.search(unsafe, raw) for first, unsafe in _UNSAFE.items()):
            return msgspec.convert(_cleaned(msgspec.json.decode(raw)), File)
        return msgspec.json.decode(raw, type=File)
    except RecursionError:
        raise BadData(_told(path, "nested too deeply")) from None
    except msgspec.ValidationError as error:
        raise BadData(_told(path, _where(str(error), raw))) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadData(_told(path, _unreadable(raw, error))) from None


def encode(file: File) -> bytes:
    """Give the canonical text of a file: UTF-8, two blanks a level, fields in the model's order, records sorted."""
    rows = {name: tuple(sorted(getattr(file, name), key=_rank)) for name in KINDS.values()}
    return msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(file, **rows)), indent=2) + b"\n"


def rewrite(path: Path) -> None:
    """Write a file anew in the canonical layout and order; a crash on the way leaves the old one.

    Raises:
        BadData: the file cannot be read or written.
    """
    file = decode(read(path), path)
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(encode(file))
        draft.replace(path)
    except OSError as error:
        raise BadData(_told(path, f"cannot be written: {error.strerror}")) from None
    finally:
        draft.unlink(missing_ok=True)


def _rank(record: Record) -> tuple[int, str]:
    return (record.number, "") if isinstance(record, Citation) else (0, record.id)


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a knowledge base file."""
    made = msgspec.json.schema(File)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "massharm", **made}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value


def _told(path: Path, reason: str) -> str:
    return f"knowledge base {line(str(path))}: {line(reason)}"


def _unreadable(raw: bytes, error: Exception) -> str:
    try:
        raw.decode()
    except UnicodeDecodeError as fault:
        return f"not UTF-8: byte {fault.start} is 0x{raw[fault.start]:02x}"
    found = re.search(r" \(byte (\d+)\)", str(error))
    if not found:
        return f"not JSON: {error}"
    place = int(found[1])
    row, column = raw.count(b"\n", 0, place) + 1, place - raw.rfind(b"\n", 0, place)
    return f"not JSON: line {row}, column {column}: {str(error)[: found.start()]}"


def _where(message: str, raw: bytes) -> str:
    """Turn msgspec's `... - at `$.harms[3].name`` into words that name the record."""
    found = _PLACE.search(message)
    if not found:
        return message
    reason, place = message[: found.start()], found[1]
    row = _INDEX.match(place)
    name = _name(raw, row[1], int(row[2])) if row else None
    return f"{place.lstrip('.') or 'top level'}{f' ({name})' if name else ''}: {reason}"


def _name(raw: bytes, rows: str, index: int) -> str | None:
    if rows not in KINDS.values():
        return None
    try:
        record = msgspec.json.decode(raw)[rows][index]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    name = record.get("id", record.get("key")) if isinstance(record, dict) else None
    return name if isinstance(name, str) else None

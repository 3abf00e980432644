"""Where the knowledge base lies, and how its text becomes records and text again."""

import os
import re
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import msgspec

from massharm.errors import BadData, WrongUse
from massharm.kb.records import KINDS, Citation, File, Record
from massharm.text import clean, line, visible

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
# The signals that end a program which does not handle them.
_ENDING = (
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU",
    "SIGBREAK",
)  # fmt: skip
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
    """Rewrite a file in the canonical layout and order.

    Raises:
        BadData: the file cannot be read.
        WrongUse: it cannot be written.
    """
    file = decode(read(path), path)
    write_atomically(path, encode(file), replace=True)


def write_atomically(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all: a crash, a full disk or a signal on the way leaves what was there.

    Symbolic links are followed and stay links: the file at their end is written. A file that is replaced passes
    its mode, owner and group on. Of a file with several names (hard links) only the one at `path` gets the new
    text; the others keep the old. Without `replace` nothing is written over, not even a file made meanwhile.

    Raises:
        WrongUse: it cannot be written, or something that must not be replaced stands there.
    """
    try:
        target = Path(os.path.realpath(path))
        with _signals_as_exceptions():
            _write(target, data, replace=replace)
    except OSError as error:
        raise WrongUse(f"cannot write {path}: {error.strerror or error}") from None
    except ValueError as error:  # a name with a null character
        raise WrongUse(f"cannot write {path}: {error}") from None


def _write(target: Path, data: bytes, *, replace: bool) -> None:
    old = target.lstat() if replace and os.path.lexists(target) else None
    if old and not stat.S_ISREG(old.st_mode):
        raise OSError("it is no ordinary file")
    draft = target.with_name(f".massharm-{os.urandom(8).hex()}.new")
    try:
        with draft.open("xb") as file:
            if old:
                _pass_on(old, file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(target)
        else:
            _rename_to_new(draft, target)
    finally:
        with suppress(OSError):  # it is gone where all went well, and was never there where it could not be made
            draft.unlink()
    with suppress(
        OSError
    ):  # Windows opens no folder, and some file systems sync none: the file is written all the same
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _pass_on(old: os.stat_result, descriptor: int) -> None:
    """Give an open file the owner, group and mode of another; Windows has none of them."""
    if hasattr(os, "fchown"):
        new = os.fstat(descriptor)
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _rename_to_new(draft: Path, target: Path) -> None:
    """Rename a file to a name that must be free.

    Raises:
        FileExistsError: it is not.
    """
    if os.name == "nt":
        draft.rename(target)  # which there replaces nothing
        return
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first
        target.open("xb").close()
        try:
            draft.replace(target)
        except OSError:
            target.unlink()
            raise


class _EndedBySignal(BaseException):
    """A signal that ends the program; its number is the argument."""


@contextmanager
def _signals_as_exceptions() -> Iterator[None]:
    """Let a signal that would end the program first run every `finally`; then it ends the program as ever.

    Signals that are ignored or handled stay so; outside the main thread Python allows no handler.
    """
    taken: list[signal.Signals] = []

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        for other in taken:
            signal.signal(other, signal.SIG_IGN)
        raise _EndedBySignal(number)

    if threading.current_thread() is threading.main_thread():
        known = (getattr(signal, name, None) for name in _ENDING)
        taken += [number for number in known if number and signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in taken:
            signal.signal(number, stop)
        yield
    except _EndedBySignal as ended:
        signal.signal(ended.args[0], signal.SIG_DFL)
        signal.raise_signal(ended.args[0])
        raise
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


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
    return f"knowledge base {visible(str(path))}: {line(reason)}"


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

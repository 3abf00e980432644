"""Files that are written whole or not at all."""

import os
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from massharm.errors import WrongUse

# The signals that end a program which does not handle them, those of errors and SIGKILL aside.
_ENDING = (
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU",
    "SIGBREAK",
)  # fmt: skip


def write_atomically(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all: a crash, a full disk or a signal on the way leaves what was there.

    The bytes go to a draft beside the file, which then takes its name. What becomes of a file that is replaced:
    its mode, owner and group stay. Symbolic links stay, and the file at their end is written. Of a file with
    several names (hard links) only the one at `path` gets the new text; the others keep the old.

    Without `replace` nothing is written over, not even a file made meanwhile.

    Raises:
        WrongUse: it cannot be written, or something that must not be replaced stands there.
    """
    try:
        target = Path(os.path.realpath(path))
        with _cleaning_up_at_signals():
            _write(target, data, replace=replace)
    except OSError as error:
        raise WrongUse(f"cannot write {path}: {error.strerror or error}") from None
    except ValueError as error:  # a name with a null character
        raise WrongUse(f"cannot write {path}: {error}") from None


def _write(target: Path, data: bytes, *, replace: bool) -> None:
    old = target.lstat() if replace and os.path.lexists(target) else None
    if old and not stat.S_ISREG(old.st_mode):
        raise OSError("it is no ordinary file")
    # No other program makes this name: what is removed below is this draft.
    draft = target.with_name(f".massharm-{os.urandom(8).hex()}.new")
    try:
        with draft.open("xb") as file:
            if old:
                _keep_owner_and_mode(old, file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(target)
        else:
            _take_free_name(draft, target)
    finally:
        with suppress(OSError):  # there is none where all went well, or where none could be made
            draft.unlink()
    with suppress(OSError):  # Windows opens no folder, and some file systems sync none
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _keep_owner_and_mode(old: os.stat_result, descriptor: int) -> None:
    """Give an open file the owner, group and mode of another; Windows has none of them.

    Raises:
        OSError: the owner or group cannot be given; others could read what they may not, or could not what they may.
    """
    if not hasattr(os, "fchown"):
        return
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(descriptor, old.st_uid, old.st_gid)
        except OSError as error:
            raise OSError(f"its owner and group cannot be kept: {error.strerror}") from None
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _take_free_name(draft: Path, target: Path) -> None:
    """Give a draft its name, which must be free.

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
        except BaseException:
            target.unlink()
            raise


class _EndedBySignal(BaseException):
    """A signal that ends the program; its number is the argument."""


@contextmanager
def _cleaning_up_at_signals() -> Iterator[None]:
    """Let a signal that would end the program first run every `finally`; then it ends the program as ever.

    Signals that are ignored or handled stay so; outside the main thread Python allows no handler.
    """
    handled: list[signal.Signals] = []
    if threading.current_thread() is threading.main_thread():
        known = (getattr(signal, name, None) for name in _ENDING)
        handled = [number for number in known if number and signal.getsignal(number) is signal.SIG_DFL]

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        for other in handled:
            signal.signal(other, signal.SIG_IGN)
        raise _EndedBySignal(number)

    try:
        try:
            for number in handled:
                signal.signal(number, stop)
            yield
        finally:
            for number in handled:
                signal.signal(number, signal.SIG_DFL)
    except _EndedBySignal as ended:
        (number,) = ended.args
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
        raise SystemExit(128 + number) from None  # where the signal is blocked

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from built import environment
from massharm.errors import WrongUse
from massharm.kb.atomic import write_atomically


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Set the mask of new files for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    """Return the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("replace", [True, False], ids=["replacing", "new"])
def test_new_file_has_the_mode_that_umask_gives(tmp_path: Path, *, replace: bool) -> None:
    """A new file is neither more private nor more public than what any program writes."""
    with umask(0o027):
        write_atomically(tmp_path / "x", b"text", replace=replace)
    assert (tmp_path / "x").read_bytes() == b"text"
    assert mode(tmp_path / "x") == 0o640
    assert list(tmp_path.iterdir()) == [tmp_path / "x"]


@pytest.mark.parametrize("kept", [0o600, 0o666, 0o444])
def test_replaced_file_passes_its_mode_on(tmp_path: Path, kept: int) -> None:
    """A private file stays private, a public one public, whatever the mask of new files is."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(kept)
    with umask(0o077):
        write_atomically(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert mode(path) == kept


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_replaced_file_passes_its_owner_and_group_on(tmp_path: Path) -> None:
    """A file of somebody else stays theirs, set-user-id bit and all."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    os.chown(path, 1234, 4321)
    path.chmod(0o4750)
    write_atomically(path, b"new", replace=True)
    assert (path.stat().st_uid, path.stat().st_gid, mode(path)) == (1234, 4321, 0o4750)


def test_owner_that_cannot_be_kept_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file whose owner the system lets nobody pass on stays as it is."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    real = os.fstat

    def of_another(descriptor: int) -> os.stat_result:
        values = list(real(descriptor))
        values[stat.ST_UID] += 1
        return os.stat_result(values)

    def refuse(*_: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fstat", of_another)
    monkeypatch.setattr(os, "fchown", refuse)
    with pytest.raises(WrongUse, match="its owner and group cannot be kept: Operation not permitted"):
        write_atomically(path, b"new", replace=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_links_stay_links(tmp_path: Path) -> None:
    """The file at the end of a chain of links is written, one that is missing is made; the links stay."""
    folder = tmp_path / "folder"
    folder.mkdir()
    first, second = tmp_path / "first", tmp_path / "second"
    first.symlink_to("second")
    second.symlink_to(folder / "x")
    write_atomically(first, b"new", replace=False)
    write_atomically(first, b"newer", replace=True)
    assert first.is_symlink()
    assert second.is_symlink()
    assert (folder / "x").read_bytes() == b"newer"
    assert list(folder.iterdir()) == [folder / "x"]


def test_hard_links_keep_the_old_text(tmp_path: Path) -> None:
    """Of a file with two names only the one that was named gets the new text."""
    path, other = tmp_path / "x", tmp_path / "y"
    path.write_bytes(b"old")
    other.hardlink_to(path)
    write_atomically(path, b"new", replace=True)
    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


def test_a_link_to_itself_is_no_file(tmp_path: Path) -> None:
    """A loop of links is refused, with and without leave to replace."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(WrongUse, match="it is no ordinary file"):
        write_atomically(loop, b"x", replace=True)
    with pytest.raises(WrongUse, match="File exists"):
        write_atomically(loop, b"x", replace=False)
    assert loop.is_symlink()
    assert list(tmp_path.iterdir()) == [loop]


@pytest.mark.parametrize("replace", [True, False], ids=["replacing", "new"])
def test_folders_and_pipes_are_no_files(tmp_path: Path, *, replace: bool) -> None:
    """What is no ordinary file is never replaced, and nothing waits for it."""
    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir()
    os.mkfifo(pipe)
    for path in (folder, pipe, Path(os.devnull)):
        with pytest.raises(WrongUse, match=f"cannot write {path}: "):
            write_atomically(path, b"x", replace=replace)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [folder, pipe]


@pytest.mark.parametrize("path", ["no/such/folder/x", "a\0b", "x/y", "n" * 300])
def test_places_where_nothing_can_be_written_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    """A folder that is missing, a name that is none, a file for a folder: one line says so."""
    monkeypatch.chdir(tmp_path)
    Path("x").write_bytes(b"")
    with pytest.raises(WrongUse, match=f"cannot write {path}: ."):
        write_atomically(Path(path), b"x", replace=True)
    assert os.listdir() == ["x"]  # noqa: PTH208 - names, not paths


class Cut(BaseException):
    """What ends a program from outside, such as an interrupt."""


FAULTS = {
    "disk-full": (os, "fsync", OSError(errno.ENOSPC, "No space left on device")),
    "may-not": (Path, "replace", PermissionError(errno.EACCES, "Permission denied")),
    "out-of-memory": (os, "fsync", MemoryError()),
    "interrupted": (os, "fsync", Cut()),
    "interrupted-late": (Path, "replace", Cut()),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_failure_half_way_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str) -> None:
    """The old file is as it was, and no draft is left."""
    owner, name, fault = FAULTS[case]
    place = tmp_path / "kb.json"
    place.write_text("old")
    seen: list[int] = []

    def fail(*_: Any) -> None:
        seen.append(len(list(tmp_path.iterdir())))
        raise fault

    monkeypatch.setattr(owner, name, fail)
    with pytest.raises((WrongUse, MemoryError, Cut)) as caught:
        write_atomically(place, b"new", replace=True)
    assert seen == [2], "the new file was not written beside the old one"
    if isinstance(fault, OSError):
        assert str(caught.value) == f"cannot write {place}: {fault.strerror}"
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("links", [True, False], ids=["hard-links", "no-hard-links"])
def test_a_file_made_meanwhile_is_not_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, links: bool) -> None:
    """Without leave to replace, a file that appears just before the new one takes its name stays."""
    path = tmp_path / "x"

    def make_it(_descriptor: int) -> None:
        path.write_bytes(b"theirs")

    def no_links(*_: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fsync", make_it)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    with pytest.raises(WrongUse, match=r"cannot write .*x: File exists"):
        write_atomically(path, b"ours", replace=False)
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_file_systems_without_hard_links_are_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a file has one name only, a new file is written all the same, or nothing is left of it."""

    def refuse(*_: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_atomically(tmp_path / "x", b"text", replace=False)
    assert (tmp_path / "x").read_bytes() == b"text"
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WrongUse, match="Operation not permitted"):
        write_atomically(tmp_path / "y", b"text", replace=False)
    assert list(tmp_path.iterdir()) == [tmp_path / "x"]


def test_folder_that_cannot_be_synced_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file has its name already: what some file systems cannot do for its folder changes nothing."""
    real = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    write_atomically(tmp_path / "x", b"text", replace=True)
    assert (tmp_path / "x").read_bytes() == b"text"


def test_file_and_folder_are_synced_in_this_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The bytes reach the disk before the file takes its name, and the name after that."""
    path = tmp_path / "x"
    synced: list[tuple[bool, bool]] = []

    def note(descriptor: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), path.exists()))

    monkeypatch.setattr(os, "fsync", note)
    write_atomically(path, b"text", replace=False)
    assert synced == [(False, False), (True, True)]


SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGALRM")
ENDED = """
import os, signal, sys
from pathlib import Path
from massharm.kb.atomic import write_atomically

path, name, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
number = getattr(signal, name)
signal.signal(number, {"default": signal.SIG_DFL, "ignored": signal.SIG_IGN}[mode])
real = os.fsync

def fsync(descriptor):
    print(*os.listdir(path.parent), flush=True)
    os.kill(os.getpid(), number)
    real(descriptor)

os.fsync = fsync
write_atomically(path, b"new", replace=True)
"""


def _end(path: Path, name: str, mode: str) -> tuple[int, int]:
    """Send a signal to a process that is writing; return how it ended, and how many files it saw meanwhile."""
    ran = subprocess.run(
        [sys.executable, "-c", ENDED, str(path), name, mode],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, len(ran.stdout.splitlines()[0].split())


@pytest.mark.parametrize("name", SIGNALS)
def test_signal_removes_the_draft_and_ends_the_program(tmp_path: Path, name: str) -> None:
    """A signal ends the program as it ends any other, but first the draft is removed."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    assert _end(path, name, "default") == (-getattr(signal, name), 2)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_ignored_signal_stays_ignored(tmp_path: Path) -> None:
    """A program that was started deaf to a signal, as by nohup, writes on."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    assert _end(path, "SIGHUP", "ignored") == (0, 2)
    assert path.read_bytes() == b"new"


def test_handlers_are_given_back(tmp_path: Path) -> None:
    """A program that uses the function has its own handlers again afterwards."""
    before = {name: signal.getsignal(getattr(signal, name)) for name in SIGNALS}
    write_atomically(tmp_path / "x", b"text", replace=False)
    assert {name: signal.getsignal(getattr(signal, name)) for name in SIGNALS} == before


def test_other_threads_may_write(tmp_path: Path) -> None:
    """Outside the main thread, where Python allows no handlers, a file is written all the same."""
    writer = threading.Thread(target=write_atomically, args=(tmp_path / "x", b"text"), kwargs={"replace": False})
    writer.start()
    writer.join()
    assert (tmp_path / "x").read_bytes() == b"text"


def test_a_race_of_writers_shows_only_whole_files(tmp_path: Path) -> None:
    """While several write one file, whoever reads finds one of their texts, whole."""
    path = tmp_path / "x"
    texts = [bytes([letter]) * 100_000 for letter in b"abc"]
    path.write_bytes(texts[0])
    over = threading.Event()

    def write(text: bytes) -> None:
        while not over.is_set():
            write_atomically(path, text, replace=True)

    writers = [threading.Thread(target=write, args=(text,)) for text in texts]
    for writer in writers:
        writer.start()
    read = {path.read_bytes() for _ in range(300)}
    over.set()
    for writer in writers:
        writer.join()
    assert read <= set(texts)
    assert list(tmp_path.iterdir()) == [path]

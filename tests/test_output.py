"""The writer of answers: everything or an error, on one line where a record is a line."""

import io
import os
import select
import sys

import pytest

from massharm.cli import output
from massharm.errors import MassharmError


class Raw(io.RawIOBase):
    """A raw stream that takes at most `most` bytes at a time, and fails or blocks when `room` is used up."""

    def __init__(self, most: int = 3, room: int = 1000, fault: OSError | None = None) -> None:
        """Take bytes until `room` is used up, then raise `fault`, or take none once and go on."""
        self.taken = b""
        self._most, self._room, self._fault = most, room, fault

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: object) -> int | None:
        """Take a part."""
        part = bytes(memoryview(data)[: self._most])  # type: ignore[arg-type]
        if len(self.taken) + len(part) > self._room:
            if self._fault:
                raise self._fault
            self._room += 1000
            return None
        self.taken += part
        return len(part)


@pytest.fixture(autouse=True)
def _streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the streams of the test back."""
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)


def replace_output(raw: Raw, encoding: str = "utf-8") -> None:
    """Let the program write to a raw stream, as an unbuffered Python does."""
    sys.stdout = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    output.prepare()


def test_stream_that_takes_only_parts_gets_everything() -> None:
    """A short write is followed by the rest."""
    raw = Raw(most=3)
    replace_output(raw)
    output.write("abcdefgh")
    output.write_bytes(b"ij\n")
    output.flush()
    assert raw.taken == b"abcdefgh\nij\n"


def test_stream_that_takes_nothing_now_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that would block is asked again when it is ready."""
    waited: list[object] = []
    monkeypatch.setattr(select, "select", lambda _read, write, _other: waited.extend(write))
    raw = Raw(room=5)
    replace_output(raw)
    output.write("abcdefgh")
    output.flush()
    assert raw.taken == b"abcdefgh\n"
    assert waited == [raw]


def test_stream_that_fails_is_an_error_of_the_program() -> None:
    """The reason is that of the system."""
    replace_output(Raw(room=5, fault=OSError(28, "No space left on device")))
    output.write("abcdefgh")
    with pytest.raises(MassharmError, match=r"^cannot write the answer: No space left on device$"):
        output.flush()


def test_missing_streams_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without streams can be asked for its width, fails where it answers, and says nothing."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    output.prepare()
    assert not output.wants_rich()
    with pytest.raises(OSError, match="closed"):
        sys.stdout.fileno()
    output.error("nobody reads this")
    output.flush()  # nothing was written
    output.write("x")
    with pytest.raises(MassharmError, match="standard output is closed"):
        output.flush()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, False), ({"COLUMNS": "80"}, True), ({"FORCE_COLOR": "1"}, True), ({"COLUMNS": ""}, False)],
)
def test_person_reads_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, expected: bool
) -> None:
    """A width or colours may be asked for where output goes to a pipe."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert output.wants_rich() is expected


def test_record_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Tabs separate cells, and none stands in a cell."""
    output.write_row("a\tb", "c\nd\x1b[2J", "  e  ")
    assert capsys.readouterr().out == "a b\tc d[2J\te\n"


def test_message_is_one_line_that_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """What does not print is shown as an escape, so that a path in a message stays the path it is."""
    output.error("cannot read a\nb\x1b\udce9.json")
    assert capsys.readouterr() == ("", "massharm: cannot read a b\\x1b\\udce9.json\n")


def test_what_an_encoding_lacks_is_spelt_in_ascii() -> None:
    """Accents are dropped, signs have a spelling, and the rest is a question mark."""
    raw = Raw()
    replace_output(raw, "ascii")
    output.write("Menière – “safe” … · ━─ ş 脑")
    output.flush()
    assert raw.taken == b'Meniere - "safe" ... | =- s ?\n'


def test_json_follows_the_encoding() -> None:
    """UTF-8 where the stream is UTF-8, else ASCII."""
    for encoding, expected in ("utf-8", "é".encode()), ("cp1252", rb"\u00e9"), ("utf8", "é".encode()):
        raw = Raw()
        replace_output(raw, encoding)
        output.write_json({"a": "é"})
        output.flush()
        assert raw.taken == b'{\n  "a": "' + expected + b'"\n}\n'


@pytest.mark.skipif(os.name != "posix", reason="this system has no POSIX descriptors")
def test_terminal_is_recognised_through_the_writer() -> None:
    """The replaced stream answers for the one below it."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as sys.stdout:
        output.prepare()
        assert output.wants_rich()
        assert sys.stdout.fileno() == follower
        output.write("a line")  # a terminal gets each line at once
        assert select.select([leader], [], [], 5)[0]
        assert os.read(leader, 100) == b"a line\r\n"
    os.close(leader)

"""Lines in order: what begins with a mark is found, wherever it stands."""

import random

import msgspec
import pytest

from massharm.kb.lines import SortedLines


@pytest.mark.parametrize("mark", ["a", "ab", "abc", "b", "ba", "c", "d", "", "zz", "a b"])
def test_lines_that_begin_with_a_mark_are_found(mark: str) -> None:
    """Of any number of lines, as a search one by one finds them."""
    chance = random.Random(8)  # noqa: S311 - no secret
    for count in range(40):
        words = {"".join(chance.choice("abc ") for _ in range(chance.randint(1, 4))) for _ in range(count)}
        lines = SortedLines.of(word.encode() for word in words)
        expected = [word.encode() for word in sorted(words) if word.startswith(mark)]
        assert [*lines.beginning_with(mark.encode())] == expected
        assert [*lines] == sorted(word.encode() for word in words)


def test_lines_are_the_same_when_they_were_written_and_read() -> None:
    """Also lines that hold line feeds, and none at all; no copy of them is made."""
    for lines in ([], [b"b\nb", b"", b"a" * 70_000]):
        raw = msgspec.msgpack.encode(SortedLines.of(lines))
        read = msgspec.msgpack.decode(raw, type=SortedLines)
        assert [*read] == sorted(lines)
        assert read.text.obj is raw

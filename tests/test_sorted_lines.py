"""Lines in order: what begins with a mark is found, wherever it stands."""

import random

import pytest

from massharm.clinical.sorted_lines import lines_from


@pytest.mark.parametrize("mark", ["a", "ab", "abc", "b", "ba", "c", "d", "", "zz", "a b"])
def test_lines_that_begin_with_a_mark_are_found(mark: str) -> None:
    """Of any number of lines, as a search one by one finds them."""
    chance = random.Random(8)  # noqa: S311 - no secret
    for count in range(40):
        words = {"".join(chance.choice("abc ") for _ in range(chance.randint(1, 4))) for _ in range(count)}
        lines = sorted(word.encode() for word in words)
        expected = [line for line in lines if line.startswith(mark.encode())]
        assert [*lines_from(b"\n".join(lines), mark.encode())] == expected

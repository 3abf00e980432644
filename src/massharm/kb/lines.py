"""Lines of bytes, of which the wheel carries many and a query needs few: they are read where they stand."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Self

from msgspec import Struct

_WIDTH = 4
"""The bytes of an end of a line."""


class Lines(Struct, frozen=True):
    """Lines by their number: the end of each in `text`, as a little-endian number of 32 bits, and the text.

    Both may be views into a mapped file: only what is looked at is ever read of it.
    """

    ends: memoryview
    text: memoryview

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> Self:
        """Take lines in their order."""
        listed = [*lines]
        ends = b"".join(end.to_bytes(_WIDTH, "little") for end in accumulate(map(len, listed)))
        return cls(memoryview(ends), memoryview(b"".join(listed)))

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.ends) // _WIDTH

    def __getitem__(self, number: int) -> bytes:
        """Return a line; the first has the number 0."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return bytes(self.text[self._end(number - 1) : self._end(number)])

    def __iter__(self) -> Iterator[bytes]:
        """Yield all lines in their order."""
        return map(self.__getitem__, range(len(self)))

    def _end(self, number: int) -> int:
        """Return the end of a line; that of the one before the first is 0."""
        return int.from_bytes(self.ends[number * _WIDTH : (number + 1) * _WIDTH], "little") if number >= 0 else 0


class SortedLines(Lines, frozen=True):
    """Lines in the order of their bytes, found by how they begin."""

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> Self:
        """Take lines in any order."""
        return super().of(sorted(lines))

    def beginning_with(self, mark: bytes) -> Iterator[bytes]:
        """Yield the lines that begin with a mark, in their order."""
        for number in range(bisect_left(self, mark), len(self)):
            line = self[number]
            if not line.startswith(mark):
                return
            yield line

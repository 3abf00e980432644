"""Lines of bytes, of which the wheel carries many and a query needs few: they are read where they stand."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from struct import Struct as Packed
from typing import Self

from msgspec import Struct

_PLACE, _SPAN = Packed("<I"), Packed("<II")
"""A place in a text, and the start and end of a line."""


class Lines(Struct, frozen=True):
    """Lines by their number: the start of each in `text`, and behind all the end of the last; and the text.

    The places are little-endian numbers of 32 bits. Both may be views into a mapped file, of which only what is looked
    at is read.
    """

    places: memoryview
    text: memoryview

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> Self:
        """Take lines in their order."""
        listed = [*lines]
        places = b"".join(map(_PLACE.pack, accumulate(map(len, listed), initial=0)))
        return cls(memoryview(places), memoryview(b"".join(listed)))

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.places) // _PLACE.size - 1

    def __getitem__(self, number: int) -> bytes:
        """Return a line by its number, of which the first is 0 and the last `len(self) - 1`."""
        start, end = _SPAN.unpack_from(self.places, number * _PLACE.size)
        return bytes(self.text[start:end])

    def __iter__(self) -> Iterator[bytes]:
        """Yield all lines in their order."""
        return map(self.__getitem__, range(len(self)))


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

"""Lines of bytes in order, of which the wheel carries many and a description needs few: found without parting them."""

from collections.abc import Iterator


def lines_from(lines: bytes, mark: bytes) -> Iterator[bytes]:
    """Yield the lines that begin with a mark; they stand in the order of their bytes, parted by line feeds."""
    place = _first_from(lines, mark)
    while lines.startswith(mark, place) and place < len(lines):
        end = lines.find(b"\n", place)
        yield lines[place:end] if end >= 0 else lines[place:]
        if end < 0:
            return
        place = end + 1


def _first_from(lines: bytes, mark: bytes) -> int:
    """Return where the first line begins that is no less than a mark, by halves; the end where there is none."""
    low, high = 0, len(lines)
    while low < high:
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", middle)
        end = len(lines) if end < 0 else end
        if lines[middle:end] < mark:
            low = min(end + 1, len(lines))
        else:
            high = middle
    return low

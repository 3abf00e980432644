"""Common English words: what is one of them is not corrected, as it was meant as it stands."""

from functools import cache
from pathlib import Path


@cache
def _words() -> bytes:
    """Return the list, which is read when the first word is looked up: the most frequent first, between line ends."""
    return b"\n" + Path(__file__).with_name("english.txt").read_bytes()


def is_common_english(word: str) -> bool:
    """Whether a folded word is among the 30,000 most frequent of English books (see `docs/data.md`)."""
    return word.isascii() and f"\n{word}\n".encode() in _words()

"""Common English words: what is one of them is not corrected, as it was meant as it stands."""

from functools import cache, lru_cache
from pathlib import Path


@cache
def _words() -> bytes:
    """Return the list, which is read when the first word is looked up: the most frequent first, between line ends."""
    return b"\n" + Path(__file__).with_name("english.txt").read_bytes()


@lru_cache(maxsize=4096)
def is_common_english(word: str) -> bool:
    """Whether a folded word is among the 30,000 most frequent of English books (see `docs/data.md`)."""
    return word.isascii() and f"\n{word}\n".encode() in _words()


FREQUENT = 2500
"""How many of the most frequent words are so common that one of them alone says nothing of a subject."""


@lru_cache(maxsize=4096)
def is_frequent_english(word: str) -> bool:
    """Whether a folded word is among the `FREQUENT` first of the list; about those of a Zipf frequency above 4.7."""
    place = _words().find(f"\n{word}\n".encode()) if word.isascii() else -1
    return place >= 0 and _words().count(b"\n", 0, place) < FREQUENT

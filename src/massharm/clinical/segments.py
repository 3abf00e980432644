"""A description in parts: lines, sentences and clauses, and the ages that it states."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from massharm.errors import WrongUse
from massharm.search.analysis import Token, analyse

MAX_DESCRIPTION = 10_000
"""The characters up to which a description is read: its time grows with its words; a filled-in form has a fifth."""


class Segment(Struct, frozen=True):
    """A part of a description: its text on one line, and its tokens, at least one.

    An age is a segment of its own, with `years` set; one in days, weeks or months is an infant's.
    """

    text: str
    tokens: tuple[Token, ...]
    years: int | None = None
    is_infant: bool = False


_CUT = r"""
    # Years of age: a number before the word, or after a word for a person; "for 20 years" and "20 years ago" are none.
      (?<!for[ ])(?<!since[ ])\b(?:aged?\s+)?(\d{1,3})[\s-]*(?:years?|yrs?|yo|y/o)\b(?!\s*ago)(?:[\s-]*olds?)?
    | \b(?:aged?|he's|she's|(?:wom[ae]n|m[ae]n|lady|person|client|patient|female|male|s?he|mum|mother|father|dad|wife
        |husband|grandmother|grandfather)\s+(?:of|is))\s+(\d{1,3})\b(?!\s*(?:weeks?|months?|days?|kg|kilos?))
    | \b(\d0)s\b
    | \b(\d{1,3})\s?[fm]\b
    | \A\s*(\d{1,3})\s*\Z
    # An infant's age: weeks and months are one only before "old".
    | (?P<infant>\b\d{1,3}[\s-]*(?:months?|mths?|weeks?|wks?|days?)[\s-]*olds?\b)
    | (?P<boundary>[\n,;.:()+!?]|\bbut\b)
"""
"""Where a description is cut: at an age, or between lines, sentences and clauses."""


def segments(text: str) -> tuple[Segment, ...]:
    """Return the parts of a description in its order, without those that hold no token.

    Raises:
        WrongUse: it has more than `MAX_DESCRIPTION` characters.
    """
    if len(text) > MAX_DESCRIPTION:
        raise WrongUse(f"a description of {len(text):,} characters is too long; at most {MAX_DESCRIPTION:,} are read")
    tokens = analyse(text)
    starts = [token.start for token in tokens]
    found = []
    for start, end, age in _spans(text):
        own = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        if own:
            years = next(filter(None, age.groups()[:5]), None) if age else None
            is_infant = age is not None and bool(age["infant"])
            found.append(Segment(" ".join(text[start:end].split()), own, int(years) if years else None, is_infant))
    return tuple(found)


def _spans(text: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """Yield the start and end of each part, and the match of an age."""
    start = 0
    for cut in re.finditer(_CUT, text, re.IGNORECASE | re.VERBOSE):
        yield start, cut.start(), None
        if not cut["boundary"]:
            yield cut.start(), cut.end(), cut
        start = cut.end()
    yield start, len(text), None

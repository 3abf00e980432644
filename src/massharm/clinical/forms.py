"""Forms: the rows of a pasted form, each with its answer, and the text between them.

A row is a label with an answer (`Diabetes: no`), a box that is ticked or not, a line of a table with columns for yes
and no, a question with its answer, or a line under a heading such as `No:` or `Family history`.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from massharm.clinical.patterns import Pattern


class Answer(StrEnum):
    """What a form answers to a label."""

    YES = "yes"
    NO = "no"
    PAST = "past"
    UNSURE = "unsure"
    OVER = "over"
    """None since a time that is long past."""
    NONE = "none"
    """Neither box is ticked."""


class Row(Struct, frozen=True):
    """A part of a text from `start` to before `end`, its answer, and whether it tells the history of a family."""

    start: int
    end: int
    answer: Answer | None = None
    of_family: bool = False


MISTAKEN = Pattern(
    r"\b(?:should|must|ought to)\s+(?:all\s+)?(?:be|read|say)\s+yes\b|\bwrong\s+(?:column|box|boxes|side|row)\b"
    r"|\btick(?:ed|s)?\s+no\s+(?:for|to|because|so|by mistake)\b"
    r"|\btick\w*\s*(?:=|means?|if|for)\s*no\b|\bcross\w*(?:\s*\([^)]{1,5}\))?\s*(?:=|means?|if|for)"
    r"\s*(?:a )?(?:yes|problem|present)\b"
    r"|\btick\b(?:(?!\bif\b)[^.;:\n]){0,40}\b(?:do not|don'?t|never)\s+(?:have|had)\b"
    r"|\b(?:mixed|swapped)\s+(?:up\s+)?(?:yes and no|the columns)\b",
    needs=("yes", "wrong", "tick", "cross", "mixed", "swapped"),
)
"""Words that say that a form was filled in wrongly: then no answer denies anything."""

# What a text has that holds a form: signs, words that answer, or words of a consent.
_LATER = frozenset(
    {"inform", "tell", "notify", "advise", "alert", "let", "call", "stop", "suitable", "unsuitable", "if", "should"}
)
_SIGNS = frozenset("\n:?=[(|\t#")
_ANSWERS = frozenset(
    {"y", "n", "yes", "no", "nil", "none", "negative", "neg", "denied", "absent", "fh", "fhx", "relatives"}
)


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of a text in order; what is no part of a form is a row without an answer."""
    words = re.split(r"[\s,./]+", text.lower())
    is_plain = text.isascii() and "  " not in text and ".." not in text and " -" not in text and "-ve" not in text
    if is_plain and _SIGNS.isdisjoint(text) and (_ANSWERS | _LATER).isdisjoint(words) and "history" not in words:
        yield Row(0, len(text))
    else:
        from massharm.clinical.form_lines import rows_of_lines  # noqa: PLC0415 - its patterns cost time, and few need them

        yield from rows_of_lines(text)

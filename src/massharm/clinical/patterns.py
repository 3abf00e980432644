"""Patterns that few descriptions need: each is compiled when a description holds what all its matches hold."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """A regular expression, with the searches of `re.Pattern` that are needed here.

    `needs` are strings in lower case of which every text with a match holds one: a text without them is not searched.
    """

    def __init__(self, text: str, flags: re.RegexFlag = re.IGNORECASE, *, needs: tuple[str, ...] = ()) -> None:
        """Keep the expression, its flags and what it needs; nothing is compiled yet."""
        self._text, self._flags, self._needs = text, flags, needs

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself, which searches every text."""
        return re.compile(self._text, self._flags)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """Return the first match, or the first between two places."""
        return self.compiled.search(text, *span) if self._may_match(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """Return the match at the start of a text, or at the first of two places."""
        return self.compiled.match(text, *span) if self._may_match(text) else None

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with all matches replaced."""
        return self.compiled.sub(new, text) if self._may_match(text) else text

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Return an iterator over all matches, or over those between two places."""
        return self.compiled.finditer(text, *span) if self._may_match(text) else iter(())

    def _may_match(self, text: str) -> bool:
        """Whether a text holds one of what the expression needs."""
        folded = text.lower() if self._needs else ""
        return not self._needs or any(mark in folded for mark in self._needs)

"""Patterns that few descriptions need: each is compiled when it is first used."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """A regular expression in any case, with the searches of `re.Pattern` that are needed here."""

    def __init__(self, text: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        """Keep the expression, and flags beside that of ignoring case."""
        self._text, self._flags = text, flags | re.IGNORECASE

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        return self._compiled.search(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with all matches replaced."""
        return self._compiled.sub(new, text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        return self._compiled.finditer(text)

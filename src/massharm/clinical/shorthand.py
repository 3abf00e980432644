"""Shorthand: words as therapists and people in a hurry write them, and years of two digits."""

from datetime import UTC, datetime

from msgspec.structs import replace

from massharm.search.analysis import Token, analyse

_APOSTROPHES = ("'", "\u2019", "\u2018")
_SHORTHAND = {
    "bk": "back",
    "bck": "back",
    "nk": "neck",
    "nck": "neck",
    "shldr": "shoulder",
    "shldrs": "shoulders",
    "yest": "yesterday",
    "2day": "today",
    "2nite": "tonight",
    "tonite": "tonight",
    "b4": "before",
    "cld": "could",
    "cldnt": "couldnt",
    "cudnt": "couldnt",
    "cnt": "cant",
    "dnt": "dont",
    "wk": "week",
    "wks": "weeks",
    "mths": "months",
}
"""Words as therapists and people in a hurry write them, which stand for one word each."""


def spelt_out(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with shorthand as the words that it stands for, and years of two digits with four."""
    spelt = [_SHORTHAND.get(token.folded) or _year_of(token) for token in tokens]
    if not any(spelt):
        return tokens
    return tuple(
        replace(analyse(word)[0], text=token.text, start=token.start, end=token.end) if word else token
        for token, word in zip(tokens, spelt, strict=True)
    )


def _year_of(token: Token) -> str:
    """Return the year that an apostrophe and two digits stand for: "broke a wrist in '04"; of another token nothing."""
    if token.text[:1] not in _APOSTROPHES or len(token.folded) != 2 or not token.folded.isdigit():  # noqa: PLR2004 - two digits
        return ""
    this_year = datetime.now(UTC).year
    century = this_year - this_year % 100
    year = century + int(token.folded)
    return str(year if year <= this_year else year - 100)

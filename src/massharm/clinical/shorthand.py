"""Shorthand: words as therapists and people in a hurry write them, and years of two digits."""

from datetime import UTC, datetime
from itertools import pairwise

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
    "wen": "when",
    "cld": "could",
    "cldnt": "couldnt",
    "cudnt": "couldnt",
    "cnt": "cant",
    "dnt": "dont",
    "hae": "have",
    "wk": "week",
    "wks": "weeks",
    "mths": "months",
    "bld": "blood",
    "sis": "sister",
    "bro": "brother",
}
"""Words as therapists and people in a hurry write them, which stand for one word each."""


_COUNTED = frozenset("side leg arm eye ear calf hand foot half legs arms eyes ears hands feet".split())  # noqa: SIM905 - words
"""What is counted in figures before it: "1 side", "2 legs"."""
_IN_FIGURES = {"1": "one", "2": "two"}
_WITHOUT = frozenset({"o", "out"})
"""What stands behind the slash of "w/o" and "w/out"."""


def spelt_out(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with shorthand as the words that it stands for, and years of two digits with four."""
    tokens = _with_high_blood(_with_without(tokens))
    spelt = [_SHORTHAND.get(token.folded) or _year_of(token) for token in tokens]
    for place, (number, counted) in enumerate(pairwise(tokens)):
        if counted.folded in _COUNTED and number.folded in _IN_FIGURES:
            spelt[place] = _IN_FIGURES[number.folded]
    if not any(spelt):
        return tokens
    return tuple(
        replace(analyse(word)[0], text=token.text, start=token.start, end=token.end) if word else token
        for token, word in zip(tokens, spelt, strict=True)
    )


def _with_without(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with "without" for "w/o" and "w/out"."""
    if all(token.folded != "w" for token in tokens):
        return tokens
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before and before.folded == "w" and token.folded in _WITHOUT and token.start == before.end + 1:
            found[-1] = replace(analyse("without")[0], start=before.start, end=token.end)
        else:
            found.append(token)
    return tuple(found)


def _with_high_blood(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with "hypertension" for "high blood" at their end: "I have high blood, and sugar"."""
    if [token.folded for token in tokens[-2:]] != ["high", "blood"]:
        return tokens
    high, blood = tokens[-2:]
    meant = replace(analyse("hypertension")[0], text=f"{high.text} {blood.text}", start=high.start, end=blood.end)
    return (*tokens[:-2], meant)


def _year_of(token: Token) -> str:
    """Return the year that an apostrophe and two digits stand for: "broke a wrist in '04"; of another token nothing."""
    if token.text[:1] not in _APOSTROPHES or len(token.folded) != 2 or not token.folded.isdigit():  # noqa: PLR2004 - two digits
        return ""
    this_year = datetime.now(UTC).year
    century = this_year - this_year % 100
    year = century + int(token.folded)
    return str(year if year <= this_year else year - 100)

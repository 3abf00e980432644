"""Numerals: the numbers in words of a dictated description, such as "eighty-two"."""

import re
from datetime import UTC, datetime

from massharm.clinical.patterns import Pattern

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
_IN_WORDS = Pattern(
    rf"""
    (?P<lead>\b(?:aged?|age[ ]of|i['\u2019]?m|i[ ]am|who[ ]is|s?he['\u2019]?s|s?he[ ]is
        |(?:i|s?he)[ ]was(?:[ ](?:about|around|only))?)[ ]+)?
    (?P<number>\b(?:(?P<tens>{"|".join(_TENS)})(?:[ -](?P<units>{"|".join(_UNITS)}))?|(?P<teen>{"|".join(_TEENS)}))\b)
    (?![ -](?:{"|".join((*_TENS, *_UNITS, *_TEENS))}|hundred|thousand|odd|something)\b)
    (?P<unit>[ -](?:years?|yrs?|weeks?|wks?)\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
    needs=(*_TENS, *_TEENS),
)
"""A number in words from 13 to 99, as in dictation, with what makes an age or weeks of it."""
_YEAR = Pattern(
    rf"""
    (?P<lead>\b(?:in|of|by|since|until|till|from|early|late)[ ])
    (?P<century>nineteen|twenty)[ -]
    (?:(?P<tens>{"|".join(_TENS)})(?:[ -](?P<units>{"|".join(_UNITS)}))?
      |(?P<teen>ten|eleven|twelve|{"|".join(_TEENS)}))\b
    (?![ -](?:years?|yrs?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|mg|tablets?|hundred|thousand)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
    needs=("nineteen", "twenty"),
)
"""A year in words behind a preposition, as in dictation: "in twenty sixteen", but not "my sight is twenty twenty"."""
_FEW = {**_UNITS, "ten": 10, "eleven": 11, "twelve": 12}
_ENDS = ("", ",", "\n")


def with_numerals(text: str) -> str:
    """Return a text of the same length with the numbers in words from 13 to 99 as numerals: "eighty-two" is 82."""

    def numeral(found: re.Match[str]) -> str:
        tens, units, teen = ((found[name] or "").lower() for name in ("tens", "units", "teen"))
        is_alone = text[: found.start()].rstrip(" ")[-1:] in _ENDS and text[found.end() :].lstrip(" ")[:1] in _ENDS
        if not (units or found["lead"] or found["unit"] or is_alone):  # "pushing eighty" is a name
            return found[0]
        number = str(_TENS.get(tens, 0) + _UNITS.get(units, 0) + _TEENS.get(teen, 0)).ljust(len(found["number"]))
        return f"{found['lead'] or ''}{number}{found['unit'] or ''}"

    return _IN_WORDS.sub(numeral, _YEAR.sub(_year, text))


def _year(found: re.Match[str]) -> str:
    """Return a year in figures, as long as it was in words; one that is to come stays."""
    tens, units, teen = ((found[name] or "").lower() for name in ("tens", "units", "teen"))
    century = 1900 if found["century"].lower() == "nineteen" else 2000
    number = _TENS.get(tens, 0) + _UNITS.get(units, 0) + {**_TEENS, **_FEW}.get(teen, 0)
    if century + number > datetime.now(UTC).year:
        return found[0]
    return found["lead"] + str(century + number).ljust(len(found[0]) - len(found["lead"]))


def number_of(word: str) -> int | None:
    """Return the number that a folded word is, in figures or, up to twelve, in words; of another word None."""
    return int(word) if word.isdecimal() else _FEW.get(word)

"""Ages: how a description states how old somebody is, and when something was by how old they were."""

import re
from datetime import UTC, datetime

from massharm.clinical.patterns import Pattern
from massharm.clinical.triggers import RELATIVES

AGE = r"""
    # Years of age: a number before the word, or after a word for a person; "for 20 years" and "20 years ago" are none.
      (?<!for[ ])(?<!since[ ])(?<!past[ ])(?<!last[ ])(?<!in[ ])(?<![.,\d])
        \b(?:aged?\s+)?(\d{1,3})[\s-]*(?:years?|yrs?|yo|y/o|y\.o)\b(?!\s*(?:ago|back|later|since|with|of|for)\b)(?:[\s-]*olds?)?
    | \b(?:aged?[ ]*[:=]?|who[ ]is|s?he['\u2019]?s|i['\u2019]?m|i[ ]am
        |(?:wom[ae]n|m[ae]n|lady|person|client|patient|female|male|s?he|mum|mother|father|dad|wife|husband|grandmother|grandfather)\s+(?:of|is))\s+(\d{1,3})\b(?!\s*(?:[%/+:]|\.\d|w\b
        |(?:weeks?|wks?|months?|mths?|days?|kg|kilos?|mins?|minutes?|hours?|hrs?|st|stone|lbs?|pounds?|cm|ft|feet)\b))
    | \b(?:bloke|guy|lad|lass|chap|fella|gent|gentleman|lady|wom[ae]n|man|girl|boy|teen(?:ager)?|male|female|client)
        [ ](\d\d)(?=[ ]*(?:[,;.\n]|\Z|[a-z]))
        (?![ ]*(?:years?|yrs?|weeks?|wks?|months?|days?|hours?|mins?|minutes?|times?|of|kg|st|and)\b)
    | \b(\d{2,3})[ ]?y(?=[ /]{1,2}(?:f|m|female|male)\b)  # "81y M"
    | (?<=\b[fm][ ])(\d{2,3})[ ]?y\b
    | (?<=,[ ])(\d{2,3})[ ]?y(?=[ ]*(?:[,.;)/\n]|\Z|[fm]\b))  # "Mr A., 81 y"
    | \bhere,?[ ](1[89]|[2-9]\d)(?=[ ]now\b|[ ]*(?:[.,;\n]|\Z))
    | \b(\d0)s\b
    | (?<![\d.,])(?<!at[ ])(?<!after[ ])(?<!walks[ ])(?<!walk[ ])(?<!about[ ])(?<!than[ ])\b(\d{1,2}|1[01]\d)\s?[fm]\b
    # Alone; one figure before a full stop numbers a list.
    | (?:\A|(?<=[^\d],)|(?<=\n))[ ]*(?:(\d{2,3})[ ]*(?=[,\n]|\Z)|(\d{2,3})[ ]*(?=\.(?:\s|\Z)))
    | \b(?-i:Mr|Mrs|Ms|Miss|Dr|Mx)\.?(?:[ ](?-i:[A-Z])[\w'\u2019-]*\.?){1,3}[ ]\((\d\d)(?:\)|(?=,))
    | \b(?:husband|wife|mother|father|mum|mom|dad|gran|nan|grandmother|grandfather|aunt|uncle)
        (?:[ ](?-i:[A-Z])[a-z]+)?[ ]\((\d\d)\)
    | \b(?-i:Mr|Mrs|Ms|Miss|Mx)\.?(?:[ ](?-i:[A-Z])[\w'\u2019-]*\.?){1,3},[ ](\d\d)(?=[ ]*(?:[\u2013,.;\n-]|\Z))
    | \b(?:resident|patient|client|name|participant)[ ]*:(?:[ ](?-i:[A-Z])[\w'\u2019-]*\.?){1,3},[ ](\d\d)
        (?=[ ]{2}|[ ]*(?:[,.;\n]|\Z))
    # Behind a name, which may be that of an illness, and stays: "Joan is 83", "Parkinson's 83".
    | (?P<named>\b(?:nana?|nanna?|gran(?:ny|dma|dpa|dad|d-?dad)?|mam|mum|mom|dad|auntie|uncle
        |(?-i:(?!Pulse|Temp|Weight|Pressure|Heart|Rate|Height|Platelet|Sugar|Score|Sat|That|This|It|What|Which|There
          |He|She)[A-Z][a-z]{2,}))
        (?:'s|\u2019s|[ ]is)[ ])(\d\d)(?=[ ]*(?:[.,;]|\n|\Z|and\b|but\b|now\b))
    | \bthis[ ]is[ ](?-i:[A-Z][a-z]{2,}),?[ ](\d\d)(?=[ ]*(?:[.,;]|\n|\Z))
    # An infant's age: weeks and months are one only before "old", or behind "age".
    | (?P<infant>\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]*
        (?:months?|mths?|mo|weeks?|wks?|days?)[\s-]*olds?\b
        |\b(?:son|daughter|baby|boy|girl|twins)[ ]of[ ](?:only[ ])?
          (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ ]
          (?:months?|mths?|weeks?|wks?|days?)\b
        |\b(?-i:[A-Z][a-z]{2,}),?[ ]he(?:['\u2019]?s|[ ]is)[ ]
          (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ ]
          (?:months?|mths?|weeks?|wks?|days?)\b(?=[ ]*(?:[.;\n]|\Z))
        |\baged?[ ]*[:=|-]?[ ]*
          (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]?
          (?:months?|mths?|weeks?|wks?|days?)\b(?![ ]*(?:ago|pregnan|gone|old|gestation))
        |\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ ]
          (?:months?|weeks?|days?)[ ]of[ ]age\b
        |\bage[ ]in[ ](?:months|weeks|days)[ ]*[:=-]?[ ]*\d{1,2}\b)
    # A date of birth, by its year.
    | \b(?:d\.?o\.?b|yob|(?:date|year)\s+of\s+birth|born(?:\s+(?:in|on))?(?=[^\n]{0,14}\b19[0-6]\d\b))\b\.?[ \t:|]{0,6}
        (?:(?:\d{1,2}[\s./-])?(?:\d{1,2}|[a-z]{3,9})[\s./-])?(?P<dob>(?:19|20)\d\d)\b
"""
"""An age: it holds a figure, or it is an infant's that is so many weeks old."""
_THING = Pattern(
    r"\b(?:scars?|(?:scars?|bruis\w+|tattoos?|injur\w+|fractures?|breaks?|replacements?|ops?|operations?|surgery|wounds?"
    r"|stitches|piercings?|grafts?|implants?|casts?|plaster|stents?|pacemaker|burns?|sprains?|strains?|tears?|cuts?|hips?"
    r"|knees?|rash|lump|ulcer|problem|pain)(?:['\u2019]s)?[ \t]+(?:is|are|was|were))[ \t]+"
    r"(?:(?:about|around|only|now|just|some)[ \t]+){0,2}$"
)
"""Words before an age that make it the age of a thing: "the scar is 3 months old"."""
_INJURY = Pattern(
    r"\b(?:bruis\w+|wounds?|scars?|cuts?|grazes?|sprains?|strains?|tattoos?|stitches|injur\w+)\b[^.;\n]*$"
)
_INJURY_FIRST = Pattern(
    r"(?:^|[.;\n])\s*(?:(?:an?|the|old|new|big|small|large|nasty|fresh)\s+)*"
    r"(?:bruis\w+|wounds?|scars?|cuts?|grazes?|sprains?|strains?|tattoos?|stitches|injur\w+)\b[^.;\n]*$"
)
_ADULT = Pattern(r"\b(?:i|i['\u2019]?(?:m|ve)|me|my|client|cl|pt|walk\w*|work\w*|gym|runner|playing|played)\b")
_BABY = Pattern(
    r"\b(?:bab(?:y|ies)|infant|newborn|bub|toddler|child|son|daughter|grandson|twins?|nicu|little one|he|she"
    r"|born|\w*fed|feeds?|feeding|nappy|nappies|diapers?|cot|pram|months? old|weeks? old)\b"
)
"""What is some days old where it is told first, or of an adult, and no word is of a baby."""
_AGED = Pattern(
    r"(?P<before>\b[a-z]+\s+)?\b(?P<aged>aged?\s+(?P<years>\d{1,2}))\b(?!\s*(?:weeks?|months?|days?|[-/+]))",
    needs=("age",),
)
_AGES = Pattern(AGE, re.IGNORECASE | re.VERBOSE)
_YEARS_SINCE = 5
"""How many years an event must be back for its age to be one: of two ages that are near, neither is."""


def is_of_a_thing(text: str, start: int, end: int) -> bool:
    """Whether the words before an age make it that of a thing: "the scar is", or "a bruise" where no baby is told."""
    if _THING.search(text, start, end):
        return True
    if _BABY.search(text) or not _INJURY.search(text, start, end):
        return False
    return _INJURY_FIRST.search(text, start, end) is not None or _ADULT.search(text) is not None


def years_of(age: re.Match[str]) -> int | None:
    """Return the years of an age, or of a year of birth those that are reached this year; of an infant's none."""
    if born := age["dob"]:
        return max(0, datetime.now(UTC).year - int(born))
    years = next((group for group in age.groups() if group and group.isdigit()), None)
    return int(years) if years else None


def with_years_of_ages(text: str) -> str:
    """Return a text of the same length with the ages at which something was as years: "broke an arm aged 11".

    They are those that a later age of the client follows from; a relative's age stays.
    """
    aged = [*_AGED.finditer(text)]
    if not aged:
        return text
    ages = [years for found in _AGES.finditer(text) if (years := years_of(found)) is not None]
    this_year = datetime.now(UTC).year
    for found in aged:
        years = int(found["years"])
        since = max(ages, default=0) - years
        if since >= _YEARS_SINCE and (found["before"] or "").strip().lower() not in RELATIVES:
            start, end = found.span("aged")
            text = f"{text[:start]}{str(this_year - since).ljust(end - start)}{text[end:]}"
    return text

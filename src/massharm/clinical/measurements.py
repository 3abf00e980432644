"""Measurements: temperatures and blood pressures in a text, and the words for those that are no longer normal."""

import re
from collections.abc import Iterator
from itertools import chain

from massharm.clinical.patterns import Pattern
from massharm.search.analysis import Token, analyse

TEMPERATURE, SYSTOLIC, DIASTOLIC = "temperature", "systolic blood pressure", "diastolic blood pressure"
PULSE, MASS_INDEX, GESTATION = "heart rate", "body mass index", "weeks of pregnancy"
PRETERM, PLATELETS = "weeks before term", "platelets missing to 150"
BONE_DENSITY = "standard deviations of bone density below a young adult's"
SATURATION, BREATHS = "oxygen saturation missing to 100", "breaths a minute missing to 12"
"""The names of what is measured: degrees Celsius, mmHg, beats a minute, kg/m\u00b2, weeks, 10\u2079 in a litre, %."""
LOW, FEVER = 36, 38
"""The degrees up to and from which a temperature is no longer normal."""
TELLING: tuple[tuple[str, float, str], ...] = (
    (TEMPERATURE, FEVER, "high temperature fever"),
    (SYSTOLIC, 180, "blood pressure over 180"),
    (DIASTOLIC, 120, "blood pressure over 180"),
    (SYSTOLIC, 140, "high blood pressure itself"),
    (DIASTOLIC, 90, "high blood pressure itself"),
    (PULSE, 150, "pulse over 150"),
    (MASS_INDEX, 30, "obesity"),
    (GESTATION, 1, "weeks pregnant"),
    (PRETERM, 1, "preemie"),
    (BONE_DENSITY, 2.5, "osteoporosis"),
    (PLATELETS, 100, "very low platelets"),
    (PLATELETS, 1, "low platelets"),
    (SATURATION, 11, "very low oxygen saturation"),
    (BREATHS, 4, "very low respiratory rate"),
)
"""What is measured, the number from which it says something, and the words for it.

"High blood pressure itself" is what only a reading says: a combination of the data asks for it in a pregnancy.
Temperature and blood pressure: NHS pages on fever and on high blood pressure. Body mass index: WHO, "Obesity". Bone
density: the WHO's classification by T-score (Kanis 1994, Assessment of fracture risk and its application to screening).
"""
NORMAL_PLATELETS = 150
"""The platelets, in 10\u2079/L, below which a count is low: the limit of thrombocytopenia."""

_TEMPERATURE = Pattern(
    r"\b(?:temp(?:erature)?|fever(?:ish)?)\b\D{0,12}?(?P<told>\d{2,3}(?:\.\d)?)(?!\s*(?:weeks?|years?|days?|hours?|/))"
    r"|\b(?P<bare>(?:3[5-9]|4[0-3])(?:\.\d)?|(?:9[5-9]|10[0-9])(?:\.\d)?)\s*(?:°|deg(?:rees)?\.?|ºc?)\s*[cf]?\b"
    r"|\b(?P<unit>3[5-9]\.\d|4[0-3]\.\d)\s?c\b"
    r"|\bt\s?[:=]?\s?(?P<sign>3[5-9]\.\d|4[0-3]\.\d)\b"
    r"|(?<!bmi )(?<!bmi: )(?<!bmi of )(?<![\d.,/])\b(?P<alone>38\.\d|39\.\d|40\.\d)\b"
    r"(?!\s*(?:kg|kilos?|cm|mm|mmol|m\b|km|%|weeks?|wks?|years?|miles?|pounds?|lbs?|euros?))",
)
_GAP = re.compile(r"[ \t]{2,}")
_DEGREES_BEHIND = Pattern(r"[\s:.?|=-]{1,60}(3[5-9](?:\.\d)?|4[0-2](?:\.\d)?)\b(?!\s*/)")
"""Degrees behind a label: "Temperature today    36.8"."""
_PLATELETS = Pattern(
    r"\b(?:platelets?|plts?)\b\D{0,15}?(?P<count>\d{1,3}(?:[,.]?000)?)\b(?!\s*(?:weeks?|days?|months?|years?|/))"
)
_BONE_DENSITY = Pattern(
    r"\b(?:t[\s-]?scores?|(?:dexa|dxa)(?: scan)?[\s:]*t)\b[^\d\n;]{0,20}?(?:[-\u2013\u2212]\s?|minus )"
    r"(?P<told>\d(?:[.,]\d+)?)(?![\d/])",
    needs=("score", "dexa", "dxa"),
)
_PRESSURE = Pattern(
    r"(?<![\d/.])(?P<systolic>[5-9]\d|[12]\d\d)\s*(?:/|over)\s*(?P<diastolic>[3-9]\d|1\d\d)(?![\d/])"
    r"|\b(?:bottom|lower)\s+(?:number|figure)\s*(?:is|was|of)?\s*(?P<lower>[6-9]\d|1[0-4]\d)\b"
    r"|\b(?:bp|blood pressure|systolic|(?:top|upper)\s+(?:number|figure))"
    r"\b\D{0,15}?(?P<alone>[12]\d\d)\b(?!\s*(?:/|over)\s*\d)",
)
_PULSE = Pattern(
    r"\b(?:pulse|heart ?rate|hr|heart|bpm|counted)\b\D{0,40}?(?P<told>[1-2]\d\d)\b(?!\s*/)"
    r"|\b(?P<unit>[1-2]\d\d)\s*(?:bpm|beats)\b",
)
_SATURATION = Pattern(
    r"\b(?:sp[o0]2|o2|oxygen|(?:pulse )?oximeter|pulse ox|sat(?:uration)?s?)\b[^\d.;:\n]{0,25}?[:=]?[ ]?"
    r"(?:0?\.)?(?P<told>[5-9]\d|100)(?![\d/,-])(?!\s*(?:kg|years?|yrs?|yo|bpm|beats|l\b|litres?|minutes?|mins?))"
    r"|(?<![\d/.-])(?P<first>[5-9]\d)\s?%?\s?(?:o2 |oxygen )?(?:sats?|saturations?|spo2|on (?:room )?air)\b",
    needs=("sat", "sp", "o2", "ox", "air"),
)
_BREATHS = Pattern(
    r"\b(?:rr|resps?|respirations|(?:resp(?:iratory|iration)?|breathing) rate)\b[^\d.;:,\n]{0,15}?[:=]?[ ]?"
    r"(?P<told>[1-9]|[1-4]\d)\b(?!\s*[/.])(?!\s*(?:years?|yrs?|days?|weeks?|hours?))"
    r"|(?<![\d/.-])\b(?P<first>\d{1,2}) breaths?\s?(?:a|per|/|each|every)\s?min",
    needs=("rr", "resp", "breath"),
)
_NORMAL: dict[str, tuple[range, frozenset[str]]] = {
    SATURATION: (range(11), frozenset("sats sat spo2 sp02 saturation saturations o2 oxygen oximeter ox".split())),  # noqa: SIM905 - words
    BREATHS: (range(-8, 4), frozenset("rr resp resps respiratory respirations breathing".split())),  # noqa: SIM905 - words
}
"""Where a saturation and a rate of breathing are not told as low or fast, and the words that name them.

Breathing of more than 20 breaths a minute is fast (Royal College of Physicians, National Early Warning Score 2).
"""
_FALLING = Pattern(
    r"\b(?:then|but|drop\w*|fall\w*|fell|down|desat\w*|exertion|walking|stairs|standing|sleep\w*|asleep|night|now)\b"
    r"|(?<!\d)[5-8]\d\s?%"
)
"""Words behind a normal measurement that may tell of a lower one."""
_MASS_INDEX = Pattern(r"\bbmi\D{0,6}(\d{2}(?:\.\d)?)\b")
_WEIGHT = Pattern(r"\b(\d{2,3})\s*kg\b")
_HEIGHT = Pattern(r"\b(?:(1\d\d)\s*cm|(1\.\d\d?)\s*m)\b|\bheight\s*[:=]\s*(?P<bare>1\d\d)\b(?!\s*(?:cm|m\b))")
_GESTATION = Pattern(
    r"""
    (?<![\d/])(\d{1,2})(?:\s*\+\s*\d)?\s*/\s*40\b                    # weeks out of forty
  | (?<![\d/+])([1-3]\d|4[0-2])\s?\+\s?[0-6](?![\d/+])               # weeks and days
  | \b(?:carrying|expecting)\s+(?:for\s+)?(\d)\s*months?\b
  | (?:\A|\b(?:i['\u2019]?m|i\s+am|she['\u2019]?s|she\s+is|baby(?:['\u2019]s|\s+is)?)\s)
    \s*due\s+in\s+([12]?\d|3[0-5])\s*(?:weeks?|wks?)\s*(?:\Z|(?=and\b|with\b))  # "due in 9 weeks"
  | \b(?:i['\u2019]?m|am|is|she['\u2019]?s|now)\s+in\s+week\s+(1[2-9]|[23]\d|4[0-2])\b(?!\s+of\b)  # "I'm in week 34"
  | \A\s*(?:at\s+|now\s+)?(2\d|3\d|4[0-2])\s*(?:weeks?|wks?)(?:\s*\+\s*\d)?\s*\Z  # nothing but weeks
  | \b(\d{1,2})\s*(?:weeks?|wks?)\s+(?:gone|along|preg
      |with[ ](?:this|the|my|her)[ ]
         (?:one|baby|pregnancy|(?:first|second|third|fourth|next)\b
          (?=[ ]*(?:[,.;:\n]|\Z|and\b|now\b|baby\b|child\b|one\b))))
  | \b(?:client|patient|pt|lady|she)\s+(?:is\s+)?(2\d|3\d|4[0-2])\s*(?:weeks?|wks?)\s*\Z  # "client 34 wks"
  | \A\s*(2\d|3\d|4[0-2])\s*(?:weeks?|wks?)\s+now\b(?!\s+(?:since|after|post|from)\b)  # "20 wks now and all grand"
  | \A\s*(?:at\s+)?(2\d|3\d|4[0-2])\s*(?:weeks?|wks?)\s+(?:and|with)\b  # "31 weeks and bleeding"
  | \b(?:she\s+is|she['\u2019]?s|i\s+am|i['\u2019]?m)\s+(?:now\s+|about\s+|only\s+)?(\d|[1-3]\d|4[0-2])
    \s*(?:weeks?|wks?)
    (?=\s*(?:[,.;]|\Z|and\b|with\b|myself\b|today\b|now\b|tomorrow\b|on\s+\w+day\b
      |already\b(?!\s+(?:post|after|since|from))))  # "she is 34 weeks and bleeding"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WEEKS = Pattern(
    r"\bweeks?(?: today| now)?[ ]*:[ ]*(?:[4-9]|[1-3]\d|4[0-2])\b"
    r"|\b(?:[4-9]|[1-3]\d|4[0-2])\s*(?:weeks?|wks?)\b(?!\s*(?:ago|old|post|after|since|back))"
)
_OF_PREGNANCY = Pattern(
    r"\b(?:waters?|gush|contractions?|tightenings?|bump|midwife|trimester|pregnan\w*|sparkles|baby(?:'s)? kick\w*"
    r"|baby moving|mums?-to-be|placenta|antenatal)\b",
    needs=(
        *("water", "gush", "contraction", "tightening", "bump", "midwife", "trimester", "pregnan", "sparkles", "baby"),
        *("to-be", "placenta", "antenatal"),
    ),
)
"""Words of a description in which bare weeks are those of a pregnancy."""
_BORN_ALREADY = Pattern(
    r"\b(?:post-?\s?(?:natal|partum)|gave birth|(?:baby|little one|bub|bubs|she|he)(?:'s)?\s+(?:born|age|is\s+\d)"
    r"|breast\s?-?\s?fe\w+|birth\s*:|type of birth|lochia)\b"
)
_EXPECTED = Pattern(
    r"\b(?:weeks?\s+(?:pregnan\w+|gone|along)|due date|expecting|trimester|(?:am|is|i'm|she's|now)\s+pregnant)\b"
)
"""Words of a description whose weeks are those after a birth, and of one that tells of a pregnancy all the same."""
_BORN = Pattern(
    r"\b(?:born\b\D{0,20}?|(?:gestation|weeks)\s+at\s+birth\b\D{0,6}?)(2\d|3[0-6])"
    r"(?:\s*\+\s*\d(?!\d)|(?:\s*\+\s*\d)?\s*(?:weeks?|wks?|/\s*40)(?!\s*(?:ago|old)))"
    r"|\bborn[ ](?:at[ ])?(?:how[ ]many|what)[ ](?:weeks?|gestation)\b\D{0,6}?(?P<asked>2\d|3[0-6])\b"
    r"(?!\s*(?:days?|months?))"
)
_BORN_AT = Pattern(
    r"\bborn\b\D{0,20}?(?:2\d|3\d|4[0-3])(?:\s*\+\s*\d(?!\d)|\s*(?:weeks?|wks?|/\s*40))(?!\s*(?:ago|old))"
)
"""The weeks at which somebody was born, at term too."""
TERM = 37
"""The week of pregnancy before which a birth is preterm (WHO)."""
_WEEKS_A_MONTH = 4.3
_A_MICROLITRE = 1000
"""A count of platelets of so many and more is one in a microlitre."""
_FAHRENHEIT = 60
"""A body temperature of more degrees is one in Fahrenheit."""


def readings(text: str) -> Iterator[tuple[str, float]]:
    """Yield the measurements of a text, each with its name."""
    if not any(char.isdigit() for char in text):
        return
    text = _GAP.sub(" ", text)  # the columns of a form
    for found in _TEMPERATURE.finditer(text):
        degrees = float(found["told"] or found["bare"] or found["unit"] or found["sign"] or found["alone"])
        yield TEMPERATURE, degrees if degrees < _FAHRENHEIT else (degrees - 32) * 5 / 9
    for found in _PRESSURE.finditer(text):
        if found["lower"]:
            yield DIASTOLIC, float(found["lower"])
            continue
        yield SYSTOLIC, float(found["systolic"] or found["alone"])
        if found["diastolic"]:
            yield DIASTOLIC, float(found["diastolic"])
    for found in _PULSE.finditer(text):
        yield PULSE, float(found["told"] or found["unit"])
    for found in _GESTATION.finditer(_BORN_AT.sub(" ", text)):
        yield GESTATION, float(found[3]) * _WEEKS_A_MONTH if found[3] else float(next(filter(None, found.groups())))
    yield from ((MASS_INDEX, value) for value in _mass_indices(text))
    for found in _PLATELETS.finditer(text):
        count = float(found["count"].replace(",", "").removesuffix(".000"))
        yield PLATELETS, NORMAL_PLATELETS - (count / 1000 if count >= _A_MICROLITRE else count)
    yield from ((BONE_DENSITY, float(found["told"].replace(",", "."))) for found in _BONE_DENSITY.finditer(text))
    yield from ((SATURATION, 100 - float(found["told"] or found["first"])) for found in _SATURATION.finditer(text))
    yield from ((BREATHS, 12 - float(found["told"] or found["first"])) for found in _BREATHS.finditer(text))
    yield from ((PRETERM, TERM - float(found[1] or found["asked"])) for found in _BORN.finditer(text))


def _is_normal(text: str) -> bool:
    """Whether a text states a temperature, and none that is low or a fever."""
    degrees = [value for name, value in readings(text) if name == TEMPERATURE]
    return bool(degrees) and min(degrees) > LOW and max(degrees) < FEVER


def _normal_signs(text: str) -> frozenset[str]:
    """Return the words for a saturation or a rate of breathing that a text states, and that is not low or fast."""
    stated: dict[str, list[float]] = {}
    for name, value in readings(text):
        stated.setdefault(name, []).append(value)
    return frozenset().union(
        *(words for name, (normal, words) in _NORMAL.items() if name in stated and set(stated[name]) <= set(normal))
    )


def _mass_indices(text: str) -> Iterator[float]:
    """Yield the body mass index that a text states, or that follows from the weight and height in it."""
    yield from (float(found[1]) for found in _MASS_INDEX.finditer(text))
    weight, height = _WEIGHT.search(text), _HEIGHT.search(text)
    if weight and height:
        metres = float(height[2]) if height[2] else float(height[1] or height["bare"]) / 100
        yield float(weight[1]) / metres**2


def is_of_pregnancy(text: str) -> bool:
    """Whether weeks in a description are those of a pregnancy, as it speaks of one."""
    return _OF_PREGNANCY.search(text) is not None and not (_BORN_ALREADY.search(text) and not _EXPECTED.search(text))


def told_by_numbers(
    text: str, tokens: tuple[Token, ...], *, behind: str = "", of_pregnancy: bool = False
) -> tuple[Token, ...]:
    """Return the tokens of a text, with words for what a number in it says: a fever, a very high blood pressure.

    What is known of the words then holds for the numbers too. In the description of a pregnancy bare weeks are its own.
    `behind` is the rest of the line: it may tell that what was normal fell.
    """
    if not any(char.isdigit() for char in text):
        normal_behind = _DEGREES_BEHIND.match(behind)
        if normal_behind and LOW < float(normal_behind[1]) < FEVER and not _FALLING.search(behind):
            return tuple(token for token in tokens if token.folded not in {"temperature", "temp", "temps"})
        return tokens
    if _is_normal(text):  # the word alone would be read as a fever
        tokens = tuple(token for token in tokens if token.folded not in {"temperature", "temp", "temps"})
    # Another number would be read as theirs: "sats 98%, range 5 to 80".
    if (normal := _normal_signs(text)) and not _FALLING.search(behind):
        tokens = tuple(token for token in tokens if token.folded not in normal)
    if born := _BORN_AT.search(text):  # "40+2" is no temperature
        tokens = tuple(token for token in tokens if token.folded not in {*re.findall(r"\d+", born[0])})
    if of_pregnancy and _WEEKS.search(_BORN_AT.sub(" ", text)):
        tokens = (*tokens, *analyse("weeks pregnant"))
    found = dict.fromkeys(
        words for name, value in readings(text) for told, least, words in TELLING if name == told and value >= least
    )
    return (*tokens, *chain.from_iterable(map(analyse, found)))

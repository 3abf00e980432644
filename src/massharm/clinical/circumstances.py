"""Circumstances of a client: what is present, age, weeks of pregnancy, measurements; and what holds under them."""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from massharm.clinical.measurements import GESTATION, PLATELETS, PRETERM, readings
from massharm.clinical.numerals import number_of
from massharm.clinical.patterns import Pattern
from massharm.clinical.segments import Segment
from massharm.kb.parts import Bounds, Quantity, When
from massharm.kb.records import Precaution
from massharm.kb.vocabulary import Asked
from massharm.text import fold

Range = tuple[float, float]
"""The least and the most that a number may be."""

SEVERE = frozenset(
    """
    severe severely agonising agonizing excruciating unbearable terrible awful horrible horrendous worst intense
    intensely massive heavy heavily profuse extreme extremely crippling
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words that say that something is severe."""
_SEVERE = "severe"

_WEEKS = Pattern(
    r"\b(?P<weeks>\d{1,2})(?:\s*\+\s*\d)?\s*(?:weeks?|wks?|w)\b(?!\s*(?:ago|old|post|after|since))|\b(?P<of>\d{1,2})\s*/\s*40\b"
    r"|\bweek\s+(?P<nth>\d{1,2})\b(?!\s+of\b)",
)
_DUE = Pattern(r"\bdue\s+in\s+(?:about\s+|around\s+)?(\d{1,2})\s*(?:weeks?|wks?)\b")
_TERM = 40
"""The week in which a baby is due."""
_TRIMESTER = Pattern(r"\b(first|1st|second|2nd|third|3rd|last|final)\s+trimester\b")
_TRIMESTERS: dict[str, Range] = {"first": (1, 13), "1st": (1, 13), "second": (14, 27), "2nd": (14, 27)}
_THIRD: Range = (28, 42)
_MONTHS = Pattern(r"\b(?P<months>\d)\s*months?\s*(?:pregnant|gone|along|preg)\b")
_LONGEST = 45
_YEAR = {"day": 365, "week": 52, "wk": 52, "mo": 12, "mth": 12}


class Circumstances(Struct, frozen=True):
    """What is known of a client: ids of what is present, the age in years, weeks of pregnancy, measurements by name.

    `days` is the time since what is past, by the id of its record. `answered` are the advice and questions that
    narrower names answer: pairs of the id of a record and a key.
    """

    present: frozenset[str] = frozenset()
    age: Range | None = None
    weeks: Range | None = None
    measured: Mapping[str, float] = {}
    days: Mapping[str, int] = {}
    answered: frozenset[tuple[str, str]] = frozenset()

    def hold(self, when: When, record: str = "", said: Iterable[str] = ()) -> bool:
        """Whether all fields of `when` match; what is not known does not. Times are of a record, by its id."""
        return all(
            (
                not when.records or not self.present.isdisjoint(when.records),
                when.age is None or _overlaps(self.age, when.age),
                when.weeks is None or _overlaps(self.weeks, when.weeks),
                when.ago is None or _overlaps(self._since(record), when.ago),
                when.quantity is None or _overlaps(self._measured(when.quantity), when.quantity),
                when.severity is None or (when.severity == _SEVERE and not SEVERE.isdisjoint(said)),
            )
        )

    def know(self, asked: Asked, record: Precaution) -> bool:
        """Whether a number is known on which advice of a precaution depends."""
        match asked:
            case Asked.AGE:
                return self.age is not None
            case Asked.WEEKS:
                return self.weeks is not None
            case Asked.AGO:
                return record.id in self.days
            case Asked.QUANTITY:
                needed = (part.when.quantity.name for part in record.advice if part.when and part.when.quantity)
                return any(name in self.measured for name in needed)

    def _since(self, record: str) -> Range | None:
        return (self.days[record], self.days[record]) if record in self.days else None

    def _measured(self, quantity: Quantity) -> Range | None:
        value = self.measured.get(quantity.name)
        return None if value is None else (value, value)


def _overlaps(known: Range | None, limits: Bounds | Quantity) -> bool:
    """Whether a number that is known within a range may lie within limits."""
    if known is None:
        return False
    least, most = known
    return (limits.min is None or most >= limits.min) and (limits.max is None or least <= limits.max)


def age_of(segments: Iterable[Segment]) -> Range | None:
    """Return the age in years that a description states first."""
    for segment in segments:
        if segment.years is not None:
            return segment.years, segment.years
        if segment.is_infant:
            told = segment.text.lower()
            numbers = (number_of(word) for word in re.findall(r"\d+|[a-z]+", told))  # "10wks old" too
            number = next((number for number in numbers if number is not None), None)
            unit = next((unit for unit in _YEAR if unit in told), None)
            if number is not None and unit:
                return number / _YEAR[unit], number / _YEAR[unit]
    return None


def weeks_of(text: str) -> Range | None:
    """Return the weeks of pregnancy that the description of a pregnant client states."""
    if due := _DUE.search(text):
        weeks = _TERM - int(due[1])
        return (weeks, weeks) if weeks > 0 else None
    if found := _WEEKS.search(text):
        weeks = int(found["weeks"] or found["of"] or found["nth"])
        return (weeks, weeks) if 0 < weeks <= _LONGEST else None
    if trimester := _TRIMESTER.search(text):
        return _TRIMESTERS.get(trimester[1].lower(), _THIRD)
    if months := _MONTHS.search(text):
        return int(months["months"]) * 4.0, int(months["months"]) * 4.5
    weeks_told = measured_in(text).get(GESTATION)
    return None if weeks_told is None else (weeks_told, weeks_told)


def measured_in(text: str) -> dict[str, float]:
    """Return the measurements of a description by name; the names are those of the quantities in the data."""
    return dict(readings(text))


def words_of_numbers(text: str) -> frozenset[str]:
    """Return the folded words of a text that state weeks of pregnancy or a measurement."""
    if not any(char.isdigit() for char in text):
        return frozenset()
    stated = [found[0] for pattern in (_WEEKS, _TRIMESTER, _MONTHS) if (found := pattern.search(text))]
    is_measured = not {GESTATION, PRETERM}.issuperset(measured_in(text))
    names = ("bp", "temp", "temperature", "blood", "pressure", "mmhg", "c", "f") if is_measured else ()
    numbers = (word for word in fold(text).split() if word.isdigit()) if names else ()
    if PLATELETS in measured_in(text):
        names = (*names, "platelets", "platelet", "plts", "plt", "count", "low")
    return frozenset((*fold(" ".join(stated)).split(), *names, *numbers))

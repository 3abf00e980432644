"""Circumstances: what is known of a client, and which circumstances of the data hold."""

from typing import Any

import msgspec
import pytest

from clinic import clinic, precaution
from massharm.clinical.circumstances import Circumstances, age_of, measured_in, weeks_of, words_of_numbers
from massharm.clinical.segments import segments
from massharm.kb.parts import When
from massharm.kb.vocabulary import Asked

KNOWN = Circumstances(
    present=frozenset({"cancer"}),
    age=(70, 70),
    weeks=(14, 27),
    measured={"platelets": 40_000},
    days={"surgery": 30},
)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({"records": ["cancer", "gout"]}, True),
        ({"records": ["gout"]}, False),
        ({"age": {"min": 65}}, True),
        ({"age": {"max": 69}}, False),
        ({"weeks": {"max": 13}}, False),
        ({"weeks": {"max": 14}}, True),
        ({"weeks": {"min": 27}}, True),
        ({"weeks": {"min": 28}}, False),
        ({"ago": {"max": 42}}, True),
        ({"ago": {"min": 31}}, False),
        ({"quantity": {"name": "platelets", "max": 50_000}}, True),
        ({"quantity": {"name": "platelets", "max": 30_000}}, False),
        ({"quantity": {"name": "INR", "min": 3}}, False),
        ({"severity": "severe"}, False),
        ({"records": ["cancer"], "age": {"min": 65}}, True),
        ({"records": ["cancer"], "age": {"min": 75}}, False),
    ],
)
def test_all_circumstances_must_hold(when: dict[str, Any], *, holds: bool) -> None:
    """A number that is known within a range holds where any of the range does."""
    assert KNOWN.hold(msgspec.convert(when, When), "surgery") is holds


@pytest.mark.parametrize("when", [{"age": {"min": 1}}, {"weeks": {"min": 1}}, {"ago": {"min": 1}}])
def test_what_is_not_known_does_not_hold(when: dict[str, Any]) -> None:
    """Nor does the time since another record."""
    assert not Circumstances().hold(msgspec.convert(when, When), "surgery")
    assert not KNOWN.hold(msgspec.convert({"ago": {"min": 1}}, When), "fracture")


@pytest.mark.parametrize("asked", Asked)
def test_a_number_is_known_or_has_to_be_asked_for(asked: Asked) -> None:
    """The time is that of the record itself, the quantity one on which its advice depends."""
    advice = {"level": "local", "text": "Wait.", "when": {"quantity": {"name": "platelets"}}, "citations": [13]}
    kb = clinic(precautions=[precaution(name) | {"advice": [advice]} for name in ("Surgery", "Fracture")])
    surgery, fracture = (record for record in kb.file.precautions)
    assert KNOWN.know(asked, surgery)
    assert not Circumstances(measured={"INR": 3}, days={"fracture": 3}).know(asked, surgery)
    assert KNOWN.know(asked, fracture) is (asked is not Asked.AGO)


def test_severity_is_what_is_said() -> None:
    """Only "severe" is read; other severities are asked about."""
    severe, other = (msgspec.convert({"severity": word}, When) for word in ("severe", "advanced"))
    assert KNOWN.hold(severe, said=("terrible", "pain"))
    assert not KNOWN.hold(severe, said=("mild", "pain"))
    assert not KNOWN.hold(other, said=("severe", "advanced"))


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("84 year old man", (84, 84)),
        ("gout, aged 66, 70 years old", (66, 66)),
        ("6 week old baby", (6 / 52, 6 / 52)),
        ("9 month old", (9 / 12, 9 / 12)),
        ("baby gone limp, 10wks old", (10 / 52, 10 / 52)),
        ("aged six weeks", (6 / 52, 6 / 52)),
        ("gout", None),
    ],
)
def test_the_age_is_the_first_that_is_stated(text: str, age: tuple[float, float] | None) -> None:
    """In years."""
    assert age_of(segments(text)) == age


@pytest.mark.parametrize("number", ["0", "1", "10", "099", "six", "1/2", "\u00bd", "3.5"])
@pytest.mark.parametrize("unit", ["weeks", "wks", "wk", "months", "mths", "mo", "days", "d", "w", "m"])
def test_no_way_to_write_the_age_of_a_baby_is_an_error(number: str, unit: str) -> None:
    """However odd: an age that cannot be told is none."""
    for text in (
        "{0}{1} old",
        "{0} {1} old",
        "{0}-{1}-old",
        "aged {0}{1}",
        "{0} {1} of age",
        "age in {1}: {0}",
        "Age: {0}{1}",
    ):
        age = age_of(segments(f"baby, {text.format(number, unit)}, is pale"))
        assert age is None or age[0] >= 0


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("20 weeks pregnant", (20, 20)),
        ("pregnant, 26+3 weeks", (26, 26)),
        ("32/40", (32, 32)),
        ("first trimester", (1, 13)),
        ("in her second trimester", (14, 27)),
        ("3rd trimester", (28, 42)),
        ("5 months pregnant", (20, 22.5)),
        ("pregnant, broke a leg 6 weeks ago", None),
        ("60 weeks", None),
        ("pregnant, due in 9 weeks", (31, 31)),
        ("pregnant", None),
    ],
)
def test_weeks_of_pregnancy_are_read(text: str, weeks: tuple[float, float] | None) -> None:
    """A trimester and months are ranges; a time ago is none."""
    assert weeks_of(text) == weeks


def test_words_of_numbers_are_those_that_were_used() -> None:
    """They are reported as known, and others are not."""
    assert words_of_numbers("20 weeks and a xylophone") == {"20", "weeks"}
    assert {"bp", "210", "120"} <= words_of_numbers("bp 210/120")
    assert words_of_numbers("a xylophone") == frozenset()
    assert measured_in("bp 210/120")["systolic blood pressure"] == 210

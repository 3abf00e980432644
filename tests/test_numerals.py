"""Numbers in words, and ages at which something was."""

from datetime import UTC, datetime

import pytest

from massharm.clinical.ages import with_years_of_ages
from massharm.clinical.circumstances import age_of
from massharm.clinical.numerals import number_of, with_numerals
from massharm.clinical.segments import segments


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("she is eighty-two", "she is 82"),
        ("aged fifteen, sore", "aged 15 , sore"),
        ("thirty weeks pregnant", "30 weeks pregnant"),
        ("eighty, on warfarin", "80 , on warfarin"),
        # No number of its own: a name, an idiom, a decade.
        ("she is nearly pushing eighty now", "she is nearly pushing eighty now"),
        ("forty winks", "forty winks"),
        ("twenty thousand steps", "twenty thousand steps"),
    ],
)
def test_numbers_in_words_are_read_where_they_count(text: str, told: str) -> None:
    """Of years, weeks, people, or alone; the text keeps its length."""
    found = with_numerals(text)
    assert (" ".join(found.split()), len(found)) == (told, len(text))


def test_an_age_long_past_is_a_year() -> None:
    """Where a later age of the client is stated; a relative's age is no year."""
    year = datetime.now(UTC).year - 26
    assert with_years_of_ages("broke an arm aged 11. I am 37 years old") == f"broke an arm {year}   . I am 37 years old"
    for text in ("my son aged 11. I am 37 years old", "broke an arm aged 11", "fell aged 35. I am 37 years old"):
        assert with_years_of_ages(text) == text


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3 months old", 0.25),
        ("three month old", 0.25),
        ("twelve weeks old", 12 / 52),
        ("the scar is 3 months old", None),
        ("my hip replacement is about 6 months old", None),
        ("clicky hips 6 months old", 0.5),
        ("the scar is sore. She is 3 months old", 0.25),
    ],
)
def test_an_age_in_weeks_or_months_is_an_infants(text: str, years: float | None) -> None:
    """In figures and in words, but not that of a thing."""
    assert age_of(segments(text)) == (None if years is None else (years, years))


def test_numbers_up_to_twelve_are_known_in_words() -> None:
    """Beside figures."""
    assert [number_of(word) for word in ("7", "ten", "twelve", "some")] == [7, 10, 12, None]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ill in twenty sixteen", "2016"),
        ("ill in nineteen ninety-four", "1994"),
        ("ill in twenty ten", "2010"),
        ("ill for twenty ten years", "twenty ten years"),
        ("ill until twenty ninety", "twenty ninety"),
    ],
)
def test_a_year_in_words_is_one_in_figures(text: str, year: str) -> None:
    """A year that is to come is none."""
    found = with_numerals(text)
    assert len(found) == len(text)
    assert " ".join(found.split()).endswith(year)

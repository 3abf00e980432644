"""Measurements: what numbers in a description say, and the words that stand for them."""

import pytest

from massharm.clinical.measurements import readings, told_by_numbers
from massharm.search.analysis import analyse


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("temp 38.9", {"temperature": 38.9}),
        ("temperature of 36.7", {"temperature": 36.7}),
        ("39 °C", {"temperature": 39}),
        ("38.5C", {"temperature": 38.5}),
        ("fever 101", {"temperature": 38.3}),
        ("BP 210/120", {"systolic blood pressure": 210, "diastolic blood pressure": 120}),
        ("135 over 85", {"systolic blood pressure": 135, "diastolic blood pressure": 85}),
        ("systolic of 190", {"systolic blood pressure": 190}),
        ("pulse 62", {}),
        ("pulse 162 at rest", {"heart rate": 162}),
        ("150 bpm", {"heart rate": 150}),
        ("BMI 41.5", {"body mass index": 41.5}),
        ("165 cm, 140 kg", {"body mass index": 51.4}),
        ("1.80 m and 81 kg", {"body mass index": 25}),
        ("32/40", {"weeks of pregnancy": 32}),
        ("G2P1, 26+3", {"weeks of pregnancy": 26}),
        ("carrying 7 months", {"weeks of pregnancy": 30.1}),
        ("39 weeks", {"weeks of pregnancy": 39}),
        ("31 weeks and bleeding", {"weeks of pregnancy": 31}),
        ("she is 34 weeks and bleeding", {"weeks of pregnancy": 34}),
        ("now I'm 20 weeks with the next one", {"weeks of pregnancy": 20}),
        ("T 38.6 today", {"temperature": 38.6}),
        ("38.9 since this afternoon", {"temperature": 38.9}),
        ("platelets 18", {"platelets missing to 150": 132}),
        ("platelets 90,000", {"platelets missing to 150": 60}),
        ("platelets: 250", {"platelets missing to 150": -100}),
        # No measurement of these.
        ("sore for 39 weeks", {}),
        ("I'm 6 weeks post op", {}),
        ("she is 12 weeks old", {}),
        ("level T 4", {}),
        ("weighs 38.5 kg", {}),
        ("platelets 6 weeks ago", {}),
        ("12/05/2020", {}),
        ("aged 38", {}),
        ("fever for 38 hours", {}),
        ("no numbers", {}),
    ],
)
def test_measurements_are_read(text: str, found: dict[str, float]) -> None:
    """In degrees Celsius, millimetres of mercury, beats a minute, kg/m² and weeks."""
    assert {name: round(value, 1) for name, value in readings(text)} == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("it says 37.9", ""),
        ("temp 38", "high temperature fever"),
        ("BP 139/89", ""),
        ("BP 140/85", "high blood pressure itself"),
        ("BP 130/90", "high blood pressure itself"),
        ("BP 180/100", "blood pressure over 180 high blood pressure itself"),
        ("BP 150/120", "high blood pressure itself blood pressure over 180"),
        ("heart rate 149", ""),
        ("heart rate 150", "pulse over 150"),
        ("BMI 29.9", ""),
        ("BMI 30", "obesity"),
        ("32/40", "weeks pregnant"),
    ],
)
def test_numbers_are_told_in_words(text: str, words: str) -> None:
    """From the number on that says something; the words that were typed stay."""
    tokens = analyse(text)
    told = told_by_numbers(text, tokens)
    assert told[: len(tokens)] == tokens
    assert sorted(token.folded for token in told[len(tokens) :]) == sorted(words.split())


@pytest.mark.parametrize(
    ("text", "left"), [("temp 37.9", "37 9"), ("temp 35.1", "temp 35 1"), ("temp high", "temp high")]
)
def test_a_normal_temperature_is_no_temperature(text: str, left: str) -> None:
    """The word alone would be read as a fever."""
    assert " ".join(token.folded for token in told_by_numbers(text, analyse(text))) == left

"""Layouts: lines that a program broke, struck words, and signs that answer."""

import pytest

from massharm.clinical.layouts import (
    on_one_line,
    with_scanned_letters,
    with_signs_as_boxes,
    with_statements_apart,
    without_keys,
)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        # Prose that goes on.
        ("I do have high blood\npressure.", True),
        ("She has no\ngout", True),
        ("She does not have gout,\nfits or asthma", True),
        ("I have been told by two doctors that I have no gout\nor fits", True),
        ("Her legs and\nfeet", True),
        ("mini-\nstroke", True),
        # A list that goes on.
        ("PMH: gout, high blood\npressure, fits", True),
        # Lines of their own.
        ("asthma: no\ndiabetes: yes", False),
        ("she has no fever\nchest pain since noon", False),
        ("no fever, no cough\nchest pain, sweating", False),
        ("meds: warfarin, ramipril\nallergies: none", False),
        ("condition,present\nhypertension,no,", False),
        ("gout\nfits", False),
        ("I have gout.\nfits too", False),
        ("I have gout\nFits", False),
        ("I have:\ngout", False),
    ],
)
def test_a_broken_sentence_stands_on_one_line(text: str, *, joined: bool) -> None:
    """A line goes on where the sentence is prose or a list, and not where a denial would reach the next line."""
    found = on_one_line(text)
    assert len(found) == len(text)
    assert ("\n" not in found) is joined


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Have you had a str-\noke? N O", "Have you had a stroke ? NO"),
        ("Mul-\ntiple scler-\nosis", "Multiple sclerosis"),
        ("Pressure? | Please select (High / Low) > High", "Pressure? | High"),
        ("[10:02] Bot: Any gout?\n[10:02] You: yep\nBot: Any fits?\nYou: no", "Any gout? yep Any fits? no"),
        ("Client: gout\nTherapist: Jo", "Client: gout Therapist: Jo"),
        # Where only one side speaks, nobody answers.
        (
            "Clinic: Bath\nTherapist: Jo\nBot: gout\nAgent: Bo",
            "Clinic: Bath Therapist: Jo Bot: gout Agent: Bo",
        ),
        ("Me: gout\nPatient: fits\nUser: Jo\nYou: Bo", "Me: gout Patient: fits User: Jo You: Bo"),
    ],
)
def test_what_an_app_adds_is_no_word(text: str, left: str) -> None:
    """Words broken at a line end, letters apart, choices that were not made, and who spoke."""
    found = on_one_line(text)
    assert len(found) == len(text)
    assert " ".join(found.split()) == left


def test_an_export_is_read_in_lines() -> None:
    """The values of an app's export stand on lines of their own; another text stays."""
    text = '{"client": {"high_pressure": true, "fits": false}, "notes": ["gout, foot"]}'
    found = without_keys(text)
    assert len(found) == len(text)
    assert [" ".join(line.split()) for line in found.split("\n") if line.strip()] == [
        "client :", "high pressure : true", "fits : false", "notes : gout, foot",
    ]  # fmt: skip
    assert without_keys("[x] gout, fits") == "[x] gout, fits"


def test_a_quoted_message_is_read_as_it_was_sent() -> None:
    """The marks before its lines are no words."""
    assert on_one_line("> Gout? no\n>> Fits? <<\n") == "  Gout? no\n   Fits?   \n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Gout: ~~Yes~~ / No", "Gout: No"),
        ("Gout: Yes / ~~No~~", "Gout: Yes"),
        ("(-) gout (+) fits", "[N] gout [Y] fits"),
        ("gout (+)", "gout (+)"),
        ("+ gout, - fits", "\u2611 gout, \u2717 fits"),
        ("- gout", "- gout"),
    ],
)
def test_signs_and_struck_words_are_answers(text: str, left: str) -> None:
    """What is struck through is gone; one sign alone says nothing."""
    found = with_signs_as_boxes(text)
    assert len(found) == len(text)
    assert " ".join(found.split()) == left


@pytest.mark.parametrize(
    ("text", "is_parted"),
    [
        ("denies gout and fits and has asthma", True),
        ("no gout and I do have asthma", True),
        ("no gout and is not asthmatic", False),
        ("no gout and fits", False),
        ("gout and has asthma", False),
    ],
)
def test_a_statement_behind_a_denial_begins_anew(text: str, *, is_parted: bool) -> None:
    """The "and" before it becomes a "but", which ends the denial."""
    found = with_statements_apart(text)
    assert len(found) == len(text)
    assert ("but" in found) is is_parted


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("H1gh b1ood", "High blood"),
        ("0steoporosis, Ep1lepsy", "osteoporosis, Epilepsy"),
        ("T1DM, b1k", "T1DM, b1k"),
        ("che5t", "chest"),
        ("B12, H1N1, T10, L5S1, x10 C1", "B12, H1N1, T10, L5S1, x10 C1"),
        ("100mg 10am 01mg 1st", "100mg 10am 01mg 1st"),
    ],
)
def test_digits_of_a_scanner_are_letters(text: str, read: str) -> None:
    """Where they stand among at least three letters; a code or a dose stays."""
    assert with_scanned_letters(text) == read

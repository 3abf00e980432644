"""The parts of a description: lines, sentences and clauses, and ages."""

import pytest

from massharm.clinical.segments import MAX_DESCRIPTION, segments
from massharm.errors import WrongUse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("warfarin", ["warfarin"]),
        ("warfarin, osteoporosis; stroke", ["warfarin", "osteoporosis", "stroke"]),
        ("Had a stroke. Takes warfarin! Pregnant?", ["Had a stroke", "Takes warfarin", "Pregnant"]),
        ("warfarin (since May): yes", ["warfarin", "since May"]),
        ("warfarin+aspirin", ["warfarin", "aspirin"]),
        ("no clots\nwarfarin", ["no clots", "warfarin"]),
        ("no clots but warfarin BUT fit", ["no clots", "warfarin", "fit"]),
        ("buttock, butter", ["buttock", "butter"]),
        ("  deep \t vein   thrombosis ", ["deep vein thrombosis"]),
        ("warfarin/aspirin - fit & well", ["warfarin/aspirin", "fit & well"]),
        ("uses a\nspray", ["uses a spray"]),
        ("St. John's wort. Gout", ["St. John's wort", "Gout"]),
        ("1st. Gout", ["1st", "Gout"]),
        ("Ms Jones, gout; has MS. Diabetes", ["Jones", "gout", "has MS", "Diabetes"]),
        ("Ms. Jones; Ms since 2010", ["Jones", "Ms since 2010"]),
        ("gout\nspray", ["gout", "spray"]),
        ("Has\nGout", ["Has", "Gout"]),
        (",;. ()", []),
        ("", []),
    ],
)
def test_a_description_is_cut_into_clauses(text: str, parts: list[str]) -> None:
    """Lines, sentences and clauses are parts; blanks are one, and parts without words are none."""
    found = segments(text)
    assert [part.text for part in found] == parts
    assert all(part.years is None and not part.is_infant for part in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# NOF", "fracture nof"),
        ("old #R wrist 2/52 ago", "old fracture r wrist 2 52 ago"),
        ("# left hip", "fracture left hip"),
        ("wrist # 3 weeks ago", "wrist fracture 3 weeks ago"),
        ("tib/fib # Mon", "tib or fib fracture mon"),
        ("wrist #3", "wrist 3"),
        ("# Medication", "medication"),
        ("## Hip", "hip"),
        ("#2", "2"),
    ],
)
def test_the_sign_for_a_fracture_is_a_word_before_a_bone(text: str, words: str) -> None:
    """Not before a heading or a number."""
    assert " ".join(token.folded for part in segments(text) for token in part.tokens) == words


def test_tokens_stand_in_their_part_only() -> None:
    """Each word of the text is a token of one part, at its place in the whole text."""
    text = "No clots, but Xarelto; 70 years old, Down's syndrome"
    found = segments(text)
    assert [[token.folded for token in part.tokens] for part in found] == [
        ["no", "clots"],
        ["xarelto"],
        ["70", "years", "old"],
        ["down", "syndrome"],
    ]
    assert all(text[token.start : token.end] == token.text for part in found for token in part.tokens)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("74 years old", 74),
        ("74 year old", 74),
        ("74-year-old woman", 74),
        ("74 yrs", 74),
        ("74yo", 74),
        ("74 y/o", 74),
        ("AGED 74", 74),
        ("age 74", 74),
        ("aged 74 years", 74),
        ("woman of 74", 74),
        ("a man of 74 who", 74),
        ("her mother is 74", 74),
        ("he's 74", 74),
        ("she is 74", 74),
        ("patient is 74", 74),
        ("in her 70s", 70),
        ("74F", 74),
        ("74 m", 74),
        (" 74 ", 74),
        ("Elsie M, 74. Gout", 74),
        ("Joan is 74, gout", 74),
        ("Has Parkinson's 74, lives alone", 74),
        ("me nan's 74 and well", 74),
        ("Pulse is 74, regular", None),
        ("fever, 37.4, gout", None),
        ("105 years old", 105),
        ("9 years old", 9),
        # No age of somebody.
        ("diabetes for 20 years", None),
        ("since 20 years", None),
        ("stroke 20 years ago", None),
        ("scars: 2 years for big operations", None),
        ("74, pacemaker", 74),
        ("diabetes, 74, pacemaker", 74),
        ("weighs 74, pacemaker", None),
        ("pulse is 74", None),
        ("blood pressure of 150", None),
        ("woman of 74 kg", None),
        ("she is 20 weeks pregnant", None),
        ("20 weeks", None),
        ("in 1974", None),
        ("1974 years", None),
        ("aged 1974", None),
        ("aged " + "9" * 5000, None),
        ("9" * 5000 + " years old", None),
        ("", None),
    ],
)
def test_years_of_age_are_read(text: str, years: int | None) -> None:
    """An age is somebody's: neither a time since, nor a reading, nor a weight."""
    assert [part.years for part in segments(text) if part.years is not None] == ([] if years is None else [years])
    assert not any(part.is_infant for part in segments(text))


@pytest.mark.parametrize(
    ("text", "is_infant"),
    [
        ("6 weeks old", True),
        ("6-week-old", True),
        ("5 month old baby", True),
        ("3 mths old", True),
        ("10 DAYS OLD", True),
        ("6 weeks", False),
        ("32 weeks pregnant", False),
        ("6 weeks ago", False),
        ("6 years old", False),
    ],
)
def test_an_infant_is_read(text: str, is_infant: bool) -> None:  # noqa: FBT001 - a column of the table
    """An age in days, weeks or months is an infant's; a time is none."""
    assert any(part.is_infant and part.years is None for part in segments(text)) is is_infant


def test_an_age_is_a_part_of_its_own() -> None:
    """What stands before and after it is read apart."""
    found = segments("frail lady, 83 years old with a stroke")
    assert [(part.text, part.years) for part in found] == [
        ("frail lady", None),
        ("83 years old", 83),
        ("with a stroke", None),
    ]


def test_ages_and_boundaries_do_not_hide_each_other() -> None:
    """Several ages are read, each where it stands."""
    found = segments("mum is 61, baby 6 weeks old: no fever")
    assert [(part.text, part.years, part.is_infant) for part in found] == [
        ("mum is 61", 61, False),
        ("baby", None, False),
        ("6 weeks old", None, True),
        ("no fever", None, False),
    ]


def test_a_description_that_is_too_long_is_refused() -> None:
    """The message names the limit; a description of just this length is read."""
    assert len(segments("clots, " * (MAX_DESCRIPTION // 7))) == MAX_DESCRIPTION // 7
    assert segments("a" * MAX_DESCRIPTION)
    with pytest.raises(WrongUse, match="10,001 characters is too long; at most 10,000"):
        segments("a" * 10_001)


def test_a_name_before_an_age_stays() -> None:
    """It may be that of an illness."""
    found = [part.text for part in segments("Has Parkinson's 74, lives alone")]
    assert found == ["Has Parkinson's", "74", "lives alone"]


@pytest.mark.parametrize(
    ("text", "is_spine"),
    [
        ("broke the neck of the femur", False),
        ("broke the neck of her humerus", False),
        ("a fracture of the neck of the talus", False),
        ("neck of the femur", True),
        ("broke the neck of my coat", True),
        ("broke the neck and the femur", True),
    ],
)
def test_a_neck_of_a_bone_is_none_of_the_spine(text: str, *, is_spine: bool) -> None:
    """Only a bone that was broken takes the word away."""
    assert ("neck" in [token.folded for token in segments(text)[0].tokens]) is is_spine


def test_what_was_typed_is_quoted_as_it_was() -> None:
    """What is put in for reading, such as the joint of two words, is not."""
    found = segments("nil pins/needles")[0]
    assert found.text == "nil pins/needles"
    assert {"pins", "needles"} <= {token.folded for token in found.tokens}

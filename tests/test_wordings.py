"""The wordings of signs by stems, and the signs that several parts of a description say together."""

import pytest

from clinic import clinic, harm, medicine, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.reading import read
from massharm.clinical.wordings import Wordings, texts_of, wordings_in


@pytest.fixture(scope="module")
def ward() -> KnowledgeBase:
    """Return signs of two things, of a condition, and some that hang on a small word."""
    return clinic(
        precautions=[
            precaution("Blood thinning", "blood thinners"),
            precaution("Pregnancy", "pregnant") | {"population": "pregnancy"},
            precaution("Newborn", "infant; my baby") | {"population": "infant"},
        ],
        medicines=[medicine("Thinners", "warfarin", "blood-thinning")],
        signs=[
            sign("heart sign", "emergency-now", "jaw pain and nausea"),
            sign("hit head on blood thinners", "emergency-now"),
            sign("floppy baby", "emergency-now"),
            sign("baby won't feed", "same-day"),
            sign("very high temperature", "same-day"),
            sign("itchy rash all over", "same-day"),
            sign("ankle purple swollen tight hot", "soon"),
        ],
        harms=[harm("Whatever", "", "serious")],
        cases=[],
        withdrawn=[],
    )


def _signs(kb: KnowledgeBase, text: str) -> set[str]:
    return {part.sign.id for part in read(kb, text).signs}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Over a comma, in neighbouring parts.
        ("jaw pain, nausea", {"heart-sign"}),
        ("nausea, tired, jaw pain", {"heart-sign"}),
        ("nausea. Jaw pain", set()),
        ("nausea, no jaw pain", set()),
        ("nausea, tired, well, jaw pain", set()),
        # Of a condition that is told elsewhere.
        ("on warfarin. Hit her head", {"hit-head-on-blood-thinners"}),
        ("hit her head", set()),
        ("no warfarin, hit her head", set()),
        ("mother takes warfarin and I hit my head", set()),
        ("6 week old, floppy", {"floppy-baby"}),
        ("40 years old, floppy", set()),
        ("6 week old, with many floppy green garden hoses", set()),
        # Of a label: with its value, unless that was long ago.
        ("heart sign: had it a few times", {"heart-sign"}),
        ("heart sign: had it a few times, last one 2012", set()),
        # Words on which hangs what a wording says.
        ("baby won't feed", {"baby-wont-feed"}),
        ("baby is not able to feed", {"baby-wont-feed"}),
        ("baby feeds well", set()),
        ("very high temperature", {"very-high-temperature"}),
        ("high temperature", set()),
        ("an itchy rash", set()),
        ("an itchy rash all over her", {"itchy-rash-all-over"}),
        # Of five words four are enough, unless the rarest is missing.
        ("purple swollen tight hot ankle", {"ankle-purple-swollen-tight-hot"}),
        ("swollen tight hot ankle", {"ankle-purple-swollen-tight-hot"}),
        ("tight hot ankle", set()),
    ],
)
def test_signs_that_are_said(ward: KnowledgeBase, text: str, found: set[str]) -> None:
    """Together with what else is said, and not without the words that matter."""
    assert _signs(ward, text) == found


def test_a_wording_has_a_number(ward: KnowledgeBase) -> None:
    """By which its text, its sign and the count of its stems are found."""
    wordings = Wordings(ward)
    numbers = range(len(wordings.sizes))
    assert [wordings.text(number) for number in numbers] == [
        text for record in ward.file.signs for text in texts_of(record)
    ]
    owners = [record.id for record in ward.file.signs for _ in texts_of(record)]
    assert [wordings.sign(number).id for number in numbers] == owners
    assert (wordings.sizes[0], wordings.sizes[1]) == (2, 3)


def test_wordings_are_found_by_forms_of_their_words(ward: KnowledgeBase) -> None:
    """And by all of some stems at once; what no wording holds finds none."""
    wordings = wordings_in(ward)
    assert wordings_in(ward) is wordings
    assert wordings.places({0: ["swollen"], 3: ["ankle"]}) == {7: {0: "swollen", 3: "ankle"}}
    assert wordings.places({0: ["xylophone"]}) == {}
    assert set(wordings.with_all(["blood", "thinner"])) == {2}
    assert set(wordings.with_all(["blood", "xylophone"])) == set()
    assert set(wordings.with_all([])) == set()

"""Contractions: a verb and its "not" in one word or two; and names that stand in any person."""

import pytest

from clinic import clinic, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.contractions import contracted
from massharm.clinical.reading import read
from massharm.clinical.screening import Plan, screen


@pytest.mark.parametrize(
    ("folded", "read_as"),
    [
        ("rash does not fade", "rash doesnt fade"),
        ("it will not and cannot", "it wont and cant"),
        ("can not could not", "cant couldnt"),
        ("i cannae and it doesnae", "i cant and it doesnt"),
        ("it aint so", "it isnt so"),
        ("knot is nothing", "knot is nothing"),
        ("i am not", "i am not"),
    ],
)
def test_two_words_are_one(folded: str, read_as: str) -> None:
    """Of a verb that has a contraction."""
    assert contracted(folded) == read_as


@pytest.fixture(scope="module")
def ward() -> KnowledgeBase:
    """Return signs with either form."""
    return clinic(
        precautions=[precaution("Gout")],
        signs=[
            sign("fixed rash", "emergency-now", "rash doesn't fade; spots that do not fade"),
            sign("dead leg", "emergency-now", "leg won't obey; leg cannot obey"),
        ],
        cases=[],
        harms=[],
        withdrawn=[],
    )


@pytest.mark.parametrize(
    "text", ["rash does not fade", "rash doesn't fade", "the spots don't fade", "spots do not fade"]
)
def test_a_name_is_found_by_either_form(ward: KnowledgeBase, text: str) -> None:
    """In the data and in a description."""
    assert [part.sign.id for part in read(ward, text).signs] == ["fixed-rash"]


@pytest.mark.parametrize(
    "text", ["my leg will not obey", "my leg won't obey", "leg can't obey", "my leg can not obey", "leg cannae obey"]
)
def test_what_somebody_cannot_do_is_no_denial(ward: KnowledgeBase, text: str) -> None:
    """Whatever the form."""
    assert [part.sign.id for part in read(ward, text).signs] == ["dead-leg"]


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("I do not have gout", True),
        ("I have not got gout", True),
        ("it is not gout", True),
        ("I ain't got gout", True),
        ("gout is not better", False),
        ("gout will not go", False),
    ],
)
def test_a_denial_stays_one(ward: KnowledgeBase, text: str, *, is_denied: bool) -> None:
    """And what is no better is there."""
    assert (not screen(ward, text, Plan()).precautions) is is_denied


@pytest.fixture(scope="module")
def told() -> KnowledgeBase:
    """Return signs whose names are told in one person, and one that a short word says."""
    return clinic(
        precautions=[precaution("Gout")],
        signs=[
            sign("odd wiping", "emergency-now", "feels odd when I wipe; I'm seeing two of you; I've gone a bit yellow"),
            sign("one fit", "emergency-now", "had a fit/phrase"),
        ],
        cases=[],
        harms=[],
        withdrawn=[],
    )


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("it feels odd when she wipes", ["odd-wiping"]),
        ("the client is seeing two of you", ["odd-wiping"]),
        ("he has gone a bit yellow", ["odd-wiping"]),
        ("a bit yellow", []),
        ("has had a fit", ["one-fit"]),
        ("he is fit", []),
        ("last fit of the day", []),
    ],
)
def test_a_long_name_stands_in_any_person(told: KnowledgeBase, text: str, signs: list[str]) -> None:
    """Whoever has the sign; a short name stands word for word."""
    assert [part.sign.id for part in read(told, text).signs] == signs

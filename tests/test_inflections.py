"""Forms of one word, and what is none."""

import pytest

from clinic import clinic, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.inflections import base, forms
from massharm.clinical.reading import read
from massharm.search.analysis import stem


@pytest.mark.parametrize(
    "words",
    [
        "swell swelled swelling swollen",
        "tight tightened tightening tightness",
        "foot feet",
        "calves calf",
        "move moves moving moved",
        "sag sags sagging sagged",
        "pass passes passing passed",
        "pee pees peeing peed",
        "sway sways swaying swayed",
        "wake waking woke woken",
    ],
)
def test_forms_of_one_word_have_one_base(words: str) -> None:
    """Irregular forms, forms of short verbs, nouns and verbs of an adjective, and plurals."""
    assert len({base(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["emesis vomiting", "paresis weakness", "ecchymoses bruised", "syncope fainted"])
def test_the_words_of_a_clinician_are_those_of_everybody(words: str) -> None:
    """One thing, two words."""
    assert len({base(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["numb number", "leg legend", "left leave", "foot fit", "wee weeing", "use used"])
def test_other_words_are_no_forms(words: str) -> None:
    """However alike they look."""
    one, two = words.split()
    assert base(one) != base(two)


def test_an_irregular_plural_is_no_form_of_its_singular() -> None:
    """A sign of one limb is none of both."""
    assert forms(stem("feet")) == (stem("feet"),)
    assert stem("tight") in forms(stem("tightness"))


@pytest.fixture(scope="module")
def ward() -> KnowledgeBase:
    """Return signs whose words have other forms."""
    return clinic(
        precautions=[precaution("Gout")],
        signs=[
            sign("jaw tightness", "emergency-now"),
            sign("pulseless foot", "emergency-now"),
            sign("white foot", "same-day"),
        ],
        cases=[],
        harms=[],
        withdrawn=[],
    )


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("my jaw has tightened", ["jaw-tightness"]),
        ("tighter jaw", ["jaw-tightness"]),
        ("the foot is pulseless", ["pulseless-foot"]),
        ("a pulse in the foot", []),
        ("my foot is white and sore", ["white-foot"]),
        ("my feet are white and sore", []),
    ],
)
def test_a_sign_is_told_in_other_forms(ward: KnowledgeBase, text: str, signs: list[str]) -> None:
    """A word with -less says that it is not there, and two feet are not one."""
    assert [part.sign.id for part in read(ward, text).signs] == signs

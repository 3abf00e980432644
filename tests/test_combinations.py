"""Combinations: signs that several words say together, each of which may be one of many."""

import pytest

from clinic import clinic, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.reading import read


@pytest.fixture(scope="module")
def ward() -> KnowledgeBase:
    """Return two signs with combinations, and a condition."""
    return clinic(
        precautions=[precaution("Gout")],
        signs=[sign("thick leg", "same-day"), sign("dead arm", "emergency-now")],
        combinations=[
            {"sign": "thick-leg", "parts": ["calf|lower leg", "left|right", "fatter|come up|ballooning"]},
            {"sign": "dead-arm", "parts": ["arm|elbow", "cant feel|went numb"]},
            {"sign": "dead-arm", "parts": ["arm", "other arm", "heavier"]},
        ],
        cases=[],
        harms=[],
        withdrawn=[],
    )


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("the left calf is fatter", ["thick-leg"]),
        ("fatter on the right, my lower leg", ["thick-leg"]),
        ("It is the left one. My calves hurt. They have ballooned", ["thick-leg"]),
        ("Came up overnight? The calf, left", ["thick-leg"]),
        ("my left clf is fatter", []),
        # A misspelt word of no language; a word of its own is none.
        ("my left calf is balooning", ["thick-leg"]),
        ("my left calf is fattr", ["thick-leg"]),
        ("my left cakf is fatter", []),
        ("my left calf is flatter", []),
        ("my left calf is latter", []),
        ("cant feel my elbwo", ["dead-arm"]),
        ("Can't feel my elbow", ["dead-arm"]),
        ("my elbow has went numb", ["dead-arm"]),
        # Something is missing, apart, denied, long over, somebody else's or on another line.
        ("my calf is fatter", []),
        ("the left leg is fatter, lower", []),
        ("come and look up my left calf", []),
        ("went to see whether my arm was numb", []),
        ("one arm is heavier", []),
        ("the other arm is heavier", []),
        ("one arm is heavier than the other arm", ["dead-arm"]),
        ("the left calf was fatter in 2004", []),
        ("left calf: fatter? No", []),
        ("left shoulder\\nmy calf\\nfatter cat", []),
        ("left calf " + "and so on and on " * 9 + "fatter", []),
        ("gout", []),
        # What stands often is looked at again.
        (f"my arm {'and so on ' * 12} my arm {'and so on ' * 12} my arm went numb", ["dead-arm"]),
    ],
)
def test_a_combination_is_said_by_one_of_each_part(ward: KnowledgeBase, text: str, signs: list[str]) -> None:
    """In any order, in any form of a word, and near each other; words that stand together must do so."""
    assert sorted({part.sign.id for part in read(ward, text.replace("\\n", "\n")).signs}) == signs


def test_what_was_typed_is_given_back(ward: KnowledgeBase) -> None:
    """The words that say the sign, in their order."""
    (part,) = read(ward, "Tired, my left calf has come up").signs
    assert (part.typed, part.urgency) == ("left calf come up", "same-day")


@pytest.fixture(scope="module")
def maternity() -> KnowledgeBase:
    """Return signs of what is denied, of a condition, and of words that may be half of a compound."""
    return clinic(
        precautions=[precaution("Pregnancy", "pregnant; up the duff"), precaution("Gout")],
        signs=[
            sign("tight bump", "emergency-now"),
            sign("odd bruise", "same-day"),
            sign("red phlegm", "same-day", "coughing blood"),
        ],
        combinations=[
            {"sign": "tight-bump", "parts": ["pregnant", "tummy|belly", "wont relax"]},
            {"sign": "odd-bruise", "parts": ["bruise|purple", "no fall|havent fallen|without a blow"]},
            {"sign": "red-phlegm", "parts": ["blood|red urine", "phlegm"]},
        ],
        cases=[],
        harms=[],
        withdrawn=[],
    )


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        # An alternative that is a denial itself is said by that denial.
        ("purple hip, no fall", ["odd-bruise"]),
        ("purple hip without a blow", ["odd-bruise"]),
        ("purple hip, a fall", []),
        ("no bruise, no fall", []),
        # Either form of a denial.
        ("bruise and I have not fallen", ["odd-bruise"]),
        ("bruise and I haven't fallen", ["odd-bruise"]),
        # A condition is said, whatever words tell it.
        ("up the duff and my belly will not relax", ["tight-bump"]),
        ("my belly won't relax", []),
        ("Up the duff. My belly relaxes", []),
        # What is half of a compound is something else.
        ("blood in the phlegm", ["red-phlegm"]),
        ("phlegm, blood pressure fine", []),
        ("red urine, phlegm", ["red-phlegm"]),
        ("red urine test, phlegm", []),
        ("coughing up blood", ["red-phlegm"]),
        ("high blood pressure and coughing", []),
    ],
)
def test_denials_conditions_and_compounds_are_told_apart(maternity: KnowledgeBase, text: str, signs: list[str]) -> None:
    """What a combination asks for, in other words, and what only looks like it."""
    assert sorted({part.sign.id for part in read(maternity, text).signs}) == signs


def test_what_only_a_condition_says_is_not_quoted(maternity: KnowledgeBase) -> None:
    """The words for it stand elsewhere."""
    (found,) = read(maternity, "up the duff and my belly will not relax").signs
    assert found.typed == "belly will not relax"


@pytest.fixture(scope="module")
def nursery() -> KnowledgeBase:
    """Return signs of what somebody does not do, or cannot, each written in one way."""
    return clinic(
        precautions=[precaution("Gout")],
        signs=[sign("still limb", "emergency-now"), sign("pale rash", "same-day"), sign("weak grip", "same-day")],
        combinations=[
            {"sign": "still-limb", "parts": ["leg|foot", "not bending|not bent"]},
            {"sign": "pale-rash", "parts": ["spots", "dont fade|arent fading"]},
            {"sign": "weak-grip", "parts": ["thumb", "cant pinch"]},
        ],
        cases=[],
        harms=[],
        withdrawn=[],
    )


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        *(
            (f"the foot {denied}", ["still-limb"])
            for denied in (
                "not bending",
                "isn't bending",
                "is not bending",
                "was not bending",
                "doesn't bend",
                "has not bent",
                "didnt bend",
            )
        ),
        *(
            (f"spots {denied}", ["pale-rash"])
            for denied in ("don't fade", "do not fade", "not fading", "aren't fading")
        ),
        *(
            (f"my thumb {hardly}", ["weak-grip"])
            for hardly in ("can't pinch", "could not pinch", "can hardly pinch", "could barely pinch")
        ),
        ("the foot is bending", []),
        ("the foot will not be bending", []),
        ("spots fade", []),
        ("hardly a pinch of the thumb", []),
        ("the thumb hardly pinches", []),
        ("the thumb can pinch", []),
    ],
)
def test_a_denial_is_said_in_many_forms(nursery: KnowledgeBase, text: str, signs: list[str]) -> None:
    """With and without an auxiliary, whole or contracted; what can hardly be done cannot be."""
    assert sorted({part.sign.id for part in read(nursery, text).signs}) == signs

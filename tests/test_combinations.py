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

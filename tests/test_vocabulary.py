import subprocess
import sys

import pytest

from built import environment
from massharm.errors import WrongUse
from massharm.kb import vocabulary
from massharm.kb.vocabulary import SCALES, AdviceLevel, Bearing, Evidence, Scale, Severity, Urgency, one_of

WORDS = ("deep-tissue", "systematic review", "Thai")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("deep-tissue", "deep-tissue"),
        ("Deep Tissue", "deep-tissue"),
        (" DEEP_TISSUE ", "deep-tissue"),
        ("systematic-review", "systematic review"),
        ("thai", "Thai"),
    ],
)
def test_case_blanks_and_hyphens_do_not_matter(word: str, meant: str) -> None:
    """What is typed is one of the words, as it is written there."""
    assert one_of(word, WORDS, "--technique") == meant


def test_members_of_a_scale_come_back_as_members() -> None:
    """A word of an enum is its member."""
    assert one_of("same day", Urgency, "--urgency") is Urgency.SAME_DAY


@pytest.mark.parametrize(
    ("word", "offer"),
    [("deep tisue", " (did you mean deep-tissue?)"), ("tha", " (did you mean Thai?)"), ("zzz", ""), ("", "")],
)
def test_other_words_are_refused_with_what_would_do(word: str, offer: str) -> None:
    """The error names the option, the word, the nearest word if any, and all words."""
    with pytest.raises(WrongUse) as caught:
        one_of(word, WORDS, "--technique")
    allowed = "deep-tissue, systematic review, Thai"
    assert str(caught.value) == f"--technique does not take “{word}”{offer}; it takes {allowed}"


def test_scales_are_ordered_from_the_worst_or_strongest() -> None:
    """Rank 0 is the worst, the strongest, the most urgent, the strictest."""
    assert sorted(Severity, key=lambda level: level.rank) == ["serious", "moderate", "minor"]
    assert sorted(Urgency, key=lambda level: level.rank) == ["emergency-now", "same-day", "soon"]
    assert sorted(AdviceLevel, key=lambda level: level.rank) == [
        "contraindicated", "clearance", "local", "adapt"
    ]  # fmt: skip
    assert [Evidence.SYSTEMATIC_REVIEW.rank, Evidence.TRIAL.rank, Evidence.NONE.rank] == [0, 1, 6]
    for scale in SCALES.values():
        assert [level.rank for level in scale] == list(range(len(scale)))


def test_levels_have_headings() -> None:
    """A level is shown under its heading; without one, under its own word, hyphens as blanks."""
    assert Urgency.EMERGENCY.heading == "Call emergency services"
    assert Bearing.SUPPORTS.heading == "for"
    assert Bearing.AGAINST.heading == "against"
    assert AdviceLevel.CLEARANCE.heading == "Medical clearance first"
    assert SCALES["seriousness"]("life-threatening").heading == "life threatening"


def test_every_scale_is_a_scale() -> None:
    """A user meets no ordered vocabulary that no term defines, but the status, the bearing and the tier."""
    scales = {one for one in vars(vocabulary).values() if isinstance(one, type) and issubclass(one, Scale)} - {Scale}
    assert {one.__name__ for one in scales - set(SCALES.values())} == {"MechanismStatus", "Bearing", "Tier"}


def test_vocabulary_costs_nothing_to_import() -> None:
    """The words of options are known without the knowledge base and the libraries that read it."""
    imported = subprocess.run(
        [sys.executable, "-c", "import massharm.kb.vocabulary, sys; print(*sys.modules)"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"msgspec", "rich", "difflib", "massharm.kb.records", "massharm.kb.base"} & set(imported)

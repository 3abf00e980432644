"""Whatever is described is answered or refused, and in time."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic import clinic
from massharm import KnowledgeBase
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import MAX_SUGGESTED, Plan, screen
from massharm.clinical.segments import MAX_DESCRIPTION
from massharm.clinical.triggers import FILLERS, NEGATION_TRIGGERS, PSEUDO_TRIGGERS, TERMINATORS
from massharm.errors import MassharmError
from massharm.search.analysis import MAX_CHARACTERS
from tiny import stopwatch

CLINIC = clinic()
WORDS = st.sampled_from(
    sorted(
        {word for name in (record.name for record in CLINIC.file.precautions) for word in name.split()}
        | {record.name for record in CLINIC.file.signs}
        | {alias.text for record in CLINIC.file.precautions for alias in record.aliases if len(alias.text) < 40}
        | FILLERS
        | NEGATION_TRIGGERS
        | PSEUDO_TRIGGERS
        | TERMINATORS
        | {
            "ruled out",
            "free of",
            "74 years old",
            "6 weeks old",
            "neck",
            "deep tissue",
            ",",
            "\n",
            "xylophone",
            "brittel",
        }
    )
)
TEXTS = st.text(max_size=200) | st.lists(WORDS, max_size=30).map(" ".join)


@given(TEXTS)
@settings(deadline=None)
def test_any_description_is_screened_or_refused(text: str) -> None:
    """What is mentioned or denied was typed; a condition that is present is never denied by the same words."""
    try:
        found = screen(CLINIC, text, Plan())
    except MassharmError:
        return
    assert {mention.record.id for mention in found.mentions} >= {record.id for record in found.precautions}
    assert not {record.id for record in found.reported} & {record.id for record in found.harms}
    for part in found.denied:
        assert part.mentions
        assert " ".join(part.typed.split()) in " ".join(text.split())
    ids = [part.sign.id for part in found.alarms]
    assert len(ids) == len(set(ids))
    assert [part.urgency.rank for part in found.alarms] == sorted(part.urgency.rank for part in found.alarms)
    assert all(part.typed for part in found.alarms)


@given(TEXTS)
@settings(deadline=None)
def test_any_words_of_signs_are_answered_or_refused(text: str) -> None:
    """Each sign stands once, the most urgent first; harms are offered only where there is none."""
    try:
        found = redflags(CLINIC, text)
    except MassharmError:
        return
    ids = [part.sign.id for part in found.signs]
    assert len(ids) == len(set(ids))
    assert [part.urgency.rank for part in found.signs] == sorted(part.urgency.rank for part in found.signs)
    assert not (found.signs and found.near)
    assert all(part.typed for part in found.signs) or not found.described


@pytest.mark.parametrize(
    "unit",
    [
        "doi: ",
        "pain ",
        "xylophoneq, ",
        "no pain or ",
        "never like no nor not ",
        "blood clot ",
        "ruled out ",
        "74 years old ",
        "a",
        "1 ",
        "9",
        "osteoprosis, ",
        "warfarin and osteoporosis and stroke, ",
        "headache vomiting dark urine ",
        # Rows and sentences that go on with the one before them.
        "had a clot in 2012, ",
        "gout yes/no since May. ",
        "broken arm in the past ",
        "Relief from chest pain: none, ",
    ],
)
@pytest.mark.parametrize("answer", [lambda kb, text: screen(kb, text, Plan()), redflags], ids=["screen", "redflags"])
def test_the_longest_description_is_answered_in_time(
    kb: KnowledgeBase, answer: Callable[[KnowledgeBase, str], object], unit: str
) -> None:
    """Two seconds of the processor at most, refused or not; the wheel carries the tables that are made before."""
    answer(kb, "gout and a numb face")
    for length in (MAX_DESCRIPTION, MAX_CHARACTERS, MAX_CHARACTERS // 3):
        text = (unit * length)[:length]
        with stopwatch() as watch, suppress(MassharmError):
            answer(kb, text)
        assert watch.seconds < 2, length


def test_nonsense_of_any_length_is_answered_in_time(kb: KnowledgeBase) -> None:
    """Only the first unknown parts come with the nearest names, since each takes a search."""
    text = ", ".join(f"hepa{chr(97 + number % 26)}rub{chr(97 + number // 26 % 26)}" for number in range(700))
    with stopwatch() as watch:
        found = screen(kb, text, Plan())
    assert watch.seconds < 2
    assert len(found.unknown) > MAX_SUGGESTED
    assert not any(part.near for part in found.unknown[MAX_SUGGESTED:])

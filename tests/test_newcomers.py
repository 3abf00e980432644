"""What people met who used the program for the first time: their words, and where these must lead."""

import pytest

from massharm import KnowledgeBase
from massharm.clinical.assertion import Assertion
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.clinical.selection import reason_for
from massharm.search.ranking import find


@pytest.mark.parametrize(
    ("words", "precaution", "quoted"),
    [
        ("8 months pregnant", "pregnancy", "8 months pregnant"),
        ("32 weeks pregnant", "pregnancy", "32 weeks pregnant"),
        ("blood pressure 180/110", "hypertension", "blood pressure 180/110"),
        ("catheter", "vascular-access-device", "catheter"),
        ("herniated disc", "known-lumbar-disc-herniation", "herniated disc"),
        ("sciatica", "sciatica", "sciatica"),
    ],
)
def test_words_of_intake_forms_are_quoted_with_their_numbers(
    kb: KnowledgeBase, words: str, precaution: str, quoted: str
) -> None:
    """The week of a pregnancy is not lost, and a value is shown as it was typed."""
    found = screen(kb, words, Plan())
    reason = reason_for(kb.precaution(precaution), found.mentions, kb)
    assert reason.typed == (quoted,)
    assert not found.unknown


@pytest.mark.parametrize(
    "words",
    """epilepsy; hernia; IUD; asthma; HIV; dialysis; herpes; concussion; thyroid; anemia; sickle cell; catheter;
    endometriosis; postpartum; menstruation; herniated disc; sciatica; carpal tunnel; TMJ; osteoarthritis; autism; PTSD;
    ibuprofen; beta blocker; isotretinoin; lipoma; COPD; pneumonia; Crohn's; gallstones; contact lenses; scoliosis;
    botox; fillers; tattoo; long flight; blood pressure 180/110; gave birth 3 weeks ago""".replace("\n", " ").split(
        ";"
    ),
)
def test_words_of_intake_forms_are_understood(kb: KnowledgeBase, words: str) -> None:
    """These were not, when people first tried them."""
    found = screen(kb, words.strip(), Plan())
    assert found.understood
    assert not found.unknown


def test_a_long_part_is_not_quoted_whole(kb: KnowledgeBase) -> None:
    """The words are; its numbers may be of anything."""
    found = screen(kb, "I have been taking warfarin since I came out of hospital in 2019 with my knee", Plan())
    assert reason_for(kb.precaution("anticoagulant-therapy"), found.mentions, kb).typed == ("warfarin",)


@pytest.mark.parametrize("words", ["nothing", "no conditions", "no known conditions", "nothing to declare", "healthy"])
def test_nothing_is_no_misspelt_illness(kb: KnowledgeBase, words: str) -> None:
    """No name is suggested for it, no precaution is found, and what stands beside it is read."""
    found = screen(kb, words, Plan())
    assert not found.unknown
    assert not found.precautions
    assert [record.id for record in screen(kb, f"{words}, warfarin", Plan()).precautions] == ["anticoagulant-therapy"]


@pytest.mark.parametrize("words", ["knee surgery 10 years ago", "worried about pregnancy"])
def test_what_is_over_or_feared_is_said_and_not_screened(kb: KnowledgeBase, words: str) -> None:
    """The words stand in the answer."""
    found = screen(kb, words, Plan())
    assert not found.precautions
    assert found.set_aside(Assertion.PAST, Assertion.FEARED)


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("numb hand", "limb-numbness"),
        ("can't feel my hand since massage", "limb-numbness"),
        ("can't feel my left foot", "limb-numbness"),
        ("changes in bladder and bowel function", "loss-of-bladder-control"),
        ("can't feel my legs", "numbness-of-both-legs"),
        ("chest pain", "chest-pain"),
        ("bad headache and one arm weak after neck massage", "headache-with-limb-weakness"),
    ],
)
def test_signs_in_everyday_words_come_first(kb: KnowledgeBase, words: str, sign: str) -> None:
    """The sign that is meant is the first."""
    assert redflags(kb, words).signs[0].sign.id == sign


@pytest.mark.parametrize(
    "words",
    [
        "I feel fine",
        "when should i worry",
        "should i go to hospital",
        "sore for 3 days",
        "changes in bladder function with age",
        "I can't feel your hand",
    ],
)
def test_words_of_no_sign_raise_none(kb: KnowledgeBase, words: str) -> None:
    """They did once."""
    assert not redflags(kb, words).signs


@pytest.mark.parametrize("words", ["I feel fine", "I am feeling well", "I am in good health"])
def test_who_feels_well_is_led_to_no_harm(kb: KnowledgeBase, words: str) -> None:
    """Nor is a word of it reported; with a complaint beside it the complaint counts."""
    found = redflags(kb, words)
    assert not found.near
    assert not screen(kb, words, Plan()).unknown
    assert redflags(kb, f"{words} but my hand is numb").signs


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("how often does massage cause serious harm", "lesson-how-often"),
        ("is massage safe", "lesson-how-often"),
        ("hot stones", "burn"),
        ("gua sha", "bruising"),
        ("warfarin", "vitamin-k-antagonists"),
    ],
)
def test_first_questions_have_an_answer(kb: KnowledgeBase, words: str, first: str) -> None:
    """It is the first hit."""
    assert find(kb, words)[0].record.id == first


def test_short_of_breath_with_myasthenia_is_an_emergency(kb: KnowledgeBase) -> None:
    """It comes on over days, and is same-day for others."""
    words = "short of breath for two days"
    assert [alarm.urgency for alarm in screen(kb, words, Plan()).alarms] == ["same-day"]
    assert [alarm.urgency for alarm in screen(kb, f"myasthenia gravis, {words}", Plan()).alarms] == ["emergency-now"]


@pytest.mark.parametrize(
    ("words", "missing", "present"),
    [("lupus pernio", "lupus", "Sarcoidosis"), ("lung collapsed in 2010", "history-of-stroke", "Pneumothorax")],
)
def test_words_for_something_else_lead_to_no_precaution(
    kb: KnowledgeBase, words: str, missing: str, present: str
) -> None:
    """They are recognised as what they are."""
    found = screen(kb, words, Plan())
    assert missing not in {record.id for record in found.precautions}
    assert present in {record.name for record in found.recognised}
    assert not found.alarms


def test_a_catheter_may_be_in_the_bladder(kb: KnowledgeBase) -> None:
    """A therapist has to ask; one that is spelt out is in no doubt."""
    assert [part.meanings for part in screen(kb, "catheter", Plan()).ambiguous] == [("urinary catheter",)]
    assert not screen(kb, "urinary catheter", Plan()).ambiguous

"""Resolved: what was outgrown, taken out, checked or stopped is left out, and kept where it may be there."""

import pytest

from massharm import KnowledgeBase
from massharm.clinical.screening import Plan, screen
from massharm.kb.vocabulary import Urgency


def _precautions(kb: KnowledgeBase, text: str) -> set[str]:
    return {record.id for record in screen(kb, text, Plan()).precautions}


@pytest.mark.parametrize(
    ("over", "there", "record"),
    [
        # Outgrown.
        ("I had asthma as a child and grew out of it.", "I had asthma as a child.", "asthma"),
        ("I had asthma and grew out of it", "Asthma - grew out of it as a kid, came back when I moved", "asthma"),
        ("I had asthma and grew out of it", "I have asthma, my brother grew out of it", "asthma"),
        ("I had asthma and grew out of it", "I have diabetes and outgrew my asthma", "diabetes-mellitus"),
        ("I had asthma and grew out of it", "Outgrew my blue pump so the asthma nurse gave me another", "asthma"),
        ("I had asthma and grew out of it", "No asthma attacks for years thanks to the brown inhaler", "asthma"),
        ("childhood asthma, outgrown age 9", "childhood asthma, never outgrown, on inhalers", "asthma"),
        ("never had an epileptic attack", "no epileptic attacks for years thanks to Keppra", "epilepsy"),
        # Taken out.
        ("Port: taken out January 2023", "Port: due to be taken out in January", "vascular-access-device"),
        ("had a port, came out spring 2023", "PICC line removed yesterday", "vascular-access-device"),
        ("stoma reversed in 2019", "stoma not reversed", "stoma"),
        ("stoma reversed in 2019", "Had my bowel removed in 2010 and have had a stoma bag from then on.", "stoma"),
        ("stoma reversed in 2019", "My stoma bag came off in the shower", "stoma"),
        ("pacemaker was removed in 2015", "pacemaker taken out in 2015, replaced the same day", "cardiac-device"),
        ("pacemaker was removed in 2015", "Dad had his pacemaker taken out. Mine's on the left", "cardiac-device"),
        ("pacemaker was removed in 2015", "pacemaker taken out and replaced with a new one", "cardiac-device"),
        # Found to be harmless.
        ("Lump on left shoulder blade = lipoma, biopsied", "Lump on left shoulder blade", "undiagnosed-mass"),
        ("I have a lump, it's a harmless cyst", "The lump was benign but it is growing", "undiagnosed-mass"),
        ("I have a lump, it's a harmless cyst", "I have a lump and a lipoma on my back", "undiagnosed-mass"),
        ("I have a lump, it's a harmless cyst", "I have a lump, and a lipoma on my back", "undiagnosed-mass"),
        ("I have a lump, it's a harmless cyst", "Lump. My friend reckons it's benign", "undiagnosed-mass"),
        ("I was worried the lump was cancer, but it's benign", "I have cancer. On my back it's a cyst", "cancer"),
        ("I was worried the lump was cancer, but it's benign", "diagnosed with cancer, benign cyst too", "cancer"),
        ("I was worried the lump was cancer, but it's benign", "I have cancer and a harmless cyst", "cancer"),
        # Checked.
        ("heart rhythm checked and normal", "heart rhythm checked and normal on amiodarone", "arrhythmia"),
        ("Thyroid checked, fine.", "Thyroid: checked every year, normal", "thyroid-disease"),
        ("doc thought slipped disc, MRI clear", "suspected slipped disc, MRI clear", "known-lumbar-disc-herniation"),
        ("I thought I had cancer, test negative", "I thought I had cancer, test negative, more tests soon", "cancer"),
        # Medicines that are taken no longer, and what their names say.
        ("Came off apixaban in 2021, nothing now.", "Came off apixaban last week, none now", "anticoagulant-therapy"),
        ("I was on warfarin, not now", "I take warfarin, not now though with food", "anticoagulant-therapy"),
        ("Came off warfarin after a year, fine ever since", "was on warfarin from 2012", "anticoagulant-therapy"),
        ("I no longer take blood thinners.", "I take blood thinners.", "anticoagulant-therapy"),
        ("prescribed apixaban but I never took it", "apixaban, never took it regularly", "anticoagulant-therapy"),
        ("stopped statins in 2019", "I started statins in 2019", "myotoxic-medicine"),
        ("couldn't tolerate statins", "can't tolerate statins well so half the dose", "myotoxic-medicine"),
        ("No statins.", "I don't take the statin in the morning any more, I take it at night.", "myotoxic-medicine"),
        ("I was on warfarin, not now", "Stopped warfarin for the op, fine ever since", "anticoagulant-therapy"),
        ("Had warfarin once, in 2015.", "I was put on warfarin in 2015", "anticoagulant-therapy"),
        # Forms.
        ("Skin: rosacea no; eczema no", "Skin: rosacea no; eczema yes", "inflammatory-skin-disease"),
        ("Any of the following? Epilepsy N, clot N", "Any of the following? Epilepsy Y, clot N", "epilepsy"),
        ("Gout no! 2 strokes, fits no", "Gout yes! 2 strokes, fits no", "acute-inflammation"),
        ("No chronic steroid", "chronic steroid", "corticosteroid-therapy"),
    ],
)  # fmt: skip
def test_what_is_over_is_left_out_and_what_may_be_there_is_kept(
    kb: KnowledgeBase, over: str, there: str, record: str
) -> None:
    """Two descriptions that differ in what decides."""
    assert record not in _precautions(kb, over)
    assert record in _precautions(kb, there)


def test_a_number_is_no_answer(kb: KnowledgeBase) -> None:
    """Not even where a topic stands before it."""
    found = screen(kb, "Treatment now: docetaxel no. 3 (last Thursday)", Plan())
    assert "cytotoxics" in {medicine.id for medicine, _ in found.medicines}


@pytest.mark.parametrize(
    ("text", "is_raised"),
    [
        # What is told of then.
        ("I had my gallbladder out in 2018 after going yellow", False),
        ("I had my gallbladder out in 2018. Today my eyes have gone yellow", True),
        ("Took a bad fall in 2020 and knocked myself out", True),  # "and" may tell of another time
        ("I had a hip op in 2015 and collapsed today", True),
        ("I had a hip op in 2015 and fainted", True),
        ("Had a stent in 2020 after chest pain that is there again", True),
        ("Had a stent in 2020 and my chest hurts", True),
        # What is only imagined or dreaded.
        ("I'm terrified of having a stroke like my aunt did.", False),
        ("I'm scared of having a stroke, my face is numb on one side", True),
        ("What would you do if a client had a seizure?", False),
        ("Physio told me to go to A&E if I ever lose bladder control.", False),
        ("Physio told me to go to A&E because I lost bladder control today.", True),
        ("Told to go to A&E if I ever lose bladder control and I just have", True),
        ("Told to go to A&E if I ever lose control of my bladder and last night the bed was wet", True),
        ("Told to call 999 if the chest pain lasts", True),
        ("numb between the legs as usual", True),
        ("I'm terrified of having a stroke my arm has gone dead", True),
        # Figures of speech.
        ("The film was so scary I nearly had a heart attack.", False),
        ("They say I nearly had a heart attack on Sunday, chest tight again.", True),
        ("My calves cramp up in ski boots every year on day one", False),
        # What stands in words of its kind.
        ("Any of the following? Stroke N, heart attack N, clot N", False),
        ("Shoulder tip hurts since I came off the bike onto the handlebar", True),
        ("The pool man got chlorine powder in his eyes, stinging", True),
    ],
)
def test_an_alarm_is_raised_unless_nothing_is_there(kb: KnowledgeBase, text: str, *, is_raised: bool) -> None:
    """At least same-day, or none."""
    assert any(part.urgency is not Urgency.SOON for part in screen(kb, text, Plan()).alarms) is is_raised


def test_what_no_test_rules_out_stays(kb: KnowledgeBase) -> None:
    """A clear scan refutes a clot that was only thought of, and no epilepsy."""
    assert "venous-thromboembolism" not in _precautions(kb, "thought it was a clot, scan clear")
    assert "epilepsy" in _precautions(kb, "thought it was epilepsy, scan clear")


def test_what_another_test_found_is_there(kb: KnowledgeBase) -> None:
    """An ellipsis before a colon denies nothing."""
    text = "D-dimer came back normal but the CT didn't: pulmonary embolism"
    assert "venous-thromboembolism" in _precautions(kb, text)

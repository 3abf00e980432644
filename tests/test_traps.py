"""Traps: descriptions in which a rule that leaves something out must stop, or must not reach too far; real file."""

import pytest

from clinic import clinic, harm, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.reading import read
from massharm.clinical.screening import Plan, screen
from massharm.kb.vocabulary import Urgency


@pytest.mark.parametrize(
    ("text", "present"),
    [
        # Answers of a form.
        ("No / asthma, Yes / high BP", {"hypertension"}),
        ("No: asthma, Yes: high BP", {"hypertension"}),
        ("N / asthma / Y / high BP", {"hypertension"}),
        ("No - asthma, Yes - high BP", {"hypertension"}),
        ("Yes / No asthma", {"asthma"}),
        ("Asthma, no / diabetes, yes / stroke, no", {"diabetes-mellitus"}),
        ("No: I have asthma", {"asthma"}),
        ("Are you well?\nNo: I've asthma", {"asthma"}),
        ("No: asthma, gout", set()),
        ("Denies: asthma, gout", set()),
        ("Ulcerative colitis on azathioprine / gout - no / stoma - no", {"abdominal-disease", "immunosuppression"}),
        ("Heart attack / angina   no", set()),
        ("Heart attack / angina: no", set()),
        ("Heart attack / angina - no", set()),
        ("Asthma? no. Well yes", {"asthma"}),
        ("Asthma? no. Gout? yes", {"acute-inflammation"}),
        ("Epilepsy: No. of fits: 2", {"epilepsy"}),
        ("Tick = no\n[x] asthma", {"asthma"}),
        ("Tick = no\n[ ] asthma\n[x] gout", {"asthma", "acute-inflammation"}),
        ("asthma no idea since when / gout no / stoma no", {"asthma"}),
        ("Asthma: No. of attacks a year: 2", {"asthma"}),
        ("[x] asthma", {"asthma"}),
        ("N - everything else (asthma, gout)", set()),
        ("N - everything else (asthma, gout) till this week", {"asthma", "acute-inflammation"}),
        ("NO -> diabetes; asthma; heart trouble\nYES -> gout; hay fever", {"acute-inflammation"}),
        ("No: diabetes; asthma; has gout", {"acute-inflammation"}),
        ("No: diabetes; warfarin since May", {"anticoagulant-therapy"}),
        ("No: diabetes. Asthma", {"asthma"}),
        ("Condition;Answer\nasthma;no\ngout;yes", {"acute-inflammation"}),
        ("Blood pressure........ high\nAsthma........ no", {"hypertension"}),
        # Who it is.
        ("hubby has asthma, not her. Gout", {"acute-inflammation"}),
        ("diabetic dad, pt not. Gout", {"acute-inflammation"}),
        ("diabetic mum of two, sore back", {"diabetes-mellitus"}),
        ("Client: my mother, asthma", {"asthma"}),
        ("Client: mum - asthma", {"asthma"}),
        ("Mother: asthma", set()),
        ("mum has diabetes, so do I", {"diabetes-mellitus"}),
        ("mum has diabetes, I have it as well", {"diabetes-mellitus"}),
        ("My dog has diabetes", set()),
        ("The neighbour's cat has asthma. Gout", {"acute-inflammation"}),
        ("my friend's mum has diabetes. Gout", {"acute-inflammation"}),
        ("Booking for my friend's mum, she has diabetes", {"diabetes-mellitus"}),
        ("my wife has asthma, not her usual self", {"asthma"}),
        ("No: asthma; gout", set()),
        ("denies asthma, diabetes and gout", set()),
        ("denies asthma, diabetes and has gout", {"diabetes-mellitus", "acute-inflammation"}),
        # What is over.
        ("diabetes till 2021", {"diabetes-mellitus"}),
        ("DVT in 2015", {"history-of-venous-thromboembolism"}),
        ("no swelling, no numbness, asthma", {"asthma"}),
        # What ends a denial, and what takes it back.
        ("denies diabetes, gout and asthma and has lupus", {"lupus"}),
        ("No diabetes or asthma, only gout", {"acute-inflammation"}),
        ("no asthma except at night", {"asthma"}),
        ("No stroke since the one in 2019", {"history-of-stroke"}),
        ("COPD no worse", {"chronic-lung-disease"}),
        ("Nor is she diabetic. Gout", {"acute-inflammation"}),
        ("Pregnant? No. Sorry, correction: I found out today that I am", {"pregnancy"}),
        ("Ticked no for epilepsy by mistake", {"epilepsy"}),
        ("I wrote that I have no osteoporosis. Please ignore that", {"osteoporosis"}),
        ("DVT was ruled out at first, then confirmed on the second scan", {"venous-thromboembolism"}),
        ("they told me I did not have lupus. Since March it is official: I do", {"lupus"}),
        ("Diabetes: no. I am not", set()),
        ("no asthma. My neck is stiff, I have to sit a lot", set()),
        ("No varicose veins? Ha! Both legs", {"varicose-veins"}),
        ("came off sertraline in 2020 but went back on it, asthma", {"asthma"}),
        ("free of my breast cancer for 8 years", {"cancer"}),
        ("I put no for pregnant. Scrap that, it is positive", {"pregnancy"}),
        ("no epilepsy yes to high blood pressure not pregnant", {"hypertension"}),
        ("Blood pressure? High", {"hypertension"}),
        ("Key: tick = clear, cross (\u2717) = problem\nDiabetes \u2717", {"diabetes-mellitus"}),
        ("If I have chest pain I know to ring 999, because of my lupus", {"lupus"}),
        # Others once more.
        ("my mother's diabetes worries me", set()),
        ("mum's diabetes is bad, be gentle with her", {"diabetes-mellitus"}),
        ("I took my husband's warfarin", {"anticoagulant-therapy"}),
        ("I look after my husband's diabetes", set()),
        ("My dad, who I'm booking for, has diabetes; I'm well", {"diabetes-mellitus"}),
        ("Mum, who is the client, has diabetes. I have none of these", {"diabetes-mellitus"}),
        ("My mother doesn't have lupus. Both my sister and I do", {"lupus"}),
        ("Bringing my mum in. My mum's osteoporosis is bad", {"osteoporosis"}),
        ("Neither of us has asthma. No one here has diabetes", set()),
        ("No one has treated my asthma", {"asthma"}),
        ("Volunteer, Stroke Association. Gout", {"acute-inflammation"}),
        ("I want to ask: my wife's diabetes is bad, can she have a massage?", {"diabetes-mellitus"}),
        ("I am writing for my wife. My wife has diabetes, would he treat her", {"diabetes-mellitus"}),
        ("I came with my wife. My wife's diabetes is bad", set()),
        # Of two times the last counts.
        ("First heart attack in 2003, another heart attack three weeks ago", {"recent-myocardial-infarction"}),
        ("Heart attack three weeks ago, first heart attack in 2003", {"recent-myocardial-infarction"}),
        # Instructions.
        ("I understand that I should not have a massage if I have lupus. None of these apply to me", set()),
        ("If I have lupus, none of these help", {"lupus"}),
    ],
)
def test_what_is_present_is_kept(kb: KnowledgeBase, text: str, present: set[str]) -> None:
    """No rule that leaves something out reaches what is there, and none is lost."""
    assert {record.id for record in screen(kb, text, Plan()).precautions} == present


@pytest.mark.parametrize(
    ("text", "is_raised"),
    [
        ("fainted when I was 9", False),
        ("fainted when I was nine", False),
        ("fainted when I was nine minutes into the treatment", True),
        ("fainted when I was 9 minutes in", True),
        ("I have chest pain as when I was 40", True),
        ("Seizure 8 years ago", False),
        ("Seizure 8 years ago. Same again now", True),
        ("Seizure 8 years ago. He is well. He slept well. Same again now", False),
        ("epilepsy since 2010, last seizure 3 years ago", False),
        ("epilepsy since 2010, last seizure 2 weeks ago", True),
        ("back pain since 2010, last wet myself 2 weeks ago", True),
        ("back pain since 2010, last wet myself 2 years ago", False),
        ("is fainting as happened 9 years ago", True),
        ("never had a headache like this", True),
        ("never had a headache", False),
        ("Chest pain? no ... well yes", True),
        ("Chest pain? no. Feeling well", False),
        ("no energy no appetite, chest pain", True),
        ("Neither of my doctors can explain my chest pain", True),
        ("No fever, cannot pass urine or stool", True),
        ("he collapsed on the sofa after the massage", True),
        ("got off the table collapsed", True),
        ("denies headache, dizziness and fainting", False),
        ("denies fever, cough and has chest pain", True),
        ("denies allergies, pregnant and bleeding", True),
        ("denies fever, dizziness and chest pain since Monday", True),
        ("The neighbour's cat had a seizure", False),
        ("My three month old has thrown up every single feed since last night", True),
        ("my 6 week old is as white as a sheet", True),
        ("The scar is three months old and has thrown up every single feed", False),
        ("no feeling no movement left arm", True),
        ("no sleep no relief of the chest pain", True),
        ("No.... chest pain since this morning", True),
        ("Eye drops: latanoprost", False),
        ("eye drops for dry eyes", False),
        ("my eye droops", True),
        ("my left eye drops", True),
        ("No swelling no numbness no slurred speech", False),
        ("no rash cannot breathe", True),
        ("nose has not stopped bleeding", True),
        ("Feeling in both legs: none", True),
        ("Relief from chest pain: none", True),
        ("No urine since yesterday", True),
        ("no urine infection since yesterday", False),
        ("I am 30 weeks pregnant. My baby's movements have stopped", True),
        ("Feeling faint: no", False),
        ("Loss of feeling in both legs: no", False),
        ("I know if I take ibuprofen I get black stools", True),
        ("Call emergency services for chest pain or a drooping face", False),
        ("Call an ambulance for my husband, chest pain", True),
        ("Chest pain: No / Fainting: No / Notes: tense jaw", False),
        ("no fever chest pain", True),
        ("No chest pain since Tuesday", False),
        ("nobody has explained my chest pain", True),
        ("If I get chest pain I will stop and tell you", False),
        ("told to call an ambulance for chest pain. She has had none of these", False),
        ("Chest pain, fits, fainting: none of these", False),
        ("| Symptom now | Yes | No |\n| Chest pain |  | x |", False),
        ("| Symptom now | Yes | No |\n| Chest pain | x |  |", True),
        ("denies gout, fever, chest pain, takes warfarin", False),
        ("If at any time I have chest pain, I will tell you", False),
        ("If I ever got chest pain on the table I'd tell you", False),
        ("If at any time I have chest pain? Yes, today", True),
        # Words of long ago or of good health beside a sign do not make it old.
        ("face drooping on one side, always been healthy", True),
        ("My arm is weak and I have always been healthy", True),
        ("I was born with a club foot and my face is drooping", True),
        ("Left arm weak since the stroke in 2015", True),
        ("manic since the birth", True),
        # Things collapse, and lines are faint.
        ("The tent collapsed on us", False),
        ("when the old roof suddenly collapsed", False),
        ("the table collapsed under me", True),
        ("the jockey collapsed", True),
        ("the client in the waiting room collapsed", True),
        ("her legs collapsed", True),
        ("it collapsed", True),
        ("a faint white line on the arm", False),
        ("itchy rash and feels faint", True),
        ("has a bruise and faint", True),
        ("old bruise faint feeling now", True),
        ("it cost an arm and a leg", False),
        ("lost feeling in an arm and a leg", True),
        ("pain in my chest muscles", True),
        ("a blow to the eye, sight unchanged", True),
        # Animals have signs too.
        ("My dog has fits", False),
        ("My dog has fleas and I have chest pain", True),
        ("My horse fell on me and my leg is broken", True),
    ],
)
def test_an_alarm_is_raised_unless_it_is_over_or_denied(kb: KnowledgeBase, text: str, *, is_raised: bool) -> None:
    """At least same-day, or none at all."""
    assert any(part.urgency is not Urgency.SOON for part in screen(kb, text, Plan()).alarms) is is_raised


def test_a_phrase_of_a_harm_counts_word_for_word() -> None:
    """Its words in another order, or apart, say something else; those of another name of a harm do not."""
    kb = clinic(
        harms=[harm("Numb patch", "patch of the dead/phrase; cold patch", signs="thick-leg")],
        precautions=[precaution("Gout")],
        signs=[sign("thick leg", "same-day")],
        cases=[],
        withdrawn=[],
    )

    def harms(text: str) -> list[str]:
        return [part.mention.record.id for part in read(kb, text).found]

    assert harms("a patch of the dead") == harms("a patch so cold") == ["numb-patch"]
    assert harms("the dead wall of a patch") == []

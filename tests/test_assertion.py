"""Assertions: what a description says of each concept, over the parts of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from clinic import clinic, medicine, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.past import days_in, months_in
from massharm.clinical.reading import read
from massharm.clinical.screening import Plan, screen


@pytest.fixture(scope="module")
def ward() -> KnowledgeBase:
    """Return conditions, medicines and a sign by which assertions are told apart."""
    return clinic(
        precautions=[
            precaution("Gout"),
            precaution("Stroke"),
            precaution("Cancer"),
            precaution("Diabetes"),
            precaution("Old clot"),
            precaution("Clot", "DVT/abbreviation") | {"when_past": {"heir": "old-clot"}},
            precaution("Fracture", "broken arm") | {"when_past": {"days": 365}},
            precaution("Pregnancy", "pregnant") | {"population": "pregnancy"},
        ],
        medicines=[medicine("Thinners", "warfarin"), medicine("Newer thinners", "apixaban")],
        signs=[sign("chest pain", "emergency-now"), sign("coughing up blood", "emergency-now")],
        cases=[],
        harms=[],
        withdrawn=[],
        recognised=[{"name": "Asthma", "kind": "condition"}],
    )


def _said(kb: KnowledgeBase, text: str) -> Iterator[str]:
    """Yield each concept with what is said of it: `gout` is present, `gout-` denied."""
    marks = {
        "denied": "-",
        "feared": "~",
        "other-person": "*",
        "past": "<",
        "possible": "?",
        "unanswered": "0",
        "present": "",
    }
    said = read(kb, text)
    for found in said.found:
        yield found.mention.record.id + marks[found.assertion]
    for aside in said.aside:
        yield from (mention.record.id + marks[aside.assertion] for mention in aside.mentions)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # What is said behind a denial takes it back, unless it answers something else.
        ("no gout, not that I knew. turns out I do", "gout"),
        ("no gout. Never looked. Turned out I have it", "gout"),
        ("no gout\nHappy: no\nturns out I have it", "gout-"),
        ("no gout but for cancer", "cancer gout"),
        # Answers of many kinds.
        ("Gout? No no love, never", "gout-"),
        ("Gout: told no", "gout-"),
        ("Gout: no hx", "gout-"),
        ("Gout: don't have", "gout-"),
        ("Gout - dexa neg", "gout-"),
        ("Cancer: scan clear", "cancer"),
        ("Gout none ever.", "gout-"),
        ("gout screen -ve. Stroke +ve", "gout- stroke"),
        ("-ve for gout", "gout-"),
        ("Gout?  -> no", "gout-"),
        ("Gout? ________ no", "gout-"),
        ("Medicines? ________ warfarin", "thinners"),
        ("[x] gout\nMedicines: ______ warfarin", "gout thinners"),
        ("Not ticked: gout, stroke", "gout- stroke-"),
        ("Not prescribed: warfarin", "thinners-"),
        ("All answered no except where written:\ngout\nstroke -> yes, on warfarin", "gout- stroke thinners"),
        ("gout,no,seen in 2012\nstroke,yes,warfarin", "gout- stroke thinners"),
        ("1 = yes 2 = no\nGOUT:1 STROKE:2 (warfarin)", "gout stroke- thinners"),
        ("Any of these? Write the number: 1, 3\n1 gout\n2 stroke\n3 cancer", "gout stroke- cancer"),
        ("1 gout? yes\n2 stroke? yes\n3 cancer? no\n4 Circle the number of your pain: 6", "gout stroke cancer-"),
        ("Which apply? Write the number: 1\n1 gout: yes\n2 stroke: yes\n3 cancer: no", "gout stroke cancer-"),
        ("Symptom | now | last week | never\ngout |  |  | x\nstroke |  | x |", "gout- stroke"),
        # A test that found nothing, a medicine that is not given, a box that was ticked in error.
        ("scan for suspected gout, came back clear", "gout-"),
        ("the gout test at the clinic was negative", "gout-"),
        ("the gout test at the clinic", "gout"),
        ("the cancer scan at the clinic was negative", "cancer"),
        ("scan for suspected cancer spread, came back clear", "cancer?"),
        ("warfarin not indicated", "thinners-"),
        ("warfarin not given", "thinners"),
        # A medicine that was only missed is taken; of two times the last counts.
        ("no warfarin today or yesterday", "thinners"),
        ("no warfarin", "thinners-"),
        ("I ticked gout by mistake", "gout-"),
        ("I ticked no for gout by mistake", "gout"),
        # Whose it was.
        ("It was Dad who had gout", "gout*"),
        ("The gout was me mammy", "gout*"),
        # Lists of denied things over commas.
        ("no gout, stroke or cancer", "gout- stroke- cancer-"),
        ("no gout, stroke, cancer", "gout- stroke cancer"),
        ("no gout, xyz or cancer", "gout- cancer-"),
        ("no gout, on warfarin or apixaban", "gout- thinners newer-thinners"),
        ("no gout, stroke or takes warfarin", "gout- stroke thinners"),
        ("no gout, has cancer or diabetes", "gout- cancer diabetes"),
        ("denies gout, stroke and cancer", "gout- stroke- cancer-"),
        ("no gout, stroke and cancer", "gout- stroke cancer"),
        ("denies gout/stroke/cancer", "gout- stroke- cancer-"),
        ("no xyz, stroke or cancer", "stroke- cancer-"),
        # A denial ends where a statement begins.
        ("no, takes warfarin", "thinners"),
        ("no gout but stroke", "gout- stroke"),
        ("zero gout", "gout-"),
        ("gout none, diabetes yes", "gout- diabetes"),
        ("used to be without gout", "gout"),
        ("lying when she says no gout", "gout"),
        ("no diabetes before, is now", "diabetes"),
        ("she has no gout, I do", "gout"),
        # Exceptions, doubts, double negations, and what is done about a condition.
        ("no gout except when drinking", "gout"),
        ("no problems apart from gout", "gout"),
        ("cannot say she has no gout", "gout"),
        ("not without gout", "gout"),
        ("rarely goes without warfarin", "thinners"),
        ("no treatment for her gout", "gout"),
        ("no change in her gout", "gout"),
        ("gout rather than diabetes", "gout diabetes-"),
        ("never been told she has gout", "gout-"),
        ("gout was excluded", "gout-"),
        ("gout: no recent stroke", "gout stroke-"),
        ("a test for gout last week, all clear", "gout-"),
        # What was ruled out, or found by no test; a doubt about that keeps it.
        ("the GP ruled out gout, stroke and cancer", "gout- stroke- cancer-"),
        ("ruled out gout and takes warfarin", "gout- thinners"),
        ("has had gout ruled out", "gout-"),
        ("they want gout ruled out", "gout"),
        ("gout needs to be ruled out", "gout"),
        ("nobody has ruled out gout yet", "gout"),
        ("have not ruled out gout", "gout"),
        ("tests to rule out gout", "gout?"),
        ("neg gout", "gout-"),
        ("HER2 negative cancer", "cancer"),
        ("gout test was negative", "gout-"),
        ("gout test was done", "gout"),
        ("diabetes test was normal", "diabetes"),
        ("tested for gout twice and it came back clear both times", "gout-"),
        ("tested for gout twice and it came back", "gout?"),
        ("tested for gout in 2019 and it came back clear", "gout-"),
        # An error behind a denial takes it back, and one before it does not.
        ("gout was an error", "gout-"),
        ("no gout is wrong", "gout"),
        ("stroke was an error so no gout", "gout- stroke-"),
        ("stroke was an error so no gout is wrong", "gout stroke-"),
        ("no gout is wrong and no diabetes is wrong", "gout diabetes"),
        ("gout found by mistake", "gout"),
        ("gout by mistake", "gout"),
        ("Cancer: none on CT", "cancer-"),
        ("no h/o gout / stroke / cancer", "gout- stroke- cancer-"),
        ("no, I've not got gout", "gout-"),
        ("no I've not got gout", "gout-"),
        # Relatives before a dash, several illnesses of one, and "the one with".
        ("Mother \u2014 gout. Father - stroke", "gout* stroke*"),
        ("Dad: gout + stroke. Cancer", "gout* stroke* cancer"),
        ("Dad: gout + has warfarin", "gout* thinners"),
        ("he has cancer, wife's the one with gout", "gout* cancer"),
        # When something was: by the age then, and in childhood.
        ("broken arm aged 11, gout. I'm 37", "gout fracture<"),
        ("broken arm aged 33, gout. I'm 37", "fracture gout"),
        ("son aged 11, I'm 37 with gout", "gout"),
        ("stroke as child, gout", "stroke< gout"),
        ("I had chest pain on the stairs when I was nine", "chest-pain<"),
        ("I had chest pain on the stairs when I was about nineteen", "chest-pain<"),
        ("chest pain on the stairs, as when I was 40", "chest-pain"),
        ("I had chest pain on the stairs like when I was 40", "chest-pain"),
        ("she has chest pain which began when she was 40", "chest-pain"),
        ("in hospital last year for a suspected stroke", "stroke<"),
        ("I had chest pain when I was born", "chest-pain<"),
        # Answers behind labels that slashes part, a list of all else, and short answers.
        ("gout no / stroke no / cancer yes", "gout- stroke- cancer"),
        ("Have you: gout no / stroke none / cancer not that I know", "gout- stroke- cancer-"),
        ("gout no / better now", "gout"),
        ("N - everything else (gout, stroke, cancer)", "gout- stroke- cancer-"),
        ("Y - gout. N - everything else (stroke, cancer)", "gout stroke- cancer-"),
        ("gout neg", "gout-"),
        ("Gout.. no", "gout-"),
        ("My mum had gout so they have me on warfarin", "gout* thinners"),
        ("gout. My sister went into a stroke once", "gout stroke*"),
        # Things denied one after the other.
        ("no gout no stroke no cancer", "gout- stroke- cancer-"),
        ("no swelling no chest pain today", "chest-pain-"),
        ("no pain no feeling, chest pain", "chest-pain"),
        ("no day when she has no chest pain", "chest-pain"),
        ("no speech trouble, gout", "gout"),
        # Abbreviations with full stops, counted babies, animals.
        ("D.V.T. no", "clot-"),
        ("the dog had a stroke, I have gout", "stroke* gout"),
        # Marks before their labels, where the form says what a blank means.
        ("(P = past, C = current, leave blank if never)\nC  Gout\nP  Stroke\n   Cancer", "gout stroke< cancer-"),
        ("(P = past, C = current)\nC  Gout\n   Cancer", "gout cancer"),
        # Forms.
        ("Gout: no\nStroke: yes", "gout- stroke"),
        ("Health: gout none diabetes yes stroke none", "gout- diabetes stroke-"),
        ("Why does my gout hurt? No idea", "gout"),
        ("What helps with gout? None", "gout"),
        ("I have gout, is that a problem? No?", "gout"),
        ("Q5 Gout in the foot, ever? Ans: no never", "gout-"),
        ("Gout | yes | no", "gout0"),
        ("Gout YES no", "gout"),
        ("[ ] Gout\n[ ] Stroke", "gout0 stroke0"),
        ("[ ] Gout - since May\n[x] Stroke", "gout stroke"),
        ("Self    Family\nGout    no    yes\nStroke    yes    no", "gout- stroke"),
        ("Gout: not sure", "gout?"),
        ("Gout [ ] yes [ ] no", "gout0"),
        ("No: gout, warfarin / Yes: stroke", "gout- thinners- stroke"),
        # Fears, and what is only possible.
        ("worried about gout", "gout~"),
        ("worried about her gout", "gout"),
        ("scared she has cancer", "cancer?"),
        ("does not want to end up with diabetes", "diabetes~"),
        ("worried, chest pain now", "chest-pain"),
        ("worried diabetes patient", "diabetes"),
        ("anxious pregnant woman", "pregnancy"),
        ("worried stroke will come back after her stroke", "stroke"),
        ("afraid of chest pain", "chest-pain"),
        ("stroke risk is high", "stroke~"),
        ("query gout", "gout?"),
        ("might be pregnant", "pregnancy?"),
        ("awaiting tests for cancer", "cancer?"),
        # Other people.
        ("40 year old man, mother had a stroke", "stroke*"),
        ("mother has gout, I am well", "gout*"),
        ("mother has gout", "gout"),
        ("booking for my wife who is pregnant", "pregnancy"),
        ("booking for my wife. I have gout", "gout*"),
        ("like my mother I have gout", "gout"),
        ("gout, my late father had cancer", "gout cancer*"),
        ("I am well, my aunt, who had cancer, is not", "cancer*"),
        ("family history of gout", "gout*"),
        ("gout runs in the family", "gout*"),
        ("gout runs in the family, and now me", "gout"),
        ("Family history:\n- gout\n- stroke (mother)\n\ncancer", "gout* stroke* cancer"),
        ("well, stroke (mother)", "stroke*"),
        ("caring for a man with gout", "gout*"),
        ("she needs care for her gout", "gout"),
        ("I am fine, a friend came after her cancer", "cancer"),
        ("wife is pregnant; his own gout is bad", "pregnancy* gout"),
        ("I have gout, same as my uncle", "gout"),
        ("mum noticed my gout", "gout"),
        ("my husband thinks I have gout", "gout?"),
        ("gout, mother had a stroke", "gout stroke*"),
        ("I have gout and my mother has diabetes", "gout diabetes*"),
        ("father has gout, me too", "gout"),
        ("diabetes but no family history of stroke", "diabetes stroke-"),
        ("Family history: gout. On warfarin since May", "gout* thinners"),
        ("my mother has chest pain now", "chest-pain"),
        ("well, father died of chest pain", "chest-pain*"),
        # Medicines.
        ("stopped warfarin last week", "thinners"),
        ("stopped warfarin in 2012", "thinners<"),
        ("no longer on warfarin", "thinners<"),
        ("switched from warfarin to apixaban", "thinners< newer-thinners"),
        ("warfarin was discontinued 3 years ago", "thinners<"),
        ("came off warfarin in 2016, only apixaban now", "thinners< newer-thinners"),
        ("came off warfarin in 2016 and no gout since", "thinners< gout-"),
        ("stopped warfarin in 2016, back on it since 2020", "thinners"),
        ("stopped warfarin in 2016 and restarted", "thinners"),
        ("stopped warfarin in 2016 and took it from 2020", "thinners"),
        ("allergic to warfarin", "thinners-"),
        # Denials that deny nothing, or are taken back.
        ("Are you free of gout? No", "gout"),
        ("Are you free from gout? Yes", "gout-"),
        ("without her gout she would dance", "gout"),
        ("without gout she would dance", "gout-"),
        ("my sister has no gout, unlike me", "gout"),
        ("none of the family has gout, only me", "gout"),
        ("no gout, unlike her sister", "gout-"),
        ("my sister has gout, unlike me", "gout*"),
        ("my sister has no gout, I do", "gout"),
        ("Gout: no\nCancer: no\nSorry, these should be yes", "gout? cancer?"),
        ("Gout: no\nI ticked no by mistake", "gout?"),
        ("my mother's gout I have too", "gout"),
        ("my brother had gout, me same", "gout"),
        ("gout I have not", "gout-"),
        ("such gout I have never had", "gout"),
        ("denies gout, cancer, pregnant", "gout- cancer pregnancy"),
        ("gout I have not told her about", "gout"),
        ("denies cancer, gout, stroke", "cancer- gout- stroke-"),
        ("denies cancer, gout", "cancer- gout"),
        ("denies cancer, gout, on warfarin", "cancer- gout thinners"),
        ("Ø gout. Ø cancer", "gout- cancer-"),
        ("denies smoking, gout, stroke", "gout- stroke-"),
        ("denies smoking, gout, stroke 2010, cancer", "gout stroke< cancer"),
        ("denies smoking, left stroke, gout", "stroke gout"),
        # Relatives behind what they have.
        ("the stroke was his dad not him", "stroke*"),
        ("the stroke was my mother's", "stroke*"),
        ("the lady with gout is my mother", "gout"),
        ("mother in law expired of stroke", "stroke*"),
        ("she came with her son she is on warfarin", "thinners"),
        ("lives with my mum she has gout", "gout"),
        ("I am well, my mum she has gout", "gout*"),
        ("you don't have gout, do you? I do", "gout"),
        ("she doesn't have gout, does she? no", "gout-"),
        # The past.
        ("Stroke: left side, 2010", "stroke<"),
        ("Stroke: left side, 2010, another last week", "stroke"),
        ("Stroke: yes, 2010 and gout", "stroke< gout"),
        ("Stroke: since 2010", "stroke"),
        ("Stroke: this week, also 2010", "stroke"),
        ("Past: stroke 2010, gout to this day", "stroke< gout"),
        ("Stroke: left side 2010, right side last week", "stroke"),
        ("Chest pain: one as a child; one this morning", "chest-pain"),
        ("Fracture: wrist in 1998, ankle lately", "fracture"),
        ("no longer takes warfarin three times a day", "thinners"),
        ("no longer takes warfarin", "thinners<"),
        ("my mother speaking: my son, your client, had a stroke", "stroke"),
        ("I am well. My son, a footballer, had a stroke", "stroke*"),
        ("Stroke: 2010 and last month", "stroke"),
        ("Stroke: left side, speech odd ever since, 2010", "stroke<"),
        ("Chest pain: on stairs, 2010", "chest-pain"),
        ("Chest pain: since Tuesday, also 2010", "chest-pain"),
        ("Chest pain: had it twice, last one 2010", "chest-pain<"),
        ("stroke after gout in 2010", "stroke< gout<"),
        ("stroke with gout in 2010", "stroke gout<"),
        ("Chest pain: 2010", "chest-pain<"),
        ("Booked for my husband. The gout is my husband's", "gout"),
        ("Gout? Yes, in the foot, 2010", "gout<"),
        ("Gout? Yes, in the foot", "gout"),
        ("Discontinued: warfarin 2015", "thinners<"),
        ("Medicines: warfarin 2015", "thinners"),
        ("warfarin, stopped 2015", "thinners<"),
        ("warfarin, started 2015", "thinners"),
        ("# Lt tibia 1998", "fracture<"),
        ("# T12 in 2019", "fracture<"),
        ("broken arm in 6th grade", "fracture<"),
        ("gout in 2012", "gout<"),
        ("gout since 2012", "gout"),
        ("gout, diagnosed 2012", "gout"),
        ("used to have gout", "gout<"),
        ("history of gout", "gout<"),
        ("gout in the past weeks", "gout"),
        ("gout (2012)", "gout<"),
        ("gout 3 years ago, still bad", "gout<"),
        ("gout 3 years ago and still bad", "gout"),
        ("gout, and a stroke in 2012", "gout stroke<"),
        ("diabetes since a stroke in 2012", "diabetes stroke"),
        ("stroke a fortnight ago", "stroke<"),
        ("stroke 2/52 ago", "stroke<"),
        ("retired in 1998, gout", "gout"),
        ("chest pain yesterday", "chest-pain"),
        ("chest pain last week", "chest-pain"),
        ("chest pain 2 months ago", "chest-pain<"),
        ("chest pain in 2012", "chest-pain<"),
        ("history of chest pain", "chest-pain"),
    ],
)
def test_what_is_said_of_each_concept(ward: KnowledgeBase, text: str, said: str) -> None:
    """In doubt a concept is present."""
    assert set(_said(ward, text)) == set(said.split())


@pytest.mark.parametrize(
    ("text", "screened"),
    [
        ("DVT in 2012", {"old-clot"}),
        ("history of DVT", {"old-clot"}),
        ("DVT 2 months ago", {"clot"}),
        ("DVT", {"clot"}),
        ("broken arm 2 years ago", set()),
        ("broken arm 2 months ago", {"fracture"}),
        ("broken arm in the past", {"fracture"}),
        ("gout in 2012", {"gout"}),
    ],
)
def test_what_is_over_has_an_heir_or_an_end(ward: KnowledgeBase, text: str, screened: set[str]) -> None:
    """Only where the data says so, and the time is long enough."""
    assert {record.id for record in screen(ward, text, Plan()).precautions} == screened


def test_no_alarm_for_what_is_denied_or_long_over(ward: KnowledgeBase) -> None:
    """Nor for a form that says no; the words are given back."""
    for text in (
        "no chest pain",
        "Chest pain: no",
        "chest pain in 2012",
        "denies gout, chest pain and coughing up blood",
    ):
        found = screen(ward, text, Plan())
        assert (found.alarms, bool(found.aside)) == ((), True), text


def test_recognised_words_are_asserted_too(ward: KnowledgeBase) -> None:
    """What is denied is not recognised, and is named."""
    assert [record.name for record in read(ward, "asthma").recognised] == ["Asthma"]
    found = read(ward, "no asthma")
    assert (found.recognised, [part.names for part in found.aside]) == ((), [("Asthma",)])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 days ago", 3),
        ("two weeks back", 14),
        ("a month ago", 30),
        ("several years ago", 3 * 365),
        ("years ago", 730),
        ("as a child", 730),
        ("last week", None),
        ("for 3 years", None),
        ("", None),
    ],
)
def test_times_ago_are_read(text: str, days: int | None) -> None:
    """In days, at least."""
    assert days_in(text) == days


def test_a_year_ends_on_its_last_day() -> None:
    """What was in it may have been then; this year says nothing."""
    today = datetime.now(UTC).date()
    assert days_in(f"in {today.year - 2}") == (today - date(today.year - 2, 12, 31)).days
    assert days_in(f"in {today.year}") is None
    assert days_in(f"{today.year - 5}, again {today.year - 3}") == (today - date(today.year - 3, 12, 31)).days


def test_a_month_was_over_on_its_last_day() -> None:
    """The month of today may go on; a season is as old as in either hemisphere."""
    today = datetime.now(UTC).date()
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    assert months_in(f"in {today:%B}".lower()) == 0
    assert months_in(f"last {before:%b}".lower()) == (today - first).days
    long_before = before.replace(day=1) - timedelta(days=1)
    assert months_in(f"in {long_before:%B}".lower()) == (today - before.replace(day=1)).days
    is_spring_or_autumn = today.month in {3, 4, 5, 9, 10, 11}
    assert months_in("in the spring") == (0 if is_spring_or_autumn else 90)
    assert months_in("last winter") == (90 if is_spring_or_autumn else 0)
    assert months_in("since last winter") is None
    assert months_in("may be worse in a march") is None


def test_what_a_season_saw_and_nothing_since_is_over(kb: KnowledgeBase) -> None:
    """Not the season of today, nor what has lasted since then."""
    is_spring_or_autumn = datetime.now(UTC).date().month in {3, 4, 5, 9, 10, 11}
    then, now = ("winter", "spring") if is_spring_or_autumn else ("spring", "winter")
    told = "my chest felt tight during a drill. ECG and bloods all normal. Nothing since"
    assert not screen(kb, f"In the {then} {told}", Plan()).alarms
    assert screen(kb, f"In the {now} {told}", Plan()).alarms
    assert screen(kb, f"Since last {then} {told}", Plan()).alarms

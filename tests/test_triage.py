"""Warning signs: the harms whose signs are described, the most urgent first."""

from itertools import pairwise

import pytest

from clinic import clinic, harm
from massharm import KnowledgeBase
from massharm.clinical.triage import MIN_COVERAGE, RELATIVE_FLOOR, Flag, redflags, signs_present
from massharm.errors import WrongUse
from massharm.kb.vocabulary import Region, Urgency
from massharm.search.analysis import analyse
from massharm.search.query import parse
from massharm.search.ranking import find, indexed
from massharm.text import fold


@pytest.fixture(scope="module")
def clinic_kb() -> KnowledgeBase:
    """Return the knowledge base of the clinical tests."""
    return clinic()


def _ids(kb: KnowledgeBase, words: str, *regions: str) -> list[str]:
    return [flag.harm.id for flag in redflags(kb, words, regions).flags]


def _alarms(kb: KnowledgeBase, words: str, least: int = 2) -> dict[str, list[str]]:
    """Return the signs that raise an alarm, by the ids of their harms."""
    flags = signs_present(kb, parse(analyse(words), indexed(kb)), least)
    return {flag.harm.id: [sign.text for sign in flag.signs] for flag in flags}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("headache vomiting after neck massage", {"severe-headache", "brainstem-injury", "cerebellar-infarction"}),
        ("drooping eyelid small pupil", {"carotid-artery-dissection"}),
        ("tea coloured urine", {"rhabdomyolysis", "acute-kidney-injury"}),
        ("numb between the legs and cannot pee", {"cauda-equina-syndrome"}),
        ("coughing up blood", {"pulmonary-embolism"}),
        ("droping face", {"stroke"}),
        ("baby moves less, bleeding", {"placental-abruption", "pregnancy-loss"}),
    ],
)
def test_described_signs_lead_to_their_harms(kb: KnowledgeBase, words: str, wanted: set[str]) -> None:
    """What a client would say finds the harms of which it is a sign."""
    assert wanted <= set(_ids(kb, words))


def test_every_sign_is_reached_by_its_own_words(kb: KnowledgeBase) -> None:
    """Whoever describes a sign as it stands sees every harm with this sign, and the sign among those shown."""
    signs = {record.id: [sign.text for sign in record.warning_signs] for record in kb.file.harms}
    for text in {text for texts in signs.values() for text in texts}:
        flags = {flag.harm.id: flag for flag in redflags(kb, text).flags}
        for record_id in (record_id for record_id, texts in signs.items() if text in texts):
            assert text in [sign.text for sign in flags[record_id].signs], text
            assert flags[record_id].share > 0.9, text


def _key(flag: Flag) -> tuple[int, float, int, str]:
    return flag.urgency.rank, -round(flag.share, 6), flag.harm.severity.rank, flag.harm.name.casefold()


@pytest.mark.parametrize("words", ["", "headache vomiting", "swollen painful leg", "rhabdomyolysis", "rabdomiolisis"])
def test_urgency_comes_before_everything(kb: KnowledgeBase, words: str) -> None:
    """Then the better match, then severity, then the name; so do the signs of each harm."""
    flags = redflags(kb, words).flags
    assert flags
    assert all(_key(one) <= _key(other) for one, other in pairwise(flags))
    for flag in flags:
        ranks = [sign.urgency.rank for sign in flag.signs]
        assert ranks == sorted(ranks)
        assert flag.urgency is flag.signs[0].urgency


def test_flags_of_one_urgency_stand_by_share_severity_and_name() -> None:
    """Severity never comes before the share, nor the name before severity."""
    kb = clinic(
        harms=[
            harm("B", "", "minor", "blue spots/soon"),
            harm("A", "", "minor", "blue spots/soon"),
            harm("C", "", "serious", "blue spots/soon"),
            harm("D", "", "minor", "blue spots, itching/soon"),
            harm("E", "", "minor", "itching/same-day"),
            harm("F", "", "serious"),
        ],
        cases=[],
        precautions=[],
        withdrawn=[],
    )
    assert _ids(kb, "blue itching spots") == ["e", "d", "c", "a", "b"]
    assert _ids(kb, "") == ["e", "c", "a", "b", "d"]


def test_all_signs_are_there_without_words(kb: KnowledgeBase) -> None:
    """No sign is left out of the whole list, and nothing is unmatched."""
    found = redflags(kb)
    assert {flag.harm.id: set(flag.signs) for flag in found.flags} == {
        harm.id: set(harm.warning_signs) for harm in kb.file.harms if harm.warning_signs
    }
    assert {flag.share for flag in found.flags} == {1}
    assert found.unmatched_words == ()


def test_the_name_of_a_harm_gives_its_own_signs(kb: KnowledgeBase) -> None:
    """By name, id or alias, and only that harm; a misspelt name finds it too."""
    assert _ids(kb, "Rhabdomyolysis") == _ids(kb, "rhabdo") == ["rhabdomyolysis"]
    (flag,) = redflags(kb, "rhabdo").flags
    assert set(flag.signs) == set(flag.harm.warning_signs)
    assert "rhabdomyolysis" in _ids(kb, "rabdomiolisis")


def test_a_name_that_is_a_sign_gives_both(clinic_kb: KnowledgeBase) -> None:
    """What names a harm may be a sign of others, if one of their signs holds it."""
    kb = clinic(harms=[*clinic_kb.file.harms, harm("Blood clot", "", "serious", "fever/soon")])
    assert _ids(clinic_kb, "haemorrhage") == ["haemorrhage"]
    assert _ids(kb, "tingling") == ["numb-hand"]
    kb = clinic(
        harms=[harm("Tingling", "", "minor", "fever/soon"), harm("Numb", "", "minor", "tingling/same-day; tired/soon")]
    )
    assert _ids(kb, "tingling") == ["numb", "tingling"]
    assert [[sign.text for sign in flag.signs] for flag in redflags(kb, "tingling").flags] == [["tingling"], ["fever"]]


def test_a_region_narrows(kb: KnowledgeBase) -> None:
    """Only harms of massage there; a word that is no region is wrong use."""
    harms = redflags(kb, "", ["face"]).flags
    assert 0 < len(harms) < len(redflags(kb).flags)
    assert all(Region.FACE in kb.regions(flag.harm) for flag in harms)
    with pytest.raises(WrongUse, match="--region does not take “moon”"):
        redflags(kb, "", ["moon"])


def test_a_region_narrows_what_is_described_and_named(clinic_kb: KnowledgeBase) -> None:
    """Harms elsewhere are left out, whichever way they were found."""
    assert _ids(clinic_kb, "coughing blood") == ["embolism", "kidney-injury"]
    assert _ids(clinic_kb, "coughing blood", "leg") == ["embolism"]
    assert _ids(clinic_kb, "coughing blood", "leg", "back") == ["embolism", "kidney-injury"]
    assert _ids(clinic_kb, "embolism", "back") == []
    assert _ids(clinic_kb, "embolism", "leg") == ["embolism"]
    assert _ids(clinic_kb, "numb hands", "neck") == ["numb-hand"]
    assert _ids(clinic_kb, "numb hands", "leg") == []


@pytest.mark.parametrize("words", ["xylophone", "mortgage", "脑卒中 Инфаркт"])
def test_what_is_no_sign_finds_nothing(kb: KnowledgeBase, words: str) -> None:
    """A word that is no sign and no harm is not answered."""
    assert redflags(kb, words).flags == ()


@pytest.mark.parametrize("words", [" ", "---", "?!"])
def test_words_without_a_letter_are_wrong_use(kb: KnowledgeBase, words: str) -> None:
    """They are not taken for the call without words."""
    with pytest.raises(WrongUse, match="no letter and no digit"):
        redflags(kb, words)


@pytest.mark.parametrize(
    ("words", "unmatched"),
    [
        ("headache vomiting sarcofluxosis", ("sarcofluxosis",)),
        ("headache vomiting yesterday", ()),
        ("rhabdo", ()),
        ("xylophone", ()),
    ],
)
def test_words_of_no_sign_are_given_back(kb: KnowledgeBase, words: str, unmatched: tuple[str, ...]) -> None:
    """Words of content that were used for nothing, if others were used; the name of a harm is used."""
    assert redflags(kb, words).unmatched_words == unmatched


def test_harms_that_a_search_finds_show_all_their_signs(clinic_kb: KnowledgeBase) -> None:
    """Where no sign is described, the names of harms are searched; the share is the score of the hit."""
    (flag,) = redflags(clinic_kb, "numb hands").flags
    (hit,) = find(clinic_kb, "numb hands", kinds=("harm",))
    assert (flag.harm, flag.signs, flag.share) == (hit.record, flag.harm.warning_signs, hit.score / 100)
    assert [(change.typed, change.word) for change in redflags(clinic_kb, "nubm hand").flags[0].corrections] == [
        ("nubm", "numb")
    ]


def test_words_of_other_harms_are_unmatched(clinic_kb: KnowledgeBase) -> None:
    """A word counts as used by the signs and the names of the harms that are shown only."""
    assert redflags(clinic_kb, "coughing blood lungs fracture").unmatched_words == ("fracture",)
    assert redflags(clinic_kb, "coughing blod").unmatched_words == ()


def test_a_place_alone_is_no_sign(clinic_kb: KnowledgeBase) -> None:
    """Signs that only share the place or the pain with what is described are not shown, but where all is."""
    assert _ids(clinic_kb, "neck vomiting") == []
    assert _ids(clinic_kb, "painful coughing") == ["embolism", "kidney-injury"]
    assert _ids(clinic_kb, "neck pain") == ["haemorrhage"]


def test_signs_that_hold_little_are_left_out() -> None:
    """Below a share of what the best match holds, a harm shares only common words."""
    kb = clinic(
        harms=[
            harm("Best", "", "minor", "purple swollen calf with itching/soon"),
            harm("Half", "", "minor", "purple calf/soon"),
            *(harm(f"Other {number}", "", "minor", "swollen/soon") for number in range(40)),
        ],
        cases=[],
        withdrawn=[],
    )
    found = {flag.harm.id: flag.share for flag in redflags(kb, "purple swollen calf itching").flags}
    assert found == {"best": 1, "half": pytest.approx(0.5, abs=0.2)}
    weak = {flag.harm.id: flag.share for flag in redflags(kb, "swollen itching").flags}
    assert weak["best"] == 1
    assert weak.keys() == {"best"} or weak["other-1"] >= RELATIVE_FLOOR


def test_the_share_is_that_of_the_words_held(clinic_kb: KnowledgeBase) -> None:
    """A word that no sign holds lowers it, a word that was corrected a little; the corrections are given."""
    whole, part, misspelt = (
        redflags(clinic_kb, words).flags[0] for words in ("coughing blood", "coughing blood mortgage", "coughing blod")
    )
    assert whole.share == 1
    assert MIN_COVERAGE < part.share < 0.9
    assert part.share < misspelt.share < 1
    assert [(change.typed, change.word) for change in misspelt.corrections] == [("blod", "blood")]
    assert whole.corrections == ()


@pytest.mark.parametrize("words", ["dark urine", "coughing blood", "drooping eyelid"])
def test_alarms_hold_all_that_is_described(kb: KnowledgeBase, words: str) -> None:
    """A sign among what a client describes is found in a single sign, not pieced together."""
    found = _alarms(kb, words)
    assert found
    assert all(word[:5] in fold(sign) for signs in found.values() for sign in signs for word in words.split())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("coughing up blood", {"embolism": ["coughing up blood"], "kidney-injury": ["coughing up blood"]}),
        ("coughs blood", {"embolism": ["coughing up blood"], "kidney-injury": ["coughing up blood"]}),
        ("coughing blod", {"embolism": ["coughing up blood"], "kidney-injury": ["coughing up blood"]}),
        ("coughing up blood today again", {"embolism": ["coughing up blood"], "kidney-injury": ["coughing up blood"]}),
        ("dark urine", {"kidney-injury": ["dark urine, the colour of tea"]}),
        # A sign that stands whole, whatever else is said.
        (
            "coughing blood xylophone mortgage piano",
            {"embolism": ["coughing up blood"], "kidney-injury": ["coughing up blood"]},
        ),
        # Too few words, or too small a part.
        ("dark urine xylophone mortgage piano", {}),
        ("coughing", {}),
        ("blood", {}),
        ("coughing dark", {}),
        # Places and pain alone.
        ("neck pain", {}),
        ("painful hand", {}),
        # Signs are not pieced together.
        ("coughing breathlessness", {}),
        ("", {}),
        ("---", {}),
        ("the and of", {}),
    ],
)
def test_alarms(clinic_kb: KnowledgeBase, words: str, found: dict[str, list[str]]) -> None:
    """One sign must stand whole, or hold most of what is described and two words besides places and pain."""
    assert _alarms(clinic_kb, words) == found


def test_places_do_not_make_up_for_a_missing_word() -> None:
    """A sign that holds most of a description raises no alarm if only one of its words is more than a place."""
    kb = clinic(
        harms=[harm("One", "", "minor", "neck, back or hand pain with purple spots/soon")], cases=[], withdrawn=[]
    )
    assert _alarms(kb, "neck back hand purple spots") != {}
    assert _alarms(kb, "neck back hand purple xylophone") == {}


def test_an_alarm_may_ask_for_fewer_words(clinic_kb: KnowledgeBase) -> None:
    """One word is enough where one is asked for; a place or a pain alone never is."""
    assert _alarms(clinic_kb, "breathlessness", 1) == {"embolism": ["sudden breathlessness"]}
    assert _alarms(clinic_kb, "neck", 1) == {}
    assert _alarms(clinic_kb, "xylophone", 1) == {}


def test_alarms_come_by_urgency_with_their_corrections(clinic_kb: KnowledgeBase) -> None:
    """The most urgent sign of each harm first; what was read as another word is given."""
    kb = clinic(
        harms=[
            harm("Late", "purple skin", "serious", "purple spots/soon"),
            harm("Now", "", "minor", "purple itchy spots/same-day; purple spots/emergency-now"),
        ],
        cases=[],
        withdrawn=[],
    )
    asked = parse(analyse("purpel spots"), indexed(kb))
    late, now = reversed(signs_present(kb, asked))
    assert (now.harm.id, [sign.urgency for sign in now.signs]) == ("now", [Urgency.EMERGENCY, Urgency.SAME_DAY])
    assert (late.harm.id, late.urgency, late.share) == ("late", Urgency.SOON, 1)
    assert [(change.typed, change.word) for change in now.corrections] == [("purpel", "purple")]
    assert clinic_kb is not kb


def test_a_word_guessed_among_several_raises_no_alarm() -> None:
    """A misspelt word that may be two known ones is not enough for an alarm."""
    kb = clinic(harms=[harm("One", "brown; crown", "minor", "brown spots/soon")], cases=[], withdrawn=[])
    assert _alarms(kb, "brown spots") == {"one": ["brown spots"]}
    assert _alarms(kb, "drown spots") == {}


@pytest.mark.parametrize("words", ["neck pain", "headache", "sore back", "pacemaker", "", "---"])
def test_common_complaints_raise_no_alarm(kb: KnowledgeBase, words: str) -> None:
    """A place and a pain are what people come with."""
    assert _alarms(kb, words) == {}

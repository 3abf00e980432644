"""Warning signs: the harms whose signs are described, the most urgent first."""

import pytest

from massharm import KnowledgeBase
from massharm.clinical.triage import alarms, redflags, unread
from massharm.errors import WrongUse
from massharm.text import fold


def _ids(kb: KnowledgeBase, words: str) -> list[str]:
    return [flag.harm.id for flag in redflags(kb, words)]


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
    """Whoever describes a sign as it stands sees its harm, and the sign among those shown."""
    for harm in kb.file.harms:
        for sign in harm.warning_signs:
            flags = {flag.harm.id: flag for flag in redflags(kb, sign.text)}
            assert sign in flags[harm.id].signs, sign.text
            assert flags[harm.id].share > 0.9, sign.text


def test_urgency_comes_before_everything(kb: KnowledgeBase) -> None:
    """Emergencies come first, then the better match; neither severity nor rarity moves a harm before them."""
    for words in ("", "headache vomiting", "swollen painful leg"):
        ranks = [flag.urgency.rank for flag in redflags(kb, words)]
        assert ranks == sorted(ranks)
        assert ranks


def test_all_signs_are_there_without_words(kb: KnowledgeBase) -> None:
    """No sign is left out of the whole list."""
    flags = redflags(kb)
    assert sum(len(flag.signs) for flag in flags) == sum(len(harm.warning_signs) for harm in kb.file.harms)


def test_the_name_of_a_harm_gives_its_own_signs(kb: KnowledgeBase) -> None:
    """By name, id or alias, and only that harm; a misspelt name finds it too."""
    assert _ids(kb, "Rhabdomyolysis") == _ids(kb, "rhabdo") == ["rhabdomyolysis"]
    assert "rhabdomyolysis" in _ids(kb, "rabdomiolisis")


def test_a_region_narrows(kb: KnowledgeBase) -> None:
    """Only harms of massage there; a word that is no region is wrong use."""
    harms = {flag.harm.id for flag in redflags(kb, "", ["eye" if False else "face"])}
    assert harms
    assert harms < {flag.harm.id for flag in redflags(kb)}
    with pytest.raises(WrongUse, match="--region does not take “moon”"):
        redflags(kb, "", ["moon"])


@pytest.mark.parametrize("words", ["xylophone", "mortgage"])
def test_what_is_no_sign_finds_nothing(kb: KnowledgeBase, words: str) -> None:
    """A word that is no sign and no harm is not answered."""
    assert redflags(kb, words) == ()


def test_words_of_no_sign_are_told(kb: KnowledgeBase) -> None:
    """What was described and used for nothing is given back; the name of a harm is used."""
    words = "headache vomiting sarcofluxosis"
    assert unread(kb, words, redflags(kb, words)) == ("sarcofluxosis",)
    assert unread(kb, "rhabdo", redflags(kb, "rhabdo")) == ()


def test_a_place_alone_is_no_sign(kb: KnowledgeBase) -> None:
    """Signs that only share the place with what is described are not shown for it."""
    for flag in redflags(kb, "neck vomiting"):
        assert any("vomit" in fold(sign.text) for sign in flag.signs)


@pytest.mark.parametrize("words", ["dark urine", "coughing blood", "drooping eyelid"])
def test_alarms_hold_all_that_is_said(kb: KnowledgeBase, words: str) -> None:
    """A sign among what is said of a client is found in a single sign, not pieced together."""
    flags = alarms(kb, words)
    assert flags
    assert all(fold(words).split()[-1][:5] in fold(sign.text) for flag in flags for sign in flag.signs)


@pytest.mark.parametrize("words", ["neck pain", "headache", "sore back", "pacemaker", "", "---"])
def test_common_complaints_raise_no_alarm(kb: KnowledgeBase, words: str) -> None:
    """A place and a pain are what people come with."""
    assert alarms(kb, words) == () if fold(words) else True

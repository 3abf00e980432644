"""Warning signs: listed, of a harm, or described; the most urgent first."""

from typing import Any

import pytest

from clinic import clinic, harm, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.circumstances import Circumstances
from massharm.clinical.concepts import mentions, phrase_of
from massharm.clinical.reading import read
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.clinical.triage import PresentSign, named_signs, raise_together, signs_described
from massharm.errors import WrongUse
from massharm.kb.records import Sign
from massharm.kb.vocabulary import Region, SignLink, Urgency
from massharm.search.analysis import analyse
from massharm.search.query import parse
from massharm.search.ranking import indexed
from massharm.text import fold
from tiny import said


@pytest.fixture(scope="module")
def clinic_kb() -> KnowledgeBase:
    """Return the knowledge base of the clinical tests."""
    return clinic()


def _with(*signs: dict[str, Any], harms: str = "") -> KnowledgeBase:
    """Return a knowledge base of these signs, all of one harm; `harms` are names of harms without a sign."""
    ids = " ".join(part["id"] for part in signs)
    named = [harm(name.strip()) for name in harms.split(";") if name.strip()]
    return clinic(
        harms=[harm("Whatever", "", "serious", ids), *named], signs=list(signs), precautions=[], cases=[], withdrawn=[]
    )


def _sign(kb: KnowledgeBase, sign_id: str) -> Sign:
    found = kb[sign_id]
    assert isinstance(found, Sign)
    return found


def _ids(kb: KnowledgeBase, words: str = "", *regions: str) -> list[str]:
    return [part.sign.id for part in redflags(kb, words, regions).signs]


def _described(kb: KnowledgeBase, words: str, *, has_negation: bool = False) -> dict[str, str]:
    """Return the signs whose words a description holds, by id, each with these words."""
    tokens = analyse(words)
    said = [token.folded for token in tokens]
    asked = parse(tokens, indexed(kb))
    return {found.id: typed for found, typed in signs_described(kb, asked, said, has_negation=has_negation)}


# Warning signs that are listed


def test_all_signs_are_there_without_words(base: KnowledgeBase) -> None:
    """The whole list leaves no sign out, has each once, and says of none that somebody has it."""
    found = redflags(base)
    assert sorted(part.sign.id for part in found.signs) == sorted(record.id for record in base.file.signs)
    assert {part.typed for part in found.signs} == {""}
    assert (found.harm, found.described, found.near, found.unmatched_words) == (None, False, (), ())


def test_the_list_stands_by_urgency_and_then_by_name() -> None:
    """Neither the order of the file nor the case of a letter matters."""
    kb = _with(
        sign("zoster", "soon"),
        sign("Blue lips", "same-day"),
        sign("ague", "same-day"),
        sign("wheeze", "emergency-now"),
        sign("aphasia", "soon"),
        sign("cough", "same-day"),
    )
    assert _ids(kb) == ["wheeze", "ague", "blue-lips", "cough", "aphasia", "zoster"]


@pytest.mark.parametrize(
    "words", ["", "headache vomiting after neck massage", "swollen painful leg", "chest pain breathless"]
)
def test_urgency_comes_before_everything(kb: KnowledgeBase, words: str) -> None:
    """In the real file no sign stands behind a less urgent one."""
    ranks = [part.urgency.rank for part in redflags(kb, words).signs]
    assert ranks
    assert ranks == sorted(ranks)


# Warning signs of a harm


@pytest.mark.parametrize("words", ["Embolism", "embolism", "clot in the lung", "Clot in the Lung!"])
def test_the_name_of_a_harm_gives_its_own_signs(clinic_kb: KnowledgeBase, words: str) -> None:
    """By name, id or alias the answer is all signs of that harm, which nobody is said to have."""
    found = redflags(clinic_kb, words)
    assert found.harm is clinic_kb["embolism"]
    assert [part.sign.id for part in found.signs] == [
        "coughing-up-blood",
        "sudden-breathlessness",
        "swollen-warm-calf",
    ]
    assert (found.described, {part.typed for part in found.signs}) == (False, {""})


def test_characteristic_signs_of_a_harm_come_first_within_an_urgency() -> None:
    """A sign that many conditions share never stands before one that points to the harm."""
    links = [
        {"sign": "ache", "link": "compatible"},
        {"sign": "zigzag-lines", "link": "characteristic"},
        {"sign": "collapse", "link": "compatible"},
    ]
    kb = clinic(
        harms=[harm("Aura", "", "minor", warning_signs=links)],
        signs=[sign("ache", "soon"), sign("zigzag lines", "soon"), sign("collapse", "emergency-now")],
        precautions=[],
        cases=[],
        withdrawn=[],
    )
    assert _ids(kb, "aura") == ["collapse", "zigzag-lines", "ache"]


def test_a_harm_without_signs_is_named_all_the_same(clinic_kb: KnowledgeBase) -> None:
    """The answer is that it has none, not that it is unknown."""
    found = redflags(clinic_kb, "black and blue mark")
    assert (found.signs, found.harm) == ((), clinic_kb["bruise"])


def test_every_harm_of_the_file_is_named_by_its_name(kb: KnowledgeBase) -> None:
    """Whoever types the name of a harm gets its signs and no other, but where a sign has the same name."""
    names = {name.folded for record in kb.file.signs for name in kb.names_of(record)}
    for record in kb.file.harms:
        found = redflags(kb, record.name)
        if fold(record.name) not in names:
            assert found.harm is record, record.id
            assert {part.sign.id for part in found.signs} == {part.sign for part in record.warning_signs}


def test_words_that_name_a_sign_are_that_sign() -> None:
    """Whoever has an emergency sign is not told the signs of a harm of the same name."""
    kb = clinic(
        harms=[harm("Headache", "worst headache ever; sore head", "minor", "stiff-nape")],
        signs=[sign("thunderclap", "emergency-now", "worst headache ever"), sign("stiff nape", "soon")],
        precautions=[],
        cases=[],
        withdrawn=[],
    )
    found = redflags(kb, "worst headache ever")
    assert (found.harm, [part.sign.id for part in found.signs]) == (None, ["thunderclap"])
    assert redflags(kb, "sore head").harm is kb["headache"]


def test_words_that_only_lead_to_a_harm_do_not_name_it() -> None:
    """They describe; where they describe nothing, the harm is one of those offered."""
    kb = clinic(
        harms=[harm("Rupture", "tearing/related", "minor", "fever"), harm("Tear", "tearing")],
        signs=[sign("fever", "soon")],
        precautions=[],
        cases=[],
        withdrawn=[],
    )
    assert redflags(kb, "tearing").harm is kb["tear"]
    kb = clinic(
        harms=[harm("Rupture", "tearing/related", "minor", "fever")],
        signs=[sign("fever", "soon")],
        precautions=[],
        cases=[],
        withdrawn=[],
    )
    found = redflags(kb, "tearing")
    assert (found.harm, found.near) == (None, (kb["rupture"],))


def test_a_name_with_more_words_is_a_description() -> None:
    """Only the whole name is a harm: what is said beside it describes signs."""
    kb = clinic(
        harms=[harm("Tingling", "", "minor", "fever"), harm("Numb", "", "minor", "tingling-skin")],
        signs=[sign("fever", "soon"), sign("tingling skin", "same-day")],
        precautions=[],
        cases=[],
        withdrawn=[],
    )
    assert redflags(kb, "tingling").harm is kb["tingling"]
    assert redflags(kb, "tingling skin").harm is None
    assert _ids(kb, "tingling skin") == ["tingling-skin"]


# Warning signs that are described


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("coughing up blood", ["coughing-up-blood"]),
        ("coughs blood", ["coughing-up-blood"]),
        ("coughing blod", ["coughing-up-blood"]),
        ("my urine is dark", ["dark-urine-the-colour-of-tea"]),
        ("swollen warm calf and dark tea coloured urine", ["dark-urine-the-colour-of-tea", "swollen-warm-calf"]),
        ("drooping eyelid with neck pain", ["neck-pain-and-drooping-eyelid"]),
        ("fell off the ladder", ["falling"]),
        ("groaning rungs", ["creaking"]),
        # A name that stands among other words.
        ("woke at night with sudden breathlessness and a cold sweat", ["sudden-breathlessness"]),
        ("neck vomiting", []),
        ("xylophone", []),
    ],
)
def test_described_signs_are_recognised(clinic_kb: KnowledgeBase, words: str, found: list[str]) -> None:
    """By name or lay alias, in any form and order, the most urgent first and then by name."""
    assert _ids(clinic_kb, words) == found


def test_what_is_described_is_marked_as_present(clinic_kb: KnowledgeBase) -> None:
    """With the words that say so: those of the sign where it is named, else all."""
    found = redflags(clinic_kb, "sudden breathlessness")
    assert (found.described, found.harm) == (True, None)
    assert [(part.sign.id, part.typed) for part in found.signs] == [("sudden-breathlessness", "sudden breathlessness")]
    (part,) = redflags(clinic_kb, "his urine, the dark colour of tea!").signs
    assert part.typed == "dark … urine … colour … tea"


def test_every_sign_is_reached_by_each_of_its_wordings(base: KnowledgeBase) -> None:
    """Whoever types the name or an alias of a sign sees it, however many others share its words.

    Of many signs every eighth, and of its aliases every thirtieth is typed; `scripts/reach.py` types all.
    """
    for number, record in enumerate(base.file.signs[:: 8 if len(base.file.signs) > 100 else 1]):
        for text in (record.name, *(alias.text for alias in record.aliases[number % 30 :: 30])):
            found = redflags(base, text)
            assert record.id in [part.sign.id for part in found.signs] or found.harm, text


def test_a_sign_is_found_by_any_of_its_aliases() -> None:
    """The best wording of a sign counts, not the first and not all together."""
    kb = _with(sign("anuria", "same-day", "passing no water; dry bladder"), sign("dry mouth", "soon"))
    assert _ids(kb, "bladder dry") == ["anuria"]
    assert _ids(kb, "anuria") == ["anuria"]


def test_a_phrase_counts_word_for_word_only() -> None:
    """In another order, with a word between, over a comma or beside a condition it is ordinary speech."""
    kb = _with(sign("seizure", "emergency-now", "one fit after another/phrase; convulsing badly/lay"))
    assert _ids(kb, "she had one fit after another today") == ["seizure"]
    for words in ("another fit after one", "one good fit after another", "another fit", "one fit, after another"):
        assert _ids(kb, words) == [], words
    assert _ids(kb, "badly convulsing") == ["seizure"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fit", ["seizure"]),
        ("another fit this morning", ["seizure"]),
        ("fit and well", []),
        ("she keeps fit", []),
        ("a fit for the first time", ["seizure"]),
        ("fit and well until the fit this morning", ["seizure"]),
        ("faint", ["fainting"]),
        ("faint and sweaty", ["fainting"]),
        ("a faint rash", []),
        ("faint, rash", ["fainting"]),
        ("felt faint rash all over", ["fainting"]),
        ("I died of embarrassment", []),
        ("could not get my breath", ["severe-breathlessness"]),
        ("can not get my breath", ["severe-breathlessness"]),
        ("couldn't get her breath", ["severe-breathlessness"]),
        ("did not get my breath", []),
    ],
)
def test_everyday_phrases_and_lost_functions(words: str, found: list[str]) -> None:
    """An idiom names no sign, though another word of its own kind beside it does; "could not" is "cannot"."""
    kb = _with(
        sign("seizure", "emergency-now", "fit/lay"),
        sign("fainting", "emergency-now", "faint/lay"),
        sign("dying", "emergency-now", "died/lay"),
        sign("severe breathlessness", "emergency-now", "can't get my breath/lay"),
    )
    assert [part.sign.id for part in read(kb, words).signs] == found


def test_blood_pressure_is_no_blood() -> None:
    """A cough beside a blood pressure is no coughing of blood."""
    kb = _with(sign("coughing blood", "emergency-now", "cough with blood/lay"))
    assert _ids(kb, "cough, blood") == ["coughing-blood"]
    assert _ids(kb, "cough, high blood pressure") == []


def test_one_word_beside_a_condition_is_a_sign_only_if_it_names_something() -> None:
    """A face beside a head injury is none; a nosebleed beside it is; an infant needs no more than "floppy"."""
    kb = clinic(
        precautions=[precaution("Head injury"), precaution("Infant", "baby/lay") | {"population": "infant"}],
        signs=[
            sign("head injury with a hidden face", "emergency-now"),
            sign("head injury and epistaxis", "emergency-now"),
            sign("floppy baby", "emergency-now"),
        ],
        harms=[],
        cases=[],
        withdrawn=[],
    )
    said = {words: {part.sign.id for part in screen(kb, words, Plan()).alarms} for words in ("hidden", "epistaxis")}
    assert said == {"hidden": set(), "epistaxis": set()}
    assert {part.sign.id for part in screen(kb, "head injury. epistaxis", Plan()).alarms} == {
        "head-injury-and-epistaxis"
    }
    assert not screen(kb, "head injury. face", Plan()).alarms
    assert {part.sign.id for part in screen(kb, "baby. floppy", Plan()).alarms} == {"floppy-baby"}


def test_the_numbers_of_a_sign_must_be_said() -> None:
    """A normal blood pressure is none of 180 over 120."""
    kb = _with(sign("blood pressure of 180 over 120", "same-day"))
    assert _ids(kb, "blood pressure 180 over 120") == ["blood-pressure-of-180-over-120"]
    assert _ids(kb, "blood pressure 120 over 80") == []


def test_a_sign_must_be_held_for_the_most_part() -> None:
    """Two words of a sign of five are no description of it; four are."""
    kb = _with(sign("purple swollen calf with severe itching", "soon"))
    assert _ids(kb, "itching") == []
    assert _ids(kb, "purple itching") == []
    assert _ids(kb, "purple itching swollen calf") == ["purple-swollen-calf-with-severe-itching"]


def test_a_place_alone_is_no_sign(clinic_kb: KnowledgeBase) -> None:
    """Signs that only share the place or the pain with what is described are not shown."""
    kb = _with(sign("neck pain", "soon"), sign("stiff neck", "soon"))
    assert _ids(kb, "neck vomiting") == []
    assert _ids(kb, "neck pain") == ["neck-pain"]
    assert _ids(clinic_kb, "hand") == []


def test_the_likelier_word_counts_more() -> None:
    """A misspelt word is read as the nearest, and holds less than a word that was typed right."""
    kb = _with(sign("brown spots", "soon"), sign("crown spots", "soon"))
    assert _ids(kb, "brown spots") == ["brown-spots"]
    assert _ids(kb, "brwon spots") == ["brown-spots"]


@pytest.mark.parametrize("words", ["xylophone", "mortgage", "脑卒中 Инфаркт"])
def test_what_is_no_sign_finds_nothing(kb: KnowledgeBase, words: str) -> None:
    """A word that is no sign and no harm is not answered."""
    found = redflags(kb, words)
    assert (found.signs, found.harm, found.near, found.near_signs) == ((), None, (), ())
    assert found.unmatched_words == (words,)


def test_without_a_sign_the_nearest_harms_are_offered(clinic_kb: KnowledgeBase) -> None:
    """Where no sign is described, the names and texts of harms are searched, and only those."""
    found = redflags(clinic_kb, "numb hands")
    assert (found.signs, found.harm, found.near) == ((), None, (clinic_kb["numb-hand"],))


@pytest.mark.parametrize("words", [" ", "---", "?!"])
def test_words_without_a_letter_are_wrong_use(clinic_kb: KnowledgeBase, words: str) -> None:
    """They are not taken for the call without words."""
    with pytest.raises(WrongUse, match="no letter and no digit"):
        redflags(clinic_kb, words)


def test_too_many_words_are_refused(clinic_kb: KnowledgeBase) -> None:
    """The message names the limits."""
    with pytest.raises(WrongUse, match="at most 300 words"):
        redflags(clinic_kb, "neck " * 301)


@pytest.mark.parametrize(
    ("words", "unmatched"),
    [
        ("coughing up blood sarcofluxosis", ("sarcofluxosis",)),
        ("coughing up blood yesterday", ()),
        ("coughing up blood", ()),
        ("coughing blod", ()),
        # A word of another sign is no word of those that are shown.
        ("coughing up blood eyelid", ("eyelid",)),
        ("embolism", ()),
        ("xylophone", ("xylophone",)),
    ],
)
def test_words_of_no_sign_are_given_back(clinic_kb: KnowledgeBase, words: str, unmatched: tuple[str, ...]) -> None:
    """Words of content that name nothing; the name of a harm is used."""
    assert redflags(clinic_kb, words).unmatched_words == unmatched


# Regions


def test_a_region_narrows_what_is_listed_described_and_named(clinic_kb: KnowledgeBase) -> None:
    """Only signs of harms of massage there are left, whichever way they were found."""
    assert _ids(clinic_kb, "", "hand") == ["tingling-in-the-hand"]
    assert _ids(clinic_kb, "", "neck") == ["neck-pain-and-drooping-eyelid", "tingling-in-the-hand"]
    assert _ids(clinic_kb, "", "hand", "leg") == [
        "coughing-up-blood",
        "sudden-breathlessness",
        "swollen-warm-calf",
        "tingling-in-the-hand",
    ]
    assert _ids(clinic_kb, "sudden breathlessness", "leg") == ["sudden-breathlessness"]
    assert _ids(clinic_kb, "sudden breathlessness", "neck") == []
    assert _ids(clinic_kb, "embolism", "leg") == ["coughing-up-blood", "sudden-breathlessness", "swollen-warm-calf"]
    assert redflags(clinic_kb, "embolism", ["neck"]).harm is None


def test_a_region_of_the_real_file_narrows(kb: KnowledgeBase) -> None:
    """Every sign that is left belongs to a harm of massage there; a word that is no region is wrong use."""
    narrowed = redflags(kb, "", ["face"]).signs
    assert 0 < len(narrowed) < len(kb.file.signs)
    assert all(any(Region.FACE in kb.regions(of) for of in kb.harms_with(part.sign)) for part in narrowed)
    with pytest.raises(WrongUse, match="--region does not take “moon”"):
        redflags(kb, "", ["moon"])


# Alarms


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("coughing up blood", {"coughing-up-blood": "coughing blood"}),
        ("coughs blood", {"coughing-up-blood": "coughs blood"}),
        ("coughing blod", {"coughing-up-blood": "coughing blod"}),
        ("coughing up blood today again", {"coughing-up-blood": "coughing blood"}),
        ("dark urine", {"dark-urine-the-colour-of-tea": "dark urine"}),
        ("groaning rungs", {"creaking": "groaning rungs"}),
        # A sign that stands whole, whatever else is said.
        ("coughing blood xylophone mortgage piano", {"coughing-up-blood": "coughing blood"}),
        ("piano coughing mortgage blood", {"coughing-up-blood": "coughing blood"}),
        # Too few words, or too small a part.
        ("tea urine colour xylophone mortgage piano", {}),
        ("coughing", {}),
        ("blood", {}),
        ("coughing dark", {}),
        # Too small a part of the sign.
        ("tea colour", {}),
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
def test_signs_described(clinic_kb: KnowledgeBase, words: str, found: dict[str, str]) -> None:
    """A sign must stand whole, or hold most of what is described and two words besides places and pain."""
    assert _described(clinic_kb, words) == found


@pytest.mark.parametrize(
    ("words", "is_whole", "is_most"),
    [
        ("coughing blood xylophone mortgage piano", True, False),
        ("coughing blood", True, True),
        ("tea urine colour", False, False),
    ],
)
def test_a_sign_beside_a_negation_must_be_most_of_what_is_said(
    clinic_kb: KnowledgeBase, words: str, *, is_whole: bool, is_most: bool
) -> None:
    """The words may be what is denied: then standing whole is not enough."""
    assert bool(_described(clinic_kb, words)) is (is_whole or is_most)
    assert bool(_described(clinic_kb, words, has_negation=True)) is is_most


def test_a_sign_that_stands_whole_needs_two_words() -> None:
    """A word alone among others raises no alarm, nor do places and pain that make up a whole sign."""
    kb = _with(sign("itching", "soon"), sign("sore back", "soon"), sign("purple spots", "soon"))
    assert _described(kb, "itching xylophone mortgage piano") == {}
    assert _described(kb, "sore back xylophone mortgage piano") == {}
    assert _described(kb, "purple spots xylophone mortgage piano") == {"purple-spots": "purple spots"}


@pytest.mark.parametrize("word", ["no", "not", "Without", "New", "isn't"])
def test_a_sign_that_hangs_on_a_small_word_never_stands_whole(word: str) -> None:
    """Words that a search passes over decide what such a sign says."""
    kb = _with(sign(f"passing {word} stool", "soon"), sign("purple spots", "soon"))
    assert _described(kb, "passing stool xylophone mortgage piano") == {}
    assert _described(kb, "purple spots xylophone mortgage piano") == {"purple-spots": "purple spots"}


def test_places_do_not_make_up_for_a_missing_word() -> None:
    """A sign that holds most of a description raises no alarm if only one of its words is more than a place."""
    kb = _with(sign("neck, back or hand pain with purple spots", "soon"))
    assert _described(kb, "neck back hand purple spots") != {}
    assert _described(kb, "neck back hand purple xylophone") == {}


def test_a_word_guessed_among_several_raises_no_alarm() -> None:
    """A misspelt word that may be two known ones is not enough for an alarm."""
    kb = _with(sign("brown spots", "soon"), harms="Crown")
    assert _described(kb, "brown spots") == {"brown-spots": "brown spots"}
    assert _described(kb, "drown spots") == {}


def test_common_complaints_raise_no_alarm(kb: KnowledgeBase) -> None:
    """A place and a pain are what people come with."""
    for words in ("neck pain", "headache", "sore back", "pacemaker", "", "---"):
        assert _described(kb, words) == {}, words


def test_named_signs_are_those_among_mentions(clinic_kb: KnowledgeBase) -> None:
    """A name is enough, with the words that are it; conditions and harms are no signs."""
    found = mentions(clinic_kb, phrase_of(clinic_kb, analyse("falls from heights, tumour, bruise")))
    assert {mention.record.id for mention in found} == {"falling", "cancer", "bruise"}
    assert list(named_signs(found)) == [
        PresentSign(_sign(clinic_kb, "falling"), "falls heights", Urgency.EMERGENCY),
    ]


def test_signs_are_what_is_named_and_what_is_described(clinic_kb: KnowledgeBase) -> None:
    """Each sign once; where it is named, with the words of its name."""
    found = read(clinic_kb, "sudden breathlessness and dark urine").signs
    assert {part.sign.id: part.typed for part in found} == {
        "sudden-breathlessness": "sudden breathlessness",
        "dark-urine-the-colour-of-tea": "dark urine",
    }


# What raises a sign


def _raised(present: set[str], **circumstances: Any) -> Urgency:
    """Return the urgency of a sign that is `soon`, and same-day under some circumstances, beside present records."""
    raised = [{"with": circumstances, "urgency": "same-day", "citations": [14]}]
    kb = _with(sign("fever", "soon", raised_by=raised))
    known = Circumstances(frozenset(present))
    (part,) = raise_together([PresentSign(_sign(kb, "fever"), "fever", Urgency.SOON)], known)
    return part.urgency


def test_a_sign_is_raised_by_any_of_the_records_it_names() -> None:
    """One of them is enough; none leaves the sign as it is."""
    assert _raised({"cancer"}, records=["cancer", "stroke"]) is Urgency.SAME_DAY
    assert _raised({"stroke", "osteoporosis"}, records=["cancer", "stroke"]) is Urgency.SAME_DAY
    assert _raised({"osteoporosis"}, records=["cancer", "stroke"]) is Urgency.SOON
    assert _raised(set(), records=["cancer"]) is Urgency.SOON


@pytest.mark.parametrize(
    "other",
    [{"age": {"min": 65}}, {"weeks": {"min": 20}}, {"ago": {"max": 14}}, {"severity": "severe"}],
)
def test_circumstances_with_a_number_do_not_raise_by_their_records_alone(other: dict[str, Any]) -> None:
    """Every circumstance must hold, and what is not read cannot."""
    assert _raised({"cancer"}, records=["cancer"], **other) is Urgency.SOON
    assert _raised({"cancer"}, **other) is Urgency.SOON


def test_the_most_urgent_of_what_raises_a_sign_counts() -> None:
    """Whatever the order in which it stands, and never less than the sign's own urgency."""
    raised = [
        {"with": {"records": ["stroke"]}, "urgency": "emergency-now", "citations": [14]},
        {"with": {"records": ["cancer"]}, "urgency": "same-day", "citations": [14]},
        {"with": {"records": ["osteoporosis"]}, "urgency": "soon", "citations": [14]},
    ]
    kb = _with(sign("fever", "same-day", raised_by=raised), sign("ague", "same-day"))
    fever, ague = (PresentSign(_sign(kb, name), name, Urgency.SAME_DAY) for name in ("fever", "ague"))
    (first, second) = raise_together([ague, fever], Circumstances(frozenset({"cancer", "stroke", "osteoporosis"})))
    assert (first.sign.id, first.urgency, second.urgency) == ("fever", Urgency.EMERGENCY, Urgency.SAME_DAY)
    (lesser,) = raise_together([fever], Circumstances(frozenset({"osteoporosis"})))
    assert lesser.urgency is Urgency.SAME_DAY


def test_signs_that_are_found_twice_stand_once(clinic_kb: KnowledgeBase) -> None:
    """The most urgent first, then by name."""
    names = ("tingling-in-the-hand", "sudden-breathlessness", "coughing-up-blood", "tingling-in-the-hand")
    found = (PresentSign(record, "typed", record.urgency) for record in (_sign(clinic_kb, name) for name in names))
    assert [part.sign.id for part in raise_together(found, Circumstances())] == [
        "coughing-up-blood",
        "sudden-breathlessness",
        "tingling-in-the-hand",
    ]


# What to do


def test_the_instruction_is_that_of_the_sign_unless_it_is_raised() -> None:
    """An instruction written for a lesser urgency must not stand under a greater one."""
    kb = _with(sign("fever", "soon", instruction=said("Ring your doctor this week.", 14)), sign("ague", "same-day"))
    fever, ague = _sign(kb, "fever"), _sign(kb, "ague")
    assert PresentSign(fever, "", Urgency.SOON).instruction == "Ring your doctor this week."
    assert PresentSign(fever, "", Urgency.EMERGENCY).instruction == "Call emergency services."
    assert PresentSign(ague, "", Urgency.SAME_DAY).instruction == "Same-day medical review."


def test_the_harms_of_a_sign_are_parted_by_their_link() -> None:
    """Those that it points to, and those with which it also occurs, worst first each."""
    harms = [
        harm("Mild", "", "minor", "fever"),
        harm("Grave", "", "serious", "fever"),
        harm("Other", "", "moderate", warning_signs=[{"sign": "fever", "link": "compatible"}]),
    ]
    kb = clinic(harms=harms, signs=[sign("fever", "soon")], precautions=[], cases=[], withdrawn=[])
    fever = _sign(kb, "fever")
    assert [record.id for record in kb.harms_with(fever, SignLink.CHARACTERISTIC)] == ["grave", "mild"]
    assert [record.id for record in kb.harms_with(fever, SignLink.COMPATIBLE)] == ["other"]


def test_knowledge_bases_do_not_share_their_wordings() -> None:
    """A second knowledge base has its own signs, and the first keeps its own."""
    first, second = _with(sign("purple spots", "soon")), _with(sign("green spots", "soon"))
    assert (_described(first, "purple spots"), _described(second, "purple spots")) == (
        {"purple-spots": "purple spots"},
        {},
    )
    assert _described(first, "green spots") == {}


def test_what_is_denied_in_a_row_raises_no_alarm(kb: KnowledgeBase) -> None:
    """Also where the words name no concept; a lost function is no denial."""
    assert redflags(kb, "no weakness no speech trouble").signs == ()
    assert redflags(kb, "no fever no pain but chest tight").signs[0].urgency is Urgency.EMERGENCY


def test_a_condition_beside_another_is_no_sign(kb: KnowledgeBase) -> None:
    """Diabetes beside athlete's foot is two conditions, and a first baby is no sick infant."""
    for words in ("athletes foot. diabetes: yes", "12 weeks pregnant, first baby, vomiting is less now"):
        assert not [part.sign.id for part in redflags(kb, words).signs if redflags(kb, words).described], words


def test_a_last_fit_of_long_ago_raises_no_alarm(kb: KnowledgeBase) -> None:
    """The epilepsy goes on, and the fit is over; one of today is none of those."""
    assert not redflags(kb, "epilepsy since teens last fit 2 yrs ago, on keppra").described
    for words in ("epilepsy since teens, had a fit today", "epilepsy, last fit yesterday"):
        assert [part.sign.id for part in redflags(kb, words).signs] == ["seizure"], words

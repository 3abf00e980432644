"""The forms in which words are compared: what must meet, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massharm.text import fold
from massharm.words import STOP, begins, carrying, sound, stem, words, written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haematoma", "hematomas"),
        ("oedema", "edema"),
        ("tumour", "tumors"),
        ("manipulation", "manipulations"),
        ("bruise", "bruised"),
        ("bruising", "bruises"),
        ("slipped", "slip"),
        ("mobilisation", "mobilization"),
        ("mobilised", "mobilize"),
        ("colours", "color"),
        ("paralysed", "paralyzed"),
        ("arteries", "arterie"),
    ],
)
def test_spellings_and_inflections_share_a_stem(one: str, other: str) -> None:
    """British and American, one and many, now and then: one word."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thrombus", "thromb"),
        ("loss", "los"),
        ("paralysis", "paralys"),
        ("floppy", "flop"),
        ("pes", "pe"),
        ("hyper", "hypo"),
    ],
)
def test_what_only_looks_like_an_ending_stays(one: str, other: str) -> None:
    """A Latin or Greek singular is no English plural, and a short word keeps its letters."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "other", "stands"),
    [
        ("a", "as", False),
        ("pe", "pes", False),
        ("dvt", "dvts", True),
        ("gas", "gastric", False),
        ("rib", "ribs", True),
        ("neck", "necks", True),
        ("pain", "painful", True),
        ("pain", "paint", False),
        ("slip", "slipped", True),
        ("slip", "slippery", False),
        ("arter", "artery", True),
        ("rhabdo", "rhabdomyolysis", True),
        ("rhabdo", "rabdo", False),
    ],
)
def test_only_a_long_stem_may_go_on_as_it_likes(word: str, other: str, *, stands: bool) -> None:
    """The shorter a word, the fewer endings make it the same word."""
    assert begins(word, other) is stands


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("neumothorax", "pneumothorax"),
        ("rabdomyolysis", "rhabdomyolysis"),
        ("flebitis", "phlebitis"),
        ("siatica", "sciatica"),
        ("embollism", "embolism"),
        ("eckymosis", "ecchymosis"),
    ],
)
def test_a_word_spelt_by_ear_sounds_as_the_right_one(heard: str, written: str) -> None:
    """The silent and doubled letters of Greek and Latin do not keep them apart."""
    assert sound(heard) == sound(written)


@pytest.mark.parametrize(("one", "other"), [("artery", "vein"), ("radial", "renal"), ("ulnar", "lumbar")])
def test_different_words_sound_different(one: str, other: str) -> None:
    """The rough sound is not so rough that all is one."""
    assert sound(one) != sound(other)


def test_a_stem_is_looked_for_in_each_spelling() -> None:
    """Texts keep their own spelling; the stem of either finds both."""
    assert {"tumor", "tumour"} <= set(written(stem("tumours")))
    assert {"mobilis", "mobiliz"} <= set(written(stem("mobilising")))


def test_words_that_join_carry_nothing_unless_alone() -> None:
    """A question is its nouns and verbs; of joining words alone, each counts."""
    assert carrying("can i get a blood clot after a massage") == ("blood", "clot")
    assert carrying("what is this") == ("what", "is", "this")
    assert words("torn arteries of the neck") == words("torn arterie neck")


def test_no_word_that_carries_is_left_out() -> None:
    """Words that name a harm's place, its feeling or its measure must count, however common."""
    assert not STOP & {
        "pain",
        "worse",
        "months",
        "neck",
        "back",
        "left",
        "right side",
        "numb",
        "weak",
        "death",
        "pregnant",
    }


@given(st.text())
def test_words_of_any_text_are_whole(text: str) -> None:
    """Whatever is typed is read as words without blanks; only a text without letters and digits has none."""
    found = words(fold(text))
    assert all(word and not word.isspace() and " " not in word for word in found)
    assert bool(found) is bool(fold(text))

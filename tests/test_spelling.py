"""What a misspelt word may have meant: what must be near, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massharm.search.spelling import Lexicon, candidate_initials, corrections, lookalikes, phonetic_key

KNOWN = Lexicon(
    """
    pneumothorax rhabdomyolysis phlebitis sciatica embolism ecchymosis fracture eczema hypotension artery vein radial
    renal muscles ache waltz contusion quadriplegia rupture ulcer varicose jugular chylothorax fascia retina scapula
    bruise scale
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("neumothorax", "pneumothorax"),
        ("rabdomyolysis", "rhabdomyolysis"),
        ("flebitis", "phlebitis"),
        ("siatica", "sciatica"),
        ("embollism", "embolism"),
        ("eckymosis", "ecchymosis"),
        ("kylothorax", "chylothorax"),
        ("fashia", "fascia"),
    ],
)
def test_a_word_spelt_by_ear_sounds_as_the_right_one(heard: str, written: str) -> None:
    """The silent and doubled letters of Greek and Latin do not keep them apart."""
    assert phonetic_key(heard) == phonetic_key(written)


@pytest.mark.parametrize(("one", "other"), [("artery", "vein"), ("radial", "renal"), ("ulnar", "lumbar")])
def test_different_words_sound_different(one: str, other: str) -> None:
    """The rough sound is not so rough that all is one."""
    assert phonetic_key(one) != phonetic_key(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pnuemothorax", "pneumothorax"),
        ("fracsher", "fracture"),
        ("exma", "eczema"),
        ("kwadraplegia", "quadriplegia"),
        ("rupcher", "rupture"),
        ("alcer", "ulcer"),
        ("verycose", "varicose"),
        ("juggler", "jugular"),
        ("retner", "retina"),
        ("brusie", "bruise"),
    ],
)
def test_a_misspelt_word_is_read_as_what_was_meant(typed: str, meant: str) -> None:
    """Slips of the finger and words written as they are heard."""
    assert [reading.word for reading in corrections(typed, [KNOWN])] == [meant]


@pytest.mark.parametrize(
    "typed", ["hypertension", "measles", "acne", "scope", "zzzz", "pizza", "mortgage", "violin", "veil", "aches1"]
)
def test_another_word_is_left_alone(typed: str) -> None:
    """Opposites, short words that only look alike, and words that are right as they are."""
    assert corrections(typed, [KNOWN]) == []


def test_readings_come_nearest_first_and_below_certainty() -> None:
    """The less a word is changed, the likelier it was meant."""
    found = corrections("bruisse", [Lexicon(["bruises", "bruise", "braise"])])
    assert found[0].word == "bruise"
    assert all(0 < reading.similarity < 1 for reading in found)
    assert found == sorted(found, key=lambda reading: -reading.similarity)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_any_word_has_beginnings_and_readings(word: str) -> None:
    """No word of letters is an error, and its own first letter is among those it may begin with."""
    assert word[0] in candidate_initials(word)
    assert all(reading.word in KNOWN.words for reading in corrections(word, [KNOWN]))


def test_lookalikes_are_near_as_a_whole() -> None:
    """A query is offered the names that resemble it."""
    assert lookalikes("pulmunari embulism", ["pulmonary embolism", "stroke"], 3) == ["pulmonary embolism"]
    assert lookalikes("xylophone", ["stroke"], 3) == []

"""What a misspelt word may have meant: what must be near, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massharm.search.lexicon import Lexicon
from massharm.search.phonetics import candidate_initials, phonetic_key
from massharm.search.spelling import corrections, lookalikes, slips

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
def test_a_misspelt_word_is_corrected(typed: str, meant: str) -> None:
    """Slips of the finger and words written as they are heard."""
    assert [candidate.word for candidate in corrections(typed, [KNOWN])] == [meant]


@pytest.mark.parametrize("typed", ["measles", "acne", "scope", "zzzz", "pizza", "mortgage", "violin", "veil", "aches1"])
def test_another_word_is_left_alone(typed: str) -> None:
    """Short words that only look alike, and words that are right as they are."""
    assert corrections(typed, [KNOWN]) == []


@pytest.mark.parametrize(
    ("known", "one_edit_more_than_allowed", "allowed"),
    [
        ("bone", "bqne", "bnoe"),
        ("tension", "tqnsikn", "tensikn"),
        ("fracture", "frbctuqe", "frbcture"),
        ("paralysis", "pbralqsbs", "pbralqsis"),
        ("compression", "cqmprqssbqn", "cqmprqssbon"),
    ],
    ids=["4 letters", "7 letters", "8 letters", "9 letters", "11 letters"],
)
def test_longer_words_may_have_more_edits(known: str, one_edit_more_than_allowed: str, allowed: str) -> None:
    """One edit from four letters, two from nine, three from eleven; a word of four only an exchange of letters."""
    assert corrections(one_edit_more_than_allowed, [Lexicon([known])]) == []
    assert [candidate.word for candidate in corrections(allowed, [Lexicon([known])])] == [known]


@pytest.mark.parametrize(
    ("typed", "known"), [("depth", "death"), ("tonic", "toxic"), ("sheep", "sleep"), ("blond", "blood")]
)
def test_a_short_word_needs_a_plausible_slip(typed: str, known: str) -> None:
    """In five letters a wrong one must lie beside the right one on the keyboard, or sound alike."""
    lexicon = [Lexicon([known])]
    assert corrections(typed, lexicon) == []
    assert [word for word, _ in corrections("dearh", [Lexicon(["death"])])] == ["death"]
    assert [word for word, _ in corrections("deeth", [Lexicon(["death"])])] == ["death"]
    assert [word for word, _ in corrections("blodo", [Lexicon(["blood"])])] == ["blood"]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("hyperglycaemia", "hypoglycaemia"),
        ("hypotension", "hypertension"),
        ("intercranial", "intracranial"),
        ("preoperative", "postoperative"),
    ],
)
def test_opposites_never_stand_for_each_other(typed: str, known: str) -> None:
    """However near they are by their letters, one is never read for the other."""
    assert corrections(typed, [Lexicon([known])]) == []
    assert corrections(known, [Lexicon([typed])]) == []
    assert [candidate.word for candidate in corrections(f"{known[:6]}q{known[6:]}", [Lexicon([known])])] == [known]


def test_only_words_within_half_an_edit_of_the_nearest_are_meant() -> None:
    """Nearest first: the farther a word, the less likely it was meant, and one much farther was not."""
    found = corrections("bruisse", [Lexicon(["bruises", "bruise", "braise", "bruiser"])])
    assert found[0].word == "bruise"
    assert all(0 < candidate.similarity < 1 for candidate in found)
    assert found == sorted(found, key=lambda candidate: -candidate.similarity)
    near, far = corrections("contusoin", [Lexicon(["contusion"])]), corrections("kontuzhon", [Lexicon(["contusion"])])
    assert not far or far[0].similarity < near[0].similarity
    assert [word for word, _ in corrections("fractuer", [Lexicon(["fracture", "fractures", "fractal"])])] == [
        "fracture"
    ]


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("weighs", "weight", True),  # from six letters any wrong letter will do
        ("took", "tuck", True),  # three sounds that are the same
        ("she", "shear", False),  # two sounds are too few
        ("bercitis", "bursitis", True),  # four consonants: two wrong vowels
        ("planet", "placenta", False),
        ("limfaseel", "lymphocele", True),  # five consonants outweigh letters that differ
        ("botox", "buttocks", False),  # the letters differ too much
        ("better", "battery", False),  # so few consonants, and another ending
        ("whether", "water", False),
        ("saying", "paying", False),  # another first letter
        ("round", "wound", False),
        ("mephrologist", "nephrologist", False),
        ("alcer", "ulcer", True),  # unless both are vowels
    ],
)
def test_sounds_are_near_where_consonants_prove_it(typed: str, known: str, *, meant: bool) -> None:
    """Wrong vowels are forgiven among several consonants, and other letters among many."""
    assert [candidate.word for candidate in corrections(typed, [Lexicon([known])])] == [known] * meant


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("sciattica", ["sciatica", "sciatic"], ["sciatica"]),  # a last vowel is no ending that was heard
        ("thombosis", ["thrombosis", "thromboses"], ["thrombosis"]),
        ("cattaract", ["cataract", "cateract"], ["cataract", "cateract"]),  # a vowel is half an edit
    ],
)
def test_the_nearest_word_leaves_out_those_that_are_farther(typed: str, known: list[str], meant: list[str]) -> None:
    """Half an edit more than the nearest is the most."""
    assert [candidate.word for candidate in corrections(typed, [Lexicon(known)])] == meant


def test_a_word_that_resembles_many_is_taken_for_the_nearest_few() -> None:
    """A slip that may be any of a dozen words is read as eight of them."""
    known = Lexicon(f"fractu{letter}e" for letter in "abcdfghijklmn")
    assert len(corrections("fractuze", [known])) == 8


def test_a_sound_costs_more_than_none_and_less_than_an_edit() -> None:
    """The same sound is nearer than another letter; vowels that are heard alike are cheaper than consonants."""
    by_sound, by_letter = corrections("flebitis", [KNOWN])[0], corrections("phlebitks", [KNOWN])[0]
    assert by_sound.word == by_letter.word == "phlebitis"
    assert by_sound.similarity > by_letter.similarity


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_any_word_has_beginnings_and_readings(word: str) -> None:
    """No word of letters is an error, and its own first letter is among those it may begin with."""
    assert word[0] in candidate_initials(word)
    assert all(reading.word in KNOWN.words for reading in corrections(word, [KNOWN]))


def test_lookalikes_are_near_as_a_whole() -> None:
    """A query is offered the names that resemble it."""
    assert lookalikes("pulmunari embulism", ["pulmonary embolism", "stroke"], 3) == ["pulmonary embolism"]
    assert lookalikes("xylophone", ["stroke"], 3) == []


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("saging", ["saving", "sagging", "sitting"], ["sagging", "saving"]),
        ("throbbong", ["throbbing", "thronging", "strobing"], ["throbbing"]),
        ("ronud", ["round", "rod"], ["round"]),  # two neighbours exchanged
        ("cutains", ["curtains", "mountains"], ["curtains"]),
        ("xurtains", ["curtains"], []),  # another first letter
        ("elbow", ["elbiw", "elbzw"], ["elbiw"]),  # a short word by a key beside it
        ("elwob", ["elbow"], []),
        ("anything", [], []),
    ],
)
def test_a_slip_is_near_by_letters(typed: str, known: list[str], meant: list[str]) -> None:
    """Words of the same first letter within the allowed edits; of several the nearest, and all that are as near."""
    assert slips(typed, known) == meant

"""The forms in which words are compared: what must meet, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massharm.search.analysis import (
    COMMON_WORDS,
    STOP_WORDS,
    content_words,
    excerpt,
    is_form_of,
    normalise_spelling,
    spelling_variants,
    stem,
    words,
)
from massharm.text import fold


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
        ("arteries", "artery"),
        ("bodies", "body"),
        ("kidneys", "kidney"),
        ("diseases", "disease"),
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
    assert is_form_of(word, other) is stands


@pytest.mark.parametrize("text", ["oedema", "paediatric", "aetiology", "edema", "rhabdo", "eee"])
def test_a_levelled_beginning_is_found_in_each_spelling(text: str) -> None:
    """The first letters of a word are among the spellings of its levelled first letters."""
    assert any(text.startswith(start) for start in spelling_variants(normalise_spelling(text)[:3]))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("a short text", "text", "a short text"),
        ("one two three four five bruise seven", "bruises", "… three four five bruise seven"),
        ("no such word", "bruise", "no such word"),
        ("a bruise " + "long " * 30, "bruise", "a bruise" + " long" * 10 + " …"),
        ("", "bruise", ""),
    ],
)
def test_an_excerpt_begins_before_the_word_asked_for(text: str, query: str, shown: str) -> None:
    """What is cut off is marked; what is short stays whole."""
    assert excerpt(text, query) == shown


def test_words_that_join_carry_nothing_unless_alone() -> None:
    """A question is its nouns and verbs; of joining words alone, each counts."""
    assert content_words("can i get a blood clot after a massage") == ("blood", "clot")
    assert content_words("what is this") == ("what", "is", "this")
    assert words("torn arteries of the neck") == words("torn artery neck")


def test_no_word_that_carries_is_left_out() -> None:
    """Words that name a harm's place, its feeling or its measure must count, however common."""
    assert not (STOP_WORDS | COMMON_WORDS) & {
        "pain",
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

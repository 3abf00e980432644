"""The forms in which words are compared: what must meet, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massharm.search.analysis import (
    COMMON_WORDS,
    STOP_WORDS,
    Token,
    analyse,
    content_stems,
    content_words,
    excerpt,
    is_form_of,
    normalise_spelling,
    spelling_variants,
    stem,
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


def test_a_token_stands_where_its_word_does() -> None:
    """The words of a text as they stand, as they are compared, and their stems."""
    assert analyse("Horner’s, d'Abbraccio; DEEP-tissue bruises") == (
        Token("Horner’s", 0, 8, "horner", "horner"),
        Token("d'Abbraccio", 10, 21, "dabbraccio", "dabbraccio"),
        Token("DEEP", 23, 27, "deep", "deep"),
        Token("tissue", 28, 34, "tissue", "tissu"),
        Token("bruises", 35, 42, "bruises", "bruis"),
    )


def test_stop_words_are_no_content_unless_alone() -> None:
    """A question is searched by its nouns and verbs; where there are only stop words, each counts."""
    content = [token.folded for token in content_words(analyse("Can I get a blood clot after a massage?"))]
    assert content == ["blood", "clot"]
    assert [token.folded for token in content_words(analyse("what is this"))] == ["what", "is", "this"]
    assert content_stems("torn arteries of the neck") == content_stems("torn artery neck") == ("torn", "arter", "neck")
    assert content_stems("what is this") == ("what", "is", "this")


def test_telling_words_are_neither_stop_words_nor_common() -> None:
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


@given(st.one_of(st.text(), st.text(alphabet="aesS'’`´ -–_ß½éÆΣ\u0301。が脳")))
def test_tokens_are_the_folded_words_of_a_text(text: str) -> None:
    """Whatever is typed, its tokens and its folded form agree, and each token stands where it says."""
    tokens = analyse(text)
    assert [token.folded for token in tokens] == fold(text).split()
    assert all(text[token.start : token.end] == token.text for token in tokens)

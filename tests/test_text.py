import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massharm.text import clean, fold, line


@pytest.mark.parametrize(
    "char",
    ["\x1b", "\x07", "\x00", "\x7f", "\x9b", "\x85", "\r", "\u202e", "\u2066", "\u200f", "\u2028", "\ufeff", "\ud800"],
    ids=lambda char: f"U+{ord(char):04X}",
)
def test_clean_drops_what_acts_on_a_terminal(char: str) -> None:
    """Escape, bell, C1, bidirectional controls, separators and lone surrogates never pass."""
    assert clean(f"a{char}b") == "ab"


def test_clean_keeps_text() -> None:
    """Letters of any script, signs, blanks, tabs and line ends pass as they are."""
    text = "naïve 岩波 “α” – 5 %\tx\ny"
    assert clean(text) == text


@given(st.text())
def test_clean_leaves_no_control(text: str) -> None:
    """Whatever goes in, no control or format character comes out but tab and line end."""
    left = {unicodedata.category(char) for char in clean(text) if char not in "\t\n"}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_line_is_one_line() -> None:
    """Line ends cannot break a message in two."""
    assert line(" a\n\tb \x1b[2J ") == "a b [2J"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_every_line_end_separates_words(end: str) -> None:
    """The line ends of other systems and of Unicode do not join two words."""
    assert line(f"a{end}b") == "a b"


def test_dropped_characters_leave_no_double_blank() -> None:
    """Only the words are left, with single blanks."""
    assert line("a \x07 b\x07") == "a b"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Horner’s  Syndrome", "horner syndrome"),
        ("Horner's syndrome", "horner syndrome"),
        ("Ménière’s disease", "meniere disease"),
        ("post-massage  SORENESS!", "post massage soreness"),
        ("hæmatoma", "haematoma"),
        ("can't lift", "cant lift"),
        ("---", ""),
        ("don´t, can`t", "dont cant"),
        ("Инсульт, ЁЛКА", "инсульт елка"),
        ("脑卒中。が", "脑卒中 が"),
        ("हृदय-रोग", "हृदय रोग"),
        ("½ kg ℠", "1 2 kg sm"),
    ],
)
def test_fold_levels_what_does_not_matter(text: str, folded: str) -> None:
    """Case, accents, apostrophes, ligatures and hyphens make no difference; letters of any script stay."""
    assert fold(text) == folded


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    """Folding twice is folding once."""
    assert fold(fold(text)) == fold(text)

"""Text made harmless to show and alike to compare."""

import re
import unicodedata

_BLANKS = "\t\n\u00a0\u2009\u202f"
_APOSTROPHES = "'`\u2018\u2019\u02bc"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s(?![^\W_])")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
# Ligatures, letters with strokes, and the signs that make most texts more than ASCII.
_ALIKE = str.maketrans(
    {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u00b4": "'"}
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u201c\u201d\u2026\u00b7\u00a0", " ")
)
# Every ASCII byte but small letters and digits becomes a blank.
_BARE = bytes(char if chr(char) in "abcdefghijklmnopqrstuvwxyz0123456789" else 32 for char in range(256))
# Of the marks that combine with a letter these make another letter, in Japanese and in the scripts of India.
_VOICING, _VIRAMA = 8, 9


def clean(text: str) -> str:
    """Drop every character that could act on a terminal; keep tabs, line ends and fixed blanks.

    What Python does not call printable goes: control characters old and new (C0, DEL, C1), those that
    turn text round, marks without a shape, and lone surrogates.
    """
    if text.isprintable():
        return text
    return "".join(char for char in text if char.isprintable() or char in _BLANKS)


def visible(text: str) -> str:
    """Return text in which an escape stands for each character that does not print: a path stays the path it is."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def line(text: str) -> str:
    """Clean text and set it on one line."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Return the form in which names are compared: `Horner's  Syndrome` becomes `horner syndrome`.

    Case, accents, apostrophes, ligatures, hyphens and other signs make no difference; one blank parts two words.
    Letters and digits of every script stay.
    """
    if not text.isascii():
        text = text.translate(_ALIKE)
    text = text.lower() if text.isascii() else _unaccented(text)
    if "'" in text or "`" in text:
        text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    if text.isascii():
        return " ".join(text.encode().translate(_BARE).decode().split())  # thrice as fast as a pattern
    return " ".join("".join(char if _is_part_of_word(char) else " " for char in text).split())


def _unaccented(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    kept = (char for char in parts if unicodedata.combining(char) in {0, _VOICING, _VIRAMA})
    return unicodedata.normalize("NFC", "".join(kept))


def _is_part_of_word(char: str) -> bool:
    """Whether a character is a letter, a digit, or a sign that stands for a vowel, as in the scripts of India."""
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}

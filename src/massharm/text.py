"""Text made harmless to show and alike to compare."""

import re
import unicodedata

# C0 without tab and newline, DEL, C1, bidirectional controls, lone surrogates, line and paragraph
# separators: each can move a terminal's cursor, turn its text round, or break its encoding.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"['\u2018\u2019\u02bc`\u00b4]s\b")
_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")
_OTHER = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def clean(text: str) -> str:
    """Drop every character that could act on a terminal; keep tabs and line ends."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub("", text)


def line(text: str) -> str:
    """Clean text and set it on one line."""
    return _BLANK.sub(" ", clean(text)).strip()


def fold(text: str) -> str:
    """Give the form in which names are compared: `Horner's  Syndrome` becomes `horner syndrome`.

    Case, accents, apostrophes, ligatures, hyphens and other marks are levelled; words are parted by one blank.
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(char for char in text if not unicodedata.combining(char))
    if "'" in text or not text.isascii():
        text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    return _OTHER.sub(" ", text).strip()

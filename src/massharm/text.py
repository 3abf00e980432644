"""Text made harmless to show and alike to compare."""

import re
import unicodedata

_BLANKS = "\t\n\u00a0\u2009\u202f"
_POSSESSIVE = re.compile(r"['\u2018\u2019\u02bc`\u00b4]s\b")
_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")
# Every ASCII byte but small letters and digits becomes a blank.
_BARE = bytes(char if chr(char) in "abcdefghijklmnopqrstuvwxyz0123456789" else 32 for char in range(256))
_OTHER = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def clean(text: str) -> str:
    """Drop every character that could act on a terminal; keep tabs, line ends and fixed blanks.

    What Python does not call printable goes: control characters old and new (C0, DEL, C1), those that
    turn text round, marks without a shape, and lone surrogates.
    """
    if text.isprintable():
        return text
    return "".join(char for char in text if char.isprintable() or char in _BLANKS)


def line(text: str) -> str:
    """Clean text and set it on one line."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Give the form in which names are compared: `Horner's  Syndrome` becomes `horner syndrome`.

    Case, accents, apostrophes, ligatures, hyphens and other marks are levelled; words are parted by one blank.
    """
    if text.isascii() and "'" not in text:
        return " ".join(text.lower().encode().translate(_BARE).decode().split())  # thrice as fast as the patterns
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _OTHER.sub(" ", _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))).strip()

"""Cleaning text for output, escaping it for Markdown, and folding it for comparison."""

import re
from functools import lru_cache

_BLANKS = "\t\n\u00a0\u2009\u202f"
# Ligatures, letters with strokes, and the signs that make most texts more than ASCII.
_ALIKE = str.maketrans(
    {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u00b4": "'"}
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u201c\u201d\u2026\u00b7\u00a0", " ")
)
# Letters of ASCII become small, and every other byte of it but digits a blank.
_BARE = bytes(ord(char.lower()) if char.isascii() and char.isalnum() else 32 for char in map(chr, range(256)))
# What Markdown or HTML reads as more than text, wherever it stands; and at the beginning of a line or an item.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
_MARKDOWN_START = re.compile(r"\d+(?=[.)])|(?=[#+\-=])")
# Combining classes of the marks that make another letter, in Japanese and in the scripts of India.
_VOICING, _VIRAMA = 8, 9


def clean(text: str) -> str:
    """Return the text without characters that could act on a terminal; tabs, line ends and fixed blanks stay.

    It drops what Python does not call printable: control characters (C0, DEL, C1), bidirectional controls,
    zero-width characters, separators of lines and paragraphs, and lone surrogates.
    """
    if text.isprintable():
        return text
    return "".join(char for char in text if char.isprintable() or char in _BLANKS)


def visible(text: str) -> str:
    """Return the text with an escape for each character that does not print, so that a path can still be recognised."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def line(text: str) -> str:
    """Return the clean text on one line; every line end, even one that `clean` drops, separates words."""
    words = " ".join(text.split())
    return words if words.isprintable() else " ".join(clean(words).split())


def escape_markdown(text: str) -> str:
    """Return a text on one line in which nothing is markup, wherever the line begins."""
    return escape_markdown_start(escape_markdown_signs(text))


@lru_cache(maxsize=1024)  # names and references stand on many pages
def escape_markdown_signs(text: str) -> str:
    """Return a text on one line in which no sign is markup inside a line."""
    return _MARKDOWN.sub(r"\\\1", line(text))


def escape_markdown_start(text: str) -> str:
    """Return escaped text that begins no heading, list or rule."""
    start = _MARKDOWN_START.match(text)
    return f"{start[0]}\\{text[start.end() :]}" if start else text


def fold(text: str) -> str:
    """Return the form in which names are compared: `Horner's  Syndrome` becomes `horner syndrome`.

    Case, accents, apostrophes, ligatures, hyphens and other signs make no difference; one blank separates two words.
    Letters and digits of every script stay.
    """
    if not text.isascii():
        text = text.translate(_ALIKE)
        if not text.isascii():
            text = _unaccented(text)
    if "'" in text or "`" in text:
        text = _without_possessive(text)
    if text.isascii():
        return " ".join(text.encode().translate(_BARE).decode().split())  # three times as fast as a pattern
    return " ".join("".join(char if _is_part_of_word(char) else " " for char in text).split())


def _without_possessive(text: str) -> str:
    """Return a text without apostrophes, and without the `s` behind one at the end of a word."""
    first, *rest = text.replace("`", "'").split("'")
    return first + "".join(part[1:] if part[:1] in {"s", "S"} and not part[1:2].isalnum() else part for part in rest)


def _unaccented(text: str) -> str:
    import unicodedata  # noqa: PLC0415 - costs time at start, and few texts need it

    parts = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    kept = (char for char in parts if unicodedata.combining(char) in {0, _VOICING, _VIRAMA})
    return unicodedata.normalize("NFC", "".join(kept))


def _is_part_of_word(char: str) -> bool:
    """Whether a character is a letter, a digit, or a sign that stands for a vowel, as in the scripts of India."""
    if char.isalnum():
        return True
    import unicodedata  # noqa: PLC0415 - as above

    return unicodedata.category(char) in {"Mn", "Mc"}

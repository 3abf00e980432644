"""How words sound, roughly: keys by which a word that is spelt by ear is near the one that is meant."""

import re
from functools import lru_cache

from massharm.search.analysis import stem

# How the letters of Greek, Latin and English sound.
_SOUNDS = {
    "tion": "Sun", "sion": "Sun", "cion": "Sun", "shun": "Sun", "shon": "Sun", "tial": "Sal", "cial": "Sal",
    "tious": "Sus", "cious": "Sus", "scious": "Sus", "sch": "sk", "tch": "S", "sh": "S", "phth": "ft", "rrh": "r",
    "ph": "f", "rh": "r", "gh": "g", "th": "t", "ch": "k", "ck": "k", "qu": "kw", "dge": "j", "dg": "j", "eu": "u",
    "ew": "u", "ou": "u", "oo": "u", "ue": "u", "ei": "e", "ie": "i", "ea": "e", "ee": "i", "ai": "e", "ay": "e",
    "au": "o", "aw": "o", "oa": "o", "ow": "o", "x": "ks", "y": "i", "z": "s",
}  # fmt: skip
_SPELT = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_CONTEXT = (
    (re.compile(r"^(?:[pkg](?=n)|p(?=[st])|w(?=r))|(?<=m)b$|(?<=s)c(?=le?s?$)"), ""),
    (re.compile(r"^x"), "s"),
    (re.compile(r"cc(?=[eiy])|cz"), "ks"),
    (re.compile(r"(?<=.)sci(?=[aou])"), "Si"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"tur(?=e|al|$)"), "Ser"),
    (re.compile(r"a([bdfgklmnprstvz])e(?=[ds]?$)"), r"e\1"),
    (re.compile(r"(?<=..[^aeiou])e$"), ""),
    (re.compile(r"(?<=...)[aeo]r$"), "a"),
)
_SILENT_H = re.compile(r"(?<=.)h")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS_INSIDE = re.compile(r"(?<=.)[aeiou]+")
# The letters with which a word may begin that sounds so.
_WRITTEN = {
    "f": "fp", "n": "npkg", "s": "scpzx", "k": "kcqx", "r": "rw", "j": "jg", "S": "sct", "t": "tp", "u": "ueoai",
    "e": "eaiou", "i": "ieyaou", "o": "oaeiu", "a": "aeiou",
}  # fmt: skip


@lru_cache(maxsize=65536)
def phonetic_key(word: str) -> str:
    """Return a word roughly as it sounds, so that one spelt by ear is near: `neumatic` and `pneumatic` are one.

    Written for the Greek and Latin of medicine, in the manner of Metaphone (Philips 1990); vowels stay.
    """
    for pattern, sound in _CONTEXT:
        word = pattern.sub(sound, word)
    word = _SPELT.sub(lambda found: _SOUNDS[found[0]], word).replace("c", "k")
    return _DOUBLED.sub(r"\1", _SILENT_H.sub("", word))


def consonant_skeleton(key: str) -> str:
    """Return a phonetic key without its vowels, but for one that begins it."""
    return _VOWELS_INSIDE.sub("", key)


def candidate_initials(word: str) -> str:
    """Return the letters with which the words begin that a word may be misspelt for, its own letter first."""
    key = phonetic_key(stem(word))
    return "".join(dict.fromkeys(word[0] + (_WRITTEN.get(key[0], key[0]) if key else "")))

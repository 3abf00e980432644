"""The words of queries and texts: which of them carry meaning, and the forms in which they are compared."""

import re
from functools import lru_cache

from massharm.text import fold

STOP = frozenset(
    """
    a about after again all also am an and any anyone are as at be because been being but by can cant cause caused
    causes causing could did didnt do does doesnt doing dont during ever every few first for from get gets getting
    give given gives go going gone got had happen happened happens has have having he help her here his how i if in
    into is isnt it its itself just keep know last like little lot lots make makes many may me might more most much
    must my myself new next no not now of off often ok on once one only or other our out over own please quite really
    right say says seem should since so some someone somebody something soon still such sure take tell than that the
    their them then there these they thing things think this those though time to today together told too try up
    us use used using very want was wasnt we went were what whats when where which while who why will with without
    woman man people person patient client wont would wrong yes yet you your yours
    massage massaged massages massaging massager masseur masseuse therapist therapy session treatment
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words that ask or join, and those that every record of this subject could hold."""

# The other spelling of an ending, and ours.
_ENDINGS = (("ization", "isation"), ("izing", "ising"), ("ize", "ise"), ("yze", "yse"), ("our", "or"), ("ours", "ors"))
_INFLECTED = ("ing", "ies", "es", "ed", "s", "y", "e")
_LEAST_STEM = 4
_SOUNDS = (
    ("ph", "f"), ("rh", "r"), ("gh", "g"), ("ch", "k"), ("ck", "k"), ("qu", "k"), ("ps", "s"), ("pn", "n"), ("kn", "n"),
    ("x", "ks"), ("y", "i"), ("z", "s"), ("ou", "o"), ("ei", "i"), ("ie", "i"), ("ea", "e"), ("ee", "e"), ("oo", "o"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")


def words(folded: str) -> tuple[str, ...]:
    """Give the stems of the words that carry a folded text; where none does, of all its words."""
    parts = folded.split()
    return tuple(stem(part) for part in parts if part not in STOP) or tuple(map(stem, parts))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Give a word in one spelling and without a common ending: `haematomas` becomes `hematoma`."""
    word = level(word)
    for other, ours in _ENDINGS:
        if len(word) > len(other) + 1 and word.endswith(other):
            word = word.removesuffix(other) + ours
    for ending in _INFLECTED:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


def level(text: str) -> str:
    """Write ae and oe as e, as American spelling does, on both sides of every comparison."""
    return text.replace("ae", "e").replace("oe", "e")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Give a word roughly as it sounds, so that one spelt by ear lies near: `neumatic` and `pneumatic` are one."""
    word = _SOFT_C.sub("s", word)
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word.replace("c", "k"))


def stems(text: str) -> tuple[str, ...]:
    """Give the stems of a text that was not folded yet."""
    return words(fold(text))

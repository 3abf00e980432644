"""The words of queries and texts: which of them carry meaning, and the forms in which they are compared."""

import re
from functools import lru_cache

from massharm.text import fold

STOP = frozenset(
    """
    a about after afterward afterwards again all also am an and any anyone are as at be because been being but by
    can cant cause caused causes causing could did didnt do does doesnt doing dont during ever every few first for
    from get gets getting give given gives go going gone got had happen happened happens has have having he help her
    here his how i if in into is isnt it its itself just keep know last like little lot lots make makes many may me
    might more most much must my myself new next no not now of off often ok on once one only or other our out over
    own please quite really right say says seem should since so some someone somebody something soon still such sure
    take tell than that the their them then there these they thing things think this those though time to today
    together told too try up us use used using very want was wasnt we went were what whats when where which while
    who why will with without woman man people person patient client wont would wrong yes yet you your yours lady
    guy husband wife mother mom mum father dad friend made
    massage massaged massages massaging massager masseur masseuse therapist therapy session treatment
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words that ask or join, and those that every record of this subject could hold."""

# The other spelling of a stem's end, and ours.
_SPELLINGS = (("ization", "isation"), ("iz", "is"), ("yz", "ys"), ("our", "or"))
# Endings that are dropped, and how many letters must be left.
_INFLECTED = (("ing", 5), ("es", 5), ("ed", 5), ("s", 3), ("y", 5), ("e", 5))
# The endings with which a word of four letters may stand; what is longer may go on as it likes.
FOUR = ("", "s", "es", "ed", "ing", "y", "e", "ful", "er")
_SOUNDS = (
    ("ph", "f"), ("rh", "r"), ("gh", "g"), ("ch", "k"), ("ck", "k"), ("qu", "k"), ("ps", "s"), ("pn", "n"), ("kn", "n"),
    ("x", "ks"), ("y", "i"), ("z", "s"), ("ou", "o"), ("ei", "i"), ("ie", "i"), ("ea", "e"), ("ee", "e"), ("oo", "o"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
# A consonant doubled before an ending: `slipped` is `slip`.
_UNDOUBLED = re.compile(r"(?<=...)([bdgmnprt])\1(?:ed|ing)$")
_DOUBLED = re.compile(r"(.)\1+")


def words(folded: str) -> tuple[str, ...]:
    """Give the stems of the words that carry a folded text."""
    return tuple(map(stem, carrying(folded)))


def carrying(folded: str) -> tuple[str, ...]:
    """Give the words that carry a folded text; where none does, all its words."""
    parts = folded.split()
    return tuple(part for part in parts if part not in STOP) or tuple(parts)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Give a word in one spelling and without a common ending: `haematomas` becomes `hematoma`."""
    word = _UNDOUBLED.sub(r"\1", level(word))
    if not word.endswith(("ss", "us", "is")):
        kept = (
            word.removesuffix(end) for end, left in _INFLECTED if word.endswith(end) and len(word) - len(end) >= left
        )
        word = next(kept, word)
    for other, ours in _SPELLINGS:
        if len(word) > len(other) + 1 and word.endswith(other):
            return word.removesuffix(other) + ours
    return word


def written(word: str) -> tuple[str, ...]:
    """Give the spellings in which a stem may stand in a text, ae and oe apart."""
    return (word, *(word.removesuffix(ours) + other for other, ours in _SPELLINGS if word.endswith(ours)))


def endings(word: str) -> tuple[str, ...] | None:
    """Give the endings with which a stem may stand in a text; None where any will do."""
    if len(word) > 4:  # noqa: PLR2004 - as said beside FOUR
        return None
    return (*FOUR, f"{word[-1]}ed", f"{word[-1]}ing") if len(word) > 3 else ("", "s") if len(word) > 2 else ("",)  # noqa: PLR2004 - `a` is no `as`


def begins(word: str, other: str) -> bool:
    """Tell whether a stem stands in another word, which may go on with an ending."""
    if not other.startswith(word):
        return False
    allowed = endings(word)
    return allowed is None or other[len(word) :] in allowed


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

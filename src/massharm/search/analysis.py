"""The words of queries and texts: which of them carry meaning, and the forms in which they are compared."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from massharm.text import fold

STOP_WORDS = frozenset(
    """
    a about after afterward afterwards again all also am an and any anyone are as at be because been being but
    by can cant cause caused causes causing could did didnt do does doesnt doing dont during ever every few
    first for from get gets getting give given gives go going gone got had happen happened happens has have
    having he help her here his how i if in into is isnt it its itself just keep know last like little lot lots
    make makes many may me might more most much must my myself new next no not now of off often ok on once one
    only or other our out over own please quite really right say says seem should since so some someone somebody
    something soon still such sure take tell than that the their them then there these they thing things think
    this those though time to today together told too try up us use used using very want was wasnt we went were
    what whats when where which while who why will with without woman man people person patient client wont
    would wrong yes yet you your yours lady im ive id shes hes theyre she hers him actually worth allowed saying
    said whether takes taking taken through guy husband wife grandmother grandfather grandma grandpa mother mom
    mum father dad friend made massage massaged massages massaging massager masseur masseuse therapist therapy
    session treatment
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words that ask or join, and those that every record of this subject could hold."""

COMMON_WORDS = frozenset(
    """
    able above across added ago alone along already although always another anymore anything around ask asked
    asking away bad became become been before began begin below best better between big bit book booked booking
    both bought bring brought call called came carry change check clean clear close come comes coming common
    complete completely couple day days different door early easy either else end ended enjoy enough even
    evening exactly fact far fast feel feeling feels felt few find fine finish finished five found four friday
    full fully further general good great ground guess half hold home hour hours house however huge idea
    important instead inside job june july january february march april august september october november
    december keep kept kind knew large late later least leave less let likely line live long longer look looked
    looking looks lost love main matter mean means mind minute minutes moment monday month months morning name
    near need needed needs never nice night nobody normal nothing number old older part parts perhaps place
    planned pop pops possible probably problem problems properly pull pulled put reach reaction ready real
    reason recent recently result risk risks room round run safe safely saturday second seem seems send sent set
    several show shows side since sit sitting six slightly small sort spa start started starting stay still
    story strange sunday suddenly ten thank thing third thought three thursday till times tomorrow tonight took
    toward tried true trying tuesday twice two type under until usually wait waiting wanted watch way wednesday
    week weekend weeks well went while whole within without wonder word work worked working works world worried
    worry worse year years yesterday young
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Common words that say little of what is asked, however rare they are in the texts: they weigh little."""

# American and British spelling past the beginning of a word; the beginning stays, so that words can be found by it.
_SPELLINGS = {"iz": "is", "yz": "ys", "our": "or"}
_SPELT = re.compile(r"(?<=[a-z]{2})(?:iz|yz|our)")
# Endings that are dropped, and how many letters must be left; then a last e or y, where five letters are.
_INFLECTED = (("ing", 5), ("es", 5), ("ed", 5), ("s", 3))
_PLURAL = re.compile(r"(?<=...)ies$")
# The endings with which a word of four letters may stand; what is longer may go on as it likes.
FOUR = ("", "s", "es", "ed", "ing", "y", "e", "ful", "er", "ness")
# A consonant doubled before an ending: `slipped` is `slip`.
_UNDOUBLED = re.compile(r"(?<=...)([bdgmnprt])\1(?:ed|ing)$")


def words(folded: str) -> tuple[str, ...]:
    """Give the stems of the words that carry a folded text."""
    return tuple(map(stem, content_words(folded)))


def content_words(folded: str) -> tuple[str, ...]:
    """Give the words that carry a folded text; where none does, all its words."""
    parts = folded.split()
    return tuple(part for part in parts if part not in STOP_WORDS) or tuple(parts)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Give a word in one spelling and without a common ending: `haematomas` becomes `hematoma`."""
    word = _UNDOUBLED.sub(r"\1", _PLURAL.sub("y", normalise_spelling(word)))
    if word.endswith(("ss", "us", "is")):
        return word
    kept = (word.removesuffix(end) for end, left in _INFLECTED if word.endswith(end) and len(word) - len(end) >= left)
    word = next(kept, word)
    return word[:-1] if len(word) > 5 and word[-1] in "ey" else word  # noqa: PLR2004 - as in _INFLECTED


def endings(word: str) -> tuple[str, ...] | None:
    """Give the endings with which a stem may stand in a text; None where any will do."""
    if len(word) > 4:  # noqa: PLR2004 - as said beside FOUR
        return None
    return (*FOUR, f"{word[-1]}ed", f"{word[-1]}ing") if len(word) > 3 else ("", "s") if len(word) > 2 else ("",)  # noqa: PLR2004 - `a` is no `as`


def is_form_of(word: str, other: str) -> bool:
    """Tell whether a stem stands in another word, which may go on with an ending."""
    if not other.startswith(word):
        return False
    allowed = endings(word)
    return allowed is None or other[len(word) :] in allowed


def normalise_spelling(text: str) -> str:
    """Write words in one spelling, on both sides of every comparison: ae and oe as e, ise for ize, or for our."""
    return _SPELT.sub(lambda found: _SPELLINGS[found[0]], text.replace("ae", "e").replace("oe", "e"))


def spelling_variants(start: str) -> Iterator[str]:
    """Give the spellings with which a word may begin that begins so when levelled."""
    first, *rest = start.split("e")
    for marks in product(("e", "ae", "oe"), repeat=len(rest)):
        yield first + "".join(mark + part for mark, part in zip(marks, rest, strict=True))


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Give the stems of a text that was not folded yet."""
    return words(fold(text))


def excerpt(text: str, query: str, width: int = 60) -> str:
    """Cut a text to about `width` characters that begin shortly before the first word of a query in it."""
    wanted = stems(query)
    parts = text.split()
    first = next((place for place, part in enumerate(parts) if _begun(part, wanted)), 0)
    start = max(0, first - 3)
    end = start + 1
    while end < len(parts) and len(" ".join(parts[start : end + 1])) <= width:
        end += 1
    return f"{'… ' * (start > 0)}{' '.join(parts[start:end])}{' …' * (end < len(parts))}"


def _begun(part: str, wanted: tuple[str, ...]) -> bool:
    return any(is_form_of(word, normalise_spelling(other)) for other in fold(part).split() for word in wanted)

"""Text to tokens: the words of queries and texts, the forms in which they are compared, and those without content."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from msgspec import Struct

from massharm.errors import WrongUse
from massharm.text import fold

STOP_WORDS = frozenset(
    """
    a about after afterward afterwards again all also am an and any anyone are as at be because been being but
    by can cannot cant cause caused causes causing could did didnt do does doesnt doing dont during ever every few
    first for from get gets getting give given gives go going gone got had happen happened happens has have
    having he help her here his how i if in into is isnt it its itself just keep know last like little lot lots
    make makes many may me might more most much must my myself new next no not now of off often ok on once one
    only or other our out over own please quite really right say says seem should since so some someone somebody
    something soon still such sure take tell than that the their them then there these they thing things think
    this those though time to today together told too try up us use used using very want was wasnt we went were
    what whats when where which while who why will with without woman man people person patient client wont
    would wrong yes yet you your yours lady im ive id shes hes theyre she hers him actually worth allowed saying
    following followed said whether takes taking taken through guy husband wife grandmother grandfather grandma
    grandpa mother mom mum father dad friend made massage massaged massages massaging massager masseur masseuse
    therapist therapy session treatment
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words that ask or join, and those that any record on this subject could hold: a query is searched without them."""

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
"""Common words that say little about what is asked, however rare they are in the texts: they weigh little."""

TECHNIQUES = frozenset(
    """
    deep tissue thai swedish sport sports stone stones chair chairs gun guns theragun salon shiatsu reflexology
    aromatherapy balinese ayurvedic vigorous aggressive strong rough relaxing traditional professional percussion
    """.split()  # noqa: SIM905 - as above
)
"""Words that say what kind of massage it was."""

BODY_PLACES = frozenset(
    """
    back neck shoulder shoulders arm arms leg legs calf calves thigh thighs hip hips hand hands foot feet knee knees
    elbow elbows wrist wrists ankle ankles ribs side sides forearm forearms bum butt buttock buttocks glute glutes
    hamstring hamstrings quad quads shin shins trap traps spine torso trunk body limb limbs toes fingers thumb left
    right both upper lower
    """.split()  # noqa: SIM905 - as above
)
"""Words that say where on the body something is."""

# A word: letters, digits, apostrophes and whatever is neither ASCII, nor a common sign between words, nor a symbol: a
# tick, a box or an arrow may touch a word.
_WORD = re.compile(
    r"(?:[A-Za-z0-9'`]|[^\x00-\xa9\xab\xb7\xbb\u2010-\u2015\u201c-\u201f\u2022-\u2027\u2190-\u2bff\u3000-\u3003\s])+"
)
# American and British spelling past the beginning of a word; the beginning stays, so that words can be found by it.
_SPELLINGS = {"iz": "is", "yz": "ys", "our": "or"}
# The oe of oedema and diarrhoea; that of toe, shoe and does is no letter of Greek.
_OE = re.compile(r"(?<!\bt)(?<!\btipt)(?<!\bsh)(?<!\bd)(?<!\bg)(?<!\bh)oe")
_WRITTEN_E = ("ae", "oe")
_SPELT = re.compile(r"(?<=[a-z]{2})(?:iz|yz|our)")
# Endings that a stem drops, each with the letters that must be left: first an inflection, then a last vowel.
_INFLECTIONS = (("ing", 5), ("es", 5), ("ed", 5), ("s", 3))
_LAST_VOWELS = (("e", 5), ("y", 5))
_LATIN_SINGULARS = ("ss", "us", "is")
_PLURAL = re.compile(r"(?<=...)ies$")
# A consonant doubled before an ending: `slipped` is `slip`.
_UNDOUBLED = re.compile(r"(?<=...)([bdgmnprt])\1(?:ed|ing)$")
_SHORT_STEM_ENDINGS: dict[int, tuple[str, ...]] = {
    1: (),
    2: (),
    3: ("s",),
    4: ("s", "es", "ed", "ing", "y", "e", "ful", "er", "ness"),
}
"""The endings that a stem of so few letters may have in a word; a longer stem may have any."""
_DOUBLING_ENDINGS = ("ed", "ing")


MAX_WORDS, MAX_CHARACTERS = 300, 4000
"""The size up to which a query is answered: more is no question but a text, and its time grows with its words."""


MAX_LETTERS = 60
"""A longer word is none: it is compared as it stands, and is neither corrected nor kept in a cache."""


class Token(Struct, frozen=True, gc=False):
    """A word of a text.

    `text` stands in it from `start` to before `end`; `folded` is the form in which words are compared
    (`massharm.text.fold`), `stem` that without spelling variants and endings.
    """

    text: str
    start: int
    end: int
    folded: str
    stem: str


def check_size(text: str) -> None:
    """Refuse a query that is too long to answer at once.

    Raises:
        WrongUse: it has more than `MAX_CHARACTERS` or `MAX_WORDS`.
    """
    if len(text) > MAX_CHARACTERS or len(text.split()) > MAX_WORDS:
        raise WrongUse(f"that is too long to look up; type at most {MAX_WORDS} words and {MAX_CHARACTERS} characters")


def analyse(text: str) -> tuple[Token, ...]:
    """Return the words of a text in their order, with where they stand.

    The folded words are those of `fold(text)`. A character that folds to several words, such as a fraction, gives
    a token for each, at one place.
    """
    tokens = []
    for found in _WORD.finditer(text):
        word = found[0]
        folded = (word.lower(),) if word.isascii() and word.isalnum() else fold(word).split()
        tokens += [Token(word, *found.span(), part, stem(part)) for part in folded]
    return tuple(tokens)


def content_words(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens that are no stop words; all of them where every one is."""
    return tuple(token for token in tokens if token.folded not in STOP_WORDS) or tuple(tokens)


@lru_cache(maxsize=32768)
def content_stems(folded: str) -> tuple[str, ...]:
    """Return the stems of the content words of a folded text of the knowledge base; they are kept for other queries."""
    words = folded.split()
    return tuple(map(stem, [word for word in words if word not in STOP_WORDS] or words))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of a text of the knowledge base."""
    return content_stems(fold(text))


def stem(word: str) -> str:
    """Return a folded word in one spelling and without a common ending: `haematomas` becomes `hematoma`.

    A light stemmer in the manner of Harman's S stemmer (J Am Soc Inf Sci 1991;42:7-15), with -ing and -ed. What is
    longer than `MAX_LETTERS` stays as it is.
    """
    return _stem(word) if len(word) <= MAX_LETTERS else word


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    word = _UNDOUBLED.sub(r"\1", _PLURAL.sub("y", normalise_spelling(word)))
    if word.endswith(_LATIN_SINGULARS):
        return word
    for endings in (_INFLECTIONS, _LAST_VOWELS):
        shorter = (
            word.removesuffix(end) for end, left in endings if word.endswith(end) and len(word) >= len(end) + left
        )
        word = next(shorter, word)
    return word


Value = TypeVar("Value")


class StemTable(Generic[Value]):
    """Words with a value each, found by their stem; only those that begin as the stem does are ever stemmed.

    Where two words have one stem, the later counts.
    """

    def __init__(self, words: Iterable[tuple[str, Value]]) -> None:
        """Take folded words, each with its value."""
        self._words: dict[str, list[tuple[str, Value]]] = {}
        for word, value in words:
            self._words.setdefault("e" if word.startswith(_WRITTEN_E) else word[:1], []).append((word, value))
        self._by_stem: dict[str, dict[str, Value]] = {}

    def get(self, wanted: str) -> Value | None:
        """Return the value of the word of this stem, if there is one."""
        initial = wanted[:1]
        if initial not in self._by_stem:
            self._by_stem[initial] = {stem(word): value for word, value in self._words.get(initial, ())}
        return self._by_stem[initial].get(wanted)

    def __contains__(self, wanted: str) -> bool:
        """Whether there is a word of this stem."""
        return self.get(wanted) is not None


def is_form_of(stem: str, word: str) -> bool:
    """Whether a word, in normalised spelling, is a stem with nothing, an ending or more behind it."""
    if not word.startswith(stem):
        return False
    ending = word[len(stem) :]
    allowed = _SHORT_STEM_ENDINGS.get(len(stem))
    if not ending or allowed is None or ending in allowed:
        return True
    return ending[0] == stem[-1] and ending[1:] in _DOUBLING_ENDINGS and ending[1:] in allowed


def normalise_spelling(text: str) -> str:
    """Return folded words in one spelling, British or American: ae and oe as e, ise for ize, or for our."""
    return _SPELT.sub(lambda found: _SPELLINGS[found[0]], _OE.sub("e", text.replace("ae", "e")))


def spelling_variants(start: str) -> Iterator[str]:
    """Yield the beginnings of words that `normalise_spelling` turns into this one: `ed` comes from `aed` and `oed`."""
    first, *rest = start.split("e")
    for marks in product(("e", "ae", "oe"), repeat=len(rest)):
        yield first + "".join(mark + part for mark, part in zip(marks, rest, strict=True))


def excerpt(text: str, query: str, width: int = 60) -> str:
    """Return about `width` characters of a text, beginning three words before the first content word of a query.

    What is left out before and after is marked by an ellipsis.
    """
    wanted = [token.stem for token in content_words(analyse(query))]
    ends = (
        token.end
        for token in analyse(text)
        if any(is_form_of(stem, normalise_spelling(token.folded)) for stem in wanted)
    )
    parts = text.split()
    start = max(0, len(text[: next(ends, 0)].split()) - 4)
    end = start + 1
    while end < len(parts) and len(" ".join(parts[start : end + 1])) <= width:
        end += 1
    return f"{'… ' * (start > 0)}{' '.join(parts[start:end])}{' …' * (end < len(parts))}"

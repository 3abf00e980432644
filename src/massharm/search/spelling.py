"""What a misspelt word may have been meant for: a known word near by its letters or by its sound."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from massharm.search.analysis import normalise_spelling, stem
from massharm.search.lexicon import Lexicon
from massharm.search.phonetics import consonant_skeleton, phonetic_key


class EditLimits(Struct, frozen=True):
    """How far a word may be from the one that was meant.

    Edits are those of optimal string alignment: a letter more, less or other, or two neighbours exchanged, none edited
    twice (Boytsov 2011, Indexing methods for approximate dictionary searching). They are counted between words of one
    first letter, or between their sounds, which costs something more. All limits were chosen by trial on the tune half
    of `benchmarks/queries.json`.
    """

    letters: tuple[int, ...] = (4, 9, 11)
    """The letters from which a word may have one, two and three edits; its sound may have one less."""
    shortest: int = 4
    """The letters of the shortest word that others are corrected to, and of the shortest that is corrected, but for an
    exchange of letters or the same sound: `acne` is no misspelt `ache`."""
    slip: int = 5
    """The letters up to which a wrong letter must lie beside the right one on the keyboard, or sound alike: `depth` is
    no misspelt `death`."""
    shortest_sound: int = 3
    """The letters that a sound must have."""
    sound: float = 0.5
    """What it costs, in edits, that two words are compared by their sounds."""
    vowel: float = 0.5
    """What an edit costs between sounds of which only the vowels differ."""
    telling: tuple[int, int, int] = (3, 4, 5)
    """The consonants from which only wrong vowels are cheap; from which there may be one more of them; and from which
    the words need be less similar."""
    similarity: tuple[float, float] = (0.5, 0.35)
    """How similar in their letters words must be that sound alike, and words of so many consonants, from 0 to 1."""
    margin: float = 0.5
    """How many edits more than the nearest word another may have that is also meant."""
    loss: float = 0.1
    """What an edit takes from the similarity of a word that is meant; any takes at least half of it."""
    candidates: int = 8
    """How many words at most one is taken for, the nearest."""
    lookalike: int = 72
    """How similar a name must be to a query to be offered for it, in per cent (`rapidfuzz.fuzz.ratio`)."""


LIMITS = EditLimits()


class Candidate(NamedTuple):
    """A known word that a typed one may have been meant for; its similarity is below 1, the farther the less."""

    word: str
    similarity: float


_OPPOSITES = (("hypo", "hyper"), ("intra", "inter"), ("pre", "post"))
_VOWELS = frozenset("aeiou")
# Letters that sound alike, and those that lie side by side on a keyboard.
_ALIKE = [frozenset(group) for group in ("aeiouy", "ckqsxz", "fv", "bp", "dt", "mn", "gj", "lr")]
_NEIGHBOURS = {
    frozenset((row[place], near))
    for row, below in (("qwertyuiop", "asdfghjkl;"), ("asdfghjkl", "zxcvbnm,."), ("zxcvbnm", " " * 7))
    for place in range(len(row))
    for near in (row[place + 1 : place + 2], below[place], below[place - 1 : place])
    if near.isalpha()
}
# Vowels that are mistaken for each other: a, e and i, and o and u.
_VOWEL_CLASSES = str.maketrans("aiu", "eeo")
# The most that `_cheap_vowels` returns.
_MOST_VOWELS = 2


def corrections(word: str, lexicons: Iterable[Lexicon]) -> list[Candidate]:
    """Return the known words that a word may be misspelt for, within `LIMITS`, the nearest first.

    Opposites such as hypo and hyper never stand for each other.
    """
    costs: dict[str, float] = {}
    for lexicon in lexicons:
        for cost, other in (*_near_by_letters(word, lexicon), *_near_by_sound(word, lexicon)):
            if cost < costs.get(other, math.inf) and _is_comparable(word, other) and not _is_opposite(word, other):
                costs[other] = cost
    nearest = min(costs.values(), default=0)
    ranked = sorted((cost, other) for other, cost in costs.items() if cost <= nearest + LIMITS.margin)
    return [Candidate(other, 1 - LIMITS.loss * max(cost, LIMITS.sound)) for cost, other in ranked[: LIMITS.candidates]]


def slips(word: str, known: Sequence[str]) -> list[str]:
    """Return the known words of the same first letter that are as near to a word as `LIMITS` allows, the nearest alone.

    `known` may hold any words; it is compared by letters only.
    """
    near = sorted((edits, other) for edits, other in _near_among(word, known, known) if _is_comparable(word, other))
    return [other for edits, other in near if edits == near[0][0]][: LIMITS.candidates]


def lookalikes(query: str, names: Collection[str], limit: int) -> list[str]:
    """Return at most so many names that look like a query as a whole, the most similar first."""
    found = process.extract(query, names, scorer=fuzz.ratio, score_cutoff=LIMITS.lookalike, limit=limit)
    return [name for name, _, _ in found]


def _near_by_letters(word: str, lexicon: Lexicon) -> Iterable[tuple[float, str]]:
    """Yield the words of the same first letter within the allowed edits, and how many they are."""
    # As typed and normalised: a letter lost between two others may make an ae that is none.
    for typed, known in ((word, lexicon.words), (normalise_spelling(word), lexicon.normalised)):
        yield from _near_among(typed, known, lexicon.words)


def _near_among(typed: str, known: Sequence[str], words: Sequence[str]) -> Iterable[tuple[float, str]]:
    """Yield the words whose known form has the same first letter and is within the allowed edits, and how many."""
    for other, edits, place in _within(typed, known, _allowed_edits(typed)):
        if other[0] == typed[0] and (len(typed) > LIMITS.slip or _is_plausible_slip(typed, other)):
            yield edits, words[place]


def _near_by_sound(word: str, lexicon: Lexicon) -> Iterable[tuple[float, str]]:
    """Yield the words that sound alike, or differ in vowels more than in consonants, and what that costs."""
    allowed = max(0, _allowed_edits(word) - 1)
    normalised = normalise_spelling(word)
    for own, keys in zip((normalised, stem(word)), lexicon.phonetic_keys, strict=True):
        # A typed ch may sound as in cheese; in the words of medicine it is a k.
        for key in {phonetic_key(own), phonetic_key(own.replace("ch", "sh"))}:
            if len(key) < LIMITS.shortest_sound:
                continue
            for other, edits, place in _within(key, keys, allowed + _MOST_VOWELS):
                vowels = _cheap_vowels(key, other)
                if edits > allowed + vowels or not (vowels or other[:1] == key[:1]):
                    continue
                many = vowels > 0 and len(consonant_skeleton(key)) >= LIMITS.telling[2]
                if OSA.normalized_similarity(normalised, lexicon.normalised[place]) >= LIMITS.similarity[many]:
                    yield LIMITS.sound + edits * (LIMITS.vowel if vowels else 1), lexicon.words[place]


def _allowed_edits(word: str) -> int:
    return sum(len(word) >= letters for letters in LIMITS.letters)


def _within(typed: str, known: Sequence[str], edits: int) -> list[tuple[str, int, int]]:
    """Return the known words within so many edits, how many each needs, and its place."""
    return process.extract(typed, known, scorer=OSA.distance, score_cutoff=edits, limit=None)


def _is_plausible_slip(typed: str, other: str) -> bool:
    """Whether two short words differ by a slip that fingers or ears make: a letter lost, exchanged, near or alike."""
    if len(typed) != len(other) or sorted(typed) == sorted(other):
        return True
    changed = {frozenset(pair) for pair in zip(typed, other, strict=True) if pair[0] != pair[1]}
    return all(pair in _NEIGHBOURS or any(pair <= group for group in _ALIKE) for pair in changed)


def _cheap_vowels(key: str, other: str) -> int:
    """Return how many edits more two sounds may have that differ in nothing but vowels.

    Where consonants are few, the first vowel matters: `measles` is no misspelt `muscles`.
    """
    few, several, _ = LIMITS.telling
    skeleton = consonant_skeleton(key)
    if len(skeleton) < few or skeleton[1:] != consonant_skeleton(other)[1:]:
        return 0
    if (key[-1] in _VOWELS) != (other[-1] in _VOWELS):
        return 0
    if key[0] != other[0]:
        return int({key[0], other[0]} <= _VOWELS and key[1:] == other[1:])
    alike = key[1:2].translate(_VOWEL_CLASSES) == other[1:2].translate(_VOWEL_CLASSES)
    return alike + (len(skeleton.rstrip("s")) >= several)


def _is_comparable(word: str, other: str) -> bool:
    """Whether two words are long enough to resemble each other; short ones must be anagrams or sound the same."""
    if len(other) < LIMITS.shortest:
        return False
    if len(word) >= LIMITS.shortest and len(word) + len(other) > 2 * LIMITS.shortest:
        return True
    return sorted(word) == sorted(other) or phonetic_key(word) == phonetic_key(other)


def _is_opposite(word: str, other: str) -> bool:
    return any(
        (word.startswith(one) and other.startswith(two)) or (word.startswith(two) and other.startswith(one))
        for one, two in _OPPOSITES
    )

"""What a misspelt word may have meant: a known word near by its letters, by its sound, or by the bones of its sound."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from massharm.search.analysis import normalise_spelling, stem


class Candidate(NamedTuple):
    """A known word that a typed one may have meant; its similarity is below 1, and less the farther it is."""

    word: str
    similarity: float


class Lexicon:
    """Known words, and the forms in which a misspelt one is compared with them, each made when first wanted."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words; what is not of letters alone is not mended."""
        self.words = [word for word in words if word.isalpha()]

    @cached_property
    def levelled(self) -> list[str]:
        """The words in one spelling."""
        return [normalise_spelling(word) for word in self.words]

    @cached_property
    def phonetic_keys(self) -> tuple[list[str], list[str]]:
        """The sounds of the words, and of their stems."""
        return [phonetic_key(word) for word in self.levelled], [phonetic_key(stem(word)) for word in self.words]


_OPPOSITES = (("hypo", "hyper"), ("intra", "inter"), ("pre", "post"), ("left", "right"))
# How the letters of Greek, Latin and English are heard.
_HEARD = {
    "tion": "Sun", "sion": "Sun", "cion": "Sun", "shun": "Sun", "shon": "Sun", "tial": "Sal", "cial": "Sal",
    "tious": "Sus", "cious": "Sus", "scious": "Sus", "sch": "sk", "tch": "S", "sh": "S", "phth": "ft", "rrh": "r",
    "ph": "f", "rh": "r", "gh": "g", "th": "t", "ch": "k", "ck": "k", "qu": "kw", "dge": "j", "dg": "j", "eu": "u",
    "ew": "u", "ou": "u", "oo": "u", "ue": "u", "ei": "e", "ie": "i", "ea": "e", "ee": "i", "ai": "e", "ay": "e",
    "au": "o", "aw": "o", "oa": "o", "ow": "o", "x": "ks", "y": "i", "z": "s",
}  # fmt: skip
_SPELT = re.compile("|".join(sorted(_HEARD, key=len, reverse=True)))
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
_VOWELS = re.compile(r"(?<=.)[aeiou]+")
_VOWEL = frozenset("aeiou")
# Letters that sound alike, and those that lie side by side on a keyboard.
_ALIKE = [frozenset(group) for group in ("aeiouy", "ckqsxz", "fv", "bp", "dt", "mn", "gj", "lr")]
_NEIGHBOURS = {
    frozenset((row[place], near))
    for row, below in (("qwertyuiop", "asdfghjkl;"), ("asdfghjkl", "zxcvbnm,."), ("zxcvbnm", " " * 7))
    for place in range(len(row))
    for near in (row[place + 1 : place + 2], below[place], below[place - 1 : place])
    if near.isalpha()
}
_CLASSES = str.maketrans("aiu", "eeo")
# The letters with which a word may be written whose sound begins so.
_BEGUN_BY = {
    "f": "fp", "n": "npkg", "s": "scpzx", "k": "kcqx", "r": "rw", "j": "jg", "S": "sct", "t": "tp", "u": "ueoai",
    "e": "eaiou", "i": "ieyaou", "o": "oaeiu", "a": "aeiou",
}  # fmt: skip


@lru_cache(maxsize=65536)
def phonetic_key(word: str) -> str:
    """Give a word roughly as it sounds, so that one spelt by ear lies near: `neumatic` and `pneumatic` are one."""
    for pattern, heard in _CONTEXT:
        word = pattern.sub(heard, word)
    word = _SPELT.sub(lambda found: _HEARD[found[0]], word).replace("c", "k")
    return _DOUBLED.sub(r"\1", _SILENT_H.sub("", word))


def consonant_skeleton(heard: str) -> str:
    """Give a sound without its vowels, but for one that begins it."""
    return _VOWELS.sub("", heard)


def candidate_initials(word: str) -> str:
    """Give the letters with which a word may begin that this one was meant for."""
    heard = phonetic_key(stem(word))
    return "".join(dict.fromkeys(word[0] + (_BEGUN_BY.get(heard[0], heard[0]) if heard else "")))


def corrections(word: str, lexicons: Iterable[Lexicon], limit: int = 8) -> list[Candidate]:
    """Give the known words that a word may have meant, nearest first.

    Counted are edits in optimal string alignment (Damerau-Levenshtein; one from four letters, two from nine,
    three from eleven) between words of one first letter; or half an edit and those between their sounds, one
    fewer, where wrong vowels are cheap. In words of five letters a wrong one must be a neighbour on the keyboard
    or sound alike. Opposites such as hypo and hyper are never near, nor words of four letters but by a transposition.
    """
    costs: dict[str, float] = {}
    for lexicon in lexicons:
        for cost, other in (*_by_letter(word, lexicon), *_by_sound(word, lexicon)):
            if cost < costs.get(other, limit) and _comparable(word, other) and not _opposed(word, other):
                costs[other] = cost
    nearest = min(costs.values(), default=0)
    ranked = sorted((cost, other) for other, cost in costs.items() if cost <= nearest + 0.5)
    return [Candidate(other, 1 - 0.1 * max(cost, 0.5)) for cost, other in ranked[:limit]]


def lookalikes(query: str, names: Collection[str], limit: int) -> list[str]:
    """Give the names that look like a query, as a whole, nearest first."""
    found = process.extract(query, names, scorer=fuzz.ratio, score_cutoff=72, limit=limit)
    return [name for name, _, _ in found]


def _allowed(letters: int) -> int:
    """Give the edits of the docstring of `corrections`."""
    return sum(letters >= least for least in (4, 9, 11))


def _by_letter(word: str, lexicon: Lexicon) -> Iterable[tuple[float, str]]:
    # As typed too: a letter lost between two others may make an ae that is none.
    for typed, spelt in ((word, lexicon.words), (normalise_spelling(word), lexicon.levelled)):
        for other, edits, place in _extract(typed, spelt, _allowed(len(word))):
            if other[0] == typed[0] and (len(typed) > 5 or _plausible(typed, other)):  # noqa: PLR2004 - five letters
                yield edits, lexicon.words[place]


def _by_sound(word: str, lexicon: Lexicon) -> Iterable[tuple[float, str]]:
    allowed = max(0, _allowed(len(word)) - 1)
    for own, heard in zip((normalise_spelling(word), stem(word)), lexicon.phonetic_keys, strict=True):
        # A typed ch is heard as in cheese too; in the words of medicine it is a k.
        for typed in {phonetic_key(own), phonetic_key(own.replace("ch", "sh"))}:
            for whole, edits, place in _extract(typed, heard, allowed + 2) if len(typed) > 2 else ():  # noqa: PLR2004
                vowels = _vowel_edits(typed, whole)
                alike = OSA.normalized_similarity(normalise_spelling(word), lexicon.levelled[place])
                if edits <= allowed + vowels and (vowels or whole[:1] == typed[:1]) and alike >= _needed(typed, vowels):
                    yield 0.5 + edits * (0.5 if vowels else 1), lexicon.words[place]


def _needed(typed: str, vowels: int) -> float:
    """Give the similarity in letters that two words must have that sound alike; many consonants prove more."""
    return 0.35 if vowels and len(consonant_skeleton(typed)) > 4 else 0.5  # noqa: PLR2004 - five consonants


def _extract(typed: str, known: Sequence[str], allowed: int) -> list[tuple[str, int, int]]:
    return process.extract(typed, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)


def _plausible(one: str, other: str) -> bool:
    """Tell whether a slip in a short word is one that fingers or ears make: `plague` is no misspelt `plaque`."""
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    changed = {frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]}
    return all(pair in _NEIGHBOURS or any(pair <= group for group in _ALIKE) for pair in changed)


def _vowel_edits(one: str, other: str) -> int:
    """Tell by how many edits more two sounds may differ that differ in nothing but vowels.

    Of few consonants the first vowel tells words apart: `measles` are no muscles.
    """
    skeleton = consonant_skeleton(one)
    if (
        len(skeleton) < 3  # noqa: PLR2004 - three consonants
        or skeleton[1:] != consonant_skeleton(other)[1:]
        or (one[-1] in _VOWEL) != (other[-1] in _VOWEL)
    ):
        return 0
    if one[0] != other[0]:
        return int({one[0], other[0]} <= _VOWEL and one[1:] == other[1:])
    alike = one[1:2].translate(_CLASSES) == other[1:2].translate(_CLASSES)
    return alike + (len(skeleton.rstrip("s")) > 3)  # noqa: PLR2004 - four consonants are in few words


def _comparable(word: str, other: str) -> bool:
    """Tell whether two words are long enough to resemble each other: `acne` is no misspelt `ache`."""
    if len(word) + len(other) > 8:  # noqa: PLR2004 - four letters and five
        return min(len(word), len(other)) > 3  # noqa: PLR2004 - as above
    return len(other) > 3 and (sorted(word) == sorted(other) or phonetic_key(word) == phonetic_key(other))  # noqa: PLR2004 - as above


def _opposed(word: str, other: str) -> bool:
    return any(
        (word.startswith(one) and other.startswith(two)) or (word.startswith(two) and other.startswith(one))
        for one, two in _OPPOSITES
    )

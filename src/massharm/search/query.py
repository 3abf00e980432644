"""A query as it is read: the words it may mean, the records that hold them, and what each weighs."""

import math
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from massharm.search.analysis import COMMON_WORDS, Token, content_words, stem
from massharm.search.index import Index
from massharm.search.thesaurus import synonyms

# The most that a word weighs, of what one would that no record holds: it must not outweigh the rest of a question.
_HEAVIEST = 0.7
# What a common word weighs at most, and a small number.
_LIGHT = 1.0
# How well a word of the same meaning answers, and two that were written for one.
_SYNONYM, _JOINED = 0.9, 0.95


class Correction(Struct, frozen=True):
    """A word as it was typed, and the word that it was taken for."""

    typed: str
    word: str


class Term(Struct, frozen=True):
    """A word of a query, or two that are one.

    `words` are those it may stand for, by stem, likeliest first; `probability` says how likely each is, from 0 to 1.
    `texts` and `names` are the places of the records that hold one of them, each with how well it answers.
    A term `is_common` that says little: a common word, or a number such as an age.
    """

    typed: str
    words: dict[str, str]
    probability: dict[str, float]
    texts: dict[int, float]
    names: dict[int, float]
    weight: float
    is_common: bool


class Query(Struct, frozen=True):
    """A query as it was folded, its terms, and what they weigh together."""

    folded: str
    terms: tuple[Term, ...]
    total: float

    def candidates(self, least: float) -> dict[int, float]:
        """Give the places of the records that hold at least this share of the query, by weight, and each share.

        The rarest words come first; once the rest cannot make the share alone, no further record is taken up.
        """
        held: dict[int, float] = {}
        left = self.total
        for term in sorted(self.terms, key=lambda term: -term.weight):
            fresh = left >= least * self.total
            for place in term.texts if fresh else held.keys() & term.texts.keys():
                held[place] = held.get(place, 0) + term.weight
            left -= term.weight
        return {place: weight / self.total for place, weight in held.items() if weight >= least * self.total}

    def corrections(self, taken: Sequence[str]) -> tuple[Correction, ...]:
        """Give the terms that were taken for another word, given the stem that stood for each."""
        pairs = zip(self.terms, taken, strict=True)
        return tuple(
            Correction(term.typed, term.words[word]) for term, word in pairs if term.probability.get(word, 1) < 1
        )


def parse(tokens: Sequence[Token], index: Index) -> Query:
    """Read the words of a query: mend those that stand nowhere, and weigh each by how few records hold it."""
    typed = [token.folded for token in content_words(tokens)]
    terms = [_term(word, meant, index) for word, meant in expand(typed, index)]
    # A word that stands nowhere counts as much as the rarest that does.
    heaviest = max((term.weight for term in terms), default=0)
    weighed = [term if term.texts or term.is_common else replace(term, weight=heaviest) for term in terms]
    return Query(" ".join(token.folded for token in tokens), tuple(weighed), sum(term.weight for term in weighed))


def expand(typed: Sequence[str], index: Index) -> Iterator[tuple[str, dict[str, float]]]:
    """Give each word with those it may stand for, and how likely; two that stand nowhere may be one."""
    known = [bool(index.texts.postings(stem(word))) for word in typed]
    place = 0
    while place < len(typed):
        word, pair = typed[place], typed[place : place + 2]
        joined = _joined("".join(pair), index) if len(pair) > 1 and not any(known[place : place + 2]) else {}
        if joined:
            yield " ".join(pair), joined
        elif known[place]:
            yield word, {word: 1.0} | dict.fromkeys(synonyms(word), _SYNONYM)
        else:
            yield word, _near(word, index) or {word: 1.0}
        place += 2 if joined else 1


def _joined(word: str, index: Index) -> dict[str, float]:
    """Give the word that two make together: as it stands, or spelt by ear."""
    if index.names.postings(stem(word)):
        return {word: _JOINED}
    return {other: similarity for other, similarity in _near(word, index).items() if similarity >= _JOINED}


def _near(word: str, index: Index) -> dict[str, float]:
    """Give the words of names that one may have meant that stands nowhere."""
    if len(word) < 3 or not word.isalpha():  # noqa: PLR2004 - taken as typed
        return {}
    if alike := synonyms(word):
        return dict.fromkeys(alike, _SYNONYM)
    from massharm.search.spelling import candidate_initials, corrections  # noqa: PLC0415 - costs time at start, and is seldom needed

    known = map(index.lexicon, candidate_initials(word))
    return {reading.word: reading.similarity for reading in corrections(word, known)}


def _term(typed: str, meant: dict[str, float], index: Index) -> Term:
    words: dict[str, str] = {}
    likely: dict[str, float] = {}
    for word, similarity in meant.items():
        if similarity > likely.get(stem(word), 0):
            words[stem(word)], likely[stem(word)] = word, similarity
    texts, names = _merged(likely, index.texts.postings), _merged(likely, index.names.postings)
    records = len(index.records)
    rarity = math.log(1 + records / (0.5 + len(texts)))
    light = typed in COMMON_WORDS or (typed.isdigit() and (len(typed) < 3 or not texts))  # noqa: PLR2004 - an age, a dose
    weight = min(rarity, _LIGHT if light else _HEAVIEST * math.log(1 + 2 * records))
    return Term(typed, words, likely, texts, names, weight, light)


def _merged(likely: dict[str, float], postings: Callable[[str], dict[int, float]]) -> dict[int, float]:
    """Give the records that hold any of some stems, each with how well the best of them answers."""
    if list(likely.values()) == [1.0]:
        return postings(*likely)
    found: dict[int, float] = {}
    for wanted, similarity in likely.items():
        for place, worth in postings(wanted).items():
            found[place] = max(found.get(place, 0), worth * similarity)
    return found

"""A query: what its words may mean, which records hold them, and how much each of them counts."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from massharm.search.analysis import (
    COMMON_WORDS,
    MAX_LETTERS,
    TECHNIQUES,
    Token,
    content_words,
    is_form_of,
    spelling_variants,
    stem,
)
from massharm.search.english import is_common_english, is_frequent_english
from massharm.search.index import PREFIX_LETTERS, Index, Postings, TermIndex
from massharm.search.subjects import OTHER_SUBJECTS
from massharm.search.thesaurus import synonyms


class TermWeights(Struct, frozen=True):
    """How well a record answers that holds another word than the one typed, and how much a word counts.

    All were chosen by trial on the tune half of `benchmarks/queries.json`.
    """

    synonym: float = 0.9
    """A word of the same meaning (`thesaurus`), of 1 for the word itself."""
    joined: float = 0.95
    """One word for two that were typed; a misspelt one must be as similar as that."""
    heaviest: float = 0.7
    """The most that a word counts, of what a word would count that no record holds: it must not outweigh the rest."""
    common: float = 1.0
    """The most that a common word or a small number counts; a word that one record in three holds counts as much."""
    technique: float = 1.5
    """The most that a word counts that names a kind of massage, beside another word: it orders, and selects nothing."""
    small_number: int = 2
    """The digits up to which a number says little: an age, a dose."""
    frequent: float = 0.34
    """How much a frequent word of English tells of what is asked, of 1 for any other: three tell as much as one."""
    subject: int = 20
    """The records with a name that holds a frequent word from which it is a word of the subject, as pain is."""
    barely: int = 3
    """The records whose texts hold a word from which it is known well."""
    correctable: int = 3
    """The letters from which an unknown word may have a correction or a synonym."""


WEIGHTS = TermWeights()


class Correction(Struct, frozen=True):
    """A word as it was typed, and the word that it was read as."""

    typed: str
    word: str


class Term(Struct, frozen=True):
    """A content word of a query, or two that make one word.

    `words` are those that it may mean, by stem, the likeliest first; `probability` is how likely each is, from 0 to 1.
    `texts` and `names` are the records of which a text, or a name, holds one of them, and how well each answers;
    `texts_by_stem` parts the former by stem. A term `is_common` that says little: a common word or a small number.
    """

    typed: str
    words: dict[str, str]
    probability: dict[str, float]
    texts: Postings
    names: Postings
    texts_by_stem: dict[str, Postings]
    weight: float
    is_common: bool
    evidence: float = 1.0
    """How much it tells of what is asked, from 0 for a common word to 1."""
    is_misspelt: bool = False
    """Whether it is known only as a misspelt word: it may be others too."""


class Forms(dict[str, frozenset[str]]):
    """Of each stem of a text the words of a query, by stem, of which it is a form; each is compared once."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms of the query."""
        super().__init__()
        self._words = tuple({stem for term in terms for stem in term.words})

    def __missing__(self, stem: str) -> frozenset[str]:
        """Compare a stem with the words of the query."""
        begins = stem.startswith(self._words)
        self[stem] = frozenset(word for word in self._words if is_form_of(word, stem)) if begins else frozenset()
        return self[stem]


class Query:
    """A folded query, its terms, the sum of their weights, and the forms of their words."""

    def __init__(self, folded: str, terms: tuple[Term, ...]) -> None:
        self.folded = folded
        self.terms = terms
        self.total = sum(term.weight for term in terms)
        self.forms = Forms(terms)

    @cached_property
    def starts(self) -> re.Pattern[str]:
        """What must stand in a folded text that holds a word of the query: its first letters, in any spelling."""
        beginnings = {stem[:PREFIX_LETTERS] for term in self.terms for stem in term.words}
        return re.compile(
            "|".join(re.escape(spelt) for start in sorted(beginnings) for spelt in spelling_variants(start))
        )

    def candidates(self, coverage: float) -> dict[int, float]:
        """Return the records whose texts or names hold at least this share of the query, by weight, and the share.

        The heaviest terms come first; once the others cannot make the share alone, no further record is taken up.
        """
        found: dict[int, float] = {}
        least = coverage * self.total
        left = self.total
        for term in sorted(self.terms, key=lambda term: -term.weight):
            holding = term.texts.keys() | term.names.keys()
            for doc_id in holding if left >= least else found.keys() & holding:
                found[doc_id] = found.get(doc_id, 0) + term.weight
            left -= term.weight
        return {doc_id: weight / self.total for doc_id, weight in found.items() if weight >= least}

    def evidence(self, stems: Sequence[str]) -> float:
        """Return how much the terms tell of what is asked for which a stem stood, given it for each term, or none."""
        return sum(term.evidence for term, stem in zip(self.terms, stems, strict=True) if stem)

    def corrections(self, stems: Sequence[str]) -> tuple[Correction, ...]:
        """Return the terms that were read as another word, given the stem that stood for each term, or none."""
        pairs = zip(self.terms, stems, strict=True)
        return tuple(
            Correction(term.typed, term.words[stem]) for term, stem in pairs if term.probability.get(stem, 1) < 1
        )


def parse(tokens: Sequence[Token], index: Index, *, by_names: bool = False) -> Query:
    """Return what the content words of a query may mean and which records hold them.

    By names, the texts of records are not looked at: a term's `texts` are the records with such a name.
    """
    made: dict[str, Term] = {}  # a long description repeats its words
    terms = []
    words = index.names if by_names else index.texts
    content = content_words(tokens)
    asks_more = any(token.folded not in TECHNIQUES and token.folded not in COMMON_WORDS for token in content)
    settings = TECHNIQUES if asks_more else frozenset()
    for typed, meanings in expand(content, index, words):
        if typed not in made:
            made[typed] = _term(typed, meanings, index, words, is_setting=typed in settings)
        terms.append(made[typed])
    return Query(" ".join(token.folded for token in tokens), tuple(terms))


def expand(
    tokens: Sequence[Token], index: Index, words: TermIndex | None = None
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each word with the words that it may mean and how likely each is; two unknown words may make one."""
    held_by = words or index.texts
    known = [bool(held_by.postings(token.stem) or index.correctable_words.postings(token.stem)) for token in tokens]
    place = 0
    while place < len(tokens):
        word, pair = tokens[place].folded, tokens[place : place + 2]
        is_unknown_pair = len(pair) > 1 and not any(known[place : place + 2])
        joined = _joined("".join(token.folded for token in pair), index) if is_unknown_pair else {}
        if joined:
            yield " ".join(token.folded for token in pair), joined
        elif known[place]:
            is_doubtful = held_by is index.names and is_only_misspelt(tokens[place], index)
            near = _near(word, index) if is_doubtful or is_barely_known(tokens[place], index) else {}
            yield word, near | {word: 1.0} if near else {word: 1.0} | dict.fromkeys(synonyms(word), WEIGHTS.synonym)
        else:
            yield word, _near(word, index) or {word: 1.0}
        place += 2 if joined else 1


def is_only_misspelt(token: Token, index: Index) -> bool:
    """Whether a word stands only in names that are misspelt, so that it may be another word misspelt too."""
    return (
        bool(index.names.postings(token.stem))
        and not index.correctable_words.postings(token.stem)
        and not is_common_english(token.folded)
    )


def is_barely_known(token: Token, index: Index) -> bool:
    """Whether a word stands in hardly a text, so that it may be one of a name misspelt: "vericose vains"."""
    held = len(index.texts.postings(token.stem))
    is_known = bool(index.correctable_words.postings(token.stem)) or is_common_english(token.folded)
    return 0 < held < WEIGHTS.barely and not is_known


def _joined(word: str, index: Index) -> dict[str, float]:
    """Return the word of a name that two words make together, as it is written or as it sounds."""
    if index.correctable_words.postings(stem(word)):
        return {word: WEIGHTS.joined}
    return {near: probability for near, probability in _near(word, index).items() if probability >= WEIGHTS.joined}


def _near(word: str, index: Index) -> dict[str, float]:
    """Return the synonyms of a word that no record holds, else the words of names that it may be misspelt for."""
    if not (WEIGHTS.correctable <= len(word) <= MAX_LETTERS and word.isalpha()):
        return {}
    if known := synonyms(word):
        return dict.fromkeys(known, WEIGHTS.synonym)
    found = index.corrected.get(word)
    if found is None:
        found = {} if is_common_english(word) else _corrections(word, index)
        index.keep_correction(word, found)
    return found


def _corrections(word: str, index: Index) -> dict[str, float]:
    from massharm.search.phonetics import candidate_initials  # noqa: PLC0415 - costs time, seldom needed
    from massharm.search.spelling import corrections  # noqa: PLC0415 - as above

    lexicons = map(index.lexicon, candidate_initials(word))
    return {candidate.word: candidate.similarity for candidate in corrections(word, lexicons)}


def _term(
    typed: str, meanings: dict[str, float], index: Index, held_by: TermIndex, *, is_setting: bool = False
) -> Term:
    """Weigh a word by how few records hold what it means: the inverse document frequency (Spärck Jones 1972)."""
    words: dict[str, str] = {}
    likely: dict[str, float] = {}
    for word, probability in meanings.items():
        if probability > likely.get(stem(word), 0):
            words[stem(word)], likely[stem(word)] = word, probability
    texts_by_stem = {wanted: held_by.postings(wanted) for wanted in likely}
    texts = _merge(likely, texts_by_stem.__getitem__)
    small = typed.isdigit() and (len(typed) <= WEIGHTS.small_number or not texts)
    is_elsewhere = stem(typed) in OTHER_SUBJECTS
    is_common = small or (typed in COMMON_WORDS and not is_elsewhere)
    rarity = math.log(1 + len(index.records) / (0.5 + len(texts)))
    most = (
        WEIGHTS.technique
        if is_setting
        else WEIGHTS.common
        if is_common
        else WEIGHTS.heaviest * math.log(1 + len(index.records) / 0.5)
    )
    names = _merge(likely, index.names.postings)
    is_misspelt = typed in meanings and not {typed, *synonyms(typed)}.issuperset(meanings)
    is_frequent = len(names) < WEIGHTS.subject and is_frequent_english(typed)
    evidence = 0.0 if is_common or is_elsewhere else WEIGHTS.frequent if is_frequent else 1.0
    return Term(typed, words, likely, texts, names, texts_by_stem, min(rarity, most), is_common, evidence, is_misspelt)


def _merge(probability: dict[str, float], postings: Callable[[str], Postings]) -> Postings:
    """Return the records that hold any of some stems, each with how well the best of them answers."""
    if list(probability.values()) == [1.0]:
        return postings(*probability)
    found: Postings = {}
    for wanted, likely in probability.items():
        for doc_id, worth in postings(wanted).items():
            found[doc_id] = max(found.get(doc_id, 0), worth * likely)
    return found

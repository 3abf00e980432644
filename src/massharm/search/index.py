"""The words of a knowledge base and the records that hold them, found by how words begin.

Nothing is read that no query asks for: an index is one run of bytes, in which the words of one beginning are
looked up when first wanted. One search so pays for its own few words, and a service that stays pays once.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Citation, Harm, Record, called
from massharm.search.analysis import COMMON_WORDS, is_form_of, normalise_spelling, spelling_variants, stem
from massharm.text import fold

if TYPE_CHECKING:
    from massharm.search.spelling import Lexicon

# What marks a name of a field, and characters beyond ASCII.
_FIELD, _FOREIGN = b"\x02", b"\x01"
_FOREIGN_WORD = re.compile(rb"[A-Za-z0-9]*[\x80-\xff][A-Za-z0-9\x80-\xff]*")
_APOSTROPHES = b"'`"
# ASCII letters, in lower case, and digits stay, and what marks a field or joins its words; other ASCII becomes a blank.
_ASCII = bytes(ord(chr(char).lower()) if char in b"\n\x02_" or chr(char).isalnum() else 32 for char in range(128))
_MARKING, _KEEPING = _ASCII + _FOREIGN * 128, _ASCII + bytes(range(128, 256))
_BEGINNING = 3
_KINDS = {kind: rank for rank, kind in enumerate(KINDS)}
PREFIX_WEIGHT = 0.85
"""How well a word answers that only begins with the one asked for."""


class Index:
    """All records of a knowledge base in the order of ties, the words of their texts, and those of their names.

    Records are known by their place in `records`: worst harms first, then by name, then the other kinds. So
    nothing depends on the order of a file.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        """Write the words of all records down; they are looked up when first asked for."""
        self.records: tuple[Record, ...] = tuple(sorted(kb, key=order))
        self.texts = TermIndex(
            _lines([(record, record.name if isinstance(record, Citation) else "") for record in self.records])
        )
        self._lexicons: dict[str, Lexicon] = {}
        self.names = TermIndex(_lines([[text for text, _ in called(record)] for record in self.records]))

    @cached_property
    def correctable_names(self) -> "TermIndex":
        """The words for which a misspelt one may be taken: those of names, but no author's and no title's."""
        spoken = (record for record in self.records if not isinstance(record, Citation))
        return TermIndex(_lines([[text for text, _ in called(record)] for record in spoken]))

    def lexicon(self, letter: str) -> "Lexicon":
        """Give the words of one letter for which a misspelt one may be taken; common words are none."""
        from massharm.search.spelling import Lexicon  # noqa: PLC0415 - costs time at start, and is seldom needed

        if letter not in self._lexicons:
            words = self.correctable_names.vocabulary(letter)
            self._lexicons[letter] = Lexicon(word for word in words if word not in COMMON_WORDS)
        return self._lexicons[letter]

    def complete(self) -> None:
        """Look up every word at once, as a service would before its first query."""
        for terms in (self.texts, self.names, self.correctable_names):
            terms.complete()
        for letter in self.correctable_names.letters:
            self.lexicon(letter).phonetic_keys  # noqa: B018 - made here, not at the first query


class TermIndex:
    """One text a record, as bytes, and the words that were looked up in it so far."""

    def __init__(self, lines: bytes) -> None:
        """Take the texts, one a line, each word between blanks."""
        self._lines = lines
        self._ends = _ends(lines)
        self._words: dict[str, dict[str, list[int]]] = {}
        self._letters: dict[str, list[str]] = {}
        self._postings: dict[str, dict[int, float]] = {}
        self._complete = False

    def postings(self, wanted: str) -> dict[int, float]:
        """Give the places of the records with a word of this stem, each with how well it answers.

        That is 1 for the word itself in any inflection, and less for one that only begins so.
        """
        if wanted not in self._postings:
            held: dict[int, float] = {}
            for word, places in self._beginning(wanted[:_BEGINNING]).items():
                if stem(word) == wanted:
                    held |= dict.fromkeys(places, 1.0)
                elif is_form_of(wanted, normalise_spelling(word)):
                    held = dict.fromkeys(places, PREFIX_WEIGHT) | held
            self._postings[wanted] = held
        return self._postings[wanted]

    def vocabulary(self, letter: str) -> list[str]:
        """Give the words that begin with a letter, as they are written."""
        if letter not in self._letters and not self._complete:
            self._letters[letter] = sorted({word for word, _ in self._look_up(letter)})
        return self._letters.get(letter, [])

    def has_exact_name(self, place: int, name: str) -> bool:
        """Tell whether a folded name stands alone in the text of a record, as one of a list of names does."""
        start = self._ends[place - 1] if place else 0
        return self._lines.find(f"  {name}  ".encode(), start, self._ends[place]) >= 0

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters with which words begin that were looked up so far."""
        return tuple(self._letters)

    def complete(self) -> None:
        """Look up every word at once."""
        self._words, letters = defaultdict(dict), defaultdict(list)
        for word, places in self._all().items():
            self._words[normalise_spelling(word)[:_BEGINNING]][word] = places
            letters[word[0]].append(word)
        self._letters = {letter: sorted(words) for letter, words in letters.items()}
        self._complete = True

    def _all(self) -> dict[str, list[int]]:
        words: dict[bytes, list[int]] = defaultdict(list)
        for place, line in enumerate(self._lines.splitlines()):
            for word in set(line.split()):
                words[word].append(place)
        return {word.decode(): places for word, places in words.items() if _FIELD not in word}

    def _beginning(self, start: str) -> dict[str, list[int]]:
        """Give the words of one beginning with their records; of one or two letters, only the very word."""
        if self._complete:
            return self._words.get(start, {})
        if start not in self._words:
            words: dict[str, list[int]] = {}
            for spelt in spelling_variants(start):
                for word, place in self._look_up(spelt):
                    if len(start) == _BEGINNING or word == spelt:
                        places = words.setdefault(word, [])
                        if place not in places[-1:]:
                            places.append(place)
            self._words[start] = words
        return self._words[start]

    def _look_up(self, start: str) -> Iterator[tuple[str, int]]:
        lines, ends = self._lines, self._ends
        mark = b" " + start.encode()
        here = lines.find(mark)
        while here >= 0:
            end = lines.find(b" ", here + 1)
            word = lines[here + 1 : end]
            if _FIELD not in word:
                yield word.decode(), bisect_right(ends, here)
            here = lines.find(mark, end)


def order(record: Record) -> tuple[int, int, str, str]:
    """Give the order of ties: by kind, severity and name."""
    severity = record.severity.rank if isinstance(record, Harm) else 0
    return _KINDS[record.kind], severity, record.name.casefold(), record.id


def _lines(parts: Sequence[Any]) -> bytes:
    """Write each part on a line of words between blanks: made many times as fast as from its texts."""
    encoded = msgspec.json.Encoder().encode_lines(parts).translate(None, _APOSTROPHES).replace(b'":', _FIELD + b" ")
    lines = encoded.translate(_MARKING)
    pieces: list[bytes] = []
    done = 0
    while (mark := lines.find(_FOREIGN, done)) >= 0:
        start, end = lines.rfind(b"\n", 0, mark) + 1, lines.find(b"\n", mark)
        folded = _FOREIGN_WORD.sub(lambda found: fold(found[0].decode()).encode(), encoded[start:end])
        pieces += lines[done:start], folded.translate(_KEEPING)
        done = end
    return b"".join((*pieces, lines[done:]))


def _ends(lines: bytes) -> list[int]:
    ends, here = [], lines.find(b"\n")
    while here >= 0:
        ends.append(here)
        here = lines.find(b"\n", here + 1)
    return ends

"""An inverted index: the words of the records' texts and names, and the records that hold them.

No word is indexed before a query asks for it. Each index is one run of bytes, in which the words that begin alike are
found by scanning: a single search reads only its own words, and a service that stays reads each word once. All caches
are bounded, and threads may search while another calls `Index.complete`.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import structs

from massharm.kb.base import KnowledgeBase
from massharm.kb.lines import SortedLines
from massharm.kb.packaged import made_of, record_at, stored
from massharm.kb.records import KINDS, Citation, Precaution, Record, Sign, record_names, sort_key, strings
from massharm.kb.vocabulary import AliasKind, RecognisedKind
from massharm.search.analysis import (
    COMMON_WORDS,
    content_stems,
    is_form_of,
    normalise_spelling,
    spelling_variants,
    stem,
)
from massharm.text import fold

if TYPE_CHECKING:
    from massharm.search.lexicon import Lexicon

PREFIX_WEIGHT = 0.85
"""How well a record answers that holds only a longer word, of 1 for the word itself; tuned with `ranking.WEIGHTS`."""
PREFIX_LETTERS = 3
"""The first letters of a stem, by which words are looked up: no spelling and no ending changes them."""
CACHED_STEMS, CACHED_RECORDS = 4096, 1024
"""How many postings, and the passages of how many records, are kept: no run of queries fills the memory."""

Postings = dict[int, float]
"""The records that hold a word, by their place in `Index.records`, and how well each answers, from 0 to 1."""

_NAMING = ("name", "aliases", "short_reference")
# What marks a name of a field, and characters beyond ASCII.
_FIELD, _FOREIGN = b"\x02", b"\x01"
_POSSESSIVE, _APOSTROPHES = re.compile(rb"'s(?![A-Za-z0-9])"), b"'`"
# ASCII letters, in lower case, and digits stay, and what marks a field or joins its words; other ASCII becomes a blank.
_ASCII = bytes(ord(chr(char).lower()) if char in b"\n\x02_" or chr(char).isalnum() else 32 for char in range(128))
_MARKING, _KEEPING = _ASCII + _FOREIGN * 128, _ASCII + bytes(range(128, 256))


class Lines(NamedTuple):
    """The folded texts and names of all records, one record a line, in the order of `kb.records.sort_key`."""

    texts: bytes
    names: bytes


class Stored(msgspec.Struct, frozen=True):
    """The index of the wheel's own file: of texts and names the words with their records, as in `word_table`.

    `correctable` are the words to which a misspelt word may be corrected, and `lexicons` these by their initial, as
    `lexicon.Forms`. `order` holds the kind of each record, by its rank among kinds, and its place in the list of that
    kind. `beside` holds what is recognised and has no record: the stems of each name, one name a line.
    """

    texts: SortedLines
    names: SortedLines
    correctable: memoryview
    lexicons: dict[str, msgspec.Raw]
    order: tuple[tuple[int, int], ...]
    beside: bytes


NAME_LINES = "name-lines"
"""The name by which the wheel carries the names of all records, one record a line: few queries need them."""


class _Records(Sequence[Record]):
    """The records of the wheel's own file in their one order, each decoded when it is first asked for."""

    def __init__(self, kb: KnowledgeBase, order: tuple[tuple[int, int], ...]) -> None:
        self._record_at, self._order, self._kinds = partial(record_at, kb.file), order, tuple(KINDS)

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: Any) -> Any:
        kind, own_place = self._order[place]
        return self._record_at(self._kinds[kind], own_place)


class Passage(NamedTuple):
    """A text of a record, the field that holds it, and the text as it is folded.

    The name of a citation, made of its authors and year, stands in the field `short_reference`.
    """

    field: str
    text: str
    folded: str


class Index:
    """All records of a knowledge base in their one order (`kb.records.sort_key`), and the words of each.

    A record is known by its place in `records`, so that nothing depends on the order of the file.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        made = stored(kb, "index", Stored)
        if made is None or kb.packaged is None:
            self.records: Sequence[Record] = tuple(sorted(kb, key=sort_key))
            self.kinds: Sequence[str] = tuple(record.kind for record in self.records)
            """The kind of each record."""
            lines = make_lines(self.records)
            self.texts, self.names = TermIndex(lines.texts), TermIndex(lines.names)
            self._beside, self._correctable = _beside(kb), memoryview(b"")
            self._forms: dict[str, msgspec.Raw] = {}
        else:
            self.records = _Records(kb, made.order)
            kinds = tuple(KINDS)
            self.kinds = tuple(kinds[rank] for rank, _ in made.order)
            self.texts, self.names = StoredTerms(made.texts), StoredTerms(made.names, kb.packaged.checksum)
            self._beside, self._correctable, self._forms = made.beside, made.correctable, made.lexicons
        self._lexicons: dict[str, Lexicon] = {}
        self._passages: dict[int, tuple[Passage, ...]] = {}
        self.corrected: dict[str, dict[str, float]] = {}
        """What misspelt words may be, each with its likelihood, as far as they were asked for lately."""

    def keep_correction(self, word: str, found: dict[str, float]) -> None:
        """Keep what a misspelt word may be: it is costly to find, and a long description repeats its words."""
        if len(self.corrected) >= CACHED_STEMS:
            self.corrected = {}
        self.corrected[word] = found

    def is_beside(self, stems: Iterable[str]) -> bool:
        """Whether the stems of some words are a name of what is recognised and has no record."""
        return f"\n{' '.join(stems)}\n".encode() in self._beside

    def passages(self, doc_id: int) -> tuple["Passage", ...]:
        """Return the names of a record and its other texts of more than one word, with the field of each."""
        found = self._passages.get(doc_id)
        if found is None:
            record = _as_text(self.records[doc_id])
            texts = [
                (field, text)
                for field in record.__struct_fields__
                for text in (
                    (alias.text for alias in getattr(record, field))
                    if field == "aliases"
                    else strings(getattr(record, field))
                )
            ]
            if isinstance(record, Citation):
                texts.insert(0, ("short_reference", record.name))
            found = tuple(
                Passage(field, text, folded)
                for field, text in texts
                if (" " in text or field in _NAMING) and (folded := fold(text))
            )
            if len(self._passages) >= CACHED_RECORDS:
                self._passages = {}
            self._passages[doc_id] = found
        return found

    @cached_property
    def correctable_words(self) -> "TermIndex":
        """The words to which a misspelt word may be corrected, as if of one record: no author's, and of no title."""
        return TermIndex(bytes(self._correctable) or _correctable_words(self.records))

    def lexicon(self, initial: str) -> "Lexicon":
        """Return the words with an initial letter that a misspelt word may be corrected to; no common word is one."""
        from massharm.search.lexicon import Forms, Lexicon  # noqa: PLC0415 - costs time at start, and is seldom needed

        lexicon = self._lexicons.get(initial)
        if lexicon is None:
            if initial in self._forms:
                lexicon = Lexicon.prepared(msgspec.msgpack.decode(self._forms[initial], type=Forms))
            else:
                words = self.correctable_words.vocabulary(initial)
                lexicon = Lexicon(word for word in words if word not in COMMON_WORDS)
            if lexicon.words:
                self._lexicons[initial] = lexicon
        return lexicon

    def complete(self) -> None:
        """Index every word at once, as a service may that does not want its first queries to be slower."""
        for terms in (self.texts, self.names, self.correctable_words):
            terms.complete()
        for initial in self.correctable_words.initials():
            self.lexicon(initial).phonetic_keys  # noqa: B018 - computed here, not at the first misspelt word


class _Table(NamedTuple):
    """Words and the places of their records, by the first letters of the word in normalised spelling."""

    by_prefix: dict[str, dict[str, list[int]]]
    is_complete: bool


class TermIndex:
    """The words of one text a record, and the records that hold each of them.

    Whatever is stored was made whole before, so that threads never read what another one still writes.
    """

    def __init__(self, lines: bytes) -> None:
        """Take the texts, one a line, each word between blanks."""
        self._lines = lines
        self._table = _Table({}, is_complete=False)
        self._postings: dict[str, Postings] = {}

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer(rb"\n", self._lines)]

    def postings(self, wanted: str) -> Postings:
        """Return the records that hold a word of this stem: 1 for any inflection, less for a word that goes on."""
        found = self._postings.get(wanted)
        if found is None:
            found = {}
            for word, doc_ids in self._words(wanted[:PREFIX_LETTERS]).items():
                if stem(word) == wanted:
                    found |= dict.fromkeys(doc_ids, 1.0)
                elif is_form_of(wanted, normalise_spelling(word)):
                    found = dict.fromkeys(doc_ids, PREFIX_WEIGHT) | found
            if len(self._postings) >= CACHED_STEMS:
                self._postings = {}
            self._postings[wanted] = found
        return found

    @property
    def by_prefix(self) -> dict[str, dict[str, list[int]]]:
        """The words that were looked up, by their first letters in normalised spelling, with the places of records."""
        return self._table.by_prefix

    def has_exact_name(self, doc_id: int, folded: str) -> bool:
        """Whether a folded name stands alone among the names of a record."""
        start = self._ends[doc_id - 1] if doc_id else 0
        return self._lines.find(f"  {folded}  ".encode(), start, self._ends[doc_id]) >= 0

    def vocabulary(self, initial: str) -> list[str]:
        """Return the words that begin with a letter, as they are written, in alphabetical order."""
        by_prefix, is_complete = self._table
        if is_complete:
            return sorted(word for words in by_prefix.values() for word in words if word[0] == initial)
        return sorted({word for word, _ in self._scan(initial)})

    def initials(self) -> set[str]:
        """Return the letters with which the words begin that were looked up so far."""
        return {word[0] for words in tuple(self._table.by_prefix.values()) for word in words}

    def complete(self) -> None:
        """Index every word at once."""
        found: dict[bytes, list[int]] = defaultdict(list)
        for doc_id, line in enumerate(self._lines.splitlines()):
            for word in set(line.split()):
                found[word].append(doc_id)
        by_prefix: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for encoded, doc_ids in found.items():
            if _FIELD not in encoded:
                folded = encoded.decode()
                by_prefix[normalise_spelling(folded)[:PREFIX_LETTERS]][folded] = doc_ids
        self._table = _Table(dict(by_prefix), is_complete=True)

    def _words(self, prefix: str) -> dict[str, list[int]]:
        """Return the words whose normalised spelling begins so, with their records; of one or two letters, the word."""
        by_prefix, is_complete = self._table
        words = by_prefix.get(prefix)
        if words is None:
            words = {} if is_complete else self._looked_up(prefix)
            if words:
                by_prefix[prefix] = words
        return words

    def _looked_up(self, prefix: str) -> dict[str, list[int]]:
        words: dict[str, list[int]] = {}
        for start in spelling_variants(prefix):
            for word, doc_id in self._scan(start):
                if len(prefix) == PREFIX_LETTERS or word == start:
                    doc_ids = words.setdefault(word, [])
                    if doc_id not in doc_ids[-1:]:
                        doc_ids.append(doc_id)
        return words

    def _scan(self, start: str) -> Iterator[tuple[str, int]]:
        """Yield each word that begins so, and its record, in the order of the records."""
        lines, ends = self._lines, self._ends
        mark = b" " + start.encode()
        here = lines.find(mark)
        while here >= 0:
            end = lines.find(b" ", here + 1)
            word = lines[here + 1 : end]
            if _FIELD not in word:
                yield word.decode(), bisect_right(ends, here)
            here = lines.find(mark, end)


class StoredTerms(TermIndex):
    """The words that the wheel carries with their records, as `word_table` writes them."""

    def __init__(self, words: SortedLines, checksum: int | None = None) -> None:
        """Take the table of the words of texts; that of the words of names with the CRC-32 of the wheel's file."""
        super().__init__(b"")
        self._stored, self._checksum = words, checksum

    def has_exact_name(self, doc_id: int, folded: str) -> bool:
        """Whether a folded name stands alone among the names of a record."""
        if not self._lines and self._checksum is not None:
            self._lines = made_of(self._checksum, NAME_LINES, bytes) or b""
        return doc_id < len(self._ends) and super().has_exact_name(doc_id, folded)

    def complete(self) -> None:
        """Read every word at once."""
        lines = (line.decode().partition("\t") for line in self._stored)
        self._table = _Table({prefix: _words_in(words) for prefix, _, words in lines}, is_complete=True)

    def _looked_up(self, prefix: str) -> dict[str, list[int]]:
        line = next(self._stored.beginning_with(f"{prefix}\t".encode()), None)
        return _words_in(line.decode().partition("\t")[2]) if line else {}


def _words_in(line: str) -> dict[str, list[int]]:
    """Return the words of a line of a table, each with the places of its records."""
    words = (word.split(" ") for word in line.split("\t"))
    return {word: [*map(int, places)] for word, *places in words}


def word_table(lines: bytes) -> SortedLines:
    """Return the words of texts with the places of their records, for the wheel.

    A line holds the first letters that words share in normalised spelling, and behind a tab each of the words with the
    places, between blanks.
    """
    terms = TermIndex(lines)
    terms.complete()
    rows = []
    for prefix, words in terms.by_prefix.items():
        rows.append("\t".join((prefix, *(" ".join((word, *map(str, words[word]))) for word in sorted(words)))))
    return SortedLines.of(row.encode() for row in rows)


def stored_index(kb: KnowledgeBase) -> tuple[Stored, bytes]:
    """Return what the wheel carries beside its file: its index, and the lines of its names."""
    from massharm.search.lexicon import Lexicon  # noqa: PLC0415 - as above

    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    places = {record.id: (ranks[kind], place) for kind in KINDS for place, record in enumerate(kb.records(kind))}
    records = sorted(kb, key=sort_key)
    lines = make_lines(records)
    order = tuple(places[record.id] for record in records)
    correctable = _correctable_words(records)
    known = sorted(word for word in correctable.decode().split() if word not in COMMON_WORDS)
    lexicons = {
        initial: msgspec.Raw(msgspec.msgpack.encode(Lexicon(words).forms()))
        for initial, words in groupby(known, key=lambda word: word[0])
    }
    texts, names = word_table(lines.texts), word_table(lines.names)
    return Stored(texts, names, memoryview(correctable), lexicons, order, _beside(kb)), lines.names


def _beside(kb: KnowledgeBase) -> bytes:
    """Return the stems of each name of what is recognised, one name a line."""
    parts = [part for part in kb.file.recognised if part.kind is not RecognisedKind.WORD]
    names = {content_stems(fold(name)) for part in parts for name in (part.name, *part.aliases)}
    return "".join(f"\n{' '.join(stems)}" for stems in sorted(names)).encode() + b"\n"


def make_lines(records: Sequence[Record]) -> Lines:
    """Return the folded texts and names of records."""
    texts = _lines([(_as_text(record), record.name if isinstance(record, Citation) else "") for record in records])
    return Lines(texts, _lines([[text for text, _ in record_names(record)] for record in records]))


_SAYINGS = frozenset({AliasKind.LAY, AliasKind.PHRASE})
_OF_TEXT = frozenset({AliasKind.EXACT, AliasKind.ABBREVIATION})


def _as_text(record: Record) -> Record:
    """Return a record without misspelt aliases, and without those in which people say that they have a condition."""
    if not getattr(record, "aliases", ()):
        return record
    kept = _OF_TEXT if isinstance(record, Sign | Precaution) else frozenset(AliasKind) - {AliasKind.SPELLING}
    return structs.replace(record, aliases=tuple(alias for alias in record.aliases if alias.kind in kept))  # type: ignore[union-attr]


def _correctable_words(records: Sequence[Record]) -> bytes:
    """Return on one line the words, each once, of no misspelt name and of no citation's.

    A misspelt word may be corrected to each of them.
    """
    named = ((record, record_names(record)) for record in records if not isinstance(record, Citation))
    names = _lines([[text for record, names in named for text, kind in names if _is_correctable(record, kind)]])
    return b" " + b" ".join(sorted(set(names.split()))) + b" \n"


def _is_correctable(record: Record, kind: AliasKind | None) -> bool:
    """Whether a misspelt word may be corrected to one of a name: signs have whole sayings as lay names."""
    return kind is not AliasKind.SPELLING and not (isinstance(record, Sign) and kind in _SAYINGS)


def _lines(texts: Sequence[Any]) -> bytes:
    """Write each record or list of texts on one line, as folded words between blanks.

    The bytes of its JSON are translated at once, many times as fast as folding its texts; only the words that are
    not ASCII are folded one by one. The names of fields are marked, and are no words.
    """
    encoded = _POSSESSIVE.sub(b"", msgspec.json.Encoder().encode_lines(texts))
    encoded = encoded.translate(None, _APOSTROPHES).replace(b'":', _FIELD + b" ")
    lines = encoded.translate(_MARKING)
    pieces: list[bytes] = []
    done = 0
    while (mark := lines.find(_FOREIGN, done)) >= 0:
        start = max(lines.rfind(b" ", done, mark), lines.rfind(b"\n", done, mark)) + 1 or done
        end = lines.find(b" ", mark)
        pieces += lines[done:start], fold(encoded[start:end].decode()).encode().translate(_KEEPING)
        done = end
    return b"".join((*pieces, lines[done:]))

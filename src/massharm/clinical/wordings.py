"""The wordings of all warning signs, their names and aliases, by the stems of their words.

The wheel carries them beside its file, so that a description costs only its own words.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from itertools import accumulate, chain
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.lines import Lines, SortedLines
from massharm.kb.packaged import record_at, stored
from massharm.kb.records import Sign
from massharm.kb.vocabulary import AliasKind
from massharm.search.analysis import is_form_of, stems

MOST_PLACES = 3
"""At how many places of a description the same word is looked at."""
CACHED_STEMS = 4096
"""How many stems keep the numbers of their wordings: no run of descriptions fills the memory."""


class Table(Struct, frozen=True):
    """Wordings by number: how many each sign has, how many stems each has, how it is written, and a line for each stem.

    A line is a stem and the numbers of the wordings that hold it. `phrases` says of each wording, in a byte, whether it
    counts word for word only.
    """

    counts: tuple[int, ...]
    stems: bytes
    texts: Lines
    lines: SortedLines
    phrases: bytes


class Wordings:
    """The wordings of the signs of a knowledge base; it holds no more of it than how to read one of its signs."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Read the table of the wheel, or make one."""
        table = stored(kb, "wordings", Table) or table_of(kb)
        self._record_at, self._texts, self._lines = partial(record_at, kb.file), table.texts, table.lines
        self._ends = [*accumulate(table.counts)]
        self._forms: dict[str, tuple[int, ...]] = {}
        self._alone: dict[str, frozenset[int]] = {}
        self.sizes = table.stems
        """How many stems each wording has, by its number; a byte each."""
        self.phrases = table.phrases
        """Whether each wording counts word for word only, by its number; a byte each."""

    def sign(self, number: int) -> Sign:
        """Return the sign of a wording."""
        found = self._record_at(Sign.kind, bisect_right(self._ends, number))
        assert isinstance(found, Sign)  # noqa: S101 - for the type checker
        return found

    def text(self, number: int) -> str:
        """Return a wording as it is written."""
        return self._texts[number].decode()

    def places(self, wanted: Mapping[int, Iterable[str]]) -> dict[int, dict[int, str]]:
        """Return the wordings that hold a stem wanted at a place, with the first stem that stands for each place.

        Of words that stand at many places the first few count.
        """
        found: dict[int, dict[int, str]] = {}
        often: Counter[tuple[str, ...]] = Counter()
        for place, meant in wanted.items():
            stems_meant = tuple(meant)
            often[stems_meant] += 1
            for stem in stems_meant if often[stems_meant] <= MOST_PLACES else ():
                for number in self._holding(stem):
                    found.setdefault(number, {}).setdefault(place, stem)
        return found

    def with_all(self, wanted: Iterable[str]) -> Collection[int]:
        """Return the wordings with each of some stems."""
        found: frozenset[int] | None = None
        for own in wanted:
            found = self._with(own) if found is None else found & self._with(own)
            if not found:
                break
        return found or ()

    def _with(self, wanted: str) -> frozenset[int]:
        """Return the wordings with a stem itself."""
        found = self._alone.get(wanted)
        if found is None:
            lines = self._lines.beginning_with(f"{wanted} ".encode())
            found = frozenset(map(int, next(lines, b"").split()[1:]))
            if len(self._alone) >= CACHED_STEMS:
                self._alone = {}
            self._alone[wanted] = found
        return found

    def _holding(self, wanted: str) -> tuple[int, ...]:
        """Return the wordings with a word that is a form of a stem."""
        found = self._forms.get(wanted)
        if found is None:
            lines = (line.decode().split() for line in self._lines.beginning_with(wanted.encode()))
            found = tuple(
                int(number)
                for stem, *numbers in lines
                if is_form_of(wanted, stem) and not stem.startswith(f"{wanted}les")  # a pulse is not "pulseless"
                for number in numbers
            )
            if len(self._forms) >= CACHED_STEMS:
                self._forms = {}
            self._forms[wanted] = found
        return found


def texts_of(sign: Sign) -> tuple[str, ...]:
    """Return the wordings of a sign: its name and its aliases, each once."""
    return tuple(dict.fromkeys((sign.name, *(alias.text for alias in sign.aliases))))


def table_of(kb: KnowledgeBase) -> Table:
    """Return the wordings of the signs of a knowledge base, as the wheel carries them."""
    texts = [texts_of(sign) for sign in kb.file.signs]
    kinds = [{alias.text: alias.kind for alias in sign.aliases} for sign in kb.file.signs]
    phrases = (own.get(text) is AliasKind.PHRASE for own, of_sign in zip(kinds, texts, strict=True) for text in of_sign)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    counts = bytearray()
    for wording in chain.from_iterable(texts):
        words = dict.fromkeys(stems(wording))
        for stem in words:
            holders[stem].append(len(counts))
        counts.append(min(len(words), 255))
    lines = SortedLines.of(f"{stem} {' '.join(map(str, numbers))}".encode() for stem, numbers in holders.items())
    written = Lines.of(text.encode() for text in chain.from_iterable(texts))
    return Table(tuple(map(len, texts)), bytes(counts), written, lines, bytes(phrases))


def wordings_in(kb: KnowledgeBase) -> Wordings:
    """Return the wordings of the signs of a knowledge base, read once."""
    if kb not in _wordings:
        _wordings[kb] = Wordings(kb)
    return _wordings[kb]


_wordings: WeakKeyDictionary[KnowledgeBase, Wordings] = WeakKeyDictionary()

"""Conditions, medicines and words of intake forms about which nothing is advised, and words that carry nothing."""

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.lines import SortedLines
from massharm.kb.packaged import stored
from massharm.kb.parts import Recognised
from massharm.text import fold


class Table(Struct, frozen=True):
    """The folded names of what is recognised, and the folded words that carry nothing.

    A line is the first word of names and a tab, and behind it the names, the longest first: each the place of its
    record, a blank and the name, with tabs between.
    """

    names: SortedLines
    fillers: frozenset[str]


def recognised_in(kb: KnowledgeBase, words: Sequence[str]) -> list[tuple[Recognised, range]]:
    """Return what is recognised among folded words, each with its places.

    A name stands word for word; of names that overlap the first, and of those that begin alike the longest, counts.
    """
    table = table_in(kb)
    found: list[tuple[Recognised, range]] = []
    end = 0
    for start, word in enumerate(words):
        for name, place in _names_from(table, word) if start >= end else ():
            length = name.count(" ") + 1
            if " ".join(words[start : start + length]) == name:
                end = start + length
                found.append((kb.file.recognised[place], range(start, end)))
                break
    return found


def _names_from(table: Table, word: str) -> Iterator[tuple[str, int]]:
    """Yield the names that begin with a word, the longest first, each with the place of its record."""
    line = next(table.names.beginning_with(f"{word}\t".encode()), b"").decode()
    for entry in line.split("\t")[1:]:
        place, _, name = entry.partition(" ")
        yield name, int(place)


def fillers_of(kb: KnowledgeBase) -> frozenset[str]:
    """Return the folded words that carry nothing."""
    return table_in(kb).fillers


def table_of(kb: KnowledgeBase) -> Table:
    """Return the table of a knowledge base, as the wheel carries it."""
    names: dict[str, list[tuple[str, int]]] = {}
    for place, record in enumerate(kb.file.recognised):
        for text in (record.name, *record.aliases):
            if folded := fold(text):
                names.setdefault(folded.partition(" ")[0], []).append((folded, place))
    lines = SortedLines.of(
        "\t".join((word, *(f"{place} {name}" for name, place in sorted(found, key=_longest_first)))).encode()
        for word, found in names.items()
    )
    return Table(lines, frozenset(word for text in kb.file.fillers for word in fold(text).split()))


def _longest_first(name: tuple[str, int]) -> int:
    return -name[0].count(" ")


_tables: WeakKeyDictionary[KnowledgeBase, Table] = WeakKeyDictionary()


def table_in(kb: KnowledgeBase) -> Table:
    """Return the table of a knowledge base, read or made once."""
    if kb not in _tables:
        _tables[kb] = stored(kb, "recognised", Table) or table_of(kb)
    return _tables[kb]

"""Conditions, medicines and words of intake forms about which nothing is advised, and words that carry nothing."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.packaged import stored
from massharm.kb.parts import Recognised
from massharm.text import fold


class Table(Struct, frozen=True):
    """The folded names of what is recognised, the longest first by their first word, each with the place of its record.

    `fillers` are the folded words that carry nothing.
    """

    names: dict[str, tuple[tuple[str, int], ...]]
    fillers: frozenset[str]


def recognised_in(kb: KnowledgeBase, words: Sequence[str]) -> list[tuple[Recognised, range]]:
    """Return what is recognised among folded words, each with its places.

    A name stands word for word; of names that overlap the first, and of those that begin alike the longest, counts.
    """
    names = table_in(kb).names
    found: list[tuple[Recognised, range]] = []
    end = 0
    for start, word in enumerate(words):
        for name, place in names.get(word, ()) if start >= end else ():
            length = name.count(" ") + 1
            if " ".join(words[start : start + length]) == name:
                end = start + length
                found.append((kb.file.recognised[place], range(start, end)))
                break
    return found


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
    longest_first = {word: tuple(sorted(found, key=lambda pair: -pair[0].count(" "))) for word, found in names.items()}
    return Table(longest_first, frozenset(word for text in kb.file.fillers for word in fold(text).split()))


_tables: WeakKeyDictionary[KnowledgeBase, Table] = WeakKeyDictionary()


def table_in(kb: KnowledgeBase) -> Table:
    """Return the table of a knowledge base, read or made once."""
    if kb not in _tables:
        _tables[kb] = stored(kb, "recognised", Table) or table_of(kb)
    return _tables[kb]

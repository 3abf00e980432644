"""Conditions, medicines and words of intake forms about which nothing is advised, and words that carry nothing."""

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Recognised
from massharm.text import fold


class Table(NamedTuple):
    """The names of what is recognised, as folded words, the longest first by their first word; and the fillers."""

    names: dict[str, list[tuple[tuple[str, ...], Recognised]]]
    fillers: frozenset[str]


_tables: WeakKeyDictionary[KnowledgeBase, Table] = WeakKeyDictionary()


def recognised_in(kb: KnowledgeBase, words: Sequence[str]) -> list[tuple[Recognised, range]]:
    """Return what is recognised among folded words, each with its places.

    A name stands word for word; of names that overlap the first, and of those that begin alike the longest, counts.
    """
    names = _table(kb).names
    found: list[tuple[Recognised, range]] = []
    end = 0
    for start, word in enumerate(words):
        for name, record in names.get(word, ()) if start >= end else ():
            if tuple(words[start : start + len(name)]) == name:
                end = start + len(name)
                found.append((record, range(start, end)))
                break
    return found


def fillers_of(kb: KnowledgeBase) -> frozenset[str]:
    """Return the folded words that carry nothing."""
    return _table(kb).fillers


def _table(kb: KnowledgeBase) -> Table:
    if kb not in _tables:
        names: dict[str, list[tuple[tuple[str, ...], Recognised]]] = {}
        for record in kb.file.recognised:
            for text in (record.name, *record.aliases):
                if words := tuple(fold(text).split()):
                    names.setdefault(words[0], []).append((words, record))
        for found in names.values():
            found.sort(key=lambda pair: -len(pair[0]))
        fillers = frozenset(word for text in kb.file.fillers for word in fold(text).split())
        _tables[kb] = Table(names, fillers)
    return _tables[kb]

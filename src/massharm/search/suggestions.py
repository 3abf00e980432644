"""Names to try instead: what a query without hits may have meant as a whole."""

from collections.abc import Collection
from weakref import WeakKeyDictionary

from massharm.kb.base import KnowledgeBase
from massharm.kb.lookup import RecordName
from massharm.kb.records import KINDS
from massharm.kb.vocabulary import AliasKind
from massharm.search.analysis import STOP_WORDS, check_size
from massharm.search.english import is_common_english
from massharm.text import fold

_LEAST_LETTERS = 5
"""Names of fewer letters are no suggestion, and queries of fewer but one have none: they resemble everything."""
_MOST_WORDS = 3
"""A wording of patients of more words is no name to suggest."""
_names: WeakKeyDictionary[KnowledgeBase, dict[str, dict[str, str]]] = WeakKeyDictionary()


def suggest(kb: KnowledgeBase, query: str, limit: int = 3, *, kinds: Collection[str] = ()) -> tuple[str, ...]:
    """Return up to `limit` names and aliases that look like a query without hits, the most similar first.

    They are of records of the given kinds, or of any, and never the query itself. What is misspelt is no suggestion,
    nor is a wording of patients that is longer than a name. Words of ordinary English are not misspelt, and have none.
    """
    from massharm.search.spelling import lookalikes  # noqa: PLC0415 - costs time at start, and is seldom needed

    check_size(query)
    folded = fold(query)
    if len(folded) < _LEAST_LETTERS - 1 or all(map(_is_plain, folded.split())):
        return ()
    shown: dict[str, str] = {}
    # Of names that fold alike the last stays: that of a harm rather than of another record.
    for kind in reversed(KINDS):
        if not kinds or kind in kinds:
            shown |= _names_by_kind(kb)[kind]
    nearest = lookalikes(folded, shown.keys(), limit + 1)
    return tuple(shown[near] for near in nearest if near != folded)[:limit]


def _is_plain(word: str) -> bool:
    """Whether a folded word is no slip in a name: an ordinary word or a number."""
    return is_common_english(word) or word in STOP_WORDS or word.isdigit()


def _names_by_kind(kb: KnowledgeBase) -> dict[str, dict[str, str]]:
    """Return the names that may be suggested as shown, by kind and by how they fold; made once."""
    names = _names.get(kb)
    if names is None:
        names = {kind: {} for kind in KINDS}
        # Of names that fold alike the last stays: that of the first record, and a name rather than an id.
        for record in reversed(kb.records()):
            for name in reversed(kb.names_of(record)):
                if _is_suggested(name):
                    names[record.kind][name.folded] = name.text
        names = _names.setdefault(kb, names)
    return names


def _is_suggested(name: RecordName) -> bool:
    """Whether a name may be suggested to somebody who typed something like it."""
    if name.kind in {AliasKind.SPELLING, AliasKind.PHRASE}:
        return False
    is_saying = name.kind is AliasKind.LAY and len(name.folded.split()) > _MOST_WORDS
    return len(name.folded) >= _LEAST_LETTERS and not is_saying

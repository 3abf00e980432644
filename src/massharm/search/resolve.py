"""The one record that a user's words name, or the rivals for it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Citation, Record
from massharm.kb.vocabulary import AliasKind
from massharm.search.ranking import TEXT, MatchType, find
from massharm.text import fold

MARGIN = 20
"""Points by which the best of several near names must lead to be shown rather than offered."""
LEAST = 4
"""Fewer letters begin or resemble too much to be taken for a name."""


class Resolution(NamedTuple):
    """What was asked for: a record, the words left over, a note to the user, and else the rivals."""

    record: Record | None
    sections: tuple[str, ...] = ()
    note: str = ""
    candidates: tuple[str, ...] = ()


def resolve(kb: KnowledgeBase, words: Sequence[str], tails: Collection[str] = ()) -> Resolution:
    """Find the record that words name: by id, number, name or alias; then by a beginning; then misspelt.

    Words at the end that are in `tails` may be left over. Anything but an exact match is noted, and
    equal rivals are never chosen between.

    Raises:
        WrongUse: a name is followed by a word that is not in `tails`.
    """
    stranger = ""
    for cut in range(len(words), 0, -1):
        head, rest = " ".join(words[:cut]), tuple(words[cut:])
        exact = _exact(kb, head)
        if len(exact) == 1 and all(word in tails for word in rest):
            return Resolution(exact[0], rest, _moved(kb, head))
        if len(exact) > 1 and not rest:
            return Resolution(None, candidates=_called(exact))
        if exact and not stranger:
            stranger = next((word for word in rest if word not in tails), "")
    close = _close(kb, words, tails)
    if stranger and close.record is None:
        raise WrongUse(f"no section is called “{stranger}”; the sections of a harm are {', '.join(tails)}")
    return close


def offer(names: Iterable[str]) -> str:
    """Word an offer of other names."""
    offered = ", ".join(names)
    return f"; did you mean {offered}?" if offered else ""


def _exact(kb: KnowledgeBase, name: str) -> list[Record]:
    if name in kb:
        return [kb[name]]
    bare = name.strip("[]")
    if bare.isascii() and bare.isdecimal() and int(bare[:9]) in kb:
        return [kb[int(bare[:9])]]
    folded = fold(name)
    for texts, records in ((_own, kb.file.harms), (_own, kb), (_related, kb)):
        found = [record for record in records if folded and folded in map(fold, texts(record))]
        if found:
            # A harm answers before a term or a precaution of the same name.
            return [record for record in found if record.kind == found[0].kind]
    return []


def _own(record: Record) -> Iterable[str]:
    """Give what a record is called."""
    yield from (record.id, record.name)
    yield from (alias.text for alias in getattr(record, "aliases", ()) if alias.kind is not AliasKind.RELATED)
    if isinstance(record, Citation):
        yield from (text for text in (record.title, record.doi, record.pmid) if text)


def _related(record: Record) -> Iterable[str]:
    """Give the words that lead to a record without being its name."""
    return (alias.text for alias in getattr(record, "aliases", ()))


def _moved(kb: KnowledgeBase, head: str) -> str:
    return f"“{head}” was withdrawn; {kb.heirs[head]} answers for it" if head in kb.heirs else ""


def _close(kb: KnowledgeBase, words: Sequence[str], tails: Collection[str]) -> Resolution:
    cut = len(words)
    while cut > 1 and words[cut - 1] in tails:
        cut -= 1
    head, rest = " ".join(words[:cut]), tuple(words[cut:])
    # A name among other words, or a passage, is not what the words name.
    found = (
        [hit for hit in find(kb, head) if hit.match is not MatchType.TEXT and hit.score > TEXT] if fold(head) else []
    )
    if not found:
        return Resolution(None)
    first, *others = found
    if any(hit.match is first.match and hit.score > first.score - MARGIN for hit in others) or len(fold(head)) < LEAST:
        return Resolution(None, candidates=_called(hit.record for hit in found[:5]))
    record = first.record
    return Resolution(record, rest, f"you typed “{head}”; showing the {record.kind} {record.name} (“{first.text}”)")


def _called(records: Iterable[Record]) -> tuple[str, ...]:
    ranked = sorted(records, key=lambda record: list(KINDS).index(record.kind))
    return tuple(record.id for record in ranked)

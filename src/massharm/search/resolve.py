"""The one resolver: the records that a name, id, number, PMID, PMCID or DOI means, or the candidates for it."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.lookup import RecordName
from massharm.kb.records import KINDS, Citation, Record
from massharm.kb.vocabulary import AliasKind
from massharm.text import fold

MARGIN = 20
"""The points by which the best of several near names must lead to be shown, and not only offered."""
_LEAST_LETTERS = 4
"""Fewer letters begin or resemble too much to be taken for a name."""
_MAX_CANDIDATES = 5
# Compared whole: leading zeros do not count, and no number of a citation has more digits.
_NUMBER = re.compile(r"[\[(]*0*([0-9]{1,9})[\]).]*")
_RANGE = re.compile(r"0*([0-9]{1,9})\s*[-\u2013]\s*0*([0-9]{1,9})")
_LABEL = re.compile(r"(?:pmid|pmcid|doi)\b:?\s*|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_LONE_LABEL = re.compile(r"\b(pmid|pmcid|doi):?[\s,]+", re.IGNORECASE)


class Resolution(NamedTuple):
    """What words mean: a record, the sections of it that follow, a note to the user; else the ids of candidates."""

    record: Record | None
    sections: tuple[str, ...] = ()
    note: str = ""
    candidates: tuple[str, ...] = ()


def resolve(kb: KnowledgeBase, words: Sequence[str], sections: Collection[str] = ()) -> Resolution:
    """Return the record that words mean: exactly, else by the beginning of a name or by a misspelt one.

    Words at its end that are in `sections` may follow the name. The note says whatever is not exact; between
    candidates that match alike none is chosen.

    Raises:
        WrongUse: a name is followed by a word that is no section, or there are too many words.
    """
    from massharm.search.analysis import check_size  # noqa: PLC0415 - `cite` starts faster without

    check_size(" ".join(words))
    stranger = ""
    for cut in range(len(words), 0, -1):
        head, rest = " ".join(words[:cut]), tuple(words[cut:])
        exact = exact_matches(kb, head)
        if len(exact) == 1 and all(word in sections for word in rest):
            return Resolution(exact[0], rest, _withdrawal(kb, head))
        if len(exact) > 1 and not rest:
            return Resolution(None, candidates=tuple(record.id for record in exact))
        if exact and not stranger:
            stranger = next((word for word in rest if word not in sections), "")
    close = _close_match(kb, words, sections)
    if stranger and close.record is None:
        raise WrongUse(f"no section is called “{stranger}”; the sections of a harm are {', '.join(sections)}")
    return close


def resolve_citations(kb: KnowledgeBase, refs: Iterable[str]) -> tuple[list[Citation], list[str]]:
    """Return the citations that references mean, each once and in their order, and the references that mean none.

    A reference is whatever `exact_matches` takes, or a range of numbers such as 3-7; one argument may hold several
    with commas between them, and a name may stretch over several arguments.
    """
    parts = [part.strip() for part in _LONE_LABEL.sub(r"\1:", ",".join(refs)).split(",") if part.strip()]
    cited = {part: _citations(kb, part) for part in parts}
    unknown = [part for part in parts if not cited[part]]
    if unknown and len(parts) > 1 and (whole := _citations(kb, " ".join(parts))):
        return whole, []
    found = {citation.number: citation for part in parts for citation in cited[part]}
    return list(found.values()), unknown


def _citations(kb: KnowledgeBase, ref: str) -> list[Citation]:
    """Return the citations of a range, of which the first number may be the higher, or those that match exactly."""
    span = _RANGE.fullmatch(ref)
    if not span:
        return [record for record in exact_matches(kb, ref, "citation") if isinstance(record, Citation)]
    first, last = int(span[1]), int(span[2])
    low, high = min(first, last), max(first, last)
    numbers = sorted((number for number in kb.by_number if low <= number <= high), reverse=first > last)
    return [kb.by_number[number] for number in numbers]


def exact_matches(kb: KnowledgeBase, text: str, kind: str | None = None) -> tuple[Record, ...]:
    """Return the records of one kind that a text means: by number, id, PMID, PMCID or DOI, else by name or alias.

    What a record is called goes before words that only lead to one, and a harm before other kinds of its name.
    """
    number = _NUMBER.fullmatch(text)
    if number and (cited := kb.citation(int(number[1]))):
        return (cited,)
    key = text.lower()
    if key in kb and kind in {None, kb[key].kind}:
        return (kb[key],)
    for folded in dict.fromkeys((fold(text), fold(_LABEL.sub("", text, count=1)))):
        found = [record for record in kb.named(folded) if kind in {None, record.kind}]
        called = [record for record in found if any(_is_called(name, folded) for name in kb.names_of(record))]
        if best := called or found:
            return tuple(record for record in best if record.kind == best[0].kind)
    return ()


def _close_match(kb: KnowledgeBase, words: Sequence[str], sections: Collection[str]) -> Resolution:
    """Return the record whose name begins with words, or is misspelt in them, or those that do so alike."""
    from massharm.search.ranking import PARTIAL_NAME, TEXT, MatchType, find  # noqa: PLC0415 - costs time at start

    cut = len(words)
    while cut > 1 and words[cut - 1] in sections:
        cut -= 1
    head, rest = " ".join(words[:cut]), tuple(words[cut:])
    folded = fold(head)
    # A name among other words, or a passage, is not what the words name.
    found = [hit for hit in find(kb, head) if hit.match is not MatchType.TEXT and hit.score > TEXT] if folded else []
    if not found:
        return Resolution(None)
    first, *others = found
    rivals = [hit for hit in others if hit.match is first.match and hit.score > first.score - MARGIN]
    # A misspelt name goes before the aliases of others that it is as well.
    is_own = first.score > PARTIAL_NAME and _is_name(first.text, first.record)
    is_plain = not rivals or (is_own and not any(_is_name(hit.text, hit.record) for hit in rivals))
    if not is_plain or len(folded) < _LEAST_LETTERS:
        nearest = sorted(found[:_MAX_CANDIDATES], key=lambda hit: list(KINDS).index(hit.record.kind))
        return Resolution(None, candidates=tuple(hit.record.id for hit in nearest))
    record = first.record
    return Resolution(record, rest, f"you typed “{head}”; showing the {record.kind} {record.name} (“{first.text}”)")


def _is_name(text: str, record: Record) -> bool:
    return fold(text) == fold(record.name)


def _withdrawal(kb: KnowledgeBase, text: str) -> str:
    """Return the note on an id that is no longer used: the records that answer for it; on any other text, nothing."""
    heirs = kb.heirs.get(text.lower(), ())
    if len(heirs) > 1:
        return f"“{text}” was divided into {', '.join(heirs)}; showing {heirs[0]}"
    return f"“{text}” was withdrawn; {heirs[0]} answers for it" if heirs else ""


def _is_called(name: RecordName, folded: str) -> bool:
    return name.folded == folded and name.kind is not AliasKind.RELATED

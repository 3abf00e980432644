"""A query to ranked hits, each saying what matched and how."""

import re
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import msgspec

from massharm.errors import WrongUse
from massharm.kb import SEVERITIES, KnowledgeBase
from massharm.model import KINDS, Citation, Harm, Record, strings
from massharm.text import fold
from massharm.vocabulary import AliasKind


class How(StrEnum):
    """In what way a hit matched, closest first."""

    EXACT = "exact"
    ALIAS = "alias"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    TEXT = "text"


class Hit(NamedTuple):
    """A record that answers a query: its score (0 to 100), how it matched, and the text that did."""

    record: Record
    score: int
    how: How
    text: str


class _Name(NamedTuple):
    record: Record
    text: str
    folded: str
    how: How

    @property
    def words(self) -> tuple[str, ...]:
        """Its words; made only where the folded text leaves a doubt."""
        return words(self.folded)


_STOP = frozenset(
    """
    a about after and any are as at be because by can could did do does during for from get got had has have he
    her his how i if in into is it its me my no not of on or our she should since so some that the their them then
    there they this to up was we were what when where which who why will with would you your massage massaged
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
_ENDINGS = (("ization", "isation"), ("izing", "ising"), ("ize", "ise"), ("yze", "yse"), ("our", "or"), ("ours", "ors"))
_OPPOSITES = (("hypo", "hyper"), ("intra", "inter"), ("pre", "post"), ("ante", "anti"), ("left", "right"))
# Least scores of the three bands in which harms lead: named, named in part, told in the text.
_NAMED, _PARTLY = 85, 60


def find(kb: KnowledgeBase, query: str, *, kinds: Collection[str] = (), limit: int | None = 10) -> tuple[Hit, ...]:
    """Give the hits of a query, best first: named, then named in part, then told; harms lead in each.

    A misspelt query is answered only where nothing matches as it stands. The order is the same on
    every run: by band, kind, score, severity and name.

    Raises:
        WrongUse: the query holds no letter and no digit, or a kind is not one of the KB's.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise WrongUse(f"no kind of record is called “{kind}”; the kinds are {', '.join(KINDS)}")
    folded = fold(query)
    if not folded:
        raise WrongUse("the search has no letter and no digit in it; type a word, as in: massharm search bruise")
    wanted = words(folded)
    searched = [record for kind in KINDS if kind in (kinds or KINDS) for record in kb.records(kind)]
    holding = [record for record in searched if _holds(record, wanted)]
    hits = _ranked((*_named(_names(holding), folded), *_told(holding, wanted)))
    if not hits:
        hits = _ranked(_misspelt(_names(searched), wanted))
    return tuple(hits[:limit])


def suggest(kb: KnowledgeBase, query: str, limit: int = 3) -> tuple[str, ...]:
    """Give up to `limit` names and aliases that look like a query nothing answers."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - costs time at start, and is seldom needed

    folded = fold(query)
    if len(folded) < 4:  # noqa: PLR2004 - shorter words resemble everything
        return ()
    texts = {name.folded: name.text for name in reversed(_names(kb.records())) if len(name.folded) > 4}  # noqa: PLR2004
    found = process.extract(folded, texts.keys(), scorer=fuzz.ratio, score_cutoff=72, limit=limit)
    return tuple(texts[near] for near, _, _ in found)


def words(folded: str) -> tuple[str, ...]:
    """Give the words that carry a folded query, in one spelling and without common endings."""
    parts = folded.split()
    kept = [part for part in parts if part not in _STOP] or parts
    return tuple(_stem(part) for part in kept)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    if len(word) >= 5:  # noqa: PLR2004 - short words have no ending to lose
        word = word.replace("ae", "e").replace("oe", "e")
        for other, ours in _ENDINGS:
            if word.endswith(other):
                word = word.removesuffix(other) + ours
    for ending in ("ing", "ies", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):  # noqa: PLR2004
            return word.removesuffix(ending)
    return word


def _holds(record: Record, wanted: tuple[str, ...]) -> bool:
    """Tell whether every word stands somewhere in a record: most records are put aside by this alone.

    The encoded record is made and searched twenty times as fast as its names and texts are walked.
    """
    encoded = _levelled(msgspec.json.encode(record).decode())
    return all(_levelled(word)[:4] in encoded for word in wanted)  # the first letters outlast every change of spelling


def _names(records: Iterable[Record]) -> list[_Name]:
    return [
        _Name(record, text, folded, how)
        for record in records
        for text, how in _called(record)
        if (folded := fold(text))
    ]


def _called(record: Record) -> Iterator[tuple[str, How]]:
    yield record.name, How.EXACT
    yield record.id, How.EXACT
    for alias in getattr(record, "aliases", ()):
        yield alias.text, How.TEXT if alias.kind is AliasKind.RELATED else How.ALIAS
    if isinstance(record, Citation):
        for text in (record.title, record.doi, record.pmid):
            if text:
                yield text, How.ALIAS


def _named(names: Iterable[_Name], folded: str) -> Iterator[Hit]:
    wanted = words(folded)
    for name in names:
        score, how = _closeness(name, folded, wanted)
        if score:
            yield Hit(name.record, score, how, name.text)


def _closeness(name: _Name, folded: str, wanted: tuple[str, ...]) -> tuple[int, How]:
    """Score a name: the same, the same words, a beginning, or words of it."""
    how = How.ALIAS if name.how is How.TEXT else name.how
    loss = 5 if name.how is How.TEXT else 0
    if folded == name.folded:
        return (100 if how is How.EXACT else 96) - loss, how
    if len(folded) > 2 and name.folded.startswith(folded):  # noqa: PLR2004 - two letters begin too much
        return 76 + 12 * len(folded) // len(name.folded) - loss, How.PREFIX
    # The first two letters of a word outlast every change of spelling and ending.
    if not all(word[:2] in name.folded for word in wanted):
        return 0, how
    if wanted == name.words:
        return 92 - loss, how
    if _all_begin(wanted, name.words):
        return 62 + 12 * len(wanted) // len(name.words) - loss, How.PREFIX
    return 0, how


def _all_begin(wanted: tuple[str, ...], among: tuple[str, ...]) -> bool:
    return all(any(_begins(word, other) for other in among) for word in wanted)


def _begins(word: str, other: str) -> bool:
    return other == word if len(word) < 4 else other.startswith(word)  # noqa: PLR2004 - as for edits


def _told(records: Iterable[Record], wanted: tuple[str, ...]) -> Iterator[Hit]:
    """Find records whose names and text together hold every word of the query."""
    if max(map(len, wanted)) < 3:  # noqa: PLR2004 - a letter or two stands in every text
        return
    patterns = [_pattern(_levelled(word)) for word in wanted]
    for record in records:
        prose = _levelled(" ".join(strings(record)))
        if all(pattern.search(prose) for pattern in patterns):
            share = sum(pattern.search(fold(record.summary)) is not None for pattern in patterns) / len(patterns)
            yield Hit(record, round(30 + 20 * share), How.TEXT, record.summary)


def _pattern(word: str) -> re.Pattern[str]:
    """Find a stem at the beginning of a word, in either spelling; a short word must be whole."""
    if len(word) < 4:  # noqa: PLR2004 - as for edits
        return re.compile(rf"\b{word}\b")
    return re.compile(rf"\b{word.replace('is', 'i[sz]')}".removesuffix("or") + ("ou?r" if word.endswith("or") else ""))


def _levelled(text: str) -> str:
    text = text.lower().replace("ae", "e").replace("oe", "e").replace("'", "")
    return text if text.isascii() else text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "")


def _misspelt(names: list[_Name], wanted: tuple[str, ...]) -> Iterator[Hit]:
    """Read each unknown word as the nearest word of the names, and look for names again."""
    firsts = tuple({word[0] for word in wanted})
    spoken = (name for name in names if not name.text.startswith("10."))  # a DOI is not misspelt but mistyped
    parts = {part for name in spoken for part in name.folded.split() if part.startswith(firsts)}
    known = sorted({stem for part in parts for stem in words(part)})
    meant = [near for word in wanted if (near := _nearest(word, known))]
    if len(meant) < len(wanted):
        return
    for name in names:
        if all(word[:2] in name.folded for word in meant) and _all_begin(tuple(meant), name.words):
            score = 40 + 40 * len(meant) // max(len(name.words), len(meant))
            yield Hit(name.record, score - (5 if name.how is How.TEXT else 0), How.FUZZY, name.text)


def _nearest(word: str, known: list[str]) -> str | None:
    """Give the known word within the edits that the word's length allows; the first letter must agree."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - costs time at start, and is seldom needed

    if word in known:
        return word
    allowed = 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 8 else 2  # noqa: PLR2004
    near = [
        (OSA.distance(word, other, score_cutoff=allowed), abs(len(word) - len(other)), other)
        for other in known
        if allowed and other[0] == word[0] and abs(len(word) - len(other)) <= allowed and not _opposed(word, other)
    ]
    best = min(near, default=None)
    return best[2] if best and best[0] <= allowed else None


def _opposed(word: str, other: str) -> bool:
    return any(
        (word.startswith(one) and other.startswith(two)) or (word.startswith(two) and other.startswith(one))
        for one, two in _OPPOSITES
    )


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        held = best.get(hit.record.id)
        if held is None or hit.score > held.score:
            best[hit.record.id] = hit
    return sorted(best.values(), key=_place)


def _place(hit: Hit) -> tuple[int, int, int, int, str]:
    band = 0 if hit.score >= _NAMED else 1 if hit.score >= _PARTLY else 2
    if hit.record.kind in {"citation", "case"} and hit.how is not How.EXACT:
        band += 1  # a title that holds the words must not stand before the harm that it is about
    severity = SEVERITIES[hit.record.severity] if isinstance(hit.record, Harm) else 0
    return band, list(KINDS).index(hit.record.kind), -hit.score, -severity, hit.record.name.casefold()

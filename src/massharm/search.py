"""A query to ranked hits, each saying what matched and how.

The records are read anew for each query, most of them only as bytes: at this size that costs less than
an index costs to make, and nothing has to be kept in step with the data.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product
from typing import NamedTuple

import msgspec

from massharm import model
from massharm.errors import WrongUse
from massharm.kb import SEVERITIES, KnowledgeBase
from massharm.model import KINDS, Case, Citation, Harm, Record, strings
from massharm.text import fold
from massharm.vocabulary import AliasKind
from massharm.words import begins, carrying, endings, level, sound, stem, stems, words, written


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
    related: bool = False


class _Read(NamedTuple):
    """A query as it was read: its stems, what each weighs, and whether one was taken for a misspelling."""

    folded: str
    wanted: tuple[str, ...]
    forms: tuple[list[bytes], ...]
    weights: tuple[float, ...]
    mended: bool


_OPPOSITES = (("hypo", "hyper"), ("intra", "inter"), ("pre", "post"), ("ante", "anti"), ("left", "right"))
# The letters with which a word may be written that begins with a sound.
_BEGUN_BY = {"f": "fp", "n": "npkg", "s": "scpz", "k": "kcq", "r": "rw"}
# Least scores of the three bands in which harms lead: named, named in part, told in the text.
_NAMED, _PARTLY = 85, 60
# By how many points harms lead in each band.
_LEADS = (2, 8, 4)
# The least share of a query, by the weight of its words, that a record must hold; and how many are looked at closely.
_SHARE, _CLOSELY = 0.55, 30
# The most that a word weighs: one that stands nowhere must not count for more than the rest of a question.
_HEAVIEST = 5.0
# What a word weighs by where it stands: in names, in what is noticed, in the summary, elsewhere.
_FIELDS = {"name": 4.0, "aliases": 4.0, "presentation": 2.5, "warning_signs": 2.5, "summary": 2.0, "diagnosis": 2.0}
# ASCII letters, digits and line ends stay, signs become blanks, and letters beyond ASCII are marked.
_FOREIGN = b"\x01"
_WORDS = (
    bytes(char if char == 10 or chr(char).isalnum() else 32 for char in range(128))  # noqa: PLR2004 - ASCII
    + b" " * 67  # bytes that go on, and the first bytes of signs such as the section mark
    + bytes(32 if char == 0xE2 else 1 for char in range(0xC3, 256))  # noqa: PLR2004 - begins dashes and quotation marks
)
_FIELD_WORDS = {
    part
    for kind in vars(model).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    for field in (*kind.__struct_fields__, "kind")
    for part in field.split("_")
}


def find(kb: KnowledgeBase, query: str, *, kinds: Collection[str] = (), limit: int | None = 10) -> tuple[Hit, ...]:
    """Give the hits of a query, best first: named, then named in part, then told; harms lead in each.

    A word that stands nowhere is read as the nearest word of the names, within one edit from four letters
    and two from eight (Damerau-Levenshtein, optimal string alignment), by letter or by sound; a hit by name
    then says so. A record must hold most of the query, weighed by the rarity of its words (inverse document
    frequency); what is told is ranked by where the words stand. The order is the same on every run: by
    band, kind, score, severity and name.

    Raises:
        WrongUse: the query holds no letter and no digit, or a kind is not one of the KB's.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise WrongUse(f"no kind of record is called “{kind}”; the kinds are {', '.join(KINDS)}")
    folded = fold(query)
    if not folded:
        raise WrongUse("the search has no letter and no digit in it; type a word, as in: massharm search bruise")
    records = [record for record in kb if not kinds or record.kind in kinds]
    blobs = list(zip(records, _blobs(records, words(folded)), strict=True))
    read = _read(folded, blobs)
    near = [(record, share) for record, blob in blobs if (share := _share(blob, read)) >= _SHARE]
    near.sort(key=lambda pair: -pair[1])
    whole = [record for record, share in near if share > 1 - 1e-9]
    hits = [*_named(_names(whole), read), *_told([record for record, _ in near[:_CLOSELY]], read)]
    hits += [pointed for hit in hits if isinstance(hit.record, Case) for pointed in _pointed(hit, kb, kinds)]
    return tuple(_ranked(hits)[:limit])


def _pointed(hit: Hit, kb: KnowledgeBase, kinds: Collection[str]) -> Iterator[Hit]:
    """Let a case that matches point to its harms."""
    if isinstance(hit.record, Case) and (not kinds or "harm" in kinds):
        for harm in kb.harms_of(hit.record):
            yield Hit(harm, min(hit.score, _PARTLY - 1) - 8, How.TEXT, f"{hit.record.name}: {hit.text}")


def suggest(kb: KnowledgeBase, query: str, limit: int = 3) -> tuple[str, ...]:
    """Give up to `limit` names and aliases that look like a query nothing answers."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - costs time at start, and is seldom needed

    folded = fold(query)
    if len(folded) < 4:  # noqa: PLR2004 - shorter words resemble everything
        return ()
    shown = {name.folded: name.text for name in reversed(_names(kb.records())) if len(name.folded) > 4}  # noqa: PLR2004
    found = process.extract(folded, shown.keys(), scorer=fuzz.ratio, score_cutoff=72, limit=limit)
    return tuple(shown[near] for near, _, _ in found)


# Reading


def _blobs(records: Sequence[Record], wanted: Iterable[str]) -> list[bytes]:
    """Give the words of each record as bytes, each after a blank: made and searched many times as fast as its texts.

    The names of fields stand among them, which does no harm unless a field is what was asked for.
    """
    if any(field.startswith(word) for word in wanted for field in _FIELD_WORDS):
        return [_spelt(record) for record in records]
    lines = msgspec.json.Encoder().encode_lines(records).lower().translate(_WORDS, b"'").splitlines()
    parts = zip(records, lines, strict=True)
    return [_spelt(record) if _FOREIGN in blob else b" %b %b" % (blob, _extra(record)) for record, blob in parts]


def _spelt(record: Record) -> bytes:
    """Do the same by way of the texts, for the few with letters beyond ASCII."""
    return b" %b %b" % (fold(" ".join(strings(record))).encode(), _extra(record))


def _extra(record: Record) -> bytes:
    """Give the words of a name that is made of fields: those of a citation."""
    return fold(record.name).encode() + b" " if isinstance(record, Citation) else b""


def _forms(word: str, everything: bytes) -> list[bytes]:
    """Give the ways in which a levelled stem is written there, each as it begins a word."""
    allowed = endings(word)
    ended = ("",) if allowed is None else tuple(f"{ending} " for ending in allowed)
    spelt = (form for spelling in written(word) for form in _unlevelled(spelling))
    forms = (f" {form}{ending}".encode() for form in spelt for ending in ended)
    return [form for form in forms if form in everything]


def _unlevelled(word: str) -> Iterator[str]:
    """Undo `level`: give each way to write an e as e, ae or oe."""
    first, *rest = word.split("e", 3)
    for marks in product(("e", "ae", "oe"), repeat=len(rest)):
        yield first + "".join(mark + part for mark, part in zip(marks, rest, strict=True))


def _read(folded: str, blobs: Sequence[tuple[Record, bytes]]) -> _Read:
    """Read a query: mend the words that stand nowhere, and weigh each by how few records hold it."""
    everything = b"\n".join(blob for _, blob in blobs)
    typed = carrying(folded)
    meant = [stem(word) for word in typed]
    forms = [_forms(word, everything) for word in meant]
    mended = False
    for place, word in enumerate(typed):
        if not forms[place] and len(word) > 3 and word.isalpha():  # noqa: PLR2004 - shorter words are taken as typed
            near = _nearest(word, _vocabulary((record for record, _ in blobs), word))
            offered = [(other, _forms(other, everything)) for other in dict.fromkeys(map(stem, near))]
            others = [spelt for spelt in forms if spelt]
            if offered:
                mended = True
                meant[place], forms[place] = max(offered, key=lambda offer: _company(offer[1], others, blobs))
    counts = [sum(any(form in blob for form in spelt) for _, blob in blobs) if spelt else 0 for spelt in forms]
    heaviest = [1.0 if word.isdigit() and not count else _HEAVIEST for word, count in zip(meant, counts, strict=True)]
    weights = tuple(min(most, math.log(1 + len(blobs) / (0.5 + n))) for most, n in zip(heaviest, counts, strict=True))
    return _Read(folded, tuple(meant), tuple(forms), weights, mended)


def _company(forms: list[bytes], others: list[list[bytes]], blobs: Sequence[tuple[Record, bytes]]) -> int:
    """Tell how many of the other words stand with a word in one record: of equals that one is meant."""
    held = (blob for _, blob in blobs if any(form in blob for form in forms))
    return max((sum(any(form in blob for form in other) for other in others) for blob in held), default=0)


def _share(blob: bytes, read: _Read) -> float:
    pairs = zip(read.forms, read.weights, strict=True)
    return sum(weight for forms, weight in pairs if any(form in blob for form in forms)) / sum(read.weights)


def _vocabulary(records: Iterable[Record], word: str) -> list[str]:
    """Give the words of all names that begin like a word, by letter or by sound: what it may have meant."""
    firsts = tuple({word[0], *_BEGUN_BY.get(sound(word)[0], sound(word)[0])})
    called = (text for record in records for text, _, _ in _called(record) if not text.startswith("10."))  # no DOI
    return sorted({part for text in called for part in fold(text).split() if part.startswith(firsts)})


def _nearest(word: str, known: list[str]) -> list[str]:
    """Give the nearest known words within the edits that the word's length allows, by letter or by sound."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - costs time at start, and is seldom needed

    allowed = 1 if len(word) < 8 else 2  # noqa: PLR2004 - the edits of the docstring of `find`
    levelled = level(word)
    heard = sound(levelled)
    found: dict[float, list[str]] = {}
    for other in known:
        # Four letters for four resemble too much: `acne` is no misspelt `ache`.
        if not other.isalpha() or len(word) + len(other) < 9 or len(other) < 4 or _opposed(word, other):  # noqa: PLR2004
            continue
        edits: float = allowed + 1
        if other[0] == word[0]:
            # As typed too: a letter lost between two others may make an ae that is none.
            edits = min(OSA.distance(*pair, score_cutoff=allowed) for pair in ((levelled, level(other)), (word, other)))
        if edits > allowed and sound(level(other))[0] == heard[0]:
            edits = OSA.distance(heard, sound(level(other)), score_cutoff=allowed - 1) + 0.5
        if edits <= allowed:
            found.setdefault(edits, []).append(other)
    return found[min(found)] if found else []


def _opposed(word: str, other: str) -> bool:
    return any(
        (word.startswith(one) and other.startswith(two)) or (word.startswith(two) and other.startswith(one))
        for one, two in _OPPOSITES
    )


# Names


def _names(records: Iterable[Record]) -> list[_Name]:
    return [
        _Name(record, text, folded, how, related)
        for record in records
        for text, how, related in _called(record)
        if (folded := fold(text))
    ]


def _called(record: Record) -> Iterator[tuple[str, How, bool]]:
    yield record.name, How.EXACT, False
    yield record.id, How.EXACT, False
    for alias in getattr(record, "aliases", ()):
        yield alias.text, How.ALIAS, alias.kind is AliasKind.RELATED
    if isinstance(record, Citation):
        yield from ((text, How.ALIAS, False) for text in (record.title, record.doi, record.pmid, record.pmcid) if text)


def _named(names: Iterable[_Name], read: _Read) -> Iterator[Hit]:
    for name in names:
        score, how = _closeness(name, read)
        if score:
            yield Hit(name.record, score, how, name.text)


def _closeness(name: _Name, read: _Read) -> tuple[int, How]:
    """Score a name: the same, the same words, a beginning, or words of it; mended words and related names lose."""
    loss = 5 * name.related + 15 * read.mended
    how = How.FUZZY if read.mended else name.how
    part = How.FUZZY if read.mended else How.PREFIX
    if read.folded == name.folded:
        return (100 if name.how is How.EXACT else 96) - loss, how
    if len(read.folded) > 2 and name.folded.startswith(read.folded):  # noqa: PLR2004 - two letters begin too much
        return 76 + 12 * len(read.folded) // len(name.folded) - loss, part
    levelled = level(name.folded)
    # The first two letters of a word outlast every change of ending.
    held = words(name.folded) if all(word[:2] in levelled for word in read.wanted) else ()
    if held and sorted(read.wanted) == sorted(held):
        return (94 - loss, how) if read.wanted == held else (90 - loss, part if how is How.EXACT else how)
    if held and all(any(begins(word, other) for other in held) for word in read.wanted):
        return 62 + 16 * len(read.wanted) // len(held) - loss, part
    return 0, how


# Texts


def _told(records: Iterable[Record], read: _Read) -> Iterator[Hit]:
    """Rank records by how much of the query they hold, where, and how close together."""
    if max(map(len, read.wanted)) < 3:  # noqa: PLR2004 - a letter or two stands in every text
        return
    total = sum(read.weights)
    pairs = tuple(zip(read.wanted, read.weights, strict=True))
    for record in records:
        places = dict.fromkeys(read.wanted, 0.0)
        best, text = 0.0, ""
        for field, part, held in _weighted(record, read.wanted):
            for word in held:
                places[word] += field
            if (close := sum(weight for word, weight in pairs if word in held)) > best:
                best, text = close, part
        share = sum(weight for word, weight in pairs if places[word]) / total
        if share >= _SHARE:
            rank = sum(weight * places[word] / (places[word] + 3) for word, weight in pairs) / total
            yield Hit(record, round(25 + 17 * rank + 17 * best / total - 5 * read.mended), How.TEXT, text)


def _weighted(record: Record, wanted: tuple[str, ...]) -> Iterator[tuple[float, str, set[str]]]:
    """Give the texts of a record that hold a word, with the weight of their place and the words they hold."""
    starts = tuple(word[:4] for word in wanted)  # the first letters outlast every change of ending
    for field in ("name", *record.__struct_fields__):
        for text in strings(getattr(record, field)):
            levelled = level(text.lower())
            if any(start in levelled for start in starts) and (" " in text or field in {"name", "aliases"}):
                stemmed = stems(text)
                held = {word for word in wanted if any(begins(word, other) for other in stemmed)}
                if held:
                    yield _FIELDS.get(field, 1.0), text, held


# Order


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        held = best.get(hit.record.id)
        if held is None or hit.score > held.score:
            best[hit.record.id] = hit
    return sorted(best.values(), key=_place)


def _place(hit: Hit) -> tuple[int, int, int, int, str]:
    score = hit.score
    if hit.record.kind in {"citation", "case"} and hit.how is not How.EXACT:
        score -= 25  # a title that holds the words must not stand before the harm that it is about
    band = 0 if score >= _NAMED else 1 if score >= _PARTLY else 2
    lead = _LEADS[band] if isinstance(hit.record, Harm) else 0
    severity = SEVERITIES[hit.record.severity] if isinstance(hit.record, Harm) else 0
    return band, -score - lead, list(KINDS).index(hit.record.kind), -severity, hit.record.name.casefold()

"""A query to ranked hits, each saying what matched and how."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from heapq import nsmallest
from typing import NamedTuple
from weakref import WeakKeyDictionary

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Case, Citation, Harm, Record, called, strings
from massharm.kb.vocabulary import AliasKind, one_of
from massharm.search.analysis import STOP_WORDS, analyse, content_stems, is_form_of, stems
from massharm.search.index import Index, order
from massharm.search.query import Correction, Query, Term, parse
from massharm.text import fold


class MatchType(StrEnum):
    """In what way a hit matched, closest first."""

    EXACT = "exact"
    ALIAS = "alias"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    TEXT = "text"


class Hit(NamedTuple):
    """A record that answers a query: its score (0 to 100), how it matched, the text that did, and what was mended."""

    record: Record
    score: int
    match: MatchType
    text: str
    corrections: tuple[Correction, ...] = ()


# The highest scores of the three bands: named, named in part, told in the text; and by how much harms lead in each.
NAME, PARTIAL_NAME, TEXT = 100, 84, 59
_LEADS = {NAME: 2, PARTIAL_NAME: 6, TEXT: 3}
# The least share of a query, by weight, that a record must hold: in its texts, or where a whole name stands in a
# query of three words or more. How many records are read closely.
MIN_COVERAGE, _NAMED_SHARE, RERANK_LIMIT = 0.51, 0.4, 40
# How many records have their names read, and how well a word may answer at the least.
NAME_LIMIT, _LEAST_LIKELY = 150, 0.6
# What a word weighs by where it stands: in names, in what is noticed, in the summary, elsewhere.
_FIELDS = {"name": 4.0, "aliases": 4.0, "presentation": 2.5, "warning_signs": 2.5, "summary": 2.0, "diagnosis": 2.0}
# The weight of its place at which a word counts half.
_SATURATION = 3.0
_indexes: WeakKeyDictionary[KnowledgeBase, Index] = WeakKeyDictionary()


def indexed(kb: KnowledgeBase) -> Index:
    """Give the index of a knowledge base, made once."""
    if kb not in _indexes:
        _indexes[kb] = Index(kb)
    return _indexes[kb]


def find(kb: KnowledgeBase, query: str, *, kinds: Collection[str] = (), limit: int | None = 10) -> tuple[Hit, ...]:
    """Give the hits of a query, best first: named, then named in part, then told; harms lead in each.

    A word that stands nowhere is read as the words of the names that it may have meant (`spelling.corrections`),
    whichever go best with the rest; a hit says so. A record must hold most of the query, weighed by the rarity
    of its words (inverse document frequency); what is told is ranked by where the words stand, as in BM25F (no
    length is counted: a record is long because much is known of it), and by how many stand in one passage. The
    order is the same on every run: by score, kind, severity and name.

    Raises:
        WrongUse: the query holds no letter and no digit, or a kind is not one of the KB's.
    """
    kinds = {one_of(kind, KINDS, "--kind") for kind in kinds}
    tokens = analyse(query)
    if not tokens:
        raise WrongUse("the search has no letter and no digit in it; type a word, as in: massharm search bruise")
    index = indexed(kb)
    asked = parse(tokens, index)
    held = asked.candidates(_NAMED_SHARE)
    if kinds:
        held = {place: share for place, share in held.items() if index.records[place].kind in kinds}
    named = {place: hit for place in _nameable(held, asked, index) if (hit := _named(place, asked, index))}
    unread = {place: share for place, share in held.items() if place not in named or named[place].score <= TEXT}
    hits = [*named.values(), *_told(unread, asked, index)]
    if not kinds or "harm" in kinds:
        hits += [pointed for hit in hits for pointed in linked_harms(hit, kb)]
    return tuple(_ranked(hits)[:limit])


def suggest(kb: KnowledgeBase, query: str, limit: int = 3) -> tuple[str, ...]:
    """Give up to `limit` names and aliases that look like a query nothing answers."""
    from massharm.search.spelling import lookalikes  # noqa: PLC0415 - costs time at start, and is seldom needed

    folded = fold(query)
    if len(folded) < 4:  # noqa: PLR2004 - shorter words resemble everything
        return ()
    # Of names that fold alike the last stays: that of a harm, and a name rather than an id.
    texts = (text for record in reversed(kb.records()) for text, _ in reversed(list(called(record))))
    shown = {name: text for text in texts if len(name := fold(text)) > 4}  # noqa: PLR2004 - as above
    return tuple(shown[near] for near in lookalikes(folded, shown.keys(), limit))


# Names


def _nameable(held: Iterable[int], asked: Query, index: Index) -> list[int]:
    """Give the records with names that hold enough of the query; of very many, those with most, and namesakes."""
    shares = {place: sum(term.weight * term.names.get(place, 0) for term in asked.terms) for place in held}
    found = [place for place in held if shares[place] >= _NAMED_SHARE * _LEAST_LIKELY * asked.total]
    if len(found) <= NAME_LIMIT:
        return found
    return nsmallest(
        NAME_LIMIT,
        found,
        key=lambda place: (not index.names.has_exact_name(place, asked.folded), -shares[place], place),
    )


def _named(place: int, asked: Query, index: Index) -> Hit | None:
    """Match the names of a record, and give the best match."""
    record = index.records[place]
    hits = (_by_name(record, text, kind, asked) for text, kind in called(record))
    return max((hit for hit in hits if hit), key=lambda hit: hit.score, default=None)


def _by_name(record: Record, text: str, kind: AliasKind | None, asked: Query) -> Hit | None:
    """Match a name: the same, a beginning, the same words, words of it, or the name among other words."""
    folded = fold(text)
    how = MatchType.EXACT if kind is None else MatchType.ALIAS
    lost = 4.0 if kind is AliasKind.RELATED else 0.0
    if asked.folded == folded:
        return _hit(record, NAME, (98 if kind is None else 95) - lost, how, text)
    if len(asked.folded) > 2 and folded.startswith(asked.folded):  # noqa: PLR2004 - two letters begin too much
        return _hit(record, PARTIAL_NAME, 72 + 10 * len(asked.folded) / len(folded) - lost, MatchType.PREFIX, text)
    held = content_stems(folded)
    taken = [_taken(term, held) for term in asked.terms]
    if matched := _overlap(asked, taken, held):
        band, score, whole = matched
        mended = asked.corrections(taken)
        # Mended words cost more the less likely they are; a record's own name is worth more than an alias.
        lost += sum(30 * (1 - term.probability[word]) for term, word in zip(asked.terms, taken, strict=True) if word)
        score += 3 * (kind is None and band == NAME)
        how = MatchType.FUZZY if mended else how if whole and (kind or list(held) == taken) else MatchType.PREFIX
        return _hit(record, band, score - lost, how, text, mended)
    return None


def _overlap(asked: Query, taken: list[str], held: tuple[str, ...]) -> tuple[int, float, bool] | None:
    """Compare the words of a query and of a name: give the band, the score, and whether all of the name is asked for.

    Common words of the query need not stand in the name. Where others are missing, the name must be whole.
    """
    covered = 1 - sum(term.weight for term, word in zip(asked.terms, taken, strict=True) if not word) / asked.total
    whole = all(any(is_form_of(word, other) for word in taken if word) for other in held)
    if all(word or term.is_common for term, word in zip(asked.terms, taken, strict=True)):
        if whole and len(taken) >= len(held):
            return NAME, 80 + 11 * covered + 2 * (taken == list(held)), True
        return PARTIAL_NAME, 50 + 12 * covered + 14 * min(1, len(taken) / len(held)), False
    least = _NAMED_SHARE if sum(not term.is_common for term in asked.terms) > 2 else MIN_COVERAGE  # noqa: PLR2004 - as said
    return (TEXT, 28 + 22 * covered, True) if whole and covered >= least else None


def _taken(term: Term, held: Collection[str]) -> str:
    """Give the likeliest stem of a term that stands among stems."""
    return next((word for word in term.words if any(is_form_of(word, other) for other in held)), "")


# Texts


def _told(held: dict[int, float], asked: Query, index: Index) -> Iterator[Hit]:
    """Rank records by how much of the query they hold, where, and how close together."""
    # Letters and words that only join stand in every text.
    if all(len(term.typed) < 3 or term.typed in STOP_WORDS for term in asked.terms):  # noqa: PLR2004 - a letter or two
        return

    def promise(place: int) -> tuple[float, int]:
        return -sum(term.weight * (term.texts.get(place, 0) + term.names.get(place, 0)) for term in asked.terms), place

    most = (place for place, share in held.items() if share >= MIN_COVERAGE)
    for place in nsmallest(RERANK_LIMIT, most, key=promise):
        if hit := _by_text(place, asked, index):
            yield hit


def _by_text(place: int, asked: Query, index: Index) -> Hit | None:
    """Read a record closely; the passage that holds most of the query speaks for it."""
    taken = [next((word for word in term.words if place in index.texts.postings(word)), "") for term in asked.terms]
    pairs = zip(taken, asked.terms, strict=True)
    weights = {word: term.weight * term.probability[word] / asked.total for word, term in pairs if word}
    places = dict.fromkeys(weights, 0.0)
    most, passage = 0.0, ""
    for worth, text, words in _passages(index.records[place], tuple(weights)):
        for word in words:
            places[word] += worth
        if (share := sum(weights[word] for word in words)) > most:
            most, passage = share, text
    if not most:
        return None
    rank = sum(weights[word] * where / (where + _SATURATION) for word, where in places.items())
    mended = asked.corrections(taken)
    return _hit(
        index.records[place], TEXT, 22 + 25 * rank + 10 * most - 3 * bool(mended), MatchType.TEXT, passage, mended
    )


def _passages(record: Record, wanted: tuple[str, ...]) -> Iterator[tuple[float, str, set[str]]]:
    """Give the texts of a record that hold a word, with the weight of their place and the words they hold."""
    starts = tuple(word[:3] for word in wanted)  # the first letters outlast every change of spelling and ending
    for field in ("name", *record.__struct_fields__):
        for text in strings(getattr(record, field)):
            levelled = text.lower().replace("ae", "e").replace("oe", "e")
            if any(start in levelled for start in starts) and (" " in text or field in {"name", "aliases"}):
                stemmed = stems(text)
                held = {word for word in wanted if any(is_form_of(word, other) for other in stemmed)}
                if held:
                    yield _FIELDS.get(field, 1.0), text, held


# Order


def linked_harms(hit: Hit, kb: KnowledgeBase) -> Iterator[Hit]:
    """Let a case or a citation that matches point to its harms."""
    if isinstance(hit.record, Case | Citation):
        text = hit.record.name if hit.text == hit.record.name else f"{hit.record.name}: {hit.text}"
        for harm in kb.harms_of(hit.record):
            yield _hit(harm, TEXT, hit.score - 9, MatchType.TEXT, text, hit.corrections)


def _hit(  # noqa: PLR0913, PLR0917 - the parts of a hit
    record: Record, band: int, score: float, how: MatchType, text: str, mended: tuple[Correction, ...] = ()
) -> Hit:
    """Let harms lead in a band, and let no title that holds the words stand before the harm that it is about."""
    if isinstance(record, Harm):
        score += _LEADS[band]
    elif isinstance(record, Citation | Case) and how is not MatchType.EXACT:
        score -= 25
    return Hit(record, max(1, min(band, round(score))), how, text, mended)


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        held = best.get(hit.record.id)
        if held is None or hit.score > held.score:
            best[hit.record.id] = hit
    return sorted(best.values(), key=lambda hit: (-hit.score, order(hit.record)))

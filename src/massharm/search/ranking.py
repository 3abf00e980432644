"""A query to ranked hits: by the names of records first, then by their texts; each says what matched and how."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from heapq import nsmallest
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.lookup import RecordName
from massharm.kb.records import KINDS, Case, Citation, Harm, Medicine, Precaution, Record, Sign, sort_key
from massharm.kb.vocabulary import AliasKind, SignLink, one_of
from massharm.search.analysis import BODY_PLACES, STOP_WORDS, analyse, check_size, content_stems, stem
from massharm.search.english import is_frequent_english
from massharm.search.index import Index
from massharm.search.query import Correction, Query, parse
from massharm.search.subjects import is_other_subject
from massharm.text import fold


class MatchType(StrEnum):
    """How a hit matched, closest first."""

    EXACT = "exact"
    ALIAS = "alias"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    TEXT = "text"


class Hit(NamedTuple):
    """A record that answers a query: how well, in what way, by which name or passage, and what was read as what.

    The score runs from 1 to 100 in three bands, which `NAME`, `PARTIAL_NAME` and `TEXT` head.
    """

    record: Record
    score: int
    match: MatchType
    text: str
    corrections: tuple[Correction, ...] = ()


NAME, PARTIAL_NAME, TEXT = 100, 84, 59
"""The highest score of each band: the query is a name, stands in a name, or is only in the text of a record.

A record stands in the band of `TEXT` too of which the whole name stands among other words of the query.
"""


class Weights(Struct, frozen=True):
    """What the score of a hit is made of.

    All were chosen by trial on the tune half of `benchmarks/queries.json`. Shares run from 0 to 1; those of a query
    are by the weight of its words. What is added to a score cannot lift it out of its band.
    """

    exact_name: float = 98
    """The query is the name or id of a record, and nothing else."""
    exact_alias: float = 95
    """It is an alias."""
    name_start: tuple[float, float] = (72, 10)
    """A name begins with the query; added is the share of its letters."""
    same_words: tuple[float, float] = (80, 11)
    """A name has the words of the query and no others; added is the share of the query."""
    same_order: float = 2
    """Added where they stand in the same order, in the same form."""
    own_name: float = 3
    """Added where that is the record's own name, and no alias."""
    words_of_name: tuple[float, float, float] = (50, 12, 14)
    """All words of the query stand in a longer name; added are the share of the query and of the words of the name."""
    name_in_query: tuple[float, float, float, float] = (7, 4, 4, 5)
    """A whole name stands among other words of the query, of which it holds a share; added where it has two words or
    more, and where it is the record's own name."""
    text: tuple[float, float, float, float, float] = (10, 18, 13, 9, 5)
    """Words of the query stand in a record; added are what their fields weigh, and the share of the query that one
    name, the whole record and one passage hold."""
    foreign: float = 6
    """Lost for each word that a text or name among other words lacks, and that fewer than `FOREIGN` records hold."""
    related_alias: float = 4
    """Lost where the alias only leads to the record."""
    correction: float = 30
    """Lost for a word of a name that was read as another one: this, times how unlikely that is."""
    corrected_text: float = 3
    """Lost where any such word stands in a text."""
    source: float = 40
    """Lost by a citation or a case that is not named exactly: its title must not hide the harm that it is about."""
    linked: float = 9
    """Lost by a harm to which a citation or a case leads."""
    harm: tuple[tuple[int, float], ...] = ((NAME, 2), (PARTIAL_NAME, 6), (TEXT, 0))
    """Added to a harm in each band."""
    lesser: tuple[tuple[str, float], ...] = (("sign", 3), ("mechanism", 5), ("term", 4), ("lesson", 3))
    """Lost by records of these kinds of which more than the name must be read, so that harms and precautions lead."""
    fields: tuple[tuple[str, float], ...] = (
        ("name", 8.0),
        ("short_reference", 4.0),
        ("aliases", 4.0),
        ("presentation", 2.5),
        ("warning_signs", 2.5),
        ("summary", 2.0),
        ("diagnosis", 2.0),
    )
    """How much a word counts in these fields; elsewhere it counts 1."""
    saturation: float = 3.0
    """The sum of its fields at which a word counts half of what it can.

    As k1 of BM25F, which adds up the weighted fields of a word before it lets the sum saturate (Robertson, Zaragoza
    and Taylor 2004, Simple BM25 extension to multiple weighted fields). No length is counted, as BM25F does: a record
    is long because much is known of it.
    """


WEIGHTS = Weights()
_FIELDS, _HARM, _LESSER = dict(WEIGHTS.fields), dict(WEIGHTS.harm), dict(WEIGHTS.lesser)
MIN_COVERAGE = 0.51
"""The share of a query that the texts of a record must hold: more than half."""
NAME_COVERAGE = 0.4
"""The share that a whole name among other words must hold, in a query of at least `NAME_COVERAGE_TERMS` such words."""
NAME_COVERAGE_TERMS = 3
LEAST_COVERAGE = 0.12
FOREIGN = 3
"""The records that hold a word from which it is none of another subject."""
LEAST_SCORES = (20, 14)
"""A text, or a name among other words, is no hit below the second score; below the first, if a single word tells."""
LEAST_EVIDENCE = 1.0
"""How much the words must tell (`query.Term.evidence`) that a part of a name, or a text, shares with a query."""
MEDICINE_SCORE = 88
"""The least score of a medicine whose name alone is asked: at most a single slip. A wrong medicine misleads."""
MEDICINE_LETTERS = 8
"""The letters from which a misspelt name of a medicine among other words is read as that medicine."""
NAME_LIMIT, RERANK_LIMIT = 150, 40
"""How many records at most have their names compared, and their texts read, those that promise most."""
_NAMES = frozenset({"name", "aliases"})
_LEAST_PROBABILITY = 0.6
"""A word is never read as one that is less likely."""
_LONG_QUERY = 40
"""The words from which a query is too long for its repetitions to mean anything."""
_LEAST_LETTERS = 3
"""Fewer letters begin too many names and stand in every text."""
_indexes: WeakKeyDictionary[KnowledgeBase, Index] = WeakKeyDictionary()


def indexed(kb: KnowledgeBase) -> Index:
    """Return the index of a knowledge base, made once."""
    index = _indexes.get(kb)
    return _indexes.setdefault(kb, Index(kb)) if index is None else index


def find(
    kb: KnowledgeBase, query: str, *, kinds: Collection[str] = (), limit: int | None = 10, by_sayings: bool = False
) -> tuple[Hit, ...]:
    """Return the hits of a query, best first: by name, then by part of a name, then by text; harms lead in each.

    A word that no record holds is read as the words of names that it may be misspelt for (`spelling.corrections`),
    whichever go best with the rest. A record must hold most of the query, by the weight of its words. Hits of one
    score stand in the order of `kb.records.sort_key`, so that every run gives the same. One word that only stands in a
    longer saying finds nothing but harms, unless that is asked for.

    Raises:
        WrongUse: the query has no letter and no digit, or is too long; a kind is none of `KINDS`; the limit is not 1
            or more.
    """
    if limit is not None and limit < 1:
        raise WrongUse(f"a limit of {limit} hits finds nothing; it takes 1 or more")
    kinds = {one_of(kind, KINDS, "--kind") for kind in kinds}
    check_size(query)
    tokens = analyse(query)
    if not tokens:
        raise WrongUse("the search has no letter and no digit in it; type a word, as in: massharm search bruise")
    index = indexed(kb)
    if len(tokens) > _LONG_QUERY:  # its words count once each: every name is compared with every word
        tokens = tuple({token.folded: token for token in tokens}.values())
    asked = parse(tokens, index)
    is_elsewhere = is_other_subject(asked.folded, frozenset(token.stem for token in tokens))
    coverage = asked.candidates(LEAST_COVERAGE)
    if kinds:
        coverage = {doc_id: share for doc_id, share in coverage.items() if index.records[doc_id].kind in kinds}
    named = name_hits(kb, asked, coverage, by_sayings=by_sayings)
    # A question of another subject is answered by what it names itself, and not by part of a longer name.
    sure = {doc for doc, hit in named.items() if hit.score > (PARTIAL_NAME if is_elsewhere else TEXT)}
    if index.is_beside(key := _subject(asked)):
        is_elsewhere = True
        named = {
            doc: hit
            for doc, hit in named.items()
            if isinstance(hit.record, Harm) or set(key).issuperset(content_stems(fold(hit.text)))
        }
        sure &= named.keys()
    if is_elsewhere:
        named = {doc: named[doc] for doc in sure}
    hits = [named[doc] for doc in sure]
    # No text and no link scores more.
    if not is_elsewhere and (limit is None or len(sure) < limit):
        unsure = {doc: share for doc, share in coverage.items() if doc not in sure}
        hits += text_hits(index, asked, unsure, named)
        linked = [link for hit in hits for link in linked_records(kb, hit)]
        hits += [hit for hit in linked if not kinds or hit.record.kind in kinds]
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.record.id not in best or hit.score > best[hit.record.id].score:
            best[hit.record.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, sort_key(hit.record)))[:limit])


def _subject(query: Query) -> tuple[str, ...]:
    """Return the stems of the words of a query that say what it is about."""
    return tuple(stem(term.typed) for term in query.terms if not term.is_common)


def name_hits(
    kb: KnowledgeBase, query: Query, candidates: Iterable[int], *, by_sayings: bool = False
) -> dict[int, Hit]:
    """Return the best match of a name of each record that has one; a medicine is found by whole names only.

    Of very many records those are compared whose names hold most of the query, and namesakes of the query first.
    """
    index = indexed(kb)
    shares = {doc: sum(term.weight * term.names.get(doc, 0) for term in query.terms) for doc in candidates}
    named = [doc for doc, share in shares.items() if share >= LEAST_COVERAGE * _LEAST_PROBABILITY * query.total]
    if len(named) > NAME_LIMIT:
        named = nsmallest(
            NAME_LIMIT, named, key=lambda doc: (not index.names.has_exact_name(doc, query.folded), -shares[doc], doc)
        )
    found = {}
    is_one_word = sum(not term.is_common for term in query.terms) == 1
    for doc in named:
        record = index.records[doc]
        names: Iterable[RecordName] = kb.names_of(record)
        if is_one_word and not by_sayings:
            names = (name for name in names if not _is_mere_saying(record, name, query.folded))
        hits = (_name_hit(record, name, query) for name in names)
        best = max((hit for hit in hits if hit), key=lambda hit: hit.score, default=None)
        is_sure = best is not None and all(len(read.typed) >= MEDICINE_LETTERS for read in best.corrections)
        is_whole = best is not None and (best.score >= MEDICINE_SCORE or (best.score <= TEXT and is_sure))
        if best and (is_whole or not isinstance(record, Medicine)):
            found[doc] = best
    return found


def _name_hit(record: Record, name: RecordName, query: Query) -> Hit | None:
    """Compare a name with a query: it is the query, begins with it, has its words, or stands among them."""
    if not query.starts.search(name.folded):
        return None
    stems = content_stems(name.folded)
    meant = [query.forms[stem] for stem in stems]
    begins = len(query.folded) >= _LEAST_LETTERS and name.folded.startswith(query.folded)
    if not (begins or any(meant)) or _is_other_phrase(name, stems, query):
        return None
    match = MatchType.EXACT if name.kind is None else MatchType.ALIAS
    lost = WEIGHTS.related_alias if name.kind is AliasKind.RELATED else 0.0
    if query.folded == name.folded:
        points = WEIGHTS.exact_name if name.kind is None else WEIGHTS.exact_alias
        return Hit(record, _score(record, NAME, points - lost, match), match, name.text)
    if begins:
        start, share = WEIGHTS.name_start
        points = start + share * len(query.folded) / len(name.folded) - lost
        return Hit(record, _score(record, PARTIAL_NAME, points, MatchType.PREFIX), MatchType.PREFIX, name.text)
    # Of each word of the query, the likeliest of its meanings that stands in the name.
    every = frozenset().union(*meant)
    taken = [next((stem for stem in term.words if stem in every), "") for term in query.terms]
    is_concept = isinstance(record, Harm | Precaution | Sign | Medicine) and name.text != record.id
    is_telling = is_concept and _is_telling(query, taken)
    band, points = _compare(query, taken, meant, is_telling=is_telling, is_complaint=isinstance(record, Harm))
    tells = query.evidence(taken) >= LEAST_EVIDENCE or f" {query.folded} " in f" {name.folded} "
    if not band or (band < NAME and not tells):
        return None
    pairs = zip(query.terms, taken, strict=True)
    points -= lost + sum(WEIGHTS.correction * (1 - term.probability[stem]) for term, stem in pairs if stem)
    in_order = list(stems) == taken
    if band == NAME:
        points += WEIGHTS.same_order * in_order + WEIGHTS.own_name * (name.kind is None)
    elif band == TEXT and name.kind is None:
        points += WEIGHTS.name_in_query[3]
    corrections = query.corrections(taken)
    if corrections:
        match = MatchType.FUZZY
    elif band == PARTIAL_NAME or (name.kind is None and not in_order):
        match = MatchType.PREFIX
    return Hit(record, _score(record, band, points, match), match, name.text, corrections)


def _is_other_phrase(name: RecordName, stems: Sequence[str], query: Query) -> bool:
    """Whether a name that means its record only word for word shares one word with a query: "my Achilles is gone"."""
    is_phrase = name.kind is AliasKind.PHRASE and len(stems) == 1 and " " in name.folded
    return is_phrase and f" {name.folded} " not in f" {query.folded} " and not name.folded.startswith(query.folded)


_SAYINGS = frozenset({AliasKind.LAY, AliasKind.PHRASE, AliasKind.NARROWER, AliasKind.RELATED, AliasKind.SPELLING})


def _is_mere_saying(record: Record, name: RecordName, word: str) -> bool:
    """Whether a word only stands in a saying: who asks for a bunion asks for no operation.

    A harm is found by sayings of two words too, and by those that begin so.
    """
    is_harm = isinstance(record, Harm)
    is_begun = name.folded.startswith(word) if is_harm else name.folded == word
    return not is_begun and name.kind in _SAYINGS and len(content_stems(name.folded)) > 1 + is_harm


def _compare(
    query: Query, taken: list[str], meant: Sequence[Collection[str]], *, is_telling: bool, is_complaint: bool
) -> tuple[int, float]:
    """Return the band and the points of a name by the words that it shares with a query; no band is 0.

    Common words of the query need not stand in the name, nor where on the body a complaint is. Where others do not, the
    name must be whole, and hold a share of the query or a word that is telling.
    """
    whole = not any(set(taken).isdisjoint(words) for words in meant)
    missing = [term for term, stem in zip(query.terms, taken, strict=True) if not stem]
    coverage = 1 - sum(term.weight for term in missing) / query.total
    if all(term.is_common for term in missing):
        if whole and len(taken) >= len(meant):
            points, share = WEIGHTS.same_words
            return NAME, points + share * coverage
        points, share, length = WEIGHTS.words_of_name
        return PARTIAL_NAME, points + share * coverage + length * min(1, len(taken) / len(meant))
    if whole and is_complaint and all(term.is_common or term.typed in BODY_PLACES for term in missing):
        points, share, length = WEIGHTS.words_of_name
        return PARTIAL_NAME, points + share * coverage + length
    telling = sum(not term.is_common for term in query.terms)
    needed = NAME_COVERAGE if telling >= NAME_COVERAGE_TERMS else MIN_COVERAGE
    if whole and (coverage >= needed or is_telling):
        points, share, words, _ = WEIGHTS.name_in_query
        return TEXT, points + share * coverage + words * (len(meant) > 1)
    return 0, 0


def _is_telling(query: Query, taken: list[str]) -> bool:
    """Whether a word of a name that stands whole in a query is typed as it is, and is no frequent word of English."""
    return any(
        term.probability.get(stem) == 1 and not (term.is_common or is_frequent_english(term.typed))
        for term, stem in zip(query.terms, taken, strict=True)
        if stem
    )


def text_hits(index: Index, query: Query, candidates: Mapping[int, float], named: Mapping[int, Hit]) -> Iterator[Hit]:
    """Yield the records that hold most of a query, or a whole name among its other words, and promise most.

    What counts is which words they hold, where and how close. `candidates` gives the share of the query that each
    holds. A medicine has no text: its texts are names, which are found whole.
    """
    has_words = any(len(term.typed) >= _LEAST_LETTERS and term.typed not in STOP_WORDS for term in query.terms)

    def promise(doc: int) -> tuple[float, int]:
        return -sum(term.weight * (term.texts.get(doc, 0) + term.names.get(doc, 0)) for term in query.terms), doc

    readable = [
        doc
        for doc, share in candidates.items()
        if doc in named or (has_words and share >= MIN_COVERAGE and not isinstance(index.records[doc], Medicine))
    ]
    for doc in nsmallest(RERANK_LIMIT, readable, key=promise):
        if hit := _text_hit(index, query, doc, candidates[doc], named.get(doc)):
            yield hit


def _text_hit(index: Index, query: Query, doc: int, coverage: float, name: Hit | None) -> Hit | None:
    """Weigh the fields in which each word stands; the name in the query, else the passage that holds most, is shown."""
    taken = [next((stem for stem in term.words if doc in term.texts_by_stem[stem]), "") for term in query.terms]
    if name is None and query.evidence(taken) < LEAST_EVIDENCE:
        return None
    pairs = zip(taken, query.terms, strict=True)
    weights = {stem: term.weight * term.probability[stem] / query.total for stem, term in pairs if stem}
    fields = dict.fromkeys(weights, 0.0)
    most, most_named, shown = 0.0, 0.0, ""
    for passage in index.passages(doc):
        if query.starts.search(passage.folded):
            found = frozenset().union(*[query.forms[stem] for stem in content_stems(passage.folded)])
            held = [word for word in weights if word in found]
            for word in held:
                fields[word] += _FIELDS.get(passage.field, 1.0)
            if (share := sum(weights[word] for word in held)) > most:
                most, shown = share, passage.text
            if passage.field in _NAMES:
                most_named = max(most_named, share)
    if name is None and not most:
        return None
    places = sum(weights[word] * where / (where + WEIGHTS.saturation) for word, where in fields.items())
    least, by_field, by_name, by_record, by_passage = WEIGHTS.text
    points = least + by_field * places + by_name * most_named + by_record * coverage + by_passage * most
    lacking = (term for term, stem in zip(query.terms, taken, strict=True) if not stem and doc not in term.names)
    foreign = sum(not term.is_common and max(len(term.names), len(term.texts)) < FOREIGN for term in lacking)
    points += (name.score if name else 0) - WEIGHTS.foreign * foreign
    if points < LEAST_SCORES[query.evidence(taken) >= 2 * LEAST_EVIDENCE]:
        return None
    record = index.records[doc]
    points -= _LESSER.get(record.kind, 0.0)
    if name:
        return name._replace(score=_score(record, TEXT, points, name.match))
    corrections = query.corrections(taken)
    points -= WEIGHTS.corrected_text * bool(corrections)
    return Hit(record, _score(record, TEXT, points, MatchType.TEXT), MatchType.TEXT, shown, corrections)


def linked_records(kb: KnowledgeBase, hit: Hit) -> Iterator[Hit]:
    """Yield the records to which a hit leads; each shows it as its text.

    They are the harms that a case or a citation reports on, those to which a sign points, and the precautions that a
    medicine implies.
    """
    text = hit.record.name if hit.text == hit.record.name else f"{hit.record.name}: {hit.text}"
    for record in _linked(kb, hit.record):
        points = hit.score - WEIGHTS.linked
        yield Hit(record, _score(record, TEXT, points, MatchType.TEXT), MatchType.TEXT, text, hit.corrections)


def _linked(kb: KnowledgeBase, record: Record) -> tuple[Record, ...]:
    match record:
        case Case() | Citation():
            return kb.harms_of(record)
        case Sign():
            return kb.harms_with(record, SignLink.CHARACTERISTIC)
        case Medicine():
            return kb.precautions_of(record)
    return ()


def _score(record: Record, band: int, points: float, match: MatchType) -> int:
    """Return the score of a hit within its band, in which harms lead and citations and cases come last."""
    if isinstance(record, Harm):
        points += _HARM[band]
    elif isinstance(record, Citation | Case) and match is not MatchType.EXACT:
        points -= WEIGHTS.source * (0.2 if band == TEXT else 1)
    return max(1, min(band, round(points)))

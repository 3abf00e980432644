"""A client in free words: what they name, deny, plan, and say that is not known here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from massharm.clinical.triage import Flag, alarms
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Precaution, Record, called
from massharm.kb.vocabulary import AliasKind, Region, Technique
from massharm.search.analysis import COMMON_WORDS, STOP_WORDS, analyse, is_form_of, stem
from massharm.search.query import Correction, Term, parse
from massharm.search.ranking import MatchType, find, indexed, suggest
from massharm.text import fold


class Match(Struct, frozen=True):
    """A record that words of a client's description name, and how: the words, the name, and what was mended."""

    record: Precaution | Harm
    typed: str
    match: MatchType
    text: str
    corrections: tuple[Correction, ...] = ()


class Unknown(Struct, frozen=True):
    """Words that name nothing in the knowledge base, and the names of records that come nearest."""

    typed: str
    near: tuple[str, ...] = ()


class Denied(Struct, frozen=True):
    """Words that deny something, and the records that were left out for it."""

    typed: str
    matches: tuple[Match, ...]


class Part(Struct, frozen=True):
    """A part of a description: what it names and denies, plans, and says that is not known; and its terms."""

    terms: tuple[Term, ...] = ()
    matches: tuple[Match, ...] = ()
    denied: Denied | None = None
    regions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    unknown: Unknown | None = None
    alarms: tuple[Flag, ...] = ()


class _Naming(Struct, frozen=True):
    """A match, and the places of the terms that it took."""

    match: Match
    places: frozenset[int]
    related: bool = False


# What parts a description; a denial reaches to the end of its part, or to a word that joins.
_PARTS = re.compile(r"[,;.:()+]|\bbut\b", re.IGNORECASE)
_JOINTS = frozenset({"and", "with", "plus", "who", "also", "then"})
_DENIALS = frozenset(
    """
    no not never without denies denied deny negative nor neither isnt hasnt havent doesnt dont nil
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
# After these a denial denies nothing: it doubts, or tells what the body no longer does.
_DOUBTS = frozenset(
    """
    sure certain know only yet whether if able feeling sensation pulse urine pass passing like
    """.split()  # noqa: SIM905 - as above
)
# An age; a time ago is none, and weeks and months are one only where somebody is so old.
_AGE = re.compile(
    r"(?<!for )(?<!since )\b(?:aged?\s+)?(\d{1,3})[\s-]*(?:years?|yrs?|yo|y/o)\b(?!\s*ago)(?:[\s-]*olds?)?"
    r"|\b(?:aged?|he's|she's|(?:wom[ae]n|m[ae]n|lady|person|client|patient|female|male|s?he|mum|mother|father|dad|wife"
    r"|husband|grandmother|grandfather)\s+(?:of|is))\s+(\d{1,3})\b(?!\s*(?:weeks?|months?|days?|kg|kilos?))"
    r"|\b(\d0)s\b|\b(\d{1,3})\s?[fm]\b|^\s*(\d{1,3})\s*$"
    r"|\b\d{1,3}[\s-]*(?:months?|mths?|weeks?|wks?|days?)[\s-]*olds?\b",
    re.IGNORECASE,
)
# How many letters make a word another one: breast feeding is no breast.
_COMPOUND = 4
_OVER = re.compile(r"over (\d+)")
# Words of a name that tell when: they need not be said.
_TIMES = frozenset("day days week weeks month months recent recently yet".split())  # noqa: SIM905
_ARTICLES = frozenset("a an the of in my from after massage".split())  # noqa: SIM905
_WHOSE = frozenset({"a", "an", "the", "my", "her", "his", "their"})
# Everyday words for the regions, besides the words of the regions themselves.
_PLACES = {
    Region.HEAD: "scalp skull temple",
    Region.FACE: "cheek jaw forehead",
    Region.NECK: "throat nape",
    Region.SHOULDER: "armpit trapezius",
    Region.ARM: "elbow forearm biceps triceps",
    Region.HAND: "wrist finger thumb palm",
    Region.CHEST: "ribs sternum",
    Region.BACK: "spine lumbar loin",
    Region.ABDOMEN: "belly tummy stomach abdominal",
    Region.PELVIS: "hip groin",
    Region.BUTTOCK: "glute bottom",
    Region.LEG: "calf thigh knee shin ankle hamstring calves",
    Region.FOOT: "feet toe heel sole",
}


def described(kb: KnowledgeBase, words: str) -> tuple[Part, ...]:
    """Read a description part by part; ages are read first."""
    ages = _ages(kb)
    told = {_reached(ages, age): f"age {age}" for age in _told_ages(words)}
    unread = (Part(unknown=Unknown(told[""])),) if "" in told else ()
    text = _AGE.sub(lambda found: f", {_spoken(ages, found)}, ", words)
    parts = (_as_said(part(kb, said), told.get(said.strip(), "")) for said in _PARTS.split(text) if fold(said))
    return (*unread, *parts)


def _as_said(read: Part, said: str) -> Part:
    """Let the matches of an age show it as it was told."""
    return replace(read, matches=tuple(replace(match, typed=said) for match in read.matches)) if said else read


def part(kb: KnowledgeBase, text: str) -> Part:
    """Read a part of a description.

    Every name of a precaution or harm that stands whole in it counts, as it is or misspelt. What names nothing
    is given back: no word of content is passed over.
    """
    tokens = fold(text).split()
    meant = " ".join(token for token in tokens if token not in STOP_WORDS | _DENIALS)
    terms = parse(analyse(meant), indexed(kb)).terms if meant else ()
    named = _longest(_namings(kb, terms, text))
    denial = _denial(tokens)
    denied = [naming.match for naming in named if _is_denied(naming, denial, tokens)]
    if not denied:
        denial = range(0)  # what denies nothing known here may be a sign, and must not be passed over
    taken = {place for naming in named for place in naming.places}.union(denial)
    regions, techniques, rest = _planned([term for place, term in enumerate(terms) if place not in taken])
    signs = () if denied or not meant else alarms(kb, meant)
    matches = tuple(naming.match for naming in named if naming.match not in denied)
    unread = "" if signs else " ".join(term.typed for term in rest)
    # What is said with a no that denied nothing, or names nothing at all, is given back as it was said.
    if not (matches or denied or signs) and (_DENIALS.intersection(tokens) or not (regions or techniques)):
        unread = " ".join(text.split()) if set(tokens) - STOP_WORDS else ""
    return Part(
        tuple(term for place, term in enumerate(terms) if place not in denial),
        matches,
        Denied(" ".join(text.split()), tuple(denied)) if denied else None,
        regions,
        techniques,
        Unknown(unread, _nearest(kb, unread)) if unread else None,
        signs,
    )


def spread(kb: KnowledgeBase, parts: Sequence[Part]) -> Iterator[Match]:
    """Give the precautions for two things at once, such as cancer and a clot, that stand in parts of their own."""
    terms = [term for part in parts for term in part.terms]
    paired: set[str] = set()
    for record, text in _doubles(kb):
        held = [stem(word) for word in _telling(fold(text).split())]
        found = [next((term.typed for term in terms if _stands(term, word)), "") for word in held]
        if all(found) and record.id not in paired:
            paired.add(record.id)
            yield Match(record, " … ".join(dict.fromkeys(found)), MatchType.ALIAS, text)


@lru_cache(maxsize=4)
def _doubles(kb: KnowledgeBase) -> tuple[tuple[Precaution, str], ...]:
    """Give the names of precautions that name two things."""
    names = ((record, text, fold(text).split()) for record in kb.file.precautions for text, _ in called(record))
    return tuple(
        (record, text)
        for record, text, own in names
        if len(_telling(own)) > 1 and (_JOINTS.intersection(own) or "," in text)
    )


# Ages


def _ages(kb: KnowledgeBase) -> list[int]:
    """Give the ages from which there are precautions: those of names such as `over 65`."""
    names = (text for record in kb.file.precautions for text, _ in called(record))
    return sorted(int(over[1]) for name in names if (over := _OVER.fullmatch(fold(name))))


def _told_ages(words: str) -> Iterator[int]:
    """Give the ages in years that are told."""
    for found in _AGE.finditer(words):
        if told := next(filter(None, found.groups()), None):
            yield int(told)


def _reached(ages: Sequence[int], age: int) -> str:
    """Give the name of the highest age that is reached; without one, nothing."""
    return next((f"over {step}" for step in reversed(ages) if step <= age), "")


def _spoken(ages: Sequence[int], found: re.Match[str]) -> str:
    """Say an age as records are called by it; one in weeks or months is an infant's."""
    told = next(filter(None, found.groups()), None)
    return "infant" if told is None else _reached(ages, int(told))


# Denials


def _denial(tokens: Sequence[str]) -> range:
    """Give the places of the terms that a denial reaches; a doubt is none."""
    content = [token not in STOP_WORDS | _DENIALS for token in tokens]
    joined = " ".join(tokens)
    if "ruled out" in joined or "free of" in joined or "free from" in joined:
        return range(sum(content))
    first = next((place for place, token in enumerate(tokens) if token in _DENIALS), len(tokens))
    if _DOUBTS.intersection(tokens[first + 1 : first + 2]) or ("never" in tokens and "like" in tokens):
        return range(0)
    last = next((place for place in range(first, len(tokens)) if tokens[place] in _JOINTS), len(tokens))
    return range(sum(content[:first]), sum(content[:last]))


def _is_denied(naming: _Naming, denial: range, tokens: Sequence[str]) -> bool:
    """Tell whether a name is denied, and is not itself a denial that was said, as `bone has not healed` is."""
    own = _DENIALS.intersection(fold(naming.match.text).split())
    return min(naming.places, default=-1) in denial and not (own and _stands_in(naming.match.text, tokens))


# Names


def _namings(kb: KnowledgeBase, terms: Sequence[Term], said: str) -> Iterator[_Naming]:
    """Give the names that stand whole among terms, the longest of each record."""
    tokens = fold(said).split()
    yield from _wordings(kb, tokens)
    records = indexed(kb).records
    for place in sorted(set().union(*(term.names for term in terms))):
        record = records[place]
        if isinstance(record, Precaution | Harm):
            names = ((text, kind) for text, kind in called(record) if _is_said(record, text, kind, said))
            whole = [naming for text, kind in names if (naming := _naming(record, text, kind, terms))]
            if whole:
                yield max(whole, key=lambda naming: _worth(naming, tokens))


def _wordings(kb: KnowledgeBase, tokens: Sequence[str]) -> Iterator[_Naming]:
    """Give names that are all common words, as `something is not right`, where they stand word for word."""
    for record, text in _common(kb):
        own = fold(text).split()
        if (len(own) > 1 or own == list(tokens)) and _stands_in(text, tokens):
            yield _Naming(Match(record, " ".join(own), MatchType.ALIAS, text), frozenset())


@lru_cache(maxsize=4)
def _common(kb: KnowledgeBase) -> tuple[tuple[Precaution, str], ...]:
    """Give the names of precautions that are all common words."""
    names = ((record, text) for record in kb.file.precautions for text, _ in called(record))
    return tuple((record, text) for record, text in names if not _telling(fold(text).split()))


def _stands_in(text: str, tokens: Sequence[str]) -> bool:
    """Tell whether a name stands word for word; whose it is does not matter."""
    own, said = (" ".join(word for word in words if word not in _WHOSE) for words in (fold(text).split(), tokens))
    return f" {own} " in f" {said} "


def _is_said(record: Record, text: str, kind: AliasKind | None, said: str) -> bool:
    """Tell whether a name may be meant: one with a single word of content must stand word for word.

    An abbreviation that is a common word too must stand in its own letters. Of a harm, whose names often say how
    a massage went, every word must stand but articles and the massage; words that only lead to one do not count.
    """
    own, tokens = fold(text).split(), fold(said).split()
    if isinstance(record, Harm):
        return kind is not AliasKind.RELATED and set(own) - _ARTICLES <= set(tokens)
    if kind is AliasKind.ABBREVIATION and STOP_WORDS.union(COMMON_WORDS).issuperset(own):
        return text in said.split()
    if (len(_telling(own)) > 1 and not _DENIALS.intersection(own)) or len(own) == 1:
        return True
    return _stands_in(text, tokens)


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS | _TIMES | _DENIALS]


def _worth(naming: _Naming, tokens: Sequence[str]) -> tuple[int, int, bool, bool]:
    """Rank the names of a record: the more is said of it, the better; best word for word, and a name before an id."""
    match = naming.match
    literal = len(match.text) if _stands_in(match.text, tokens) else 0
    return len(naming.places), literal, not match.corrections, match.text != match.record.id


def _naming(record: Precaution | Harm, text: str, kind: AliasKind | None, terms: Sequence[Term]) -> _Naming | None:
    """Match a name of which every word is among the terms, near each other."""
    own = fold(text).split()
    held = tuple(map(stem, _telling(own) or own))
    places = [next((place for place, term in enumerate(terms) if _stands(term, word)), None) for word in held]
    whole = sorted({place for place in places if place is not None})
    if None in places or len(whole) < len(set(held)) or whole[-1] - whole[0] > len(held) + 1:
        return None
    mended = tuple(
        Correction(
            terms[place].typed, next(terms[place].words[own] for own in terms[place].words if is_form_of(own, word))
        )
        for place, word in zip(places, held, strict=True)
        if place is not None and max(terms[place].probability.values()) < 1
    )
    how = MatchType.FUZZY if mended else MatchType.EXACT if kind is None else MatchType.ALIAS
    typed = " ".join(term.typed for term in terms[whole[0] : whole[-1] + 1])
    return _Naming(Match(record, typed, how, text, mended), frozenset(whole), kind is AliasKind.RELATED)


def _stands(term: Term, word: str) -> bool:
    """Tell whether a term is a word, or was misspelt for it; another of the same meaning is not enough."""
    surest = max(term.probability.values())
    return any(
        is_form_of(own, word) and len(word) - len(own) < _COMPOUND
        for own, likely in term.probability.items()
        if likely == surest or surest < 1
    )


def _longest(namings: Iterable[_Naming]) -> list[_Naming]:
    """Leave out words that only lead to a record where they are part of what another is called."""
    found = list(namings)
    called_so = [naming.places for naming in found if not naming.related]
    return [naming for naming in found if not (naming.related and any(naming.places < other for other in called_so))]


# Plans


def _planned(left: Sequence[Term]) -> tuple[tuple[str, ...], tuple[str, ...], list[Term]]:
    """Give the regions and techniques among the terms that no name took, and the terms of content beyond them."""
    regions = [region for region in Region if _told(region, left) or any(_means(term, _lay(region)) for term in left)]
    kinds = [kind for kind in Technique if _told(kind, left)]
    said = " ".join([*regions, *map(_lay, regions), *kinds])
    rest = [term for term in left if not (term.is_common or _means(term, said))]
    return tuple(regions), tuple(kinds), rest


def _told(word: Region | Technique, terms: Sequence[Term]) -> bool:
    """Tell whether all that a word of a vocabulary says is among terms."""
    content = [part for part in fold(word).split() if part not in STOP_WORDS]
    return bool(content) and all(any(_means(term, part) for term in terms) for part in content)


def _lay(region: Region) -> str:
    return _PLACES.get(region, "")


def _means(term: Term, words: str) -> bool:
    """Tell whether a term is one of some words."""
    return any(_stands(term, stem(word)) for word in fold(words).split())


def _nearest(kb: KnowledgeBase, words: str) -> tuple[str, ...]:
    """Give the names of what a search would find, or what looks alike."""
    found = find(kb, words, kinds=("precaution", "harm"), limit=3) if fold(words) else ()
    return tuple(hit.record.name for hit in found) or suggest(kb, words)

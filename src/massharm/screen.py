"""What bears on a client: free words to precautions and harms, and what follows from their links."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from massharm.errors import WrongUse
from massharm.index import called
from massharm.kb import SEVERITIES, KnowledgeBase
from massharm.model import Harm, Precaution, Record
from massharm.query import Taken, Term, read
from massharm.redflags import Flag, alarms
from massharm.search import How, find, indexed, suggest
from massharm.select import choose
from massharm.text import fold
from massharm.vocabulary import Advice, AliasKind, Region, Technique
from massharm.words import STOP, begins, stem, stems


class Match(Struct, frozen=True):
    """A record that words of a client's description name, and how: the words, the name, and what was mended."""

    record: Precaution | Harm
    typed: str
    how: How
    text: str
    mended: tuple[Taken, ...] = ()


class Unknown(Struct, frozen=True):
    """Words that name nothing in the knowledge base, and the names of records that come nearest."""

    typed: str
    near: tuple[str, ...]


class Denied(Struct, frozen=True):
    """Words that deny something, and the records that were left out for it."""

    typed: str
    matches: tuple[Match, ...]


class Plan(Struct, frozen=True):
    """The massage that is planned, in the words of the vocabularies."""

    regions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Give the plan as the facets of `select.choose`; what was not told narrows nothing."""
        told = {"region": self.regions, "technique": self.techniques, "provider": self.providers}
        return {facet: words for facet, words in told.items() if words}


class Screening(Struct, frozen=True):
    """What was understood of a client, what was denied or not understood, the plan, and signs that must be seen."""

    matches: tuple[Match, ...]
    denied: tuple[Denied, ...]
    unknown: tuple[Unknown, ...]
    plan: Plan
    alarms: tuple[Flag, ...] = ()

    @property
    def precautions(self) -> tuple[Precaution, ...]:
        """The precautions that were named, each once, what forbids most before what forbids least."""
        found = (match.record for match in self.matches)
        named = {record.id: record for record in found if isinstance(record, Precaution)}
        return tuple(sorted(named.values(), key=lambda record: (_strictest(record), record.name.casefold())))

    @property
    def understood(self) -> bool:
        """Whether anything was."""
        return bool(self.matches or self.alarms or self.plan.facets() or any(part.matches for part in self.denied))


# What parts a description; a denial reaches to the end of its part, or to a word that joins.
_PARTS = re.compile(r"[,;.:()/+]|\bbut\b", re.IGNORECASE)
_JOINTS = frozenset("and with plus who also then".split())  # noqa: SIM905 - a list
_DENIALS = frozenset("no not never without denies denied negative nor neither isnt".split())  # noqa: SIM905 - a list
# An age; weeks and months are one only where somebody is so old: others are those of a pregnancy or an operation.
_AGE = re.compile(
    r"\b(?:aged?\s+)?(\d{1,3})[\s-]*(?:years?|yrs?|yo|y/o)\b(?:[\s-]*olds?)?"
    r"|\b(?:aged?|of)\s+(\d{1,3})\b(?!\s*(?:weeks?|months?|days?))|\b(\d{1,3})\s?[fm]\b|^\s*(\d{1,3})\s*$"
    r"|\b\d{1,3}[\s-]*(?:months?|mths?|weeks?|wks?|days?)[\s-]*olds?\b",
    re.IGNORECASE,
)
_FEW = 2
_OVER = re.compile(r"over (\d+)")
# Words of a name that tell when: they need not be said.
_TIMES = frozenset("day days week weeks month months year years ago recent recently yet".split())  # noqa: SIM905
_ARTICLES = frozenset("a an the of in my from after massage".split())  # noqa: SIM905 - a list
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


def screen(kb: KnowledgeBase, words: str, plan: Plan) -> Screening:
    """Read a client's description: what it names, what it denies, and what it says that is not known here.

    Every name and alias of a precaution or harm that stands whole in a part of the description counts, as it
    is or misspelt; related aliases of harms do not. Words of regions and techniques that belong to no such name
    join the plan. Nothing is passed over: a word of content that names nothing is given back.

    Raises:
        WrongUse: nothing was described, or the plan has a word that its vocabulary has not.
    """
    if not fold(words) and not plan.facets():
        raise WrongUse("describe the client, as in: massharm screen warfarin, osteoporosis --region neck")
    choose(kb, "harm", plan.facets())  # refuses a word that is in no vocabulary
    text, ages = _aged(kb, words)
    parts = [_read(kb, part) for part in _PARTS.split(text) if fold(part)]
    # What is planned may be a precaution itself, such as a massage gun; where it is none, the plan still stands.
    planned = [_read(kb, word.replace("-", " ")) for word in plan.techniques]
    return Screening(
        _once(match for part in (*parts, *planned) for match in part.matches),
        tuple(part.denied for part in parts if part.denied),
        (*ages, *(unknown for part in parts for unknown in part.unknown)),
        Plan(
            tuple(dict.fromkeys((*plan.regions, *(word for part in parts for word in part.regions)))),
            tuple(dict.fromkeys((*plan.techniques, *(word for part in parts for word in part.techniques)))),
            plan.providers,
        ),
        tuple({flag.harm.id: flag for part in parts for flag in part.alarms}.values()),
    )


def bearing(kb: KnowledgeBase, found: Screening) -> tuple[Harm, ...]:
    """Give the harms that the named precautions bear on, and those named themselves, worst first."""
    named = [match.record for match in found.matches if isinstance(match.record, Harm)]
    harms = {harm.id: harm for harm in chain(named, *map(kb.harms_of, found.precautions))}
    return tuple(sorted(harms.values(), key=lambda harm: (-SEVERITIES[harm.severity], harm.name.casefold())))


def reported(kb: KnowledgeBase, found: Screening) -> tuple[Harm, ...]:
    """Give the harms reported of what is planned, worst first."""
    facets = found.plan.facets()
    return tuple(record for record in choose(kb, "harm", facets) if isinstance(record, Harm)) if facets else ()


# Reading


def _aged(kb: KnowledgeBase, words: str) -> tuple[str, tuple[Unknown, ...]]:
    """Say ages in words that records are called by: the highest "over 65" that one reaches, or an infant.

    An age for which there is no such word is given back as not known.
    """
    names = (text for record in kb.file.precautions for text, _ in called(record))
    steps = sorted(int(over[1]) for name in names if (over := _OVER.fullmatch(fold(name))))
    unread: list[Unknown] = []

    def say(found: re.Match[str]) -> str:
        told = next(filter(None, found.groups()), None)
        if told is None:
            return ", infant, "
        reached = [step for step in steps if step <= int(told)]
        if not reached:
            unread.append(Unknown(f"age {int(told)}", ()))
        return f", over {reached[-1]}, " if reached else ", "

    return _AGE.sub(say, words), tuple(unread)


class _Part(Struct, frozen=True):
    """What a part of a description names, denies, plans, and says that is not known."""

    matches: tuple[Match, ...] = ()
    denied: Denied | None = None
    regions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    alarms: tuple[Flag, ...] = ()


class _Naming(Struct, frozen=True):
    """A match, and the places of the terms that it took."""

    match: Match
    places: frozenset[int]
    related: bool = False


def _read(kb: KnowledgeBase, text: str) -> _Part:
    tokens = fold(text).split()
    meant = " ".join(token for token in tokens if token not in STOP | _DENIALS)
    terms = read(meant, indexed(kb)).terms if meant else ()
    named = _longest(_namings(kb, terms, tokens))
    taken = {place for naming in named for place in naming.places}
    left = [(place, term) for place, term in enumerate(terms) if place not in taken]
    denial = _denial(tokens)
    regions, techniques, rest = _planned([(place, term) for place, term in left if place not in denial])
    partly = [naming for place, _ in rest for naming in _partly(kb, terms, place)]
    named += partly
    understood = {place for naming in partly for place in naming.places}
    denied = [naming.match for naming in named if _is_denied(naming, denial)]
    signs = () if denial or not meant else alarms(kb, text)
    unread = "" if signs else " ".join(term.typed for place, term in rest if place not in understood)
    unknown = unread and (unread if named else " ".join(text.split()))
    return _Part(
        tuple(naming.match for naming in named if naming.match not in denied),
        Denied(" ".join(text.split()), tuple(denied)) if denial else None,
        regions,
        techniques,
        (Unknown(unknown, _nearest(kb, unknown)),) if unknown else (),
        signs,
    )


def _denial(tokens: Sequence[str]) -> range:
    """Give the places of the terms that a denial reaches."""
    first = next((place for place, token in enumerate(tokens) if token in _DENIALS), len(tokens))
    last = next((place for place in range(first, len(tokens)) if tokens[place] in _JOINTS), len(tokens))
    content = [token not in STOP | _DENIALS for token in tokens]
    return range(sum(content[:first]), sum(content[:last]))


def _planned(left: Iterable[tuple[int, Term]]) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[int, Term]]]:
    """Give the regions and techniques among the terms that no name took, and the terms of content beyond them."""
    terms = [term for _, term in left]
    places = {region: f"{region} {_PLACES.get(region, '')}" for region in Region}
    regions = [region for region in Region if any(_means(term, places[region]) for term in terms)]
    kinds = [kind for kind in Technique if all(any(_means(term, word) for term in terms) for word in _content(kind))]
    said = " ".join([*(places[region] for region in regions), *kinds])
    rest = [(place, term) for place, term in left if not term.light and not _means(term, said)]
    return tuple(regions), tuple(kinds), rest


def _namings(kb: KnowledgeBase, terms: Sequence[Term], tokens: Sequence[str]) -> Iterator[_Naming]:
    """Give the names that stand whole among terms, the longest of each record."""
    yield from _wordings(kb, tokens)
    records = indexed(kb).records
    for place in sorted(set().union(*(term.names for term in terms))):
        record = records[place]
        if isinstance(record, Precaution | Harm):
            names = ((text, kind) for text, kind in called(record) if _is_said(record, text, kind, tokens))
            whole = [naming for text, kind in names if (naming := _naming(record, text, kind, terms))]
            if whole:
                yield max(whole, key=lambda naming: _worth(naming, tokens))


def _wordings(kb: KnowledgeBase, tokens: Sequence[str]) -> Iterator[_Naming]:
    """Give names that are all common words, as `something is not right`, where they stand word for word."""
    for record in kb.file.precautions:
        for text, kind in called(record):
            own = fold(text).split()
            if not _telling(own) and (len(own) > 1 or own == list(tokens)) and _stands_in(text, tokens):
                how = How.EXACT if kind is None else How.ALIAS
                yield _Naming(Match(record, " ".join(own), how, text), frozenset())


def _stands_in(text: str, tokens: Sequence[str]) -> bool:
    return f" {fold(text)} " in f" {' '.join(tokens)} "


def _is_said(record: Record, text: str, kind: AliasKind | None, tokens: Sequence[str]) -> bool:
    """Tell whether a name may be meant: one with a single word of content must stand word for word.

    Of a harm, whose names often say how a massage went, every word must stand but articles and the massage.
    """
    own = fold(text).split()
    if isinstance(record, Harm):
        return kind is not AliasKind.RELATED and set(own) - _ARTICLES <= set(tokens)
    if len(_telling(own)) > 1 or len(own) == 1:
        return True
    return _stands_in(text, tokens)


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in STOP | _TIMES | _DENIALS]


def _worth(naming: _Naming, tokens: Sequence[str]) -> tuple[int, int, bool, bool]:
    """Rank the names of a record: the more is said of it, the better; best word for word, and a name before an id."""
    match = naming.match
    literal = len(match.text) if _stands_in(match.text, tokens) else 0
    return len(naming.places), literal, not match.mended, match.text != match.record.id


def _naming(record: Precaution | Harm, text: str, kind: AliasKind | None, terms: Sequence[Term]) -> _Naming | None:
    """Match a name of which every word is among the terms, near each other."""
    own = fold(text).split()
    held = tuple(map(stem, _telling(own) or own))
    places = [next((place for place, term in enumerate(terms) if _stands(term, word)), None) for word in held]
    whole = sorted({place for place in places if place is not None})
    if None in places or len(whole) < len(set(held)) or whole[-1] - whole[0] > len(held):
        return None
    mended = tuple(
        Taken(terms[place].typed, next(terms[place].words[own] for own in terms[place].words if begins(own, word)))
        for place, word in zip(places, held, strict=True)
        if place is not None and max(terms[place].likely.values()) < 1
    )
    how = How.FUZZY if mended else How.EXACT if kind is None else How.ALIAS
    typed = " ".join(term.typed for term in terms[whole[0] : whole[-1] + 1])
    return _Naming(Match(record, typed, how, text, mended), frozenset(whole), kind is AliasKind.RELATED)


def _stands(term: Term, word: str) -> bool:
    """Tell whether a term is a word, or was misspelt for it; another of the same meaning is not enough."""
    surest = max(term.likely.values())
    return any(begins(own, word) for own, likely in term.likely.items() if likely in {surest, 1.0} or surest < 1)


def _longest(namings: Iterable[_Naming]) -> list[_Naming]:
    """Leave out words that only lead to a record where they are part of a longer name."""
    found = list(namings)
    return [naming for naming in found if not (naming.related and any(naming.places < other.places for other in found))]


def _is_denied(naming: _Naming, denial: range) -> bool:
    """Tell whether a name follows a denial, and is not itself one, as `bone has not healed` is."""
    return min(naming.places, default=-1) in denial and not _DENIALS.intersection(fold(naming.match.text).split())


def _content(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in STOP] or ["massage"]


def _means(term: Term, words: str) -> bool:
    """Tell whether a term is one of some words."""
    return any(stem(word) in term.words for word in fold(words).split())


def _partly(kb: KnowledgeBase, terms: Sequence[Term], place: int) -> list[_Naming]:
    """Give the precautions of which a name has a word that is so rare that few do, with what else it has."""
    term = terms[place]
    found = [record for record in map(indexed(kb).records.__getitem__, term.names) if isinstance(record, Precaution)]
    if len(found) > _FEW or max(term.likely.values()) < 1:
        return []
    namings = []
    for record in found:
        text = next(text for text, _ in called(record) if any(_stands(term, word) for word in stems(text)))
        held = {other for other, one in enumerate(terms) if any(_stands(one, word) for word in stems(text))}
        typed = " ".join(terms[other].typed for other in sorted(held))
        namings.append(_Naming(Match(record, typed, How.PREFIX, text), frozenset(held)))
    return namings


def _nearest(kb: KnowledgeBase, words: str) -> tuple[str, ...]:
    found = find(kb, words, kinds=("precaution", "harm"), limit=3)
    return tuple(hit.record.name for hit in found) or suggest(kb, words)


def _once(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Give each record once, with the first words that named it."""
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.record.id, match)
    return tuple(found.values())


def _strictest(record: Precaution) -> int:
    return list(Advice).index(record.strongest_first[0].level)

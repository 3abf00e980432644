"""Warning signs: all of them, those of a harm or a region, or those that somebody describes; the most urgent first."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.clinical.concepts import Mention, mentions, phrase_of
from massharm.clinical.context import NEGATION_TRIGGERS
from massharm.clinical.names import TELLING
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.parts import When
from massharm.kb.records import Harm, Record, Sign
from massharm.kb.vocabulary import AliasKind, Region, Urgency
from massharm.search.analysis import analyse, check_size, is_form_of, stems
from massharm.search.query import Query, Term, parse
from massharm.search.ranking import find, indexed
from massharm.text import fold

RELATIVE_FLOOR = 0.6
"""The share of what the best match holds below which a sign shares only some words with a description."""
MIN_COVERAGE = 0.6
"""The share of a description, by weight, that a sign must hold to be what is described."""
ALARM_COVERAGE = 0.75
"""The share of the words of a wording that must be said to raise an alarm: of three words all, of four three."""
MIN_SPECIFIC = 2
"""Words that a sign must hold, besides places and pain, to raise an alarm: people come to a massage with pain."""

_UNHELD = NEGATION_TRIGGERS | TELLING
"""Words that decide what a sign says, and are left out of a query."""
_PAIN = "pain painful sore ache aching hurts"


class PresentSign(Struct, frozen=True):
    """A warning sign that somebody has: the words that say so, and how urgent it is with what else is present."""

    sign: Sign
    typed: str
    urgency: Urgency

    @property
    def instruction(self) -> str:
        """What to do: the sign's own instruction, or the phrase of the urgency where something raises it."""
        own = self.sign.instruction
        return own.text if own and self.urgency is self.sign.urgency else f"{self.urgency.heading}."


class RedFlags(Struct, frozen=True):
    """Warning signs, the most urgent first, and where they come from.

    `harm` is the harm that was named, whose signs they are; `described` tells signs that were recognised in a
    description from signs that are listed. Without signs, `near` are the harms that the words lead to.
    `unmatched_words` are those that no sign holds.
    """

    signs: tuple[PresentSign, ...]
    harm: Harm | None = None
    described: bool = False
    near: tuple[Harm, ...] = ()
    unmatched_words: tuple[str, ...] = ()


def redflags(kb: KnowledgeBase, words: str = "", regions: Collection[str] = ()) -> RedFlags:
    """Return all warning signs, those of the harm that is named, or those that are described.

    They stand by urgency, however rare their harms are. Regions leave only the signs of harms of massage there.

    Raises:
        WrongUse: a region is none of the vocabulary's, or the words have no letter and no digit or are too many.
    """
    check_size(words)
    tokens = analyse(words)
    if words and not tokens:
        raise WrongUse("there is no letter and no digit in that; describe a sign, as in: massharm redflags headache")
    harms = [record for record in select_records(kb, "harm", {"region": tuple(regions)}) if isinstance(record, Harm)]
    allowed = {part.sign for harm in harms for part in harm.warning_signs}
    signs = [sign for sign in kb.file.signs if not regions or sign.id in allowed]
    if not words:
        return RedFlags(_ranked(_listed(signs)))
    asked = parse(tokens, indexed(kb))
    named = next((harm for harm in _named(kb, asked) if harm in harms), None)
    if named:
        return RedFlags(tuple(_listed(sign for sign, _ in kb.signs_of(named))), harm=named)
    found = {
        part.sign.id: part
        for part in (*_described(kb, asked, signs), *named_signs(mentions(kb, phrase_of(kb, tokens))))
    }
    allowed = {sign.id for sign in signs}
    present = _ranked(part for part in found.values() if part.sign.id in allowed)
    if present:
        return RedFlags(present, described=True, unmatched_words=tuple(_unmatched(kb, asked, present)))
    near = (hit.record for hit in find(kb, words, kinds=("harm",)))
    return RedFlags((), near=tuple(record for record in near if isinstance(record, Harm)))


def named_signs(found: Iterable[Mention]) -> Iterator[PresentSign]:
    """Yield the signs among mentions."""
    for part in found:
        if isinstance(part.record, Sign):
            yield PresentSign(part.record, part.typed, part.record.urgency)


def alarms(kb: KnowledgeBase, found: Iterable[Mention], asked: Query, *, has_negation: bool) -> tuple[PresentSign, ...]:
    """Return the warning signs that are named, and those whose words are described.

    A description beside a negation names its signs or has none, because the negation may be of the sign.
    """
    signs = {part.sign.id: part for part in named_signs(found)}
    for sign, typed in signs_described(kb, asked, has_negation=has_negation):
        signs.setdefault(sign.id, PresentSign(sign, typed, sign.urgency))
    return tuple(signs.values())


def raise_together(found: Iterable[PresentSign], present: Collection[str]) -> tuple[PresentSign, ...]:
    """Return signs, each once and the most urgent first, raised by the records whose ids are present."""
    once = {part.sign.id: part for part in found}
    return _ranked(PresentSign(part.sign, part.typed, _raised(part.sign, present)) for part in once.values())


def _raised(sign: Sign, present: Collection[str]) -> Urgency:
    """Return how urgent a sign is beside the records whose ids are present."""
    urgencies = [part.urgency for part in sign.raised_by if _holds_for(part.circumstances, present)]
    return min((sign.urgency, *urgencies), key=lambda urgency: urgency.rank)


def _holds_for(when: When, present: Collection[str]) -> bool:
    """Whether circumstances that are told by records alone hold; numbers are not read yet."""
    return bool(when.records) and When(records=when.records) == when and not set(when.records).isdisjoint(present)


def signs_described(kb: KnowledgeBase, asked: Query, *, has_negation: bool = False) -> Iterator[tuple[Sign, str]]:
    """Yield the signs that a description holds, each with its words; of an empty description, none.

    A sign is described if one of its wordings holds most of the words, of which two must say more than a place or a
    pain. It is too if all words of a wording stand among them, however much else is said, and one says more: but not
    beside a negation, which may be of this sign. A word that was guessed among several does not count.
    """
    sure = {place: likeliest for place, term in enumerate(asked.terms) if len(likeliest := _likeliest(term)) == 1}
    specific = {place for place in sure if _is_specific(asked.terms[place])}
    if not specific:
        return
    found: dict[str, tuple[Sign, str]] = {}
    for sign, text, held in _wordings_in(kb).holding(sure):
        whole = not has_negation and not specific.isdisjoint(held) and _stands_whole(text, held.values())
        most = sum(asked.terms[place].weight for place in held) >= MIN_COVERAGE * asked.total
        if whole or (most and len(specific & held.keys()) >= MIN_SPECIFIC and _holds(text, held, ALARM_COVERAGE)):
            found.setdefault(sign.id, (sign, " ".join(asked.terms[place].typed for place in sorted(held))))
    yield from found.values()


def _holds(text: str, held: Mapping[int, str], share: float) -> bool:
    """Whether a description holds a share of the words of a wording, all its numbers among them."""
    words = set(stems(text))
    numbers = {word for word in words if word.isdigit()}
    return len(held) >= share * len(words) and numbers.issubset(held.values())


def _stands_whole(text: str, held: Collection[str]) -> bool:
    """Whether each of the two or more content words of a wording is a form of a stem held.

    A wording that hangs on a word which no stem holds, as `passing no urine` on its "no", never does.
    """
    words = set(stems(text))
    return (
        len(words) >= MIN_SPECIFIC
        and _UNHELD.isdisjoint(fold(text).split())
        and all(any(is_form_of(stem, word) for stem in held) for word in words)
    )


def _named(kb: KnowledgeBase, asked: Query) -> Iterator[Harm]:
    """Yield the harms that a description names; none where it names a sign, which then is what somebody has.

    Words that only lead to a harm are no name of it. Only records whose names have all its words are looked at.
    """
    records = indexed(kb).records
    places = set.intersection(*(set(term.names) for term in asked.terms))
    called = [records[place] for place in sorted(places) if _is_called(records[place], asked.folded, kb)]
    if not any(isinstance(record, Sign) for record in called):
        yield from (record for record in called if isinstance(record, Harm))


def _is_called(record: Record, folded: str, kb: KnowledgeBase) -> bool:
    return any(name.folded == folded and name.kind is not AliasKind.RELATED for name in kb.names_of(record))


def _described(kb: KnowledgeBase, asked: Query, signs: Iterable[Sign]) -> Iterator[PresentSign]:
    """Yield the signs a wording of which holds more of a description than `RELATIVE_FLOOR` of what the best one does.

    The description must hold most of the wording. One of the words held must be specific, or none of the description
    is.
    """
    terms = asked.terms
    specific = {place for place, term in enumerate(terms) if _is_specific(term)} or set(range(len(terms)))
    shares: dict[str, float] = {}
    for sign, text, held in _wordings_in(kb).holding({place: term.words for place, term in enumerate(terms)}):
        if not specific.isdisjoint(held) and _holds(text, held, MIN_COVERAGE):
            weight = sum(terms[place].weight * terms[place].probability[stem] for place, stem in held.items())
            shares[sign.id] = max(shares.get(sign.id, 0), weight / asked.total)
    floor = RELATIVE_FLOOR * max(shares.values(), default=0)
    for sign in signs:
        if shares.get(sign.id, -1) >= floor:
            yield PresentSign(sign, asked.folded, sign.urgency)


def _unmatched(kb: KnowledgeBase, asked: Query, found: Iterable[PresentSign]) -> Iterator[str]:
    """Yield the words of a description that stand in no wording of these signs."""
    ids = {part.sign.id for part in found}
    holding = _wordings_in(kb).holding({place: term.words for place, term in enumerate(asked.terms)})
    held = {place for sign, _, places in holding if sign.id in ids for place in places}
    yield from (term.typed for place, term in enumerate(asked.terms) if not (term.is_common or place in held))


# Words of signs


class _Wordings:
    """The wordings of all warning signs, their names and aliases, by the stems of their words."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the stems of each wording once."""
        self.wordings = [
            (sign, text)
            for sign in kb.file.signs
            for text in dict.fromkeys((sign.name, *(alias.text for alias in sign.aliases)))
        ]
        """Each wording with its sign."""
        self._holders: dict[str, list[int]] = {}
        for place, (_, text) in enumerate(self.wordings):
            for stem in dict.fromkeys(stems(text)):
                self._holders.setdefault(stem, []).append(place)
        self._stems = sorted(self._holders)

    def holding(self, wanted: Mapping[int, Iterable[str]]) -> Iterator[tuple[Sign, str, dict[int, str]]]:
        """Yield the wordings that hold a stem wanted at a place, with the first stem that stands for each place."""
        found: dict[int, dict[int, str]] = {}
        for place, meant in wanted.items():
            for stem in meant:
                for wording in self._holding(stem):
                    found.setdefault(wording, {}).setdefault(place, stem)
        for wording, held in found.items():
            yield *self.wordings[wording], held

    def _holding(self, wanted: str) -> Iterator[int]:
        """Yield the wordings with a word that is a form of a stem."""
        for place in range(bisect_left(self._stems, wanted), len(self._stems)):
            stem = self._stems[place]
            if not stem.startswith(wanted):
                return
            if is_form_of(wanted, stem):
                yield from self._holders[stem]


_wordings: WeakKeyDictionary[KnowledgeBase, _Wordings] = WeakKeyDictionary()


def _wordings_in(kb: KnowledgeBase) -> _Wordings:
    """Return the wordings of the signs of a knowledge base, taken once."""
    if kb not in _wordings:
        _wordings[kb] = _Wordings(kb)
    return _wordings[kb]


def _likeliest(term: Term) -> tuple[str, ...]:
    """Return the stems that a term most probably is."""
    highest = max(term.probability.values())
    return tuple(stem for stem, probability in term.probability.items() if probability == highest)


def _is_specific(term: Term) -> bool:
    """Whether a term says more than a place or a pain."""
    return not (term.is_common or _places_and_pain() & term.words.keys())


@cache
def _places_and_pain() -> frozenset[str]:
    """Return the stems of the words for regions and for pain."""
    return frozenset(stem for text in (*Region, _PAIN) for stem in stems(text))


# Order


def _listed(signs: Iterable[Sign]) -> Iterator[PresentSign]:
    """Yield signs that are listed, and that nobody is said to have."""
    return (PresentSign(sign, "", sign.urgency) for sign in signs)


def _ranked(found: Iterable[PresentSign]) -> tuple[PresentSign, ...]:
    """Return signs, the most urgent first, then by name."""
    return tuple(sorted(found, key=lambda part: (part.urgency.rank, part.sign.name.casefold())))

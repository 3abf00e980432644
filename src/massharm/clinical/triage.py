"""Warning signs: those of a harm, those of a region, or those that somebody describes; the most urgent first."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.clinical.context import NEGATION_TRIGGERS
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.parts import Sign
from massharm.kb.records import Harm
from massharm.kb.vocabulary import Region, Urgency
from massharm.search.analysis import analyse, check_size, is_form_of, stems
from massharm.search.query import Correction, Query, Term, parse
from massharm.search.ranking import find, indexed

RELATIVE_FLOOR = 0.25
"""The share of what the best match holds below which a harm shares only common words with a description."""
MIN_COVERAGE = 0.6
"""The share of a description, by weight, that a sign must hold to be what is described."""
MIN_SPECIFIC = 2
"""Words that a sign must hold, besides places and pain, to raise an alarm: people come to a massage with pain."""

_UNHELD = NEGATION_TRIGGERS | {"new"}
"""Words that decide what a sign says, and are left out of a query."""
_PAIN = "pain painful sore ache aching hurts"


class Flag(Struct, frozen=True):
    """A harm with those of its warning signs that were asked for, the most urgent first.

    `share` is the share of the description that the signs hold, by weight, from 0 to 1; `corrections` are the words
    that were read as others.
    """

    harm: Harm
    signs: tuple[Sign, ...]
    share: float = 1.0
    corrections: tuple[Correction, ...] = ()

    @property
    def urgency(self) -> Urgency:
        """The urgency of the most urgent sign."""
        return self.signs[0].urgency


class RedFlags(Struct, frozen=True):
    """The harms of which warning signs were found, the most urgent first, and the words that none of them holds."""

    flags: tuple[Flag, ...]
    unmatched_words: tuple[str, ...] = ()


def redflags(kb: KnowledgeBase, words: str = "", regions: Collection[str] = ()) -> RedFlags:
    """Return the warning signs of all harms, of the harm that is named, or those that are described.

    They stand by urgency, then by the share of the description that they hold; how rare a harm is never counts.
    Regions leave only the harms of massage there.

    Raises:
        WrongUse: a region is none of the vocabulary's, or the words have no letter and no digit or are too many.
    """
    check_size(words)
    tokens = analyse(words)
    if words and not tokens:
        raise WrongUse("there is no letter and no digit in that; describe a sign, as in: massharm redflags headache")
    harms = [record for record in select_records(kb, "harm", {"region": tuple(regions)}) if isinstance(record, Harm)]
    signed = {harm.id: harm for harm in harms if harm.warning_signs}
    if not words:
        return RedFlags(_ranked(map(_all_signs, signed.values())))
    asked = parse(tokens, indexed(kb))
    named = {harm.id: harm for harm in _named(kb, asked) if harm.id in signed}
    if named:
        # What names a harm may be a sign of others too.
        others = (flag for flag in signs_present(kb, asked, least=1) if flag.harm.id in signed.keys() - named.keys())
        flags = _ranked((*map(_all_signs, named.values()), *others))
    else:
        flags = _described(kb, asked, signed.values()) or _ranked(
            Flag(hit.record, _by_urgency(hit.record.warning_signs), hit.score / 100, hit.corrections)
            for hit in find(kb, words, kinds=("harm",))
            if isinstance(hit.record, Harm) and hit.record.id in signed
        )
    return RedFlags(flags, tuple(_unmatched(kb, asked, flags)) if flags else ())


def signs_present(
    kb: KnowledgeBase, asked: Query, least: int = MIN_SPECIFIC, *, has_negation: bool = False
) -> tuple[Flag, ...]:
    """Return the harms of which a warning sign is described; of an empty description, none.

    A sign is described if it holds most of the words, of which `least` must say more than a place or a pain. It is too
    if all its own words stand among them, however much else is said, and one says more: but not beside a negation,
    which may be of this sign. A word that was guessed among several does not count.
    """
    sure = {place: likeliest for place, term in enumerate(asked.terms) if len(likeliest := _likeliest(term)) == 1}
    specific = {place for place in sure if _is_specific(asked.terms[place])}
    if not specific:
        return ()
    present = {
        text
        for text, held in _signs_in(kb).holding(sure).items()
        if (not has_negation and not specific.isdisjoint(held) and _stands_whole(text, held.values()))
        or (
            len(specific & held.keys()) >= least
            and sum(asked.terms[place].weight for place in held) >= MIN_COVERAGE * asked.total
        )
    }
    corrections = asked.corrections([_likeliest(term)[0] for term in asked.terms])
    found = ((harm, [sign for sign in harm.warning_signs if sign.text in present]) for harm in kb.file.harms)
    return _ranked(Flag(harm, _by_urgency(signs), 1.0, corrections) for harm, signs in found if signs)


def _stands_whole(text: str, held: Collection[str]) -> bool:
    """Whether each of the two or more content words of a sign is a form of a stem held.

    A sign that hangs on a word which no stem holds, as `passing no urine` on its "no", never does.
    """
    words = set(stems(text))
    return (
        len(words) >= MIN_SPECIFIC
        and _UNHELD.isdisjoint(text.split())
        and all(any(is_form_of(stem, word) for stem in held) for word in words)
    )


def _named(kb: KnowledgeBase, asked: Query) -> Iterator[Harm]:
    """Yield the harms that have a description as a name; only those whose names have all its words are looked at."""
    records = indexed(kb).records
    for place in set.intersection(*(set(term.names) for term in asked.terms)):
        record = records[place]
        if isinstance(record, Harm) and any(name.folded == asked.folded for name in kb.names_of(record)):
            yield record


def _described(kb: KnowledgeBase, asked: Query, harms: Iterable[Harm]) -> tuple[Flag, ...]:
    """Return the harms of which a sign holds a specific word of a description, or any word where none is specific.

    Harms whose signs hold little of what those of the best one do are left out.
    """
    terms = asked.terms
    specific = {place for place, term in enumerate(terms) if _is_specific(term)} or set(range(len(terms)))
    by_text = _signs_in(kb).holding({place: term.words for place, term in enumerate(terms)})
    flags = []
    for harm in harms:
        signs = [sign for sign in harm.warning_signs if not specific.isdisjoint(by_text.get(sign.text, ()))]
        held = {place: stem for sign in signs for place, stem in by_text[sign.text].items()}
        if signs:
            weight = sum(terms[place].weight * terms[place].probability[stem] for place, stem in held.items())
            corrections = asked.corrections([held.get(place, "") for place in range(len(terms))])
            flags.append(Flag(harm, _by_urgency(signs), weight / asked.total, corrections))
    floor = RELATIVE_FLOOR * max((flag.share for flag in flags), default=0)
    return _ranked(flag for flag in flags if flag.share >= floor)


def _unmatched(kb: KnowledgeBase, asked: Query, flags: Sequence[Flag]) -> Iterator[str]:
    """Yield the words of a description that stand in none of these signs and in no name of their harms."""
    texts = {sign.text for flag in flags for sign in flag.signs}
    by_text = _signs_in(kb).holding({place: term.words for place, term in enumerate(asked.terms)})
    held = {place for text in texts & by_text.keys() for place in by_text[text]}
    ids = {flag.harm.id for flag in flags}
    harms = {place for place, record in enumerate(indexed(kb).records) if record.id in ids}
    for place, term in enumerate(asked.terms):
        if not (term.is_common or place in held or not harms.isdisjoint(term.names)):
            yield term.typed


# Words of signs


class _Signs:
    """The texts of all warning signs by the stems of their words."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the stems of each text once."""
        self._texts: dict[str, list[str]] = {}
        for text in dict.fromkeys(sign.text for harm in kb.file.harms for sign in harm.warning_signs):
            for stem in dict.fromkeys(stems(text)):
                self._texts.setdefault(stem, []).append(text)
        self._stems = sorted(self._texts)

    def holding(self, wanted: Mapping[int, Iterable[str]]) -> dict[str, dict[int, str]]:
        """Return the texts that hold one of the stems wanted at a place, with the first stem that stands for each."""
        found: dict[str, dict[int, str]] = {}
        for place, meant in wanted.items():
            for stem in meant:
                for text in self._holding(stem):
                    found.setdefault(text, {}).setdefault(place, stem)
        return found

    def _holding(self, wanted: str) -> Iterator[str]:
        """Yield the texts with a word that is a form of a stem."""
        for place in range(bisect_left(self._stems, wanted), len(self._stems)):
            stem = self._stems[place]
            if not stem.startswith(wanted):
                return
            if is_form_of(wanted, stem):
                yield from self._texts[stem]


_signs: WeakKeyDictionary[KnowledgeBase, _Signs] = WeakKeyDictionary()


def _signs_in(kb: KnowledgeBase) -> _Signs:
    """Return the signs of a knowledge base, taken once."""
    if kb not in _signs:
        _signs[kb] = _Signs(kb)
    return _signs[kb]


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


def _all_signs(harm: Harm) -> Flag:
    """Return a harm with all its warning signs."""
    return Flag(harm, _by_urgency(harm.warning_signs))


def _by_urgency(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Return signs, the most urgent first."""
    return tuple(sorted(signs, key=lambda sign: sign.urgency.rank))


def _ranked(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Return flags by urgency, then by share, then by the severity and the name of the harm."""

    def key(flag: Flag) -> tuple[int, float, int, str]:
        return flag.urgency.rank, -round(flag.share, 6), flag.harm.severity.rank, flag.harm.name.casefold()

    return tuple(sorted(flags, key=key))

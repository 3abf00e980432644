"""Screening: from what a description names and denies to the precautions and harms that matter."""

from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from massharm.clinical.concepts import (
    Mention,
    age_mentions,
    combined_conditions,
    mentions,
    parted_signs,
    phrase_of,
    plan_words,
)
from massharm.clinical.context import NEGATION_TRIGGERS, scopes
from massharm.clinical.recognised import fillers_of, recognised_in
from massharm.clinical.segments import Segment, segments
from massharm.clinical.triage import PresentSign, alarms, named_signs, raise_together
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records, vocabulary_words
from massharm.kb.parts import Recognised
from massharm.kb.records import Harm, Medicine, Precaution, Record
from massharm.kb.vocabulary import Region, Technique
from massharm.search.analysis import STOP_WORDS, analyse
from massharm.search.query import Query, Term
from massharm.search.ranking import find, suggest

MAX_SUGGESTED = 10
"""How many unknown parts of a description come with the nearest names: each takes a search."""
NEIGHBOURS = 3
"""How many parts of a description, one after the other, a wording with commas may run through."""
LONGEST_NAME = 200
"""How many characters an unknown part may have to come with the nearest names: longer ones are no misspelt names."""


class Plan(Struct, frozen=True):
    """The massage that is planned, in the words of the vocabularies."""

    regions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the plan as facets of `filters.select_records`, without those that nothing is planned for."""
        words = {"region": self.regions, "technique": self.techniques, "provider": self.providers}
        return {facet: planned for facet, planned in words.items() if planned}


class Unknown(Struct, frozen=True):
    """Words that name nothing in the knowledge base, and the names of records that come nearest."""

    typed: str
    near: tuple[str, ...] = ()


class Denied(Struct, frozen=True):
    """Words that deny something, and what they mention and so is not screened."""

    typed: str
    mentions: tuple[Mention, ...]


class Screening(Struct, frozen=True):
    """What was read in a client's description, and what follows from it.

    `recognised` is that about which nothing is advised. `alarms` are warning signs among the words, the most urgent
    first. `precautions` are those mentioned or implied by
    a medicine, the strictest first. `harms` are those that they bear on or that are mentioned, `reported` the others
    that are reported of what is planned, both worst first.
    """

    mentions: tuple[Mention, ...]
    denied: tuple[Denied, ...]
    unknown: tuple[Unknown, ...]
    recognised: tuple[Recognised, ...]
    plan: Plan
    alarms: tuple[PresentSign, ...]
    precautions: tuple[Precaution, ...]
    harms: tuple[Harm, ...]
    reported: tuple[Harm, ...]

    @property
    def understood(self) -> bool:
        """Whether anything was."""
        return bool(self.mentions or self.denied or self.alarms or self.recognised or self.plan.facets())


class _Reading(Struct, frozen=True):
    """What one segment says; `terms` are its words of content that are not denied.

    Beside a negation they are none where nothing is named that it could deny: it may be of each of them.
    """

    mentions: tuple[Mention, ...] = ()
    terms: tuple[Term, ...] = ()
    denied: tuple[Denied, ...] = ()
    regions: tuple[Region, ...] = ()
    techniques: tuple[Technique, ...] = ()
    alarms: tuple[PresentSign, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    unknown: str = ""
    unknown_age: str = ""


def screen(kb: KnowledgeBase, words: str, plan: Plan) -> Screening:
    """Return what bears on a client who is described in free words.

    Words for regions and techniques that belong to no condition join the plan.

    Raises:
        WrongUse: nothing was described, the description is too long (`segments.MAX_DESCRIPTION`), or the plan has a
            word that its vocabulary has not.
    """
    regions, techniques, providers = (
        vocabulary_words(facet, getattr(plan, f"{facet}s")) for facet in ("region", "technique", "provider")
    )
    parts = segments(words)
    if not (parts or regions or techniques or providers):
        raise WrongUse("describe the client, as in: massharm screen warfarin, osteoporosis --region neck")
    readings = [_read(kb, part) for part in parts]
    # What is planned may be a precaution itself, such as a massage gun.
    planned = [mentions(kb, phrase_of(kb, analyse(technique))) for technique in techniques]
    typed = {token.folded for part in parts for token in part.tokens}
    combined = combined_conditions(kb, [term for reading in readings for term in reading.terms], typed)
    parted = parted_signs(kb, [reading.terms for reading in readings], typed, NEIGHBOURS)
    found = _each_once(chain(*(reading.mentions for reading in readings), *planned, combined))
    named = [mention.record for mention in found]
    precautions = _strictest_first(
        chain(named, *(kb.precautions_of(part) for part in named if isinstance(part, Medicine)))
    )
    harms = _worst_first(chain(named, *map(kb.harms_of, precautions)))
    present = {
        *(record.id for record in (*named, *precautions)),
        *(part.sign.id for reading in readings for part in reading.alarms),
    }
    plan = Plan(
        tuple(dict.fromkeys(chain(regions, *(reading.regions for reading in readings)))),
        tuple(dict.fromkeys(chain(techniques, *(reading.techniques for reading in readings)))),
        providers,
    )
    reported = select_records(kb, "harm", plan.facets()) if plan.facets() else ()
    return Screening(
        mentions=found,
        denied=tuple(chain.from_iterable(reading.denied for reading in readings)),
        unknown=_unknown(kb, readings, combined),
        recognised=tuple({part.name: part for reading in readings for part in reading.recognised}.values()),
        plan=plan,
        alarms=raise_together(
            chain(*(reading.alarms for reading in readings), named_signs((*combined, *parted))), present
        ),
        precautions=precautions,
        harms=harms,
        reported=tuple(record for record in reported if isinstance(record, Harm) and record not in harms),
    )


def _read(kb: KnowledgeBase, part: Segment) -> _Reading:
    """Return what a segment names, denies, plans and describes, and the words that it leaves over.

    What names nothing, denies nothing and plans nothing is left over as a whole.
    """
    if part.years is not None or part.is_infant:
        ages = age_mentions(kb, part)
        return _Reading(ages, unknown_age="" if ages else part.text if part.years is None else f"age {part.years}")
    phrase = phrase_of(kb, part.tokens)
    known = recognised_in(kb, phrase.words)
    # A name inside a longer one, such as fever in hay fever, does not count.
    named = [part for part in mentions(kb, phrase) if not any(part.places < {*run} for _, run in known)]
    negations = scopes(phrase.words, [*(part.places for part in named), *(frozenset(run) for _, run in known)])
    denied = [mention for mention in named if any(scope.denies(mention.places) for scope in negations)]
    present = [mention for mention in named if mention not in denied]
    negated = {place for scope in negations for place in range(scope.start, scope.end)}
    taken = negated.union(*(mention.places for mention in named))
    recognised = tuple(
        record
        for record, run in known
        if taken.isdisjoint(run) and not any(scope.denies(frozenset(run)) for scope in negations)
    )
    taken.update(*(run for _, run in known))
    pairs = list(zip(phrase.terms, phrase.spans, strict=True))
    affirmed = tuple(term for term, span in pairs if span.start not in negated)
    is_negation = not NEGATION_TRIGGERS.isdisjoint(phrase.words)
    signs = alarms(kb, present, Query("", affirmed), has_negation=is_negation)
    regions, techniques, rest = plan_words([term for term, span in pairs if span.start not in taken])
    fillers = fillers_of(kb)
    unknown = "" if signs else " ".join(term.typed for term in rest if term.typed not in fillers)
    if not (named or signs or recognised) and (is_negation or not (regions or techniques)):
        unknown = "" if (STOP_WORDS | fillers).issuperset(phrase.words) else part.text
    return _Reading(
        tuple(present),
        affirmed if named or not is_negation else (),
        (Denied(part.text, _each_once(denied)),) if denied else (),
        regions,
        techniques,
        signs,
        recognised,
        unknown,
    )


def _each_once(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions without those of a record by the same words as another."""
    unique: dict[tuple[str, str], Mention] = {}
    for mention in found:
        unique.setdefault((mention.record.id, mention.typed), mention)
    return tuple(unique.values())


def _unknown(kb: KnowledgeBase, readings: Iterable[_Reading], combined: Iterable[Mention]) -> tuple[Unknown, ...]:
    """Return what was read as nothing, each once; words that stand for one of two conditions at once are left out."""
    in_combined = {word for mention in combined for word in mention.typed.split()}
    found: dict[str, Unknown] = {}
    for reading in readings:
        if reading.unknown_age:
            found[reading.unknown_age] = Unknown(reading.unknown_age)
        if reading.unknown and reading.unknown not in found and not in_combined.issuperset(reading.unknown.split()):
            is_name = len(reading.unknown) <= LONGEST_NAME and len(found) < MAX_SUGGESTED
            found[reading.unknown] = Unknown(reading.unknown, _nearest(kb, reading.unknown) if is_name else ())
    return tuple(found.values())


def _nearest(kb: KnowledgeBase, words: str) -> tuple[str, ...]:
    """Return the names of records that a search finds for words, or else names that look alike."""
    hits = find(kb, words, kinds=("precaution", "harm"), limit=3)
    return tuple(hit.record.name for hit in hits) or suggest(kb, words)


def _strictest_first(records: Iterable[Record]) -> tuple[Precaution, ...]:
    """Return the precautions among records, each once, by the level of their action, then by name."""
    found = {record.id: record for record in records if isinstance(record, Precaution)}
    return tuple(sorted(found.values(), key=lambda record: (record.level.rank, record.name.casefold())))


def _worst_first(records: Iterable[Record]) -> tuple[Harm, ...]:
    """Return the harms among records, each once, by severity, then by name."""
    found = {record.id: record for record in records if isinstance(record, Harm)}
    return tuple(sorted(found.values(), key=lambda harm: (harm.severity.rank, harm.name.casefold())))

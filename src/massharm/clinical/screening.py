"""Screening: from what a description names and denies to the precautions and harms that matter."""

from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from massharm.clinical.concepts import Mention, age_mentions, combined_conditions, mentions, phrase_of, plan_words
from massharm.clinical.context import NEGATION_TRIGGERS, scopes
from massharm.clinical.segments import Segment, segments
from massharm.clinical.triage import Flag, signs_present
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records, vocabulary_words
from massharm.kb.records import Harm, Precaution
from massharm.kb.vocabulary import Region, Technique
from massharm.search.analysis import STOP_WORDS, analyse
from massharm.search.query import Query, Term
from massharm.search.ranking import find, suggest

MAX_SUGGESTED = 10
"""How many unknown parts of a description come with the nearest names: each takes a search."""
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

    `alarms` are warning signs among the words. `precautions` are those mentioned, the strictest first. `harms` are
    those that they bear on or that are mentioned, `reported` the others that are reported of what is planned, both
    worst first.
    """

    mentions: tuple[Mention, ...]
    denied: tuple[Denied, ...]
    unknown: tuple[Unknown, ...]
    plan: Plan
    alarms: tuple[Flag, ...]
    precautions: tuple[Precaution, ...]
    harms: tuple[Harm, ...]
    reported: tuple[Harm, ...]

    @property
    def understood(self) -> bool:
        """Whether anything was."""
        return bool(self.mentions or self.denied or self.alarms or self.plan.facets())


class _Reading(Struct, frozen=True):
    """What one segment says; `terms` are its words of content that are not denied."""

    mentions: tuple[Mention, ...] = ()
    terms: tuple[Term, ...] = ()
    denied: tuple[Denied, ...] = ()
    regions: tuple[Region, ...] = ()
    techniques: tuple[Technique, ...] = ()
    alarms: tuple[Flag, ...] = ()
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
    combined = combined_conditions(kb, [term for reading in readings for term in reading.terms])
    found = _each_once(chain(*(reading.mentions for reading in readings), *planned, combined))
    alarms = {flag.harm.id: flag for reading in readings for flag in reading.alarms}
    precautions = _strictest_first(mention.record for mention in found)
    harms = _worst_first(chain((mention.record for mention in found), *map(kb.harms_of, precautions)))
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
        plan=plan,
        alarms=tuple(alarms.values()),
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
    named = mentions(kb, phrase)
    negations = scopes(phrase.words, [mention.places for mention in named])
    denied = [mention for mention in named if any(scope.denies(mention.places) for scope in negations)]
    present = [mention for mention in named if mention not in denied]
    negated = {place for scope in negations for place in range(scope.start, scope.end)}
    taken = negated.union(*(mention.places for mention in named))
    pairs = list(zip(phrase.terms, phrase.spans, strict=True))
    affirmed = tuple(term for term, span in pairs if span.start not in negated)
    is_negation = not NEGATION_TRIGGERS.isdisjoint(phrase.words)
    alarms = signs_present(kb, Query("", affirmed), has_negation=is_negation)
    regions, techniques, rest = plan_words([term for term, span in pairs if span.start not in taken])
    unknown = "" if alarms else " ".join(term.typed for term in rest)
    if not (named or alarms) and (is_negation or not (regions or techniques)):
        unknown = "" if STOP_WORDS.issuperset(phrase.words) else part.text
    return _Reading(
        tuple(present),
        affirmed,
        (Denied(part.text, _each_once(denied)),) if denied else (),
        regions,
        techniques,
        alarms,
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


def _strictest_first(records: Iterable[Precaution | Harm]) -> tuple[Precaution, ...]:
    """Return the precautions among records, each once, by their strictest advice, then by name."""
    found = {record.id: record for record in records if isinstance(record, Precaution)}
    order = sorted(found.values(), key=lambda record: (record.strongest_first[0].level.rank, record.name.casefold()))
    return tuple(order)


def _worst_first(records: Iterable[Precaution | Harm]) -> tuple[Harm, ...]:
    """Return the harms among records, each once, by severity, then by name."""
    found = {record.id: record for record in records if isinstance(record, Harm)}
    return tuple(sorted(found.values(), key=lambda harm: (harm.severity.rank, harm.name.casefold())))

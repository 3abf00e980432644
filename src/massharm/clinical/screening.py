"""What bears on a client: the precautions and harms that are named, and what follows from their links."""

from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from massharm.clinical.concepts import Denied, Match, Unknown, described, part, spread
from massharm.clinical.triage import Flag
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.records import Harm, Precaution
from massharm.text import fold


class Plan(Struct, frozen=True):
    """The massage that is planned, in the words of the vocabularies."""

    regions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Give the plan as the facets of `filters.select_records`; what was not told narrows nothing."""
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
        return bool(self.matches or self.denied or self.alarms or self.plan.facets())


def screen(kb: KnowledgeBase, words: str, plan: Plan) -> Screening:
    """Read a client's description: what it names, what it denies, and what it says that is not known here.

    Words of regions and techniques that belong to no condition join the plan.

    Raises:
        WrongUse: nothing was described, or the plan has a word that its vocabulary has not.
    """
    if not fold(words) and not plan.facets():
        raise WrongUse("describe the client, as in: massharm screen warfarin, osteoporosis --region neck")
    select_records(kb, "harm", plan.facets())  # refuses a word that is in no vocabulary
    parts = described(kb, words)
    # What is planned may be a precaution itself, such as a massage gun; where it is none, the plan still stands.
    planned = [part(kb, word.replace("-", " ")) for word in plan.techniques]
    named = chain.from_iterable(told.matches for told in (*parts, *planned))
    pairs = tuple(spread(kb, parts))
    unread = [told.unknown for told in parts if told.unknown]
    paired = {word for match in pairs for word in fold(match.typed).split()}
    return Screening(
        _once((*named, *pairs)),
        tuple(told.denied for told in parts if told.denied),
        tuple(part for part in unread if not paired.issuperset(fold(part.typed).split())),
        Plan(
            tuple(dict.fromkeys((*plan.regions, *chain.from_iterable(told.regions for told in parts)))),
            tuple(dict.fromkeys((*plan.techniques, *chain.from_iterable(told.techniques for told in parts)))),
            plan.providers,
        ),
        tuple({flag.harm.id: flag for told in parts for flag in told.alarms}.values()),
    )


def bearing(kb: KnowledgeBase, found: Screening) -> tuple[Harm, ...]:
    """Give the harms that the named precautions bear on, and those named themselves, worst first."""
    named = [match.record for match in found.matches if isinstance(match.record, Harm)]
    harms = {harm.id: harm for harm in chain(named, *map(kb.harms_of, found.precautions))}
    return tuple(sorted(harms.values(), key=lambda harm: (harm.severity.rank, harm.name.casefold())))


def reported(kb: KnowledgeBase, found: Screening) -> tuple[Harm, ...]:
    """Give the harms reported of what is planned, worst first."""
    facets = found.plan.facets()
    return tuple(record for record in select_records(kb, "harm", facets) if isinstance(record, Harm)) if facets else ()


def _once(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Give each record once for the same words; other words that name it are told too."""
    found: dict[tuple[str, str], Match] = {}
    for match in matches:
        found.setdefault((match.record.id, match.typed), match)
    return tuple(found.values())


def _strictest(record: Precaution) -> int:
    return record.strongest_first[0].level.rank

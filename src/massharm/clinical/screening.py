"""Screening: from what a description says to the precautions and harms that matter for a massage."""

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from massharm.clinical.ambiguity import Doubtful
from massharm.clinical.assertion import Assertion
from massharm.clinical.circumstances import Circumstances, age_of, measured_in, weeks_of
from massharm.clinical.concepts import Mention, mentions, phrase_of
from massharm.clinical.past import LONG_PAST
from massharm.clinical.reading import Found, Reading, SetAside, read
from massharm.clinical.segments import segments
from massharm.clinical.selection import action_for, advice_on, concerns, detail_on, ranked, strictest_first
from massharm.clinical.triage import PresentSign, raise_together
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records, vocabulary_words
from massharm.kb.parts import Action, Advice, Recognised
from massharm.kb.records import Harm, Medicine, Precaution
from massharm.kb.vocabulary import Population
from massharm.search.analysis import analyse
from massharm.search.ranking import TEXT, find
from massharm.search.suggestions import suggest
from massharm.text import fold

MAX_SUGGESTED = 10
"""How many unknown parts of a description come with the nearest names: each takes a search."""
_LEAST_LETTERS = 3
"""How many it must have: an initial or a unit is no misspelt name."""
_DENYING = frozenset({"no", "not", "nil", "denies", "without", "never"})
LONGEST_NAME = 200
"""How many characters an unknown part may have to come with the nearest names: longer ones are no misspelt names."""


_ASKED = (Population.INFANT, Population.PREGNANCY)


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


class Screening(Struct, frozen=True):
    """What was read in a client's description, and what follows from it.

    `mentions` are the concepts that are screened, each with its assertion in `found`; `aside` is what is denied, past,
    feared or somebody else's. `recognised` is that about which nothing is advised. `alarms` are warning signs among the
    words, the most urgent first. `precautions` are those mentioned or implied by a medicine, the strictest first.
    `harms` are those that they bear on or that are mentioned, `reported` the others that are reported of what is
    planned, both as `selection.ranked` orders them; none of a population to which the client does not belong:
    `left_out` are such populations of which it is not known.
    `ambiguous` are the abbreviations that may mean more, `ages` those that are stated.
    """

    found: tuple[Found, ...]
    aside: tuple[SetAside, ...]
    unknown: tuple[Unknown, ...]
    recognised: tuple[Recognised, ...]
    plan: Plan
    known: Circumstances
    alarms: tuple[PresentSign, ...]
    precautions: tuple[Precaution, ...]
    harms: tuple[Harm, ...]
    reported: tuple[Harm, ...]
    left_out: tuple[Population, ...] = ()
    ambiguous: tuple[Doubtful, ...] = ()
    ages: tuple[str, ...] = ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """What was recognised and is screened."""
        return tuple(part.mention for part in self.found)

    @property
    def denied(self) -> tuple[SetAside, ...]:
        """What was denied."""
        return self.set_aside(Assertion.DENIED)

    def set_aside(self, *assertions: Assertion) -> tuple[SetAside, ...]:
        """Return what was not screened for one of these reasons."""
        return tuple(part for part in self.aside if part.assertion in assertions)

    def assertion_of(self, record: Precaution, kb: KnowledgeBase) -> Assertion:
        """Return what was said of a precaution: present where any of its mentions is."""
        said = [
            part.assertion
            for part in self.found
            if part.mention.record.id == record.id
            or (isinstance(part.mention.record, Medicine) and record in kb.precautions_of(part.mention.record))
        ]
        return next((kind for kind in Assertion if kind in said), Assertion.PRESENT)

    def action_of(self, record: Precaution) -> Action | Advice:
        """Return what a precaution asks for in this client, with this plan."""
        return action_for(record, self.known, self.plan.regions)

    def advice_on_plan(self, record: Precaution) -> tuple[Advice, ...]:
        """Return the advice of a precaution that is stricter on the massage that is planned."""
        return advice_on(record, self.plan.regions, self.plan.techniques, self.known)

    def detail_on_plan(self, record: Precaution) -> Advice | None:
        """Return the advice of a precaution that tells most of the massage that is planned, and is no stricter."""
        return detail_on(record, self.plan.regions, self.plan.techniques, self.known)

    @property
    def medicines(self) -> tuple[tuple[Medicine, str], ...]:
        """The medicines that are mentioned, each once, with the words of the client."""
        named = {
            part.record.id: (part.record, part.typed) for part in self.mentions if isinstance(part.record, Medicine)
        }
        return tuple(named.values())

    @property
    def understood(self) -> bool:
        """Whether anything was."""
        return bool(self.found or self.aside or self.alarms or self.recognised or self.ages or self.plan.facets())


def screen(kb: KnowledgeBase, words: str, plan: Plan) -> Screening:
    """Return what bears on a client who is described in free words or a pasted form.

    Words for regions and techniques that belong to no condition join the plan.

    Raises:
        WrongUse: nothing was described, the description is too long (`segments.MAX_DESCRIPTION`), or the plan has a
            word that its vocabulary has not.
    """
    regions, techniques, providers = (
        vocabulary_words(facet, getattr(plan, f"{facet}s")) for facet in ("region", "technique", "provider")
    )
    if not (analyse(words) or regions or techniques or providers):
        raise WrongUse("describe the client, as in: massharm screen warfarin, osteoporosis --region neck")
    said = read(kb, words)
    # What is planned may be a precaution itself, such as a massage gun.
    planned = [mentions(kb, phrase_of(kb, analyse(technique))) for technique in techniques]
    now, past = _without_what_is_over(_without_stopped(said, kb), kb)
    found = (*now, *(Found(mention, Assertion.PRESENT) for mention in chain.from_iterable(planned)))
    plan = Plan(
        tuple(dict.fromkeys((*regions, *said.regions))),
        tuple(dict.fromkeys((*techniques, *said.techniques))),
        providers,
    )
    known = known_of(kb, words, said, found)
    precautions = strictest_first(_precautions(kb, found, known), known, plan.regions, plan.techniques)
    populations = {record.population for record in precautions}
    named = [part.mention.record for part in found if isinstance(part.mention.record, Harm)]
    linked = [harm for record in precautions for harm in kb.harms_of(record)]
    wanted = (*plan.regions, *plan.techniques)
    harms = ranked([*named, *(harm for harm in linked if concerns(harm, populations))], precautions, kb, wanted)
    reported = [
        record
        for record in (select_records(kb, "harm", plan.facets()) if plan.facets() else ())
        if isinstance(record, Harm) and record not in harms
    ]
    others = {harm.population for harm in (*linked, *reported) if not concerns(harm, populations)}
    return Screening(
        found,
        (*said.aside, *past),
        tuple(_unknown(kb, said)),
        said.recognised,
        plan,
        known,
        raise_together(said.signs, known),
        precautions,
        harms,
        ranked([harm for harm in reported if concerns(harm, populations)], (), kb, wanted),
        tuple(population for population in _ASKED if population in others) if known.age is None else (),
        said.ambiguous,
        said.ages,
    )


def known_of(kb: KnowledgeBase, words: str, said: Reading, found: Iterable[Found] | None = None) -> Circumstances:
    """Return what is known of the client whom a description is about."""
    found = said.found if found is None else tuple(found)
    named = [part.mention.record for part in found]
    implied = [record for part in named if isinstance(part, Medicine) for record in kb.precautions_of(part)]
    present = frozenset((*(record.id for record in (*named, *implied)), *(part.sign.id for part in said.signs)))
    is_pregnant = any(isinstance(record, Precaution) and record.population is Population.PREGNANCY for record in named)
    return Circumstances(
        present,
        age_of(segments(words)),
        weeks_of(words) if is_pregnant else None,
        measured_in(words),
        {part.mention.record.id: part.days for part in found if part.days is not None},
        frozenset(_answered(found)),
    )


def _answered(found: Iterable[Found]) -> Iterator[tuple[str, str]]:
    """Yield the keys of the advice and questions that the narrower names of precautions are answered by."""
    for part in found:
        record = part.mention.record
        if isinstance(record, Precaution):
            for alias in record.aliases:
                if alias.answered_by and alias.text == part.mention.text:
                    yield record.id, alias.answered_by


def _precautions(kb: KnowledgeBase, found: Iterable[Found], known: Circumstances) -> Iterable[Precaution]:
    """Yield the precautions that are mentioned, implied by a medicine, or told by a measurement alone."""
    for part in found:
        record = part.mention.record
        if isinstance(record, Precaution):
            yield record
            yield from _of_population(kb, part)
        elif isinstance(record, Medicine):
            yield from kb.precautions_of(record)
    if known.measured:
        for record in kb.file.precautions:
            if any(part.when and part.when.quantity and known.hold(part.when, record.id) for part in record.advice):
                yield record


def _of_population(kb: KnowledgeBase, part: Found) -> Iterator[Precaution]:
    """Yield the precaution for a population itself: whoever has pre-eclampsia is pregnant."""
    record = part.mention.record
    if isinstance(record, Precaution) and part.assertion is not Assertion.PAST and record.population in kb:
        own = kb[record.population]
        if isinstance(own, Precaution):
            yield own


def _without_stopped(said: Reading, kb: KnowledgeBase) -> Iterator[Found]:
    """Return what was found, but no precaution that is named by a medicine that is not taken: "no statins".

    Where the same words tell of one that is taken, the medicine itself leads to the precaution.
    """
    stopped = {
        (record.id, mention.typed)
        for part in said.aside
        if part.assertion in {Assertion.PAST, Assertion.DENIED}
        for mention in part.mentions
        if isinstance(mention.record, Medicine)
        for record in kb.precautions_of(mention.record)
    }
    return (part for part in said.found if (part.mention.record.id, part.mention.typed) not in stopped)


def _without_what_is_over(found: Iterable[Found], kb: KnowledgeBase) -> tuple[tuple[Found, ...], tuple[SetAside, ...]]:
    """Return what is to be screened, with the heirs of what is over, and what no longer counts."""
    kept: list[Found] = []
    over: list[SetAside] = []
    for part in found:
        record = part.mention.record
        past = record.when_past if isinstance(record, Precaution) and part.assertion is Assertion.PAST else None
        heir = kb[past.heir] if past and past.heir and past.heir in kb else None
        if heir is not None and isinstance(heir, Precaution) and (part.days is None or part.days >= LONG_PAST):
            mention = part.mention
            kept.append(Found(Mention(heir, mention.typed, mention.match, mention.text), part.assertion, part.days))
        elif past and past.days and part.days is not None and part.days > past.days:
            over.append(SetAside(part.mention.typed, (part.mention,), Assertion.PAST))
        else:
            kept.append(part)
    return tuple(kept), tuple(over)


def _unknown(kb: KnowledgeBase, said: Reading) -> Iterable[Unknown]:
    """Yield what was read as nothing, with the nearest names."""
    for number, words in enumerate(said.unknown):
        is_name = len(words) <= LONGEST_NAME and number < MAX_SUGGESTED
        yield Unknown(words, _nearest(kb, words) if is_name else ())


def _nearest(kb: KnowledgeBase, words: str) -> tuple[str, ...]:
    """Return the names of records of which a search finds a name for words, or else names that look alike.

    A text that holds the words is not near: it says something else with them. Nothing is near to what is denied.
    """
    if len(words) < _LEAST_LETTERS or not _DENYING.isdisjoint(fold(words).split()[:1]):
        return ()
    hits = find(kb, words, kinds=("precaution", "harm"), limit=3, by_sayings=True)
    return tuple(hit.record.name for hit in hits if hit.score > TEXT) or suggest(kb, words)

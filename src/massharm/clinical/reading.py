"""Reading: what a description in free words or a pasted form says, step by step.

Text becomes segments (`segments`), these name concepts (`concepts`, `recognised`), of which the words around them say
whether they are present (`assertion`); the warning signs among what is present raise alarms (`triage`).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct, structs

from massharm.clinical import context
from massharm.clinical.ambiguity import Doubtful, doubtful_in, without_what_is_spelt_out
from massharm.clinical.assertion import SCREENED, Asserted, Assertion, assertions
from massharm.clinical.circumstances import words_of_numbers
from massharm.clinical.concepts import (
    Mention,
    Phrase,
    age_mentions,
    combined_conditions,
    mentions,
    phrase_of,
    plan_words,
)
from massharm.clinical.forms import Answer
from massharm.clinical.longstanding import of_now
from massharm.clinical.neighbours import Told, signs_together
from massharm.clinical.parts import Part
from massharm.clinical.recognised import fillers_of, recognised_in
from massharm.clinical.segments import Segment, segments
from massharm.clinical.triage import (
    PresentSign,
    named_signs,
    signs_described,
)
from massharm.clinical.triggers import OF_CONTEXT
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import LOCAL_MARK, Recognised
from massharm.kb.records import Harm, Medicine, Precaution, Sign
from massharm.kb.vocabulary import Population, RecognisedKind, Region, Technique
from massharm.search.analysis import STOP_WORDS, analyse
from massharm.search.query import Query, Term
from massharm.search.ranking import MatchType
from massharm.text import fold

QUOTED = 40
"""How many characters a part of a description has at most that is quoted with its numbers."""
_BESIDE = 3
"""How many words before and after a word of content may be what a name of two conditions hangs on, such as "new"."""
_NEW = ("new",)
_CALLED_NEW = frozenset(
    "for since and today this to in or onset headache headaches pain pains neck symptom symptoms problem thing".split()  # noqa: SIM905 - words
)
"""Words behind "new" where it may be said of a complaint."""
_ELSEWHERE = {Assertion.DENIED, Assertion.FEARED, Assertion.OTHER_PERSON, Assertion.UNANSWERED}


class Found(Struct, frozen=True):
    """A concept as it was asserted; `days` is the time since what is past, where that is stated."""

    mention: Mention
    assertion: Assertion
    days: int | None = None


class SetAside(Struct, frozen=True):
    """Words that say that something is not the client's now: denied, feared, somebody else's; and what they mention."""

    typed: str
    mentions: tuple[Mention, ...]
    assertion: Assertion
    recognised: tuple[Recognised, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is mentioned, each once."""
        return tuple(dict.fromkeys((*(part.record.name for part in self.mentions), *(r.name for r in self.recognised))))


class Reading(Struct, frozen=True):
    """What a description says.

    `found` are the concepts to screen, each once by the same words; `aside` what is not the client's now. `signs` are
    the warning signs that are present. `recognised` is that about which nothing is advised, `unknown` the words that
    name nothing, `ages` those that are stated, and `ambiguous` the abbreviations that may mean something else.
    `regions` and `techniques` belong to no condition: they are planned.
    """

    found: tuple[Found, ...]
    aside: tuple[SetAside, ...]
    signs: tuple[PresentSign, ...]
    recognised: tuple[Recognised, ...]
    regions: tuple[Region, ...]
    techniques: tuple[Technique, ...]
    unknown: tuple[str, ...]
    ages: tuple[str, ...]
    ambiguous: tuple[Doubtful, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions among what was found."""
        return tuple(part.mention for part in self.found)


class _Read(Struct, frozen=True):
    """What one part adds to a reading.

    `terms` are its words of content that speak of what is present; `plain` are those that are not only recognised.
    `silent` are the places of the words that say nothing of now.
    """

    found: tuple[Found, ...] = ()
    aside: tuple[SetAside, ...] = ()
    terms: tuple[Term, ...] = ()
    plain: tuple[Term, ...] = ()
    signs: tuple[PresentSign, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    regions: tuple[Region, ...] = ()
    techniques: tuple[Technique, ...] = ()
    unknown: str = ""
    ambiguous: tuple[Doubtful, ...] = ()
    silent: frozenset[int] = frozenset()


_PLANNING = frozenset(
    """
    massage massages massaged rub work worked treat treated treatment session want wants wanted wanting like likes for
    focus please booked goal goals today sore tight stiff tension pain painful ache aches aching hurts
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words of a part in which a place on the body may be one to massage."""
_SUBJECTS = frozenset("he she hes shes they theyre".split())  # noqa: SIM905 - words
_TOLD_ON = 2
"""The parts behind what another person has in which a pronoun may go on to tell of that person."""


def read(kb: KnowledgeBase, words: str) -> Reading:
    """Return what a description says.

    Raises:
        WrongUse: it is too long (`segments.MAX_DESCRIPTION`).
    """
    all_segments = segments(words)
    ages = [segment for segment in all_segments if segment.is_age]
    made: dict[Segment, Part] = {}  # a long description repeats its parts
    parts = []
    for segment in all_segments:
        if not segment.is_age:
            alike = structs.replace(segment, tokens=tuple(structs.replace(t, start=0, end=0) for t in segment.tokens))
            if alike not in made:
                made[alike] = _part(kb, segment)
            parts.append(made[alike])
    done: dict[tuple[int, Asserted], _Read] = {}
    reads = []
    for part, said in zip(parts, assertions(parts), strict=True):
        if (id(part), said) not in done:
            done[id(part), said] = _read(kb, part, said)
        reads.append(done[id(part), said])
    by_age = [Found(mention, Assertion.PRESENT) for age in ages for mention in age_mentions(kb, age)]
    new = _NEW if any(_calls_new(part.phrase.words) for part in parts) else ()
    beside = chain.from_iterable(map(_with_words_beside, parts, reads))
    combined = combined_conditions(kb, [(term, (*words, *new)) for term, words in beside])
    found = _each_once(
        chain(
            by_age,
            *(read.found for read in reads),
            (Found(mention, Assertion.PRESENT) for mention in combined),
        )
    )
    told = [
        Told(part, read.terms, read.plain, read.silent, any(one.assertion is Assertion.PAST for one in read.aside))
        for part, read in zip(parts, reads, strict=True)
    ]
    present = [part.mention for part in found if part.assertion is not Assertion.PAST]
    present += _of_those_told_on(parts, reads)
    infant = next((age.text for age in ages if age.is_infant), "")
    together = signs_together(kb, told, present, infant)
    signs = tuple(of_now(chain(*(read.signs for read in reads), named_signs(combined), together), parts))
    return Reading(
        found,
        tuple(chain.from_iterable(read.aside for read in reads)),
        signs,
        tuple({part.name: part for part in _recognised(parts, reads)}.values()),
        tuple(dict.fromkeys(chain.from_iterable(read.regions for read in reads))),
        tuple(dict.fromkeys(chain.from_iterable(read.techniques for read in reads))),
        tuple(_unknown(reads, combined, signs)),
        tuple(dict.fromkeys(age.text if age.years is None else f"age {age.years}" for age in ages)),
        without_what_is_spelt_out(
            chain.from_iterable(read.ambiguous for read in reads), (part.mention for part in found), all_segments
        ),
    )


def _of_those_told_on(parts: Sequence[Part], reads: Sequence[_Read]) -> Iterator[Mention]:
    """Yield the conditions of others of whom the next parts go on to tell: "Her sister is pregnant. She bleeds"."""
    for number, read in enumerate(reads):
        after = parts[number + 1 : number + 1 + _TOLD_ON]
        if any(not _SUBJECTS.isdisjoint(part.phrase.words[:1]) for part in after):
            for aside in read.aside:
                yield from aside.mentions if aside.assertion is Assertion.OTHER_PERSON else ()


def _with_words_beside(part: Part, read: _Read) -> Iterator[tuple[Term, Sequence[str]]]:
    """Yield the terms of a part that speak of what is present, each with the words around it."""
    told = set(map(id, read.terms))
    for term, span in zip(part.phrase.terms, part.phrase.spans, strict=True):
        if id(term) in told:
            yield term, part.phrase.words[max(0, span.start - _BESIDE) : span.stop + _BESIDE]


def _calls_new(words: Sequence[str]) -> bool:
    """Whether words call a complaint new, and not another thing, such as a job: "both are new", "new since Monday"."""
    after = (words[place + 1 : place + 2] for place, word in enumerate(words) if word == "new")
    return any(not rest or rest[0] in _CALLED_NEW for rest in after)


def _recognised(parts: Sequence[Part], reads: Sequence[_Read]) -> Iterator[Recognised]:
    """Yield what is recognised; not the label of a list of medicines that is filled in: "Medication: warfarin"."""
    for number, read in enumerate(reads):
        after = number + 1
        is_label = after < len(parts) and parts[after].segment.cut in {":", "?"}
        found = (*read.found, *(reads[after].found if is_label else ()))
        is_filled = any(isinstance(part.mention.record, Medicine) for part in found)
        yield from (part for part in read.recognised if not (is_filled and part.kind is RecognisedKind.MEDICINE))


def _part(kb: KnowledgeBase, segment: Segment) -> Part:
    """Return a segment with what it names.

    A name inside a longer one, such as fever in hay fever, does not count; nor does a condition as a harm that is named
    for what came after a massage, where the segment speaks of none.
    """
    phrase = phrase_of(kb, segment.tokens)
    known = [(record, frozenset(run)) for record, run in recognised_in(kb, phrase.words)]
    named = [
        mention
        for mention in mentions(kb, phrase)
        if not any(_is_part_of(mention, *one) for one in known) and not _is_of_childhood(mention, phrase.words)
    ]
    medicines = [mention.places for mention in named if isinstance(mention.record, Medicine)]
    named = [m for m in named if not (_is_infants(m) and any(m.places < places for places in medicines))]
    conditions = [places for _, places in known]
    conditions += [mention.places for mention in named if isinstance(mention.record, Precaution)]
    told = (
        _as_typed(mention, segment)
        for mention in named
        if not (_leaves_out_massage(mention, phrase) and any(mention.places <= places for places in conditions))
    )
    return Part(segment, phrase, tuple(told), tuple(known))


def _is_part_of(mention: Mention, record: Recognised, places: frozenset[int]) -> bool:
    """Whether a mention is part of a longer name that is only recognised, or was corrected from such a name.

    A word that only a local file knows may be a misspelling of one that matters.
    """
    is_corrected = mention.match is MatchType.FUZZY and LOCAL_MARK not in record.name
    return mention.places < places or (is_corrected and mention.places == places)


def _as_typed(mention: Mention, segment: Segment) -> Mention:
    """Return a mention with the words to quote: all of a short segment with a number, or by which it was understood."""
    own = fold(segment.text)
    is_typed = mention.corrections or all(word in own for word in fold(mention.typed).split())
    said = segment.text if len(segment.text) <= QUOTED and any(char.isdigit() for char in segment.text) else ""
    is_whole = bool(segment.answered) or not is_typed
    typed = " ".join(segment.quoted.lower().split()) if is_whole else mention.typed
    return structs.replace(mention, typed=typed, said=said)


def _is_infants(mention: Mention) -> bool:
    return isinstance(mention.record, Precaution) and mention.record.population is Population.INFANT


def _is_of_childhood(mention: Mention, words: Sequence[str]) -> bool:
    """Whether words for an infant tell when something was, as in "asthma as a baby", and not who the client is."""
    if not _is_infants(mention):
        return False
    before = [word for word in words[max(0, min(mention.places) - 2) : min(mention.places)] if word not in {"a", "an"}]
    return before[-1:] in (["as"], ["was"])


def _leaves_out_massage(mention: Mention, phrase: Phrase) -> bool:
    """Whether a harm is named by words that speak of massage, as in "heart failure after massage", and a phrase not."""
    is_of_massage = isinstance(mention.record, Harm) and "massage" in fold(mention.text).split()
    return is_of_massage and "massage" not in phrase.words


def _read(kb: KnowledgeBase, part: Part, said: Asserted) -> _Read:
    """Return what a part says; what names nothing, denies nothing and plans nothing is left over as a whole."""
    phrase = part.phrase
    pairs = [*zip(part.named, said.assertions, strict=False)]
    screened = tuple(
        Found(mention, assertion, days if assertion is Assertion.PAST else None)
        for (mention, assertion), days in zip(pairs, said.days, strict=False)
        if assertion in SCREENED and not (assertion is Assertion.PAST and isinstance(mention.record, Sign | Medicine))
    )
    screened += tuple(_histories(kb, screened))
    kept = {id(found.mention) for found in screened}
    taken = said.negated.union(*part.places)
    known = [
        (record, places, assertion)
        for (record, places), assertion in zip(part.known, said.assertions[len(part.named) :], strict=True)
        if not any(places & mention.places for mention in part.named)
    ]
    present = tuple((record, places) for record, places, assertion in known if assertion not in _ELSEWHERE)
    spans = [*zip(phrase.terms, phrase.spans, strict=True)]
    in_known = {place for _, places in part.known for place in places}  # the fever of hay fever is none
    affirmed = tuple(term for term, span in spans if span.start not in said.negated)
    plain = tuple(term for term, span in spans if span.start not in said.negated | in_known)
    named_places = {place for places in part.places for place in places}
    # A denial of what is named denies nothing else.
    is_negation = not said.negated.issuperset(context.denying(phrase.words, named_places))
    signs = _signs(kb, part, [found.mention for found in screened], affirmed, has_negation=is_negation)
    regions, techniques, rest = plan_words([term for term, span in spans if span.start not in taken])
    if _PLANNING.isdisjoint(phrase.words) and not techniques and _names_a_condition(screened):
        regions = ()  # "lymphoedema left arm" tells where it is
    told = {word for sign in signs for word in sign.typed.split()}
    fillers = fillers_of(kb) | OF_CONTEXT | words_of_numbers(part.segment.text)
    unknown = " ".join(term.typed for term in rest if term.typed not in fillers and term.typed not in told)
    if unknown and regions and not (part.named or signs):  # "back pain", not "pain"
        unknown = part.segment.text
    is_silent = said.negated.issuperset(range(len(phrase.words)))
    if not (part.named or signs or part.known) and (is_negation or not (regions or techniques)):
        words = {word for word in phrase.words if len(word) > 1 or not word.isascii()}  # no initials
        unknown = "" if (STOP_WORDS | fillers).issuperset(words) else part.segment.quoted
    return _Read(
        screened,
        tuple(
            _aside(
                part,
                [pair for pair in pairs if id(pair[0]) not in kept],
                ((record, assertion) for record, _, assertion in known),
            )
        ),
        affirmed if part.named or not is_negation else (),
        plain if part.named or not is_negation else (),
        signs,
        tuple(record for record, _ in present),
        () if is_silent else regions,
        () if is_silent else techniques,
        "" if part.segment.of_family or part.segment.answer is Answer.NONE else unknown,
        tuple(doubtful_in(kb, phrase, (found.mention for found in screened), present)),
        said.negated,
    )


def _names_a_condition(found: Iterable[Found]) -> bool:
    """Whether a condition is among what was found, and no medicine or population alone."""
    records = [one.mention.record for one in found]
    conditions = (record for record in records if isinstance(record, Precaution))
    is_condition = any(record.population is Population.ANYONE for record in conditions)
    return is_condition or any(isinstance(record, Harm) for record in records)


def _histories(kb: KnowledgeBase, found: Iterable[Found]) -> Iterator[Found]:
    """Yield the precautions for a history of a harm that somebody had."""
    for part in found:
        mention = part.mention
        if part.assertion is Assertion.PAST and isinstance(mention.record, Harm):
            for other in mentions(kb, phrase_of(kb, analyse(f"history of {mention.record.name}"))):
                if isinstance(other.record, Precaution) and "history" in fold(other.text).split():
                    yield Found(
                        structs.replace(mention, record=other.record, match=other.match, text=other.text),
                        part.assertion,
                        part.days,
                    )


def _aside(
    part: Part, pairs: Iterable[tuple[Mention, Assertion]], known: Iterable[tuple[Recognised, Assertion]]
) -> Iterator[SetAside]:
    """Yield what a part mentions and is not screened, by what is said of it."""
    found: dict[Assertion, dict[tuple[str, str], Mention]] = {}
    recognised: dict[Assertion, list[Recognised]] = {}
    for mention, assertion in pairs:
        found.setdefault(assertion, {}).setdefault((mention.record.id, mention.typed), mention)
    for record, assertion in known:
        if assertion in _ELSEWHERE:
            recognised.setdefault(assertion, []).append(record)
    for assertion in dict.fromkeys((*found, *recognised)):
        mentioned = tuple(found.get(assertion, {}).values())
        yield SetAside(part.segment.text, mentioned, assertion, tuple(recognised.get(assertion, ())))


def _signs(
    kb: KnowledgeBase, part: Part, found: Iterable[Mention], terms: tuple[Term, ...], *, has_negation: bool
) -> tuple[PresentSign, ...]:
    """Return the warning signs that are named, and those whose words are described.

    A description beside a negation names its signs or has none, because the negation may be of the sign.
    """
    text, words = part.segment.text, part.phrase.words
    signs = {sign.sign.id: sign for sign in named_signs(found, text)}
    near = context.denied_first(words)
    starts = {id(term): span.start for term, span in zip(part.phrase.terms, part.phrase.spans, strict=True)}
    denied = frozenset(place for place, term in enumerate(terms) if starts[id(term)] in near)
    for sign, typed in signs_described(kb, Query("", terms), words, has_negation=has_negation, denied=denied):
        quoted = " ".join(part.segment.quoted.lower().split()) if part.segment.answered else typed
        signs.setdefault(sign.id, PresentSign(sign, quoted, sign.urgency, text))
    return tuple(signs.values())


# What a reading holds


def _each_once(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return concepts without those of a record by the same words as another: what is present, else what came last."""
    unique: dict[tuple[str, str], Found] = {}
    for part in found:
        key = part.mention.record.id, part.mention.typed
        if key not in unique or _age_of(part) < _age_of(unique[key]):
            unique[key] = part
    return tuple(unique.values())


def _age_of(found: Found) -> tuple[bool, float]:
    """Return whether a concept is not present, and the days since it was; those that are not stated are many."""
    return found.assertion is not Assertion.PRESENT, math.inf if found.days is None else found.days


def _unknown(reads: Iterable[_Read], combined: Iterable[Mention], signs: Iterable[PresentSign]) -> Iterator[str]:
    """Yield what was read as nothing, each once.

    Words that stand for one of two conditions at once are left out, and those that say a sign with other parts.
    """
    in_combined = {word for mention in combined for word in mention.typed.split()}
    in_signs = [{*fold(sign.typed).split()} for sign in signs]
    for words in dict.fromkeys(read.unknown for read in reads):
        own = {word for word in fold(words).split() if word not in STOP_WORDS}
        is_said = bool(own) and any(map(own.issubset, in_signs))
        if words and not is_said and not in_combined.issuperset(words.lower().split()):
            yield words

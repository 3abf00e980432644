"""Assertion: whether each concept of a description is present, possible, past, denied, feared or somebody else's.

The categories are those of ConText (see `triggers`), with fear beside them. In doubt a concept is present.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from msgspec import Struct

from massharm.clinical import context, results, triggers
from massharm.clinical.complaints import denied_complaints
from massharm.clinical.context import Scope
from massharm.clinical.corrections import (
    begins_as_mine,
    is_back,
    is_mine_after_all,
    is_refuted,
    is_relative_without,
    is_there_after_all,
)
from massharm.clinical.course import is_not_taken, is_said_for_good, is_stopped_beside, is_stopped_for_good, past_in
from massharm.clinical.forms import Answer
from massharm.clinical.hypothetical import is_imagined
from massharm.clinical.parts import Part
from massharm.clinical.past import EVENT_PAST, LONG_PAST, SIGN_PAST, Past, is_event, silent_places
from massharm.clinical.people import Others, Told, clients_of, others_in, says_the_same
from massharm.clinical.resolved import resolved
from massharm.clinical.taught import taught_from
from massharm.clinical.things import of_a_machine
from massharm.kb.records import Medicine, Precaution, Record, Sign
from massharm.text import fold


class Assertion(StrEnum):
    """What a description says of a concept."""

    PRESENT = "present"
    POSSIBLE = "possible"
    PAST = "past"
    DENIED = "denied"
    FEARED = "feared"
    OTHER_PERSON = "other-person"
    UNANSWERED = "unanswered"


SCREENED = frozenset({Assertion.PRESENT, Assertion.POSSIBLE, Assertion.PAST})
"""What is screened; of the rest a screening only says that it was set aside."""


class Asserted(Struct, frozen=True):
    """What a part says of each of its concepts, in the order of `Part.places`.

    `negated` are the places of the words that describe nothing of now: of denials, of other people, of long ago, or of
    a whole part about no present concept. `days` is the time since each concept that is past, where that is stated.
    """

    assertions: tuple[Assertion, ...]
    negated: frozenset[int] = frozenset()
    days: tuple[int | None, ...] = ()


_BARE = frozenset(
    """
    a an any the of other known or nor history hx evidence signs symptoms previous recent past and so far at all ever
    either currently whatsoever now
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
_CLOSING = {"or", "nor"}
_LOST = frozenset({"cannot", "cant", "couldnt", "unable", "wont", "lost", "losing"})
"""Words for what somebody can no longer do, which no list of denials holds."""
_NO_FINDING = triggers.ADJECTIVES | frozenset(
    """
    left right l r both numb weak swollen cold blue hot red pale new worse worsening sudden suddenly severe unable
    cannot cant wont drooping slurred
    """.split()  # noqa: SIM905 - words
)
"""Words by which a member of a list says what was found: "denies pain, numb left foot, weak leg"."""
_DENYING_UNKNOWN = frozenset({"no", "nor", "without", "denies", "denied", "deny", "never", "nil"})
_CLEAR = (
    triggers.CLEAR
    | triggers.TESTS
    | {"all", "both", "came", "back", "was", "were", "is", "are", "has", "been", "have", "and", "the", "so"}
)
_VALUES = 5
"""The parts of a value in which its label may be denied."""
_OF_VALUE = frozenset({",", "(", ")", "-", ";", "but"})
_DENIES_ALONE = triggers.NEGATION_TRIGGERS | {"seen", "found", "noted", "ever", "i", "she", "he"}
"""The words beside a concept of a value that only denies it."""
_EXAMINED = triggers.TESTS | {"doppler", "ultrasound", "mri", "ct", "ecg", "eeg", "echo", "bloods", "sonar"}
"""Words of what stands between a label and its denial: "VTE: Doppler, no DVT seen"."""
_ONLY_DENIED = {Assertion.DENIED}
_OF_THIS = frozenset({"such", "this", "these", "like"})
"""Words by which what is "never had" is there: "such gout I have never had"."""
_LESS = frozenset("half low lower dose well much high higher daily still".split())  # noqa: SIM905 - words
"""Words by which what somebody "cannot tolerate" may be taken in part."""
_TAKEN_ONCE = frozenset({"had", "used", "took", "once", "tried", "was"})
"""Words of a part by which a medicine was taken then, where a time of long ago stands beside it."""
_BEGUN = frozenset(
    """
    started began begun commenced put prescribed given switched changed moved diagnosed since from still now daily mg
    """.split()  # noqa: SIM905 - words
)
"""Words by which it may have been taken from then on."""
_MISSED = 5
"""The words behind a medicine that may say that it was only missed: "no insulin today or yesterday"."""

_BY_ANSWER = {
    Answer.NO: Assertion.DENIED,
    Answer.NONE: Assertion.UNANSWERED,
    Answer.UNSURE: Assertion.POSSIBLE,
    Answer.PAST: Assertion.PAST,
    Answer.OVER: Assertion.PAST,
}


class _Around(Struct, frozen=True):
    """What the words of a part, and the parts around it, say of all its concepts.

    `unreal` are the places of the words whose signs are nobody's: imagined, taught or a machine's.
    `last_mistake` is the place of the last word from which a part says that something is an error; -1 if none does.
    """

    part: Part
    places: Sequence[frozenset[int]]
    records: Sequence[Record | None]
    answer: Assertion | None
    others: Others
    past: Past
    denied: Sequence[Scope]
    is_listed: bool
    is_clear: bool
    is_there_after_all: bool
    is_refuted: bool
    unreal: range
    is_stopped_beside: bool
    is_stopped_for_good: bool
    is_said_for_good: bool
    is_not_taken: bool
    resolved: frozenset[int]
    is_back: bool
    last_mistake: int


def assertions(parts: Sequence[Part]) -> list[Asserted]:
    """Return what each part says of its concepts, given the parts around it."""
    told = [
        Told(
            part.phrase.words,
            part.segment.cut,
            of_family=part.segment.of_family,
            in_brackets=part.segment.in_brackets,
            concepts=part.places,
        )
        for part in parts
    ]
    clients = clients_of(told)
    is_shared = says_the_same(told)
    reached = [context.denials(part.phrase.words, part.places) for part in parts]
    listed = _listed(parts, reached) | denied_complaints(parts)
    mine = {
        number
        for number, scopes in enumerate(reached)
        if ((scopes or is_relative_without(parts, number + 1)) and is_mine_after_all(parts, number))
        or begins_as_mine(parts, number + 1)
    }
    asserted = [
        _asserted(
            _Around(
                part,
                part.places,
                part.records,
                _answer_of(parts, number),
                Others() if is_shared or number in mine else others_in(told, number, clients),
                past_in(parts, number),
                reached[number],
                number in listed,
                _is_clear(parts, number),
                is_there_after_all(parts, number),
                is_refuted(parts, number),
                _unreal(parts, number),
                is_stopped_beside(parts, number),
                is_stopped_for_good(parts, number),
                is_said_for_good(parts, number),
                is_not_taken(parts, number),
                resolved(parts, number),
                is_back(parts, number),
                max((found.start for found in context.places_of(part.phrase.words, triggers.MISTAKEN)), default=-1),
            ),
            is_asked=part.segment.cut == "?" and number == 0,
        )
        for number, part in enumerate(parts)
    ]
    for number, part in enumerate(parts):
        if denied := _denied_by_value(parts, asserted, number):
            kinds = [Assertion.DENIED if n in denied else kind for n, kind in enumerate(asserted[number].assertions)]
            silent = asserted[number].negated.union(*(part.places[n] for n in denied))
            asserted[number] = Asserted(tuple(kinds), silent, asserted[number].days)
    return asserted


def _denied_by_value(parts: Sequence[Part], asserted: Sequence[Asserted], number: int) -> list[int]:
    """Return the conditions of a label that its value denies, after a test or at once: "VTE: Doppler, no DVT seen".

    A sign may come and go: "Chest pain: on the stairs, no chest pain at rest".
    """
    told: dict[str, set[Assertion]] = {}
    for behind in range(number + 1, min(number + 1 + _VALUES, len(parts))):
        if parts[behind].segment.cut not in (_OF_VALUE if behind > number + 1 else {":", "?"}):
            break
        if not parts[behind].named:
            if _EXAMINED.isdisjoint(parts[behind].phrase.words):
                break
            continue
        is_bare = all(word in _DENIES_ALONE or word in triggers.FILLERS for word in _outside(parts[behind]))
        for mention, kind in zip(parts[behind].named, asserted[behind].assertions, strict=False):
            is_denied = (
                kind is Assertion.DENIED and is_bare and triggers.MANAGEMENT.isdisjoint(parts[behind].phrase.words)
            )
            told.setdefault(mention.record.id, set()).add(kind if is_denied else Assertion.PRESENT)
    own = zip(parts[number].named, asserted[number].assertions, strict=False)
    kept = {Assertion.PRESENT, Assertion.POSSIBLE}
    return [
        n
        for n, (mention, kind) in enumerate(own)
        if kind in kept and told.get(mention.record.id) == _ONLY_DENIED and not isinstance(mention.record, Sign)
    ]


def _answer_of(parts: Sequence[Part], number: int) -> Assertion | None:
    """Return what a form answers to a part, or somebody who tells that they were asked: "and I told her no"."""
    part = parts[number]
    words = part.phrase.words
    if not triggers.FORMS_ASKING.isdisjoint(words) and _answers_no(parts, number + 1):
        return Assertion.DENIED
    if not triggers.ASKING.isdisjoint(words) and any(words[-len(end) :] == end for end in triggers.ANSWERED_NO):
        return Assertion.DENIED
    return _BY_ANSWER.get(part.segment.answer) if part.segment.answer else None


def _answers_no(parts: Sequence[Part], number: int) -> bool:
    """Whether a part says no to the one before it, and nothing more: "the form asks am I pregnant, no lol"."""
    after = parts[number] if number < len(parts) else None
    if after is None or after.segment.cut not in {",", "?", "-"} or is_there_after_all(parts, number):
        return False
    words = after.phrase.words
    return words[0] in {"no", "nope", "never"} and triggers.ADDED_TO_NO.issuperset(words[1:])


def _asserted(around: _Around, *, is_asked: bool) -> Asserted:
    part, words = around.part, around.part.phrase.words
    scopes = _Scopes(
        context.fears(words, part.places),
        context.possibilities(words, part.places),
        context.replaced(words, part.places),
        context.stopped(words, part.places),
        context.allergies(words, part.places),
    )
    count = len(around.places)
    found = tuple(_of_concept(around, scopes, number, is_asked=is_asked) for number in range(count))
    days = tuple(around.past.concepts.get(number) for number in range(count))
    return Asserted(found, _silent(around, found), days)


class _Scopes(Struct, frozen=True):
    """What words reach which concepts of a part."""

    fears: Sequence[Scope]
    doubts: Sequence[Scope]
    replaced: Sequence[Scope]
    stopped: Sequence[Scope]
    allergies: Sequence[Scope]


def _of_concept(around: _Around, scopes: _Scopes, number: int, *, is_asked: bool) -> Assertion:
    """Return what is said of one concept of a part."""
    places, record = around.places[number], around.records[number]
    if number in around.resolved:
        return Assertion.DENIED
    if aside := _set_aside(around, scopes, record, places):
        return aside
    if around.answer is Assertion.POSSIBLE:
        return around.answer
    if _is_over(around, scopes, number):
        return Assertion.PAST
    return Assertion.POSSIBLE if is_asked or _holds(scopes.doubts, places) else Assertion.PRESENT


def _set_aside(around: _Around, scopes: _Scopes, record: Record | None, places: Collection[int]) -> Assertion | None:
    """Return why a concept is not the client's now; of one that may be, None."""
    words, is_sign = around.part.phrase.words, isinstance(record, Sign)
    is_allergic = isinstance(record, Medicine) and _holds(scopes.allergies, places) and _LESS.isdisjoint(words)
    if _is_denied(around, record, places) or is_allergic:
        return Assertion.DENIED
    if around.answer is Assertion.DENIED:
        is_there = around.is_there_after_all or _is_managed(record, places, words)
        return Assertion.POSSIBLE if is_there else Assertion.DENIED
    if around.answer is Assertion.UNANSWERED:
        return Assertion.UNANSWERED
    if _is_of_others(around.others, places, words) and not (is_sign and not around.others.is_silent):
        return Assertion.OTHER_PERSON
    is_feared = _holds(scopes.fears, places) or context.is_of_something_else(words, places)
    is_feared = is_feared and not _is_a_risk(record)
    return Assertion.FEARED if (min(places, default=-1) in around.unreal if is_sign else is_feared) else None


def _unreal(parts: Sequence[Part], number: int) -> range:
    """Return the places of the words of a part whose signs are nobody's."""
    words = parts[number].phrase.words
    if is_imagined(parts, number):
        return range(len(words))
    start = taught_from(parts, number)
    return of_a_machine(words) if start is None else range(start, len(words))


def _is_a_risk(record: Record | None) -> bool:
    """Whether a condition is a risk itself, so that "at high risk of pressure sores" names it."""
    return isinstance(record, Precaution) and "risk" in fold(record.name).split()


def _is_over(around: _Around, scopes: _Scopes, number: int) -> bool:
    """Whether a concept is past: a medicine that was replaced, or stopped long ago; a sign only where a day is told."""
    places, record = around.places[number], around.records[number]
    if isinstance(record, Medicine):
        if around.is_back:
            return False
        is_stopped = around.is_stopped_beside or _holds(scopes.stopped, places)
        words = around.part.phrase.words
        is_replaced = _holds(scopes.replaced, places) and not _is_dosed(places, words)
        is_replaced = is_replaced or around.answer is Assertion.PAST or around.is_stopped_for_good
        is_replaced = is_replaced or _is_stopped_for_good(places, words) or around.is_not_taken
        is_replaced = is_replaced or (is_stopped and around.is_said_for_good)
        is_of_then = not _TAKEN_ONCE.isdisjoint(words) and (_BEGUN | triggers.PRESENT_TENSE).isdisjoint(words)
        is_replaced = is_replaced or (is_of_then and (around.past.concepts.get(number) or 0) >= LONG_PAST)
        return is_replaced or (is_stopped and (around.past.ended or 0) >= LONG_PAST)
    if isinstance(record, Sign):
        typed = {around.part.phrase.words[place] for place in places}
        is_long_over = around.part.segment.answer is Answer.OVER
        return is_long_over or (around.past.concepts.get(number) or 0) >= (EVENT_PAST if is_event(typed) else SIGN_PAST)
    return number in around.past.concepts or around.answer is Assertion.PAST


def _is_stopped_for_good(places: Collection[int], words: Sequence[str]) -> bool:
    """Whether a medicine was stopped and not begun again: "statin stopped for good"."""
    behind = words[max(places) + 1 :]
    return behind[:1] in {("stopped",), ("discontinued",)} and context.ends_with(behind, triggers.FOR_GOOD)


def _is_dosed(places: Collection[int], words: Sequence[str]) -> bool:
    """Whether a dose or a frequency stands behind a medicine: "no longer takes it three times a day" may be less."""
    end = max(places) + 1
    return not triggers.DOSES.isdisjoint(words[end : end + 3])


def _is_of_others(others: Others, places: Collection[int], words: Sequence[str]) -> bool:
    """Whether a concept is told of somebody else; "her" just before it, or "I have" after, makes it the client's."""
    first, end = min(places), max(places) + 1
    if end < len(words) and words[end] in triggers.SPEAKERS:
        return False
    return first in others.places and not (
        not others.is_silent and first > others.places.start + 1 and words[first - 1] in triggers.THEIRS
    )


def _silent(around: _Around, found: Sequence[Assertion]) -> frozenset[int]:
    """Return the places of the words that describe no sign of now."""
    words = around.part.phrase.words
    negated = {place for scope in around.denied for place in range(scope.start, scope.end)}
    negated |= context.denied_in_a_row(words)
    if around.is_there_after_all:  # only the words that would deny say nothing
        negated = {*context.denying(words, ())}
    is_all_denied = bool(found) and all(kind is Assertion.DENIED for kind in found) and around.is_clear
    is_unsaid = around.answer in {Assertion.DENIED, Assertion.UNANSWERED}
    is_unsaid = is_unsaid or around.part.segment.answer is Answer.OVER
    if is_unsaid or around.is_listed or is_all_denied:
        return frozenset(range(len(words)))
    negated.update(around.unreal)
    if around.others.is_silent:
        negated.update(around.others.places)
    for places, record, kind in zip(around.places, around.records, found, strict=True):
        is_name = max(places) - min(places) < len(places) + 1  # "pins and needles"
        if (kind is Assertion.PAST and isinstance(record, Sign)) or (kind is Assertion.DENIED and is_name):
            negated.update(places)
    if found and all(kind is Assertion.FEARED for kind in found):
        negated.update(range(len(words)))
    devices = {place for places in around.places for place in places if words[place] in triggers.DEVICES}
    return frozenset(negated | (silent_places(words, around.past) - devices))  # "ICD in 2020": it is still there


def _holds(scopes: Collection[Scope], places: Collection[int]) -> bool:
    return any(scope.holds(places) for scope in scopes)


# Denials


def _is_denied(around: _Around, record: Record | None, places: Collection[int]) -> bool:
    """Whether a concept is denied, by a test too: no treatment for a condition is no denial of the condition."""
    words = around.part.phrase.words
    is_refuted = around.is_refuted or results.is_well(words, places)
    # What somebody feels is there; what a doctor only supposed, such as a seizure, may have been nothing.
    is_diagnosis = not isinstance(record, Sign | Medicine) or not triggers.ATTACKS.isdisjoint(words[p] for p in places)
    if results.is_ticked_by_mistake(words, places) or (
        is_refuted and is_diagnosis and not isinstance(record, Medicine)
    ):
        return True
    behind = words[max(places) + 1 :]
    is_missed = isinstance(record, Medicine) and context.has_phrase(behind[:_MISSED], triggers.LATELY)
    is_wrong = around.last_mistake > max(places)  # "no asthma" on the card is an error
    is_there = isinstance(record, Precaution) and _is_without_attacks(words, places)
    if around.is_there_after_all or is_missed or is_wrong or is_there:
        return False
    is_denied_behind = behind in triggers.DENIED_BEHIND and _OF_THIS.isdisjoint(words[: min(places)])
    if is_denied_behind or (isinstance(record, Medicine) and behind in triggers.NOT_GIVEN):
        return True
    if not isinstance(record, Sign | Medicine) and (
        (around.is_clear and results.is_tested(words, places)) or results.is_tested_negative(words, places)
    ):
        return True
    if around.is_listed and not isinstance(record, Medicine):
        return True
    is_managed = isinstance(record, Precaution) and not all(words[place] in triggers.MANAGEMENT for place in places)
    return any(
        scope.holds(places)
        and not (is_managed and words[scope.concept] in triggers.MANAGEMENT)
        and (isinstance(record, Sign) or not scope.of_signs)
        for scope in around.denied
    )


def _is_without_attacks(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether only attacks of a condition are denied, which may be there: "no asthma attacks", but not "never"."""
    is_of_attacks = not triggers.ATTACKS.isdisjoint(words[max(places) + 1 : max(places) + 2])
    return is_of_attacks and triggers.ATTACKS.isdisjoint(words[place] for place in places) and "never" not in words


def _is_managed(record: Record | None, places: Collection[int], words: Sequence[str]) -> bool:
    """Whether a label asks what is done about a condition: no "diabetes medication" is no denial of diabetes.

    A precaution that is a treatment itself, such as anticoagulant therapy, is no condition.
    """
    end = max(places) + 1
    if not isinstance(record, Precaution) or not triggers.MANAGEMENT.isdisjoint(fold(record.name).split()):
        return False
    return end < len(words) and words[end] in triggers.MANAGEMENT


def _listed(parts: Sequence[Part], reached: Sequence[Sequence[Scope]]) -> set[int]:
    """Return the parts that continue a denied list over commas: each bare, the last closed by "or" or "nor".

    A list of three and more behind "denies" needs no such end: "denies gout, asthma, fits".
    A list that begins with something unknown holds no sign, unless that is behind "denies" too.
    """
    found: set[int] = set()
    for number, part in enumerate(parts):
        is_unknown = _continues_unknown(part)
        if is_unknown or context.is_open(part.phrase.words, reached[number]):
            is_denying = not triggers.DENYING.isdisjoint(part.phrase.words)
            closing = _CLOSING | ({"and"} if is_denying else set())
            members: list[int] = []
            for after in range(number + 1, len(parts)):
                has_sign = any(isinstance(record, Sign) for record in parts[after].records)
                has_sign = has_sign and is_unknown and not is_denying
                if parts[after].segment.cut != "," or has_sign or not _is_bare(parts[after]):
                    break
                members.append(after)
                own = parts[after].phrase.words
                last = own if is_denying and triggers.ADJECTIVES.isdisjoint(own) else _outside(parts[after])
                if parts[after].places and not closing.isdisjoint(last):
                    found.update(members)
            ends = _ends_list(parts, number + len(members) + 1)
            is_plain = all(_NO_FINDING.isdisjoint(parts[member].phrase.words) for member in members)
            is_plain = is_plain and not any(word.isdigit() for n in members for word in parts[n].phrase.words)
            if is_denying and len(members) > 1 and ends and is_plain:
                found.update(members)
    return found


def _ends_list(parts: Sequence[Part], number: int) -> bool:
    """Whether a part is no further member of a list: there is none, or it is another sentence or a statement."""
    if number == len(parts) or parts[number].segment.cut != ",":
        return True
    return parts[number].phrase.words[0] in triggers.FINITE | triggers.SUBJECTS


def _outside(part: Part) -> list[str]:
    """Return the words of a part that stand in no concept."""
    return [word for place, word in enumerate(part.phrase.words) if place not in part.covered]


def _continues_unknown(part: Part) -> bool:
    """Whether a part denies one thing that is not known: a list may begin with it."""
    words = part.phrase.words
    is_denial = not part.places and 1 < len(words) <= 4 and words[0] in _DENYING_UNKNOWN  # noqa: PLR2004 - a trigger, a filler and a name of two words
    return is_denial and (triggers.INABILITY | triggers.PSEUDO_TRIGGERS).isdisjoint(words[1:3])


def _is_bare(part: Part) -> bool:
    """Whether a part is one member of a list: a concept, or up to three words that are none; not what is lost."""
    if not _LOST.isdisjoint(part.phrase.words):  # "no fever, cannot pass urine or stool"
        return False
    others = [word for word in _outside(part) if word not in _BARE]
    if any(word in triggers.FILLERS or word in triggers.NEGATION_TRIGGERS for word in others):
        return False
    return len(others) <= (1 if part.places else 3)


def _is_clear(parts: Sequence[Part], number: int) -> bool:
    """Whether the part after one that tells of a test says that the test is clear."""
    behind = number + 1
    if behind + 1 < len(parts) and (parts[behind].segment.cut, parts[behind + 1].segment.cut) == ("(", ")"):
        behind += 1  # "pregnancy test (needed for the tablets) negative"
    after = parts[behind].phrase.words if behind < len(parts) and parts[behind].segment.cut in {",", ")"} else ()
    is_clear = bool(after) and _CLEAR.issuperset(after) and not triggers.CLEAR.isdisjoint(after)
    return is_clear and not triggers.TESTS.isdisjoint(parts[number].phrase.words)

"""Course: what of a part of a description is over, given the parts around it."""

from collections.abc import Sequence

from massharm.clinical import context, triggers
from massharm.clinical.parts import Part
from massharm.clinical.past import (
    LONG_PAST,
    Kinds,
    Past,
    Time,
    is_verb_of_the_past,
    may_be_of_late,
    past_of,
    times_in,
    value_in,
)
from massharm.kb.records import Precaution, Sign

_JOINED = {",", "(", "?", ":"}
_AS_VALUE, _IN_VALUE = frozenset({":", "?"}), frozenset({",", "(", ")", ";"})
_VALUES = 40
"""The most values that a label has."""
_AGAIN = 2
"""The parts behind what is past in which the same may be said to be there now."""
_IN_SENTENCE = frozenset({",", "but", "(", ")", "-", ":"})
"""What cuts a sentence into its parts."""
_MOST_ENDS = 1
"""The ends of a sentence behind which it may be said to be over."""
_OF_THEN = frozenset({"then", "that", "it", "day", "time"})
"""Words that may stand behind "nothing since": not "no problems since the warfarin"."""


def _kinds(part: Part) -> Kinds:
    records = [*enumerate(part.records)]
    return Kinds(
        [number for number, record in records if isinstance(record, Sign)],
        [n for n, record in records if isinstance(record, Precaution) and record.when_past and record.when_past.heir],
    )


def past_in(parts: Sequence[Part], number: int) -> Past:
    """Return what is over in a part; of a label all, where every value behind it was long ago: "Surgery: hip, 2010".

    A sign is over only where all that stands behind it is told of the past.
    """
    part = parts[number]
    comes_again = any(_comes_again(after.phrase.words) for after in parts[number + 1 : number + 1 + _AGAIN])
    if not comes_again and (days := _quiet_since(parts, number)):
        quiet = dict.fromkeys(range(len(part.places)), days)
        return Past(quiet, (Time(0, len(part.phrase.words), days),), days)
    past = past_of(part.phrase.words, part.places, _kinds(part), _joined(parts, number))
    if comes_again:
        # "He had a clot in that leg years ago. This one looks the same."
        return Past({n: days for n, days in past.concepts.items() if not isinstance(part.records[n], Sign)})
    values = _values(parts, number) if part.places else []
    told = value_in(values)
    if told is None:
        label, sign, _ = part.segment.text.partition(":")
        if not any(may_be_of_late(words) for words, _ in (values[1:] if sign else values)):
            return past
        own = {n: days for n, days in past.concepts.items() if sign and min(part.places[n]) >= len(label.split())}
        return Past(own, past.times, past.ended, past.silent)
    over = [n for n, record in enumerate(part.records) if told.is_past or not isinstance(record, Sign)]
    whole = (Time(0, len(part.phrase.words), told.days),) if told.is_past else ()
    concepts: dict[int, int | None] = {**dict.fromkeys(over, told.days), **past.concepts}
    return Past(concepts, (*past.times, *whole), told.days, past.silent)


def _comes_again(words: Sequence[str]) -> bool:
    """Whether words say that what is past is there again: "it came back", but not "it never came back"."""
    is_well = context.has_phrase(words, triggers.SINCE_THEN | triggers.WELL_SINCE)
    return context.has_phrase(words, triggers.AGAIN) and not is_well


def _quiet_since(parts: Sequence[Part], number: int) -> int | None:
    """Return the days since what a part tells of long ago, and its sentence says has not come back; otherwise None.

    The part must tell it in the past tense, behind a time of its own sentence: "A wasp sting in 2003, I couldn't
    breathe. Nothing like it since." The sentence after it may say so too.
    """
    words = parts[number].phrase.words
    if not (triggers.OF_NOW | triggers.OF_LATE | triggers.PRESENT_TENSE).isdisjoint(words):
        return None
    if not any(word in triggers.PAST_TENSE or is_verb_of_the_past(word) for word in words):
        return None
    first = number
    while first and parts[first].segment.cut in _IN_SENTENCE:
        first -= 1
    days = [time.days for part in parts[first : number + 1] for time in times_in(" ".join(part.phrase.words))]
    is_long_ago = bool(days) and min(days) >= LONG_PAST
    return min(days) if is_long_ago and _is_said_to_be_over(parts, number) else None


def _is_said_to_be_over(parts: Sequence[Part], number: int) -> bool:
    """Whether the rest of a sentence, or the next one, says that what it told has not come back."""
    ends = 0
    for part in parts[number + 1 :]:
        ends += part.segment.cut not in _IN_SENTENCE
        if ends > _MOST_ENDS or not triggers.OF_NOW.isdisjoint(part.phrase.words):
            return False
        if any(_OF_THEN.issuperset(part.phrase.words[place.stop :]) for place in _ends_in(part, is_far=bool(ends))):
            return True
    return False


def _ends_in(part: Part, *, is_far: bool) -> tuple[range, ...]:
    """Return where a part says that something is over; in another sentence only strong words do."""
    return context.places_of(part.phrase.words, triggers.SINCE_THEN | (frozenset() if is_far else triggers.WELL_SINCE))


def _values(parts: Sequence[Part], number: int) -> list[tuple[tuple[str, ...], bool]]:
    """Return the words of what stands behind a label, up to the next row, and whether they name a concept of their own.

    A short label and its value are one part.
    """
    own = parts[number]
    values = [(own.phrase.words, len(own.places) > 1)] if ":" in own.segment.text else []
    for part in parts[number + 1 :]:
        if part.segment.cut not in (_IN_VALUE if values else _AS_VALUE):
            break
        values.append((part.phrase.words, bool(part.places)))
    return values


def is_stopped_beside(parts: Sequence[Part], number: int) -> bool:
    """Whether the part behind a medicine, or the label of its row, says that it was stopped: "Stopped: aspirin"."""
    if not triggers.STOPPED_BEHIND.isdisjoint(_joined(parts, number)[:1]):
        return True
    first = max(0, number - _VALUES)
    while number > first and parts[number].segment.cut in _IN_VALUE:
        number -= 1
    is_value = number > 0 and parts[number].segment.cut == ":"
    return is_value and not triggers.STOPPED_BEHIND.isdisjoint(parts[number - 1].phrase.words)


def _joined(parts: Sequence[Part], number: int) -> tuple[str, ...]:
    """Return the words of the part that follows over a comma, a colon or in brackets and names nothing."""
    after = parts[number + 1] if number + 1 < len(parts) else None
    is_joined = after is not None and after.segment.cut in _JOINED and not after.places
    return after.phrase.words if after is not None and is_joined else ()

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
from massharm.clinical.triggers import phrases
from massharm.kb.records import Precaution, Sign

_JOINED = {",", "(", "?", ":"}
_AS_VALUE, _IN_VALUE = frozenset({":", "?"}), frozenset({",", "(", ")", ";"})
_VALUES = 40
"""The most values that a label has."""
_AGAIN = 2
"""The parts behind what is past in which the same may be said to be there now."""
_IN_SENTENCE = frozenset({",", "but", "(", ")", "-"})
"""What cuts a sentence into its parts."""
_SENTENCES = frozenset({".", ";", ":"})
_MOST_SENTENCES = 2
"""The ends of sentences up to which what is told in the past tense goes on."""
_BEHIND_ME = phrases("long behind me; all behind me")


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
    """Return the days since what a sentence tells of long ago, and says has not come back; otherwise None.

    "A kidney stone in 2018, blood in my pee, but not a twinge since then."
    """
    words = parts[number].phrase.words
    if not triggers.OF_NOW.isdisjoint(words):
        return None
    is_past = _is_told_of_the_past(words)
    first, last = _reach(parts, number, -1, is_past=is_past), _reach(parts, number, 1, is_past=is_past)
    told = [part.phrase.words for part in parts[first : last + 1]]
    ends = triggers.SINCE_THEN | (triggers.WELL_SINCE if is_past else frozenset())
    end = next((n for n, after in enumerate(told) if first + n >= number and context.has_phrase(after, ends)), None)
    if end is None:
        return None
    days = [time.days for before in told[: number - first + 1] for time in times_in(" ".join(before))]
    return min(days) if days and min(days) >= LONG_PAST else None


def _reach(parts: Sequence[Part], number: int, step: int, *, is_past: bool) -> int:
    """Return the last part before or behind a part that belongs to what it tells.

    That is its sentence; of what is told in the past tense a few sentences too.
    """
    sentences = 0
    while 0 <= number + step < len(parts):
        cut = parts[max(number, number + step)].segment.cut
        if cut not in _IN_SENTENCE and not context.has_phrase(parts[number + step].phrase.words, _BEHIND_ME):
            sentences += 1
            if cut not in _SENTENCES or not is_past or sentences > _MOST_SENTENCES:
                break
        number += step
    return number


def _is_told_of_the_past(words: Sequence[str]) -> bool:
    """Whether words have a verb of the past, and none of the present."""
    has_past = any(word in triggers.PAST_TENSE or is_verb_of_the_past(word) for word in words)
    return has_past and triggers.PRESENT_TENSE.isdisjoint(words)


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

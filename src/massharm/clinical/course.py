"""Course: what of a part of a description is over, given the parts around it."""

from collections.abc import Collection, Sequence

from massharm.clinical import context, triggers
from massharm.clinical.parts import Part
from massharm.clinical.past import (
    LONG_PAST,
    Kinds,
    Past,
    Time,
    is_verb_of_the_past,
    may_be_of_late,
    months_in,
    past_of,
    times_in,
    value_in,
)
from massharm.kb.records import Medicine, Precaution, Sign

_JOINED = {",", "(", "?", ":"}
_AS_VALUE, _IN_VALUE = frozenset({":", "?"}), frozenset({",", "(", ")", ";"})
_FOR_A_WHILE = frozenset({"for", "while", "during", "until", "before"})
"""Words by which a medicine was stopped for a while: "stopped it in 2015 for surgery"."""
_LABELS = 3
"""The names of a label, over commas, up to which its value is looked for."""
_VALUES = 40
"""The most values that a label has."""
_AGAIN = 2
"""The parts behind what is past in which the same may be said to be there now."""
_IN_SENTENCE = frozenset({",", "but", "(", ")", "-", ":"})
"""What cuts a sentence into its parts."""
_TO_LAST = 4
"""The parts behind what comes and goes in which it may be said when it last was."""
_LAST_WORDS = 3
"""The first words of a part that says so."""
_LONG_QUIET = 180
"""The days from which what was last so long ago is past."""
_ANOTHER = frozenset({"another"})
"""A word by which a part behind it tells of a later one."""
_NEAR_NEWS = 2
"""The parts on either side of what is old in which it may be said to be new or worse."""
_NEAR_RESIDUAL = 4
"""The words behind "residual" in which that begins which is left."""
_HAD = frozenset({"had", "suffered", "previous", "hx"})
"""Words of a part that tells of the past."""
_OF_HISTORY = frozenset({"hx", "history", "pmh", "pmhx", "previous"})
"""The first word of a part that tells of what was."""
_NO_MORE = 4
"""The words of a part that only says that there was no more of something."""
_OF_HOURS = frozenset("hour hours minute minutes day days after this morning night then but when until".split())  # noqa: SIM905 - words
"""Words by which what has stopped may come again, or was there just now."""
_TOLD_ON = 16
"""The parts behind what is past in which it may be said to be over."""
_MOST_ENDS = 3
"""The ends of a sentence behind which it may be said to be over."""
_NOW = frozenset({"now", "more"})
"""Words of "none now" and "not any more"."""
_TAKEN_THEN = frozenset({"was", "took", "had", "used", "were", "been"})
"""Words of a part that tells of a medicine of then."""
_MONTHS_AGO = 60
"""Days from which what was in a month, and did not come back, is over."""
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
    if not comes_again and (gone := _quiet(parts, number) or _dated_together(parts, number)):
        return gone
    dated = _dated_before(parts, number)
    past = past_of((*dated, *part.phrase.words), _moved(part.places, len(dated)), _kinds(part), _joined(parts, number))
    if dated:
        past = Past(past.concepts, (), past.ended)
    if comes_again:
        # "He had a clot in that leg years ago. This one looks the same."
        return Past({n: days for n, days in past.concepts.items() if not isinstance(part.records[n], Sign)})
    if residual := _residual(parts, number):
        over: dict[int, int | None] = dict.fromkeys(residual, LONG_PAST)
        return Past({**past.concepts, **over}, past.times, past.ended, past.silent.union(*residual.values()))
    values = _values(parts, number) if part.places else []
    told = value_in(values)
    if told is None:
        label, sign, _ = part.segment.text.partition(":")
        if not any(may_be_of_late(words) for words, _ in (values[1:] if sign else values)):
            return past
        own = {n: days for n, days in past.concepts.items() if sign and min(part.places[n]) >= len(label.split())}
        return Past(own, past.times, past.ended, past.silent)
    own_past = [n for n, record in enumerate(part.records) if told.is_past or not isinstance(record, Sign)]
    whole = (Time(0, len(part.phrase.words), told.days),) if told.is_past else ()
    concepts: dict[int, int | None] = {**dict.fromkeys(own_past, told.days), **past.concepts}
    return Past(concepts, (*past.times, *whole), told.days, past.silent)


def _dated_together(parts: Sequence[Part], number: int) -> Past | None:
    """Return what is over of a part that a plus joins to a time long past: "had a heart attack + stents in 2012"."""
    words = parts[number].phrase.words
    after = parts[number + 1] if number + 1 < len(parts) and parts[number + 1].segment.cut == "+" else None
    if after is None or _HAD.isdisjoint(words) or times_in(" ".join(words)):
        return None
    days = [time.days for time in times_in(" ".join(after.phrase.words))]
    is_news = not (triggers.OF_NOW | triggers.NEWS).isdisjoint((*words, *after.phrase.words))
    if is_news or not days or min(days) < LONG_PAST:
        return None
    return Past(dict.fromkeys(range(len(parts[number].places)), min(days)))


def _residual(parts: Sequence[Part], number: int) -> dict[int, frozenset[int]]:
    """Return the signs of a part that something long ago left behind, with their words: "residual mild arm weakness".

    What is worse or new counts as a sign of now, and so does what is left of something of the last months.
    """
    part = parts[number]
    words = part.phrase.words
    if "residual" not in words or tells_of_late(parts, number):
        return {}
    place = words.index("residual")
    signs = {n: part.places[n] for n, record in enumerate(part.records) if isinstance(record, Sign)}
    near = {n: own for n, own in signs.items() if place < min(own) <= place + _NEAR_RESIDUAL}
    return {n: frozenset(range(place, max(own) + 1)) for n, own in near.items()}


_NOT_NEWS = frozenset({("nothing", "new"), ("no", "new"), ("by", "morning"), ("at", "night")})
"""Words that do not tell of something new, each with the one before it."""


def tells_of_late(parts: Sequence[Part], number: int, *, but: Collection[str] = ()) -> bool:
    """Whether a part, or one of those near it, tells of something new, of days or weeks, or of a time not long past.

    Words of `but` do not tell so, nor does "nothing new" or "gone by morning".
    """
    near = parts[max(0, number - _NEAR_NEWS) : number + 1 + _NEAR_NEWS]
    words = {
        word
        for part in near
        for before, word in zip(("", *part.phrase.words), part.phrase.words, strict=False)
        if (before, word) not in _NOT_NEWS
    }
    times = (time.days for part in near for time in times_in(" ".join(part.phrase.words)))
    is_news = not (triggers.NEWS | triggers.RECENTLY).isdisjoint(words.difference(but))
    return is_news or any(days < LONG_PAST for days in times)


def _moved(places: Sequence[Collection[int]], by: int) -> list[frozenset[int]]:
    """Return the places of concepts behind so many words more."""
    return [frozenset(place + by for place in concept) for concept in places]


def _dated_before(parts: Sequence[Part], number: int) -> tuple[str, ...]:
    """Return the year before a part in which it was: "Hospital stays: 2022, appendix"; where there is none, nothing."""
    if not number or parts[number].segment.cut not in {",", "-", "\u2013"}:
        return ()
    before = parts[number - 1].segment
    year = before.text.rpartition(":")[2].strip()
    is_first = ":" in before.text or before.cut in {":", ";", "."}
    return (year,) if is_first and len(year.split()) == 1 and times_in(year) else ()


def _comes_again(words: Sequence[str]) -> bool:
    """Whether words say that what is past is there again: "it came back", but not "it never came back"."""
    is_well = context.has_phrase(words, triggers.SINCE_THEN | triggers.WELL_SINCE)
    return context.has_phrase(words, triggers.AGAIN) and not is_well


def _quiet(parts: Sequence[Part], number: int) -> Past | None:
    """Return what is over of a part whose row says that it was last there long ago, or has not come back since."""
    part = parts[number]
    if days := _last_ago(parts, number):
        # What comes in attacks is there, though the last was long ago.
        own: dict[int, int | None] = {n: days for n, record in enumerate(part.records) if isinstance(record, Sign)}
        return Past(own, (Time(0, len(part.phrase.words), days),))
    if _has_stopped(parts, number):
        return Past({}, silent=frozenset(range(len(part.phrase.words))))
    if _is_all_good(parts, number):
        signs = [n for n, record in enumerate(part.records) if isinstance(record, Sign)]
        return Past(dict.fromkeys(signs, LONG_PAST), silent=frozenset(range(len(part.phrase.words))))
    if days := _quiet_since(parts, number):
        quiet = dict.fromkeys(range(len(part.places)), days)
        return Past(quiet, (Time(0, len(part.phrase.words), days),), days)
    return None


def _has_stopped(parts: Sequence[Part], number: int) -> bool:
    """Whether a part is the label or the value of a row that says that a trouble has stopped: "Bleeding: stopped"."""
    for label, value in ((number, number + 1), (number - 1, number)):
        if label >= 0 and value < len(parts) and parts[value].segment.cut == ":":
            words = parts[value].phrase.words
            is_over = words[0] in triggers.STOPPED_BEHIND and (triggers.OF_NOW | _OF_HOURS).isdisjoint(words)
            if is_over and triggers.STOPPING.issuperset(parts[label].phrase.words):
                return True
    return False


def _is_all_good(parts: Sequence[Part], number: int) -> bool:
    """Whether a part names complaints in a label whose value says that all is well: "Bleeding, anything odd: all good".

    A condition may be there though it is well: "diabetes: all good".
    """
    if any(isinstance(record, Precaution) for record in parts[number].records) or _tells_of_now(parts[number]):
        return False
    for value in range(number, min(number + 1 + _LABELS, len(parts))):
        after = parts[value]
        label, sign, said = after.segment.text.rpartition(":")
        if sign or after.segment.cut in {":", "?"}:
            words = tuple(said.lower().split()) if sign else after.phrase.words
            last = label.lower().split() if sign else parts[value - 1].phrase.words
            is_one = value == number if sign else value == number + 1
            is_list = is_one or not triggers.OF_ANYTHING.isdisjoint(last)  # not "chest pain today, BP: all good"
            return is_list and triggers.ALL_GOOD.issuperset(words) and words[:1] == ("all",)
        if value > number and (after.segment.cut != "," or _tells_of_now(after)):
            return False
    return False


def _tells_of_now(part: Part) -> bool:
    """Whether a part states something of now, and is no bare label."""
    return not (triggers.OF_NOW | triggers.OF_LATE | triggers.PRESENT_TENSE).isdisjoint(part.phrase.words)


def _last_ago(parts: Sequence[Part], number: int) -> int | None:
    """Return the days since the last of what a part tells, where its row says so: "Fits: yes. Last one: 2 years ago".

    Otherwise, and where the row tells of now, None.
    """
    if not (triggers.OF_NOW | triggers.NEWS).isdisjoint(parts[number].phrase.words):
        return None
    days: list[int] = []
    for after in parts[number + 1 : number + 1 + _TO_LAST]:
        words = after.phrase.words
        if not after.segment.cut:
            break
        if not (triggers.OF_NOW | _ANOTHER).isdisjoint(words):
            return None
        if context.has_phrase(words[:_LAST_WORDS], triggers.LAST_ONE):
            days += [time.days for time in times_in(" ".join(words))]
    return min(days) if days and min(days) >= _LONG_QUIET else None


def _quiet_since(parts: Sequence[Part], number: int) -> int | None:
    """Return the days since what a part tells of long ago, and its sentence says has not come back; otherwise None.

    The part must tell it in the past tense, behind a time of its own sentence: "A wasp sting in 2003, I couldn't
    breathe. Nothing like it since." The sentence after it may say so too.
    """
    words = parts[number].phrase.words
    is_history = words[0] in _OF_HISTORY
    late = triggers.OF_LATE - {"when"} if is_history else triggers.OF_LATE
    if not (triggers.OF_NOW | late | triggers.PRESENT_TENSE).isdisjoint(words):
        return None
    if not is_history and not any(word in triggers.PAST_TENSE or is_verb_of_the_past(word) for word in words):
        return None
    first = number
    while first and parts[first].segment.cut in _IN_SENTENCE:
        first -= 1
    end = number + 1
    while is_history and end < len(parts) and parts[end].segment.cut in _IN_SENTENCE:
        end += 1
    days = [time.days for part in parts[first:end] for time in times_in(" ".join(part.phrase.words))]
    if not days:  # "in February my chest felt tight. Nothing since"
        days = [ago for part in parts[first:end] if (ago := months_in(" ".join(part.phrase.words))) is not None]
        is_long_ago = bool(days) and min(days) >= _MONTHS_AGO
    else:
        is_long_ago = min(days) >= LONG_PAST
    return min(days) if is_long_ago and _is_said_to_be_over(parts, number) else None


def _is_said_to_be_over(parts: Sequence[Part], number: int) -> bool:
    """Whether the rest of a sentence, or the next one, says that what it told has not come back."""
    ends = 0
    for part in parts[number + 1 : number + 1 + _TOLD_ON]:
        ends += part.segment.cut not in _IN_SENTENCE
        if ends > _MOST_ENDS or not triggers.OF_NOW.isdisjoint(part.phrase.words):
            return False
        if any(_OF_THEN.issuperset(part.phrase.words[place.stop :]) for place in _ends_in(part, is_far=bool(ends))):
            return True
    return False


def _ends_in(part: Part, *, is_far: bool) -> tuple[range, ...]:
    """Return where a part says that something is over; in another sentence only strong words do."""
    words = part.phrase.words
    if words[0] in {"no", "none"} and words[-1] == "since" and len(words) <= _NO_MORE:  # "no faints since"
        return (range(len(words)),)
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
    joined = _joined(parts, number)
    if _is_weaned_behind(parts, number):
        return True
    if not triggers.STOPPED_BEHIND.isdisjoint(joined[:1]) or tuple(joined[:2]) in triggers.NONE_SINCE:
        return True
    first = max(0, number - _VALUES)
    while number > first and parts[number].segment.cut in _IN_VALUE:
        number -= 1
    is_value = number > 0 and parts[number].segment.cut == ":"
    return is_value and not triggers.STOPPED_BEHIND.isdisjoint(parts[number - 1].phrase.words)


def _is_weaned_behind(parts: Sequence[Part], number: int) -> bool:
    """Whether the part behind a medicine and a dash says that it was stopped: "oxycodone - tapered off 2012"."""
    after = parts[number + 1] if number + 1 < len(parts) and parts[number + 1].segment.cut in {"-", "\u2013"} else None
    return after is not None and any(
        tuple(after.phrase.words[: len(phrase)]) == phrase for phrase in triggers.STOPPED if len(phrase) > 1
    )


def _was_stopped_long_ago(parts: Sequence[Part], number: int) -> bool:
    """Whether the part behind a medicine says that it was stopped long ago: "I came off it five years ago"."""
    after = parts[number + 1] if number + 1 < len(parts) else None
    if after is None or after.places or after.segment.cut not in _IN_SENTENCE:
        return False
    words = after.phrase.words
    medicines = {record.id for record in parts[number].records if isinstance(record, Medicine)}
    is_of_one = len(medicines) == 1 or "them" in words  # "warfarin and aspirin, stopped it": one of them
    if not is_of_one or not _FOR_A_WHILE.isdisjoint(words):
        return False
    days = [time.days for time in times_in(" ".join(words))]
    is_said = context.has_phrase(words, triggers.STOPPED_IT) or _is_weaned_behind(parts, number)
    return bool(days) and min(days) >= LONG_PAST and is_said and triggers.RETURNS.isdisjoint(words)


def _is_same(part: Part, other: Part) -> bool:
    """Whether a part names no more than a record that another one names."""
    own = {record.id for record in part.records if record}
    return bool(other.named) and any(mention.record.id in own for mention in other.named)


def is_stopped_for_good(parts: Sequence[Part], number: int) -> bool:
    """Whether what was stopped beside a part is said not to be taken again: "stopped in 2022, never restarted"."""
    if _was_stopped_long_ago(parts, number):
        return True
    return is_said_for_good(parts, number) and is_stopped_beside(parts, number)


def is_said_for_good(parts: Sequence[Part], number: int) -> bool:
    """Whether the parts behind a medicine say that it is not taken again, and none near it tells of the last days."""
    behind = parts[number + 1 : number + 1 + _TO_LAST]
    said = (part.phrase.words for part in behind if part.segment.cut in _IN_SENTENCE)
    is_said = any(
        context.ends_with(words, triggers.FOR_GOOD | triggers.WELL_SINCE | triggers.NONE_SINCE) for words in said
    )
    after = parts[number + 1] if number + 1 < len(parts) else None
    is_replaced = after is not None and _is_another_instead(after)
    if not _FOR_A_WHILE.isdisjoint(parts[number].phrase.words):  # "stopped it for the operation, fine ever since"
        return False
    return is_replaced or (is_said and not tells_of_late(parts, number, but=_NOW))


def _is_another_instead(part: Part) -> bool:
    """Whether a part names a medicine that is taken in place of one that was stopped: "now on apixaban instead"."""
    is_named = any(isinstance(record, Medicine) for record in part.records)
    words = part.phrase.words
    return is_named and (words[:1] == ("now",) or "instead" in words) and triggers.NEGATION_TRIGGERS.isdisjoint(words)


def is_not_taken(parts: Sequence[Part], number: int) -> bool:
    """Whether a part, or the one behind it, says that a medicine is not taken: "prescribed, but I never took it"."""
    words = parts[number].phrase.words
    after = parts[number + 1] if number + 1 < len(parts) and not parts[number + 1].places else None
    behind = [*after.phrase.words] if after is not None else []
    while behind and behind[-1] in triggers.ADDED:
        del behind[-1]
    is_of_then = not _TAKEN_THEN.isdisjoint(words) and triggers.PRESENT_TENSE.isdisjoint(words)
    is_no_more = tuple(behind) in triggers.NO_MORE or context.ends_with(words, triggers.NO_MORE)
    if is_of_then and is_no_more and not tells_of_late(parts, number, but=_NOW):
        return True
    return tuple(behind) in triggers.NEVER_TAKEN and after is not None and after.segment.cut in _IN_SENTENCE


def _joined(parts: Sequence[Part], number: int) -> tuple[str, ...]:
    """Return the words of the part that follows over a comma, a colon or in brackets and names nothing.

    Brackets that only give another name of the same are passed over: "mini stroke (TIA) in 2022".
    """
    after = parts[number + 1] if number + 1 < len(parts) else None
    if after is not None and after.segment.cut == "(" and _is_same(parts[number], after):
        behind = parts[number + 2] if number + 2 < len(parts) else None
        return behind.phrase.words if behind is not None and behind.segment.cut == ")" and not behind.places else ()
    if after is not None and after.phrase.words in triggers.THINKING and number + 2 < len(parts):
        after = parts[number + 2]  # "in, what was it, 2011"
    is_joined = after is not None and after.segment.cut in _JOINED and not after.places
    return after.phrase.words if after is not None and is_joined else ()

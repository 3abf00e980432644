"""The past: which concepts of a part are over, and for how long."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from msgspec import Struct

from massharm.clinical import context, triggers
from massharm.clinical.patterns import Pattern

LONG_PAST = 300
"""Days from which a condition is long past."""
SIGN_PAST = 28
"""Days from which a sign, whose day is stated, is past and raises no alarm."""
EVENT_PAST = 7
"""Days from which that is so of an event that is over at once, such as a heart attack or a broken bone."""
_BROKEN = frozenset({"broke", "broken", "fracture", "fractured"})
_NO_BONES = frozenset({"waters", "water", "skin", "fever", "wound", "out"})
"""Words for a broken bone, and what else breaks."""

_AGO = Pattern(
    r"\b(?:(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|few|couple of"
    r"|some)\+?\s*(?P<unit>day|week|wk|month|mth|year|yr|decade)s?|(?P<fortnight>(?:a )?fortnight)"
    r"|(?P<parts>\d{1,3})\s?/?\s?(?P<of>7|52|12))\s*(?:ago|back|earlier|since surgery)\b",
)
_LONG_AGO = Pattern(
    r"\b(?:(?:years|yrs) (?:ago|back)|long ago|at school|ages ago"
    r"|as (?:an? )?(?:little |small |young |wee )?(?:child|baby|kid|teenager|teen|boy|girl|lad|lass)"
    r"|in (?:my|his|her|their)?\s*(?:childhood|teens|twenties|thirties)"
    r"|back in the (?:(?:19|20)\d0'?s|fifties|sixties|seventies|eighties|nineties|noughties)"
    r"|when we were (?:kids|children|little|young|small|teenagers|students|at school)"
    r"|in (?:\d{1,2}(?:st|nd|rd|th) grade|(?:primary|elementary|middle|high|secondary) school|kindergarten|nursery)"
    r"|when (?:i|s?he) was (?:about |around |only |just )?"
    r"(?:(?:\d{1,2}|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"(?!\s*(?:minutes?|mins?|hours?|weeks?|wks?|months?|days?|stone|st|kg|miles?))"
    r"|(?:a )?(?:little |small )?(?:child|kid)|a baby|young|little|small|born|a student|at uni(?:versity)?"
    r"|(?:in|at) college|in school)"
    r"|^(?:i|s?he) was (?:about |around |only |just )?"
    r"(?:[4-9]|1\d|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)$)",
)
_OF_A_BIRTH = Pattern(
    r"\b(?:had|was|were|got|bled|\w{3,}ed)\b.*\b(?P<time>in (?:my|her) (?:last|first|second|previous) pregnancy"
    r"|with (?:my|her) (?:first|second|third|eldest|last|previous)"
    r"(?: (?:baby|pregnancy|child|one)\b|(?= not\b| but not\b|$)))",
    needs=("pregnancy", "with my", "with her"),
)
"""An earlier pregnancy of which something is told in the past tense: "I had mastitis with my first"."""
_LAST_TIME = Pattern(
    r"\bhad\b.*\b(?:labou?r|section|caesarean|contractions|eclampsia|birth|delivery|diabetes)\b"
    r".*\b(?P<time>last time (?:a?round|i was pregnant))\b",
    needs=("last time",),
)
"""The same, by what only a pregnancy brings: "I had early labour last time around"."""
_STILL_PREGNANT = Pattern(r"\b(?:weeks?|wks?|pregnant|preg|expecting|due|trimester)\b")
"""Words of a part by which that pregnancy may be the one of now: "39 weeks with my first baby"."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = Pattern(
    r"(?<!since )\b(?:in|last|during) (?:(?P<month>jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)|(?:the )?(?:spring|summer|autumn|winter))\b"
)
_SEASONS = {
    "spring": (3, 4, 5, 9, 10, 11),
    "summer": (12, 1, 2, 6, 7, 8),
    "autumn": (3, 4, 5, 9, 10, 11),
    "winter": (12, 1, 2, 6, 7, 8),
}
"""The months that each season has in either hemisphere."""
_SEASON_AGO = 90
"""Days of a time that only names a season."""
_LAST_YEAR = Pattern(r"\blast (?:year|yr)\b", needs=("last ",))
_YEAR = Pattern(r"(?<![\d/.])(?:19|20)\d\d(?![\d/])")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS |= {"nine": 9, "ten": 10, "twelve": 12, "several": 3, "many": 5, "few": 2, "couple of": 2, "some": 2}
_UNITS = frozenset("day days week weeks wk wks month months mth mths year years yr yrs fortnight decades".split())  # noqa: SIM905 - words
_DAYS = {"day": 1, "week": 7, "wk": 7, "month": 30, "mth": 30, "year": 365, "yr": 365, "decade": 3650}
_DAYS |= {"7": 1, "52": 7, "12": 30}  # 3/7 are three days, 2/52 two weeks, 6/12 six months
_MARKS = (
    "ago",
    "back",
    "earlier",
    "as ",
    "childhood",
    "teens",
    "twenties",
    "thirties",
    "when ",
    "school",
    " grade",
    "kindergarten",
    "nursery",
    "last year",
    "fortnight",
    "pregnancy",
    "with my ",
    "with her ",
    "last time",
)
_YEARS_AGO = 730
"""Days of a time that only says that it was years ago."""
_NEW_STATEMENT = triggers.TERMINATORS - {"with", "who"} | {"but", "i"}
_PRESENT_TENSE = frozenset({"has", "have", "is", "am", "takes", "take"})
_COUNTED = re.compile(r"[ctls]\d{1,2}|x\d{1,2}|\d{1,2}x")
"""A vertebra, or how often something was: "L4", "x1"."""
_MOST_TIMES = 40
"""The most times of one part that are looked at; what is told beside further ones counts as present."""
_GAP = 6
"""The most words between what is past and the time when it was."""
_LONG = 4
"""The letters that a word with "ed" has more than, to be a verb of the past: "fainted", and not "need"."""
_LAST_THING = 4
"""How many words before a time "last" may stand that tells what came last then."""
_AFTER = frozenset({"after", "following", "during", "from"})
_ORDER = frozenset({"first", "second", "third", "last", "my", "her"})
_UNSAID = triggers.FILLERS - {"or"}
_IT = frozenset({"it", "same", "this"})
_LATELY = frozenset({"few", "couple", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "night"})


_OPERATED = Pattern(
    r"(?<![-\w])(?:op|replaced|removed|taken out|operated|repaired|pinned|plated|bypass|replacement|reconstruct\w+"
    r"|transplant\w*|general ana?esthetic|under ana?esthetic"
    r"|\w+(?:ectomy|plasty|ostomy)|arthroscop\w+|keyhole|stitched|stitches|sutures|staples|c-?section|caesarean|cesarean)\b"
)
RECENT_OPERATION = 84
"""Days up to which what was operated is a recent operation: twelve weeks."""


class Time(Struct, frozen=True):
    """A time in the past among words, from `start` to before `end`, and how many days ago it was, at least."""

    start: int
    end: int
    days: int


class Past(Struct, frozen=True):
    """What of a part is over: the concepts by their number, each with the days since, where stated; and the times.

    `ended` are the days since the only time of a part that tells of no return, though something else may go on now;
    `silent` are then the places of what came last long ago.
    """

    concepts: Mapping[int, int | None]
    times: tuple[Time, ...] = ()
    ended: int | None = None
    silent: frozenset[int] = frozenset()


def days_in(text: str) -> int | None:
    """Return how many days ago a text says something was, at least; if it does not say so, None.

    Of a year it is the last day; of several times the latest counts.
    """
    return min((time.days for time in times_in(text)), default=None)


def has_recent_operation(text: str) -> bool:
    """Whether a text tells of an operation and of a time in the past twelve weeks: "hip replaced 3 weeks ago"."""
    days = days_in(text)
    return days is not None and days <= RECENT_OPERATION and _OPERATED.search(text) is not None


def times_in(text: str) -> tuple[Time, ...]:
    """Return the times in the past in a text, whose places count its words between single spaces."""
    return _times_before(text, datetime.now(UTC).date())


@lru_cache(maxsize=1024)
def _times_before(text: str, today: date) -> tuple[Time, ...]:
    """Return the times in a text before a day; the parts around each part ask for the same ones."""
    lowered = text.lower()
    if not (any(char.isdigit() for char in text) or any(mark in lowered for mark in _MARKS)):
        return ()
    found = [*_times(lowered, today)]
    return tuple(
        Time(lowered.count(" ", 0, start), lowered.count(" ", 0, end) + 1, days)
        for start, end, days in found
        if not any(start >= other and end <= last and (start, end) != (other, last) for other, last, _ in found)
    )


def _times(text: str, today: date) -> Iterator[tuple[int, int, int]]:
    for match in _AGO.finditer(text):
        yield *match.span(), _days_ago(match.groupdict())
    for match in _LONG_AGO.finditer(text):
        yield *match.span(), _YEARS_AGO
    for earlier in (_OF_A_BIRTH, _LAST_TIME):
        if (told := earlier.search(text)) and not _STILL_PREGNANT.search(text[: told.start("time")]):
            yield *told.span("time"), _YEARS_AGO
    for match in _LAST_YEAR.finditer(text):
        yield *match.span(), (today - date(today.year - 1, 12, 31)).days
    for match in _YEAR.finditer(text):
        if int(match[0]) < today.year:
            yield *match.span(), (today - date(int(match[0]), 12, 31)).days


def _days_ago(stated: Mapping[str, str | None]) -> int:
    if stated["fortnight"]:
        return 14
    number, unit = stated["number"] or stated["parts"] or "1", stated["unit"] or stated["of"] or "day"
    return (_NUMBERS.get(number) or int(number)) * _DAYS[unit]


def months_in(text: str) -> int | None:
    """Return how many days ago a month or a season was, at least, that a folded text names: "in February"; else None.

    A season counts `_SEASON_AGO`, or nothing where it is that season now in either hemisphere.
    """
    found = _MONTH.search(text)
    if found is None:
        return None
    month, today = found["month"], datetime.now(UTC).date()
    if month is None:
        is_now = any(season in found[0] and today.month in months for season, months in _SEASONS.items())
        return 0 if is_now else _SEASON_AGO
    number = _MONTHS.index(month[:3]) + 1
    year = today.year if number <= today.month else today.year - 1
    last = date(year + number // 12, number % 12 + 1, 1)
    return max(0, (today - last).days)


class Kinds(Struct, frozen=True):
    """The numbers of the concepts of a part that are signs, and of those that leave a history, such as a stroke."""

    signs: Collection[int] = ()
    events: Collection[int] = ()


def past_of(words: Sequence[str], concepts: Sequence[Collection[int]], kinds: Kinds, following: Sequence[str]) -> Past:
    """Return what is over among the concepts of a part; `following` are the words of the part after it, if joined.

    A time counts for the concept beside it, and for what that came after. Where anything goes on, nothing is over.
    """
    times = times_in(" ".join(words))[:_MOST_TIMES]
    goes_on = _is_ongoing(words) or _goes_on(following)
    if not times and (after := times_in(" ".join(following))) and _is_time_alone(following, after):
        times = (Time(len(words), len(words), min(time.days for time in after)),)
    is_taken_again = not triggers.RETURNS.isdisjoint((*words, *following)) or _goes_on(following)
    ended = times[0].days if len(times) == 1 and not is_taken_again else None
    if goes_on:
        return Past({}, ended=ended, silent=_last_time_of(words, times))
    over: dict[int, int | None] = {}
    for time in times:
        for number in _about(words, concepts, kinds, time):
            over[number] = min(time.days, over.get(number) or time.days)
        told = _opened_by(words, time) | _told_before(words, time)
        over.update({number: time.days for number in kinds.signs if told.issuperset(concepts[number])})
    for number in _over_without_time(words, concepts, kinds):
        over.setdefault(number, None)
    return Past(over, times, ended)


def _last_time_of(words: Sequence[str], times: Sequence[Time]) -> frozenset[int]:
    """Return the places of what came last long ago, though something goes on: "since 2010, last fit 2 years ago"."""
    found: set[int] = set()
    for time in times:
        first = max(0, time.start - _LAST_THING)
        last = next((place for place in range(first, time.start) if words[place] == "last"), None)
        if last is not None and time.days >= LONG_PAST:
            found.update(range(last, time.end))
    return frozenset(found)


class Value(Struct, frozen=True):
    """What stands behind a label: the days since its latest time, and whether all of it is told of the past."""

    days: int
    is_past: bool


def may_be_of_late(words: Sequence[str]) -> bool:
    """Whether words tell of something that goes on, or may be of late."""
    return not (triggers.ONGOING | triggers.OF_LATE).isdisjoint(words)


def value_in(values: Sequence[tuple[Sequence[str], bool]]) -> Value | None:
    """Return when the values of a label were, each given by its words and whether they name a concept.

    None where any of them goes on, may be of late, or names a concept without a time.
    """
    days: list[int] = []
    is_past = True
    has_date = any(_is_dating(words) for words, named in values if not named)
    is_dated = sum(named for _, named in values) == 1 and has_date
    has_date = has_date and any("once" in words for words, _ in values)  # "once, giving blood, 2 years ago"
    is_over = any(_says_no_more(words) for words, _ in values[1:])
    for words, names_concept in values:
        if _says_no_more(words):
            continue
        times = times_in(" ".join(words))
        told = {place for time in times for place in range(time.start, time.end)}
        rest = [word for place, word in enumerate(words) if place not in told]
        if rest[-2:] == ["ever", "since"] and not times:
            rest = rest[:-2]
        if may_be_of_late(rest) or (names_concept and not times and not (is_dated or is_over)):
            return None
        days += [time.days for time in times]
        is_past = is_past and (is_over or has_date or bool(times) or not triggers.TOLD_OF_THE_PAST.isdisjoint(rest))
    return Value(min(days), is_past) if days else None


def _says_no_more(words: Sequence[str]) -> bool:
    """Whether a value only says that there was no more of something: "none since", "since then no complaints"."""
    is_since = "since" in words and triggers.OF_NO_MORE.issuperset(words) and not triggers.WELL_OR_NOT.isdisjoint(words)
    return is_since or words in triggers.SINCE_THEN


def _is_dating(words: Sequence[str]) -> bool:
    """Whether a value is only the time of what the others tell: "Concussion: rugby, school, 2009"."""
    times = times_in(" ".join(words))
    return bool(times) and _is_time_alone(words, times)


def is_event(words: Collection[str]) -> bool:
    """Whether the words of a sign are those of a heart attack or a broken bone."""
    is_attack = "heart" in words and not {"attack", "attacks"}.isdisjoint(words)
    return is_attack or (not _BROKEN.isdisjoint(words) and _NO_BONES.isdisjoint(words))


def _is_ongoing(words: Sequence[str]) -> bool:
    """Whether words say that something goes on; "back in 2019" does not, nor does "two months back"."""
    return any(
        word in triggers.ONGOING
        and not (word == "back" and (words[place + 1 : place + 2] == ("in",) or words[max(0, place - 1)] in _UNITS))
        for place, word in enumerate(words)
    )


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a part says that what was told before it goes on: "today she has it again"."""
    return not triggers.ONGOING.isdisjoint(words) and not _IT.isdisjoint(words)


def _is_time_alone(words: Sequence[str], times: Collection[Time]) -> bool:
    """Whether a part tells a time and nothing else."""
    told = {place for time in times for place in range(time.start, time.end)}
    rest = [word for place, word in enumerate(words) if place not in told and not word.isdigit()]
    return (triggers.BEFORE_A_TIME | triggers.ENDING).issuperset(rest) and triggers.ONGOING.isdisjoint(rest)


def _about(words: Sequence[str], concepts: Sequence[Collection[int]], kinds: Kinds, time: Time) -> Iterator[int]:
    """Yield the numbers of the concepts that a time is about: those that end last before it, else the first after."""
    if time.days >= LONG_PAST and time.end - time.start > 1:  # "in my first pregnancy" is over, "it's 1970" is not
        yield from (n for n, places in enumerate(concepts) if time.start <= max(places) < time.end)
    ended = [places for places in concepts if max(places) < time.start]
    if ended:
        end = max(max(places) for places in ended) + 1
        if _leads_to_time(words[end : time.start]):
            start, own = _chain(words, concepts, kinds, end)
            joined = (n for n, places in enumerate(concepts) if start <= min(places) and max(places) < end)
            yield from (n for n in joined if own <= min(concepts[n]) or n not in kinds.signs)
        return
    start = min((min(places) for places in concepts if min(places) >= time.end), default=len(words))
    if start < len(words) and triggers.AFTER_A_TIME.issuperset(words[time.end : start]):
        end = max(max(places) for places in concepts if min(places) == start)
        yield from (n for n, places in enumerate(concepts) if start <= min(places) and max(places) <= end)


def _leads_to_time(words: Sequence[str]) -> bool:
    """Whether words between what is past and a time tell no more than where, when or after what it was."""
    if len(words) > _GAP or not triggers.TERMINATORS.isdisjoint(words):
        return False
    is_known = all(word in triggers.BEFORE_A_TIME or word.isdigit() or _COUNTED.fullmatch(word) for word in words)
    return is_known or words[0] in _AFTER


def _chain(words: Sequence[str], concepts: Sequence[Collection[int]], kinds: Kinds, end: int) -> tuple[int, int]:
    """Return where a chain of concepts begins that ends at a place, and where its last member does.

    Alternatives are one member, as in "stroke or mini stroke"; others are what came before, as in "clot after surgery",
    and what left a history too, as in "stroke and clot".
    """
    start = own = min(min(places) for places in concepts if max(places) + 1 == end)
    while before := [(max(places) + 1, number) for number, places in enumerate(concepts) if max(places) < start]:
        last, number = max(before)
        between = [word for word in words[last:start] if word not in _UNSAID or word in triggers.FINITE]
        is_after = bool(between) and between[0] in _AFTER | {"in"} and _ORDER.issuperset(between[1:])
        is_alternative = between == ["or"] or (not between and "or" in words[min(concepts[number]) : start])
        if not (is_after or is_alternative or (between == ["and"] and number in kinds.events)):
            break
        is_own = is_alternative and start == own
        start = min(min(places) for places in concepts if max(places) + 1 == last)
        own = start if is_own else own
    return start, own


def _over_without_time(words: Sequence[str], concepts: Sequence[Collection[int]], kinds: Kinds) -> Iterator[int]:
    """Yield the numbers of the concepts that words such as "history of" or "in the past" say are over."""
    scopes = context.histories(words, concepts)
    yield from (n for n, places in enumerate(concepts) if any(scope.holds(places) for scope in scopes))
    for place in context.places_of(words, triggers.HISTORY_BEHIND)[:_MOST_TIMES]:
        if _LATELY.isdisjoint(words[place.stop : place.stop + 2]):
            yield from _about(words, concepts, kinds, Time(place.start, place.stop, 0))


def _opened_by(words: Sequence[str], time: Time) -> frozenset[int]:
    """Return the places of a statement that a time opens, as in "when she was pregnant in 2019 she had"."""
    if time.start > 1 and "when" not in words[: time.start] and not _tells_what_came_before(words, time):
        return frozenset()
    new = _NEW_STATEMENT - {"i"} | _PRESENT_TENSE
    ends = (n for n in range(time.end, len(words)) if words[n] in new and not _tells_on(words, n, time))
    return frozenset(range(next(ends, len(words))))


def _tells_what_came_before(words: Sequence[str], time: Time) -> bool:
    """Whether what follows a time of long ago came before it: "had my gallbladder out in 2018 after going yellow".

    What "and" joins may be of another time.
    """
    before, behind = words[: time.start], words[time.end :]
    verbs = triggers.TOLD_OF_THE_PAST | triggers.PAST_TENSE
    is_past = any(word in verbs or is_verb_of_the_past(word) for word in before)
    is_joined = not {"after", "following"}.isdisjoint(behind[:1])
    is_of_now = not (_PRESENT_TENSE | triggers.OF_NOW | triggers.ONGOING | triggers.OF_LATE).isdisjoint(words)
    return time.days >= LONG_PAST and is_past and is_joined and not is_of_now


def _tells_on(words: Sequence[str], place: int, time: Time) -> bool:
    """Whether an "and" goes on telling of long ago: "in 2009 I felt low and took an overdose"."""
    after = words[place + 1 : place + 2]
    is_past = bool(after) and (after[0] in triggers.PAST_TENSE or is_verb_of_the_past(after[0]))
    is_told = words[place] == "and" and time.days >= LONG_PAST and is_past
    return is_told and (_PRESENT_TENSE | triggers.OF_LATE | triggers.ONGOING).isdisjoint(words[place + 1 :])


def is_verb_of_the_past(word: str) -> bool:
    """Whether a word looks like a verb of the past, such as "fainted"."""
    return word.endswith("ed") and len(word) > _LONG


def _told_before(words: Sequence[str], time: Time) -> frozenset[int]:
    """Return the places of what is told in the past tense before a time of long ago: "I fainted once when I was 9"."""
    starts = (place + 1 for place in range(time.start) if words[place] in _NEW_STATEMENT - {"i"})
    start = max(starts, default=0)
    before = words[start : time.start]
    is_past = any(word in triggers.TOLD_OF_THE_PAST or is_verb_of_the_past(word) for word in before)
    is_present = not (_PRESENT_TENSE | triggers.ONGOING).isdisjoint(before)
    is_over = time.days >= LONG_PAST and is_past and not is_present and not _is_compared(words, time)
    return frozenset(range(start, time.start)) if is_over else frozenset()


def _is_compared(words: Sequence[str], time: Time) -> bool:
    """Whether a time is only compared with: "my chest tightened as when I was 40"."""
    return time.start > 0 and words[time.start - 1] in {"as", "like", "than"}


def silent_places(words: Sequence[str], past: Past) -> frozenset[int]:
    """Return the places of the words that tell of long ago: from where the statement begins to its time."""
    found: set[int] = {*past.silent}
    for time in past.times:
        if time.days >= LONG_PAST and not _is_compared(words, time):
            starts = (place + 1 for place in range(time.start) if words[place] in _NEW_STATEMENT)
            found.update(range(max(starts, default=0), time.end), _opened_by(words, time))
    return frozenset(found)

"""Results: what a description says of a test of a condition, and of a box that was ticked in error."""

from collections.abc import Collection, Sequence
from itertools import dropwhile

from massharm.clinical import triggers

_COMING_BACK = frozenset("spread recurrence return relapse progression metastases mets secondaries".split())  # noqa: SIM905 - words
_BEFORE_TESTED = triggers.AUXILIARIES | {"both", "all"}
_PLACING = frozenset({"at", "in", "from", "by", "on"})


def is_tested(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether a test of a condition is told of: "a test for gout", "gout was tested"; not one "for her gout"."""
    start, end = min(places), max(places) + 1
    while start and words[start - 1] in {"a", "any", "suspected", "possible"}:
        start -= 1
    if not _COMING_BACK.isdisjoint(words[end : end + 2]):  # a scan for the spread of what is there
        return False
    before = words[max(0, start - 3) : start]
    is_before = bool(before) and before[-1] == "for" and not triggers.TESTS.isdisjoint(before)
    behind = [*dropwhile(lambda word: word in _BEFORE_TESTED, words[end:])]
    return is_before or behind == ["tested"] or (bool(behind) and words[end] in {"test", "tests", "swab", "swabs"})


def is_well(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether an organ is said to be well, and nothing more: "thyroid is fine too"."""
    behind = words[max(places) + 1 :]
    is_organ = len(places) == 1 and words[min(places)] in triggers.ORGANS
    return is_organ and triggers.OF_WELL.issuperset(behind) and not triggers.WELL.isdisjoint(behind)


def is_ticked_by_mistake(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether a part says that a condition was only ticked in error: "I ticked gout by mistake", "gout is an error"."""
    start, end = min(places), max(places) + 1
    before = words[max(0, start - 3) : start]
    if not triggers.NEGATION_TRIGGERS.isdisjoint(before):  # it is the denial that is wrong
        return False
    errors = triggers.MISTAKEN if triggers.TICKED.isdisjoint(before) else triggers.MISTAKEN | triggers.ERRORS
    return any(tuple(words[end : end + len(error)]) == error for error in errors)


def is_tested_negative(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether a part tells of a test of a condition and that it found nothing: "a gout test was negative".

    A test for it, as in "tested for gout", may also have come back clear.
    """
    start, end = min(places), max(places) + 1
    behind = words[end:]
    if behind[:1] and behind[0] in triggers.TESTED:
        rest = [*behind[1:]]
        if rest[:1] and rest[0] in _PLACING:  # "the clot scan at the walk-in was negative"
            rest = [*dropwhile(lambda word: word not in triggers.AUXILIARIES, rest)]
        while rest and rest[0] in triggers.AUXILIARIES | {"came", "come", "back"}:
            del rest[0]
        return bool(rest) and rest[0] in triggers.NEGATIVE
    is_result = not triggers.CLEAR.isdisjoint(behind) and all(
        word in triggers.OF_RESULTS or word in triggers.OF_A_TIME or word.isdigit() for word in behind
    )
    return is_result and start > 0 and is_tested(words, places)

"""Resolved: conditions that a description says were outgrown, taken out, checked or found to be harmless.

In doubt a condition is there: what is told of the last days, of something new, of a change, of somebody else or of two
conditions at once resolves nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from massharm.clinical import context, triggers
from massharm.clinical.course import tells_of_late
from massharm.clinical.parts import Part
from massharm.clinical.past import SIGN_PAST, times_in
from massharm.clinical.triggers import phrases
from massharm.kb.records import Precaution

_OUTGROWN = frozenset({"outgrew", "outgrown"})
_GREW_OUT = phrases("grew out of it; grown out of it; grows out of it; grew out of that; grown out of that")
_TREATED = triggers.MANAGEMENT | frozenset({"inhaler", "inhalers", "pump", "puffer", "cream", "creams", "nurse"})
"""What is outgrown without the condition for which it is."""
_IN_SENTENCE = frozenset({",", "but", "and", "-", "(", ";", ":"})
"""What stands before the rest of a sentence or a row."""
_INSERTED = frozenset("port portacath mediport picc hickman pacemaker defibrillator icd stent catheter".split())  # noqa: SIM905 - words
_STOMAS = frozenset({"stoma", "colostomy", "ileostomy"})
_CASTS = frozenset({"cast", "plaster"})
_ENDS = {
    _INSERTED: phrases("taken out; removed; came out; explanted"),
    _STOMAS: phrases("reversed"),
    _CASTS: phrases("taken off; came off; removed"),
}
"""How it is said of each device that it was taken out or off."""
_NOT_OUT = frozenset("replaced new another changed not never still again soon due will being to if until".split())  # noqa: SIM905 - words
"""Words by which a device is there all the same, or is yet to be taken out."""
_SOON = 5
"""The words behind a device in which that is said."""
_LUMPS = frozenset({"lump", "lumps", "mass", "growth", "bump"})
_SUPPOSED = frozenset({"cancer", "tumour", "tumor"})
"""Words for a lump, and for what it was only thought to be."""
_SUPPOSING = frozenset({"thought", "worried", "scared", "afraid", "feared", "wondered"})
"""Words by which a cancer was only thought to be there."""
_HARMLESS = frozenset({"lipoma", "lipomas", "benign", "harmless", "fatty", "ganglion", "cyst", "cysts"})
"""What a lump was found to be."""
_IT = frozenset({"it", "its", "thats"})
_ONLY_HARMLESS = _HARMLESS | frozenset(
    """
    a an the is was just only simple totally completely perfectly biopsied scanned checked gp doctor says said fat thing
    lump lumps and
    """.split()  # noqa: SIM905 - words
)
"""Words of a part that says no more than what a lump was found to be."""
_NOT_HARMLESS = triggers.NEGATION_TRIGGERS | frozenset(
    """
    growing grown bigger larger changed changing bleeding painful sore hard red hot other another second too also
    probably maybe perhaps might may think thinks reckon reckons hope hopes hoping friend google query waiting awaiting
    list looks like feels if
    """.split()  # noqa: SIM905 - words
)
"""Words by which a lump may be more than that, or another one is told of."""
_ORGANS = frozenset("thyroid heart rhythm kidney kidneys liver sugar sugars".split())  # noqa: SIM905 - words
"""Organs and what they do, whose name alone is a condition in a list."""
_CHECKED = triggers.OF_WELL | triggers.TESTS | frozenset("checked monitor day days they it came back".split())  # noqa: SIM905 - words
"""Words of a statement that they were checked; not "checked every year", as a known illness is."""
_NEAR = 3
"""The parts from a lump on in which it may be said what it was found to be."""


def resolved(parts: Sequence[Part], number: int) -> frozenset[int]:
    """Return which precautions of a part, by their place among its concepts, are resolved."""
    part = parts[number]
    own = [n for n, record in enumerate(part.records) if isinstance(record, Precaution)]
    if not own:
        return frozenset()
    words = {n: {part.phrase.words[place] for place in part.places[n]} for n in own}
    is_outgrown, is_checked = _is_outgrown(parts, number), _is_checked(parts, number)
    return frozenset(
        n
        for n in own
        if (is_outgrown and len(own) == 1)
        or (is_checked and _ORGANS.issuperset(words[n]))
        or _is_out(parts, number, part.places[n])
        or _is_harmless(parts, number, words[n])
    )


def _sentence(parts: Sequence[Part], number: int) -> Iterator[Part]:
    """Yield a part and the one behind it in its sentence that names nothing."""
    yield parts[number]
    after = parts[number + 1] if number + 1 < len(parts) else None
    if after is not None and after.segment.cut in _IN_SENTENCE and not after.places:
        yield after


def _words_of_sentence(parts: Sequence[Part], number: int) -> frozenset[str]:
    return frozenset(chain.from_iterable(part.phrase.words for part in _sentence(parts, number)))


def _is_outgrown(parts: Sequence[Part], number: int) -> bool:
    """Whether a sentence says that what it names was outgrown, of nobody else, and not that it came back."""
    raw = [tuple(part.segment.text.lower().split()) for part in _sentence(parts, number)]  # an idiom is no concept
    words = {word.strip(".,") for part in raw for word in part}
    is_said = not _OUTGROWN.isdisjoint(words) or any(context.has_phrase(part, _GREW_OUT) for part in raw)
    behind = {*chain.from_iterable(part.phrase.words for part in parts[number + 1 : number + _NEAR])}
    is_doubtful = not (triggers.NEGATION_TRIGGERS | triggers.RELATIVES | triggers.ONGOING | _TREATED).isdisjoint(words)
    return is_said and not is_doubtful and triggers.RETURNS.isdisjoint(behind)


def _is_out(parts: Sequence[Part], number: int, places: Collection[int]) -> bool:
    """Whether what stands behind a device says that it was taken out, weeks ago at least: "port removed in 2023"."""
    own, *behind = (part.phrase.words for part in _sentence(parts, number))
    ends = [ends for devices, ends in _ENDS.items() if any(own[place] in devices for place in places)]
    said = (own[max(places) + 1 :], *behind)
    if not any(context.has_phrase(words[:_SOON], end) for end in ends for words in said):
        return False
    days = [time.days for words in (own, *behind) for time in times_in(" ".join(words))]
    is_past = bool(days) and min(days) >= SIGN_PAST
    return is_past and _NOT_OUT.isdisjoint(chain(own, *behind)) and not tells_of_late(parts, number)


def _is_checked(parts: Sequence[Part], number: int) -> bool:
    """Whether a sentence says no more than that organs were checked and are well: "thyroid checked, fine"."""
    said = {word for word in _words_of_sentence(parts, number) - _ORGANS if not word.isdigit()}
    is_tested = not ({"checked", "monitor"} | triggers.TESTS).isdisjoint(said)
    return is_tested and said <= _CHECKED and not triggers.WELL.isdisjoint(said)


def _is_harmless(parts: Sequence[Part], number: int, named: Collection[str]) -> bool:
    """Whether a lump, or a cancer that was only thought to be one, was found to be harmless: "lump = lipoma"."""
    own = parts[number].phrase.words
    if _LUMPS.isdisjoint(named) and (_SUPPOSED.isdisjoint(named) or _SUPPOSING.isdisjoint(own)):
        return False
    near = [part.phrase.words for part in parts[number : number + _NEAR]]
    is_doubtful = not (_NOT_HARMLESS | triggers.NEWS - {"this", "just"}).isdisjoint(chain(*near))
    is_said = not _LUMPS.isdisjoint(named) and not _HARMLESS.isdisjoint(own) and not {"and", "with"} & {*own}
    is_said = is_said or any(
        not _HARMLESS.isdisjoint(words) and (not _IT.isdisjoint(words) or _ONLY_HARMLESS.issuperset(words))
        for words in near[1:]
    )
    return is_said and not is_doubtful

"""Resolved: conditions that a description says were outgrown, taken out, checked or found to be harmless.

In doubt a condition is there: what is told of the last days, of something new or of a change resolves nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from massharm.clinical import context, triggers
from massharm.clinical.course import tells_of_late
from massharm.clinical.parts import Part
from massharm.clinical.patterns import Pattern
from massharm.clinical.triggers import phrases
from massharm.kb.records import Precaution

_OUTGROWN = Pattern(
    r"\b(?:(?:grew|grown|grows) out of (?:it|them|that|this)|outgrew|outgrown)\b", needs=("out of", "outgr")
)
_IN_SENTENCE = frozenset({",", "but", "and", "-", "(", ";", ":"})
"""What stands before the rest of a sentence or a row."""
_DEVICES = frozenset(
    """
    port portacath mediport picc hickman line lines pacemaker defibrillator icd stoma colostomy ileostomy bag stent
    catheter pump cast
    """.split()  # noqa: SIM905 - words
)
"""What may be taken out or off again."""
_OUT = phrases(
    "taken out; removed; came out; come out; reversed; is out; was out; taken off; came off; is off; explanted"
)
"""How it is said that they were."""
_NOT_OUT = frozenset("replaced new another changed not never still again soon due will be being to if until".split())  # noqa: SIM905 - words
"""Words by which a device is there all the same, or is yet to be taken out."""
_SOON = 5
"""The words behind a device in which that is said."""
_LUMPS = frozenset({"lump", "lumps", "mass", "growth", "bump", "cancer", "tumour", "tumor"})
_SUPPOSED = frozenset({"cancer", "tumour", "tumor"})
"""Words for a lump, and for what it was only thought to be."""
_HARMLESS = frozenset({"lipoma", "lipomas", "benign", "harmless", "fatty", "ganglion", "cyst", "cysts"})
"""What a lump was found to be."""
_CHANGING = frozenset("growing grown bigger larger changed changing bleeding painful sore hard red hot not".split())  # noqa: SIM905 - words
_ORGANS = frozenset("thyroid heart rhythm kidney kidneys liver sugar sugars".split())  # noqa: SIM905 - words
"""Organs and what they do, whose name alone is a condition in a list."""
_CHECKED = triggers.OF_WELL | triggers.TESTS | frozenset("checked monitor day days they it came back".split())  # noqa: SIM905 - words
"""Words of a statement that they were checked; not "checked every year", as a known illness is."""
_NEAR = 3
"""The parts from a lump on in which it may be said what it was found to be."""
_SUPPOSING = triggers.SUPPOSED | frozenset({"worried", "sure", "scared", "afraid", "feared", "wondered"})
"""Words by which a cancer was only thought to be there."""


def resolved(parts: Sequence[Part], number: int) -> frozenset[int]:
    """Return which precautions of a part, by their place among its concepts, are resolved."""
    part = parts[number]
    own = [
        (n, {part.phrase.words[p] for p in part.places[n]})
        for n, record in enumerate(part.records)
        if isinstance(record, Precaution)
    ]
    if not own:
        return frozenset()
    found: set[int] = set()
    if any(_is_outgrown(said) for said in _sentence(parts, number)):
        found.update(n for n, _ in own)
    found.update(n for n, words in own if not _DEVICES.isdisjoint(words) and _is_out(parts, number, part.places[n]))
    if _is_checked(parts, number):
        found.update(n for n, words in own if _ORGANS.issuperset(words))
    lumps = [(n, words) for n, words in own if not _LUMPS.isdisjoint(words)]
    if lumps and _is_harmless(parts, number):
        is_supposed = not _SUPPOSING.isdisjoint(part.phrase.words)
        found.update(n for n, words in lumps if is_supposed or _SUPPOSED.isdisjoint(words))
    return frozenset(found)


def _sentence(parts: Sequence[Part], number: int) -> Iterator[Part]:
    """Yield a part and the one behind it in its sentence that names nothing."""
    yield parts[number]
    after = parts[number + 1] if number + 1 < len(parts) else None
    if after is not None and after.segment.cut in _IN_SENTENCE and not after.places:
        yield after


def _is_outgrown(part: Part) -> bool:
    """Whether a part says that something was outgrown, and not that it never was."""
    is_denied = not triggers.NEGATION_TRIGGERS.isdisjoint(part.segment.text.lower().split())
    return _OUTGROWN.search(part.segment.text) is not None and not is_denied


def _is_out(parts: Sequence[Part], number: int, places: Collection[int]) -> bool:
    """Whether what stands behind a device says that it was taken out, and not just now: "port: out in 2023"."""
    own, *behind = (part.phrase.words for part in _sentence(parts, number))
    after = own[max(places) + 1 :]
    # "Stoma reversed" alone may be a question of a form.
    said = behind if after in _OUT and len(own) == len(places) + len(after) else (after, *behind)
    is_out = any(context.has_phrase(words[:_SOON], _OUT) for words in said)
    return is_out and _NOT_OUT.isdisjoint(chain(own, *behind)) and not tells_of_late(parts, number)


def _is_checked(parts: Sequence[Part], number: int) -> bool:
    """Whether a sentence says no more than that organs were checked and are well: "thyroid checked, fine"."""
    words = {*chain.from_iterable(part.phrase.words for part in _sentence(parts, number))}
    said = {word for word in words - _ORGANS if not word.isdigit()}
    is_tested = not ({"checked", "monitor"} | triggers.TESTS).isdisjoint(said)
    return is_tested and said <= _CHECKED and not triggers.WELL.isdisjoint(said)


def _is_harmless(parts: Sequence[Part], number: int) -> bool:
    """Whether a lump is said to be harmless, and nothing near it tells of a change: "lump = lipoma, biopsied"."""
    words = {*chain.from_iterable(part.phrase.words for part in parts[number : number + _NEAR])}
    return not _HARMLESS.isdisjoint(words) and (_CHANGING | triggers.NEWS - {"this", "just"}).isdisjoint(words)

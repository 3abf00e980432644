"""Hypothetical: what a description only asks about, imagines or dreads, and what it says has not happened.

It is ConText's category of that name, for signs too. A word for now, such as "today", takes it back.
"""

from collections.abc import Sequence

from massharm.clinical import context, triggers
from massharm.clinical.parts import Part
from massharm.clinical.triggers import phrases

_OPENINGS = phrases(
    "what if; how would i know if; how do i know if; how will i know if; how would i tell if; how would you know if; "
    "is it true; would you know what to do if"
)
"""The first words of a question about what is imagined."""
_ASKING_WHAT = phrases(
    "what should; what do i do if; what do you do if; what do we do if; what would you do if; what must; "
    "what happens if; how do you deal with; how should i react if"
)
"""Words that ask what to do in a case; it is imagined where the case is anybody's."""
_ANYBODY = frozenset("client clients customer somebody someone anybody anyone person guest".split())  # noqa: SIM905 - words
_WOULD_YOU = phrases("would you; would they; will you know; would the therapist")
"""Words of a sentence that begins with "if", by which it asks what somebody else would do."""
_DREADS = phrases(
    "id be terrified of; id be scared of; id be afraid of; id be frightened of; id be worried about; id hate to; "
    "id dread; would be terrified of; would be scared of; would hate to"
)
"""Words for what somebody would dread, and does not have."""
_NEVER_HAPPENED = phrases(
    "never have; never has; its never happened; it has never happened; it hasnt happened; hasnt happened; "
    "never happened; never had it; i havent had it; havent had it; i havent had any; none of it has happened; "
    "it has not happened; nothing like that has happened; not that it has"
)
"""Words of the part behind a fear or a case which say that it has not happened."""
_FEARFUL = frozenset(
    "worry worried worries worrying scared afraid terrified frightened fear dread dreading anxious if".split()  # noqa: SIM905 - words
)
_IT_HAPPENED = phrases(
    "because i did; because it did; because it has; because they did; because they just did; because she did; "
    "because he did; because mine; because im; because i am; because ive; because i have; because shes; because hes; "
    "because my; i just did; they just did; it just did; asking because; ask because; it has now; that is what; "
    "thats what; which is what"
)
"""Words behind a question which say that it is about what happened."""
_BEHIND = 3
"""The parts behind a question in which they stand."""
_FIRST = 2
"""The place up to which such a question begins."""
_SHORT = 7
"""The most words of a part that only says that it has not happened."""


def is_imagined(parts: Sequence[Part], number: int) -> bool:
    """Whether all that a part tells is imagined, as in "what if I passed out?"; a word for now says that it is not."""
    words = parts[number].phrase.words
    behind = parts[number + 1 : number + 1 + _BEHIND]
    if not triggers.OF_NOW.isdisjoint(words) or any(context.has_phrase(p.phrase.words, _IT_HAPPENED) for p in behind):
        return False
    opens = any(place.start <= _FIRST for place in context.places_of(words, _OPENINGS))
    is_anybodys = context.has_phrase(words, _ASKING_WHAT) and not _ANYBODY.isdisjoint(words)
    is_asked = words[:1] == ("if",) and context.has_phrase(words, _WOULD_YOU)
    is_dreaded = context.has_phrase(words, _DREADS)
    return opens or is_anybodys or is_asked or is_dreaded or _has_never_happened(parts, number)


def _has_never_happened(parts: Sequence[Part], number: int) -> bool:
    """Whether a part tells of a fear or a case, and the next part that it has not happened."""
    if _FEARFUL.isdisjoint(parts[number].phrase.words) or number + 1 == len(parts):
        return False
    after = parts[number + 1]
    is_short = len(after.phrase.words) <= _SHORT and not after.named
    return is_short and context.has_phrase(after.phrase.words, _NEVER_HAPPENED)

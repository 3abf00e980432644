"""Things: what furniture, machines and plants do, in words that tell of an illness when people do it."""

from collections.abc import Iterator, Sequence
from itertools import chain

from massharm.clinical import triggers
from massharm.search.analysis import BODY_PLACES

_FAINT = frozenset(
    """
    rash rashes mark marks line lines bruise bruises bruising scar scars redness smell scent trace tan stripe
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""What is faint to the eye or the nose: nobody faints."""
_DRAWN = frozenset({"mark", "marks", "line", "lines", "stripe", "trace"})
"""Those of them that are no illness: a faint may come with a rash."""
_COLLAPSING = frozenset({"collapse", "collapses", "collapsed", "collapsing"})
"""What people do, and tents, prices and cakes."""
_COLLAPSING_THINGS = frozenset(
    """
    plant plants tomato tomatoes orchid cradle headrest
    tent marquee gazebo roof ceiling wall building bridge tower shed barn fence dough cake souffle bread jelly trifle
    market economy price prices sales shares company business deal marriage plan battery
    """.split()  # noqa: SIM905 - as above
)
"""Things of which nobody is part: a person may lie on a table that collapses."""
_ARTICLES = frozenset({"a", "the", "this", "that", "some"})
_ADVERBS = frozenset("has have had just nearly almost finally then suddenly".split())  # noqa: SIM905 - words
"""Words that may stand between what collapses and that it does."""
_NEAR = 3
"""The words within which a thing is faint."""
_INK = frozenset("pen pencil print printing printout text writing ink font letters label copy photocopy".split())  # noqa: SIM905 - words
"""What may be too faint to read."""
_FURNITURE = frozenset("table couch chair armchair sofa settee bed stool bench desk plinth trolley".split())  # noqa: SIM905 - words
"""What has legs, arms, a back, a head or a foot of its own."""
_PARTS = frozenset("leg legs arm arms foot feet back head".split())  # noqa: SIM905 - words
_BEFORE_PARTS = frozenset("left right front back other".split())  # noqa: SIM905 - words
_OF_FURNITURE = frozenset("the a my our your this that massage treatment hydraulic old new".split())  # noqa: SIM905 - words
"""Words between a part and the furniture: "the left arm of my massage chair"."""
_MACHINES = frozenset(
    """
    router wifi printer boiler radiator compressor motor engine warmer diffuser fridge freezer dishwasher dryer hoover
    vacuum stereo plant orchid fern ficus cactus
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Machines and plants that do things of their own."""
_DOING = frozenset("is was has had keeps kept went just in at of on by cant wont doesnt stopped died and".split())  # noqa: SIM905 - words
"""Words behind one of them that make it the subject: "the printer is", but "the printer repairman"."""
_HURTING = frozenset(
    """
    burn burns burnt burned burning scald scalded blister blisters shock shocked electrocuted crushed crushing trapped
    caught hit fell exploded smoke fumes gas monoxide rash reaction
    """.split()  # noqa: SIM905 - as above
)
"""What one of them may do to people."""
_PERSONS = (
    frozenset("me mine us we she he her him his they them somebody someone anyone person people".split())  # noqa: SIM905 - words
    | triggers.SPEAKERS
    | triggers.PEOPLE - {"man"}
)
_OF_BODIES = BODY_PLACES | frozenset(
    "chest head heart throat eye eyes face belly stomach tummy skin headache breath breathing blood pain".split()  # noqa: SIM905 - words
)
_JOINS = frozenset("and but so while when as with then because since".split())  # noqa: SIM905 - words
_NOISES = triggers.FAILING | {"leaking", "leaks", "shaking", "shakes", "rattles", "rattling"}
"""What a machine goes on to do behind an "and": "gasps and wheezes"."""
_FIRST = 4
"""The first words of a part, in which its subject stands."""


def of_things(words: Sequence[str], typed: Sequence[str]) -> Iterator[int]:
    """Yield the places of words that tell of things and of nobody: "the tent collapsed", "the table's left leg".

    The words are folded; `typed` has them as they were typed.
    """
    yield from chain(_faint_things(words), _collapsing_things(words), _parts_of_furniture(words, typed))


def of_a_machine(words: Sequence[str]) -> range:
    """Return the places of what a machine or a plant does, and nobody: "the router is unresponsive"; else none.

    It ends where another clause may begin: "the boiler is off and chest pain is worse".
    """
    subject = next((place for place, word in enumerate(words[:_FIRST]) if word in _MACHINES), None)
    if subject is None or not {"my", "our", "your", "the", "wifi"}.intersection(words[:1]):
        return range(0)
    before, behind = words[1:subject], words[subject + 1 :]
    if not behind or not (behind[0] in _DOING or behind[0].endswith("s")):
        return range(0)
    is_of_people = not (_PERSONS | _HURTING | _OF_BODIES | {"my", "your"}).isdisjoint((*before, *behind))
    joins = (place for place, word in enumerate(words[:-1]) if word in _JOINS and words[place + 1] not in _NOISES)
    return range(0) if is_of_people else range(next(joins, len(words)))


def _parts_of_furniture(words: Sequence[str], typed: Sequence[str]) -> Iterator[int]:
    """Yield the places of a part of furniture: "the left leg of the table", "the table's left leg"."""
    for place, word in enumerate(words):
        if word not in _PARTS:
            continue
        behind = next((n for n in range(place + 2, len(words)) if words[n] not in _OF_FURNITURE), len(words))
        is_owned = behind > place + 2  # "the leg of a table", but "arms of desk work"
        start = place - (words[place - 1 : place] != [] and words[place - 1] in _BEFORE_PARTS)
        if (
            is_owned
            and words[place + 1 : place + 2] == ["of"]
            and not _FURNITURE.isdisjoint(words[behind : behind + 1])
        ):
            yield from range(start, behind + 1)
        elif start and words[start - 1] in _FURNITURE and typed[start - 1].endswith(("'s", "\u2019s")):
            yield from range(start - 1, place + 1)


def _faint_things(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of "faint" that tells of a mark or a smell: "a faint white line", "marks faint and yellow"."""
    for place, word in enumerate(words):
        if word == "faint":
            after, before = words[place + 1 : place + 1 + _NEAR], words[max(0, place - _NEAR) : place]
            is_before = before[-1:] != [] and before[-1] in _ARTICLES and not _FAINT.isdisjoint(after)
            is_unread = words[place + 1 : place + 3] == ["to", "read"] and not _INK.isdisjoint(words[:place])
            if is_before or is_unread or not _DRAWN.isdisjoint(before[-1:]):
                yield place


def _collapsing_things(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of a collapse of a thing: "the tent suddenly collapsed"."""
    for place, word in enumerate(words):
        if word in _COLLAPSING:
            subject = next((before for before in reversed(words[:place]) if before not in _ADVERBS), "")
            if subject in _COLLAPSING_THINGS:
                yield place

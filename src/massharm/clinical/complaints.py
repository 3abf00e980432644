"""Complaints: a list of nouns that one denial denies: "no pain, redness or swelling in my leg"."""

from collections.abc import Sequence

from massharm.clinical import triggers
from massharm.clinical.parts import Part
from massharm.clinical.patterns import Pattern

_NOUN = (
    r"(?:(?:chest|back|calf|leg|arm|head|neck|joint|muscle|any) )?"
    r"(?:pains?|aches?|soreness|tenderness|swelling|redness|heat|warmth|numbness|tingling|weakness|bruising|stiffness"
    r"|fever|discharge|bleeding|rash|itching|cough|dizziness|nausea|vomiting|breathlessness|headaches?)"
)
_FIRST = Pattern(
    r"(?:(?:i|ive|we|she|he|client|pt|there|is|has|have) )*"
    rf"(?:no|without|denies|nil|(?:dont|doesnt|havent|hasnt|isnt) (?:have |got |had )?any) (?:\w+ )?{_NOUN}\Z",
    needs=("no ", "without ", "denies ", "nil ", "any "),
)
_NEXT = Pattern(rf"{_NOUN}\Z")
_LAST = Pattern(rf"(?:{_NOUN} )?(?:or|nor) {_NOUN}(?: (?:in|of|at|on|around|down|anywhere)\b.*)?\Z", needs=("or ",))
"""The first, the next and the last part of a list, each as its folded words."""


def denied_complaints(parts: Sequence[Part]) -> set[int]:
    """Return the parts that go on with a denied list of complaints, over commas, up to one with "or".

    What was so until now, or since a time, is not denied.
    """
    found: set[int] = set()
    for number, part in enumerate(parts):
        if not _FIRST.match(" ".join(part.phrase.words)):
            continue
        for after in range(number + 1, len(parts)):
            words = parts[after].phrase.words
            if parts[after].segment.cut != "," or not (triggers.UNTIL | {"since"}).isdisjoint(words):
                break
            if _LAST.match(" ".join(words)):
                found.update(range(number, after + 1))
            if not _NEXT.match(" ".join(words)):
                break
    return found

"""Denials: the scope of each negation in a part of a description.

After NegEx (Chapman WW et al., J Biomed Inform 2001;34:301-310, doi:10.1006/jbin.2001.1029) and ConText (Harkema H et
al., J Biomed Inform 2009;42:839-851, doi:10.1016/j.jbi.2009.05.002), whose kinds of words the tables are named for.
The scope is narrower than theirs, because a condition that is present must not be dropped: a trigger denies only the
concept that follows it directly or after fillers, and further members of a list only after "or" or "nor".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

NEGATION_TRIGGERS = frozenset(
    """
    no not never without denies denied deny negative nor neither isnt hasnt havent doesnt dont nil
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words that deny the concept that follows."""
PSEUDO_TRIGGERS = frozenset(
    """
    sure certain know only yet whether if able feeling sensation pulse urine pass passing like
    """.split()  # noqa: SIM905 - as above
)
"""Words that, directly after a trigger, express a doubt or a lost function, not a denial."""
FILLERS = frozenset(
    """
    a an any the of on for to or ever her his my their your have has had having be been is are was were take takes
    taking taken use uses using get gets got known current currently previous previously prior past recent recently
    active medical history family evidence sign signs symptom symptoms diagnosis diagnosed
    """.split()  # noqa: SIM905 - as above
)
"""Words that may stand between a trigger and the concept that it denies."""
TERMINATORS = frozenset({"and", "with", "plus", "who", "also", "then"})
"""Words that end a scope; they join the two conditions of a name such as "cancer and a blood clot"."""

_LIST_WORDS = frozenset({"or", "nor"})
# What may stand between a concept and "ruled out" after it. After "not" and "be" the concept is still possible.
_AUXILIARIES = frozenset({"was", "were", "been", "has", "have", "had", "is", "are", "now", "already"})
# How many words before "free of" may hold a trigger, as in "not quite free of".
_BEFORE_FREE = 3


class Scope(Struct, frozen=True):
    """The places of the words of one denial, `start` to before `end`; what is denied begins at `concept`."""

    start: int
    concept: int
    end: int

    def denies(self, places: Collection[int]) -> bool:
        """Whether a concept at these places is denied: it begins where the denied one does, or lies in the scope."""
        return self.concept == min(places) or (self.concept < min(places) and max(places) < self.end)


def scopes(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of the denials among folded words; `concepts` are the places of each concept named there.

    A trigger that belongs to a concept, as in "bone has not healed", denies nothing.
    """
    named = {place for places in concepts for place in places}
    ends: dict[int, int] = {}
    starts: dict[int, int] = {}
    for places in concepts:
        start, end = min(places), max(places) + 1
        ends[start] = max(end, ends.get(start, end))
        starts[end] = min(start, starts.get(end, start))
    found: list[Scope] = []
    for place, word in enumerate(words):
        if place in named:
            continue
        if after := _after_trigger(words, place):
            found += _following(words, place, after, ends)
        elif word == "ruled" and words[place + 1 : place + 2] == ("out",):
            found += _preceding(words, place, starts)
    return tuple(found)


def _after_trigger(words: Sequence[str], place: int) -> int | None:
    """Return the place after the trigger that begins at a place; without one, None."""
    word, following = words[place], words[place + 1 : place + 2]
    if word == "free" and following in {("of",), ("from",)}:
        is_negated = not NEGATION_TRIGGERS.isdisjoint(words[max(0, place - _BEFORE_FREE) : place])
        return None if is_negated else place + 2
    if word not in NEGATION_TRIGGERS or not PSEUDO_TRIGGERS.isdisjoint(following):
        return None
    # "Not without" and "does not deny" affirm; "never had a headache like this" is a sign.
    neighbours = (*words[max(0, place - 1) : place], *following)
    if not NEGATION_TRIGGERS.isdisjoint(neighbours) or (word == "never" and "like" in words[place:]):
        return None
    return place + 1


def _following(words: Sequence[str], start: int, place: int, ends: Mapping[int, int]) -> Iterator[Scope]:
    """Yield a scope for each member of the list of concepts that follows a trigger."""
    while True:
        while place < len(words) and place not in ends and words[place] in FILLERS:
            place += 1
        if place in ends:
            end = next((here for here in range(place, ends[place]) if words[here] in TERMINATORS), ends[place])
            yield Scope(start, place, end)
            start, place = end, end
        elif place < len(words) and words[place] not in NEGATION_TRIGGERS:
            place += 1  # a member of a list may be unknown
        if place >= len(words) or words[place] not in _LIST_WORDS:
            return
        place += 1


def _preceding(words: Sequence[str], place: int, starts: Mapping[int, int]) -> Iterator[Scope]:
    """Yield a scope for each member of the list of concepts that stands before "ruled out"."""
    end, concept_end = place + 2, place
    while concept_end and words[concept_end - 1] in _AUXILIARIES:
        concept_end -= 1
    while (concept := starts.get(concept_end)) is not None:
        yield Scope(concept, concept, end)
        end = concept
        if not concept or words[concept - 1] not in _LIST_WORDS:
            return
        concept_end = concept - 1

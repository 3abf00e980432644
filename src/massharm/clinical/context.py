"""Context: what the words around a concept say of it: denied, possible, feared, stopped.

After NegEx and ConText, whose kinds of words the tables of `triggers` are named for. The scopes are narrower than
theirs, because a condition that is present must not be dropped: a trigger reaches only the concept that follows it
directly or after fillers, and further members of a list only after "or" or "nor".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise, product

from msgspec import Struct, structs

from massharm.clinical import triggers
from massharm.clinical.triggers import FILLERS, NEGATION_TRIGGERS, TERMINATORS, Words

_NOT_DO = frozenset({"dont", "doesnt", "didnt", "cant", "cannot"})
_THINGS = frozenset({"the", "my", "her", "his", "it", "anything", "paper", "when", "where", "if"})
"""What somebody does not feel who has lost the feeling: not "dizzy"."""
_LIST_WORDS = frozenset({"or", "nor"})
_DENIED_LIST = _LIST_WORDS | {"and"}
_REPORTING = frozenset("told that she he i they we you might may could it there".split())  # noqa: SIM905 - words
# What may stand between a concept and "ruled out" after it. After "not" and "be" the concept is still possible.
_ALLERGIC_TO = frozenset("a an any the to is are include includes of".split())  # noqa: SIM905 - words
# How many words after a trigger may hold a verb of relief.
_RELIEVED = 5
# How many words after a trigger may hold the "enough" of what is lacking.
_LACKING = 3
# How many words one denied thing may have in a row of them.
_IN_A_ROW = 3
# How many words behind a trigger are denied where no concept is known.
_NEAR_A_DENIAL = 4
_HAVE_ANY = frozenset(product(("have", "got", "get"), ("any",)))
"""What a verb with "not" is followed by where it denies what somebody has: "I don't have any swelling"."""
# How many words before "free of" may hold a trigger, as in "not quite free of".
_BEFORE_FREE = 3
_IS_OR_FEELS = frozenset({"is", "are", "feels", "feel", "looks", "look"})
_NOT_FELT = triggers.LOOKS - {"hot"} | {"weak", "tingly", "heavy", "stiff", "sore", "painful"}
"""What neither limb may be: one that does not feel hot may have lost its feeling."""
# Words behind a "no" that answers by itself: "no tested last month not diabetic".
_CHECKED = frozenset({"tested", "checked", "screened", "never"})
# Words of a time behind "stopped".
_OF_TIMES = frozenset("in last years year months two three four five six seven eight nine ten a about ages".split())  # noqa: SIM905 - words
# What may stand before "never gone off", where the part before names what has not.
_OF_IT = frozenset({"has", "it", "and", "its", "thankfully", "luckily"})
# What may stand between the verb of "nobody here has" and what is denied.
_SO_FAR = frozenset("a an any ever had".split())  # noqa: SIM905 - words
# A new subject or a joining word ends what a doubt before it turns round.
_CLAUSES = TERMINATORS | {"because", "so", "while", "since"}


class Scope(Struct, frozen=True):
    """The places of the words of one trigger, `start` to before `end`; what it reaches begins at `concept`."""

    start: int
    concept: int
    end: int
    of_signs: bool = False
    """Whether it says so of signs only: "no fits since 2012" tells of an illness that is there."""
    around: int | None = None
    """The place of a trigger that only concepts with words on both sides of it are reached by."""

    def holds(self, places: Collection[int]) -> bool:
        """Whether a concept at these places is reached: it begins where the first one does, or lies in the scope."""
        if self.around is not None:
            return min(places) < self.around < max(places)
        return self.concept == min(places) or (self.concept < min(places) and max(places) < self.end)


# Denials


def denials(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of the denials among folded words; `concepts` are the places of each concept named there.

    A trigger that belongs to a concept, as in "bone has not healed", denies nothing. Nor does one that a doubt turns
    round, nor one that an exception takes back.
    """
    named, ends, starts = _edges(concepts)
    neither = {*_neither(words)}
    found = [Scope(min(places), min(places), max(neither) + 1) for places in concepts if neither.issuperset(places)]
    for place, word in enumerate(words):
        if place in named:
            continue
        if has := _nobody_has(words, place):
            found += _following(words, place, has, ends, _SO_FAR)
        elif tuple(words[place : place + 2]) in triggers.INSTEAD and not _is_doubted(words[:place]):
            found += (*_following(words, place, place + 2, ends), *_around(words, place, place + 2, concepts))
        elif after := _after_trigger(words, place, named):
            reached = [*_following(words, place, after, ends), *_around(words, place, after, concepts)]
            if reached and _is_since(words, reached[-1].end):
                scopes = (_before_the_next(words, scope, place, named) for scope in reached)
                found += [structs.replace(scope, of_signs=True) for scope in scopes]
            elif not (reached and _is_taken_back(words, reached[-1].end, ends)):
                found += [_before_the_next(words, scope, place, named) for scope in reached]
        elif word == "excluded" or (word == "ruled" and tuple(words[place + 1 : place + 2]) == ("out",)):
            found += _ruled_out(words, place, starts, ends)
        elif place + 1 in ends and (_is_non(words, place, ends) or (word in triggers.NEGATIVE and not place)):
            # "neg covid", but "HER2 negative"
            found += _following(words, place, place + 1, ends)
    return tuple(found)


def _is_doubted(before: Sequence[str]) -> bool:
    """Whether the words before "rules out" turn it round: "nothing rules out a clot"."""
    near = before[-_IN_A_ROW:]
    return not (NEGATION_TRIGGERS | triggers.DOUBTS | {"nothing"}).isdisjoint(near)


def _is_non(words: Sequence[str], place: int, ends: Mapping[int, int]) -> bool:
    """Whether "non" stands before what somebody is not: "non-diabetic", but not "non-epileptic attacks".

    What else a concept says is not denied: "non-diabetic foot ulcer".
    """
    is_adjective = words[place] == "non" and words[place + 1] in triggers.ADJECTIVES | {"insulin"}
    return is_adjective and ends[place + 1] == place + 2 and triggers.ATTACKS.isdisjoint(words[place + 2 : place + 3])


def _nobody_has(words: Sequence[str], place: int) -> int | None:
    """Return the place after the verb of "nobody here has", where this begins at a place; without it, None."""
    for phrase in triggers.NOBODY:
        if tuple(words[place : place + len(phrase)]) == phrase:
            after = range(place + len(phrase), min(place + len(phrase) + _NEAR_A_DENIAL, len(words)))
            return next((number + 1 for number in after if words[number] in triggers.HAS), None)
    return None


def _before_the_next(words: Sequence[str], scope: Scope, trigger: int, named: Collection[int]) -> Scope:
    """Return a scope that ends at the next trigger, which has a scope of its own: "no sleep, no relief of the pain"."""
    later = (n for n in range(trigger + 1, scope.end) if words[n] in triggers.BARE_TRIGGERS and n not in named)
    return structs.replace(scope, end=next(later, scope.end))


def denying(words: Sequence[str], named: Collection[int]) -> frozenset[int]:
    """Return the places of the triggers that deny something, outside the places of concepts."""
    return frozenset(
        place
        for place, word in enumerate(words)
        if word in NEGATION_TRIGGERS and place not in named and not _is_pseudo(words, place, named)
    )


def of_denials(words: Sequence[str]) -> frozenset[int]:
    """Return the places of each trigger that may deny what somebody has, and of the few words behind it."""
    triggering = (place for place, word in enumerate(words) if word in triggers.OF_THINGS)
    return frozenset(chain.from_iterable(_with_what_follows(words, place) for place in triggering))


def denied_first(words: Sequence[str]) -> frozenset[int]:
    """Return the place of the first word of content behind each trigger that denies what somebody has."""
    found = set()
    for place in denying(words, ()):
        if words[place] in triggers.OF_THINGS or words[place + 1 : place + 3] in _HAVE_ANY:
            behind = (n for n in range(place + 1, len(words)) if words[n] not in triggers.BEFORE_DENIED)
            found.add(next(behind, place))
    return frozenset(found)


def _with_what_follows(words: Sequence[str], place: int) -> range:
    """Return the places of a trigger and of the few words of its clause behind it."""
    end = next((n for n in range(place + 1, len(words)) if words[n] in _CLAUSES), len(words))
    return range(place, min(end, place + 1 + _NEAR_A_DENIAL))


def near_a_denial(words: Sequence[str]) -> frozenset[int]:
    """Return the places of the few words behind each trigger that denies something, whether or not a concept is there.

    A lost function, as in "no feeling", is no denial; "not yellow" denies that one word.
    """
    found: set[int] = set()
    for place in denying(words, ()):
        if words[place] in triggers.OF_THINGS:
            found.update(_with_what_follows(words, place))
    found.update(_neither(words))
    found.update(
        place
        for place, pair in enumerate(pairwise(words), 1)
        if (pair[0] in triggers.IS_NOT and pair[1] in triggers.LOOKS and not _is_as_before(words, place - 1))
        or (pair[0] in triggers.HAS_NOT and pair[1] in triggers.CHANGED)
    )
    return frozenset(found)


def _neither(words: Sequence[str]) -> Iterator[int]:
    """Yield the places from "neither" to what neither is or feels: "neither arm feels weak or tingly"."""
    for place, word in enumerate(words):
        verbs = [n for n in range(place + 1, min(place + 1 + _IN_A_ROW, len(words))) if words[n] in _IS_OR_FEELS]
        if word == "neither" and verbs and not _NOT_FELT.isdisjoint(words[verbs[0] + 1 : verbs[0] + 2]):
            end = next((n for n in range(verbs[0], len(words)) if words[n] in _CLAUSES | {"and"}), len(words))
            yield from range(place, end)


def _edges(concepts: Collection[Collection[int]]) -> tuple[set[int], dict[int, int], dict[int, int]]:
    """Return the places of concepts, the end of the longest that begins at a place, and the start of one that ends.

    One that holds another behind a shorter one, as "rash, cannot breathe" does, ends with the shorter.
    """
    ends: dict[int, int] = {}
    shortest: dict[int, int] = {}
    starts: dict[int, int] = {}
    for places in concepts:
        start, end = min(places), max(places) + 1
        ends[start] = max(end, ends.get(start, end))
        shortest[start] = min(end, shortest.get(start, end))
        starts[end] = min(start, starts.get(end, start))
    for start, end in shortest.items():
        if any(shortest.get(place, ends[start] + 1) <= ends[start] for place in range(end, ends[start])):
            ends[start] = end
    return {place for places in concepts for place in places}, ends, starts


def _after_trigger(words: Sequence[str], place: int, named: Collection[int]) -> int | None:
    """Return the place after the trigger that begins at a place; without one, None."""
    word, following = words[place], tuple(words[place + 1 : place + 2])
    if word == "free" and following in {("of",), ("from",)}:
        if not triggers.OWNERS.isdisjoint(words[place + 2 : place + 3]):  # "free of my cancer for years"
            return None
        is_negated = not NEGATION_TRIGGERS.isdisjoint(words[max(0, place - _BEFORE_FREE) : place])
        return None if is_negated or not triggers.DOUBTS.isdisjoint(words[:place]) else place + 2
    if word not in NEGATION_TRIGGERS or _is_pseudo(words, place, named):
        return None
    has_become = words[place : place + 2] in {("never", "came"), ("never", "turned")}
    if has_become and words[place + 2 : place + 3] in {("to",), ("into",)}:  # "it never came to an abscess"
        return place + 3
    return place + 1


def _is_pseudo(words: Sequence[str], place: int, named: Collection[int]) -> bool:
    """Whether a trigger denies nothing: a doubt, a lost function, a double negation, "never like this"."""
    word, following = words[place], words[place + 1 : place + 2]
    is_doubt = bool(following) and place + 1 not in named and following[0] in triggers.PSEUDO_TRIGGERS
    if is_doubt or "enough" in words[place + 1 : place + 1 + _LACKING]:  # "I don't get enough air"
        return True
    # "No bladder control", "no feeling": the function is lost.
    near = words[place + 1 : place + 3]
    is_lost = any(
        near_word in triggers.ENDING_ITSELF or (near_word in triggers.INABILITY and place + 1 + n not in named)
        for n, near_word in enumerate(near)
    )
    is_of_device = _OF_IT.issuperset(words[:place]) or not triggers.DEVICES.isdisjoint(words[:place])
    has_not_fired = word == "never" and near == ("gone", "off") and is_of_device and "before" not in words[place:]
    is_lost = is_lost and not has_not_fired
    if is_lost and triggers.TROUBLE.isdisjoint(words[place + 2 : place + 4]):
        return True
    # "Without her asthma she would be well"; "no tablets take away the pain".
    is_owned = word == "without" and not triggers.OWNERS.isdisjoint(following)
    if is_owned or not triggers.RELIEF.isdisjoint(words[place + 1 : place + 1 + _RELIEVED]):
        return True
    # "Never had one like this": it is there now.
    is_compared = not triggers.LIKE_THIS.isdisjoint(pairwise(words[place:])) and not _is_listed_out(words)
    is_compared = is_compared or _is_as_before(words, place) or _feels_nothing(words, place)
    is_compared = is_compared or not triggers.UNTIL.isdisjoint(words[place:])  # "no fits until today"
    if not NEGATION_TRIGGERS.isdisjoint(following) or is_compared or (word == "never" and "like" in words[place:]):
        return True
    is_lost = word in {"neither", "nor", "none"} and _is_of_a_lost_power(words[place + 1 :])
    # What follows is a statement of its own: "no, takes warfarin".
    is_bare = word in triggers.BARE_TRIGGERS and place + 1 not in named
    if is_lost or (is_bare and not triggers.FINITE.isdisjoint(following)):
        return True
    return _is_turned_round(words, place, named)


def _feels_nothing(words: Sequence[str], place: int) -> bool:
    """Whether somebody no longer feels a thing: "I don't feel the paper when I wipe"."""
    is_felt = words[place] in _NOT_DO and words[place + 1 : place + 2] == ("feel",)
    return is_felt and not _THINGS.isdisjoint(words[place + 2 : place + 3])


def _is_as_before(words: Sequence[str], place: int) -> bool:
    """Whether a denial of how somebody looks compares with another time: "not swollen as it was, but hot"."""
    after = words[place + 1 : place + 4]
    return (
        words[place] in triggers.IS_NOT
        and after[:1] != ()
        and after[0] in triggers.LOOKS
        and any(pair in triggers.AS_BEFORE for pair in pairwise(words[place + 2 : place + 5]))
    )


_LIKE_THAT = triggers.phrases("nothing like that; or anything like that; or something like that")
_COMPARING = triggers.OF_NOW | triggers.UNTIL | {"before", "again", "yet", "pain"}
"""Words behind these that compare with what is there now: "never had anything like that before"."""


def _is_listed_out(words: Sequence[str]) -> bool:
    """Whether words end a list of what is denied: "no gout or anything like that", "no fits nothing like that"."""
    ends = [place.stop for place in places_of(words, _LIKE_THAT)]
    return bool(ends) and _COMPARING.isdisjoint(words[max(ends) :])


def _is_of_a_lost_power(words: Sequence[str]) -> bool:
    """Whether words say what no part of the body can do: "neither my arms nor my legs will move"."""
    return any(one in triggers.POWERS and two in triggers.WORKING for one, two in pairwise(words))


def _is_turned_round(words: Sequence[str], place: int, named: Collection[int]) -> bool:
    """Whether a doubt, another trigger or a habit of the past stands before a trigger, in its own clause."""
    for before in range(place - 1, -1, -1):
        if before in named or words[before] in _CLAUSES or words[before] in _LIST_WORDS:
            return False
        is_spoken = words[before] == "no" and words[before + 1] in triggers.SUBJECTS  # "no, I have not got gout"
        is_spoken = is_spoken or (not before and words[0] == "no" and words[1] in _CHECKED)
        if is_spoken or _is_in_a_row(words, before, place):
            continue
        if words[before] in NEGATION_TRIGGERS or words[before] in triggers.DOUBTS:
            return True
        if tuple(words[before : before + 2]) == ("used", "to"):
            return True
    return False


def _is_in_a_row(words: Sequence[str], before: int, place: int) -> bool:
    """Whether two triggers deny one thing after the other, as in "no swelling no pain", and none the other."""
    between = words[before + 1 : place]
    is_list = {words[before], words[place]} <= triggers.BARE_TRIGGERS and 0 < len(between) <= _IN_A_ROW
    statement = triggers.SUBJECTS | triggers.FINITE | {"when", "that", "without", "day", "time"}
    return is_list and statement.isdisjoint(between)


def denied_in_a_row(words: Sequence[str]) -> frozenset[int]:
    """Return the places of what is denied one thing after the other, known or not: "no swelling no speech trouble"."""
    bare = (place for place, word in enumerate(words) if word in triggers.BARE_TRIGGERS)
    places = [place for place in bare if not _is_pseudo(words, place, ())]
    found: set[int] = set()
    for before, place in pairwise(places):
        if _is_in_a_row(words, before, place):
            end = next((n for n in range(place + 1, len(words)) if words[n] in _CLAUSES), len(words))
            found.update(range(before, min(end, place + 1 + _IN_A_ROW)))
    return frozenset(found)


def _is_since(words: Sequence[str], place: int) -> bool:
    """Whether a denial ends at the time since when something did not come back."""
    return words[place : place + 1] == ("since",) and place + 1 < len(words)


def _is_taken_back(words: Sequence[str], place: int, ends: Mapping[int, int]) -> bool:
    """Whether an exception stands where a denial ends; one that names something else takes nothing back."""
    for phrase in triggers.EXCEPTIONS:
        if tuple(words[place : place + len(phrase)]) == phrase:
            other = place + len(phrase)
            while other < len(words) and other not in ends and words[other] in FILLERS:
                other += 1
            return place + 1 < len(words) and (phrase == ("but",) or other not in ends)
    return False


def _around(words: Sequence[str], trigger: int, after: int, concepts: Collection[Collection[int]]) -> Iterator[Scope]:
    """Yield a scope for a concept whose words stand on both sides of a trigger: "neck: no recent injury".

    "The bleeding has not stopped" denies no bleeding, and "a clot I never had treated" no clot.
    """
    while after < len(words) and words[after] in FILLERS:
        after += 1
    if after < len(words) and words[after] in triggers.INABILITY | triggers.UNCHANGED | triggers.MANAGEMENT:
        return
    for places in concepts:
        if min(places) < trigger < max(places) and after in places:
            yield Scope(min(places), min(places), max(places) + 1, around=trigger)


def _following(
    words: Sequence[str], start: int, place: int, ends: Mapping[int, int], fillers: Collection[str] = FILLERS
) -> Iterator[Scope]:
    """Yield a scope for each member of the list of concepts that follows a trigger; a new verb ends the list."""
    start_word = start
    if "told" in words[place : place + 3]:  # "never been told that she has"
        fillers = FILLERS | _REPORTING
    if words[start] == "nor":  # "nor is she diabetic"
        fillers = FILLERS | _REPORTING | triggers.FINITE | {"do", "does", "did"}
    while True:
        while place < len(words) and place not in ends and (words[place] in fillers or _is_other(words, place)):
            place += 1
        if place in ends:
            end = next((here for here in range(place, ends[place]) if words[here] in TERMINATORS), ends[place])
            yield Scope(start, place, end)
            start, place = end, end
        elif place < len(words) and words[place] not in NEGATION_TRIGGERS:
            place += 1  # a member of a list may be unknown
        is_denying = words[start_word] in triggers.DENYING
        if place >= len(words) or words[place] not in (_DENIED_LIST if is_denying else _LIST_WORDS):
            return
        place += 1
        if place < len(words) and place not in ends and words[place] in triggers.FINITE:
            return


def _is_other(words: Sequence[str], place: int) -> bool:
    """Whether a word only says that more of a kind follows, as in "no boils or other infection"; not "other than"."""
    return words[place] == "other" and tuple(words[place + 1 : place + 2]) != ("than",)


def _ruled_out(words: Sequence[str], place: int, starts: Mapping[int, int], ends: Mapping[int, int]) -> list[Scope]:
    """Return the scopes of what was ruled out: it stands before, or behind as in "he ruled out gout".

    What somebody wants to be ruled out has not been.
    """
    if before := [*_preceding(words, place, starts)]:
        return before if triggers.NOT_YET.isdisjoint(words[: before[-1].start]) else []
    if not triggers.UNDONE.isdisjoint(words[:place]):
        return []
    return [*_following(words, place, place + 1 + (words[place] == "ruled"), ends)]


def _preceding(
    words: Sequence[str], place: int, starts: Mapping[int, int], start: int | None = None
) -> Iterator[Scope]:
    """Yield a scope for each member of the list of concepts that stands before "ruled out", which may begin before."""
    end, concept_end = place + 2, place if start is None else start
    while concept_end and words[concept_end - 1] in triggers.AUXILIARIES | triggers.FORMS:
        concept_end -= 1
    while (concept := starts.get(concept_end)) is not None:
        yield Scope(concept, concept, end)
        end = concept
        if not concept or words[concept - 1] not in _LIST_WORDS:
            return
        concept_end = concept - 1


def is_open(words: Sequence[str], reached: Sequence[Scope]) -> bool:
    """Whether a denial reaches to the end of its part, so that a list may go on in the next."""
    return bool(reached) and reached[-1].end >= len(words)


def is_of_something_else(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether the word behind a condition makes something else of it, such as a risk.

    Who tells what the nurses for it did with them has it: "the lymphoedema nurse put me in a stocking".
    """
    end = max(places) + 1
    if end >= len(words):
        return False
    is_of_care = words[end] in triggers.SERVICES and not triggers.SERVED.isdisjoint(words)
    return words[end] in triggers.ELSEWHERE and not is_of_care


# Medicines


def replaced(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words for a medicine that is taken no longer."""
    if not triggers.HALFWAY.isdisjoint(words):  # "being switched from ... to": both are taken
        return ()
    found = reached(words, concepts, triggers.REPLACED)
    return tuple(scope for scope in found if not _is_accustomed(words, scope.start))


def _is_accustomed(words: Sequence[str], place: int) -> bool:
    """Whether "used to" at a place tells of what somebody is accustomed to."""
    is_used_to = tuple(words[place : place + 2]) == ("used", "to")
    return is_used_to and not triggers.ACCUSTOMED.isdisjoint(words[max(0, place - 2) : place])


def stopped(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words for a medicine that was stopped, before it or behind it."""
    starts = _edges(concepts)[2]
    behind = (
        _preceding(words, place, starts, _before_stopped(words, place))
        for place, word in enumerate(words)
        if word in triggers.STOPPED_BEHIND
    )
    return (*reached(words, concepts, triggers.STOPPED), *chain.from_iterable(behind))


def _before_stopped(words: Sequence[str], place: int) -> int:
    """Return the place before which a medicine stands that was stopped: "weaned and stopped", "that I stopped in 2019".

    Who stopped something else is no part of it: "on warfarin I stopped smoking".
    """
    start = place - 1 if words[place - 1 : place] == ("and",) else place
    if start and words[start - 1] in triggers.WEANED:
        return start - 1
    is_told = place > 0 and words[place - 1] in {"i", "we"} and not _OF_TIMES.isdisjoint(words[place + 1 : place + 2])
    return place - 1 if is_told else place


def allergies(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words for what somebody is allergic to."""
    found = reached(words, concepts, triggers.ALLERGIES, _ALLERGIC_TO)
    return tuple(s for s in found if NEGATION_TRIGGERS.isdisjoint(words[max(0, s.start - 3) : s.start]))


# Fears, possibilities, the past


def fears(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of fears: what is somebody's own, as in "worried about her osteoporosis", is there."""
    return tuple(reached(words, concepts, triggers.FEARS, triggers.FEARED))


def possibilities(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words that leave open whether a concept is there."""
    named = _edges(concepts)[0]
    found = reached(words, concepts, triggers.POSSIBILITIES, triggers.POSSIBLE)
    return tuple(scope for scope in found if scope.start not in named)


def histories(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words before what is over, as in "history of gout"."""
    named = _edges(concepts)[0]
    return tuple(
        scope
        for scope in reached(words, concepts, triggers.HISTORY)
        if scope.start not in named
        and tuple(words[scope.start : scope.start + 2]) != ("prior", "to")
        and not _is_accustomed(words, scope.start)
    )


def reached(
    words: Sequence[str],
    concepts: Collection[Collection[int]],
    phrases: frozenset[Words],
    fillers: Collection[str] = FILLERS,
) -> Iterator[Scope]:
    """Yield the scopes of phrases: each reaches the concept that follows over fillers, and its list."""
    ends = _edges(concepts)[1]
    for found in places_of(words, phrases):  # a phrase may be a concept itself, such as anxiety
        yield from _following(words, found.start, found.stop, ends, fillers)


def has_phrase(words: Sequence[str], phrases: frozenset[Words], named: Collection[int] = ()) -> bool:
    """Whether one of some phrases stands among words, outside the places of concepts."""
    return bool(places_of(words, phrases, named))


def ends_with(words: Sequence[str], phrases: frozenset[Words]) -> bool:
    """Whether words end with one of some phrases."""
    return any(tuple(words[-len(phrase) :]) == phrase for phrase in phrases)


def places_of(words: Sequence[str], phrases: frozenset[Words], named: Collection[int] = ()) -> tuple[range, ...]:
    """Return where phrases stand among words, outside the places of concepts."""
    return tuple(
        range(place, place + len(phrase))
        for place, word in enumerate(words)
        for phrase in _by_first_word(phrases).get(word, ())
        if place not in named and tuple(words[place : place + len(phrase)]) == phrase
    )


@cache
def _by_first_word(phrases: frozenset[Words]) -> Mapping[str, Sequence[Words]]:
    found: dict[str, list[Words]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found

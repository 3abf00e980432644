"""Context: what the words around a concept say of it: denied, possible, feared, past, somebody else's.

After NegEx (Chapman WW et al., J Biomed Inform 2001;34:301-310, doi:10.1006/jbin.2001.1029) and ConText (Harkema H et
al., J Biomed Inform 2009;42:839-851, doi:10.1016/j.jbi.2009.05.002), whose kinds of words the tables are named for.
The scopes are narrower than theirs, because a condition that is present must not be dropped: a trigger reaches only the
concept that follows it directly or after fillers, and further members of a list only after "or" or "nor".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

Words = tuple[str, ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[Words]:
    return frozenset(tuple(part.split()) for part in text.split(";"))


NEGATION_TRIGGERS = _words(
    """
    no not never without denies denied deny negative nor neither isnt hasnt havent doesnt dont didnt wasnt nil none
    zero 0
    """
)
"""Words that deny the concept that follows."""
INSTEAD = _phrases("rather than; instead of; opposed to")
"""Words that deny what follows, because something else is there."""
PSEUDO_TRIGGERS = _words(
    """
    sure certain know only just yet whether if able like long longer better worse improved improving controlled well
    unlike unusual uncommon uncontrolled untreated unmanaged
    change changes changed problem problems trouble troubles issues complaints improvement difference doubt
    """
)
"""Words that, directly after a trigger, express a doubt or an unchanged state, not a denial."""
INABILITY = _words(
    """
    feeling sensation pulse urine wee pee water pass passing stool movement movements motion vision sight control
    strength power grip appetite sleep memory breath air balance voice speech taste smell hearing response reflexes
    periods kicks use feel feels move moves moving see sees hear lift stand walk talk speak swallow breathe wake eat
    feed drink close open bend straighten stop stops stopped stopping settle heal healed healing cope think remember
    sleeping eating drinking feeding responding breathing walking talking waking
    """
)
"""Words that, directly after a trigger, express a lost function, not a denial."""
FILLERS = _words(
    """
    a an any the of on for to or ever her his my their your have has had having be been being is are was were take takes
    taking taken took use uses using used get gets got known current currently previous previously prior past recent
    recently active medical history hx family evidence touched touch sign signs symptom symptoms diagnosis diagnosed
    obvious significant suffer suffers suffered suffering from with
    """
)
"""Words that may stand between a trigger and the concept that it reaches."""
TERMINATORS = _words("and with plus who also then")
"""Words that end a scope; they join the two conditions of a name such as "cancer and a blood clot"."""
MANAGEMENT = _words(
    """
    medication medications medicine medicines meds tablets pills drugs treatment treatments therapy treated help
    operation surgery checkup checkups check control follow followup monitoring specialist doctor appointment care
    dressing insulin review relief cure cover
    """
)
"""Words for what is done about a condition: "no treatment for her diabetes" says that she has it."""
EXCEPTIONS = _phrases(
    "except; excepting; apart from; other than; besides; but; bar; save for; aside from; excluding; beyond; only; "
    "until; unless; since"
)
"""Words for an exception: what was denied before them is not denied altogether."""
DOUBTS = _words(
    """
    cant cannot couldnt wouldnt shouldnt doubt doubts doubtful unsure uncertain unclear unlikely unconvinced impossible
    rarely seldom hardly barely scarcely
    """
)
"""Words that turn a denial after them round: "cannot say that she has no fever"."""
FEARS = _phrases(
    "worried; worries; worrying; worry; afraid; scared; frightened; fear; fears; fearful; fearing; anxious; nervous; "
    "terrified; concerned; paranoid; phobia; petrified; panicking; obsessed; to avoid; to prevent; prevent; "
    "preventing; avoid; avoiding; prevention; risk of; chance of; protect against; in case; read about; heard about; "
    "googled; googling; keeps thinking; dont want; doesnt want; not want; dread; dreads; dreading"
)
"""Words for a fear of what follows; with "my" or "her" after them it is there."""
OWNERS = _words("my her his their our")
"""Words that say whose something is."""
_FEARED = FILLERS - OWNERS | _words(
    "about of that she he i they it might may could will getting catching developing be in to end ending up with become"
)
POSSIBILITIES = _phrases(
    "query; queried; possible; possibly; probable; probably; suspected; suspect; suspects; suspecting; suspicion of; "
    "might be; might have; may be; may have; could be; could have; maybe; perhaps; think; thinks; thought; wonder; "
    "wondering; rule out; r o; awaiting; waiting for; tested for; tests for; investigated for; investigation for; "
    "investigations for; not sure; unsure; unclear; whether; borderline; suggestive of; looks like; seems like; ddx; "
    "differential"
)
"""Words that leave open whether what follows is there."""
RELATIVES = _words(
    """
    mother mum mom mam mama mummy mommy dad daddy father papa parent parents brother brothers sister sisters sibling
    siblings neighbour neighbor colleague coworker workmate boss flatmate roommate uncle aunt auntie aunty cousin
    nephew niece grandmother grandfather granny gran nan nana nanna grandma grandpa grandad granddad grandparent
    grandparents husband wife partner spouse boyfriend girlfriend son daughter friend inlaw inlaws
    """
)
"""Words for people other than the client, unless the client is one of them."""
FAMILY = _phrases(
    "family history; family histroy; family hist; family hystory; family hx; fam hx; fhx; fh; in the family; "
    "in my family; in her family; in his family; runs in; family has; family have; family had; hereditary; "
    "mothers side; fathers side; maternal; paternal"
)
"""Words for the illnesses of a family."""
HISTORY = _phrases(
    "history of; hx of; h o; previous; previously; past; prior; former; used to; once had; years ago; as a child; "
    "as a baby; as a kid; as a teenager; in childhood; childhood; when young; in the past; long ago; old; no longer; "
    "not any more; not anymore; came off; come off"
)
"""Words for what is over."""
STOPPED = _phrases(
    "stopped; came off; come off; coming off; finished; off; until; ended; completed; discontinued; quit; gave up"
)
"""Words for a medicine that was stopped, which may be yesterday."""
REPLACED = _phrases(
    "no longer; used to; not any more; not anymore; switched from; changed from; switched her from; switched him from; "
    "switched me from; changed her from; changed him from; changed me from"
)
"""Words for a medicine that is taken no longer."""
_STOPPED_BEHIND = _words("stopped discontinued ended finished completed ceased")
ALLERGIES = _phrases(
    "allergic to; allergy to; allergies to; intolerant to; intolerant of; intolerance to; intolerance of; reacts to; "
    "reacted to; reaction to; sensitive to; allergies"
)
"""Words for a medicine to which somebody is allergic, and so does not take."""
ELSEWHERE = _words(
    """
    risk risks score screening awareness prevention research charity society foundation fundraiser pillow cushion bait
    uk book leaflet documentary
    """
)
"""Words behind a concept that make something else of it: a risk of stroke is no stroke."""
DENYING = _words("denies denied deny denying")
"""Triggers whose list "and" may close."""
THEIRS = _words("her his their")
SELVES = _words("own herself himself client patient lady gentleman")
"""Words for the client, where a relative was named first."""
_SOMEBODY = _words("man woman lady gentleman person patient patients client clients child boy girl") | RELATIVES
BOOKINGS = _phrases("for my; for his; for her; for our; for a; for the; behalf of; behalf of my")
"""Words before the person who is the client; who cares for somebody is the client."""
SPEAKERS = _words("i im ive")
"""Words of somebody who speaks of themselves."""
SELF_TOO = _phrases("now me; me too; and me; and i; so do i; me as well; myself too; including me")
"""Words that say that a family's illness is the client's too."""
CARERS = _words("carer care caring cares caregiver cared")

_LIST_WORDS = frozenset({"or", "nor"})
_DENIED_LIST = _LIST_WORDS | {"and"}
_LATELY = _words("few couple hour hours day days week weeks month months night couple two three")
_KIND_OF_RELATIVE = _words("late own old older younger elderly ex poor dear best close good step grand")
_REPORTING = _words("told that she he i they you we might may could it there")
# What may stand between a concept and "ruled out" after it. After "not" and "be" the concept is still possible.
_AUXILIARIES = _words("was were been has have had is are now already")
# How many words before "free of" may hold a trigger, as in "not quite free of".
_BEFORE_FREE = 3
# A new subject or a joining word ends what a doubt before it turns round.
_CLAUSES = TERMINATORS | {"because", "so", "while", "since"}
# What says that somebody has, or had, something.
_HAVING = _words(
    """
    has had have having got gets takes took take taking is was with on died suffers suffered suffering dies passed lost
    survived uses used lives developed develops also needs broke
    fractured fell caught suffers
    """
)
_OVER = _words("broke had died took passed lost survived used was suffered")


class Scope(Struct, frozen=True):
    """The places of the words of one trigger, `start` to before `end`; what it reaches begins at `concept`."""

    start: int
    concept: int
    end: int

    def holds(self, places: Collection[int]) -> bool:
        """Whether a concept at these places is reached: it begins where the first one does, or lies in the scope."""
        return self.concept == min(places) or (self.concept < min(places) and max(places) < self.end)


# Denials


def denials(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of the denials among folded words; `concepts` are the places of each concept named there.

    A trigger that belongs to a concept, as in "bone has not healed", denies nothing. Nor does one that a doubt turns
    round, nor one that an exception takes back.
    """
    named, ends, starts = _edges(concepts)
    found: list[Scope] = []
    for place, word in enumerate(words):
        if place in named:
            continue
        if tuple(words[place : place + 2]) in INSTEAD:
            found += _following(words, place, place + 2, ends)
        elif after := _after_trigger(words, place, named):
            reached = [*_following(words, place, after, ends), *_around(words, place, after, concepts)]
            if not (reached and _is_taken_back(words, reached[-1].end)):
                found += reached
        elif word == "excluded" or (word == "ruled" and tuple(words[place + 1 : place + 2]) == ("out",)):
            found += _preceding(words, place, starts)
    return tuple(found)


def _edges(concepts: Collection[Collection[int]]) -> tuple[set[int], dict[int, int], dict[int, int]]:
    """Return the places of concepts, the end of the longest that begins at a place, and the start of one that ends."""
    ends: dict[int, int] = {}
    starts: dict[int, int] = {}
    for places in concepts:
        start, end = min(places), max(places) + 1
        ends[start] = max(end, ends.get(start, end))
        starts[end] = min(start, starts.get(end, start))
    return {place for places in concepts for place in places}, ends, starts


def _after_trigger(words: Sequence[str], place: int, named: Collection[int]) -> int | None:
    """Return the place after the trigger that begins at a place; without one, None."""
    word, following = words[place], tuple(words[place + 1 : place + 2])
    if word == "free" and following in {("of",), ("from",)}:
        is_negated = not NEGATION_TRIGGERS.isdisjoint(words[max(0, place - _BEFORE_FREE) : place])
        return None if is_negated or not DOUBTS.isdisjoint(words[:place]) else place + 2
    if word not in NEGATION_TRIGGERS or _is_pseudo(words, place, named):
        return None
    return place + 1


def _is_pseudo(words: Sequence[str], place: int, named: Collection[int]) -> bool:
    """Whether a trigger denies nothing: a doubt, a lost function, a double negation, "never like this"."""
    word, following = words[place], words[place + 1 : place + 2]
    if following and place + 1 not in named and following[0] in PSEUDO_TRIGGERS:
        return True
    # "No bladder control", "no feeling": the function is lost.
    near = words[place + 1 : place + 3]
    if any(near_word in INABILITY and place + 1 + n not in named for n, near_word in enumerate(near)):
        return True
    if not NEGATION_TRIGGERS.isdisjoint(following) or (word == "never" and "like" in words[place:]):
        return True
    return _is_turned_round(words, place, named)


def _is_turned_round(words: Sequence[str], place: int, named: Collection[int]) -> bool:
    """Whether a doubt or another trigger stands before a trigger, with no concept and no new clause between."""
    for before in range(place - 1, -1, -1):
        if before in named or words[before] in _CLAUSES or words[before] in _LIST_WORDS:
            return False
        if words[before] in NEGATION_TRIGGERS or words[before] in DOUBTS:
            return True
    return False


def _is_taken_back(words: Sequence[str], place: int) -> bool:
    """Whether an exception stands where a denial ends."""
    return any(tuple(words[place : place + len(phrase)]) == phrase for phrase in EXCEPTIONS) and place + 1 < len(words)


def _around(words: Sequence[str], trigger: int, after: int, concepts: Collection[Collection[int]]) -> Iterator[Scope]:
    """Yield a scope for a concept whose words stand on both sides of a trigger: "neck: no recent injury"."""
    while after < len(words) and words[after] in FILLERS:
        after += 1
    for places in concepts:
        if min(places) < trigger < max(places) and after in places:
            yield Scope(min(places), min(places), max(places) + 1)


def replaced(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words for a medicine that is taken no longer."""
    return tuple(_reached(words, _edges(concepts)[1], REPLACED, FILLERS))


def stopped(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words for a medicine that was stopped, before it or behind it."""
    _, ends, starts = _edges(concepts)
    behind = (_preceding(words, place, starts) for place, word in enumerate(words) if word in _STOPPED_BEHIND)
    return (*_reached(words, ends, STOPPED, FILLERS), *chain.from_iterable(behind))


def allergies(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words for what somebody is allergic to."""
    return tuple(_reached(words, _edges(concepts)[1], ALLERGIES, FILLERS))


def is_of_something_else(words: Sequence[str], places: Collection[int]) -> bool:
    """Whether the word behind a concept makes something else of it, such as a risk."""
    end = max(places) + 1
    return end < len(words) and words[end] in ELSEWHERE


def cares_for_somebody(words: Sequence[str]) -> bool:
    """Whether a part tells of somebody else for whom the client cares."""
    for place, word in enumerate(words):
        if word in CARERS and words[place + 1 : place + 2] in {("for",), ("of",)}:
            return not _SOMEBODY.isdisjoint(words[place + 2 : place + 5])
    return False


def _following(
    words: Sequence[str], start: int, place: int, ends: Mapping[int, int], fillers: Collection[str] = FILLERS
) -> Iterator[Scope]:
    """Yield a scope for each member of the list of concepts that follows a trigger."""
    start_word = start
    if "told" in words[place : place + 3]:  # "never been told that she has"
        fillers = FILLERS | _REPORTING
    while True:
        while place < len(words) and place not in ends and words[place] in fillers:
            place += 1
        if place in ends:
            end = next((here for here in range(place, ends[place]) if words[here] in TERMINATORS), ends[place])
            yield Scope(start, place, end)
            start, place = end, end
        elif place < len(words) and words[place] not in NEGATION_TRIGGERS:
            place += 1  # a member of a list may be unknown
        if place >= len(words) or words[place] not in (_DENIED_LIST if words[start_word] in DENYING else _LIST_WORDS):
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


def is_open(words: Sequence[str], reached: Sequence[Scope]) -> bool:
    """Whether a denial reaches to the end of its part, so that a list may go on in the next."""
    return bool(reached) and reached[-1].end >= len(words)


# Fears, possibilities, the past


def fears(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of fears: what is somebody's own, as in "worried about her osteoporosis", is there."""
    _, ends, _ = _edges(concepts)  # a fear may be a concept itself, such as anxiety
    return tuple(_reached(words, ends, FEARS, _FEARED))


def possibilities(words: Sequence[str], concepts: Collection[Collection[int]]) -> tuple[Scope, ...]:
    """Return the scopes of words that leave open whether a concept is there."""
    named, ends, _ = _edges(concepts)
    return tuple(scope for scope in _reached(words, ends, POSSIBILITIES, FILLERS) if scope.start not in named)


def _reached(
    words: Sequence[str], ends: Mapping[int, int], triggers: Collection[Words], fillers: Collection[str]
) -> Iterator[Scope]:
    """Yield the scopes of triggers: each reaches the concept that follows over fillers, and its list."""
    for place in range(len(words)):
        for phrase in triggers:
            after = place + len(phrase)
            if tuple(words[place:after]) == phrase:
                yield from _following(words, place, after, ends, fillers)


def has_phrase(words: Sequence[str], phrases: Collection[Words], named: Collection[int] = ()) -> bool:
    """Whether one of some phrases stands among words, outside the places of concepts."""
    return any(
        place not in named and tuple(words[place : place + len(phrase)]) == phrase
        for place in range(len(words))
        for phrase in phrases
    )


def tells_history(words: Sequence[str], named: Collection[int]) -> bool:
    """Whether a part says that something is over; what was in the past weeks is not."""
    lately = any(
        words[place] == "past" and not _LATELY.isdisjoint(words[place + 1 : place + 3]) for place in range(len(words))
    )
    return not lately and has_phrase(words, HISTORY, named)


# Other people


def relative_in(words: Sequence[str]) -> str:
    """Return the relative of whom a part tells what they have or had; without one, nothing."""
    for place, word in enumerate(words):
        before = place - 1 if place > 1 and words[place - 1] in _KIND_OF_RELATIVE else place
        owned = before > 0 and words[before - 1] in OWNERS | {"the", "a", "clients", "patients", "whose", "both", "of"}
        if word in RELATIVES and (before == 0 or place == 0 or owned):
            after = place + 3 if tuple(words[place + 1 : place + 3]) == ("in", "law") else place + 1
            following = words[after : after + 3]
            if following and following[0] in SPEAKERS:  # "like my mother I have ..."
                continue
            if not following or following[0] in _HAVING or not _HAVING.isdisjoint(following[:2]):
                return word
    return ""


def tells_the_past(words: Sequence[str]) -> bool:
    """Whether a part tells what somebody had, and not what they have."""
    return not _OVER.isdisjoint(words)


OF_CONTEXT = frozenset(
    word
    for table in (FEARS, POSSIBILITIES, FAMILY, HISTORY, EXCEPTIONS, BOOKINGS, STOPPED, REPLACED, ALLERGIES)
    for phrase in table
    for word in phrase
) | (PSEUDO_TRIGGERS | FILLERS | DOUBTS | RELATIVES | NEGATION_TRIGGERS)
"""The words of these tables: they say something of concepts, and are none themselves."""

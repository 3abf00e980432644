"""People: which words of a part tell of somebody other than the client, such as a relative or a family."""

from collections.abc import Collection, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from massharm.clinical import triggers
from massharm.clinical.context import has_phrase, places_of
from massharm.clinical.past import LONG_PAST, times_in
from massharm.clinical.patterns import Pattern
from massharm.clinical.triggers import RELATIVES, phrases

BOOKED, NAMED = "booked", "named"
"""Among the clients: one for whom somebody else books, and one whom more than the first words call the client."""

_GOING_ON = frozenset({"who", "had", "has", "is", "was", "takes", "took", "died", "suffers", "with", "also"})
_DEAD = frozenset({"died", "dies", "dead", "passed", "late", "expired"})
_DIED = phrases("died; dies; expired; passed away; passed on; is dead; was dead; are dead; his late; her late; my late")
"""Words for a death: "his arm went dead" and "she passed out" tell of none."""
_HURT_BY_IT = frozenset({"me", "my", "us", "him"})
_SPEAKER = triggers.SPEAKERS | {"myself", "me", "mine"}
_BEING = frozenset({"am", "is", "im", "as", "being", "shes", "hes", "was"})
_NOW = frozenset({"now", "today", "currently", "tonight"})
_NEW_SUBJECT = _SPEAKER - {"me", "mine"} | {"client", "patient", "pt"}
_PRONOUNS = frozenset({"she", "he", "they"})
_CALLING = frozenset({"who", "whos", "is", "she", "he", "the", "your", "a", "client", "patient"})
_CARED = {("for",), ("of",)}
_CARING = {("look", "after"), ("looks", "after"), ("looking", "after")}
_BESIDE = frozenset({"with", "by", "to", "for", "from", "at", "near"})
_STUMBLING = frozenset(
    "over into onto off past by walking walked riding chasing lifting carrying feeding holding washing brushing".split()  # noqa: SIM905 - words
)
"""Words before somebody with whom the client only had to do: "she tripped over the cat", "walking the dog"."""
_TAKEN = frozenset("took taken take had ate swallowed popped given".split())  # noqa: SIM905 - words
"""Words before some of a relative's medicine that the client took: "had four of my husband's"."""
_PERSONS = triggers.PEOPLE | triggers.SELVES | triggers.SPEAKERS | {"she", "he", "who", "this", "that", "it"}
_JOINING = frozenset({"and", "but", "who", "also", "plus"})
_CLEFTS = {("it", "was"), ("that", "was"), ("it", "is"), ("its",), ("thats",), ("that", "is")}
_LATELY = frozenset(
    """
    morning afternoon evening night hour hours minute minutes ago just suddenly lunch lunchtime breakfast dinner
    teatime oclock
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words for a time of today."""
_OF_RELATIVES = Pattern(
    r"\b(?:in (?:his|her|their) (?:(?:late|early|mid) )?(?:forties|fifties|sixties|seventies|eighties|nineties|[3-9]0s)"
    r"|last (?:month|year|summer|winter|spring|autumn|christmas|easter)|at the age of \d+|at [3-9]\d)\b",
    needs=("in h", "in t", "last ", "at "),
)
"""Times at which something was that is a relative's: of the client they may be of now."""
_NOT_OVER = triggers.OF_NOW | triggers.PRESENT_TENSE - {"its"} | _LATELY - {"ago"} | {"since", "been"}
"""Words of a part that may tell of a relative who is ill now, whatever time it names."""
_FIRST = 2
"""The place up to which a relative stands who is the subject of a part."""
_CALLED = 4
"""The words up to which a part only names somebody and what they have."""
_ME_AND = {(who, "and") for who in ("me", "i", "myself", "im")}
"""Words before a relative who has the same: "me and my mother both have gout"."""
_NOT_ONLY = {("not", "only"), ("not", "just")}
_CLIENTS = {("client",), ("patient",), ("pt",), ("for",), ("booking", "for")}
_MINE = {("mine",), ("its", "mine"), ("but", "mine"), ("i", "have", "it"), ("i", "do")}
_TOLD_ON = 6
"""The parts behind a relative in which the same sentence may go on to tell of them."""
_OF_VALUES = frozenset(":-\u2013\u2014")
_STATING = frozenset("have has am is take takes taking on had suffer suffers uses use got".split())  # noqa: SIM905 - words


class Told(Struct, frozen=True):
    """The words of a part and what it is joined by: as much of a part as tells of whom it speaks."""

    words: tuple[str, ...]
    cut: str = ""
    of_family: bool = False
    in_brackets: bool = False
    concepts: Sequence[Collection[int]] = ()


class Others(Struct, frozen=True):
    """The places of the words that tell of another person, and whether they are a family's or tell what is over."""

    places: range = range(0)
    is_silent: bool = False


def clients_of(parts: Sequence[Told]) -> frozenset[str]:
    """Return the relatives who are the client: one for whom somebody books, or of whom the description begins to tell.

    Where the speaker is the client, the latter is not. `BOOKED` says that the speaker is not the client.
    """
    found: set[str] = set()
    if parts and not parts[0].of_family and _DEAD.isdisjoint(parts[0].words) and not _tells_of_another(parts):
        people = RELATIVES | triggers.CHILDREN
        first = next((word for word in parts[0].words[:3] if word in people - triggers.ANIMALS), "")
        is_cleft = any(parts[0].words[: len(cleft)] == cleft for cleft in _CLEFTS)
        if first and not is_cleft and all(_SPEAKER.isdisjoint(part.words) for part in parts):
            found.add(first)
    found |= _asked_for(parts)
    if found & _asked_for(parts):
        found.add(NAMED)
    found |= _named_as_client(parts)
    for part in parts:
        for place, word in enumerate(part.words):
            if word in RELATIVES | triggers.CHILDREN and _is_booked(part.words, place):
                found.update((word, NAMED))
                if not _books_too(part.words, place):
                    found.add(BOOKED)
    return frozenset(found)


def _named_as_client(parts: Sequence[Told]) -> frozenset[str]:
    """Return the relatives whom two neighbouring parts call the client: "my dad, who I'm booking for"."""
    found: set[str] = set()
    for before, part in pairwise(parts):
        for one, other in ((before, part), (part, before)):
            if part.cut == "," and has_phrase(other.words, triggers.BOOKING_FOR) and _names_relatives_only(one.words):
                found.update(word for word in one.words if word in RELATIVES)
                found.update((BOOKED, NAMED))
        if part.words[-1:] in {("client",), ("patient",)} and _CALLING.issuperset(part.words):  # "my son, your client"
            found.update(word for word in before.words if word in RELATIVES)
    return frozenset(found)


def _asked_for(parts: Sequence[Told]) -> frozenset[str]:
    """Return the relatives who are named before somebody asks for a massage of them: "my wife ... can she"."""
    asked = [number for number, part in enumerate(parts) if has_phrase(part.words, triggers.ASKED_FOR)]
    told = parts[: asked[-1] + 1] if asked else ()
    words = {word for part in told for word in (*part.words, *(word.removesuffix("s") for word in part.words))}
    return (RELATIVES - triggers.ANIMALS | triggers.CHILDREN) & words


def _tells_of_another(parts: Sequence[Told]) -> bool:
    """Whether a part after the first tells of a client who is not its relative: "his own back is sore", "not her"."""
    return any(not triggers.SELVES.isdisjoint(part.words) or _says_not_the_client(part) for part in parts[1:])


def _is_booked(words: tuple[str, ...], place: int) -> bool:
    """Whether words before a relative say that somebody books for them, and not that somebody cares for them."""
    is_booked = tuple(words[max(0, place - 2) : place]) in triggers.BOOKINGS
    return is_booked and triggers.CARERS.isdisjoint(words[max(0, place - 3) : place])


def _books_too(words: tuple[str, ...], place: int) -> bool:
    """Whether somebody books for a relative and for themselves."""
    after = words[place + 1 : place + 4]
    return "and" in after and not {"me", "myself", "i", "us"}.isdisjoint(after)


def says_the_same(parts: Sequence[Told]) -> bool:
    """Whether what is told of a relative is the client's too: "same as my uncle", or of two people who both come."""
    for words in (part.words for part in parts):
        if has_phrase(words, triggers.FOR_TWO):
            return True
        for place, word in enumerate(words):
            is_compared = word == "as" and (
                place == 0 or not {"same", "also"}.isdisjoint(words[max(0, place - 4) : place])
            )
            if is_compared and not RELATIVES.isdisjoint(words[place + 1 : place + 3]):
                return True
    return False


def others_in(parts: Sequence[Told], number: int, clients: Collection[str]) -> Others:
    """Return what a part tells of somebody other than the client."""
    part = parts[number]
    words = part.words
    is_shared = any(has_phrase(after.words, triggers.SELF_TOO) for after in parts[number : number + 4])
    if is_shared or words[:2] in _NOT_ONLY:  # "not only my mother has gout"
        return Others()
    if part.of_family:
        return Others(range(_until_client(words, 0)), is_silent=_NOW.isdisjoint(words))
    if family := _family_in(words):
        return Others(family, is_silent=True)
    if _is_called_not_the_client(parts, number):
        return Others(range(len(words)))
    if told := _of_a_relative_long_ago(parts, number, clients):
        return told
    behind = Others(_owned_behind(words, clients))
    found = behind if behind.places else _of_a_relative(parts, number, clients)
    return found or Others(_named_beside(parts, number, clients) or _owned_by_a_relative(part, clients))


def _is_called_not_the_client(parts: Sequence[Told], number: int) -> bool:
    """Whether a few words name a relative and the next part says that it is not the client: "diabetic dad, pt not"."""
    words = parts[number].words
    behind = parts[number + 1].words if number + 1 < len(parts) else ()
    theirs = parts[number + 2].words if number + 2 < len(parts) and behind in triggers.NOT_THEIRS else ()
    if theirs in _MINE:  # "diabetes, not hers, mine"
        return False
    if len(words) <= _CALLED and (behind in triggers.NOT_THEIRS or words[-2:] in triggers.NOT_THEIRS):
        return True
    is_short = len(words) <= _CALLED and not RELATIVES.isdisjoint(words) and _STATING.isdisjoint(words)
    return is_short and number + 1 < len(parts) and _says_not_the_client(parts[number + 1])


def _says_not_the_client(part: Told) -> bool:
    """Whether a part says no more than that it is not the client: "not her", but not "not her usual self"."""
    return part.words in triggers.NOT_CLIENT


def _of_a_relative(parts: Sequence[Told], number: int, clients: Collection[str]) -> Others | None:
    """Return what a part tells of a relative, of a speaker who books for one, or of somebody who is cared for."""
    words = parts[number].words
    start = _relative_at(parts[number], clients)
    if start is None and number:
        start = _contrasted_at(words, clients)
    if start is None and _subject_before(parts, number, clients):
        start = 0
    if start is not None:
        places = range(start, _until_client(words, start))
        # An animal may hurt somebody: "my horse fell on me".
        is_animal = words[start] in triggers.ANIMALS and _HURT_BY_IT.isdisjoint(words[start + 1 : places.stop])
        behind = [after.words for after in parts[number + 1 : number + 2] if after.cut == ","]
        return Others(places, is_silent=is_animal or _is_over((*words[start : places.stop], *chain(*behind))))
    if BOOKED in clients and words and words[0] in triggers.SPEAKERS and "book" not in " ".join(words):
        return Others(range(len(words)))
    start = _cared_for_at(words)
    return None if start is None else Others(range(start, _until_client(words, start, is_speakers=True)))


def _of_a_relative_long_ago(parts: Sequence[Told], number: int, clients: Collection[str]) -> Others | None:
    """Return what a part tells of a relative of long ago, or goes on to tell of one.

    Neither "my sister's tongue swelled up when we were kids" nor "mum had a stroke, lost her speech" is the client's.
    """
    words = parts[number].words
    text = " ".join(words)
    is_long_ago = any(time.days >= LONG_PAST for time in times_in(text)) or _OF_RELATIVES.search(text)
    if is_long_ago and _NOT_OVER.isdisjoint(words):
        subjects = (place for place, word in enumerate(words) if _is_relative(word) and word not in clients)
        start = next((place for place in subjects if not place or words[place - 1] in triggers.OWNERS), None)
        if start is not None and start <= _FIRST and triggers.SPEAKERS.isdisjoint(words[:start]):
            return Others(range(start, _until_client(words, start)), is_silent=True)
    first = number
    while first > max(0, number - _TOLD_ON) and _goes_on_telling(parts[first]):
        first -= 1
    run = parts[first : number + 1]
    if first < number and not _goes_on_telling(parts[first]) and _NOT_OVER.isdisjoint(chain(*(p.words for p in run))):
        before = others_in(parts, first, clients)
        if before.is_silent and before.places.stop == len(parts[first].words):
            return Others(range(_until_client(words, 0)), is_silent=True)
    return None


def _goes_on_telling(part: Told) -> bool:
    """Whether a part goes on behind a comma with a verb of the past: "lost her speech"."""
    return part.cut == "," and part.words[:1] != () and part.words[0] in triggers.PAST_TENSE


def _is_relative(word: str) -> bool:
    """Whether a word names a relative, or says what is a relative's: "sister's"."""
    return word in RELATIVES or word.removesuffix("s") in RELATIVES


def _is_over(words: Sequence[str]) -> bool:
    """Whether words about a relative tell of the past: not "Dad's had a headache since this morning"."""
    is_of_now = not (triggers.OF_NOW | _LATELY | {"since", "been"}).isdisjoint(words) and not has_phrase(words, _DIED)
    return not triggers.OVER.isdisjoint(words) and not is_of_now


def _until_client(words: tuple[str, ...], start: int, *, is_speakers: bool = False) -> int:
    """Return the place where a part comes back to the client; `is_speakers` says that the client is its subject."""
    for place in range(start, len(words)):
        if place and words[place] in _NEW_SUBJECT and words[place - 1] not in {"when", "before", "since", "after"}:
            return place
        if not place and words[place] in _NEW_SUBJECT:
            return 0
        if place and words[place : place + 2] == ("me", "on"):  # "so they have me on aspirin"
            return place
        after = words[place + 1 : place + 2]
        if place and words[place] in {"when", "while"} and after == ("my",):  # "Dad was driving when my arm went dead"
            return place
        if is_speakers and words[place] in _JOINING and after and after[0] in _STATING:
            return place
    return len(words)


def _family_in(words: tuple[str, ...]) -> range:
    """Return the places of what words say a family has: behind "family history of", before "in the family"."""
    if before := places_of(words, triggers.FAMILY):
        start = min(place.start for place in before)
        end = _until_client(words, start + 1, is_speakers=True)
        for place in range(max(place.stop for place in before), end):
            if words[place] in {"with", "takes", "taking", "on"} or (
                words[place] in {"has", "have"} and place > start + 2
            ):
                end = place
                break
        return range(start, end)
    if behind := places_of(words, triggers.FAMILY_BEHIND):
        end = max(place.stop for place in behind)
        states = [place for place in range(end) if words[place] in _STATING | triggers.SPEAKERS]
        joins = [place for place in range(end) if words[place] in _JOINING and any(state < place for state in states)]
        return range(max(joins, default=-1) + 1, end)
    return range(0)


def _relative_at(part: Told, clients: Collection[str]) -> int | None:
    """Return the place of a relative, who is not the client and of whom a part tells what they have or had."""
    words = part.words
    for place, word in enumerate(words):
        if (word in RELATIVES or _is_owned_person(words, place)) and word not in clients and _is_subject(words, place):
            return place
    return None


def _contrasted_at(words: Sequence[str], clients: Collection[str]) -> int | None:
    """Return the place of a relative whom a later part tells apart from the client: "it's my mum who's diabetic"."""
    place = next((place for place, word in enumerate(words[:4]) if word in RELATIVES and word not in clients), None)
    if place is None or words[place + 1 : place + 2] != ("who",):
        return None
    before = {*words[:place]} - triggers.OWNERS
    is_cleft = words[0] in {"it", "its", "that", "thats"} and before <= {"it", "its", "that", "thats", "is"}
    return place if is_cleft and triggers.COMING.isdisjoint(words[place + 2 : place + 5]) else None


def _is_owned_person(words: Sequence[str], place: int) -> bool:
    """Whether somebody's child or friend is named: "my kids", "her little lad", "my mate"."""
    before = place - 1 if place > 1 and words[place - 1] in triggers.KINDS_OF_RELATIVE else place
    return words[place] in triggers.CHILDREN | triggers.MATES and before > 0 and words[before - 1] in triggers.OWNERS


def _is_subject(words: tuple[str, ...], place: int) -> bool:
    """Whether a relative at a place is said to have something, and is no person whom the client is, or who tells."""
    before = place - 1 if place and words[place - 1] in triggers.KINDS_OF_RELATIVE else place
    if place and before:
        word = words[before - 1]
        is_article = word in {"a", "the"} and _BEING.isdisjoint(words[max(0, before - 2) : before - 1])
        is_of_a_relative = not RELATIVES.isdisjoint((word, word.removesuffix("s")))  # "my neighbour's cat"
        is_article = is_article and words[before - 2] not in _STUMBLING
        is_cleft = words[:before] in _CLEFTS and words[place + 1 : place + 2] in {("who",), ("that",), ("had",)}
        if not (is_article or is_of_a_relative or is_cleft) and word not in triggers.OWNERS | {
            "clients",
            "patients",
            "whose",
            "me",  # as people say for "my"
            "both",
            "of",
        }:
            return False
    after = place + 3 if tuple(words[place + 1 : place + 3]) == ("in", "law") else place + 1
    following = words[after : after + 3]
    if not following or (words[place] in triggers.ANIMALS and following[0] in triggers.FAILING):
        return True
    is_shared = tuple(words[max(0, before - 3) : before - 1]) in _ME_AND
    # "it's my wife who is coming"
    is_client = following[0] == "who" and not triggers.COMING.isdisjoint(following)
    if is_shared or is_client or _goes_on_alone(following):
        return False
    if following[0] in triggers.SPEAKERS or not triggers.TELLING.isdisjoint(following):
        return False
    if following[0] in _PRONOUNS and before > 1 and words[before - 2] in _BESIDE:  # "she came with her son she has"
        return False
    return following[:2] == ("the", "one") or not triggers.HAVING.isdisjoint(following[:2])


def _goes_on_alone(following: Sequence[str]) -> bool:
    """Whether words go on with another verb, of the client: "I was with my mum and got"; not "my mum and dad had"."""
    after = following[1:2]
    return following[0] == "and" and after != () and triggers.HAVING.intersection(after) != frozenset()


def _subject_before(parts: Sequence[Told], number: int, clients: Collection[str]) -> bool:
    """Whether a part goes on about a relative whom a part before names alone: "my aunt, who had"."""
    words = parts[number].words
    if not words or words[0] not in _GOING_ON:
        return False
    if words[0] == "who" and number and parts[number - 1].words[-1:] in {("i",), ("me",)}:  # "that I, who have gout"
        return False
    while number and parts[number].cut == ",":
        number -= 1
        if _names_relatives_only(parts[number].words):
            return not any(word in clients for word in parts[number].words)
    return False


def _cared_for_at(words: tuple[str, ...]) -> int | None:
    """Return where a part tells of somebody for whom the client cares."""
    for place, word in enumerate(words):
        if words[place : place + 2] in _CARING or (word in triggers.CARERS and words[place + 1 : place + 2] in _CARED):
            return None if triggers.PEOPLE.isdisjoint(words[place + 2 : place + 5]) else place
    return None


def _named_beside(parts: Sequence[Told], number: int, clients: Collection[str]) -> range:
    """Return the places of what a part says of a relative whom the part after it or before it names alone."""
    part = parts[number]
    after = parts[number + 1] if number + 1 < len(parts) else None
    if _is_behind_a_relative(parts, number, clients):
        return range(len(part.words))
    if (
        after is not None
        and after.cut in {"(", ":", "-", "\u2013", "\u2014"}
        and _names_relatives_only(after.words)
        and not _goes_on(parts, number)
    ):
        is_of_both = "both" in after.words
        joins = [place + 1 for place, word in enumerate(part.words) if word in _JOINING | {"with"} and not is_of_both]
        return range(max(joins, default=0), len(part.words))
    return range(0)


def _goes_on(parts: Sequence[Told], number: int) -> bool:
    """Whether the brackets behind a part hold more than a relative: "bereaved (mum, cancer)"."""
    rest = parts[number + 2 : number + 3]
    return any(part.in_brackets and part.cut == "," and part.concepts for part in rest)


def _is_behind_a_relative(parts: Sequence[Told], number: int, clients: Collection[str]) -> bool:
    """Whether a part stands behind a relative as a value behind its label: "Mother: gout", "Dad - stroke + gout"."""
    while number > 0 and parts[number].cut in {"+", ","} and not parts[number - 1].in_brackets:
        if not _is_plain(parts[number]):
            break
        number -= 1
    part = parts[number]
    is_bracketed = part.in_brackets and part.cut == "," and parts[number - 1].cut == "("  # "(mum, ovarian ca)"
    is_behind = is_bracketed or part.cut in _OF_VALUES
    is_value = number > 0 and is_behind and _names_relatives_only(parts[number - 1].words)
    is_value = is_value and not (NAMED in clients and any(word in clients for word in parts[number - 1].words))
    return is_value and not (number > 1 and parts[number - 1].cut == ":" and parts[number - 2].words in _CLIENTS)


_NOT_PLAIN = _STATING | _PERSONS | triggers.OWNERS | triggers.OF_NOW | {"but", "no"}
"""Words by which a part states something, denies it or tells whose it is."""


def _is_plain(part: Told) -> bool:
    """Whether a part only names something: it is no statement, and nobody's of whom it speaks itself."""
    return len(part.words) <= _CALLED and not part.in_brackets and _NOT_PLAIN.isdisjoint(part.words)


def _owned_behind(words: tuple[str, ...], clients: Collection[str]) -> range:
    """Return the places of what words say was a relative's, and not the client's: "the clot was his dad not him"."""
    for place in range(3, len(words)):
        is_relatives = words[place].removesuffix("s") in RELATIVES and words[place - 1] in triggers.OWNERS | {"me"}
        is_owner = is_relatives and words[place - 2] in {"was", "is", "to"} and words[place] not in clients
        is_owner = is_owner and (words[place - 2] != "to" or words[place - 3] in {"belongs", "belonged"})
        is_last = words[place + 1 : place + 2] in {(), ("s",), ("not",)}
        if is_owner and is_last and _PERSONS.isdisjoint(words[: place - 2]):
            return range(place + 1)
    return range(0)


def _owned_by_a_relative(part: Told, clients: Collection[str]) -> range:
    """Return the places of what is called a relative's: "my mother's stroke"; of several all, or the first."""
    words = part.words
    owned = []
    for places in part.concepts:
        start = min(places)
        owner = words[start - 1].removesuffix("s") if words[start - 1] not in RELATIVES else words[start - 1]
        is_owned = start > 1 and words[start - 2] in triggers.OWNERS and owner in RELATIVES and owner not in clients
        is_taken = not triggers.TAKEN_OVER.isdisjoint(words[max(0, start - 3) : start - 2])
        is_some_taken = words[start - 3 : start - 2] == ("of",) and not _TAKEN.isdisjoint(
            words[max(0, start - 6) : start]
        )
        if is_owned and not (is_taken or is_some_taken):
            owned.append(range(start - 1, max(places) + 1))
    if not owned:
        return range(0)
    is_all = len(owned) == len(part.concepts)
    return range(owned[0].start, max(places.stop for places in owned) if is_all else owned[0].stop)


def _names_relatives_only(words: tuple[str, ...]) -> bool:
    allowed = RELATIVES | triggers.OWNERS | {"and", "both", "side", "s", "in", "on", "law"}
    return not RELATIVES.isdisjoint(words) and all(word in allowed for word in words)

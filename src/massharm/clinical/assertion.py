"""Assertion: whether each concept of a description is present, possible, past, denied, feared or somebody else's.

The categories are those of ConText (Harkema 2009, see `context`), with fear beside them. In doubt a concept is present.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum

from msgspec import Struct

from massharm.clinical import context
from massharm.clinical.concepts import Mention, Phrase
from massharm.clinical.context import RELATIVES, Scope
from massharm.clinical.forms import Answer
from massharm.clinical.patterns import Pattern
from massharm.clinical.segments import Segment
from massharm.kb.parts import Recognised
from massharm.kb.records import Medicine, Precaution, Sign


class Assertion(StrEnum):
    """What a description says of a concept."""

    PRESENT = "present"
    POSSIBLE = "possible"
    PAST = "past"
    DENIED = "denied"
    FEARED = "feared"
    OTHER_PERSON = "other-person"
    UNANSWERED = "unanswered"


class Part(Struct, frozen=True):
    """A segment with the concepts that it names; `known` are those that are only recognised, with their places."""

    segment: Segment
    phrase: Phrase
    named: tuple[Mention, ...]
    known: tuple[tuple[Recognised, frozenset[int]], ...] = ()

    @property
    def places(self) -> list[frozenset[int]]:
        """The places of each concept among the words."""
        return [*(mention.places for mention in self.named), *(places for _, places in self.known)]

    @property
    def covered(self) -> frozenset[int]:
        """The places from the first to the last word of each concept."""
        return _span(self.named).union(*(places for _, places in self.known))


def _span(named: Iterable[Mention]) -> frozenset[int]:
    """Return the places from the first to the last word of each record that is named."""
    spans = (range(min(mention.places), max(mention.places) + 1) for mention in named)
    return frozenset(place for span in spans for place in span)


class Asserted(Struct, frozen=True):
    """What a part says of each of its concepts, in the order of `Part.places`.

    `negated` are the places of the words of denials, and of all words where the part is about no present concept.
    `days` is the time since what is past, where that is stated.
    """

    assertions: tuple[Assertion, ...]
    negated: frozenset[int] = frozenset()
    days: int | None = None


_YEAR = Pattern(r"(?<![\d/.])(?:19|20)\d\d(?![\d/])")
_AGO = Pattern(
    r"\b(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|few|couple of|some)\+?\s*"
    r"(day|week|wk|month|mth|year|yr|decade)s?\s*(?:ago|back|earlier|since surgery)\b",
)
_LONG_AGO = Pattern(
    r"\b(?:years ago|long ago|as an? (?:child|baby|kid|teenager|teen|boy|girl)|at school|last year|ages ago"
    r"|in (?:my|his|her|their)?\s*(?:childhood|teens|twenties|thirties)"
    r"|when (?:i|he|she) was (?:\d|a child|a baby|young|little|small))",
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS |= {"nine": 9, "ten": 10, "twelve": 12, "several": 3, "many": 5, "few": 2, "couple of": 2, "some": 2}
_DAYS = {"day": 1, "week": 7, "wk": 7, "month": 30, "mth": 30, "year": 365, "yr": 365, "decade": 3650}
_MARKS_OF_TIME = (
    "ago",
    "back",
    "earlier",
    "as a",
    "childhood",
    "teens",
    "twenties",
    "thirties",
    "when ",
    "school",
    "last year",
)
LONG_PAST = 300
"""Days from which a condition is long past."""
SIGN_PAST = 28
"""Days from which a sign, whose day is stated, is past and raises no alarm."""

_ONGOING = frozenset(
    """
    since still now again ongoing currently today tonight yesterday diagnosed dx constant constantly recurring recurrent
    back continues continuing worse worsening remains persistent
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
_BARE = frozenset(
    """
    a an any the of other known or nor history hx evidence signs symptoms previous recent past and
    """.split()  # noqa: SIM905 - as above
)
_CLOSING = {"or", "nor"}
_DEAD = frozenset({"died", "dies", "dead", "passed", "late"})
_TESTS = frozenset(
    {"test", "tests", "tested", "scan", "scans", "xray", "swab", "biopsy", "results", "checks", "bloods"}
)
_NORMAL = frozenset({"negative", "clear", "normal", "fine"})
_CLEAR = (
    _NORMAL | _TESTS | {"all", "came", "back", "was", "were", "is", "are", "has", "been", "have", "and", "the", "so"}
)
_GOING_ON = frozenset({"who", "had", "has", "is", "was", "takes", "took", "died", "suffers", "with", "also"})
_BOOKED = "booked"  # among the clients: one for whom somebody else books
_SPEAKER = context.SPEAKERS | {"myself", "me"}

_BY_ANSWER = {
    Answer.NO: Assertion.DENIED,
    Answer.NONE: Assertion.UNANSWERED,
    Answer.UNSURE: Assertion.POSSIBLE,
    Answer.PAST: Assertion.PAST,
}


def assertions(parts: Sequence[Part]) -> list[Asserted]:
    """Return what each part says of its concepts, given the parts around it."""
    clients = _clients(parts)
    reached = [context.denials(part.phrase.words, part.places) for part in parts]
    listed = _listed(parts, reached)
    return [
        _asserted(parts, number, reached[number], clients, is_listed=number in listed) for number in range(len(parts))
    ]


def _asserted(
    parts: Sequence[Part], number: int, denied: Sequence[Scope], clients: Collection[str], *, is_listed: bool
) -> Asserted:
    part, words = parts[number], parts[number].phrase.words
    days = _days_since(parts, number)
    general = _of_the_part(parts, number, clients, days)
    fears = context.fears(words, part.places)
    doubts = context.possibilities(words, part.places)
    found = []
    replaced = context.replaced(words, part.places)
    stopped = context.stopped(words, part.places)
    allergies = context.allergies(words, part.places)
    for place, places in enumerate(part.places):
        concept = part.named[place].record if place < len(part.named) else None
        if _tests_are_clear(parts, number) or (isinstance(concept, Medicine) and _holds(allergies, places)):
            found.append(Assertion.DENIED)
        elif context.is_of_something_else(words, places):
            found.append(Assertion.FEARED)
        elif _is_denied(concept, places, denied, words) or (is_listed and not isinstance(concept, Medicine)):
            found.append(Assertion.DENIED)
        elif general not in {Assertion.PRESENT, Assertion.PAST} and not _is_sign_of_now(concept, part, general):
            found.append(general)
        elif not isinstance(concept, Sign) and any(scope.holds(places) for scope in fears):
            found.append(Assertion.FEARED)
        elif isinstance(concept, Medicine):
            is_over = _holds(replaced, places) or (_holds(stopped, places) and (days or 0) >= LONG_PAST)
            found.append(Assertion.PAST if is_over else Assertion.PRESENT)
        elif general is Assertion.PAST and not (isinstance(concept, Sign) and (days or 0) < SIGN_PAST):
            found.append(general)
        else:
            possible = any(scope.holds(places) for scope in doubts) or (part.segment.cut == "?" and number == 0)
            found.append(Assertion.POSSIBLE if possible else Assertion.PRESENT)
    negated = {place for scope in denied for place in range(scope.start, scope.end)}
    if (
        is_listed
        or (found and not any(_is_screened(assertion) for assertion in found) and general is not Assertion.PRESENT)
        or _silences(general, part, days)
    ):
        negated.update(range(len(words)))
    return Asserted(tuple(found), frozenset(negated), days)


def _is_screened(assertion: Assertion) -> bool:
    return assertion in {Assertion.PRESENT, Assertion.POSSIBLE, Assertion.PAST}


def _silences(general: Assertion, part: Part, days: int | None) -> bool:
    """Whether a part as a whole describes no sign of now: answered no, a family's, or of years ago."""
    if general is Assertion.OTHER_PERSON:
        return part.segment.of_family or context.tells_the_past(part.phrase.words) or _tells_a_family(part)
    return general in {Assertion.DENIED, Assertion.UNANSWERED} or (
        general is Assertion.PAST and (days or 0) >= LONG_PAST
    )


def _is_sign_of_now(concept: object, part: Part, general: Assertion) -> bool:
    """Whether a concept is a sign that a relative has now, who may be the one to help."""
    is_told = general is Assertion.OTHER_PERSON and isinstance(concept, Sign)
    return is_told and not _silences(general, part, None)


def _of_the_part(parts: Sequence[Part], number: int, clients: Collection[str], days: int | None) -> Assertion:
    """Return what holds for all concepts of a part: the answer of a form, another person, the past; else present."""
    part = parts[number]
    answer = _BY_ANSWER.get(part.segment.answer) if part.segment.answer else None
    if answer:
        return answer
    if part.segment.of_family or _is_of_a_family(parts, number) or _is_a_relatives(parts, number, clients):
        return Assertion.OTHER_PERSON
    words = part.phrase.words
    is_over = days is not None or context.tells_history(words, _span(part.named))
    return Assertion.PAST if is_over and _ONGOING.isdisjoint(words) else Assertion.PRESENT


def _holds(scopes: Collection[Scope], places: Collection[int]) -> bool:
    return any(scope.holds(places) for scope in scopes)


# Denials


def _is_denied(concept: object, places: Collection[int], scopes: Collection[Scope], words: Sequence[str]) -> bool:
    """Whether a concept is denied: no treatment for a condition is no denial of the condition."""
    is_managed = isinstance(concept, Precaution) and not all(words[place] in context.MANAGEMENT for place in places)
    return any(
        scope.holds(places) and not (is_managed and words[scope.concept] in context.MANAGEMENT) for scope in scopes
    )


def _listed(parts: Sequence[Part], reached: Sequence[Sequence[Scope]]) -> set[int]:
    """Return the parts that continue a denied list over commas: each bare, the last closed by "or" or "nor"."""
    found: set[int] = set()
    for number, part in enumerate(parts):
        if context.is_open(part.phrase.words, reached[number]) or _continues_unknown(part):
            closing = _CLOSING | ({"and"} if not context.DENYING.isdisjoint(part.phrase.words) else set())
            members = []
            for after in range(number + 1, len(parts)):
                if parts[after].segment.cut != "," or not _is_bare(parts[after]):
                    break
                members.append(after)
                if parts[after].places and not closing.isdisjoint(_outside(parts[after])):
                    found.update(members)
    return found


def _outside(part: Part) -> list[str]:
    """Return the words of a part that stand in no concept."""
    return [word for place, word in enumerate(part.phrase.words) if place not in part.covered]


def _continues_unknown(part: Part) -> bool:
    """Whether a part denies one thing that is not known: a list may begin with it."""
    words = part.phrase.words
    return not part.places and bool(words) and words[0] in context.NEGATION_TRIGGERS and len(words) <= 4  # noqa: PLR2004 - a trigger, a filler and a name of two words


def _is_bare(part: Part) -> bool:
    """Whether a part is one member of a list: a concept, or up to three words that are none."""
    others = [word for word in _outside(part) if word not in _BARE]
    if any(word in context.FILLERS or word in context.NEGATION_TRIGGERS for word in others):
        return False
    return len(others) <= (1 if part.places else 3)


def _tests_are_clear(parts: Sequence[Part], number: int) -> bool:
    """Whether a part tells of a test, and it or the part after it that the test is clear."""
    words = parts[number].phrase.words
    after = parts[number + 1].phrase.words if number + 1 < len(parts) and parts[number + 1].segment.cut == "," else ()
    is_clear = bool(after) and _CLEAR.issuperset(after) and not _NORMAL.isdisjoint(after)
    return is_clear and not (_TESTS.isdisjoint(words) and _TESTS.isdisjoint(after))


# Other people


def _tells_a_family(part: Part) -> bool:
    return context.has_phrase(part.phrase.words, context.FAMILY, _span(part.named))


def _is_of_a_family(parts: Sequence[Part], number: int) -> bool:
    """Whether a part tells of a family, and no part that goes on after it says that the client has it too."""
    after = (part.phrase.words for part in parts[number : number + 4])
    return _tells_a_family(parts[number]) and not any(context.has_phrase(words, context.SELF_TOO) for words in after)


def _is_a_relatives(parts: Sequence[Part], number: int, clients: Collection[str]) -> bool:
    """Whether a part tells of a relative who is not the client, or the part after it names one in brackets.

    What the speaker has who books for a relative is not the client's either.
    """
    part = parts[number]
    words = part.phrase.words
    relative = context.relative_in(words) or _subject_before(parts, number)
    if relative and relative not in clients:
        return True
    if context.cares_for_somebody(words) or _has_what_a_relative_has(part, clients):
        return True
    if _BOOKED in clients and words and words[0] in context.SPEAKERS and "book" not in " ".join(words):
        return True
    after = parts[number + 1] if number + 1 < len(parts) else None
    return (after is not None and after.segment.cut in {"(", ":"} and _names_relatives_only(after.phrase.words)) or (
        number > 0 and part.segment.cut == ":" and _names_relatives_only(parts[number - 1].phrase.words)
    )


def _has_what_a_relative_has(part: Part, clients: Collection[str]) -> bool:
    """Whether a part names a relative and then something of theirs: "a friend came after her cancer treatment"."""
    words = part.phrase.words
    first = next((place for place, word in enumerate(words) if word in RELATIVES and word not in clients), None)
    if first is None:
        return False
    starts = {min(places) for places in part.places}
    return any(
        words[place] in context.THEIRS and not starts.isdisjoint({place + 1, place + 2})
        for place in range(first + 1, len(words))
    )


def _subject_before(parts: Sequence[Part], number: int) -> str:
    """Return the relative whom a part before names alone, if a comma joins the parts: "my aunt, who had"."""
    words = parts[number].phrase.words
    if not words or words[0] not in _GOING_ON:
        return ""
    while number and parts[number].segment.cut == ",":
        number -= 1
        if _names_relatives_only(parts[number].phrase.words):
            return next(word for word in parts[number].phrase.words if word in RELATIVES)
    return ""


def _names_relatives_only(words: Sequence[str]) -> bool:
    allowed = RELATIVES | context.OWNERS | {"and", "both", "side", "s", "in", "on", "law"}
    return not RELATIVES.isdisjoint(words) and all(word in allowed for word in words)


def _clients(parts: Sequence[Part]) -> set[str]:
    """Return the relatives who are the client: one for whom somebody books, or of whom the description begins to tell.

    Where the speaker is the client, the latter is not.
    """
    found: set[str] = set()
    for number, part in enumerate(parts):
        words = part.phrase.words
        if number == 0 and not part.segment.of_family and _DEAD.isdisjoint(words) and not _tells_of_another(parts):
            first = next((word for word in words[:3] if word in RELATIVES), "")
            told = {word for other in parts for word in other.phrase.words}
            if first and _SPEAKER.isdisjoint(told):
                found.add(first)
        for place, word in enumerate(words):
            if word in RELATIVES and _is_booked(words, place):
                found.update((word, _BOOKED))
    return found


def _tells_of_another(parts: Sequence[Part]) -> bool:
    """Whether a part after the first tells of a client who is not its relative: "his own back is sore"."""
    return any(not context.SELVES.isdisjoint(part.phrase.words) for part in parts[1:])


def _is_booked(words: Sequence[str], place: int) -> bool:
    """Whether words before a relative say that somebody books for them, and not that somebody cares for them."""
    is_booked = tuple(words[max(0, place - 2) : place]) in context.BOOKINGS
    return is_booked and context.CARERS.isdisjoint(words[max(0, place - 3) : place])


# The past


def _days_since(parts: Sequence[Part], number: int) -> int | None:
    """Return how many days ago a part was: stated in it, or alone in the part that follows."""
    days = days_in(parts[number].segment.text)
    after = parts[number + 1] if number + 1 < len(parts) else None
    if (
        days is None
        and after
        and after.segment.cut in {",", "(", "?", ":"}
        and not after.places
        and not _ONGOING.intersection(after.phrase.words)
    ):
        alone = [word for word in after.phrase.words if not word.isdigit()]
        days = days_in(after.segment.text) if len(alone) <= 4 else None  # noqa: PLR2004 - "in the summer of"
    return days


def days_in(text: str) -> int | None:
    """Return how many days ago a text says something was, at least; if it does not say so, None.

    Of a year it is the last day.
    """
    lowered = text.lower()
    if not (any(char.isdigit() for char in text) or any(mark in lowered for mark in _MARKS_OF_TIME)):
        return None
    if found := _AGO.search(text):
        number = _NUMBERS.get(found[1].lower()) or int(found[1] if found[1].isdigit() else 1)
        return number * _DAYS[found[2].lower()]
    if _LONG_AGO.search(text):
        return LONG_PAST
    years = [int(found[0]) for found in _YEAR.finditer(text)]
    today = datetime.now(UTC).date()
    return (today - date(max(years), 12, 31)).days if years and max(years) < today.year else None

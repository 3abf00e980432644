"""Long-standing: signs that a description says are not new, are of both sides, or are the name of a known illness."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, takewhile

from massharm.clinical import context
from massharm.clinical.course import tells_of_late
from massharm.clinical.forms import Answer
from massharm.clinical.parts import Part
from massharm.clinical.past import LONG_PAST, times_in
from massharm.clinical.triage import PresentSign
from massharm.clinical.triggers import (
    BEFORE_A_TIME,
    CAUSES_OF_LOSS,
    CHRONIC,
    LONG_STANDING,
    NEGATION_TRIGGERS,
    NEWS,
    OF_BIRTHS,
    OF_LONG_TIMES,
    OF_NERVES,
    OF_WRISTS,
    RECENTLY,
    RELATIVES,
    SINCE_BIRTH,
    UNCHANGING,
    UNUSUAL,
    USUAL,
    YEARS,
)
from massharm.kb.records import Precaution, Sign
from massharm.kb.vocabulary import Urgency

_BEHIND_BRACKETS = 4
"""The parts behind a sign in which it may be said to be as usual, where brackets stand between."""
_BOTH = frozenset({"legs", "calves", "thighs", "shins", "ankles", "feet", "arms", "hands"})
_JOINED = frozenset({",", "but", "-", "though", "although", "yet", ";"})
_SWOLLEN = frozenset({"swollen", "swelling", "swell", "puffy", "swelled", "swells"})
_ONE = frozenset({"one", "left", "right", "l", "r", "lt", "rt", "side"})
_JOINING_NEWS = 2
"""The parts behind what is as usual in which it may be said to be worse."""
_FOR_YEARS = 3
"""The words of "for ten years"."""
_IT_IS = frozenset("it its has been is they theyre thats that just the always".split())  # noqa: SIM905 - words
_SINCE = 5
"""The words behind "since" up to which the time stands."""
_REACH = 4
"""The parts behind a known cause in which what it left behind is told."""
_NEWS_REACH = 6
_CHANGES = frozenset(
    """
    hour hours minute minutes suddenly yesterday tonight gone went going came come lost losing cannot cant couldnt
    dropped drops getting became becoming began begun
    """.split()  # noqa: SIM905 - words
)
"""The parts, of which one may tell of the last hours or of a change, and words for these."""
_OF_VALUES = frozenset({":", "?", "-"})
"""What stands between a label and its value."""
_DATED = 2
"""The parts, the cause and the next one, of which one must say when that was."""
_ENDS = frozenset({"", "."})
"""What ends a row or a sentence."""
_IN_SENTENCE = frozenset({",", "but", "and", "-"})
"""What parts a sentence."""
_LONGEST_SENTENCE = 8
"""The parts behind a sign up to which its sentence may end."""
_LASTING = frozenset({"still", "since", "residual"})
"""Words of the next sentence by which it tells of the same."""
_STILL, _DAY = frozenset({"still"}), frozenset({"day"})
"""A word of now by which what is old goes on."""
_WORSE = frozenset({"worse", "worsening", "new", "suddenly", "more"})
"""Words by which a part behind a sign says that it is not as it was."""
_COMING_AND_GOING = frozenset({"fainting", "near-fainting"})
"""The signs that are known where somebody has had them for years."""
_LOSSES = ("weakness", "numbness", "clumsy", "slurred", "drooping", "suddenly unequal")
"""Words of the names of signs that an old illness may leave behind."""
_WITH = ("headache", "pain", "dizziness", "injury", "fever", "diabetes", "infection")
"""Words of those of them that name something beside the loss."""
_LYMPHATIC = frozenset({"lymphoedema", "lymphedema", "lymphodema", "lymphatic", "lymphoedemic"})
_LEGS = frozenset({"leg", "legs", "calf", "thigh", "ankle", "foot", "shin"})
_ARMS = frozenset({"arm", "arms", "hand", "wrist", "forearm", "elbow"})
_LEFT, _RIGHT = frozenset({"left", "l", "lt", "lhs"}), frozenset({"right", "r", "rt", "rhs"})
_INFLAMED = frozenset(
    """
    hot warm heat red redness tender sore pain painful hurts hurt aching ache throbbing hard tight shiny clot dvt
    fever feverish shivery bigger
    """.split()  # noqa: SIM905 - words
)
"""Words by which a swelling is more than that of a lymphoedema."""
_OF_LIMBS = (
    "numbness of both legs",
    "numbness in a limb",
    "numbness of a limb",
    "tingling in a limb",
    "trouble sensing",
)
"""Words of the names of signs that a known illness of nerves brings."""
_NO_HANDS = _LEGS | frozenset(
    {"head", "headache", "headaches", "migraine", "arm", "arms", "face", "sudden", "suddenly"}
)
"""Words by which a numbness is more than that of a carpal tunnel syndrome."""
_OF_HEADACHES = frozenset({"head", "headache", "headaches", "migraine"})
_OF_THE_PELVIS = "between the legs"
"""Where no numbness counts as old: it may be the first sign of a cauda equina syndrome."""


def of_now(signs: Iterable[PresentSign], parts: Sequence[Part]) -> Iterator[PresentSign]:
    """Yield the signs that are of now: a new one is none where it is as usual, nor is a loss that has long been there.

    A swelling of both legs is none of one; what brackets give the name of an illness is known, unless it is an
    emergency.
    """
    usual = [
        (_words_of(parts, number), tells_of_late(parts, number))
        for number in range(len(parts))
        if _is_usual(parts, number)
    ]
    old = [words for number in range(len(parts)) for words in _long_standing(parts, number)]
    diagnosed = {part.segment.text for number, part in enumerate(parts) if _is_diagnosed(parts, number)}
    is_of_both = all(_ONE.isdisjoint(part.phrase.words) for part in parts)
    left = [*_left_behind(parts)]
    lymphatic = [part for part in parts if _is_lymphatic(part)]
    lasting = [
        frozenset(part.phrase.words)
        for number, part in enumerate(parts)
        if not tells_of_late(parts, number) and any(_is_same_limb(part, other) for other in lymphatic)
    ]
    for sign in signs:
        typed = sign.typed.split()
        is_new = sign.sign.name.startswith("New ")
        is_usual = (is_new or _is_of_a_swelling(sign) or _is_a_named_loss(sign.sign)) and any(
            words.issuperset(typed) and (is_new or not is_late) for words, is_late in usual
        )
        for_years = [words for words, is_late in usual if words.issuperset(typed) and not is_late and words & YEARS]
        is_usual = is_usual or (sign.sign.id in _COMING_AND_GOING and bool(for_years))
        is_usual = is_usual or (sign.sign.name.startswith("Worsening ") and any(map(_is_same, for_years)))
        is_old = _is_of_a_loss(sign.sign) and (
            any(words >= {*typed} and beside & {*typed} for words, beside in old) or any(map(_is_same, for_years))
        )
        is_old = is_old or any(words >= {*typed} and is_left(sign.sign) for words, is_left in left)
        is_known = sign.urgency is not Urgency.EMERGENCY and sign.said in diagnosed
        is_known = is_known or (_is_of_a_swelling(sign) and any(words.issuperset(typed) for words in lasting))
        if not (is_usual or is_old or is_known or (is_of_both and _is_of_both(sign))):
            yield sign


def _is_same(words: frozenset[str]) -> bool:
    """Whether words say that something has not changed."""
    return not UNCHANGING.isdisjoint(words) or words >= {"no", "change"}


def _is_lymphatic(part: Part) -> bool:
    """Whether a part says that a swelling is a lymphoedema, or names one: "swelling of the arm from node clearance"."""
    is_named = any(mention.record.id == "lymphoedema" for mention in part.named)
    return _is_the_clients(part) and (is_named or not _LYMPHATIC.isdisjoint(part.phrase.words))


def _is_same_limb(part: Part, lymphatic: Part) -> bool:
    """Whether a part tells of no other limb than the one with a lymphoedema, and that nothing is inflamed there."""
    words, known = part.phrase.words, lymphatic.phrase.words
    pairs = ((_LEGS, _ARMS), (_ARMS, _LEGS), (_LEFT, _RIGHT), (_RIGHT, _LEFT))
    is_other = any(not one.isdisjoint(words) and not other.isdisjoint(known) for one, other in pairs)
    return not is_other and _INFLAMED.isdisjoint(words)


def _is_of_a_swelling(sign: PresentSign) -> bool:
    """Whether a sign is a swelling and no emergency: it is no sign where it has long been there."""
    return "swelling" in sign.sign.name.lower() and sign.urgency is not Urgency.EMERGENCY


def _left_behind(parts: Sequence[Part]) -> Iterator[tuple[frozenset[str], Callable[[Sign], bool]]]:
    """Yield words of parts near a known cause of a loss, and whether a sign among them is what that leaves behind.

    "Stroke in 2018, left arm still weak", "neuropathy: feet numb". What is told of late is not left behind.
    """
    for number, part in enumerate(parts):
        words = part.phrase.words
        behind = frozenset(chain.from_iterable(after.phrase.words for after in parts[number : number + _NEWS_REACH]))
        is_news = tells_of_late(parts, number, but=_STILL) or not _CHANGES.isdisjoint(behind)
        if is_news or not _is_the_clients(part):
            continue
        near = _in_the_row(parts, number)
        if number and part.segment.cut in _OF_VALUES:  # "numb hands - carpal tunnel for two years"
            near = (parts[number - 1], *near)
        told = frozenset(chain.from_iterable(other.phrase.words for other in near))
        if not OF_NERVES.isdisjoint(words):
            yield told, partial(_is_of_nerves, is_of_head=not _OF_HEADACHES.isdisjoint(told))
        elif not OF_WRISTS.isdisjoint(words) and _NO_HANDS.isdisjoint(told):
            yield told, partial(_is_of_nerves, is_of_head=False)
        elif not CAUSES_OF_LOSS.isdisjoint(words):
            days = [time.days for other in near[:_DATED] for time in times_in(" ".join(other.phrase.words))]
            if days and min(days) >= LONG_PAST:
                yield told, _is_of_an_old_illness


def _is_the_clients(part: Part) -> bool:
    """Whether what a part names is there, and of nobody else."""
    is_there = part.segment.answer in {None, Answer.YES} and not part.segment.of_family
    return is_there and (NEGATION_TRIGGERS | RELATIVES).isdisjoint(part.phrase.words)


def _in_the_row(parts: Sequence[Part], number: int) -> Sequence[Part]:
    """Return a part and the next ones that follow it in its sentence or its row."""

    def goes_on(part: Part) -> bool:
        return part.segment.cut not in _ENDS or (part.segment.cut == "." and not _LASTING.isdisjoint(part.phrase.words))

    return (parts[number], *takewhile(goes_on, parts[number + 1 : number + 1 + _REACH]))


def _is_of_an_old_illness(sign: Sign) -> bool:
    """Whether a sign is a loss alone, as an old stroke leaves it: with a headache or a pain it is none."""
    name = sign.name.lower()
    is_alone = not any(word in name for word in _WITH)
    return is_alone and any(word in name for word in _LOSSES) and _OF_THE_PELVIS not in name


def _is_of_nerves(sign: Sign, *, is_of_head: bool) -> bool:
    """Whether a sign is numbness or a weak sense of the limbs, which a known neuropathy brings.

    With a headache it is none, unless nothing beside the neuropathy tells of the head: migraine may be known too.
    """
    name = sign.name.lower()
    is_with_headache = "headache with new numbness" in name
    return any(told in name for told in _OF_LIMBS) or (is_with_headache and not is_of_head)


def _is_usual(parts: Sequence[Part], number: int) -> bool:
    """Whether a part ends with words for what is not new, or the next one is these: "puffy, same as always"."""
    words = parts[number].phrase.words
    after = [part.phrase.words for part in _behind(parts, number)]
    ends = context.ends_with(words, USUAL) and not context.has_phrase(words, UNUSUAL)
    is_told_so = _ends_for_years(words) or _is_said_next(parts, number) or any(map(_begins_as_usual, after))
    ends = ends or (is_told_so and not tells_of_late(parts, number, but=_DAY))
    joined = takewhile(lambda part: part.segment.cut in _JOINED, parts[number + 1 : number + 1 + _JOINING_NEWS])
    said = {*words, *chain.from_iterable(part.phrase.words for part in joined)}
    ends = ends or (words[0] == "usual" and NEWS.isdisjoint(said))
    told = takewhile(_WORSE.isdisjoint, after)
    return ends or any(
        rest in USUAL or _is_unchanging(rest) or _is_since_long(rest) or _is_without_change(rest) for rest in told
    )


def _ends_for_years(words: Sequence[str]) -> bool:
    """Whether a part ends with a time of years: "a few floaters for ten years", "same as the last 2 yrs"."""
    before = words[-1 - _FOR_YEARS : -1]
    is_same = not UNCHANGING.isdisjoint(words) and not {"last", "past"}.isdisjoint(before)
    return len(words) > _FOR_YEARS and words[-1] in YEARS and ("for" in before or is_same)


def _is_without_change(words: Sequence[str]) -> bool:
    """Whether a part begins with what says that nothing has changed for years: "no change in a year, says the GP"."""
    return tuple(words[:2]) == ("no", "change") and not YEARS.isdisjoint(words[2 : 2 + _FOR_YEARS])


def _is_said_next(parts: Sequence[Part], number: int) -> bool:
    """Whether the next sentence says no more than that something is not new: "It's been the same every summer"."""
    after = _next_sentence(parts, number)
    if after is None or after.places:
        return False
    words = after.phrase.words
    if _is_unchanging(words):
        return True
    places = context.places_of(words, USUAL)
    return bool(places) and _IT_IS.issuperset(words[: places[0].start]) and places[0].stop == len(words)


def _next_sentence(parts: Sequence[Part], number: int) -> Part | None:
    """Return the first part of the sentence behind that of a part, in the same row; where there is none, None."""
    near = parts[number + 1 : number + 1 + _LONGEST_SENTENCE]
    behind = (part for part in near if part.segment.cut not in _IN_SENTENCE)
    after = next(behind, None)
    return after if after is not None and after.segment.cut == "." else None


def _begins_as_usual(words: tuple[str, ...]) -> bool:
    """Whether a part says at once that something is not new, and no more of now: "same as always on stairs"."""
    begins = any(place.start == 0 for place in context.places_of(words, USUAL))
    return begins and (NEWS | RECENTLY).isdisjoint(words) and not context.has_phrase(words, UNUSUAL)


def _is_since_long(words: Sequence[str]) -> bool:
    """Whether a part only says that something began long ago: "since spring 2021"."""
    times = times_in(" ".join(words))
    is_long = bool(times) and min(time.days for time in times) >= LONG_PAST
    return words[0] == "since" and is_long and BEFORE_A_TIME.issuperset(words[1 : times[0].start])


def _words_of(parts: Sequence[Part], number: int) -> frozenset[str]:
    """Return the words of a part, of its label and of what stands behind it over commas."""
    label = parts[number - 1].phrase.words if number and parts[number].segment.cut in {":", "?"} else ()
    # What is named behind is something else: "carpal tunnel for years, both legs numb"; a lymphoedema is the swelling.
    own = (part for part in _behind(parts, number) if not part.places or _is_lymphatic(part))
    behind = chain.from_iterable(part.phrase.words for part in own)
    after = _next_sentence(parts, number)
    said = after.phrase.words if after is not None and _is_unchanging(after.phrase.words) else ()
    return frozenset((*label, *parts[number].phrase.words, *behind, *said))


def _behind(parts: Sequence[Part], number: int) -> Iterator[Part]:
    """Yield the parts behind commas up to one that names something, and what stands in brackets between."""
    for place, part in enumerate(parts[number + 1 : number + 1 + _BEHIND_BRACKETS]):
        is_bracketed = part.segment.in_brackets or part.segment.cut == ")"
        is_value = part.segment.cut in {":", "?"} and not place
        if part.segment.cut != "," and not is_bracketed and not is_value:
            return
        yield part
        if part.places and not is_bracketed:
            return


def _is_of_both(sign: PresentSign) -> bool:
    """Whether a swelling of one limb is told of both: "thighs swollen"."""
    typed = {*sign.typed.split()}
    is_swelling = "swelling of one " in sign.sign.name.lower() and not _SWOLLEN.isdisjoint(typed)
    return is_swelling and not _BOTH.isdisjoint(typed)


def _is_a_named_loss(sign: Sign) -> bool:
    """Whether the name of a sign tells of a weakness, a numbness or the like alone, as a known illness brings it."""
    name = sign.name.lower()
    is_alone = not any(word in name for word in _WITH)
    return is_alone and any(word in name for word in _LOSSES) and _OF_THE_PELVIS not in name


def _is_of_a_loss(sign: Sign) -> bool:
    """Whether a sign is weakness, numbness or something sudden, which is none where it has long been there."""
    name = sign.name.lower()
    is_loss = name.startswith("sudden ") or any(word in name for word in _LOSSES)
    return is_loss and _OF_THE_PELVIS not in name


def _long_standing(parts: Sequence[Part], number: int) -> Iterator[tuple[frozenset[str], set[str]]]:
    """Yield the words of a part in which something is said to be old, and those beside what says so.

    "Weak left arm since birth", "chronic numbness of the hand"; not "chronic back pain with numb legs", nor "numb legs
    since birth" of who has had a baby.
    """
    words = parts[number].phrase.words
    if tells_of_late(parts, number):
        return
    for place in context.places_of(words, CHRONIC):
        yield frozenset(words), {*words[place.stop : place.stop + 1]}
    if context.ends_with(words, SINCE_BIRTH) and any(not OF_BIRTHS.isdisjoint(part.phrase.words) for part in parts):
        return
    yield from _since_long(words)
    for place in context.places_of(words, LONG_STANDING):
        if all(word.isdigit() or word in BEFORE_A_TIME for word in words[place.stop :]):  # "since the stroke in 2015"
            yield frozenset(words), {*words[max(0, place.start - 1) : place.start]}


def _since_long(words: tuple[str, ...]) -> Iterator[tuple[frozenset[str], set[str]]]:
    """Yield words that say since when, long ago, something is there, and those before it: "paraplegic since 1998"."""
    times = times_in(" ".join(words))
    for place, word in enumerate(words):
        after = [time for time in times if place < time.start <= place + _SINCE]
        if place and word == "since" and after and min(time.days for time in times) >= LONG_PAST:
            yield frozenset(words), {*words[max(0, place - 2) : place]}


def _is_diagnosed(parts: Sequence[Part], number: int) -> bool:
    """Whether brackets behind a part give the name of the condition that it names: "irregular heartbeat (AF)"."""
    if number + 1 == len(parts) or parts[number + 1].segment.cut != "(":
        return False
    own, behind = (
        {m.record.id for m in part.named if isinstance(m.record, Precaution)} for part in parts[number : number + 2]
    )
    return not own.isdisjoint(behind)


def _is_unchanging(words: Sequence[str]) -> bool:
    """Whether a part says no more than that something has long been as it is: "same for over a year", "longstanding".

    "Unchanged" says so with years alone: a new swelling is unchanged for days.
    """
    is_long = not YEARS.isdisjoint(words) or context.has_phrase(words, CHRONIC | LONG_STANDING)
    return is_long and all(word in UNCHANGING | OF_LONG_TIMES or word.isdigit() for word in words)

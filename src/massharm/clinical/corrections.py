"""Corrections: what the parts behind a denial, or behind a medicine that was stopped, say of it."""

from collections.abc import Sequence
from itertools import product

from massharm.clinical import context, triggers
from massharm.clinical.forms import Answer
from massharm.clinical.parts import Part
from massharm.clinical.past import LONG_PAST, times_in
from massharm.clinical.triggers import phrases

_ELSEWHERE = 5
"""The most words of a part that only names another place."""
_BODY = frozenset(
    """
    skin eye eyes face lip lips tongue mouth head scalp neck throat shoulder shoulders arm arms elbow hand hands wrist
    finger fingers chest back tummy belly side groin hip hips leg legs thigh thighs knee knees calf calves shin ankle
    ankles foot feet toe toes other
    """.split()  # noqa: SIM905 - words
)
_OTHER_SIDES = frozenset(product(("its", "it"), ("the", "my", "in", "on"), ("right", "left", "other"))) | frozenset(
    (*it, *where, side, what)
    for it, where, side, what in product(
        (("its",), ("it",), ("it", "is"), ()),
        (("the",), ("in", "the"), ("on", "the"), ("my",)),
        ("right", "left", "other"),
        ("one", "side", "arm", "leg", "knee", "hand", "foot", "hip", "shoulder", "eye", "breast"),
    )
)
"""Parts that say only that the other side is what was denied: "no lymphoedema in the left leg. It's the right"."""
_ONLY = frozenset({("only",), ("just",)})
_EXCEPTING = _ONLY | phrases("except; excepting; apart from; other than; besides; barring; bar; save for; aside from")
_ONLY_THEN = 8
"""The most words behind "only" that say when what was denied is there: "just on the stairs"."""
_WHEN = frozenset({"on", "when", "at", "with", "after", "if", "going", "doing", "walking", "climbing", "during"})
_ONE = frozenset({"one", "once", "this", "that"})
"""Words for what was denied, behind which an exception may name something else."""
_COUNTED = frozenset({"one", "two", "three", "another", "it", "again", "some", "2", "3", "this"})
"""Words behind "then" for what was denied."""
_WANTED = frozenset("relax relaxing relaxation massage treatment session hour rub appointment unwind loosening".split())  # noqa: SIM905 - words
"""Words of what a client is "just after", or what it is "just for": no exception to a denial."""
_CONTRAST = 8
"""The most words of a part that only says that the client is otherwise."""
_RULED_OUT = phrases("ruled out; been excluded; was excluded")
_RULED_IT_OUT = phrases("ruled it out; ruled that out; excluded it")
_IT = frozenset("it that this which was were is has have had been being later since then now and but all".split())  # noqa: SIM905 - words
"""Words before "ruled out" where no other thing is: "that was ruled out", not "infection was ruled out"."""
_BEHIND_RULED = frozenset({"by", "in", "after", "at", "later", "since", "last", "now"})
"""Words that may stand behind it."""
_BEFORE_RULED = 4
"""The words before which that says who ruled it out."""
_FOLLOWING = 3
"""The parts behind a denial in which it may be taken back."""
_SUPPOSED_ONCE = frozenset("thought reckoned feared worried wondered assumed convinced checked tested".split())  # noqa: SIM905 - words
"""Words of a supposition that is over, so that a clear test refutes it; not "suspected", which may still be so."""
_NO_TEST = frozenset(
    "epilepsy epileptic fits seizure seizures ms sclerosis asthma angina migraine parkinsons gout lupus".split()  # noqa: SIM905 - words
)
"""What no single test rules out."""
_STILL_TESTED = frozenset("more another repeat awaiting waiting still further next".split())  # noqa: SIM905 - words
"""Words by which a clear test is not the last."""
_STATES = frozenset({"is", "am", "are", "has", "have", "do", "does", "did"})


def is_there_after_all(parts: Sequence[Part], number: int) -> bool:
    """Whether the part after a denial takes it back: "wasn't diabetic before, is now", "she has no gout, I do"."""
    if context.has_phrase(parts[number].phrase.words, triggers.TAKEN_BACK) or _is_asked(parts, number):
        return True
    if _is_another_kind(parts, number):
        return True
    after = _words_alone(parts, number + 1)
    if after in triggers.TAGS:
        after = _words_alone(parts, number + 2)
    is_ellipsis = triggers.ELLIPSES.issuperset(after) and not _STATES.isdisjoint(after)
    return (
        _comes_then(after)
        or _is_excepted(parts, number + 1)
        or (
            is_ellipsis
            or _still_is(after)
            or _is_elsewhere(after)
            or _is_contrast(after)
            or _is_taken_back(parts, number)
        )
    )


def _is_another_kind(parts: Sequence[Part], number: int) -> bool:
    """Whether only one kind is denied: "not diabetic type 1, it's type 2", "not pregnant with twins, just the one"."""
    behind = parts[number].phrase.words[min(map(min, parts[number].places), default=0) :]
    after = parts[number + 1] if number + 1 < len(parts) else None
    if after is None or after.segment.cut not in {",", ";", ".", ":", "but"}:
        return False
    is_of_kind = "type" in behind and "type" in after.phrase.words
    return is_of_kind or (
        "with" in behind and after.phrase.words[:2] in {("just", "the"), ("just", "one"), ("only", "one")}
    )


def _comes_then(words: Sequence[str]) -> bool:
    """Whether words say that what was denied came then, and of late: "no fits for three years, then two this week"."""
    is_told = tuple(words[:1]) == ("then",) and not _COUNTED.isdisjoint(words[1:2])
    return is_told and not (triggers.OF_NOW | triggers.OF_LATE).isdisjoint(words)


def _is_excepted(parts: Sequence[Part], number: int) -> bool:
    """Whether a part begins with an exception to what was denied, but no relative or visit: "other than this one".

    What it names is only recognised, or behind a "one": "apart from one after the knee replacement".
    """
    words = parts[number].phrase.words if number < len(parts) else ()
    first = next((phrase for phrase in _EXCEPTING if tuple(words[: len(phrase)]) == phrase), ())
    rest = words[len(first) :]
    if first in _ONLY and not (len(rest) <= _ONLY_THEN and _WHEN.intersection(rest[:1])):
        return False
    names_another = words and (parts[number].named or (parts[number].known and rest[:1] == ("on",)))
    if names_another and _ONE.isdisjoint(rest[:2]):
        return False
    return bool(first) and bool(rest) and (triggers.RELATIVES | _WANTED).isdisjoint(rest)


def _still_is(words: Sequence[str]) -> bool:
    """Whether words end by saying that something else still is what was denied: "the whites of my eyes still are"."""
    end = {*words[-2:]}
    is_of_relatives = not triggers.RELATIVES.isdisjoint(words)
    return len(words) > len(end) and "still" in end and not _STATES.isdisjoint(end) and not is_of_relatives


def _is_elsewhere(words: Sequence[str]) -> bool:
    """Whether words say no more than that another place is what was denied: "my eyes aren't yellow, but my skin is"."""
    if tuple(words) in _OTHER_SIDES:
        return True
    is_short = 1 < len(words) <= _ELSEWHERE and words[-1] in _STATES
    of_others = triggers.RELATIVES | triggers.NEGATION_TRIGGERS
    return is_short and of_others.isdisjoint(words) and not _BODY.isdisjoint(words)


def _is_taken_back(parts: Sequence[Part], number: int) -> bool:
    """Whether one of the parts behind a denial, none of which names a concept, takes it back: "none. I do"."""
    for after in range(number + 1, min(number + 1 + _FOLLOWING, len(parts))):
        words = _words_alone(parts, after)
        if not words or parts[after].segment.answer:
            return False
        is_yes = words[-1] == "yes" and (triggers.RELATIVES | {"if"}).isdisjoint(words)
        is_yes = is_yes and not (_asks_for_now(parts[number]) and _is_of_long_ago(words))
        if context.has_phrase(words, triggers.UNTRUE) or is_yes:
            return True
        if not triggers.NEGATION_TRIGGERS.isdisjoint(words):
            continue
        if context.has_phrase(words, triggers.TAKEN_BACK) or _ends_as_mine(words):
            return True
    return False


def _asks_for_now(part: Part) -> bool:
    """Whether a label asks for now: "Fits now: no. In 2015 yes"."""
    return part.phrase.words[-1] in {"now", "currently", "presently"}


def _is_of_long_ago(words: Sequence[str]) -> bool:
    """Whether words tell of no time but one that is long past."""
    days = [time.days for time in times_in(" ".join(words))]
    return bool(days) and min(days) >= LONG_PAST


def _ends_as_mine(words: Sequence[str]) -> bool:
    """Whether a part ends as "yes I do" does, and tells of no relative alone: "mum and my sisters have it"."""
    relatives = triggers.RELATIVES | {"kids", "children"}
    is_of_relatives = not relatives.isdisjoint(words) and triggers.SPEAKERS.isdisjoint(words)
    is_of_one = not relatives.isdisjoint(words[-3:-2]) and {"and", "like", "me", "both", "too"}.isdisjoint(words)
    is_of_relatives = is_of_relatives or is_of_one  # "I know it, as my brother has it"
    return tuple(words[-2:]) in triggers.ENDING_AS_MINE and not is_of_relatives


def _is_asked(parts: Sequence[Part], number: int) -> bool:
    """Whether a denial is a question that somebody repeats: "No varicose veins? Both legs"."""
    words = parts[number].phrase.words
    return words[:1] == ("no",) and number + 1 < len(parts) and parts[number + 1].segment.cut == "?"


def is_refuted(parts: Sequence[Part], number: int) -> bool:
    """Whether a part, or the one behind it, says that a supposition was wrong: "tested for gout and it isn't that"."""
    words = parts[number].phrase.words
    named = [mention.places for mention in parts[number].named] or parts[number].places
    places = sorted(place for concept in named for place in concept)
    supposed = [place for place in range(places[0] if places else 0) if words[place] in triggers.SUPPOSED]
    if not supposed or not triggers.OF_SUPPOSING.issuperset(words[supposed[-1] + 1 : places[0]]):
        return False
    behind = [*words[places[-1] + 1 :]]
    while behind and (behind[0] in triggers.OF_A_TIME or behind[0].isdigit()):
        del behind[0]
    after = parts[number + 1] if number + 1 < len(parts) else None
    is_open = any(not _STILL_TESTED.isdisjoint(part.phrase.words) for part in parts[number + 1 : number + 3])
    if behind or after is None or after.named or is_open:
        return _refutes(behind)
    is_over = words[supposed[-1]] in _SUPPOSED_ONCE and _NO_TEST.isdisjoint(words[place] for place in places)
    return _refutes([*after.phrase.words]) or (is_over and _is_cleared(after))


def _is_cleared(part: Part) -> bool:
    """Whether a part says no more than that a test was clear; that may look like a row of a form: "test neg"."""
    words = [word for word in part.phrase.words if word not in {"and", "but"}]
    is_negative = part.segment.answer is Answer.NO and triggers.TESTS.issuperset(words)
    return is_negative or tuple(words) in triggers.CLEARED


def _refutes(words: list[str]) -> bool:
    """Whether words say no more than that a supposition was wrong; a test that was normal may have missed it."""
    while words and words[0] in {"and", "but"}:
        del words[0]
    if _is_ruled_out(words):
        return True
    while words and words[-1] in triggers.ADDED:
        del words[-1]
    return tuple(words) in triggers.REFUTED or context.has_phrase(words, triggers.REFUTING) or _somebody_says_no(words)


def _somebody_says_no(words: Sequence[str]) -> bool:
    """Whether somebody who knows says that it is none: "the chest doctor says no, never was"."""
    place = next((place for place, word in enumerate(words) if word in triggers.WHO_KNOWS), None)
    if place is None or not triggers.OF_WHO_KNOWS.issuperset(words[:place]):
        return False
    return (*words[place + 1 : place + 3], " ".join(words[place + 3 :])) in triggers.SAYS_NO


def _is_ruled_out(words: Sequence[str]) -> bool:
    """Whether somebody ruled it out: "that was ruled out by the MRI", "rheumatology ruled it out"; not what must be."""
    places = context.places_of(words, _RULED_IT_OUT)
    places = places or tuple(p for p in context.places_of(words, _RULED_OUT) if _IT.issuperset(words[: p.start]))
    is_done = triggers.UNDONE.isdisjoint(words) and triggers.NOT_YET.isdisjoint(words)
    rest = words[places[0].stop :] if places else ()
    is_whole = not rest or rest[0] in _BEHIND_RULED  # not "they ruled out everything else"
    return bool(places) and is_done and is_whole and places[0].start <= _BEFORE_RULED


def is_mine_after_all(parts: Sequence[Part], number: int) -> bool:
    """Whether the part after somebody's illness says that the client has it: "my sister hasn't got gout, I do"."""
    after = _words_alone(parts, number + 1)
    if is_relative_without(parts, number + 1):  # "Mum had gout. My sister hasn't. I'm the one who has"
        after = _words_alone(parts, number + 2)
    is_ellipsis = triggers.ELLIPSES.issuperset(after) or after[-2:] in triggers.ENDING_AS_MINE
    return _is_contrast(after) or (is_ellipsis and not triggers.SPEAKERS.isdisjoint(after))


def begins_as_mine(parts: Sequence[Part], number: int) -> bool:
    """Whether a sentence says that the client has what was told of somebody else: "Mine's on the left"."""
    words = _words_alone(parts, number)
    is_mine = words[:1] in {("mine",), ("mines",)} and parts[number].segment.cut not in {":", "?"}
    return is_mine and triggers.NEGATION_TRIGGERS.isdisjoint(words)


def is_relative_without(parts: Sequence[Part], number: int) -> bool:
    """Whether a part says only that a relative does not have what was told before: "my sister hasn't"."""
    words = _words_alone(parts, number)
    return not triggers.RELATIVES.isdisjoint(words) and not triggers.NEGATION_TRIGGERS.isdisjoint(words)


def _is_contrast(words: Sequence[str]) -> bool:
    return len(words) <= _CONTRAST and context.has_phrase(words, triggers.CONTRASTS)


def _words_alone(parts: Sequence[Part], number: int) -> tuple[str, ...]:
    """Return the words of a part that names no concept; of another none."""
    return parts[number].phrase.words if number < len(parts) and not parts[number].places else ()


def is_back(parts: Sequence[Part], number: int) -> bool:
    """Whether the part behind a medicine that was stopped says that it is taken again: "but went back on it"."""
    return not triggers.RETURNS.isdisjoint(_words_alone(parts, number + 1))

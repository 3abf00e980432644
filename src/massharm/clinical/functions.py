"""Functions: labels of a form that ask for what the body does, and the loss that a no to them tells of."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from massharm.clinical.triggers import NEGATION_TRIGGERS, TROUBLE
from massharm.search.analysis import Token, analyse


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TROUBLED = TROUBLE | _words("lost change changes changed altered reduced less abnormal odd strange painful")
"""Words by which a label asks for a trouble: no denies it, as in "speech trouble: no"."""
_COMPLAINING = _words(
    """
    pain pains ache aches burning stinging blood coughing cough choke choking straining hurt hurts sore stiff tingling
    dizzy dizziness headache headaches breathless sick faint discomfort
    """
)
"""Complaints: a label that begins with one asks for it, as in "burning passing urine"."""
_NORMAL = _words(
    "normal normally usual usually properly fully ok okay fine well clear clearly freely intact present always"
)
"""Words by which a label asks whether all is as it should be."""
_BEFORE_NORMAL = _words("as before like same")
_ABLE = _words("can able")
_ASKING = _ABLE | _words("are is was do does did have has you your the client patient he she they still any to my")
"""The words that a question begins with."""

_FUNCTIONS = _words("feeling sensation urine control vision sight strength response movement") | (
    _ALWAYS := _words("pulse pulses movements power grip thrill buzz")
)
"""What a body does, and what of it no label names as a trouble."""
_SENSED = _words("feeling sensation movement movements control power strength grip")
"""Those of which "not normal" tells of a loss: a pulse that is not normal may be irregular."""
_PLACING = _words(
    "in of at to below over on since from around round between when after passed for today now felt palpable"
)
"""Words behind a function that say where or when it is."""
_COMPLAINTS = frozenset({("feeling", "of"), ("sensation", "of"), ("urine", "on"), ("urine", "in"), ("power", "of")})
"""What is a complaint, or something else: "feeling of pressure"."""
_OWNERS = _words("baby babys s left right l r both arm arms leg legs hand hands foot feet grip bladder bowel")
"""Words for whose a function is, before it: "baby's movements", "R arm power"."""
_DURING = _words("when while whilst during on with after if")
"""Words behind what a label asks for: "a rash when you walk"."""
_OF_EXCRETION = _words("bladder bowel bowels")
_NAPPIES = _words("nappy nappies diaper diapers")

_GERUNDS = _words(
    """
    passing passed moving feeding breathing speaking talking walking swallowing drinking waking kicking bearing buzzing
    """
)
"""What goes on as long as somebody is well."""
_BABIES, _OF_BABIES = _words("baby babys bump"), _words("moving move moved kicking kick kicked breathing waking")
"""What a baby does without a word for all of it: "Is baby moving? No"."""
_REMEDIES = _words("inhaler reliever puffer spray gtn")
_REMEDYING = _words("easing helping working relieving")
"""What a remedy does at once."""
_WAYS = {
    **{f"{verb}s": verb for verb in ("wake", "move", "speak", "talk", "walk", "swallow", "breathe", "feed", "drink")},
    **{f"{verb}s": verb for verb in ("smile", "kick", "respond", "fade", "know", "notice", "take")},
}
"""What somebody who is well does, as a verb, by its form for one person."""
_DENYING = {
    verb: denying
    for denying, verbs in (
        ("wont", "wake take feed drink respond"),
        ("cannot", "move speak talk walk swallow breathe smile"),
        ("doesnt", "kick fade know notice"),
    )
    for verb in verbs.split()
}
"""The word by which each of these is most often denied."""
_ALL_OF_IT = _words("all both urine water wind gas weight under straight")
"""Words behind one of these by which it is a function, whether or not it is said to be normal."""
_OF_KNOWING = {
    "know": _words("where who what when her his"),
    "notice": _words("when"),
    "take": _words("the breast bottle"),
}
"""Words by which it is a function to know, to notice or to take; what else somebody knows or takes is none."""
_OF_A_BABY = _words("breast bottle milk")
_STRENGTH = _words("lift raise straighten bend swallow stand squeeze grip finish")
"""What a list of questions asks whether somebody can do."""
_BELONGING = _words("the your my both right left her his up a")
_FELT = _words(
    """
    toes foot feet leg legs hand hands arm arms fingers bottom face skin seat chair saddle paper touch bladder baby
    """
)
"""What somebody who is well feels, where nothing is said of it: not "feel your legs giving way"."""
_DOING = _words("wiping peeing passing sitting walking standing moving")
"""What somebody does who feels it."""
_KEEPING = _words("keeping holding")
"""What somebody who is well does with food and drink, before "down"."""
_OPPOSITES = (
    (_words("warm pink"), _words("toes toe fingers finger foot feet hand hands"), "cold"),
    (_words("soft"), _words("abdomen abdo tummy belly stomach calf thigh"), "hard"),
)
"""Words for a part of the body that is well, those parts, and what they are if they are not so."""
_OVER = _words("stopped stopping")
_BLEEDING = _words("nosebleed nosebleeds bleeding bleed")


def lost(label: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words of a label as the loss that a no to it tells of; of a label that asks for no function none.

    "Feeling in both legs", "Baby moving as usual" and "Can you pass urine" ask for one; "Breathing" may ask for a
    trouble.
    """
    words = [token.folded for token in label]
    if not (_TROUBLED | NEGATION_TRIGGERS).isdisjoint(words):
        return ()
    kept = [
        token
        for token, after in pairwise((*label, None))
        if token
        and token.folded not in _NORMAL
        and not (token.folded in _BEFORE_NORMAL and (after is None or after.folded in _NORMAL))
    ]
    is_normal = len(kept) < len(label)
    asked = 0
    while asked < len(kept) and kept[asked].folded in _ASKING:
        asked += 1
    is_able = any(token.folded in _ABLE for token in kept[:asked])
    kept = kept[asked:]
    if not kept:
        return ()
    if is_able and kept[0].folded == "feel" and any(token.folded in _COMPLAINING for token in kept[1:3]):
        return ()
    if is_able:
        return (_said("cannot", kept[0]), *kept)
    return (
        _not_going_on(kept, is_normal=is_normal)
        or _not_done(kept, is_normal=is_normal)
        or _missing(kept, is_normal=is_normal)
        or _opposite(kept)
    )


def _asks_before(words: Sequence[str], place: int) -> bool:
    """Whether a label asks for a complaint at a place, or for what stands before a "when" there."""
    return words[place] in _COMPLAINING or (place > 0 and words[place] in _DURING)


def _not_going_on(kept: Sequence[Token], *, is_normal: bool) -> tuple[Token, ...]:
    """Return words with "not" before what no longer goes on, or does not end: "baby moving", "nosebleed stopped".

    Nothing is lost where the label asks for something before it: "a rash when passing urine".
    """
    words = [token.folded for token in kept]
    is_of_a_remedy, is_of_bleeding = not _REMEDIES.isdisjoint(words), not _BLEEDING.isdisjoint(words)
    for place, word in enumerate(words):
        if _asks_before(words, place):
            return ()
        is_of_a_baby = word in _OF_BABIES and not _BABIES.isdisjoint(words[:place])
        is_whole = is_normal or not _ALL_OF_IT.isdisjoint(words[place + 1 : place + 2])
        if (
            is_of_a_baby
            or (word in _GERUNDS and is_whole)
            or (word in _KEEPING and "down" in words[place:])
            or (word == "safe" and "feel" in words[:place])
            or (word in _REMEDYING and is_of_a_remedy)
            or (word in _OVER and is_of_bleeding)
        ):
            return (*kept[:place], _said("not", kept[place]), *kept[place:])
    return ()


def _not_done(kept: Sequence[Token], *, is_normal: bool) -> tuple[Token, ...]:
    """Return words with what somebody does not, or cannot, do: "wakes normally", "both sides of the face move"."""
    words = [token.folded for token in kept]
    if words[0] in _STRENGTH and (len(words) == 1 or words[1] in _BELONGING):
        return (_said("cannot", kept[0]), *kept)
    if words[0] == "feel" and words[1:2] != [] and words[1] in _BELONGING and not _FELT.isdisjoint(words[2:3]):
        is_complaint = any(word.endswith("ing") for word in words[3:] if word not in _DOING)
        return () if is_complaint else (_said("cannot", kept[0]), *kept)
    for place, word in enumerate(words):
        if _asks_before(words, place):
            return ()
        verb, after = _WAYS.get(word, word), words[place + 1] if place + 1 < len(words) else ""
        if verb not in _DENYING:
            continue
        if verb in _OF_KNOWING:
            is_function = after in _OF_KNOWING[verb] and (verb != "take" or not _OF_A_BABY.isdisjoint(words[place:]))
        else:
            is_function = is_normal or after in _ALL_OF_IT or (place > 0 and not after)
        if is_function:
            base = replace(analyse(verb)[0], text=kept[place].text, start=kept[place].start, end=kept[place].end)
            return (*kept[:place], _said(_DENYING[verb], base), base, *kept[place + 1 :])
    return ()


def _missing(kept: Sequence[Token], *, is_normal: bool) -> tuple[Token, ...]:
    """Return words with "no" before what is not there: "feeling in both legs", "wet nappies", "R arm power"."""
    words = [token.folded for token in kept]
    owned = 0
    while owned + 1 < len(words) and words[owned] in _OWNERS and words[owned] not in _ALWAYS:
        owned += 1
    first, second = words[owned], words[owned + 1] if owned + 1 < len(words) else ""
    is_asked = second in _PLACING or (is_normal and first in _SENSED) or (owned > 0 and first in _ALWAYS)
    is_function = is_asked and first in _FUNCTIONS and (first, second) not in _COMPLAINTS
    is_under_control = ("under", "control") in pairwise(words) and not _OF_EXCRETION.isdisjoint(words)
    is_wet = words[0] == "wet" and not _NAPPIES.isdisjoint(words)
    if is_function or is_under_control or is_wet:
        place = owned if is_function else 0
        return (*kept[:place], _said("no", kept[place]), *kept[place:])
    if first in {"speech", "voice"} and is_normal:
        return (*kept, _said("not", kept[-1]), *analyse("clear"))
    return ()


def _opposite(kept: Sequence[Token]) -> tuple[Token, ...]:
    """Return words with what a part of the body is instead: "cold" for "warm and pink" of a hand or a foot."""
    words = [token.folded for token in kept]
    for well, parts, ill in _OPPOSITES:
        if not well.isdisjoint(words) and not parts.isdisjoint(words):
            first = next(place for place, word in enumerate(words) if word in well)
            if not _COMPLAINING.isdisjoint(words[:first]):
                return ()
            rest = [token for token in kept[first:] if token.folded not in well | {"and"}]
            return (*kept[:first], _said(ill, kept[first]), *rest)
    return ()


def _said(word: str, before: Token) -> Token:
    """Return a word that stands at the place of another."""
    return replace(analyse(word)[0], start=before.start, end=before.start)

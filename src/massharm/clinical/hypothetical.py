"""Hypothetical: signs that a description only imagines or dreads, in the past tense of what is not.

It is ConText's category of that name. In doubt a sign is there: a question about what somebody has, as in "what if my
chest pain is my heart?", imagines nothing.
"""

from collections.abc import Sequence
from itertools import dropwhile, product

from massharm.clinical import context, triggers
from massharm.clinical.parts import Part
from massharm.clinical.triggers import phrases

_CASES = phrases(
    "what if i; what if she; what if he; what if we; what if they; how would i know if; how would i tell if; "
    "how would you know if; what would you do if a; what would you do if someone; "
    "what would you do if somebody; what would happen if a; what happens if a; what do you do if a"
)
"""The first words of a question about a case that is imagined."""
_WOULD_KNOW = phrases("would you know; would they know; would you notice; would they notice")
"""Words of a sentence that begins with "if", by which it asks what somebody else would do."""
_KNOWING = frozenset({"knows", "aware", "taught", "educated"})
_SIGNS = frozenset({"signs", "symptoms", "triggers"})
"""The first words of a part about what somebody knows of signs: "knows the signs of dysreflexia"."""
_DREADS = phrases("id be terrified of; id be scared of; id be afraid of; id be frightened of; id hate to; id dread") | {
    (fear, "of", having) for fear in ("terrified", "scared", "afraid", "frightened") for having in ("having", "getting")
}
"""Words for what somebody dreads, and does not have."""
_GROUNDS = frozenset({"because", "as", "since", "cos", "coz", "with", "again", "another", "right"})
"""Words by which a part may tell why somebody dreads it now."""
_BIGGEST_FEARS = phrases("biggest fear is another; greatest fear is another; worst fear is another")
"""Words for a fear that something comes again."""
_FEARED = phrases("worry ill; worry that ill; worry id; worried ill; scared ill; scared id; afraid ill; afraid id")
"""Words for a fear of what may come."""
_IF = phrases("if; for any; in case of")
_FOR = phrases("999 for; 911 for; 112 for; 111 for; 000 for; ambulance for; casualty for; emergency for")
"""Words behind which what is dreaded may stand without "if", where the next part says that it never came."""
_WATCHING = phrases(
    "checking for; check for; watching for; watch for; on the lookout for; people assume i; people assume that i; "
    "people think i; they assume i; everyone assumes i; everyone thinks i; everybody thinks i; "
    "and assume i; and assumes i; and think i; and thinks i"
)
"""Words for what somebody looks out for, or what others suppose."""
_OWNED = frozenset({"my", "her", "his", "your", "the", "this", "these"})
"""Words before what is there, and not only dreaded."""
_NEVER_CAME = frozenset(
    product(
        ("had any", "had one", "had it", "had that", "happened", "needed to", "needed it", "had to"),
        ("", "yet", "so far", "in my life", "in her life", "in his life", "though", "thankfully", "luckily"),
    )
)
"""What a part says, behind its subject and a "never", and what may follow: "she has never had any"."""
_WHO_NEVER = frozenset({"but", "and", "i", "ive", "have", "he", "hes", "has", "she", "shes", "it", "its"})
_IMAGINED_THEN = frozenset({"would", "should", "ever", "day"})
"""Words of a clause with "if" that only imagines: "if one day I would lose my hearing"."""
_NOT_THE_CASE = phrases("it is not the case; that is not the case; its not the case; thats not the case")
_INSTRUCTING = phrases(
    "to ring; to call; to dial; dial 999; dial 911; "
    "to go to; to go straight to; to come back; to come in; to get help; "
    "to be told; call an ambulance; call 999; ring 999; ring hotline; ring the hotline; "
    "tell me at once"
)
"""Words by which a part says what is to be done."""
_OF_INSTRUCTIONS = triggers.FILLERS | frozenset(
    """
    she he they client patient nurse gp doctor carer daughter son wife husband knows know advised told asked agreed that
    to ring call be tell me at once us ambulance 999 hotline in charge straight away immediately and please staff
    physio surgeon midwife osteopath chiropractor go come back in get help a e ed er casualty hospital
    """.split()  # noqa: SIM905 - words
)
"""The words before "if" of which an instruction is made, so that nothing else is told there."""
_LASTS = frozenset("lasts last lasted continues persists worse worsens doesnt keeps more gets".split())  # noqa: SIM905 - words
"""Words of an instruction about what is there already: "call 999 if the pain lasts"."""
_GOES_ON = frozenset({"and", "but", "so", "then", "just", "did", "has", "last"})
"""Words by which such an instruction may go on to say that it has come."""
_OF_THIS = frozenset({"this", "these", "that", "like"})
"""Words by which something is there that is asked about."""
_MAY = frozenset({"can", "could", "may", "might", "does"})
_NEAR = 6
"""The first words of a question, in which it speaks of massage."""
_CAUSES = phrases("set off; cause; causes; trigger; bring on; give you; give someone; give people; start; lead to")
"""Words for what a massage may bring about."""
_NEVER_HAPPENED = phrases("its never happened; it has never happened; it hasnt happened; it never happened")
"""A sentence behind such a fear that says that it has not come."""
_ADDED = frozenset({"mind", "yet", "though", "luckily"})
"""Words that may end that sentence: "it's never happened before" may tell of something that happens now."""
_IT_HAPPENED = phrases(
    "because; i did; it did; they did; she did; he did; just did; i ask; asking; i have; it has; she has; he has; "
    "its been; it has been; they have; i just have; its happened; it just did; "
    "i am; it is; thats what; that is what; which is what; again; it returned; it came back; it started; it has come"
)
"""Words behind what is imagined which may say that it happened."""
_BEHIND = 3
"""The parts behind in which they stand."""
_FIRST = 2
"""The place up to which such a question begins."""


def is_imagined(parts: Sequence[Part], number: int) -> bool:
    """Whether all signs that a part tells are imagined: "what if I passed out?", but not "... today?"."""
    words = parts[number].phrase.words
    behind = parts[number + 1 : number + 1 + _BEHIND]
    if _never_came(parts, number):
        return True
    if any(context.has_phrase(part.phrase.words, _IT_HAPPENED) for part in behind):
        return False
    is_fear = context.has_phrase(words, _BIGGEST_FEARS) and (triggers.OF_NOW | {"had", "ago"}).isdisjoint(words)
    is_dreaded = context.has_phrase(words, _DREADS) and not _has_grounds(words)
    if _is_instruction(words) or _is_about_massage(parts, number) or is_fear or is_dreaded:
        return True
    if not (triggers.OF_NOW | triggers.PRESENT_TENSE | triggers.OF_LATE - {"if"}).isdisjoint(words):
        return False
    is_case = any(place.start <= _FIRST for place in context.places_of(words, _CASES))
    is_asked = words[:1] == ("if",) and context.has_phrase(words, _WOULD_KNOW)
    is_known_of = words[0] in _KNOWING and not _SIGNS.isdisjoint(words)
    is_thought = is_case or is_asked or is_known_of
    return is_thought or _is_only_feared(parts, number)


def _has_grounds(words: Sequence[str]) -> bool:
    """Whether words say more than what is dreaded: why, or what is somebody's own, but not a relative's."""
    is_owned = any(
        word in triggers.OWNERS and after not in triggers.RELATIVES
        for word, after in zip(words, (*words[1:], ""), strict=False)
    )
    return is_owned or not (_GROUNDS | triggers.OF_NOW).isdisjoint(words)


def _is_instruction(words: Sequence[str]) -> bool:
    """Whether words say what to do if something should come, and nothing else: "knows to ring 999 if she collapses"."""
    places = context.places_of(words, _IF)
    if not places or not context.has_phrase(words, _INSTRUCTING):
        return False
    start = min(place.start for place in places)
    of_now = triggers.SPEAKERS | triggers.OF_NOW | _OF_THIS | {"my", "have"}
    if not _LASTS.isdisjoint(words[start:]):
        return False
    if words[start + 2 : start + 3] == ("ever",) and _GOES_ON.isdisjoint(words[start:]):
        of_now -= triggers.SPEAKERS | {"my"}  # "to go to A&E if I ever lose control of my bladder"
    return _OF_INSTRUCTIONS.issuperset(words[:start]) and of_now.isdisjoint(words[start:])


def _never_came(parts: Sequence[Part], number: int) -> bool:
    """Whether a part tells what is to be done if something should come, and the next one that it never did."""
    words = parts[number].phrase.words
    after = parts[number + 1].phrase.words if number + 1 < len(parts) else ()
    if words[:1] == ("if",):
        return not _IMAGINED_THEN.isdisjoint(words) and after in _NOT_THE_CASE
    said = context.places_of(words, _FOR | _WATCHING)
    if not said:
        return False
    is_owned = words[said[0].stop : said[0].stop + 1]
    told = [*dropwhile(_WHO_NEVER.__contains__, after)]
    is_never = told[:1] == ["never"] and any(told[1:] == f"{had} {end}".split() for had, end in _NEVER_CAME)
    return is_never and not (context.has_phrase(words, _FOR) and not _OWNED.isdisjoint(is_owned))


def _is_about_massage(parts: Sequence[Part], number: int) -> bool:
    """Whether somebody asks what a massage may bring about: "is it true that massage can cause a stroke"."""
    words = parts[number].phrase.words
    is_asked = tuple(words[:3]) == ("is", "it", "true") or words[0] in _MAY
    is_cause = "massage" in words[:_NEAR] and context.has_phrase(words, _CAUSES)
    behind = {word for part in parts[number + 1 : number + 1 + _BEHIND] for word in part.phrase.words}
    is_of_now = not (triggers.OF_NOW | {"mine", "since", "have", "ive", "started"}).isdisjoint(behind)
    is_there = not (triggers.SPEAKERS | _OF_THIS - {"that"} | {"my"}).isdisjoint(words)
    return is_asked and is_cause and not is_of_now and not is_there


def _is_only_feared(parts: Sequence[Part], number: int) -> bool:
    """Whether a part tells of a fear of what may come, and the next one that it never did."""
    if number + 1 == len(parts) or not context.has_phrase(parts[number].phrase.words, _FEARED):
        return False
    after = [*parts[number + 1].phrase.words]
    while after and after[-1] in _ADDED:
        del after[-1]
    return tuple(after) in _NEVER_HAPPENED

"""Idioms: everyday phrases whose words name no concept."""

from collections.abc import Iterator, Sequence
from itertools import chain, product

from massharm.clinical.context import places_of
from massharm.clinical.things import of_things
from massharm.clinical.triggers import phrases
from massharm.search.analysis import Token

_IDIOMS = phrases(
    """
    almost gave me a heart attack; almost had a heart attack when i saw; baby blues; bench press; blackout blind;
    blackout blinds; bloods checked; bloods clear; bloods done; bloods every; bloods fine; bloods monthly; bloods
    normal; bloods ok; bloods taken; bloods weekly; blue moon; blue murder; blues gone; break a leg darling; break
    a leg tonight; breaks my heart; breathe for laughing; breathe from laughing; breathe with laughing; broke my
    heart; bruise like a peach; butterflies in my stomach; butterflies in my tummy; car had a fit; ceiling
    collapsed; charge an arm and a leg; chest of drawers; collapsed arch; collapsed into bed; collapsed laughing;
    collapsed nostril; collapsed vein; collapsed veins; collapsed with laughter; confused about the appointment;
    confused about the booking; confused about the price; confused about the prices; confused about the times;
    confused about your; confused by the booking; confused by the form; confused by your; cost an arm and a leg;
    cost me an arm and a leg; costs an arm and a leg; cross eyed filling; cross eyed reading; day one; dead tired;
    die laughing; die of embarrassment; died laughing; died of embarrassment; doing my head in; down the wrong way;
    dying for a; dying to book; dying to come; dying to get; dying to have; dying to know; dying to see; dying to
    try; end of life care; exploded with ideas; explodes with ideas; exploding with ideas; eye of a needle; eye of
    the needle; faint hearted; faint heartedly; fit and able; fit and active; fit and healthy; fit and strong; fit
    and well; gasping for a coffee; gasping for a cuppa; gasping for a drink; gasping for a tea; give you a
    seizure; gives me a heart attack; gives you a seizure; giving me a heart attack; grew out of it; growing out of
    it; grown out of it; grows out of it; had a heart attack when i saw; hasnt got worse; have a fit if; have a
    heart attack if; have a stroke if; head explode; head exploding with ideas; head exploding with work; head is
    about to explode lol; head is about to explode with; head will explode; heads about to explode lol; heads about
    to explode with; healthy and fit; hear about chest pains; heart attack of a week; heart attack on a plate;
    heart breaking; heart in my mouth; heart skipped a beat when; heart skips a beat every time i see; heart skips
    a beat when i see; heart stopping moment; hearts in my mouth; in act one; in act three; in act two; is one big
    headache; is spot on; jaundice at birth; jelly babies; jelly beans; job is a pain in the; keep fit; keeping
    fit; keeps fit; kill for; latest bloods; laughed so hard i couldnt breathe; laughed so much i couldnt breathe;
    laughed till i couldnt breathe; laughed until i couldnt breathe; laughing till i couldnt breathe; laughing
    until i couldnt breathe; light med; light to med; market collapsed; med deep; med firm; med light; med
    pressure; med to firm; milk spots; nearly fainted when i saw; nearly gave me a heart attack; nearly had a heart
    attack when i saw; no better no worse; no worse; not any worse; not getting worse; not got worse; not worse;
    nothing new; passed out flyers; passed out leaflets; people muddle it up; people muddle them up; plasterer;
    postnatal blues; postpartum blues; price collapsed; prices collapsed; recent bloods; roof collapsed; routine
    bloods; scared i nearly had a heart attack; scary i nearly had a heart attack; section a; section b; section c;
    section d; section e; section f; sick and tired; sick leave; sick note; sleeping fine; sleeping ok; sleeping
    okay; sleeping well; sleeps ok; sleeps well; sorry about the confusion; sorry for the confusion; sound as a
    bell; sound as a pound; stroke of genius; stroke of luck; stuck needles in my arms; stuck needles in my legs;
    seizure of assets; seizure of drugs; seizure of goods; seizure of opportunity; seizure of power; seizure of
    property; suicide drills; suicide sprints; suicide squad; suicides in basketball; suicides in football; suicides in
    hockey; suicides in practice; suicides in training; very fit; was spot on; weight off my chest; well and fit
    """
)
"""Everyday phrases whose words name no concept."""
_BUSY = phrases(
    "; ".join(
        f"{head} {exploding} with {what}"
        for head, exploding in product(("head is", "heads", "brain is", "brains"), ("exploding", "bursting"))
        for what in ("work", "deadlines", "ideas", "admin", "emails", "thoughts", "names", "plans", "numbers", "facts")
    )
)
"""What is on somebody's mind, and hurts no head."""
_THRILLED = phrases(
    "; ".join(
        f"heart {skips} a beat {when} {whose} {what}"
        for skips, when in product(("skips", "skipped"), ("every time", "whenever", "each time"))
        for whose, what in product(
            ("the", "your", "my"), ("app", "booking app", "phone", "email", "text", "doorbell", "postman")
        )
    )
)
"""A heart that skips a beat at a message."""
_NEARLY = phrases(
    "; ".join(
        f"{nearly} {what}"
        for nearly in ("nearly", "almost", "practically")
        for what in ("fainted", "passed out", "collapsed", "died", "had a heart attack", "had a stroke", "had a fit")
    )
)
"""What somebody nearly did at a fright, a price or a surprise."""
_FRIGHTS = phrases(
    "at the price; at the new price; at the bill; the new price; saw the price; saw the bill; heard the price; "
    "when your dog; when your cat; when you jumped; when he proposed; when she proposed; when you announced"
)
"""Words of such a fright."""
_LAUGHED = phrases("laughed so hard; laughed so much; laughing so hard; laughing so much")
_BREATHLESS = phrases("couldnt breathe; could hardly breathe; could barely breathe")
_GOES_ON = frozenset({"now", "still", "and", "chest", "since", "then"})
"""Words by which it may be more than laughter."""
_OF_DAYS = frozenset({"early", "late"})
"""Words before a day or a part of one, with which it is the same day: "late last night"."""
_OF_PERIODS = frozenset("is was are were period running days weeks too so im".split())  # noqa: SIM905 - words
"""Words before which it says something itself: "my period is late today"."""
_DAYS = phrases(
    "last night; this morning; this afternoon; this evening; yesterday; today; tonight; on monday; on tuesday; "
    "on wednesday; on thursday; on friday; on saturday; on sunday"
)
_TABLETS = ("tablets", "pills", "meds", "medication", "medicines", "capsules")
_OWNED = ("my", "her", "his", "their", "the")
_TREATED = frozenset(
    (*before, *tablets)
    for before, tablets in chain(
        product((("on", "too", "many"), ("fear", "too", "many"), ("prescribed", "too", "many")), zip(_TABLETS)),
        product(
            (("finished", "all"), ("completed", "all"), ("takes", "all")), product(_OWNED, (*_TABLETS, "antibiotics"))
        ),
    )
)
"""What tells of a treatment, and of no overdose: "takes all her tablets", "finished all the pills"."""
_AT_ONCE = frozenset({"at", "in", "tonight", "and", "now"})
"""Words behind these that may tell of one all the same: "takes all her tablets at once"."""
_ORDINALS = frozenset("first second third fourth fifth 1st 2nd 3rd 4th 5th".split())  # noqa: SIM905 - words
_NECKED = frozenset("femur humerus radius talus scapula mandible metacarpal metatarsal".split())  # noqa: SIM905 - words
"""What has a neck of its own."""
_BROKEN = frozenset("fracture fractured fractures broke broken breaking break pinned".split())  # noqa: SIM905 - words


def without_idioms(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens without those of everyday phrases that name no concept."""
    words = [token.folded for token in tokens]
    idle = {place for idiom in places_of(words, _IDIOMS) for place in idiom}
    idle.update(place for place, word in enumerate(words) if word == "pregnancies")  # a count of those that are over
    idle.update(
        of_things(words, [token.text for token in tokens]), _counted_babies(words), _soles(words), _falls(words)
    )
    idle.update(_necks(words), _treatments(words), _frights(words), _laughter(words), _parts_of_days(words))
    return tuple(token for place, token in enumerate(tokens) if place not in idle) if idle else tokens


def _counted_babies(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of "baby" in a count of pregnancies: "my second baby"."""
    yield from (place for place in range(1, len(words)) if words[place] == "baby" and words[place - 1] in _ORDINALS)


def _soles(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of "bottom" that is the sole of a foot: "the bottoms of my feet"."""
    for place, word in enumerate(words):
        behind = words[place + 1 : place + 4]
        is_of_a_foot = behind[:1] == ["of"] and not {"foot", "feet"}.isdisjoint(behind)
        if word in {"bottom", "bottoms"} and is_of_a_foot:
            yield place


def _falls(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of a fall that is none: "fell pregnant"."""
    for place, word in enumerate(words[:-1]):
        if word in {"fall", "fell", "fallen", "falling"} and words[place + 1] == "pregnant":
            yield place


def _necks(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of a neck that is broken and no part of the spine: "fractured the neck of her femur"."""
    if _BROKEN.isdisjoint(words):
        return
    for place, word in enumerate(words[:-1]):
        behind = [after for after in words[place + 1 : place + 4] if after not in {"the", "my", "her", "his"}]
        if word == "neck" and behind[:1] == ["of"] and not _NECKED.isdisjoint(behind[1:2]):
            yield place


def _treatments(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of what tells of a treatment, unless what follows may tell of an overdose."""
    for found in places_of(words, _TREATED):
        if _AT_ONCE.isdisjoint(words[found.stop : found.stop + 1]):
            yield from found


def _frights(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of what somebody nearly did at a fright: "nearly fainted when I heard the price"."""
    yield from (place for found in places_of(words, _BUSY | _THRILLED) for place in found)
    if places_of(words, _FRIGHTS):
        yield from (place for found in places_of(words, _NEARLY) for place in found)


def _laughter(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of a breath that laughter took: "laughed so hard at your message I couldn't breathe"."""
    if places_of(words, _LAUGHED) and _GOES_ON.isdisjoint(words):
        yield from (place for found in places_of(words, _BREATHLESS) for place in found)


def _parts_of_days(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of "early" and "late" before a day, which names often say: "stroke late last night"."""
    for found in places_of(words, _DAYS):
        before = words[max(0, found.start - 2) : found.start]
        if len(before) > 1 and before[1] in _OF_DAYS and before[0] not in _OF_PERIODS:
            yield found.start - 1

"""Idioms: everyday phrases whose words name no concept, and things that collapse or are faint."""

from collections.abc import Iterator, Sequence
from functools import cache

from massharm.clinical import triggers
from massharm.clinical.context import places_of
from massharm.kb.vocabulary import Region
from massharm.search.analysis import BODY_PLACES, Token


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(part.split()) for part in text.split(";"))


_IDIOMS = _phrases(
    """
    almost fainted when i saw; almost gave me a heart attack; an arm and a leg; bench press; bloods checked;
    bloods clear; bloods done; bloods every; bloods fine; bloods monthly; bloods normal; bloods ok; bloods taken;
    bloods weekly; break a leg darling; break a leg tonight; breaks my heart; breathe for laughing; breathe from
    laughing; breathe with laughing; broke my heart; butterflies in my stomach; butterflies in my tummy; ceiling
    collapsed; chest muscles; chest of drawers; chest press; collapsed arch; collapsed into bed; collapsed
    laughing; collapsed nostril; collapsed vein; collapsed veins; collapsed with laughter; dead tired; die
    laughing; die of embarrassment; died laughing; died of embarrassment; down the wrong way; dying for a; dying
    to book; dying to come; dying to get; dying to have; dying to know; dying to see; dying to try; end of life
    care; exploded with ideas; explodes with ideas; exploding with ideas; faint hearted; faint heartedly; fit and
    able; fit and active; fit and healthy; fit and strong; fit and well; gasping for a coffee; gasping for a
    cuppa; gasping for a drink; gasping for a tea; giving me a heart attack; had a heart attack when i saw; have a
    fit if; have a heart attack if; have a stroke if; head explode; healthy and fit; heart attack on a plate;
    heart in my mouth; hearts in my mouth; is spot on; keep fit; keeping fit; keeps fit; kill for; latest bloods;
    load off my chest; market collapsed; nearly fainted when i saw; nearly gave me a heart attack; off my chest;
    passed out flyers; passed out leaflets; price collapsed; prices collapsed; recent bloods; roof collapsed;
    routine bloods; section a; section b; section c; section d; section e; section f; sick and tired; sick leave;
    sick note; stroke of genius; stroke of luck; tib and fib; tib fib; to speak of; very fit; was spot on; weight
    off my chest; well and fit
    """
)
"""Everyday phrases whose words name no concept."""
_FAINT = frozenset(
    """
    rash rashes mark marks line lines bruise bruises bruising scar scars redness smell scent trace tan stripe
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""What is faint to the eye or the nose: nobody faints."""
_COLLAPSING = frozenset({"collapse", "collapses", "collapsed", "collapsing"})
"""What people do, and tents, prices and cakes."""
_PERSONS = (
    triggers.PEOPLE
    | triggers.SELVES
    | triggers.SPEAKERS
    | triggers.SUBJECTS
    | frozenset(
        """
        who they you baby infant toddler kid teenager teen adult adolescent guy bloke lad lass lassie bairn chap fella
        fellow boss guest people folk someone somebody anyone everybody one ones pupil nurse coach captain bride groom
        guide judge king queen twin widow dude mate pal inmate athlete resident student victim casualty aide gp human
        individual pensioner oap prof doc medic nanny agent participant applicant assistant attendant member staff team
        cyclist public
        """.split()  # noqa: SIM905 - as above
    )
)
"""Words for persons."""
_LIKE_A_PERSON = ("er", "or", "ist", "ian", "man", "woman", "person", "ess", "ee", "boy", "girl")
"""Endings of nouns for persons, which some things have too."""
_OF_A_BODY = frozenset(
    """
    lung lungs heart vertebra vertebrae disc disk arch vein artery bladder airway windpipe body side eye eyelid lid
    """.split()  # noqa: SIM905 - as above
)
"""Parts of a body that may collapse, beside the places on it."""
_ORDINALS = frozenset("first second third fourth fifth 1st 2nd 3rd 4th 5th".split())  # noqa: SIM905 - words
_ARTICLES = frozenset({"a", "the", "this", "that", "some"})
_DETERMINERS = _ARTICLES | {"an", "my", "our", "your", "his", "her", "their", "its", "these", "those"}
_ADVERBS = frozenset(
    "has have had just nearly almost finally then suddenly simply also again completely had all is was and".split()  # noqa: SIM905 - words
)
"""Words that may stand between what collapses and that it does."""
_CONJUNCTIONS = frozenset("and but when because so then after while since as if that where luckily".split())  # noqa: SIM905 - words
_NEAR = 3
"""The words within which a thing is faint, and the most of a noun with its determiner."""


def without_idioms(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens without those of everyday phrases that name no concept."""
    words = [token.folded for token in tokens]
    idle = {place for idiom in places_of(words, _IDIOMS) for place in idiom}
    idle.update(_faint_things(words), _collapsing_things(tokens, words), _counted_babies(words))
    return tuple(token for place, token in enumerate(tokens) if place not in idle) if idle else tokens


def _counted_babies(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of "baby" in a count of pregnancies: "my second baby"."""
    yield from (place for place in range(1, len(words)) if words[place] == "baby" and words[place - 1] in _ORDINALS)


def _faint_things(words: Sequence[str]) -> Iterator[int]:
    """Yield the places of "faint" that tells of a mark or a smell: "a faint white line", "marks faint and yellow"."""
    for place, word in enumerate(words):
        if word == "faint":
            after, before = words[place + 1 : place + 1 + _NEAR], words[max(0, place - _NEAR) : place]
            is_before = before[-1:] != [] and before[-1] in _ARTICLES and not _FAINT.isdisjoint(after)
            if is_before or not (_FAINT - {"rash", "rashes"}).isdisjoint(before[-1:]):
                yield place


def _collapsing_things(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[int]:
    """Yield the places of a collapse of a thing: "the tent collapsed", but not "the lady", "her legs" or "Tom"."""
    for place, word in enumerate(words):
        if word in _COLLAPSING:
            subject = place - 1
            while subject >= 0 and words[subject] in _ADVERBS:
                subject -= 1
            if subject >= 0 and all(map(_is_thing, tokens[: subject + 1])) and _begins_with_it(words[: subject + 1]):
                yield place


def _begins_with_it(words: Sequence[str]) -> bool:
    """Whether words are a noun with its determiner, or "it", and at most a conjunction: "when the old tent"."""
    rest = words[1:] if words[0] in _CONJUNCTIONS else words
    return rest == ["it"] or (1 < len(rest) <= _NEAR and rest[0] in _DETERMINERS)


def _is_thing(token: Token) -> bool:
    """Whether a word names neither a person nor a part of a body, as far as its form tells; a name is a person's."""
    word = token.folded
    singular = word.removesuffix("s")
    is_person = word in _PERSONS or singular in _PERSONS or singular.endswith(_LIKE_A_PERSON)
    is_name = token.text[:1].isupper() and word not in _DETERMINERS
    return word in _DETERMINERS or not (is_person or is_name or {word, singular} & _body())


@cache
def _body() -> frozenset[str]:
    """Return the words for parts of a body."""
    return BODY_PLACES | _OF_A_BODY | frozenset(Region)

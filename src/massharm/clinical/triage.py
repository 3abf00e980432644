"""Warning signs among the words of a description, and how urgent each is beside what else is known of the client."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, structs

from massharm.clinical.circumstances import Circumstances
from massharm.clinical.compounds import COMPOUNDS
from massharm.clinical.concepts import Mention
from massharm.clinical.contractions import contracted
from massharm.clinical.inflections import forms
from massharm.clinical.names import LOSSES, is_told, places_and_pain
from massharm.clinical.selection import raised
from massharm.clinical.triggers import NEGATION_TRIGGERS, TERMINATORS
from massharm.clinical.wordings import wordings_in
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Medicine, Precaution, Record, Sign
from massharm.kb.vocabulary import AliasKind, Population, Urgency
from massharm.search.analysis import COMMON_WORDS, STOP_WORDS, StemTable, content_stems, is_form_of, stem, stems
from massharm.search.english import is_frequent_english
from massharm.search.query import WEIGHTS, Query, Term
from massharm.search.ranking import indexed
from massharm.text import fold

MIN_COVERAGE = 0.6
"""The share of a description, by weight, that a sign must hold to be most of what is described."""
ALARM_COVERAGE = 0.8
"""The share of the words of a wording that must be said to raise an alarm: of four words all, of five four."""
SHORT = 2
"""The words of content up to which a part that has one word of a conditional sign is about that sign."""
MIN_SPECIFIC = 2
"""Words that a sign must hold, besides places and pain, to raise an alarm: people come to a massage with pain."""


_PLAIN = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "be",
        "been",
        "for",
        "from",
        "has",
        "have",
        "her",
        "his",
        "i",
        "im",
        "in",
        "is",
        "it",
        "my",
        "of",
        "on",
        "or",
        "she",
        "he",
        "the",
        "to",
        "was",
        "with",
    ]
)
_JOINING = TERMINATORS | {"but"}
_HEAD = ("forehead", "face", "eye", "ear", "nose", "mouth", "cheek", "chin", "tongue", "skin", "nail", "hair")
_SIDES = ("left", "right", "both", "bilat", "bilateral", "unilateral")
_OF_MUSCLES = ("tight", "tightness")
_OF_DEGREE = ("poor", "hardly", "barely", "less", "little", "wee", "smash")
_LIMBS = ("wrist", "ankle", "elbow", "thumb", "thigh", "shin", "heel", "palm")
_ENDING = ("stop", "stoped", "start", "finish", "end", "begin", "drop")
_ALONE = (COMMON_WORDS, _HEAD, _SIDES, _OF_MUSCLES, _OF_DEGREE, _LIMBS, _ENDING)
_NO_SIGNS = StemTable((word, True) for word in chain.from_iterable(_ALONE))
"""Stems of words that alone are no sign, beside those of regions: common words, parts of the head and of limbs, sides,
how muscles are, how much, and that something ends."""


_NEVER_ALONE = frozenset({"past"})
"""Words that alone are no sign, though they have the stem of one: a baby may be pasty."""
_INFANTS = frozenset(map(stem, ("baby", "babies", "infant", "newborn", "neonate", "toddler", "child")))
_WHO = _INFANTS | frozenset(map(stem, ("pregnant", "pregnancy", "expecting", "postpartum")))
"""Stems of words that say who somebody is, those of a baby first."""


class UnderCondition(Struct, frozen=True):
    """What a wording holds of a condition that a client has: the stems of a name, and whether it says who they are.

    A client who is an infant or pregnant has a sign by one word more: "floppy".
    """

    stems: tuple[str, ...]
    is_population: bool


class OneWordNames(NamedTuple):
    """The stems of the names of one word in a description: of harms and signs, and of precautions and medicines."""

    complaints: frozenset[str]
    conditions: frozenset[str]


def one_word_names(present: Iterable[Mention], named: Iterable[Mention] = ()) -> OneWordNames:
    """Return the stems of the mentions whose name has one word: complaints that are present, conditions of anybody."""
    own = [(words, isinstance(part.record, Sign | Harm)) for part in present if len(words := stems(part.text)) == 1]
    complaints = frozenset(stem for words, is_complaint in own if is_complaint for stem in words)
    conditions = {stem for words, _ in own for stem in words}
    for part in named:
        if isinstance(part.record, Precaution | Medicine) and len(words := stems(part.text)) == 1:
            conditions.update(words)
    return OneWordNames(complaints, frozenset(conditions) - complaints)


Conditions = Mapping[int, UnderCondition]
"""Conditions by the numbers of the wordings that hold their names."""


class PresentSign(Struct, frozen=True):
    """A warning sign that somebody has: the words that say so, its urgency beside what else is known, and the part."""

    sign: Sign
    typed: str
    urgency: Urgency
    said: str = ""

    @property
    def instruction(self) -> str:
        """What to do: the sign's own instruction, or the phrase of the urgency where something raises it."""
        own = self.sign.instruction
        return own.text if own and self.urgency is self.sign.urgency else f"{self.urgency.heading}."


def named_signs(found: Iterable[Mention], said: str = "") -> Iterator[PresentSign]:
    """Yield the signs among the mentions of a part, whose text is given."""
    for part in found:
        if isinstance(part.record, Sign):
            yield PresentSign(part.record, part.typed, part.record.urgency, said)


def raise_together(found: Iterable[PresentSign], known: Circumstances) -> tuple[PresentSign, ...]:
    """Return signs, each once and the most urgent first, raised by what is known of the client and by what was said."""
    once: dict[str, PresentSign] = {}
    for part in found:
        words = (*fold(part.said).split(), *part.typed.split())
        made = PresentSign(part.sign, part.typed, raised(part.sign, known, words), part.said)
        if part.sign.id not in once or made.urgency.rank < once[part.sign.id].urgency.rank:
            once[part.sign.id] = made
    return most_urgent_first(once.values())


def signs_described(
    kb: KnowledgeBase,
    asked: Query,
    words: Collection[str],
    *,
    has_negation: bool = False,
    denied: frozenset[int] = frozenset(),
) -> Iterator[tuple[Sign, str]]:
    """Yield the signs that a description holds, each with its words; of an empty description, none.

    `denied` are the places of terms that are denied: with one of them no wording is said that holds no denial itself.

    A sign is described if one of its wordings holds most of the words, of which two must say more than a place or a
    pain. It is too if all words of a wording stand among them, however much else is said, and one says more: but not
    beside a negation, which may be of this sign. A word that was guessed among several does not count. `words` are all
    folded words of the description: those on which hangs what a wording says must be among them.
    """
    sure = _meant(asked.terms)
    specific = {place for place in sure if _is_specific(asked.terms[place])}
    if not specific:
        return
    found: dict[str, tuple[Sign, str]] = {}
    wordings = wordings_in(kb)
    for number, held in wordings.places(sure).items():
        too_little = len(held) < ALARM_COVERAGE * wordings.sizes[number] or specific.isdisjoint(held)
        if too_little or wordings.phrases[number]:
            continue
        most = sum(asked.terms[place].weight for place in held) >= MIN_COVERAGE * asked.total
        text = wordings.text(number)
        whole = not has_negation and _stands_whole(text, held.values())
        telling = {held[place] for place in specific & held.keys()}  # a word that is repeated tells one thing
        most = most and len(telling) >= MIN_SPECIFIC and _holds(kb, text, held)
        own = contracted(fold(text)).split()
        if not specific.isdisjoint(denied & held.keys()) and LOSSES.isdisjoint(own):  # "no swelling in my calves"
            continue
        if (whole or most) and is_told(own, words) and not _is_torn(asked, held):
            sign = wordings.sign(number)
            found.setdefault(sign.id, (sign, _typed(asked, held)))
    yield from found.values()


def joined_signs(kb: KnowledgeBase, asked: Query, words: Collection[str]) -> Iterator[tuple[Sign, str]]:
    """Yield the signs of two things at once whose words all stand in neighbouring parts, each with its words."""
    sure = _meant(asked.terms)
    specific = {place for place in sure if _is_specific(asked.terms[place])}
    found: dict[str, tuple[Sign, str]] = {}
    wordings = wordings_in(kb)
    for number, held in wordings.places(sure).items() if specific else ():
        if len(held) < wordings.sizes[number] or specific.isdisjoint(held) or wordings.phrases[number]:
            continue
        text = wordings.text(number)
        own = contracted(fold(text)).split()
        is_of_two = not _JOINING.isdisjoint(own) or "," in text
        if is_of_two and is_told(own, words) and _has_all(text, held.values()) and not _is_torn(asked, held):
            sign = wordings.sign(number)
            found.setdefault(sign.id, (sign, _typed(asked, held)))
    yield from found.values()


def conditional_signs(
    kb: KnowledgeBase, asked: Query, words: Collection[str], under: Conditions, named: "OneWordNames"
) -> Iterator[tuple[Sign, str]]:
    """Yield the signs of a condition that is told elsewhere, each with its words; `under` are `conditions_of` them.

    A word that alone is a sign beside the condition must be typed itself: a synonym may be another condition. Unless
    the condition says who the client is, it must name a complaint, as some of `named` do, or be no everyday word; the
    name of another condition is none.
    """
    sure = _meant(asked.terms)
    typed = [{stem for stem, probability in term.probability.items() if probability == 1} for term in asked.terms]
    is_short = sum(not term.is_common and len(term.typed) > 1 for term in asked.terms) <= SHORT
    found: dict[str, tuple[Sign, str]] = {}
    wordings = wordings_in(kb)
    for number, held in wordings.places(sure).items() if under else ():
        own = under.get(number)
        if own is None or wordings.phrases[number] or len(held) < wordings.sizes[number] - len(own.stems):
            continue
        text = wordings.text(number)
        rest = [*dict.fromkeys(word for word in stems(text) if word not in own.stems)]
        if len(rest) == 1 and any(asked.terms[place].typed in _NEVER_ALONE for place in held):
            continue
        is_condition = len(rest) == 1 and named.conditions.issuperset(rest)
        if is_condition or _WHO.issuperset(rest):  # it says who has the condition, and nothing of the client
            continue
        if len(rest) > 1 or (rest and is_short and _says_enough(text, rest)):
            said = held.values() if len(rest) > 1 else [stem for place, stem in held.items() if stem in typed[place]]
            is_whole = all(any(is_form_of(stem, word) for stem in said) for word in rest)
            is_telling = len(rest) > 1 or own.is_population or not named.complaints.isdisjoint(rest)
            is_telling = is_telling or any(not is_frequent_english(asked.terms[place].typed) for place in held)
            if is_whole and is_telling and not _is_torn(asked, held) and is_told(contracted(fold(text)).split(), words):
                sign = wordings.sign(number)
                found.setdefault(sign.id, (sign, _typed(asked, held)))
    yield from found.values()


def _says_enough(text: str, rest: Collection[str]) -> bool:
    """Whether one word beside a condition is a sign: no place or pain, and no word without content hangs on it."""
    is_plain = all(word not in STOP_WORDS or word in _PLAIN for word in fold(text).split())
    return is_plain and not all(word in places_and_pain() or word in _NO_SIGNS for word in rest)


_ORGANS = frozenset(
    stem(word)
    for word in ("kidney", "kidneys", "liver", "lung", "lungs", "bowel", "bladder", "brain", "skin", "blood", "bone")
)
"""The stems of words for organs: a name that has no other word of content says no condition."""
_COMPLAINTS = frozenset(
    stem(word)
    for word in """
    numb numbness tingling weakness swelling pain dizzy dizziness faint fainting loss lost losing sensation sensory
    feeling reduced altered poor
    """.split()  # noqa: SIM905 - words
)
"""The stems of words for complaints, which are no condition beside which one word more is a sign."""
_NO_NAMES = frozenset({AliasKind.NARROWER, AliasKind.RELATED, AliasKind.PHRASE})
"""The kinds of alias that say more than the record, or something else."""


def conditions_of(kb: KnowledgeBase, present: Iterable[Record]) -> Conditions:
    """Return the wordings of signs that name a record that is present, with the stems of that name.

    So `floppy` is a sign in a client who is a baby, and `hit my head` in one who takes an anticoagulant. Of a mother
    who feeds her baby a wording of babies tells not by any word: she may sleep poorly.
    """
    wordings = wordings_in(kb)
    of_infants = frozenset(chain.from_iterable(wordings.with_all([word]) for word in _INFANTS))
    found: dict[int, UnderCondition] = {}
    for record in present:
        is_population = isinstance(record, Precaution) and record.population is not Population.ANYONE
        is_infant = isinstance(record, Precaution) and record.population is Population.INFANT
        for name in kb.names_of(record):
            if name.kind in _NO_NAMES:  # whoever has diabetes has no "diabetic foot ulcer"
                continue
            own = UnderCondition(content_stems(name.folded), is_population)
            if _ORGANS.issuperset(own.stems):  # whoever has a new kidney has not all that is said of kidneys
                continue
            if _COMPLAINTS.issuperset(own.stems):  # nor is whoever is numb numb all over
                continue
            for number in wordings.with_all(own.stems):
                if number not in found or len(own.stems) > len(found[number].stems):
                    is_of_another = own.is_population and not is_infant and number in of_infants
                    found[number] = structs.replace(own, is_population=False) if is_of_another else own
    return found


_PAIRS = COMPOUNDS | {
    "eye": frozenset({"drop", "drops", "ointment"}),
    "eyes": frozenset({"drop", "drops", "ointment"}),
    "bleeding": frozenset({"disorder", "disorders", "tendency", "time", "condition", "gums"}),
}
"""Words of two, with the second ones, that mean something else than the first alone."""
_USING = frozenset({"use", "uses", "using", "used", "needs", "take", "takes"})
"""Words between a place and its remedy: "dry eyes uses drops"."""
_EYES = frozenset({"eye", "eyes", "lid", "lids", "eyelid", "eyelids"})
_DROPPING = frozenset("eye eyes lid lids eyelid eyelids it suddenly just left right side corner mouth face".split())  # noqa: SIM905 - words
"""Words before "drops" where that is a verb."""
_REMEDIES = frozenset({"water", "eye", "eyes"})
"""Those that make something else with the second word too."""


def _is_torn(asked: Query, held: Collection[int]) -> bool:
    """Whether a wording takes "blood" out of "blood pressure" and the like, or reads "eye drops" as a drooping eye."""
    pairs = (
        (place, asked.terms[place].typed, after)
        for place in held
        for after in range(place + 1, min(place + 3, len(asked.terms)))
        if (after == place + 1 or asked.terms[place + 1].typed in _USING) and not _is_counted(asked, after)
    )
    typed = [asked.terms[place].typed for place in sorted(held)]
    if len(typed) == 2 and typed[0] in {"drop", "drops"} and typed[1] in {"eye", "eyes"}:  # noqa: PLR2004 - two words
        return True  # "the drops are for dry eyes"
    is_of_eyes = not _EYES.isdisjoint(typed)
    if is_of_eyes and any(
        word == "drops" and _is_remedy(asked, place) for place, word in zip(sorted(held), typed, strict=True)
    ):
        return True  # "latanoprost drops"
    return any(
        asked.terms[after].typed in _PAIRS.get(word, ())
        and (after not in held or (word in _REMEDIES and not _has_side(asked, place)))
        for place, word, after in pairs
    )


def _is_counted(asked: Query, place: int) -> bool:
    """Whether a number follows a word: "red and hot, day 3"."""
    return any(term.typed.isdigit() for term in asked.terms[place + 1 : place + 2])


def _is_remedy(asked: Query, place: int) -> bool:
    """Whether the word before "drops" names what is dropped in, and not what hangs down."""
    return place > 0 and asked.terms[place - 1].typed not in _DROPPING


def _has_side(asked: Query, place: int) -> bool:
    """Whether a word of one side stands before a place: "my left eye drops" tells of the eye."""
    return place > 0 and asked.terms[place - 1].typed in {*_SIDES, "one"}


def _typed(asked: Query, held: Collection[int]) -> str:
    """Return the words of a description at some places, in their order."""
    return " ".join(asked.terms[place].typed for place in sorted(held))


def _holds(kb: KnowledgeBase, text: str, held: Mapping[int, str]) -> bool:
    """Whether a description holds most words of a wording, all its numbers among them.

    No word that is missing may be rarer than all that are held: the rarest tells most.
    """
    words = set(stems(text))
    numbers = {word for word in words if word.isdigit()}
    missing = [word for word in words if not any(is_form_of(stem, word) for stem in held.values())]
    if len(words) - len(missing) < ALARM_COVERAGE * len(words) or not numbers.isdisjoint(missing):
        return False
    counts = indexed(kb).names.postings
    rarest = min(len(counts(word)) for word in words.difference(missing))
    return all(len(counts(word)) >= rarest for word in missing)


def _stands_whole(text: str, held: Collection[str]) -> bool:
    """Whether each of the two or more content words of a wording is a form of a stem held.

    A wording that hangs on a word which no stem holds, as `passing no urine` on its "no", never does.
    """
    return NEGATION_TRIGGERS.isdisjoint(fold(text).split()) and _has_all(text, held)


def _has_all(text: str, held: Collection[str]) -> bool:
    words = set(stems(text))
    return len(words) >= MIN_SPECIFIC and all(any(is_form_of(stem, word) for stem in held) for word in words)


# Terms


def _meant(terms: Sequence[Term]) -> dict[int, tuple[str, ...]]:
    """Return the stems that each term means, in all their forms: of what was typed right also those of its synonyms.

    A misspelt word has the likeliest of its corrections, and none where it may be one of several.
    """
    found = {}
    for place, term in enumerate(terms):
        highest = max(term.probability.values())
        likeliest = tuple(stem for stem, probability in term.probability.items() if probability == highest)
        is_known = highest == 1 or all(probability == WEIGHTS.synonym for probability in term.probability.values())
        if is_known or len(likeliest) == 1:
            meant = term.probability if is_known else likeliest
            found[place] = tuple(dict.fromkeys(chain.from_iterable(map(forms, meant))))
    return found


def _is_specific(term: Term) -> bool:
    """Whether a term says more than a place or a pain."""
    return not (term.is_common or places_and_pain() & term.words.keys())


# Order


def most_urgent_first(found: Iterable[PresentSign]) -> tuple[PresentSign, ...]:
    """Return signs, the most urgent first, then those that more of the words say, then by name."""

    def key(part: PresentSign) -> tuple[int, int, str]:
        return part.urgency.rank, -len(part.typed.split()), part.sign.name.casefold()

    return tuple(sorted(found, key=key))

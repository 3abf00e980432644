"""Neighbours: the warning signs that only several parts of a description say together."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, zip_longest

from msgspec import Struct

from massharm.clinical import context
from massharm.clinical.combinations import behind_a_denial, combined_signs, misspelt, stem_in_alternatives
from massharm.clinical.concepts import Mention
from massharm.clinical.inflections import base
from massharm.clinical.parts import Part
from massharm.clinical.triage import (
    PresentSign,
    conditional_signs,
    conditions_of,
    joined_signs,
    one_word_names,
    signs_described,
)
from massharm.clinical.triggers import NEGATION_TRIGGERS, phrases
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Medicine, Precaution, Record
from massharm.search.analysis import BODY_PLACES
from massharm.search.query import Query, Term
from massharm.text import fold

NEIGHBOURS = 3
"""How many parts of a description, one after the other, a wording of two things may run through."""
LABEL_WORDS = 5
"""How many words a label has at most that says one thing with its value."""
_JOINS = frozenset({",", "but", "-", "–", "+", "though", "although", "yet"})
"""What cuts a description into parts that may say one thing together."""
_INFANT = ("baby", "infant", "newborn")
"""What the age of an infant says of the client."""
_AS_SAID = {
    "pregnancy": ("pregnant",),
    "diabetes-mellitus": ("diabetic",),
    "anticoagulant-therapy": ("anticoagulant",),
    "osteoporosis": ("osteoporosis",),
}
"""The words that combinations have for a condition, however it is told: "36/40" is "pregnant"."""
_HAY_FEVER = phrases("hay fever; yellow fever")
"""What is no fever."""
_HARDLY = frozenset({"hardly", "barely", "scarcely"})
_CAN = frozenset({("can",), ("could",)})
"""Words that say together that somebody cannot do something."""
_LITTLE = frozenset({("a",), ("little",), ("tiny",), ("wee",), ("every",)})
"""Words before "bit" where nothing is bitten."""
_PRONOUNS = {("it",), ("its",), ("they",), ("theyre",)}


class Told(Struct, frozen=True):
    """A part of a description, and what of it may be of now.

    `terms` are its words of content that speak of what is present; `plain` are those that are not only recognised.
    `silent` are the places of the words that say nothing of now; `is_over` says that something in it is past.
    """

    part: Part
    terms: tuple[Term, ...]
    plain: tuple[Term, ...]
    silent: frozenset[int]
    is_over: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return self.part.phrase.words

    @property
    def text(self) -> str:
        """The text as it was typed."""
        return self.part.segment.text

    @property
    def cut(self) -> str:
        """What parts it from the part before it."""
        return self.part.segment.cut


def signs_together(
    kb: KnowledgeBase, told: Sequence[Told], present: Sequence[Mention], infant: str = ""
) -> Iterator[PresentSign]:
    """Yield the signs that only several parts say together: over a comma, or of a condition named elsewhere.

    `present` are the concepts of the description that are not over, `infant` is the age of an infant, where one is
    stated: it says what "baby" says.
    """
    for window, near in _windows(told):
        yield from (PresentSign(sign, text, sign.urgency) for sign, text in joined_signs(kb, Query("", window), near))
    under = conditions_of(kb, _conditions(kb, (mention.record for mention in present)))
    named = one_word_names(present, chain.from_iterable(one.part.named for one in told))
    said = {one.words: (one.plain, one.text) for one in told}
    labelled = dict(_labelled(told))
    for words, (terms, said_text) in (said | labelled).items():
        for sign, text in conditional_signs(kb, Query("", terms), words, under, named) if terms else ():
            yield PresentSign(sign, _as_said(text, said_text), sign.urgency, said_text)
    conditions = {record.id for record in _conditions(kb, (mention.record for mention in present))}
    implied: list[tuple[str, tuple[str, ...]]] = [(infant, _INFANT)] if infant else []
    implied += [("", said) for condition, said in _AS_SAID.items() if condition in conditions]
    yield from _combined(kb, told, implied)
    for words, (terms, said_text) in labelled.items():
        for sign, text in signs_described(kb, Query("", terms), words):
            yield PresentSign(sign, _as_said(text, said_text), sign.urgency, said_text)


def _as_said(typed: str, said: str) -> str:
    """Return the words that say a sign, or the whole part where a number says some of them: "Temp 39.2"."""
    return typed if set(fold(said).split()).issuperset(typed.split()) else " ".join(said.lower().split())


def _combined(
    kb: KnowledgeBase, told: Sequence[Told], implied: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[PresentSign]:
    """Yield the signs of the combinations that the parts of each row say, over sentences too.

    `implied` is what the whole description says of the client: each as it is quoted, with the words for it.
    """
    start = 0
    before = [(typed, tuple(map(base, words))) for typed, words in implied]
    for end in range(1, len(told) + 1):
        if end == len(told) or not told[end].cut:
            own = zip_longest(told[start:end], told[start + 1 : end])
            said = [*before, *chain.from_iterable(_stems_of(kb, one, after) for one, after in own)]
            for sign, places in combined_signs(kb, [meant for _, meant in said]):
                typed = _quoted(said[place][0] for place in places if said[place][0])
                yield PresentSign(sign, typed, sign.urgency, typed)
            start = end


def _quoted(said: Iterable[str]) -> str:
    """Return what was said, each once, and no word of a part that is quoted whole."""
    once = dict.fromkeys(said)
    in_parts = {word for own in once if " " in own for word in fold(own).split()}
    return " ".join(own for own in once if own not in in_parts)


def _stems_of(kb: KnowledgeBase, one: Told, after: Told | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words of a part with the stems that each may be; those that say nothing of now have none.

    A word that only a number says, such as a fever, is quoted as the whole part. Of a part in which something is denied
    the place is said where the next one goes on with it: "no swelling in my calf, but it is hot".
    """
    phrase = one.part.phrase
    corrected = {
        span.start: tuple(term.words)
        for term, span in zip(phrase.terms, phrase.spans, strict=True)
        if max(term.probability.values()) < 1
    }
    hay_fever = {place for found in context.places_of(one.words, _HAY_FEVER) for place in found}
    known = {
        place
        for term, span in zip(phrase.terms, phrase.spans, strict=True)
        for place in span
        if (term.texts or term.names) and not term.is_misspelt
    }
    silent = one.silent | hay_fever | context.near_a_denial(one.words)
    if after is not None and after.words[:1] in _PRONOUNS and not one.is_over:
        silent -= {place for place, word in enumerate(one.words) if word in BODY_PLACES}
    denials = context.of_denials(one.words)
    written = set(fold(one.text).split())
    for place, word in enumerate(one.words):
        typed = fold(phrase.tokens[place].text)
        meant = (*_meant(one.words, place), *map(base, corrected.get(place, ())))
        meant = meant if place in known else (*meant, *misspelt(kb, word))
        denied = map(behind_a_denial, meant) if place in denials else ()
        yield (
            next((own for own in (word, typed) if written.issuperset(own.split())), one.text),
            (*(meant if place not in silent else ()), *denied),
        )


def _meant(words: Sequence[str], place: int) -> tuple[str, ...]:
    """Return the stems that a word may be: "bit" is a bite too, but not in "a bit".

    "Isn't" is also "not", and "can hardly" is "can't".
    """
    own = base(words[place])
    if (kept := stem_in_alternatives(words[place])) != own:
        return own, kept
    if words[place] in _HARDLY and words[place - 1 : place] in _CAN:
        return own, base("cant")
    is_little = words[place - 1 : place] in _LITTLE or words[place + 1 : place + 2] == ("of",)
    is_bite = words[place] == "bit" and not is_little
    return (own, base("bite")) if is_bite else (own,)


def _labelled(told: Sequence[Told]) -> Iterator[tuple[tuple[str, ...], tuple[tuple[Term, ...], str]]]:
    """Yield the words of each label and its value together, with their terms and text: "Left calf: hot and swollen"."""
    for label, value in pairwise(told):
        words = (*label.words, *value.words)
        is_one = value.cut in {":", "?"} and len(label.words) <= LABEL_WORDS and not label.is_over
        if is_one and label.terms and value.terms and NEGATION_TRIGGERS.isdisjoint(words):
            yield words, ((*label.terms, *value.terms), f"{label.text}: {value.text}")


def _conditions(kb: KnowledgeBase, named: Iterable[Record]) -> Iterator[Record]:
    """Yield the precautions and medicines among records, and the precautions that the medicines imply, each once."""
    found = {record.id: record for record in named if isinstance(record, Precaution | Medicine)}
    implied = (kb.precautions_of(record) for record in found.values() if isinstance(record, Medicine))
    yield from (found | {record.id: record for records in implied for record in records}).values()


def _windows(told: Sequence[Told]) -> Iterator[tuple[tuple[Term, ...], set[str]]]:
    """Yield the terms of each few neighbouring parts, with the words that tell of now; of the same terms the first."""
    seen: set[tuple[str, ...]] = set()
    for run in _runs(told):
        for first in range(len(run) - 1):
            near = run[first : first + NEIGHBOURS]
            window = tuple(chain.from_iterable(one.terms for one in near))
            typed = tuple(term.typed for term in window)
            if typed not in seen:
                seen.add(typed)
                yield window, set(chain.from_iterable(map(_words_of_now, near)))


def _words_of_now(one: Told) -> Iterator[str]:
    """Yield the words of a part that tell of now, without the denials of other things: "urine clear, no cramps"."""
    silent = one.silent | context.near_a_denial(one.words)
    return (word for place, word in enumerate(one.words) if place not in silent)


def _runs(told: Sequence[Told]) -> Iterator[Sequence[Told]]:
    """Yield each run of parts that commas join, or a pronoun: "My calf is sore. It is swollen"."""
    start = 0
    for end in range(1, len(told) + 1):
        if end == len(told) or not _is_joined(told[end]):
            if end - start > 1:
                yield told[start:end]
            start = end


def _is_joined(one: Told) -> bool:
    """Whether a part goes on with what the part before it speaks of."""
    return one.cut in _JOINS or (one.cut in {".", ";"} and one.words[:1] in _PRONOUNS)

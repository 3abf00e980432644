"""Which records a list shows: the facets by which each kind can be narrowed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Case, Harm, Mechanism, Medicine, Precaution, Record, Sign, sort_key
from massharm.kb.vocabulary import (
    AdviceLevel,
    Evidence,
    Outcome,
    Population,
    Provider,
    Region,
    Severity,
    System,
    Technique,
    Urgency,
    one_of,
)
from massharm.text import fold

Facets = Mapping[str, Sequence[str]]
"""By its name, the words that were given for a facet."""
NO_FACETS: Facets = MappingProxyType({})
Values = Callable[[Any, KnowledgeBase], Iterable[str]]

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "severity": tuple(Severity),
    "urgency": tuple(Urgency),
    "level": tuple(AdviceLevel),
    "population": tuple(Population),
    "outcome": tuple(Outcome),
    "region": tuple(Region),
    "system": tuple(System),
    "technique": tuple(Technique),
    "evidence": tuple(Evidence),
    "provider": tuple(Provider),
}
"""The words that each facet takes; mechanisms and years depend on the knowledge base."""

_YEARS = r"\s*([0-9]+)\s*(?:[-\u2013]\s*([0-9]*)\s*)?"


def select_records(kb: KnowledgeBase, kind: str, wanted: Facets = NO_FACETS) -> list[Record]:
    """Return the records of a kind that meet every facet; within one facet any of its words will do.

    They stand in the order of `records.sort_key`.

    Raises:
        WrongUse: a facet or one of its words does not exist or does not apply to this kind.
    """
    rules = [(FACETS[facet], _checked(kb, kind, facet, words)) for facet, words in wanted.items() if words]
    found = (
        record for record in kb.records(kind) if all(not words.isdisjoint(of[kind](record, kb)) for of, words in rules)
    )
    return sorted(found, key=sort_key)


def vocabulary_words(facet: str, words: Iterable[str], subject: str | None = None) -> tuple[str, ...]:
    """Return words of a facet's vocabulary, each once, as they are written there.

    `subject` is what the caller knows them as, if not as the option of the facet.

    Raises:
        WrongUse: the vocabulary has no such word.
    """
    return tuple(dict.fromkeys(one_of(word, VOCABULARIES[facet], subject or f"--{facet}") for word in words))


KIND_WORDS = {
    "contraindication": "precaution",
    "warning sign": "sign",
    "red flag": "sign",
    "reference": "citation",
    "definition": "term",
    "side effect": "harm",
    "what are the risks": "harm",
    "what can go wrong": "harm",
    "what should i not massage": "precaution",
    "what not to massage": "precaution",
    "when not to massage": "precaution",
    "who should not have a massage": "precaution",
    "when should i worry": "sign",
    "when to worry": "sign",
}
"""Common words for a kind of record, and questions that a whole kind answers."""


def kind_named(text: str) -> str | None:
    """Return the kind that a text names, singular or plural; if it names none, None."""
    kinds = {kind: kind for kind in KINDS} | KIND_WORDS
    plurals = {f"{word}s": kind for word, kind in kinds.items()} | {KINDS[kind]: kind for kind in KINDS}
    return (kinds | plurals).get(fold(text))


def lead_to_kind(text: str) -> str:
    """Return where all records of the kind are that a text names; if it names none, nothing."""
    kind = kind_named(text)
    return f"For all {KINDS[kind]}: massharm list {kind}" if kind else ""


def as_kind(word: str, subject: str = "KIND") -> str:
    """Return the kind that a word means, singular or plural.

    Raises:
        WrongUse: there is no such kind; the message names the argument or option as `subject`.
    """
    return kind_named(word) or one_of(word, KINDS, subject)


def _checked(kb: KnowledgeBase, kind: str, facet: str, words: Iterable[str]) -> set[str]:
    """Return the values that meet a facet.

    Raises:
        WrongUse: the facet does not narrow this kind, or a word is none of its words.
    """
    if kind not in FACETS[facet]:
        narrowed = ", ".join(KINDS[other] for other in FACETS[facet])
        raise WrongUse(f"--{facet} does not narrow {KINDS[kind]}; it narrows {narrowed}")
    if facet == "year":
        return {year for word in words for year in _years(word)}
    allowed = VOCABULARIES.get(facet) or tuple(record.id for record in kb.file.mechanisms)
    return {_checked_word(word, allowed, facet, kind) for word in words}


_DEADLY = dict.fromkeys(("fatal", "lethal", "deadly", "deaths"), ("outcome", "death"))
"""Words for an outcome that are no words of its vocabulary, with the facet and the word that are meant."""


def _checked_word(word: str, allowed: Iterable[str], facet: str, kind: str) -> str:
    """Return the word of a facet that is meant.

    Raises:
        WrongUse: there is none; the message names the facet of this kind that takes the word, if there is one.
    """
    try:
        return one_of(word, allowed, f"--{facet}")
    except WrongUse as fault:
        others = {fold(known): (other, known) for other, words in VOCABULARIES.items() for known in words} | _DEADLY
        other, known = others.get(fold(word), (facet, ""))
        if other == facet or kind not in FACETS[other]:
            raise
        argument = "" if kind == "harm" else f"{kind} "
        raise WrongUse(f"{fault}; try: massharm list {argument}--{other} {known.replace(' ', '-')}") from None


def _years(word: str) -> Iterable[str]:
    """Return the years of a word such as 2007, 2005-2010 or 2005-, none past 9999.

    Raises:
        WrongUse: it is no year and no span of years.
    """
    span = re.fullmatch(_YEARS, word)
    if not span:
        raise WrongUse(f"--year does not take “{word}”; give a year or a span of years, as in 2007 or 2005-2010")
    start, end = sorted(min(int(year[:5]), 9999) for year in (span[1], span[2] or span[1]))
    return map(str, range(start, end + 1))


def _of_harms(read: Callable[[Harm, KnowledgeBase], Iterable[str]]) -> dict[str, Values]:
    """Let a facet of harms narrow harms, and other kinds through their harms."""

    def through(record: Mechanism | Precaution | Medicine | Sign | Case, kb: KnowledgeBase) -> Iterable[str]:
        return {word for harm in kb.harms_of(record) for word in read(harm, kb)}

    return {"harm": read} | dict.fromkeys(("mechanism", "case", "precaution", "medicine", "sign"), through)


def _harm_years(harm: Harm, kb: KnowledgeBase) -> Iterable[str]:
    cases = (kb.year(case) for case in kb.cases_of(harm))
    return _known(*cases, *(cited.year for cited in kb.cited(part.citation for part in harm.findings)))


def _known(*years: int | None) -> set[str]:
    """Return the years that are known, as words."""
    return {str(year) for year in years if year is not None}


FACETS: dict[str, dict[str, Values]] = {
    "severity": _of_harms(lambda harm, _: [harm.severity]),
    "outcome": _of_harms(lambda harm, kb: kb.attributed_outcomes(harm))
    | {"case": lambda case, _: [part.outcome for part in case.outcomes if part.attributed]},
    "urgency": {"sign": lambda sign, _: [sign.urgency]},
    "level": {"precaution": lambda record, _: [record.level]},
    "population": dict.fromkeys(("harm", "precaution", "sign"), lambda record, _: [record.population]),
    "region": _of_harms(lambda harm, kb: kb.regions(harm)) | {"case": lambda case, _: case.regions},
    "system": _of_harms(lambda harm, _: harm.systems),
    "technique": _of_harms(lambda harm, kb: kb.techniques(harm)) | {"case": lambda case, _: case.techniques},
    "mechanism": _of_harms(lambda harm, _: harm.mechanisms),
    "evidence": _of_harms(lambda harm, kb: [kb.evidence(harm)]) | {"citation": lambda cited, kb: [kb.grade_of(cited)]},
    "provider": _of_harms(lambda harm, kb: kb.providers(harm)) | {"case": lambda case, _: case.providers},
    "year": _of_harms(_harm_years)
    | {"case": lambda case, kb: _known(kb.year(case)), "citation": lambda cited, _: _known(cited.year)},
}
"""Each facet, the kinds it narrows, and how it reads a record of that kind."""

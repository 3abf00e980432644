"""Which records a list shows: the facets by which each kind can be narrowed."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from massharm.errors import WrongUse
from massharm.kb.base import SEVERITIES, KnowledgeBase
from massharm.kb.records import KINDS, Case, Citation, Harm, Mechanism, Precaution, Record
from massharm.kb.vocabulary import Evidence, Outcome, Provider, Region, Severity, System, Technique
from massharm.text import fold

Values = Callable[[Any, KnowledgeBase], Iterable[str]]

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "severity": tuple(Severity),
    "outcome": tuple(Outcome),
    "region": tuple(Region),
    "system": tuple(System),
    "technique": tuple(Technique),
    "evidence": tuple(Evidence),
    "provider": tuple(Provider),
}
"""The words that each facet takes; mechanisms and years depend on the KB."""


def choose(kb: KnowledgeBase, kind: str, wanted: Mapping[str, Iterable[str]]) -> list[Record]:
    """Give the records of a kind that meet every facet; within one facet any of its words will do.

    Raises:
        WrongUse: a facet or one of its words does not exist or does not apply to this kind.
    """
    rules = [(facet, _checked(kb, kind, facet, words)) for facet, words in wanted.items() if words]
    chosen = [
        record
        for record in kb.records(kind)
        if all(words & set(FACETS[facet][kind](record, kb)) for facet, words in rules)
    ]
    return sorted(chosen, key=_order)


def vocabulary_words(facet: str, words: Iterable[str]) -> tuple[str, ...]:
    """Read words of a facet's vocabulary, and give each once as it is written there.

    Raises:
        WrongUse: the vocabulary has no such word.
    """
    return tuple(dict.fromkeys(_word(facet, word, VOCABULARIES[facet]) for word in words))


def as_kind(word: str) -> str:
    """Read the name of a kind, singular or plural.

    Raises:
        WrongUse: there is no such kind.
    """
    for kind, rows in KINDS.items():
        if fold(word) in {kind, rows}:
            return kind
    near = difflib.get_close_matches(fold(word), KINDS, 1)
    raise WrongUse(
        f"no kind of record is called “{word}”"
        + (f" (did you mean {near[0]}?)" if near else "")
        + f"; the kinds are {', '.join(KINDS)}"
    )


def _checked(kb: KnowledgeBase, kind: str, facet: str, words: Iterable[str]) -> set[str]:
    homes = FACETS[facet]
    if kind not in homes:
        raise WrongUse(
            f"--{facet} does not narrow {KINDS[kind]}; it narrows {', '.join(KINDS[home] for home in homes)}"
        )
    if facet == "year":
        return {year for word in words for year in _years(word)}
    known = VOCABULARIES.get(facet) or tuple(record.id for record in kb.file.mechanisms)
    return {_word(facet, word, known) for word in words}


def _word(facet: str, word: str, known: tuple[str, ...]) -> str:
    """Read a word of a facet's vocabulary: case, blanks and hyphens do not matter."""
    meant = {fold(item): item for item in known}
    if fold(word) in meant:
        return meant[fold(word)]
    near = difflib.get_close_matches(fold(word), meant, 1)
    hint = f" (did you mean {meant[near[0]]}?)" if near else ""
    raise WrongUse(f"--{facet} does not take “{word}”{hint}; it takes {', '.join(known)}")


def _years(word: str) -> Iterable[str]:
    first, _, last = word.replace("\u2013", "-").partition("-")
    if not (first.strip().isdecimal() and (last.strip() or first.strip()).isdecimal()):
        raise WrongUse(f"--year does not take “{word}”; give a year or a span of years, as in 2007 or 2005-2010")
    start, end = sorted((int(first[:5]), int((last or first)[:5])))
    return map(str, range(start, min(end, 9999) + 1))


def _order(record: Record) -> tuple[int, str]:
    if isinstance(record, Harm):
        return -SEVERITIES[record.severity], record.name.casefold()
    if isinstance(record, Citation):
        return record.number, ""
    return 0, record.name.casefold()


def _harm(read: Callable[[Harm, KnowledgeBase], Iterable[str]]) -> dict[str, Values]:
    """Let a facet of harms narrow harms, and mechanisms, precautions and cases through their harms."""

    def through(record: Mechanism | Precaution | Case, kb: KnowledgeBase) -> Iterable[str]:
        return {word for harm in kb.harms_of(record) for word in read(harm, kb)}

    return {"harm": read, "mechanism": through, "precaution": through, "case": through}


def _harm_years(harm: Harm, kb: KnowledgeBase) -> Iterable[str]:
    years = {kb.year(case) for case in kb.cases_of(harm)}
    years |= {kb.by_number[finding.citation].year for finding in harm.findings}
    return {str(year) for year in years if year}


FACETS: dict[str, dict[str, Values]] = {
    "severity": _harm(lambda harm, _: [harm.severity]),
    "outcome": _harm(lambda harm, kb: kb.outcomes(harm)) | {"case": lambda case, _: case.outcomes},
    "region": _harm(lambda harm, kb: kb.regions(harm)) | {"case": lambda case, _: case.regions},
    "system": _harm(lambda harm, _: harm.systems),
    "technique": _harm(lambda harm, kb: kb.techniques(harm)) | {"case": lambda case, _: case.techniques},
    "mechanism": _harm(lambda harm, _: harm.mechanisms),
    "evidence": _harm(lambda harm, kb: [kb.evidence(harm)]) | {"citation": lambda cited, kb: [kb.weight(cited)]},
    "provider": _harm(lambda harm, kb: kb.providers(harm)) | {"case": lambda case, _: case.providers},
    "year": _harm(_harm_years)
    | {"case": lambda case, kb: [str(kb.year(case))], "citation": lambda cited, _: [str(cited.year)]},
}
"""Each facet, the kinds it narrows, and how it reads a record of that kind."""

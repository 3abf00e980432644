"""The rules of records and their links: what each must have, and what follows from what."""

import re
from collections import Counter
from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Advice, Cited, Figure, Sign, Statement
from massharm.kb.records import ANY, Case, Harm, Lesson, Mechanism, Precaution, Record, Term, statements
from massharm.kb.vocabulary import SCALES, AliasKind, Bearing, Severity, Study, Urgency

MIN_ALIASES = 6
"""So many aliases make a harm findable by most of the words that people use."""
_REPORTS = {
    Study.CASE_REPORT, Study.CASE_SERIES, Study.OBSERVATIONAL, Study.EXPERIMENT, Study.TRIAL, Study.PRESS,
    Study.ARTICLE, Study.WEB_PAGE, Study.SYSTEMATIC_REVIEW,
}  # fmt: skip
"""The kinds of study that report or tabulate cases."""
_ICD_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


def links_resolve(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every id that a record names exists, is of the right kind, and is not its own."""
    for record in kb:
        for field, kind in record.links.items():
            for name in getattr(record, field):
                named = kb.by_id.get(name)
                if named is None or kind not in {named.kind, ANY}:
                    yield record.id, f"“{field}” names {name}, which is no {kind}"
                elif name == record.id:
                    yield record.id, f"“{field}” names the record itself"
    for gone in kb.file.withdrawn:
        if gone.heir not in kb.by_id:
            yield gone.id, f"its heir {gone.heir} does not exist"


def everything_cited(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every statement, warning sign, figure and piece of advice carries citation numbers, each once.

    A term may do without; one that cites names each number once too.
    """
    for record in kb:
        whole = (record,) if isinstance(record, Harm | Case | Mechanism | Lesson | Term) else ()
        for part in (*whole, *statements(record)):
            if not part.citations and not isinstance(part, Term):
                yield record.id, f"uncited: {start_of(part)}"
            elif len(set(part.citations)) < len(part.citations):
                yield record.id, f"cites a number twice: {start_of(part)}"


def lists_hold_each_word_once(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No list of ids, of words of a vocabulary or of short texts holds one twice; authors may share a name."""
    for record in kb:
        for field in record.__struct_fields__:
            words = getattr(record, field)
            if field != "authors" and type(words) is tuple:
                for word, count in Counter(word for word in words if isinstance(word, str)).items():
                    if count > 1:
                        yield record.id, f"“{field}” holds “{word}” {count} times; keep one"


def everything_used(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every mechanism and precaution has a harm, and every citation is cited."""
    linked: tuple[Mechanism | Precaution, ...] = (*kb.file.mechanisms, *kb.file.precautions)
    for record in linked:
        if not kb.harms_of(record):
            yield record.id, "no harm refers to it"
    for cited in kb.file.citations:
        if not kb.cited_by(cited) and cited.kind_of_study is not Study.COMMENTARY:
            yield cited.key, "nothing cites it; link its finding to a harm, a term or a precaution"


def harms_are_reported(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every harm has a case or a study, and says what is not known."""
    for harm in kb.file.harms:
        if not kb.cases_of(harm) and not harm.findings:
            yield harm.id, "has neither a case nor a finding of a study"
        if not harm.uncertainty:
            yield harm.id, "“uncertainty” is empty; say what is not known"


def severity_follows(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm is serious if, and only if, a report of it met a seriousness criterion."""
    for harm in kb.file.harms:
        outcomes = kb.outcomes(harm)
        if outcomes and harm.severity is not Severity.SERIOUS:
            yield harm.id, f"is {harm.severity}, though {', '.join(outcomes)} was reported; make it serious"
        if not outcomes and harm.severity is Severity.SERIOUS:
            yield harm.id, "is serious, but neither it nor a case of it has an outcome; add the outcome or lower it"


def emergencies_have_a_response(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm with an emergency among its warning signs says what to do first."""
    for harm in kb.file.harms:
        if not harm.response and any(sign.urgency is Urgency.EMERGENCY for sign in harm.warning_signs):
            yield harm.id, "has an emergency among its warning signs; say in “response” what to do first"


def nothing_typed_twice(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm holds no outcome, region or technique that its cases give, and no study in favour that is one of them."""
    for harm in kb.file.harms:
        cases = kb.cases_of(harm)
        for field in ("outcomes", "regions", "techniques"):
            of_cases = {value for case in cases for value in getattr(case, field)}
            for value in getattr(harm, field):
                if value in of_cases:
                    yield harm.id, f"“{field}” holds {value}, which follows from its cases; take it out"
        reports = {case.citations[0] for case in cases if not kb.is_anecdote(case)}
        for finding in harm.findings:
            source = kb.by_number.get(finding.citation)
            tabulates = source is not None and source.kind_of_study is Study.SYSTEMATIC_REVIEW
            if finding.citation in reports and finding.bearing is Bearing.SUPPORTS and not tabulates:
                yield harm.id, f"“findings” repeats citation {finding.citation}, which is one of its cases; take it out"


def cases_are_reported(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A case rests first on what reports or tabulates cases, or on an anecdote, and belongs to a harm."""
    for case in kb.file.cases:
        first = kb.by_number.get(case.citations[0])
        if first is not None and first.kind_of_study not in _REPORTS:
            yield case.id, f"its first citation, {first.number}, is a {first.kind_of_study}; put the report first"
        if not case.harms:
            yield case.id, "is a case of no harm"


def anecdotes_are_labelled(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The name of a case begins with “Anecdote” or “Press” if, and only if, it was not published as a study."""
    for case in kb.file.cases:
        if kb.is_anecdote(case) != case.name.startswith(("Anecdote", "Press")):
            label = "an anecdote; begin" if kb.is_anecdote(case) else "a published case; do not begin"
            yield case.id, f"is {label} its name with “Anecdote” or “Press”"


def harms_have_aliases(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm has six aliases or more, a lay or a related word among them, so that people find it by their own words."""
    for harm in kb.file.harms:
        if len(harm.aliases) < MIN_ALIASES:
            yield harm.id, f"has {len(harm.aliases)} aliases; add some, up to {MIN_ALIASES} at least"
        if not any(alias.kind in {AliasKind.LAY, AliasKind.RELATED} for alias in harm.aliases):
            yield harm.id, "has no everyday word among its aliases; add one of the kind lay or related"


def codes_are_formed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An ICD-10-CM entry has a code of that form; a MeSH heading has none but its name."""
    for harm in kb.file.harms:
        for code in harm.codes:
            formed = code.code is None if code.system == "MeSH" else _ICD_CODE.fullmatch(code.code or "")
            if not formed:
                yield harm.id, f"{code.system} {code.code} “{code.name}” is not formed as that system's"


def scales_are_defined(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Each scale has its term, whose levels are those of the scale, each once."""
    for name, scale in SCALES.items():
        term = kb.by_id.get(name)
        if not isinstance(term, Term):
            yield name, f"missing; the term defines the levels {', '.join(scale)}"
        elif sorted(level for level, _ in term.levels) != sorted(scale):
            yield name, f"its levels are not those of the scale, which are {', '.join(scale)}"


RULES = (
    links_resolve,
    everything_cited,
    lists_hold_each_word_once,
    everything_used,
    harms_are_reported,
    severity_follows,
    emergencies_have_a_response,
    nothing_typed_twice,
    cases_are_reported,
    anecdotes_are_labelled,
    harms_have_aliases,
    codes_are_formed,
    scales_are_defined,
)
"""The rules; the docstring of each states it to curators."""


def start_of(part: Cited | Record) -> str:
    """Return the first words of a part of a record, by which a curator finds it."""
    if isinstance(part, Statement | Sign | Advice):
        text = part.text
    else:
        text = part.measure if isinstance(part, Figure) else part.summary
    return f"“{text[:60]}”"

"""The rules of harms and their cases: what is reported, how grave it is, and what is done about it."""

from collections import Counter
from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import ReportedOutcome
from massharm.kb.records import Case, Harm
from massharm.kb.vocabulary import AliasKind, Bearing, Outcome, Severity, SignLink, Study, Urgency

MIN_ALIASES = 6
"""So many aliases make a harm findable by most of the words that people use."""
_REPORTS = {
    Study.CASE_REPORT, Study.CASE_SERIES, Study.OBSERVATIONAL, Study.EXPERIMENT, Study.TRIAL, Study.PRESS,
    Study.ARTICLE, Study.WEB_PAGE, Study.SYSTEMATIC_REVIEW,
}  # fmt: skip
"""The kinds of study that report or tabulate cases."""


def harms_are_reported(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every harm has a case or a study, and says what is not known."""
    for harm in kb.file.harms:
        if not kb.cases_of(harm) and not harm.findings:
            yield harm.id, "has neither a case nor a finding of a study"
        if not harm.uncertainty:
            yield harm.id, "“uncertainty” is empty; say what is not known"


def severity_follows(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm is serious if a report attributes a seriousness criterion to massage, or a cited source calls it so."""
    for harm in kb.file.harms:
        outcomes = kb.attributed_outcomes(harm)
        if outcomes and harm.severity is not Severity.SERIOUS:
            yield harm.id, f"is {harm.severity}, though {', '.join(outcomes)} was reported; make it serious"
        if harm.severity is Severity.SERIOUS and not (outcomes or harm.severity_basis):
            yield harm.id, "is serious without an attributed outcome; say in “severity_basis” which source calls it so"
        if harm.severity_basis and (outcomes or harm.severity is not Severity.SERIOUS):
            yield harm.id, "“severity_basis” is for serious harms without an attributed outcome; take it out"


def serious_harms_are_answered(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A serious harm has warning signs and a first response, or says in “missing” why it has none."""
    for harm in kb.file.harms:
        explained = {part.section for part in harm.missing}
        for field in ("warning_signs", "response"):
            if harm.severity is Severity.SERIOUS and not getattr(harm, field) and field not in explained:
                yield harm.id, f"is serious and has no “{field}”; add it, or say in “missing” why there is none"
        for part in harm.missing:
            if part.section not in Harm.__struct_fields__:
                yield harm.id, f"“missing” names {part.section}, which is no field of a harm"
            elif getattr(harm, part.section):
                yield harm.id, f"“missing” explains {part.section}, which is there; take it out"


def emergencies_have_a_response(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The first response to a harm with a characteristic emergency sign is the emergency; no minor harm has one."""
    for harm in kb.file.harms:
        signs = [sign for sign, link in kb.signs_of(harm) if link is SignLink.CHARACTERISTIC]
        if any(sign.urgency is Urgency.EMERGENCY for sign in signs):
            if not harm.response or harm.response[0].urgency is not Urgency.EMERGENCY:
                yield harm.id, "has a characteristic emergency sign; let “response” begin with the emergency"
            if harm.severity is Severity.MINOR:
                yield harm.id, "is minor and has a characteristic emergency sign; make the link compatible"


def responses_cover_the_signs(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Each linked sign of an emergency, or for the same day, is covered by a step of the response as urgent as it."""
    for harm in kb.file.harms:
        linked = {sign.id: sign.urgency for sign, _ in kb.signs_of(harm)}
        covered: dict[str, int] = {}
        for step in harm.response:
            for name in step.signs:
                if name not in linked:
                    yield (
                        harm.id,
                        f"a step of “response” covers {name}, which is none of its warning signs; take it out",
                    )
                if step.urgency is None:
                    yield harm.id, f"a step of “response” covers {name} and has no urgency; give it one"
                else:
                    covered[name] = min(step.urgency.rank, covered.get(name, step.urgency.rank))
        for name, urgency in linked.items():
            if urgency is not Urgency.SOON and covered.get(name, len(Urgency)) > urgency.rank:
                yield (
                    harm.id,
                    f"no step of “response” covers {name} ({urgency}); name it in the “signs” of one that does",
                )


def responses_are_in_order(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The steps of a response that call for help stand by urgency."""
    for harm in kb.file.harms:
        ranks = [step.urgency.rank for step in harm.response if step.urgency]
        if ranks != sorted(ranks):
            yield harm.id, "the steps of “response” are not in the order of their urgency; sort them"


def nothing_typed_twice(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm holds no outcome, region or technique that its cases give, and no study in favour that is one of them."""
    for harm in kb.file.harms:
        cases = kb.cases_of(harm)
        for field in ("outcomes", "regions", "techniques"):
            of_cases = {value for case in cases for value in getattr(case, field)}
            for value in getattr(harm, field):
                if value in of_cases:
                    word = value.outcome if isinstance(value, ReportedOutcome) else value
                    yield harm.id, f"“{field}” holds {word}, which follows from its cases; take it out"
        reports = {case.citations[0] for case in cases if not kb.is_anecdote(case)}
        for finding in harm.findings:
            source = kb.by_number.get(finding.citation)
            tabulates = source is not None and source.kind_of_study is Study.SYSTEMATIC_REVIEW
            if finding.citation in reports and finding.bearing is Bearing.SUPPORTS and not tabulates:
                yield harm.id, f"“findings” repeats citation {finding.citation}, which is one of its cases; take it out"


def harms_have_aliases(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm has six aliases or more, a lay or a related word among them, so that people find it by their own words."""
    for harm in kb.file.harms:
        if len(harm.aliases) < MIN_ALIASES:
            yield harm.id, f"has {len(harm.aliases)} aliases; add some, up to {MIN_ALIASES} at least"
        if not any(alias.kind in {AliasKind.LAY, AliasKind.RELATED} for alias in harm.aliases):
            yield harm.id, "has no everyday word among its aliases; add one of the kind lay or related"


def outcomes_are_coded(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Surgery implies hospital, and each outcome stands once."""
    coded: tuple[Harm | Case, ...] = (*kb.file.harms, *kb.file.cases)
    for record in coded:
        words = [part.outcome for part in record.outcomes]
        if Outcome.SURGERY in words and Outcome.HOSPITAL not in words and isinstance(record, Case):
            yield record.id, "codes surgery without hospital; add hospital"
        yield from ((record.id, f"codes {word} {n} times") for word, n in Counter(words).items() if n > 1)


def cases_are_reported(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A case rests first on what reports cases, or on an anecdote; it belongs to a harm unless it is a near miss."""
    for case in kb.file.cases:
        first = kb.by_number.get(case.citations[0])
        if first is not None and first.kind_of_study not in _REPORTS:
            yield case.id, f"its first citation, {first.number}, is a {first.kind_of_study}; put the report first"
        is_near_miss = "near miss" in case.name.lower()
        if not case.harms and not is_near_miss:
            yield case.id, "is a case of no harm; link it, or call it a near miss in its name"
        if case.harms and is_near_miss:
            yield case.id, "is a near miss, in which no harm came about; take its harms out"


def anecdotes_are_labelled(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The name of a case begins with “Anecdote” or “Press” if, and only if, it was not published as a study."""
    for case in kb.file.cases:
        if kb.is_anecdote(case) != case.name.startswith(("Anecdote", "Press")):
            label = "an anecdote; begin" if kb.is_anecdote(case) else "a published case; do not begin"
            yield case.id, f"is {label} its name with “Anecdote” or “Press”"


RULES = (
    harms_are_reported,
    severity_follows,
    serious_harms_are_answered,
    emergencies_have_a_response,
    responses_cover_the_signs,
    responses_are_in_order,
    nothing_typed_twice,
    harms_have_aliases,
    outcomes_are_coded,
    cases_are_reported,
    anecdotes_are_labelled,
)
"""The rules; the docstring of each states it to curators."""

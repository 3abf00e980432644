"""The page of a harm, section by section."""

from collections.abc import Callable, Sequence
from itertools import chain

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Case, Harm, Precaution
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Band, Severity, Urgency
from massharm.pages.blocks import (
    Bar,
    Block,
    Fact,
    Grid,
    Heading,
    Item,
    Page,
    Para,
    Run,
    Runs,
    Title,
    cited,
    count,
    items,
    named,
    references,
    words,
)


def monograph(harm: Harm, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Give the page of a harm, whole or some sections of it.

    For a serious harm warning signs and first response come before everything else.
    """
    asked = list(sections) or [name for name in BUILDERS if name != "summary"]
    if harm.severity is Severity.SERIOUS:
        asked.sort(key=lambda name: ("signs", "response").index(name) if name in {"signs", "response"} else 2)
    title = _harm_title(harm, kb)
    told = {name: BUILDERS[name](harm, kb) for name in asked}
    for name in sections or (("signs",) if harm.severity is Severity.SERIOUS else ()):
        told[name] = told[name] or (Heading(SECTIONS[name].title), Para((Run(f"None recorded here. {kb.absence}"),)))
    if not sections:
        title = title._replace(summary=cited(harm.summary, harm.citations))
    return (title, *chain.from_iterable(told.values()))


def _harm_title(harm: Harm, kb: KnowledgeBase) -> Title:
    outcomes = ", ".join(words(outcome) for outcome in kb.outcomes(harm))
    tags = [Run(harm.severity.upper(), harm.severity)]
    if outcomes:
        tags.append(Run(f"reported: {outcomes}", "plain"))
    band = kb.band(harm)
    often = f"frequency not known ({reports(harm, kb)})" if band is Band.UNKNOWN else f"{band} in one study"
    tags += [Run(often, "plain"), Run(f"evidence: {kb.evidence(harm)}", "plain")]
    return Title(harm.name, tuple(tags))


def _signs(harm: Harm, _kb: KnowledgeBase) -> Page:
    blocks: list[Block] = []
    for urgency in Urgency:
        signs = [sign for sign in harm.warning_signs if sign.urgency is urgency]
        if signs:
            blocks.append(Heading(f"Warning signs: {urgency.heading.lower()}", urgency))
            blocks += [Item(cited(sign.text, sign.citations), "!", tone=urgency) for sign in signs]
    return tuple(blocks)


def _response(harm: Harm, _kb: KnowledgeBase) -> Page:
    return items("What to do first", harm.response)


def _frequency(harm: Harm, kb: KnowledgeBase) -> Page:
    if not harm.frequency:
        known = f"Not known ({reports(harm, kb)}). A count of reports is not a rate."
        return Heading("How often"), Para((Run(known),))
    band = kb.band(harm)
    blocks: list[Block] = [Heading("How often")]
    for figure in harm.frequency:
        share = f"{figure.percent:g} % of {figure.denominator}: {figure.measure}"
        blocks.append(Bar(figure.percent, cited(share, figure.citations)))
        blocks += [Fact("Setting", (Run(figure.setting),)), Fact("Limits", (Run(figure.limits),))]
    blocks.append(Fact("CIOMS band", (Run(f"{band}, by the first figure"),)))
    blocks.append(Fact("Reports", (Run(f"{reports(harm, kb)}; a count of reports is not a rate"),)))
    return tuple(blocks)


def reports(harm: Harm, kb: KnowledgeBase) -> str:
    """Count the reports recorded here, which are never a rate."""
    cases, told = kb.published_reports(harm), len(kb.cases_of(harm)) - kb.published_reports(harm)
    return count(cases, "published case") + (f", {count(told, 'anecdote')}" if told else "")


def _cases(harm: Harm, kb: KnowledgeBase) -> Page:
    cases = kb.cases_of(harm)
    if not cases:
        return ()
    rows = tuple(_case_row(case, kb) for case in cases)
    return Heading("Cases"), Grid(("Year", "Who", "Technique", "Given by", "Outcome"), rows)


def _case_row(case: Case, kb: KnowledgeBase) -> Runs:
    year = "Anecdote" if kb.is_anecdote(case) else str(kb.year(case) or "No year")
    who = ", ".join(part for part in (case.sex, case.age) if part)
    if case.patients and case.patients > 1:
        who = f"{case.patients} people; {who}".rstrip("; ")
    cells = (who, case.technique, case.provider, case.outcome)
    return Run(f"{year} [{case.citations[0]}]"), *(Run(cell or "not stated") for cell in cells)


def _mechanisms(harm: Harm, kb: KnowledgeBase) -> Page:
    found = [record for record in kb.file.mechanisms if record.id in harm.mechanisms]
    entries = (
        Item((Run(f"{record.name} ({record.status}): ", "strong"), *cited(record.summary, record.citations)))
        for record in found
    )
    return (Heading("How it may come about"), *entries) if found else ()


def _risk(harm: Harm, kb: KnowledgeBase) -> Page:
    found = kb.risk_factors(harm)
    return (Heading("Who is at risk"), *(Item(_risk_runs(record, harm, kb)) for record in found)) if found else ()


def _risk_runs(record: Precaution, harm: Harm, kb: KnowledgeBase) -> Runs:
    """Name a risk factor, with its reason where that reason is about this very harm."""
    why = kb.shared_reason(record, harm)
    name = Run(record.name, "strong")
    return (name, Run(": "), *cited(why.text, why.citations)) if why else (name, Run(f" ({record.id})"))


def _findings(harm: Harm, _kb: KnowledgeBase) -> Page:
    entries = (
        Item((Run(f"{found.bearing.heading}: ", "strong"), *cited(found.text, (found.citation,))))
        for found in sorted(harm.findings, key=lambda found: found.bearing.rank)
    )
    return (Heading("Studies, for and against"), *entries) if harm.findings else ()


def _see_also(harm: Harm, kb: KnowledgeBase) -> Page:
    return named("See also", [kb[other] for other in harm.see_also if other in kb])


def _codes(harm: Harm, _kb: KnowledgeBase) -> Page:
    facts = (
        Fact(code.system, (Run(" ".join(part for part in (code.code, code.name) if part)),)) for code in harm.codes
    )
    return (Heading("Codes"), *facts) if harm.codes else ()


Builder = Callable[[Harm, KnowledgeBase], Page]
BUILDERS: dict[str, Builder] = {
    "summary": lambda harm, _: (Para(cited(harm.summary, harm.citations)),),
    "frequency": _frequency,
    "presentation": lambda harm, _: items("What is noticed", harm.presentation),
    "onset": lambda harm, _: items("When it starts", harm.onset),
    "signs": _signs,
    "response": _response,
    "cases": _cases,
    "evidence": _findings,
    "statements": lambda harm, _: items("What is known", harm.statements),
    "mechanisms": _mechanisms,
    "risk": _risk,
    "prevention": lambda harm, _: items("Prevention", harm.prevention),
    "uncertainty": lambda harm, _: items("Not known or in conflict", harm.uncertainty),
    "see-also": _see_also,
    "codes": _codes,
    "references": references,
}
"""The sections of a harm, in the order in which they are shown."""

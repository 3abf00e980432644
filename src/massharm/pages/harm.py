"""The page of a harm, section by section."""

from collections.abc import Callable, Sequence
from itertools import chain

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Case, Harm, Precaution, Sign
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Band, Population, Severity, SignLink, Urgency
from massharm.pages.blocks import (
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
    citation_mark,
    cited,
    code_section,
    counted,
    outcome_words,
    plain_section,
    readable,
    reference_section,
    section,
    see_also_section,
    stated,
    statement_section,
)
from massharm.pages.figures import figure_blocks

FIRST = {True: ("signs", "response"), False: ("frequency", "presentation", "onset")}
"""What comes first on the page of a harm, serious or not; the rest follows in the order of `SECTIONS`."""


def harm_page(harm: Harm, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Return the page of a harm, whole or some sections of it.

    The warning signs and the first response of a serious harm come first. Sections that were asked for, and the
    signs of a serious harm, are never left out: where nothing is recorded, they say so.
    """
    serious = harm.severity is Severity.SERIOUS
    names = list(dict.fromkeys(sections)) or [name for name in SECTIONS if name != "summary"]
    if serious or not sections:
        first = FIRST[serious]
        names.sort(key=lambda name: first.index(name) if name in first else len(first))
    stated = set(sections) or ({"signs"} if serious else set())
    pages = []
    for name in names:
        page = _BUILDERS.get(name, _statements(name))(harm, kb)
        if not page and name in stated:
            reason = next((part.reason for part in harm.missing if part.section in SECTIONS[name].fields), "")
            text = f"None recorded here. {reason} {kb.absence}" if reason else f"None recorded here. {kb.absence}"
            page = Heading(SECTIONS[name].title), Para((Run(text),))
        pages.append(page)
    basis = () if sections else _severity_basis(harm)
    return _title(harm, kb, whole=not sections), *basis, *chain.from_iterable(pages)


def report_counts(harm: Harm, kb: KnowledgeBase) -> str:
    """Return the number of reports recorded here, which is never a rate: `2 published cases, 1 anecdote`."""
    published = kb.published_reports(harm)
    anecdotes = len(kb.cases_of(harm)) - published
    return counted(published, "published case") + (f", {counted(anecdotes, 'anecdote')}" if anecdotes else "")


def _title(harm: Harm, kb: KnowledgeBase, *, whole: bool) -> Title:
    band = kb.band(harm)
    often = f"frequency not known ({report_counts(harm, kb)})" if band is Band.UNKNOWN else f"{band} in one study"
    tags = [Run(harm.severity.upper(), harm.severity)]
    if outcomes := kb.reported_outcomes(harm):
        tags.append(Run(f"reported: {', '.join(map(outcome_words, outcomes))}"))
    if harm.population is not Population.ANYONE:
        tags.append(Run(f"in: {readable(harm.population)}"))
    tags += [Run(often), Run(f"evidence: {kb.evidence(harm)}")]
    return Title(harm.name, tuple(tags), cited(harm.summary, harm.citations) if whole else ())


def _severity_basis(harm: Harm) -> Page:
    """Return why a harm is serious of which no report attributes a grave outcome to massage."""
    basis = harm.severity_basis
    return (Para((Run("Serious because: ", "muted"), *stated(basis))),) if basis else ()


def _statements(name: str) -> Callable[[Harm, KnowledgeBase], Page]:
    """Return the builder of a section whose only field holds statements."""
    title, (field, *_) = SECTIONS[name]
    return lambda harm, _: statement_section(title, getattr(harm, field))


def _signs(harm: Harm, kb: KnowledgeBase) -> Page:
    blocks: list[Block] = []
    for urgency in Urgency:
        signs = [(sign, link) for sign, link in kb.signs_of(harm) if sign.urgency is urgency]
        if signs:
            blocks.append(Heading(f"{SECTIONS['signs'].title}: {urgency.heading.lower()}", urgency))
            blocks += [Item(_sign(sign, link), "!", tone=urgency) for sign, link in signs]
    return tuple(blocks)


def _sign(sign: Sign, link: SignLink) -> Runs:
    """Return a sign with its citations; one that occurs with other conditions too is marked."""
    mark = () if link is SignLink.CHARACTERISTIC else (Run("also seen with other conditions ", "muted"),)
    return Run(f"{sign.name} ", to=sign.id), *mark, citation_mark(sign.citations)


def _frequency(harm: Harm, kb: KnowledgeBase) -> Page:
    title, reports = Heading(SECTIONS["frequency"].title), report_counts(harm, kb)
    if not harm.frequency:
        return title, Para((Run(f"Not known ({reports}). A count of reports is not a rate."),))
    band = kb.band(harm)
    basis = ", by the first figure of massage" if band is not Band.UNKNOWN else ": no study of massage counted any"
    return (
        title,
        *figure_blocks(harm.frequency),
        Fact("CIOMS band", (Run(f"{band}{basis}"),)),
        Fact("Reports", (Run(f"{reports}; a count of reports is not a rate"),)),
    )


def _cases(harm: Harm, kb: KnowledgeBase) -> Page:
    rows = tuple(_case_cells(case, kb) for case in kb.cases_of(harm))
    columns = "Year", "Who", "Technique", "Given by", "Outcome"
    return section(SECTIONS["cases"].title, (Grid(columns, rows),) if rows else ())


def _case_cells(case: Case, kb: KnowledgeBase) -> Runs:
    year = "Anecdote" if kb.is_anecdote(case) else str(kb.year(case) or "No year")
    who = ", ".join(part for part in (case.sex, case.age) if part)
    if case.patients and case.patients > 1:
        who = f"{case.patients} people; {who}".rstrip("; ")
    cells = (who, case.technique, case.provider, case.outcome)
    return Run(f"{year} {citation_mark(case.citations[:1]).text}", "cite"), *(
        Run(cell or "not stated") for cell in cells
    )


def _findings(harm: Harm, _kb: KnowledgeBase) -> Page:
    findings = sorted(harm.findings, key=lambda finding: finding.bearing.rank)
    return section(
        SECTIONS["evidence"].title,
        (
            Item((Run(f"{finding.bearing.heading}: ", "strong"), *cited(finding.text, (finding.citation,))))
            for finding in findings
        ),
    )


def _mechanisms(harm: Harm, kb: KnowledgeBase) -> Page:
    return section(
        SECTIONS["mechanisms"].title,
        (
            Item(
                (
                    Run(f"{record.name} ({record.status}): ", "strong", record.id),
                    *cited(record.summary, record.citations),
                )
            )
            for record in kb.file.mechanisms
            if record.id in harm.mechanisms
        ),
    )


def _risk(harm: Harm, kb: KnowledgeBase) -> Page:
    return section(SECTIONS["risk"].title, (Item(_risk_factor(record, harm, kb)) for record in kb.risk_factors(harm)))


def _risk_factor(record: Precaution, harm: Harm, kb: KnowledgeBase) -> Runs:
    """Return the name of a risk factor, with its reason where that reason is about this very harm."""
    reason = kb.shared_reason(record, harm)
    name = Run(record.name, "strong", record.id), Run(f" ({kb.support(record, harm)})", "muted")
    return (*name, Run(": "), *cited(reason.text, reason.citations)) if reason else (*name, Run(f" ({record.id})"))


_BUILDERS: dict[str, Callable[[Harm, KnowledgeBase], Page]] = {
    "summary": lambda harm, _: (Para(cited(harm.summary, harm.citations)), *_severity_basis(harm)),
    "signs": _signs,
    "frequency": _frequency,
    "cases": _cases,
    "evidence": _findings,
    "mechanisms": _mechanisms,
    "risk": _risk,
    "see-also": see_also_section,
    "plain": lambda harm, _: plain_section(harm.plain),
    "codes": lambda harm, _: code_section(harm.codes),
    "references": lambda harm, kb: reference_section(kb.references_of(harm), kb),
}
"""The sections that hold more than statements, and what builds each."""

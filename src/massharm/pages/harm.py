"""The page of a harm, section by section."""

from collections.abc import Callable, Collection, Sequence
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
from massharm.pages.card import Part, card
from massharm.pages.figures import figure_blocks

ON_CARD = ("signs", "response")
"""The sections that stand on the card of a harm; the others follow in the order of `SECTIONS`."""
LEAST_SIGNS = {Urgency.EMERGENCY: 4, Urgency.SAME_DAY: 2, Urgency.SOON: 1}
"""How many signs of each urgency a card shows before it shows more of anything else."""
CHARACTERISTIC = SignLink.CHARACTERISTIC


def harm_page(harm: Harm, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Return the page of a harm, whole or some sections of it.

    The whole page begins with a card: the warning signs that are characteristic, and the first response. Sections that
    were asked for, and the signs of a serious harm, are never left out: where nothing is recorded, they say so. Of a
    serious harm the signs and the first response lead.
    """
    if not sections:
        return _whole(harm, kb)
    names = list(dict.fromkeys(sections))
    if harm.severity is Severity.SERIOUS:
        names.sort(key=lambda name: ON_CARD.index(name) if name in ON_CARD else len(ON_CARD))
    return _title(harm, kb, whole=False), *_sections(harm, kb, names, set(names))


def _whole(harm: Harm, kb: KnowledgeBase) -> Page:
    names = [name for name in SECTIONS if name not in {"summary", *ON_CARD}]
    serious = harm.severity is Severity.SERIOUS
    lacking = [name for name in ON_CARD if serious and not getattr(harm, SECTIONS[name].fields[0])]
    head = (_title(harm, kb, whole=True), *_severity_basis(harm))
    return (
        *card(head, _card_parts(harm, kb)),
        *_sections(harm, kb, lacking, {"signs"}),
        *_other_signs(harm, kb),
        *_sections(harm, kb, names, set()),
    )


def _sections(harm: Harm, kb: KnowledgeBase, names: Sequence[str], stated: Collection[str]) -> Page:
    """Return sections of a harm; one of those to be stated that is empty says so."""
    pages = []
    for name in names:
        page = _BUILDERS.get(name, _statements(name))(harm, kb)
        if not page and name in stated:
            reason = next((part.reason for part in harm.missing if part.section in SECTIONS[name].fields), "")
            text = f"None recorded here. {reason} {kb.absence}" if reason else f"None recorded here. {kb.absence}"
            page = Heading(SECTIONS[name].title), Para((Run(text),))
        pages.append(page)
    return tuple(chain.from_iterable(pages))


def _card_parts(harm: Harm, kb: KnowledgeBase) -> list[Part]:
    """Return the characteristic signs by urgency, and the first response."""
    parts = []
    for urgency in Urgency:
        signs = [sign for sign, link in kb.signs_of(harm) if sign.urgency is urgency and link is CHARACTERISTIC]
        items = tuple(Item(_sign(sign, CHARACTERISTIC), "!", tone=urgency) for sign in signs)
        title, further = SECTIONS["signs"].title, f"Further {SECTIONS['signs'].title.lower()}"
        headings = [Heading(f"{text}: {urgency.heading.lower()}", urgency) for text in (title, further)]
        parts.append(Part(headings[0], items, LEAST_SIGNS[urgency], headings[1]))
    responses = tuple(Item(stated(part)) for part in harm.response)
    title = SECTIONS["response"].title
    return [*parts, Part(Heading(title), responses, 2, Heading(f"{title}, continued"))]


def _other_signs(harm: Harm, kb: KnowledgeBase) -> Page:
    """Return the signs that occur with other conditions too, by urgency."""
    blocks: list[Block] = []
    for urgency in Urgency:
        signs = [sign for sign, link in kb.signs_of(harm) if sign.urgency is urgency and link is not CHARACTERISTIC]
        if signs:
            blocks.append(Heading(f"Also seen with other conditions: {urgency.heading.lower()}", urgency))
            blocks += [Item(_sign(sign, CHARACTERISTIC), "!", tone=urgency) for sign in signs]
    return tuple(blocks)


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


def _summary(harm: Harm, _kb: KnowledgeBase) -> Page:
    return Heading(SECTIONS["summary"].title), Para(cited(harm.summary, harm.citations)), *_severity_basis(harm)


_BUILDERS: dict[str, Callable[[Harm, KnowledgeBase], Page]] = {
    "summary": _summary,
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

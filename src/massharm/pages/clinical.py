"""The clinical views as pages: a client screened, warning signs, the evidence map. All advice comes from the data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from massharm.clinical.evidence import Cell, Map
from massharm.clinical.screening import Screening
from massharm.clinical.triage import Flag
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Advice, Sign, Statement
from massharm.kb.records import Harm, Precaution, statements
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import AdviceLevel, Band, Evidence, Severity, Urgency
from massharm.pages.blocks import (
    Bar,
    Block,
    Grid,
    Heading,
    Item,
    Next,
    Page,
    Para,
    Run,
    Runs,
    Title,
    citation_mark,
    cited,
    counted,
    readable,
    reference_section,
    section,
)
from massharm.pages.harm import report_counts
from massharm.pages.hits import match_reason

CLOSE = 0.6
"""The share of what the best match holds that the signs of a harm must hold to be shown in full."""


# A client


def screening_page(found: Screening, kb: KnowledgeBase, *, references: bool) -> Page:
    """Return what bears on a client: what not to do first, then why, what can happen, what to ask and watch for.

    With `references` they follow in full, else the command that prints them.
    """
    precautions, harms = found.precautions, found.harms
    planned = ", ".join(map(readable, (*found.plan.regions, *found.plan.techniques, *found.plan.providers)))
    tags = [Run(counted(len(precautions), "precaution"), "strong")]
    if planned:
        tags.append(Run(f"planned: {planned}"))
    page = (
        Title("Screening", tuple(tags)),
        *_not_understood(found),
        *_flags_by_urgency(found.alarms, kb, "A warning sign is among this: "),
        *_understood(found),
        *_advice_sections(precautions),
        *_grouped_section("Why", ((record.name, record.why) for record in precautions)),
        *_bearing_section(harms, precautions, kb),
        *section(f"Also reported of massage: {planned}", (Item(_harm_line(harm, "", kb)) for harm in found.reported)),
        *_grouped_section("Ask", ((record.name, record.questions) for record in precautions)),
        *watch_sections(harms),
        *_grouped_section(SECTIONS["uncertainty"].title, ((record.name, record.uncertainty) for record in precautions)),
        Heading("What this cannot tell"),
        Para((Run(kb.absence),)),
        Para((Run(kb.notice),)),
    )
    parts = (*chain.from_iterable(map(statements, precautions)), *chain.from_iterable(h.warning_signs for h in harms))
    numbers = sorted({n for cited_part in (*parts, *harms, *found.reported) for n in cited_part.citations})
    if references:
        return (*page, *reference_section(numbers, kb))
    spans = citation_mark(numbers).text.strip("[]").replace(",", " ")
    return (*page, Next((f"massharm cite {spans}",))) if numbers else page


def _not_understood(found: Screening) -> Page:
    if not found.unknown:
        return ()
    entries = (
        Item(
            (Run(f"“{part.typed}”", "strong"), Run(f" – nearest here: {'; '.join(part.near)}" if part.near else "")),
            "?",
        )
        for part in found.unknown
    )
    return Heading("Not understood, and so not screened", Severity.SERIOUS), *entries


def _understood(found: Screening) -> Page:
    entries = [
        Item((Run(f"“{match.typed}”: "), Run(match.record.name, "strong"), Run(f" ({match_reason(match)})", "muted")))
        for match in found.mentions
    ]
    for part in found.denied:
        left_out = ", ".join(match.record.name for match in part.mentions)
        entries.append(Item((Run(f"“{part.typed}”: read as a denial{f'; left out: {left_out}' if left_out else ''}"),)))
    return section("Understood", entries)


def _advice_sections(precautions: Sequence[Precaution]) -> Iterator[Block]:
    for level in AdviceLevel:
        groups = ((record.name, [part for part in record.advice if part.level is level]) for record in precautions)
        yield from _grouped_section(level.heading, groups)


def _grouped_section(title: str, groups: Iterable[tuple[str, Sequence[Statement | Advice]]]) -> Page:
    """Return statements under the names of the precautions that make them; without any, nothing."""
    return section(
        title,
        (
            Item((Run(name, "strong"),), more=tuple((Run("· "), *cited(part.text, part.citations)) for part in parts))
            for name, parts in groups
            if parts
        ),
    )


def _bearing_section(harms: Iterable[Harm], precautions: Iterable[Precaution], kb: KnowledgeBase) -> Page:
    """Return the harms that bear on a client, each with the precautions that name it and how often it is known."""
    causes: dict[str, list[str]] = {}
    for record in precautions:
        for harm in kb.harms_of(record):
            causes.setdefault(harm.id, []).append(record.name)
    return section(
        "Harms that this bears on, worst first",
        (Item(_harm_line(harm, "; ".join(causes.get(harm.id, ("named",))), kb)) for harm in harms),
    )


def _harm_line(harm: Harm, cause: str, kb: KnowledgeBase) -> Runs:
    known = f"{kb.band(harm)} in one study"
    often = f"frequency not known, {report_counts(harm, kb)}" if kb.band(harm) is Band.UNKNOWN else known
    name = Run(harm.severity, harm.severity), Run(f" {harm.name}", "strong"), Run(f" ({harm.id}) – {often}")
    return *name, Run(f" – {cause}" if cause else "", "muted"), Run(" "), citation_mark(harm.citations)


def watch_sections(harms: Iterable[Harm]) -> Iterator[Block]:
    """Yield the warning signs of harms by urgency; a sign that several harms share stands once, with all sources."""
    signs: dict[Urgency, dict[str, list[tuple[Harm, Sign]]]] = {urgency: {} for urgency in Urgency}
    for harm in harms:
        for sign in harm.warning_signs:
            signs[sign.urgency].setdefault(sign.text, []).append((harm, sign))
    for urgency, texts in signs.items():
        if texts:
            yield Heading(f"Watch for afterwards: {urgency.heading.lower()}", urgency)
        for text, pairs in texts.items():
            numbers = {number for _, sign in pairs for number in sign.citations}
            names = "; ".join(harm.name for harm, _ in pairs)
            yield Item((*cited(text, numbers), Run(f" – {names}", "muted")), "!", tone=urgency)


# Warning signs


def redflags_page(flags: Sequence[Flag], kb: KnowledgeBase) -> Page:
    """Return harms with their warning signs, the most urgent first; those that match only in part after the rest."""
    best = max(flag.share for flag in flags)
    close = [flag for flag in flags if flag.share >= CLOSE * best]
    far = [flag for flag in flags if flag not in close]
    return (
        Title("Warning signs", (Run(counted(len(flags), "harm"), "strong"), Run("most urgent first, however rare"))),
        *_flags_by_urgency(close, kb),
        *section("With only some of these words", (_flag_item(flag, kb, brief=True) for flag in far)),
        Next((f"massharm show {flags[0].harm.id}",)),
    )


def _flags_by_urgency(flags: Sequence[Flag], kb: KnowledgeBase, before: str = "") -> Iterator[Block]:
    for urgency in Urgency:
        urgent = [flag for flag in flags if flag.urgency is urgency]
        if urgent:
            yield Heading(before + urgency.heading.lower() if before else urgency.heading, urgency)
            yield from (_flag_item(flag, kb) for flag in urgent)


def _flag_item(flag: Flag, kb: KnowledgeBase, *, brief: bool = False) -> Item:
    """Return a harm with its signs; unless it is to be brief, with what to do first and what was read as what."""
    harm, band = flag.harm, kb.band(flag.harm)
    often = f"frequency not known, {report_counts(harm, kb)}" if band is Band.UNKNOWN else str(band)
    head = Run(harm.name, "strong"), Run(" · "), Run(harm.severity, harm.severity), Run(f" · {often}", "muted")
    more: list[Runs] = []
    for sign in flag.signs:
        # A sign may be less urgent than the one that brought its harm here.
        lesser = () if sign.urgency is flag.urgency else (Run(f" ({sign.urgency.heading.lower()})", "muted"),)
        more.append((Run("! ", sign.urgency), *cited(sign.text, sign.citations), *lesser))
    if not brief:
        more += [(Run("First: ", "strong"), *cited(part.text, part.citations)) for part in harm.response[:1]]
        if flag.corrections:
            corrections = (
                f"you typed “{correction.typed}”, read as “{correction.word}”" for correction in flag.corrections
            )
            more.append((Run(", ".join(corrections), "muted"),))
    return Item(head, more=tuple(more))


# The evidence map


def evidence_page(found: Map) -> Page:
    """Return the map: severity against strength of evidence, then cases by year, technique and provider."""
    tags = Run(counted(found.cases, "published report"), "strong"), Run(counted(found.anecdotes, "anecdote"))
    strengths = [
        evidence for evidence in Evidence if any(cell.harms for cell in found.cells if cell.evidence is evidence)
    ]
    rows = tuple(_severity_cells(severity, strengths, found) for severity in Severity)
    return (
        Title("Evidence", tags),
        Heading("Harms, and the published reports of them in brackets"),
        Grid(("Severity", *map(str, strengths)), rows),
        Para((Run("Strength is the strongest design that reports a harm. A count of reports is no rate."),)),
        *_bar_section("Published reports by year", _five_year_counts(found.years)),
        *_bar_section("Published reports by technique", found.techniques),
        *_bar_section("Published reports by who gave the massage", found.providers),
        Next(("massharm list --severity serious --evidence case-series", "massharm show evidence")),
    )


def _severity_cells(severity: Severity, strengths: Iterable[Evidence], found: Map) -> Runs:
    cells: dict[Evidence, Cell] = {cell.evidence: cell for cell in found.cells if cell.severity is severity}
    counts = ((cells[evidence].harms, cells[evidence].cases) for evidence in strengths)
    return Run(severity, severity), *(Run(f"{n} ({cases})") if n else Run("–", "muted") for n, cases in counts)


def _five_year_counts(years: Mapping[int, int]) -> dict[str, int]:
    """Return counts by spans of five years, empty ones too, so that a gap is seen."""
    if not years:
        return {}
    return {
        f"{start}–{start + 4}": sum(years.get(year, 0) for year in range(start, start + 5))
        for start in range(min(years) // 5 * 5, max(years) + 1, 5)
    }


def _bar_section(title: str, counts: Mapping[str, int]) -> Page:
    most = max(counts.values(), default=0)
    return section(
        title,
        (Bar(100 * count / most, (Run(f"{count:>3}  "), Run(readable(word)))) for word, count in counts.items()),
    )

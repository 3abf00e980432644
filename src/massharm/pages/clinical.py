"""The clinical views as pages: a client screened, warning signs, the evidence map. All words come from the data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from massharm.clinical.concepts import Mention
from massharm.clinical.evidence import Cell, Map
from massharm.clinical.screening import Screening
from massharm.clinical.triage import Flag
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Advice, Harm, Precaution, Sign, Statement, statements
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
    cited,
    count,
    listed,
    marks,
    words,
)
from massharm.pages.harm import reports
from massharm.pages.lists import why

CLOSE = 0.6
"""The share of what the best match holds that the signs of a harm must hold to be told in full."""


# A client


def screening(found: Screening, kb: KnowledgeBase) -> Page:
    """Give what bears on a client: what not to do first, then why, what can happen, what to ask and to watch for."""
    return (
        Title("Screening", _tags(found)),
        *_unknown(found),
        *_alarms(found, kb),
        *_understood(found),
        *_advice(found.precautions),
        *_told("Why", found.precautions, "why"),
        *_harms(found, kb),
        *_planned(found, kb),
        *_told("Ask", found.precautions, "questions"),
        *watch(found.harms),
        *_told("Not known or in conflict", found.precautions, "uncertainty"),
        Heading("What this cannot tell"),
        Para((Run(kb.absence),)),
        Para((Run(kb.notice),)),
    )


def _tags(found: Screening) -> Runs:
    plan = (*found.plan.regions, *found.plan.techniques, *found.plan.providers)
    tags = [Run(count(len(found.precautions), "precaution"), "strong")]
    if plan:
        tags.append(Run(f"planned: {', '.join(map(words, plan))}"))
    return tuple(tags)


def _unknown(found: Screening) -> Page:
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


def _alarms(found: Screening, kb: KnowledgeBase) -> Iterator[Block]:
    return _by_urgency(found.alarms, kb, "A warning sign is among this: ")


def _understood(found: Screening) -> Page:
    entries = [Item(_understood_as(match)) for match in found.mentions]
    entries += [Item((Run(f"“{part.typed}”: read as a denial{_left_out(part.mentions)}"),)) for part in found.denied]
    return (Heading("Understood"), *entries) if entries else ()


def _understood_as(match: Mention) -> Runs:
    return Run(f"“{match.typed}”: "), Run(match.record.name, "strong"), Run(f" ({why(match)})", "muted")


def _left_out(matches: Sequence[Mention]) -> str:
    return f"; left out: {', '.join(match.record.name for match in matches)}" if matches else ""


def _advice(precautions: Sequence[Precaution]) -> Iterator[Block]:
    for level in AdviceLevel:
        parts = {record.name: [part for part in record.advice if part.level is level] for record in precautions}
        yield from _grouped(level.heading, parts)


def _told(heading: str, precautions: Sequence[Precaution], field: str) -> Iterator[Block]:
    return _grouped(heading, {record.name: getattr(record, field) for record in precautions})


def _grouped(heading: str, parts: Mapping[str, Sequence[Statement | Advice]]) -> Iterator[Block]:
    """Give statements under the names of the precautions that make them; without any, nothing."""
    if any(parts.values()):
        yield Heading(heading)
    for name, told in parts.items():
        if told:
            yield Item(
                (Run(name, "strong"),), more=tuple((Run("· "), *cited(part.text, part.citations)) for part in told)
            )


def _harms(found: Screening, kb: KnowledgeBase) -> Page:
    """Give the harms that the precautions bear on, each with the precautions that do and how often it is known."""
    causes: dict[str, list[str]] = {}
    for record in found.precautions:
        for harm in kb.harms_of(record):
            causes.setdefault(harm.id, []).append(record.name)
    entries = (Item(_harm(harm, "; ".join(causes.get(harm.id, ("named",))), kb)) for harm in found.harms)
    return (Heading("Harms that this bears on, worst first"), *entries) if found.harms else ()


def _planned(found: Screening, kb: KnowledgeBase) -> Page:
    """Give the other harms reported of what is planned."""
    entries = tuple(Item(_harm(harm, "", kb)) for harm in found.reported)
    plan = ", ".join(map(words, (*found.plan.regions, *found.plan.techniques, *found.plan.providers)))
    return (Heading(f"Also reported of massage: {plan}"), *entries) if entries else ()


def _harm(harm: Harm, cause: str, kb: KnowledgeBase) -> Runs:
    band = kb.band(harm)
    often = f"frequency not known, {reports(harm, kb)}" if band is Band.UNKNOWN else f"{band} in one study"
    name = Run(harm.severity, harm.severity), Run(f" {harm.name}", "strong"), Run(f" ({harm.id}) – {often}")
    return *name, Run(f" – {cause}" if cause else "", "muted"), Run(" "), marks(harm.citations)


def watch(harms: Iterable[Harm]) -> Iterator[Block]:
    """Give the warning signs of harms by urgency, those of one text together."""
    signs: dict[Urgency, dict[str, list[tuple[Harm, Sign]]]] = {urgency: {} for urgency in Urgency}
    for harm in harms:
        for sign in harm.warning_signs:
            signs[sign.urgency].setdefault(sign.text, []).append((harm, sign))
    for urgency, told in signs.items():
        if told:
            yield Heading(f"Watch for afterwards: {urgency.heading.lower()}", urgency)
        for text, pairs in told.items():
            numbers = {number for _, sign in pairs for number in sign.citations}
            names = "; ".join(harm.name for harm, _ in pairs)
            yield Item((*cited(text, numbers), Run(f" – {names}", "muted")), "!", tone=urgency)


def cited_numbers(found: Screening) -> list[int]:
    """Give the numbers of the citations that the page of a client shows."""
    numbers = {n for record in found.precautions for part in statements(record) for n in part.citations}
    numbers |= {n for harm in (*found.harms, *found.reported) for n in harm.citations}
    return sorted(numbers | {n for harm in found.harms for sign in harm.warning_signs for n in sign.citations})


def screened(found: Screening, kb: KnowledgeBase, *, references: bool) -> Page:
    """Give the page of a client, with its references or with the command that prints them."""
    numbers = cited_numbers(found)
    if references:
        return (*screening(found, kb), *listed(numbers, kb))
    spans = marks(numbers).text.strip("[]").replace(",", " ")
    return (*screening(found, kb), Next((f"massharm cite {spans}",))) if numbers else screening(found, kb)


# Warning signs


def redflags(flags: Sequence[Flag], kb: KnowledgeBase) -> Page:
    """Give harms with their warning signs, the most urgent first; those that match only in part after the rest."""
    best = max(flag.share for flag in flags)
    close = [flag for flag in flags if flag.share >= CLOSE * best]
    far = [flag for flag in flags if flag not in close]
    return (
        Title("Warning signs", (Run(count(len(flags), "harm"), "strong"), Run("most urgent first, however rare"))),
        *_by_urgency(close, kb),
        *_in_part(far, kb),
        Next((f"massharm show {flags[0].harm.id}",)),
    )


def _in_part(flags: Sequence[Flag], kb: KnowledgeBase) -> Page:
    if not flags:
        return ()
    return Heading("With only some of these words"), *(_flag(flag, kb, brief=True) for flag in flags)


def _by_urgency(flags: Sequence[Flag], kb: KnowledgeBase, before: str = "") -> Iterator[Block]:
    for urgency in Urgency:
        urgent = [flag for flag in flags if flag.urgency is urgency]
        if urgent:
            yield Heading(before + (urgency.heading.lower() if before else urgency.heading), urgency)
            yield from (_flag(flag, kb) for flag in urgent)


def _flag(flag: Flag, kb: KnowledgeBase, *, brief: bool = False) -> Item:
    harm = flag.harm
    often = f"frequency not known, {reports(harm, kb)}" if kb.band(harm) is Band.UNKNOWN else f"{kb.band(harm)}"
    signs = tuple(
        (Run("! ", sign.urgency), *cited(sign.text, sign.citations), *_other(sign, flag)) for sign in flag.signs
    )
    first = tuple((Run("First: ", "strong"), *cited(part.text, part.citations)) for part in harm.response[:1])
    taken = ", ".join(f"you typed “{taken.typed}”, read as “{taken.word}”" for taken in flag.corrections)
    note = ((Run(taken, "muted"),),) if taken else ()
    head = Run(harm.name, "strong"), Run(" · "), Run(harm.severity, harm.severity), Run(f" · {often}", "muted")
    return Item(head, more=signs if brief else (*signs, *first, *note))


def _other(sign: Sign, flag: Flag) -> Runs:
    """Say how urgent a sign is that is less so than the one that brought its harm here."""
    return () if sign.urgency is flag.urgency else (Run(f" ({sign.urgency.heading.lower()})", "muted"),)


# The evidence map


def evidence(found: Map) -> Page:
    """Draw the map: severity against strength of evidence, then cases by year, technique and provider."""
    return (
        Title(
            "Evidence", (Run(count(found.cases, "published report"), "strong"), Run(count(found.anecdotes, "anecdote")))
        ),
        Heading("Harms, and the published reports of them in brackets"),
        Grid(("Severity", *(str(evidence) for evidence in _strengths(found))), tuple(_rows(found))),
        Para((Run("Strength is the strongest design that reports a harm. A count of reports is no rate."),)),
        *_bars("Published reports by year", _spans(found.years)),
        *_bars("Published reports by technique", found.techniques),
        *_bars("Published reports by who gave the massage", found.providers),
        Next(("massharm list --severity serious --evidence case-series", "massharm show evidence")),
    )


def _strengths(found: Map) -> list[Evidence]:
    return [evidence for evidence in Evidence if any(cell.harms for cell in found.cells if cell.evidence is evidence)]


def _rows(found: Map) -> Iterator[Runs]:
    for severity in Severity:
        cells = {cell.evidence: cell for cell in found.cells if cell.severity is severity}
        yield Run(severity, severity), *(_cell(cells[evidence]) for evidence in _strengths(found))


def _cell(cell: Cell) -> Run:
    return Run(f"{cell.harms} ({cell.cases})" if cell.harms else "–", "plain" if cell.harms else "muted")


def _spans(years: dict[int, int]) -> dict[str, int]:
    """Count by spans of five years, empty ones too, so that a gap is seen."""
    if not years:
        return {}
    first, last = min(years) // 5 * 5, max(years)
    return {
        f"{start}–{start + 4}": sum(years.get(year, 0) for year in range(start, start + 5))
        for start in range(first, last + 1, 5)
    }


def _bars(heading: str, counts: dict[str, int]) -> Iterator[Block]:
    if counts:
        yield Heading(heading)
        most = max(counts.values())
        for word, number in counts.items():
            yield Bar(100 * number / most, (Run(f"{number:>3}  "), Run(words(word))))

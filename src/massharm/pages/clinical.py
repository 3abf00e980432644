"""The clinical views as pages: a client screened, warning signs, the evidence map. All advice comes from the data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from massharm.clinical.concepts import Mention
from massharm.clinical.evidence import Cell, Map
from massharm.clinical.screening import Screening
from massharm.clinical.selection import StopSign, reason_for, stop_signs
from massharm.clinical.triage import PresentSign, RedFlags
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Medicine, Precaution, statements
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Basis, Evidence, RecognisedKind, Severity, SignLink, Urgency
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
    stated,
    statement_section,
)
from massharm.pages.conditions import advice_section
from massharm.pages.harm import report_counts

QUESTIONS, STOP_SIGNS, HARMS, REPORTED, POINTED = 4, 4, 6, 3, 3
"""How many questions, stop signs, harms, harms of the plan, and harms of a sign a brief page shows."""


# A client


def screening_page(found: Screening, kb: KnowledgeBase, *, full: bool = False, references: bool = False) -> Page:
    """Return what bears on a client: alarms, what was not read, actions, questions, stop signs, harms.

    With `full` all of them follow, and the advice and reasons of each precaution. With `references` these follow in
    full, else the command that prints them.
    """
    precautions = found.precautions
    planned = ", ".join(map(readable, (*found.plan.regions, *found.plan.techniques, *found.plan.providers)))
    tags = [Run(counted(len(precautions), "precaution"), "strong")] if precautions else []
    if planned:
        tags.append(Run(f"planned: {planned}"))
    page: Page = (
        Title("Screening", tuple(tags)),
        *_alarms(found.alarms),
        *_not_recognised(found),
        *_cards(found, kb),
        *_medicines(found, kb),
        *_questions(precautions, full=full),
        *_stop_signs(stop_signs(precautions, kb), full=full),
        *_harms("Harms that this bears on, worst first", found.harms, found, kb, None if full else HARMS),
        *_harms(f"Also reported of massage: {planned}", found.reported, found, kb, None if full else REPORTED),
        *_recognised(found),
        *_denied(found),
        *(chain.from_iterable(_details(record, kb) for record in precautions) if full else ()),
        Para((Run(kb.absence, "muted"),)),
        *((Para((Run(kb.notice, "muted"),)),) if full else ()),
    )
    numbers = _cited_on(found, kb, full=full)
    if references:
        return (*page, *reference_section(numbers, kb))
    commands = [] if full else ["the same with --full"]
    commands += [f"massharm show {record.id}" for record in precautions[:1]]
    return (*page, Next(tuple(commands))) if commands else page


def _alarms(found: Sequence[PresentSign]) -> Iterator[Block]:
    for urgency in Urgency:
        present = [part for part in found if part.urgency is urgency]
        if present:
            yield Heading(f"Do not massage. {urgency.heading}.".upper(), urgency)
        for part in present:
            words = Run(f"“{part.typed}”: "), Run(f"{part.sign.name} ", "strong"), citation_mark(part.sign.citations)
            yield Item(words, "!!", more=_what_to_do(part), tone=urgency)


def _what_to_do(part: PresentSign) -> tuple[Runs, ...]:
    """Return the instruction of a sign, which holds for its own urgency, and what the sign may be instead."""
    instruction = part.sign.instruction if part.urgency is part.sign.urgency else None
    own = (stated(instruction),) if instruction else ()
    instead = ((Run(part.sign.instead),),) if part.sign.instead else ()
    return (*own, *instead)


def _not_recognised(found: Screening) -> Page:
    if not found.unknown:
        return ()
    entries = (
        Item(
            (Run(f"“{part.typed}”", "strong"), Run(f" – nearest here: {'; '.join(part.near)}" if part.near else "")),
            "?",
        )
        for part in found.unknown
    )
    return Heading("Not recognised, and so not screened", Severity.SERIOUS), *entries


def _cards(found: Screening, kb: KnowledgeBase) -> Page:
    """Return the actions; a heading parts them from what stands above them, if anything does."""
    cards = tuple(_card(record, found, kb) for record in found.precautions)
    return section("Precautions, strictest first", cards) if found.alarms or found.unknown else cards


def _card(record: Precaution, found: Screening, kb: KnowledgeBase) -> Item:
    """Return the one action of a precaution, and why it holds."""
    reason = reason_for(record, found.mentions, kb)
    because = ", ".join(f"“{typed}”" for typed in reason.typed)
    basis = (Run(f"  {Basis.INFERENCE}", "muted"),) if record.action.basis is Basis.INFERENCE else ()
    head = (
        Run(f"{record.level.heading.upper()}  ", record.level),
        Run(record.name, "strong"),
        Run(f"  {because}", "muted"),
    )
    scope = f" ({record.action.scope})" if record.action.scope else ""
    return Item((*head, *basis), more=(cited(f"{record.action.text}{scope}", record.action.citations),))


def _medicines(found: Screening, kb: KnowledgeBase) -> Page:
    """Return the medicines that imply no precaution, each with its note."""
    named = {part.record.id: part for part in found.mentions if isinstance(part.record, Medicine)}
    items = (
        Item(
            (Run(f"“{part.typed}”: ", "muted"), Run(part.record.name, "strong"), Run(f". {part.record.summary} ")),
            more=(((citation_mark(part.record.citations),),) if part.record.citations else ()),
        )
        for part in named.values()
        if isinstance(part.record, Medicine) and not kb.precautions_of(part.record)
    )
    return section("Medicines without a precaution here", items)


def _questions(precautions: Iterable[Precaution], *, full: bool) -> Page:
    asked = [part for record in precautions for part in record.questions]
    shown = asked if full else asked[:QUESTIONS]
    items = (
        Item((Run(f"{part.text}  yes: {part.if_yes.heading.lower()} "), citation_mark(part.citations)), "?")
        for part in shown
    )
    return section("Ask", (*items, *_more(len(asked) - len(shown))))


def _stop_signs(found: Sequence[StopSign], *, full: bool) -> Page:
    blocks: list[Block] = []
    left = None if full else STOP_SIGNS
    for urgency in Urgency:
        signs = [part.sign for part in found if part.sign.urgency is urgency]
        shown = list(islice(signs, left))
        if shown:
            blocks.append(Heading(f"Stop. {urgency.heading}, during or after massage", urgency))
            blocks += [Item(cited(sign.name, sign.citations), "!", tone=urgency) for sign in shown]
        left = None if left is None else left - len(shown)
    return (*blocks, *_more(len(found) - sum(isinstance(block, Item) for block in blocks)))


def _harms(title: str, harms: Sequence[Harm], found: Screening, kb: KnowledgeBase, limit: int | None) -> Page:
    shown = harms[:limit]
    items = (Item(_harm_line(harm, found.precautions, kb)) for harm in shown)
    return section(title, (*items, *_more(len(harms) - len(shown))))


def _harm_line(harm: Harm, precautions: Iterable[Precaution], kb: KnowledgeBase) -> Runs:
    supports = (found for record in precautions if (found := kb.support(record, harm)))
    support = min(supports, key=lambda support: support.rank, default=None)
    tail = f" – {report_counts(harm, kb)}" + (f", {support}" if support else "")
    return (
        Run(harm.severity, harm.severity),
        Run(f"  {harm.name}", "strong"),
        Run(f"{tail} "),
        citation_mark(harm.citations),
    )


def _more(count: int) -> Page:
    return (Para((Run(f"{count} more with --full", "muted"),)),) if count > 0 else ()


def _recognised(found: Screening) -> Page:
    """Return what is recognised and without advice; words of forms are left out."""
    names = ", ".join(part.name for part in found.recognised if part.kind is not RecognisedKind.WORD)
    return (Para((Run(f"Recognised, nothing recorded here: {names}", "muted"),)),) if names else ()


def _denied(found: Screening) -> Page:
    return tuple(
        Para((Run(f"“{part.typed}”: read as a denial; left out: {_names(part.mentions)}", "muted"),))
        for part in found.denied
    )


def _names(found: Iterable[Mention]) -> str:
    return ", ".join(dict.fromkeys(part.record.name for part in found))


def _details(record: Precaution, kb: KnowledgeBase) -> Page:
    """Return the advice and the reasons of a precaution."""
    return (
        *advice_section(f"{record.name}: advice", record, kb),
        *statement_section(f"{record.name}: why", record.why),
        *statement_section(f"{record.name}: {SECTIONS['uncertainty'].title.lower()}", record.uncertainty),
    )


def _cited_on(found: Screening, kb: KnowledgeBase, *, full: bool) -> list[int]:
    """Return the numbers of the citations that a page shows."""
    numbers = {number for harm in (*found.harms, *found.reported) for number in harm.citations}
    numbers.update(*(part.sign.citations for part in found.alarms))
    numbers.update(*(part.sign.citations for part in stop_signs(found.precautions, kb)))
    numbers.update(*(part.sign.instruction.citations for part in found.alarms if part.sign.instruction))
    for record in found.precautions:
        numbers.update(record.action.citations, *(part.citations for part in record.questions))
        if full:
            numbers.update(*(part.citations for part in statements(record)))
    return sorted(numbers)


# Warning signs


def redflags_page(found: RedFlags, kb: KnowledgeBase, *, full: bool = False) -> Page:
    """Return warning signs by urgency; where none was recognised, the harms that the words lead to."""
    if not found.signs:
        return _no_sign(found, kb)
    count = counted(len(found.signs), "sign")
    of = f" of {found.harm.name}" if found.harm else ""
    show = f"massharm show {found.harm.id if found.harm else found.signs[0].sign.id}"
    return (
        Title(f"Warning signs{of}", (Run(count, "strong"), Run("most urgent first, however rare"))),
        *chain.from_iterable(_by_urgency(urgency, found, kb, full=full) for urgency in Urgency),
        Para((Run(kb.absence, "muted"),)),
        Next((show,)),
    )


def _by_urgency(urgency: Urgency, found: RedFlags, kb: KnowledgeBase, *, full: bool) -> Iterator[Block]:
    signs = [part for part in found.signs if part.urgency is urgency]
    if signs:
        yield Heading(urgency.heading, urgency)
    for part in signs:
        more = _about_sign(part, kb, full=full) if found.described else ()
        yield Item(cited(part.sign.name, part.sign.citations), "!", more=more, tone=urgency)


def _about_sign(part: PresentSign, kb: KnowledgeBase, *, full: bool) -> tuple[Runs, ...]:
    """Return what to do about a sign, and the harms to which it points."""
    return (*_what_to_do(part), *_points_to(part, kb, full=full))


def _points_to(part: PresentSign, kb: KnowledgeBase, *, full: bool) -> tuple[Runs, ...]:
    harms = kb.harms_with(part.sign, SignLink.CHARACTERISTIC)
    others = kb.harms_with(part.sign, SignLink.COMPATIBLE)
    shown = harms if full else harms[:POINTED]
    names = ", ".join(f"{harm.name} ({harm.severity})" for harm in shown)
    rest = len(harms) - len(shown)
    text = f"Points to: {names}" if names else ""
    if rest:
        text += f", {rest} more"
    if others:
        text += (
            f"{'; compatible' if text else 'Compatible'} with {counted(len(others), 'other harm' if text else 'harm')}"
        )
    return ((Run(text, "muted"),),) if text else ()


def _no_sign(found: RedFlags, kb: KnowledgeBase) -> Page:
    """Return that no warning sign was recognised, and what the words lead to; of a harm, that it has none."""
    if found.harm:
        return (
            Title(f"No warning sign of {found.harm.name} is recorded", (Run("this is no all-clear", "strong"),)),
            Para((Run(kb.absence, "muted"),)),
            Next((f"massharm show {found.harm.id}",)),
        )
    return (
        Title("No warning sign recognised", (Run("this is no all-clear", "strong"),)),
        *section(
            "Harms that these words lead to",
            (
                Item((Run(harm.severity, harm.severity), Run(f" {harm.name} ({harm.id})")))
                for harm in found.near[:POINTED]
            ),
        ),
        Para((Run(kb.absence, "muted"),)),
        Next((*(f"massharm redflags {harm.id}" for harm in found.near[:1]), "massharm redflags")),
    )


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

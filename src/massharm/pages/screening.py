"""A client screened as a page of one screen: what must be done comes first. All advice comes from the data."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from msgspec import Struct, structs

from massharm.clinical.assertion import Assertion
from massharm.clinical.screening import Screening
from massharm.clinical.selection import StopSign, questions_for, reason_for, stop_signs, support_of
from massharm.clinical.triage import PresentSign
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Action, Advice, Question
from massharm.kb.records import Harm, Precaution, statements
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import AdviceLevel, Basis, Population, RecognisedKind, Severity, Urgency
from massharm.pages.blocks import (
    Block,
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
    height,
    local_notes,
    readable,
    reference_section,
    section,
    stated,
    statement_section,
)
from massharm.pages.conditions import advice_section
from massharm.pages.harm import report_counts

LINES, MORE_LINES, FEW = 30, 45, 4
"""The lines of a brief page at 80 columns: 30 for up to four precautions, 45 for more."""
SHEET = 60
"""The lines of a brief page that is printed on a sheet of paper."""
SET_ASIDE = 4
"""How many of the parts that were set aside for one reason a brief page names."""
RED_FLAGS = "red-flag-symptoms"
"""The precaution whose questions are asked of everybody about whom nothing is known."""

_ASIDE = {
    Assertion.DENIED: "Read as denied",
    Assertion.PAST: "Read as past",
    Assertion.FEARED: "Read as feared, not present",
    Assertion.OTHER_PERSON: "Read as another person's",
    Assertion.UNANSWERED: "Not answered",
}


class Quotas(Struct, frozen=True):
    """How many questions, stop signs, harms, and harms of the plan a page shows; None shows all."""

    questions: int | None = None
    stop_signs: int | None = None
    harms: int | None = None
    reported: int | None = None


BRIEF = (
    Quotas(4, 5, 6, 3),
    Quotas(4, 4, 4, 2),
    Quotas(3, 4, 4, 1),
    Quotas(3, 3, 3, 0),
    Quotas(2, 3, 2, 0),
    Quotas(2, 2, 2, 0),
    Quotas(2, 2, 1, 0),
    Quotas(1, 1, 1, 0),
    Quotas(1, 1, 0, 0),
    Quotas(0, 1, 0, 0),
    Quotas(0, 0, 0, 0),
)
"""What a brief page shows: the first of these that fits."""
FILLED = ("stop_signs", "questions", "stop_signs", "questions", "stop_signs", "stop_signs", "questions", "harms")
"""What it shows one more of in turn, while lines are left."""


def screening_page(
    found: Screening, kb: KnowledgeBase, *, full: bool = False, references: bool = False, lines: int = 0
) -> Page:
    """Return what bears on a client: alarms, what was not read, actions, questions, stop signs, harms.

    With `full` all of them follow, and the advice and reasons of each precaution. With `references` these follow in
    full, else the command that prints them. `lines` is the least number of lines that a brief page may have.
    """
    if full:
        page = _page(found, kb, Quotas(), full=True, references=references)
    else:
        most = max(lines, LINES if len(found.precautions) <= FEW else MORE_LINES)
        page = _brief(found, kb, most, references=references)
    return (*page, *reference_section(_cited_on(found, kb, full=full), kb)) if references else page


def _brief(found: Screening, kb: KnowledgeBase, most: int, *, references: bool) -> Page:
    """Return the page that fits a number of lines, filled with what matters most while there is room."""
    page: Page = ()
    for quotas in BRIEF:
        page = _page(found, kb, quotas, full=False, references=references)
        if height(page) <= most:
            break
    for field in FILLED:
        if height(page) >= most:
            break
        wider = structs.replace(quotas, **{field: getattr(quotas, field) + 1})
        wider_page = _page(found, kb, wider, full=False, references=references)
        if height(wider_page) <= most:
            quotas, page = wider, wider_page
    return page


def _page(found: Screening, kb: KnowledgeBase, quotas: Quotas, *, full: bool, references: bool = False) -> Page:
    planned = ", ".join(map(readable, (*found.plan.regions, *found.plan.techniques, *found.plan.providers)))
    tags = [Run(counted(len(found.precautions), "precaution"), "strong")] if found.precautions else []
    tags += [Run(age) for age in found.ages]
    if planned:
        tags.append(Run(f"planned: {planned}"))
    commands = [] if full else ["the same with --full"]
    commands += [f"massharm show {record.id}" for record in found.precautions[:1]]
    return (
        Title("Screening", tuple(tags)),
        *_alarms(found.alarms, full=full),
        *_not_recognised(found),
        *_ambiguous(found),
        *_cards(found, kb),
        *_medicines(found, kb, full=full),
        *_questions(found, kb, quotas.questions),
        *_stop_signs(stop_signs(found.precautions, kb, found.known), quotas.stop_signs),
        *_harms("Harms that this bears on", found.harms, found, kb, quotas.harms, "harm"),
        *_harms(f"Also reported of massage: {planned}", found.reported, found, kb, quotas.reported, "reported harm"),
        *_not_shown(found, kb, quotas),
        *_set_aside(found, full=full),
        *(chain.from_iterable(_details(record, kb) for record in found.precautions) if full else ()),
        Para((Run(kb.notice if full else kb.absence, "muted"),)),
        *((Next(tuple(commands)),) if commands and not references else ()),
    )


# What must be done


def _alarms(found: Sequence[PresentSign], *, full: bool) -> Iterator[Block]:
    for urgency in Urgency:
        present = [part for part in found if part.urgency is urgency]
        if present:
            yield Heading(f"Do not massage. {urgency.heading}.".upper(), urgency)
        for part in present:
            words = Run(f"“{part.typed}”: "), Run(f"{part.sign.name} ", "strong"), citation_mark(part.sign.citations)
            more = what_to_do(part)
            yield Item(words, "!!", more=more if full else more[:1], tone=urgency)


def what_to_do(part: PresentSign) -> tuple[Runs, ...]:
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


def _ambiguous(found: Screening) -> Page:
    """Return the abbreviations that may mean something else, which somebody must ask about."""
    entries = (
        Item(
            (Run(f"“{part.text}”", "strong"), Run(f" – read as {part.read_as}, but also: {'; '.join(part.meanings)}")),
            "?",
        )
        for part in found.ambiguous
    )
    return section("Ask what is meant", entries)


def _cards(found: Screening, kb: KnowledgeBase) -> Page:
    """Return the actions; a heading parts them from what stands above them, if anything does."""
    cards = tuple(_card(record, found, kb) for record in found.precautions)
    return section("Precautions, strictest first", cards) if found.alarms or found.unknown or found.ambiguous else cards


def _card(record: Precaution, found: Screening, kb: KnowledgeBase) -> Item:
    """Return what a precaution says of what is planned, the one action that holds for the client, and why it holds."""
    because = ", ".join(f"“{typed}”" for typed in reason_for(record, found.mentions, kb).typed)
    action = found.action_of(record)
    said = found.assertion_of(record, kb)
    marks = [f"  {Basis.INFERENCE}"] if action.basis is Basis.INFERENCE else []
    marks += [f"  {said}"] if said is not Assertion.PRESENT else []
    planned = sorted(found.advice_on_plan(record), key=lambda part: part.level.rank)
    level = planned[0].level if planned else action.level
    head = (
        Run(f"{level.heading.upper()}{' AS PLANNED' if planned else ''}  ", level),
        Run(record.name, "strong"),
        Run(f"  {because}" if because else "", "muted"),
        *(Run(mark, "muted") for mark in marks),
    )
    text = action.sentence if isinstance(action, Action) else action.text
    on_plan = (cited(_on_plan(part, level), part.citations) for part in planned)
    general = cited(f"In any case: {action.level.heading.lower()}. {text}" if planned else text, action.citations)
    detail = found.detail_on_plan(record)
    details = (cited(f"For this plan: {detail.text}", detail.citations),) if detail else ()
    return Item(head, more=(*on_plan, general, *details, *local_notes(record, kb)))


def _on_plan(part: Advice, level: AdviceLevel) -> str:
    """Return advice on what is planned, with its level where the heading has another."""
    inference = f" ({Basis.INFERENCE})" if part.basis is Basis.INFERENCE else ""
    own = f" ({part.level.heading.lower()})" if part.level is not level else ""
    return f"{part.text}{own}{inference}"


def _medicines(found: Screening, kb: KnowledgeBase, *, full: bool) -> Page:
    """Return the medicines that imply no precaution; on a full page each with its note."""
    if not full:
        others = ", ".join(
            f"{medicine.name} (“{typed}”)" for medicine, typed in found.medicines if not kb.precautions_of(medicine)
        )
        return (Para((Run(f"Medicines without a precaution here: {others}", "muted"),)),) if others else ()
    items = (
        Item(
            (Run(f"“{typed}”: ", "muted"), Run(medicine.name, "strong"), Run(f". {medicine.summary} ")),
            more=(((citation_mark(medicine.citations),),) if medicine.citations else ()),
        )
        for medicine, typed in found.medicines
        if not kb.precautions_of(medicine)
    )
    return section("Medicines without a precaution here", items)


# What to ask and to watch


def asked_of(found: Screening, kb: KnowledgeBase) -> tuple[Question, ...]:
    """Return the questions to ask, by turns of the precautions; of an unknown client, those about red flags."""
    records = found.precautions
    if not (records or found.alarms) and RED_FLAGS in kb:
        records = tuple(record for record in (kb[RED_FLAGS],) if isinstance(record, Precaution))
    turns = zip_longest(*(questions_for(record, found.known) for record in records))
    asked = tuple({part.text: part for part in chain.from_iterable(turns) if part}.values())
    return asked if found.precautions else tuple(part for part in asked if part.if_yes is not AdviceLevel.ADAPT)


def _questions(found: Screening, kb: KnowledgeBase, limit: int | None) -> Page:
    asked = asked_of(found, kb)
    shown = asked[:limit]
    items = (
        Item((Run(f"{part.text}  yes: {part.if_yes.heading.lower()} "), citation_mark(part.citations)), "?")
        for part in shown
    )
    return section("Ask", (*items, *_more(len(asked) - len(shown), "question"))) if shown else ()


def _stop_signs(found: Sequence[StopSign], limit: int | None) -> Page:
    blocks: list[Block] = []
    shown = found[:limit]
    for urgency in Urgency:
        signs = [part.sign for part in shown if part.urgency is urgency]
        if signs:
            blocks.append(Heading(f"Stop. {urgency.heading}, during or after massage", urgency))
            blocks += [Item(cited(sign.name, sign.citations), "!", tone=urgency) for sign in signs]
    return (*blocks, *_more(len(found) - len(shown), "stop sign")) if shown else ()


def _harms(  # noqa: PLR0913, PLR0917 - what a section needs
    title: str, harms: Sequence[Harm], found: Screening, kb: KnowledgeBase, limit: int | None, thing: str
) -> Page:
    shown = harms[:limit]
    items = (Item(_harm_line(harm, found.precautions, kb)) for harm in shown)
    return section(title, (*items, *_more(len(harms) - len(shown), thing))) if shown else ()


def _harm_line(harm: Harm, precautions: Iterable[Precaution], kb: KnowledgeBase) -> Runs:
    support = support_of(harm, precautions, kb)
    tail = f" – {report_counts(harm, kb)}" + (f", {support}" if support else "")
    return (
        Run(harm.severity, harm.severity),
        Run(f"  {harm.name}", "strong"),
        Run(f"{tail} "),
        citation_mark(harm.citations),
    )


def _more(count: int, thing: str) -> Page:
    return (
        (Para((Run(f"{counted(count, thing).replace(' ', ' more ', 1)} with --full", "muted"),)),) if count > 0 else ()
    )


def _not_shown(found: Screening, kb: KnowledgeBase, quotas: Quotas) -> Page:
    """Return how much there is of what a brief page has no room for at all."""
    counts = (
        (quotas.questions, len(asked_of(found, kb)), "question"),
        (quotas.stop_signs, len(stop_signs(found.precautions, kb, found.known)), "stop sign"),
        (quotas.harms, len(found.harms), "harm"),
        (quotas.reported, len(found.reported), "reported harm"),
    )
    hidden = ", ".join(counted(count, thing) for quota, count, thing in counts if quota == 0 and count)
    return (Para((Run(f"With --full also: {hidden}", "muted"),)),) if hidden else ()


# What was read and not screened


def _set_aside(found: Screening, *, full: bool) -> Page:
    """Return what is not the client's now, what has no advice, and whose harms were left out."""
    lines = []
    for assertion, heading in _ASIDE.items():
        parts = found.set_aside(assertion)
        if assertion is Assertion.UNANSWERED:
            entries = [f"“{part.typed}”" for part in parts]
        else:
            entries = [f"“{part.typed}” ({', '.join(part.names)})" for part in parts]
        left = len(entries) - SET_ASIDE if not full else 0
        if entries:
            shown = "; ".join(entries if left <= 0 else entries[:SET_ASIDE])
            lines.append(f"{heading}: {shown}{f'; {left} more with --full' if left > 0 else ''}")
    names = ", ".join(part.name for part in found.recognised if part.kind is not RecognisedKind.WORD)
    if names:
        lines.append(f"Recognised, no advice here: {names}")
    if found.left_out:
        whose = " and ".join(_WHOSE[population] for population in found.left_out)
        lines.append(f"Left out: harms {whose}. If that is the client, add it.")
    return tuple(Para((Run(line, "muted"),)) for line in lines)


_WHOSE = {
    Population.INFANT: "to infants",
    Population.PREGNANCY: "in pregnancy",
    Population.BREASTFEEDING: "in breastfeeding",
    Population.THERAPIST: "to therapists",
    Population.ADULT: "to adults",
    Population.ANYONE: "",
}


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
    numbers.update(*(part.sign.citations for part in stop_signs(found.precautions, kb, found.known)))
    numbers.update(*(part.sign.instruction.citations for part in found.alarms if part.sign.instruction))
    numbers.update(*(part.citations for part in asked_of(found, kb)))
    numbers.update(*(medicine.citations for medicine, _ in found.medicines))
    for record in found.precautions:
        numbers.update(found.action_of(record).citations)
        numbers.update(*(part.citations for part in found.advice_on_plan(record)))
        numbers.update(detail.citations if (detail := found.detail_on_plan(record)) else ())
        if full:
            numbers.update(record.action.citations, *(part.citations for part in statements(record)))
    return sorted(numbers)

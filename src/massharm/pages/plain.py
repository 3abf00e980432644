"""Plain pages: for patients and screen readers, in everyday words, each line a label and its value.

What to do comes first. Sources are given by number only, and how sure a record is in one word.
"""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import chain

from massharm.citations import vancouver
from massharm.clinical.assertion import Assertion
from massharm.clinical.redflags import RedFlags
from massharm.clinical.screening import Screening
from massharm.clinical.selection import questions_for, reason_for, stop_signs
from massharm.clinical.triage import PresentSign
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Citation, Harm, Medicine, Myth, Precaution, Record, Sign
from massharm.kb.vocabulary import AdviceLevel, Basis, Evidence, RecognisedKind, SignLink, Urgency
from massharm.pages.blocks import (
    Bar,
    Block,
    Fact,
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
)
from massharm.pages.conditions import circumstances, limits
from massharm.text import line

SURE = {
    Evidence.SYSTEMATIC_REVIEW: "studied",
    Evidence.TRIAL: "studied",
    Evidence.OBSERVATIONAL: "studied",
    Evidence.CASE_SERIES: "reported",
    Evidence.CASE_REPORT: "reported",
    Evidence.ANECDOTE: "alleged",
    Evidence.NONE: "unknown",
}
"""How sure a harm is, by the strongest design that reports it."""
LEVELS = {
    AdviceLevel.CONTRAINDICATED: "No massage",
    AdviceLevel.CLEARANCE: "Ask a doctor or nurse first",
    AdviceLevel.LOCAL: "Leave out the affected part",
    AdviceLevel.ADAPT: "Change the massage",
}
"""The levels of advice in everyday words."""
_ASIDE = {
    Assertion.DENIED: "You said no to",
    Assertion.PAST: "In the past",
    Assertion.FEARED: "Feared, not present",
    Assertion.OTHER_PERSON: "Somebody else's",
    Assertion.UNANSWERED: "Not answered",
}


# Records


def plain_record(record: Record, kb: KnowledgeBase) -> Page:
    """Return a record in everyday words; of a kind that has none, its name, its summary and its sources."""
    return (*_lines_of(record, kb), Fact("Note", (Run(kb.notice),)))


@singledispatch
def _lines_of(record: Record, kb: KnowledgeBase) -> Page:
    sources = kb.references_of(record)
    return (
        Fact("Name", (Run(record.name),)),
        Fact("In short", (Run(record.summary),)),
        *((Fact("Sources", (citation_mark(sources),)),) if sources else ()),
    )


@_lines_of.register(Harm)
def _(record: Harm, kb: KnowledgeBase) -> Page:
    return (
        Fact("Name", (Run(both_names(record)),)),
        Fact("In short", (Run(record.plain.text if record.plain else record.summary),)),
        *_signs(sign for sign, _ in kb.signs_of(record)),
        *(Fact("What to do first", (Run(part.text),)) for part in record.response),
        *(Fact("To prevent it", (Run(part.text),)) for part in record.prevention),
        Fact("How often", (Run(f"{kb.band(record)}"),)),
        Fact("How sure", (Run(how_sure(record, kb)),)),
        Fact("Sources", (citation_mark(kb.references_of(record)),)),
    )


@_lines_of.register(Precaution)
def _(record: Precaution, kb: KnowledgeBase) -> Page:
    return (
        Fact("Name", (Run(both_names(record)),)),
        Fact(LEVELS[record.level], (Run(record.plain.text if record.plain else record.action.text),)),
        *_signs(kb.linked(Sign, record.stop_if), "Stop and "),
        *(Fact("Question", (Run(part.text), Run(f" If yes: {part.then}"))) for part in record.questions),
        Fact("How sure", (Run(how_sure(record, kb)),)),
        Fact("Sources", (citation_mark(kb.references_of(record)),)),
    )


@_lines_of.register(Sign)
def _(record: Sign, kb: KnowledgeBase) -> Page:
    harms = kb.harms_with(record, SignLink.CHARACTERISTIC)
    return (
        Fact("Name", (Run(both_names(record)),)),
        Fact("What to do", (Run(record.summary),)),
        *((Fact("In short", (Run(record.plain.text),)),) if record.plain else ()),
        *_raised(record, kb),
        *((Fact("May be", (Run("; ".join(map(plain_name, harms))),)),) if harms else ()),
        Fact("How sure", (Run(how_sure(record, kb)),)),
        Fact("Sources", (citation_mark(kb.references_of(record)),)),
    )


@_lines_of.register(Myth)
def _(record: Myth, _kb: KnowledgeBase) -> Page:
    return (
        Fact("Name", (Run(record.name),)),
        Fact("What some believe", (Run(record.belief),)),
        *(Fact("What is known", (Run(f"{part.text} "), citation_mark(part.citations))) for part in record.evidence),
    )


@_lines_of.register(Citation)
def _(record: Citation, kb: KnowledgeBase) -> Page:
    return (
        Fact("Name", (Run(record.name),)),
        Fact(f"Source {record.number}", (Run(vancouver.reference(record, kb.citation(0))),)),
        Fact("Kind", (Run(record.kind_of_study),)),
        Fact("In short", (Run(record.finding),)),
        *(Fact("Caution", (Run(text),)) for text in vancouver.cautions(record)),
    )


def plain_references(found: Iterable[Citation], kb: KnowledgeBase) -> Page:
    """Return references: of each what it found, and what to know before relying on it."""
    return (*chain.from_iterable(_lines_of(citation, kb) for citation in found), Fact("Note", (Run(kb.notice),)))


def plain_name(record: Record) -> str:
    """Return the everyday name of a record, or its own where it has none."""
    plain = getattr(record, "plain", None)
    return str(plain.name) if plain else record.name


def both_names(record: Harm | Precaution | Sign) -> str:
    """Return the everyday name of a record, and that of medicine behind it where it is another."""
    plain = plain_name(record)
    return plain if plain.casefold() == record.name.casefold() else f"{plain} (in medicine: {record.name})"


def how_sure(record: Harm | Precaution | Sign, kb: KnowledgeBase) -> str:
    """Return how sure a record is, in one word."""
    if isinstance(record, Harm):
        return SURE[kb.evidence(record)]
    basis = record.action.basis if isinstance(record, Precaution) else record.basis
    return "advised" if basis is Basis.SOURCE else "inferred"


def _signs(signs: Iterable[Sign], before: str = "") -> Iterator[Fact]:
    """Yield signs by urgency, each by its everyday name."""
    found = list(signs)
    for urgency in Urgency:
        names = [plain_name(sign) for sign in found if sign.urgency is urgency]
        if names:
            heading = f"{before}{urgency.heading}" if not before else f"{before}{_lowered(urgency.heading)}"
            yield Fact(f"{heading} for", (Run("; ".join(names)),))


def _raised(sign: Sign, kb: KnowledgeBase) -> Iterator[Fact]:
    """Yield what makes a sign more urgent: signs, conditions and medicines by their everyday names, then limits."""
    for urgency in Urgency:
        held = [part.circumstances for part in sign.raised_by if part.urgency is urgency]
        limited = [when for when in held if [*limits(when)]]
        also = [plain_name(kb[name]) for when in held if when not in limited for name in when.records if name in kb]
        if also:
            yield Fact(f"{urgency.heading} if there is also", (Run("; ".join(dict.fromkeys(also))),))
        if limited:
            words = (", ".join(circumstances(when, kb)) for when in limited)
            yield Fact(f"{urgency.heading} if", (Run("; ".join(words)),))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


# Screenings and warning signs


def plain_screening(found: Screening, kb: KnowledgeBase) -> Page:
    """Return what bears on a client, in everyday words: alarms, what was not read, then what to do about each thing."""
    return (
        *_alarms(found.alarms),
        *(Fact("Not understood, so not looked up", (Run(f"“{part.typed}”"),)) for part in found.unknown),
        *(
            Fact("Ask what is meant", (Run(f"“{part.text}”: {part.read_as}, or {' or '.join(part.meanings)}?"),))
            for part in found.ambiguous
        ),
        *(_precaution(record, found, kb) for record in found.precautions),
        *_medicines(found, kb),
        *_questions(found),
        *_signs(
            kb.linked(Sign, (part.sign.id for part in stop_signs(found.precautions, kb, found.known))), "Stop and "
        ),
        *_aside(found),
        Fact("Note", (Run(f"{kb.absence} {kb.notice}"),)),
    )


def plain_redflags(found: RedFlags, kb: KnowledgeBase) -> Page:
    """Return warning signs in everyday words, or what the words lead to where none was recognised."""
    none = "None of your words is a warning sign here. This does not mean that nothing is wrong."
    return (
        *_alarms(found.signs),
        *(() if found.signs else (Fact("Warning sign", (Run(none),)),)),
        *(Fact("May be about", (Run(plain_name(harm)),)) for harm in found.near if not found.signs),
        *(Fact("Not understood", (Run(f"“{word}”"),)) for word in found.unmatched_words),
        Fact("Note", (Run(f"{kb.absence} {kb.notice}"),)),
    )


def _alarms(found: Iterable[PresentSign]) -> Iterator[Fact]:
    for part in found:
        typed = f" (you wrote “{part.typed}”)" if part.typed else ""
        told = "" if part.instruction == f"{part.urgency.heading}." else f"{part.instruction} "  # the label says it
        runs = Run(f"{plain_name(part.sign)}{typed}. {told}"), citation_mark(part.sign.citations)
        yield Fact(part.urgency.heading, runs)


def _precaution(record: Precaution, found: Screening, kb: KnowledgeBase) -> Fact:
    """Return what to do about a precaution; stricter advice, on what is planned too, stands before the plain text."""
    action = found.action_of(record)
    typed = ", ".join(f"“{word}”" for word in reason_for(record, found.mentions, kb).typed)
    text = record.plain.text if record.plain else action.text
    stricter = f"{action.text} " if action is not record.action else ""
    said = found.assertion_of(record, kb)
    unsure = "" if said is Assertion.PRESENT else f", {said}"
    name = f"{plain_name(record)}{f' ({typed}{unsure})' if typed else ''}: "
    planned = found.advice_on_plan(record)
    first = "".join(f"{part.text} " for part in planned)
    level = min((action.level, *(part.level for part in planned)), key=lambda level: level.rank)
    numbers = dict.fromkeys(number for part in (action, *planned) for number in part.citations)
    label = f"{LEVELS[level]} as planned" if planned else LEVELS[level]
    return Fact(label, (Run(f"{name}{first}{stricter}{text} "), citation_mark(numbers)))


def _medicines(found: Screening, kb: KnowledgeBase) -> Iterator[Fact]:
    for medicine, typed in found.medicines:
        if isinstance(medicine, Medicine) and not kb.precautions_of(medicine):
            yield Fact("Medicine without advice here", (Run(f"“{typed}” ({medicine.name})"),))


def _questions(found: Screening) -> Iterator[Fact]:
    asked = {part.text: part for record in found.precautions for part in questions_for(record, found.known)}
    for part in asked.values():
        yield Fact("Question", (Run(f"{part.text} If yes: {part.then} "), citation_mark(part.citations)))


def _aside(found: Screening) -> Iterator[Fact]:
    for assertion, label in _ASIDE.items():
        for part in found.set_aside(assertion):
            yield Fact(label, (Run(f"“{part.typed}”"),))
    for recognised in found.recognised:
        if recognised.kind is not RecognisedKind.WORD:
            yield Fact("Known, no advice here", (Run(recognised.name),))


# As text


def render_plain(page: Page) -> str:
    """Return a page as lines of text, each a label and its value, with no table, no colour and no width."""
    return "\n".join(part for block in page for part in _as_lines(block))


def _as_lines(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield line(block.text)
            yield from (_joined((tag,)) for tag in block.tags)
            if block.summary:
                yield _joined(block.summary)
        case Heading():
            yield f"{line(block.text)}:"
        case Para() | Bar():
            yield _joined(block.runs)
        case Item():
            mark = "" if block.mark in {"-", "!", "!!", "?"} else f"{line(block.mark)} "
            yield mark + " ".join(_joined(runs) for runs in (block.runs, *block.more))
        case Fact():
            yield f"{line(block.label)}: {_joined(block.runs)}"
        case Grid():
            for row in block.rows:
                cells = zip(block.columns, row, strict=True)
                yield "; ".join(f"{line(column)}: {_joined((cell,))}" for column, cell in cells)
        case Next():
            yield from (f"Next: {line(command)}" for command in block.commands)


def _joined(runs: Runs) -> str:
    return " ".join("".join(line(run.text) if run.text.strip() == run.text else run.text for run in runs).split())

"""Records and answers as pages: what is said and in which order, with no knowledge of how it is drawn."""

from collections.abc import Callable, Iterable, Sequence
from functools import singledispatch
from itertools import chain
from typing import NamedTuple

from massharm import cite
from massharm.errors import WrongUse
from massharm.kb import KnowledgeBase
from massharm.model import (
    Band,
    Bearing,
    Case,
    Citation,
    Harm,
    Lesson,
    Mechanism,
    Myth,
    Precaution,
    Record,
    Severity,
    Statement,
    Term,
    Urgency,
)

Tone = str
"""What a run of text is: `plain`, `strong`, `muted`, `cite`, `command`, or a word of a scale."""


class Run(NamedTuple):
    """A run of text in one tone."""

    text: str
    tone: Tone = "plain"


Runs = tuple[Run, ...]


class Title(NamedTuple):
    """The head of a page: what it is about, what kind of thing that is, and that in a sentence."""

    text: str
    tags: Runs
    summary: Runs = ()


class Heading(NamedTuple):
    """The head of a section."""

    text: str
    tone: Tone = "strong"


class Para(NamedTuple):
    """A paragraph."""

    runs: Runs


class Item(NamedTuple):
    """One entry of a list: its mark, its first line, and what stands below that."""

    runs: Runs
    mark: str = "-"
    more: tuple[Runs, ...] = ()
    tone: Tone = "plain"


class Fact(NamedTuple):
    """A label and its value."""

    label: str
    runs: Runs


class Bar(NamedTuple):
    """A share of 100 drawn as a bar, with its words."""

    percent: float
    runs: Runs


class Grid(NamedTuple):
    """A table: a row of headings, and rows of cells.

    The rows of a `brief` table take one line each: the last column is cut where it is too long.
    """

    columns: tuple[str, ...]
    rows: tuple[Runs, ...]
    brief: bool = False


class Next(NamedTuple):
    """Useful next commands."""

    commands: tuple[str, ...]


Block = Title | Heading | Para | Item | Fact | Bar | Grid | Next
Page = tuple[Block, ...]

URGENCY = {
    Urgency.EMERGENCY: "Call emergency services now",
    Urgency.SAME_DAY: "Needs a clinician the same day",
    Urgency.SOON: "Needs a clinician soon",
}
BEARING = {
    Bearing.SUPPORTS: "for",
    Bearing.AGAINST: "against",
    Bearing.UNCLEAR: "unclear",
}


def words(value: str) -> str:
    """Write a word of a vocabulary as one reads it: `emergency-now` becomes `emergency now`."""
    return value.replace("-", " ")


def marks(numbers: Iterable[int]) -> Run:
    """Give citation numbers as they stand behind a statement: `[4,22-27]`, in one piece."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    parts = (f"{span[0]}-{span[-1]}" if len(span) > 2 else ",".join(map(str, span)) for span in spans)  # noqa: PLR2004
    return Run(f"[{','.join(parts)}]", "cite")


def cited(text: str, numbers: Iterable[int]) -> Runs:
    """Give a text with its citation numbers."""
    return Run(f"{text} "), marks(numbers)


def _items(heading: str, parts: Sequence[Statement]) -> Page:
    if not parts:
        return ()
    return Heading(heading), *(Item(cited(part.text, part.citations)) for part in parts)


# Sections of a harm


def _signs(harm: Harm, _kb: KnowledgeBase) -> Page:
    blocks: list[Block] = []
    for urgency in Urgency:
        signs = [sign for sign in harm.warning_signs if sign.urgency is urgency]
        if signs:
            blocks.append(Heading(f"Warning signs: {URGENCY[urgency].lower()}", urgency))
            blocks += [Item(cited(sign.text, sign.citations), "!", tone=urgency) for sign in signs]
    return tuple(blocks)


def _response(harm: Harm, _kb: KnowledgeBase) -> Page:
    return _items("What to do first", harm.response)


def _frequency(harm: Harm, kb: KnowledgeBase) -> Page:
    if not harm.frequency:
        return Heading("How often"), Para((Run(reports(harm, kb, start="Not known: ")),))
    band = kb.band(harm)
    blocks: list[Block] = [Heading("How often")]
    for figure in harm.frequency:
        share = f"{figure.percent:g} % of {figure.denominator}: {figure.measure}"
        blocks.append(Bar(figure.percent, cited(share, figure.citations)))
        blocks += [Fact("Setting", (Run(figure.setting),)), Fact("Limits", (Run(figure.limits),))]
    blocks.append(Fact("CIOMS band", (Run(f"{band}, by the first figure"),)))
    blocks.append(Fact("Reports", (Run(reports(harm, kb)),)))
    return tuple(blocks)


def reports(harm: Harm, kb: KnowledgeBase, start: str = "") -> str:
    """Say how many published cases there are, never as a rate."""
    cases, told = kb.published(harm), len(kb.cases_of(harm)) - kb.published(harm)
    text = f"{count(cases, 'published case')} here" + (f" and {count(told, 'anecdote')}" if told else "")
    return f"{start}{text}. A count of reports is not a rate."


def count(number: int, thing: str) -> str:
    """Count things in words: no case, 1 case, 2 cases."""
    return f"{number or 'no'} {thing}{'s' * (number > 1)}"


def _cases(harm: Harm, kb: KnowledgeBase) -> Page:
    cases = kb.cases_of(harm)
    if not cases:
        return ()
    rows = tuple(_case_row(case, kb) for case in cases)
    return Heading("Cases"), Grid(("Source", "Who", "Massage", "What came of it"), rows)


def _case_row(case: Case, kb: KnowledgeBase) -> Runs:
    number = case.citations[0]
    source = "Anecdote" if kb.is_anecdote(case) else kb.by_number[number].name
    who = ", ".join(part for part in (case.sex, case.age) if part) or "not stated"
    if case.patients and case.patients > 1:
        who = f"{case.patients} people; {who}"
    massage = case.technique or "not stated"
    given = f" ({case.provider})" if case.provider else ""
    return tuple(map(Run, (f"{source} [{number}]", who, massage + given, case.outcome or "not stated")))


def _mechanisms(harm: Harm, kb: KnowledgeBase) -> Page:
    found = [kb.by_id[mechanism] for mechanism in harm.mechanisms]
    return (
        (
            Heading("How it may come about"),
            *(
                Item((Run(f"{record.name} ({record.status}): ", "strong"), *cited(record.summary, record.citations)))
                for record in found
                if isinstance(record, Mechanism)
            ),
        )
        if found
        else ()
    )


def _risk(harm: Harm, kb: KnowledgeBase) -> Page:
    found = kb.risk_factors(harm)
    if not found:
        return ()
    return (
        Heading("Who is at risk"),
        *(
            Item((Run(f"{record.name}: ", "strong"), *cited(record.why[0].text, record.why[0].citations)))
            for record in found
        ),
    )


def _findings(harm: Harm, _kb: KnowledgeBase) -> Page:
    if not harm.findings:
        return ()
    return (
        Heading("Studies, for and against"),
        *(
            Item((Run(f"{BEARING[found.bearing]}: ", "strong"), *cited(found.text, (found.citation,))))
            for found in sorted(harm.findings, key=lambda found: list(Bearing).index(found.bearing))
        ),
    )


def _see_also(harm: Harm, kb: KnowledgeBase) -> Page:
    return _named("See also", [kb[other] for other in harm.see_also if other in kb])


def _codes(harm: Harm, _kb: KnowledgeBase) -> Page:
    return tuple(
        Fact(code.system, (Run(" ".join(part for part in (code.code, code.name) if part)),)) for code in harm.codes
    )


def _references(record: Record, kb: KnowledgeBase) -> Page:
    numbers = kb.citations_of(record)
    if not numbers:
        return ()
    article = kb.by_number.get(0)
    known = (kb.by_number[number] for number in numbers if number in kb.by_number)
    return (
        Heading("References"),
        *(Item((Run(cite.text(citation, article)),), f"[{citation.number}]", tone="cite") for citation in known),
    )


Section = Callable[[Harm, KnowledgeBase], Page]
SECTIONS: dict[str, Section] = {
    "summary": lambda harm, _: (Para(cited(harm.summary, harm.citations)),),
    "frequency": _frequency,
    "presentation": lambda harm, _: _items("What is noticed", harm.presentation),
    "onset": lambda harm, _: _items("When it starts", harm.onset),
    "signs": _signs,
    "response": _response,
    "cases": _cases,
    "evidence": _findings,
    "statements": lambda harm, _: _items("What is known", harm.statements),
    "mechanisms": _mechanisms,
    "risk": _risk,
    "prevention": lambda harm, _: _items("Prevention", harm.prevention),
    "uncertainty": lambda harm, _: _items("Not known or in conflict", harm.uncertainty),
    "see-also": _see_also,
    "codes": _codes,
    "references": _references,
}
"""The sections of a harm, in the order in which they are shown."""


def shown(record: Record, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Give the page of a record; for a harm, only the sections asked for.

    Raises:
        WrongUse: sections were asked of a record that has none.
    """
    if not sections:
        return page(record, kb)
    if not isinstance(record, Harm):
        raise WrongUse(f"only harms have sections; {record.id} is a {record.kind}")
    return monograph(record, kb, sections)


@singledispatch
def page(record: Record, _kb: KnowledgeBase) -> Page:
    """Give the page of a record."""
    raise TypeError(type(record))


def monograph(harm: Harm, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Give the page of a harm, whole or some sections of it.

    For a serious harm warning signs and first response come before everything else.
    """
    asked = list(sections) or [name for name in SECTIONS if name != "summary"]
    if harm.severity is Severity.SERIOUS:
        asked.sort(key=lambda name: ("signs", "response").index(name) if name in {"signs", "response"} else 2)
    title = _harm_title(harm, kb)
    if not sections:
        title = title._replace(summary=cited(harm.summary, harm.citations))
    return (title, *chain.from_iterable(SECTIONS[name](harm, kb) for name in asked))


def _harm_title(harm: Harm, kb: KnowledgeBase) -> Title:
    outcomes = ", ".join(words(outcome) for outcome in kb.outcomes(harm))
    tags = [Run(harm.severity.upper(), harm.severity)]
    if outcomes:
        tags.append(Run(f"reported: {outcomes}", "plain"))
    band = kb.band(harm)
    often = "frequency not known" if band is Band.UNKNOWN else f"{band} in one study"
    tags += [Run(often, "plain"), Run(f"evidence: {kb.evidence(harm)}", "plain")]
    return Title(harm.name, tuple(tags))


@page.register
def _(record: Harm, kb: KnowledgeBase) -> Page:
    return (*monograph(record, kb), Next((f"massharm cite --for {record.id}", f"massharm show {record.id} --json")))


@page.register
def _(record: Mechanism, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("mechanism", "muted"), Run(record.status, "strong"))),
        Para(cited(record.summary, record.citations)),
        *_items("What is known", record.statements),
        *_items("Not known or in conflict", record.uncertainty),
        *_harms(record, kb),
        *_references(record, kb),
    )


@page.register
def _(record: Citation, kb: KnowledgeBase) -> Page:
    return (
        Title(f"[{record.number}] {record.name}", (Run(record.kind_of_study, "muted"),)),
        Para((Run(cite.text(record, kb.by_number.get(0))),)),
        Fact("Found", (Run(record.finding),)),
        *(Para((Run("Caution: ", "strong"), Run(caution))) for caution in cite.cautions(record)),
        *_checked(record),
        *_named("Cited by", kb.cited_by(record)),
    )


def _checked(citation: Citation) -> Page:
    if not citation.checked:
        return ()
    return (
        Heading("Where its fields were seen"),
        *(
            Item(
                (
                    Run(f"{check.where}: ", "strong"),
                    Run(f"{', '.join(check.fields).replace('_', ' ')} {check.url or ''}".strip()),
                )
            )
            for check in citation.checked
        ),
    )


@page.register
def _(record: Case, kb: KnowledgeBase) -> Page:
    told = kb.is_anecdote(record)
    label = Run("ANECDOTE: told, not published as a study" if told else "published case", "strong" if told else "muted")
    people = None if record.patients is None else str(record.patients)
    facts = (
        ("Patients", people if people != "1" else None),
        ("Age", record.age),
        ("Sex", record.sex),
        ("Risk factors", "; ".join(record.risk_factors)),
        ("Massage", record.technique),
        ("Given by", record.provider),
        ("Where", record.site),
        ("Onset", record.onset),
        ("Presentation", "; ".join(record.presentation)),
        ("Diagnosis", "; ".join(record.diagnosis)),
        ("Outcome", record.outcome),
        ("Causality", record.causality),
    )
    return (
        Title(record.name, (label,)),
        Para(cited(record.summary, record.citations)),
        *(Fact(name, (Run(value),)) for name, value in facts if value),
        *_harms(record, kb),
        *_references(record, kb),
    )


@page.register
def _(record: Precaution, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("precaution", "muted"),)),
        Heading("Advice"),
        *(Item((Run(f"{words(part.level)}: ", "strong"), *cited(part.text, part.citations))) for part in record.advice),
        *_items("Why", record.why),
        *_items("Ask", record.questions),
        *_items("Not known or in conflict", record.uncertainty),
        *_harms(record, kb),
        *_references(record, kb),
    )


def _harms(record: Mechanism | Case | Precaution, kb: KnowledgeBase) -> Page:
    found = kb.harms_of(record)
    return (
        Heading("Harms"),
        *(Item((Run(harm.severity, harm.severity), Run(f" {harm.name} ({harm.id})"))) for harm in found),
    )


@page.register
def _(record: Term, kb: KnowledgeBase) -> Page:
    text = cited(record.definition, record.citations) if record.citations else (Run(record.definition),)
    return (
        Title(record.name, (Run("term", "muted"),)),
        Para(text),
        *(Fact(level, (Run(meaning),)) for level, meaning in record.levels),
        *_others(record, kb),
        *_references(record, kb),
    )


@page.register
def _(record: Myth, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("myth", "muted"),)),
        Fact("Belief", (Run(record.belief),)),
        *_items("What the evidence says", record.evidence),
        *_others(record, kb),
        *_references(record, kb),
    )


@page.register
def _(record: Lesson, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run(f"lesson for {record.audience}", "muted"),)),
        Para(cited(record.text, record.citations)),
        *_others(record, kb),
        *_references(record, kb),
    )


def _others(record: Term | Myth | Lesson, kb: KnowledgeBase) -> Page:
    return _named("See also", [kb[other] for other in record.see_also if other in kb])


def _named(heading: str, records: Iterable[Record]) -> Page:
    items = tuple(Item((Run(f"{record.name} ({record.id})"),)) for record in records)
    return (Heading(heading), *items) if items else ()
